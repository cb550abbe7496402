"""English wording: the second column must say what the Indonesian one says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ksdocs.bahasa import en as bahasa

MONDAY = date(2025, 3, 17)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (105, "one hundred and five"),
        (1005, "one thousand and five"),
        (1_001_000, "one million one thousand"),
        (105_000, "one hundred and five thousand"),
        (10**15, "one quadrillion"),
        (-12, "minus twelve"),
        (Decimal("2.50"), "two point five"),
    ],
)
def test_numbers_read_as_in_british_english(n: int | Decimal, words: str) -> None:
    assert bahasa.terbilang(n) == words


def test_words_are_read_whatever_their_case_hyphens_and_ands() -> None:
    assert bahasa.baca_terbilang("One Hundred Five") == 105
    assert bahasa.baca_terbilang("two thousand and twenty five") == 2025
    assert bahasa.baca_terbilang("minus one quadrillion") == -(10**15)
    for text in (
        "",
        "minus",
        "two three",
        "thousand",
        "twenty eleven",
        "one hundred hundred",
        "two quadrillion",
        "lima",
    ):
        with pytest.raises(ValueError, match="no whole number in words"):
            bahasa.baca_terbilang(text)


def test_numbers_and_amounts_stand_in_figures_and_words() -> None:
    assert bahasa.angka_terbilang(12_000) == "12,000 (twelve thousand)"
    assert bahasa.persen_lengkap(Decimal("2.5")) == "2.5% (two point five percent)"
    assert bahasa.rupiah_lengkap(1_500_000) == "IDR1,500,000.00 (one million five hundred thousand rupiah)"
    assert bahasa.rupiah_terbilang(Decimal("10.5")) == "ten rupiah and fifty sen"
    assert bahasa.rupiah_terbilang(Decimal("1.01"), "USD") == "one United States dollar and one cent"
    assert bahasa.rupiah_terbilang(Decimal("2.02"), "USD") == "two United States dollars and two cents"
    assert bahasa.rupiah(1500, "JPY") == "JPY1,500"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("IDR1,500,000.00", "1500000"), ("Rp 1,500", "1500"), ("1500000.50", "1500000.50"), ("1500", "1500")],
)
def test_amounts_in_english_figures_are_read(text: str, amount: str) -> None:
    assert bahasa.baca_rupiah(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1.500", "1.5", "1,5", "1,50", "1.500.000,00", "1.500.000", "Rp1.500.000,00"])
def test_indonesian_or_ambiguous_figures_are_refused_in_english(text: str) -> None:
    with pytest.raises(ValueError, match=r"write for example IDR1,500,000\.00"):
        bahasa.baca_rupiah(text)


def test_amounts_in_words_are_read_for_comparison_with_figures() -> None:
    assert bahasa.baca_rupiah_terbilang("One million rupiah") == Decimal("1000000.00")
    assert bahasa.baca_rupiah_terbilang("one United States dollar and one cent", "USD") == Decimal("1.01")
    for text in ("one million", "one million dollars", "one rupiah and one hundred sen"):
        with pytest.raises(ValueError, match=r"."):
            bahasa.baca_rupiah_terbilang(text)


def test_dates_read_in_every_form_of_a_naskah() -> None:
    assert bahasa.hari(MONDAY) == "Monday"
    assert bahasa.bulan(12) == "December"
    assert bahasa.tanggal_panjang(MONDAY) == "17 March 2025"
    assert (
        bahasa.tanggal_lengkap(MONDAY) == "Monday, the seventeenth of March two thousand and twenty-five (17-03-2025)"
    )
    words = {n: bahasa.tanggal_terbilang(date(2025, 1, n)).split()[1] for n in (1, 2, 3, 5, 8, 9, 12, 20, 21, 30)}
    assert list(words.values()) == (
        [
            "first",
            "second",
            "third",
            "fifth",
            "eighth",
            "ninth",
            "twelfth",
            "twentieth",
            "twenty-first",
            "thirtieth",
        ]
    )


@pytest.mark.parametrize(
    "text", ["2025-03-17", "17 March 2025", "Monday, 17 Mar 2025", "March 17, 2025", "Monday, March 17, 2025"]
)
def test_dates_are_read_in_the_forms_that_partners_write(text: str) -> None:
    assert bahasa.baca_tanggal(text) == MONDAY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tuesday, 17 March 2025", "17 March 2025 is Monday, not Tuesday"),
        ("17 Maret 2025", "'Maret' is no month"),
        ("31 February 2025", "no 31 February 2025"),
        ("03/04/2025", "which figure is the day"),
    ],
)
def test_a_date_that_contradicts_itself_or_the_calendar_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bahasa.baca_tanggal(text)


def test_dates_in_words_are_read_for_comparison_with_figures() -> None:
    assert bahasa.baca_tanggal_terbilang("the seventeenth day of March in the year two thousand twenty-five") == MONDAY
    for text in ("the thirty-first of February two thousand", "17 March 2025", "the first of May zero"):
        with pytest.raises(ValueError, match=r"."):
            bahasa.baca_tanggal_terbilang(text)


def test_durations_take_the_units_of_the_data_and_agree_in_number() -> None:
    assert bahasa.lama(5, "tahun") == "5 (five) years"
    assert bahasa.lama(1, "tahun") == "1 (one) year"
    assert bahasa.lama(14, "hari kerja") == "14 (fourteen) working days"
    with pytest.raises(ValueError, match="no unit of time"):
        bahasa.lama(5, "years")
    with pytest.raises(ValueError, match="cannot be negative"):
        bahasa.lama(-1, "tahun")


def test_lists_have_the_comma_before_and() -> None:
    assert bahasa.daftar(["A", "B"]) == "A and B"
    assert bahasa.daftar(["A", "B", "C"]) == "A, B, and C"
    assert bahasa.daftar_atau(["A", "B", "C"]) == "A, B, or C"


def test_both_schemes_of_parties_read_alike() -> None:
    assert bahasa.label_pihak(1) == bahasa.label_pihak(1, "pertama") == "FIRST PARTY"
    assert bahasa.ordinal_pihak(21) == "TWENTY-FIRST"
    with pytest.raises(ValueError, match="kesatu or pertama"):
        bahasa.ordinal_pihak(1, "first")
