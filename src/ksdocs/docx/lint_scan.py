"""The tags of a template as an officer sees them: each with its paragraph, its cell and the heading above it.

The engine reads a part as text and knows a tag by its line (`source`). Here the part is walked as a tree, so that every
tag, whole or broken, keeps its place: where it can be shown, and where a comment can be put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from ksdocs.docx.source import _TYPED
from ksdocs.docx.styles import Styles, number
from ksdocs.docx.xmlns import MC, WORD, w
from ksdocs.problems import Location

if TYPE_CHECKING:
    from lxml import etree

MARKS: Final = ("⟦", "⟧")
"""Stand around the words that a problem is about."""

_OPENER: Final = re.compile(r"{[{%#]")
_STRAY: Final = re.compile(r"[}%]}|#}")
_ESCAPED: Final = re.compile(r"{_[{%]|[%}]_}")
_CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SHAPE: Final = re.compile(r"{([{%#])([-+]?)(p|tr|tc|r)?(?=[\s])([-+]?)")
_BOX: Final = w("txbxContent")
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_GONE: Final = frozenset({w("del"), w("moveFrom")})
_PLAIN: Final = str.maketrans({**_TYPED, "“": '"', "”": '"', "‘": "'", "’": "'"})


class Piece(NamedTuple):
    """An element `w:t`, where its words begin in its paragraph, and where it comes in the part."""

    begin: int
    order: int
    node: etree._Element


class Cut(NamedTuple):
    """Something that is no word, and where it stands in the text of its paragraph: `tab`, `br` and `page` are a blank
    there, `math` is none."""

    at: int
    kind: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a part, or whatever else holds tags: `text` is its words, `nodes` the elements they stand in."""

    number: int
    """Among the `w:p` of the part, from 0, in the order of the file; -1 for what is no paragraph."""
    text: str = ""
    heading: str = ""
    table: tuple[tuple[int, int], ...] = ()
    twin: bool = False
    """In the second branch of alternate content, which repeats the first."""
    nodes: list[Piece] = field(default_factory=list)
    order: int = 0
    cuts: list[Cut] = field(default_factory=list)
    home: etree._Element | None = None
    """Its `w:p`."""


@dataclass(slots=True, eq=False)
class Tag:
    """A tag: `text` as it stands there, `kind` its opener, `prefix` what it does to its surroundings (`p`, `tr`, …).

    `end` is -1 for one that is not closed. `inside` is what stands between its marks, cleaned of what Word puts there.
    """

    paragraph: Paragraph
    start: int
    end: int
    text: str
    kind: str
    prefix: str = ""
    inside: str = ""
    order: tuple[int, int] = (0, 0)

    @property
    def command(self) -> str:
        """The first word of a `{% %}`, else nothing."""
        found = re.match(r"[^\W\d]\w*", self.inside) if self.kind == "{%" else None
        return found[0] if found else ""

    @property
    def cuts(self) -> tuple[str, ...]:
        """What stands within the tag and is no word of it."""
        end = self.end if self.end >= 0 else self.start + len(self.text)
        return tuple(cut.kind for cut in self.paragraph.cuts if self.start < cut.at < end)

    def written(self, command: str) -> str:
        """A tag for `command` in the way of this one: `{%p endif %}`."""
        return f"{{%{self.prefix} {command} %}}"


@dataclass(slots=True)
class Part:
    """What was found in a part, in the order of the file."""

    member: str
    at: Location
    tree: etree._Element
    paragraphs: list[Paragraph] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    strays: list[Tag] = field(default_factory=list)
    """Ends of tags that nobody opened."""
    near: list[Tag] = field(default_factory=list)
    """What looks like a tag and is none."""

    @property
    def escaped(self) -> bool:
        """Are there braces that are to be printed, as `{_{`?"""
        return any(_ESCAPED.search(paragraph.text) for paragraph in self.paragraphs)

    def entry_after(self, index: int) -> str:
        """How an entry of a list is written from tag `index` on: `bukti[0]`, or the name that a loop gives."""
        for tag in self.tags[max(0, index) :]:
            found = re.search(r"([^\W\d]\w*\[\d+\])\.", tag.inside) if tag.kind == "{{" else None
            found = found or re.match(r"for\s+([^\W\d]\w*)\s+in\b", tag.inside)
            if found:
                return found[1]
        return "x"

    def place(self, tag: Tag) -> Location:
        """Where a tag stands, its words marked."""
        end = tag.end if tag.end >= 0 else tag.start + max(2, len(tag.text))
        return self.place_of(tag.paragraph, tag.start, end)

    def place_of(self, paragraph: Paragraph, start: int = 0, end: int = 0) -> Location:
        text = paragraph.text
        if end > start:
            text = f"{text[:start]}{MARKS[0]}{text[start:end]}{MARKS[1]}{text[end:]}"
        cells = " / ".join(f"{row}.{column}" for row, column in paragraph.table)
        told = text.strip()
        return self.at.with_(paragraph=told or None, heading=paragraph.heading or None, table=cells or None)


