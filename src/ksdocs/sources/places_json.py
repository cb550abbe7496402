"""JSON text → spots: a strict reader that keeps the offset of every value, used when a place is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import Any

from .places import Spot, line_is_blank_before, newline_of, records_of
from .plain import MAX_DEPTH, MAX_FILE_DEPTH

Trouble = tuple[str, int, dict[str, str]]

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_WORD = re.compile(r"-?[A-Za-z]+")
_WORDS = {"true": "true", "false": "false", "null": None}
_scanstring: Callable[[str, int, bool], tuple[str, int]] = scanstring


class JsonError(Exception):
    """A syntax error: code and character offset."""

    def __init__(self, code: str, offset: int, **params: str) -> None:
        super().__init__(code)
        self.trouble: Trouble = (code, offset, params)


def compose(text: str) -> tuple[Spot | None, list[Trouble]]:
    """The spot of the top-level value (None after a syntax error) and what is refused."""
    reader = _Reader(text)
    try:
        spot = reader.document()
    except JsonError as error:
        return None, [*reader.troubles, error.trouble]
    return spot, reader.troubles


def spots(text: str) -> list[Spot]:
    """The spots of every record in `text`, in order."""
    root, _ = compose(text)
    return [] if root is None else records_of(root)


def nearest(text: str, path: tuple[str, ...]) -> tuple[Spot, int]:
    """The spot of `path`, or of its nearest ancestor, without its members; and how many segments of it were found.

    `text` is sound JSON without doubled keys: what stands beside the path is skipped, not looked at.
    """
    return _Reader(text).nearest(path)


_skip_value: Callable[[str, int], tuple[Any, int]] = JSONDecoder(parse_int=str, parse_float=str).raw_decode


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = newline_of(text)
        self.troubles: list[Trouble] = []
        self.depth = 0

    def document(self) -> Spot:
        spot = self._value(self._skip(0))
        end = self._skip(spot.end)
        if end != len(self.text):
            raise JsonError("KS124", end, rincian=self._show(end))
        return spot

    def nearest(self, path: tuple[str, ...]) -> tuple[Spot, int]:
        at, key = self._skip(0), None
        for number, segment in enumerate(path):
            found = self._child(at, segment)
            if found is None:
                return self._bare(at, key), number
            at, key = found
        return self._bare(at, key), len(path)

    def _bare(self, at: int, key: tuple[int, int] | None) -> Spot:
        kind = {"{": "mapping", "[": "list"}.get(self.text[at], "scalar")
        return Spot(at, _skip_value(self.text, at)[1], kind, key=key, flow=kind != "scalar")

    def _child(self, at: int, segment: str) -> tuple[int, tuple[int, int] | None] | None:
        """(where the value of `segment` begins, where its key stands) in the object or list at `at`."""
        head, wanted = self.text[at], int(segment) if segment.isascii() and segment.isdigit() else 0
        if head not in "{[" or (head == "[" and not wanted):
            return None
        here, number, close = self._skip(at + 1), 0, "}" if head == "{" else "]"
        while self.text[here] != close:
            key = None
            if head == "{":
                name, end = self._string(here)
                key, number = (here, end), int(name == segment)
                here = _end(_COLON, self.text, end)
            else:
                number += 1
            if number == (wanted if head == "[" else 1):
                return here, key
            here = _end(_COMMA, self.text, _skip_value(self.text, here)[1])
        return None

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _value(self, at: int) -> Spot:
        head = self.text[at : at + 1]
        if head == '"':
            value, end = self._string(at)
            return Spot(at, end, "scalar", value)
        if head in ("{", "["):
            self.depth += 1
            if self.depth > MAX_FILE_DEPTH:
                raise JsonError("KS109", at, batas=str(MAX_DEPTH))
            spot = self._object(at) if head == "{" else self._array(at)
            self.depth -= 1
            return spot
        if number := _NUMBER.match(self.text, at):
            return Spot(at, number.end(), "scalar", number.group())
        word = _WORD.match(self.text, at)
        if word and word.group() in _WORDS:
            return Spot(at, word.end(), "scalar", _WORDS[word.group()])
        if word and word.group() in ("NaN", "Infinity", "-Infinity"):
            self.troubles.append(("KS112", at, {"nilai": word.group()}))
            return Spot(at, word.end(), "scalar", word.group())
        raise JsonError("KS124", at, rincian=self._show(at))

    def _show(self, start: int, end: int | None = None) -> str:
        """A little of the text at a place, on one line; `…` at its end."""
        return " ".join(self.text[start : end or start + 20].split()) or "…"

    def _string(self, at: int) -> tuple[str, int]:
        try:
            return _scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            offset: Any = error.pos
            raise JsonError("KS124", offset, rincian=self._show(offset)) from None

    def _object(self, at: int) -> Spot:
        spot = Spot(at, at, "mapping", flow=True)
        here = self._skip(at + 1)
        while self.text[here : here + 1] != "}":
            if self.text[here : here + 1] != '"':
                raise JsonError("KS124", here, rincian=self._show(here))
            name, end = self._string(here)
            colon = self._skip(end)
            self._expect(":", colon)
            value = self._value(self._skip(colon + 1))
            value.key = (here, end)
            if name in spot.members:
                self.troubles.append(("KS108", here, {"kunci": name}))
            else:
                spot.members[name] = value
            here = self._next(self._skip(value.end), "}")
        spot.end = here + 1
        spot.insert = self._insert(spot)
        return spot

    def _array(self, at: int) -> Spot:
        spot = Spot(at, at, "list", flow=True)
        here = self._skip(at + 1)
        while self.text[here : here + 1] != "]":
            spot.items.append(self._value(here))
            here = self._next(self._skip(spot.items[-1].end), "]")
        spot.end = here + 1
        return spot

    def _next(self, at: int, close: str) -> int:
        """Past the comma to the next member, or onto the closing bracket."""
        if self.text[at : at + 1] == close:
            return at
        self._expect(",", at)
        after = self._skip(at + 1)
        if self.text[after : after + 1] == close:
            raise JsonError("KS124", at, rincian=self._show(at, after + 1))
        return after

    def _expect(self, what: str, at: int) -> None:
        if self.text[at : at + 1] != what:
            raise JsonError("KS124", at, rincian=self._show(at))

    def _insert(self, spot: Spot) -> tuple[int, str, str, str, tuple[str, ...]]:
        if not spot.members:
            return spot.start + 1, "", "", "flow", ()
        last = list(spot.members.values())[-1]
        indent = line_is_blank_before(self.text, last.key[0]) if last.key else None
        before = ", " if indent is None else "," + self.newline + indent
        return last.end, before, "", "flow", ()
