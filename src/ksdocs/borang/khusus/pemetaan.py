"""The mapping of needs: no need twice, and how many there are by unit, priority and kind of cooperation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from ksdocs.bahasa import ribuan
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.penjajakan import day_problem
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.nama import Nama, daftar, nama
from ksdocs.problems import Location, Problem, Severity, problem
from ksdocs.register import Register

PRIORITAS: Final = ("tinggi", "sedang", "rendah")


def _check(values: Nilai, _register: Register, today: date) -> Iterable[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    for n, one in enumerate(values["kebutuhan"], 1):
        key = (_same(one["unit"]), one["bentuk"], _same(one["uraian"]))
        if key in seen:
            reason = f"sama dengan baris {seen[key]} (unit, bentuk, dan uraiannya)"
            yield problem("KS378", Location(path=f"kebutuhan.{n}"), nilai=one["uraian"], sebab=reason)
        seen.setdefault(key, n)
    day: date = values["tanggal"]
    if day.year > values["tahun"]:
        yield day_problem("tanggal", day, f"sesudah tahun {values['tahun']} yang dipetakan", Severity.PERINGATAN)
    elif day > today:
        yield day_problem("tanggal", day, "sesudah hari ini", Severity.PERINGATAN)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def rekap(values: Nilai, field: str) -> dict[str, Counter[str]]:
    """Value of `field` (`unit`, `bentuk`) → how many needs of each priority; in the order of the record."""
    found: dict[str, Counter[str]] = {}
    for one in values["kebutuhan"]:
        found.setdefault(one[field], Counter())[one["prioritas"]] += 1
    return found


def _more(values: Nilai, register: Register) -> Tambahan:
    kinds = register.bentuk()
    units = _rows(rekap(values, "unit"))
    activities = _rows({kinds[k].nama if k in kinds else k: n for k, n in rekap(values, "bentuk").items()})
    total = Counter(one["prioritas"] for one in values["kebutuhan"])
    institution = register.lembaga(values["institusi"])
    city = institution.kedudukan.id if institution else ""
    context = {
        "rekap_unit": units,
        "rekap_bentuk": activities,
        "jumlah": {**{name: ribuan(total[name]) for name in PRIORITAS}, "semua": ribuan(total.total())},
        "kota": city,
    }
    written = [_listed("rekap_unit", units), _listed("rekap_bentuk", activities)]
    return Tambahan(context, (*written, *([Tulisan("institusi", (city,))] if city else ())))


def _rows(counted: Mapping[str, Counter[str]]) -> list[dict[str, str]]:
    return [
        {"nama": name, **{p: ribuan(count[p]) for p in PRIORITAS}, "semua": ribuan(count.total())}
        for name, count in counted.items()
    ]


def _listed(path: str, rows: list[dict[str, str]]) -> Deret:
    entries = (
        tuple(Tulisan(f"{path}.{n}.{key}", (text,)) for key, text in row.items()) for n, row in enumerate(rows, 1)
    )
    return Deret(path, tuple(entries))


def _counts(path: str) -> tuple[Nama, ...]:
    return (
        nama("tinggi", "Banyaknya kebutuhan prioritas tinggi", "Needs of high priority", contoh="3",
             wajib=f"{path}tinggi"),
        nama("sedang", "Banyaknya kebutuhan prioritas sedang", "Needs of middle priority", contoh="2",
             wajib=f"{path}sedang"),
        nama("rendah", "Banyaknya kebutuhan prioritas rendah", "Needs of low priority", contoh="0",
             wajib=f"{path}rendah"),
        nama("semua", "Jumlahnya", "Their sum", contoh="5", wajib=f"{path}semua"),
    )  # fmt: skip


def _table(name: str, id_: str, en: str) -> Nama:
    key = f"{name}."
    return daftar(name, id_, en, nama("nama", "Nama baris", "Name of the row", wajib=f"{key}nama"), *_counts(key))


NAMA: Final = (
    _table("rekap_unit", "Kebutuhan menurut unit dan prioritas", "Needs by unit and priority"),
    _table("rekap_bentuk", "Kebutuhan menurut bentuk kegiatan dan prioritas", "Needs by kind of activity"),
    nama("jumlah", "Jumlah seluruhnya menurut prioritas", "Totals by priority", "kelompok",
         *(replace(one, wajib="") for one in _counts(""))),
    nama("kota", "Kedudukan institusi", "Seat of the institution", contoh="Batam", wajib="kota"),
)  # fmt: skip
KHUSUS: Final = Khusus(_check, _more, NAMA)
