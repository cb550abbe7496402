"""What the rules of every document find in a template, at the place that the check tells: heading, cell and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from ksdocs.docx.inspect_parts import REVISIONS, named_relations
from ksdocs.docx.lint_scan import Paragraph, Part, Tag
from ksdocs.docx.package import Package
from ksdocs.docx.xmlns import R, w
from ksdocs.problems import Location, Problem, Severity, problem

if TYPE_CHECKING:
    from lxml import etree

_WARNED: Final = frozenset(["KS429", "KS438", "KS445"])
"""Warnings about a document that are worth a word about its template: they are in all that is made from it."""
_COMMAND: Final = re.compile(r"{%.*?%}")
Found = tuple[Problem, Tag | None]


def around(package: Package, parts: Sequence[Part], told: Iterable[Problem], mended: frozenset[str]) -> Iterator[Found]:
    """What of `told` concerns a template, each where it can be seen; and links that hold a tag in their address."""
    by_name = {part.member: part for part in parts}
    for one in told:
        if one.code in mended or not (one.refuses or one.code in _WARNED):
            continue
        if one.code == "KS438":
            yield _comment(one, parts)
        elif one.code == "KS445":
            yield from _hidden(one, by_name.get(one.at.part or ""))
        else:
            part = by_name.get(one.at.part or "")
            yield _placed(package, part, one) if part is not None else (one, None)
    for part in parts:
        yield from _links(package, part)


def _placed(package: Package, part: Part, one: Problem) -> Found:
    if one.code == "KS437":
        nodes = list(part.tree.iter(*REVISIONS))
    elif one.code in ("KS428", "KS429"):
        links = {r.id for r in package.relationships(part.member) if one.params.get("alamat") == r.target[:120]}
        owners = (value.getparent() for value in named_relations(part.tree) if str(value) in links)
        nodes = [owner for owner in owners if owner is not None]
    else:
        words = one.at.paragraph or ""
        alike = (p for p in part.paragraphs if words and p.text.strip()[:200] == words)
        found = next(alike, None)
        return (one, None) if found is None else _at(part, one, found, (0, 0))
    return _at_nodes(part, one, nodes[:1])


def _at_nodes(part: Part, one: Problem, nodes: Sequence[etree._Element]) -> Found:
    """`one` at the paragraph around `nodes`, their words marked."""
    if not nodes:
        return one, None
    homes = {p.home: p for p in part.paragraphs if p.home is not None}
    outside = next((a for a in (nodes[0], *nodes[0].iterancestors(w("p"))) if a in homes), None)
    near = (nodes[0], *nodes[0].iterancestors(w("tr"), w("tbl")))
    home = outside if outside is not None else next((p for n in near for p in n.iter(w("p")) if p in homes), None)
    if home is None:
        return one, None
    texts = {text for node in nodes for text in node.iter(w("t"))}
    return _at(part, one, homes[home], _span(homes[home], lambda node: node in texts))


def _span(paragraph: Paragraph, holds: Callable[[etree._Element], bool]) -> tuple[int, int]:
    pieces = [p for p in paragraph.nodes if holds(p.node)]
    if not pieces:
        return 0, 0
    return pieces[0].begin, pieces[-1].begin + len(pieces[-1].node.text or "")


def _at(
    part: Part, one: Problem, paragraph: Paragraph, span: tuple[int, int], severity: Severity | None = None
) -> Found:
    at = part.place_of(paragraph, *span)
    held = Tag(paragraph, span[0], span[1], paragraph.text[span[0] : span[1]], "")
    return Problem(one.code, at, one.params, severity or one.severity_override, one.record), held


def _comment(one: Problem, parts: Sequence[Part]) -> Found:
    """A comment, at the words that it is about."""
    for part in parts:
        mark = next(part.tree.iter(w("commentRangeStart"), w("commentReference")), None)
        if mark is None:
            continue
        home = next(mark.iterancestors(w("p")), None)
        words: list[etree._Element] = []
        inside = False
        for node in home.iter() if home is not None else ():
            if node.get(w("id")) == mark.get(w("id")) and node.tag in (w("commentRangeStart"), w("commentRangeEnd")):
                inside = node.tag == w("commentRangeStart")
            elif inside and node.tag == w("t"):
                words.append(node)
        return _at_nodes(part, one, words or [mark])
    return one, None


def _hidden(one: Problem, part: Part | None) -> Iterator[Found]:
    """Words that nobody sees. Commands may be hidden; a value that is gets lost, which is a refusal."""
    words = one.at.paragraph or ""
    if not _COMMAND.sub("", words).strip():
        return
    severity = Severity.TOLAK if "{{" in words else None
    for paragraph in part.paragraphs if part is not None else ():
        start = paragraph.text.find(words)
        if part is not None and start >= 0 and paragraph.number >= 0:
            yield _at(part, one, paragraph, (start, start + len(words)), severity)
            return
    yield Problem(one.code, one.at, one.params, severity, one.record), None


def _links(package: Package, part: Part) -> Iterator[Found]:
    """KS429: Word made a link of a tag, whose address stays as it is."""
    targets = {r.id: unquote(r.target) for r in package.relationships(part.member) if r.external}
    for node in part.tree.iter(w("hyperlink")):
        address = targets.get(node.get(f"{R}id", ""), "")
        if "{{" in address:
            yield _at_nodes(part, problem("KS429", Location(), alamat=address[:120]), [node])
