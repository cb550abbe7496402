"""CSV text → where every cell starts; read only when the place of a cell is asked for."""

from __future__ import annotations

import re
from functools import cached_property

from ksdocs.problems import Location

from .text import Text


def cell_name(row: int, column: int) -> str:
    """`C7` for row 7, column 3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


class CsvCells:
    """The cells of a CSV text with one separator; the header line starts at character `skip`.

    Rows count as in a spreadsheet: blank rows count, a row whose cells hold line ends counts once.
    """

    def __init__(self, text: Text, delimiter: str, skip: int) -> None:
        self.text = text
        self.delimiter = delimiter
        self.skip = skip
        # a "sep=;" line is an instruction, not a row; blank lines before the header are rows
        lead = re.sub(r"(?i)\"?sep=.\"?(\r\n|\n|\r)", "", text.text[:skip])
        self.first_row = 1 + len(re.findall(r"\r\n|\n|\r", lead))

    @cached_property
    def starts(self) -> list[list[int]]:
        """The character at which each cell starts, row by row from the header."""
        return scan(self.text.text, self.delimiter, self.skip)

    def at(self, row: int, column: int) -> Location:
        """The place of a cell; the start of its row where the row has no such cell."""
        index = row - self.first_row
        place = Location(file=self.text.name, cell=cell_name(row, column))
        if not 0 <= index < len(self.starts):
            return place
        starts = self.starts[index]
        line, character = self.text.line_column(starts[min(column, len(starts)) - 1])
        return place.with_(line=line, column=character)


def scan(text: str, delimiter: str, skip: int = 0) -> list[list[int]]:
    """Starts of all cells, in the rows that `csv.reader` gives."""
    cell = re.compile(rf'(?:"(?:[^"]|"")*(?:"|$))?[^{re.escape(delimiter)}\r\n]*')
    rows: list[list[int]] = []
    here = skip
    while here < len(text):
        row: list[int] = []
        while True:
            match = cell.match(text, here)
            row.append(here)
            here = match.end() if match else len(text)
            if not text.startswith(delimiter, here):
                break
            here += 1
        rows.append(row)
        here += 2 if text.startswith("\r\n", here) else 1
    return rows
