"""Times that must follow each other, as several kinds of forms ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ksdocs.bahasa import tanggal_panjang
from ksdocs.problems import Location, Problem, Severity, problem

HARI_INI = "hari ini"


def not_before(path: str, name: str, day: date | None, other: str, limit: date | None) -> Iterator[Problem]:
    """KS380 when `day`, told at `path`, comes before `limit`; nothing while either is unknown."""
    if day is not None and limit is not None and day < limit:
        yield problem(
            "KS380",
            Location(path=path),
            isian=name,
            nilai=tanggal_panjang(day),
            acuan=other,
            batas=tanggal_panjang(limit),
        )


def not_after_today(path: str, name: str, day: date | None, today: date) -> Iterator[Problem]:
    """KS380 as a warning when a record tells of a day that has not come."""
    for found in not_before(path, HARI_INI, today, name, day):
        yield problem(found.code, found.at, severity=Severity.PERINGATAN, **found.params)
