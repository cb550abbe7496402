"""The return slip of a spreadsheet: its rows as they were, what became of each, and notes at the cells that are wrong.

Written row by row, so that any number of rows takes the same memory. Text stays text: no cell becomes a formula, a
link or a number that was not one. The spreadsheet itself is only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ksdocs.models.teks import NumericText

from .csv_ import csv_grids
from .excel import MAX_CELL, new_book
from .tables import Grid
from .xlsx import MAIN, xlsx_grids

MAX_NOTES: Final = 2000
"""Cells of one slip that get a note; what is wrong stands in the last column in any case."""

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Words:
    """The headings of the columns that are added, and what stands in rows that no run came to."""

    status: str
    berkas: str
    keterangan: str
    belum: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one row of the main table."""

    status: str
    berkas: str
    keterangan: str
    style: str = ""
    """"bad", "warn", "good" or ""."""


Notes = Callable[[str, int], Iterable[tuple[str, str]]]
"""Name of a table, and a row of it → (cell, note)."""


def has_rows(path: Path, name: str) -> bool:
    """True when the spreadsheet can be read so far that a slip can be made of it."""
    return bool(_grids(path, name))


def write_slip(
    path: Path, name: str, target: Path, fate_of: Callable[[int], Fate | None], notes: Notes, words: Words
) -> None:
    """The slip of the spreadsheet `path` as the new file `target`. OSError where it cannot be written."""
    from xlsxwriter.exceptions import FileCreateError

    book = new_book(str(target), name, constant_memory=True, tmpdir=str(target.parent), in_memory=False)
    styles = {
        "head": book.add_format({"bold": True}),
        "bad": book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"}),
        "warn": book.add_format({"font_color": "#7F6000", "bg_color": "#FFEB9C"}),
        "good": book.add_format({"font_color": "#006100", "bg_color": "#C6EFCE"}),
    }
    left, titles = MAX_NOTES, set[str]()
    for grid in _grids(path, name):
        sheet = book.add_worksheet(_title(grid, titles))
        sheet.set_default_row(15)
        for row in _write_rows(sheet, grid, None if grid.title else fate_of, words, styles):
            left -= _write_notes(sheet, notes(grid.name, row), left)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args) from error


def _grids(path: Path, name: str) -> Sequence[Grid]:
    grids, _ = csv_grids(path, name) if path.suffix.lower() == ".csv" else xlsx_grids(path, name)
    return grids if grids and not grids[0].title else []


def _title(grid: Grid, taken: set[str]) -> str:
    """A name that a sheet may have, like the table's own."""
    wanted = grid.title or (MAIN if grid.name.lower().endswith(".csv") else grid.name)
    plain = re.sub(r"[\[\]:*?/\\']", "-", wanted)[:28].strip() or MAIN
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain}-{number}"
    taken.add(title.casefold())
    return title


def _write_rows(
    sheet: Any,
    grid: Grid,
    fate_of: Callable[[int], Fate | None] | None,
    words: Words,
    styles: Mapping[str, Any],
) -> Iterator[int]:
    """The number of each row, once it is written: notes are only taken while it is the last one."""
    head = grid.header.number
    width = max((len(cells) for _, cells in grid.raw()), default=0) if grid.raw is not None else 0
    if fate_of is not None:
        sheet.set_column(width, width, 12)
        sheet.set_column(width + 1, width + 1, 36)
        sheet.set_column(width + 2, width + 2, 80)
    for number, cells in grid.raw() if grid.raw is not None else ():
        style = styles["head"] if number == head else None
        for column, text in enumerate(cells):
            _write(sheet, number - 1, column, text, style)
        yield number
        if fate_of is None or number < head:
            continue
        if number == head:
            for column, word in enumerate((words.status, words.berkas, words.keterangan), width):
                sheet.write_string(number - 1, column, word, style)
            sheet.freeze_panes(head, 0)
            continue
        fate = fate_of(number) or Fate(words.belum, "", "")
        sheet.write_string(number - 1, width, fate.status, styles.get(fate.style))
        sheet.write_string(number - 1, width + 1, fate.berkas[:MAX_CELL])
        sheet.write_string(number - 1, width + 2, fate.keterangan[:MAX_CELL])


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if isinstance(text, NumericText):
        sheet.write_number(row, column, float(text), style)
    elif text:
        sheet.write_string(row, column, text[:MAX_CELL], style)


def _write_notes(sheet: Any, notes: Iterable[tuple[str, str]], left: int) -> int:
    """How many notes were written: one for each cell, at most `left`."""
    gathered: dict[str, str] = {}
    for cell, note in notes:
        if cell in gathered:
            gathered[cell] = f"{gathered[cell]}\n\n{note}"
        elif len(gathered) < left and _CELL.fullmatch(cell):
            gathered[cell] = note
    for cell, note in gathered.items():
        sheet.write_comment(cell, note[:MAX_CELL], {"author": "ksdocs", "x_scale": 3, "y_scale": 2})
    return len(gathered)
