"""A .docx template: compiled once, filled many times, by many threads, always to the same bytes.

Compiling reads every part that may hold tags, has docxtpl's dialect turned into Jinja source (`source`), checks
and rewrites its tree so that each tag has the writer of its place (`rewrite`, `positions`), and lets the sandbox
compile it (`sandbox`). Rendering runs the compiled parts and zips them; no XML is parsed on the way.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2 import nodes
from lxml import etree

from ksdocs.docx import cache
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.positions import mend_blocks
from ksdocs.docx.properties import DECLARATION, Beside, fill_core
from ksdocs.docx.rewrite import Rewriter
from ksdocs.docx.sandbox import Environment, Job, Place, RenderContext
from ksdocs.docx.source import Source, Tag, prepare
from ksdocs.docx.xmltext import Refusal
from ksdocs.problems import KsdocsError, Location, Problem, TemplateError, problem

_CACHE_SIZE = 32
_BOOKMARK_ID = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:id="([0-9]+)"')
_BOOKMARK_NAME = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"')
_DRAWING_ID = re.compile(rb'<wp:docPr\b[^>]*?\bid="([0-9]+)"')

Filters = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled part: its function, and how to find the place of what goes wrong in it."""

    member: str
    template: jinja2.Template
    source: Source
    places: tuple[Place, ...]
    variables: frozenset[str]
    at: Location

    def render(self, values: dict[str, Any], job: Job) -> str:
        context = RenderContext(self.template.environment, values, self.member, {})
        context.job, context.places = job, self.places
        job.part = self.member
        try:
            return mend_blocks("".join(self.template.root_render_func(context)))
        except Exception as error:
            # Whatever a template or a filter does wrong is a problem of the template, at the tag in hand.
            for found, place in self._problems(error):
                job.refuse(found, place)
            raise _Stopped from error

    def _problems(self, error: Exception) -> list[tuple[Problem, Place]]:
        tag = self._tag(error.__traceback__)
        place = Place(self.at.with_(paragraph=tag.paragraph or None), tag.expression)
        if isinstance(error, KsdocsError):
            return [(p, place) for p in error.problems]
        if isinstance(error, Refusal):
            return [(error.problem(), place)]
        if isinstance(error, jinja2.exceptions.SecurityError):
            return [(problem("KS469", None, nama=tag.expression), place)]
        if isinstance(error, jinja2.UndefinedError):
            quoted = re.search(r"'([^']*)'(?: is undefined)?$|element (.*)$", str(error))
            name = (quoted[1] or quoted[2]) if quoted else tag.expression
            return [(problem("KS460", None, nama=name, usul="–"), place)]
        return [(problem("KS466", None, galat=f"{type(error).__name__}: {error}"[:200]), place)]

    def _tag(self, traceback: TracebackType | None) -> Tag:
        line = None
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self.template.filename:
                line = self.template.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        return self.source.at_line(line)


class _Stopped(Exception):  # noqa: N818 - the problems are in the job
    """A part could not be rendered to its end."""


