"""docxtpl's names for scripts that move: `from ksdocs.docx.compat import DocxTemplate, RichText, InlineImage`.

The engine behind them is `Template`, with its sandbox, its escaping and its strictness; where its results differ from
docxtpl's on purpose, docs/penyimpangan-docxtpl.md says so. New code uses `Template` itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import jinja2
from lxml import etree

from ksdocs.docx.package import Package
from ksdocs.docx.pictures import InlineImage
from ksdocs.docx.replacing import Replacements, read_member, replace_in
from ksdocs.docx.richtext import RP, Listing, R, RichText, RichTextParagraph, UrlId, build_url_id
from ksdocs.docx.subdoc import Subdoc
from ksdocs.docx.template import VOUCHED, Template
from ksdocs.problems import Problem, TemplateError, problem

__all__ = ["RP", "DocxTemplate", "InlineImage", "Listing", "R", "RichText", "RichTextParagraph", "Subdoc"]

OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INSIDE = frozenset(
    (
        *("patch_xml", "build_xml", "render_xml_part", "resolve_listing", "map_tree", "fix_tables", "fix_docpr_ids"),
        *("get_headers_footers", "build_headers_footers_xml", "map_headers_footers_xml", "get_part_xml", "pic_map"),
        *("render_properties", "render_footnotes", "pre_processing", "post_processing", "get_pic_map"),
        *("crc_to_new_media", "crc_to_new_embedded", "zipname_to_replace", "pics_to_replace"),
        *("current_rendering_part", "docx_ids_index"),
    )
)


class PictureMissingError(TemplateError, ValueError):
    """A replacement that finds nothing to replace; a ValueError too, as scripts expect."""


_ADVICE = (
    (("KS460", "KS461"), 'DocxTemplate(…, lenient=True) prints nothing for a missing name, and "None" for None'),
    (("KS462", "KS468"), "DocxTemplate(…, lenient=True) prints whatever str() says"),
    (("KS469",), "DocxTemplate(…, methods=(Class, …)) opens the methods of a class of yours"),
    (("KS454", *sorted(VOUCHED)), "DocxTemplate(…, trusted=True) accepts what the template brings along"),
)
"""Codes of what docxtpl lets pass, and what a script says to have it so here (docs/penyimpangan-docxtpl.md)."""


_DETAILED = frozenset({"KS896", "KS897", "KS898", "KS899"})
"""Codes whose message is for officers; scripts also want to know what Python said."""


class ScriptError(TemplateError, jinja2.TemplateError):
    """What a script for docxtpl expects to catch; `docx_context` holds the paragraphs where the problems are."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        Exception.__init__(self, self.problems)
        self.docx_context = [p.at.paragraph for p in self.problems if p.at.paragraph]

    @property
    def message(self) -> str:
        return str(self)

    def __str__(self) -> str:
        codes = {p.code for p in self.problems}
        advice = [f" [{words}]" for known, words in _ADVICE if not codes.isdisjoint(known)]
        details = [f" ({p.params['galat']})" for p in self.problems if p.code in _DETAILED and "galat" in p.params]
        return TemplateError.__str__(self) + "".join(details + advice)


class ScriptSyntaxError(ScriptError, jinja2.TemplateSyntaxError):
    """A template that cannot be read."""

    lineno, name, filename, source = 1, None, None, None


class ScriptUndefinedError(ScriptError, jinja2.UndefinedError):
    """A template that asks for what is not there."""


_OF_SYNTAX = frozenset({"KS450", "KS451", "KS452", "KS453", "KS455", "KS456", "KS457"})


@contextmanager
def _as_script_error() -> Iterator[None]:
    try:
        yield
    except TemplateError as error:
        codes = {p.code for p in error.problems}
        kind = ScriptSyntaxError if codes & _OF_SYNTAX else ScriptUndefinedError if "KS460" in codes else ScriptError
        raise kind(error.problems) from error


