"""Problems and errors: what is wrong, where it stands, and what to do next.

A `Problem` holds only a code, a place and the values that its message names. The words live in the catalogue
(`pesan/*.toml`, Indonesian and English), so that the same problem can be told in either language, and are read
only when somebody asks for them. Codes are grouped by stage: KS0xx use and machine, KS1xx sources and fields,
KS2xx rules, KS3xx clauses and completeness, KS4xx templates and rendering, KS5xx verification, KS6xx other
formats, KS7xx writing and filling in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from ksdocs import simpanan

MESSAGE_LANGUAGES = ("id", "en")
"""Languages in which every problem can be told; the first is the default."""


class Severity(StrEnum):
    """How much a problem weighs: only `TOLAK` keeps a document from leaving."""

    TOLAK = "tolak"
    PERINGATAN = "peringatan"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the reader's own coordinates.

    `path` is the record path with items counted from 1 and segments joined by points (`pihak.2.nomor`), as in
    the header of a table. `file` is the path as the user gave it; `line` and `column` count from 1; `sheet` and
    `cell` name a spreadsheet cell; `part` and `paragraph` a place in a .docx (member name, text of the
    paragraph, in which ⟦ ⟧ may stand around the very words), `heading` and `table` what it stands under and in
    ("3.2": row and column, of nested tables "1.1 / 3.2"). Every field may be missing: the place is as exact as is
    known.
    """

    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    paragraph: str | None = None
    heading: str | None = None
    table: str | None = None

    def __str__(self) -> str:
        """`data/pks/magang.yaml:14:5`, `mitra.xlsx sheet pihak!C7`, or what is known of it."""
        place = self.file or ""
        if self.sheet is not None or self.cell is not None:
            cell = "!".join(s for s in (self.sheet, self.cell) if s)
            place = f"{place} {cell}".strip()
        elif self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        if self.part is not None:
            place = f"{place} {self.part}".strip()
        if self.heading is not None:
            place += f" §{_shorten(self.heading, 40)}"
        if self.table is not None:
            place += f" [{self.table}]"
        if self.paragraph is not None:
            place = f"{place} “{_shorten(self.paragraph)}”".strip()
        return place

    def with_(self, **changes: Any) -> Location:
        """The same place with some coordinates replaced."""
        return replace(self, **changes)


def _shorten(text: str, width: int = 60) -> str:
    start, end = text.find("⟦"), text.find("⟧") + 1
    if 0 <= start < end and len(text) > width:
        # The marked words are what is to be seen, with as much around them as there is room for.
        room = max(0, width - min(end - start, width)) // 2
        marked = _shorten(text[start + 1 : end - 1], width)
        before, after = text[:start], text[end:]
        before = before if len(before) <= room else "…" + before[len(before) - room :]
        return f"{before}⟦{marked}⟧{_shorten(after, room) if room else '…' if after else ''}"
    return text if len(text) <= width else text[: width - 1] + "…"


_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)")
_SENTENCE: Final = re.compile(r"[^.?!;]*(?:[.?!;](?!\s|$)[^.?!;]*)*[.?!;]?\s*")


def _drop_unsaid(words: str, empty: set[str]) -> str:
    """`words` without the brackets and sentences that would name a value nobody knows ("Maksud Anda …?")."""

    def speaks(part: str) -> bool:
        return not any(name in empty for name in _PLACEHOLDER.findall(part))

    if speaks(words):
        return words
    words = _BRACKETED.sub(lambda found: found[0] if speaks(found[0]) else "", words)
    kept = "".join(part for part in _SENTENCE.findall(words) if speaks(part)).strip()
    return kept or words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or unusual: `code`, place `at`, and the values its message names.

    `severity` overrides the catalogue's (a rule may be a refusal for one kind and a warning for another).
    `record` is the id of the record it belongs to, when there is one.
    """

    code: str
    at: Location = Location()
    params: Mapping[str, str] = field(default_factory=dict)
    severity_override: Severity | None = None
    record: str = ""

    @property
    def severity(self) -> Severity:
        return self.severity_override or Severity(catalogue()[self.code]["berat"])

    @property
    def refuses(self) -> bool:
        """True when no document may leave as long as this problem stands."""
        return self.severity is Severity.TOLAK

    def message(self, language: str = "id") -> str:
        """What is wrong, in one sentence of `language` ("id" or "en")."""
        return self._fill("pesan", language)

    def hint(self, language: str = "id") -> str:
        """What to do next, in `language`."""
        return self._fill("saran", language)

    def _fill(self, key: str, language: str) -> str:
        words: str = catalogue()[self.code][language][key]
        if key == "saran":
            words = _drop_unsaid(words, {name for name, value in self.params.items() if not value})
        # Not str.format: a value may hold braces, and must never be read as a pattern.
        return _PLACEHOLDER.sub(lambda found: self.params.get(found[1], found[0]), words)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Problem, (self.code, self.at, dict(self.params), self.severity_override, self.record))


def problem(
    code: str, at: Location | None = None, /, *, severity: Severity | None = None, record: str = "", **params: object
) -> Problem:
    """A `Problem` of `code` at `at`; `params` are the values that its message names, turned into text."""
    return Problem(code, at or Location(), {k: str(v) for k, v in params.items()}, severity, record)


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Code → {nama, berat, id: {pesan, saran, penjelasan}, en: {…}}, from every file in `pesan/`, sorted."""
    kept = simpanan.load("katalog", "")
    if isinstance(kept, dict):
        return kept
    entries = _read_catalogue()
    simpanan.save("katalog", "", entries)
    return entries


def _read_catalogue() -> dict[str, dict[str, Any]]:
    import tomllib

    entries: dict[str, dict[str, Any]] = {}
    for file in sorted((Path(__file__).parent / "pesan").glob("*.toml")):
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in entries:
                raise ValueError(f"{file.name}: {code} stands in two files")
            entries[code] = entry
    return dict(sorted(entries.items()))


class KsdocsError(Exception):
    """Root of everything that ksdocs raises; carries all problems found, root cause first.

    Survives pickling. The library never prints and never exits: that is for the caller.
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))

    def __str__(self) -> str:
        return "; ".join(f"{p.at} {p.code} {p.message('en')}".strip() for p in self.problems)


class SourceError(KsdocsError):
    """A file could not be read as records (KS1xx)."""


class NaskahError(KsdocsError):
    """A record breaks its model or a rule (KS1xx, KS2xx)."""


class LibraryError(KsdocsError):
    """Clauses, required sections or a kind's folder are faulty (KS3xx)."""


class AssemblyError(KsdocsError):
    """A record cannot be assembled into a complete document (KS3xx)."""


class TemplateError(KsdocsError):
    """A template cannot be compiled or filled (KS4xx)."""


class VerifyError(KsdocsError):
    """A rendered document does not say what it must (KS5xx)."""


class ConvertError(KsdocsError):
    """Another format could not be made (KS6xx)."""


class OutputError(KsdocsError):
    """A file could not be written or filled in (KS7xx)."""


class MissingToolError(KsdocsError):
    """Something that this needs is not on this machine (KS0xx)."""

    exit_code = 3


def suggest(word: str, known: Iterable[str]) -> str:
    """The known name nearest to `word`, or "" when none is near ("Maksud Anda …?")."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""
