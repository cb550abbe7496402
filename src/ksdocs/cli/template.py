"""`template check`: templates held against the names of their kind, every problem at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.fields import fields
from ksdocs.cli.output import document, result
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import count, show_group
from ksdocs.problems import KsdocsError, LibraryError, Location, Problem, Severity, problem

if TYPE_CHECKING:
    from ksdocs.nama import Nama

__all__ = ["check", "fields"]

_LAYOUT = "naskah.docx"


@dataclass(slots=True)
class _Checked:
    file: Path
    kind: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.problems)


def check(settings: Settings, files: tuple[Path, ...], kind: str | None, as_json: bool) -> int:
    """Every template judged; nothing is written."""
    if not files:
        raise UsageFault("argumen_kurang", nama=settings.say("metavar.file"))
    if kind is not None:
        _need_kind(settings, kind)
    done = [_check_one(settings, file, kind) for file in _templates(settings, files)]
    told = [p for one in done for p in one.problems]
    faulty = sum(one.refused for one in done)
    counts = {"selesai": len(done) - faulty, "ditolak": faulty, "peringatan": count(told, Severity.PERINGATAN)}
    if as_json:
        answers: list[dict[str, Any]] = [
            result(record="", kind=one.kind, source=str(one.file), refused=one.refused, problems=one.problems,
                   language=settings.language)
            for one in done
        ]  # fmt: skip
        counts = {"templat": len(done), **counts}
        settings.console.json(document("template check", settings.language, answers, (), counts))
        return INPUT if faulty else FINE
    for one in done:
        show_group(settings, shown_path(one.file), [one.kind], one.problems, fine=not one.refused)
    settings.console.gap()
    settings.console.say(settings.say("tampil.ringkas_templat", **counts), style="bad" if faulty else "good")
    return INPUT if faulty else FINE


def _need_kind(settings: Settings, kind: str) -> None:
    from ksdocs.cli.library import need_kind

    need_kind(kind, list(settings.office().workspace.kinds()))


def _templates(settings: Settings, files: tuple[Path, ...]) -> Iterator[Path]:
    """The templates that are meant: files, those in folders, and that of a kind."""
    for file in files:
        if file.is_dir():
            found = [f for f in sorted(file.rglob("*.docx")) if not f.name.startswith(("~$", "."))]
            layouts = [f for f in found if f.name == _LAYOUT]
            if not found:
                raise LibraryError([problem("KS006", Location(file=str(file)), jenis=file.name)])
            yield from layouts or found
        elif not file.exists() and len(file.parts) == 1 and not file.suffix:
            _need_kind(settings, str(file))
            yield settings.office().workspace.find_kind(str(file)).folder / _LAYOUT
        else:
            yield file


def _check_one(settings: Settings, file: Path, kind: str | None) -> _Checked:
    from ksdocs.bahasa import filters
    from ksdocs.convert.fonts import replaced_fonts
    from ksdocs.docx.lint import lint
    from ksdocs.docx.package import load_file

    done = _Checked(file, kind or "")
    try:
        names = _names(settings, file, done)
        data = load_file(file, str(file))
    except KsdocsError as error:
        done.problems += error.problems
        return done
    found = lint(data, names, name=str(file), filters=filters("id"), fonts=replaced_fonts)
    done.problems += [one.problem for one in found]
    if names is None and not done.refused:
        done.problems.append(problem("KS494", Location(file=str(file))))
    return done


def _names(settings: Settings, file: Path, done: _Checked) -> tuple[Nama, ...] | None:
    """The names of the template's kind: the one that is named, or that of its folder."""
    office = settings.office()
    if done.kind:
        return office.names(done.kind)
    known = office.names_in(file.parent)
    if known is None:
        return None
    done.kind = known[0]
    return known[1]
