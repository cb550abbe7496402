"""One record: judged, rendered, proved and written, or found to be done already; whatever happens is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from ksdocs.batch.order import Ingredients, Order, dependence, ingredients, sheet_dependence
from ksdocs.batch.records import Item, Passed, is_reference
from ksdocs.batch.result import Hasil, Selesai, slim
from ksdocs.laporan.indikator import check_set
from ksdocs.models import MODELS, NASKAH, Arsip, JawabanSurvei, Kpi
from ksdocs.models.fault import read_model
from ksdocs.office import Office
from ksdocs.outputs import Names, claimed, write_atomically
from ksdocs.pipeline import Report, check, render
from ksdocs.problems import KsdocsError, Location, Problem, SourceError, problem
from ksdocs.register import reads_dmy
from ksdocs.rules import placed
from ksdocs.rules.arsip import check_arsip
from ksdocs.rules.survei import check_jawaban
from ksdocs.sources import Source

Ask = Callable[[str], str | None]


class OwnNames:
    """Whose a name is was settled before the run; every name of a record begins with the same stem."""

    def __init__(self, owner_of: Ask) -> None:
        self._owner_of = owner_of

    def claim(self, folder: Path, name: str, owner_id: str) -> None:
        owner = self._owner_of(name.split(".")[0])
        if owner is not None and owner != owner_id:
            raise claimed(folder, name, owner, owner_id)


@dataclass
class Bench:
    """What one process works with during a run: an office that knows the run's records, and the order.

    `expected` are the ingredients that the run began with, by kind; None while nobody has looked. `made_before`
    tells what an earlier run made of a record.
    """

    office: Office
    order: Order
    data: str = ""
    names: Names = field(default_factory=lambda: OwnNames(lambda _: None))
    made_before: Ask = lambda _: None
    expected: Mapping[str, Ingredients] | None = None
    _own: dict[str, Ingredients] = field(default_factory=dict)

    def made_with(self, kind: str) -> Ingredients:
        """The ingredients of `kind` in this process. KsdocsError KS723 when they are not what the run began with."""
        if kind not in self._own:
            self._own[kind] = ingredients(self.office, kind, self.data)
        own = self._own[kind]
        wanted = (self.expected or {}).get(kind, own)
        if own != wanted:
            raise KsdocsError([problem("KS723", jenis=kind, bagian=_differing(own, wanted))])
        return own


def _differing(own: Ingredients, wanted: Ingredients) -> str:
    names = {"templat": "naskah.docx", "pustaka": "klausul", "data": "data"}
    return ", ".join(word for name, word in names.items() if getattr(own, name) != getattr(wanted, name))


def do_item(item: Item, bench: Bench) -> Hasil:
    """The slim result of whatever was read."""
    begin = perf_counter()
    found = _do(item, bench)
    found.row, found.table = item.row, item.table
    found.milliseconds = (perf_counter() - begin) * 1000
    return found


def _do(item: Item, bench: Bench) -> Hasil:
    read = item.read
    if isinstance(read, Passed):
        return Hasil(source=read.name, golongan="bukan")
    if isinstance(read, SourceError):
        return slim(unreadable(read), golongan="rusak")
    stage = str(read.tree.get("tahap", ""))
    if is_reference(read):
        return slim(Selesai(check_reference(read, bench.office, bench.order.today)), golongan="acuan", tahap=stage)
    try:
        found = _do_record(read, bench)
        if found.skipped and item.table:  # its slip tells what it told before
            found.problems = list(
                check(read, bench.office, bench.order.today, languages=bench.order.languages).problems
            )
    except Exception as error:
        found = slim(Selesai(Report(read.id, _kind(read), read.name, (bug(error, read),))))
    found.tahap = stage
    return found


def _do_record(source: Source, bench: Bench) -> Hasil:
    office, order = bench.office, bench.order
    if order.out is None:
        return slim(Selesai(check(source, office, order.today, languages=order.languages)))
    kind = _kind(source)
    hashes: dict[str, str] = {}
    if kind in NASKAH:
        try:
            hashes = dependence(source, office.register, order, bench.made_with(kind))
        except KsdocsError as error:
            told = tuple(Problem(p.code, source.locate(""), p.params, record=source.id) for p in error.problems)
            return slim(Selesai(Report(source.id, kind, source.name, told)))
    elif order.resume:
        hashes = _hashes_of_sheet(check(source, office, order.today, languages=order.languages), source, bench)
    if order.resume and hashes:
        old = unchanged(source.id, hashes["sidik"], bench)
        if old is not None:
            return old
    done = write_one(source, office, order, bench.names)
    found = slim(done)
    found.line |= hashes or _hashes_of_sheet(done.report, source, bench)
    return found


def _hashes_of_sheet(report: Report, source: Source, bench: Bench) -> dict[str, str]:
    """What a form's document stands for; nothing where it must not leave, or cannot be printed."""
    if report.lembar is None or report.refused:
        return {}
    try:
        return sheet_dependence(source, report.lembar, bench.office, bench.order)
    except KsdocsError:  # whoever prints it tells
        return {}


