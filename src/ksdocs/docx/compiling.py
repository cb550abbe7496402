"""From the source of a part to a function that writes it, and from what goes wrong in it to the place of a tag."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import jinja2
from jinja2 import nodes

from ksdocs.docx import cache
from ksdocs.docx.faults import told
from ksdocs.docx.job import Job, Place
from ksdocs.docx.mending import EVERYWHERE, mend, where_needed
from ksdocs.docx.numbering import Lists, mark_restarts
from ksdocs.docx.package import Package
from ksdocs.docx.properties import Beside
from ksdocs.docx.sandbox import Environment
from ksdocs.docx.source import Source, Tag, prepare
from ksdocs.docx.writers import RenderContext
from ksdocs.problems import Location, Problem, TemplateError, problem


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part: its function, and how to find the place of what goes wrong in it."""

    member: str
    template: jinja2.Template
    source: Source
    places: tuple[Place, ...]
    variables: frozenset[str]
    at: Location
    grids: bool
    mended: tuple[str, ...]

    def render(self, values: dict[str, Any], job: Job) -> str:
        environment = self.template.environment
        context = environment.context_class(environment, values, self.member, {})
        assert isinstance(context, RenderContext)
        context.job, context.places = job, self.places
        job.part, job.breaks = self.member, False
        try:
            xml = "".join(self.template.root_render_func(context))
            if job.breaks:
                from ksdocs.docx.breaks import break_paragraphs

                xml, job.breaks = break_paragraphs(xml), False
            xml = mend(xml, self.mended if job.grafts is None else EVERYWHERE)
            if not self.grids:
                return xml
            from ksdocs.docx.grids import mend_grids

            return mend_grids(xml)
        except Exception as error:
            # Whatever a template or a filter does wrong is a problem of the template, at the tag in hand.
            for found, place in self._problems(error):
                job.refuse(found, place)
            raise Stopped from error

    def _problems(self, error: Exception) -> list[tuple[Problem, Place]]:
        tag = self._tag(error.__traceback__)
        place = Place(self.at.with_(paragraph=tag.paragraph or None), tag.expression)
        return [(p, place) for p in told(error, tag.expression)]

    def _tag(self, traceback: TracebackType | None) -> Tag:
        line = None
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self.template.filename:
                line = self.template.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        return self.source.at_line(line)


class Stopped(Exception):  # noqa: N818 - the problems are in the job
    """A part could not be rendered to its end."""


def compile_parts(
    environment: Environment, package: Package, lists: Lists, problems: list[Problem], mended: frozenset[str | None]
) -> tuple[Part, ...]:
    """Every part with tags, and those of `mended` even without. Raises all problems at once, after the given ones."""
    known = cache.load(package.content_hash, package.text_parts)
    if known is not None and not problems:
        with contextlib.suppress(TemplateError):  # then it was not what this engine wrote
            return tuple(_compile_part(environment, s, package.at(m), lists) for m, s in known.items() if s)
    parts: list[Part] = []
    sources: cache.Sources = {}
    for member in package.text_parts:
        try:
            source = prepare(member, package.tree(member), package.at(member), always=member in mended)
            sources[member] = source
            if source:
                parts.append(_compile_part(environment, source, package.at(member), lists))
        except TemplateError as error:
            problems += error.problems
    if problems:
        raise TemplateError(problems)
    cache.save(package.content_hash, sources)
    return tuple(parts)


def compile_core(environment: Environment, package: Package, beside: Beside) -> Part | None:
    """The core properties, when they hold tags."""
    member = beside.core_member
    if member is None or "{" not in beside.core:
        return None
    from lxml import etree

    tree = etree.fromstring(beside.core.encode())
    source = prepare(member, tree, package.at(member))
    return _compile_part(environment, source, package.at(member)) if source else None


def _compile_part(environment: Environment, source: Source, at: Location, lists: Lists | None = None) -> Part:
    from ksdocs.docx.rewrite import Rewriter  # a template that was kept is not compiled

    member = source.part
    parsed = _parse(environment, source, at)
    try:
        variables = _variables(parsed) - frozenset(environment.globals)
        if lists is not None and "<w:pPr>" in source.text and lists.exist:
            mark_restarts(parsed, lists)
        rewriter = Rewriter(environment, source, at)
        rewriter.run(parsed)
        mended = where_needed(parsed)
        code = environment.compile(parsed, name=member, filename=f"<{member}>")
        template = environment.template_class.from_code(environment, code, {})
    except TemplateError:
        raise
    except Exception as error:
        # Deep nesting and monstrous numbers make Python's own compiler give up in many ways.
        raise TemplateError([_syntax(at, source, error)]) from error
    return Part(member, template, source, tuple(rewriter.places), variables, at, rewriter.grids, mended)


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


def undeclared(part: Part) -> set[str]:
    """The names that `part` asks its context for, scope by scope, as Jinja itself tells them."""
    from jinja2 import meta

    plain = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"])  # noqa: S701 - nothing is rendered
    used = part.template.environment
    plain.globals, plain.filters, plain.tests = used.globals, used.filters, used.tests
    return set(meta.find_undeclared_variables(plain.parse(part.source.text)))


def _variables(tree: nodes.Template) -> frozenset[str]:
    """The names that a part asks its context for."""
    names = list(tree.find_all(nodes.Name))
    return frozenset(n.name for n in names) - {n.name for n in names if n.ctx != "load"} - {"loop"}
