"""`trace`: what was agreed but stands in no agreement, and what stands in one but was agreed nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ksdocs.cli import FINE
from ksdocs.cli.console import Segment
from ksdocs.cli.output import document, result
from ksdocs.cli.settings import Settings
from ksdocs.cli.show import show_problems
from ksdocs.laporan.jejak import JejakButir
from ksdocs.laporan.jejak import trace as follow


def trace(settings: Settings, as_json: bool) -> int:
    """Agreed points of the data folder, followed both ways; files that could not be read are told first."""
    register = settings.office().register
    agreements = [entry for ident in register.semua_naskah() for entry in register.bernama(ident)]
    found = follow(register.semua_butir(), agreements, register.semua_notulen())
    if as_json:
        answers = [_answer(point, settings.language) for point in found]
        settings.console.json(document("trace", settings.language, answers, register.problems, _counts(found)))
        return FINE
    show_problems(settings.console, register.problems, settings.language)
    _section(settings, "tanpa_naskah", [j for j in found if j.tanpa_naskah])
    _section(settings, "tanpa_kesepakatan", [j for j in found if j.tanpa_kesepakatan])
    settled = [j for j in found if j.sepakat and j.dimuat]
    outside = sum(j.di_luar_rapat for j in settled)
    settings.console.say(settings.say("jejak.selebihnya", banyak=len(settled), luar=outside))
    return FINE


def _answer(point: JejakButir, language: str) -> dict[str, Any]:
    """One point: every one is told, also where nothing is amiss."""
    told = {
        "teks": point.teks,
        "status": point.status,
        "sumber": point.sumber,
        "dibahas": [{"notulen": ident, "status": state} for ident, state in point.dibahas.items()],
        "dimuat": list(point.dimuat),
        "sepakat": point.sepakat,
        "di_luar_rapat": point.di_luar_rapat,
        "tanpa_naskah": point.tanpa_naskah,
        "tanpa_kesepakatan": point.tanpa_kesepakatan,
    }
    return result(record=point.id, kind="butir", source="", refused=False, problems=(), language=language, jejak=told)


def _counts(found: Sequence[JejakButir]) -> dict[str, int]:
    settled = [point for point in found if point.sepakat and point.dimuat]
    return {
        "butir": len(found),
        "tanpa_naskah": sum(point.tanpa_naskah for point in found),
        "tanpa_kesepakatan": sum(point.tanpa_kesepakatan for point in found),
        "sepakat_dan_dimuat": len(settled),
        "di_luar_rapat": sum(point.di_luar_rapat for point in settled),
    }


def _section(settings: Settings, key: str, points: Iterable[JejakButir]) -> None:
    """A heading with its count, and the points under it: words, meetings and agreements."""
    console, rows = settings.console, list(points)
    console.words([(settings.say(f"jejak.{key}", banyak=len(rows)), "bold")], hang=2)
    for found in rows:
        head: list[Segment] = [(found.id, ""), (f" · {found.status or settings.say('jejak.tanpa_rekaman')}", "dim")]
        console.words(head, indent=2, hang=4)
        meetings = [f"{ident} ({state})" for ident, state in found.dibahas.items()]
        for name, words in (
            ("", found.teks),
            ("dibahas", ", ".join(meetings)),
            ("sumber", found.sumber),
            ("dimuat", ", ".join(found.dimuat)),
        ):
            if words:
                told = f"{settings.say(f'jejak.{name}')}: {words}" if name else words
                console.words([(told, "dim")], indent=4, hang=6)
    console.line()
