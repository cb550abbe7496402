"""The ends of agreements as a calendar (RFC 5545): the last day of each, and reminders before it.

Reminders are all-day events of their own, since Google Calendar drops alarms of files that it imports. A UID depends on
the agreement alone, so that a later file replaces what an earlier one brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ksdocs.bahasa import tambah, tanggal_panjang
from ksdocs.laporan.pantauan import BATAS_BULAN
from ksdocs.laporan.status import Keadaan, portfolio
from ksdocs.models.lembaga import Institusi
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import Register

_MOST: Final = 1200
"""Months beyond which nobody looks: a hundred years."""


@dataclass(frozen=True, slots=True)
class Peringatan:
    """A reminder: so many months before the last day."""

    hari: date
    bulan: int


@dataclass(frozen=True, slots=True)
class Akhir:
    """The last day of an agreement in force, with the reminders that are still to come, the next one first.

    `mitra` are the parties that are no institution of ours, `institusi` the ids of those that are.
    """

    keadaan: Keadaan
    hari: date
    pengingat: tuple[Peringatan, ...]
    institusi: tuple[str, ...]
    mitra: str

    @property
    def judul(self) -> str:
        entry = self.keadaan.naskah
        return f"{entry.sebutan} {' dan '.join(entry.nomor) or entry.id} ({self.mitra})"


def endings(register: Register, day: date, months: int | None = None) -> tuple[Akhir, ...]:
    """Every agreement in force on `day` that has a last day, at most `months` later; the next to end first.

    One that a signed agreement carries on needs no reminder.
    """
    found: list[Akhir] = []
    until = date.max if months is None or months > _MOST else tambah(day, months, "bulan")
    for state in portfolio(register, day):
        last = state.naskah.berakhir
        if not state.berlaku or last is None or last > until:
            continue
        early = ((tambah(last, -n, "bulan"), n) for n in BATAS_BULAN if state.penerus is None)
        coming = sorted((Peringatan(at, n) for at, n in early if at >= day), key=lambda p: p.hari)
        ours = tuple(p for p in state.naskah.pihak if isinstance(register.lembaga(p), Institusi))
        others = [p for p in state.naskah.pihak if p not in ours] or list(ours[1:])
        names = [known.nama.id if (known := register.lembaga(p)) else p for p in others]
        found.append(Akhir(state, last, tuple(coming), ours, "; ".join(names)))
    return tuple(sorted(found, key=lambda e: (e.hari, e.keadaan.naskah.id)))


def calendar(found: Iterable[Akhir], day: date) -> bytes:
    """The calendar file, made on `day`: the same bytes for the same agreements and day."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ksdocs//Masa berlaku naskah//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text('Masa berlaku naskah kerja sama')}",
    ]
    for end in found:
        told = _told(end)
        lines += _event(end, "akhir", end.hari, f"Berakhir: {end.judul}", told, day)
        for one in end.pengingat:
            head = f"{one.bulan} bulan lagi berakhir: {end.judul}"
            lines += _event(end, f"ingat-{one.bulan}", one.hari, head, told, day)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(end: Akhir, what: str, at: date, head: str, told: str, day: date) -> Iterator[str]:
    entry = end.keadaan.naskah
    yield "BEGIN:VEVENT"
    yield f"UID:{_text('.'.join((what, *end.institusi, entry.id)))}@ksdocs"
    yield f"DTSTAMP:{_day(day)}T000000Z"
    # Grows with the day, so that a file made later wins over one imported before.
    yield f"SEQUENCE:{_day(day)}"
    yield f"DTSTART;VALUE=DATE:{_day(at)}"
    if at < date.max:
        yield f"DTEND;VALUE=DATE:{_day(at + timedelta(days=1))}"
    yield f"SUMMARY:{_text(head)}"
    yield f"DESCRIPTION:{_text(told)}"
    yield "CATEGORIES:Kerja sama"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    # Nine o'clock of the day before: an all-day event begins at midnight.
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(head)}", "TRIGGER:-PT15H", "END:VALARM")
    yield "END:VEVENT"


def _told(end: Akhir) -> str:
    """What an officer needs to begin with, without opening the data."""
    entry: RingkasanNaskah = end.keadaan.naskah
    next_one = end.keadaan.penerus
    lines = (
        ("Tentang", entry.tentang),
        ("Mitra", end.mitra),
        ("Mulai", tanggal_panjang(entry.mulai) if entry.mulai else ""),
        ("Hari terakhir", tanggal_panjang(end.hari)),
        ("Unit", entry.unit),
        ("PIC", entry.penanggung_jawab),
        ("Diteruskan", " ".join((next_one.sebutan, " dan ".join(next_one.nomor) or next_one.id)) if next_one else ""),
        ("Rekaman", entry.id),
    )
    return "\n".join(f"{name}: {words}" for name, words in lines if words)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


# --- RFC 5545, 3.1 and 3.3.11 -------------------------------------------------------------------------------

_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_OCTETS: Final = 75


def _text(words: str) -> str:
    """A TEXT value: what has a meaning there is escaped, and characters that it cannot hold are left out."""
    return "".join(c for c in words.translate(_ESCAPES) if c == "\t" or (ord(c) >= 32 and ord(c) != 127))


def _folded(line: str) -> bytes:
    """A content line: at most 75 octets each, no character cut in two, and CRLF at the end."""
    parts: list[bytes] = []
    part = b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(part) + len(octets) > _OCTETS - bool(parts):  # the space that leads a continuation counts
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join((*parts, part)) + b"\r\n"
