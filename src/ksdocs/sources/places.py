"""Where things stand in a text file: a tree of spots with character offsets, made only when a place is
asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from ksdocs.problems import Location

from .text import Text, is_blank

Segments = tuple[str, ...]
"""A record path in pieces; items of lists are counted from 1."""


def segments(path: str | Sequence[str | int]) -> Segments:
    """`pihak.2.nomor` or `("pihak", 2, "nomor")` → `("pihak", "2", "nomor")`."""
    if isinstance(path, str):
        return tuple(path.split(".")) if path else ()
    return tuple(str(s) for s in path)


@dataclass(frozen=True, slots=True)
class InsertionPoint:
    """Where a missing value can be written into its nearest existing mapping.

    Write `before + entry + after` at character `offset`, where the entry gives `rest[0]` (in TOML preceded by
    `prefix`) its value; `rest` are the pieces of the path that do not exist yet. `style` is `block` (one
    entry a line) or `flow` (inside braces).
    """

    offset: int
    before: str
    after: str
    rest: Segments
    style: str
    prefix: Segments = ()


@dataclass(slots=True)
class Spot:
    """A value in the text: `start`–`end` in characters, `key` where its key stands, and what it holds.

    A scalar has `text` (None for null); a mapping has `members`, a list has `items`. `insert` is where a
    further member goes: (offset, before, after, style, prefix), found by the reader of the format.
    """

    start: int
    end: int
    kind: str
    text: str | None = None
    key: tuple[int, int] | None = None
    members: dict[str, Spot] = field(default_factory=dict)
    items: list[Spot] = field(default_factory=list)
    flow: bool = False
    insert: tuple[int, str, str, str, Segments] | None = None

    def child(self, segment: str) -> Spot | None:
        if self.kind == "mapping":
            return self.members.get(segment)
        if self.kind == "list" and segment.isascii() and segment.isdigit() and 0 < int(segment) <= len(self.items):
            return self.items[int(segment) - 1]
        return None


class Places(Protocol):
    """What a Source asks to tell where a value of its record stands."""

    def locate(self, path: Segments) -> Location: ...
    def span(self, path: Segments) -> tuple[int, int] | None: ...
    def insertion_point(self, path: Segments) -> InsertionPoint | None: ...
    def document(self) -> Text | None: ...


@dataclass(frozen=True)
class NoPlaces:
    """Places of a record that has no file: the record path alone."""

    name: str

    def locate(self, path: Segments) -> Location:
        return Location(path=".".join(path), file=self.name)

    def span(self, path: Segments) -> tuple[int, int] | None:  # noqa: ARG002
        return None

    def insertion_point(self, path: Segments) -> InsertionPoint | None:  # noqa: ARG002
        return None

    def document(self) -> Text | None:
        return None


class Scan:
    """The spots of all records of one text, read on first use by the position-keeping reader of its format."""

    def __init__(self, text: Text, reader: Callable[[str], list[Spot]]) -> None:
        self.text = text
        self._reader = reader

    @cached_property
    def roots(self) -> list[Spot]:
        return self._reader(self.text.text)


@dataclass(frozen=True)
class TextPlaces:
    """Places of record number `index` (from 0) of a text file; `whole` when the text is all of that file."""

    scan: Scan
    index: int
    whole: bool = True

    def locate(self, path: Segments) -> Location:
        spot, _ = self._nearest(path)
        at = spot.key[0] if spot.key and spot.kind != "scalar" else spot.start
        if spot.kind == "scalar" and spot.key and spot.start == spot.end:
            at = spot.key[0]  # an empty value is easier to find at its key
        return self.scan.text.at(at, ".".join(path))

    def span(self, path: Segments) -> tuple[int, int] | None:
        spot, rest = self._nearest(path)
        return (spot.start, spot.end) if self.whole and not rest and spot.kind == "scalar" else None

    def insertion_point(self, path: Segments) -> InsertionPoint | None:
        spot, rest = self._nearest(path)
        if not rest or spot.insert is None or not self.whole:
            return None
        offset, before, after, style, prefix = spot.insert
        return InsertionPoint(offset, before, after, rest, style, prefix)

    def document(self) -> Text | None:
        return self.scan.text if self.whole else None

    def _nearest(self, path: Segments) -> tuple[Spot, Segments]:
        roots = self.scan.roots
        spot = roots[self.index] if self.index < len(roots) else Spot(0, 0, "mapping")
        for number, segment in enumerate(path):
            child = spot.child(segment)
            if child is None:
                return spot, path[number:]
            spot = child
        return spot, ()


def tree_of(spot: Spot) -> object:
    """The plain tree that a spot stands for; null and blank values are None."""
    if spot.kind == "mapping":
        return {k: tree_of(v) for k, v in spot.members.items()}
    if spot.kind == "list":
        return [tree_of(i) for i in spot.items]
    return None if spot.text is None or is_blank(spot.text) else spot.text


def records_of(root: Spot) -> list[Spot]:
    """The records under a top-level value: itself, the items of a list, or the items of a sole `rekaman`."""
    if root.kind == "mapping" and list(root.members) == [RECORDS_KEY]:
        inner = root.members[RECORDS_KEY]
        if inner.kind == "list":
            return inner.items
    return root.items if root.kind == "list" else [root]


RECORDS_KEY = "rekaman"
"""The key under which a file without top-level lists (TOML) holds several records."""


def line_is_blank_before(text: str, offset: int) -> str | None:
    """The indent before `offset` if nothing else stands before it on its line, else None."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    indent = text[start:offset]
    return indent if not indent.strip(" \t") else None


def newline_of(text: str) -> str:
    """The line ending that this text uses."""
    return "\r\n" if "\r\n" in text else "\n"
