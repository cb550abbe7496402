"""What a document says: its paragraphs in the order of reading, its properties, and a text view for diffs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ksdocs.docx.events import (
    ALL_LAYERS,
    NO_MARKS,
    WORDS,
    Cell,
    Event,
    Layer,
    Marks,
    Place,
)
from ksdocs.docx.package import Package
from ksdocs.docx.reader import Head, PartReader, read_part
from ksdocs.docx.styles import Styles, styles_of

__all__ = [
    "ALL_LAYERS",
    "Cell",
    "Event",
    "Layer",
    "Paragraf",
    "Place",
    "Run",
    "Span",
    "events",
    "properties",
    "read",
    "view",
]


class Span(NamedTuple):
    """A stretch of a paragraph's text: `text[start:end]`, and the name or instruction it carries."""

    name: str
    start: int
    end: int


class Run(NamedTuple):
    """A stretch of a paragraph's text in one language and with one set of marks."""

    start: int
    end: int
    language: str
    marks: Marks


class Paragraf(NamedTuple):
    """One paragraph as a reader sees it.

    Attributes:
        part: member of the package (`word/document.xml`).
        index: its number in the part, from 1; a text box is read after the paragraph that holds it.
        text: its words; a line break is "\\n", a tab "\\t", a non-breaking hyphen U+2011, a soft one U+00AD.
        style: the style's name ("heading 1", "Normal"), which Word keeps in English in every language.
        outline: 1–9 for a heading (by its own or its style's outline level), else None.
        numbering: (numId, level from 0) when Word numbers it; the number itself is not in `text`.
        cells: the cells it stands in, outermost first; empty outside tables.
        bookmarks: stretches by bookmark; one that spans paragraphs has its stretch in each of them.
        fields: stretches by field instruction ("PAGE"): `text` holds the result that was saved.
        controls: stretches by tag of content control.
        drawings: alternative texts of its drawings and words drawn as art.
        runs: languages and marks of its words.
        marks: what holds for all of it ("box", "inserted", layers).
    """

    part: str
    index: int  # type: ignore[assignment]  # hides the method of tuples, which nobody needs here
    text: str
    style: str = "Normal"
    outline: int | None = None
    numbering: tuple[int, int] | None = None
    cells: tuple[Cell, ...] = ()
    bookmarks: tuple[Span, ...] = ()
    fields: tuple[Span, ...] = ()
    controls: tuple[Span, ...] = ()
    drawings: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    marks: Marks = NO_MARKS

    @property
    def table_path(self) -> tuple[tuple[int, int], ...]:
        """(row, column) of each table it stands in, outermost first, from 1."""
        return tuple((c.row, c.column) for c in self.cells)

    def in_language(self, language: str) -> str:
        """The words of those runs whose language is `language` or a variety of it ("id" takes "id-ID")."""
        wanted = language.lower()
        return "".join(
            self.text[r.start : r.end]
            for r in self.runs
            if r.language.lower() == wanted or r.language.lower().startswith(wanted + "-")
        )


def events(
    document: Package | bytes | Path, *, parts: Iterable[str] | None = None, layers: Iterable[str] = ()
) -> Iterator[Event]:
    """The stream of `Event` under every reading; arguments and errors as for `read`."""
    package = _package(document)
    styles, wanted = styles_of(package), frozenset(layers)
    for part in package.text_parts if parts is None else parts:
        yield from read_part(package, part, styles, wanted).out


def read(
    document: Package | bytes | Path, *, parts: Iterable[str] | None = None, layers: Iterable[str] = ()
) -> Iterator[Paragraf]:
    """The paragraphs of a document: body, headers, footers, footnotes, endnotes; text boxes in their place.

    `parts` reads other members instead (`package.comments`). `layers` (see `Layer`) adds what the page does
    not show: tracked deletions, hidden text, the second branch of alternate content, field instructions.

    Raises:
        TemplateError: what `Package.read` refuses, and KS406, KS412–KS414, KS433 for a part that cannot be
            read.
    """
    package = _package(document)
    styles, wanted = styles_of(package), frozenset(layers)
    for part in package.text_parts if parts is None else parts:
        yield from paragraphs(read_part(package, part, styles, wanted))


