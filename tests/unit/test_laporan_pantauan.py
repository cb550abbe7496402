"""What monitoring finds: which agreements are told, what ends soon, what has no activity, no evidence, no PKS."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ksdocs.laporan.kegiatan import Kegiatan
from ksdocs.laporan.pantauan import Masa, Pantauan, covered_until, monitor, own_agreements
from ksdocs.laporan.status import Status
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import Location
from ksdocs.register import MemoryRegister

DAY = date(2026, 11, 20)
YEAR = Masa(date(2026, 1, 1), DAY, DAY)


def entry(ident: str, **changes: Any) -> RingkasanNaskah:
    known: dict[str, Any] = {
        "id": ident,
        "jenis": "pks",
        "tahap": "ditandatangani",
        "tentang": "Magang",
        "nomor": (),
        "tanggal": date(2024, 1, 2),
        "mulai": date(2024, 1, 2),
        "berakhir": date(2029, 1, 1),
        "pihak": ("poltek", "jaya"),
        "bentuk": frozenset(),
        "kunci": ident,
    }
    return RingkasanNaskah(**known | changes)


def activity(naskah: str, **changes: Any) -> Kegiatan:
    known: dict[str, Any] = {
        "naskah": naskah,
        "judul": "Magang",
        "mulai": date(2026, 3, 2),
        "selesai": date(2026, 3, 6),
        "bentuk": "",
        "status": "terlaksana",
        "manfaat": "Ada",
        "bukti": ("https://arsip.example/1",),
        "pic": "Ketua",
        "peserta": None,
        "biaya": None,
        "tindak_lanjut": "",
        "tanggal_monitoring": DAY,
        "asal": ("rekap",),
        "tempat": Location(path="kegiatan.1"),
    }
    return Kegiatan(**known | changes)


def watched(*entries: RingkasanNaskah, rows: tuple[Kegiatan, ...] = (), masa: Masa = YEAR) -> Pantauan:
    register = MemoryRegister()
    for one in entries:
        register.add_naskah(one)
    return monitor(register, "poltek", masa, rows)


def told(found: Any) -> list[str]:
    return [state.naskah.id for state in found]


def test_nothing_at_all_is_an_empty_recap() -> None:
    found = watched()
    assert (found.naskah, found.berakhir, found.tanpa_kegiatan, found.tanpa_bukti, found.tanpa_pks) == ((),) * 5
    assert [[cell.isi for cell in row] for row in found.per_status.baris] == [["Jumlah", 0, 0, 0, 0, 0]]
    assert [[cell.isi for cell in row] for row in found.per_keadaan.baris] == [["Jumlah", 0, 0]]


def test_an_agreement_of_another_institution_is_not_told() -> None:
    assert told(s for s, _ in watched(entry("a"), entry("b", pihak=("lain", "jaya"))).naskah) == ["a"]


def test_what_ended_before_the_time_is_counted_and_listed_only_with_an_activity() -> None:
    old = entry("lama", berakhir=date(2025, 12, 31))
    kept = entry("baru", berakhir=date(2026, 1, 1))
    found = watched(old, kept)
    assert told(s for s, _ in found.naskah) == ["baru"]
    assert told(found.selebihnya) == ["lama"]
    assert [[c.isi for c in row] for row in found.per_status.baris][-1] == ["Jumlah", 0, 2, 0, 0, 2]
    assert told(s for s, _ in watched(old, rows=(activity("lama"),)).naskah) == ["lama"]


def test_a_count_knows_what_it_counted() -> None:
    found = watched(entry("a"), entry("m", jenis="mou"), entry("d", jenis="mou", tahap="draf", tanggal=None))
    rows = {str(row[0].isi): row[1:] for row in found.per_status.baris}
    assert {name: [cell.asal for cell in row] for name, row in rows.items()} == {
        "Draf": [("d",), (), (), (), ("d",)],
        "Aktif": [("m",), ("a",), (), (), ("a", "m")],
        "Jumlah": [("m", "d"), ("a",), (), (), ("a", "m", "d")],
    }


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 11, 19), []),
        (DAY, [3]),
        (date(2027, 2, 20), [3]),
        (date(2027, 2, 21), [6]),
        (date(2027, 5, 20), [6]),
        (date(2027, 5, 21), [12]),
        (date(2027, 11, 20), [12]),
        (date(2027, 11, 21), []),
        (None, []),
    ],
)
def test_an_ending_is_told_by_the_nearest_of_three_six_and_twelve_months(
    last: date | None, expected: list[int]
) -> None:
    assert [months for _, months in watched(entry("a", berakhir=last)).berakhir] == expected


def test_on_its_last_day_an_agreement_is_still_told_as_in_force() -> None:
    found = watched(entry("a", berakhir=DAY))
    assert [state.status for state, _ in found.naskah] == [Status.AKAN_BERAKHIR]
    assert told(found.tanpa_kegiatan) == ["a"]


def test_what_was_terminated_does_not_end_again() -> None:
    assert watched(entry("a", berakhir=date(2026, 12, 1), diakhiri=DAY)).berakhir == ()


@pytest.mark.parametrize(
    ("changes", "idle"),
    [
        ({}, False),
        ({"status": "berjalan", "selesai": None}, False),
        ({"status": "rencana"}, True),
        ({"status": "tertunda"}, True),
        ({"status": "batal"}, True),
        ({"mulai": date(2025, 12, 1), "selesai": date(2025, 12, 31)}, True),
        ({"mulai": date(2025, 12, 1), "selesai": date(2026, 1, 1)}, False),
        ({"mulai": DAY, "selesai": DAY}, False),
    ],
)
def test_an_agreement_in_force_is_idle_unless_something_took_place_within_the_time(
    changes: dict[str, Any], idle: bool
) -> None:
    assert told(watched(entry("a"), rows=(activity("a", **changes),)).tanpa_kegiatan) == ["a"] * idle


def test_an_mou_lives_by_what_rests_on_it_and_an_adendum_is_none_of_its_own() -> None:
    entries = (entry("m", jenis="mou"), entry("p", mou="m"), entry("x", jenis="adendum"))
    assert told(watched(*entries, rows=(activity("p"),)).tanpa_kegiatan) == []
    assert told(watched(*entries).tanpa_kegiatan) == ["m", "p"]


def test_only_what_was_carried_out_needs_evidence() -> None:
    rows = (activity("a", bukti=()), activity("a", judul="Lain", status="berjalan", bukti=()), activity("a", judul="X"))
    assert [one.judul for one in watched(entry("a"), rows=rows).tanpa_bukti] == ["Magang"]


def test_an_mou_is_followed_by_a_signed_pks_even_one_of_the_mou_that_it_carries_on() -> None:
    mou = entry("m", jenis="mou")
    assert told(watched(mou).tanpa_pks) == ["m"]
    assert told(watched(mou, entry("p", mou="m", tahap="draf", tanggal=None)).tanpa_pks) == ["m"]
    assert told(watched(mou, entry("p", mou="m")).tanpa_pks) == []
    assert told(watched(mou, entry("p", mou="m", berakhir=date(2025, 1, 1))).tanpa_pks) == []
    after = entry("n", jenis="mou", memperpanjang="m", mulai=DAY)
    assert told(watched(mou, after, entry("p", mou="m")).tanpa_pks) == []
    assert told(watched(mou, after, entry("p", mou="m", berakhir=date(2025, 1, 1))).tanpa_pks) == ["n"]


def test_an_activity_may_go_on_under_what_carries_its_agreement_on_without_a_gap() -> None:
    old = entry("lama", berakhir=date(2026, 6, 30))
    new = entry("baru", memperpanjang="lama", mulai=date(2026, 7, 1), berakhir=date(2027, 6, 30))
    late = entry("baru", memperpanjang="lama", mulai=date(2026, 7, 2), berakhir=date(2027, 6, 30))
    for following, last in ((new, date(2027, 6, 30)), (late, date(2026, 6, 30))):
        register = MemoryRegister()
        register.add_naskah(old)
        register.add_naskah(following)
        assert covered_until(old, own_agreements(register, "poltek", DAY)) == last


def test_agreements_that_carry_each_other_on_in_a_circle_come_to_an_end() -> None:
    one = entry("a", memperpanjang="b", jenis="mou")
    two = entry("b", memperpanjang="a", jenis="mou")
    register = MemoryRegister()
    register.add_naskah(one)
    register.add_naskah(two)
    assert covered_until(one, own_agreements(register, "poltek", DAY)) == one.berakhir
    watched(one, two)
