"""The state of an agreement follows from its days and from the day on which one asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksdocs.laporan.status import BERLAKU, Status, ends_within, last_day, portfolio, status
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import MemoryRegister

DAY = date(2026, 11, 20)


def entry(ident: str = "pks-a", **changes: Any) -> RingkasanNaskah:
    known: dict[str, Any] = {
        "id": ident,
        "jenis": "pks",
        "tahap": "ditandatangani",
        "tentang": "Magang",
        "nomor": (),
        "tanggal": date(2024, 1, 2),
        "mulai": date(2024, 1, 2),
        "berakhir": date(2028, 1, 1),
        "pihak": ("polibatam", "jaya"),
        "bentuk": frozenset(),
        "kunci": ident,
    }
    return RingkasanNaskah(**known | changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Status.AKTIF),
        ({"tahap": "draf"}, Status.DRAF),
        ({"tahap": "siap_ttd"}, Status.PROSES),
        ({"berakhir": None}, Status.AKTIF),
        ({"berakhir": DAY}, Status.AKAN_BERAKHIR),
        ({"berakhir": DAY - timedelta(1)}, Status.KEDALUWARSA),
        ({"berakhir": date(2027, 2, 20)}, Status.AKAN_BERAKHIR),
        ({"berakhir": date(2027, 2, 21)}, Status.AKTIF),
        ({"mulai": DAY + timedelta(1)}, Status.BELUM_BERLAKU),
        ({"diakhiri": DAY}, Status.DIAKHIRI),
        ({"diakhiri": DAY + timedelta(1)}, Status.AKTIF),
        ({"selesai": DAY, "berakhir": date(2026, 1, 1)}, Status.SELESAI),
        ({"selesai": DAY + timedelta(1)}, Status.AKTIF),
    ],
)
def test_a_state_follows_from_the_days(changes: dict[str, Any], expected: Status) -> None:
    assert status(entry(**changes), DAY) is expected


def test_what_is_carried_on_is_extended_from_the_day_on_which_the_next_begins() -> None:
    old = entry("lama", berakhir=DAY)
    new = entry("baru", memperpanjang="lama", tanggal=date(2026, 10, 1), mulai=DAY + timedelta(1))
    assert status(old, DAY, new) is Status.AKAN_BERAKHIR
    assert status(old, DAY + timedelta(1), new) is Status.DIPERPANJANG


def a_register(*entries: RingkasanNaskah) -> MemoryRegister:
    register = MemoryRegister()
    for one in entries:
        register.add_naskah(one)
    return register


def test_what_was_signed_after_the_day_did_not_exist_and_extends_nothing() -> None:
    old = entry("lama", berakhir=date(2026, 6, 1))
    later = entry("baru", memperpanjang="lama", tanggal=DAY + timedelta(5), mulai=date(2026, 6, 2))
    found = portfolio(a_register(old, later), DAY)
    assert [(k.naskah.id, k.status) for k in found] == [("lama", Status.KEDALUWARSA)]
    assert {k.naskah.id for k in portfolio(a_register(old, later), DAY + timedelta(5))} == {"lama", "baru"}


def test_a_draft_extends_nothing() -> None:
    old = entry("lama", berakhir=date(2026, 6, 1))
    draft = entry("baru", memperpanjang="lama", tahap="draf", tanggal=None, mulai=None)
    found = {k.naskah.id: k.status for k in portfolio(a_register(old, draft), DAY)}
    assert found == {"lama": Status.KEDALUWARSA, "baru": Status.DRAF}


def test_the_last_day_that_counts_is_the_one_on_which_it_really_ended() -> None:
    ended = portfolio(a_register(entry(diakhiri=date(2026, 3, 4))), DAY)[0]
    done = portfolio(a_register(entry(selesai=date(2026, 3, 4), berakhir=date(2026, 2, 1))), DAY)[0]
    assert (last_day(ended), last_day(done)) == (date(2026, 3, 4), date(2026, 2, 1))


@given(st.dates(date(2024, 1, 2), date(2032, 1, 1)), st.integers(0, 24))
def test_what_ends_within_some_months_is_in_force_and_ends_within_more(last: date, months: int) -> None:
    found = portfolio(a_register(entry(berakhir=last)), DAY)[0]
    if ends_within(found, DAY, months):
        assert found.status in BERLAKU
        assert ends_within(found, DAY, months + 1)
        assert last >= DAY
