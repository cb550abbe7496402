"""Indonesian wording: every rule of spelling that offices get wrong has a case here."""

from __future__ import annotations

import decimal
from datetime import date, datetime
from decimal import Decimal

import pytest

from ksdocs.bahasa import id as bahasa

SENIN = date(2025, 3, 17)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (1_001_001_001_001, "satu triliun satu miliar satu juta seribu satu"),
        (10**15, "seribu triliun"),
        (-5, "minus lima"),
        (Decimal("2.50"), "dua koma lima"),
        (Decimal("-0.05"), "minus nol koma nol lima"),
        (Decimal("1E+3"), "seribu"),
        (Decimal("-0"), "nol"),
    ],
)
def test_numbers_read_as_indonesians_say_them(n: int | Decimal, words: str) -> None:
    assert bahasa.terbilang(n) == words


@pytest.mark.parametrize(
    ("n", "reason"),
    [
        (10**15 + 1, "10\\^15"),
        (-(10**15) - 1, "10\\^15"),
        (Decimal("1E+999999"), "10\\^15"),
        (Decimal(10**15) + Decimal("0.1"), "10\\^15"),
        pytest.param(10**5000, "10\\^15", id="googol"),
        (Decimal("1E-999999"), "decimals"),
        (Decimal("0.1234567"), "decimals"),
        (Decimal("NaN"), "no number"),
        (Decimal("-Infinity"), "no number"),
        (True, "no exact number"),
        (2.5, "no exact number"),
        ("5", "no exact number"),
        (None, "no exact number"),
    ],
)
def test_what_cannot_be_said_in_words_is_refused(n: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bahasa.terbilang(n)


def test_the_callers_decimal_context_changes_nothing() -> None:
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact])):
        assert bahasa.terbilang(Decimal("-123456.25")).endswith("empat ratus lima puluh enam koma dua lima")
        assert bahasa.rupiah(Decimal("-123456789.25")) == "-Rp123.456.789,25"
        assert bahasa.baca_rupiah("-Rp123.456.789,25") == Decimal("-123456789.25")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Lima  Ratus\u00a0RIBU", 500_000),
        ("limaratus ribu", 500_000),
        ("satujutalimaratusribu", 1_500_000),
        ("satu juta satu ribu", 1_001_000),
        ("satu ratus", 100),
        ("dua milyar", 2 * 10**9),
        ("seribu triliun", 10**15),
        ("satu ribu trilyun", 10**15),
        ("minus sebelas", -11),
        ("nol", 0),
    ],
)
def test_words_are_read_whatever_their_case_and_spacing(text: str, n: int) -> None:
    assert bahasa.baca_terbilang(text) == n


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "minus",
            "dua tiga",
            "ribu",
            "satu ribu dua juta",
            "lima ratus ratus",
            "puluh dua",
            "dua nol",
        ),
        *(
            "satu ribu seribu",
            "dua ribu triliun",
            "seribu triliun satu",
            "lima koma dua",
            "limaa",
            "5",
            "lima-ratus",
        ),
        *(
            "sepuluh satu",
            "dua sebelas",
            "seribu juta",
            "satu triliun triliun",
            "lima ratus ribu rupiah",
            "lima " * 999,
        ),
    ],
)
def test_words_that_say_no_number_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no whole number in words"):
        bahasa.baca_terbilang(text)


def test_numbers_stand_in_figures_and_words() -> None:
    assert bahasa.angka_terbilang(5) == "5 (lima)"
    assert bahasa.angka_terbilang(12_000) == "12.000 (dua belas ribu)"
    assert bahasa.ribuan(Decimal("1234.50")) == "1.234,5"
    assert bahasa.ribuan(-1000) == "-1.000"
    assert bahasa.persen(Decimal("2.5")) == "2,5%"
    assert bahasa.persen_lengkap(Decimal("2.5")) == "2,5% (dua koma lima persen)"


