"""Tables → records: dotted headers, lists on side tables keyed by id. Shared by CSV and XLSX.

A main table has one row per record. A side table holds one list (its `title` is the list's path): column
`id` names the record, a column named like an outer list of the path gives the 1-based index in it, all
others are fields of the item. Row order is list order. A side table whose only further column is `teks`
holds plain texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from ksdocs.problems import Location, Problem, SourceError, problem

from .columns import Column, DateColumn, header_columns
from .keterangan import without_explanations
from .places import InsertionPoint, Segments
from .plain import Tree, plain, python_leaf, record_id, tell
from .source import Source
from .text import Text, is_blank

_T = TypeVar("_T")
Key = tuple[str | int, ...]
"""A path in a record; numbers are 1-based list indices."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its number as the user sees it, its cells, and what the reader found wrong or unusual."""

    number: int
    cells: Sequence[str]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Grid:
    """One table. `title` is "" for the main table, else the path of the list it holds; `header` its first row."""

    title: str
    header: Row
    rows: Callable[[], Iterator[Row]]
    at: Callable[[int, int], Location]
    name: str
    """How the table is called in messages: the sheet, or the file."""
    raw: Callable[[], Iterator[tuple[int, Sequence[str]]]] | None = None
    """Number and cells of every row that holds something, as they stand there."""


@dataclass
class Plan:
    """What the columns of a table mean, once its header and all of its rows have been seen."""

    grid: Grid
    columns: list[Column]
    width: int
    dates: dict[int, DateColumn]
    id_column: int | None
    index_columns: dict[str, int] = field(default_factory=dict)
    texts_only: bool = False

    def value(self, column: Column, text: str) -> str:
        date = self.dates.get(column.number)
        return text if date is None or not date.proven else date.convert(text)


Numbered = tuple[int | None, Source | SourceError]
"""A record and the row of the main table that it stands in; None for what belongs to no single row."""


def records(main: Grid, sides: Sequence[Grid], name: str) -> Iterator[Numbered]:
    """One Source or SourceError per row of `main`, after the problems that belong to no single record."""
    main = without_explanations(main)
    sides = sorted(map(without_explanations, sides), key=lambda g: (g.title.count("."), g.title))
    problems: list[Problem] = []
    plan = _plan(main, problems)
    plans = [_plan(side, problems) for side in sides]
    if problems:  # a header that cannot be read makes every row doubtful
        yield None, SourceError(problems)
        return
    ids = _survey(plan, problems, bool(sides))
    if sides and plan.id_column is None:
        problems.append(problem("KS137", main.at(main.header.number, 1), tabel=main.name))
        yield None, SourceError(problems)
        return
    groups = [_group(side, ids, problems) for side in plans]
    if problems:
        yield None, SourceError(problems)
    count = 0
    for row in main.rows():
        count += 1
        key = _cell(row, plan.id_column)
        recipe = Recipe(name, plan, row, [(p, g.get(key, [])) for p, g in zip(plans, groups, strict=True)])
        yield row.number, recipe.source()
    if not count and not problems:
        yield None, SourceError([problem("KS106", Location(file=name))])


def _plan(grid: Grid, problems: list[Problem]) -> Plan:
    last = grid.title.rsplit(".", 1)[-1]
    columns = header_columns(grid, problems)
    plan = Plan(grid, [], len(grid.header.cells), {}, None)
    outer = {p.rsplit(".", 1)[-1]: p for p in _prefixes(grid.title)}
    for column in columns:
        text = ".".join(map(str, column.path))
        if text == "id":
            plan.id_column = column.number
            if grid.title:
                continue
        if grid.title and (text in outer or text in outer.values()):
            plan.index_columns[outer.get(text, text)] = column.number
            continue
        if grid.title and column.path[0] == last and len(column.path) > 1:
            column = Column(column.number, column.path[1:])  # `pihak.id`: the item's own id
        plan.columns.append(column)
    if grid.title and plan.id_column is None:
        problems.append(problem("KS137", grid.at(grid.header.number, 1), tabel=grid.name))
    plan.texts_only = bool(grid.title) and [c.path for c in plan.columns] == [("teks",)]
    return plan


def _prefixes(title: str) -> list[str]:
    parts = title.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _cell(row: Row, column: int | None) -> str:
    if column is None or column > len(row.cells):
        return ""
    return str(row.cells[column - 1]).strip()


