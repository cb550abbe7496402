"""Reports on activities: held against their agreement, and achievement computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ksdocs.bahasa import persen, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.waktu import not_after_today, not_before
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.nama import daftar, nama
from ksdocs.problems import Location, Problem, problem
from ksdocs.register import Register


def check(values: Nilai, register: Register, today: date) -> Iterator[Problem]:
    """KS380, KS386 to KS389."""
    yield from not_before("selesai", "selesai", values["selesai"], "mulai", values["mulai"])
    reported = values["tanggal_laporan"]
    yield from not_before("tanggal_laporan", "tanggal laporan", reported, "akhir kegiatan", values["selesai"])
    yield from not_after_today("tanggal_laporan", "tanggal laporan", reported, today)
    agreement = register.naskah(values["rujukan"])
    if agreement is not None:
        yield from _within(values, agreement)
        if values["mitra"] not in agreement.pihak:
            at = Location(path="mitra")
            known = ", ".join(agreement.pihak)
            yield problem("KS388", at, id=values["mitra"], naskah=agreement.id, pilihan=known)
    for number, entry in enumerate(values["capaian"], 1):
        if not entry["target"]:
            yield problem("KS387", Location(path=f"capaian.{number}.target"), indikator=entry["indikator"])
    if not values.get("bukti"):
        yield problem("KS389", Location(path="bukti"))


def _within(values: Nilai, agreement: RingkasanNaskah) -> Iterator[Problem]:
    """KS386: no day of the activity lies before the agreement begins or after it ends."""
    begins, ends = agreement.mulai, agreement.berakhir
    if agreement.tahap != "ditandatangani":
        span = "naskah itu belum ditandatangani"
        outside = ("mulai",)
    else:
        span = " sampai ".join(tanggal_panjang(day) for day in (begins, ends) if day is not None)
        early = begins is not None and values["mulai"] < begins
        late = ends is not None and values["selesai"] > ends
        outside = (*(("mulai",) if early else ()), *(("selesai",) if late else ()))
    for name in outside:
        day = tanggal_panjang(values[name])
        yield problem("KS386", Location(path=name), nilai=day, naskah=agreement.id, masa=span)


def achieved(done: int, target: int) -> Decimal:
    """Percentage of the target, to one decimal; ZeroDivisionError without a target."""
    if not target:
        raise ZeroDivisionError
    return (Decimal(done) * 100 / Decimal(target)).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0


def add(values: Nilai, register: Register) -> Tambahan:  # noqa: ARG001
    """`persen`: achievement of each indicator, in the order of `capaian`; a dash where the target is zero."""
    rates = [persen(achieved(e["realisasi"], e["target"])) if e["target"] else "–" for e in values["capaian"]]
    found = tuple((Tulisan(f"capaian.{number}.persen", (rate,)),) for number, rate in enumerate(rates, 1))
    return Tambahan({"persen": rates}, (Deret("capaian.persen", found),))


NAMA = (
    daftar(
        "persen",
        "Capaian tiap indikator, seurut dengan `capaian`: `persen[loop.index0]` di dalam perulangannya",
        "Achievement of each indicator, in the order of `capaian`",
        nama("", "Capaian", "Achievement", contoh="80%", wajib="capaian.persen"),
    ),
)
KHUSUS = Khusus(check, add, NAMA)
