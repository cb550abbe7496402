"""`template preview`: a template printed with its gallery, before and after, as a page for the browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_group
from ksdocs.problems import KsdocsError, Problem

if TYPE_CHECKING:
    from ksdocs.pratinjau.jalan import Cetakan, Pratinjau, Templat

_LOOK_S = 0.5


def preview(settings: Settings, template: Path, kind: str | None, out: Path | None, watch: bool) -> int:
    """The preview of a template; with `watch` again after each save, until Ctrl-C."""
    from ksdocs.pratinjau.halaman import need_folder
    from ksdocs.pratinjau.jalan import find_template

    if kind is not None:
        from ksdocs.cli.library import need_kind

        need_kind(kind, list(settings.office().workspace.kinds()))
    found = find_template(settings.office(), template, kind or "")
    folder = out or Path(f"pratinjau-{found.jenis.replace('_', '-')}")
    need_folder(folder)
    kept: dict[str, Cetakan] = {}
    ended = _show(settings, found, folder, kept)
    if watch:
        _watch(settings, template, kind, folder, kept)
        return FINE
    return ended


def _watch(settings: Settings, template: Path, kind: str | None, folder: Path, kept: dict[str, Cetakan]) -> None:
    from ksdocs.pratinjau.jalan import find_template
    from ksdocs.pratinjau.pantau import Pengamat

    found = find_template(settings.office(), template, kind or "")
    watcher = Pengamat(found.berkas)
    settings.console.say(settings.say("pratinjau.menunggu", nama=shown_path(found.berkas)))
    pause = Event()
    try:
        while not pause.wait(_LOOK_S):
            if watcher.look():
                # Clauses and fields may have been changed beside the template, so the office is opened anew.
                _show(settings, find_template(settings.office(), template, kind or ""), folder, kept)
    except KeyboardInterrupt:
        settings.console.say(settings.say("pratinjau.selesai"))


def _show(settings: Settings, found: Templat, folder: Path, kept: dict[str, Cetakan]) -> int:
    """Makes the page, and tells what became of each case that is refused."""
    from ksdocs.pratinjau.halaman import write_preview
    from ksdocs.pratinjau.jalan import preview as make

    name = shown_path(found.berkas)
    try:
        made = make(found, kept=kept)
        page = write_preview(made, folder, settings.language)
    except KsdocsError as error:
        show_group(settings, name, [found.jenis], list(error.problems), fine=False)
        settings.console.say(settings.say("pratinjau.periksa", nama=name, jenis=found.jenis), style="bad")
        return INPUT
    _tell(settings, made)
    settings.console.say(settings.say("pratinjau.halaman", nama=shown_path(page)))
    return INPUT if made.ditolak else FINE


def _tell(settings: Settings, made: Pratinjau) -> None:
    for found, cases in _by_problem(made):
        refused = any(p.refuses for p in found)
        show_group(settings, ", ".join(cases), [made.jenis], list(found), fine=not refused)
    if made.masalah:
        show_group(settings, shown_path(made.templat), [made.jenis], made.masalah, fine=True)
    settings.console.gap()
    count = len(made.pasangan)
    told = settings.say("pratinjau.ringkas", kasus=count, tercetak=count - made.ditolak, ditolak=made.ditolak)
    if made.sebelum and any(pair.sesudah.halaman for pair in made.pasangan):
        pages = sum(len(pair.berubah) for pair in made.pasangan)
        told += " " + settings.say("pratinjau.berubah", halaman=pages, nama=shown_path(made.sebelum))
    settings.console.say(told, style="bad" if made.ditolak else "good")


def _by_problem(made: Pratinjau) -> list[tuple[tuple[Problem, ...], list[str]]]:
    """Problems → the cases that have exactly these: a slip of the template is in many."""
    told: dict[str, tuple[tuple[Problem, ...], list[str]]] = {}
    for pair in made.pasangan:
        if pair.sesudah.problems:
            plain = tuple(replace(p, record="") for p in pair.sesudah.problems)
            told.setdefault(repr(plain), (plain, []))[1].append(pair.kasus.id)
    return list(told.values())