def scan(member: str, tree: etree._Element, at: Location, styles: Styles) -> Part:
    """Everything in `tree` that is a tag, or meant to be one."""
    part = Part(member, at, tree)
    _Walk(part, styles).run()
    for paragraph in part.paragraphs:
        tags, strays = _tags_in(paragraph)
        part.tags += tags
        part.strays += strays
    part.tags.sort(key=lambda t: t.order)
    return part


class _Walk:
    """One walk through a part."""

    def __init__(self, part: Part, styles: Styles) -> None:
        self._part, self._styles = part, styles
        self._heading = ""
        self._open: list[Paragraph] = []
        self._tables: list[list[int]] = []
        self._numbers = -1
        self._order = 0

    def run(self) -> None:
        self._visit(self._part.tree, twin=False)

    def _visit(self, node: etree._Element, *, twin: bool) -> None:
        if not isinstance(node.tag, str) or node.tag in _GONE:
            return
        self._order += 1
        self._attributes(node, twin)
        handler = _HANDLERS.get(node.tag)
        if handler is not None:
            handler(self, node, twin)
            return
        if node.text and ("{" in node.text or "}" in node.text) and not len(node):
            self._loose(node.text, twin)
        self._children(node, twin=twin or node.tag == f"{MC}Fallback")

    def _children(self, node: etree._Element, *, twin: bool) -> None:
        for child in node:
            self._visit(child, twin=twin)

    def _paragraph(self, node: etree._Element, twin: bool) -> None:
        self._numbers += 1
        made = Paragraph(
            self._numbers, heading=self._heading, table=self._cells(), twin=twin, order=self._order, home=node
        )
        self._part.paragraphs.append(made)
        self._open.append(made)
        self._children(node, twin=twin)
        self._open.pop()
        if self._is_heading(node) and made.text.strip() and not self._tables:
            self._heading = made.text.strip()

    def _is_heading(self, node: etree._Element) -> bool:
        properties = node.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        level = properties.find(w("outlineLvl")) if properties is not None else None
        if level is not None:
            return number(level.get(w("val"))) < 9
        return style is not None and self._styles.paragraph(style.get(w("val"))).outline is not None

    def _text(self, node: etree._Element, twin: bool) -> None:
        if not self._open:
            self._loose(node.text or "", twin)
        elif node.text:
            here = self._open[-1]
            here.nodes.append(Piece(len(here.text), self._order, node))
            here.text += node.text

    def _break(self, node: etree._Element, _twin: bool) -> None:
        run = node.getparent()
        if self._open and run is not None and run.tag == w("r"):  # a stop of the ruler is a `w:tab`, too
            kind = "page" if node.get(w("type")) == "page" else "tab" if node.tag == w("tab") else "br"
            self._open[-1].cuts.append(Cut(len(self._open[-1].text), kind))
            self._open[-1].text += " "

    def _math(self, node: etree._Element, twin: bool) -> None:
        if self._open:
            self._open[-1].cuts.append(Cut(len(self._open[-1].text), "math"))
        self._children(node, twin=twin)

    def _table(self, node: etree._Element, twin: bool) -> None:
        self._tables.append([0, 0, 0])
        self._children(node, twin=twin)
        self._tables.pop()

    def _row(self, node: etree._Element, twin: bool) -> None:
        if self._tables:
            self._tables[-1] = [self._tables[-1][0] + 1, 0, 1]
        self._children(node, twin=twin)

    def _cell(self, node: etree._Element, twin: bool) -> None:
        if self._tables:
            here = self._tables[-1]
            here[1] += here[2]
            span = node.find(f"{w('tcPr')}/{w('gridSpan')}")
            here[2] = max(1, number(span.get(w("val")))) if span is not None else 1
        self._children(node, twin=twin)

    def _box(self, node: etree._Element, twin: bool) -> None:
        outer, self._tables = self._tables, []
        self._children(node, twin=twin)
        self._tables = outer

    def _cells(self) -> tuple[tuple[int, int], ...]:
        return tuple((row, column) for row, column, _ in self._tables)

    def _attributes(self, node: etree._Element, twin: bool) -> None:
        for value in map(str, node.attrib.values()):
            if "{" in value and _OPENER.search(value):
                self._loose(value, twin)

    def _loose(self, text: str, twin: bool) -> None:
        """Tags outside of the words of a paragraph: alternative texts, field codes, formulas, properties."""
        made = Paragraph(-1, text, self._heading, self._cells(), twin, order=self._order)
        self._part.paragraphs.append(made)


