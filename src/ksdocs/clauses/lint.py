"""Clause and template texts held to the spelling of documents (domain.md §7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ksdocs.bahasa.ejaan import find_typos
from ksdocs.problems import Location, Problem, problem

MONEY_OUT_OF_FORM: Final = re.compile(r"\bRp\s+\d")


_GAP: Final = re.compile("«([^»]*)»")


def gaps_in(body: str, file: str, first_line: int = 0) -> Iterator[Problem]:
    """KS360 for every mark that a clause is begun with and whoever writes it has left, at its line and column."""
    for number, line in enumerate(body.split("\n"), 1):
        for found in _GAP.finditer(line):
            at = Location(file=file, line=first_line + number, column=found.start() + 1)
            yield problem("KS360", at, teks=found[1])


def lint_text(body: str, file: str, first_line: int = 0) -> list[Problem]:
    """KS318 for every slip in a clause or template text, with its line."""
    return [
        problem("KS318", Location(file=file, line=first_line + number), tertulis=seen, benar=better)
        for number, line in enumerate(body.split("\n"), 1)
        for seen, better in find_typos(line)
    ]
