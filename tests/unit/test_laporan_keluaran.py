"""The figures of a year as workbook, CSV and JSON: typed, traceable, and harmless in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ksdocs
from cli_runs import ROOT, Run, call
from ksdocs.laporan.arti import ARTI
from ksdocs.laporan.ekspor import EKSPOR, export_csv, guard, restore, to_csv
from ksdocs.laporan.evaluasi import Evaluasi
from ksdocs.laporan.lembar import explain_sheets, report_sheets, row_labels
from ksdocs.laporan.tabel import Sel, Tabel
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.sources.buku import Sheet, write_book
from tahun import HARI, OWN, evaluated, office, write_folder, write_list


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("tahun") / "data")


@pytest.fixture(scope="module")
def found(data: Path) -> Evaluasi:
    return evaluated(data)


def run(data: Path, *words: str | Path, today: str = "2026-12-10") -> Run:
    common = ["--data", str(data), "--templates", str(ROOT / "templates"), "--hari-ini", today]
    return call(["report", *common, *map(str, words)])


OURS = ("2026", "--day", "2026-11-20", "--institusi", OWN)


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(page: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


# --- workbooks ----------------------------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_for_each_table_with_typed_cells_and_frozen_heads(found: Evaluasi) -> None:
    written = book(write_book("Uji", report_sheets(found)))
    assert written.sheetnames == ["ukuran", *found.tabel]
    for table in found.tabel.values():
        page = written[table.id]
        head, *rest = rows(page)
        assert tuple(head) == table.kolom
        assert len(rest) == len(table.baris)
        assert page.freeze_panes == "B2"
        for told, cells in zip(rest, table.baris, strict=True):
            assert [_as_read(v) for v in told] == [_as_written(cell.isi) for cell in cells]


def _as_read(value: object) -> object:
    return value.date() if isinstance(value, datetime) else Decimal(str(value)) if isinstance(value, float) else value


def _as_written(value: object) -> object:
    return None if value == "" else value


def test_no_cell_of_a_workbook_is_a_formula(found: Evaluasi) -> None:
    sheets = [*report_sheets(found), *explain_sheets(found)]
    for sheet in sheets:
        for row in rows(book(write_book("Uji", [sheet]))[sheet.nama[:31]]):
            assert not [v for v in row if isinstance(v, str) and v.startswith("=") and v != "=SUM(1+1) Umpama"]
    page = book(write_book("Uji", [Sheet("a", ("x",), [[("=1+1", "")], [("+62", "")], [("0812", "")]])]))["a"]
    assert [(c.value, c.data_type, c.quotePrefix) for (c,) in page.iter_rows(min_row=2)] == [
        ("=1+1", "s", True), ("+62", "s", True), ("0812", "s", False)
    ]  # fmt: skip


def test_equal_evaluations_give_equal_bytes(data: Path, found: Evaluasi) -> None:
    assert write_book("Uji", report_sheets(found)) == write_book("Uji", report_sheets(evaluated(data)))


def test_every_figure_is_explained_by_its_rows_with_their_places(found: Evaluasi) -> None:
    written = book(write_book("Uji", explain_sheets(found)))
    assert written.sheetnames == ["definisi", "ukuran", *found.tabel]
    head, *rest = rows(written["ukuran"])
    assert head[:9] == ["Tabel", "Baris", "Kolom", "Angka", "Kunci", "Sumber", "Tempat", "Mitra", "Perihal"]
    for ident, cell in found.ukuran.items():
        mine = [row for row in rest if row[2] == ident]
        assert [row[4] for row in mine] == list(cell.asal or (None,))
        assert {_as_read(row[3]) for row in mine} == {cell.isi}
    intern = next(row for row in rest if row[2] == "peserta" and row[8] == "MAGANG")
    assert "dua.yaml:9" in str(intern[6])
    for table in found.tabel.values():
        told = {(row[1], row[2], row[4]) for row in rows(written[table.id])[1:] if row[4]}
        wanted = {
            (label, name, key)
            for label, cells in zip(row_labels(table), table.baris, strict=True)
            for name, cell in zip(table.kolom, cells, strict=True)
            for key in cell.asal
        }
        assert told == wanted


def test_every_row_of_a_table_is_told_from_the_others(found: Evaluasi) -> None:
    for table in found.tabel.values():
        assert len(set(row_labels(table))) == len(table.baris)
    assert row_labels(found.tabel["kepuasan"])[0] == "survei-2026 · Bukti fisik"
    assert row_labels(found.tabel["jenis"])[0] == "MoU"


# --- CSV ----------------------------------------------------------------------------------------------------


def parsed(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_the_csv_is_what_a_spreadsheet_in_indonesian_opens() -> None:
    table = Tabel(
        "t", "T", ("a", "b"),
        (
            (Sel('x; "y"\nz'), Sel(Decimal("1234567.50"), (), "rupiah")),
            (Sel(date(2026, 3, 1)), Sel(None)),
            (Sel(-5), Sel("")),
        ),
    )  # fmt: skip
    text = to_csv(table)
    assert text == '\ufeffa;b\r\n"x; ""y""\nz";1234567,50\r\n2026-03-01;\r\n-5;\r\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"), ("+62 778", "'+62 778"), ("-5", "'-5"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"),
        ("'=1", "''=1"), ("'a", "'a"), ("0778100002", "'0778100002"), ("197501012001011001", "'197501012001011001"),
        ("2026", "2026"), ("012/MOU.PL29", "012/MOU.PL29"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_what_would_run_or_lose_digits_gets_an_apostrophe(text: str, expected: str) -> None:
    assert guard(text) == expected


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n0123456789a＝"), max_size=16))
def test_a_guarded_text_is_harmless_and_comes_back_as_it_was(text: str) -> None:
    guarded = guard(text)
    assert restore(guarded) == text
    assert guarded[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝")


def test_exports_hold_their_table_and_no_cell_that_runs(found: Evaluasi) -> None:
    for name, ident in EKSPOR.items():
        head, *rest = parsed(export_csv(found, name))
        assert tuple(head) == found.tabel[ident].kolom
        assert len(rest) == len(found.tabel[ident].baris) > 0
        assert not [v for row in rest for v in row if v[:1] in ("=", "+", "@", "\t", "\r")]


def test_the_portal_has_a_row_for_each_partner_and_activity_and_guesses_nothing(found: Evaluasi) -> None:
    head, *rest = parsed(export_csv(found, "portal"))
    told = [dict(zip(head, row, strict=True)) for row in rest]
    three = [row for row in told if row["judul"] == "Kerja sama pks-tiga"]
    assert {row["mitra_nama"] for row in three} == {"PT Jaya Umpama", "Universitas Nusa Umpama"}
    assert {row["anggaran"] for row in three} == {"50000000,00"}
    phones = {row["mitra_nama"]: restore(row["mitra_telepon"]) for row in told}
    assert phones["PT Jaya Umpama"] == "+62 778 100001" and phones["Universitas Nusa Umpama"] == "0778100002"
    assert {row["mitra_penandatangan"] for row in told} == {""}  # the list does not tell who signed
    assert "pks-usang" not in "".join(row["judul"] for row in told)


# --- the command --------------------------------------------------------------------------------------------


def test_the_screen_tells_measures_tables_and_what_waits(data: Path) -> None:
    done = run(data, *OURS)
    assert done.code == 0
    assert "Kerja sama 2026 · polibatam · keadaan pada 20 November 2026" in done.out
    assert "Rerata kepuasan mitra                      3,20\n" in done.out
    assert "MoU berlaku yang belum ditindaklanjuti PKS atau IA: 1" in done.out


def test_files_are_written_and_never_over_what_is_there(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "baru" / "laporan 2026.xlsx"
    more = tmp_path / "asal.xlsx", tmp_path / "lkps.csv"
    words = (*OURS, "--xlsx", out, "--explain", more[0], "--export", "lkps", "-o", more[1])
    assert run(data, *words).code == 0
    assert all(file.is_file() for file in (out, *more))
    assert more[1].read_bytes().startswith(b"\xef\xbb\xbfBidang;No;")
    before = out.read_bytes()
    more[0].unlink()
    again = run(data, *words)
    assert again.code == 1 and "KS021" in again.err
    assert out.read_bytes() == before and not more[0].exists()


def test_an_export_without_a_file_goes_to_the_output(data: Path, found: Evaluasi) -> None:
    done = run(data, *OURS, "--export", "portal")
    assert done.code == 0
    assert done.out == export_csv(found, "portal")


def test_data_that_cannot_be_read_refuses_every_output(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    write_list(data / "arsip" / "lagi.csv", [{"id": "pks-rusak", "tanggal": "besok", "pihak": "polibatam; jaya"}])
    done = run(data, *OURS, "--xlsx", tmp_path / "x.xlsx")
    assert done.code == 1 and "KS819" in done.out and "lagi.csv" in done.out
    assert not (tmp_path / "x.xlsx").exists()
    answer = run(data, *OURS, "--json").json
    assert "laporan" not in answer and answer["masalah"][0]["kode"] == "KS819"


def test_json_holds_every_figure_with_its_rows(data: Path, found: Evaluasi) -> None:
    answer = run(data, *OURS, "--json").json["laporan"]
    assert answer["hari"] == "2026-11-20" and answer["institusi"] == OWN
    assert {i: m["asal"] for i, m in answer["ukuran"].items()} == {i: list(c.asal) for i, c in found.ukuran.items()}
    assert answer["ukuran"]["kegiatan_berbukti_persen"]["isi"] == 66.7
    assert answer["ukuran"]["nilai_baru"]["isi"] == 60_000_000
    assert [t["id"] for t in answer["tabel"]] == list(found.tabel)
    named = {k for t in answer["tabel"] for row in t["baris"] for cell in row for k in cell.get("asal", ())}
    assert named <= set(answer["asal"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("26",), 2), (("2026", "-o", "x.csv"), 2), (("2026", "--export", "lkps", "--json"), 2),
        (("2026", "--export", "lkp"), 2), (("2026",), 1), (("2027", "--institusi", OWN), 1),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_meant_so_is_told(data: Path, words: tuple[str, ...], code: int) -> None:
    done = run(data, *words)
    assert done.code == code and (done.err or done.out)


def test_python_has_the_same_report(data: Path, found: Evaluasi) -> None:
    told = ksdocs.report(2026, office(data), day=HARI, institution=OWN, today=date(2026, 12, 10))
    assert told == found
    with pytest.raises(ksdocs.KsdocsError) as refused:
        ksdocs.report(2026, office(data), day=HARI, today=date(2026, 12, 10))
    assert [p.code for p in refused.value.problems] == ["KS854"]


def test_a_file_that_cannot_be_written_is_told_as_json_too(data: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    done = run(data, *OURS, "--json", "--xlsx", tmp_path / "berkas" / "x.xlsx")
    assert done.code == 1
    assert done.json["masalah"][0]["kode"] == "KS702"


def test_the_page_tells_every_measure_and_table_as_the_program_does(found: Evaluasi) -> None:
    page = (ROOT / "docs" / "laporan.md").read_text(encoding="utf-8")
    told = [f"| `{one.id}` | {one.nama} | {one.arti} |" for one in UKURAN.values()]
    told += [f"| `{table.id}` | {table.judul} | {ARTI[table.id]} |" for table in found.tabel.values()]
    assert [line for line in page.splitlines() if line.startswith("| `") and "ksdocs" not in line] == told
