"""TOML files → Sources: one record, or several as `[[rekaman]]`."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator

from ksdocs.problems import Location, Problem, SourceError, problem

from . import places_toml
from .places import RECORDS_KEY, Scan, TextPlaces
from .plain import MAX_DEPTH, NotText, plain, python_leaf
from .source import Source, make
from .text import Text

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class _Number(float):
    """A TOML float as the text that stands in the file."""

    raw: str


def _float(raw: str) -> _Number:
    number = _Number(raw.replace("_", ""))
    number.raw = raw.replace("_", "")
    return number


def records(text: Text) -> Iterator[Source | SourceError]:
    """One Source per record of a TOML file.

    Numbers are the text that stands there without `_`, dates ISO text, booleans `true` and `false`. A file
    that is no TOML, or has a key twice, yields one SourceError (KS108, KS126).
    """
    try:
        value = tomllib.loads(text.text, parse_float=_float)
    except ValueError as error:  # TOMLDecodeError, or an integer of thousands of digits
        yield SourceError([_syntax(text, str(error))])
        return
    except RecursionError:
        yield SourceError([problem("KS109", Location(file=text.name), batas=MAX_DEPTH)])
        return
    items = [value]
    if list(value) == [RECORDS_KEY] and isinstance(value[RECORDS_KEY], list):
        items = value[RECORDS_KEY]
    if not items or not value:
        yield SourceError([problem("KS106", Location(file=text.name))])
        return
    scan = Scan(text, places_toml.spots)
    for index, item in enumerate(items):
        tree, faults = plain(item, _leaf)
        if any(f.code == "KS109" for f in faults):
            yield SourceError([problem("KS109", Location(file=text.name), batas=MAX_DEPTH)])
            continue
        yield make(tree, faults, TextPlaces(scan, index), text.name)


def _leaf(value: object) -> str | NotText | None:
    if isinstance(value, _Number):
        return value.raw if value == value and abs(value) != float("inf") else NotText(value.raw)
    if isinstance(value, (str, bool, int, dt.date, dt.time)):
        return python_leaf(value)
    return NotText(type(value).__name__)


def _syntax(text: Text, message: str) -> Problem:
    found = _PLACE.search(message)
    what = message[: found.start()] if found else message
    offset = len(text.text)
    if found and found.group(1):
        offset = text.offset(int(found.group(1)), int(found.group(2)))
    if what.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table key")):
        start = max(text.text.rfind("\n", 0, max(offset - 1, 0)), -1) + 1
        line = text.text[start:offset].strip() or what
        return problem("KS108", text.at(start), kunci=line.split("=")[0].strip())
    return problem("KS126", text.at(offset), rincian=what)
