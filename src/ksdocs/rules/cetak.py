"""How it is printed and signed: languages, layout, mode, originals (KS273–KS277)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import ModeTtd
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at


def foreign_party_needs_two_languages(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS273: a foreign party calls for a bilingual document (UU 24/2009 Pasal 31), which is not made yet."""
    for party in konteks.dikenal:
        if party.lembaga.negara != "ID":
            yield problem("KS273", at(f"{party.path}.id"), lembaga=party.lembaga.nama, negara=party.lembaga.negara)


def one_column_is_printed(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS274: the profile asks for two columns; one is printed."""
    if naskah.profil.tata_letak == "dua_kolom":
        yield problem("KS274", institusi=naskah.institusi.nama)


def electronic_has_no_originals(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS275: an electronic document has no originals to be counted (domain.md §3.5)."""
    signing = naskah.isi.penandatanganan
    if signing.mode is not ModeTtd.BASAH and signing.rangkap is not None:
        yield problem("KS275", at("penandatanganan.rangkap"), mode=signing.mode.value, rangkap=signing.rangkap)


def every_party_gets_an_original(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS276: there are as many originals as parties, or more."""
    signing, parties = naskah.isi.penandatanganan, len(naskah.pihak)
    if signing.mode is ModeTtd.BASAH and signing.rangkap is not None and signing.rangkap < parties:
        yield problem("KS276", at("penandatanganan.rangkap"), rangkap=signing.rangkap, banyak=parties)


def international_has_a_foreign_party(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS277: `internasional` without a foreign party is unusual."""
    if naskah.isi.tingkat == "internasional" and not konteks.belum and not naskah.ada_pihak_asing:
        yield problem("KS277", at("tingkat"))


RULES = (
    foreign_party_needs_two_languages,
    one_column_is_printed,
    electronic_has_no_originals,
    every_party_gets_an_original,
    international_has_a_foreign_party,
)