class Template:
    """A compiled template; immutable, and safe to share between threads. Made by `Template.open`."""

    def __init__(self, package: Package, filters: Filters) -> None:
        """For `open` alone."""
        self._package = package
        self._filters = dict(filters)
        self.name = package.name
        self.content_hash = package.content_hash
        environment = Environment(filters)
        self._globals = dict(environment.globals)
        self._parts = _compile(environment, package, [p for p in check(package, template=True) if p.refuses])
        self._beside = Beside(package, tuple(p.member for p in self._parts))
        self._core = _compile_core(environment, package, self._beside)
        tagged = (*self._parts, self._core) if self._core else self._parts
        self.tagged_parts: tuple[str, ...] = tuple(p.member for p in tagged)
        self.variables: tuple[str, ...] = tuple(sorted({n for p in tagged for n in p.variables}))
        self._bookmark, self._drawing, self._bookmarks = _numbers(package)

    @classmethod
    def open(cls, source: Path | bytes, *, name: str = "", filters: Filters | None = None) -> Template:
        """The compiled template in `source`: a path, or the bytes of a .docx.

        Compiled once per content, name and set of filters; kept in memory. `name` is what problems call it.
        `filters` are added to the harmless ones of Jinja, and win over them.

        Raises:
            TemplateError: with every problem found: KS401–KS449 of the file, KS450 a tag or a command that
                does not end, KS451 unknown filter, KS452 command not allowed, KS453 a tag that tears the
                structure apart, KS454 a tag where none may stand, KS455 unknown test, KS456 access not
                allowed, KS457 a tag that cannot be read, KS458 too large.
        """
        chosen = dict(filters or {})
        package = None
        if isinstance(source, Path):
            package = Package.read(source, name=name)
            source, name = package.data, package.name
        key = (hashlib.sha256(source).hexdigest(), name, tuple(sorted((n, id(f)) for n, f in chosen.items())))
        with _lock:
            if (known := _cache.get(key)) is not None:
                _cache.move_to_end(key)
                return known
        # The template keeps its filters alive, so that their ids stay theirs.
        made = cls(package or Package.read(source, name=name), chosen)
        with _lock:
            _cache[key] = made
            while len(_cache) > _CACHE_SIZE:
                _cache.popitem(last=False)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self._package.data, self.name, self._filters))

    def __repr__(self) -> str:
        return f"Template({self.name!r}, {self.content_hash[:12]})"

    def render(
        self,
        context: Mapping[str, object],
        *,
        properties: Mapping[str, str] | None = None,
        custom: Mapping[str, str] | None = None,
        level: int = 0,
    ) -> bytes:
        """The .docx filled from `context`; equal input gives equal bytes.

        `properties` are those of the document: title, subject, creator, keywords, description, identifier,
        language, category, contentStatus, version, lastModifiedBy, created, modified (ISO). When given,
        nothing of the template's author remains, and times not given are fixed. `custom` are custom
        properties. `level` 1–9 deflates what was written (see `Package.replace`).

        Raises:
            TemplateError: with every problem found, at part and paragraph: KS460 no such field, KS461 an
                empty value, KS462 a value that is no text, KS463 a forbidden character, KS464 a line break
                where none may be, KS465 over budget, KS466 an expression failed, KS468 no list to loop over,
                KS469 access not allowed, KS470 a value at the wrong place; and those of the filters.
        """
        job = Job(self._bookmark, self._bookmarks, self._drawing, context)
        job.taken_links = self._beside.taken
        values: dict[str, Any] = {**self._globals, **context}
        written: dict[str, bytes] = {}
        core = self._beside.core
        try:
            for part in self._parts:
                written[part.member] = (DECLARATION + part.render(values, job)).encode()
            if self._core:
                core = self._core.render(values, job)
        except _Stopped:
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
        kinds = self._add_images(job, written)
        written |= self._beside.register(core=properties is not None, custom=bool(custom), kinds=kinds)
        changes = {n: d for n, d in written.items() if n in self._package}
        added = {n: d for n, d in written.items() if n not in self._package}
        return self._package.replace(changes, added, level=level)

    def _add_images(self, job: Job, written: dict[str, bytes]) -> tuple[str, ...]:
        """Media parts and their relationships; the kinds of pictures that were added."""
        members = {d: self._beside.media_name(d, i.picture.kind) for d, i in job.images.items()}
        for digest, image in job.images.items():
            written[members[digest]] = image.data
        for part, links in job.links.items():
            member, data = self._beside.links(part, {link: members[d] for d, link in links.items()})
            written[member] = data
        return tuple(sorted({i.picture.kind for i in job.images.values()}))


_lock = threading.Lock()
_cache: OrderedDict[tuple[object, ...], Template] = OrderedDict()


def _again(data: bytes, name: str, filters: Filters) -> Template:
    return Template.open(data, name=name, filters=filters)


