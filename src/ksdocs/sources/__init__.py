"""Files → plain trees with places: YAML, JSON, JSON Lines, TOML, CSV and XLSX, one signature.

`read` gives the records of one file, `read_all` those of many files and folders, `from_tree` takes a plain
mapping. Nothing here knows what a record means: leaves are text, and the models read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.models.teks import NumericText
from ksdocs.problems import Location, Problem, SourceError, problem

from .edit import set_values
from .places import InsertionPoint
from .plain import Tree
from .source import Source, from_tree
from .text import Text, decode, is_file, named_soundly, read_bytes

if TYPE_CHECKING:
    from .tables import Numbered

FORMATS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".toml": "toml",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
"""Ending of a file name (lower case) → format."""

MANIFEST = "manifest.jsonl"
SLIP = ".hasil.xlsx"
"""What a run writes beside its documents: never records, in whatever folder they are met."""

LIMITS = {"yaml": 8 * 2**20, "toml": 8 * 2**20, "json": 64 * 2**20}
"""Bytes that a file of these formats may have; JSON Lines are read line by line and have no limit."""


def read(path: Path | str, *, encoding: str | None = None) -> Iterator[Source]:
    """Every readable record of one file as a Source, in order, streamed; then SourceError with all that is wrong.

    Args:
        path: a file whose ending is in FORMATS. A CSV file brings its side files `NAME.<list>.csv` along.
        encoding: overrides how a text file is decoded.

    Raises:
        SourceError: after the last readable record, with all problems of the file (KS101–KS149). `items` gives
            the same problems record by record.
    """
    problems: list[Problem] = []
    for item in items(path, encoding=encoding):
        if isinstance(item, SourceError):
            problems.extend(item.problems)
        else:
            yield item
    if problems:
        raise SourceError(problems)


def items(path: Path | str, *, encoding: str | None = None, name: str = "") -> Iterator[Source | SourceError]:
    """Like `read`, but an unreadable record is a SourceError in its place, and nothing is raised.

    `name` is how the file is called in messages, where that is not how it is opened.
    """
    for _, item in numbered(path, encoding=encoding, name=name):
        yield item


def numbered(
    path: Path | str, *, encoding: str | None = None, name: str = "", span: tuple[int, int, int] | None = None
) -> Iterator[Numbered]:
    """As `items`, each with the row that it stands in where the file is a table; `span` is one of `spans`."""
    path, name = Path(path), name or str(path)
    kind = FORMATS.get(path.suffix.lower())
    try:
        if not is_file(path):
            read_bytes(path, name, 0)
        if kind is None:
            raise SourceError([problem("KS113", Location(file=name), akhiran=path.suffix or path.name)])
        if kind in LIMITS:
            text = decode(read_bytes(path, name, LIMITS[kind]), name, encoding=encoding)
    except SourceError as error:
        yield None, error
        return
    if kind == "csv":
        from .csv_ import read_csv

        yield from read_csv(path, name, encoding)
    elif kind == "xlsx":
        from .xlsx import read_xlsx

        yield from read_xlsx(path, name)
    else:
        if kind == "jsonl":
            from . import json_

            found = json_.lines(path, name, encoding, span or json_.WHOLE)
        else:
            found = text_records(kind, text)
        for item in found:
            yield None, item


def spans(path: Path, size: int) -> Iterator[tuple[int, int, int]]:
    """The parts of a JSON Lines file that hold `size` records each; together they read as the whole. OSError."""
    from . import json_

    return json_.spans(path, size)


def is_lines(path: Path) -> bool:
    """True for a JSON Lines file, by its name."""
    return FORMATS.get(path.suffix.lower()) == "jsonl"


def is_table(path: Path) -> bool:
    """True for a spreadsheet, by its name: its records stand in rows."""
    return FORMATS.get(path.suffix.lower()) in ("csv", "xlsx")


def from_bytes(data: bytes, name: str) -> Iterator[Source | SourceError]:
    """The records of a YAML, JSON or TOML file that is not written yet: its `data`, placed under its `name`.

    Raises:
        SourceError: KS105, the bytes are no text.
    """
    yield from text_records(FORMATS[Path(name).suffix.lower()], decode(data, name))


def text_records(kind: str, text: Text) -> Iterator[Source | SourceError]:
    """The records of a YAML, JSON or TOML text (`kind` is a value of FORMATS)."""
    if kind == "yaml":
        from .yaml_ import records
    elif kind == "json":
        from .json_ import records
    else:
        from .toml_ import records
    return records(text)


def read_all(paths: Iterable[Path | str], *, encoding: str | None = None) -> Iterator[Source | SourceError]:
    """The records of files and folders: a Source each, or a SourceError where one cannot be read; never stops.

    Which files are read, see `files_of`.
    """
    for found in files_of(paths):
        if isinstance(found, SourceError):
            yield found
        else:
            yield from items(found, encoding=encoding)


def files_of(paths: Iterable[Path | str]) -> Iterator[Path | SourceError]:
    """The files to read among `paths`, and what is wrong with those that name none.

    Folders are read recursively and in sorted order, without hidden files, lock files (`~$…`), unknown
    endings, the side files of CSV tables, and what ksdocs itself writes beside documents. A file that is named
    twice is read once.
    """
    given = []
    for path in map(Path, paths):
        if named_soundly(path):
            given.append(path)
        else:
            yield SourceError([problem("KS101", Location(file=str(path)))])
    named = {_real(p) for p in given}
    seen: set[int] = set()  # hashes: a folder may hold a hundred thousand files
    for path in given:
        for file in _files(path):
            mark = hash(_real(file))
            if mark in seen or file.name.startswith("~$"):
                continue
            seen.add(mark)
            main = _main_of(file)
            if main is None:
                yield file
            elif file == path and _real(main) not in named:
                yield SourceError([problem("KS114", Location(file=str(file)), induk=main.name)])
        if path.is_dir() and next(_files(path), None) is None:
            yield SourceError([problem("KS116", Location(file=str(path)))])


def _main_of(file: Path) -> Path | None:
    """The table whose side file `file` is; None when it is none."""
    if file.suffix.lower() != ".csv":
        return None
    from .csv_ import main_of

    return main_of(file)


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _files(path: Path) -> Iterator[Path]:
    """The files to read under `path`; a path that is no folder is itself."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            own = name == MANIFEST or name.endswith(SLIP)
            if not own and not name.startswith((".", "~$")) and file.suffix.lower() in FORMATS:
                yield file


__all__ = [
    "FORMATS",
    "InsertionPoint",
    "NumericText",
    "Source",
    "Text",
    "Tree",
    "files_of",
    "from_bytes",
    "from_tree",
    "is_lines",
    "is_table",
    "items",
    "numbered",
    "read",
    "read_all",
    "set_values",
    "spans",
    "text_records",
]
