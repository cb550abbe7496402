"""English: the counterpart of `id`, name for name, for the second column of a bilingual document.

British forms (`one hundred and five`, `17 March 2025`), commas for thousands and a point for decimals,
amounts with the ISO code (`IDR1,500,000.00`), and the comma before "and" in lists.
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

_TANDA = Tanda(ribuan=",", desimal=".")

# --- numbers ------------------------------------------------------------------------------------------------

_ANGKA = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_PULUHAN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SKALA = (
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
    (10**2, "hundred"),
)


def terbilang(n: int | Decimal) -> str:
    """`n` in words: `one million one thousand`, `minus two point five`; exact up to ±10^15.

    Limits and errors are those of the Indonesian one.
    """
    number = periksa(n)
    words = _utuh(number.utuh)
    if number.desimal:
        words += " point " + " ".join(_ANGKA[int(digit)] for digit in number.desimal)
    return f"minus {words}" if number.negatif else words


def _utuh(n: int) -> str:
    if n < 20:
        return _ANGKA[n]
    if n < 100:
        return _PULUHAN[n // 10] + (f"-{_ANGKA[n % 10]}" if n % 10 else "")
    scale, name = next((scale, name) for scale, name in _SKALA if n >= scale)
    head, rest = f"{_utuh(n // scale)} {name}", n % scale
    if not rest:
        return head
    return f"{head} and {_utuh(rest)}" if rest < 100 else f"{head} {_utuh(rest)}"


def baca_terbilang(text: str) -> int:
    """The whole number that `text` says in words, the inverse of `terbilang`.

    Case, spacing, hyphens and "and" do not matter. ValueError for anything that is not one well-formed whole
    number up to ±10^15.
    """
    words = _kata(text) if len(text) <= 500 else []
    negative = bool(words) and words[0] == "minus"
    words = words[1:] if negative else words
    value = _nilai(words)
    # Evaluating is lenient ("two three"); what counts is that the value is said with just these words.
    if value is not None and value <= BATAS and words == _kata(_utuh(value)):
        return -value if negative else value
    raise ValueError(f"{kutip(text)} is no whole number in words; write for example: {terbilang(1_250_000)}")


def _kata(text: str) -> list[str]:
    return [word for word in text.lower().replace("-", " ").split() if word != "and"]


def _nilai(words: list[str]) -> int | None:
    scales = {name: scale for scale, name in _SKALA}
    total = group = 0
    for word in words:
        if word in scales and scales[word] == 100:
            group *= 100
        elif word in scales:
            total, group = total + group * scales[word], 0
        elif word in _ANGKA:
            group += _ANGKA.index(word)
        elif word in _PULUHAN:
            group += 10 * _PULUHAN.index(word)
        else:
            return None
    return total + group


_ORDINAL = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
}
_ORDINAL |= {"twelve": "twelfth"}


def _ordinal(n: int) -> str:
    """`first`, `twenty-first`: only the last word of a number changes."""
    words = _utuh(n)
    last = words.replace("-", " ").split()[-1]
    head = words[: -len(last)]
    if last in _ORDINAL:
        return head + _ORDINAL[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def ribuan(n: int | Decimal) -> str:
    """`n` in figures: `12,000`, `2.5`."""
    return angka(n, _TANDA)


def angka_terbilang(n: int | Decimal) -> str:
    """`n` in figures and words: `5 (five)`."""
    return f"{ribuan(n)} ({terbilang(n)})"


def persen(n: int | Decimal) -> str:
    """`2.5%`; `n` counts percents, not parts of one."""
    return f"{ribuan(n)}%"


def persen_lengkap(n: int | Decimal) -> str:
    """`2.5% (two point five percent)`."""
    return f"{persen(n)} ({terbilang(n)} percent)"


# --- money --------------------------------------------------------------------------------------------------


class _MataUang(NamedTuple):
    satu: str
    banyak: str
    sen: tuple[str, str] | None = ("cent", "cents")


_MATA_UANG = {
    "IDR": _MataUang("rupiah", "rupiah", ("sen", "sen")),
    "USD": _MataUang("United States dollar", "United States dollars"),
    "EUR": _MataUang("euro", "euros"),
    "SGD": _MataUang("Singapore dollar", "Singapore dollars"),
    "MYR": _MataUang("Malaysian ringgit", "Malaysian ringgit", ("sen", "sen")),
    "AUD": _MataUang("Australian dollar", "Australian dollars"),
    "JPY": _MataUang("Japanese yen", "Japanese yen", None),
}


def _mata_uang(code: str) -> _MataUang:
    if code not in _MATA_UANG:
        raise ValueError(f"there are no words for currency {kutip(code)}; there are: {', '.join(_MATA_UANG)}")
    return _MATA_UANG[code]


def _pecah(jumlah: int | Decimal, mata_uang: str) -> tuple[Uang, _MataUang]:
    currency = _mata_uang(mata_uang)
    return pecah_uang(jumlah, mata_uang, currency.sen is not None), currency


def rupiah(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in figures: `IDR1,500,000.00`; no space after the code, always two decimals."""
    amount, currency = _pecah(jumlah, mata_uang)
    return angka_uang(amount, mata_uang, _TANDA, currency.sen is not None)