_HANDLERS: Final = {
    w("p"): _Walk._paragraph,
    w("t"): _Walk._text,
    w("tab"): _Walk._break,
    w("br"): _Walk._break,
    w("tbl"): _Walk._table,
    w("tr"): _Walk._row,
    w("tc"): _Walk._cell,
    _BOX: _Walk._box,
    _MATH: _Walk._math,
}
"""Element → what is done with it, its children too."""


def _tags_in(paragraph: Paragraph) -> tuple[list[Tag], list[Tag]]:
    """(tags, ends of tags that nobody opened) of a paragraph."""
    text = paragraph.text
    tags: list[Tag] = []
    strays: list[Tag] = []
    position = 0
    while found := _OPENER.search(text, position):
        strays += _stray(paragraph, position, found.start())
        start, kind = found.start(), found[0]
        end = text.find(_CLOSERS[kind], found.end())
        following = re.compile("{[{%]").search(text, found.end()) if kind != "{#" else None
        if end < 0 or (following is not None and following.start() < end):
            stop = following.start() if following is not None else len(text)
            shown = text[start:stop].rstrip()
            tags.append(_tag(paragraph, start, -1, shown, kind))
            position = found.end() if following is None else stop
            if following is None:
                break
            continue
        tags.append(_tag(paragraph, start, end + 2, text[start : end + 2], kind))
        position = end + 2
    else:
        strays += _stray(paragraph, position, len(text))
    return tags, strays


def _stray(paragraph: Paragraph, start: int, stop: int) -> Iterator[Tag]:
    for found in _STRAY.finditer(paragraph.text, start, stop):
        before = paragraph.text.rfind("{", start, found.start())
        first = before if before >= 0 else found.start()
        if not _ESCAPED.search(paragraph.text[max(0, found.start() - 1) : found.end()]):
            yield _tag(paragraph, first, found.end(), paragraph.text[first : found.end()], found[0])


def _tag(paragraph: Paragraph, start: int, end: int, text: str, kind: str) -> Tag:
    read = _as_read(paragraph, start, text)
    shape = _SHAPE.match(read)
    inside = read[shape.end() if shape else 2 : -2 if end >= 0 else None]
    clean = inside.translate(_PLAIN).strip().strip("-+").strip()
    return Tag(
        paragraph,
        start,
        end,
        text,
        kind,
        (shape[3] or "") if shape else "",
        clean,
        (_order_at(paragraph, start), start),
    )


def _as_read(paragraph: Paragraph, start: int, text: str) -> str:
    """A tag as the engine reads it: what Word puts between its words is not even a blank."""
    blanks = {cut.at - start for cut in paragraph.cuts if cut.kind != "math"}
    return "".join(letter for at, letter in enumerate(text) if at not in blanks) if blanks else text


def _order_at(paragraph: Paragraph, start: int) -> int:
    """Where a tag comes among those of the part: a text box may stand in the middle of a paragraph."""
    return max((p.order for p in paragraph.nodes if p.begin <= start), default=paragraph.order)


def is_word(tree: etree._Element) -> bool:
    """Is it a part of Word, and not the properties of the file?"""
    return str(tree.tag).startswith("{" + WORD)


def runs_of(paragraph: Paragraph, tag: Tag) -> list[etree._Element]:
    """The texts in which a tag stands; more than one when its formatting changes within."""
    if tag.end < 0:
        return []
    pieces = paragraph.nodes
    return [p.node for p in pieces if p.begin < tag.end and p.begin + len(p.node.text or "") > tag.start]