def test_amounts_stand_in_figures_and_words() -> None:
    assert bahasa.rupiah(1_500_000) == "Rp1.500.000,00"
    assert bahasa.rupiah_terbilang(Decimal("1500000.00")) == "satu juta lima ratus ribu rupiah"
    assert bahasa.rupiah_terbilang(Decimal("10.5")) == "sepuluh rupiah lima puluh sen"
    assert bahasa.rupiah_lengkap(1_500_000) == "Rp1.500.000,00 (satu juta lima ratus ribu rupiah)"
    assert bahasa.rupiah_lengkap(Decimal("-0.05")) == "-Rp0,05 (minus nol rupiah lima sen)"


def test_other_currencies_have_their_own_words() -> None:
    assert bahasa.rupiah_lengkap(1500, "USD") == "USD1.500,00 (seribu lima ratus dolar Amerika Serikat)"
    assert bahasa.rupiah_lengkap(1500, "JPY") == "JPY1.500 (seribu lima ratus yen Jepang)"
    with pytest.raises(ValueError, match="at most 0 decimals"):
        bahasa.rupiah(Decimal("0.5"), "JPY")
    with pytest.raises(ValueError, match=r"no words for currency 'XYZ'.*IDR, USD"):
        bahasa.rupiah(1, "XYZ")


