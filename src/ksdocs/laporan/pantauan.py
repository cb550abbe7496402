"""What monitoring finds on a day (BO.28.1.2): agreements with their activities, what ends soon, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ksdocs.laporan.kegiatan import Kegiatan, activities, joined, reported
from ksdocs.laporan.status import Keadaan, Status, ends_within, followers, last_day, portfolio
from ksdocs.laporan.tabel import Sel, Tabel, count
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import Register

TERLAKSANA: Final = "terlaksana"
BERJALAN: Final = "berjalan"
KEADAAN: Final = ("rencana", BERJALAN, TERLAKSANA, "tertunda", "batal")
"""States of an activity, in the order of its life."""
NYATA: Final = frozenset({BERJALAN, TERLAKSANA})
"""States of an activity that takes or took place."""
BATAS_BULAN: Final = (3, 6, 12)
"""Months within which an ending is told; the nearest that holds."""
JENIS: Final = {"mou": "MoU", "pks": "PKS", "ia": "IA", "adendum": "Adendum"}


@dataclass(frozen=True, slots=True)
class Masa:
    """What a recap tells of: activities from `mulai` to `sampai`, states on `tanggal`."""

    mulai: date
    sampai: date
    tanggal: date


@dataclass(frozen=True, slots=True)
class Pantauan:
    """The recap. `naskah` are the agreements that it tells of, each with its activities; `selebihnya` those that ended
    before its time began and had no activity; `berakhir` is (agreement, months within which it ends)."""

    masa: Masa
    naskah: tuple[tuple[Keadaan, tuple[Kegiatan, ...]], ...]
    selebihnya: tuple[Keadaan, ...]
    per_status: Tabel
    per_keadaan: Tabel
    berakhir: tuple[tuple[Keadaan, int], ...]
    tanpa_kegiatan: tuple[Keadaan, ...]
    tanpa_bukti: tuple[Kegiatan, ...]
    tanpa_pks: tuple[Keadaan, ...]


def monitor(register: Register, institusi: str, masa: Masa, rows: Iterable[Kegiatan]) -> Pantauan:
    """The recap of `institusi`: `rows` are the activities that the recap itself tells of."""
    found = own_agreements(register, institusi, masa.tanggal)
    known = {k.naskah.id for k in found}
    told = recap_activities(register, masa, rows, known)
    listed = tuple((k, tuple(a for a in told if a.naskah == k.naskah.id)) for k in found)
    # What other recaps of the same time tell of took place as well.
    seen = {a.kunci: a for a in (*activities(register), *told)}
    return Pantauan(
        masa=masa,
        naskah=tuple((k, acts) for k, acts in listed if acts or _reaches(k, masa.mulai)),
        selebihnya=tuple(k for k, acts in listed if not acts and not _reaches(k, masa.mulai)),
        per_status=_per_status(found),
        per_keadaan=_per_state(told),
        berakhir=ending(found, masa.tanggal),
        tanpa_kegiatan=without_activity(found, seen.values(), masa),
        tanpa_bukti=tuple(a for a in told if a.status == TERLAKSANA and not a.bukti),
        tanpa_pks=without_pks(found),
    )


def own_agreements(register: Register, institusi: str, day: date) -> tuple[Keadaan, ...]:
    """Every agreement known on `day` that binds `institusi`, itself or by a unit of it; in the order of signing."""
    return tuple(k for k in portfolio(register, day) if binds(k.naskah, institusi, register))


def binds(entry: RingkasanNaskah, institusi: str, register: Register) -> bool:
    """Is `institusi` a party of `entry`, or what a party belongs to?"""
    return any(party == institusi or _parent(party, register) == institusi for party in entry.pihak)


def _parent(party: str, register: Register) -> str | None:
    found = register.lembaga(party)
    return found.induk if found is not None else None


def recap_activities(
    register: Register, masa: Masa, rows: Iterable[Kegiatan], agreements: Collection[str]
) -> tuple[Kegiatan, ...]:
    """`rows`, completed by the reports on the same activities, and what else was reported within the time; by first
    day. An activity whose last day had not come on the day of the recap is still going on."""
    reports = {r.kunci: r for r in reported(register)}
    found = [joined(reports[r.kunci], r) if r.kunci in reports else r for r in rows]
    typed = {a.kunci for a in found}
    until = min(masa.sampai, masa.tanggal)
    for key, report in reports.items():
        ends = report.selesai or report.mulai
        if key not in typed and report.naskah in agreements and report.mulai <= until and ends >= masa.mulai:
            found.append(report if ends <= masa.tanggal else replace(report, status=BERJALAN))
    return tuple(sorted(found, key=lambda a: (a.mulai, a.naskah, a.judul)))


def _reaches(found: Keadaan, first: date) -> bool:
    """Did it not end before `first`?"""
    last = last_day(found)
    return last is None or last >= first


def _per_status(found: Sequence[Keadaan]) -> Tabel:
    """How many agreements of each kind are in each state."""

    def row(name: str, of: Sequence[Keadaan]) -> tuple[Sel, ...]:
        counts = [count(k.naskah.id for k in of if k.naskah.jenis == kind) for kind in JENIS]
        return (Sel(name), *counts, count(k.naskah.id for k in of))

    rows = [row(status.value, [k for k in found if k.status is status]) for status in Status]
    columns = ("Status", *JENIS.values(), "Jumlah")
    shown = [r for r in rows if r[-1].isi]
    return Tabel("naskah_per_status", "Naskah menurut status", columns, (*shown, row("Jumlah", found)))


def _per_state(told: Sequence[Kegiatan]) -> Tabel:
    """How many activities are in each state, and how many of them have evidence."""

    def row(name: str, of: Sequence[Kegiatan]) -> tuple[Sel, ...]:
        return Sel(name), count(a.kunci for a in of), count(a.kunci for a in of if a.bukti)

    rows = [row(state.capitalize(), [a for a in told if a.status == state]) for state in KEADAAN]
    columns = ("Keadaan", "Jumlah", "Berbukti")
    shown = [r for r in rows if r[1].isi]
    return Tabel("kegiatan_per_keadaan", "Kegiatan menurut keadaan", columns, (*shown, row("Jumlah", told)))


def ending(found: Iterable[Keadaan], day: date) -> tuple[tuple[Keadaan, int], ...]:
    """Agreements in force that end within a year, the next to end first, each with the nearest of `BATAS_BULAN`."""
    near = [(k, next((n for n in BATAS_BULAN if ends_within(k, day, n)), 0)) for k in found]
    return tuple(sorted((one for one in near if one[1]), key=lambda one: (one[0].naskah.berakhir, one[0].naskah.id)))


def without_activity(found: Sequence[Keadaan], told: Iterable[Kegiatan], masa: Masa) -> tuple[Keadaan, ...]:
    """Agreements in force of which no activity took place from the first day of the time to the day of the recap.

    An MoU lives by what rests on it as well. An adendum changes its agreement, and is none of its own.
    """
    until = min(masa.sampai, masa.tanggal)
    real = [a for a in told if a.status in NYATA and a.mulai <= until and (a.selesai or until) >= masa.mulai]
    busy = {a.naskah for a in real}
    rests = {k.naskah.id: k.naskah.mou for k in found}
    busy |= {rests[ident] for ident in busy if rests.get(ident)}
    return tuple(k for k in found if k.berlaku and k.naskah.jenis != "adendum" and k.naskah.id not in busy)


def without_pks(found: Sequence[Keadaan]) -> tuple[Keadaan, ...]:
    """MoU in force on which no signed PKS rests, nor one in force on an MoU that it carries on."""
    signed = [k for k in found if k.naskah.jenis == "pks" and k.naskah.tahap == "ditandatangani" and k.naskah.mou]
    followed = {k.naskah.mou for k in signed}
    living = {k.naskah.mou for k in signed if k.berlaku}
    before = {k.naskah.id: k.naskah.memperpanjang for k in found}
    return tuple(
        k
        for k in found
        if k.berlaku
        and k.naskah.jenis == "mou"
        and k.naskah.id not in followed
        and not living & set(_chain(k.naskah.id, before))
    )


def _chain(ident: str, before: Mapping[str, str]) -> list[str]:
    """The agreements that `ident` carries on, the latest first."""
    found: list[str] = []
    while (ident := before.get(ident, "")) and ident not in found:
        found.append(ident)
    return found


def covered_until(entry: RingkasanNaskah, found: Iterable[Keadaan]) -> date | None:
    """The last day on which activities under `entry` have a basis: of its own term, or of what carries it on without
    a gap; None while no end is known."""
    entries = [k.naskah for k in found]
    after = followers(entries)
    last, seen = _own_last(entry), {entry.id}
    while last is not None and (following := after.get(entry.id)) is not None and following.id not in seen:
        if following.mulai is None or (following.mulai - last).days > 1:
            break
        entry, own = following, _own_last(following)
        seen.add(entry.id)
        last = None if own is None else max(last, own)
    return last


def _own_last(entry: RingkasanNaskah) -> date | None:
    return min(filter(None, (entry.diakhiri, entry.selesai, entry.berakhir)), default=None)
