"""TOML text → spots: reads what tomllib has already found valid, and keeps the offset of every value."""

from __future__ import annotations

import re
import tomllib

from .places import Segments, Spot, newline_of, records_of

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_INLINE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\]|\\.)*"' r"|'[^']*'",
    re.DOTALL,
)
# Dates may hold one space (1979-05-27 07:32:00); everything else ends at a blank, comma, bracket or comment.
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[ Tt]\d\d[^\s,\]}#]*|[^\s,\]}#]+")


class TomlPlaceError(Exception):
    """The text is not what tomllib would have accepted; cannot happen after it has."""


def spots(text: str) -> list[Spot]:
    """The spots of every record in `text`, in order."""
    return records_of(compose(text))


def compose(text: str) -> Spot:
    """The spot of the whole document; `text` must be valid TOML."""
    return _Reader(text).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = newline_of(text)
        self.here = 0

    def document(self) -> Spot:
        root = Spot(0, 0, "mapping")
        root.insert = (0, "", self.newline, "block", ())
        table = root
        while self._skip():
            if self.text.startswith("[", self.here):
                table = self._header(root)
            else:
                self._entry(table)
        return root

    def _skip(self) -> bool:
        match = _GAP.match(self.text, self.here)
        self.here = match.end() if match else self.here
        return self.here < len(self.text)

    def _header(self, root: Spot) -> Spot:
        start = self.here
        several = self.text.startswith("[[", start)
        self.here += 2 if several else 1
        path, spans = self._key()
        self.here += 2 if several else 1
        parent = root
        for name, span in zip(path[:-1], spans[:-1], strict=True):
            parent = self._descend(parent, name, span)
        if several:
            rows = parent.members.setdefault(path[-1], Spot(start, start, "list", key=spans[-1]))
            table = Spot(start, start, "mapping")
            rows.items.append(table)
        else:
            table = parent.members.setdefault(path[-1], Spot(start, start, "mapping", key=spans[-1]))
        table.insert = (self._line_end(self.here), self.newline, "", "block", ())
        return table

    def _descend(self, parent: Spot, name: str, span: tuple[int, int]) -> Spot:
        child = parent.members.setdefault(name, Spot(span[0], span[0], "mapping", key=span))
        return child.items[-1] if child.kind == "list" else child

    def _entry(self, table: Spot) -> None:
        """One `key = value` line; dotted keys make tables on their way."""
        self._member(table)
        end = self._line_end(self.here)
        self.here = end

    def _member(self, table: Spot, *, flow: bool = False) -> Spot:
        path, spans = self._key()
        self.here += 1  # "="
        self._blank()
        parent = table
        chain: list[tuple[Spot, Segments]] = [(table, ())]
        for number, (name, span) in enumerate(zip(path[:-1], spans[:-1], strict=True), 1):
            parent = self._descend(parent, name, span)
            chain.append((parent, tuple(path[:number])))
        value = self._value()
        value.key = spans[-1]
        parent.members[path[-1]] = value
        if not flow:
            self._note_line(chain, value)
        return value

    def _note_line(self, chain: list[tuple[Spot, Segments]], value: Spot) -> None:
        """A further member of these tables can stand on the line after this one."""
        end = self._line_end(value.end)
        for table, prefix in chain:
            table.insert = (end, self.newline, "", "block", prefix)

    def _key(self) -> tuple[list[str], list[tuple[int, int]]]:
        names: list[str] = []
        spans: list[tuple[int, int]] = []
        while True:
            self._blank()
            match = _STRING.match(self.text, self.here) or _BARE.match(self.text, self.here)
            if match is None:
                raise TomlPlaceError(self.here)
            raw = match.group()
            names.append(_unquote(raw) if raw[0] in "\"'" else raw)
            spans.append(match.span())
            self.here = match.end()
            self._blank()
            if not self.text.startswith(".", self.here):
                return names, spans
            self.here += 1

    def _value(self) -> Spot:
        start = self.here
        if self.text.startswith("[", start):
            return self._array()
        if self.text.startswith("{", start):
            return self._inline_table()
        if match := _STRING.match(self.text, start):
            self.here = match.end()
            return Spot(start, self.here, "scalar", _unquote(match.group()))
        match = _SCALAR.match(self.text, start)
        if match is None:
            raise TomlPlaceError(start)
        self.here = match.end()
        return Spot(start, self.here, "scalar", match.group())

    def _array(self) -> Spot:
        spot = Spot(self.here, self.here, "list", flow=True)
        self.here += 1
        while self._skip() and not self.text.startswith("]", self.here):
            spot.items.append(self._value())
            self._skip()
            if self.text.startswith(",", self.here):
                self.here += 1
        self.here += 1
        spot.end = self.here
        return spot

    def _inline_table(self) -> Spot:
        spot = Spot(self.here, self.here, "mapping", flow=True)
        self.here += 1
        spot.insert = (self.here, "", "", "flow", ())
        while self._skip() and not self.text.startswith("}", self.here):
            value = self._member(spot, flow=True)
            spot.insert = (value.end, ", ", "", "flow", ())
            self._skip()
            if self.text.startswith(",", self.here):
                self.here += 1
        self.here += 1
        spot.end = self.here
        return spot

    def _blank(self) -> None:
        match = _INLINE.match(self.text, self.here)
        self.here = match.end() if match else self.here

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > at and self.text[end - 1] == "\r" else end


def _unquote(raw: str) -> str:
    value = tomllib.loads(f"v = {raw}")["v"]
    return value if isinstance(value, str) else raw
