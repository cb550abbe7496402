"""`template status` and `template upgrade`: what the office changed and what ksdocs changed, brought together."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.library import need_kind
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problems
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.versi import VERSI
from ksdocs.workspace import Workspace

if TYPE_CHECKING:
    from ksdocs.templat.banding import Berkas
    from ksdocs.templat.kunci import Kunci
    from ksdocs.templat.perbarui import Hasil, Langkah

_MARKS = {
    "diubah": ("~", ""), "baru": ("+", "good"), "keduanya": ("!", "warn"), "tambahan": ("+", "good"),
    "dicabut": ("-", ""), "dihapus": ("-", "dim"), "tanpa_catatan": ("?", "warn"),
}  # fmt: skip
"""State of a file → its mark; those that are not named are only counted."""
_SHOWN_LINES = 60
"""Lines of the difference of two layouts that are shown."""


def status(settings: Settings) -> int:
    """How each file of the office's templates stands, and what to do next."""
    from ksdocs.templat.banding import UPDATES, Keadaan

    own, compared, lock = _compared(settings.office().workspace)
    console = settings.console
    console.line(settings.say("templat.kepala", folder=shown_path(own), versi=VERSI))
    states: Counter[Keadaan] = Counter()
    for group, found in compared.items():
        states.update(one.keadaan for one in found)
        _tell_group(settings, group, found)
    console.gap()
    if newer := lock.newer():
        console.say(settings.say("templat.ksdocs_lama", baru=newer, versi=VERSI), style="warn")
        return FINE
    key = "lengkap"
    if states[Keadaan.TANPA_CATATAN]:
        key = "ada_tanpa_catatan"
    if any(states[state] for state in UPDATES):
        key = "ada_pembaruan"
    console.say(settings.say(f"templat.{key}"))
    return FINE


def _compared(workspace: Workspace) -> tuple[Path, dict[str, tuple[Berkas, ...]], Kunci]:
    """The office's own folder, its files compared, and its lock; KsdocsError KS883 where it has none."""
    from ksdocs.templat.banding import compare
    from ksdocs.templat.berkas import own_folder, upstream
    from ksdocs.templat.kunci import load

    own = own_folder(workspace)
    if own is None:
        raise KsdocsError([problem("KS883", Location())])
    lock = load(own)
    return own, compare(own, upstream(workspace), lock), lock


def _tell_group(settings: Settings, group: str, found: tuple[Berkas, ...]) -> None:
    """One line for a group of which nothing is to be said but how many files it has; else one for each file, too."""
    console = settings.console
    name = settings.say("templat.bersama") if group == "bersama" else group
    shown = [one for one in found if one.keadaan.value in _MARKS]
    counted = Counter(one.keadaan.value for one in found if one.keadaan.value not in _MARKS)
    told = ", ".join(settings.say(f"keadaan.{state}", banyak=number) for state, number in counted.items())
    mark, style = ("✓", "good") if not shown else ("~", "")
    console.words([(f"{mark} ", style), (f"{name:<20} ", "bold"), (told, "dim")], hang=23)
    for one in shown:
        state = one.keadaan.value
        mark, style = _MARKS[state]
        words = settings.say(f"keadaan.{state}")
        console.words([(f"{mark} ", style), (f"{one.nama:<28} ", ""), (words, "dim")], indent=4, hang=8)


def upgrade(settings: Settings, kind: str | None, dry_run: bool, done: tuple[Path, ...]) -> int:
    """The office's templates, or one kind, brought up to what ksdocs ships; 1 when something is left to decide."""
    from ksdocs.templat.berkas import needed
    from ksdocs.templat.perbarui import carry_out, plan

    workspace = settings.office().workspace
    own, compared, lock = _compared(workspace)
    if newer := lock.newer():
        raise UsageFault("ksdocs_lama", baru=newer, versi=VERSI)
    if done:
        return _accept(settings, done, compared, lock)
    if kind is not None:
        need_kind(kind, [k for k in compared if k != "bersama"])
    wanted = [one for group in (needed(kind) if kind else compared) for one in compared.get(group, ())]
    steps = plan(wanted, lock)
    console = settings.console
    if not steps:
        console.say(settings.say("templat.tidak_ada_pembaruan", versi=VERSI), style="good")
        return FINE
    if dry_run:
        _tell_steps(settings, steps)
        console.gap()
        console.say(settings.say("templat.hanya_rencana"))
        return FINE
    result = carry_out(steps, lock, settings.day().isoformat())
    _tell_result(settings, result)
    faults = _still_works(settings, own, {step.berkas.kelompok for step in result.langkah})
    left = [step for step in result.langkah if step.masalah]
    return INPUT if left or result.masalah or faults else FINE


