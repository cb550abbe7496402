"""`plan`: next year's programme drafted from the evaluation of the year before."""

from __future__ import annotations

from pathlib import Path

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.settings import Settings, shown_path, typed_path
from ksdocs.cli.show import show_problems
from ksdocs.outputs import write_new
from ksdocs.problems import AssemblyError


def plan(settings: Settings, year: int, out: Path | None) -> int:
    """The draft, printed, or written into a file that is not there yet."""
    from ksdocs.borang.rencana import draft_program

    try:
        made = draft_program(settings.office().register, year, settings.day())
    except AssemblyError as error:
        show_problems(settings.console, error.problems, settings.language)
        return INPUT
    if out is None:
        settings.console.raw(made.teks)
        return FINE
    write_new(out, made.teks.encode())
    settings.console.say(settings.say("rencana.ditulis", nama=shown_path(out), celah=made.celah))
    settings.console.say(settings.say("rencana.lanjut", perintah=typed_path(out)))
    return FINE
