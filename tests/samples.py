"""The shipped templates and data as tests use them: an office, and each fit record as a tree of one's own."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from ksdocs.office import Office, open_office
from ksdocs.pipeline import Report, check, render
from ksdocs.problems import Problem, Severity
from ksdocs.register import MemoryRegister
from ksdocs.sources import Source, from_tree, read_all

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "data"
TEMPLATES: Final = ROOT / "templates"
TODAY: Final = date(2026, 11, 22)
"""The day by which the shipped data are judged (data/README.md)."""

MOU: Final = "mou-samudra-elektronika-2025"
PKS: Final = "pks-magang-samudra-2025"
"""One plain record of each kind."""


def office(*, data: Path = DATA, templates: Path = TEMPLATES, register: MemoryRegister | None = None) -> Office:
    """A fresh office, so that what one test enters into the register is unknown to the next."""
    return open_office(cwd=ROOT, templates=templates, data=data, environ={}, register=register)


@cache
def _sources() -> dict[str, Source]:
    found: dict[str, Source] = {}
    for item in read_all([DATA / "mou", DATA / "pks"]):
        assert isinstance(item, Source), item
        found[item.id] = item
    return found


def ids(kind: str = "") -> list[str]:
    """Ids of the fit records, all or of one kind, in the order of the files."""
    return [s.id for s in _sources().values() if not kind or s.tree["jenis"] == kind]


def source(ident: str) -> Source:
    """A fit record as it stands in its file."""
    return _sources()[ident]


def record(ident: str = MOU) -> dict[str, Any]:
    """A deep copy of a fit record's tree, to be changed at will."""
    return copy.deepcopy(dict(_sources()[ident].tree))


def changed(ident: str = MOU, /, **paths: Any) -> dict[str, Any]:
    """A fit record with some fields replaced; `__` stands for the point (`pihak__1__nomor`), None removes."""
    tree = record(ident)
    for path, value in paths.items():
        put(tree, path.replace("__", "."), value)
    return tree


def put(tree: dict[str, Any], path: str, value: Any) -> None:
    """Set the field at a record path (items count from 1); None removes it."""
    *way, last = path.split(".")
    here: Any = tree
    for step in way:
        here = here[int(step) - 1] if isinstance(here, list) else here.setdefault(step, {})
    key: Any = int(last) - 1 if isinstance(here, list) else last
    if value is None:
        del here[key]
    else:
        here[key] = value


def as_source(tree: dict[str, Any]) -> Source:
    """A tree as a record without a file."""
    return from_tree(tree)


@cache
def office_for(ident: str = MOU) -> Office:
    """An office whose register does not know the fit record `ident`: a changed copy is judged in its stead.

    Shared by all tests of a run; what is judged is not entered into the register.
    """
    found = office()
    register = found.register
    register.naskah_.pop(ident, None)
    for number, holders in register.nomor_.items():
        register.nomor_[number] = [h for h in holders if h.id != ident]
    return found


def judge(tree: dict[str, Any], *, today: date = TODAY) -> Report:
    """The report of `check` on a changed copy of a fit record."""
    return check(as_source(tree), office_for(str(tree.get("id", ""))), today)


def printed(tree: dict[str, Any], *, originals: bool = False) -> Report:
    """The report of `render` on a changed copy of a fit record; it must not be refused."""
    report = render(as_source(tree), office_for(str(tree.get("id", ""))), TODAY, originals=originals)
    assert not report.refused, shown(report.problems)
    return report


def shown(problems: tuple[Problem, ...] | list[Problem], *, info: bool = False) -> list[str]:
    """`tolak KS236 ruang_lingkup.2.bentuk` for each problem, in order; what is only information left out."""
    return [
        f"{p.severity.value} {p.code} {p.at.path or '-'}" for p in problems if info or p.severity is not Severity.INFO
    ]
