"""Merging three ways, for any texts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ksdocs.templat.gabung import merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "", "(1) x"]), max_size=12)


@given(LINES, LINES)
def test_what_one_side_alone_changed_is_taken_as_it_is(base: list[str], side: list[str]) -> None:
    for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
        assert list(merged.baris) == side
        assert merged.bentrok == ()


@given(LINES, LINES, LINES)
def test_it_does_not_matter_who_is_asked_first(base: list[str], ours: list[str], theirs: list[str]) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert [(c.asal, c.kita, c.mereka) for c in one.bentrok] == [(c.asal, c.mereka, c.kita) for c in other.bentrok]
    if not one.bentrok:
        assert one.baris == other.baris


@given(LINES, LINES, LINES)
def test_no_line_that_a_side_wrote_is_lost(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge(base, ours, theirs)
    held = Counter(merged.baris)
    for clash in merged.bentrok:
        held.update(clash.mereka)
    for side in (ours, theirs):
        written = Counter(side) - Counter(base)
        assert all(held[line] >= count for line, count in written.items())


@given(LINES, LINES, LINES)
def test_a_conflict_stands_at_its_line_of_our_text(base: list[str], ours: list[str], theirs: list[str]) -> None:
    for clash in merge(base, ours, theirs).bentrok:
        start = clash.baris - 1
        assert tuple(ours[start : start + len(clash.kita)]) == clash.kita
        assert clash.kita != clash.mereka


@given(LINES, LINES, LINES)
def test_changes_far_from_each_other_are_both_there(base: list[str], ours: list[str], theirs: list[str]) -> None:
    wall = ["pagar 1", "pagar 2"]
    merged = merge([*base, *wall, *base], [*ours, *wall, *base], [*base, *wall, *theirs])
    if list(merged.baris) != [*ours, *wall, *theirs]:
        raise AssertionError(merged)
    assert merged.bentrok == ()


def test_changes_side_by_side_are_a_conflict_and_keep_our_words() -> None:
    merged = merge(["satu", "dua", "tiga"], ["SATU", "dua", "tiga"], ["satu", "DUA", "tiga"])
    assert merged.baris == ("SATU", "dua", "tiga")
    assert [(c.baris, c.kita, c.mereka) for c in merged.bentrok] == [(1, ("SATU", "dua"), ("satu", "DUA"))]
