"""`ksdocs sheet KIND`: an entry workbook on the command line, from an empty one to a document."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import forms
import samples
from cli_runs import ksdocs
from ksdocs.sources import Source, read_all

HERE = ("--templates", str(samples.TEMPLATES), "--hari-ini", str(samples.TODAY))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that knows institutions, partners and code lists, and no record yet."""
    folder = tmp_path / "data"
    for name in ("institusi", "mitra", "acuan", "butir"):
        shutil.copytree(samples.DATA / name, folder / name)
    return folder


def sheet(data: Path, *told: str) -> Any:
    return ksdocs("sheet", *told, "--data", str(data), *HERE)


def words(document: Path) -> dict[str, bytes]:
    """The parts of a document but the hashes of what it was made from."""
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/custom.xml"}


def fresh(source: Source, data: Path) -> Path:
    """The file of a sample in its folder of `data`, with everything that lies there and is no record."""
    home = data / str(source.tree["jenis"])
    original = Path(source.name)
    home.mkdir(exist_ok=True)
    for folder in (one for one in original.parent.iterdir() if one.is_dir()):
        shutil.copytree(folder, home / folder.name)
    return Path(shutil.copy(original, home))


@pytest.mark.parametrize(
    "source",
    [samples.source("mou-yayasan-cahaya-2026"), forms.sources()["notulen-mou-samudra-2025-02-24"]],
    ids=lambda one: str(one.id),
)
def test_a_record_goes_through_the_sheet_into_the_same_document(data: Path, source: Source, tmp_path: Path) -> None:
    file = fresh(source, data)
    run = ksdocs("render", str(file), "-o", str(tmp_path / "a"), "--data", str(data), *HERE)
    assert run.code == 0, run.err
    book = file.with_suffix(".xlsx")
    run = sheet(data, str(source.tree["jenis"]), "--from", str(file), "-o", str(book))
    assert run.code == 0 and "1 rekaman" in run.out, run.out + run.err
    file.unlink()
    assert ksdocs("check", str(book), "--data", str(data), *HERE).code == 0
    run = ksdocs("render", str(book), "-o", str(tmp_path / "b"), "--data", str(data), *HERE)
    assert run.code == 0, run.err
    (ours,), (theirs,) = (sorted((tmp_path / name).glob("*.docx")) for name in ("a", "b"))
    assert ours.name == theirs.name and words(ours) == words(theirs)


def test_an_empty_sheet_is_checked_as_a_file_without_records(data: Path, tmp_path: Path) -> None:
    book = tmp_path / "baru" / "mou.xlsx"
    assert sheet(data, "mou", "-o", str(book)).code == 0
    run = ksdocs("check", str(book), "--data", str(data), *HERE)
    assert run.code == 1 and "KS106" in run.out + run.err


def test_what_an_officer_typed_is_judged_at_its_cells(data: Path, tmp_path: Path) -> None:
    book = tmp_path / "notulen.xlsx"
    assert sheet(data, "notulen", "-o", str(book)).code == 0
    workbook = openpyxl.load_workbook(book)
    heads = {cell.value: cell.column for cell in workbook["rekaman"][1]}
    typed = {"jenis": "notulen", "id": "rapat-1", "institusi": "polibatam", "tanggal": "kemarin"}
    for name, text in typed.items():
        workbook["rekaman"].cell(4, heads[name], text)
    workbook.save(book)
    run = ksdocs("check", str(book), "--data", str(data), *HERE)
    cell = workbook["rekaman"].cell(4, heads["tanggal"]).coordinate
    assert run.code == 1 and f"rekaman!{cell}" in run.out + run.err


def test_records_of_other_kinds_are_left_out_and_counted(data: Path, tmp_path: Path) -> None:
    run = sheet(
        data, "mitra", "--from", str(data / "mitra"), "--from", str(data / "butir"), "-o", str(tmp_path / "m.xlsx")
    )
    assert run.code == 0 and f"{len(list((data / 'butir').iterdir()))} rekaman jenis lain" in run.out
    found = [one.id for one in read_all([tmp_path / "m.xlsx"]) if isinstance(one, Source)]
    assert found == [one.id for one in read_all([data / "mitra"]) if isinstance(one, Source)]


def test_no_sheet_is_made_where_a_record_cannot_be_read_or_none_is_of_the_kind(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    broken = tmp_path / "rusak.yaml"
    broken.write_text("jenis: butir\nid: a\nid: b\n", encoding="utf-8")
    assert "KS108" in sheet(data, "butir", "--from", str(broken), "-o", str(out)).err
    run = sheet(data, "mou", "--from", str(data / "butir"), "-o", str(out))
    assert run.code == 1 and "KS862" in run.err and "butir" in run.err
    assert not out.exists()


def test_a_file_that_exists_is_never_overwritten(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    out.write_bytes(b"isi petugas")
    run = sheet(data, "butir", "-o", str(out))
    assert run.code == 1 and "KS021" in run.err
    assert out.read_bytes() == b"isi petugas"


def test_wrong_use_is_told(data: Path, tmp_path: Path) -> None:
    assert sheet(data, "butir", "-o", str(tmp_path / "x.csv")).code == 2
    assert "KS864" in sheet(data, "notule", "-o", str(tmp_path / "x.xlsx")).err
    shutil.copytree(samples.DATA / "survei", data / "survei")
    assert sheet(data, "survei-2026", "--bilingual", "-o", str(tmp_path / "x.xlsx")).code == 2
    assert sheet(data, "survei", "-o", str(tmp_path / "x.xlsx")).code == 0


def test_messages_come_in_english_too(data: Path, tmp_path: Path) -> None:
    run = sheet(data, "butir", "-o", str(tmp_path / "x.xlsx"), "--pesan", "en")
    assert run.code == 0 and "entry sheet for butir" in run.out