def rupiah_terbilang(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in words: `one million rupiah`, `two United States dollars and one cent`."""
    amount, currency = _pecah(jumlah, mata_uang)
    unit = currency.satu if amount.utuh == 1 else currency.banyak
    words = f"{'minus ' if amount.negatif else ''}{_utuh(amount.utuh)} {unit}"
    if not amount.sen or currency.sen is None:
        return words
    return f"{words} and {_utuh(amount.sen)} {currency.sen[0] if amount.sen == 1 else currency.sen[1]}"


def rupiah_lengkap(jumlah: int | Decimal, mata_uang: str = "IDR") -> str:
    """An amount in figures and words: `IDR1,500,000.00 (one million five hundred thousand rupiah)`."""
    return f"{rupiah(jumlah, mata_uang)} ({rupiah_terbilang(jumlah, mata_uang)})"


def baca_rupiah(text: str, mata_uang: str = "IDR") -> Decimal:
    """The amount that figures state in English punctuation: `IDR1,500,000.00`, `1,500`, `1500000.50`.

    A comma groups thousands and a point comes before two digits; whatever could be read in two ways (`1.500`,
    `1,5`, `1.500.000,00`) is a ValueError that says why.
    """
    currency = _mata_uang(mata_uang)
    more = {"IDR": ("rp",), "USD": ("us$",)}.get(mata_uang, ())
    return baca_uang(text, mata_uang, (mata_uang.lower(), *more), _TANDA, currency.sen is not None)


def baca_rupiah_terbilang(text: str, mata_uang: str = "IDR") -> Decimal:
    """The amount that words state, the inverse of `rupiah_terbilang`; case and spacing do not matter."""
    currency = _mata_uang(mata_uang)
    unit = "|".join(r"\s+".join(name.split()) for name in (currency.banyak, currency.satu))
    sen = rf"(?:\s+(?:and\s+)?(?P<sen>\D+?)\s+(?:{'|'.join(reversed(currency.sen))}))?" if currency.sen else "(?P<sen>)"
    match = None
    if len(text) <= 500:
        match = re.fullmatch(rf"(?P<utuh>\D+?)\s+(?:{unit}){sen}", text.strip(), re.IGNORECASE)
    if match is None:
        raise ValueError(f"{kutip(text)} is no amount in words; write for example: {rupiah_terbilang(1500, mata_uang)}")
    whole, hundredths = baca_terbilang(match["utuh"]), baca_terbilang(match["sen"]) if match["sen"] else 0
    if not 0 <= hundredths < 100:
        raise ValueError(f"{kutip(text)}: the hundredths must lie between 0 and 99")
    amount = Decimal(f"{abs(whole)}.{hundredths:02d}" if currency.sen else abs(whole))
    return amount.copy_negate() if amount and match["utuh"].lower().lstrip().startswith("minus") else amount


# --- dates --------------------------------------------------------------------------------------------------

_BULAN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HARI = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EJAAN_BULAN = {name.lower(): i for i, name in enumerate(_BULAN, 1)}
_EJAAN_BULAN |= {name[:3]: i for name, i in _EJAAN_BULAN.items()} | {"sept": 9}
_EJAAN_HARI = {name.lower(): i for i, name in enumerate(_HARI)}
_HARI_POLA = r"(?:(?P<hari>[a-z]+)(?:\s*,\s*|\s+))?"
_POLA = (
    _HARI_POLA + r"(?P<d>[0-9]{1,2})\s+(?P<bulan>[a-z]+\.?),?\s+(?P<y>[0-9]{4})",
    _HARI_POLA + r"(?P<bulan>[a-z]+\.?)\s+(?P<d>[0-9]{1,2})\s*,\s*(?P<y>[0-9]{4})",
)
_NAMA = NamaTanggal(_BULAN, _HARI, _EJAAN_BULAN, _EJAAN_HARI, _POLA, "3 April 2025")


def hari(tanggal: date) -> str:
    """The weekday: `Monday`."""
    return _HARI[periksa_tanggal(tanggal).weekday()]


def bulan(tanggal: date | int) -> str:
    """The month of a date, or the month of that number (1 to 12): `March`."""
    month = tanggal.month if isinstance(tanggal, date) else bulat(tanggal)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}: months run from 1 to 12")
    return _BULAN[month - 1]


def tanggal_panjang(tanggal: date) -> str:
    """`17 March 2025`."""
    return f"{periksa_tanggal(tanggal).day} {bulan(tanggal)} {tanggal.year:04d}"


def tanggal_terbilang(tanggal: date) -> str:
    """`the seventeenth of March two thousand and twenty-five`."""
    return f"the {_ordinal(periksa_tanggal(tanggal).day)} of {bulan(tanggal)} {terbilang(tanggal.year)}"


def tanggal_lengkap(tanggal: date) -> str:
    """`Monday, the seventeenth of March two thousand and twenty-five (17-03-2025)`."""
    return f"{hari(tanggal)}, {tanggal_terbilang(tanggal)} ({tanggal_angka(tanggal)})"


def baca_tanggal(text: str, dmy: bool = False) -> date:
    """The date of `2025-03-17`, `17 March 2025`, `Monday, 17 March 2025` or `March 17, 2025`.

    A weekday must agree with the date. Dates in figures alone are read, as day-month-year, only if `dmy`.
    """
    return _tanggal.baca(text, _NAMA, dmy)


def baca_tanggal_terbilang(text: str) -> date:
    """The date that words state, the inverse of `tanggal_terbilang`; case and spacing do not matter."""
    pattern = r"(?:the\s+)?(?P<d>[a-z-]+)(?:\s+day)?\s+of\s+(?P<bulan>[a-z]+),?\s+(?:in\s+the\s+year\s+)?(?P<y>.+)"
    match = re.fullmatch(pattern, text.strip(), re.IGNORECASE) if len(text) <= 200 else None
    day = {_ordinal(n): n for n in range(1, 32)}.get(match["d"].lower()) if match else None
    if match is None or day is None:
        example = tanggal_terbilang(date(2025, 3, 17))
        raise ValueError(f"{kutip(text)} is no date in words; write for example: {example}")
    month = _tanggal.baca_nama_bulan(match["bulan"], _NAMA)
    year = baca_terbilang(match["y"])
    if not 1 <= year <= 9999:
        raise ValueError(f"{kutip(text)}: the year must lie between 1 and 9999")
    return _tanggal.buat_tanggal(year, month, day, _BULAN)


def baca_hari(text: str) -> int:
    """The weekday that `text` names: 0 (Monday) to 6 (Sunday), as `date.weekday` counts."""
    return _tanggal.baca_nama_hari(text, _NAMA)


# --- durations, lists, parties ------------------------------------------------------------------------------

_SATUAN = {
    "tahun": "year",
    "semester": "semester",
    "bulan": "month",
    "minggu": "week",
    "hari": "day",
    "hari kerja": "working day",
    "hari kalender": "calendar day",
    "jam": "hour",
    "menit": "minute",
}


def lama(n: int | Decimal, satuan: str) -> str:
    """A duration: `5 (five) years`, `1 (one) year`; `satuan` is the Indonesian word, as the data hold it."""
    if satuan not in _SATUAN:
        raise ValueError(f"{kutip(satuan)} is no unit of time; the units are: {', '.join(SATUAN_LAMA)}")
    if periksa(n).negatif:
        raise ValueError(f"a duration cannot be negative: {n} {satuan}")
    return f"{angka_terbilang(n)} {_SATUAN[satuan]}{'' if n == 1 else 's'}"


def daftar(butir: Iterable[object]) -> str:
    """Items in a sentence: `A`, `A and B`, `A, B, and C`; an empty list is a ValueError."""
    return rangkai(butir, "and")


def daftar_atau(butir: Iterable[object]) -> str:
    """Items to choose from: `A`, `A or B`, `A, B, or C`; an empty list is a ValueError."""
    return rangkai(butir, "or")


def ordinal_pihak(n: int, skema: str = "kesatu") -> str:
    """`FIRST`, `SECOND`, …: the place of the `n`-th party, from 1; both schemes read alike in English."""
    periksa_skema(skema)
    n = bulat(n)
    if n < 1:
        raise ValueError(f"parties are counted from 1, not from {n}")
    return _ordinal(n).upper()


def label_pihak(n: int, skema: str = "kesatu") -> str:
    """`FIRST PARTY`: what the `n`-th party is called."""
    return f"{ordinal_pihak(n, skema)} PARTY"
