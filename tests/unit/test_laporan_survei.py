"""The recap of a survey: figures over the answers that were given, each with the answers behind it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import samples
from ksdocs.laporan.survei import RekapSurvei, Ukuran, recap, tables
from surveys import ID, answer, register, survey


def recapped(rows: list[dict[str, Any]], **changes: Any) -> RekapSurvei:
    found = recap(register(survey(**changes), rows), ID)
    assert found is not None
    return found


def figures(found: RekapSurvei) -> dict[str, Ukuran]:
    """Code of a dimension or item → its figures."""
    return {one.kode: one for d in found.dimensi for one in (d.ukuran, *d.butir)}


def spread(one: Ukuran) -> list[object]:
    return [cell.isi for cell in one.sebaran]


def test_a_survey_that_is_not_there_has_no_recap() -> None:
    assert recap(register(survey(), []), "survei-2099") is None


def test_without_answers_there_is_no_mean_and_nobody_is_a_small_sample() -> None:
    found = recapped([])
    assert (found.responden.isi, found.diundang.isi, found.tingkat.isi) == (0, 7, Decimal("0.0"))
    assert [one.rerata.isi for one in figures(found).values()] == [None] * 5
    assert [one.atas.isi for one in figures(found).values()] == [None] * 5
    assert spread(found.keseluruhan) == [0] * 5
    assert not found.sampel_kecil
    assert [one.kode for one in found.tanpa_jawaban] == ["samudra-elektronika", "karya-mesin", "universitas-nusa"]


def test_one_answer_is_a_small_sample_with_its_own_value_as_the_mean() -> None:
    found = recapped([answer(1, {"f1": 4, "f2": 5})])
    assert found.keseluruhan.rerata.isi == Decimal("4.50")
    assert figures(found)["f1"].rerata.isi == Decimal("4.00")
    assert figures(found)["f1"].sampel_kecil
    assert not figures(found)["a1"].sampel_kecil  # it has no figure that could be one
    assert found.sampel_kecil


def test_an_item_that_nobody_answered_has_no_mean_and_does_not_pull_its_dimension_down() -> None:
    found = figures(recapped([answer(1, {"f1": 4}), answer(2, {"f1": 5})]))
    assert found["f2"].rerata.isi is None and found["f2"].responden.isi == 0
    assert found["fisik"].rerata.isi == Decimal("4.50")


def test_a_mean_is_rounded_half_up() -> None:
    rows = [answer(n, {"f1": 5 if n == 1 else 4}) for n in range(1, 9)]  # 33 / 8 = 4.125
    assert figures(recapped(rows))["f1"].rerata.isi == Decimal("4.13")


def test_a_scale_of_four_points_has_four_counts_and_its_own_upper_two() -> None:
    words = [{"sebutan": word} for word in ("Kurang", "Cukup", "Baik", "Sangat baik")]
    found = figures(recapped([answer(n, {"a1": n}) for n in range(1, 5)], skala=words))["a1"]
    assert spread(found) == [1, 1, 1, 1]
    assert (found.rerata.isi, found.atas.isi) == (Decimal("2.50"), Decimal("50.0"))


def test_what_a_rule_refuses_is_never_counted() -> None:
    rows = [
        answer(1, {"f1": 6, "f2": 3, "x9": 5}),
        answer(2, {"f1": 1}, responden="r001"),
        answer(3, {"f1": 2}, survei="survei-2025"),
        answer(4, {}),
    ]
    found = recapped(rows)
    assert found.responden.asal == ("jawaban-001",)
    assert spread(found.keseluruhan) == [0, 0, 1, 0, 0]


def test_a_row_with_a_comment_alone_is_an_answer_without_values() -> None:
    found = recapped([answer(1, {}, komentar="Terima kasih.")])
    assert found.responden.isi == 1 and found.keseluruhan.responden.isi == 0
    assert [(one.kelas, one.teks, one.asal) for one in found.komentar] == [("Industri", "Terima kasih.", "jawaban-001")]


def test_response_is_told_per_partner_and_class_and_those_who_did_not_answer_are_listed() -> None:
    rows = [answer(1, {"f1": 4}), answer(2, {"f1": 4}), answer(3, {"f1": 4}, "universitas-nusa")]
    found = recapped(rows)
    assert [(p.kode, p.diundang.isi, p.menjawab.isi, p.tingkat.isi) for p in found.mitra] == [
        ("samudra-elektronika", 3, 2, Decimal("66.7")),
        ("karya-mesin", 2, 0, Decimal("0.0")),
        ("universitas-nusa", 2, 1, Decimal("50.0")),
    ]
    assert [(k.nama, k.diundang.isi, k.menjawab.isi, k.tingkat.isi) for k in found.kelas] == [
        ("Industri", 5, 2, Decimal("40.0")),
        ("Perguruan tinggi", 2, 1, Decimal("50.0")),
    ]
    assert found.tingkat.isi == Decimal("42.9")
    assert [one.nama for one in found.tanpa_jawaban] == ['PT Karya "Presisi" & Mesin Contoh']


def test_answers_of_a_partner_that_was_not_invited_do_not_raise_the_rate() -> None:
    found = recapped([answer(1, {"f1": 4}, "smk-rekaraya"), answer(2, {"f1": 4})])
    assert (found.responden.isi, found.tingkat.isi) == (2, Decimal("14.3"))
    assert [(p.kode, p.tingkat.isi) for p in found.mitra if p.diundang.isi == 0] == [("smk-rekaraya", None)]


def test_no_rate_is_told_where_a_partner_gave_more_answers_than_it_was_invited_for() -> None:
    rows = [answer(n, {"f1": 4}, "karya-mesin") for n in range(1, 4)]
    found = recapped(rows)
    rates = {p.kode: p.tingkat.isi for p in found.mitra}
    assert rates == {"samudra-elektronika": Decimal("0.0"), "karya-mesin": None, "universitas-nusa": Decimal("0.0")}
    assert found.tingkat.isi is None
    assert {k.nama: k.tingkat.isi for k in found.kelas} == {"Industri": None, "Perguruan tinggi": Decimal("0.0")}


def test_every_figure_names_the_answers_behind_it() -> None:
    found = recapped([answer(1, {"f1": 4, "a1": 2}), answer(2, {"f1": 5}), answer(3, {"f2": 4})])
    one = figures(found)
    assert one["f1"].rerata.asal == one["f1"].responden.asal == ("jawaban-001", "jawaban-002")
    assert [cell.asal for cell in one["f1"].sebaran] == [(), (), (), ("jawaban-001",), ("jawaban-002",)]
    assert one["fisik"].atas.asal == ("jawaban-001", "jawaban-002", "jawaban-003")
    known = {row.kunci for row in found.asal}
    told = {key for table in tables(found) for row in table.baris for cell in row for key in cell.asal}
    assert told == known


def plain_count(rows: Sequence[Mapping[str, Any]], codes: list[str], points: int) -> tuple[int, str, list[int], str]:
    """Respondents, mean, distribution and upper share, counted by another path: over raw rows, in whole numbers."""
    values = [int(v) for row in rows for c, v in row.get("nilai", {}).items() if c in codes]
    people = sum(1 for row in rows if set(codes) & set(row.get("nilai", {})))
    held = Counter(values)
    spread = [held[p] for p in range(1, points + 1)]
    if not values:
        return people, "-", spread, "-"
    hundredths = (200 * sum(values) + len(values)) // (2 * len(values))
    tenths = (2000 * sum(1 for v in values if v >= points - 1) + len(values)) // (2 * len(values))
    return people, f"{hundredths // 100}.{hundredths % 100:02}", spread, f"{tenths // 10}.{tenths % 10}"


def told(one: Ukuran) -> tuple[object, str, list[object], str]:
    mean, upper = one.rerata.isi, one.atas.isi
    return one.responden.isi, "-" if mean is None else str(mean), spread(one), "-" if upper is None else str(upper)


CODES = {"f1": ["f1"], "f2": ["f2"], "a1": ["a1"], "fisik": ["f1", "f2"], "andal": ["a1"]}


def test_an_independent_count_over_sixty_rows_gives_the_same_figures() -> None:
    chance = Random(2026)
    partners = ("samudra-elektronika", "karya-mesin", "universitas-nusa")
    rows = []
    for n in range(1, 61):
        values = {c: chance.randint(1, 5) for c in ("f1", "f2", "a1") if chance.random() < 0.9}
        rows.append(answer(n, values, chance.choice(partners)))
    found = recapped(rows)
    for code, one in figures(found).items():
        assert told(one) == plain_count(rows, CODES[code], 5), code
    assert told(found.keseluruhan) == plain_count(rows, ["f1", "f2", "a1"], 5)


_values = st.dictionaries(st.sampled_from(["f1", "f2", "a1"]), st.integers(1, 5))


@given(st.lists(_values, max_size=12), st.integers(0, 6))
def test_mean_distribution_and_counts_of_any_answers_agree_with_each_other(
    given_: list[dict[str, int]], threshold: int
) -> None:
    rows = [answer(n, values) for n, values in enumerate(given_, 1)]
    found = recapped(rows, sampel_kecil=str(threshold))
    for code, one in {**figures(found), "": found.keseluruhan}.items():
        assert told(one) == plain_count(rows, CODES.get(code, ["f1", "f2", "a1"]), 5)
        assert (one.rerata.isi is None) == (one.jumlah == 0) == (one.responden.isi == 0)
        assert one.sampel_kecil == (0 < len(one.responden.asal) < threshold)
        if one.jumlah:
            assert isinstance(one.rerata.isi, Decimal)
            points = [p for p, cell in enumerate(one.sebaran, 1) if cell.isi]
            assert min(points) <= one.rerata.isi <= max(points)
    for d in found.dimensi:
        sums = [sum(int(str(item.sebaran[p].isi)) for item in d.butir) for p in range(5)]
        assert sums == spread(d.ukuran)


def test_the_shipped_answers_give_what_a_plain_count_over_their_file_gives() -> None:
    with (samples.DATA / "jawaban_survei" / "jawaban-2026.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    found = recap(samples.office().register, ID)
    assert found is not None and len(rows) >= 60
    assert found.responden.isi == len(rows)
    assert {p.kode: p.menjawab.isi for p in found.mitra if p.menjawab.isi} == Counter(row["mitra"] for row in rows)
    for dimension in found.dimensi:
        codes = [item.kode for item in dimension.butir]
        plain = [{"nilai": {c: int(row[f"nilai.{c}"]) for c in codes if row[f"nilai.{c}"]}} for row in rows]
        assert told(dimension.ukuran) == plain_count(plain, codes, 5)
        assert all(told(item) == plain_count(plain, [item.kode], 5) for item in dimension.butir)
