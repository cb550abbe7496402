"""Empty tables to fill in: what is written reads back as it stands."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ksdocs.sources import Source, read_all
from ksdocs.sources.entry import Kolom, entry_csv, entry_xlsx

COLUMNS = (
    Kolom("jenis"),
    Kolom("id", "Nama baris ini."),
    Kolom("mitra", pilihan=tuple(f"mitra-dengan-nama-panjang-{n}" for n in range(60))),
    Kolom("tanggal", tanggal=True),
    Kolom("nilai.t1", pilihan=("1", "2", "3"), angka=True),
    Kolom("nilai.t2", pilihan=("1", "2", "3"), angka=True),
)
LONG = "00123456789012345678"
ROWS = [("arsip", "007", "=1+1", "", "", ""), ("arsip", LONG, 'a;b"c', "2026-10-05", "2", "")]


def written(kind: str, folder: Path) -> Path:
    file = folder / f"isian.{kind}"
    file.write_bytes(entry_xlsx(COLUMNS, ROWS, ["Petunjuk."]) if kind == "xlsx" else entry_csv(COLUMNS, ROWS))
    return file


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_cell_reads_back_as_it_was_written(kind: str, tmp_path: Path) -> None:
    trees = [item.tree for item in read_all([written(kind, tmp_path)]) if isinstance(item, Source)]
    assert trees == [
        {"jenis": "arsip", "id": "007", "mitra": "=1+1"},
        {"jenis": "arsip", "id": LONG, "mitra": 'a;b"c', "tanggal": "2026-10-05", "nilai": {"t1": "2"}},
    ]


@pytest.mark.parametrize("make", [lambda: entry_xlsx(COLUMNS, ROWS), lambda: entry_csv(COLUMNS, ROWS)])
def test_equal_tables_give_equal_bytes(make: object) -> None:
    assert callable(make)
    assert make() == make()


def test_drop_downs_offer_every_choice_also_more_than_fit_into_a_rule() -> None:
    book = openpyxl.load_workbook(io.BytesIO(entry_xlsx(COLUMNS, ROWS)))
    offered = {}
    for rule in book["rekaman"].data_validations.dataValidation:
        sheet, cells = rule.formula1.lstrip("=").split("!")
        offered[str(rule.sqref)] = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert offered == {"C2:C203": list(COLUMNS[2].pilihan), "E2:E203": [1, 2, 3], "F2:F203": [1, 2, 3]}


def test_codes_are_kept_as_text_and_days_get_their_format() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(entry_xlsx(COLUMNS, ROWS)))["rekaman"]
    assert (sheet["B2"].number_format, sheet["B2"].data_type) == ("@", "s")
    assert sheet.column_dimensions["D"].number_format == "yyyy-mm-dd"
