"""XLSX: one sheet of records, one per list; every surprise of a spreadsheet is refused or reported by its cell."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from ksdocs.models.teks import NumericText
from ksdocs.problems import Problem, SourceError
from ksdocs.sources import Source, items, read

Fill = Callable[[Any, Any], None]


def moment_of(*numbers: int) -> dt.datetime:
    """A moment without a time zone, as spreadsheets keep it."""
    return dt.datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001


def workbook(path: Path, fill: Fill, **options: Any) -> Path:
    """Writes a workbook with a sheet `rekaman`; `fill` gets the workbook and the sheet."""
    book = xlsxwriter.Workbook(str(path), options)
    fill(book, book.add_worksheet("rekaman"))
    book.close()
    return path


def rows(sheet: Any, *table: list[Any], start: int = 0) -> None:
    for number, row in enumerate(table, start):
        sheet.write_row(number, 0, row)


def problems(path: Path) -> list[Problem]:
    return [p for item in items(path) if isinstance(item, SourceError) for p in item.problems]


def told(path: Path) -> list[tuple[str, str | None, str | None]]:
    return [(p.code, p.at.sheet, p.at.cell) for p in problems(path)]


def one(path: Path) -> Source:
    (source,) = read(path)
    return source


def rewrite(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    """The same package with its members changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new)

    return change


def test_every_kind_of_cell_becomes_text(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        time = book.add_format({"num_format": "hh:mm"})
        rows(sheet, ["id", "bulat", "pecahan", "besar", "ya", "tanggal", "saat", "pukul", "teks", "kosong", "hitung"])
        rows(sheet, ["p1", 5, 0.1, 1_500_000_000_000, True], start=1)
        sheet.write_datetime(1, 5, moment_of(2025, 3, 17), day)
        sheet.write_datetime(1, 6, moment_of(2025, 3, 17, 9, 30), moment)
        sheet.write_datetime(1, 7, dt.time(9, 30), time)
        sheet.write_string(1, 8, "=cmd()")
        sheet.write_string(1, 9, "   ")
        sheet.write_formula(1, 10, "=0.1*3", None, 0.30000000000000004)

    tree = one(workbook(tmp_path / "a.xlsx", fill)).tree
    assert tree == {
        "id": "p1",
        "bulat": "5",
        "pecahan": "0.1",
        "besar": "1500000000000",
        "ya": "true",
        "tanggal": "2025-03-17",
        "saat": "2025-03-17T09:30",
        "pukul": "09:30",
        "teks": "=cmd()",
        "hitung": "0.3",
    }


def test_a_number_is_known_to_have_been_one(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "nip", "nomor"], ["p1", 197501012005011001])
        sheet.write_string(1, 2, "0012")

    tree = one(workbook(tmp_path / "a.xlsx", fill)).tree
    assert isinstance(tree["nip"], NumericText)
    assert not isinstance(tree["nomor"], NumericText)
    assert tree["nomor"] == "0012"


def test_the_1904_epoch_gives_the_same_dates(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "tanggal"], ["p1"])
        sheet.write_datetime(1, 1, moment_of(2025, 3, 17), book.add_format({"num_format": "yyyy-mm-dd"}))

    old = workbook(tmp_path / "a.xlsx", fill, date_1904=True)
    with zipfile.ZipFile(old) as package:
        assert b"44271" in package.read("xl/worksheets/sheet1.xml")
    assert one(old).tree["tanggal"] == "2025-03-17"


def test_lists_stand_on_further_sheets_in_row_order(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "jenis", "pihak.1.id", "pihak.2.id", "tentang.en"], ["p1", "pks", "a", "b", "About"])
        rows(book.add_worksheet("pihak.hak"), ["id", "pihak", "teks"], ["p1", 2, "ketiga"], ["p1", 2, "keempat"])
        rows(book.add_worksheet("ruang_lingkup"), ["id", "teks", "bentuk"], ["p1", "satu", "magang"])
        book.add_worksheet("petunjuk").write(0, 0, "Isi lembar rekaman.")
        book.add_worksheet("Daftar").write(0, 0, "magang")
        book.add_worksheet("_catatan").write(3, 3, "abaikan")
        book.add_worksheet("Sheet7")

    source = one(workbook(tmp_path / "a.xlsx", fill))
    assert source.tree == {
        "id": "p1",
        "jenis": "pks",
        "pihak": [{"id": "a"}, {"id": "b", "hak": ["ketiga", "keempat"]}],
        "tentang": {"en": "About"},
        "ruang_lingkup": [{"teks": "satu", "bentuk": "magang"}],
    }
    at = source.locate("pihak.2.hak.2")
    assert (at.sheet, at.cell, str(at).endswith("pihak.hak!C3")) == ("pihak.hak", "C3", True)
    assert source.locate("tentang.en").cell == "E2"
    assert source.locate(["ruang_lingkup", 1, "bentuk"]).cell == "C2"


