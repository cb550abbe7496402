"""The year's programme: targets have activities, the budget adds up, and only an approval makes it *sah*."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from ksdocs.borang.khusus.program import jumlah_anggaran, per_sumber, tanggal_sah, waktu
from ksdocs.docx.text import read
from samples import put


def changed(**paths: Any) -> dict[str, Any]:
    record = forms.tree("program")
    for path, value in paths.items():
        put(record, path.replace("__", "."), value)
    return record


def amount(text: str) -> int:
    """Rupiah of the sample, read without the program's own reader."""
    return int(text.removeprefix("Rp").removesuffix(",00").replace(".", ""))


# --- the budget ---------------------------------------------------------------------------------------------


def test_the_budget_of_the_sample_is_the_sum_of_its_activities() -> None:
    record = forms.tree("program")
    costs = [amount(one["anggaran"]) for one in record["kegiatan"] if "anggaran" in one]
    assert jumlah_anggaran(forms.values(record)) == sum(costs) == amount(record["jumlah_anggaran"])
    shown = forms.sheet(record).konteks
    assert shown["jumlah_terbilang"] == "Rp145.000.000,00 (seratus empat puluh lima juta rupiah)"
    assert [(s["sumber"], amount(s["jumlah"])) for s in shown["per_sumber"]] == [
        ("DIPA", 85_000_000),
        ("Kerja sama industri", 60_000_000),
    ]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(["DIPA", "mitra", "hibah"])), min_size=1, max_size=7))
def test_the_sums_by_source_make_the_whole(costs: list[tuple[int, str]]) -> None:
    record = changed(jumlah_anggaran=None)
    for activity, (cost, source) in zip(record["kegiatan"], costs, strict=False):
        activity |= {"anggaran": str(cost), "sumber_dana": source}
    record["kegiatan"] = record["kegiatan"][: len(costs)]
    values = forms.values(record)
    assert jumlah_anggaran(values) == sum(cost for cost, _ in costs) == sum(per_sumber(values).values())
    assert [p for p in forms.verdicts(record) if "KS376" in p] == []


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    assert forms.verdicts(changed(jumlah_anggaran="145000001")) == ["tolak KS376 jumlah_anggaran"]
    assert forms.verdicts(changed(jumlah_anggaran=None)) == []


def test_money_without_a_source_is_refused() -> None:
    assert forms.verdicts(changed(kegiatan__2__sumber_dana=None)) == ["tolak KS376 kegiatan.2.sumber_dana"]
    nothing = changed(kegiatan__2__sumber_dana=None, kegiatan__2__anggaran="0", jumlah_anggaran=None)
    assert forms.verdicts(nothing) == []


# --- targets, activities, months ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kegiatan__1__sasaran": "S9"}, ["tolak KS379 kegiatan.1.sasaran"]),
        ({"kegiatan__7__sasaran": "S3"}, ["peringatan KS379 sasaran.4.kode"]),
        ({"sasaran__4__kode": "S3"}, ["tolak KS378 sasaran.4.kode", "tolak KS379 kegiatan.7.sasaran"]),
        ({"kegiatan__1__bulan_mulai": "April"}, ["tolak KS375 kegiatan.1.bulan_selesai"]),
        ({"kegiatan__1__bulan_mulai": "3"}, []),
        ({"tanggal": "2027-01-04", "pengesahan": [{"peran": "Disahkan oleh", "pejabat": "direktur"}]},
         ["peringatan KS375 tanggal", "peringatan KS377 pengesahan"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_at_its_place(change: dict[str, Any], expected: list[str]) -> None:
    assert forms.verdicts(changed(**change)) == expected


def test_a_month_that_is_none_is_told_with_all_months() -> None:
    _, (fault,) = forms.attempt(changed(kegiatan__1__bulan_mulai="Januar"))
    assert (fault.code, fault.at.path, fault.params["mungkin"]) == ("KS160", "kegiatan.1.bulan_mulai", "Januari")


def test_a_span_of_months_reads_as_one_or_two_months() -> None:
    assert waktu({"bulan_mulai": 3}) == waktu({"bulan_mulai": 3, "bulan_selesai": 3}) == "Maret"
    assert waktu({"bulan_mulai": 1, "bulan_selesai": 12}) == "Januari s.d. Desember"


# --- the approval -------------------------------------------------------------------------------------------


def test_the_plan_is_sah_from_the_day_of_its_last_approval() -> None:
    record = forms.tree("program")
    assert tanggal_sah(forms.values(record)) == date(2025, 12, 22)
    assert forms.sheet(record).konteks["tanggal_sah"] == "22 Desember 2025"
    record["pengesahan"].append({"peran": "Disahkan oleh", "nama": "Misal Contoh", "jabatan": "Wakil Direktur"})
    assert tanggal_sah(forms.values(record)) is None
    record["pengesahan"][-1]["tanggal"] = "2026-01-05"
    assert tanggal_sah(forms.values(record)) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"pengesahan__3__tanggal": None}, ["peringatan KS377 pengesahan"]),
        ({"pengesahan__3": None}, ["peringatan KS377 pengesahan"]),
        ({"pengesahan__3__pejabat": "kajur-elektro"}, ["peringatan KS377 pengesahan.3"]),
        ({"pengesahan__3__nama": "Misal Contoh"}, ["tolak KS377 pengesahan.3"]),
        ({"pengesahan__1__jabatan": None}, ["tolak KS377 pengesahan.1"]),
        ({"pengesahan__3__tanggal": "2025-12-07"}, ["tolak KS375 pengesahan.3.tanggal"]),
        ({"pengesahan__3__tanggal": "2026-11-23"}, ["peringatan KS375 pengesahan.3.tanggal"]),
    ],
)
def test_what_keeps_a_plan_from_being_sah_is_told(change: dict[str, Any], expected: list[str]) -> None:
    assert forms.verdicts(changed(**change)) == expected


def test_an_open_plan_says_that_it_is_not_approved() -> None:
    def sentences(record: dict[str, Any]) -> list[str]:
        return [p.text for p in read(forms.filled(forms.sheet(record))) if "sah" in p.text and p.style == "Isi Tegas"]

    assert sentences(forms.tree("program")) == ["Program ini sah sejak 22 Desember 2025."]
    assert sentences(changed(pengesahan__3__tanggal=None)) == ["Program ini belum disahkan."]


def test_whoever_signs_is_known_by_id_or_named() -> None:
    rows = forms.sheet(forms.tree("program")).konteks["pengesahan"]
    assert [(r["penanda_tangan"], r["selaku"], r["nip"]) for r in rows] == [
        ("Rekanto Misalnya, S.T., M.M.", "Kepala Kelompok Kerja Humas dan Kerja Sama", ""),
        ("Ir. Misalina Contoh, M.Eng., Ph.D.", "Wakil Direktur", "NIP 198002022005019992"),
        ("Dr. Rekayana Contoh, S.T., M.T.", "Direktur", "NIP 197501012001019991"),
    ]


def test_targets_are_numbers() -> None:
    assert [one["target"] for one in forms.values(forms.tree("program"))["sasaran"]] == [4, 8, 90, Decimal("4.2")]
