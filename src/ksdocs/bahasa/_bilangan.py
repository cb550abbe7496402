"""Numbers and amounts as figures, for any pair of separators; exact, never through float or the context."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

BATAS = 10**15
"""The largest number (and amount) that can be put in words."""

DESIMAL_TERBANYAK = 6
"""Most decimals of a number in words; more comes from a division that nobody rounded."""

# Wide enough for every accepted number; the caller's own decimal context must not change a document.
_EXACT = Context(prec=40, traps=[])
_TERHALUS = Decimal((0, (1,), -DESIMAL_TERBANYAK))


def kutip(value: object) -> str:
    """`value` in quotes for a message, shortened so that a hostile text stays a short message."""
    text = value if isinstance(value, str) else repr(value)
    return repr(text if len(text) <= 60 else text[:59] + "…")


class Bilangan(NamedTuple):
    """A checked number: sign, whole part, and the decimals as digits without trailing zeros."""

    negatif: bool
    utuh: int
    desimal: str


def periksa(n: int | Decimal) -> Bilangan:
    """`n` taken apart; ValueError unless it is a finite int or Decimal of at most ±10^15 and 6 decimals."""
    # A bool is an int to Python, and a float has already lost what was written.
    if isinstance(n, bool) or not isinstance(n, (int, Decimal)):
        raise ValueError(f"{kutip(n)} is no exact number: a whole or a decimal number is needed")
    if isinstance(n, Decimal) and not n.is_finite():
        raise ValueError(f"{kutip(str(n))} is no number that can be written")
    number = Decimal(n) if isinstance(n, int) and n.bit_length() < 64 else n
    if number > BATAS or number < -BATAS:
        raise ValueError("the number is beyond one thousand trillion (10^15), more than can be put in words")
    assert isinstance(number, Decimal)
    rounded = number.quantize(_TERHALUS, context=_EXACT)
    if rounded != number:
        raise ValueError(f"{kutip(str(number))} has more than {DESIMAL_TERBANYAK} decimals: round it first")
    whole, _, decimals = f"{rounded.copy_abs():f}".partition(".")
    return Bilangan(number < 0, int(whole), decimals.rstrip("0"))


def bulat(n: int | Decimal) -> int:
    """`n` as an int; ValueError unless it is whole."""
    number = periksa(n)
    if number.desimal:
        raise ValueError(f"{kutip(str(n))} is no whole number")
    return -number.utuh if number.negatif else number.utuh


class Tanda(NamedTuple):
    """How a language punctuates figures."""

    ribuan: str
    desimal: str


def angka(n: int | Decimal, tanda: Tanda) -> str:
    """`n` in figures with groups of three and as many decimals as it has."""
    number = periksa(n)
    figures = _kelompok(number.utuh, tanda) + (tanda.desimal + number.desimal if number.desimal else "")
    return ("-" if number.negatif else "") + figures


def _kelompok(n: int, tanda: Tanda) -> str:
    return f"{n:,}".replace(",", tanda.ribuan)


class Uang(NamedTuple):
    """A checked amount: sign, whole units, and hundredths."""

    negatif: bool
    utuh: int
    sen: int


def pecah_uang(jumlah: int | Decimal, mata_uang: str, bersen: bool) -> Uang:
    """An amount taken apart; ValueError if finer than the currency: two decimals, none unless `bersen`."""
    number = periksa(jumlah)
    most = 2 if bersen else 0
    if len(number.desimal) > most:
        raise ValueError(f"an amount in {mata_uang} has at most {most} decimals, not {kutip(str(jumlah))}")
    return Uang(number.negatif, number.utuh, int(number.desimal.ljust(2, "0")))


def angka_uang(jumlah: Uang, awalan: str, tanda: Tanda, bersen: bool) -> str:
    """`Rp1.500.000,00`: prefix and figures without a space between, so that no line ends between them."""
    decimals = f"{tanda.desimal}{jumlah.sen:02d}" if bersen else ""
    return f"{'-' if jumlah.negatif else ''}{awalan}{_kelompok(jumlah.utuh, tanda)}{decimals}"


# Patterns stay texts, here and in the modules around: `re` compiles and keeps one when it is first needed, so
# that importing this package costs nothing.
_UANG = r"(?s)(?P<minus>-?)\s*(?P<awalan>[A-Za-z$]*)(?P<titik>\.?)\s*(?P<angka>[0-9].*)"


def baca_uang(text: str, mata_uang: str, awalan: tuple[str, ...], tanda: Tanda, bersen: bool) -> Decimal:
    """The amount that `text` states, with two decimals (none for a currency without hundredths).

    `awalan` are the prefixes of `mata_uang` in lower case; none is fine too. Groups of three, hundredths as
    two digits, `,-` for "no hundredths". Anything that could be read in two ways is a ValueError: an amount
    is never guessed.
    """
    example = f"{awalan[0].upper() if awalan[0] != 'rp' else 'Rp'}1{tanda.ribuan}500{tanda.ribuan}000"
    example += f"{tanda.desimal}00" if bersen else ""
    match = re.fullmatch(_UANG, text.strip()) if len(text) <= 60 else None
    if match is None or (match["titik"] and match["awalan"].lower() != "rp"):
        raise ValueError(f"{kutip(text)} is no amount; write for example {example}")
    if match["awalan"] and match["awalan"].lower() not in awalan:
        raise ValueError(f"{kutip(text)} is no amount in {mata_uang}; write for example {example}")
    r, d = re.escape(tanda.ribuan), re.escape(tanda.desimal)
    hundredths = rf"(?:{d}(?:(?P<sen>[0-9]{{2}})|-))?" if bersen else "(?P<sen>)"
    figures = re.fullmatch(rf"(?P<utuh>0|[1-9][0-9]{{0,2}}(?:{r}[0-9]{{3}})+|[1-9][0-9]*){hundredths}", match["angka"])
    if figures is None:
        raise ValueError(_alasan(text, match["angka"], tanda, example, bersen))
    whole = figures["utuh"].replace(tanda.ribuan, "")
    amount = Decimal(f"{whole}.{figures['sen'] or '00'}" if bersen else whole)
    if amount > BATAS:
        raise ValueError(f"{kutip(text)} is beyond one thousand trillion (10^15)")
    # copy_negate and not "-": the latter rounds to the caller's decimal context and turns 0 into -0.
    return amount.copy_negate() if match["minus"] and amount else amount


def _alasan(text: str, figures: str, tanda: Tanda, example: str, bersen: bool) -> str:
    """Why figures cannot be read as an amount, and what to write."""
    names = {".": "a point", ",": "a comma"}
    r, d = names[tanda.ribuan], names[tanda.desimal]
    if not re.fullmatch(r"[0-9.,]+", figures):
        why = "it holds more than figures"
    elif re.search(rf"^[0-9.,]*{re.escape(tanda.ribuan)}[0-9]*{re.escape(tanda.desimal)}[0-9]{{2}}$", figures):
        why = f"{r} groups thousands: three digits follow each, and either all groups have one or none"
    elif tanda.ribuan in figures:
        why = f"{r} groups thousands and is followed by three digits, {d} comes before the hundredths"
    elif tanda.desimal in figures:
        why = f"{d} comes before the hundredths, which are two digits" if bersen else f"{d} has no place in it"
    else:
        why = "it starts with a zero"
    return f"{kutip(text)} cannot be read for certain as an amount: {why}; write for example {example}"
