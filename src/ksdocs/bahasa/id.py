"""Indonesian: numbers, money, dates, durations, lists and parties as documents write them.

Spelling: sebelas, seratus, seribu, "satu juta seribu", miliar, triliun; Rp without a space; point for
thousands, comma for decimals. The functions that start with `baca_` are the inverse of those that write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ksdocs.bahasa import _tanggal
from ksdocs.bahasa._bilangan import (
    BATAS,
    Tanda,
    Uang,
    angka,
    angka_uang,
    baca_uang,
    bulat,
    kutip,
    pecah_uang,
    periksa,
)
from ksdocs.bahasa._daftar import rangkai
from ksdocs.bahasa._tanggal import NamaTanggal, periksa_tanggal
from ksdocs.bahasa.umum import SATUAN_LAMA, periksa_skema, tanggal_angka

_TANDA = Tanda(ribuan=".", desimal=",")

# --- numbers ------------------------------------------------------------------------------------------------

_ANGKA = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SKALA = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def terbilang(n: int | Decimal) -> str:
    """`n` in words: `satu juta seribu`, `minus dua koma lima`; exact up to ±10^15 (`seribu triliun`).

    Decimals are read digit by digit, without trailing zeros. ValueError beyond 10^15, for more than 6
    decimals, and for anything but an int or a finite Decimal.
    """
    number = periksa(n)
    words = _utuh(number.utuh)
    if number.desimal:
        words += " koma " + " ".join(_ANGKA[int(digit)] for digit in number.desimal)
    return f"minus {words}" if number.negatif else words


def _utuh(n: int) -> str:
    if n < 10:
        return _ANGKA[n]
    if n < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(n) or f"{_ANGKA[n - 10]} belas"
    if n < 100:
        head, rest = f"{_ANGKA[n // 10]} puluh", n % 10
    elif n < 1000:
        head, rest = "seratus" if n < 200 else f"{_ANGKA[n // 100]} ratus", n % 100
    else:
        scale, name = next((scale, name) for scale, name in _SKALA if n >= scale)
        head, rest = (
            "seribu" if n // scale == 1 and name == "ribu" else f"{_utuh(n // scale)} {name}",
            n % scale,
        )
    return f"{head} {_utuh(rest)}" if rest else head


_KATA = (
    *_ANGKA,
    "sepuluh",
    "sebelas",
    "seratus",
    "seribu",
    "belas",
    "puluh",
    "ratus",
    *(k for _, k in _SKALA),
)
# No word starts another, so that words written together ("limaratus") come apart in one way only.
_PECAH = "|".join((*_KATA, "milyar", "trilyun"))
_SE = {"sepuluh": "puluh", "sebelas": "belas", "seratus": "ratus", "seribu": "ribu"}
_EJAAN_LAMA = {"milyar": "miliar", "trilyun": "triliun"}


def baca_terbilang(text: str) -> int:
    """The whole number that `text` says in words, the inverse of `terbilang`.

    Case and spacing do not matter ("Limaratus Ribu"); `satu ribu` counts as `seribu`, `milyar` as `miliar`.
    ValueError for anything that is not one well-formed whole number up to ±10^15.
    """
    words = text.lower().split() if len(text) <= 500 else []
    negative = bool(words) and words[0] == "minus"
    joined = "".join(words[1:] if negative else words)
    tokens = re.findall(_PECAH, joined)
    if joined and "".join(tokens) == joined:
        parts = _urai(tokens)
        value = _nilai(parts)
        # Evaluating is lenient ("dua tiga"); what counts is that the value is said with just these words.
        if value <= BATAS and parts == _urai(_utuh(value).split()):
            return -value if negative else value
    raise ValueError(f"{kutip(text)} is no whole number in words; write for example: {terbilang(1_250_000)}")


def _urai(tokens: list[str]) -> list[str]:
    """Words with every "se-" spelled out, so that `seribu` and `satu ribu` are the same."""
    parts: list[str] = []
    for token in tokens:
        parts += ["satu", _SE[token]] if token in _SE else [_EJAAN_LAMA.get(token, token)]
    return parts


def _nilai(parts: list[str]) -> int:
    scales = {name: scale for scale, name in _SKALA}
    total = group = digit = 0
    for part in parts:
        if part in scales:
            # "seribu triliun": the scale multiplies what was said so far.
            total = total + (group + digit) * scales[part] if group + digit else total * scales[part]
            group = digit = 0
        elif part == "belas":
            group, digit = group + 10 + digit, 0
        elif part in ("puluh", "ratus"):
            group, digit = group + digit * (10 if part == "puluh" else 100), 0
        else:
            digit = _ANGKA.index(part)
    return total + group + digit


def ribuan(n: int | Decimal) -> str:
    """`n` in figures: `12.000`, `2,5`."""
    return angka(n, _TANDA)


def angka_terbilang(n: int | Decimal) -> str:
    """`n` in figures and words: `5 (lima)`, `12.000 (dua belas ribu)`."""
    return f"{ribuan(n)} ({terbilang(n)})"


def persen(n: int | Decimal) -> str:
    """`2,5%`; `n` counts percents, not parts of one."""
    return f"{ribuan(n)}%"


def persen_lengkap(n: int | Decimal) -> str:
    """`2,5% (dua koma lima persen)`."""
    return f"{persen(n)} ({terbilang(n)} persen)"


# --- money --------------------------------------------------------------------------------------------------


class _MataUang(NamedTuple):
    awalan: str
    kata: str
    sen: str | None = "sen"


_MATA_UANG = {
    "IDR": _MataUang("Rp", "rupiah"),
    "USD": _MataUang("USD", "dolar Amerika Serikat"),
    "EUR": _MataUang("EUR", "euro"),
    "SGD": _MataUang("SGD", "dolar Singapura"),
    "MYR": _MataUang("MYR", "ringgit Malaysia"),
    "AUD": _MataUang("AUD", "dolar Australia"),
    "JPY": _MataUang("JPY", "yen Jepang", None),
}


def _mata_uang(code: str) -> _MataUang:
    if code not in _MATA_UANG:
        raise ValueError(f"there are no words for currency {kutip(code)}; there are: {', '.join(_MATA_UANG)}")
    return _MATA_UANG[code]


def _pecah(jumlah: int | Decimal, mata_uang: str) -> tuple[Uang, _MataUang]:
    currency = _mata_uang(mata_uang)
    return pecah_uang(jumlah, mata_uang, currency.sen is not None), currency


def rupiah(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in figures: `Rp1.500.000,00`, `USD1.500,00`; no space after the prefix, always two decimals.

    ValueError for more than two decimals (any, for a currency without hundredths), beyond 10^15, or for a
    currency that is not in `MATA_UANG`.
    """
    amount, currency = _pecah(jumlah, mata_uang)
    return angka_uang(amount, currency.awalan, _TANDA, currency.sen is not None)


