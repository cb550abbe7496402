"""What is known of a run so far: counts, never the records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ksdocs.cli.records import Untold
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import place_of
from ksdocs.problems import Problem, Severity, catalogue

LARGE: Final = 200
"""Records beyond which problems are counted by code, and only the first of them are told in full."""

TOLD_IN_FULL: Final = 20
"""Records with problems that are told in full in a large run."""

_PLACES: Final = 1000


@dataclass
class Counted:
    """How many problems of one code there were, in how many records, and the first of them."""

    first: Problem
    problems: int = 0
    records: int = 0


@dataclass
class Tally:
    """Counts of one run. `total` is how many records there are."""

    settings: Settings
    total: int
    untold: Untold
    done: int = 0
    fine: int = 0
    refused: int = 0
    skipped: int = 0
    reference: int = 0
    files: int = 0
    warnings: int = 0
    told: int = 0
    by_code: dict[tuple[str, Severity], Counted] = field(default_factory=dict)
    elsewhere: set[tuple[str, str, str]] = field(default_factory=set)
    """Code and place of problems that were told and stand in no record: of a clause, of a template."""

    @property
    def large(self) -> bool:
        return self.total > LARGE

    def enter(
        self, problems: Sequence[Problem], *, files: int = 0, reference: bool = False, skipped: bool = False
    ) -> None:
        """One record done."""
        refused = any(p.refuses for p in problems)
        self.done += 1
        self.files += files
        self.reference += reference
        self.refused += refused
        self.fine += not reference and not refused
        self.skipped += skipped
        self.warnings += sum(p.severity is Severity.PERINGATAN for p in problems)
        self.untold.tell(problems)
        for key in {(p.code, p.severity) for p in problems}:
            alike = [p for p in problems if (p.code, p.severity) == key]
            counted = self.by_code.setdefault(key, Counted(alike[0]))
            counted.problems += len(alike)
            counted.records += 1

    def in_full(self, problems: Sequence[Problem]) -> bool:
        """True when this record is told by itself: always in a small run, in a large one while few have problems."""
        if not self.large:
            return True
        if self.told >= TOLD_IN_FULL or all(p.severity is Severity.INFO for p in problems):
            return False
        self.told += 1
        return True

    def split(self, problems: Sequence[Problem], source: str) -> tuple[list[Problem], list[str]]:
        """Problems to be told in full, and codes of those that were: a faulty clause is one fault, not one for each
        record that needs it."""
        fresh: list[Problem] = []
        again: list[str] = []
        for found in problems:
            elsewhere = found.at.file is not None and found.at.file != source
            key = (found.code, str(found.at), found.message())
            if elsewhere and key in self.elsewhere:
                again.append(found.code)
            else:
                fresh.append(found)
            if elsewhere and len(self.elsewhere) < _PLACES:
                self.elsewhere.add(key)
        return fresh, list(dict.fromkeys(again))

    def show_information(self) -> None:
        """One line for something that many records have in common, instead of one under each."""
        for (code, severity), counted in sorted(self.by_code.items()):
            if severity is Severity.INFO:
                words = self.settings.say("tampil.keterangan", kode=code, nama=_name(code), banyak=counted.records)
                self.settings.console.words([("i ", "dim"), (words, "dim")])

    def show_codes(self) -> None:
        """What was wrong, by code, the most frequent first, each with its first place."""
        found = [(s, c, k) for (k, s), c in self.by_code.items() if s is not Severity.INFO]
        if not found:
            return
        settings = self.settings
        settings.console.line(settings.say("tampil.menurut_kode"), "bold")
        for severity, counted, code in sorted(found, key=lambda f: (f[0] is not Severity.TOLAK, -f[1].records, f[2])):
            mark, style = ("✗ ", "bad") if severity is Severity.TOLAK else ("! ", "warn")
            words = settings.say(
                "tampil.kode", nama=_name(code), rekaman=counted.records, masalah=counted.problems,
                tempat=place_of(counted.first.at) or shown_path(counted.first.record),
            )  # fmt: skip
            settings.console.words([(mark, style), (code, style), (f" {words}", "")], hang=4)


def _name(code: str) -> str:
    return str(catalogue()[code]["nama"]).replace("_", " ")
