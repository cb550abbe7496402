"""Who signs, and by what authority (domain.md §6.12; KS240–KS244)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.bahasa import tanggal_panjang
from ksdocs.models.lembaga import JenisKewenangan
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.problems import Location, Problem, problem
from ksdocs.rules.konteks import Konteks, at

_DELEGATION = (JenisKewenangan.PENDELEGASIAN, JenisKewenangan.SURAT_KUASA)


def _signer(party: PihakLengkap) -> Location:
    return at(f"{party.path}.penanda_tangan")


def signatory_has_authority(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS240: the komparisi names what entitles each signatory; identity cannot be waived."""
    for party in konteks.dikenal:
        if not party.pejabat.kewenangan:
            yield problem("KS240", _signer(party), pihak=party.lembaga.nama, jabatan=party.pejabat.jabatan)


def authority_has_not_ended(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS241: the authority is valid on the day of signing, or today."""
    for party in konteks.dikenal:
        day = konteks.hari_pihak(party)
        for given in party.pejabat.kewenangan:
            if given.berlaku_sampai is not None and given.berlaku_sampai < day:
                yield problem(
                    "KS241",
                    _signer(party),
                    jabatan=party.pejabat.jabatan,
                    nomor=given.nomor,
                    sampai=tanggal_panjang(given.berlaku_sampai),
                    pada=tanggal_panjang(day),
                )


def signatory_is_no_deputy(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS242: an acting official signs."""
    for party in konteks.dikenal:
        if party.pejabat.status != "definitif":
            yield problem(
                "KS242", _signer(party), jabatan=party.pejabat.jabatan, status=f"{party.pejabat.status.capitalize()}."
            )


def head_of_department_has_delegation(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS243: the head of a department signs only by delegation."""
    for party in konteks.dikenal:
        delegated = any(k.jenis in _DELEGATION for k in party.pejabat.kewenangan)
        if party.pejabat.setingkat_kepala_jurusan and not delegated:
            yield problem("KS243", _signer(party), jabatan=party.pejabat.jabatan)


def authority_has_begun(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS244: the authority was given before signing."""
    for party in konteks.dikenal:
        day = konteks.hari_pihak(party)
        for given in party.pejabat.kewenangan:
            start = given.mulai_berlaku or given.tanggal
            if start > day:
                yield problem(
                    "KS244",
                    _signer(party),
                    jabatan=party.pejabat.jabatan,
                    nomor=given.nomor,
                    mulai=tanggal_panjang(start),
                    pada=tanggal_panjang(day),
                )


RULES = (
    signatory_has_authority,
    authority_has_not_ended,
    signatory_is_no_deputy,
    head_of_department_has_delegation,
    authority_has_begun,
)
