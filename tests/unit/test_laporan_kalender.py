"""The ends of agreements as a calendar: what stands in it, and that any program can read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import samples
from ksdocs.laporan.kalender import calendar, endings
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import MemoryRegister

DAY = date(2026, 11, 20)


def entry(ident: str = "pks-a", **changes: Any) -> RingkasanNaskah:
    known: dict[str, Any] = {
        "id": ident,
        "jenis": "pks",
        "tahap": "ditandatangani",
        "tentang": "Magang",
        "nomor": ("1/A/2024",),
        "tanggal": date(2024, 1, 2),
        "mulai": date(2024, 1, 2),
        "berakhir": date(2028, 1, 1),
        "pihak": ("polibatam", "samudra-elektronika"),
        "bentuk": frozenset(),
        "kunci": ident,
    }
    return RingkasanNaskah(**known | changes)


def register(*entries: RingkasanNaskah) -> MemoryRegister:
    found = MemoryRegister(lembaga_=samples.office().register.lembaga_)
    for one in entries:
        found.add_naskah(one)
    return found


def events(data: bytes) -> Sequence[Mapping[str, str]]:
    """The events of a calendar file, read by the rules of RFC 5545: name with parameters → value, unescaped."""
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    logical = data.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")
    assert (logical[0], logical[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    inside: list[str] = []
    for line in logical:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            found[-1][name] = plain(value)
    assert inside == []
    return found


def plain(value: str) -> str:
    """A TEXT value without its escapes."""
    out, here = "", iter(value)
    for char in here:
        if char == "\\":
            after = next(here)
            out += "\n" if after == "n" else after
        else:
            assert char not in ";,"
            out += char
    return out


def test_the_last_day_is_an_all_day_event_with_a_reminder_for_each_span_that_is_still_to_come() -> None:
    found = endings(register(entry(berakhir=date(2027, 8, 31))), DAY)
    shown = [(e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"], e["SUMMARY"][:8]) for e in events(calendar(found, DAY))]
    assert shown == [
        ("20270831", "20270901", "Berakhir"),
        ("20270228", "20270301", "6 bulan "),
        ("20270531", "20270601", "3 bulan "),
    ]


def test_what_is_not_in_force_or_has_no_end_is_no_event() -> None:
    entries = (
        entry("a", tahap="draf", tanggal=None),
        entry("b", berakhir=None),
        entry("c", berakhir=date(2026, 11, 19)),
        entry("d", diakhiri=DAY),
        entry("e", mulai=date(2026, 12, 1)),
    )
    assert endings(register(*entries), DAY) == ()
    assert events(calendar((), DAY)) == []


@pytest.mark.parametrize(("last", "told"), [(DAY, True), (date(2027, 2, 20), True), (date(2027, 2, 21), False)])
def test_months_bound_what_is_told(last: date, told: bool) -> None:
    assert bool(endings(register(entry(berakhir=last)), DAY, 3)) is told


def test_what_is_carried_on_keeps_its_last_day_and_needs_no_reminder() -> None:
    old = entry("lama", berakhir=date(2027, 1, 31))
    new = entry("baru", memperpanjang="lama", tanggal=DAY, mulai=date(2027, 2, 1), berakhir=None, nomor=("2/A/2026",))
    (found,) = endings(register(old, new), DAY)
    assert (found.hari, found.pengingat) == (date(2027, 1, 31), ())
    (event,) = events(calendar([found], DAY))
    assert "Diteruskan: PKS 2/A/2026" in event["DESCRIPTION"]


def test_an_event_keeps_its_uid_whatever_else_changes() -> None:
    first = events(calendar(endings(register(entry()), DAY), DAY))
    changed = entry(berakhir=date(2028, 6, 1), tentang="Lain", nomor=("9/B/2025",))
    later = events(calendar(endings(register(changed), date(2026, 12, 1)), date(2026, 12, 1)))
    assert [e["UID"] for e in first] == [e["UID"] for e in later]
    assert len({e["UID"] for e in first}) == len(first)
    assert all(int(b["SEQUENCE"]) > int(a["SEQUENCE"]) for a, b in zip(first, later, strict=True))


def test_the_same_agreements_and_day_give_the_same_bytes() -> None:
    found = register(entry("a"), entry("b"))
    assert calendar(endings(found, DAY), DAY) == calendar(endings(found, DAY), DAY)


def test_the_shipped_data_give_a_calendar_that_can_be_read() -> None:
    found = endings(samples.office().register, samples.TODAY)
    assert len(events(calendar(found, samples.TODAY))) == sum(1 + len(one.pengingat) for one in found) > 10


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_words_break_the_file_and_none_that_can_be_read_are_lost(subject: str, number: str) -> None:
    found = endings(register(entry(tentang=subject, nomor=(number,))), DAY)
    read = events(calendar(found, DAY))
    assert len(read) == 4

    def kept(words: str) -> str:
        printable = (c for c in words if c in "\t\n" or (ord(c) >= 32 and ord(c) != 127))
        return "".join(printable).encode("utf-8", "replace").decode("utf-8")

    assert f"Tentang: {kept(subject)}\nMitra" in read[0]["DESCRIPTION"] or not subject
    assert read[0]["SUMMARY"].startswith(f"Berakhir: PKS {kept(number)}" if number else "Berakhir: PKS ")
