"""Whatever a record holds, its entry sheet reads back as that record, or is not made."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from ksdocs.lembar_isian import entry_book
from ksdocs.models import MODELS
from ksdocs.models.fault import read_model
from ksdocs.office import Office
from ksdocs.problems import SourceError
from ksdocs.sources import Source, from_tree
from ksdocs.sources.xlsx import read_book


@cache
def office() -> Office:
    return samples.office()


NAMES = st.sampled_from(["a", "b", "teks", "id", "petunjuk", "daftar", "asing", "sumber", "sebuah_nama_yang_panjang"])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
    st.sampled_from(["=1+1", "007", "3.50", "2026-03-17", "_x000D_", "‹a›", " tepi ", "a;b", "satu\ndua", "ya", "1e5"]),
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=6,
)
PLAIN = st.text("abc xyz,.", min_size=1, max_size=20).map(lambda text: f"x{text}x")
BOTH = PLAIN | st.fixed_dictionaries({"id": PLAIN}, optional={"en": PLAIN})
TWO = st.lists(BOTH, max_size=2)


def back(trees: list[dict[str, Any]], kind: str, *, bilingual: bool = False) -> list[dict[str, Any]] | None:
    """The records as the sheet of `trees` gives them; None where there is none."""
    try:
        book = entry_book(kind, office(), [from_tree(tree) for tree in trees], bilingual=bilingual)
    except SourceError:
        return None
    items = [item for _, item in read_book(book, "isian.xlsx")]
    return [dict(item.tree) for item in items if isinstance(item, Source)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=3))
def test_any_tree_reads_back_as_it_was_or_is_refused(extra: list[dict[str, Any]]) -> None:
    trees = []
    for number, tree in enumerate(extra, 1):
        try:
            trees.append(dict(from_tree({**tree, "jenis": "butir", "id": f"r{number}"}).tree))
        except SourceError:
            continue
    if trees:
        assert back(trees, "butir") in (None, trees)


@settings(max_examples=60, deadline=None)
@given(st.lists(BOTH, min_size=1, max_size=3), st.tuples(TWO, TWO), st.booleans())
def test_texts_in_one_or_two_languages_are_the_same_to_the_model(
    premises: list[Any], duties: tuple[list[Any], ...], bilingual: bool
) -> None:
    tree = samples.record(samples.MOU)
    tree["premis"] = premises
    for party, texts in zip(tree["pihak"], duties, strict=True):
        party.pop("kewajiban", None)
        if texts:
            party["kewajiban"] = texts
    found = back([tree], "mou", bilingual=bilingual)
    assert found is not None
    read = [read_model(MODELS["mou"], from_tree(one))[0] for one in (found[0], tree)]
    assert read[0] is not None and read[0] == read[1]
