"""Surveys and their answers: told at the cell of the row that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import samples
from ksdocs.batch.one import check_reference
from ksdocs.laporan.sumber import unreadable
from ksdocs.models import JawabanSurvei
from ksdocs.office import Office, open_office
from ksdocs.rules.survei import check_jawaban, check_survei
from ksdocs.sources import Source, read_all
from surveys import answer, register, survey


def told_of_survey(**changes: Any) -> list[tuple[str, str]]:
    from ksdocs.models.borang import plain_values

    known = register(survey(**changes))
    values = plain_values(known.rekaman("survei").rekaman[0].isi)
    return [(p.code, p.at.path) for p in check_survei(values, known)]


def told_of_answers(*rows: dict[str, Any], **changes: Any) -> list[tuple[str, str, str, str]]:
    """(weight, code, path, what its sentence names) of each row's problems."""
    known = register(survey(**changes), rows)
    return [
        (p.severity.value, p.code, p.at.path, p.params.get("sebab", p.params.get("mungkin", "")))
        for record in known.rekaman("jawaban_survei").rekaman
        for p in check_jawaban(record.isi, known)  # type: ignore[arg-type]
    ]


def items(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"kode": code, "dimensi": dimension, "pernyataan": "Baik."} for code, dimension in pairs]


def test_a_survey_that_can_be_counted_tells_nothing() -> None:
    assert told_of_survey() == []


@pytest.mark.parametrize("points", [6, 7])
def test_a_scale_has_four_or_five_points(points: int) -> None:
    scale = [{"sebutan": f"Titik {n}"} for n in range(points)]
    assert told_of_survey(skala=scale) == [("KS830", "skala")]
    assert told_of_survey(skala=scale[:4]) == []


def test_two_points_of_a_scale_never_have_the_same_word() -> None:
    scale = [{"sebutan": word} for word in ("Kurang", "Cukup", "Baik", "baik")]
    assert told_of_survey(skala=scale) == [("KS830", "skala.4.sebutan")]


def test_codes_of_items_are_their_own_and_can_end_the_name_of_a_column() -> None:
    wrong = items(("f1", "fisik"), ("f1", "fisik"), ("3", "andal"), ("a.2", "andal"), ("A3", "andal"), ("a-4", "andal"))
    assert told_of_survey(butir=wrong) == [("KS831", f"butir.{n}.kode") for n in (2, 3, 4, 5)]


def test_every_item_has_a_dimension_and_every_dimension_an_item() -> None:
    assert told_of_survey(butir=items(("f1", "fisik"), ("a1", "andall"))) == [
        ("KS832", "dimensi.2.kode"),
        ("KS832", "butir.2.dimensi"),
    ]


def test_a_partner_is_invited_once_and_is_known() -> None:
    lines = [
        {"mitra": "karya-mesin", "jumlah": "2"},
        {"mitra": "karya-mesin", "jumlah": "1"},
        {"mitra": "karya-masin", "jumlah": "1"},
        {"mitra": "smk-rekaraya", "jumlah": "0"},
    ]
    assert told_of_survey(undangan=lines) == [
        ("KS833", "undangan.2.mitra"),
        ("KS202", "undangan.3.mitra"),
        ("KS833", "undangan.4.jumlah"),
    ]


def test_answers_within_the_survey_tell_nothing() -> None:
    assert told_of_answers(answer(1, {"f1": 1, "a1": 5}), answer(2, {"f2": 3}, tanggal=None)) == []


@pytest.mark.parametrize(("value", "wrong"), [(0, True), (1, False), (5, False), (6, True)])
def test_a_value_stands_on_the_scale(value: int, wrong: bool) -> None:
    assert told_of_answers(answer(1, {"f1": value})) == ([("tolak", "KS834", "nilai.f1", "")] if wrong else [])


def test_an_item_that_the_survey_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    assert told_of_answers(answer(1, {"f11": 4})) == [("tolak", "KS835", "nilai.f11", "f1")]


def test_two_rows_of_one_respondent_are_told_at_both() -> None:
    found = told_of_answers(answer(1, {"f1": 4}), answer(2, {"f1": 4}, responden="r001"), answer(3, {"f1": 4}))
    assert found == [("tolak", "KS836", "responden", "")] * 2


def test_a_row_outside_the_data_whose_respondent_has_answered_there_is_told() -> None:
    known = register(survey(), [answer(1, {"f1": 4})])
    later = register(survey(), [answer(2, {"f1": 4}, responden="R001")]).rekaman("jawaban_survei").rekaman[0].isi
    assert isinstance(later, JawabanSurvei)
    assert [(p.code, p.at.path) for p in check_jawaban(later, known)] == [("KS836", "responden")]


def test_one_respondent_may_answer_two_surveys() -> None:
    other = answer(2, {"f1": 4}, responden="R001", survei="survei-2025")
    assert [code for _, code, _, _ in told_of_answers(answer(1, {"f1": 4}), other)] == ["KS837"]


def test_two_answers_never_have_one_id() -> None:
    found = told_of_answers(answer(1, {"f1": 4}), answer(2, {"f1": 4}, id="jawaban-001"))
    assert found == [("tolak", "KS836", "id", "")] * 2


