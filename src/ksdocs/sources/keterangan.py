"""Rows of a table that explain it: every cell between ‹ and ›. They are no records, and nothing else is passed over.

An entry sheet shows labels and an example below its heads, where an officer sees them. Only a row of which every
cell is marked is left out: who types over one cell of it has made it a row of data, and is told of the cells that
still hold an explanation, so that neither what was typed is lost nor an example gets into a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ksdocs.problems import problem

from .text import is_blank

if TYPE_CHECKING:
    from .tables import Grid, Row

_OPEN: Final = "‹"
_MARKED: Final = re.compile(r"\s*‹.*›\s*", re.DOTALL)


def explain(text: str) -> str:
    """`text` as a cell that explains."""
    return f"‹{text}›"


def explains(text: str) -> bool:
    """Is `text` what a cell that explains holds?"""
    return _MARKED.fullmatch(text) is not None


def without_explanations(grid: Grid) -> Grid:
    """`grid` without the rows that explain it; in rows that mix both, the explaining cells are problems (KS860)."""
    return replace(grid, rows=lambda: _data(grid))


def _data(grid: Grid) -> Iterator[Row]:
    for row in grid.rows():
        if _OPEN not in "".join(row.cells):
            yield row
            continue
        filled = [n for n, text in enumerate(row.cells, 1) if not is_blank(text)]
        marked = [n for n in filled if explains(row.cells[n - 1])]
        if marked == filled and not row.problems:
            continue
        left = tuple(problem("KS860", grid.at(row.number, n), isi=row.cells[n - 1].strip()[:60]) for n in marked)
        yield replace(row, problems=(*row.problems, *left))
