"""Numbered lists that begin anew with every turn of a loop, as a reader expects and Word does not do.

In Word, paragraphs with one `numId` are one list, however far apart they stand; so a list within a loop would go
on counting from one turn to the next. Here each turn after the first gets a list of its own, like the first. A
loop is the *owner* of a list when its turns bring other paragraphs, or a table, before the list: the heading that
every list stands under. Where a loop brings nothing but the items, the list is the loop's own and counts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from ksdocs.docx.styles import number
from ksdocs.docx.xmlns import W, w

if TYPE_CHECKING:
    from lxml import etree

    from ksdocs.docx.package import Package

_BLOCK = re.compile(r"<w:tbl[ >]|<w:p(?:\s[^>]*[^/])?>(<w:pPr>.*?</w:pPr>)?", re.DOTALL)
_NUMBER = re.compile(r"<w:numPr>.*?</w:numPr>|<w:numPr/>", re.DOTALL)
_NUM_ID = re.compile(r'(<w:numId w:val=")([0-9]+)(?="/>)')
_LEVEL = re.compile(r'<w:ilvl w:val="([0-9]+)"/>')
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_BEFORE_NUMBER = re.compile(
    r"<w:pPr>(?:<w:(?:pStyle|keepNext|keepLines|pageBreakBefore|widowControl)\b[^>]*/>|<w:framePr\b[^>]*/>)*"
)
_UNCOUNTED = ("bullet", "none")

LIST_MARK = re.compile("\ufdd7([0-9]+):([0-9]+)\ufdd8")
"""Stands in static XML for the number of a list: group, original number."""
RESTART_MARK = re.compile("\ufdd9([0-9]+)\ufdda")
"""Stands where a turn of a loop begins a list anew."""


class Lists:
    """The numbered lists of a template, read when somebody asks."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.groups = 0

    def __getstate__(self) -> dict[str, Any]:
        """What was read, without the tree that it was read from."""
        if self.exist:
            assert self.first_free and self._counted is not None and self._of_style is not None
        return {name: value for name, value in self.__dict__.items() if name != "_root"}

    @property
    def exist(self) -> bool:
        return self._package.numbering is not None

    @cached_property
    def _root(self) -> etree._Element | None:
        return self._package.tree(self._package.numbering) if self._package.numbering else None

    @cached_property
    def first_free(self) -> int:
        return max((number(n.get(w("numId"))) for n in self._nums()), default=0) + 1

    def _nums(self) -> Iterator[etree._Element]:
        return self._root.iterchildren(f"{W}num") if self._root is not None else iter(())

    @cached_property
    def _counted(self) -> frozenset[tuple[int, int]]:
        """(number, level) of what has numbers, not bullets."""
        found: set[tuple[int, int]] = set()
        if self._root is None:
            return frozenset()
        abstract = {a.get(w("abstractNumId")): a for a in self._root.iterchildren(f"{W}abstractNum")}
        for num in self._nums():
            link = num.find(w("abstractNumId"))
            levels = abstract.get(link.get(w("val"))) if link is not None else None
            for level in levels.iterchildren(f"{W}lvl") if levels is not None else ():
                form = level.find(w("numFmt"))
                if form is None or form.get(w("val")) not in _UNCOUNTED:
                    found.add((number(num.get(w("numId"))), number(level.get(w("ilvl")))))
        return frozenset(found)

    @cached_property
    def _of_style(self) -> dict[str, tuple[int, int]]:
        """Style → (number, level), inherited ones too; not those of headings, which count on through a document."""
        package = self._package
        if package.styles is None or b"<w:numPr" not in package.xml(package.styles):
            return {}
        known: dict[str, tuple[str, etree._Element | None]] = {}
        headings = set()
        for style in package.tree(package.styles).iterchildren(f"{W}style"):
            base = style.find(w("basedOn"))
            above = base.get(w("val"), "") if base is not None else ""
            name = style.get(w("styleId"), "")
            known[name] = above, style.find(f"{w('pPr')}/{w('numPr')}")
            if style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None:
                headings.add(name)
        found = {}
        for name in known:
            numbered, level, seen = None, None, set()
            here = name
            while here in known and here not in seen:
                seen.add(here)
                here, properties = known[here]
                if properties is not None:
                    numbered = numbered if numbered is not None else _value(properties, "numId")
                    level = level if level is not None else _value(properties, "ilvl")
            if numbered and name not in headings:
                found[name] = numbered, level or 0
        return found

    def place(self, properties: str) -> tuple[int, int] | None:
        """(number, level) of a paragraph with these properties; None when it has no number."""
        style = _STYLE.search(properties)
        inherited = self._of_style.get(style[1]) if style else None
        own = _NUMBER.search(properties)
        numbered = _NUM_ID.search(own[0]) if own else None
        level = _LEVEL.search(own[0]) if own else None
        found = (
            int(numbered[2]) if numbered else inherited[0] if inherited else 0,
            int(level[1]) if level else inherited[1] if inherited else 0,
        )
        return found if found in self._counted else None

    def definitions(self, made: list[tuple[int, int]]) -> list[str]:
        """The `w:num` of new lists: (new number, the number of the list that it is like)."""
        from lxml import etree

        assert self._root is not None
        nums = {number(n.get(w("numId"))): n for n in self._nums()}
        abstract = {a.get(w("abstractNumId")): a for a in self._root.iterchildren(f"{W}abstractNum")}
        out = []
        for new, original in made:
            num = nums[original]
            link = num.find(w("abstractNumId"))
            name = link.get(w("val"), "0") if link is not None else "0"
            starts = {
                number(level.get(w("ilvl"))): _value(level, "start")
                for level in (abstract[name].iterchildren(f"{W}lvl") if name in abstract else ())
            }
            own: dict[int, str] = {}
            for override in num.iterchildren(f"{W}lvlOverride"):
                level = number(override.get(w("ilvl")))
                begin = _value(override, "startOverride")
                starts[level] = begin if begin is not None else starts.get(level)
                definition = override.find(w("lvl"))
                if definition is not None:
                    own[level] = etree.tostring(definition, encoding="unicode", with_tail=False)
            overrides = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{begin if begin is not None else 1}"/>'
                f"{own.get(level, '')}</w:lvlOverride>"
                for level, begin in sorted(starts.items())
            )
            out.append(
                f'<w:num xmlns:w="{W[1:-1]}" w:numId="{new}"><w:abstractNumId w:val="{name}"/>{overrides}</w:num>'
            )
        return out