def _kind(source: Source) -> str:
    return str(source.tree.get("jenis", ""))


def unchanged(record: str, sidik: str, bench: Bench) -> Hasil | None:
    """What an earlier run made of the record, when it would come out the same and lies there as it was written."""
    raw = bench.made_before(record) if sidik else None
    line: dict[str, Any] = json.loads(raw) if raw else {}
    out = bench.order.out
    if out is None or line.get("sidik") != sidik or line.get("terbukti") is not True:
        return None
    outputs = line.get("keluaran")
    hashes: dict[str, str] = {}
    try:
        for made in outputs if isinstance(outputs, list) else ():
            file = out / made["berkas"]
            if file.is_symlink() or hashlib.sha256(file.read_bytes()).hexdigest() != made["sha256"]:
                return None
            hashes[made["berkas"]] = made["sha256"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    there = {Path(name).suffix.lstrip(".") for name in hashes}
    if not there.issuperset(bench.order.formats):
        return None
    files = [out.resolve() / name for name in hashes]
    return Hasil(record, str(line.get("jenis", "")), source=str(line.get("tempat", "")), files=files, hashes=hashes,
                 line=line, skipped=True)  # fmt: skip


def write_one(source: Source, office: Office, order: Order, names: Names) -> Selesai:
    """The record rendered and its files written into the folder of the order."""
    assert order.out is not None
    report = render(source, office, order.today, languages=order.languages, originals=order.originals)
    done = Selesai(report)
    if done.refused:
        return done
    owner = report.dokumen.id if report.dokumen else report.record
    try:
        for artifact in report.artifacts:
            made = write_atomically(
                order.out, artifact.name, artifact.data, owner_id=owner, claims=names, durable=False
            )
            done.files.append(made)
            done.hashes[artifact.name] = hashlib.sha256(artifact.data).hexdigest()
    except KsdocsError as error:
        done.problems.extend(error.problems)
    return done


def unreadable(error: SourceError) -> Selesai:
    """What is told of something that could not be read."""
    first = error.problems[0]
    return Selesai(Report(first.record, "", first.at.file or "", error.problems))


def check_reference(source: Source, office: Office, today: date) -> Report:
    """The report on a reference record: every fault of its fields, and of what it names."""
    kind = str(source.tree["jenis"])
    found, problems = read_model(MODELS[kind], source, tanggal_dmy=reads_dmy(source.tree, office.register))
    if isinstance(found, Arsip):
        problems += placed(check_arsip(found, office.register, today), source)
    elif isinstance(found, Kpi):
        problems += placed(check_set(found), source)
    elif isinstance(found, JawabanSurvei):
        problems += placed(check_jawaban(found, office.register), source)
    return Report(source.id, kind, source.name, (*source.warnings, *problems))


def bug(error: BaseException, source: Source) -> Problem:
    """KS721: a fault of the program, told without any value of the record."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return problem("KS721", _start(source), record=source.id, sebab=type(error).__name__, letak=where)


def _start(source: Source) -> Location:
    try:
        return source.locate("")
    except Exception:  # what is broken may be the places themselves
        return Location(file=source.name)
