"""What the given files and folders hold, cut into chunks that can be read wherever the files can be reached."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksdocs.models import MODELS, NASKAH
from ksdocs.problems import Location, SourceError, problem
from ksdocs.sources import Source, files_of, is_lines, is_table, numbered, spans

BY_PLACE: Final = 256 * 1024
"""Bytes up to which a file that holds no lines is read by whoever does its records; larger ones by the leader."""

SIGNS: Final = frozenset({"jenis", "id", "tahap", "tentang", "pihak", "nama", "teks"})
"""Fields by which one sees that somebody meant a record, even where `jenis` is forgotten."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A record of a file in a folder that is none: a code list, a note. `name` is the file."""

    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record as it was read; `row` is where it stands in the spreadsheet `table`."""

    read: Source | SourceError | Passed
    row: int | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Records by their place: a file, or lines of it. `named` tells that the user gave the file itself.

    `only` is one record of them, from 0. `stamp` is the file's size and time when the run met it first.
    """

    file: str
    name: str
    named: bool
    span: tuple[int, int, int] | None = None
    stamp: tuple[int, int] = (0, 0)
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few records: by their places, or as they were read."""

    pieces: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()


Stamp = tuple[int, int]


def plan(
    paths: Iterable[Path], size: int, *, absolute: bool = False, known: Callable[[str], Stamp] | None = None
) -> Iterator[Chunk]:
    """Chunks of about `size` records for everything under `paths`, in order; nothing is kept.

    `absolute` names files so that they are found from any folder. `known` tells the stamp that a file had when the
    run began; without it, that is now.
    """
    given = list(paths)
    named = {os.path.realpath(p) for p in given if not p.is_dir()}
    pieces: list[Piece] = []
    for found in files_of(given):
        if isinstance(found, SourceError):
            parts = iter([Chunk(items=(Item(found),))])
        else:
            whole = _piece(found, named, absolute, known or stamp_of)
            if whole.stamp == stamp_of(found) and is_lines(found):
                parts = _parts(found, whole, size)
            elif whole.stamp == stamp_of(found) and (is_table(found) or whole.stamp[0] > BY_PLACE):
                parts = _read_here(whole, size)
            else:
                pieces.append(whole)
                if len(pieces) < size:
                    continue
                parts = iter(())
        if pieces:
            yield Chunk(tuple(pieces))
            pieces = []
        yield from parts
    if pieces:
        yield Chunk(tuple(pieces))


def _piece(file: Path, named: set[str], absolute: bool, known: Callable[[str], Stamp]) -> Piece:
    name = os.path.abspath(file) if absolute else str(file)  # noqa: PTH100 - links stay as they were named
    return Piece(name, name, os.path.realpath(file) in named, stamp=known(name))


def stamp_of(file: Path | str) -> Stamp:
    """Size and time of a file; zeros where it cannot be asked."""
    try:
        state = os.stat(file)  # noqa: PTH116
    except (OSError, ValueError):
        return 0, 0
    return state.st_size, state.st_mtime_ns


def _parts(file: Path, whole: Piece, size: int) -> Iterator[Chunk]:
    try:
        for span in spans(file, size):
            yield Chunk((replace(whole, span=span),))
    except OSError:  # the reader tells why
        yield Chunk((whole,))


def _read_here(whole: Piece, size: int) -> Iterator[Chunk]:
    group: list[Item] = []
    for item in read_piece(whole):
        group.append(item)
        if len(group) == size:
            yield Chunk(items=tuple(group))
            group = []
    if group:
        yield Chunk(items=tuple(group))


def read_chunk(chunk: Chunk) -> Iterator[Item]:
    """The records of `chunk`, in order; what cannot be read is an error in its place."""
    yield from chunk.items
    for piece in chunk.pieces:
        yield from read_piece(piece)


def read_piece(piece: Piece) -> Iterator[Item]:
    """The records of one piece. KS722 where its file is not the one that the run began with."""
    if piece.stamp != stamp_of(piece.file):
        yield Item(SourceError([problem("KS722", Location(file=piece.name), berkas=piece.name)]))
        return
    table = piece.name if is_table(Path(piece.file)) else ""
    for number, (row, item) in enumerate(numbered(piece.file, name=piece.name, span=piece.span)):
        if piece.only is None or piece.only == number:
            yield Item(_judged(item, piece), row, table)


def _judged(item: Source | SourceError, piece: Piece) -> Source | SourceError | Passed:
    if isinstance(item, SourceError) or SIGNS & item.tree.keys():
        return item
    if not piece.named:
        return Passed(item.name)
    return SourceError([problem("KS023", Location(file=item.name), isian=", ".join(list(item.tree)[:5]))])


def is_reference(item: Source | SourceError | Passed) -> bool:
    """True for a record that is looked up by others and never printed by itself."""
    if not isinstance(item, Source):
        return False
    kind = item.tree.get("jenis")
    return isinstance(kind, str) and kind in MODELS and kind not in NASKAH
