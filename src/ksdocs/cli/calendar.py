"""`calendar`: which agreements end when, told on the screen or written as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksdocs.bahasa import tanggal_panjang
from ksdocs.cli import FINE, INPUT
from ksdocs.cli.output import document, result
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problems
from ksdocs.laporan.kalender import Akhir, endings
from ksdocs.laporan.kalender import calendar as as_file
from ksdocs.laporan.sumber import unreadable
from ksdocs.outputs import plain_name, safe_name, write_atomically
from ksdocs.problems import Problem


def calendar(settings: Settings, out: Path | None, months: int | None, as_json: bool) -> int:
    """The ends of agreements in force; refused while an agreement cannot be read, since its end would be missing."""
    register, day = settings.office().register, settings.day()
    problems = unreadable(register, (), day)
    found = () if problems else endings(register, day, months)
    files: list[Path] = []
    if out is not None and not problems:
        name = out.name if plain_name(out.name) else f"{safe_name(out.stem)}.ics"
        files = [write_atomically(out.parent, name, as_file(found, day), owner_id=name)]
    if as_json:
        _answer(settings, found, problems, files)
    elif problems:
        show_problems(settings.console, problems, settings.language)
    else:
        _tell(settings, found, files)
    return INPUT if problems else FINE


def _tell(settings: Settings, found: Sequence[Akhir], files: Sequence[Path]) -> None:
    console, say = settings.console, settings.say
    for end in found:
        console.words([(f"{tanggal_panjang(end.hari)} ", "bold"), (end.judul, "")], hang=4)
        if end.keadaan.penerus is not None:
            console.words([(say("kalender.penerus", id=end.keadaan.penerus.id), "dim")], indent=4, hang=4)
        days = [say("kalender.satu", hari=tanggal_panjang(one.hari), bulan=one.bulan) for one in end.pengingat]
        if days:
            console.words([(say("kalender.pengingat", hari="; ".join(days)), "dim")], indent=4, hang=4)
    console.say(say("kalender.jumlah", banyak=len(found)) if found else say("kalender.kosong"))
    for file in files:
        console.say(say("kalender.ditulis", nama=shown_path(file)))


def _answer(settings: Settings, found: Sequence[Akhir], problems: Sequence[Problem], files: Sequence[Path]) -> None:
    answers = [
        result(
            record=end.keadaan.naskah.id,
            kind=end.keadaan.naskah.jenis,
            source=end.keadaan.naskah.tempat,
            refused=False,
            problems=(),
            language=settings.language,
            files=files,
            berakhir=end.hari.isoformat(),
            pengingat=[one.hari.isoformat() for one in end.pengingat],
        )
        for end in found
    ]
    reminders = sum(len(end.pengingat) for end in found)
    counts = {"naskah": len(found), "pengingat": reminders, "berkas": len(files)}
    settings.console.json(document("calendar", settings.language, answers, problems, counts))
