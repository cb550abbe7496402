"""`init`: an office's own folder, in which everything works at once."""

from __future__ import annotations

from pathlib import Path

from ksdocs.cli import FINE
from ksdocs.cli.settings import Settings, shown_path


def init(
    settings: Settings,
    folder: Path,
    institution: str | None,
    name: str | None,
    short_name: str | None,
    seat: str | None,
) -> int:
    """The office's folder, written whole into a new or empty one; what it holds and what comes next is told."""
    from ksdocs.templat.kantor import Kantor, make_office

    office = Kantor(institution or "", name or "", short_name or "", seat or "")
    made = make_office(settings.office().workspace, folder, office, settings.day())
    console = settings.console
    console.say(settings.say("kantor.dibuat", folder=shown_path(folder)), style="good")
    shown = [file.relative_to(folder) for file in made if file.parts[len(folder.parts)] != "templates"]
    for file in sorted(shown):
        console.line(f"  {file}")
    kinds = len([file for file in made if file.name == "jenis.toml"])
    console.words([("templates ", ""), (settings.say("kantor.templat", banyak=kinds), "dim")], indent=2)
    console.gap()
    profile = next(file for file in shown if file.parts[:2] == ("data", "institusi"))
    here = shown_path(folder)
    steps = settings.say("kantor.berikutnya", profil=profile, folder=f'"{here}"' if " " in here else here)
    console.say(steps if here != "." else "\n".join(line for line in steps.split("\n") if not line.endswith("cd .")))
    return FINE
