"""Workbooks of plain tables: typed cells, no formula, no link; what is a text stays one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from .excel import MAX_CELL, STARTS_FORMULA, new_book

Cell = str | int | Decimal | date | None
"""What a cell holds; None is empty."""

_FORMATS: Final = {
    "": {},
    "tanggal": {"num_format": "dd/mm/yyyy", "align": "left"},
    "persen": {"num_format": '0.0"%"'},
    "rupiah": {"num_format": '"Rp"#,##0.00'},
    "rerata": {"num_format": "0.00"},
}
"""Unit → how a number of it is shown; the number itself is not changed. Other units are shown as they are."""
_MAX_WIDTH, _MIN_WIDTH = 60, 8
_MEASURED: Final = 2_000
"""Rows that are looked at for the width of a column."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows of (value, unit)."""

    nama: str
    kolom: Sequence[str]
    baris: Sequence[Sequence[tuple[Cell, str]]]


def write_book(title: str, sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx with a sheet for each table; heads are frozen, equal tables give equal bytes."""
    held = io.BytesIO()
    book = new_book(held, title)
    styles = {name: book.add_format({"valign": "top", **told}) for name, told in _FORMATS.items()}
    styles["head"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    styles["wrap"] = book.add_format({"text_wrap": True, "valign": "top"})
    styles["guarded"] = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet_name(sheet.nama)), sheet, styles)
    book.close()
    return held.getvalue()


def sheet_name(name: str) -> str:
    """A name that a sheet may have."""
    return _FORBIDDEN.sub("-", name)[:31].strip() or "tabel"


def _write_sheet(page: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    for column, head in enumerate(sheet.kolom):
        page.write_string(0, column, head, styles["head"])
        seen = [_length(row[column][0]) for row in sheet.baris[:_MEASURED]]
        longest_word = max(map(len, head.split()), default=0)
        page.set_column(column, column, min(max(_MIN_WIDTH, longest_word + 1, *seen, 0) + 2, _MAX_WIDTH))
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for number, row in enumerate(sheet.baris, 1):
        for column, (value, unit) in enumerate(row):
            _write(page, number, column, value, unit, styles)


def _write(page: Any, row: int, column: int, value: Cell, unit: str, styles: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        style = styles["guarded" if STARTS_FORMULA.match(value) else "wrap"]
        page.write_string(row, column, value[:MAX_CELL], style)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), styles["tanggal"])  # noqa: DTZ001
    else:
        page.write_number(
            row, column, float(value) if isinstance(value, Decimal) else value, styles.get(unit, styles[""])
        )


def _length(value: Cell) -> int:
    if isinstance(value, str):
        return max(map(len, value.split("\n")), default=0)
    return len(str(value)) if value is not None else 0
