"""What was worked out for records before changes nothing: in any order, warm or cold, in one thread or in many."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from ksdocs.docx.naskah import template_context
from ksdocs.memo import forget
from ksdocs.office import Office
from ksdocs.pipeline import check, render
from ksdocs.sources import Source, from_tree


@cache
def office() -> Office:
    return samples.office()


def outcome(source: Source) -> str:
    """All that validation and assembly say of a record, and what the template would be given."""
    report = check(source, office(), samples.TODAY)
    shown = template_context(report.dokumen) if report.dokumen else {}
    return repr((report.problems, report.dokumen, report.incomplete, shown))


@cache
def cold(ident: str) -> str:
    """The outcome for one record where nothing is remembered of any other."""
    forget()
    return outcome(samples.source(ident))


def leaves(tree: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(tree, str):
        yield here
    for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from leaves(inner, (*here, key))


def with_leaf(tree: Any, path: tuple[Any, ...], value: str) -> Any:
    tree = copy.deepcopy(tree)
    here = tree
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return tree


def test_records_say_the_same_in_any_order_again_and_again() -> None:
    first = {ident: cold(ident) for ident in samples.ids()}
    turns = samples.ids() * 6
    random.Random(1).shuffle(turns)
    for ident in turns:
        assert outcome(samples.source(ident)) == first[ident], ident


def test_records_say_the_same_in_many_threads_at_once() -> None:
    first = {ident: cold(ident) for ident in samples.ids()}
    turns = samples.ids() * 3
    random.Random(2).shuffle(turns)
    forget()
    with ThreadPoolExecutor(8) as pool:
        for ident, told in zip(turns, pool.map(lambda i: outcome(samples.source(i)), turns), strict=True):
            assert told == first[ident], ident


def test_a_document_among_others_has_the_bytes_that_it_has_alone() -> None:
    def data(ident: str) -> bytes:
        return render(samples.source(ident), office(), samples.TODAY).artifacts[0].data

    alone = {}
    for ident in (samples.MOU, samples.PKS):
        forget()
        alone[ident] = data(ident)
    for _ in range(6):
        assert {ident: data(ident) for ident in alone} == alone


def test_unchanged_paragraphs_of_two_records_are_the_very_same_blocks() -> None:
    for _ in range(5):
        outcome(samples.source(samples.MOU))
    other = samples.changed(samples.MOU, id="mou-lain", tentang="Hal yang Lain")
    one, two = (check(from_tree(t), office(), samples.TODAY).dokumen for t in (samples.record(samples.MOU), other))
    assert one is not None
    assert two is not None
    pairs = list(zip(one.blok_berurutan(), two.blok_berurutan(), strict=True))
    assert all((a is b) == (a == b) for a, b in pairs)
    assert sorted(a.id for a, b in pairs if a != b) == ["premis.6", "sepakat.1"], "those that name the subject"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_record_that_differs_in_one_value_is_not_taken_for_the_other(data: st.DataObject) -> None:
    tree = samples.record(data.draw(st.sampled_from(samples.ids())))
    path = data.draw(st.sampled_from([p for p in leaves(tree) if p != ("id",)]))
    words = st.sampled_from(["Pasal 3", "PIHAK SATU", "2", "ya", "tidak", "diisi_tangan", "3 bulan"])
    letters = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
    other = with_leaf(tree, path, data.draw(words | letters))
    forget()
    expected = outcome(from_tree(other))
    for _ in range(4):
        outcome(from_tree(tree))
    assert [outcome(from_tree(other)) for _ in range(5)] == [expected] * 5
