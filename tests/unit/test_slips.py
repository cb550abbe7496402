"""Return slips: the rows as they were, what became of each, and notes at the cells that are wrong."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import faults
import ksdocs
import samples
from ksdocs.batch import survey

CSV = samples.DATA / "mou" / "mou-arsip.csv"
XLSX = samples.DATA / "mou" / "mou-2026.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped tables, to be changed."""
    (tmp_path / "in").mkdir()
    for file in (*CSV.parent.glob("mou-arsip*.csv"), XLSX):
        shutil.copy(file, tmp_path / "in")
    return tmp_path / "in"


def render(folder: Path, *names: str, **more: Any) -> Path:
    """The output folder of a run over tables of `folder`; they are the same bytes afterwards."""
    before = {f: f.read_bytes() for f in folder.iterdir()}
    out = folder.parent / "out"
    office = faults.office(folder.parent / f"office-{len(list(folder.parent.iterdir()))}")
    list(ksdocs.render_many(*(folder / n for n in names), out=out, office=office, today=samples.TODAY, **more))
    assert {f: f.read_bytes() for f in folder.iterdir()} == before
    return out


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8-sig")


def rows(file: Path, sheet: int = 0) -> list[list[Any]]:
    return [list(r) for r in openpyxl.load_workbook(file).worksheets[sheet].iter_rows(values_only=True)]


def notes(file: Path) -> dict[str, str]:
    """`sheet!cell` → note."""
    book = openpyxl.load_workbook(file)
    return {f"{s.title}!{c.coordinate}": c.comment.text for s in book for row in s for c in row if c.comment}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_rows_come_back_with_what_became_of_them_and_notes_at_wrong_cells(folder: Path, workers: int) -> None:
    edit(folder / CSV.name, "lokal", "lokall")
    edit(folder / "mou-arsip.ruang_lingkup.csv", ";pelatihan_dosen", ";pelatihan_dosenn")
    out = render(folder, CSV.name, workers=workers)
    found = rows(out / "mou-arsip.hasil.xlsx")
    with (folder / CSV.name).open(encoding="utf-8-sig", newline="") as stream:
        original = list(csv.reader(stream, delimiter=";"))
    assert [[c or "" for c in r[:-3]] for r in found] == original
    assert found[0][-3:] == ["Status", "Berkas", "Keterangan"]
    assert {r[-3] for r in found[1:]} <= {"Selesai", "Ditolak"} and "Ditolak" in {r[-3] for r in found[1:]}
    for row in found[1:]:
        assert (row[-2] == f"{row[1]}.docx") is (row[-3] == "Selesai")
        assert ("KS" in (row[-1] or "")) or row[-3] == "Selesai"
    at = notes(out / "mou-arsip.hasil.xlsx")
    assert any(cell.startswith("ruang_lingkup!") and "KS207" in note for cell, note in at.items())
    assert any(cell.startswith("rekaman!E") and "KS160" in note and "lokal" in note for cell, note in at.items())


def test_a_workbook_comes_back_with_all_of_its_tables(folder: Path) -> None:
    out = render(folder, XLSX.name)
    before, after = openpyxl.load_workbook(folder / XLSX.name), openpyxl.load_workbook(out / "mou-2026.hasil.xlsx")
    assert after.sheetnames == before.sheetnames
    assert [r[-3] for r in rows(out / "mou-2026.hasil.xlsx")[1:]] == ["Selesai", "Selesai"]
    for sheet in before.sheetnames[1:]:
        told = [[str(c.value or "") for c in r] for r in before[sheet].iter_rows()]
        assert [[str(c.value or "") for c in r] for r in after[sheet].iter_rows()] == told


def test_no_text_becomes_a_formula_a_link_or_a_number(folder: Path) -> None:
    words = ["=1+1", "@SUM(A1)", "https://contoh.example", "0123", "-5"]
    lines = ["jenis;id;" + ";".join(f"catatan{n}" for n in range(len(words))), "mou;uji;" + ";".join(words)]
    (folder / "aneh.csv").write_text("\n".join(lines), encoding="utf-8")
    out = render(folder, "aneh.csv")
    sheet = openpyxl.load_workbook(out / "aneh.hasil.xlsx").worksheets[0]
    cells = [sheet.cell(2, n) for n in range(3, 3 + len(words))]
    assert [(c.value, c.data_type, c.hyperlink) for c in cells] == [(w, "s", None) for w in words]


def test_numbers_of_a_workbook_stay_numbers(folder: Path) -> None:
    with xlsxwriter.Workbook(str(folder / "angka.xlsx")) as book:
        sheet = book.add_worksheet("rekaman")
        sheet.write_row(0, 0, ["jenis", "id", "jangka_waktu.lama"])
        sheet.write_row(2, 0, ["mou", "uji", 3.5])
    out = render(folder, "angka.xlsx")
    assert [r[:4] for r in rows(out / "angka.hasil.xlsx")] == [
        ["jenis", "id", "jangka_waktu.lama", "Status"],
        [None, None, None, None],
        ["mou", "uji", 3.5, "Ditolak"],
    ]


def test_tables_of_one_name_have_a_slip_each_and_a_table_of_partners_has_none(folder: Path) -> None:
    shutil.copy(XLSX, folder / "mou-arsip.xlsx")
    shutil.copy(samples.DATA / "mitra" / "mitra.csv", folder)
    out = render(folder, CSV.name, "mou-arsip.xlsx", "mitra.csv")
    assert sorted(f.name for f in out.glob("*.xlsx")) == ["mou-arsip-2.hasil.xlsx", "mou-arsip.hasil.xlsx"]


def test_a_table_whose_header_is_wrong_has_its_note_there(folder: Path) -> None:
    (folder / "salah.csv").write_text("jenis;id;id\nmou;a;b\n", encoding="utf-8")
    out = render(folder, "salah.csv", CSV.name)
    assert (out / "mou-arsip.hasil.xlsx").is_file()
    assert any("KS" in note for note in notes(out / "salah.hasil.xlsx").values())


def test_a_run_that_goes_on_gives_the_same_slip(folder: Path) -> None:
    out = render(folder, CSV.name, XLSX.name)
    first = {f.name: f.read_bytes() for f in out.glob("*.hasil.xlsx")}
    assert len(first) == 2
    render(folder, CSV.name, XLSX.name, resume=True)
    assert {f.name: f.read_bytes() for f in out.glob("*.hasil.xlsx")} == first


def test_few_and_many_rows_give_the_same_slip(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = (render(folder, XLSX.name) / "mou-2026.hasil.xlsx").read_bytes()
    monkeypatch.setattr(survey, "KEPT", 1)
    assert (render(folder, XLSX.name) / "mou-2026.hasil.xlsx").read_bytes() == first
