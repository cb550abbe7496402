"""An empty table to be filled in: the columns that a kind of record is read from, and what is known of each row.

What is written here reads back as it stands: texts are texts, also where they look like numbers or formulas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from .excel import new_book
from .xlsx import MAIN

_CHOICES: Final = "_pilihan"
"""The sheet of what the drop-downs offer; the reader passes over it (`xlsx.IGNORED`)."""
_GUIDE: Final = "petunjuk"
_SPARE: Final = 200
"""Rows below the last one that have drop-downs too."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column. `pilihan` are the values that a drop-down offers; `angka` takes numbers and `tanggal` days, the others
    text. `arti` is a note at the heading."""

    nama: str
    arti: str = ""
    pilihan: tuple[str, ...] = ()
    angka: bool = False
    tanggal: bool = False
    lebar: int = 12


def entry_csv(columns: Sequence[Kolom], rows: Sequence[Sequence[str]]) -> bytes:
    """The table as CSV that an Indonesian Excel opens in columns: `;`, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([one.nama for one in columns])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def entry_xlsx(columns: Sequence[Kolom], rows: Sequence[Sequence[str]], guide: Sequence[str] = ()) -> bytes:
    """The table as a workbook with drop-downs, notes at the headings and a sheet that explains it (`guide`)."""
    file = io.BytesIO()
    book = new_book(file)
    sheet = book.add_worksheet(MAIN)
    head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1})
    formats = [_format(book, one) for one in columns]
    for number, one in enumerate(columns):
        sheet.set_column(number, number, one.lebar, formats[number])
        sheet.write_string(0, number, one.nama, head)
        if one.arti:
            sheet.write_comment(0, number, one.arti, {"author": "ksdocs", "x_scale": 2})
    for line, row in enumerate(rows, 1):
        for number, text in enumerate(row):
            if text:
                sheet.write_string(line, number, text, formats[number])
    sheet.freeze_panes(1, 0)
    if guide:
        page = book.add_worksheet(_GUIDE)
        page.set_column(0, 0, 110)
        for line, words in enumerate(guide):
            page.write_string(line, 0, words, book.add_format({"text_wrap": True}))
    _offer(book, sheet, columns, len(rows) + _SPARE)
    book.close()
    return file.getvalue()


def _format(book: Any, column: Kolom) -> Any:
    if column.angka:
        return book.add_format({"align": "center"})
    return book.add_format({"num_format": "yyyy-mm-dd" if column.tanggal else "@"})


def _offer(book: Any, sheet: Any, columns: Sequence[Kolom], last: int) -> None:
    """Drop-downs from lists on a sheet of their own: a list within the rule may hold 255 characters only."""
    offered = [one for one in columns if one.pilihan]
    if not offered:
        return
    lists = book.add_worksheet(_CHOICES)
    kept: dict[tuple[str, ...], str] = {}
    for number, one in enumerate(columns):
        if not one.pilihan:
            continue
        if one.pilihan not in kept:
            at = len(kept)
            for line, text in enumerate(one.pilihan):
                (lists.write_number if one.angka else lists.write_string)(line, at, float(text) if one.angka else text)
            letter = chr(ord("A") + at)
            kept[one.pilihan] = f"={_CHOICES}!${letter}$1:${letter}${len(one.pilihan)}"
        rule = {"validate": "list", "source": kept[one.pilihan], "error_title": one.nama}
        rule["error_message"] = "Pilih salah satu yang ditawarkan, atau kosongkan."
        sheet.data_validation(1, number, last, number, rule)