class DocxTemplate:
    """A template that is filled and saved in steps: `render`, then `save`.

    Values print what `str` says, as in docxtpl, but for `None` and names that are missing: those are refused unless
    `lenient`. `methods`, `trusted` and `lenient` as in `Template.open`.
    """

    HEADER_URI = f"{OFFICE_RELATIONS}/header"
    FOOTER_URI = f"{OFFICE_RELATIONS}/footer"

    def __init__(
        self, template_file: Any, *, methods: tuple[type, ...] = (), trusted: bool = False, lenient: bool = False
    ) -> None:
        self.template_file = template_file
        self._source = template_file.read() if hasattr(template_file, "read") else template_file
        self._options: dict[str, Any] = {"methods": methods, "trusted": trusted, "breaks": True}
        self._options |= {"lenient": True} if lenient else {"objects": True}
        self._rendered: bytes | None = None
        self._document: Any = None
        self.is_rendered = self.is_saved = False
        self.allow_missing_pics = False
        self.reset_replacements()

    def _template(self, jinja_env: Any = None) -> Template:
        """The template, with what a script has changed in `docx` before the first render."""
        source = self._source
        if self._document is not None and not self.is_rendered:
            source = self._worked_on()
        with _as_script_error():
            return Template.open(source, **_functions(jinja_env), **self._options)

    def render(self, context: Mapping[str, Any], jinja_env: Any = None, autoescape: bool = True) -> None:  # noqa: ARG002
        """Fill the template; values are always escaped. Replacements are made when it is saved.

        `jinja_env` brings the filters, tests and globals that were added to it, its `finalize`, and what is undefined
        where it says so itself. Its other settings are refused (KS474) where they would change what a template says.
        """
        template = self._template(jinja_env)
        with _as_script_error():
            self._rendered = template.render(context)
        self._document = None
        self.is_rendered, self.is_saved = True, False

    def save(self, filename: Any) -> None:
        """Write what was rendered, or the template before any render, with its replacements, to a path or a file."""
        data = self._rendered or self._template().data if self._document is None else self._worked_on()
        data = self._replaced(data)
        if hasattr(filename, "write"):
            filename.write(data)
        else:
            Path(filename).write_bytes(data)
        self.is_saved = True

    def _worked_on(self) -> bytes:
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _replaced(self, data: bytes) -> bytes:
        if not (self._pictures or self._media or self._embedded or self._named):
            return data
        package = Package.read(data)
        known = Replacements(package)
        pictures = {n: d for n, d in self._pictures.items() if not self.allow_missing_pics or known.has_picture(n)}
        members = {**self._named, **_by_sum(package, "word/media/", self._media)}
        members |= _by_sum(package, "word/embeddings/", self._embedded)
        try:
            return replace_in(data, pictures, members)
        except TemplateError as error:
            raise PictureMissingError(error.problems) from error

    @property
    def docx(self) -> Any:
        """The rendered document (the template, before) as a document of python-docx; what is changed in it is saved."""
        if self._document is None:
            from docx import Document

            self._document = Document(io.BytesIO(self._rendered or self._template().data))
        return self._document

    def init_docx(self, reload: bool = True) -> None:
        """The template as it was read stands in `docx` again, if it has been rendered."""
        if self.is_rendered and reload:
            self._rendered, self._document, self.is_rendered = None, None, False

    def render_init(self) -> None:
        self.init_docx()

    def get_docx(self) -> Any:
        self.init_docx()
        return self.docx

    def get_xml(self) -> str:
        """The XML of the body of `docx`."""
        return self.xml_to_string(self.docx._element.body)

    @staticmethod
    def xml_to_string(xml: Any, encoding: str = "unicode") -> str:  # noqa: ARG004 - always text, as in docxtpl
        return etree.tostring(xml, encoding="unicode")

    def write_xml(self, filename: Any) -> None:
        Path(filename).write_text(self.get_xml(), encoding="utf-8")

    @staticmethod
    def get_file_crc(file_obj: Any) -> int:
        return crc32(read_member(file_obj))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in _INSIDE:
            raise AttributeError(
                f"{name} is a step inside docxtpl; ksdocs has none (docs/penyimpangan-docxtpl.md, D44)"
            )
        return getattr(self.docx, name)

    def new_subdoc(self, docpath: Any = None) -> Subdoc:
        return Template.open(self._source, **self._options).new_subdoc(docpath)

    def build_url_id(self, url: str) -> UrlId:
        return build_url_id(url)

    def get_undeclared_template_variables(
        self, jinja_env: Any = None, context: Mapping[str, Any] | None = None
    ) -> set[str]:
        return self._template(jinja_env).get_undeclared_template_variables(context)

    # ------------------------------------------------------------------ replacements

    def reset_replacements(self) -> None:
        self._pictures: dict[str, bytes] = {}
        self._media: dict[int, bytes] = {}
        self._embedded: dict[int, bytes] = {}
        self._named: dict[str, bytes] = {}

    def replace_pic(self, embedded_file: str, dst_file: Any) -> None:
        """Another picture for the one whose name, title or alternative text is `embedded_file`."""
        self._pictures[embedded_file] = read_member(dst_file)

    def replace_media(self, src_file: Any, dst_file: Any) -> None:
        """Another file for the media whose bytes are those of `src_file`."""
        self._media[crc32(read_member(src_file))] = read_member(dst_file)

    def replace_embedded(self, src_file: Any, dst_file: Any) -> None:
        """Another file for the embedded file whose bytes are those of `src_file`."""
        self._embedded[crc32(read_member(src_file))] = read_member(dst_file)

    def replace_zipname(self, zipname: str, dst_file: Any) -> None:
        """Another file for the member `zipname` of the .docx."""
        self._named[zipname] = read_member(dst_file)


def _by_sum(package: Package, folder: str, wanted: Mapping[int, bytes]) -> dict[str, bytes]:
    if not wanted:
        return {}
    sums = {n: crc32(package.bytes(n)) for n in package.names if n.lower().startswith(folder)}
    return {name: wanted[found] for name, found in sums.items() if found in wanted}


def _functions(jinja_env: Any) -> dict[str, Any]:
    """What was added to `jinja_env`; refuses settings that this engine does not have."""
    if jinja_env is None:
        return {}
    plain = jinja2.Environment()  # noqa: S701 - nothing is rendered, its settings are compared
    changed = [
        name
        for name in (
            *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
            *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
        )
        if getattr(jinja_env, name) != getattr(plain, name)
    ]
    if changed:
        raise TemplateError([problem("KS474", None, nama=", ".join(changed))])
    undefined = jinja_env.undefined if not issubclass(jinja_env.undefined, jinja2.StrictUndefined) else None
    return {
        "undefined": undefined if undefined is not jinja2.Undefined else None,
        "finalize": jinja_env.finalize,
        "filters": {n: f for n, f in jinja_env.filters.items() if plain.filters.get(n) is not f},
        "tests": {n: f for n, f in jinja_env.tests.items() if plain.tests.get(n) is not f},
        "globals": {n: v for n, v in jinja_env.globals.items() if plain.globals.get(n) is not v},
    }
