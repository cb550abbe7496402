"""Clause text → lines that know what they are. Structure is read here, once, before any value is filled in.

The result is a Jinja source in which structure is carried by control characters that no value can hold (XML cannot
carry them, so values with them are refused), line for line the same as the file: a Jinja error's line is the
file's line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from ksdocs.clauses.files import parse_toml
from ksdocs.dokumen import JenisBlok
from ksdocs.problems import Location, Problem, problem

# Marks in the filled text. All are characters that XML 1.0 cannot hold.
BLOCK: Final = "\x01"  # BLOCK index BLOCK_END: a block of the source begins
BLOCK_END: Final = "\x02"
BOLD: Final = "\x03"  # toggles
ITALIC: Final = "\x04"
CELL: Final = "\x05"
EOL: Final = "\x07\n"  # end of a source line, no line break of the text
VALUE: Final = "\x0e"  # VALUE … VALUE_END: came from data
VALUE_END: Final = "\x0f"
GAP: Final = "\x10"  # GAP width GAP
REF: Final = "\x11"  # REF target REF
MARKS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_NUMBERED: Final[tuple[tuple[JenisBlok, re.Pattern[str]], ...]] = (
    ("ayat", re.compile(r"\((\d{1,3}|[a-z])\)\s+")),
    ("nomor", re.compile(r"(\d{1,3})\.\s+")),
    ("angka", re.compile(r"(\d{1,3})\)\s+")),
    ("huruf", re.compile(r"([a-z]{1,2})\.\s+")),
)
_CONTROL: Final = re.compile(r"\{%-?\s*(for|if|elif|else|endif|endfor)\b(?:(?!%\}|\{%|\{\{).)*%\}")
_NAME: Final = re.compile(r"\s*\{#([a-z][a-z0-9_]*)\}\s*$")
_TABLE_RULE: Final = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_TAGS: Final = re.compile(r"(\{\{(?:(?!\{\{).)*?\}\})")
_EMPHASIS: Final = re.compile(r"\\\*|\*\*|\*")


@dataclass(frozen=True, slots=True)
class Baris:
    """One block of a clause's source: its kind, its name if it has one, and its line in the file."""

    jenis: JenisBlok
    nama: str
    line: int
    kepala: bool = False
    lebar: tuple[int, ...] = ()
    rata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Isi:
    """A parsed body: blocks, and the Jinja source that fills them, with as many lines as the file."""

    baris: tuple[Baris, ...]
    jinja: str

    @property
    def nama(self) -> frozenset[str]:
        return frozenset(b.nama for b in self.baris if b.nama)


def split_front_matter(text: str, file: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
    """(front matter, body, number of the lines before the body, problems) of a clause file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fences = [i for i, line in enumerate(lines) if line.strip() == "+++"]
    if len(fences) < 2 or fences[0] != 0:
        return {}, text, 0, [problem("KS301", Location(file=file, line=1))]
    header = "\n".join(lines[1 : fences[1]])
    problems: list[Problem] = []
    front = parse_toml(header, file, problems, first_line=1)
    if problems:
        return {}, "", 0, problems
    return front, "\n".join(lines[fences[1] + 1 :]), fences[1] + 1, []


def parse_body(body: str, *, file: str = "", first_line: int = 0, path: str = "") -> tuple[Isi, list[Problem]]:
    """(blocks and Jinja source, problems) of a clause body; `first_line` lines stand before it in the file.

    Errors: KS303 a tag inside a line that is no value, KS304 a continuation with nothing before it, KS305 a
    table row out of place, KS306 a name given twice.
    """
    baris: list[Baris] = []
    problems: list[Problem] = []
    names: set[str] = set()

    def place(number: int) -> Location:
        return Location(path=path, file=file or None, line=number if file else None)

    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source_lines: list[str] = []
    widths: tuple[int, ...] = ()
    aligns: tuple[str, ...] = ()
    for offset, raw in enumerate(lines):
        number = first_line + offset + 1
        line = raw.strip()
        if not line:
            source_lines.append("")
            continue
        if _CONTROL.fullmatch(line):
            source_lines.append(line)
            continue
        if "{%" in _TAGS.sub("", line) or "{#" in _TAGS.sub("", _NAME.sub("", line)):
            problems.append(problem("KS303", place(number), teks=line[:60]))
        if line.startswith("|"):
            if _TABLE_RULE.fullmatch(line):
                if not baris or not baris[-1].kepala:
                    problems.append(problem("KS305", place(number)))
                source_lines.append("")
                continue
            if not (baris and baris[-1].jenis == "tabel"):
                rule = next((text.strip() for text in lines[offset + 1 :] if text.strip()), "")
                if not _TABLE_RULE.fullmatch(rule):
                    problems.append(problem("KS305", place(number)))
                    source_lines.append("")
                    continue
                widths, aligns = _read_table_rule(rule)
                baris.append(Baris("tabel", "", number, kepala=True, lebar=widths, rata=aligns))
            else:
                baris.append(Baris("tabel", "", number, lebar=widths, rata=aligns))
            source_lines.append(f"{BLOCK}{len(baris) - 1}{BLOCK_END}{_mark_cells(line)}")
            continue
        name = ""
        found = _NAME.search(line)
        if found:
            name, line = found[1], line[: found.start()]
            if name in names:
                problems.append(problem("KS306", place(number), nama=name))
            names.add(name)
        kind, text = read_number(line)
        if kind == "paragraf" and raw[:1] in " \t":
            if not baris:
                problems.append(problem("KS304", place(number)))
            if name and baris:
                baris[-1] = Baris(baris[-1].jenis, name, baris[-1].line)
            source_lines.append(" " + _mark_emphasis(text))
            continue
        baris.append(Baris(kind, name, number))
        source_lines.append(f"{BLOCK}{len(baris) - 1}{BLOCK_END}{_mark_emphasis(text)}")
    return Isi(tuple(baris), EOL.join(source_lines)), problems


def read_number(line: str) -> tuple[JenisBlok, str]:
    """(kind, text behind the number) of one line of a clause."""
    for kind, pattern in _NUMBERED:
        found = pattern.match(line)
        if found:
            return kind, line[found.end() :]
    return "paragraf", line


def _mark_emphasis(text: str) -> str:
    """`**` and `*` outside of values become marks; `\\*` is an asterisk."""
    marks = {"**": BOLD, "*": ITALIC, "\\*": "*"}
    return "".join(
        part if part.startswith("{{") else _EMPHASIS.sub(lambda m: marks[m[0]], part) for part in _TAGS.split(text)
    )


def _mark_cells(line: str) -> str:
    inner = line.strip().removeprefix("|").removesuffix("|")
    parts = [
        part if part.startswith("{{") else re.sub(r"\s*\|\s*", CELL, part)
        for part in _TAGS.split(_mark_emphasis(inner))
    ]
    return "".join(parts).strip()


def _read_table_rule(rule: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    cells = [cell.strip() for cell in rule.strip().strip("|").split("|")]
    aligns = {(True, True): "tengah", (False, True): "kanan"}
    return (
        tuple(len(cell) for cell in cells),
        tuple(aligns.get((cell.startswith(":"), cell.endswith(":")), "kiri") for cell in cells),
    )
