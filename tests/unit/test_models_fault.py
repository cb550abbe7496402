"""Faults of fields: at the place that was meant, in words, with a near name."""

from __future__ import annotations

from typing import Any

import pytest

from builders import GONE, JAYA, a_mou, a_pks, spoiled
from ksdocs.models import MODELS, NASKAH
from ksdocs.models.fault import read_model
from ksdocs.models.lembaga import Mitra
from ksdocs.models.teks import NumericText
from ksdocs.problems import Problem
from ksdocs.sources import Source, from_tree

OFFICIAL = {"id": "wakil", "nama": "Wakil Baru", "jabatan": "Wakil Direktur"}


def faults(record: dict[str, Any], *, dmy: bool = False) -> list[Problem]:
    model = NASKAH.get(record.get("jenis", ""), Mitra)
    # A Source as it is, since `from_tree` refuses some characters before any model sees them.
    return read_model(model, Source(record, "<dict>"), tanggal_dmy=dmy)[1]


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"tentang": GONE}, "KS151", "tentang"),
    ({"ruang_lingkup.2.teks": GONE}, "KS151", "ruang_lingkup.2.teks"),
    ({"tentangg": "x"}, "KS152", "tentangg"),
    ({"tentang": {"id": "x", "eng": "y"}}, "KS152", "tentang.eng"),
    ({"ruang_lingkup.1.Bentuk": "x"}, "KS152", "ruang_lingkup.1.Bentuk"),
    ({"pihak.1.kontak": {"id": "a", "jabatan": "b", "[x]": "c"}}, "KS152", "pihak.1.kontak.[x]"),
    ({"premis": ["a\u202eb"]}, "KS154", "premis.1"),
    ({"pihak.1.nomor": "1\u200b2"}, "KS154", "pihak.1.nomor"),
    ({"pihak.1.nomor": "1/A\n2/B"}, "KS156", "pihak.1.nomor"),
    ({"penandatanganan.tanggal": "2025-02-30"}, "KS157", "penandatanganan.tanggal"),
    ({"penandatanganan.tanggal": "Selasa, 17 Maret 2025"}, "KS157", "penandatanganan.tanggal"),
    ({"pembiayaan.nilai": "1.5"}, "KS158", "pembiayaan.nilai"),
    ({"pembiayaan.nilai": "-5"}, "KS158", "pembiayaan.nilai"),
    ({"jangka_waktu.lama": "0 tahun"}, "KS163", "jangka_waktu.lama"),
    ({"jangka_waktu.lama": "lima tahun"}, "KS159", "jangka_waktu.lama"),
    ({"tahap": "siap"}, "KS160", "tahap"),
    ({"forum": ["musyawara"]}, "KS160", "forum.1"),
    ({"id": "MoU Jaya"}, "KS161", "id"),
    ({"pihak.1.penanda_tangan": "Direktur Kita"}, "KS161", "pihak.1.penanda_tangan"),
    ({"varian": {"Premis": "x"}}, "KS161", "varian.Premis"),
    ({"varian": {"premis": "X y"}}, "KS161", "varian.premis"),
    ({"penandatanganan.rangkap": "dua"}, "KS163", "penandatanganan.rangkap"),
    ({"penandatanganan.rangkap": "1"}, "KS163", "penandatanganan.rangkap"),
    ({"pihak": [{"id": "poltek"}]}, "KS164", "pihak"),
    ({"forum": []}, "KS164", "forum"),
    ({"jangka_waktu.perpanjangan": {"dapat": "mungkin"}}, "KS167", "jangka_waktu.perpanjangan.dapat"),
    ({"pihak.1.kontak": {"id": "a", "jabatan": "b", "surel": "bukan surel"}}, "KS168", "pihak.1.kontak.surel"),
    ({"relevansi": {"a": "b"}}, "KS169", "relevansi"),
    ({"pihak.1.nomor": ["1", "2"]}, "KS169", "pihak.1.nomor"),
    ({"premis": "PIHAK KESATU"}, "KS170", "premis"),
    ({"pembiayaan": "masing_masing"}, "KS171", "pembiayaan"),
    ({"tentang": ["x"]}, "KS171", "tentang"),
    ({"pihak.1.penanda_tangan": {"id": "a", "jabatan": "b"}}, "KS151", "pihak.1.penanda_tangan.nama"),
    ({"pihak.1.penanda_tangan": {**OFFICIAL, "nipp": "1"}}, "KS152", "pihak.1.penanda_tangan.nipp"),
    ({"pihak.1.penanda_tangan": {**OFFICIAL, "kewenangan": [{"jenis": "sk"}]}}, "KS160",
     "pihak.1.penanda_tangan.kewenangan.1.jenis"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "path"), CASES, ids=[f"{c[1]}-{c[2]}-{n}" for n, c in enumerate(CASES)])
