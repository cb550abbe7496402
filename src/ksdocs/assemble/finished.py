"""Filled clauses as they are printed, made once for equal words with equal references."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ksdocs.clauses.fill import finish_blocks
from ksdocs.clauses.known import Terisi, targets
from ksdocs.dokumen import Blok, plain
from ksdocs.memo import Memo
from ksdocs.rules.rujukan import Rujukan, references_in


@dataclass(frozen=True, slots=True, eq=False)
class Jadi:
    """The blocks of a clause as they are printed, and what is asked of their Indonesian words.

    `kata` is all of them as one line, tables included: where markers of a section are looked for. `sitiran` are the
    references written as words, with the paragraph they stand in; `tempat` is (ayat, huruf) of every place that can
    be referred to, (0, "") the article itself. `diingat`: the same blocks with the same references give this again.
    """

    blok: tuple[Blok, ...]
    kata: str
    sitiran: tuple[tuple[Rujukan, str], ...]
    tempat: frozenset[tuple[int, str]]
    diingat: bool


_FINISHED: Final[Memo[tuple[Hashable, ...], tuple[tuple[Terisi, ...], Jadi]]] = Memo(1024)


def targets_of(filled: Mapping[str, Terisi]) -> Iterable[str]:
    """What is referred to, in the order in which `finish` prints it."""
    if len(filled) == 1:
        return next(iter(filled.values())).rujukan
    return targets({language: f.blok for language, f in filled.items()})


def finish(filled: Mapping[str, Terisi], owner: str, printed: Sequence[str]) -> Jadi:
    """What becomes of a clause in each language; `printed` stands in the place of its `targets_of`, in their order."""
    held = tuple(filled.values())
    if not all(f.diingat for f in held):
        return _finish(filled, owner, printed, remembered=False)
    key = (owner, *filled, *map(id, held), *printed)
    found = _FINISHED.get(key)
    if found is None:
        found = _FINISHED.put(key, (held, _finish(filled, owner, printed, remembered=True)))
    return found[1]


def _finish(filled: Mapping[str, Terisi], owner: str, printed: Sequence[str], *, remembered: bool) -> Jadi:
    each = iter(printed)
    made = finish_blocks({language: f.blok for language, f in filled.items()}, owner, lambda _target: next(each))
    blocks = tuple(map(_same, made)) if remembered else made
    texts = [plain(block.teks.get("id", ())) for block in blocks]
    cited = tuple((found, text) for text in texts for found in references_in(text))
    return Jadi(blocks, text_of(blocks), cited, frozenset(_places(blocks)), remembered)


_BLOCKS: Final[Memo[tuple[Hashable, ...], Blok]] = Memo(1024)


def _same(block: Blok) -> Blok:
    """The block that was made of these words before: a clause that changes in one paragraph keeps the others."""
    if block.tabel is not None:
        return block
    key = (block.id, block.jenis, block.nomor, block.tingkat, *block.teks.items())
    return _BLOCKS.get(key) or _BLOCKS.put(key, block)


def text_of(blocks: Iterable[Blok], language: str = "id") -> str:
    """The words of `blocks` as one line, tables included."""
    parts: list[str] = []
    for block in blocks:
        if block.tabel is not None:
            rows = (block.tabel.kepala, *block.tabel.baris)
            parts += [plain(cell.get(language, ())) for row in rows for cell in row]
        else:
            parts.append(plain(block.teks.get(language, ())))
    return re.sub(r"\s+", " ", " ".join(parts))


def _places(blocks: Iterable[Blok]) -> Iterator[tuple[int, str]]:
    ayat = 0
    yield 0, ""
    for block in blocks:
        if block.jenis == "ayat":
            ayat = int(block.nomor.strip("()"))
            yield ayat, ""
        elif block.jenis == "huruf":
            letter = block.nomor.rstrip(".")
            yield ayat, letter
            yield 0, letter
