"""The race: every engine on the same document, in interleaved rounds, each output held against what ksdocs proves.

A round is one engine rendering as many documents as take it a second and a little. Rounds of all engines follow
each other, begun by another one each time, so that what else the machine does falls on all alike. A ratio is that of
two rounds which lie side by side, and what is told is the median of those ratios.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

from bench import player, templat
from bench.engines import has_extra
from bench.office import TODAY, build_office, logos, record
from bench.player import JS_ENGINES, Player, Round
from bench.reading import Content, Reader, difference
from ksdocs.dokumen import Dokumen
from ksdocs.office import open_office
from ksdocs.pipeline import render
from ksdocs.sources import from_tree

Say = Callable[[str], None]
OURS, PIPELINE, NAIVE = "ksdocs", "ksdocs-pipeline", "docxtpl-naive"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is raced: rounds, the least seconds of one and of warming up a compiler, and how many records differ."""

    rounds: int
    seconds: float
    warm_up: float
    records: int


@dataclass(frozen=True, slots=True)
class Course:
    """What the engines are given: a job per dialect, the contexts, and what each record must look like."""

    office: Path
    jobs: Mapping[str, Path]
    contexts: Path
    wanted: tuple[Content, ...]
    pages_of: Path
    """One document of the race, for counting its pages."""


def lay(folder: Path, records: int) -> Course:
    """The course in `folder`: office, templates in every dialect, contexts of `records` records."""
    office_folder = build_office(folder / "office")
    office = open_office(cwd=office_folder, environ={})
    printed = [_print(office, number) for number in range(1, records + 1)]
    made = templat.make(printed[0][0], printed[0][1])
    reader = Reader()
    places = {}
    for name, data in logos().items():
        places[name] = folder / f"{name}.png"
        places[name].write_bytes(data)
    jobs = {}
    for dialect in templat.DIALECTS:
        template = folder / f"template-{dialect}.docx"
        template.write_bytes(templat.in_dialect(made, dialect))
        jobs[dialect] = _write_json(
            folder / f"job-{dialect}.json",
            {
                "template": str(template),
                "logos": {name: str(place) for name, place in places.items()},
                "size_mm": made.size_mm,
            },
        )
    contexts = _write_json(folder / "contexts.json", [made.context(dokumen) for _, dokumen in printed])
    (folder / "naskah.docx").write_bytes(printed[0][0])
    wanted = tuple(reader.read(data) for data, _ in printed)
    return Course(office_folder, jobs, contexts, wanted, folder / "naskah.docx")


def _print(office: Any, number: int) -> tuple[bytes, Dokumen]:
    report = render(from_tree(record(number)), office, TODAY)
    if report.refused or report.dokumen is None:
        raise SystemExit(f"bench: record {number} is refused: {[str(p) for p in report.problems]}")
    return report.artifacts[0].data, report.dokumen


def players(course: Course, work: Path, js: bool) -> Iterator[tuple[str, Callable[[], Player]]]:
    """Every engine by name, and how it is started."""

    def ours(engine: str) -> Callable[[], Player]:
        job = course.jobs["docxtpl"]
        return lambda: player.python(engine, "bench.worker", engine, job, course.contexts, cwd=work)

    def of_node(engine: str) -> Callable[[], Player]:
        return lambda: player.node(engine, course.jobs[engine], course.contexts)

    yield OURS, ours(OURS)
    yield PIPELINE, lambda: player.python(PIPELINE, "bench.pipa", course.office, work, cwd=course.office)
    yield NAIVE, ours(NAIVE)
    if has_extra():
        yield "ksdocs-cepat", ours("ksdocs-cepat")
    yield "ksdocs-level-6", ours("ksdocs-level-6")
    yield "docxtpl-reused", ours("docxtpl-reused")
    for engine in JS_ENGINES if js else ():
        yield engine, of_node(engine)


