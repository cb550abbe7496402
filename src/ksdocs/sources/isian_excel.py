"""Workbooks for entry: a sheet for each table, drop-downs, rules and notes. What is written reads back as it stands.

Below the heads stand the labels and an example, in rows that the reader passes over (`keterangan`). Cells are typed:
what is a text stays one, also where it looks like a number or a formula; a number or a day becomes one only where the
very same text comes back when it is read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from .excel import MAX_CELL, STARTS_FORMULA, new_book
from .keterangan import explain
from .plain import exact
from .xlsx import MAIN

KEY: Final = -1
"""The colour of columns that say to what a row belongs."""
GUIDE: Final = "Petunjuk"
LISTS: Final = "Daftar"
"""Sheets that the reader passes over (`xlsx.IGNORED`), as it does the next."""
_CHOICES: Final = "_pilihan"
_SPARE: Final = 300
"""Rows below the last record that have rules and drop-downs too."""
_MAX_DIGITS: Final = 15
_COLOURS: Final = (
    ("#1F4E79", "#DDEBF7"), ("#375623", "#E2EFDA"), ("#7F6000", "#FFF2CC"), ("#833C0B", "#FCE4D6"),
    ("#4B2E83", "#E4DFEC"), ("#0B5563", "#DAEEF3"), ("#5B2C4F", "#F2DCE8"), ("#5A3E1B", "#EFE6DA"),
    ("#27496D", "#D6DCE5"), ("#8B1A1A", "#F8E0E0"),
)  # fmt: skip
"""Of the groups of fields: the fill of required columns, and of the others."""
_KEYS: Final = ("#404040", "#EDEDED")
_LOOSE: Final[Mapping[str, Mapping[str, Any]]] = {
    "": {},
    "tanya": {"error_type": "warning"},
    "bebas": {"show_error": False},
}
_WIDEST: Final = 40
_MOST_LINES: Final = 12
"""What a row shows of a long text; the cell holds all of it."""
_LONGEST_NOTE: Final = 2000
_GUIDE_WIDTH: Final = 88
"""Characters of a line of the guide."""
_PAGE: Final = 12
"""Columns that are still readable when a sheet is printed as wide as its page."""
_NUMBERS: Final = {"bulat": "0", "desimal": "General", "uang": "#,##0.00"}


@dataclass(frozen=True, slots=True)
class KolomIsian:
    """A column. `jenis` is `teks`, `panjang`, `tanggal`, `bulat`, `desimal` or `uang`; `warna` the number of its group
    or KEY.

    `pilihan` names the list of its drop-down, or is a range; what else is typed is refused, and where `longgar` says so
    questioned (`tanya`) or taken (`bebas`).
    """

    tajuk: str
    label: str
    jenis: str = "teks"
    catatan: str = ""
    contoh: str = ""
    wajib: bool = False
    warna: int = 0
    pilihan: str = ""
    longgar: str = ""
    batas: tuple[float | None, float | None] = (None, None)
    lebar: int = 18


@dataclass(frozen=True, slots=True)
class LembarIsian:
    """A sheet: its name, its columns, its rows; `tetap` columns on the left stay in sight."""

    nama: str
    kolom: Sequence[KolomIsian]
    baris: Sequence[Sequence[str]]
    warna: int = 0
    tetap: int = 1


def id_choices(sheet: LembarIsian) -> str:
    """The list of the ids on the main sheet, as a column of another sheet offers it."""
    column = next((n for n, one in enumerate(sheet.kolom) if one.tajuk == "id"), 0)
    letter = _letters(column)
    first = 3 if sheet.baris else 4  # below the example
    return f"={sheet.nama}!${letter}${first}:${letter}${first + len(sheet.baris) + _SPARE}"


def write_entry_book(
    title: str,
    sheets: Sequence[LembarIsian],
    choices: Mapping[str, Sequence[str]],
    lists: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    guide: Sequence[tuple[str, str]],
) -> bytes:
    """The workbook. `choices` are the lists of drop-downs, `lists` what ids stand for, `guide` its (style, text)."""
    held = io.BytesIO()
    book = new_book(held, title)
    styles = _Styles(book)
    _write_guide(book.add_worksheet(GUIDE), guide, styles)
    pages = [book.add_worksheet(sheet.nama) for sheet in sheets]
    _write_lists(book.add_worksheet(LISTS), lists, styles)
    ranges = _write_choices(book.add_worksheet(_CHOICES), choices)
    for page, sheet in zip(pages, sheets, strict=True):
        _write_sheet(page, sheet, ranges, styles)
        if sheet.nama == MAIN:
            page.activate()
    book.close()
    return held.getvalue()


def _colours(number: int) -> tuple[str, str]:
    return _KEYS if number == KEY else _COLOURS[number % len(_COLOURS)]


class _Styles:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def get(self, **told: Any) -> Any:
        key = repr(sorted(told.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **told})
        return self._made[key]

    def head(self, column: KolomIsian) -> Any:
        dark, light = _colours(column.warna)
        colours = {"bg_color": dark, "font_color": "#FFFFFF"} if column.wajib else {"bg_color": light}
        return self.get(bold=True, border=1, border_color="#A6A6A6", **colours)

    def label(self, column: KolomIsian) -> Any:
        light = _colours(column.warna)[1]
        return self.get(italic=True, text_wrap=True, font_size=9, font_color="#404040", bg_color=light, bottom=1)

    def example(self) -> Any:
        return self.get(italic=True, font_size=9, font_color="#7F7F7F", bg_color="#F7F7F7", num_format="@", bottom=4)

    def cell(self, column: KolomIsian, *, guarded: bool = False) -> Any:
        if guarded:
            return self.get(num_format="@", quote_prefix=True, text_wrap=column.jenis == "panjang")
        if column.jenis == "tanggal":
            return self.get(num_format="yyyy-mm-dd", align="left")
        if column.jenis in _NUMBERS:
            return self.get(num_format=_NUMBERS[column.jenis])
        return self.get(num_format="@", text_wrap=column.jenis == "panjang")


def _write_sheet(page: Any, sheet: LembarIsian, ranges: Mapping[str, str], styles: _Styles) -> None:
    page.set_tab_color(_colours(sheet.warna)[0])
    guided = 1 if sheet.baris else 2
    last = guided + len(sheet.baris) + _SPARE
    widths = [_width(sheet, number) for number in range(len(sheet.kolom))]
    for number, column in enumerate(sheet.kolom):
        page.set_column(number, number, widths[number], styles.cell(column))
        page.write_string(0, number, column.tajuk, styles.head(column))
        page.write_string(1, number, explain(column.label + (", wajib" if column.wajib else "")), styles.label(column))
        if not sheet.baris:
            page.write_string(2, number, explain(column.contoh or "…"), styles.example())
        if column.catatan:
            lines = column.catatan.count("\n") + len(column.catatan) // 45 + 2
            size = {"author": "ksdocs", "x_scale": 2.4, "y_scale": max(1.0, lines / 5)}
            page.write_comment(0, number, _short(column.catatan, _LONGEST_NOTE), size)
        page.data_validation(guided + 1, number, last, number, _rule(column, ranges))
    for line, row in enumerate(sheet.baris, 2):
        lines = max(map(_lines, row, widths, sheet.kolom), default=1)
        if lines > 1:
            page.set_row(line, 15.5 * lines)
        for number, text in enumerate(row):
            if text:
                _write(page, line, number, text, sheet.kolom[number], styles)
    page.set_row(1, 26)
    page.freeze_panes(2, sheet.tetap)
    page.repeat_rows(0, 1)
    page.set_landscape()
    page.set_paper(9)
    if len(sheet.kolom) <= _PAGE:
        page.fit_to_pages(1, 0)


def _width(sheet: LembarIsian, number: int) -> int:
    column = sheet.kolom[number]
    longest = 0 if column.jenis == "panjang" else max((len(row[number]) for row in sheet.baris), default=0)
    return max(column.lebar, len(column.tajuk) + 2, min(longest + 2, _WIDEST))


def _lines(text: str, width: int, column: KolomIsian) -> int:
    """How many lines a cell shows; other programs than Excel do not find out by themselves."""
    if column.jenis != "panjang":
        return 1
    return min(sum(-(-len(part) // width) or 1 for part in text.split("\n")), _MOST_LINES)


def _write(page: Any, line: int, number: int, text: str, column: KolomIsian, styles: _Styles) -> None:
    day = _day(text) if column.jenis == "tanggal" else None
    if day is not None:
        page.write_datetime(line, number, day, styles.cell(column))
    elif column.jenis in _NUMBERS and _is_number(text):
        page.write_number(line, number, float(text), styles.cell(column))
    else:
        guarded = STARTS_FORMULA.match(text) is not None
        page.write_string(line, number, text[:MAX_CELL], styles.cell(column, guarded=guarded))


def _day(text: str) -> datetime | None:
    """The day that a cell may hold in the place of `text`: one that reads back as it is written."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    sound = day.isoformat() == text and 1901 <= day.year <= 9998  # Excel's calendar begins with a day that never was
    return datetime(day.year, day.month, day.day) if sound else None  # noqa: DTZ001


