"""What the XLSX reader does not tell: whether the package is safe, and what stands in a sheet besides values.

Everything is judged from the central directory and from members inflated under a limit; nothing is
extracted by name.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from ksdocs.problems import Location, Problem, SourceError

MAX_BYTES = 64 * 2**20
MAX_MEMBERS = 2000
MAX_INFLATED = 512 * 2**20
MAX_CELLS = 8_000_000
"""Cells of the rectangle that holds all values of one sheet."""

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ROWS, MAX_COLUMNS = 2**20, 2**14
"""What a sheet can have; the reader takes memory for whatever a cell claims."""

_REFERENCE = re.compile(rb"""[\s:]r\s*=\s*["'](?:([A-Za-z]{0,3})([0-9]{1,7})["'])?""")
_NOTABLE = re.compile(rb"""hidden\s*=|mergeCell|=\s*["']e["']|<(?:[\w.-]+:)?f[\s/>]""")


class Xlsx:
    """A checked XLSX package: the XML of its sheets by name."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises SourceError (KS141–KS144) when the bytes are no safe XLSX package."""
        self.name = name
        if data.startswith(_CFB):
            code = "KS142" if "EncryptedPackage".encode("utf-16-le") in data else "KS141"
            self._refuse(code, rincian=".xls")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                self._check(package)
                members = {i.filename: _inflate(data, i) for i in package.infolist()}
        except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, OSError):
            self._refuse("KS141", rincian="zip")
        self._members = {n: m for n, m in members.items() if n.lower().endswith((".xml", ".rels"))}
        for member in self._members.values():
            if b"<!DOCTYPE" in member or b"<!ENTITY" in member or b"\0" in member[:4]:
                self._refuse("KS143", sebab="DOCTYPE")
        if "xl/workbook.xml" not in self._members:
            self._refuse("KS141", rincian="xl/workbook.xml")
        self.sheets = self._find_sheets()
        if not all(part in self._members for part in self.sheets.values()):
            self._refuse("KS141", rincian="xl/worksheets")

    def rebuilt(self) -> io.BytesIO:
        """A new package of the checked XML alone, so that no other reading of the zip can bring in anything else."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
            for name, content in self._members.items():
                package.writestr(zipfile.ZipInfo(name), content)
        stream.seek(0)
        return stream

    def _refuse(self, code: str, **params: str) -> NoReturn:
        raise SourceError([Problem(code, Location(file=self.name), params)])

    def _check(self, package: zipfile.ZipFile) -> None:
        members = package.infolist()
        names = [m.filename.lower() for m in members]
        if len(members) > MAX_MEMBERS:
            self._refuse("KS143", sebab=f"> {MAX_MEMBERS} berkas")
        if len(set(names)) != len(names):
            self._refuse("KS143", sebab="nama ganda")
        if any(n.startswith(("/", "\\")) or ":" in n or ".." in re.split(r"[/\\]", n) for n in names):
            self._refuse("KS143", sebab="nama di luar paket")
        if any(m.flag_bits & 1 for m in members):
            self._refuse("KS142")
        if sum(m.file_size for m in members) > MAX_INFLATED:
            self._refuse("KS143", sebab=f"> {MAX_INFLATED // 2**20} MB")
        if any("vbaproject" in n for n in names):
            self._refuse("KS144")

    def _find_sheets(self) -> dict[str, str]:
        targets: dict[str, str] = {}
        sheets: dict[str, str] = {}

        def relationship(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                sheets[attributes.get("name", "")] = targets.get(attributes.get("id", ""), "")

        self._parse(self._members.get("xl/_rels/workbook.xml.rels", b"<none/>"), relationship)
        self._parse(self._members["xl/workbook.xml"], sheet)
        return {n: t.lstrip("/") if t.startswith("/") else f"xl/{t}" for n, t in sheets.items()}

    def _parse(
        self,
        xml: bytes,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        characters: Callable[[str], None] | None = None,
    ) -> None:
        parser: Any = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, a: start(
            tag.rpartition(":")[2], {k.rpartition(":")[2]: v for k, v in a.items()}
        )
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("KS143", sebab="DOCTYPE")
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, LookupError, ValueError):  # LookupError: an encoding nobody knows
            self._refuse("KS141", rincian="XML")

    def facts(self, sheet: str) -> SheetFacts:
        """What a sheet holds besides values. Raises SourceError (KS143) when its values span too many cells."""
        xml = self._members.get(self.sheets.get(sheet, ""), b"")
        facts = SheetFacts()
        if _NOTABLE.search(xml) or _span(xml) > MAX_CELLS:
            reader = _SheetReader(facts)
            self._parse(xml, reader.start, reader.end, reader.characters)
            if reader.outside or reader.rows * reader.columns > MAX_CELLS:
                self._refuse("KS143", sebab=f"{sheet}: > {MAX_CELLS} sel")
        return facts


@dataclass
class SheetFacts:
    """Rows and columns count from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[str, int, int]] = field(default_factory=list)
    """Range, first and last row of every merged area."""
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose formula was never computed."""


class _SheetReader:
    """Collects the facts of one sheet while its XML passes by."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self.rows = self.columns = 0
        self.outside = False
        """Does a row or a cell claim a place that no sheet has?"""
        self._row = self._column = 0
        self._kind = self._value = ""
        self._formula = self._has_value = self._inside = False

    def start(self, tag: str, a: dict[str, str]) -> None:
        if tag == "row":
            self._row = int(a["r"]) if a.get("r", "").isdecimal() else self._row + 1
            self._column = 0
            self.outside |= self._row > MAX_ROWS
            if a.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self._row)
        elif tag == "c":
            self._place(a.get("r", ""))
            self._kind, self._value = a.get("t", ""), ""
            self._formula = self._has_value = False
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "is"):
            self._has_value = self._inside = True
        elif tag == "col" and a.get("hidden") in ("1", "true"):
            low, high = a.get("min", ""), a.get("max", "")
            if low.isdecimal() and high.isdecimal():
                self.facts.hidden_columns.append((int(low), int(high)))
        elif tag == "mergeCell":
            rows = [int(n) for n in re.findall("[0-9]+", a.get("ref", ""))]
            if rows:
                self.facts.merged.append((a["ref"], rows[0], rows[-1]))

    def characters(self, text: str) -> None:
        if self._inside:
            self._value += text

    def end(self, tag: str) -> None:
        if tag in ("v", "is"):
            self._inside = False
        elif tag == "c":
            self._cell()

    def _place(self, reference: str) -> None:
        match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", reference)
        if match is None:
            self._column += 1
            self.outside |= bool(reference)
            return
        self._column = 0
        for letter in match[1].upper():
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(match[2])
        self.outside |= self._row > MAX_ROWS or self._column > MAX_COLUMNS

    def _cell(self) -> None:
        here = (self._row, self._column)
        if self._has_value or self._formula:
            self.rows, self.columns = max(self.rows, here[0]), max(self.columns, here[1])
        if self._kind == "e":
            self.facts.errors.append((*here, self._value))
        elif self._formula and not self._value and not (self._kind == "str" and self._has_value):
            self.facts.formulas.append(here)


def _inflate(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The content of a member, never more than its directory entry announces. Raises ValueError when that lies."""
    start = member.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise ValueError(member.filename)
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    start += 30 + name + extra
    packed = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-15)
        content = inflater.decompress(packed, member.file_size + 1)
    else:
        raise ValueError(member.filename)
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise ValueError(member.filename)
    return content


def _span(xml: bytes) -> int:
    """An upper bound for the cells of the rectangle that the reader would allocate; too many where it is unknown."""
    rows = columns = 1
    for letters, digits in _REFERENCE.findall(xml):
        if not digits:
            return MAX_CELLS + 1
        rows = max(rows, int(digits))
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
    return rows * columns
