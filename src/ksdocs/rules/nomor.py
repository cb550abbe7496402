"""Numbers: each party's own, by its office's pattern, used once (domain.md §3.7, §6.3; KS226–KS230)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ksdocs.bahasa import baca_romawi, bulan_romawi
from ksdocs.models import Institusi
from ksdocs.models.dasar import DIISI_TANGAN
from ksdocs.models.lembaga import PolaNomor
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import TANPA_NOMOR
from ksdocs.problems import Problem, problem
from ksdocs.register import normal_nomor
from ksdocs.rules.konteks import Konteks, at

_SEVERAL = re.compile(r"[;,]|\s+(?:dan|and|serta)\s+|/\S*\s+\S+/")
_MONTH_AND_YEAR = re.compile(r"/([IVX]+)/([12]\d{3})$")


def real_number(number: str | None) -> str:
    """The number, or "" while it is missing, written by hand, or not given at all."""
    return "" if number in (None, DIISI_TANGAN.value, TANPA_NOMOR) else str(number)


def _single(number: str | None) -> str:
    text = real_number(number)
    return "" if _SEVERAL.search(text) else text


def one_number_in_a_field(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS230: a field holds one number."""
    for party in naskah.pihak:
        number = real_number(party.pihak.nomor)
        if _SEVERAL.search(number):
            yield problem("KS230", at(f"{party.path}.nomor"), nomor=number)


def number_fits_pattern(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS226: an institution's number is built as its profile says."""
    for party in konteks.dikenal:
        number = _single(party.pihak.nomor)
        if not number or not isinstance(party.lembaga, Institusi):
            continue
        given = party.lembaga.profil.pola_nomor.get(naskah.isi.jenis)
        if given is not None and not _pattern(given.pola, given.digit).fullmatch(number):
            day = konteks.hari_pihak(party)
            yield problem(
                "KS226", at(f"{party.path}.nomor"), nomor=number, pola=given.pola, contoh=_example(given, day)
            )


@lru_cache(256)
def _pattern(pola: str, digit: int) -> re.Pattern[str]:
    parts = {"urut": rf"\d{{{digit},}}", "romawi": "[IVX]+", "tahun": r"\d{4}", "unit": r"\S+"}
    words = re.split(r"\{(urut|romawi|tahun|unit)\}", pola)
    return re.compile("".join(parts[w] if i % 2 else re.escape(w) for i, w in enumerate(words)))


def _example(given: PolaNomor, day: date) -> str:
    """A number of this pattern, with the unit left to be filled in."""
    values = {
        "{urut}": "1".zfill(given.digit),
        "{romawi}": bulan_romawi(day),
        "{tahun}": str(day.year),
        "{unit}": "UNIT",
    }
    text = given.pola
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def is_own_number(number: str, institusi: Institusi) -> bool:
    """Is a number built as one of the institution's patterns says, whatever its case and spaces?"""
    patterns = (_pattern(p.pola, p.digit).pattern for p in institusi.profil.pola_nomor.values())
    return any(re.fullmatch(pattern, normal_nomor(number), re.IGNORECASE) for pattern in patterns)


def number_names_the_month(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS227: month and year at a number's end are those of signing."""
    for party in naskah.pihak:
        own = party.pihak.tanggal_ttd
        signed = own if isinstance(own, date) else naskah.tanggal_ttd
        found = _MONTH_AND_YEAR.search(_single(party.pihak.nomor))
        if found is None or signed is None:
            continue
        try:
            month = baca_romawi(found[1])
        except ValueError:
            continue
        if (month, int(found[2])) != (signed.month, signed.year):
            yield problem(
                "KS227",
                at(f"{party.path}.nomor"),
                nomor=_single(party.pihak.nomor),
                tertulis=f"{found[1]}/{found[2]}",
                benar=f"{bulan_romawi(signed)}/{signed.year}",
            )


def number_is_used_once(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS228: no other agreement of the register bears this number; all holders are named."""
    for party in naskah.pihak:
        number = _single(party.pihak.nomor)
        if not number:
            continue
        own = (konteks.tempat, "")
        others = [h for h in konteks.register.bernomor(number) if not (h.id == naskah.isi.id and h.kunci in own)]
        if others:
            holders = sorted({f"{h.id} ({h.tempat})" if h.tempat else h.id for h in others})
            yield problem("KS228", at(f"{party.path}.nomor"), nomor=number, pemegang="; ".join(holders))


def parties_number_for_themselves(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS229: each party gives its own number."""
    seen: dict[str, str] = {}
    for party in naskah.pihak:
        number = _single(party.pihak.nomor)
        if not number:
            continue
        first = seen.setdefault(normal_nomor(number), party.path)
        if first != party.path:
            yield problem("KS229", at(f"{party.path}.nomor"), nomor=number, lain=f"{first}.nomor")


RULES = (
    one_number_in_a_field,
    number_fits_pattern,
    number_names_the_month,
    number_is_used_once,
    parties_number_for_themselves,
)