def rupiah_terbilang(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in words: `satu juta lima ratus ribu rupiah`, `sepuluh rupiah lima puluh sen`."""
    amount, currency = _pecah(jumlah, mata_uang)
    words = f"{'minus ' if amount.negatif else ''}{_utuh(amount.utuh)} {currency.kata}"
    return f"{words} {_utuh(amount.sen)} {currency.sen}" if amount.sen else words


def rupiah_lengkap(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in figures and words: `Rp1.500.000,00 (satu juta lima ratus ribu rupiah)`."""
    return f"{rupiah(jumlah, mata_uang)} ({rupiah_terbilang(jumlah, mata_uang)})"


def baca_rupiah(text: str, mata_uang: str = "IDR") -> Decimal:
    """The amount that figures state: `Rp1.500.000,00`, `Rp 1.500.000`, `Rp1.500.000,-`, `1500000,50`.

    A point groups thousands (so `1.500` is 1500) and a comma comes before two digits of sen. What could be
    read in two ways (`1.5`, `1500000.50`, `1,500,000.00`, `1500,5`) is a ValueError that says why: an amount
    is never guessed.
    """
    currency = _mata_uang(mata_uang)
    prefixes = dict.fromkeys((currency.awalan.lower(), mata_uang.lower(), *(["us$"] if mata_uang == "USD" else [])))
    return baca_uang(text, mata_uang, tuple(prefixes), _TANDA, currency.sen is not None)


def baca_rupiah_terbilang(text: str, mata_uang: str = "IDR") -> Decimal:
    """The amount that words state, the inverse of `rupiah_terbilang`; case and spacing do not matter."""
    currency = _mata_uang(mata_uang)
    unit = r"\s+".join(map(re.escape, currency.kata.split()))
    sen = rf"(?:\s+(?P<sen>\D+?)\s*{currency.sen})?" if currency.sen else "(?P<sen>)"
    match = re.fullmatch(rf"(?P<utuh>\D+?)\s*{unit}{sen}", text.strip(), re.IGNORECASE) if len(text) <= 500 else None
    if match is None:
        raise ValueError(f"{kutip(text)} is no amount in words; write for example: {rupiah_terbilang(1500, mata_uang)}")
    whole, hundredths = baca_terbilang(match["utuh"]), baca_terbilang(match["sen"]) if match["sen"] else 0
    if not 0 <= hundredths < 100:
        raise ValueError(f"{kutip(text)}: the {currency.sen} must lie between 0 and 99")
    amount = Decimal(f"{abs(whole)}.{hundredths:02d}" if currency.sen else abs(whole))
    # The sign stands in the words, since "minus nol rupiah lima sen" is below zero and its whole part is not.
    return amount.copy_negate() if amount and match["utuh"].lower().lstrip().startswith("minus") else amount


# --- dates --------------------------------------------------------------------------------------------------

_BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_EJAAN_BULAN = {name.lower(): i for i, name in enumerate(_BULAN, 1)} | {
    name: number
    for number, names in (
        (1, "jan"),
        (2, "feb peb pebruari"),
        (3, "mar"),
        (4, "apr"),
        (6, "jun"),
        (7, "jul"),
        (8, "agt agu ags agust"),
        (9, "sep sept"),
        (10, "okt"),
        (11, "nov nop nopember"),
        (12, "des"),
    )
    for name in names.split()
}
_EJAAN_HARI = {name.lower(): i for i, name in enumerate(_HARI)} | {"jum'at": 4, "ahad": 6}
_POLA = (
    r"(?:(?:hari\s+)?(?!tanggal\b|tgl\b)(?P<hari>[a-z'’]+)(?:\s*,\s*|\s+))?(?:(?:tanggal|tgl\.?)\s+)?"
    r"(?P<d>[0-9]{1,2})\s+(?P<bulan>[a-z]+\.?)\s+(?P<y>[0-9]{4})"
)
_NAMA = NamaTanggal(_BULAN, _HARI, _EJAAN_BULAN, _EJAAN_HARI, (_POLA,), "3 April 2025")


def hari(tanggal: date) -> str:
    """The weekday: `Senin`."""
    return _HARI[periksa_tanggal(tanggal).weekday()]


def bulan(tanggal: date | int) -> str:
    """The month of a date, or the month of that number (1 to 12): `Maret`."""
    month = tanggal.month if isinstance(tanggal, date) else bulat(tanggal)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}: months run from 1 to 12")
    return _BULAN[month - 1]


