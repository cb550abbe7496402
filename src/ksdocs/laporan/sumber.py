"""What a report is computed from must all be readable: a row that is not would be missing from the count, unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ksdocs.models import Arsip, JawabanSurvei
from ksdocs.models.borang import plain_values
from ksdocs.problems import Location, Problem, problem
from ksdocs.register import Register
from ksdocs.rules import placed
from ksdocs.rules.arsip import check_arsip
from ksdocs.rules.survei import check_jawaban, check_survei


def unreadable(register: Register, kinds: Iterable[str], today: date) -> list[Problem]:
    """KS819 and, behind it, every problem that keeps data of `kinds` or an agreement from being counted; [] when all
    is well. Each stands at its own place."""
    found = [p for p in register.masalah() if p.refuses]
    found += [p for p in _arsip(register, today) if p.refuses]
    for kind in kinds:
        found += register.rekaman(kind).masalah
        found += [p for p in _contradictions(register, kind) if p.refuses]
    return [problem("KS819", Location(), banyak=len(found)), *found] if found else []


def _arsip(register: Register, today: date) -> Iterator[Problem]:
    for record in register.rekaman("arsip").rekaman:
        assert isinstance(record.isi, Arsip)
        yield from placed(check_arsip(record.isi, register, today), record.sumber)


def _contradictions(register: Register, kind: str) -> Iterator[Problem]:
    """What surveys and their answers say wrong; the other kinds are read by themselves."""
    for record in register.rekaman(kind).rekaman if kind in ("survei", "jawaban_survei") else ():
        if isinstance(record.isi, JawabanSurvei):
            yield from placed(check_jawaban(record.isi, register), record.sumber)
        else:
            yield from placed(check_survei(plain_values(record.isi), register), record.sumber)
