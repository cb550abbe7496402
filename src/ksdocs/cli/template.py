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
from ksdocs.outputs import plain_name, write_atomically
from ksdocs.problems import KsdocsError, LibraryError, Location, OutputError, Problem, Severity, problem

if TYPE_CHECKING:
    from ksdocs.docx.lint import Temuan
    from ksdocs.nama import Nama

__all__ = ["check", "fields"]

_LAYOUT = "naskah.docx"


@dataclass(slots=True)
class _Checked:
    file: Path
    kind: str = ""
    problems: list[Problem] = field(default_factory=list)
    data: bytes = b""
    """The template; nothing when it could not be read."""
    found: tuple[Temuan, ...] = ()

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.problems)


def check(settings: Settings, files: tuple[Path, ...], kind: str | None, comments: Path | None, as_json: bool) -> int:
    """Every template judged; nothing is written but the copy with comments that was asked for."""
    if not files:
        raise UsageFault("argumen_kurang", nama=settings.say("metavar.file"))
    if kind is not None:
        _need_kind(settings, kind)
    templates = list(_templates(settings, files))
    if comments is not None:
        _need_place(comments, templates)
    done = [_check_one(settings, file, kind) for file in templates]
    told = [p for one in done for p in one.problems]
    faulty = sum(one.refused for one in done)
    counts = {"selesai": len(done) - faulty, "ditolak": faulty, "peringatan": count(told, Severity.PERINGATAN)}
    written = _write_comments(settings, done[0], comments) if comments is not None else []
    if as_json:
        answers: list[dict[str, Any]] = [
            result(record="", kind=one.kind, source=str(one.file), refused=one.refused, problems=one.problems,
                   language=settings.language, files=written)
            for one in done
        ]  # fmt: skip
        counts = {"templat": len(done), **counts}
        settings.console.json(document("template check", settings.language, answers, (), counts))
        return INPUT if faulty else FINE
    for one in done:
        show_group(settings, shown_path(one.file), [one.kind], one.problems, fine=not one.refused)
    settings.console.gap()
    for file in written:
        many = sum(len(one.found) for one in done)
        settings.console.say(settings.say("tampil.komentar", nama=shown_path(file), banyak=many))
    settings.console.say(settings.say("tampil.ringkas_templat", **counts), style="bad" if faulty else "good")
    return INPUT if faulty else FINE


def _need_kind(settings: Settings, kind: str) -> None:
    from ksdocs.cli.library import need_kind

    need_kind(kind, list(settings.office().workspace.kinds()))


def _need_place(target: Path, templates: list[Path]) -> None:
    """A copy with comments is of one template, and never in the place of a file that is there."""
    if len(templates) != 1:
        raise UsageFault("komentar_satu", banyak=len(templates))
    if not plain_name(target.name) or target.suffix.lower() != ".docx":
        raise UsageFault("nama_docx", nilai=f"`{target}`")
    if target.exists() and target.resolve() == templates[0].resolve():
        raise OutputError([problem("KS890", Location(file=str(target)), nama=shown_path(target))])


def _write_comments(settings: Settings, one: _Checked, target: Path) -> list[Path]:
    """The copy of the template, with everything that was found in it; none of what is no template."""
    from ksdocs.docx.comments import annotate

    if not one.data:
        return []
    try:
        made = annotate(one.data, one.found, language=settings.language, name=str(one.file))
    except KsdocsError:  # what cannot be read is told of already
        return []
    return [write_atomically(target.parent, target.name, made, owner_id=one.kind)]


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
    done.data, done.found = data, found
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
