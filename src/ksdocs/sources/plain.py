"""Whatever a reader found → a plain tree: mappings, lists and texts, and the faults on the way."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ksdocs.problems import Problem

from .places import Places
from .text import is_blank, unsafe_character

Tree = dict[str, "Tree"] | list["Tree"] | str
"""A plain tree. Leaves are always text; a missing or blank value is simply absent."""

MAX_DEPTH = 32
"""Levels of nesting that a record may have."""

MAX_FILE_DEPTH = MAX_DEPTH + 2
"""Levels of nesting that a file may have: a record may be an item of a list under `rekaman`."""


MAX_TEXT = 100_000
"""Characters of one value: some forty pages."""

MAX_KEY = 200
"""Characters of the name of a field."""

MAX_ITEMS = 700
"""Items of one list: as many as letters can count."""

MAX_VALUES = 20_000
"""Values of one record, on all levels."""

MAX_ALL_TEXT = 2_000_000
"""Characters of all values of one record."""

MAX_FAULTS = 200
"""Faults of one record that are told; who has more is helped by the first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem at a record path, before its place in the file is known."""

    code: str
    path: tuple[str, ...]
    params: Mapping[str, str]


class NotText:
    """A leaf that cannot become text; `shown` is how it is named to the reader."""

    __slots__ = ("shown",)

    def __init__(self, shown: str) -> None:
        self.shown = shown


MAX_BITS = 4096
"""Numbers beyond this size are no values of a document, and would take long to write out."""

Leaf = Callable[[object], "str | NotText | None"]


def plain(value: object, leaf: Leaf) -> tuple[dict[str, Tree] | None, list[Fault]]:
    """The record that `value` stands for and its faults (KS107, KS109 to KS112, KS115, KS118, KS119).

    `leaf` turns a scalar of the format into text, None (absent) or NotText. The record is None when `value`
    is no mapping.
    """
    faults: list[Fault] = []
    if not isinstance(value, Mapping):
        return None, [Fault("KS107", (), {})]
    result = _mapping(value, (), leaf, faults)
    values, characters = _size(result)
    if values > MAX_VALUES:
        faults.insert(0, Fault("KS119", (), {"jumlah": str(values), "batas": str(MAX_VALUES)}))
    elif characters > MAX_ALL_TEXT:
        whole = {"nilai": "seluruh rekaman", "panjang": str(characters), "batas": str(MAX_ALL_TEXT)}
        faults.insert(0, Fault("KS118", (), whole))
    return result, faults[:MAX_FAULTS]


def _size(tree: Tree) -> tuple[int, int]:
    """How many values there are on all levels, and their characters."""
    values, characters, waiting = 1, 0, [tree]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            characters += len(here)
            continue
        inner = here.values() if isinstance(here, dict) else here
        values += len(here)
        for one in inner:
            if type(one) is str:
                characters += len(one)
            else:
                waiting.append(one)
    return values, characters


def _too_long(text: str, limit: int) -> dict[str, str]:
    return {"nilai": text[:40] + "…", "panjang": str(len(text)), "batas": str(limit)}


def _mapping(value: Mapping[Any, Any], path: tuple[str, ...], leaf: Leaf, faults: list[Fault]) -> dict[str, Tree]:
    result: dict[str, Tree] = {}
    for key, inner in value.items():
        name = key if isinstance(key, str) else str(key) if type(key) is int else ""
        if name in _sound_keys and name not in result:
            found = _text(inner, path, faults, name) if type(inner) is str else _any(inner, (*path, name), leaf, faults)
            if found is not None:
                result[name] = found
            continue
        below = (*path, name)
        if is_blank(name):
            faults.append(Fault("KS115", path, {}))
        elif len(name) > MAX_KEY:
            faults.append(Fault("KS118", path, _too_long(name, MAX_KEY)))
        elif bad := unsafe_character(name):
            faults.append(Fault("KS110", path, {"karakter": bad}))
        elif name in result:
            faults.append(Fault("KS108", below, {"kunci": name}))
        else:
            if len(_sound_keys) < _KEYS_KEPT:
                _sound_keys.add(name)
            if (found := _any(inner, below, leaf, faults)) is not None:
                result[name] = found
    return result


_KEYS_KEPT = 2000
_sound_keys: set[str] = set()
"""Keys that were found fit: those of the models come again with every record."""


def _any(value: object, path: tuple[str, ...], leaf: Leaf, faults: list[Fault]) -> Tree | None:
    if isinstance(value, str):
        return _text(value, path, faults)
    if isinstance(value, (Mapping, list, tuple)):
        if faults and any(f.code == "KS109" for f in faults):
            return None  # a tree that holds itself would never end
        if len(path) >= MAX_DEPTH:
            faults.append(Fault("KS109", path, {"batas": str(MAX_DEPTH)}))
            return None
        if isinstance(value, Mapping):
            return _mapping(value, path, leaf, faults)
        items: list[Tree] = []
        if len(value) > MAX_ITEMS:
            faults.append(Fault("KS119", path, {"jumlah": str(len(value)), "batas": str(MAX_ITEMS)}))
            return items
        for number, inner in enumerate(value, 1):
            before = len(faults)
            plainly = type(inner) is str
            found = _text(inner, path, faults, number) if plainly else _any(inner, (*path, str(number)), leaf, faults)
            if found is not None:
                items.append(found)
            elif len(faults) == before:
                faults.append(Fault("KS111", (*path, str(number)), {"nomor": str(number)}))
        return items
    text = leaf(value)
    if isinstance(text, NotText):
        faults.append(Fault("KS112", path, {"nilai": text.shown}))
        return None
    return None if text is None else _text(text, path, faults)


def _text(text: str, path: tuple[str, ...], faults: list[Fault], last: str | int | None = None) -> str | None:
    """`text` as a value of a record; `last` is the end of its path, which few texts need to know."""
    if text.isascii() and text.isprintable() and len(text) <= MAX_TEXT:  # nearly every one: nothing can be wrong
        return text if not text.isspace() and text else None
    if is_blank(text):
        return None
    here = path if last is None else (*path, str(last))
    if len(text) > MAX_TEXT:
        faults.append(Fault("KS118", here, _too_long(text, MAX_TEXT)))
        return text[:MAX_TEXT]
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if bad := unsafe_character(text):
        faults.append(Fault("KS110", here, {"karakter": bad}))
        return None
    return text


def tell(faults: list[Fault], places: Places, record: str = "") -> list[Problem]:
    """Faults as problems at their places in the file."""
    return [Problem(f.code, places.locate(f.path), f.params, record=record) for f in faults]


def record_id(tree: object) -> str:
    """The `id` of a record, if it has one; as in the models, blanks around it do not count."""
    found = tree.get("id") if isinstance(tree, Mapping) else None
    return found.strip() if isinstance(found, str) else ""


def exact(number: float | Decimal) -> str:
    """A finite number as decimal text: `5`, `0.1`, `1500000`; never an exponent."""
    text = format(Decimal(repr(number)) if isinstance(number, float) else number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text and isinstance(number, float) else text


def iso(value: dt.date | dt.time) -> str:
    """`2025-03-17`, `2025-03-17T09:30` or `09:30`; seconds only where there are any."""
    if isinstance(value, (dt.datetime, dt.time)):
        whole = value.second == 0 and value.microsecond == 0
        return value.isoformat(timespec="minutes" if whole else "auto")
    return value.isoformat()


def python_leaf(value: object) -> str | NotText | None:
    """The text of a Python scalar: dates, times, numbers, booleans; None is absent."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value.bit_length() <= MAX_BITS else NotText("int")
    if isinstance(value, (float, Decimal)):
        short = math.isfinite(value) and abs(Decimal(value).adjusted()) <= MAX_BITS
        return exact(value) if short else NotText(str(value))
    if isinstance(value, (dt.date, dt.time)):
        return iso(value)
    return NotText(type(value).__name__)
