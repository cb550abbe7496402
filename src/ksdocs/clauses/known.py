"""Clauses that were filled before: the same words from equal values are the very same blocks, numbered once.

What a clause says of a record follows from its words and from what it reads (`reads`); what becomes of the filled
words follows from them alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ksdocs.clauses.environment import environment, render_marked
from ksdocs.clauses.fill import BlokIsi, close_lists, number_blocks, read_filled
from ksdocs.clauses.library import Klausul
from ksdocs.clauses.reads import Reader, Values
from ksdocs.memo import LONGEST, Memo

_JOINER: Final = {"id": "dan", "en": "and"}


@dataclass(frozen=True, slots=True, eq=False)
class Terisi:
    """A clause filled in one language: its numbered blocks, which nobody changes any more.

    `jalur` is the way to each named block (` ayat (2) huruf a`), `rujukan` what is referred to, in order;
    `terpanjang` counts the items of the longest list of letters. `diingat`: the same words give this very value again.
    """

    blok: tuple[BlokIsi, ...]
    jalur: Mapping[str, str]
    rujukan: tuple[str, ...]
    terpanjang: int
    diingat: bool = False


class _Recipe:
    """What is known of one clause. Holds it, so that its `id` stays its own."""

    __slots__ = ("by_values", "by_words", "clause", "reader")

    def __init__(self, clause: Klausul) -> None:
        self.clause = clause
        self.reader = Reader(lambda: environment(clause.bahasa).parse(clause.isi.jinja))
        self.by_values: Memo[tuple[Hashable, ...], tuple[Any, Terisi]] = Memo(64)
        self.by_words: Memo[str, Terisi] = Memo(64)


_RECIPES: Final[Memo[int, _Recipe]] = Memo(512)


def fill_clause(clause: Klausul, values: Values) -> Terisi:
    """`clause` filled with `values`; ExpressionError when it cannot be. The clause has a template."""
    recipe = _RECIPES.get(id(clause)) or _RECIPES.put(id(clause), _Recipe(clause))
    paths = recipe.reader.paths()
    if paths is None:
        return _fill(recipe, values)
    key = values.key(paths)
    found = recipe.by_values.get(key)
    if found is None:
        filled = _fill(recipe, values)
        if not filled.diingat:
            return filled
        found = recipe.by_values.put(key, (values.held(paths), filled))
    return found[1]


def _fill(recipe: _Recipe, values: Values) -> Terisi:
    clause = recipe.clause
    assert clause.template is not None
    words = render_marked(clause.template, values)
    found = recipe.by_words.get(words)
    if found is None:
        blocks = [b for b in read_filled(words, clause.isi.baris) if b.potong or b.sel]
        short = len(words) <= LONGEST
        found = settle(blocks, _JOINER.get(clause.bahasa, "dan"), remembered=short)
        if short:
            found = recipe.by_words.put(words, found)
    return found


def settle(blocks: Sequence[BlokIsi], joiner: str = "", *, remembered: bool = False) -> Terisi:
    """`blocks` with their numbers and, where a `joiner` is given, with the marks at the end of their lists."""
    longest = number_blocks(blocks)
    if joiner:
        close_lists(blocks, joiner)
    named = {b.baris.nama: _path_to(blocks, i) for i, b in enumerate(blocks) if b.baris.nama}
    return Terisi(tuple(blocks), named, tuple(targets({"": blocks})), longest, remembered)


def _path_to(blocks: Sequence[BlokIsi], index: int) -> str:
    """` ayat (2) huruf a angka 1` of the block at `index`."""
    parts: dict[str, str] = {}
    for block in blocks[: index + 1]:
        kind = block.baris.jenis
        if kind == "ayat":
            parts = {"ayat": f" ayat {block.nomor}"}
        elif kind == "huruf":
            parts = {k: v for k, v in parts.items() if k == "ayat"} | {"huruf": f" huruf {block.nomor.rstrip('.')}"}
        elif kind == "angka":
            parts = {k: v for k, v in parts.items() if k != "angka"} | {"angka": f" angka {block.nomor.rstrip(')')}"}
        elif kind == "paragraf":
            parts = {}
    return "".join(parts.values())


def targets(blocks: Mapping[str, Sequence[BlokIsi]]) -> Iterable[str]:
    """What blocks of one structure refer to, in the order in which `finish_blocks` prints them."""
    first = next(iter(blocks.values()))
    for place, block in enumerate(first):
        if block.baris.jenis == "tabel":
            cells = [inner[place].sel or [] for inner in blocks.values()]
            pieces = [p for n in range(len(cells[0])) for row in cells for p in row[n]]
        else:
            pieces = [p for inner in blocks.values() for p in inner[place].potong]
        yield from (p.rujukan for p in pieces if p.rujukan)