def _package(document: Package | bytes | Path) -> Package:
    return document if isinstance(document, Package) else Package.read(document)


def paragraphs(reader: PartReader) -> Iterator[Paragraf]:
    """The paragraphs of a part that was read."""
    building: _Building | None = None
    # Bookmarks and controls may begin between paragraphs and end in a later one.
    open_bookmarks: dict[str, int] = {}
    open_controls: list[tuple[str, int]] = []
    for event in reader.out:
        kind = event.kind
        if kind == "paragraph":
            building = _Building(event, reader.heads[event.place.paragraph - 1])
            if open_bookmarks:
                open_bookmarks = dict.fromkeys(open_bookmarks, 0)
            if open_controls:
                open_controls = [(tag, 0) for tag, _ in open_controls]
        elif kind in WORDS:
            if building is not None:
                building.add(event)
        elif kind == "end":
            if building is not None:
                yield building.finish(open_bookmarks, open_controls)
            building = None
        elif kind == "bookmark":
            open_bookmarks[event.text] = building.length if building is not None else 0
        elif kind == "bookmark_end":
            start = open_bookmarks.pop(event.text, 0)
            if building is not None:
                building.bookmarks.append(Span(event.text, start, building.length))
        elif kind == "control":
            open_controls.append((event.text, building.length if building is not None else 0))
        elif kind == "control_end":
            tag, start = open_controls.pop() if open_controls else (event.text, 0)
            if building is not None:
                building.controls.append(Span(tag, start, building.length))
        elif building is not None:
            building.other(event)


class _Building:
    """A paragraph while its events come in."""

    __slots__ = ("_drawings", "_event", "_fields", "_head", "_open_fields", "_parts", "_runs", "bookmarks",
                 "controls", "length")  # fmt: skip

    def __init__(self, event: Event, head: Head) -> None:
        self._event, self._head = event, head
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._fields: list[Span] = []
        self._open_fields: list[tuple[str, int]] = []
        self._drawings: list[str] = []
        self.bookmarks: list[Span] = []
        self.controls: list[Span] = []
        self.length = 0

    def add(self, event: Event) -> None:
        start = self.length
        self._parts.append(event.text)
        self.length = end = start + len(event.text)
        runs = self._runs
        if runs:
            last = runs[-1]
            if last.language == event.language and last.marks == event.marks:
                runs[-1] = Run(last.start, end, last.language, last.marks)
                return
        runs.append(Run(start, end, event.language, event.marks))

    def other(self, event: Event) -> None:
        if event.kind == "field":
            self._open_fields.append((event.text, self.length))
        elif event.kind == "field_end":
            if self._open_fields:
                name, start = self._open_fields.pop()
                self._fields.append(Span(name, start, self.length))
        elif event.kind in ("drawing", "art"):
            self._drawings.append(event.text)

    def finish(self, bookmarks: Mapping[str, int], controls: list[tuple[str, int]]) -> Paragraf:
        spans, around, unended = self.bookmarks, self.controls, self._fields
        if bookmarks:
            spans += [Span(name, start, self.length) for name, start in bookmarks.items()]
        if controls:
            around += [Span(tag, start, self.length) for tag, start in controls]
        if self._open_fields:
            unended += [Span(name, start, self.length) for name, start in self._open_fields]
        place, head = self._event.place, self._head
        return Paragraf(
            place.part,
            place.paragraph,
            "".join(self._parts),
            head.style.name,
            head.outline,
            head.numbering,
            place.cells,
            _sorted(spans),
            _sorted(unended),
            _sorted(around),
            tuple(self._drawings),
            tuple(self._runs),
            self._event.marks,
        )


def _sorted(spans: list[Span]) -> tuple[Span, ...]:
    """By where they begin, the wider first."""
    return tuple(sorted(spans, key=_start) if len(spans) > 1 else spans)


