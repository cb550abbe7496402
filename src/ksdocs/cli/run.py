"""`check` and `render`: every record in turn, told as it is done, and one line at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ksdocs.batch import Hasil, Order, Run
from ksdocs.batch.cluster import hands
from ksdocs.batch.records import Item, is_reference
from ksdocs.batch.result import Golongan, Selesai, slim
from ksdocs.cli import FINE, INPUT, MISSING, STOPPED
from ksdocs.cli.checklist import show_checklist
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.formats import Formats
from ksdocs.cli.output import Answer, checklist_json, result
from ksdocs.cli.progress import Progress, interruptible
from ksdocs.cli.records import Untold, expanded
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_group, show_problem, show_problems
from ksdocs.cli.tally import Tally
from ksdocs.problems import KsdocsError, Problem, Severity
from ksdocs.sources import Source


def check(settings: Settings, files: tuple[Path, ...], checklist: bool, lang: str, as_json: bool) -> int:
    """Every record judged; nothing is written."""
    _need_files(settings, files)
    office = settings.office()
    answer = Answer(settings.console, "check", settings.language) if as_json else None
    progress = Progress(settings)
    with Run(expanded(files), office, Order(settings.day(), languages=(lang,))) as run, interruptible(run):
        run.survey(progress.read)
        tally = Tally(settings, max(run.records.total, 1), Untold(office.register.problems))
        progress.begin(tally.total)
        for item, done in run.judged():
            told = _slim(item, done)
            progress.step()
            _enter(tally, told)
            if answer is not None:
                more = {"daftar_periksa": _checklist(done, settings.language)} if checklist else {}
                answer.add(_answer(told, settings.language, **more))
                continue
            _tell(tally, told)
            if checklist and told.golongan != "acuan":
                show_checklist(settings, done.report, item.read if isinstance(item.read, Source) else None)
    if answer is not None:
        answer.close(tally.untold.left, _summary(tally, run))
    else:
        _close(tally, run, "check")
    return STOPPED if run.stopped else INPUT if tally.refused else FINE


def render(
    settings: Settings,
    files: tuple[Path, ...],
    out: Path,
    formats: tuple[str, ...],
    originals: bool,
    lang: str,
    resume: bool,
    workers: int,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Every record rendered into `out`; other formats after a number of documents, since many at once cost less."""
    _need_files(settings, files)
    office = settings.office()
    made = Formats(settings, out, formats, lang, workers=workers)
    order = Order(settings.day(), out, (lang,), originals, tuple(made.wanted), resume)
    answer = Answer(settings.console, "render", settings.language) if as_json else None
    progress = Progress(settings)
    try:
        with (
            hands(cluster) as executor,
            Run(
                expanded(files),
                office,
                order,
                workers=workers,
                executor=executor,
                language=settings.language,
                waiting=progress.wait,
            ) as run,
            interruptible(run),
        ):
            run.survey(progress.read)
            tally = Tally(settings, max(run.records.total, 1), Untold(office.register.problems))
            progress.begin(tally.total)
            for _, done in made.add((done.record, done) for done in run.results()):
                progress.step()
                _enter(tally, done)
                run.keep(done)
                if done.golongan == "acuan":
                    continue
                if answer is not None:
                    answer.add(_answer(done, settings.language))
                else:
                    _tell(tally, done)
            manifest = run.finish()
    except KsdocsError as error:
        if answer is None or not answer.begun:
            raise
        answer.close(error.problems, _summary(tally, run))
        return error.exit_code
    if answer is not None:
        answer.close([*made.missing, *tally.untold.left], _summary(tally, run), run.slips)
    else:
        _close(tally, run, "render", manifest=manifest, missing=made.missing)
    return STOPPED if run.stopped else MISSING if made.missing else INPUT if tally.refused else FINE


def _need_files(settings: Settings, files: Sequence[Path]) -> None:
    if not files:
        raise UsageFault("argumen_kurang", nama=settings.say("metavar.file"))


def _slim(item: Item, done: Selesai) -> Hasil:
    read = item.read
    if not isinstance(read, Source):
        return slim(done, golongan="rusak", row=item.row)
    golongan: Golongan = "acuan" if is_reference(read) else "naskah"
    return slim(done, golongan=golongan, tahap=str(read.tree.get("tahap", "")), row=item.row)


