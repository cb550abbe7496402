"""docxtpl's names for scripts that move: `from ksdocs.docx.compat import DocxTemplate, RichText, InlineImage`.

The engine behind them is `Template`, with its sandbox, its escaping and its strictness; where its results differ from
docxtpl's on purpose, docs/penyimpangan-docxtpl.md says so. New code uses `Template` itself.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from ksdocs.docx.package import Package
from ksdocs.docx.pictures import InlineImage
from ksdocs.docx.replacing import Replacements, read_member, replace_in
from ksdocs.docx.richtext import RP, Listing, R, RichText, RichTextParagraph, UrlId, build_url_id
from ksdocs.docx.subdoc import Subdoc
from ksdocs.docx.template import Template
from ksdocs.problems import TemplateError, problem

__all__ = ["RP", "DocxTemplate", "InlineImage", "Listing", "R", "RichText", "RichTextParagraph", "Subdoc"]


class PictureMissingError(TemplateError, ValueError):
    """A replacement that finds nothing to replace; a ValueError too, as scripts expect."""


class DocxTemplate:
    """A template that is filled and saved in steps: `render`, then `save`.

    `methods`, `trusted` and `lenient` as in `Template.open`.
    """

    def __init__(
        self, template_file: Any, *, methods: tuple[type, ...] = (), trusted: bool = False, lenient: bool = False
    ) -> None:
        self._source = template_file.read() if hasattr(template_file, "read") else template_file
        self._options: dict[str, Any] = {"methods": methods, "trusted": trusted, "lenient": lenient, "breaks": True}
        self._rendered: bytes | None = None
        self._document: Any = None
        self.allow_missing_pics = False
        self.reset_replacements()

    def _template(self, jinja_env: Any = None) -> Template:
        return Template.open(self._source, **_functions(jinja_env), **self._options)

    def render(self, context: Mapping[str, Any], jinja_env: Any = None, autoescape: bool = True) -> None:  # noqa: ARG002
        """Fill the template; values are always escaped. Replacements are made when it is saved.

        `jinja_env` brings the filters, tests and globals that were added to it. Its other settings are refused
        (KS474) where they would change what a template says.
        """
        self._rendered = self._template(jinja_env).render(context)
        self._document = None

    def save(self, filename: Any) -> None:
        """Write what was rendered, or the template before any render, with its replacements, to a path or a file."""
        data = self._rendered or self._template().data
        if self._document is not None:
            stream = io.BytesIO()
            self._document.save(stream)
            data = stream.getvalue()
        data = self._replaced(data)
        if hasattr(filename, "write"):
            filename.write(data)
        else:
            Path(filename).write_bytes(data)

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

    def get_docx(self) -> Any:
        return self.docx

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.docx, name)

    def new_subdoc(self, docpath: Any = None) -> Subdoc:
        return self._template().new_subdoc(docpath)

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
    from jinja2.environment import Environment

    plain = Environment(autoescape=False)
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
    return {
        "filters": {n: f for n, f in jinja_env.filters.items() if plain.filters.get(n) is not f},
        "tests": {n: f for n, f in jinja_env.tests.items() if plain.tests.get(n) is not f},
        "globals": {n: v for n, v in jinja_env.globals.items() if plain.globals.get(n) is not v},
    }
