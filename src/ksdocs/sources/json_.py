"""JSON and JSON Lines files → Sources."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ksdocs.problems import Location, Problem, SourceError, problem

from . import places_json
from .places import RECORDS_KEY, Scan, Segments, Spot, TextPlaces, records_of, tree_of
from .plain import NotText, plain
from .source import Source, make
from .text import Text, decode

MAX_LINE = 8 * 2**20
"""Bytes that one line of a JSON Lines file may have."""


def records(text: Text) -> Iterator[Source | SourceError]:
    """One Source per record of a JSON file: a record, a list of records, or `{"rekaman": […]}`.

    Numbers are the text that stands there, booleans `true` and `false`, null is absent. A file that is no
    JSON yields one SourceError (KS109, KS124); a key that stands twice (KS108) or NaN (KS112) spoils its record.
    """
    try:
        value = _loads(text.text)
    except _RefusedError:
        yield from _one_by_one(text)
        return
    items = value
    if isinstance(value, dict):
        inner = value.get(RECORDS_KEY) if len(value) == 1 else None
        items = inner if isinstance(inner, list) else [value]
    if not isinstance(items, list) or not items:
        yield SourceError([problem("KS106" if items == [] else "KS107", Location(file=text.name))])
        return
    scan = Scan(text, places_json.spots)
    for index, item in enumerate(items):
        yield _record(item, TextPlaces(scan, index), text)


def _one_by_one(text: Text) -> Iterator[Source | SourceError]:
    """The records of a file in which something is refused: only those that hold it are lost."""
    root, troubles = places_json.compose(text.text)
    if root is None or not troubles:
        yield _why(text)
        return
    spots = records_of(root) or [root]
    starts = [spot.start for spot in spots]
    own: dict[int, list[Problem]] = {}
    for code, offset, params in troubles:
        index = max(bisect_right(starts, offset) - 1, 0)
        own.setdefault(index, []).append(Problem(code, text.at(offset), params))
    scan = Scan(text, places_json.spots)
    for index, spot in enumerate(spots):
        yield SourceError(own[index]) if index in own else _record(tree_of(spot), TextPlaces(scan, index), text)


def _record(value: Any, places: TextPlaces, text: Text) -> Source | SourceError:
    tree, faults = plain(value, _leaf)
    if any(f.code == "KS109" for f in faults) and places_json.compose(text.text)[0] is None:
        return _why(text)  # so deep that only the place of the limit is known
    return make(tree, faults, places, text.name)


WHOLE = (0, 0, 1)
"""The span of a whole file: from its first byte to its end, the first line being number 1."""


def lines(
    path: Path, name: str, encoding: str | None = None, span: tuple[int, int, int] = WHOLE
) -> Iterator[Source | SourceError]:
    """One Source per line of a JSON Lines file, read line by line; a bad line is a SourceError in its place.

    `span` is a part of the file: its first byte, the byte after its last (0: the end of the file), and the number
    of its first line.
    """
    start, end, first = span
    number, found = first - 1, 0
    try:
        with path.open("rb") as stream:
            stream.seek(start)
            while (not end or stream.tell() < end) and (data := stream.readline(MAX_LINE + 1)):
                number += 1
                if len(data) > MAX_LINE:
                    at = Location(file=name, line=number)
                    yield SourceError([problem("KS104", at, batas=f"{MAX_LINE // 2**20} MB")])
                    return
                item = _line(data, name, number, encoding)
                if item is None:
                    continue
                found += 1
                if not start and found == 1 and isinstance(item, SourceError) and data.strip() in (b"{", b"["):
                    yield SourceError([problem("KS125", Location(file=name, line=number))])
                    return
                yield item
    except OSError as error:
        yield SourceError([problem("KS103", Location(file=name), sebab=error.strerror or error)])
        return
    if not found and not start:
        yield SourceError([problem("KS106", Location(file=name))])


def spans(path: Path, size: int) -> Iterator[tuple[int, int, int]]:
    """The parts of a JSON Lines file that hold `size` records each; together they read as the whole does.

    Raises OSError.
    """
    with path.open("rb") as stream:
        start = here = held = seen = 0
        first = number = 1
        while data := stream.readline(MAX_LINE + 1):
            if len(data) > MAX_LINE or (not seen and data.strip() in (b"{", b"[")):
                break  # the reader ends there too
            here += len(data)
            number += 1
            held += bool(data.strip())
            seen += held
            if held == size:
                yield start, here, first
                start, first, held = here, number, 0
        if start < here or not seen or data:
            yield start, 0 if data or not seen else here, first


def _line(data: bytes, name: str, number: int, encoding: str | None) -> Source | SourceError | None:
    try:
        text = decode(data, name, encoding=encoding, first_line=number)
        if not text.text.strip():
            return None
        value = _loads(text.text)
    except SourceError as error:
        return error
    except _RefusedError:
        return _why(text)
    return _record(value, LinePlaces(Scan(text, _one), 0, whole=False), text)


class LinePlaces(TextPlaces):
    """Places of the record of one line: found without a look at what stands beside them."""

    @property
    def number(self) -> int:
        """Which record of its file this is, from 0: its line tells."""
        return self.scan.text.first_line - 1

    def _nearest(self, path: Segments) -> tuple[Spot, Segments]:
        spot, found = places_json.nearest(self.scan.text.text, path)
        return spot, path[found:]


def _one(text: str) -> list[Spot]:
    root, _ = places_json.compose(text)
    return [] if root is None else [root]


class _RefusedError(Exception):
    """The fast reader met something that the position-keeping reader has to name."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError
    return found


def _constant(_: str) -> Any:
    raise _RefusedError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=_constant, strict=True
)


def _loads(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise _RefusedError from None


def _leaf(value: object) -> str | NotText | None:
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else NotText(str(value))


def _why(text: Text) -> SourceError:
    _, troubles = places_json.compose(text.text)
    if not troubles:  # the two readers disagree; a test says that they never do
        troubles = [("KS124", 0, {"rincian": text.text[:20]})]
    return SourceError([Problem(code, text.at(offset), params) for code, offset, params in troubles])
