"""What is written in words or figures reads back as the value it was written from."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from ksdocs import bahasa
from ksdocs.bahasa import en
from ksdocs.bahasa import id as indonesian

LANGUAGES = pytest.mark.parametrize("words", [indonesian, en], ids=["id", "en"])
QUICK = settings(max_examples=100, deadline=None)

# Numbers of every size, and round ones, where the exceptions live.
NUMBERS = st.one_of(
    st.integers(-bahasa.BATAS, bahasa.BATAS),
    st.integers(0, 9999),
    st.builds(
        lambda digits, power: min(digits * 10**power, bahasa.BATAS),
        st.integers(0, 11_111),
        st.integers(0, 15),
    ),
)
AMOUNTS = st.builds(
    lambda whole, sen: (abs(whole) + Decimal(sen) / 100) * (-1 if whole < 0 else 1),
    st.integers(-bahasa.BATAS + 1, bahasa.BATAS - 1),
    st.integers(0, 99),
)
CURRENCIES = st.sampled_from([code for code in bahasa.MATA_UANG if code != "JPY"])


@LANGUAGES
@given(n=NUMBERS)
@example(n=1_001_000)
@example(n=10**15)
@QUICK
def test_numbers_in_words_read_back(words: ModuleType, n: int) -> None:
    text = words.terbilang(n)
    assert words.baca_terbilang(text) == n
    assert words.baca_terbilang(text.title().replace(" ", "  ")) == n
    assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", text)


@given(n=NUMBERS)
@QUICK
def test_indonesian_words_read_back_when_written_together(n: int) -> None:
    sign, words = ("minus ", indonesian.terbilang(abs(n))) if n < 0 else ("", indonesian.terbilang(n))
    assert indonesian.baca_terbilang(sign + words.replace(" ", "")) == n


@given(n=NUMBERS.map(abs))
@QUICK
def test_indonesian_agrees_with_num2words(n: int) -> None:
    # num2words says "satu ribu" within larger numbers ("satu juta satu ribu"), and has no word beyond 10^15.
    if (n % 10**6 // 1000 == 1 and n >= 10**6) or n == bahasa.BATAS:
        assert indonesian.baca_terbilang(indonesian.terbilang(n)) == n
    else:
        assert indonesian.terbilang(n) == num2words(n, lang="id")


@given(n=NUMBERS)
@QUICK
def test_english_agrees_with_num2words_but_for_its_commas(n: int) -> None:
    assert en.terbilang(n) == num2words(n, lang="en").replace(",", "")


@LANGUAGES
@given(
    text=st.text(max_size=30) | st.lists(st.sampled_from([*"123", "satu", "ribu", "juta", "se", "and"])).map(" ".join)
)
@QUICK
def test_reading_any_text_gives_a_value_or_a_clear_refusal(words: ModuleType, text: str) -> None:
    readers = (words.baca_terbilang, words.baca_rupiah, words.baca_rupiah_terbilang, words.baca_tanggal)
    for read in (*readers, words.baca_tanggal_terbilang, words.baca_hari, bahasa.baca_romawi):
        message = "a value was read"
        try:
            read(text)
        except ValueError as error:
            message = str(error)
        assert 10 < len(message) < 400


@LANGUAGES
@given(amount=AMOUNTS, currency=CURRENCIES)
@example(amount=Decimal("-0.05"), currency="IDR")
@QUICK
def test_amounts_read_back_from_figures_and_from_words(words: ModuleType, amount: Decimal, currency: str) -> None:
    assert words.baca_rupiah(words.rupiah(amount, currency), currency) == amount
    assert words.baca_rupiah_terbilang(words.rupiah_terbilang(amount, currency), currency) == amount


@given(amount=AMOUNTS)
@QUICK
def test_no_figures_mean_one_amount_in_indonesian_and_another_in_english(amount: Decimal) -> None:
    text = indonesian.rupiah(amount)
    with pytest.raises(ValueError, match="cannot be read for certain"):
        en.baca_rupiah(text)


@LANGUAGES
@given(day=st.dates())
@example(day=date(1, 1, 1))
@example(day=date(2024, 2, 29))
@QUICK
def test_dates_read_back_from_every_form(words: ModuleType, day: date) -> None:
    assert words.baca_tanggal(day.isoformat()) == day
    assert words.baca_tanggal(words.tanggal_panjang(day)) == day
    assert words.baca_tanggal(f"{words.hari(day)}, {words.tanggal_panjang(day)}") == day
    assert words.baca_tanggal(bahasa.tanggal_angka(day), dmy=True) == day
    assert words.baca_tanggal_terbilang(words.tanggal_terbilang(day)) == day
    assert words.baca_hari(words.hari(day)) == day.weekday()


@LANGUAGES
@given(day=st.dates(), shift=st.integers(1, 6))
@QUICK
def test_a_weekday_that_does_not_match_is_always_noticed(words: ModuleType, day: date, shift: int) -> None:
    wrong = words._HARI[(day.weekday() + shift) % 7]
    with pytest.raises(ValueError, match="not " + wrong):
        words.baca_tanggal(f"{wrong}, {words.tanggal_panjang(day)}")


def test_every_roman_numeral_reads_back() -> None:
    assert all(bahasa.baca_romawi(bahasa.romawi(n)) == n for n in range(1, 4000))


def test_letters_never_repeat_and_keep_their_order() -> None:
    letters = [bahasa.huruf(n) for n in range(1, 703)]
    assert letters == sorted(set(letters), key=lambda s: (len(s), s))


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), n=st.integers(-1200, 1200))
@QUICK
def test_moving_by_months_keeps_the_day_or_ends_the_month(day: date, n: int) -> None:
    moved = bahasa.tambah(day, n, "bulan")
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == n
    assert moved.day == day.day or (moved.day < day.day and bahasa.tambah(moved, 1, "hari").day == 1)