def _enter(tally: Tally, done: Hasil) -> None:
    tally.enter(done.problems, files=len(done.files), reference=done.golongan == "acuan", skipped=done.skipped)


def _checklist(done: Selesai, language: str) -> dict[str, Any] | None:
    found = done.report.checklist
    return checklist_json(found, language) if found else None


def _answer(done: Hasil, language: str, **more: Any) -> dict[str, Any]:
    if done.skipped:
        more["dilewati"] = True
    return result(
        record=done.record, kind=done.jenis, source=done.source, refused=done.refused, problems=done.problems,
        language=language, files=done.files, **more,
    )  # fmt: skip


def _tell(tally: Tally, done: Hasil) -> None:
    settings = tally.settings
    if not tally.in_full(done.problems):
        return
    if done.golongan == "rusak" and not done.jenis:
        title = done.record or shown_path(done.source) or settings.say("tampil.tidak_terbaca")
        detail = [settings.say("tampil.tidak_terbaca")]
    else:
        title = done.record or settings.say("tampil.tanpa_id")
        detail = [done.jenis, done.tahap, settings.say("tampil.tolak") if done.refused else ""]
        detail += [settings.say("tampil.sudah_jadi")] if done.skipped else []
        if not done.record or (not done.problems and tally.total == 1):
            detail.append(shown_path(done.source))
    problems = [p for p in done.problems if p.severity is not Severity.INFO or tally.total == 1]
    fresh, again = tally.split(problems, done.source)
    show_group(settings, title, detail, fresh, fine=not done.refused)
    if again:
        settings.console.say(settings.say("tampil.seperti_di_atas", kode=", ".join(again)), indent=2, style="dim")
    for file in done.files:
        settings.console.line(f"    {shown_path(file)}", "place")


def _close(
    tally: Tally, run: Run, command: str, *, manifest: Path | None = None, missing: Sequence[Problem] = ()
) -> None:
    settings, console = tally.settings, tally.settings.console
    console.settle()
    console.gap()
    if tally.large:
        tally.show_codes()
    if tally.total > 1:
        tally.show_information()
    left = tally.untold.left
    if left:
        console.line(settings.say("tampil.data_acuan"), "bold")
        show_problems(console, left, settings.language, indent=2)
    if missing:
        console.line(settings.say("tampil.kurang_terpasang"), "bold")
    for found in missing:
        show_problem(console, found, settings.language, indent=2)
    if tally.reference:
        console.say(settings.say(f"tampil.acuan_{command}", banyak=tally.reference))
    if run.records.passed:
        console.say(settings.say("tampil.bukan_rekaman", nama=_names(settings, run)))
    if manifest is not None:
        console.say(settings.say("tampil.manifes", nama=shown_path(manifest)))
    for slip in run.slips:
        console.say(settings.say("tampil.lembar_hasil", nama=shown_path(slip)))
    if tally.skipped:
        console.say(settings.say("tampil.dilewati", banyak=tally.skipped))
    counts = {"selesai": tally.fine, "ditolak": tally.refused, "peringatan": tally.warnings}
    style = "bad" if tally.refused else "warn" if missing or run.stopped else "good"
    console.say(settings.say(f"tampil.ringkas_{command}", **counts), style=style)
    if run.stopped:
        key = "tampil.lanjutkan" if command == "render" else "tampil.terhenti"
        console.say(settings.say(key, kini=tally.done, semua=tally.total), style="warn")


def _names(settings: Settings, run: Run) -> str:
    shown = [shown_path(n) for n in run.records.passed_over]
    if run.records.passed > len(shown):
        shown.append(settings.say("tampil.dan_lain", banyak=run.records.passed - len(shown)))
    return ", ".join(shown)


def _summary(tally: Tally, run: Run) -> dict[str, int]:
    return {
        "rekaman": tally.done - (tally.reference if run.order.out is not None else 0),
        "selesai": tally.fine,
        "ditolak": tally.refused,
        "peringatan": tally.warnings,
        "acuan": tally.reference,
        "dilewati": run.records.passed,
        "berkas": tally.files,
        **({"sudah_jadi": tally.skipped} if run.order.resume else {}),
    }