def _value(node: etree._Element, name: str) -> int | None:
    child = node.find(w(name))
    return number(child.get(w("val"))) if child is not None else None


# ---------------------------------------------------------------------- who owns which list


@dataclass(slots=True)
class _Loop:
    """A loop that is being read: whether anything else came before each list, and how many items it has itself."""

    node: nodes.For
    blocks: int = 0
    owns: dict[int, bool] = field(default_factory=dict)
    items: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Item:
    """A numbered paragraph in static XML, and the loops around it, outermost first."""

    data: nodes.TemplateData
    start: int
    properties: str
    place: tuple[int, int]
    loops: tuple[_Loop, ...]


def mark_restarts(tree: nodes.Template, lists: Lists) -> None:
    """Puts LIST_MARK and RESTART_MARK into `tree` (before it is rewritten) for every list that a loop owns."""
    items: list[_Item] = []
    _read(tree.body, (), lists, items)
    groups: dict[tuple[int, int], int] = {}
    owners: dict[int, _Loop] = {}
    changes: dict[int, list[tuple[_Item, int]]] = {}
    for item in items:
        owner = _owner(item)
        if owner is not None:
            key = id(owner.node), item.place[0]
            if key not in groups:
                groups[key] = lists.groups
                owners[lists.groups] = owner
                lists.groups += 1
            changes.setdefault(id(item.data), []).append((item, groups[key]))
    for found in changes.values():
        data = found[0][0].data
        for item, group in reversed(found):
            end = item.start + len(item.properties)
            data.data = data.data[: item.start] + _renumbered(item, group) + data.data[end:]
    for group, owner in owners.items():
        body = owner.node.body
        mark = nodes.TemplateData(f"\ufdd9{group}\ufdda", lineno=owner.node.lineno)
        body.insert(0, nodes.Output([mark], lineno=owner.node.lineno))
        assert tree.environment is not None
        body[0].set_environment(tree.environment)


def _read(body: list[Any], loops: tuple[_Loop, ...], lists: Lists, items: list[_Item]) -> None:
    for node in body:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if isinstance(child, nodes.TemplateData):
                    _read_data(child, loops, lists, items)
        elif isinstance(node, nodes.For):
            _read(node.body, (*loops, _Loop(node)), lists, items)
            _read(node.else_, loops, lists, items)
        elif isinstance(node, nodes.If):
            for branch in (node.body, *(e.body for e in node.elif_), node.else_):
                _read(branch, loops, lists, items)
        elif isinstance(node, (nodes.With, nodes.Macro)):
            _read(node.body, loops, lists, items)


def _read_data(data: nodes.TemplateData, loops: tuple[_Loop, ...], lists: Lists, items: list[_Item]) -> None:
    if not loops:
        return
    for found in _BLOCK.finditer(data.data):
        place = lists.place(found[1]) if found[1] else None
        if place is not None:
            for loop in loops:
                loop.owns.setdefault(place[0], loop.blocks > 0)
            loops[-1].items[place[0]] = loops[-1].items.get(place[0], 0) + 1
            items.append(_Item(data, found.start(1), found[1], place, loops))
        for loop in loops:
            # Items of other lists are other blocks too.
            loop.blocks += 1


def _owner(item: _Item) -> _Loop | None:
    """The innermost loop that brings something of its own before this list."""
    numbered = item.place[0]
    for loop in reversed(item.loops):
        alone = loop is item.loops[-1] and loop.items.get(numbered, 0) < 2
        if loop.owns[numbered] and not alone:
            return loop
    return None


def _renumbered(item: _Item, group: int) -> str:
    numbered, level = item.place
    mark = f"\ufdd7{group}:{numbered}\ufdd8"
    own = _NUMBER.search(item.properties)
    if own is not None and _NUM_ID.search(own[0]):
        return item.properties.replace(own[0], _NUM_ID.sub(lambda m: m[1] + mark, own[0], count=1), 1)
    made = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{mark}"/></w:numPr>'
    if own is not None:
        return item.properties.replace(own[0], made, 1)
    return _BEFORE_NUMBER.sub(lambda m: m[0] + made, item.properties, count=1)
