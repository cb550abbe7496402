"""What can be wrong in a recap of monitoring: between its rows, and with agreements and reports on activities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ksdocs.bahasa import tanggal_panjang
from ksdocs.borang.khusus import Nilai
from ksdocs.borang.khusus.waktu import not_after_today, not_before
from ksdocs.laporan.kegiatan import Kegiatan, reported
from ksdocs.laporan.pantauan import BERJALAN, NYATA, TERLAKSANA, Masa, binds, covered_until
from ksdocs.laporan.status import Keadaan, portfolio
from ksdocs.laporan.sumber import unreadable
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import Location, Problem, Severity, problem
from ksdocs.register import Register


def time_of(values: Nilai) -> Masa:
    """The time of a recap: as it says, else from New Year of its year to its day."""
    day: date = values["tanggal"]
    return Masa(values.get("mulai", date(values["tahun"], 1, 1)), values.get("sampai", day), day)


def rows_of(values: Nilai) -> tuple[Kegiatan, ...]:
    """The activities that the recap itself tells of."""
    return tuple(
        Kegiatan(
            naskah=row["naskah"],
            judul=row["judul"],
            mulai=row["mulai"],
            selesai=row.get("selesai"),
            bentuk=row.get("bentuk", ""),
            status=row["keadaan"],
            manfaat=row.get("manfaat", ""),
            bukti=(row["bukti"],) if row.get("bukti") else (),
            pic=row["pic"],
            peserta=row.get("peserta"),
            biaya=None,
            tindak_lanjut=row.get("tindak_lanjut", ""),
            tanggal_monitoring=row["tanggal_monitoring"],
            asal=(values["id"],),
            tempat=Location(path=f"kegiatan.{number}"),
        )
        for number, row in enumerate(values.get("kegiatan", ()), 1)
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the recap: as typed, as an activity, its agreement, and the report on the same activity, if any."""

    isi: Mapping[str, Any]
    kegiatan: Kegiatan
    naskah: RingkasanNaskah
    laporan: Kegiatan | None

    def at(self, name: str = "") -> Location:
        path = self.kegiatan.tempat.path
        return Location(path=f"{path}.{name}" if name else path)


def check(values: Nilai, register: Register, today: date) -> Iterator[Problem]:
    """KS378, KS380, KS386, KS388, KS389, KS819 to KS824."""
    yield from unreadable(register, ("laporan_pelaksanaan", "monitoring"), today)
    masa = time_of(values)
    yield from _times(masa, today)
    known = portfolio(register, masa.tanggal)
    reports = list(reported(register))
    by_key = {report.kunci: report for report in reports}
    told: dict[str, int] = {}
    rows = rows_of(values)
    for number, (typed, row) in enumerate(zip(values.get("kegiatan", ()), rows, strict=True), 1):
        agreement = register.naskah(row.naskah)
        if agreement is None:  # told before (KS231)
            continue
        found = _Row(typed, row, agreement, by_key.get(row.kunci))
        if row.kunci in told:
            yield problem("KS378", found.at(), nilai=row.judul, sebab=f"sama dengan baris {told[row.kunci]}")
            continue
        told[row.kunci] = number
        yield from _agreement(found, values["institusi"], masa, register, known)
        yield from _state(found, masa)
        yield from _kind(found)
        yield from _period(found, masa)
        yield from _report(found, reports, {one.kunci for one in rows}, masa)


def _times(masa: Masa, today: date) -> Iterator[Problem]:
    yield from not_after_today("tanggal", "tanggal rekap", masa.tanggal, today)
    yield from not_before("tanggal", "tanggal rekap", masa.tanggal, "awal periode", masa.mulai)
    yield from not_before("sampai", "akhir periode", masa.sampai, "awal periode", masa.mulai)


def _agreement(
    row: _Row, institusi: str, masa: Masa, register: Register, known: tuple[Keadaan, ...]
) -> Iterator[Problem]:
    """KS386, KS388: the agreement binds the institution, is signed, and is in force while the activity takes place."""
    entry, one = row.naskah, row.kegiatan
    if not binds(entry, institusi, register):
        named = ", ".join(entry.pihak)
        yield problem("KS388", row.at("naskah"), id=institusi, naskah=entry.id, pilihan=named)
        return
    if entry.tahap != "ditandatangani":
        if one.status not in ("rencana", "batal"):
            yield _outside(row, "mulai", one.mulai, "naskah itu belum ditandatangani")
        return
    if entry.tanggal is not None and entry.tanggal > masa.tanggal:
        signed = tanggal_panjang(entry.tanggal)
        yield _outside(row, "mulai", one.mulai, f"naskah itu baru ditandatangani {signed}, sesudah tanggal rekap")
        return
    last = covered_until(entry, known)
    span = " sampai ".join(tanggal_panjang(day) for day in (entry.mulai, last) if day is not None)
    if one.status == "batal":
        return
    early = entry.mulai is not None and one.mulai < entry.mulai
    if early or (last is not None and one.mulai > last):
        yield _outside(row, "mulai", one.mulai, span)
    elif last is not None and one.selesai is not None and one.selesai > last:
        yield _outside(row, "selesai", one.selesai, span)


def _outside(row: _Row, name: str, day: date, span: str) -> Problem:
    return problem("KS386", row.at(name), nilai=tanggal_panjang(day), naskah=row.naskah.id, masa=span)


