"""What a year's figures are counted from: agreements and activities of one institution, as they were on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from ksdocs.laporan.kegiatan import Kegiatan, activities
from ksdocs.laporan.status import Keadaan, Status, last_day, portfolio
from ksdocs.models import Institusi
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import Register
from ksdocs.sources import Source

KEADAAN: Final = ("rencana", "berjalan", "terlaksana", "tertunda", "batal")
"""States of an activity, in the order of tables."""
DILAKUKAN: Final = frozenset({"berjalan", "terlaksana"})
"""States of an activity that really took place, or takes place."""


@dataclass(frozen=True, slots=True)
class Catat:
    """A record of a form, whose fields the form's own folder declares, and where it stands."""

    isi: Any
    sumber: Source


@dataclass(frozen=True, slots=True)
class Bahan:
    """The data of one evaluation. `naskah`: every agreement known on `hari`; `kegiatan`: the activities of the year,
    each with the state that it had on `hari`."""

    register: Register
    tahun: int
    hari: date
    institusi: str
    naskah: tuple[Keadaan, ...]
    kegiatan: tuple[Kegiatan, ...]

    def dalam(self, day: date | None) -> bool:
        """Does `day` lie in the year, and not after the day of the report?"""
        return day is not None and day.year == self.tahun and day <= self.hari

    @property
    def baru(self) -> tuple[Keadaan, ...]:
        """Signed in the year."""
        return tuple(k for k in self.naskah if self.is_new(k.naskah))

    def is_new(self, entry: RingkasanNaskah) -> bool:
        return entry.tahap == "ditandatangani" and self.dalam(entry.tanggal)

    @property
    def berlaku(self) -> tuple[Keadaan, ...]:
        """In force on the day of the report."""
        return tuple(k for k in self.naskah if k.berlaku)

    @property
    def berakhir(self) -> tuple[Keadaan, ...]:
        """Whose last day lies in the year, and that nothing carries on."""
        return tuple(k for k in self.naskah if self.is_ended(k))

    def is_ended(self, found: Keadaan) -> bool:
        return bool(how_ended(found)) and self.dalam(last_day(found))

    @property
    def diperpanjang(self) -> tuple[Keadaan, ...]:
        """Carried on by an agreement that was signed in the year."""
        return tuple(k for k in self.naskah if k.penerus is not None and not _stopped(k) and self.is_new(k.penerus))

    def mitra(self, entry: RingkasanNaskah) -> tuple[str, ...]:
        """Ids of the parties that are partners of the institution, in the order of the agreement."""
        if self.institusi:
            return tuple(dict.fromkeys(p for p in entry.pihak if p != self.institusi))
        others = [p for p in entry.pihak if not isinstance(self.register.lembaga(p), Institusi)]
        return tuple(dict.fromkeys(others or entry.pihak[1:]))

    def lembaga(self, entry: RingkasanNaskah) -> Iterator[Lembaga]:
        """The partners of an agreement that the data knows."""
        found = (self.register.lembaga(ident) for ident in self.mitra(entry))
        return (one for one in found if one is not None)

    def nama_mitra(self, entry: RingkasanNaskah) -> str:
        return "; ".join(self.nama(ident) for ident in self.mitra(entry))

    def nama(self, ident: str) -> str:
        found = self.register.lembaga(ident)
        return found.nama.id if found is not None else ident

    def records(self, kind: str) -> Iterator[Catat]:
        """The records of a form that are the institution's."""
        for record in self.register.rekaman(kind).rekaman:
            of: Any = record.isi
            if not self.institusi or of.institusi == self.institusi:
                yield Catat(of, record.sumber)

    def dilakukan(self) -> Iterator[Kegiatan]:
        """Activities of the year that took place or take place."""
        return (k for k in self.kegiatan if k.status in DILAKUKAN)


def gather(register: Register, tahun: int, hari: date, institusi: str = "") -> Bahan:
    """The data of `institusi` (of every institution where it is empty) for a year, as it was on `hari`."""
    known = tuple(k for k in portfolio(register, hari) if not institusi or institusi in k.naskah.pihak)
    of = {k.naskah.id for k in known}
    seen = (_seen_on(k, hari) for k in activities(register) if k.naskah in of)
    rows = tuple(k for k in seen if k is not None and _touches(k, tahun, hari))
    return Bahan(register, tahun, hari, institusi, known, rows)


def how_ended(found: Keadaan) -> str:
    """In which way an agreement ended; empty while it does not, or is carried on."""
    if found.status is Status.DIAKHIRI:
        return "Diakhiri sebelum waktunya"
    if found.status is Status.SELESAI:
        return "Selesai"
    signed = found.naskah.tahap == "ditandatangani"
    return "Habis masa berlakunya" if signed and found.penerus is None and found.naskah.berakhir is not None else ""


def _stopped(found: Keadaan) -> bool:
    return found.status in (Status.DIAKHIRI, Status.SELESAI)


def _seen_on(told: Kegiatan, hari: date) -> Kegiatan | None:
    """An activity as it was on `hari`: what began later was at most a plan, what was over later still went on."""
    if told.mulai > hari:
        return told if told.status not in DILAKUKAN else None
    if told.status == "terlaksana" and told.selesai is not None and told.selesai > hari:
        return replace(told, status="berjalan")
    return told


def _touches(told: Kegiatan, tahun: int, hari: date) -> bool:
    """Does a day of it lie in the year? Without a last day: its first day, and as long as it goes on, until `hari`."""
    until = told.selesai or (max(told.mulai, hari) if told.status == "berjalan" else told.mulai)
    return told.mulai.year <= tahun <= until.year


def naskah_key(entry: RingkasanNaskah | str) -> str:
    """The key of an agreement, or of its id, among the rows that were counted."""
    return f"naskah:{entry if isinstance(entry, str) else entry.id}"


def naskah_keys(found: Iterable[Keadaan]) -> list[str]:
    """The keys of agreements, in their order."""
    return [naskah_key(k.naskah) for k in found]


def kegiatan_key(told: Kegiatan) -> str:
    """The key of an activity among the rows that were counted."""
    return f"kegiatan:{told.kunci}"
