"""YAML text → spots. Every scalar is the text that stands there; whatever makes YAML surprising is refused.

Works on the events of PyYAML's parser, so that neither its resolver (`0123`, `12:30`, `no`) nor its
constructors (tags) nor its aliases ever come into play. libyaml's parser is used where it is installed:
same events, same marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from .places import Segments, Spot, line_is_blank_before, newline_of
from .plain import MAX_DEPTH, MAX_FILE_DEPTH

Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
"""The parser in use; both give the same spots, and a test says so."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# What YAML's own definition of a stream leaves out; PyYAML stops at the first one without a usable place.
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FATAL = frozenset({"KS109", "KS110", "KS120", "KS123"})
"""Troubles after which nothing more is read."""

Trouble = tuple[str, int, dict[str, str]]
"""Code, character offset, values of the message."""


class TooDeepError(Exception):
    """Nesting beyond the limit, at a character offset."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


def compose(text: str, loader: Any = None) -> tuple[list[Spot], list[Trouble]]:
    """The spots of all YAML documents in `text` and what is refused in them.

    Documents before a syntax error are returned; troubles are in the order of the text.
    """
    troubles: list[Trouble] = [
        ("KS110", m.start(), {"karakter": f"U+{ord(m.group()):04X}"}) for m in UNREADABLE.finditer(text)
    ]
    if troubles:
        return [], troubles
    roots: list[Spot] = []
    composer = _Composer(text, troubles)
    try:
        for root in composer.documents(yaml.parse(text, Loader=loader or Loader)):
            roots.append(root)
    except TooDeepError as deep:
        troubles.append(("KS109", deep.offset, {"batas": str(MAX_DEPTH)}))
    except yaml.MarkedYAMLError as error:
        troubles.append(_syntax(text, error))
    except (yaml.YAMLError, RecursionError) as error:
        troubles.append(("KS120", 0, {"rincian": str(error).split("\n")[0]}))
    return roots, troubles


def spots(text: str) -> list[Spot]:
    """The spots of every record in `text`, in order."""
    from .places import records_of

    return [spot for root in compose(text)[0] for spot in records_of(root)]


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Trouble:
    mark: Any = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text)) if mark is not None else 0
    what = error.problem or ""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    margin = text[start : offset + 1]
    if "\t" in margin and not margin.strip(" \t-"):
        return "KS123", start + margin.index("\t"), {}
    return "KS120", offset, {"rincian": what}


class _Composer:
    """Turns the events of one stream into spots, one document at a time."""

    def __init__(self, text: str, troubles: list[Trouble]) -> None:
        self.text = text
        self.newline = newline_of(text)
        self.troubles = troubles
        self.depth = 0

    def documents(self, events: Iterator[Any]) -> Iterator[Spot]:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                spot = self._node(next(events), events)
                if spot.kind != "scalar" or spot.text is not None:
                    yield spot

    def _node(self, event: Any, events: Iterator[Any]) -> Spot:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            self.troubles.append(("KS122", start, {"nama": str(event.anchor)}))
            return Spot(start, end, "scalar", "")
        if event.anchor is not None:
            self.troubles.append(("KS122", start, {"nama": str(event.anchor)}))
        if event.tag is not None:
            self.troubles.append(("KS121", start, {"tag": event.tag}))
        if isinstance(event, yaml.ScalarEvent):
            null = not event.style and event.value in NULLS
            return Spot(start, end, "scalar", None if null else event.value)
        self.depth += 1
        if self.depth > MAX_FILE_DEPTH:
            raise TooDeepError(start)
        if isinstance(event, yaml.MappingStartEvent):
            spot = self._mapping(start, bool(event.flow_style), events)
        else:
            spot = self._list(start, bool(event.flow_style), events)
        self.depth -= 1
        return spot

    def _list(self, start: int, flow: bool, events: Iterator[Any]) -> Spot:
        spot = Spot(start, start, "list", flow=flow)
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                spot.end = _index(event) if flow else _end(spot.items, start)
                break
            spot.items.append(self._node(event, events))
        return spot

    def _mapping(self, start: int, flow: bool, events: Iterator[Any]) -> Spot:
        spot = Spot(start, start, "mapping", flow=flow)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                spot.end = _index(event) if flow else _end(list(spot.members.values()), start)
                break
            key = self._key(event, events)
            value = self._node(next(events), events)
            value.key = (key.start, key.end)
            name = key.text or ""
            if not name.strip():
                self.troubles.append(("KS115", key.start, {}))
            elif name in spot.members:
                self.troubles.append(("KS108", key.start, {"kunci": name}))
            else:
                spot.members[name] = value
        spot.insert = self._insert(spot)
        return spot

    def _key(self, event: Any, events: Iterator[Any]) -> Spot:
        key = self._node(event, events)
        if key.kind != "scalar":
            return Spot(key.start, key.start, "scalar", None)
        return key

    def _insert(self, spot: Spot) -> tuple[int, str, str, str, Segments] | None:
        """After the last one-line scalar of a block mapping, else before its first key; inside the braces
        of a flow."""
        if spot.flow:
            if spot.members:
                return max(s.end for s in spot.members.values()), ", ", "", "flow", ()
            return spot.start + 1, "", "", "flow", ()
        return self._insert_block(spot)

    def _insert_block(self, spot: Spot) -> tuple[int, str, str, str, Segments] | None:
        first = next(iter(spot.members.values()), None)
        if first is None or first.key is None:
            return None
        line = max(self.text.rfind("\n", 0, first.key[0]), self.text.rfind("\r", 0, first.key[0])) + 1
        # "- " before the first key of an item counts as indent
        indent = re.sub("[^\t ]", " ", self.text[line : first.key[0]])
        for member in reversed(spot.members.values()):
            if member.kind == "scalar" and member.key and "\n" not in self.text[member.key[0] : member.end]:
                end = re.compile(r"[^\r\n]*").match(self.text, member.end)
                assert end is not None
                if not end.group().strip() or end.group().lstrip().startswith("#"):
                    return end.end(), self.newline + indent, "", "block", ()
        if line_is_blank_before(self.text, first.key[0]) is None and "-" not in self.text[line : first.key[0]]:
            return None
        return first.key[0], "", self.newline + indent, "block", ()


def _index(event: Any) -> int:
    return int(event.end_mark.index)


def _end(spots_: list[Spot], start: int) -> int:
    return max((s.end for s in spots_), default=start)
