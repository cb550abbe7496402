"""Whatever a record holds, it is answered with problems and never with an exception."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_mou, a_pks, a_register, judged
from ksdocs.bahasa.ejaan import TYPOS, find_typos
from ksdocs.rules import validate
from ksdocs.rules.bacaan import amounts_in, dates_in
from ksdocs.sources import Source

LEAVES = st.sampled_from(
    ["x", "0", "-1", "9" * 40, "2025-02-29", "0001-01-01", "9999-12-31", "diisi_tangan", "tanpa_nomor", "ya",
     "9999 tahun", "Rp1.000.000.000.000.000", "PIHAK KESATU", "PT", "a@b.c", "[x]", "{isian}", "1/2 3/4", "jaya"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "nama", "teks", "jenis", "lama", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
REGISTER = a_register()


def places(tree: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree, inner ones too."""
    steps: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        steps = list(tree.items())
    elif isinstance(tree, list):
        steps = list(enumerate(tree))
    return [here, *(p for key, inner in steps for p in places(inner, (*here, key)))]


def with_value(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    tree = copy.deepcopy(tree)
    here = tree
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return tree


@given(st.data())
def test_a_record_with_anything_anywhere_is_judged(data: st.DataObject) -> None:
    record: Any = data.draw(st.sampled_from([a_mou(), a_pks()]))
    for _ in range(data.draw(st.integers(1, 3))):
        record = with_value(record, data.draw(st.sampled_from(places(record)[1:])), data.draw(VALUES))
    result = validate(Source(record, "<dict>"), REGISTER, TODAY)
    assert result.refused or result.naskah is not None
    for told in result.problems:
        for language in ("id", "en"):
            assert told.message(language) and told.hint(language)
    assert validate(Source(record, "<dict>"), REGISTER, TODAY).problems == result.problems


@given(st.lists(st.sampled_from(
    ["Senin", ",", "17", "31", "Februari", "Maret", "2025", "0000", "tanggal", "tujuh", "belas", "bulan", "tahun",
     "dua", "ribu", "(", ")", "17-03-2025", "Rp", "1.500", ",00", "rupiah", "lima", "5", "%", "koma", "persen", "five"]
), max_size=20))  # fmt: skip
def test_any_text_can_be_held_against_itself(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for language in ("id", "en"):
            for seen, _ in (*dates_in(text, language), *amounts_in(text, language)):
                assert seen in text


def test_a_sound_record_stays_sound() -> None:
    assert judged(a_mou()).problems == ()


SLIPS = st.sampled_from(
    ["bermaterai", "MATERAI", "diatas", "dibawah ini", "diluar", "didalam", "Ijin", "perijinan", "kerjasama", "İjin",
     "addendum", "selambat-lambatnya", "\u017felambat-lambatnya", "civitas akademika", "PT. ", "ayat 1 (a)",
     "Pasal 6.4", "\u212aerjasama", " "]
)  # fmt: skip


@given(st.lists(SLIPS | st.text(max_size=3), max_size=5).map(" ".join))
def test_a_quick_look_overlooks_no_slip(text: str) -> None:
    assert find_typos(text) == [(found[0], right) for pattern, right in TYPOS for found in pattern.finditer(text)]
