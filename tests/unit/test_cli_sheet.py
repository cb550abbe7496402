"""`ksdocs sheet`: the answer sheet of a survey, filled in and read back."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import samples
from cli_runs import ksdocs
from ksdocs.laporan.survei import recap
from ksdocs.office import Office, open_office
from surveys import survey

HEAD = ["jenis", "id", "survei", "responden", "mitra", "tanggal", "nilai.f1", "nilai.f2", "nilai.a1", "komentar"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a survey of seven invitations."""
    folder = tmp_path / "data"
    for name in ("survei", "jawaban_survei"):
        (folder / name).mkdir(parents=True)
    (folder / "survei" / "survei-2026.json").write_text(json.dumps(survey()), encoding="utf-8")
    for name in ("mitra", "institusi"):
        shutil.copytree(samples.DATA / name, folder / name)
    return folder


def office(data: Path) -> Office:
    return open_office(cwd=samples.ROOT, templates=samples.TEMPLATES, data=data, environ={})


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def sheet(data: Path, name: str, ident: str = "survei-2026") -> Any:
    out = data / "jawaban_survei" / name
    return ksdocs("sheet", ident, "-o", str(out), "--data", str(data), "--templates", str(samples.TEMPLATES))


def test_a_row_is_prepared_for_each_invitation(data: Path) -> None:
    assert sheet(data, "jawaban.csv").code == 0
    head, *rows = rows_of(data / "jawaban_survei" / "jawaban.csv")
    assert head == HEAD
    assert [row[1:4] for row in rows[:2]] == [
        ["survei-2026-r001", "survei-2026", "R001"],
        ["survei-2026-r002", "survei-2026", "R002"],
    ]
    assert Counter(row[4] for row in rows) == {"samudra-elektronika": 3, "karya-mesin": 2, "universitas-nusa": 2}


@pytest.mark.parametrize("name", ["jawaban.csv", "jawaban.xlsx"])
def test_an_empty_sheet_reads_back_without_a_problem_and_counts_nothing(data: Path, name: str) -> None:
    assert sheet(data, name).code == 0
    run = ksdocs("check", str(data / "jawaban_survei"), "--data", str(data), "--templates", str(samples.TEMPLATES))
    assert run.code == 0 and "KS" not in run.out + run.err
    found = recap(office(data).register, "survei-2026")
    assert found is not None
    assert (found.responden.isi, found.diundang.isi) == (0, 7)


def test_answers_typed_into_the_workbook_are_counted(data: Path) -> None:
    assert sheet(data, "jawaban.xlsx").code == 0
    file = data / "jawaban_survei" / "jawaban.xlsx"
    book = openpyxl.load_workbook(file)
    page = book["rekaman"]
    page["G2"], page["H2"], page["G3"], page["I3"] = 5, 4, 2, 3
    page["J3"] = "Jadwal sebaiknya lebih awal."
    book.save(file)
    found = recap(office(data).register, "survei-2026")
    assert found is not None
    assert found.responden.asal == ("survei-2026-r001", "survei-2026-r002")
    assert [cell.isi for cell in found.keseluruhan.sebaran] == [0, 1, 1, 1, 1]
    assert [one.teks for one in found.komentar] == ["Jadwal sebaiknya lebih awal."]


def test_a_later_sheet_asks_only_those_who_did_not_answer_and_takes_no_code_twice(data: Path) -> None:
    answered = "jawaban_survei;survei-2026-r001;survei-2026;R001;karya-mesin;;5;4;3;\r\n"
    first = data / "jawaban_survei" / "pertama.csv"
    first.write_text(";".join(HEAD) + "\r\n" + answered, encoding="utf-8")
    assert sheet(data, "kedua.csv").code == 0
    rows = rows_of(data / "jawaban_survei" / "kedua.csv")[1:]
    assert Counter(row[4] for row in rows) == {"samudra-elektronika": 3, "karya-mesin": 1, "universitas-nusa": 2}
    assert [row[3] for row in rows] == [f"R{n:03}" for n in range(2, 8)]


def test_a_file_that_exists_is_never_overwritten(data: Path) -> None:
    assert sheet(data, "jawaban.csv").code == 0
    before = (data / "jawaban_survei" / "jawaban.csv").read_bytes()
    run = sheet(data, "jawaban.csv")
    assert run.code == 1 and "KS021" in run.err
    assert (data / "jawaban_survei" / "jawaban.csv").read_bytes() == before


def test_an_unknown_survey_is_told_with_the_one_that_was_meant(data: Path) -> None:
    run = sheet(data, "jawaban.csv", "survei-2062")
    assert run.code == 1 and "KS837" in run.err and "survei-2026" in run.err
    assert not (data / "jawaban_survei" / "jawaban.csv").exists()


def test_no_sheet_is_made_of_a_survey_that_cannot_be_counted(data: Path) -> None:
    wrong = survey()
    wrong["butir"][0]["kode"] = "1"
    (data / "survei" / "survei-2026.json").write_text(json.dumps(wrong), encoding="utf-8")
    run = sheet(data, "jawaban.csv")
    assert run.code == 1 and "KS831" in run.err


def test_no_sheet_is_made_while_an_answer_cannot_be_read(data: Path) -> None:
    broken = ";".join(HEAD) + "\r\njawaban_survei;j1;survei-2026;R001;karya-mesin;kemarin;5;;;\r\n"
    (data / "jawaban_survei" / "a.csv").write_text(broken, encoding="utf-8")
    assert sheet(data, "b.csv").code == 1
    assert not (data / "jawaban_survei" / "b.csv").exists()


def test_a_name_that_is_neither_a_workbook_nor_csv_is_a_usage_error(data: Path) -> None:
    assert sheet(data, "jawaban.txt").code == 2
