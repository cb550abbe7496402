"""`template list`, `copy`, `new`, `view`, `tidy`: an office's own templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.library import need_kind, show_kind
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problems
from ksdocs.problems import Location, TemplateError, problem
from ksdocs.workspace import Workspace

if TYPE_CHECKING:
    from ksdocs.templat.banding import Berkas

_LAYOUT = "naskah.docx"


def show_list(settings: Settings) -> int:
    """Every kind: its name, code and version, where it comes from, and whether the office changed it."""
    workspace = settings.office().workspace
    compared = _compared(workspace)
    found_kinds = workspace.kinds()
    width = max(10, *map(len, found_kinds)) + 1
    for kind, found in found_kinds.items():
        state = f" · {settings.say(_told(compared[kind]))}" if kind in compared else ""
        show_kind(settings, kind, found, width, state)
    return FINE


def _compared(workspace: Workspace) -> dict[str, tuple[Berkas, ...]]:
    from ksdocs.templat.banding import compare
    from ksdocs.templat.berkas import own_folder, upstream
    from ksdocs.templat.kunci import load

    own = own_folder(workspace)
    return compare(own, upstream(workspace), load(own)) if own is not None else {}


def _told(found: tuple[Berkas, ...]) -> str:
    """The words for how a whole kind stands."""
    from ksdocs.templat.banding import UPDATES, Keadaan

    states = {one.keadaan for one in found}
    if states == {Keadaan.SENDIRI}:
        return "templat.milik_sendiri"
    changed = states & {Keadaan.DIUBAH, Keadaan.KEDUANYA, Keadaan.DIHAPUS, Keadaan.TANPA_CATATAN}
    if states & UPDATES:
        return "templat.diubah_dan_baru" if changed else "templat.ada_baru"
    return "templat.diubah" if changed else "templat.sama"


def copy(settings: Settings, kind: str, into: Path | None) -> int:
    """One shipped kind, with what it needs, into the office's own templates."""
    from ksdocs.templat.berkas import groups, upstream
    from ksdocs.templat.salin import copy_kind

    workspace = settings.office().workspace
    need_kind(kind, [k for k in groups(upstream(workspace)) if k != "bersama"])
    folder = into if into is not None else _own_or_here(settings, workspace)
    made = copy_kind(workspace, kind, folder)
    console = settings.console
    for group in made.kelompok:
        where = shown_path(groups(folder)[group])
        name = settings.say("templat.bersama") if group == "bersama" else group
        console.say(settings.say("templat.disalin", nama=name, folder=where))
    for _ in made.ada:
        console.say(settings.say("templat.tetap"))
    if folder.resolve() not in {root.folder.resolve() for root in workspace.templates}:
        console.say(settings.say("templat.pakai", folder=shown_path(folder)), style="warn")
    console.say(settings.say("templat.ubah", berkas=shown_path(groups(folder)[kind] / _LAYOUT), jenis=kind))
    return FINE


def _own_or_here(settings: Settings, workspace: Workspace) -> Path:
    from ksdocs.templat.berkas import own_folder

    own = own_folder(workspace)
    return own if own is not None else settings.templates or workspace.cwd / "templates"


def new(settings: Settings, kind: str, like: str) -> int:
    """A new kind of form or letter, which works at once."""
    from ksdocs.templat.jenis_baru import new_kind

    workspace = settings.office().workspace
    folder = _own_or_here(settings, workspace)
    for file in new_kind(workspace, kind, like, folder):
        settings.console.say(settings.say("templat.ditulis", nama=shown_path(file)))
    settings.console.say(settings.say("templat.jenis_baru", jenis=kind))
    return FINE


def show_view(settings: Settings, what: Path) -> int:
    """The text view of a .docx, or of the layout of a kind."""
    from ksdocs.docx.package import Package
    from ksdocs.docx.text import view

    settings.console.raw(view(Package.read(layout(settings, what))) + "\n")
    return FINE


def layout(settings: Settings, what: Path) -> Path:
    """The .docx that is meant: a file, the layout in a folder, or that of a kind."""
    if what.is_dir():
        what = what / _LAYOUT
    elif not what.exists() and len(what.parts) == 1 and not what.suffix:
        workspace = settings.office().workspace
        need_kind(str(what), list(workspace.kinds()))
        what = workspace.find_kind(str(what)).folder / _LAYOUT
    if what.name == _LAYOUT and not what.exists():
        raise TemplateError([problem("KS006", Location(file=str(what)), jenis=what.parent.name)])
    return what


def tidied(settings: Settings, file: Path, out: Path | None) -> int:
    """The template with its tags whole; in its own place only when a copy of it was put beside it."""
    from ksdocs.docx.package import load_file
    from ksdocs.docx.tidy import tidy
    from ksdocs.outputs import replace_atomically, write_new

    console, name = settings.console, shown_path(file)
    data = load_file(file, name)
    done = tidy(data, name=name)
    if out is not None:
        write_new(out, done.data)
    elif done.data != data:
        backup = write_new(_backup(file), data)
        replace_atomically(file, done.data, owner_id="")
        console.say(settings.say("templat.cadangan", nama=shown_path(backup)))
    where = shown_path(out) if out is not None else name
    key = "sudah_rapi" if done.data == data else "dirapikan"
    console.say(settings.say(f"templat.{key}", nama=where, tag=done.utuh, tanda=done.dibuang), style="good")
    show_problems(console, done.masalah, settings.language)
    return INPUT if done.masalah else FINE


def _backup(file: Path) -> Path:
    """`naskah.cadangan.docx`, `naskah.cadangan-2.docx`, …: the first that is free."""
    number = 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        backup = file.with_name(f"{file.stem}.cadangan{suffix}{file.suffix}")
        if not backup.exists():
            return backup
        number += 1
