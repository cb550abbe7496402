"""Figures, words and days inside free texts that contradict one another (domain.md §6.4–5; KS212, KS213)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from ksdocs.bahasa import (
    angka_terbilang,
    baca_hari,
    baca_rupiah,
    baca_rupiah_terbilang,
    baca_tanggal,
    baca_tanggal_terbilang,
    baca_terbilang,
    bulan,
    en,
    hari,
    rupiah_lengkap,
    tanggal_panjang,
    terbilang,
)
from ksdocs.memo import by_text
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at

_WEEK: Final = tuple(date(2025, 3, 17 + n) for n in range(7))
_SAMPLES: Final = (*range(21), 100, 200, 1000, 2000, 10**6, 10**9, 10**12)


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(set(words), key=lambda w: (-len(w), w)))


_DAYS: Final = _any_of([*map(hari, _WEEK), "Jum['’]at", "Ahad"])
_MONTHS: Final = _any_of([*(bulan(n) for n in range(1, 13)), "Pebruari", "Nopember"])
_EN_DAYS: Final = _any_of([en.hari(d) for d in _WEEK])
_EN_MONTHS: Final = _any_of([en.bulan(n) for n in range(1, 13)])
_WORDS: Final = {w for n in _SAMPLES for w in terbilang(n).split()} | {"milyar", "trilyun"}
# No number up to 10^15 takes more than 40 words; without a bound, a text of nothing else takes minutes to read.
_NUMBER: Final = rf"(?:{_any_of(list(_WORDS))})(?:\s+(?:{_any_of(list(_WORDS))})){{0,40}}"
_EN_WORDS: Final = {w for n in (*_SAMPLES, *range(20, 100, 10)) for w in re.split(r"[\s-]", en.terbilang(n))} | {"and"}

_DATE: Final = re.compile(
    rf"\b(?:(?P<hari>{_DAYS})\s*,?\s+(?:tanggal\s+)?)?(?P<tanggal>\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}})\b", re.IGNORECASE
)
_EN_DATE: Final = re.compile(
    rf"\b(?:(?P<hari>{_EN_DAYS})\s*,?\s+)?(?P<tanggal>\d{{1,2}}\s+(?:{_EN_MONTHS})\s+\d{{4}})\b", re.IGNORECASE
)
_WORD_DATE: Final = re.compile(
    rf"\b(?:(?P<hari>{_DAYS})\s*,?\s+)?(?:tanggal\s+)?(?P<kata>{_NUMBER}\s+bulan\s+(?:{_MONTHS})\s+tahun\s+{_NUMBER})\b"
    r"(?:\s*\((?P<angka>[^()]{6,40})\))?",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d")
_MONEY: Final = re.compile(r"\bRp\.?\s?(?P<angka>\d[\d.]*(?:,\d{2}|,-)?)\s*\((?P<kata>[^()]{3,300})\)")
_COUNT: Final = re.compile(
    r"(?<![\w.,/])(?P<angka>\d{1,3}(?:\.\d{3})+|\d+)(?P<pecahan>,\d+)?\s*%?\s*\((?P<kata>[A-Za-z][A-Za-z\s-]*)\)"
)


def dates_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(what stands there, what is right or "") for every date in `text` that contradicts itself."""
    if not _FIGURE.search(text) and "bulan" not in text.casefold():
        return
    reader = baca_tanggal if language == "id" else en.baca_tanggal
    for found in (_DATE if language == "id" else _EN_DATE).finditer(text):
        try:
            reader(found[0])
        except ValueError:
            yield found[0], _right_date(found["tanggal"], language)
    if language != "id":
        return
    for found in _WORD_DATE.finditer(text):
        wrong = _word_date_wrong(found)
        if wrong is not None:
            yield found[0], wrong


def _right_date(text: str, language: str) -> str:
    try:
        if language == "id":
            day = baca_tanggal(text)
            return f"{hari(day)}, {tanggal_panjang(day)}"
        day = en.baca_tanggal(text)
        return f"{en.hari(day)}, {en.tanggal_panjang(day)}"
    except ValueError:
        return ""


def _word_date_wrong(found: re.Match[str]) -> str | None:
    """What the words say, when weekday or figures say otherwise; None when all agree."""
    try:
        day = baca_tanggal_terbilang(found["kata"])
    except ValueError:
        return ""
    right = f"{hari(day)}, {tanggal_panjang(day)}"
    if found["hari"] is not None and baca_hari(found["hari"]) != day.weekday():
        return right
    if found["angka"] is not None and re.search(r"\d", found["angka"]):
        try:
            return None if baca_tanggal(found["angka"], dmy=True) == day else right
        except ValueError:
            return right
    return None


def amounts_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(what stands there, what is right or "") for every amount or number whose words say something else."""
    if "(" not in text:
        return
    for found in _MONEY.finditer(text):
        if "rupiah" not in found["kata"].casefold() or language != "id":
            continue
        try:
            amount = baca_rupiah(f"Rp{found['angka']}")
        except ValueError:
            yield found[0], ""
            continue
        try:
            right = baca_rupiah_terbilang(found["kata"]) == amount
        except ValueError:
            right = False
        if not right:
            yield found[0], rupiah_lengkap(amount)
    for found in _COUNT.finditer(text):
        wrong = _count_wrong(found, language)
        if wrong is not None:
            yield found[0], wrong


def _count_wrong(found: re.Match[str], language: str) -> str | None:
    words = re.split(r"[\s-]+" if language == "en" else r"\s+", found["kata"].casefold().strip())
    if words[-1:] in (["persen"], ["percent"]):
        words = words[:-1]
    known = _WORDS | {"koma", "minus"} if language == "id" else _EN_WORDS
    if not words or not set(words) <= known:
        return None
    number = Decimal(found["angka"].replace(".", "") + (found["pecahan"] or "").replace(",", "."))
    try:
        if language != "id":
            return None if en.baca_terbilang(" ".join(words)) == number else en.angka_terbilang(number)
        if number == int(number) and "koma" not in words:
            return None if baca_terbilang(" ".join(words)) == number else angka_terbilang(number)
        return None if terbilang(number).split() == words else angka_terbilang(number)
    except ValueError:
        return ""


@by_text(4096)
def _wrong_days(text: str, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(dates_in(text, language))


@by_text(4096)
def _wrong_amounts(text: str, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(amounts_in(text, language))


def texts_agree_on_days(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS212: weekday, words and figures of a date in a text agree, and the day exists."""
    for piece in konteks.teks:
        for seen, right in _wrong_days(piece.teks, piece.bahasa):
            yield problem("KS212", at(piece.path), tertulis=seen, benar=right)


def texts_agree_on_amounts(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS213: figures and words of an amount or number in a text agree."""
    for piece in konteks.teks:
        for seen, right in _wrong_amounts(piece.teks, piece.bahasa):
            yield problem("KS213", at(piece.path), tertulis=seen, benar=right)


RULES = (texts_agree_on_days, texts_agree_on_amounts)
