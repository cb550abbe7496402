"""The state of an agreement on a day, computed from its days alone (BO.28.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ksdocs.bahasa import tambah
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import Register


class Status(StrEnum):
    """What monitoring calls the state of an agreement, in the order of its life.

    The form knows the first eight but `BELUM_BERLAKU`, which is signed and has not begun.
    """

    DRAF = "Draf"
    PROSES = "Proses Tanda Tangan"
    BELUM_BERLAKU = "Belum Berlaku"
    AKTIF = "Aktif"
    AKAN_BERAKHIR = "Akan Berakhir"
    KEDALUWARSA = "Kedaluwarsa"
    DIPERPANJANG = "Diperpanjang"
    DIAKHIRI = "Diakhiri"
    SELESAI = "Selesai"


BERLAKU: Final = frozenset({Status.AKTIF, Status.AKAN_BERAKHIR})
"""States of an agreement that is in force."""
AKAN_BERAKHIR_BULAN: Final = 3
"""Months before the last day from which on an agreement is about to end."""


@dataclass(frozen=True, slots=True)
class Keadaan:
    """An agreement on a day. `penerus` is the agreement that carries it on, where it has begun or is signed."""

    naskah: RingkasanNaskah
    status: Status
    penerus: RingkasanNaskah | None = None

    @property
    def berlaku(self) -> bool:
        return self.status in BERLAKU


def portfolio(register: Register, day: date) -> tuple[Keadaan, ...]:
    """Every agreement that was known on `day`, in the order of signing, then by id; drafts come last.

    What was signed later did not exist yet and is left out.
    """
    entries = [entry for ident in register.semua_naskah() for entry in register.bernama(ident)]
    known = [entry for entry in entries if not _signed_after(entry, day)]
    followed = followers(known)
    found = [Keadaan(e, status(e, day, followed.get(e.id)), followed.get(e.id)) for e in known]
    return tuple(sorted(found, key=lambda k: (k.naskah.tanggal or date.max, k.naskah.id)))


def followers(entries: Iterable[RingkasanNaskah]) -> Mapping[str, RingkasanNaskah]:
    """Id of an agreement → the signed one that carries it on; the latest to begin, where there are several."""
    found: dict[str, RingkasanNaskah] = {}
    for entry in sorted(entries, key=lambda e: (e.mulai or date.min, e.id)):
        if entry.memperpanjang and entry.tahap == "ditandatangani":
            found[entry.memperpanjang] = entry
    return found


def status(entry: RingkasanNaskah, day: date, penerus: RingkasanNaskah | None = None) -> Status:
    """The state of `entry` at the end of `day`. On its last day an agreement is still in force.

    `penerus`: the signed agreement that carries it on. It takes over on the day on which it begins.
    """
    if entry.tahap != "ditandatangani":
        return Status.PROSES if entry.tahap == "siap_ttd" else Status.DRAF
    if entry.diakhiri is not None and entry.diakhiri <= day:
        return Status.DIAKHIRI
    if penerus is not None and (penerus.mulai or date.max) <= day:
        return Status.DIPERPANJANG
    if entry.selesai is not None and entry.selesai <= day:
        return Status.SELESAI
    if entry.mulai is not None and entry.mulai > day:
        return Status.BELUM_BERLAKU
    if entry.berakhir is None or entry.berakhir > tambah(day, AKAN_BERAKHIR_BULAN, "bulan"):
        return Status.AKTIF
    return Status.AKAN_BERAKHIR if entry.berakhir >= day else Status.KEDALUWARSA


def ends_within(found: Keadaan, day: date, months: int) -> bool:
    """Is it in force on `day`, and is its last day at most `months` months later?"""
    last = found.naskah.berakhir
    return found.berlaku and last is not None and day <= last <= tambah(day, months, "bulan")


def last_day(found: Keadaan) -> date | None:
    """The day on which it really ended or will end: terminated, completed, carried on, or at the end of its term."""
    entry = found.naskah
    if found.status is Status.DIAKHIRI:
        return entry.diakhiri
    if found.status is Status.SELESAI:
        return min(filter(None, (entry.selesai, entry.berakhir)))
    return entry.berakhir


def _signed_after(entry: RingkasanNaskah, day: date) -> bool:
    return entry.tahap == "ditandatangani" and entry.tanggal is not None and entry.tanggal > day
