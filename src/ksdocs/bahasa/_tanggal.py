"""Dates: checking, and one reader for the names and word order of any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ksdocs.bahasa._bilangan import kutip

_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_ANGKA = r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})"
_ANGKA_PENDEK = r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}"


class NamaTanggal(NamedTuple):
    """The calendar of a language: names to print, spellings to read (lower case), forms of a long date.

    Each pattern names the groups `hari` (may be missing), `d`, `bulan`, `y`.
    """

    bulan: tuple[str, ...]
    hari: tuple[str, ...]
    ejaan_bulan: Mapping[str, int]
    ejaan_hari: Mapping[str, int]
    pola: tuple[str, ...]
    contoh: str


def periksa_tanggal(tanggal: date) -> date:
    """`tanggal` if it is a date, otherwise ValueError: templates may pass anything."""
    if not isinstance(tanggal, date):
        raise ValueError(f"{kutip(tanggal)} is no date")
    return tanggal


def hari_dalam_bulan(year: int, month: int) -> int:
    """How many days `month` (1 to 12) of `year` has."""
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - timedelta(days=1)).day


def buat_tanggal(year: int, month: int, day: int, nama: tuple[str, ...] = ()) -> date:
    """The date, or a ValueError that says which part is impossible (`nama`: the names of the months)."""
    if year < 1:
        raise ValueError("there is no year 0000")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}: months run from 1 to 12")
    last = hari_dalam_bulan(year, month)
    if not 1 <= day <= last:
        label = f"{nama[month - 1] if nama else f'{month:02d}'} {year:04d}"
        raise ValueError(f"there is no {day} {label}: that month has {last} days")
    return date(year, month, day)


def baca_nama_hari(text: str, nama: NamaTanggal) -> int:
    """The weekday that `text` names, 0 (Monday) to 6 (Sunday), as `date.weekday` counts."""
    number = nama.ejaan_hari.get(text.strip().lower().replace("’", "'"))
    if number is None:
        raise ValueError(f"{kutip(text)} is no day of the week; the days are: {', '.join(nama.hari)}")
    return number


def baca_nama_bulan(text: str, nama: NamaTanggal) -> int:
    """The month (1 to 12) that `text` names, in full or shortened."""
    number = nama.ejaan_bulan.get(text.strip().rstrip(".").lower())
    if number is None:
        raise ValueError(f"{kutip(text)} is no month; the months are: {', '.join(nama.bulan)}")
    return number


def baca(text: str, nama: NamaTanggal, dmy: bool) -> date:
    """The date that `text` states; see `baca_tanggal` of the languages."""
    words = text.strip() if len(text) <= 100 else ""
    if match := re.fullmatch(_ISO, words):
        return buat_tanggal(int(match[1]), int(match[2]), int(match[3]), nama.bulan)
    if match := re.fullmatch(_ANGKA, words):
        if not dmy:
            raise ValueError(
                f"{kutip(text)} does not say which figure is the day and which the month: write 2025-04-03 "
                f"or {nama.contoh} (day-month-year in figures is read only where that order is declared)"
            )
        return buat_tanggal(int(match[4]), int(match[3]), int(match[1]), nama.bulan)
    if re.fullmatch(_ANGKA_PENDEK, words):
        raise ValueError(f"{kutip(text)}: write the year with four digits")
    for pattern in nama.pola:
        if match := re.fullmatch(pattern, words, re.IGNORECASE):
            return _panjang(match, nama)
    raise ValueError(f"{kutip(text)} is no date; write 2025-04-03 or {nama.contoh}")


def _panjang(match: re.Match[str], nama: NamaTanggal) -> date:
    month = baca_nama_bulan(match["bulan"], nama)
    result = buat_tanggal(int(match["y"]), month, int(match["d"]), nama.bulan)
    if match["hari"] is not None and baca_nama_hari(match["hari"], nama) != result.weekday():
        told = nama.hari[baca_nama_hari(match["hari"], nama)]
        stated = f"{result.day} {nama.bulan[month - 1]} {result.year:04d}"
        raise ValueError(f"{stated} is {nama.hari[result.weekday()]}, not {told}")
    return result