def _survey(plan: Plan, problems: list[Problem], unique: bool) -> dict[str, int]:
    """Reads the main table once: which columns prove their dates, and (with side tables) which ids there are."""
    ids: dict[str, int] = {}
    for row in plan.grid.rows():
        _note_dates(plan, row)
        key = _cell(row, plan.id_column)
        if unique and key in ids and key:
            at = plan.grid.at(row.number, plan.id_column or 1)
            problems.append(problem("KS129", at, id=key, baris=ids[key]))
        ids.setdefault(key, row.number)
    return ids


def _group(plan: Plan, ids: dict[str, int], problems: list[Problem]) -> dict[str, list[Row]]:
    """The rows of a side table by record id."""
    groups: dict[str, list[Row]] = {}
    for row in plan.grid.rows():
        _note_dates(plan, row)
        key = _cell(row, plan.id_column)
        if not key or key not in ids:
            at = plan.grid.at(row.number, plan.id_column or 1)
            problems.append(problem("KS136" if key else "KS128", at, id=key, tabel=plan.grid.name))
            problems.extend(row.problems)
            continue
        groups.setdefault(key, []).append(row)
    return groups


def _note_dates(plan: Plan, row: Row) -> None:
    for column in plan.columns:
        if column.number <= len(row.cells):
            text = row.cells[column.number - 1]
            if text:
                plan.dates.setdefault(column.number, DateColumn()).see(text)


Cell = tuple[Grid, int, int]


