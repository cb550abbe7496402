"""XLSX files → Sources: one sheet of records, one further sheet per list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ksdocs.models.teks import NumericText
from ksdocs.problems import Location, Problem, SourceError, problem

from .csv_ import LIST_PATH
from .places_csv import cell_name
from .plain import exact, iso
from .source import Source
from .tables import Grid, Numbered, Row, records
from .text import is_blank, read_bytes
from .xlsx_package import MAX_BYTES, SheetFacts, Xlsx

MAIN = "rekaman"
IGNORED = frozenset({"petunjuk", "daftar"})
"""Sheets of an entry form that hold no data; so do all whose name starts with `_`."""


def names_a_list(title: str) -> bool:
    """Can a sheet of this name hold a list?"""
    return LIST_PATH.fullmatch(title) is not None


def read_xlsx(path: Path, name: str) -> Iterator[Numbered]:
    """One Source or SourceError per row of the sheet `rekaman` (else the first one), lists from further sheets.

    Numbers arrive as NumericText, dates as ISO text, times as HH:MM. Refused by `sheet!cell`: error values
    (KS145), formulas that were never computed (KS146), merged cells (KS147); hidden rows, columns and
    sheets are warnings (KS148). Sheets that are neither a list nor ignored are KS149.
    """
    try:
        data = read_bytes(path, name, MAX_BYTES)
    except SourceError as error:
        yield None, error
        return
    yield from read_book(data, name)


def read_book(data: bytes, name: str) -> Iterator[Numbered]:
    """As `read_xlsx`, of a workbook that need not be a file."""
    try:
        book = _Book(data, name)
        grids, problems = book.grids()
    except SourceError as error:
        yield None, error
        return
    if problems:
        yield None, SourceError(problems)
    if grids:
        first = True
        for row, item in records(grids[0], grids[1:], name):
            if first and isinstance(item, Source) and book.warnings:
                item = Source(item.tree, item.name, (*book.warnings, *item.warnings), item.places)
                first = False
            yield row, item


def xlsx_grids(path: Path, name: str) -> tuple[list[Grid], list[Problem]]:
    """The tables of a workbook, the main one first, and what cannot be read of it."""
    try:
        return _Book(read_bytes(path, name, MAX_BYTES), name).grids()
    except SourceError as error:
        return [], list(error.problems)


class _Book:
    def __init__(self, data: bytes, name: str) -> None:
        import python_calamine

        self.name = name
        self.package = Xlsx(data, name)
        self.warnings: list[Problem] = []
        try:
            self.book: Any = python_calamine.CalamineWorkbook.from_filelike(self.package.rebuilt())
        except python_calamine.CalamineError as error:
            raise SourceError([problem("KS141", Location(file=name), rincian=error)]) from None

    def open(self, sheet: str) -> Any:
        """A sheet of the workbook. Raises SourceError (KS141) when its XML cannot be read."""
        import python_calamine

        try:
            return self.book.get_sheet_by_name(sheet)
        except python_calamine.CalamineError as error:
            raise SourceError([problem("KS141", Location(file=self.name), rincian=error)]) from None

    def grids(self) -> tuple[list[Grid], list[Problem]]:
        """The main table, then the lists; and what is wrong with other sheets. Raises SourceError (KS106)."""
        names = [
            m.name
            for m in self.book.sheets_metadata
            if m.name.lower() not in IGNORED and not m.name.startswith("_") and str(m.typ).endswith("WorkSheet")
        ]
        main = next((n for n in names if n.lower() == MAIN), names[0] if names else None)
        problems: list[Problem] = []
        grids: list[Grid] = []
        for sheet in [main, *(n for n in names if n != main)] if main is not None else []:
            grid = self._grid(sheet, "" if sheet == main else sheet, problems)
            if grid is not None:
                grids.append(grid)
            elif sheet == main:
                raise SourceError([problem("KS106", Location(file=self.name, sheet=main))])
        if main is None:
            raise SourceError([problem("KS106", Location(file=self.name))])
        return grids, problems

    def _grid(self, sheet: str, title: str, problems: list[Problem]) -> Grid | None:
        facts = self.package.facts(sheet)
        rows = _Rows(self, sheet, facts)
        header = next(rows.filled(), None)
        if header is None:
            return None
        if title and not (LIST_PATH.fullmatch(title) and "id" in (c.strip() for c in header[1])):
            problems.append(problem("KS149", rows.at(header[0], 1), lembar=sheet))
            return None
        rows.header = header[0]
        faults = rows.faults(header[0])
        if faults:
            raise SourceError(faults)
        self.warnings.extend(self._hidden(sheet, facts, len(header[1])))
        return Grid(title, Row(*header), rows.data, rows.at, sheet, rows.filled)

    def _hidden(self, sheet: str, facts: SheetFacts, width: int) -> Iterator[Problem]:
        metadata = next(m for m in self.book.sheets_metadata if m.name == sheet)
        if str(metadata.visible).rpartition(".")[2] != "Visible":
            yield problem("KS148", Location(file=self.name, sheet=sheet), apa=f"lembar {sheet}")
        for low, high in facts.hidden_columns:
            if low <= width:
                letters = cell_name(1, low)[:-1], cell_name(1, min(high, width))[:-1]
                at = Location(file=self.name, sheet=sheet, cell=f"{letters[0]}1")
                yield problem("KS148", at, apa=f"kolom {'–'.join(dict.fromkeys(letters))}")


class _Rows:
    """The rows of one sheet."""

    def __init__(self, book: _Book, sheet: str, facts: SheetFacts) -> None:
        self.book = book
        self.sheet = sheet
        self.facts = facts
        self.header = 0
        self._faults: dict[int, list[Problem]] = {}
        for row, column, text in facts.errors:
            self._faults.setdefault(row, []).append(problem("KS145", self.at(row, column), galat=text))
        for row, column in facts.formulas:
            self._faults.setdefault(row, []).append(problem("KS146", self.at(row, column)))

    def at(self, row: int, column: int) -> Location:
        return Location(file=self.book.name, sheet=self.sheet, cell=cell_name(row, column))

    def faults(self, number: int) -> list[Problem]:
        """What makes a row unreadable: errors, formulas without a value, merged cells."""
        merged = [
            problem("KS147", Location(file=self.book.name, sheet=self.sheet, cell=reference), sel=reference)
            for reference, first, last in self.facts.merged
            if first <= number <= last
        ]
        return [*self._faults.get(number, ()), *merged]

    def filled(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of every row that holds something; cell 1 is column A."""
        sheet = self.book.open(self.sheet)
        number = 0
        if sheet.start is not None:
            margin = [""] * sheet.start[1]
            for number, values in enumerate(sheet.iter_rows(), 1):
                cells = [*margin, *map(_text, values)]
                while cells and is_blank(cells[-1]):
                    cells.pop()
                if cells or number in self._faults:
                    yield number, cells
        yield from ((n, []) for n in sorted(self._faults) if n > number)

    def data(self) -> Iterator[Row]:
        for number, cells in self.filled():
            if number <= self.header:
                continue
            warnings: tuple[Problem, ...] = ()
            if number in self.facts.hidden_rows:
                warnings = (problem("KS148", self.at(number, 1), apa=f"baris {number}"),)
            yield Row(number, cells, tuple(self.faults(number)), warnings)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        # a spreadsheet keeps and shows 15 digits; what lies beyond is noise of the float
        return NumericText(exact(float(format(value, ".15g"))))
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return iso(value)
