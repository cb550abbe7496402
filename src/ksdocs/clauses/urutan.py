"""Signs of a clause, followed as they are written: (1) (3), a. b. d., and lines that stand askew.

What is printed is counted by the program. A sign that says otherwise misleads whoever reads or changes the file.
Branches and loops are followed every way: a sign is right when one way leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ksdocs.bahasa import huruf
from ksdocs.clauses.text import read_number
from ksdocs.problems import Location, Problem, problem

_KINDS: Final = ("ayat", "nomor", "huruf", "angka")
_SIGN: Final = re.compile(r"\((\d{1,3}|[a-z])\)|(\d{1,3})\.|(\d{1,3})\)|([a-z]{1,2})\.")
_MAX_WAYS: Final = 256

State = tuple[int, int, int, int]
"""How many of each of `_KINDS` were counted."""


@dataclass(frozen=True, slots=True)
class Langkah:
    """One line: an item with its sign, a paragraph or table row, or a command."""

    jenis: str
    line: int
    tanda: str = ""
    nilai: int = 0
    lekuk: int = 0
    teks: str = ""


def steps(lines: Sequence[tuple[int, str, str]]) -> list[Langkah]:
    """The steps of a body: (line number, line, command or "") of every line that says something."""
    found = []
    for number, raw, command in lines:
        text = raw.strip()
        wide = raw.expandtabs(4)
        indent = len(wide) - len(wide.lstrip())
        if command:
            found.append(Langkah(command, number))
            continue
        if text.startswith("|"):
            found.append(Langkah("tabel", number))
            continue
        kind, rest = read_number(text)
        if kind == "paragraf":
            joins = raw[:1] in " \t"
            found.append(Langkah("sambungan" if joins else "paragraf", number, lekuk=indent, teks=text))
            continue
        sign = _SIGN.match(text)
        written = sign[0] if sign else ""
        found.append(Langkah(kind, number, written, _value(kind, written), indent, rest))
    return found


def _value(kind: str, sign: str) -> int:
    """What a sign counts; 0 for one that counts nothing, such as (a)."""
    word = sign.strip("().")
    if word.isdigit():
        return int(word)
    if kind != "huruf":
        return 0
    return ord(word) - 96 if len(word) == 1 else 26 * (ord(word[0]) - 96) + ord(word[1]) - 96


def _sign(kind: str, number: int) -> str:
    if kind == "huruf":
        return f"{huruf(number)}."
    return {"ayat": f"({number})", "nomor": f"{number}.", "angka": f"{number})"}[kind]


class Penghitung:
    """Follows the signs of one file."""

    def __init__(self, file: str, found: Sequence[Langkah]) -> None:
        self.file, self.steps = file, found
        self.problems: list[Problem] = []

    def check(self) -> list[Problem]:
        """KS326 for every sign that no way of reading the clause leads to."""
        self._run(0, frozenset({(0, 0, 0, 0)}), tell=True)
        return self.problems

    def _run(self, place: int, ways: frozenset[State], *, tell: bool) -> tuple[int, frozenset[State]]:
        """(place of the command that ends this stretch, ways) after the steps from `place` on."""
        while place < len(self.steps):
            step = self.steps[place]
            if step.jenis in ("endif", "endfor", "else", "elif"):
                break
            if step.jenis == "if":
                place, ways = self._branches(place, ways, tell=tell)
            elif step.jenis == "for":
                end, once = self._run(place + 1, ways, tell=tell)
                _, again = self._run(place + 1, once, tell=False)
                ways = ways | once | again
                if end < len(self.steps) and self.steps[end].jenis == "else":
                    end, other = self._run(end + 1, ways, tell=tell)
                    ways |= other
                place = end
            else:
                ways = self._item(step, ways, tell=tell and len(ways) <= _MAX_WAYS)
            place += 1
        return place, ways if len(ways) <= _MAX_WAYS else frozenset(sorted(ways)[: _MAX_WAYS + 1])

    def _branches(self, place: int, ways: frozenset[State], *, tell: bool) -> tuple[int, frozenset[State]]:
        """After all branches of the `if` at `place`: (place of its end, ways)."""
        after: frozenset[State] = frozenset()
        last = "if"
        while place < len(self.steps):
            last = self.steps[place].jenis
            if last == "endif":
                break
            place, branch = self._run(place + 1, ways, tell=tell)
            after |= branch
            if last == "else":
                return place, after
        return place, after | ways

    def _item(self, step: Langkah, ways: frozenset[State], *, tell: bool) -> frozenset[State]:
        kind = step.jenis
        if kind == "paragraf":
            return frozenset((ayat, nomor, 0, 0) for ayat, nomor, _, _ in ways)
        if kind not in _KINDS:
            return ways
        index = _KINDS.index(kind)
        fitting = frozenset(way for way in ways if way[index] + 1 == step.nilai)
        if fitting and tell:
            return frozenset(_counted(way, kind, way[index] + 1) for way in fitting)
        if not tell:
            return frozenset(_counted(way, kind, way[index] + 1) for way in ways)
        wanted = max(way[index] + 1 for way in ways)
        at = Location(file=self.file or None, line=step.line, column=step.lekuk + 1)
        self.problems.append(problem("KS326", at, tertulis=step.tanda, benar=_sign(kind, wanted)))
        return frozenset(_counted(way, kind, step.nilai or way[index] + 1) for way in ways)


def _counted(way: State, kind: str, value: int) -> State:
    ayat, nomor, letter, _ = way
    if kind == "ayat":
        return value, nomor, 0, 0
    if kind == "nomor":
        return ayat, value, 0, 0
    return (ayat, nomor, value, 0) if kind == "huruf" else (ayat, nomor, letter, value)


def check_indents(file: str, found: Sequence[Langkah]) -> tuple[list[Problem], list[Langkah]]:
    """KS327 for an item that stands otherwise than the first of its list, KS359 for a line that was to go on.

    Beside them the steps as they were meant: a line that was to go on goes on.
    """
    problems = []
    meant = list(found)
    seen: dict[str, Langkah] = {}
    before = item = None
    for place, step in enumerate(found):
        at = Location(file=file or None, line=step.line, column=step.lekuk + 1)
        sign = _strange_sign(step, found[place - 1] if place else None)
        if sign:
            problems.append(problem("KS338", at, tertulis=sign))
            before = item = None
            continue
        if step.jenis in _KINDS:
            first = seen.setdefault(step.jenis, step)
            if first.lekuk != step.lekuk:
                told = {"lekuk": str(step.lekuk), "benar": str(first.lekuk), "baris": str(first.line)}
                problems.append(Problem("KS327", at, {"tanda": step.tanda, **told}))
            for inner in _INNER[step.jenis]:
                seen.pop(inner, None)
            before = item = step
        elif step.jenis == "sambungan":
            before = step
        elif step.jenis == "paragraf":
            if before is not None and item is not None and _goes_on(item, before, step, found[place + 1 :]):
                problems.append(problem("KS359", at, teks=step.teks[:60], baris=str(before.line)))
                before = meant[place] = replace(step, jenis="sambungan")
                continue
            seen, before, item = {}, step, None
        elif step.jenis == "tabel":
            before = item = None
    return problems, meant


_STRANGE: Final = re.compile(r"\(\d{1,3}\)\S{0,3}|\([A-Z]\)|[A-Za-z]\)(?=\s)|[-–—•·▪*](?=\s)")
_DOUBTFUL: Final = re.compile(r"[A-Z]\.(?=\s)|\d{1,3}[.)](?=[^\s\d])|[a-z]\.(?=[^\s\W.])")
"""May also be the middle of a sentence (Jalan A. Yani), unless what stands before has ended."""


def _strange_sign(step: Langkah, before: Langkah | None) -> str:
    """What looks like the sign of an item at the beginning of a line and is none; "" where nothing does."""
    if step.jenis not in ("sambungan", "paragraf"):
        return ""
    ended = before is None or re.sub(r"\s*\{#\w+\}\s*$", "", before.teks).rstrip().endswith((".", ";", ":"))
    ended = ended or (before is not None and _DOUBTFUL.match(before.teks) is not None)  # the next of such a list
    found = _STRANGE.match(step.teks) or (_DOUBTFUL.match(step.teks) if ended else None)
    return found[0] if found else ""


_INNER: Final = {"ayat": ("huruf", "angka"), "nomor": ("huruf", "angka"), "huruf": ("angka",), "angka": ()}


def _goes_on(item: Langkah, before: Langkah, step: Langkah, after: Sequence[Langkah]) -> bool:
    """True when `step` was surely meant to go on with `item`, whose last line is `before`."""
    if re.sub(r"\s*\{#\w+\}\s*$", "", before.teks).rstrip().endswith((".", ";", ":", "?", "!")):
        return False
    if not (step.teks[:1].islower() or step.teks.startswith("{{")):
        return False
    if item.jenis in ("ayat", "nomor"):
        return True
    # Below a list may stand words that close it; they do not, where the list goes on behind them.
    following = next((one for one in after if one.jenis in _KINDS), None)
    return following is not None and following.jenis == item.jenis and following.nilai == item.nilai + 1