def test_a_fault_of_a_field_is_told_at_its_place(changes: dict[str, Any], code: str, path: str) -> None:
    told = faults(a_mou(changes))
    assert (told[0].code, told[0].at.path) == (code, path)
    for language in ("id", "en"):
        assert path in told[0].message(language)
        assert "{" not in told[0].message(language) + told[0].hint(language)


def test_a_signatory_given_in_full_is_told_by_its_own_fields_only() -> None:
    told = faults(a_mou({"pihak.1.penanda_tangan": {"nip": "1"}}))
    assert [(p.code, p.at.path) for p in told] == [
        ("KS151", "pihak.1.penanda_tangan.id"),
        ("KS151", "pihak.1.penanda_tangan.nama"),
        ("KS151", "pihak.1.penanda_tangan.jabatan"),
    ]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("tentan", "tentang"),
        ("penandatanganan.tangal", "tanggal"),
        ("jangka_waktu.perpanjangan.palinglambat", "paling_lambat"),
        ("pihak.1.penanda_tangan.Nama", "nama"),
        ("pembiayaan.rekening.atasnama", "atas_nama"),
        ("rangkap", "penandatanganan.rangkap"),
    ],
)
def test_an_unknown_field_is_told_with_the_one_that_was_meant(path: str, near: str) -> None:
    record = a_mou({"pihak.1.penanda_tangan": OFFICIAL, "jangka_waktu.perpanjangan": {}, path: "x"})
    told = next(p for p in faults(record) if p.code == "KS152")
    assert f"Maksud Anda `{near}`?" in told.hint("id")
    assert f"Did you mean `{near}`?" in told.hint("en")


def test_nothing_is_guessed_where_no_name_is_near() -> None:
    (told,) = faults(a_mou({"zzz": "x"}))
    assert "Maksud Anda" not in told.hint("id")


def test_a_list_is_not_called_too_short_for_items_that_are_faulty() -> None:
    assert [p.at.path for p in faults(a_mou({"pihak.1.idd": "x"}))] == ["pihak.1.idd"]


@pytest.mark.parametrize(
    ("basis", "code"),
    [
        ({"mou": "mou-x", "alasan": "y"}, "KS165"),
        ({}, "KS165"),
        ({"mou": "mou-x", "nomor": "1", "tanggal": "2025-01-01"}, "KS165"),
        ({"nomor": "1"}, "KS166"),
        ({"tentang": "x"}, "KS166"),
    ],
)
def test_a_pks_names_exactly_one_basis(basis: dict[str, Any], code: str) -> None:
    assert [(p.code, p.at.path) for p in faults(a_pks({"dasar": basis}))] == [(code, "dasar")]


def test_an_identifier_kept_as_a_number_is_refused() -> None:
    tree = spoiled(JAYA, {})
    tree["pejabat"][0]["nip"] = NumericText("1.9750101E+17")
    _, told = read_model(Mitra, Source(tree, "x.xlsx"))
    assert [(p.code, p.at.path, p.record) for p in told] == [("KS162", "pejabat.1.nip", "jaya")]


def test_days_in_figures_are_read_only_where_that_order_is_declared() -> None:
    record = a_mou({"penandatanganan.tanggal": "17/03/2025"})
    assert [p.code for p in faults(record)] == ["KS157"]
    assert faults(record, dmy=True) == []


def test_all_faults_are_told_at_once() -> None:
    told = faults(a_mou({"tahap": "x", "tentang": GONE, "pihak.2.nomor": "a\tb", "zz": "1"}))
    assert [p.code for p in told] == ["KS160", "KS151", "KS156", "KS152"]


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_an_empty_record_is_told_by_its_missing_fields(kind: str) -> None:
    value, told = read_model(MODELS[kind], from_tree({}))
    assert value is None
    assert {p.code for p in told} == {"KS151"}