def _compile(environment: Environment, package: Package, problems: list[Problem]) -> tuple[_Part, ...]:
    """Every part with tags. Raises all problems of all parts at once, after the given ones."""
    known = cache.load(package.content_hash, package.text_parts)
    if known is not None and not problems:
        with contextlib.suppress(TemplateError):  # then it was not what this engine wrote
            return tuple(_compile_part(environment, s, package.at(m)) for m, s in known.items() if s)
    parts: list[_Part] = []
    sources: cache.Sources = {}
    for member in package.text_parts:
        try:
            source = prepare(member, package.tree(member), package.at(member))
            sources[member] = source
            if source:
                parts.append(_compile_part(environment, source, package.at(member)))
        except TemplateError as error:
            problems += error.problems
    if problems:
        raise TemplateError(problems)
    cache.save(package.content_hash, sources)
    return tuple(parts)


def _compile_core(environment: Environment, package: Package, beside: Beside) -> _Part | None:
    member = beside.core_member
    if member is None or "{" not in beside.core:
        return None
    tree = etree.fromstring(beside.core.encode())
    source = prepare(member, tree, package.at(member))
    return _compile_part(environment, source, package.at(member)) if source else None


def _compile_part(environment: Environment, source: Source, at: Location) -> _Part:
    member = source.part
    parsed = _parse(environment, source, at)
    try:
        variables = _variables(parsed)
        rewriter = Rewriter(environment, source, at)
        rewriter.run(parsed)
        code = environment.compile(parsed, name=member, filename=f"<{member}>")
        template = environment.template_class.from_code(environment, code, {})
    except TemplateError:
        raise
    except Exception as error:
        # Deep nesting and monstrous numbers make Python's own compiler give up in many ways.
        raise TemplateError([_syntax(at, source, error)]) from error
    return _Part(member, template, source, tuple(rewriter.places), variables, at)


def _parse(environment: Environment, source: Source, at: Location) -> nodes.Template:
    try:
        return environment.parse(source.text)
    except Exception as error:
        alone = [_syntax_of_tag(environment, tag, at) for tag in source.tags]
        problems = list(dict.fromkeys(_key(p) for p in alone if p))
        known = {_key(p): p for p in alone if p}
        raise TemplateError([known[k] for k in problems] or [_syntax(at, source, error)]) from error


def _key(found: Problem) -> tuple[str, Location, str]:
    return found.code, found.at, found.params.get("galat", "")


_ALONE = {"if": "endif", "for": "endfor", "elif": "endif", "with": "endwith"}


def _syntax_of_tag(environment: Environment, tag: Tag, at: Location) -> Problem | None:
    """What is wrong with a tag by itself; whether commands fit together is for the whole."""
    text = tag.text
    if text.startswith("{#"):
        return None
    if text.startswith("{%"):
        command = tag.expression.partition(" ")[0]
        if command not in _ALONE and command != "set":
            return None
        text = text.replace("elif", "if", 1) if command == "elif" else text
        end = _ALONE.get(command)
        text += f"{{% {end} %}}" if end else ""
    try:
        environment.parse(text)
    except Exception as error:
        return problem("KS457", at.with_(paragraph=tag.paragraph), tag=tag.text, galat=_told(error))
    return None


def _syntax(at: Location, source: Source, error: Exception) -> Problem:
    tag = source.at_line(getattr(error, "lineno", None))
    where = at.with_(paragraph=tag.paragraph or None)
    return problem("KS457", where, tag=tag.text or "?", galat=_told(error))


def _told(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    return f"{message}"[:200] if isinstance(error, jinja2.TemplateError) else type(error).__name__


def _variables(tree: nodes.Template) -> frozenset[str]:
    """The names that a part asks its context for."""
    names = list(tree.find_all(nodes.Name))
    return frozenset(n.name for n in names) - {n.name for n in names if n.ctx != "load"} - {"loop", "range"}


def _numbers(package: Package) -> tuple[int, int, frozenset[str]]:
    """The largest bookmark and drawing ids of the template, and the names of its bookmarks."""
    bookmarks, drawings, names = [0], [0], set()
    for member in package.text_parts:
        data = package.xml(member)
        bookmarks += map(int, _BOOKMARK_ID.findall(data))
        drawings += map(int, _DRAWING_ID.findall(data))
        names |= {n.decode("utf-8", "replace") for n in _BOOKMARK_NAME.findall(data)}
    return max(bookmarks), max(drawings), frozenset(names)