def test_places_are_right_where_the_table_does_not_start_in_a1(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("C4", ["id", "a", "b"])
        sheet.write_row("C5", ["p1", "x", ""])
        sheet.write_row("C7", ["p2", "", "y"])

    first, second = read(workbook(tmp_path / "a.xlsx", fill))
    assert [first.locate(p).cell for p in ("id", "a", "b", "lain")] == ["C5", "D5", "E5", "A5"]
    assert [second.locate(p).cell for p in ("id", "a", "b")] == ["C7", "D7", "E7"]


def test_the_first_sheet_holds_the_records_when_none_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Petunjuk"
    sheet = book.create_sheet("Data PKS")
    for row in (["id"], ["p1"]):
        sheet.append(row)
    book.save(path)
    source = one(path)
    assert source.tree == {"id": "p1"}
    assert source.locate("id").sheet == "Data PKS"


def test_trailing_blank_and_formatted_rows_are_no_records(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id"], ["p1"])
        for row in range(2, 40):
            sheet.write_blank(row, 0, None, book.add_format({"bold": True}))
        sheet.write_string(60, 0, "  ")
        sheet.write_blank(1_048_575, 5, None, book.add_format({"bold": True}))

    assert one(workbook(tmp_path / "a.xlsx", fill)).tree == {"id": "p1"}


def test_an_error_cell_is_refused_by_its_cell_and_the_other_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (["id", "a"], ["p1", "#REF!"], ["p2", "baik"], [None, "#N/A"]):
        book.active.append(row)
    book.active["B2"].data_type = book.active["B4"].data_type = "e"
    book.save(path)
    assert [i.tree for i in items(path) if isinstance(i, Source)] == [{"id": "p2", "a": "baik"}]
    assert told(path) == [("KS145", "Sheet", "B2"), ("KS145", "Sheet", "B4")]
    assert problems(path)[0].params == {"galat": "#REF!"}


def test_a_formula_that_was_never_computed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (["id", "a"], ["p1", "=1+1"]):
        book.active.append(row)
    book.save(path)
    assert told(path) == [("KS146", "Sheet", "B2")]


def test_a_formula_whose_result_is_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "a"], ["p1"])
        sheet.write_formula("B2", '=IF(A2="","x","")', None, "isi")

    path = workbook(tmp_path / "a.xlsx", fill)
    assert one(path).tree == {"id": "p1", "a": "isi"}
    assert one(rewrite(path, in_sheet(b"<v>isi</v>", b"<v></v>"))).tree == {"id": "p1"}


def test_merged_cells_are_refused_in_data_and_header(tmp_path: Path) -> None:
    def data(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "a", "b"], ["p1", "", "x"], ["p2", "", "y"], ["p3", "z", "z"])
        sheet.merge_range("B2:B3", "sama")

    def header(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "", ""], ["p1", "x", "y"])
        sheet.merge_range("B1:C1", "a")

    path = workbook(tmp_path / "a.xlsx", data)
    assert told(path) == [("KS147", "rekaman", "B2:B3")] * 2
    assert [i.tree["id"] for i in items(path) if isinstance(i, Source)] == ["p3"]
    assert told(workbook(tmp_path / "b.xlsx", header)) == [("KS147", "rekaman", "B1:C1")]


