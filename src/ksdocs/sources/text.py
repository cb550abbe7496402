"""Bytes of a file → its text, exactly; lines and columns of an offset; characters that no value may hold."""

from __future__ import annotations

import codecs
import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ksdocs.problems import Location, Problem, SourceError, problem

BLANKS = " \t\r\n\xa0"
"""What a blank cell or a blank value may hold."""

# Control characters, noncharacters, lone surrogates, line/paragraph separators, bidi overrides and
# isolates, and the invisible characters that split a word. Joiners (U+200C, U+200D) and direction marks
# (U+200E, U+200F) are parts of honest text (emoji, right-to-left names) and pass.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]"
)
_LINE_END = re.compile(r"\r\n|\n|\r")


def unsafe_character(text: str) -> str:
    """`U+202E`, say: the first character of `text` that no document can hold or that hides its meaning."""
    found = _UNSAFE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def is_blank(text: str) -> bool:
    """True for text without anything to read in it."""
    return not text.strip(BLANKS)


@dataclass(frozen=True)
class Text:
    """The text of a file, with what is needed to write it back byte for byte.

    Offsets count characters of `text`, which never holds the byte order mark; `first_line` is the line
    number of its first line (JSON Lines hand over one line at a time).
    """

    text: str
    name: str
    encoding: str = "utf-8"
    bom: bytes = b""
    first_line: int = 1

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(m.end() for m in _LINE_END.finditer(self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._lines, offset)
        return line - 1 + self.first_line, offset - self._lines[line - 1] + 1

    def at(self, offset: int, path: str = "") -> Location:
        """The place of a character."""
        line, column = self.line_column(offset)
        return Location(path=path, file=self.name, line=line, column=column)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column counted from 1, kept inside the text."""
        index = min(max(line - self.first_line, 0), len(self._lines) - 1)
        return min(self._lines[index] + max(column - 1, 0), len(self.text))

    def encode(self, text: str) -> bytes:
        """`text` as bytes of this file's encoding, with its byte order mark."""
        return self.bom + text.encode(self.encoding)


def named_soundly(path: Path) -> bool:
    """False for a name that no file can have: too long, or with a NUL."""
    try:
        path.is_dir()
        os.path.realpath(path)
    except (OSError, ValueError):
        return False
    return "\0" not in str(path)


def is_file(path: Path) -> bool:
    """True for a regular file; never an error."""
    return named_soundly(path) and path.is_file()


def read_bytes(path: Path, name: str, limit: int) -> bytes:
    """The content of a file of at most `limit` bytes. Raises SourceError (KS101, KS102, KS104)."""
    try:
        if not is_file(path):
            there = named_soundly(path) and path.exists()
            raise SourceError([problem("KS102" if there else "KS101", Location(file=name))])
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise SourceError([problem("KS103", Location(file=name), sebab=error.strerror or error)]) from None
    if len(data) > limit:
        raise SourceError([problem("KS104", Location(file=name), batas=f"{limit // 2**20} MB")])
    return data


def decode(data: bytes, name: str, *, encoding: str | None = None, first_line: int = 1) -> Text:
    """The text of a YAML, JSON or TOML file: UTF-8, with or without a byte order mark.

    `encoding` overrides that. Raises SourceError (KS105) that names the line of the first foreign byte.
    """
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if encoding is None and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError([_encoding_problem(name, first_line, 1, "UTF-16")])
    return _decode(data, bom, encoding or "utf-8", name, first_line)


def decode_table(data: bytes, name: str, *, encoding: str | None = None) -> Text:
    """The text of a CSV file as spreadsheets write it.

    UTF-8 or UTF-16 by their byte order marks, UTF-8 where all bytes fit it, else Windows-1252; `encoding`
    overrides. Raises SourceError (KS105).
    """
    for bom, found in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            return _decode(data, bom, encoding or found, name, 1)
    if encoding is not None:
        return _decode(data, b"", encoding, name, 1)
    if b"\0" in data:
        raise SourceError([_encoding_problem(name, data[: data.index(b"\0")].count(b"\n") + 1, 1, "00")])
    try:
        return Text(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _decode(data, b"", "cp1252", name, 1)


def _decode(data: bytes, bom: bytes, encoding: str, name: str, first_line: int) -> Text:
    body = data[len(bom) :]
    try:
        return Text(body.decode(encoding), name, encoding, bom, first_line)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        line, column = Text(before, name, first_line=first_line).line_column(len(before))
        raise SourceError([_encoding_problem(name, line, column, f"{body[error.start]:02X}")]) from None
    except LookupError:
        raise SourceError([problem("KS117", Location(file=name), pengodean=encoding)]) from None


def _encoding_problem(name: str, line: int, column: int, found: str) -> Problem:
    return problem("KS105", Location(file=name, line=line, column=column), temuan=found)
