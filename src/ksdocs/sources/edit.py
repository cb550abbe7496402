"""New values for a few fields of a YAML, JSON or TOML file; every other byte stays as it was."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ksdocs.problems import SourceError, problem

from .places import InsertionPoint, Segments, TextPlaces, segments
from .source import Source
from .text import Text

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YAML_WORDS = re.compile(r"(?i)null|true|false|yes|no|on|off|y|n|[0-9.]+(?:e[0-9]+)?|0[xob][0-9a-f]+")

Edit = tuple[int, int, str]
"""Start, end and new text."""


def set_values(source: Source, values: Mapping[str, str]) -> bytes:
    """The bytes of the source's file with `values` (record path → text) written into it.

    Existing values are replaced where they stand, missing ones get a line (or a member) of their own in
    their nearest existing mapping. Comments, order, quotation and every other byte stay. The result is read
    back: nothing but the asked values may have changed.

    Raises:
        SourceError: KS127 for every path that cannot be written so (other formats, new items of lists).
    """
    document = source.document()
    kind = _format(source)
    if document is None or not isinstance(source.places, TextPlaces):
        raise SourceError([_cannot(source, path, text) for path, text in values.items()])
    edits: list[Edit] = []
    missing: dict[InsertionPoint, dict[str, Any]] = {}
    failed: list[str] = []
    for path, text in values.items():
        span = source.span(path)
        point = None if span else source.insertion_point(path)
        if span:
            edits.append(_replacement(document.text, span, text, kind))
        elif point is None or not _note(missing, point, text):
            failed.append(path)
    if failed:
        raise SourceError([_cannot(source, path, values[path]) for path in failed])
    edits.extend(_insertion(point, entries, kind) for point, entries in missing.items())
    changed = _apply(document.text, edits)
    if not _only_these_changed(source, document, changed, values):
        raise SourceError([_cannot(source, path, text) for path, text in values.items()])
    return document.encode(changed)


def _format(source: Source) -> str:
    from . import FORMATS

    return FORMATS.get(Path(source.name).suffix.lower(), "")


def _cannot(source: Source, path: str, text: str) -> Any:
    return problem("KS127", source.locate(path), record=source.id, jalur=path, nilai=text)


def _note(missing: dict[InsertionPoint, dict[str, Any]], point: InsertionPoint, text: str) -> bool:
    """Files a missing value under its insertion point, nested as its path says; False for items of lists."""
    if any(s.isdecimal() for s in point.rest):
        return False
    place = InsertionPoint(point.offset, point.before, point.after, (), point.style, point.prefix)
    node = missing.setdefault(place, {})
    for segment in point.rest[:-1]:
        node = node.setdefault(segment, {})
        if not isinstance(node, dict):
            return False
    node[point.rest[-1]] = text
    return True


def _replacement(text: str, span: tuple[int, int], new: str, kind: str) -> Edit:
    start, end = span
    old = text[start:end]
    if kind == "yaml":
        written = json.dumps(new, ensure_ascii=False) if old[:1] in ("'", '"') else _scalar(new, kind)
        if start == end and text[start - 1 : start] not in ("", " "):
            written = " " + written
        if old.endswith("\n"):
            written += old[len(old.rstrip("\r\n")) :]
        return start, end, written
    bare_date = kind == "toml" and _ISO_DATE.fullmatch(old) and _ISO_DATE.fullmatch(new)
    return start, end, new if bare_date else _scalar(new, kind)


def _insertion(point: InsertionPoint, entries: dict[str, Any], kind: str) -> Edit:
    written = [_entry(name, value, point.prefix, kind) for name, value in entries.items()]
    before = point.before
    if not before:  # nothing stands before the first one
        joint = ", " if point.style == "flow" else point.after
        return point.offset, point.offset, joint.join(written) + point.after
    return point.offset, point.offset, "".join(before + w for w in written) + point.after


def _entry(name: str, value: Any, prefix: Segments, kind: str) -> str:
    if kind == "toml":
        return ".".join(_key(s, kind) for s in (*prefix, name)) + " = " + _value(value, kind)
    return f"{_key(name, kind)}: {_value(value, kind)}"


def _key(name: str, kind: str) -> str:
    return name if kind != "json" and _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: Any, kind: str) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(_entry(k, v, (), kind) for k, v in value.items()) + "}"
    return _scalar(value, kind)


def _scalar(text: str, kind: str) -> str:
    if kind == "yaml" and _PLAIN.fullmatch(text) and not _YAML_WORDS.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _apply(text: str, edits: Sequence[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _only_these_changed(source: Source, document: Text, changed: str, values: Mapping[str, str]) -> bool:
    from . import text_records

    assert isinstance(source.places, TextPlaces)
    kind = _format(source)
    before = [_tree(i) for i in text_records(kind, document)]
    after = [_tree(i) for i in text_records(kind, Text(changed, document.name))]
    expected = copy.deepcopy(before)
    node: Any
    for path, text in values.items():
        node = expected[source.places.index]
        *parents, last = segments(path)
        for segment in parents:
            node = node[int(segment) - 1] if isinstance(node, list) else node.setdefault(segment, {})
        node[int(last) - 1 if isinstance(node, list) else last] = text
    return after == expected


def _tree(item: Source | SourceError) -> Any:
    return item.tree if isinstance(item, Source) else [p.code for p in item.problems]
