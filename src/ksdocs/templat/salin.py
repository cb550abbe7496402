"""Copies of what ksdocs ships, with the note of where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ksdocs.problems import KsdocsError, LibraryError, Location, problem, suggest
from ksdocs.templat.berkas import BERSAMA, files, groups, needed, read, upstream
from ksdocs.templat.kunci import LOCK, ORIGINALS, Kunci, load
from ksdocs.templat.pasang import place
from ksdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Salinan:
    """What was copied; `ada` are groups that were there before and stayed as they were."""

    folder: Path
    kelompok: tuple[str, ...]
    berkas: tuple[Path, ...]
    ada: tuple[str, ...]


def copy_kind(workspace: Workspace, kind: str, into: Path) -> Salinan:
    """The shipped `kind` in `into`, with what it needs; what is shared and there already stays as it is.

    Raises:
        LibraryError: KS002 ksdocs ships no such kind.
        KsdocsError: KS881 it is there already; KS882 the lock cannot be read; KS702 to KS706.
    """
    source = upstream(workspace)
    known = groups(source)
    if kind not in known or kind == BERSAMA:
        choices = suggest(kind, known) or ", ".join(k for k in known if k != BERSAMA)
        raise LibraryError([problem("KS002", Location("jenis"), jenis=kind, pilihan=choices)])
    there = groups(into) if into.is_dir() else {}
    if kind in there:
        at = Location(file=str(there[kind]))
        raise KsdocsError([problem("KS881", at, jenis=kind)])
    wanted = tuple(group for group in needed(kind) if group not in there)
    lock = load(into)
    new = taken(source, wanted, lock)
    placed = place(into, new)
    lock.keep()
    return Salinan(into, wanted, tuple(placed), tuple(group for group in needed(kind) if group in there))


def copy_all(workspace: Workspace, lock: Kunci) -> dict[str, bytes]:
    """Everything that ksdocs ships, noted in `lock`, with the two files of the lock: name → bytes."""
    source = upstream(workspace)
    new = taken(source, tuple(groups(source)), lock)
    made = lock.files()
    return {**new, ORIGINALS: made[ORIGINALS], LOCK: made[LOCK]}


def taken(source: Path, wanted: tuple[str, ...], lock: Kunci) -> dict[str, bytes]:
    """Name below the templates folder → bytes, for every file of the groups `wanted`; each is noted in `lock`."""
    new = {}
    for group in wanted:
        folder = groups(source)[group]
        for name, file in files(group, folder).items():
            data = read(file)
            lock.note(group, name, data)
            new[file.relative_to(source).as_posix()] = data
    return new
