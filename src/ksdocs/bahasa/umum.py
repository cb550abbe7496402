"""What reads alike in every language: Roman numerals, letters, dates in figures, names; the closed lists."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from ksdocs.bahasa._bilangan import BATAS, bulat, kutip
from ksdocs.bahasa._tanggal import buat_tanggal, hari_dalam_bulan, periksa_tanggal

__all__ = [
    "BATAS",
    "MATA_UANG",
    "SATUAN_LAMA",
    "SKEMA_PIHAK",
    "baca_romawi",
    "bulan_romawi",
    "huruf",
    "kapital",
    "nama_lengkap",
    "periksa_skema",
    "romawi",
    "tambah",
    "tanggal_angka",
]

MATA_UANG = ("IDR", "USD", "EUR", "SGD", "MYR", "AUD", "JPY")
"""Currencies (ISO 4217) that both languages have words for; the first is the default."""

SATUAN_LAMA = ("tahun", "semester", "bulan", "minggu", "hari", "hari kerja", "hari kalender", "jam", "menit")
"""Units that `lama` can count; the data always hold the Indonesian word."""

SKEMA_PIHAK = ("kesatu", "pertama")
"""How parties are counted: PIHAK KESATU, KEDUA, … or PIHAK PERTAMA, KEDUA, …"""

_ROMAWI = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_NILAI_ROMAWI = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

# A degree that capitals would spoil ("M.Si." → "M.SI."); "Tbk.", "Co., Ltd." and "S.p.A." are no degrees.
_GELAR = r",\s*(?:[SMAD]\.\s?[A-Z][a-z]|Ph\.\s?D)"


def romawi(n: int) -> str:
    """The Roman numeral of `n`, in capitals; 1 to 3999, otherwise ValueError."""
    n = bulat(n)
    if not 1 <= n <= 3999:
        raise ValueError(f"{n} has no Roman numeral: it must lie between 1 and 3999")
    text = ""
    for value, sign in _ROMAWI:
        text += sign * (n // value)
        n %= value
    return text


def baca_romawi(text: str) -> int:
    """The number that a Roman numeral stands for; only the proper form counts (IV, not IIII), in any case."""
    signs = text.strip().upper()
    # Proper numerals are at most 15 letters long (MMMDCCCLXXXVIII).
    if 0 < len(signs) <= 15 and all(sign in _NILAI_ROMAWI for sign in signs):
        values = [_NILAI_ROMAWI[sign] for sign in signs]
        n = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
        if 1 <= n <= 3999 and romawi(n) == signs:
            return n
    raise ValueError(f"{kutip(text)} is no Roman numeral; write for example IX for 9")


def bulan_romawi(tanggal: date) -> str:
    """The month of `tanggal` as a Roman numeral (I to XII), as numbers of letters have it."""
    return romawi(periksa_tanggal(tanggal).month)


def huruf(n: int) -> str:
    """The `n`-th letter of a list, from 1: a, b, …, z, aa, ab, … zz (702)."""
    n = bulat(n)
    if not 1 <= n <= 702:
        raise ValueError(f"a list has items 1 (a) to 702 (zz), not {n}")
    text = ""
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def tanggal_angka(tanggal: date) -> str:
    """`17-03-2025`: day, month and year in figures."""
    periksa_tanggal(tanggal)
    return f"{tanggal.day:02d}-{tanggal.month:02d}-{tanggal.year:04d}"


def tambah(tanggal: date, n: int | Decimal, satuan: str = "hari") -> date:
    """`tanggal` moved by `n` (may be negative) "tahun", "semester" (6 months), "bulan", "minggu" or "hari".

    A day that the month reached does not have becomes its last day: 31 January + 1 bulan is 28 or 29
    February. ValueError for another unit and for a date outside the years 1 to 9999.
    """
    periksa_tanggal(tanggal)
    n = bulat(n)
    months = {"tahun": 12 * n, "semester": 6 * n, "bulan": n}.get(satuan)
    days = {"minggu": 7 * n, "hari": n}.get(satuan)
    if months is None and days is None:
        units = "tahun, semester, bulan, minggu, hari"
        raise ValueError(f"a date cannot be moved by {kutip(satuan)}; the units are: {units}")
    if months is None:
        try:
            return tanggal + timedelta(days=days or 0)
        except OverflowError:
            raise ValueError(f"{tanggal_angka(tanggal)} moved by {n} {satuan} is outside years 1 to 9999") from None
    year, month = divmod(tanggal.year * 12 + tanggal.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"{tanggal_angka(tanggal)} moved by {n} {satuan} is outside years 1 to 9999")
    month += 1
    return buat_tanggal(year, month, min(tanggal.day, hari_dalam_bulan(year, month)))


def nama_lengkap(gelar_depan: str | None, nama: str, gelar_belakang: str | None) -> str:
    """`Dr. Budi, M.Si.`: a person's name with the titles before and after it; either may be missing."""
    name = nama.strip()
    if not name:
        raise ValueError("a person's name is empty")
    before = (gelar_depan or "").strip()
    after = (gelar_belakang or "").strip().lstrip(",").strip()
    return (f"{before} " if before else "") + name + (f", {after}" if after else "")


def kapital(text: str) -> str:
    """`text` in capitals, whatever the machine's locale: for names of institutions and titles of documents.

    Never for a person: a name that ends in a degree (", M.Si.") is a ValueError, for capitals spoil degrees.
    """
    if re.search(_GELAR, text):
        raise ValueError(f"{kutip(text)} is a person's name with a degree: it is never put in capitals")
    return text.upper()


def periksa_skema(skema: str) -> str:
    """`skema` if it is one of `SKEMA_PIHAK`, otherwise ValueError."""
    if skema not in SKEMA_PIHAK:
        raise ValueError(f"parties are counted as {' or '.join(SKEMA_PIHAK)}, not {kutip(skema)}")
    return skema