def test_hidden_rows_columns_and_sheets_are_warned_of(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "a", "b"], ["p1", "x", "y"], ["p2", "x", "y"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        side = book.add_worksheet("ruang_lingkup")
        rows(side, ["id", "teks"], ["p1", "satu"])
        side.hide()

    first, second = read(workbook(tmp_path / "a.xlsx", fill))
    assert [(w.code, w.at.sheet, w.at.cell, w.params["apa"]) for w in first.warnings] == [
        ("KS148", "rekaman", "B1", "kolom B"),
        ("KS148", "ruang_lingkup", None, "lembar ruang_lingkup"),
    ]
    assert [(w.at.cell, w.params["apa"]) for w in second.warnings] == [("A3", "baris 3")]
    assert not any(w.refuses for w in (*first.warnings, *second.warnings))
    assert second.warnings[0].record == "p2"


def test_an_unknown_sheet_with_data_is_refused(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id"], ["p1"])
        rows(book.add_worksheet("Sheet2"), ["nama", "alamat"], ["x", "y"])
        rows(book.add_worksheet("ruang lingkup"), ["id", "teks"], ["p1", "y"])

    path = workbook(tmp_path / "a.xlsx", fill)
    assert told(path) == [("KS149", "Sheet2", "A1"), ("KS149", "ruang lingkup", "A1")]


def test_values_without_a_header_and_orphan_rows_are_refused(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "", "a", "a"], ["p1", "x", "", "", "z"])

    def orphan(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", ""], ["p1", "x", "z"], ["p2"])
        rows(book.add_worksheet("butir"), ["id", "teks"], ["p9", "hilang"], ["", "tanpa id"], ["p2", "ada"])

    assert told(workbook(tmp_path / "a.xlsx", fill)) == [("KS131", "rekaman", "D1")]
    path = workbook(tmp_path / "b.xlsx", orphan)
    assert told(path) == [
        ("KS136", "butir", "A2"),
        ("KS128", "butir", "A3"),
        ("KS132", "rekaman", "B2"),
        ("KS132", "rekaman", "C2"),
    ]
    assert [i.tree for i in items(path) if isinstance(i, Source)] == [{"id": "p2", "butir": ["ada"]}]


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_gives_one_clear_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [p.code for p in problems(path)] == ["KS141"]


def test_a_truncated_workbook_gives_one_clear_problem(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    path.write_bytes(path.read_bytes()[:-400])
    assert [p.code for p in problems(path)] == ["KS141"]


def test_an_old_xls_and_an_encrypted_workbook_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    path.write_bytes(compound)
    assert [p.code for p in problems(path)] == ["KS141"]
    path.write_bytes(compound + "EncryptedPackage".encode("utf-16-le"))
    assert [p.code for p in problems(path)] == ["KS142"]


def test_macros_doctypes_and_hostile_members_are_refused(tmp_path: Path) -> None:
    def fresh() -> Path:
        return workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))

    def keep(name: str, content: bytes) -> bytes:
        return content

    def doctype(name: str, content: bytes) -> bytes:
        return content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY y "z">]>', 1)

    assert [p.code for p in problems(rewrite(fresh(), keep, {"xl/vbaProject.bin": b"x"}))] == ["KS144"]
    assert [p.code for p in problems(rewrite(fresh(), doctype))] == ["KS143"]
    for name in ("../keluar.xml", "/mutlak.xml", "C:\\x.xml", "XL/WORKBOOK.XML"):
        assert [p.code for p in problems(rewrite(fresh(), keep, {name: b"<x/>"}))] == ["KS143"], name
    many = {f"xl/{n}.xml": b"<x/>" for n in range(2001)}
    assert [p.code for p in problems(rewrite(fresh(), keep, many))] == ["KS143"]


def test_a_zip_bomb_is_refused_before_it_swells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 2**30)
    path.write_bytes(bytes(data))
    assert [p.code for p in problems(path)] == ["KS143"]


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 24, 10)
    path.write_bytes(bytes(data))
    assert [p.code for p in problems(path)] == ["KS141"]


def test_a_sheet_with_a_value_in_its_last_cell_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id"], ["p1"])
        sheet.write_string("XFD1048576", "jauh")

    assert [p.code for p in problems(workbook(tmp_path / "a.xlsx", fill))] == ["KS143"]


@pytest.mark.parametrize(
    "place", [b'r="A999999999"', b'r="XFD999999999"', b'r="ZZZ2"', b'r="AAAA2"', b'r="A&#57;99999999"', b'r="A1048577"']
)
def test_a_cell_beyond_every_sheet_is_refused_before_memory_is_taken(tmp_path: Path, place: bytes) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    assert [p.code for p in problems(rewrite(path, in_sheet(b'r="A2"', place)))] == ["KS143"]


@pytest.mark.parametrize("number", [b"1048577", b"999999999", b"&#57;99999999"])
def test_a_row_beyond_every_sheet_is_refused_before_memory_is_taken(tmp_path: Path, number: bytes) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    assert [p.code for p in problems(rewrite(path, in_sheet(b'<row r="2"', b'<row r="' + number + b'"')))] == ["KS143"]


def test_broken_xml_in_a_sheet_gives_one_clear_problem(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))
    assert [p.code for p in problems(rewrite(path, in_sheet(b"</sheetData>", b"</salah>")))] == ["KS141"]
    path = workbook(tmp_path / "b.xlsx", lambda book, sheet: rows(sheet, ["id"], ["p1"]))

    def encoding(name: str, content: bytes) -> bytes:
        return content.replace(b'encoding="UTF-8"', b'encoding="U-1F-8"')

    assert [p.code for p in problems(rewrite(path, encoding))] == ["KS141"]


def test_an_empty_workbook_says_that_it_holds_no_record(tmp_path: Path) -> None:
    assert [p.code for p in problems(workbook(tmp_path / "a.xlsx", lambda book, sheet: None))] == ["KS106"]
    header = workbook(tmp_path / "b.xlsx", lambda book, sheet: rows(sheet, ["id", "a"]))
    assert [p.code for p in problems(header)] == ["KS106"]


def test_line_breaks_in_a_cell_arrive_and_control_characters_are_refused(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["id", "a", "b"], ["p1", "satu\ndua"], ["p2", "baik", "x_BEL_y"])

    def bell(name: str, content: bytes) -> bytes:
        return content.replace(b"_BEL_", b"_x0007_")

    path = rewrite(workbook(tmp_path / "a.xlsx", fill), bell)
    (source,) = [i for i in items(path) if isinstance(i, Source)]
    assert source.tree["a"] == "satu\ndua"
    assert told(path) == [("KS110", "rekaman", "C3")]