def test_answers_to_a_survey_that_is_not_there_are_told_with_the_one_that_was_meant() -> None:
    assert told_of_answers(answer(1, {"f1": 4}, survei="survei-206")) == [("tolak", "KS837", "survei", "survei-2026")]


def test_who_was_not_invited_and_who_answered_at_another_time_is_warned_of() -> None:
    found = told_of_answers(answer(1, {"f1": 4}, "smk-rekaraya", tanggal="2026-11-01"))
    assert found == [
        ("peringatan", "KS838", "mitra", "`smk-rekaraya` tidak ada dalam daftar undangan"),
        ("peringatan", "KS838", "tanggal", "tanggal 1 November 2026 di luar masa pengisian, 5 Oktober 2026 sampai "
         "30 Oktober 2026"),
    ]  # fmt: skip


def test_the_first_and_the_last_day_of_a_survey_are_its_own() -> None:
    days = ("2026-10-05", "2026-10-30")
    assert told_of_answers(*(answer(n, {"f1": 4}, tanggal=day) for n, day in enumerate(days, 1))) == []


def test_answers_beyond_the_invitations_are_warned_of_at_the_rows_that_are_too_many() -> None:
    rows = [answer(n, {"f1": 4}, "karya-mesin") for n in range(1, 5)]
    found = told_of_answers(*rows)
    assert found == [("peringatan", "KS838", "mitra", "jawaban dari `karya-mesin` ada 4, undangannya 2")] * 2


def test_a_row_that_nobody_answered_yet_is_no_answer() -> None:
    rows = [answer(n, {}, "karya-mesin", tanggal=None) for n in range(1, 5)]
    assert told_of_answers(*rows) == []


ROWS = (
    "jenis,id,survei,responden,mitra,tanggal,nilai.f1,nilai.f2,nilai.x1,komentar\n"
    "jawaban_survei,jawaban-1,survei-2026,R1,karya-mesin,2026-10-06,5,4,,\n"
    "jawaban_survei,jawaban-2,survei-2026,R1,karya-mesin,2026-10-06,9,,3,\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose second row of answers has three faults."""
    import json

    for folder in ("survei", "jawaban_survei", "mitra", "institusi"):
        (tmp_path / folder).mkdir()
    (tmp_path / "survei" / "survei-2026.json").write_text(json.dumps(survey()), encoding="utf-8")
    (tmp_path / "jawaban_survei" / "jawaban.csv").write_text(ROWS, encoding="utf-8")
    for name in ("mitra/karya-mesin.yaml", "mitra/samudra-elektronika.yaml", "mitra/universitas-nusa.yaml"):
        (tmp_path / name).write_text((samples.DATA / name).read_text(encoding="utf-8"), encoding="utf-8")
    return open_office(cwd=samples.ROOT, templates=samples.TEMPLATES, data=tmp_path, environ={})


WRONG = [("KS834", 3, 64), ("KS835", 3, 67), ("KS836", 3, 38)]
"""Code, line and column of each fault of the second row."""


def test_the_check_of_a_row_tells_each_fault_at_its_cell(office: Office) -> None:
    found = []
    for source in read_all([office.workspace.data_folder().folder / "jawaban_survei"]):
        assert isinstance(source, Source), source
        found += [
            (p.code, p.at.line, p.at.column) for p in check_reference(source, office, date(2026, 11, 20)).problems
        ]
    assert found == [("KS836", 2, 38), *WRONG]


def test_no_report_is_computed_from_answers_that_are_refused(office: Office) -> None:
    found = unreadable(office.register, ["survei", "jawaban_survei"], date(2026, 11, 20))
    told = [(p.code, p.at.line, p.at.column) for p in found if p.code.startswith("KS83")]
    assert told == [("KS836", 2, 38), *WRONG]
    assert found[0].code == "KS819"


@pytest.mark.parametrize(("allowed", "told"), [("ya", []), ("tidak", ["KS157"])])
def test_days_of_answers_are_read_as_the_profile_of_the_surveys_institution_allows(
    tmp_path: Path, allowed: str, told: list[str]
) -> None:
    from tahun import write_folder

    data = write_folder(tmp_path / "data")
    own = data / "institusi" / "polibatam.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("tanggal_dmy: ya", f"tanggal_dmy: {allowed}"), "utf-8")
    (survey_id,) = {r.isi.id for r in open_office(cwd=tmp_path, environ={}).records("survei").rekaman}  # type: ignore[attr-defined]
    file = data / "jawaban_survei" / "lain.csv"
    file.write_text(
        f"jenis;id;survei;responden;mitra;tanggal\njawaban_survei;j-1;{survey_id};R9;jaya;05/10/2026\n", "utf-8"
    )
    office = open_office(cwd=tmp_path, environ={})
    (source,) = read_all([file])
    assert isinstance(source, Source)
    assert [p.code for p in check_reference(source, office, date(2026, 11, 20)).problems if p.refuses] == told
    assert [p.code for p in office.records("jawaban_survei").masalah] == told
