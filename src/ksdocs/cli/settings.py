"""What every command knows: the console, the language of messages, the folders, and today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.cli.console import Console
from ksdocs.cli.kata import kata

if TYPE_CHECKING:
    from ksdocs.office import Office


@dataclass(slots=True)
class Settings:
    """The options that go with every command, before or after its name."""

    console: Console
    language: str = "id"
    templates: Path | None = None
    data: Path | None = None
    today: date | None = None
    json_for: str = ""
    """The command that is to answer in JSON, if any."""

    def say(self, key: str, **values: object) -> str:
        """Words of the command line in the language of messages."""
        return kata(key, self.language, **values)

    def office(self) -> Office:
        """The office seen from the working folder; KsdocsError KS001, KS005."""
        from ksdocs.office import open_office

        return open_office(templates=self.templates, data=self.data)

    def day(self) -> date:
        """The day taken as today."""
        return self.today or date.today()  # noqa: DTZ011 - the office's own calendar day is meant


def typed_path(path: Path | str) -> str:
    """A path as it must be typed in a command: as people name it, in quotes where it holds blanks."""
    name = shown_path(path)
    return f'"{name}"' if " " in name else name


def shown_path(path: Path | str) -> str:
    """A path as people name it: from the working folder where it lies inside, else whole."""
    whole = Path(path)
    try:
        return str(whole.relative_to(Path.cwd())) if whole.is_absolute() else str(whole)
    except (ValueError, OSError):
        return str(whole)
