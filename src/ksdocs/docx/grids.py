"""Grids of tables, mended after cells have been repeated, left out or spanned: one column for every cell.

Widths are shared out as docxtpl does it: the table stays as wide as it was. Only parts in which a tag stands
between cells are gone through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"<(/?)w:(tbl|tr|tc|tblGrid|gridCol|gridSpan|gridBefore|gridAfter)((?:\s[^>]*?)?)(/?)>|<w:tblGridChange\b"
)
_WIDTH = re.compile(r'\bw:w="([0-9.]+)"')
_VALUE = re.compile(r'\bw:val="([0-9]+)"')


@dataclass(slots=True)
class _Table:
    """A table that has not ended: where its grid stands, its columns, the cells of its rows."""

    grid: tuple[int, int] = (-1, -1)
    widths: list[float | None] = field(default_factory=list)
    row: int = 0
    widest: int = 0
    depth: int = 0  # of cells: a nested table has a _Table of its own


def mend_grids(xml: str) -> str:
    """`xml` with a `w:tblGrid` in every table that has as many columns as its widest row."""
    open_: list[_Table] = []
    changes: list[tuple[int, int, str]] = []
    for found in _TOKEN.finditer(xml):
        closing, name, _, empty = found.groups()
        if name == "tbl":
            if not closing and not empty:
                open_.append(_Table())
            elif closing and open_:
                changes += _mended(open_.pop())
        elif open_:
            _count(open_[-1], found)
    if not changes:
        return xml
    pieces, position = [], 0
    for start, end, grid in sorted(changes):
        pieces += [xml[position:start], grid]
        position = end
    return "".join([*pieces, xml[position:]])


def _count(table: _Table, found: re.Match[str]) -> None:
    closing, name, attributes, empty = found.groups()
    if name == "tblGrid":
        start, _ = table.grid
        if not closing:
            table.grid = (found.end(), found.end() if not empty else -1)
        elif start >= 0:
            table.grid = (start, found.start())
    elif name == "gridCol":
        width = _WIDTH.search(attributes)
        table.widths.append(float(width[1]) if width else None)
    elif name == "tr":
        if closing:
            table.widest = max(table.widest, table.row)
        table.row = 0
    elif name == "tc" and not closing:
        table.row += 1
    elif name in ("gridSpan", "gridBefore", "gridAfter"):
        value = _VALUE.search(attributes)
        table.row += int(value[1]) - (name == "gridSpan") if value else 0


def _mended(table: _Table) -> list[tuple[int, int, str]]:
    """The new inside of the grid, as (start, end, XML); nothing when it fits."""
    start, end = table.grid
    have, need = len(table.widths), table.widest
    if start < 0 or end < 0 or not need or have == need:
        return []
    widths = table.widths
    if need > have:
        whole = sum(w or 0 for w in widths)
        share = whole / need if whole else None
        shrink = share / (whole / have) if share and have else 1
        widths = [None if w is None else int(w * shrink) for w in widths]
        widths += [None if share is None else int(share)] * (need - have)
    else:
        spare = int(sum(w or 0 for w in widths[need:]) / need)
        widths = [None if w is None else int(w + spare) for w in widths[:need]]
    columns = ("<w:gridCol/>" if w is None else f'<w:gridCol w:w="{int(w)}"/>' for w in widths)
    return [(start, end, "".join(columns))]
