"""`python -m bench`: everything, into docs/performance.md. `--size quick`: less of everything, into build/bench."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench import growth, machine, report, single, stages
from bench.office import BUILD, ROOT
from bench.race import Course, Scale, lay, race


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each is done."""

    race: Scale
    stages: tuple[int, int]
    """Records, and runs."""
    documents: tuple[int, ...]
    rows: tuple[int, ...]
    row_seconds: float
    workers: tuple[int, int]
    """Documents, and rounds."""
    cold: int
    pdf: int


FULL = Size(
    race=Scale(rounds=9, seconds=1.0, warm_up=8.0, records=50),
    stages=(400, 5),
    documents=(1, 10, 100, 1000, 10_000, 100_000),
    rows=(1, 10, 100, 1000, 10_000),
    row_seconds=1.0,
    workers=(4000, 3),
    cold=15,
    pdf=50,
)
QUICK = Size(
    race=Scale(rounds=3, seconds=0.5, warm_up=6.0, records=20),
    stages=(100, 1),
    documents=(1, 10, 100, 300),
    rows=(1, 100, 1000),
    row_seconds=0.2,
    workers=(400, 1),
    cold=3,
    pdf=8,
)


TINY = Size(
    race=Scale(rounds=1, seconds=0.02, warm_up=0.0, records=2),
    stages=(2, 1),
    documents=(2,),
    rows=(1, 3),
    row_seconds=0.0,
    workers=(2, 1),
    cold=1,
    pdf=2,
)
"""Measures nothing; shows that everything runs and that every engine prints the same words."""

SIZES = {"full": FULL, "quick": QUICK, "tiny": TINY}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="full", help="how much of each; only full changes docs/")
    parser.add_argument("--only", default="", help="some sections, by comma: " + ",".join(_SECTIONS))
    parser.add_argument("--no-js", action="store_true", help="without the JavaScript engines")
    parser.add_argument("--into", type=Path, default=BUILD, help="folder for what is made on the way")
    asked = parser.parse_args(arguments)
    wanted = asked.only.split(",") if asked.only else list(_SECTIONS)
    if unknown := set(wanted) - set(_SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    into: Path = asked.into.resolve()
    store = into / f"{asked.size}.json"
    results = json.loads(store.read_text(encoding="utf-8")) if asked.only and store.is_file() else {}
    results |= {"machine": machine.describe(), "load": machine.load()}
    course = lay(_fresh(into / "course"), 2)
    for name in wanted:
        begin = perf_counter()
        say(f"== {name}")
        results[name] = _SECTIONS[name](SIZES[asked.size], course, _fresh(into / name), not asked.no_js)
        say(f"== {name}: {perf_counter() - begin:.0f} s")
        store.write_text(json.dumps(results, indent=1), encoding="utf-8")
    page = ROOT / "docs" / "performance.md" if asked.size == "full" else into / "performance.md"
    report.write(results, page, page.parent / "gambar")
    sys.stdout.write(report.page(results) + "\n")
    say(f"written: {page}")
    return 0


def _race(size: Size, course: Course, work: Path, js: bool) -> dict[str, Any]:
    told = race(size.race, say, work, js=js)
    return told | {"seconds": size.race.seconds, "pages": single.pages(course.pages_of, work)}


def _stages(size: Size, course: Course, work: Path, _: bool) -> dict[str, Any]:
    count, runs = size.stages
    found = [stages.measure(course.office, work, count) for _ in range(runs)]
    middle = {name: median(f["stages"][name] for f in found) for name in found[0]["stages"]}
    rest = median(f["rest"] for f in found)
    return {"stages": middle, "rest": rest, "whole": sum(middle.values()) + rest, "count": count, "runs": runs}


def _growth(size: Size, course: Course, work: Path, _: bool) -> dict[str, Any]:
    return growth.documents(course.office, work, size.documents, say)


def _rows(size: Size, course: Course, _work: Path, _: bool) -> dict[str, Any]:
    template = json.loads(course.jobs["docxtpl"].read_text(encoding="utf-8"))["template"]
    return growth.rows(Path(template), course.office, size.rows, size.row_seconds)


def _workers(size: Size, course: Course, work: Path, _: bool) -> dict[str, Any]:
    return growth.workers(course.office, work, *size.workers, say)


def _cold(size: Size, course: Course, work: Path, _: bool) -> dict[str, Any]:
    return single.cold(course, work, size.cold, say)


def _pdf(size: Size, course: Course, work: Path, _: bool) -> dict[str, Any]:
    return single.pdf(course.office, work, size.pdf, say)


_SECTIONS: dict[str, Callable[[Size, Course, Path, bool], dict[str, Any]]] = {
    "race": _race,
    "stages": _stages,
    "growth": _growth,
    "rows": _rows,
    "workers": _workers,
    "cold": _cold,
    "pdf": _pdf,
}


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def say(words: str) -> None:
    """What is going on, for whoever waits."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
