"""What a stage demands of numbers, dates and places (domain.md §1; KS220–KS225)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.models import Institusi
from ksdocs.models.dasar import DIISI_TANGAN
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import TANPA_NOMOR, CaraTtd
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at


def signing_fields(naskah: NaskahLengkap) -> Iterator[tuple[str, object]]:
    """(path, value) of every number, date and place that signing needs."""
    for party in naskah.pihak:
        yield f"{party.path}.nomor", party.pihak.nomor
    if naskah.isi.penandatanganan.cara is CaraTtd.TERPISAH:
        for party in naskah.pihak:
            yield f"{party.path}.tanggal_ttd", party.pihak.tanggal_ttd
            yield f"{party.path}.tempat_ttd", party.pihak.tempat_ttd
    else:
        yield "penandatanganan.tanggal", naskah.isi.penandatanganan.tanggal
        yield "penandatanganan.tempat", naskah.isi.penandatanganan.tempat


def _by_hand(value: object) -> bool:
    return value in (DIISI_TANGAN, DIISI_TANGAN.value)


def signed_is_filled_in(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS220: a signed record has every number, date and place; nothing is left to be written by hand."""
    if naskah.isi.tahap == "ditandatangani":
        for path, value in signing_fields(naskah):
            if value is None or _by_hand(value):
                yield problem("KS220", at(path), isian=path)


def signed_has_numbers(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS221: a signed record no longer says `tanpa_nomor`."""
    if naskah.isi.tahap == "ditandatangani":
        for party in naskah.pihak:
            if party.pihak.nomor == TANPA_NOMOR:
                yield problem("KS221", at(f"{party.path}.nomor"), pihak=party.label(naskah.profil))


def ready_is_declared(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS222: before signing, what is still unknown is declared to be written by hand."""
    if naskah.isi.tahap == "siap_ttd":
        for path, value in signing_fields(naskah):
            if value is None:
                yield problem("KS222", at(path), isian=path)


def institution_has_a_number(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS223: an institution that keeps its documents here always numbers them."""
    if naskah.isi.tahap == "siap_ttd":
        for party in konteks.dikenal:
            if party.pihak.nomor == TANPA_NOMOR and isinstance(party.lembaga, Institusi):
                yield problem("KS223", at(f"{party.path}.nomor"), lembaga=party.lembaga.nama)


def apart_is_dated_by_party(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS224: signed apart, day and place belong to each party."""
    signing = naskah.isi.penandatanganan
    if signing.cara is CaraTtd.TERPISAH:
        for name in ("tanggal", "hari", "tanggal_terbilang", "tempat"):
            if getattr(signing, name) is not None:
                yield problem("KS224", at(f"penandatanganan.{name}"), isian=f"penandatanganan.{name}")


def together_is_dated_once(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS225: signed together, there is one day and one place."""
    if naskah.isi.penandatanganan.cara is CaraTtd.BERSAMA:
        for party in naskah.pihak:
            for name in ("tanggal_ttd", "tempat_ttd"):
                if getattr(party.pihak, name) is not None:
                    yield problem("KS225", at(f"{party.path}.{name}"), isian=f"{party.path}.{name}")


def open_items(naskah: NaskahLengkap) -> tuple[str, ...]:
    """The record paths that must still be filled in or declared before `siap_ttd`, in the order of the record."""
    open_: list[str] = [path for path, value in signing_fields(naskah) if value is None]
    open_ += [
        f"{p.path}.nomor" for p in naskah.pihak if p.pihak.nomor == TANPA_NOMOR and isinstance(p.lembaga, Institusi)
    ]
    status = {point.id: point.status for point in naskah.butir}
    open_ += [f"butir.{n}" for n, b in enumerate(naskah.isi.butir, 1) if status.get(b.id) == "terbuka"]
    return tuple(open_)


RULES = (
    signed_is_filled_in,
    signed_has_numbers,
    ready_is_declared,
    institution_has_a_number,
    apart_is_dated_by_party,
    together_is_dated_once,
)
