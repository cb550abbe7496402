"""Two texts of a clause, word by word: what was added, what was taken away, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ksdocs.clauses.periksa import Berkas
from ksdocs.clauses.text import read_number

Tanda = Literal["=", "-", "+"]
"""Kept, taken away, added."""


@dataclass(frozen=True, slots=True)
class Bagian:
    """One block (an ayat, a huruf, a command) that changed: its line and its words in order.

    `line` is its place in the new text, or in the old one where nothing of it is left (`hilang`).
    """

    line: int
    kata: tuple[tuple[Tanda, str], ...]
    hilang: bool = False


def blocks_of(found: Berkas) -> list[tuple[int, str]]:
    """(line, words) of every block of a body, continuation lines joined, its sign left out: the program counts."""
    blocks: list[tuple[int, str]] = []
    for offset, raw in enumerate(found.badan):
        number, text = found.baris_awal + offset + 1, " ".join(raw.split())
        if not text:
            continue
        kind, rest = read_number(text)
        joins = kind == "paragraf" and raw[:1] in " \t" and not text.startswith(("{%", "|")) and blocks
        if joins:
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {rest}")
        else:
            blocks.append((number, rest if kind == "paragraf" else f"{_LEVEL[kind]} {rest}"))
    return blocks


_LEVEL = {"ayat": "(…)", "huruf": "….", "angka": "…)", "nomor": "#."}


def said(found: Berkas) -> tuple[str, ...]:
    """The words of a clause, its title first; signs and how lines are broken are no matter."""
    return (str(found.kepala.get("judul", "")), *(words for _, words in blocks_of(found)))


def changed(old: Berkas, new: Berkas) -> list[Bagian]:
    """Every block in which `new` differs from `old`, in order."""
    before, after = blocks_of(old), blocks_of(new)
    matcher = SequenceMatcher(None, [w for _, w in before], [w for _, w in after], autojunk=False)
    found: list[Bagian] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            found += _pairs(before[a:b], after[c:d])
    return found


def _pairs(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> Iterator[Bagian]:
    """Blocks of a stretch that changed, each held against the old one that it is most like."""
    start = 0
    for line, text in new:
        likeness = [SequenceMatcher(None, w.split(), text.split(), autojunk=False).ratio() for _, w in old[start:]]
        best = max(range(len(likeness)), key=likeness.__getitem__) if likeness else -1
        if best < 0 or likeness[best] < _ALIKE:
            yield Bagian(line, (("+", text),))
            continue
        yield from (Bagian(gone, (("-", words),), hilang=True) for gone, words in old[start : start + best])
        yield Bagian(line, tuple(_words(old[start + best][1], text)))
        start += best + 1
    yield from (Bagian(gone, (("-", words),), hilang=True) for gone, words in old[start:])


_ALIKE = 0.4


def _words(old: str, new: str) -> Iterator[tuple[Tanda, str]]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "=", " ".join(before[a:b])
            continue
        if b > a:
            yield "-", " ".join(before[a:b])
        if d > c:
            yield "+", " ".join(after[c:d])


_TOKEN = re.compile(r"\{\{.*?\}\}\S*|\S+")