def _is_number(text: str) -> bool:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) or len(text.replace(".", "")) > _MAX_DIGITS:
        return False
    return exact(float(text)) == text


def _rule(column: KolomIsian, ranges: Mapping[str, str]) -> dict[str, Any]:
    """The rule of a column's cells: what they take, and what is shown when one is chosen."""
    title = column.label[:32]
    rule: dict[str, Any] = {"validate": "any", "input_title": title, "input_message": _short(column.catatan, 255)}
    offered = ranges.get(column.pilihan, column.pilihan if column.pilihan.startswith("=") else "")
    if offered:
        told = "Nilai ini tidak ada dalam pilihan." + (" Tetap pakai?" if column.longgar else "")
        rule |= {"validate": "list", "source": offered, "error_title": title, "error_message": told}
        rule |= _LOOSE[column.longgar]
    elif column.jenis == "tanggal" and not column.longgar:
        told = "Ketik tanggal, misalnya 2026-03-17."
        rule |= {"validate": "date", "criteria": "between", "minimum": date(1901, 1, 1), "maximum": date(9998, 12, 31)}
        rule |= {"error_title": title, "error_message": told}
    elif column.jenis in _NUMBERS:
        low, high = column.batas
        limits = {"minimum": 0 if low is None else low, "maximum": 10**15 if high is None else high}
        kind = "integer" if column.jenis == "bulat" else "decimal"
        told = "Ketik bilangan bulat." if column.jenis == "bulat" else "Ketik angkanya saja, tanpa Rp dan tanpa titik."
        rule |= {"validate": kind, "criteria": "between", **limits, "error_title": title, "error_message": told}
    return rule


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _write_choices(page: Any, choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The lists, each in a column of a hidden sheet: a list within a rule may hold 255 characters only."""
    ranges = {}
    for number, (name, texts) in enumerate((name, texts) for name, texts in choices.items() if texts):
        for line, text in enumerate(texts):
            page.write_string(line, number, text)
        letter = _letters(number)
        ranges[name] = f"={_CHOICES}!${letter}$1:${letter}${len(texts)}"
    page.hide()
    return ranges


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _write_lists(page: Any, lists: Sequence[tuple[str, Sequence[tuple[str, str]]]], styles: _Styles) -> None:
    """What ids stand for, a pair of columns for each list."""
    page.set_tab_color("#A6A6A6")
    text = styles.get(num_format="@", text_wrap=True)
    for number, (title, rows) in enumerate(lists):
        page.write_string(0, 3 * number, title, styles.get(bold=True, bg_color="#E7E6E6", border=1))
        page.write_string(0, 3 * number + 1, "artinya", styles.get(bold=True, bg_color="#E7E6E6", border=1))
        page.set_column(3 * number, 3 * number, 32)
        page.set_column(3 * number + 1, 3 * number + 1, 44)
        page.set_column(3 * number + 2, 3 * number + 2, 3)
        for line, pair in enumerate(rows, 1):
            for column, one in enumerate(pair):
                page.write_string(line, 3 * number + column, one[:MAX_CELL], text)
    page.freeze_panes(1, 0)


def _write_guide(page: Any, guide: Sequence[tuple[str, str]], styles: _Styles) -> None:
    page.set_column(0, 0, _GUIDE_WIDTH)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    looks: Mapping[str, Mapping[str, Any]] = {
        "judul": {"bold": True, "font_size": 16, "font_color": "#1F4E79"},
        "bab": {"bold": True, "font_size": 12, "font_color": "#1F4E79", "bottom": 1, "bottom_color": "#1F4E79"},
        "wajib": {"bold": True, "bg_color": _COLOURS[0][0], "font_color": "#FFFFFF"},
        "boleh": {"bold": True, "bg_color": _COLOURS[0][1]},
        "": {},
    }
    for line, (style, text) in enumerate(_spaced(guide)):
        group = style.partition("kelompok ")[2]
        look = {"bg_color": _colours(int(group))[1]} if group else looks[style]
        lines = -(-len(text) // (_GUIDE_WIDTH + 10))
        if lines > 1:
            page.set_row(line, 15.5 * lines)
        page.write_string(line, 0, text[:MAX_CELL], styles.get(text_wrap=True, **look))


def _spaced(guide: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for number, (style, text) in enumerate(guide):
        if style == "bab" and number:
            yield "", ""
        yield style, text