def tanggal_panjang(tanggal: date) -> str:
    """`17 Agustus 2025`."""
    return f"{periksa_tanggal(tanggal).day} {bulan(tanggal)} {tanggal.year:04d}"


def tanggal_terbilang(tanggal: date) -> str:
    """`tujuh belas bulan Maret tahun dua ribu dua puluh lima`."""
    return f"{terbilang(periksa_tanggal(tanggal).day)} bulan {bulan(tanggal)} tahun {terbilang(tanggal.year)}"


def tanggal_lengkap(tanggal: date) -> str:
    """`Senin, tanggal tujuh belas bulan Maret tahun dua ribu dua puluh lima (17-03-2025)`."""
    return f"{hari(tanggal)}, tanggal {tanggal_terbilang(tanggal)} ({tanggal_angka(tanggal)})"


def baca_tanggal(text: str, dmy: bool = False) -> date:
    """The date of `2025-03-17`, `17 Maret 2025`, `Senin, 17 Maret 2025`, `hari Senin tanggal 17 Mar 2025`.

    A weekday must agree with the date. Common short and old spellings count (Agt, Agu, Nopember, Pebruari,
    Jum'at). `17/03/2025`, `17-03-2025` and `17.03.2025` are read, as day-month-year, only if `dmy`; otherwise
    they are a ValueError, as are two-digit years and days that do not exist.
    """
    return _tanggal.baca(text, _NAMA, dmy)