def test_more_than_two_decimals_of_an_amount_are_refused_rather_than_rounded() -> None:
    assert bahasa.rupiah(Decimal("1.5000")) == "Rp1,50"
    with pytest.raises(ValueError, match="at most 2 decimals"):
        bahasa.rupiah(Decimal("1.005"))
    with pytest.raises(ValueError, match="at most 2 decimals"):
        bahasa.rupiah_terbilang(Decimal("0.001"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp1.500.000,00", "1500000.00"),
        ("Rp 1.500.000", "1500000.00"),
        ("Rp. 1.500.000,-", "1500000.00"),
        ("rp1.500", "1500.00"),
        ("IDR 1.500.000", "1500000.00"),
        ("1.500.000", "1500000.00"),
        ("1500000", "1500000.00"),
        ("1500000,50", "1500000.50"),
        ("0", "0.00"),
        ("0,05", "0.05"),
        ("-Rp5,00", "-5.00"),
        ("-0", "0.00"),
        ("1.000.000.000.000.000", "1E15"),
    ],
)
def test_amounts_in_indonesian_figures_are_read(text: str, amount: str) -> None:
    result = bahasa.baca_rupiah(text)
    assert result == Decimal(amount)
    assert result.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.5", "a point groups thousands"),
        ("1.50", "a point groups thousands"),
        ("1500000.50", "a point groups thousands"),
        ("150.00", "a point groups thousands"),
        ("1,500,000.00", "a point groups thousands"),
        ("1,500,000", "a comma comes before the hundredths"),
        ("1500,5", "a comma comes before the hundredths"),
        ("1,500", "a comma comes before the hundredths"),
        ("1500.000,00", "either all groups have one or none"),
        ("1.500,000", "a point groups thousands"),
        ("1.500000", "a point groups thousands"),
        ("0.500", "a point groups thousands"),
        ("00150", "starts with a zero"),
        ("1,5 juta", "more than figures"),
        ("1 500 000", "more than figures"),
        ("Rp1.500 (seribu lima ratus rupiah)", "more than figures"),
        ("1e6", "more than figures"),
        ("USD1.500", "no amount in IDR"),
        ("satu juta", "no amount"),
        ("Rp", "no amount"),
        ("", "no amount"),
        ("+5", "no amount"),
        ("USD.5", "no amount"),
        ("١٢٣", "no amount"),
        ("1.000.000.000.000.000,01", "10\\^15"),
        ("9" * 50, "10\\^15"),
        ("9" * 5000, "no amount"),
    ],
)
def test_an_amount_that_reads_two_ways_is_never_guessed(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bahasa.baca_rupiah(text)


def test_an_amount_is_read_in_the_currency_that_was_asked_for() -> None:
    assert bahasa.baca_rupiah("USD1.500,00", "USD") == Decimal("1500.00")
    assert bahasa.baca_rupiah("US$ 1.500", "USD") == Decimal("1500.00")
    assert bahasa.baca_rupiah("JPY1.500", "JPY") == Decimal("1500")
    with pytest.raises(ValueError, match="no amount in USD"):
        bahasa.baca_rupiah("Rp1.500", "USD")
    with pytest.raises(ValueError, match=r"JPY1\.500\.000"):
        bahasa.baca_rupiah("JPY1.500,00", "JPY")


def test_amounts_in_words_are_read_for_comparison_with_figures() -> None:
    assert bahasa.baca_rupiah_terbilang("Satu Juta Lima Ratus Ribu Rupiah") == Decimal("1500000.00")
    assert bahasa.baca_rupiah_terbilang("lima ratusribu rupiah lima puluh sen") == Decimal("500000.50")
    assert bahasa.baca_rupiah_terbilang("dua dolar  Amerika Serikat", "USD") == Decimal("2.00")
    for text in (
        "satu juta",
        "satu juta dolar",
        "rupiah",
        "5 rupiah",
        "satu rupiah seratus sen",
        "satu rupiah minus satu sen",
    ):
        with pytest.raises(ValueError, match=r"."):
            bahasa.baca_rupiah_terbilang(text)


def test_dates_read_in_every_form_of_a_naskah() -> None:
    assert bahasa.hari(SENIN) == "Senin"
    assert bahasa.bulan(SENIN) == bahasa.bulan(3) == "Maret"
    assert bahasa.tanggal_panjang(date(2025, 8, 17)) == "17 Agustus 2025"
    assert bahasa.tanggal_terbilang(SENIN) == "tujuh belas bulan Maret tahun dua ribu dua puluh lima"
    assert (
        bahasa.tanggal_lengkap(SENIN)
        == "Senin, tanggal tujuh belas bulan Maret tahun dua ribu dua puluh lima (17-03-2025)"
    )
    assert bahasa.hari(datetime(2025, 3, 21, 23, 59)) == "Jumat"  # noqa: DTZ001  # a date is a date


@pytest.mark.parametrize("value", ["2025-03-17", None, 45733])
def test_a_text_is_no_date(value: date) -> None:
    with pytest.raises(ValueError, match="no date"):
        bahasa.tanggal_panjang(value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-03-17",
            "17 Maret 2025",
            " 17  maret 2025 ",
            "17 Mar. 2025",
            "Senin, 17 Maret 2025",
            "SENIN 17 MARET 2025",
        ),
        *(
            "hari Senin tanggal 17 Maret 2025",
            "Senin, tanggal 17 Maret 2025",
            "tanggal 17 Maret 2025",
            "tgl. 17 Mar 2025",
        ),
    ],
)
def test_dates_are_read_in_the_forms_that_offices_write(text: str) -> None:
    assert bahasa.baca_tanggal(text) == SENIN


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Agt", 8),
        ("Agu", 8),
        ("Agust", 8),
        ("Des", 12),
        ("Nopember", 11),
        ("Pebruari", 2),
        ("Sept", 9),
        ("Mei", 5),
    ],
)
def test_short_and_old_names_of_months_are_read(word: str, month: int) -> None:
    assert bahasa.baca_tanggal(f"1 {word} 2025") == date(2025, month, 1)


