"""The gallery of a kind: the records that its template is tried out with, each held against every rule first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from ksdocs.office import Office
from ksdocs.pipeline import check
from ksdocs.pratinjau.bahan import GAMBAR, picture, register
from ksdocs.pratinjau.borang import galeri_borang, galeri_dari
from ksdocs.pratinjau.kasus import Kasus, kasus
from ksdocs.pratinjau.naskah import galeri_naskah
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.sources import Source, from_tree, read_all
from ksdocs.workspace import Origin, Root, shipped

HARI: Final = date(2026, 12, 31)
"""The day that is taken as today: galleries are the same every day."""

_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Bahan:
    """A case ready to be printed: its record, and the office that knows all that it names."""

    kasus: Kasus
    sumber: Source
    kantor: Office


@dataclass(frozen=True, slots=True)
class Galeri:
    """`bahan` are sound records; `tidak` says of each case that could not be made what the rules hold against it."""

    jenis: str
    bahan: tuple[Bahan, ...]
    tidak: tuple[Problem, ...] = ()


def galeri(kind: str, office: Office, folder: Path) -> Galeri:
    """The gallery of `kind`, by the clauses and forms of `office` and nothing of its data.

    `folder` is empty and stays as long as the gallery is used: its picture lies there.
    """
    (folder / GAMBAR).write_bytes(picture())
    (folder / "galeri.yaml").touch()
    own = Office(_with_data(office, folder), register())
    form = office.form(kind)
    if form is None:
        return _judged(kind, [[(one, own)] for one in galeri_naskah(kind)], folder)
    made = {one.id: [(one, own)] for one in galeri_borang(kind, form.isian, own.register)}
    for sample, known in _samples(kind, office):
        for one in galeri_dari(kind, form.isian, sample.tree):
            made.setdefault(one.id, []).append((one, known))
        name = f"contoh-{sample.id}"
        told = kasus(name, f"Rekaman contoh {sample.id}", f"Sample record {sample.id}", sample.tree)
        made[name] = [(told, known)]
    return _judged(kind, list(made.values()), folder)


def _with_data(office: Office, data: Path) -> Any:
    return replace(office.workspace, data=(Root(data, Origin.ARGUMENT, "galeri"),))


def _samples(kind: str, office: Office) -> Iterator[tuple[Source, Office]]:
    """Sound records of a form that ship with ksdocs, in an office with the data that ship with it."""
    folder = shipped("data") / kind
    if not folder.is_dir():
        return
    known = Office(_with_data(office, shipped("data")))
    found = [item for item in read_all([folder]) if isinstance(item, Source) and item.tree.get("jenis") == kind]
    for item in found[:_SAMPLES]:
        yield item, known


def _judged(kind: str, choices: list[list[tuple[Kasus, Office]]], folder: Path) -> Galeri:
    """Of each case the first form that the rules take."""
    ready: list[Bahan] = []
    failed: list[Problem] = []
    for ways in choices:
        first: Problem | None = None
        for one, office in ways:
            source = _source(kind, one, office, folder)
            fault = _fault(source, office)
            if fault is None:
                ready.append(Bahan(one, source, office))
                break
            first = first or fault
        else:
            one = ways[0][0]
            assert first is not None
            why = f"{first.code} {first.at.path}: {first.message()}".replace("  ", " ")
            failed.append(problem("KS891", Location(), kasus=one.id, jenis=kind, sebab=why))
    return Galeri(kind, tuple(ready), tuple(failed))


def _source(kind: str, one: Kasus, office: Office, folder: Path) -> Source:
    tree: Mapping[str, Any] = {**one.rekaman, "id": f"{kind.replace('_', '-')}-{one.id}"[:60].rstrip("-")}
    if one.id.startswith("contoh-"):
        tree = one.rekaman
    home = office.workspace.data_folder().folder
    if home == folder:
        return from_tree(tree, str(folder / "galeri.yaml"))
    beside = next(iter(sorted((home / kind).iterdir())), home)
    return from_tree(tree, str(beside))


def _fault(source: Source, office: Office) -> Problem | None:
    """What keeps a record from being printed; a case whose rules cannot even be asked is none either."""
    try:
        report = check(source, office, HARI)
    except KsdocsError as error:
        return error.problems[0]
    return next((p for p in report.problems if p.refuses), None)
