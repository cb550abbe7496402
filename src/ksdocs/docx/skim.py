"""A document read without a tree: the quick way, which only ever acquits.

A sound document says the same by `skim` as by `inspect.check` and `text.read`; whatever looks unusual here is left to
them, and so are all problems. Documents of one template repeat themselves: most of their parts, most of their
paragraphs and nearly all of their properties have been read before, to the letter. So what a stretch of XML says is
worked out once and remembered; what is new is read by a few patterns, or by the long way's own functions where these
do not fit (`skim_lines`). Nothing is taken on trust from whoever wrote the file: every byte that leaves is compared
with one that was read, or read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from ksdocs.docx.inspect import frame_problems
from ksdocs.docx.memory import Memory
from ksdocs.docx.package import CONTENT_TYPES, Package
from ksdocs.docx.skim_lines import Ids, Line, Skimmer, Unusual
from ksdocs.docx.styles import styles_in
from ksdocs.docx.text import Span, read
from ksdocs.problems import TemplateError

_KEPT: Final = 64
"""Frames, members and ways of reading that are remembered."""


class Margin(NamedTuple):
    """A paragraph outside the body: its part, words, fields and the alternative texts of its drawings."""

    part: str
    text: str
    fields: tuple[Span, ...]
    drawings: tuple[str, ...]


class Words(NamedTuple):
    """What a document says: the paragraphs of the body, in order, and those of headers, footers and notes."""

    body: Sequence[str]
    margins: Sequence[Margin]


def words_of(package: Package) -> Words:
    """What `package` says, by the long way; TemplateError as `text.read`."""
    body: list[str] = []
    margins: list[Margin] = []
    for paragraph in read(package):
        if paragraph.part == package.document_part:
            body.append(paragraph.text)
        else:
            margins.append(Margin(paragraph.part, paragraph.text, paragraph.fields, paragraph.drawings))
    return Words(body, margins)


def skim(package: Package) -> Words | None:
    """What `package` says, when it is sound (`inspect.check` finds nothing that refuses); None: ask the long way."""
    try:
        frame = _frames.get(_frame_key(package), lambda: _frame(package))
        if frame is None or not all(_is_well_formed(package, member) for member in frame.loose):
            return None
        found = [_lines_and_ids(package, part, frame.styles) for part in frame.parts]
    except (Unusual, TemplateError):
        return None
    if not _agree([ids for _, ids in found], frame):
        return None
    margins = [
        Margin(part, line.text, line.fields, line.alternatives)
        for part, (lines, _) in zip(frame.parts[1:], found[1:], strict=True)
        for line in lines
    ]
    return Words([line.text for line in found[0][0]], margins)


# ---------------------------------------------------------------------- what holds the parts together


class _Frame(NamedTuple):
    """The package around the words, found without fault.

    `parts` are those with words, the body first; `relations` the ids that each of them may name; `loose` the XML
    members that say nothing on the page and must be well-formed all the same.
    """

    parts: tuple[str, ...]
    relations: tuple[frozenset[str], ...]
    loose: tuple[str, ...]
    styles: bytes


def _frame_key(package: Package) -> tuple[Any, ...]:
    binding = [m for m in package.names if m == CONTENT_TYPES or m.lower().endswith(".rels")]
    if package.styles:
        binding.append(package.styles)
    return (package.names, *((m, package.stored(m)) for m in binding))


def _frame(package: Package) -> _Frame | None:
    if package.comments or any(p.refuses for p in frame_problems(package)):
        return None
    parts = package.text_parts
    read_elsewhere = {*parts, package.styles, CONTENT_TYPES}
    return _Frame(
        parts,
        tuple(frozenset(r.id for r in package.relationships(part)) for part in parts),
        tuple(m for m in package.names if m not in read_elsewhere and package.is_xml(m)),
        package.xml(package.styles) if package.styles else b"",
    )


def _is_well_formed(package: Package, member: str) -> bool:
    return _sound.get(package.stored(member), lambda: _parses(package.xml(member)))


def _parses(xml: bytes) -> bool:
    try:
        expat.ParserCreate("utf-8", " ").Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


_frames: Memory[_Frame | None] = Memory(_KEPT)
_sound: Memory[bool] = Memory(_KEPT)


def _lines_and_ids(package: Package, part: str, styles: bytes) -> tuple[Sequence[Line], Sequence[Ids]]:
    head, rest = Skimmer.divide(package.text(part))
    return _skimmer(head, styles).read(rest)


@lru_cache(maxsize=_KEPT)
def _skimmer(head: str, styles: bytes) -> Skimmer:
    return Skimmer(head, styles_in(styles))


# ---------------------------------------------------------------------- what must be unique, or must exist


def _agree(parts: Sequence[Sequence[Ids]], frame: _Frame) -> bool:
    """Do all ids lead somewhere, and does each stand once? (KS418–KS422)"""
    drawings: list[str] = []
    names: list[str] = []
    for brought, relations in zip(parts, frame.relations, strict=True):
        starts: list[str] = []
        ends: list[str] = []
        for ids in brought:
            names += ids.names
            starts += ids.starts
            ends += ids.ends
            drawings += ids.drawings
            if ids.relations and not relations.issuperset(ids.relations):
                return False
        if not (_once(starts) and _once(ends) and set(starts) == set(ends)):
            return False
    return _once(names) and _once(drawings)


def _once(items: Sequence[str]) -> bool:
    return len(set(items)) == len(items)