def test_dates_in_figures_are_read_only_where_their_order_is_declared() -> None:
    for text in ("03/04/2025", "03-04-2025", "3.4.2025"):
        with pytest.raises(ValueError, match=r"which figure is the day.*2025-04-03 or 3 April 2025"):
            bahasa.baca_tanggal(text)
        assert bahasa.baca_tanggal(text, dmy=True) == date(2025, 4, 3)
    with pytest.raises(ValueError, match="which figure is the day"):
        bahasa.baca_tanggal("17/03/2025")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 Februari 2025", "no 31 Februari 2025: that month has 28 days"),
        ("2025-02-29", "no 29 Februari 2025"),
        ("2024-02-30", "that month has 29 days"),
        ("0 Maret 2025", "no 0 Maret"),
        ("2025-13-01", "no month 13"),
        ("0000-01-01", "no year 0000"),
        ("Selasa, 17 Maret 2025", "17 Maret 2025 is Senin, not Selasa"),
        ("Monday, 17 Maret 2025", "'Monday' is no day of the week; the days are: Senin"),
        ("17 March 2025", "'March' is no month; the months are: Januari"),
        ("17-03-25", "four digits"),
        ("17 Maret 25", "is no date"),
        ("17 Maret", "is no date"),
        ("2025/03/17", "is no date"),
        ("2025-3-17", "is no date"),
        ("17/03-2025", "is no date"),
        ("besok", "is no date"),
        ("", "is no date"),
        ("1" * 10_000, "is no date"),
        ("١٧ Maret 2025", "is no date"),
    ],
)
def test_a_date_that_contradicts_itself_or_the_calendar_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        bahasa.baca_tanggal(text, dmy=True)
    assert len(str(caught.value)) < 250


def test_dates_in_words_are_read_for_comparison_with_figures() -> None:
    assert bahasa.baca_tanggal_terbilang("Tujuh Belas bulan maret tahun dua ribu dua puluh lima") == SENIN
    with pytest.raises(ValueError, match="no 31 Februari 2025"):
        bahasa.baca_tanggal_terbilang("tiga puluh satu bulan Februari tahun dua ribu dua puluh lima")
    with pytest.raises(ValueError, match="the year must lie"):
        bahasa.baca_tanggal_terbilang("satu bulan Mei tahun dua puluh juta")
    with pytest.raises(ValueError, match="no date in words"):
        bahasa.baca_tanggal_terbilang("17 Maret 2025")


def test_weekdays_are_read_as_python_counts_them() -> None:
    assert [bahasa.baca_hari(day) for day in ("senin", " Jum’at", "Jumat", "Ahad", "MINGGU")] == [
        0,
        4,
        4,
        6,
        6,
    ]
    with pytest.raises(ValueError, match="no day of the week"):
        bahasa.baca_hari("Senen")


def test_durations_have_figures_and_words() -> None:
    assert bahasa.lama(5, "tahun") == "5 (lima) tahun"
    assert bahasa.lama(14, "hari kerja") == "14 (empat belas) hari kerja"
    with pytest.raises(ValueError, match="no unit of time; the units are: tahun"):
        bahasa.lama(5, "windu")
    with pytest.raises(ValueError, match="cannot be negative"):
        bahasa.lama(-1, "tahun")


def test_lists_read_as_a_sentence() -> None:
    assert bahasa.daftar(["A"]) == "A"
    assert bahasa.daftar(["A", "B"]) == "A dan B"
    assert bahasa.daftar(x for x in "ABC") == "A, B, dan C"
    assert bahasa.daftar_atau(["A", "B", "C"]) == "A, B, atau C"
    with pytest.raises(ValueError, match="cannot be empty"):
        bahasa.daftar([])
    with pytest.raises(ValueError, match="one text, not a list"):
        bahasa.daftar("ABC")


def test_parties_are_labelled_by_the_scheme_of_the_institution() -> None:
    assert [bahasa.ordinal_pihak(n) for n in (1, 2, 3, 4, 11)] == [
        "KESATU",
        "KEDUA",
        "KETIGA",
        "KEEMPAT",
        "KESEBELAS",
    ]
    assert [bahasa.label_pihak(n, "pertama") for n in (1, 2)] == ["PIHAK PERTAMA", "PIHAK KEDUA"]
    with pytest.raises(ValueError, match="kesatu or pertama"):
        bahasa.label_pihak(1, "satu")
    with pytest.raises(ValueError, match="counted from 1"):
        bahasa.label_pihak(0)
