"""The stream under every reading of a document: place, kind, text, language, marks, in document order.

One pass over each part, so that proving, auditing and showing a document all stand on the same words. What a
reader of the printed page does not see (deleted, hidden, the second branch of alternate content) is left out
unless its layer is asked for, and is marked when it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Layer(StrEnum):
    """Text that the page does not show; each is read only when asked for, and then carries its mark."""

    DELETED = "deleted"  # tracked deletions and the places that text was moved from
    HIDDEN = "hidden"  # w:vanish, by the run or by a style
    FALLBACK = "fallback"  # the other branch of mc:AlternateContent
    INSTRUCTION = "instruction"  # text that stands inside a field's instruction


ALL_LAYERS: Final = frozenset(Layer)

Marks = frozenset[str]
"""Layers that the text belongs to, and "inserted" (tracked), "field" (its result), "box" (a text box)."""

NO_MARKS: Final[Marks] = frozenset()


class Cell(NamedTuple):
    """A cell: which table of its part or outer cell, row, column of the grid; all count from 1."""

    table: int
    row: int
    column: int


class Place(NamedTuple):
    """A paragraph: its part, its number in the part (from 1), the cells it stands in (outermost first)."""

    part: str
    paragraph: int
    cells: tuple[Cell, ...]


class Event(NamedTuple):
    """One step of the reading.

    `kind` and `text`:
        "paragraph" (name of the style) and "end" around each paragraph;
        "text", "tab" ("\\t"), "break" ("\\n"), "symbol": words of the page, `text` is what they add to it;
        "bookmark" and "bookmark_end" (name); "field" (instruction) and "field_end" around a field's result;
        "control" and "control_end" (tag of a content control);
        "link" and "link_end" (relationship id, or "#" and a bookmark);
        "drawing" (alternative text), "art" (words drawn as WordArt, a watermark say);
        "note" and "comment" (its id).
    `language` is the run's as the file says it ("id-ID"), inherited from styles; empty where none is said.
    """

    place: Place
    kind: str
    text: str
    language: str
    marks: Marks


WORDS: Final = frozenset({"text", "tab", "break", "symbol"})
"""Kinds whose `text` stands on the page."""