def baca_tanggal_terbilang(text: str) -> date:
    """The date that words state, the inverse of `tanggal_terbilang`; case and spacing do not matter."""
    match = None
    if len(text) <= 200:
        match = re.fullmatch(r"(?P<d>.+?)\s+bulan\s+(?P<bulan>\S+)\s+tahun\s+(?P<y>.+)", text.strip(), re.IGNORECASE)
    if match is None:
        example = tanggal_terbilang(date(2025, 3, 17))
        raise ValueError(f"{kutip(text)} is no date in words; write for example: {example}")
    month = _tanggal.baca_nama_bulan(match["bulan"], _NAMA)
    year = baca_terbilang(match["y"])
    if not 1 <= year <= 9999:
        raise ValueError(f"{kutip(text)}: the year must lie between 1 and 9999")
    return _tanggal.buat_tanggal(year, month, baca_terbilang(match["d"]), _BULAN)


def baca_hari(text: str) -> int:
    """The weekday that `text` names: 0 (Senin) to 6 (Minggu), as `date.weekday` counts."""
    return _tanggal.baca_nama_hari(text, _NAMA)


# --- durations, lists, parties ------------------------------------------------------------------------------


def lama(n: int | Decimal, satuan: str) -> str:
    """A duration: `5 (lima) tahun`, `14 (empat belas) hari kerja`; `satuan` is one of `SATUAN_LAMA`."""
    if satuan not in SATUAN_LAMA:
        raise ValueError(f"{kutip(satuan)} is no unit of time; the units are: {', '.join(SATUAN_LAMA)}")
    if periksa(n).negatif:
        raise ValueError(f"a duration cannot be negative: {n} {satuan}")
    return f"{angka_terbilang(n)} {satuan}"


def daftar(butir: Iterable[object]) -> str:
    """Items in a sentence: `A`, `A dan B`, `A, B, dan C`; an empty list is a ValueError."""
    return rangkai(butir, "dan")


def daftar_atau(butir: Iterable[object]) -> str:
    """Items to choose from: `A`, `A atau B`, `A, B, atau C`; an empty list is a ValueError."""
    return rangkai(butir, "atau")


def ordinal_pihak(n: int, skema: str = "kesatu") -> str:
    """`KESATU` (or `PERTAMA`, as `skema` says), `KEDUA`, …: the place of the `n`-th party, from 1."""
    periksa_skema(skema)
    n = bulat(n)
    if n < 1:
        raise ValueError(f"parties are counted from 1, not from {n}")
    return "PERTAMA" if n == 1 and skema == "pertama" else f"ke{terbilang(n)}".upper()


def label_pihak(n: int, skema: str = "kesatu") -> str:
    """`PIHAK KESATU`: what the `n`-th party is called."""
    return f"PIHAK {ordinal_pihak(n, skema)}"
