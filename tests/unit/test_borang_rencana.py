"""Next year's programme is drafted from the evaluation; what nobody can know yet is marked, and never printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli_runs
import forms
import kantor
import samples
from ksdocs.borang.rencana import _scalar, draft_program
from ksdocs.models.borang import plain_values
from ksdocs.models.fault import read_model
from ksdocs.office import Office
from ksdocs.problems import AssemblyError, Problem
from ksdocs.sources import Source, from_bytes

TODAY = date(2027, 1, 4)


def draft(office: Office, year: int = 2027) -> dict[str, Any]:
    """The plain values of the draft, as its model reads them."""
    (source,) = from_bytes(draft_program(office.register, year, TODAY).teks.encode(), "program.yaml")
    assert isinstance(source, Source)
    record, faults = read_model(office.form_model("program"), source)
    assert record is not None, [f.message() for f in faults]
    return plain_values(record)


def judged(office: Office) -> list[Problem]:
    (source,) = from_bytes(draft_program(office.register, 2027, TODAY).teks.encode(), "program.yaml")
    assert isinstance(source, Source)
    return forms.judged(source.tree, office.register, TODAY)


def unreached(home: Path, **evaluation: Any) -> Office:
    """One PKS was aimed at eight; the evaluation goes on with the measure under another code."""
    going = {
        "kode": "T1",
        "uraian": "PKS",
        "indikator": "PKS baru",
        "target": "9,5",
        "satuan": "naskah",
        "ukuran": "pks_baru",
    }
    report = kantor.evaluasi(**{"target": [going], **evaluation})
    return kantor.office(home, program=[kantor.program()], arsip=[kantor.naskah("pks-a")], evaluasi=[report])


def test_targets_of_the_evaluation_become_those_of_the_programme_with_their_measures() -> None:
    made = draft(samples.office())
    wanted = forms.record("evaluasi-2026")["target"]
    assert [(one["kode"], one.get("ukuran")) for one in made["sasaran"]] == [
        (t["kode"], t.get("ukuran")) for t in wanted
    ]
    assert (made["id"], made["tahun"]) == ("program-2027", 2027)
    assert made["dasar"][0]["uraian"] == "Laporan evaluasi tahunan kerja sama tahun 2026, 20 November 2026"


def test_numbers_keep_their_decimals_and_persons_lose_their_dates(tmp_path: Path) -> None:
    made = draft(unreached(tmp_path))
    assert str(made["sasaran"][0]["target"]) == "9.5"
    assert made["pengesahan"] == [{"peran": "Disahkan oleh", "pejabat": "direktur"}]


def test_activities_of_a_target_that_was_not_reached_go_on_under_its_new_code(tmp_path: Path) -> None:
    made = draft(unreached(tmp_path))
    before = [one["uraian"] for one in forms.record("program-2026")["kegiatan"] if one["sasaran"] == "S2"]
    assert [one["uraian"] for one in made["kegiatan"] if one["sasaran"] == "T1"] == before


def test_follow_ups_become_activities_in_the_month_in_which_they_are_due(tmp_path: Path) -> None:
    late = {"uraian": "a", "tindak_lanjut": "Klinik PKS", "pic": "Wakil Direktur", "tenggat": "2027-03-31"}
    soon = late | {"tindak_lanjut": "Sudah lewat", "tenggat": "2026-12-31"}
    made = draft(unreached(tmp_path, kendala=[late, soon]))
    assert [(one["uraian"], one["bulan_mulai"]) for one in made["kegiatan"] if "«" in one["luaran"]] == [
        ("Klinik PKS", 3)
    ]


def test_what_is_not_over_yet_goes_on(tmp_path: Path) -> None:
    rows = [
        kantor.kegiatan("pks-a", judul=f"Kegiatan {state}", keadaan=state, selesai=None, manfaat=None)
        for state in ("berjalan", "rencana", "batal")
    ]
    office = kantor.office(
        tmp_path, arsip=[kantor.naskah("pks-a")], evaluasi=[kantor.evaluasi()], monitoring=[kantor.monitoring(*rows)]
    )
    assert [one["uraian"] for one in draft(office)["kegiatan"]] == [
        "Melanjutkan Kegiatan berjalan",
        "Melaksanakan Kegiatan rencana",
    ]


def test_every_mark_is_told_and_nothing_else_refuses_the_draft(tmp_path: Path) -> None:
    office = kantor.office(tmp_path, evaluasi=[kantor.evaluasi()])
    refused = [(p.code, p.at.path) for p in judged(office) if p.refuses]
    gaps = ("tujuan", "kegiatan.1.sasaran", "kegiatan.1.uraian", "kegiatan.1.luaran", "kegiatan.1.pic")
    assert refused == [("KS849", path) for path in gaps]
    assert draft_program(office.register, 2027, TODAY).celah == len(gaps)


@pytest.mark.parametrize(
    ("records", "more"), [([], False), ([kantor.evaluasi()] * 2, False), ([kantor.evaluasi(target=[])], True)]
)
def test_without_one_readable_evaluation_there_is_no_plan(
    tmp_path: Path, records: list[dict[str, Any]], more: bool
) -> None:
    office = kantor.office(tmp_path, evaluasi=records)
    with pytest.raises(AssemblyError) as caught:
        draft_program(office.register, 2027, TODAY)
    first, *others = caught.value.problems
    assert (first.code, bool(others)) == ("KS845", more)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], max_codepoint=0x2000), min_size=1).filter(str.strip))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    (source,) = from_bytes(f"jenis: program\nid: a\ntujuan: {_scalar(text)}\n".encode(), "a.yaml")
    assert isinstance(source, Source)
    assert source.tree["tujuan"] == text


# --- the command --------------------------------------------------------------------------------------------


def run(*words: str) -> cli_runs.Run:
    return cli_runs.call([*words, "--hari-ini", cli_runs.TODAY])


def test_a_plan_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "baru" / "program-2027.yaml"
    first = run("plan", "2027", "-o", str(file))
    assert first.code == 0, first.err
    text = file.read_bytes()
    assert text.decode() == run("plan", "2027").out
    assert "KS021" in (second := run("plan", "2027", "-o", str(file))).err + second.out
    assert second.code == 1
    assert file.read_bytes() == text


def test_a_year_without_an_evaluation_before_it_and_what_is_no_year_are_told() -> None:
    none = run("plan", "2031")
    assert none.code == 1
    assert "KS845" in none.out + none.err
    assert run("plan", "27").code == 2


# --- measures, and marks of a draft, in any programme -------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("sasaran.1.ukuran", None, []),
        ("sasaran.1.ukuran", "mou_bru", [("tolak", "KS842", "sasaran.1.ukuran")]),
        ("tujuan", "Mengembangkan «apa»", [("tolak", "KS849", "tujuan")]),
        ("kegiatan.1.sasaran", "«kode sasaran»", [("tolak", "KS849", "kegiatan.1.sasaran")]),
    ],
)
def test_a_programme_names_measures_that_are_computed_and_holds_no_mark(
    path: str, value: str | None, expected: list[tuple[str, str, str]]
) -> None:
    record = forms.record("program-2026")
    samples.put(record, path, value)
    assert forms.told(record) == expected
