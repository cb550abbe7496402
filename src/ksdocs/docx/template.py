"""A .docx template: compiled once, filled many times, by many threads, always to the same bytes.

Compiling reads every part that may hold tags, has docxtpl's dialect turned into Jinja source (`source`, kept on
disk by `cache`), checks and rewrites its tree so that each tag has the writer of its place (`rewrite`,
`positions`), and lets the sandbox compile it (`compiling`, `sandbox`). Rendering runs the compiled parts and zips
them; no XML is parsed on the way.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksdocs.docx import kept
from ksdocs.docx.compiling import Stopped, compile_core, compile_parts, undeclared
from ksdocs.docx.deflating import LEVEL
from ksdocs.docx.inspect import check
from ksdocs.docx.job import Job
from ksdocs.docx.numbering import Lists
from ksdocs.docx.package import Package, load_file
from ksdocs.docx.properties import DECLARATION, Beside, fill_core
from ksdocs.docx.replacing import Replacements
from ksdocs.docx.richtext import UrlId, build_url_id
from ksdocs.docx.sandbox import Environment, Extras, Functions
from ksdocs.problems import TemplateError

if TYPE_CHECKING:
    from ksdocs.docx.subdoc import Subdoc

_CACHE_SIZE = 32
_BOOKMARK_ID = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:id="([0-9]+)"')
_BOOKMARK_NAME = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"')
_DRAWING_ID = re.compile(rb'<wp:docPr\b[^>]*?\bid="([0-9]+)"')

_MENDED = frozenset({"KS418", "KS419", "KS420"})
"""What is mended in the parts of a template: ids of drawings and bookmarks that stand there twice or by halves."""
VOUCHED = frozenset({"KS428", "KS430", "KS434", "KS435", "KS437"})
"""What a caller may answer for: contents from outside, fields and objects that run something, tracked changes."""


class Template:
    """A compiled template; immutable, and safe to share between threads. Made by `Template.open`."""

    def __init__(self, package: Package, extras: Extras, *, trusted: bool = False) -> None:
        """For `open` alone."""
        self._package = package
        self._extras = extras
        self._trusted = trusted
        self.name = package.name
        self.content_hash = package.content_hash
        self._environment = environment = Environment(extras)
        found = [p for p in check(package, template=True) if p.refuses]
        refused = [p for p in found if p.code not in _MENDED and not (trusted and p.code in VOUCHED)]
        mended = frozenset(p.at.part for p in found if p.code in _MENDED)
        self._lists = Lists(package)
        self._parts = compile_parts(environment, package, self._lists, refused, mended)
        self._beside = Beside(package, tuple(p.member for p in self._parts))
        self._core = compile_core(environment, package, self._beside)
        self._replacements = Replacements(package)
        tagged = (*self._parts, self._core) if self._core else self._parts
        self.tagged_parts: tuple[str, ...] = tuple(p.member for p in tagged)
        self.variables: tuple[str, ...] = tuple(sorted({n for p in tagged for n in p.variables}))
        self._bookmark, self._drawing, self._bookmarks = _numbers(package)

    @classmethod
    def open(
        cls,
        source: Path | str | bytes,
        *,
        name: str = "",
        filters: Functions | None = None,
        tests: Functions | None = None,
        globals: Mapping[str, Any] | None = None,
        methods: tuple[type, ...] = (),
        trusted: bool = False,
        breaks: bool = False,
        lenient: bool = False,
        objects: bool = False,
        undefined: type[Any] | None = None,
        finalize: Callable[[Any], Any] | None = None,
    ) -> Template:
        """The compiled template in `source`: a path, or the bytes of a .docx.

        Compiled once per content, name and set of functions; kept in memory. `name` is what problems call it.
        `filters`, `tests` and `globals` are added to the harmless ones of Jinja, and win over them. `methods` are
        classes whose public methods a template may call, and whose objects print as their `str`. `trusted` says
        that the caller answers for what the template brings along besides words: contents from outside, active
        objects, fields (and values in their codes), tracked changes. The sandbox stays closed all the same.

        For scripts that move from docxtpl: with `breaks` plain texts may hold `\\a` (new paragraph) and `\\f` (new
        page), as a `Listing` may; with `objects` all values but empty ones print what `str` says, and texts are looped
        over letter by letter; with `lenient` empty ones do so too, and missing ones print nothing. `undefined` and
        `finalize` are those of an environment of Jinja: what missing values are, what values go through when printed.

        Raises:
            TemplateError: with every problem found: KS401–KS449 of the file, KS450 a tag or a command that
                does not end, KS451 unknown filter, KS452 command not allowed, KS453 a tag that tears the
                structure apart, KS454 a tag where none may stand, KS455 unknown test, KS456 access not
                allowed, KS457 a tag that cannot be read, KS458 too large.
        """
        extras = Extras(
            dict(filters or {}),
            dict(tests or {}),
            dict(globals or {}),
            tuple(methods),
            trusted,
            breaks,
            lenient,
            objects,
            undefined,
            finalize,
        )
        if not isinstance(source, bytes):
            name = name or str(source)
            source = load_file(Path(source), name)
        key = (hashlib.sha256(source).hexdigest(), name, extras.key(), trusted)
        with _lock:
            if (known := _cache.get(key)) is not None:
                _cache.move_to_end(key)
                return known
        # The template keeps its functions alive, so that their ids stay theirs.
        named = kept.key(key[0], name, extras, trusted)
        made = kept.load(cls, named, source, extras) if named else None
        if made is None:
            made = cls(Package.read(source, name=name), extras, trusted=trusted)
            if named:
                kept.save(made, named, made._environment)
        with _lock:
            _cache[key] = made
            while len(_cache) > _CACHE_SIZE:
                _cache.popitem(last=False)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self._package.data, self.name, self._extras, self._trusted))

    def __repr__(self) -> str:
        return f"Template({self.name!r}, {self.content_hash[:12]})"

    def get_undeclared_template_variables(self, context: Mapping[str, object] | None = None) -> set[str]:
        """The names that the template asks its context for; with `context`, those that it does not hold."""
        return {name for part in self._parts for name in undeclared(part)} - set(context or ())

    @property
    def data(self) -> bytes:
        """The template as it was read."""
        return self._package.data

    def has_picture(self, name: str) -> bool:
        """Is there a picture of this name, title or alternative text, for `render(pictures=…)`?"""
        return self._replacements.has_picture(name)

    @staticmethod
    def build_url_id(url: str) -> UrlId:
        """What `RichText.add(…, url_id=…)` takes to link to `url` (see `richtext.build_url_id`)."""
        return build_url_id(url)

    def new_subdoc(self, source: Any = None) -> Subdoc:
        """A document to be inserted by `{{p x }}`: empty, in the styles of this template; or that in `source`
        (a path, bytes, an open file).

        It is filled like a document of python-docx, which is imported for this alone.
        """
        from ksdocs.docx.subdoc import Subdoc

        return Subdoc(self._package, source)

    def render(
        self,
        context: Mapping[str, object],
        *,
        properties: Mapping[str, str] | None = None,
        custom: Mapping[str, str] | None = None,
        pictures: Mapping[str, Any] | None = None,
        members: Mapping[str, Any] | None = None,
        level: int = LEVEL,
    ) -> bytes:
        """The .docx filled from `context`; equal input gives equal bytes.

        `properties` are those of the document: title, subject, creator, keywords, description, identifier,
        language, category, contentStatus, version, lastModifiedBy, created, modified (ISO). When given,
        nothing of the template's author remains, and times not given are fixed. `custom` are custom
        properties. `pictures` replaces pictures of the template, each known by its name, title or alternative
        text; `members` replaces media and embedded files by their name in the .docx. Both take bytes, paths and
        open files. `level` says how small what was written is packed: 1–9, or 0 for not at all, which gives equal
        bytes on every machine (see `Package.replace`).

        Raises:
            TemplateError: with every problem found, at part and paragraph: KS460 no such field, KS461 an
                empty value, KS462 a value that is no text, KS463 a forbidden character, KS464 a line break
                where none may be, KS465 over budget, KS466 an expression failed, KS468 no list to loop over,
                KS469 access not allowed, KS470 a value at the wrong place, KS471 a forbidden link, KS472 nothing
                to replace, KS473 an unfit sub-document; and those of the filters.
        """
        job = Job(
            *(self._bookmark, self._bookmarks, self._drawing, context),
            lists=self._lists,
            taken_links=self._beside.taken,
        )
        values: dict[str, Any] = {**self._environment.globals, **context}
        written: dict[str, bytes] = {}
        core = self._beside.core
        try:
            for part in self._parts:
                written[part.member] = (DECLARATION + part.render(values, job)).encode()
            if self._core:
                core = self._core.render(values, job)
        except Stopped:
            pass
        if job.problems:
            raise TemplateError(job.problems)
        at = self._package.at()
        if properties is not None:
            core = fill_core(core, properties, at.with_(part=self._beside.core_name()))
        if properties is not None or self._core:
            written[self._beside.core_name()] = (DECLARATION + core).encode()
        if custom:
            custom_name = self._beside.custom_name()
            written[custom_name] = self._beside.custom(custom, at.with_(part=custom_name))
        types: tuple[str, ...] = self._add_links(job, written) if job.links else ()
        if job.new_lists:
            written |= self._beside.numbering(self._lists.definitions(job.new_lists))
        if job.grafts is not None:
            grafted, more = job.grafts.written(written)
            written |= grafted
            types += more
        if pictures or members:
            replaced, more = self._replacements.find(pictures or {}, members or {}, written)
            written |= replaced
            types += more
        written |= self._beside.register(core=properties is not None, custom=bool(custom), types=types)
        changes = {n: d for n, d in written.items() if n in self._package}
        added = {n: d for n, d in written.items() if n not in self._package}
        return self._package.replace(changes, added, level=level)

    def _add_links(self, job: Job, written: dict[str, bytes]) -> tuple[str, ...]:
        """Media, charts, and the relationships of all parts; the content types of what was added."""
        members = {d: self._beside.media_name(d, i.picture.kind) for d, i in job.images.items()}
        for digest, image in job.images.items():
            written[members[digest]] = image.data
        types = [self._beside.picture_type(kind) for kind in sorted({i.picture.kind for i in job.images.values()})]
        if job.charts:
            from ksdocs.docx.chart_parts import add_charts

            members |= add_charts(job.charts, self._package, self._beside, written, types)
        for part, links in job.links.items():
            member, data = self._beside.links(part, links, members)
            written[member] = data
        return tuple(types)


_lock = threading.Lock()
_cache: OrderedDict[tuple[object, ...], Template] = OrderedDict()


def _again(data: bytes, name: str, extras: Extras, trusted: bool) -> Template:
    functions = {
        name: getattr(extras, name)
        for name in (
            *("filters", "tests", "globals", "methods", "breaks", "lenient"),
            *("objects", "undefined", "finalize"),
        )
    }
    return Template.open(data, name=name, trusted=trusted, **functions)


def _numbers(package: Package) -> tuple[int, int, frozenset[str]]:
    """The largest bookmark and drawing ids of the template, and the names of its bookmarks."""
    bookmarks, drawings, names = [0], [0], set()
    for member in package.text_parts:
        data = package.xml(member)
        bookmarks += map(int, _BOOKMARK_ID.findall(data))
        drawings += map(int, _DRAWING_ID.findall(data))
        names |= {n.decode("utf-8", "replace") for n in _BOOKMARK_NAME.findall(data)}
    return max(bookmarks), max(drawings), frozenset(names)
