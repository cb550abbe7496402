"""`check` and `render`: every record in turn, told as it is done, and one line at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ksdocs.batch import Selesai, manifest_line, run, write_manifest
from ksdocs.cli import FINE, INPUT, MISSING
from ksdocs.cli.checklist import show_checklist
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.formats import Formats
from ksdocs.cli.output import checklist_json, document, result
from ksdocs.cli.records import Reading, check_reference, is_reference, read_given, unseen
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import count, show_group, show_problem, show_problems
from ksdocs.office import Office
from ksdocs.problems import Problem, Severity, SourceError, catalogue
from ksdocs.sources import Source

_MANY_NAMES = 3


@dataclass
class Tally:
    """What is known of a run so far."""

    settings: Settings
    total: int
    done: int = 0
    fine: int = 0
    refused: int = 0
    reference: int = 0
    files: int = 0
    told: list[Problem] = field(default_factory=list)
    information: dict[str, int] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: set[tuple[str, str, str]] = field(default_factory=set)
    """Code and place of problems that were told and stand in no record: of a clause, of a template."""

    def enter(self, item: Source | SourceError, done: Selesai) -> None:
        self.done += 1
        self.files += len(done.files)
        self.told.extend(done.all_problems)
        if is_reference(item):
            self.reference += 1
        elif not done.refused:
            self.fine += 1
        self.refused += done.refused
        for code in {p.code for p in done.all_problems if p.severity is Severity.INFO}:
            self.information[code] = self.information.get(code, 0) + 1

    def split(self, problems: Sequence[Problem], source: str) -> tuple[list[Problem], list[str]]:
        """Problems to be told in full, and codes of those that were: a faulty clause is one fault, not one for each
        record that needs it."""
        fresh: list[Problem] = []
        again: list[str] = []
        for found in problems:
            elsewhere = found.at.file is not None and found.at.file != source
            key = (found.code, str(found.at), found.message())
            if elsewhere and key in self.elsewhere:
                again.append(found.code)
            else:
                fresh.append(found)
            if elsewhere:
                self.elsewhere.add(key)
        return fresh, list(dict.fromkeys(again))

    def warnings(self) -> int:
        return count(self.told, Severity.PERINGATAN)


def check(settings: Settings, files: tuple[Path, ...], checklist: bool, lang: str, as_json: bool) -> int:
    """Every record judged; nothing is written."""
    _need_files(settings, files)
    office = settings.office()
    reading = read_given(files)
    tally = Tally(settings, len(reading.items))
    for item, done in _judge(settings, reading, office, lang):
        tally.enter(item, done)
        if as_json:
            tally.answers.append(_answer(done, settings.language, checklist=checklist))
            continue
        _tell(tally, item, done)
        if checklist and not is_reference(item):
            show_checklist(settings, done.report, item if isinstance(item, Source) else None)
    left = unseen(office.register.problems, tally.told)
    if as_json:
        settings.console.json(document("check", settings.language, tally.answers, left, _summary(tally, reading)))
    else:
        _close(tally, reading, left, "check")
    return INPUT if tally.refused else FINE


def render(
    settings: Settings,
    files: tuple[Path, ...],
    out: Path,
    formats: tuple[str, ...],
    originals: bool,
    lang: str,
    as_json: bool,
) -> int:
    """Every record rendered into `out`; other formats after a number of documents, since many at once cost less."""
    _need_files(settings, files)
    office = settings.office()
    reading = read_given(files)
    write_manifest([], out)  # what cannot be written is known before the work, not after it
    tally = Tally(settings, len(reading.items))
    lines: list[dict[str, Any]] = []
    made = Formats(settings, out, formats, lang)
    rendered = _judge(settings, reading, office, lang, out=out, originals=originals)
    try:
        for item, done in made.add(rendered):
            tally.enter(item, done)
            if is_reference(item):
                continue
            if done.report.record:
                lines.append(manifest_line(done, item if isinstance(item, Source) else None, out))
            if as_json:
                tally.answers.append(_answer(done, settings.language))
            else:
                _tell(tally, item, done)
    finally:
        made.close()
        manifest = write_manifest(lines, out)
    left = [*made.missing, *unseen(office.register.problems, tally.told)]
    if as_json:
        settings.console.json(document("render", settings.language, tally.answers, left, _summary(tally, reading)))
    else:
        _close(tally, reading, left[len(made.missing) :], "render", manifest=manifest, missing=made.missing)
    return MISSING if made.missing else INPUT if tally.refused else FINE


def _need_files(settings: Settings, files: Sequence[Path]) -> None:
    if not files:
        raise UsageFault("argumen_kurang", nama=settings.say("metavar.file"))


def _judge(
    settings: Settings,
    reading: Reading,
    office: Office,
    lang: str,
    *,
    out: Path | None = None,
    originals: bool = False,
) -> Iterator[tuple[Source | SourceError, Selesai]]:
    """Every item with what became of it, in the order of reading; reference records are never rendered."""
    done = run(reading.documents, office, settings.day(), out=out, languages=(lang,), originals=originals)
    total = len(reading.items)
    for number, item in enumerate(reading.items, 1):
        settings.console.progress(settings.say("tampil.progres", kini=number, semua=total))
        if isinstance(item, Source) and is_reference(item):
            yield item, Selesai(check_reference(item))
        else:
            yield item, next(done)


def _answer(done: Selesai, language: str, *, checklist: bool = False) -> dict[str, Any]:
    report = done.report
    more: dict[str, Any] = {}
    if checklist:
        found = report.checklist
        more["daftar_periksa"] = checklist_json(found, language) if found else None
    return result(
        record=report.record, kind=report.jenis, source=report.source, refused=done.refused,
        problems=done.all_problems, language=language, files=done.files, **more,
    )  # fmt: skip


def _tell(tally: Tally, item: Source | SourceError, done: Selesai) -> None:
    settings, report = tally.settings, done.report
    if isinstance(item, SourceError):
        title = report.record or shown_path(report.source) or settings.say("tampil.tidak_terbaca")
        detail = [settings.say("tampil.tidak_terbaca")]
    else:
        title = report.record or settings.say("tampil.tanpa_id")
        stage = str(item.tree.get("tahap", ""))
        detail = [report.jenis, stage, settings.say("tampil.tolak") if done.refused else ""]
        if not report.record or (not done.all_problems and tally.total == 1):
            detail.append(shown_path(report.source))
    problems = [p for p in done.all_problems if p.severity is not Severity.INFO or tally.total == 1]
    fresh, again = tally.split(problems, report.source)
    show_group(settings, title, detail, fresh, fine=not done.refused)
    if again:
        settings.console.say(settings.say("tampil.seperti_di_atas", kode=", ".join(again)), indent=2, style="dim")
    for file in done.files:
        settings.console.line(f"    {shown_path(file)}", "place")


def _close(
    tally: Tally,
    reading: Reading,
    left: Sequence[Problem],
    command: str,
    *,
    manifest: Path | None = None,
    missing: Sequence[Problem] = (),
) -> None:
    settings, console = tally.settings, tally.settings.console
    console.settle()
    console.gap()
    if tally.total > 1:
        for code, number in sorted(tally.information.items()):
            told = next(p for p in tally.told if p.code == code and p.severity is Severity.INFO)
            _tell_information(settings, told, number)
    if left:
        console.line(settings.say("tampil.data_acuan"), "bold")
        show_problems(console, left, settings.language, indent=2)
    if missing:
        console.line(settings.say("tampil.kurang_terpasang"), "bold")
    for found in missing:
        show_problem(console, found, settings.language, indent=2)
    if tally.reference:
        console.say(settings.say(f"tampil.acuan_{command}", banyak=tally.reference))
    if reading.passed_over:
        console.say(settings.say("tampil.bukan_rekaman", nama=_names(settings, reading.passed_over)))
    if manifest is not None:
        console.say(settings.say("tampil.manifes", nama=shown_path(manifest)))
    counts = {"selesai": tally.fine, "ditolak": tally.refused, "peringatan": tally.warnings()}
    style = "bad" if tally.refused else "warn" if missing else "good"
    console.say(settings.say(f"tampil.ringkas_{command}", **counts), style=style)


def _tell_information(settings: Settings, told: Problem, number: int) -> None:
    """One line for something that many records have in common, instead of one under each."""
    name = catalogue()[told.code]["nama"].replace("_", " ")
    words = settings.say("tampil.keterangan", kode=told.code, nama=name, banyak=number)
    settings.console.words([("i ", "dim"), (words, "dim")])


def _names(settings: Settings, names: Sequence[str]) -> str:
    shown = [shown_path(n) for n in names[:_MANY_NAMES]]
    if len(names) > _MANY_NAMES:
        shown.append(settings.say("tampil.dan_lain", banyak=len(names) - _MANY_NAMES))
    return ", ".join(shown)


def _summary(tally: Tally, reading: Reading) -> dict[str, int]:
    return {
        "rekaman": len(tally.answers),
        "selesai": tally.fine,
        "ditolak": tally.refused,
        "peringatan": tally.warnings(),
        "acuan": tally.reference,
        "dilewati": len(reading.passed_over),
        "berkas": tally.files,
    }
