"""`plan`: next year's programme drafted from the evaluation of the year before."""

from __future__ import annotations

from pathlib import Path

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problems
from ksdocs.problems import AssemblyError, Location, OutputError, problem


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
    _write_new(out, made.teks)
    name = shown_path(out)
    settings.console.say(settings.say("rencana.ditulis", nama=name, celah=made.celah))
    settings.console.say(settings.say("rencana.lanjut", perintah=f'"{name}"' if " " in name else name))
    return FINE


def _write_new(out: Path, text: str) -> None:
    """OutputError KS021 where the file is there already, KS706 where it cannot be written."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError([problem("KS021", Location(file=str(out)), nama=shown_path(out))]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        told = problem("KS706", Location(file=str(out)), nama=out.name, folder=out.parent, alasan=reason)
        raise OutputError([told]) from None
