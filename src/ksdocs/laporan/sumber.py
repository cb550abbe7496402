"""What a report is computed from must all be readable: a row that is not would be missing from the count, unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ksdocs.models import Arsip
from ksdocs.problems import Location, Problem, problem
from ksdocs.register import Register
from ksdocs.rules import placed
from ksdocs.rules.arsip import check_arsip


def unreadable(register: Register, kinds: Iterable[str], today: date) -> list[Problem]:
    """KS819 and, behind it, every problem that keeps data of `kinds` or an agreement from being counted; [] when all
    is well. Each stands at its own place."""
    found = [p for p in register.masalah() if p.refuses]
    found += [p for p in _arsip(register, today) if p.refuses]
    for kind in kinds:
        found += register.rekaman(kind).masalah
    return [problem("KS819", Location(), banyak=len(found)), *found] if found else []


def _arsip(register: Register, today: date) -> Iterator[Problem]:
    for record in register.rekaman("arsip").rekaman:
        assert isinstance(record.isi, Arsip)
        yield from placed(check_arsip(record.isi, register, today), record.sumber)
