"""The report on an exploration: its score is computed, the verdict follows, and no MoU rests on an unfit one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from ksdocs.borang.khusus.penjajakan import nilai
from ksdocs.models.penjajakan import BERHENTI, halangan, is_direktur, summarize_penjajakan
from ksdocs.problems import Location, problem
from ksdocs.verification_borang import verify_lembar
from samples import put

FIT = "penjajakan-rs-bahari-2026"
CONDITIONAL = "penjajakan-meridian-2026"
UNFIT = "penjajakan-galangan-2026"
HISTORY = "penjajakan-samudra-otomasi-2026"
WEIGHTS = {"K1": 25, "K2": 20, "K3": 25, "K4": 15, "K5": 15}
"""The weights of the shipped example, typed once more."""


def changed(ident: str = FIT, **paths: Any) -> dict[str, Any]:
    record = forms.tree("penjajakan", ident)
    for path, value in paths.items():
        put(record, path.replace("__", "."), value)
    return record


def scored(*scores: int, **other: Any) -> dict[str, Any]:
    return changed(**{f"penilaian__{n}__skor": str(score) for n, score in enumerate(scores, 1)}, **other)


# --- the score ----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_the_score_is_the_sum_of_score_times_weight(scores: list[int]) -> None:
    expected = sum(Fraction(s * w, 100) for s, w in zip(scores, WEIGHTS.values(), strict=True))
    result = nilai(forms.values(scored(*scores)))
    assert result is not None
    assert Fraction(result.jumlah) == expected == sum(map(Fraction, result.baris))
    above = [Fraction(7, 2) <= expected, Fraction(5, 2) <= expected]
    assert result.golongan == {2: "layak", 1: "layak bersyarat", 0: "tidak layak"}[sum(above)]


@pytest.mark.parametrize(
    ("ident", "score", "verdict"),
    [(FIT, "3.85", "layak"), (CONDITIONAL, "3.35", "layak bersyarat"), (UNFIT, "1.975", "tidak layak"),
     (HISTORY, "4.30", "layak")],
)  # fmt: skip
def test_the_samples_have_the_score_that_they_print(ident: str, score: str, verdict: str) -> None:
    record = forms.tree("penjajakan", ident)
    result = nilai(forms.values(record))
    assert result is not None and (result.jumlah, result.golongan) == (Decimal(score), verdict)
    assert forms.sheet(record).konteks["nilai"] == score.replace(".", ",")


def test_a_score_on_the_threshold_has_reached_it() -> None:
    exact = scored(4, 4, 3, 3, 3)  # 1,00 + 0,80 + 0,75 + 0,45 + 0,45 = 3,45
    assert forms.verdicts(exact) == ["tolak KS373 rekomendasi"]
    assert forms.verdicts(exact | {"ambang_layak": "3,45"}) == []


def test_the_scale_is_data() -> None:
    four = {"skala_tertinggi": "4", "ambang_layak": "3", "ambang_bersyarat": "2"}
    assert forms.verdicts(scored(4, 4, 4, 3, 4) | four) == []
    assert forms.verdicts(scored(5, 4, 4, 3, 4) | four) == ["tolak KS372 penilaian.1.skor"]


# --- what is refused ----------------------------------------------------------------------------------------

OWN: list[dict[str, str]] = [
    {"kode": code, "nama": f"Kriteria {code}", "bobot": str(weight)} for code, weight in WEIGHTS.items()
]


def weighted(**weights: str) -> list[dict[str, str]]:
    return [one | {"bobot": weights.get(one["kode"], one["bobot"])} for one in OWN]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kriteria": weighted(K1="30")}, ["tolak KS370 kriteria"]),
        ({"kriteria": weighted(K1="25,5")}, ["tolak KS370 kriteria"]),
        ({"kriteria": weighted(K1="45", K2="0")}, ["tolak KS370 kriteria.2.bobot"]),
        ({"kriteria": weighted(K1="45", K2="-0,5", K3="25,5")}, ["tolak KS370 kriteria.2.bobot"]),
        ({"kriteria": [*OWN[:4], OWN[0] | {"bobot": "15"}]},
         ["tolak KS371 kriteria.5.kode", "tolak KS371 penilaian.5.kriteria"]),
        ({"penilaian__1__kriteria": "K9"}, ["tolak KS371 penilaian.1.kriteria", "tolak KS371 penilaian"]),
        ({"penilaian__1__kriteria": "K2"}, ["tolak KS371 penilaian.2.kriteria", "tolak KS371 penilaian"]),
        ({"penilaian__5": None}, ["tolak KS371 penilaian"]),
        ({"penilaian__3__skor": "0"}, ["tolak KS372 penilaian.3.skor"]),
        ({"penilaian__3__skor": "6"}, ["tolak KS372 penilaian.3.skor"]),
        ({"skala_tertinggi": "1", "ambang_layak": "1"}, ["tolak KS372 skala_tertinggi"]),
        ({"ambang_layak": "5,5"}, ["tolak KS372 ambang_layak"]),
        ({"ambang_layak": "1"}, ["tolak KS372 ambang_layak"]),
        ({"ambang_bersyarat": "3,6"}, ["tolak KS372 ambang_bersyarat"]),
        ({"rekomendasi": "layak bersyarat", "syarat": [{"uraian": "Syarat."}]}, ["peringatan KS373 rekomendasi"]),
        ({"rekomendasi": "tidak layak"}, ["peringatan KS373 rekomendasi"]),
        ({"syarat": [{"uraian": "Syarat."}]}, ["peringatan KS373 syarat"]),
        ({"tanggal": "2026-12-01", "disposisi": None, "tindak_lanjut__1__tenggat": None,
          "tindak_lanjut__2__tenggat": None}, ["peringatan KS375 tanggal"]),
        ({"pelaksanaan__2__tanggal": "2026-01-20"}, ["tolak KS375 pelaksanaan.2.tanggal"]),
        ({"persetujuan_tanggal": "2025-12-10"}, ["peringatan KS375 persetujuan_tanggal"]),
        ({"disposisi__1__tanggal": "2026-01-18"}, ["tolak KS375 disposisi.1.tanggal"]),
        ({"tindak_lanjut__1__tenggat": "2026-01-18"}, ["tolak KS375 tindak_lanjut.1.tenggat"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_at_its_place(change: dict[str, Any], expected: list[str]) -> None:
    assert forms.verdicts(changed(**change)) == expected


@pytest.mark.parametrize("verdict", ["layak", "layak bersyarat"])
def test_a_verdict_milder_than_its_score_is_refused(verdict: str) -> None:
    record = changed(UNFIT, rekomendasi=verdict)
    if verdict == "layak bersyarat":
        record["syarat"] = [{"uraian": "Syarat."}]
    assert forms.verdicts(record) == ["tolak KS373 rekomendasi"]


def test_fit_on_conditions_needs_its_conditions() -> None:
    assert forms.verdicts(changed(CONDITIONAL, syarat=None)) == ["tolak KS373 syarat"]


def test_weights_that_fail_are_told_before_the_verdict_that_follows_from_them() -> None:
    record = changed(UNFIT, rekomendasi="layak", kriteria__1__bobot="41")
    assert forms.verdicts(record) == ["tolak KS370 kriteria"]


def test_a_record_without_criteria_takes_those_of_the_form() -> None:
    assert {one["kode"]: one["bobot"] for one in forms.values(forms.tree("penjajakan", FIT))["kriteria"]} == WEIGHTS
    assert forms.jenis("penjajakan").contoh


# --- may it go on -------------------------------------------------------------------------------------------

AT = Location(path="penjajakan", file="data/mou/x.yaml", line=4)


def hindered(ident: str, disposisi: list[dict[str, str]] | None) -> list[str]:
    entry = summarize_penjajakan(changed(ident, disposisi=disposisi))
    assert entry is not None
    found = list(halangan(entry, AT))
    assert all(p.code == "KS374" and p.at == AT and p.refuses for p in found)
    return [p.params["sebab"] for p in found]


def decision(day: str, who: str, what: str) -> dict[str, str]:
    return {"tanggal": day, "dari": who, "keputusan": what, "isi": "Laksanakan."}


def test_an_unfit_partner_goes_on_only_by_a_disposition_of_the_direktur() -> None:
    assert hindered(UNFIT, []) == ["tidak ada disposisi Direktur untuk melanjutkannya"]
    assert len(hindered(UNFIT, [decision("2026-09-01", "Wakil Direktur", "dilanjutkan")])) == 1
    assert hindered(UNFIT, [decision("2026-09-01", "Direktur", "dilanjutkan dengan syarat")]) == []
    assert hindered(UNFIT, [decision("2026-09-01", "Plt. Direktur", "dilanjutkan")]) == []


def test_the_last_disposition_of_the_direktur_decides() -> None:
    stopped = decision("2026-09-01", "Direktur", BERHENTI)
    assert hindered(UNFIT, [stopped]) == ["Direktur memutuskan tidak dilanjutkan pada 1 September 2026"]
    assert hindered(UNFIT, [decision("2026-09-20", "Direktur", "dilanjutkan"), stopped]) == []
    assert hindered(FIT, [stopped, decision("2026-08-20", "Direktur", "dilanjutkan")]) != []


def test_a_fit_partner_goes_on_without_a_disposition() -> None:
    assert hindered(FIT, []) == hindered(CONDITIONAL, []) == []


@pytest.mark.parametrize(
    ("changes", "goes_on"),
    [
        ({"rekomendasi": "layak sekali"}, False),
        ({"disposisi": [decision("entah", "Direktur", "dilanjutkan")]}, False),
        ({"disposisi": [decision("2026-09-01", "Direktur", "di lanjutkan")]}, False),
        ({"disposisi": [decision("entah", "Direktur", BERHENTI), decision("2026-09-20", "Direktur", "dilanjutkan")]},
         False),
        ({"disposisi": "Direktur setuju"}, False),
        ({"disposisi": [decision("1 September 2026", "Direktur", "dilanjutkan")]}, True),
    ],
)  # fmt: skip
def test_what_cannot_be_read_lets_no_agreement_go_on(changes: dict[str, Any], goes_on: bool) -> None:
    entry = summarize_penjajakan(changed(UNFIT, **{"disposisi": None, **changes}))
    assert entry is not None
    assert (list(halangan(entry, AT)) == []) is goes_on


def test_words_of_the_hindrance_are_complete_in_both_languages() -> None:
    told = problem("KS374", AT, penjajakan="x", rekomendasi="tidak layak", sebab="y")
    assert "{" not in "".join(told.message(lang) + told.hint(lang) for lang in ("id", "en"))


@pytest.mark.parametrize(
    ("position", "is_he"),
    [("Direktur", True), ("direktur", True), ("Plh. Direktur", True), ("Direktur Politeknik Umpama", True),
     ("Wakil Direktur", False), ("Pembantu Direktur 3", False), ("Direktorat", False)],
)  # fmt: skip
def test_the_direktur_is_told_from_deputies(position: str, is_he: bool) -> None:
    assert is_direktur(position) is is_he


# --- what is printed ----------------------------------------------------------------------------------------


def test_the_partner_s_profile_comes_from_the_data() -> None:
    context = forms.sheet(forms.tree("penjajakan", FIT)).konteks
    partner = forms.register().lembaga("rs-bahari")
    assert partner is not None
    assert context["mitra_alamat"] == partner.alamat.id
    assert (context["mitra_kelas"], context["mitra_kedudukan"]) == ("Lainnya", "Batam")


def test_agreements_signed_by_the_day_of_the_report_are_listed_by_date() -> None:
    record = forms.tree("penjajakan", HISTORY)
    listed = [row["nomor"].split(" dan ")[0] for row in forms.sheet(record).konteks["riwayat"]]
    assert listed == ["012/MOU.PL29/III/2025", "041/MOA.PL29/VIII/2025", "006/IA.PL29/X/2025"]
    later = record | {"tanggal": "2026-03-09"}
    assert len(forms.sheet(later).konteks["riwayat"]) == 4  # pks-praktisi-samudra-2026 was signed that day
    assert forms.sheet(forms.tree("penjajakan", FIT)).konteks["riwayat"] == []


def test_a_score_table_that_says_something_else_is_not_proved() -> None:
    sheet = forms.sheet(forms.tree("penjajakan", FIT))
    other = forms.sheet(scored(4, 4, 4, 3, 5))
    found = verify_lembar(forms.filled(other), sheet)
    assert {"penilaian.5.nilai", "penilaian"} <= {p.at.path for p in found if p.code == "KS501"}
