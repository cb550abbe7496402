"""Merging of lines, three ways: what two sides made of one text, and where they cannot both be had.

Each side is a set of hunks against the base. Hunks of one side alone are applied; hunks of both sides that touch
(also those that only lie side by side) become a conflict, unless both sides made the same of that stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Bentrok:
    """A stretch that both sides changed, each in its own way; `baris` is its first line in our text, from 1."""

    baris: int
    asal: tuple[str, ...]
    kita: tuple[str, ...]
    mereka: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gabungan:
    """The merged lines; where `bentrok` is not empty they hold our wording at those stretches."""

    baris: tuple[str, ...]
    bentrok: tuple[Bentrok, ...]


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `lo` to `hi` of the base become `lines`; where they are equal something is put in before `lo`."""

    lo: int
    hi: int
    lines: tuple[str, ...]
    ours: bool


def merge(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Gabungan:
    """What `ours` and `theirs` both made of `base`."""
    out: list[str] = []
    clashes: list[Bentrok] = []
    position, line = 0, 1  # in the base, and in our text
    for group in _groups(sorted([*_hunks(base, ours, ours=True), *_hunks(base, theirs, ours=False)], key=_order)):
        lo, hi = group[0].lo, max(one.hi for one in group)
        out += base[position:lo]
        line += lo - position
        kita, mereka = (_applied(base, lo, hi, group, ours=side) for side in (True, False))
        sides = {one.ours for one in group}
        if len(sides) == 1:
            out += kita if True in sides else mereka
        else:
            out += kita
            if kita != mereka:
                clashes.append(Bentrok(line, tuple(base[lo:hi]), kita, mereka))
        line += len(kita)
        position = hi
    return Gabungan((*out, *base[position:]), tuple(clashes))


def _order(hunk: _Hunk) -> tuple[int, int, bool]:
    return hunk.lo, hunk.hi, not hunk.ours


def _hunks(base: Sequence[str], side: Sequence[str], *, ours: bool) -> Iterator[_Hunk]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    yield from (_Hunk(lo, hi, tuple(side[a:b]), ours) for tag, lo, hi, a, b in codes if tag != "equal")


def _groups(hunks: Sequence[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks that touch each other, together."""
    group: list[_Hunk] = []
    end = -1
    for hunk in hunks:
        if group and hunk.lo > end:
            yield group
            group = []
        group.append(hunk)
        end = max(end, hunk.hi) if len(group) > 1 else hunk.hi
    if group:
        yield group


def _applied(base: Sequence[str], lo: int, hi: int, group: Sequence[_Hunk], *, ours: bool) -> tuple[str, ...]:
    """Lines `lo` to `hi` of the base as one side has them."""
    out: list[str] = []
    position = lo
    for hunk in (one for one in group if one.ours is ours):
        out += (*base[position : hunk.lo], *hunk.lines)
        position = hunk.hi
    return (*out, *base[position:hi])
