"""What was done under the agreements: rows of monitoring and reports on activities, each activity once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ksdocs.problems import Location
from ksdocs.register import Register, Rekaman


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """One activity under an agreement. `bukti` are links; `status` is told by monitoring, or `terlaksana` by a report.

    `kunci` tells it apart: agreement, title and first day. `asal` are the ids of the records that tell of it.
    """

    naskah: str
    judul: str
    mulai: date
    selesai: date | None
    bentuk: str
    status: str
    manfaat: str
    bukti: tuple[str, ...]
    pic: str
    peserta: int | None
    biaya: Decimal | None
    tindak_lanjut: str
    tanggal_monitoring: date | None
    asal: tuple[str, ...]
    tempat: Location
    laporan: str = ""
    tanggal_laporan: date | None = None

    @property
    def kunci(self) -> str:
        return activity_key(self.naskah, self.judul, self.mulai)


def activity_key(naskah: str, judul: str, mulai: date) -> str:
    """Agreement, title and first day: an activity that several records tell of is still one."""
    return f"{naskah}|{' '.join(judul.casefold().split())}|{mulai.isoformat()}"


def activities(register: Register) -> tuple[Kegiatan, ...]:
    """Every activity of the data folder, by first day, then agreement and title.

    Where several records tell of one, the latest monitoring speaks, completed by the report on the activity.
    """
    found: dict[str, Kegiatan] = {}
    for told in (*reported(register), *_monitored(register)):
        before = found.get(told.kunci)
        found[told.kunci] = told if before is None else joined(before, told)
    return tuple(sorted(found.values(), key=lambda k: (k.mulai, k.naskah, k.judul)))


def joined(before: Kegiatan, later: Kegiatan) -> Kegiatan:
    """One activity of which two records tell: as `later` has it, what it leaves out from `before`."""
    return replace(
        later,
        bukti=tuple(dict.fromkeys((*before.bukti, *later.bukti))),
        selesai=later.selesai or before.selesai,
        bentuk=later.bentuk or before.bentuk,
        manfaat=later.manfaat or before.manfaat,
        peserta=later.peserta if later.peserta is not None else before.peserta,
        biaya=later.biaya if later.biaya is not None else before.biaya,
        tindak_lanjut=later.tindak_lanjut or before.tindak_lanjut,
        asal=tuple(dict.fromkeys((*before.asal, *later.asal))),
        laporan=later.laporan or before.laporan,
        tanggal_laporan=later.tanggal_laporan or before.tanggal_laporan,
    )


def reported(register: Register) -> Iterator[Kegiatan]:
    """What reports on activities tell of, each activity done."""
    for record in register.rekaman("laporan_pelaksanaan").rekaman:
        one: Any = record.isi
        yield Kegiatan(
            naskah=one.rujukan,
            judul=one.judul_kegiatan,
            mulai=one.mulai,
            selesai=one.selesai,
            bentuk="",
            status="terlaksana",
            manfaat="; ".join(entry.uraian for entry in one.manfaat),
            bukti=tuple(entry.tautan for entry in one.bukti),
            pic=one.penanggung_jawab,
            peserta=one.peserta,
            biaya=one.biaya,
            tindak_lanjut=one.rencana or "",
            tanggal_monitoring=None,
            asal=(one.id,),
            tempat=record.sumber.locate("").with_(path=""),
            laporan=one.id,
            tanggal_laporan=one.tanggal_laporan,
        )


def _monitored(register: Register) -> Iterator[Kegiatan]:
    records = register.rekaman("monitoring").rekaman
    for record in sorted(records, key=lambda r: _day_of(r)):
        one: Any = record.isi
        for number, row in enumerate(one.kegiatan, 1):
            yield Kegiatan(
                naskah=row.naskah,
                judul=row.judul,
                mulai=row.mulai,
                selesai=row.selesai,
                bentuk=row.bentuk or "",
                status=row.keadaan,
                manfaat=row.manfaat or "",
                bukti=(row.bukti,) if row.bukti else (),
                pic=row.pic,
                peserta=row.peserta,
                biaya=None,
                tindak_lanjut=row.tindak_lanjut or "",
                tanggal_monitoring=row.tanggal_monitoring,
                asal=(one.id,),
                tempat=record.sumber.locate(f"kegiatan.{number}"),
            )


def _day_of(record: Rekaman) -> tuple[date, str]:
    one: Any = record.isi
    return one.tanggal, one.id