@dataclass
class _Build:
    """A record in the making: nested dicts whose integer keys are list items, and the cell of every path."""

    tree: dict[str | int, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    cells: dict[Key, Cell] = field(default_factory=dict)
    blanks: dict[Key, Cell] = field(default_factory=dict)

    def put(self, path: Key, text: str, cell: Cell) -> None:
        node = self.tree
        for segment in path[:-1]:
            below = node.setdefault(segment, {})
            if not isinstance(below, dict):
                return self.collide(path, cell)
            node = below
        if path[-1] in node:
            return self.collide(path, cell)
        node[path[-1]] = text
        self.cells[path] = cell
        return None

    def collide(self, path: Key, cell: Cell) -> None:
        self.problems.append(_at("KS134", cell, path, jalur=".".join(map(str, path))))

    def get(self, path: Key) -> Any:
        node: Any = self.tree
        for segment in path:
            node = node.get(segment) if isinstance(node, dict) else None
        return node

    def settle(self, node: Any, path: Key) -> Any:
        """Integer-keyed dicts become lists; a gap in the integers is a problem."""
        if not isinstance(node, dict):
            return node
        found = {k: self.settle(v, (*path, k)) for k, v in node.items()}
        if not found or isinstance(next(iter(found)), str):
            return found
        numbers = sorted(found)
        for expected, number in enumerate(numbers, 1):
            if number != expected:
                below = (*path, number)
                cell = next(c for p, c in self.cells.items() if p[: len(below)] == below)
                jalur, hilang = ".".join(map(str, below)), ".".join(map(str, (*path, expected)))
                self.problems.append(_at("KS135", cell, below, jalur=jalur, hilang=hilang))
                break
        return [found[n] for n in numbers]


def _at(code: str, cell: Cell, path: Key, **params: object) -> Problem:
    grid, row, column = cell
    at = grid.at(row, column).with_(path=".".join(map(str, path)))
    return Problem(code, at, {k: str(v) for k, v in params.items()})


@dataclass(frozen=True)
class Recipe:
    """Everything that one record is made of; makes it, and makes it again when a place is asked for."""

    name: str
    plan: Plan
    row: Row
    sides: list[tuple[Plan, list[Row]]]

    def source(self) -> Source | SourceError:
        build = self.build()
        tree, faults = plain(build.settle(build.tree, ()), python_leaf)
        places = TablePlaces(self)
        record = record_id(tree)
        problems = [*build.problems, *tell(faults, places)]
        if problems or tree is None:
            return SourceError(_owned(problems, record))
        return Source(tree, self.name, tuple(_owned(build.warnings, record)), places)

    def build(self) -> _Build:
        build = _Build()
        self._fill(build, self.plan, self.row, ())
        for plan, rows in self.sides:
            self._side(build, plan, rows)
        return build

    def _fill(self, build: _Build, plan: Plan, row: Row, base: Key) -> int:
        """Puts the cells of a row under `base`; how many there were."""
        build.problems.extend(row.problems)
        build.warnings.extend(row.warnings)
        build.problems.extend(_headless(plan, row))
        filled = 0
        for column in plan.columns:
            cell = (plan.grid, row.number, column.number)
            text = row.cells[column.number - 1] if column.number <= len(row.cells) else ""
            path = base if plan.texts_only else (*base, *column.path)
            if is_blank(text):
                build.blanks.setdefault(path, cell)
                continue
            filled += 1
            build.put(path, plan.value(column, text), cell)
        return filled

    def _side(self, build: _Build, plan: Plan, rows: list[Row]) -> None:
        counts: dict[Key, int] = {}
        for row in rows:
            base = self._base(build, plan, row)
            if base is None:
                continue
            if base not in counts and build.get(base) is not None:
                build.collide(base, (plan.grid, row.number, plan.id_column or 1))
                return
            counts[base] = counts.get(base, 0) + 1
            item = (*base, counts[base])
            if not self._fill(build, plan, row, item) and not row.problems:
                build.put(item, " ", (plan.grid, row.number, plan.id_column or 1))  # told as a blank item

    def _base(self, build: _Build, plan: Plan, row: Row) -> Key | None:
        """The path of the list that this row belongs to, with the indices that the row gives."""
        path: Key = ()
        names: list[str] = []
        for name in plan.grid.title.split("."):
            path = (*path, name)
            names.append(name)
            column = plan.index_columns.get(".".join(names))
            if column is None:
                continue
            text = _cell(row, column)
            held = build.get(path)
            if not re.fullmatch("[1-9][0-9]{0,3}", text) or not isinstance(held, dict) or int(text) not in held:
                cell = (plan.grid, row.number, column)
                build.problems.append(_at("KS138", cell, path, daftar=".".join(names), indeks=text or "…"))
                return None
            path = (*path, int(text))
        return path


def _headless(plan: Plan, row: Row) -> list[Problem]:
    """Values under an empty header."""
    named = plan.width
    empty = {n for n, text in enumerate(plan.grid.header.cells, 1) if is_blank(text)}
    return [
        problem("KS132", plan.grid.at(row.number, n))
        for n, text in enumerate(row.cells, 1)
        if (n in empty or n > named) and not is_blank(text)
    ]


def _owned(problems: Sequence[Problem], record: str) -> list[Problem]:
    return [replace(p, record=record) for p in problems]


class TablePlaces:
    """Places of a record made from table rows."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def __reduce__(self) -> tuple[Any, ...]:
        # Grids read their file through functions, which do not travel; the record's own cells do.
        cells = {p: g.at(r, c) for p, (g, r, c) in self._cells.items()}
        return FixedPlaces, (cells, self._row_start(), self.number)

    @property
    def number(self) -> int:
        """Which record of its file this is, from 0: its row tells."""
        return self._recipe.row.number - 1

    @cached_property
    def _cells(self) -> dict[Segments, Cell]:
        build = self._recipe.build()
        found = {**build.cells, **{p: c for p, c in build.blanks.items() if p not in build.cells}}
        return {tuple(map(str, p)): c for p, c in found.items()}

    def _row_start(self) -> Location:
        recipe = self._recipe
        return recipe.plan.grid.at(recipe.row.number, 1)

    def locate(self, path: Segments) -> Location:
        cell = _nearest(self._cells, path)
        at = self._row_start() if cell is None else cell[0].at(cell[1], cell[2])
        return at.with_(path=".".join(path))

    def span(self, path: Segments) -> tuple[int, int] | None:  # noqa: ARG002
        return None

    def insertion_point(self, path: Segments) -> InsertionPoint | None:  # noqa: ARG002
        return None

    def document(self) -> Text | None:
        return None


class FixedPlaces(TablePlaces):
    """Places of a table record that came from another process: looked up beforehand."""

    def __init__(self, places: dict[Segments, Location], start: Location, number: int = 0) -> None:
        self._places = places
        self._start = start
        self._number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return FixedPlaces, (self._places, self._start, self._number)

    @property
    def number(self) -> int:
        return self._number

    def locate(self, path: Segments) -> Location:
        return (_nearest(self._places, path) or self._start).with_(path=".".join(path))


def _nearest(cells: dict[Segments, _T], path: Segments) -> _T | None:
    """What stands at `path`, else at the first cell under its nearest ancestor that has one."""
    for length in range(len(path), 0, -1):
        head = path[:length]
        if head in cells:
            return cells[head]
        for key, cell in cells.items():
            if key[:length] == head:
                return cell
    return None


__all__ = ["Grid", "Recipe", "Row", "TablePlaces", "Tree", "records"]
