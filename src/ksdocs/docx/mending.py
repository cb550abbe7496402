"""Rows without cells, tables without rows, cells without a paragraph: what loops and conditions leave behind, mended.

Going through all of a part for each of these costs more than writing it. So it is proved when a template is
compiled where such a thing can come about at all (`where_needed`): only before the end tag of a row, a table, a
cell or another holder of paragraphs, where what is written last is its own start, its properties, or something that
nobody knows. In most templates that is nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from jinja2 import nodes

_EMPTIED: dict[str, tuple[str, ...]] = {
    "w:tr": ("</w:trPr>", "<w:trPr/>", "</w:tblPrEx>"),
    "w:tbl": ("</w:tblGrid>", "<w:tblGrid/>", "</w:tblPr>"),
}
"""What goes when it holds nothing, and what may stand in it all the same; rows before the tables they stand in."""
_HOLDERS: dict[str, tuple[str, ...]] = {
    "w:tc": ("</w:tcPr>", "<w:tcPr/>", "</w:tbl>"),
    **dict.fromkeys(("w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"), ()),
}
"""What must end in a paragraph, and what is none."""
_SIGNS = {**_EMPTIED, **_HOLDERS}
EVERYWHERE = tuple(_SIGNS)
_CLOSING = re.compile(f"</({'|'.join(_SIGNS)})>")


def mend(xml: str, names: Iterable[str]) -> str:
    """`xml` with the elements `names` (of `EVERYWHERE`, in its order) mended: empty rows and tables are gone, and a
    paragraph stands where Word insists on one.
    """
    for name in names:
        if name in _EMPTIED:
            xml = _without_empty(xml, name, _EMPTIED[name])
        else:
            xml = _with_paragraph(xml, name, _HOLDERS[name])
    return xml


def _is_bare(last: str, name: str, signs: tuple[str, ...]) -> bool:
    """Is `last`, the tag before the end tag of `name`, its own start tag or one of `signs`?"""
    return last in signs or last == f"<{name}>" or (last.startswith(f"<{name} ") and last[-2:] != "/>")


def _with_paragraph(xml: str, name: str, signs: tuple[str, ...]) -> str:
    pieces, position, closing = [], 0, f"</{name}>"
    end = xml.find(closing)
    while end >= 0:
        if _is_bare(xml[xml.rfind("<", 0, end) : end], name, signs):
            pieces += [xml[position:end], "<w:p/>"]
            position = end
        end = xml.find(closing, end + 1)
    return "".join([*pieces, xml[position:]]) if pieces else xml


def _without_empty(xml: str, name: str, signs: tuple[str, ...]) -> str:
    closing = f"</{name}>"
    end = xml.find(closing)
    while end >= 0:
        if _is_bare(xml[xml.rfind("<", 0, end) : end], name, signs):
            start = max(xml.rfind(f"<{name}>", 0, end), xml.rfind(f"<{name} ", 0, end))
            xml = xml[:start] + xml[end + len(closing) :]
            end = start - 1
        end = xml.find(closing, end + 1)
    return xml


# ---------------------------------------------------------------------- where it is needed

_UNKNOWN = ""
"""Stands for a last tag that only the data decide."""
_OPEN_ENDED = frozenset({"<blocks>", "<rows>", "<cells>"})
"""Writers of values that may end in anything, or write nothing, right before the end tag of a holder."""


def where_needed(tree: nodes.Template) -> tuple[str, ...]:
    """The elements that a part whose rewritten tree this is must be mended for, for `mend`."""
    walk = _Walk()
    walk.body(tree.body)
    return walk.found()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is known of a stretch of the template.

    `exposed`: elements that it may end before it has written any tag; `lasts`: the tags that it may write last;
    `through`: whether it may write no tag at all, so that what stood before it still stands last.
    """

    exposed: frozenset[str] = frozenset()
    lasts: frozenset[str] = frozenset()
    through: bool = True


_NOTHING = _Stretch()


class _Walk:
    """Goes through a tree once; `bare` are the elements that may end without what they must hold."""

    def __init__(self) -> None:
        self._bare: set[str] = set()
        self._behind_table: set[str] = set()
        self._present: set[str] = set()

    def found(self) -> tuple[str, ...]:
        needed = set(self._bare)
        if "w:tr" in needed:  # a table may lose its last row
            needed.add("w:tbl")
        if "w:tbl" in needed:  # and what holds a table may lose it; a cell must not end in one anyhow
            needed |= self._behind_table
        return tuple(name for name in EVERYWHERE if name in needed & self._present)

    def body(self, body: Sequence[nodes.Node]) -> _Stretch:
        done = _NOTHING
        for node in body:
            done = self._then(done, self._node(node))
        return done

    def _then(self, before: _Stretch, after: _Stretch) -> _Stretch:
        self._ends(before.lasts, after.exposed)
        return _Stretch(
            before.exposed | after.exposed if before.through else before.exposed,
            after.lasts | before.lasts if after.through else after.lasts,
            before.through and after.through,
        )

    def _ends(self, lasts: Collection[str], names: Iterable[str]) -> None:
        """Notes those of `names` that may end behind one of `lasts`."""
        for name in names:
            if any(last == _UNKNOWN or _is_bare(last, name, _SIGNS[name]) for last in lasts):
                self._bare.add(name)
            if "</w:tbl>" in lasts:
                self._behind_table.add(name)

    def _node(self, node: nodes.Node) -> _Stretch:
        if isinstance(node, nodes.Output):
            done = _NOTHING
            for child in node.nodes:
                static = isinstance(child, nodes.TemplateData)
                done = self._then(done, self._static(child.data) if static else _value(child))  # type: ignore[attr-defined]
            return done
        if isinstance(node, nodes.If):
            branches = [node.body, *(other.body for other in node.elif_), node.else_]
            return _either([self.body(branch) for branch in branches])
        if isinstance(node, nodes.For):
            return self._loop(node)
        if isinstance(node, nodes.With):
            return self.body(node.body)
        if isinstance(node, (nodes.Macro, nodes.AssignBlock)):
            self._ends([_UNKNOWN], self.body(node.body).exposed)
        return _NOTHING

    def _loop(self, node: nodes.For) -> _Stretch:
        turn = self.body(node.body)
        if next(node.find_all((nodes.Break, nodes.Continue)), None) is not None:
            turn = _either([turn, _Stretch(lasts=frozenset({_UNKNOWN}))])
        self._ends(turn.lasts, turn.exposed)  # of the turn before
        return _either([turn, self.body(node.else_)])

    def _static(self, data: str) -> _Stretch:
        exposed = set()
        for found in _CLOSING.finditer(data):
            name, start = found[1], data.rfind("<", 0, found.start())
            self._present.add(name)
            if start < 0:
                exposed.add(name)
            else:
                self._ends([data[start : found.start()]], [name])
        last = data.rfind("<")
        return _Stretch(frozenset(exposed), frozenset({data[last:]} if last >= 0 else ()), last < 0)


def _value(node: nodes.Node) -> _Stretch:
    """A printed value. Inside of text, runs and attributes other tags follow before a holder of paragraphs ends."""
    known = isinstance(node, nodes.Filter) and node.name not in _OPEN_ENDED
    return _NOTHING if known else _Stretch(lasts=frozenset({_UNKNOWN}), through=False)


def _either(branches: Sequence[_Stretch]) -> _Stretch:
    return _Stretch(
        frozenset().union(*(b.exposed for b in branches)),
        frozenset().union(*(b.lasts for b in branches)),
        any(b.through for b in branches),
    )
