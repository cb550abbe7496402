"""What is kept is bounded, and is what would be worked out again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from builders import a_mou
from ksdocs.memo import LONGEST, Memo, by_text
from ksdocs.models import Mou
from ksdocs.models.known import read_known
from ksdocs.models.teks import NumericText


def test_a_memo_never_holds_more_than_twice_its_bound_and_keeps_what_is_asked_for() -> None:
    memo: Memo[int, str] = Memo(10)
    memo.put(-1, "asked for all the time")
    for number in range(1000):
        memo.put(number, str(number))
        assert len(memo) <= 21
        assert memo.get(-1) == "asked for all the time"
    assert memo.get(0) is None
    assert memo.get(999) == "999"


def test_all_threads_get_the_value_that_was_put_first() -> None:
    memo: Memo[int, list[int]] = Memo(100)
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda n: memo.get(n % 7) or memo.put(n % 7, [n]), range(2000)))
    assert all(given[n] is given[n % 7] for n in range(14, 2000))


def test_texts_too_long_or_more_than_text_are_worked_out_each_time() -> None:
    asked: list[str] = []

    @by_text(8)
    def length(text: str, more: int = 0) -> int:
        asked.append(text)
        return len(text) + more

    long = "x" * (LONGEST + 1)
    assert [length("satu"), length("satu"), length("satu", 1)] == [4, 4, 5]
    assert [length(long), length(long)] == [len(long)] * 2
    assert length(NumericText("satu")) == 4
    assert asked == ["satu", "satu", long, long, "satu"]


def test_equal_parts_of_records_are_the_very_same_values_and_unequal_ones_are_not() -> None:
    tree = a_mou()
    one, two = (read_known(Mou, tree, tanggal_dmy=False) for _ in range(2))
    assert one == two == Mou.model_validate(tree)
    assert one.ruang_lingkup is two.ruang_lingkup
    assert one.jangka_waktu is two.jangka_waktu
    other = read_known(Mou, {**tree, "jangka_waktu": {"lama": "7 tahun"}}, tanggal_dmy=False)
    assert other.jangka_waktu != one.jangka_waktu
    assert other.ruang_lingkup is one.ruang_lingkup


def test_a_value_that_remembers_to_have_been_a_number_is_not_taken_for_the_same_text() -> None:
    def account(number: str) -> dict[str, object]:
        money = {"skema": "biaya_tetap", "nilai": "1000"}
        return {**a_mou(), "pembiayaan": {**money, "rekening": {"bank": "B", "nomor": number, "atas_nama": "A"}}}

    assert read_known(Mou, account("0123"), tanggal_dmy=False).pembiayaan.rekening is not None
    with pytest.raises(ValueError, match="identifier kept as a number"):
        read_known(Mou, account(NumericText("0123")), tanggal_dmy=False)


def test_whether_figures_may_be_day_month_year_is_not_remembered_from_another_office() -> None:
    tree = {**a_mou(), "penandatanganan": {"tanggal": "03/04/2025", "tempat": "Batam"}}
    assert str(read_known(Mou, tree, tanggal_dmy=True).penandatanganan.tanggal) == "2025-04-03"
    with pytest.raises(ValueError, match="not a date"):
        read_known(Mou, tree, tanggal_dmy=False)
