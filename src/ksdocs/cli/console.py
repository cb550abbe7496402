"""What the command line writes to: its width, colours and characters, whatever console it is.

Nothing here knows records or problems. Text passes `fit` before it is laid out: characters that would steer a
terminal are shown, and what the console cannot show is written with what it can.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final, TextIO

MIN_WIDTH: Final = 40
MAX_WIDTH: Final = 120
PIPE_WIDTH: Final = 100
"""Columns of a table that is written to a file or another program."""

STYLES: Final = {"bad": "31", "warn": "33", "good": "32", "dim": "2", "bold": "1", "place": "36"}

Segment = tuple[str, str]
"""Words and the name of their style, "" for none."""

_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PLAIN: Final = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...", "·": "-", "•": "*", "→": "->",
    "✓": "OK", "✗": "X", "○": "o", "≥": ">=", "≤": "<=", "×": "x", "\u00a0": " ", "‹": "<", "›": ">",
}  # fmt: skip


class Console:
    """Standard output and error of one run. `environ` decides colour and width where the streams do not."""

    def __init__(
        self, out: TextIO | None = None, err: TextIO | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        self.out = out if out is not None else sys.stdout
        self.err = err if err is not None else sys.stderr
        self.environ = os.environ if environ is None else environ
        self.encoding = getattr(self.out, "encoding", None) or "utf-8"
        self.colour = self._wants_colour()
        self.width = self._find_width()
        self._busy = False
        self._last = "\n"

    def _wants_colour(self) -> bool:
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR", "0") not in ("", "0"):
            return True
        if not _is_terminal(self.out) or self.environ.get("TERM") == "dumb":
            return False
        # Older Windows consoles print the codes themselves.
        return sys.platform != "win32" or any(n in self.environ for n in ("WT_SESSION", "ConEmuANSI", "TERM"))

    def _find_width(self) -> int | None:
        """Columns to wrap at; None where lines are better left whole: a file, another program."""
        given = self.environ.get("COLUMNS", "")
        if given.isdigit() and int(given):
            return min(max(int(given), MIN_WIDTH), MAX_WIDTH)
        if not _is_terminal(self.out):
            return None
        return min(max(shutil.get_terminal_size().columns, MIN_WIDTH), MAX_WIDTH)

    @property
    def table_width(self) -> int:
        return self.width or PIPE_WIDTH

    # --- text -----------------------------------------------------------------------------------------------

    def fit(self, text: str) -> str:
        """`text` as this console can show it, harmless to a terminal."""
        shown = _STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
        return _encodable(shown, self.encoding)

    def style(self, text: str, style: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and style and text else text

    def line(self, text: str = "", style: str = "") -> None:
        """One line, as it is."""
        self._write(self.out, self.style(self.fit(text), style) + "\n")

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if not self._last.endswith("\n\n") and self._last != "\n":
            self.line()

    def words(self, segments: Sequence[Segment], *, indent: int = 0, hang: int | None = None) -> None:
        """One paragraph of segments, wrapped at the console's width; further lines stand at `hang`."""
        fitted = [(self.fit(text), style) for text, style in segments]
        for text in wrap(fitted, self.width, indent, indent + 4 if hang is None else hang):
            self._write(self.out, self._styled(text) + "\n")

    def _styled(self, line: Sequence[Segment]) -> str:
        runs = [("".join(t for t, _ in run), style) for style, run in groupby(line, key=lambda piece: piece[1])]
        if runs:
            runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
        return "".join(self.style(t, s) for t, s in runs)

    def raw(self, text: str) -> None:
        """Text for another program or file, in UTF-8 where it may be a file."""
        self.settle()
        binary = getattr(self.out, "buffer", None)
        if binary is not None and not _is_terminal(self.out):
            self.out.flush()
            binary.write(text.encode("utf-8"))
            binary.flush()
        else:
            self._write(self.out, self.fit(text))

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Paragraphs of plain words, wrapped."""
        for paragraph in text.strip("\n").split("\n"):
            lead = len(paragraph) - len(paragraph.lstrip(" "))
            self.words([(paragraph.lstrip(" "), style)], indent=indent + lead, hang=indent + lead)

    def table(
        self, rows: Sequence[Sequence[Segment | list[Segment]]], widths: Sequence[int], *, indent: int = 0
    ) -> None:
        """Rows of cells that wrap inside their column; `widths` are columns of text, two spaces stand between.

        A cell is one segment, or a list of segments that each begin a line.
        """
        for row in rows:
            cells = [self._cell(cell, width) for cell, width in zip(row, widths, strict=True)]
            for number in range(max(map(len, cells))):
                out = " " * indent
                pad = 0
                for cell, width in zip(cells, widths, strict=True):
                    piece = cell[number] if number < len(cell) else []
                    out += " " * pad + self._styled(piece)
                    pad = max(width - columns("".join(t for t, _ in piece).rstrip()), 0) + 2
                self._write(self.out, out.rstrip() + "\n")

    def _cell(self, cell: Segment | list[Segment], width: int) -> list[list[Segment]]:
        segments = cell if isinstance(cell, list) else [cell]
        return [line for t, s in segments for line in wrap([(_breakable(self.fit(t), width), s)], width, 0, 0)]

    def json(self, document: Any) -> None:
        """One JSON document, whatever the console can show."""
        self._write(self.out, self._as_json(document) + "\n")

    def json_part(self, before: str, value: Any, *, indent: int, open_: bool = False) -> None:
        """A part of a JSON document that is written piece by piece, `indent` columns in; with `open_` its last
        members, without the brace that begins them."""
        text = self._as_json(value).replace("\n", "\n" + " " * indent)
        self._write(self.out, before + (text[1:].lstrip() + "\n" if open_ else text))

    def _as_json(self, document: Any) -> str:
        text = json.dumps(document, ensure_ascii=False, indent=2)
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            text = json.dumps(document, ensure_ascii=True, indent=2)
        return text

    @property
    def shows_progress(self) -> bool:
        """True where a passing line is seen by somebody."""
        return _is_terminal(self.err) and self.environ.get("TERM") != "dumb"

    def for_errors(self) -> Console:
        """The same console, writing to standard error."""
        return Console(self.err, self.err, self.environ)

    def complain(self, text: str) -> None:
        """Sentences on standard error."""
        self.settle()
        self.for_errors().say(text)

    # --- progress -------------------------------------------------------------------------------------------

    def progress(self, text: str) -> None:
        """A passing line on standard error, on a terminal only; the next output wipes it away."""
        if self.shows_progress:
            shown = _encodable(text, _encoding_of(self.err))[: max(shutil.get_terminal_size().columns - 1, 10)]
            self.err.write(f"\r\x1b[K{shown}")
            self.err.flush()
            self._busy = True

    def settle(self) -> None:
        """No passing line is left."""
        if self._busy:
            self.err.write("\r\x1b[K")
            self.err.flush()
            self._busy = False

    def _write(self, stream: TextIO, text: str) -> None:
        self.settle()
        stream.write(text)
        self._last = (self._last + text)[-2:]


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _breakable(text: str, width: int) -> str:
    """`text` with its words broken after `_ . / @ ,` where they are wider than `width`."""
    return re.sub(r"\S+", lambda m: m[0] if columns(m[0]) <= width else _broken(m[0], width), text)


def _broken(word: str, width: int) -> str:
    lines = [""]
    for piece in re.findall(r"[^_./@,-]*[_./@,-]|[^_./@,-]+", word):
        pieces = [piece[i : i + width] for i in range(0, len(piece), width)]
        for part in pieces:
            if lines[-1] and columns(lines[-1] + part) > width:
                lines.append("")
            lines[-1] += part
    return " ".join(lines)


def wrap(segments: Sequence[Segment], width: int | None, indent: int, hang: int) -> list[list[Segment]]:
    """Lines of segments no wider than `width`; a word that is wider stands alone, unbroken."""
    lines: list[list[Segment]] = [[(" " * indent, "")] if indent else []]
    used, fresh = indent, True
    for text, style in segments:
        for piece in re.findall(r"\s+|\S+", text):
            blank = piece.isspace()
            room = width is None or used + columns(piece) <= width
            if blank and (fresh or not room):
                if not room:
                    lines.append([(" " * hang, "")] if hang else [])
                    used, fresh = hang, True
                continue
            if not room and not fresh:
                lines.append([(" " * hang, "")] if hang else [])
                used = hang
            lines[-1].append((piece, style))
            used += columns(piece)
            fresh = False
    while len(lines) > 1 and not "".join(t for t, _ in lines[-1]).strip():
        lines.pop()
    return lines


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_replaced(c, encoding) for c in text)
    except LookupError:
        return _encodable(text, "ascii")
    return text


def _replaced(char: str, encoding: str) -> str:
    for candidate in (char, _PLAIN.get(char, ""), unicodedata.normalize("NFKD", char)[:1], "?"):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        if candidate:
            return candidate
    return "?"


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _encoding_of(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"
