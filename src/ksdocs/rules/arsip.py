"""Rows of the list of agreements: their days in order, and what they name known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.models import Arsip, Institusi
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import Location, Problem, Severity, problem, suggest
from ksdocs.register import Register
from ksdocs.rules.nomor import is_own_number
from ksdocs.rules.resolve import unknown_kinds, unknown_lembaga

OLDEST: Final = 1950
"""Dates of an earlier year come from an empty cell or a slip of the keyboard."""
LATEST: Final = 2199


def check_arsip(row: Arsip, register: Register, today: date) -> Iterator[Problem]:
    """KS202 unknown party, KS205 no institution among them, KS206 a party twice, KS207 unknown kind, KS228 a number of
    the institution used again, KS231 unknown agreement, KS810 days out of order, KS811 signed without a date, KS812
    what it carries on began later, or carries it on itself, KS813 kept twice."""
    yield from _days(row, today)
    yield from _parties(row, register)
    yield from _numbers(row, register)
    yield from unknown_kinds(((f"bentuk.{n}", kind) for n, kind in enumerate(row.bentuk, 1)), register)
    for name in ("mou", "memperpanjang"):
        ident = getattr(row, name)
        if ident is not None:
            yield from _named(row, name, ident, register)
    places = [entry.tempat for entry in register.bernama(row.id)]
    if len(places) > 1:
        yield problem("KS813", Location(path="id"), id=row.id, tempat=", ".join(places))


def _parties(row: Arsip, register: Register) -> Iterator[Problem]:
    found = [register.lembaga(ident) for ident in row.pihak]
    for number, (ident, one) in enumerate(zip(row.pihak, found, strict=True), 1):
        if one is None:
            yield unknown_lembaga(f"pihak.{number}", ident, register)
    if all(found) and not any(isinstance(one, Institusi) for one in found):
        yield problem("KS205", Location(path="pihak"))
        return
    for number, ident in enumerate(row.pihak):
        first = row.pihak.index(ident)
        if first != number:
            yield problem("KS206", Location(path=f"pihak.{number + 1}"), id=ident, lain=f"pihak.{first + 1}")


def _numbers(row: Arsip, register: Register) -> Iterator[Problem]:
    """Which party gave a number is not told; one built by a pattern of the institution is known to be its own."""
    own = [one for ident in row.pihak if isinstance(one := register.lembaga(ident), Institusi)]
    for place, number in enumerate(row.nomor, 1):
        if any(is_own_number(number, one) for one in own):
            others = [entry for entry in register.bernomor(number) if entry.id != row.id]
            if others:
                holders = "; ".join(sorted({f"{h.id} ({h.tempat})" if h.tempat else h.id for h in others}))
                yield problem("KS228", Location(path=f"nomor.{place}"), nomor=number, pemegang=holders)


def _days(row: Arsip, today: date) -> Iterator[Problem]:
    if row.tahap == "ditandatangani" and row.tanggal is None:
        yield problem("KS811", Location(path="tanggal"))
    if row.tanggal is not None and row.tanggal > today and row.tahap == "ditandatangani":
        told = f"ditandatangani {tanggal_panjang(row.tanggal)}, sesudah hari ini"
        yield problem("KS810", Location(path="tanggal"), sebab=told)
    for name in ("tanggal", "mulai", "berakhir", "diakhiri", "selesai"):
        day = getattr(row, name)
        if day is not None and not OLDEST <= day.year <= LATEST:
            told = f"`{name}` {tanggal_panjang(day)} bukan tanggal kerja sama yang masuk akal"
            yield problem("KS810", Location(path=name), sebab=told)
    if row.selesai is not None and row.selesai > today:
        told = f"`selesai` {tanggal_panjang(row.selesai)} masih akan datang"
        yield problem("KS810", Location(path="selesai"), sebab=told)
    begins = row.mulai or row.tanggal
    for name in ("berakhir", "diakhiri", "selesai"):
        day = getattr(row, name)
        if begins is not None and day is not None and day < begins:
            told = f"`{name}` {tanggal_panjang(day)} mendahului mulainya {tanggal_panjang(begins)}"
            yield problem("KS810", Location(path=name), sebab=told)
    if row.diakhiri is not None and row.berakhir is not None and row.diakhiri > row.berakhir:
        told = f"`diakhiri` {tanggal_panjang(row.diakhiri)}, sesudah berakhirnya {tanggal_panjang(row.berakhir)}"
        yield problem("KS810", Location(path="diakhiri"), sebab=told)


def _named(row: Arsip, name: str, ident: str, register: Register) -> Iterator[Problem]:
    entry = register.naskah(ident)
    if entry is None:
        yield problem("KS231", Location(path=name), id=ident, mungkin=suggest(ident, register.semua_naskah()))
        return
    if name == "mou" and entry.jenis != "mou":
        sebab = f"`{ident}` adalah {entry.jenis}, bukan MoU"
        yield problem("KS812", Location(path=name), sebab=sebab)
    elif ident == row.id:
        yield problem("KS812", Location(path=name), sebab="menunjuk dirinya sendiri")
    elif name == "memperpanjang" and _comes_back(row.id, entry, register):
        sebab = f"`{ident}` meneruskan naskah ini juga, langsung atau melalui naskah lain"
        yield problem("KS812", Location(path=name), sebab=sebab)
    else:
        yield from _later(row, name, entry)
        if name == "memperpanjang" and len(_families(row.pihak, register) & _families(entry.pihak, register)) < 2:
            sebab = f"`{ident}` bukan dengan mitra naskah ini"
            yield problem("KS812", Location(path=name), severity=Severity.PERINGATAN, sebab=sebab)


def _families(parties: Iterable[str], register: Register) -> set[str]:
    """The parties, each as the topmost lembaga that it belongs to: a subsidiary may carry on what its parent agreed."""
    found: set[str] = set()
    for ident in parties:
        top, seen = ident, {ident}
        while (one := register.lembaga(top)) is not None and one.induk and one.induk not in seen:
            top = one.induk
            seen.add(top)
        found.add(top)
    return found


def _comes_back(ident: str, entry: RingkasanNaskah, register: Register) -> bool:
    """Does `entry` carry on the agreement `ident`, by itself or through others?"""
    seen: set[str] = set()
    at: RingkasanNaskah | None = entry
    while at is not None and at.id not in seen:
        if at.id == ident:
            return True
        seen.add(at.id)
        at = register.naskah(at.memperpanjang) if at.memperpanjang else None
    return False


def _later(row: Arsip, name: str, entry: RingkasanNaskah) -> Iterator[Problem]:
    begins, other = row.mulai or row.tanggal, entry.mulai
    if begins is not None and other is not None and other > begins:
        sebab = f"`{entry.id}` mulai {tanggal_panjang(other)}, sesudah naskah ini mulai {tanggal_panjang(begins)}"
        yield problem("KS812", Location(path=name), sebab=sebab)
