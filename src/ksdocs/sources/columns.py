"""What the header of a table says, and what a column of dates proves."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ksdocs.models.teks import NumericText
from ksdocs.problems import Problem, problem

from .plain import MAX_DEPTH
from .text import is_blank, unsafe_character

if TYPE_CHECKING:
    from .tables import Grid

_INDEX = re.compile(r"[1-9][0-9]{0,2}")
_DIGITS = re.compile(r"[0-9]+")
_DATE = re.compile(r"\s*([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})\s*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1 and the path of its values; list items are 1-based numbers."""

    number: int
    path: tuple[str | int, ...]


def header_columns(grid: Grid, problems: list[Problem]) -> list[Column]:
    """The columns that have a header; appends KS131 (twice), KS133 (malformed) and KS134 (clash) to `problems`."""
    columns: list[Column] = []
    seen: dict[tuple[str | int, ...], int] = {}
    for number, text in enumerate(grid.header.cells, 1):
        if is_blank(text):
            continue
        at = grid.at(grid.header.number, number)
        path = header_path(text)
        if path is None:
            problems.append(problem("KS133", at, tajuk=text))
        elif path in seen:
            first = grid.at(grid.header.number, seen[path])
            problems.append(problem("KS131", at, tajuk=text.strip(), lain=first.cell or seen[path]))
        else:
            seen[path] = number
            columns.append(Column(number, path))
    problems.extend(_clashes(grid, columns))
    return columns


def header_path(text: str) -> tuple[str | int, ...] | None:
    """`pihak.2.id` → ("pihak", 2, "id"); None for `pihak..id`, `2.id`, `pihak.02`, `pihak.0`."""
    path: list[str | int] = []
    for segment in text.strip().split("."):
        segment = segment.strip()
        if not segment or unsafe_character(segment) or "\n" in segment:
            return None
        if not _DIGITS.fullmatch(segment):
            path.append(segment)
        elif path and _INDEX.fullmatch(segment):
            path.append(int(segment))
        else:
            return None
    return tuple(path) if len(path) <= MAX_DEPTH else None


def _clashes(grid: Grid, columns: list[Column]) -> list[Problem]:
    """Headers that make one name a list and a mapping at once (`pihak.1` and `pihak.nama`)."""
    kinds: dict[tuple[str | int, ...], type] = {}
    found: list[Problem] = []
    for column in columns:
        for length in range(1, len(column.path)):
            parent, kind = column.path[:length], type(column.path[length])
            if kinds.setdefault(parent, kind) is not kind:
                jalur = ".".join(map(str, parent))
                found.append(problem("KS134", grid.at(grid.header.number, column.number), jalur=jalur))
                break
    return found


class DateColumn:
    """Whether a column proves that its dates are written day/month/year.

    It does when every value looks like `d/m/yyyy` or `d-m-yyyy`, some first number is above 12, and no
    second one is.
    """

    __slots__ = ("_all", "_day_first", "_month_second")

    def __init__(self) -> None:
        self._all = True
        self._day_first = False
        self._month_second = True

    def see(self, text: str) -> None:
        """Takes one value of the column into account; blank ones do not count."""
        if not self._all or is_blank(text):
            return
        match = None if isinstance(text, NumericText) else _DATE.fullmatch(text)
        if match is None:
            self._all = False
            return
        self._day_first |= int(match[1]) > 12
        self._month_second &= int(match[3]) <= 12

    @property
    def proven(self) -> bool:
        return self._all and self._day_first and self._month_second

    @staticmethod
    def convert(text: str) -> str:
        """The ISO date; a day that does not exist stays as it was written, for the model to refuse."""
        match = _DATE.fullmatch(text)
        if match is None:
            return text
        try:
            return dt.date(int(match[4]), int(match[3]), int(match[1])).isoformat()
        except ValueError:
            return text