def _start(span: Span) -> tuple[int, int]:
    return span.start, -span.end


# ---------------------------------------------------------------------- properties


def properties(document: Package | bytes | Path) -> dict[str, dict[str, str]]:
    """{"core": {"title": …}, "custom": {name: value as text}}; empty where the document has none.

    Raises:
        TemplateError: as `read`.
    """
    package = _package(document)
    core: dict[str, str] = {}
    custom: dict[str, str] = {}
    if package.core_properties:
        for node in package.tree(package.core_properties).iterchildren("{*}*"):
            core[str(node.tag).rpartition("}")[2]] = node.text or ""
    if package.custom_properties:
        for node in package.tree(package.custom_properties).iterchildren("{*}property"):
            custom[node.get("name", "")] = "".join(str(t) for t in node.itertext()).strip("\r\n")
    return {"core": core, "custom": custom}


# ---------------------------------------------------------------------- the view


def view(document: Package | bytes | Path) -> str:
    """The text view of a document or template: the twin beside a .docx that a diff can show.

    A heading `== word/header1.xml ==` begins each part. One line per paragraph: the cells it stands in
    (`| 2.1 | `: row, column), its style in brackets unless Normal, `#` if Word numbers it, its
    words. A line break is `↵`, a tab `⇥`, a field `‹PAGE: 1›`, a drawing `‹gambar: its alternative text›`;
    hidden and deleted words are shown, and named as such, since a diff must not hide what a file holds.
    Addresses of links close each part.
    """
    package = _package(document)
    styles = styles_of(package)
    lines: list[str] = []
    for part in package.text_parts:
        lines.append(f"== {part} ==")
        lines += _part_lines(package, part, styles)
        lines.append("")
    return "\n".join(lines)


def _part_lines(package: Package, part: str, styles: Styles) -> Iterator[str]:
    layers = frozenset({Layer.DELETED, Layer.HIDDEN})
    line: list[str] = []
    reader = read_part(package, part, styles, layers)
    before: tuple[Cell, ...] = ()
    for event in reader.out:
        if event.kind == "paragraph":
            cells = event.place.cells
            for level in range(_shared(before, cells), len(cells)):
                yield "| tabel dalam sel |" if level else "| tabel |"
            before = cells
            line = [_prefix(event, reader.heads[event.place.paragraph - 1])]
        elif event.kind == "end":
            yield "".join(line).rstrip()
        else:
            line.append(_shown(event))
    targets = sorted({r.target for r in package.relationships(part) if r.external})
    yield from (f"‹tautan: {t}›" for t in targets)


def _shared(before: tuple[Cell, ...], now: tuple[Cell, ...]) -> int:
    """How many of the tables that `now` stands in are those that `before` stood in."""
    level = 0
    for old, new in zip(before, now, strict=False):
        if old.table != new.table:
            return level
        level += 1
        if old != new:
            return level
    return level


def _prefix(event: Event, head: Head) -> str:
    cells = " / ".join(f"{c.row}.{c.column}" for c in event.place.cells)
    names = [n for n in (event.text, "#" if head.numbering else "") if n not in ("Normal", "")]
    style = f"[{' '.join(names)}] " if names else ""
    box = "‹kotak› " if "box" in event.marks else ""
    return f"{f'| {cells} | ' if cells else ''}{box}{style}"


def _shown(event: Event) -> str:
    kind, text = event.kind, event.text
    if kind in WORDS:
        text = text.replace("\n", "↵").replace("\t", "⇥")
        if Layer.DELETED in event.marks:
            return f"‹dihapus: {text}›"
        if Layer.HIDDEN in event.marks:
            return f"‹tersembunyi: {text}›"
        return f"‹disisipkan: {text}›" if "inserted" in event.marks else text
    if kind == "field":
        return f"‹{text}: "
    if kind == "field_end":
        return "›"
    if kind == "drawing":
        return f"‹gambar: {text}›"
    if kind == "art":
        return f"‹hiasan: {text}›"
    return f"‹catatan {text}›" if kind == "note" else ""