def _state(row: _Row, masa: Masa) -> Iterator[Problem]:
    """KS380, KS389, KS820: the state fits days, benefit and evidence. What the report on the activity tells need not
    be typed again."""
    one, day = row.kegiatan, masa.tanggal
    yield from not_before(row.at("selesai").path, "selesai", one.selesai, "mulai", one.mulai)
    seen = one.tanggal_monitoring
    yield from not_before(row.at("tanggal_monitoring").path, "tanggal rekap", day, "tanggal monitoring", seen)
    last = one.selesai or (row.laporan.selesai if row.laporan else None)
    if one.status == TERLAKSANA:
        if last is None:
            yield _unfit(row, "selesai", "hari selesainya belum diisi")
        elif last > day:
            yield _unfit(row, "keadaan", f"baru selesai {tanggal_panjang(last)}, sesudah tanggal rekap")
        elif seen is not None and seen < last:
            yield _unfit(row, "tanggal_monitoring", f"dimonitor sebelum selesai, {tanggal_panjang(last)}")
        if not (one.manfaat or (row.laporan and row.laporan.manfaat)):
            yield _unfit(row, "manfaat", "manfaatnya belum diisi")
        if not (one.bukti or (row.laporan and row.laporan.bukti)):
            yield problem("KS389", row.at("bukti"))
    elif one.status == BERJALAN:
        if one.mulai > day:
            yield _unfit(row, "keadaan", f"baru mulai {tanggal_panjang(one.mulai)}, sesudah tanggal rekap")
        elif last is not None and last < day:
            reason = f"sudah selesai {tanggal_panjang(last)}, sebelum tanggal rekap"
            yield _unfit(row, "keadaan", reason, Severity.PERINGATAN)
    elif one.status == "rencana" and one.mulai <= day:
        reason = f"mulainya, {tanggal_panjang(one.mulai)}, sudah lewat pada tanggal rekap"
        yield _unfit(row, "keadaan", reason, Severity.PERINGATAN)
    if one.status in ("tertunda", "batal") and not one.tindak_lanjut:
        yield _unfit(row, "tindak_lanjut", "tindak lanjutnya belum diisi", Severity.PERINGATAN)


def _unfit(row: _Row, name: str, reason: str, severity: Severity | None = None) -> Problem:
    return problem("KS820", row.at(name), severity=severity, keadaan=row.kegiatan.status, sebab=reason)


def _kind(row: _Row) -> Iterator[Problem]:
    """KS821: the kind of activity is one that the agreement names."""
    kinds, named = row.naskah.bentuk, row.kegiatan.bentuk
    if named and kinds and named not in kinds:
        reason = f"`{named}` tidak disebut {row.naskah.id}"
        yield problem("KS821", row.at("bentuk"), sebab=reason, pilihan=", ".join(sorted(kinds)))
    elif not named and len(kinds) > 1:
        reason = f"{row.naskah.id} memuat lebih dari satu bentuk kegiatan"
        yield problem("KS821", row.at("bentuk"), sebab=reason, pilihan=", ".join(sorted(kinds)))


def _period(row: _Row, masa: Masa) -> Iterator[Problem]:
    """KS822: some day of the activity lies within the time of the recap."""
    first, last = row.kegiatan.mulai, row.kegiatan.selesai
    span = f"{tanggal_panjang(masa.mulai)} sampai {tanggal_panjang(masa.sampai)}"
    if last is not None and last < masa.mulai:
        yield problem("KS822", row.at("selesai"), nilai=tanggal_panjang(last), masa=span)
    elif first > masa.sampai and row.kegiatan.status != "rencana":
        yield problem("KS822", row.at("mulai"), nilai=tanggal_panjang(first), masa=span)


def _report(row: _Row, reports: list[Kegiatan], typed: set[str], masa: Masa) -> Iterator[Problem]:
    """KS823: what the recap says of an activity is what the report on it says; KS824: another one looks the same."""
    one, report = row.kegiatan, row.laporan
    if report is not None:
        until = report.selesai
        if until is not None and until <= masa.tanggal and one.status not in NYATA:
            yield _contradicts(row, "keadaan", report, one.status, f"terlaksana sampai {tanggal_panjang(until)}")
        if one.selesai is not None and until is not None and one.selesai != until:
            yield _contradicts(row, "selesai", report, tanggal_panjang(one.selesai), tanggal_panjang(until))
        if one.peserta is not None and report.peserta is not None and one.peserta != report.peserta:
            yield _contradicts(row, "peserta", report, str(one.peserta), str(report.peserta))
        return
    for other in reports:
        alike = other.naskah == one.naskah and _same(other.judul) == _same(one.judul)
        if alike and other.kunci not in typed:
            if other.mulai <= (one.selesai or one.mulai) and one.mulai <= (other.selesai or other.mulai):
                yield _contradicts(row, "mulai", other, tanggal_panjang(one.mulai), tanggal_panjang(other.mulai))
            elif other.mulai.year == one.mulai.year:
                yield problem("KS824", row.at("mulai"), laporan=other.laporan, tercatat=tanggal_panjang(other.mulai))


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _contradicts(row: _Row, name: str, report: Kegiatan, told: str, reported_: str) -> Problem:
    return problem("KS823", row.at(name), nilai=told, laporan=report.laporan, tercatat=reported_)
