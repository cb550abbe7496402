"""Money: who pays whom how much, and whether the figures agree (KS250–KS259)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ksdocs.bahasa import baca_rupiah_terbilang, persen, rupiah, rupiah_terbilang
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import Pembiayaan, SkemaBiaya
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at

_NEEDED = {
    SkemaBiaya.PER_SATUAN: ("satuan", "nilai_satuan", "volume"),
    SkemaBiaya.BIAYA_TETAP: ("nilai",),
    SkemaBiaya.TERMIN: ("nilai", "termin"),
}
_MONEY_FIELDS = (
    "pembayar",
    "penerima",
    "nilai",
    "nilai_terbilang",
    "satuan",
    "nilai_satuan",
    "volume",
    "termin",
    "tenggat",
    "rekening",
)


def total(money: Pembiayaan) -> Decimal | None:
    """What is paid in all: as written, or units times amount."""
    if money.nilai is not None:
        return money.nilai
    if money.nilai_satuan is not None and money.volume is not None:
        return money.nilai_satuan * money.volume
    return None


def total_is_units_times_amount(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS250: total = amount per unit × units."""
    money = naskah.isi.pembiayaan
    if money.nilai is None or money.nilai_satuan is None or money.volume is None:
        return
    right = money.nilai_satuan * money.volume
    if right != money.nilai:
        yield problem("KS250", at("pembiayaan.nilai"), nilai=_rp(money.nilai), benar=_rp(right))


def _rp(amount: Decimal) -> str:
    try:
        return rupiah(amount)
    except ValueError:
        return str(amount)


def _percent(share: Decimal) -> str:
    try:
        return persen(share)
    except ValueError:
        return f"{share:f}%"


def instalments_make_the_total(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS251: the instalments add up to the total."""
    money = naskah.isi.pembiayaan
    whole, paid = total(money), sum((t.jumlah for t in money.termin), Decimal(0))
    if money.termin and whole is not None and paid != whole:
        yield problem(
            "KS251", at("pembiayaan.termin"), jumlah=_rp(paid), nilai=_rp(whole), selisih=_rp(abs(whole - paid))
        )


def percents_agree(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS252: the percents make 100, and each is its amount's share of the total."""
    money = naskah.isi.pembiayaan
    given = [t.persen for t in money.termin if t.persen is not None]
    if not given:
        return
    if len(given) == len(money.termin) and sum(given) != 100:
        yield problem("KS252", at("pembiayaan.termin"), persen=_percent(sum(given, Decimal(0))), benar="100%")
        return
    whole = total(money)
    for number, part in enumerate(money.termin, 1):
        if part.persen is None or not whole:
            continue
        right = whole * part.persen / 100
        # A rupiah either way is rounding.
        if abs(right - part.jumlah) > 1:
            yield problem(
                "KS252",
                at(f"pembiayaan.termin.{number}.persen"),
                persen=_percent(part.persen),
                benar=f"{_percent(part.persen)} = {_rp(right.quantize(Decimal('0.01')))}",
            )


def words_of_the_total_agree(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS253: `nilai_terbilang` says `nilai`."""
    money = naskah.isi.pembiayaan
    if money.nilai_terbilang is None or money.nilai is None:
        return
    try:
        right = baca_rupiah_terbilang(money.nilai_terbilang) == money.nilai
    except ValueError:
        right = False
    if not right:
        yield problem(
            "KS253",
            at("pembiayaan.nilai_terbilang"),
            tertulis=money.nilai_terbilang,
            nilai=_rp(money.nilai),
            benar=rupiah_terbilang(money.nilai),
        )


def payer_and_payee_are_named(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS254: where money flows, it flows from a party to a party."""
    money = naskah.isi.pembiayaan
    if money.uang_mengalir:
        for name in ("pembayar", "penerima"):
            if getattr(money, name) is None:
                yield problem("KS254", at(f"pembiayaan.{name}"), isian=name, skema=money.skema.value)


def payer_is_not_payee(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS255: nobody pays himself."""
    money = naskah.isi.pembiayaan
    if money.pembayar is not None and money.pembayar == money.penerima:
        yield problem("KS255", at("pembiayaan.penerima"), pihak=money.penerima)


def parties_are_counted_right(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS256: every number of a party is one of this record's."""
    money, most = naskah.isi.pembiayaan, len(naskah.pihak)
    named = [("pembiayaan.pembayar", money.pembayar), ("pembiayaan.penerima", money.penerima)]
    named += [(f"pembiayaan.beban.{n}.pihak", b.pihak) for n, b in enumerate(money.beban, 1)]
    named += [(f"aset.{n}.pihak", a.pihak) for n, a in enumerate(getattr(naskah.isi, "aset", ()), 1)]
    for path, number in named:
        if number is not None and number > most:
            yield problem("KS256", at(path), pihak=number, banyak=most)


def scheme_has_its_data(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS258: each scheme has the amounts it is made of."""
    money = naskah.isi.pembiayaan
    for name in _NEEDED.get(money.skema, ()):
        if getattr(money, name) in (None, ()):
            yield problem("KS258", at(f"pembiayaan.{name}"), isian=name, skema=money.skema.value)


def own_costs_name_no_payment(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS259: where each bears its own costs, nothing is paid."""
    money = naskah.isi.pembiayaan
    given = [name for name in _MONEY_FIELDS if getattr(money, name) not in (None, ())]
    if not money.uang_mengalir and given:
        yield problem("KS259", at(f"pembiayaan.{given[0]}"), isian=", ".join(given))


RULES = (
    payer_and_payee_are_named,
    payer_is_not_payee,
    parties_are_counted_right,
    scheme_has_its_data,
    own_costs_name_no_payment,
    total_is_units_times_amount,
    instalments_make_the_total,
    percents_agree,
    words_of_the_total_agree,
)