def race(scale: Scale, say: Say, folder: Path, js: bool = True) -> dict[str, Any]:
    """The rounds of every engine, the ratios between them, and why an engine was left out."""
    left_out = player.install_node(say) if js else "not asked for"
    course = lay(folder, scale.records)
    judge = Judge(course)
    with ExitStack() as stack:
        started = {name: stack.enter_context(start()) for name, start in players(course, folder, js=not left_out)}
        counts = {}
        for name, each in started.items():
            counts[name] = _warm_up(each, scale, judge, folder)
            say(f"{name}: {counts[name]} documents a round")
        rounds: dict[str, list[Round]] = {name: [] for name in started}
        names = list(started)
        for number in range(scale.rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                rounds[name].append(judge.play(started[name], counts[name], number * counts[name], folder))
            say(f"round {number + 1} of {scale.rounds}")
    return {
        "documents_checked": judge.checked,
        "left_out": dict.fromkeys(JS_ENGINES, left_out) if left_out else {},
        "rounds": {name: [_told(r) for r in found] for name, found in rounds.items()},
        "ratios": {name: _ratios(found, rounds[OURS]) for name, found in rounds.items()},
        "pipeline_ratios": {name: _ratios(found, rounds[PIPELINE]) for name, found in rounds.items()},
        "bytes": {name: round(found[0].bytes / found[0].n) for name, found in rounds.items()},
        "sample": str(course.pages_of),
    }


class Judge:
    """Holds every document that an engine makes against what it must say."""

    def __init__(self, course: Course) -> None:
        self._wanted = course.wanted
        self._reader = Reader()
        self.checked = 0

    def play(self, each: Player, n: int, start: int, folder: Path) -> Round:
        """A round whose every output has been read. Raises SystemExit at the first that says something else."""
        pack = folder / f"pack-{each.name}.bin"
        # The pipeline's numbers differ from record to record: it is held against as many records as are known.
        start = 0 if each.name == PIPELINE else start
        played = each.play(n, start, pack)
        seen = 0
        for seen, data in enumerate(player.read_pack(pack), 1):
            self._judge(each.name, data, start + seen - 1)
        if seen != n:
            raise SystemExit(f"bench: {each.name} made {seen} documents instead of {n}")
        pack.unlink()
        return played

    def _judge(self, name: str, data: bytes, number: int) -> None:
        if name == PIPELINE and number >= len(self._wanted):
            return  # read back by the pipeline itself, and of a record that the others are not given
        wrong = difference(self._reader.read(data), self._wanted[number % len(self._wanted)])
        if wrong:
            raise SystemExit(f"bench: {name}, record {number % len(self._wanted) + 1}: {wrong}")
        self.checked += 1


def _warm_up(each: Player, scale: Scale, judge: Judge, folder: Path) -> int:
    """How many documents make a round, once the engine is warm: compilers of JavaScript take a while to be."""
    enough = scale.warm_up if each.name in JS_ENGINES else scale.seconds
    n, spent = 1, 0.0
    while True:
        played = judge.play(each, n, 0, folder)
        spent += played.seconds
        if spent >= enough and played.seconds >= scale.seconds / 4:
            return max(1, ceil(1.15 * scale.seconds / played.per_document))
        n = max(n, min(8 * n, ceil(0.6 * scale.seconds / played.per_document)))


def _ratios(found: list[Round], base: list[Round]) -> dict[str, float]:
    """How many times as long as `base` a document takes, by the wall clock and by computing time."""
    wall = [a.per_document / b.per_document for a, b in zip(found, base, strict=True)]
    busy = [(a.cpu / a.n) / (b.cpu / b.n) for a, b in zip(found, base, strict=True)]
    return {"wall": median(wall), "least": min(wall), "most": max(wall), "cpu": median(busy)}


def _told(played: Round) -> dict[str, float]:
    return {"n": played.n, "seconds": played.seconds, "cpu": played.cpu, "bytes": played.bytes}


def _write_json(file: Path, value: object) -> Path:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return file


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
