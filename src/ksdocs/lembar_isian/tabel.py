"""The tables of an entry sheet while they are made: columns by path, rows by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ksdocs.lembar_isian.medan import Medan
from ksdocs.sources.xlsx import IGNORED, MAIN, names_a_list

Jalur = tuple[str, ...]
"""A path in a record or an item: names, and numbers of items from 1; in a pattern `*` stands for any item."""

_LONGEST_NAME: Final = 31
"""Characters that Excel allows in the name of a sheet."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column: its head, its field, the way to the field for readers, and whether a row cannot do without it."""

    tajuk: str
    medan: Medan
    jalur: Jalur
    wajib: bool
    kelompok: str


@dataclass
class Tabel:
    """The main table (`judul` is empty) or that of one list; `luar` are the lists that it lies in, outermost first."""

    judul: str
    medan: Medan
    luar: tuple[Jalur, ...] = ()
    kolom: dict[Jalur, Kolom] = field(default_factory=dict)
    baris: list[dict[Jalur, str]] = field(default_factory=list)

    def add(self, rel: Jalur, medan: Medan, *, wajib: bool, kelompok: str) -> None:
        if rel not in self.kolom:
            self.kolom[rel] = Kolom(self.head(rel), medan, rel, wajib, kelompok)

    def head(self, rel: Jalur) -> str:
        """The head of the column at `rel`, as the reader of tables takes it."""
        text, last = ".".join(rel), self.judul.rpartition(".")[2]
        whole = [self.judul[:n] for n, letter in enumerate(self.judul) if letter == "."]
        outer = {*whole, *(one.rpartition(".")[2] for one in whole)}
        if self.judul and (text == "id" or text in outer or (rel[0] == last and len(rel) > 1)):
            return f"{last}.{text}"
        return text

    def index_head(self, outer: Jalur) -> str:
        """The head of the column that says in which item of the list `outer` a row lies."""
        names = [part for part in outer if part != "*"]
        ends = [part for part in self.judul.split(".")[:-1] if part == names[-1]]
        return names[-1] if len(ends) == 1 else ".".join(names)

    @property
    def texts_only(self) -> bool:
        return [".".join(rel) for rel in self.kolom] == ["teks"]


def sheet_title(pattern: Iterable[str], taken: Mapping[str, Tabel]) -> str:
    """The name of the sheet of the list at `pattern`; "" where there can be none, so that its items need columns."""
    title = ".".join(part for part in pattern if part != "*")
    names = {MAIN, "history", *IGNORED, *(one.casefold() for one in taken if one != title)}
    fits = len(title) <= _LONGEST_NAME and names_a_list(title) and title.casefold() not in names
    return title if fits and not title.startswith("_") else ""
