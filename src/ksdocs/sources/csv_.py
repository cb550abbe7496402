"""CSV files → Sources: `NAME.csv` holds the records, `NAME.<list>.csv` beside it their lists."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ksdocs.problems import Location, Problem, SourceError, problem

from .places_csv import CsvCells
from .tables import Grid, Numbered, Row, records
from .text import Text, decode_table, is_blank, read_bytes

DELIMITERS = ";,\t"
MAX_BYTES = 256 * 2**20
LIST_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
"""What stands between NAME and `.csv` in a side file, and the name of a further sheet."""


def read_csv(path: Path, name: str, encoding: str | None = None) -> Iterator[Numbered]:
    """One Source or SourceError per row of a CSV file, with the lists of its side files.

    The separator (`;`, `,` or tab) is decided from the header line; see `decode_table` for encodings.
    Problems of the files as such (KS105, KS128–KS140) come first.
    """
    grids, problems = csv_grids(path, name, encoding)
    if problems:
        yield None, SourceError(problems)
        return
    yield from records(grids[0], grids[1:], name)


def csv_grids(path: Path, name: str, encoding: str | None = None) -> tuple[list[Grid], list[Problem]]:
    """The tables of a CSV file and of its side files, the main one first, and what cannot be read of them."""
    problems: list[Problem] = []
    grids: list[Grid] = []
    for title, file, called in [("", path, name), *side_files(path, name)]:
        try:
            grids.append(_grid(title, file, called, encoding))
        except SourceError as error:
            problems.extend(error.problems)
    return grids, problems


def side_files(path: Path, name: str) -> list[tuple[str, Path, str]]:
    """List path, file and shown name of every side file of a main CSV file, sorted."""
    found = []
    for file in sorted(path.parent.iterdir()):
        title = side_title(file, path)
        if title:
            found.append((title, file, str(Path(name).with_name(file.name))))
    return found


def side_title(file: Path, main: Path) -> str:
    """The list path of `file` if it is a side file of `main`, else ""."""
    start, end = main.stem + ".", main.suffix
    if not file.name.startswith(start) or file.suffix.lower() != end.lower() or file == main:
        return ""
    title = file.name[len(start) : -len(end)]
    return title if LIST_PATH.fullmatch(title) else ""


def main_of(file: Path) -> Path | None:
    """The main file that `file` is a side file of, if it is one."""
    parts = file.name.split(".")
    for length in range(1, len(parts) - 1):
        main = file.with_name(".".join(parts[:length]) + file.suffix)
        if main.is_file() and side_title(file, main):
            return main
    return None


def _grid(title: str, path: Path, name: str, encoding: str | None) -> Grid:
    text = decode_table(read_bytes(path, name, MAX_BYTES), name, encoding=encoding)
    skip, delimiter = _dialect(text)
    cells = CsvCells(text, delimiter, skip)
    _check_quotes(cells)
    header = next(_rows(cells), None)
    if header is None:
        raise SourceError([problem("KS106", Location(file=name))])
    number, names = header
    width = len(names)
    return Grid(title, Row(number, names), lambda: _data(cells, width), cells.at, name, lambda: _rows(cells))


def _dialect(text: Text) -> tuple[int, str]:
    """Where the header line starts, and the separator that it uses (most frequent outside quotes)."""
    start = re.match(r"(?:[ \t;,]*(?:\r\n|\n|\r))*", text.text)
    skip = start.end() if start else 0
    told = re.compile(r'"?sep=([;,\t])"?(?:\r\n|\n|\r)', re.IGNORECASE).match(text.text, skip)
    if told:
        return told.end(), told.group(1)
    counts = dict.fromkeys(DELIMITERS, 0)
    for token in re.compile(r'"(?:[^"]|"")*"|[^"\r\n]|[\r\n]').finditer(text.text, skip):
        if token.group() in "\r\n":
            break
        if token.group() in counts:
            counts[token.group()] += 1
    return skip, max(counts, key=lambda d: counts[d])


def _rows(cells: CsvCells) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every row that is not blank."""
    stream = io.StringIO(cells.text.text[cells.skip :], newline="")
    for index, row in enumerate(csv.reader(stream, delimiter=cells.delimiter, strict=True)):
        if any(not is_blank(cell) for cell in row):
            yield cells.first_row + index, row


def _check_quotes(cells: CsvCells) -> None:
    """Raises SourceError (KS140) where a quotation mark is not closed or stands inside a value."""
    number = cells.first_row - 1
    stream = io.StringIO(cells.text.text[cells.skip :], newline="")
    reader = csv.reader(stream, delimiter=cells.delimiter, strict=True)
    try:
        for _ in reader:
            number += 1
    except csv.Error as error:
        raise SourceError([problem("KS140", cells.at(number + 1, 1), rincian=error)]) from None


def _data(cells: CsvCells, width: int) -> Iterator[Row]:
    rows = _rows(cells)
    next(rows)
    for number, row in rows:
        problems: tuple[Problem, ...] = ()
        short = len(row) < width
        extra = next((n for n, text in enumerate(row[width:], width + 1) if not is_blank(text)), 0)
        if short or extra:
            at = cells.at(number, extra or len(row))
            problems = (problem("KS130", at, baris=number, ada=extra or len(row), perlu=width),)
            row = row[:width]
        yield Row(number, row, problems)