def _tell_result(settings: Settings, result: Hasil) -> None:
    console = settings.console
    _tell_steps(settings, result.langkah)
    show_problems(console, result.masalah, settings.language)
    console.gap()
    if result.cadangan is not None:
        console.say(settings.say("templat.cadangan_folder", folder=shown_path(result.cadangan)))
    taken = sum(not step.masalah for step in result.langkah)
    left = len(result.langkah) - taken + len(result.masalah)
    console.say(settings.say("templat.ringkas", diambil=taken, sisa=left), style="warn" if left else "good")


def _tell_steps(settings: Settings, steps: Iterable[Langkah]) -> None:
    from ksdocs.templat.perbarui import Tindakan

    noted = 0
    for step in steps:
        if step.tindakan is Tindakan.CATAT:
            noted += 1
        else:
            _tell_step(settings, step)
    if noted:
        settings.console.words([("✓ ", "good"), (settings.say("langkah.catat", banyak=noted), "dim")], hang=2)


def _tell_step(settings: Settings, step: Langkah) -> None:
    from ksdocs.templat.perbarui import Tindakan

    console = settings.console
    mark, style = ("!", "warn") if step.masalah else ("✓", "good")
    key = f"langkah.{step.tindakan.value}"
    console.words(
        [(f"{mark} ", style), (shown_path(step.berkas.kita), "bold"), (f" · {settings.say(key)}", "dim")], hang=2
    )
    show_problems(console, step.masalah, settings.language, indent=2)
    if step.di_samping is not None:
        console.say(settings.say("templat.di_samping", nama=shown_path(step.di_samping)), indent=6)
    if step.tindakan is Tindakan.SAMPING and step.berkas.nama.endswith(".docx"):
        _tell_layouts(settings, step)


def _tell_layouts(settings: Settings, step: Langkah) -> None:
    """As text, what is new in a layout since it was copied; where that is not known, how it differs from ours."""
    from ksdocs.docx.package import Package
    from ksdocs.docx.text import view

    name = shown_path(step.berkas.kita)
    before = step.asal or step.berkas.kita
    try:
        mine, new = (view(Package.read(data, name=name)).split("\n") for data in (before, step.hulu))
    except KsdocsError as error:
        show_problems(settings.console, error.problems, settings.language, indent=4)
        return
    lines = [line for line in difflib.unified_diff(mine, new, lineterm="", n=1) if not line.startswith(("---", "+++"))]
    console = settings.console
    key = "beda_tampilan" if not lines else "yang_baru" if step.asal else "beda"
    console.say(settings.say(f"templat.{key}"), indent=6)
    for line in lines[:_SHOWN_LINES]:
        console.line(f"        {line}", "good" if line[:1] == "+" else "bad" if line[:1] == "-" else "dim")
    if len(lines) > _SHOWN_LINES:
        console.line(f"        … {settings.say('laporan.lagi', banyak=len(lines) - _SHOWN_LINES)}", "dim")


def _accept(settings: Settings, files: Iterable[Path], compared: Mapping[str, tuple[Berkas, ...]], lock: Kunci) -> int:
    """Files that the office has carried over by hand: the lock moves to what ksdocs ships now."""
    from ksdocs.templat.perbarui import accept

    known = {one.kita.resolve(): one for found in compared.values() for one in found}
    for file in files:
        one = known.get(file.resolve())
        if one is None:
            raise UsageFault("bukan_templat_sendiri", nama=f"`{shown_path(file)}`")
        accept(one, lock)
    lock.keep()
    for file in files:
        settings.console.say(settings.say("templat.diterima", nama=shown_path(file), versi=VERSI), style="good")
    return FINE


def _still_works(settings: Settings, own: Path, groups: set[str]) -> list[Problem]:
    """What keeps the kinds of `groups` from being used now; told, with the way back."""
    from ksdocs.models import NASKAH

    office = settings.office()
    faults: list[Problem] = []
    for kind, found in office.workspace.kinds().items():
        touched = kind in groups or ("bersama" in groups and kind in NASKAH)
        if not touched or not found.folder.is_relative_to(own):
            continue
        try:
            if kind in NASKAH:
                office.library(kind)
            else:
                office.form(kind)
            office.template(kind)
        except KsdocsError as error:
            faults += error.problems
    if faults:
        settings.console.gap()
        settings.console.say(settings.say("templat.tidak_dapat_dipakai"), style="bad")
        show_problems(settings.console, faults, settings.language)
    return faults
