"""A PKS and the MoU it rests on (domain.md §1; KS232–KS239)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from ksdocs.bahasa import tanggal_panjang
from ksdocs.models import Naskah, Pks
from ksdocs.models.lengkap import NaskahLengkap, RingkasanNaskah
from ksdocs.problems import Problem, Severity, problem
from ksdocs.rules.konteks import Konteks, at
from ksdocs.rules.tanggal import end_of_term


def _is_pks(isi: Naskah) -> TypeGuard[Pks]:
    return isinstance(isi, Pks)


def _entry(naskah: NaskahLengkap) -> RingkasanNaskah | None:
    """The register's entry of the MoU, where the record names one that is an MoU."""
    entry = naskah.mou.entri if naskah.mou is not None else None
    return entry if entry is not None and entry.jenis == "mou" else None


def basis_is_an_mou(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS232: what `dasar.mou` names is an MoU."""
    entry = naskah.mou.entri if naskah.mou is not None else None
    if entry is not None and entry.jenis != "mou":
        yield problem("KS232", at("dasar.mou"), id=entry.id, jenis=entry.jenis.upper(), tempat=entry.tempat)


def mou_is_in_force(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS233: the MoU is in force on the day of the PKS, or today while the PKS is unsigned."""
    if naskah.mou is None:
        return
    day, entry = konteks.hari, _entry(naskah)
    start = entry.mulai or entry.tanggal if entry is not None else naskah.mou.tanggal
    end = entry.berakhir if entry is not None else None
    if (start is not None and start > day) or (end is not None and end < day):
        yield problem(
            "KS233",
            at("dasar.mou" if entry is not None else "dasar.tanggal"),
            mou=entry.id if entry is not None else ", ".join(naskah.mou.nomor),
            mulai=tanggal_panjang(start) if start else "…",
            berakhir=tanggal_panjang(end) if end else "…",
            pada=tanggal_panjang(day),
        )


def mou_is_further_than_a_draft(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS234: the MoU is signed, or about to be signed with the PKS."""
    entry = _entry(naskah)
    if entry is None or entry.tahap == "ditandatangani":
        return
    if entry.tahap == "siap_ttd" and naskah.isi.tahap != "ditandatangani":
        return
    yield problem("KS234", at("dasar.mou"), mou=entry.id, tahap=entry.tahap, tempat=entry.tempat)


def parties_are_bound_by_the_mou(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS235: each party is a party of the MoU, or belongs to one."""
    entry = _entry(naskah)
    if entry is None:
        return
    for party in konteks.dikenal:
        if not set(konteks.leluhur(party.lembaga)) & set(entry.pihak):
            yield problem(
                "KS235", at(f"{party.path}.id"), pihak=party.lembaga.nama, mou=entry.id, pilihan=", ".join(entry.pihak)
            )


def activities_are_within_the_mou(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS236: each kind of activity is one of the MoU's, where the MoU names any."""
    entry = _entry(naskah)
    if entry is None or not entry.bentuk:
        return
    for number, item in enumerate(naskah.isi.ruang_lingkup, 1):
        if item.bentuk is not None and item.bentuk in naskah.bentuk and item.bentuk not in entry.bentuk:
            yield problem(
                "KS236",
                at(f"ruang_lingkup.{number}.bentuk"),
                bentuk=item.bentuk,
                mou=entry.id,
                pilihan=", ".join(sorted(entry.bentuk)),
            )


def term_is_within_the_mou(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS237: the PKS does not outlive its MoU."""
    entry, end = _entry(naskah), end_of_term(naskah)
    if entry is None or entry.berakhir is None or end is None or end <= entry.berakhir:
        return
    path = "jangka_waktu.berakhir" if naskah.isi.jangka_waktu.berakhir is not None else "jangka_waktu.lama"
    yield problem(
        "KS237", at(path), berakhir=tanggal_panjang(end), mou=entry.id, mou_berakhir=tanggal_panjang(entry.berakhir)
    )


def quoted_mou_is_not_in_the_data(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS238: an MoU that the register has is named by its id, so that it can be checked."""
    if not _is_pks(naskah.isi) or naskah.isi.dasar.nomor is None:
        return
    found = [h for h in konteks.register.bernomor(naskah.isi.dasar.nomor) if h.jenis == "mou"]
    if found:
        yield problem(
            "KS238", at("dasar.nomor"), nomor=naskah.isi.dasar.nomor, mou=", ".join(sorted(h.id for h in found))
        )


def mou_can_be_quoted(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS239: the MoU has the number and date that the PKS prints; until the PKS is signed, gaps stand for them."""
    entry = _entry(naskah)
    if entry is None or (entry.nomor and entry.tanggal is not None):
        return
    severity = None if naskah.isi.tahap == "ditandatangani" else Severity.PERINGATAN
    yield problem("KS239", at("dasar.mou"), severity=severity, mou=entry.id, tempat=entry.tempat)


RULES = (
    basis_is_an_mou,
    mou_is_in_force,
    mou_is_further_than_a_draft,
    parties_are_bound_by_the_mou,
    activities_are_within_the_mou,
    term_is_within_the_mou,
    quoted_mou_is_not_in_the_data,
    mou_can_be_quoted,
)
