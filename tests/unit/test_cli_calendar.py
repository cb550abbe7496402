"""`ksdocs calendar` writes the file that was asked for, or nothing as long as an agreement cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import samples
from cli_runs import ROOT, ksdocs


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_file_is_written_and_an_old_one_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "akhir.ics"
    for months, ends in (("12", 22), ("3", 7)):
        run = ksdocs("calendar", "--months", months, "-o", file)
        assert (run.code, run.err) == (0, "")
        assert "akhir.ics" in run.out
        assert file.read_bytes().count(b"SUMMARY:Berakhir") == ends
    assert [f.name for f in file.parent.iterdir()] == ["akhir.ics"]


def test_a_name_that_not_every_system_takes_is_changed_and_the_new_one_is_told(tmp_path: Path) -> None:
    run = ksdocs("calendar", "-o", tmp_path / "Akhir masa: naskah.ics")
    (made,) = tmp_path.iterdir()
    assert made.suffix == ".ics"
    assert made.name in run.out


def test_nothing_is_written_while_an_agreement_cannot_be_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(samples.DATA, data)
    (data / "mou" / "rusak.yaml").write_text("jenis: mou\nid: [", encoding="utf-8")
    run = ksdocs("calendar", "--data", data, "-o", tmp_path / "akhir.ics")
    assert run.code == 1
    assert "KS819" in run.out
    assert "rusak.yaml" in run.out
    assert not (tmp_path / "akhir.ics").exists()
    answer = ksdocs("calendar", "--data", data, "--json").json
    assert answer["hasil"] == []
    assert answer["masalah"][0]["kode"] == "KS819"


def test_data_without_agreements_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    run = ksdocs("calendar", "--data", tmp_path / "data", "-o", tmp_path / "akhir.ics")
    assert (run.code, run.out.splitlines()[0]) == (0, "Tidak ada naskah berlaku yang berakhir.")
    assert b"BEGIN:VEVENT" not in (tmp_path / "akhir.ics").read_bytes()
