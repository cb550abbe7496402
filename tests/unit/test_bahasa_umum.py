"""What reads alike in every language, and the filters as templates get them."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date

import pytest

import ksdocs.bahasa as bahasa


def test_roman_numerals_are_written_and_read() -> None:
    assert [bahasa.romawi(n) for n in (1, 4, 9, 14, 40, 90, 400, 2025, 3999)] == (
        ["I", "IV", "IX", "XIV", "XL", "XC", "CD", "MMXXV", "MMMCMXCIX"]
    )
    assert bahasa.baca_romawi(" ix ") == 9
    assert bahasa.bulan_romawi(date(2025, 8, 17)) == "VIII"


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "MMMM", "A", "I I", "9", "M" * 100_000])
def test_improper_roman_numerals_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no Roman numeral"):
        bahasa.baca_romawi(text)


@pytest.mark.parametrize("n", [0, -1, 4000])
def test_roman_numerals_have_bounds(n: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 3999"):
        bahasa.romawi(n)


def test_letters_of_a_list_go_on_after_z() -> None:
    assert [bahasa.huruf(n) for n in (1, 26, 27, 52, 53, 702)] == ["a", "z", "aa", "az", "ba", "zz"]
    for n in (0, 703):
        with pytest.raises(ValueError, match="1 \\(a\\) to 702"):
            bahasa.huruf(n)


@pytest.mark.parametrize(
    ("start", "n", "unit", "end"),
    [
        (date(2025, 1, 31), 1, "bulan", date(2025, 2, 28)),
        (date(2024, 2, 29), 1, "tahun", date(2025, 2, 28)),
        (date(2024, 2, 29), 4, "tahun", date(2028, 2, 29)),
        (date(2025, 3, 17), 5, "tahun", date(2030, 3, 17)),
        (date(2025, 3, 31), -1, "bulan", date(2025, 2, 28)),
        (date(2025, 12, 15), 1, "bulan", date(2026, 1, 15)),
        (date(2025, 8, 31), 1, "semester", date(2026, 2, 28)),
        (date(2025, 12, 31), 1, "hari", date(2026, 1, 1)),
        (date(2025, 3, 17), 2, "minggu", date(2025, 3, 31)),
    ],
)
def test_dates_move_and_stay_within_the_month_reached(start: date, n: int, unit: str, end: date) -> None:
    assert bahasa.tambah(start, n, unit) == end


def test_dates_do_not_leave_the_calendar() -> None:
    for n, unit in ((8000, "tahun"), (-2025 * 12, "bulan"), (10**9, "hari"), (10**14, "minggu")):
        with pytest.raises(ValueError, match="outside years 1 to 9999"):
            bahasa.tambah(date(2025, 3, 17), n, unit)
    with pytest.raises(ValueError, match="the units are: tahun"):
        bahasa.tambah(date(2025, 3, 17), 5, "hari kerja")


def test_titles_stand_around_a_name() -> None:
    assert bahasa.nama_lengkap("Dr.", "Budi", "M.Si.") == "Dr. Budi, M.Si."
    assert bahasa.nama_lengkap(None, " Budi ", ", S.T., M.T.") == "Budi, S.T., M.T."
    assert bahasa.nama_lengkap("", "Budi", "") == "Budi"
    with pytest.raises(ValueError, match="name is empty"):
        bahasa.nama_lengkap("Dr.", " ", "M.Si.")


def test_institutions_stand_in_capitals_but_persons_with_degrees_never() -> None:
    assert bahasa.kapital("Politeknik Industri Petrokimia Banten") == "POLITEKNIK INDUSTRI PETROKIMIA BANTEN"
    assert bahasa.kapital("Maju, Tbk. & Co., Ltd.; Esempio, S.p.A.") == "MAJU, TBK. & CO., LTD.; ESEMPIO, S.P.A."
    for name in ("Dr. Budi, M.Si.", "Siti, A.Md.", "Budi, Ph.D."):
        with pytest.raises(ValueError, match="never put in capitals"):
            bahasa.kapital(name)


def test_both_languages_have_the_same_filters_with_the_same_arguments() -> None:
    assert list(bahasa.FILTERS) == list(bahasa.LANGUAGES)
    assert list(bahasa.FILTERS["id"]) == list(bahasa.FILTERS["en"]) == sorted(bahasa.FILTERS["id"])
    for name, function in bahasa.FILTERS["id"].items():
        assert inspect.signature(function) == inspect.signature(bahasa.FILTERS["en"][name]), name


def test_filters_are_handed_out_as_a_copy() -> None:
    bahasa.filters("id").clear()
    assert bahasa.filters("id")["terbilang"](11) == "sebelas"
    assert bahasa.filters("en")["terbilang"](11) == "eleven"
    with pytest.raises(ValueError, match="no words for language 'fr'; there are: id, en"):
        bahasa.filters("fr")


def test_a_party_is_labelled_in_the_language_of_its_column() -> None:
    assert bahasa.label_pihak(2, "kesatu", "id") == "PIHAK KEDUA"
    assert bahasa.label_pihak(2, "kesatu", "en") == "SECOND PARTY"


def test_every_currency_and_unit_that_is_offered_has_words_in_both_languages() -> None:
    for language in bahasa.LANGUAGES:
        words = bahasa.filters(language)
        assert len({words["rupiah_terbilang"](1, code) for code in bahasa.MATA_UANG}) == len(bahasa.MATA_UANG)
        assert len({words["lama"](1, unit) for unit in bahasa.SATUAN_LAMA}) == len(bahasa.SATUAN_LAMA)
    with pytest.raises(ValueError, match=", ".join(bahasa.MATA_UANG)):
        bahasa.rupiah(1, "ABC")


def test_importing_the_words_brings_in_nothing_but_the_standard_library() -> None:
    code = "import sys; import ksdocs.bahasa; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "jinja2", "docxtpl", "yaml", "lxml", "click", "num2words"} & set(result.stdout.split())
