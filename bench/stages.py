"""What each stage of the pipeline costs: the batch as it is, with a clock around the function of each stage.

`python -m bench.stages OFFICE WORK RECORDS` runs in a process of its own and answers with microseconds per document.
A stage that another one calls is not counted twice; `rest` is what belongs to none.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bench.office import write_records
from bench.pipa import open_warm
from bench.player import ask
from bench.worker import answer

STAGES: Final[dict[str, tuple[str, ...]]] = {
    "read": ("ksdocs.batch.run:read_chunk",),
    "register": ("ksdocs.batch.run:see", "ksdocs.batch.survey:Survey.add"),
    "validate": ("ksdocs.pipeline:validate",),
    "assemble": ("ksdocs.pipeline:assemble", "ksdocs.pipeline:accept"),
    "context": ("ksdocs.docx.naskah:template_context", "ksdocs.pipeline:provenance"),
    "render": ("ksdocs.docx.template:Template.render",),
    "read back": ("ksdocs.verification:verify",),
    "write": (
        "ksdocs.batch.one:write_atomically",
        "ksdocs.batch.manifest:Ledger.enter",
        "ksdocs.batch.run:Ledger.close",
    ),
    "hashes": ("ksdocs.batch.one:dependence",),
}
"""Stage → the functions whose time it is, as module:name, where the callers look them up."""


class Clock:
    """Seconds by stage. A stage within another one is taken out of the outer one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack: list[float] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, timed; an iterator is timed while it is asked for its next item."""

        def timed(*arguments: Any, **named: Any) -> Any:
            made = self._run(stage, lambda: function(*arguments, **named))
            return self._items(stage, made) if isinstance(made, Iterator) else made

        return timed

    def _run(self, stage: str, call: Callable[[], Any]) -> Any:
        self._stack.append(0.0)
        begin = perf_counter()
        try:
            return call()
        finally:
            whole = perf_counter() - begin
            self.seconds[stage] += whole - self._stack.pop()
            if self._stack:
                self._stack[-1] += whole

    def _items(self, stage: str, made: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (item := self._run(stage, lambda: next(made, end))) is not end:
            yield item


def install(clock: Clock) -> None:
    """Put the clock around every stage. Raises SystemExit where a stage has moved."""
    for stage, places in STAGES.items():
        for place in places:
            module, _, path = place.partition(":")
            owner: Any = importlib.import_module(module)
            *way, name = path.split(".")
            for step in way:
                owner = getattr(owner, step)
            if not hasattr(owner, name):
                raise SystemExit(f"bench: the stage {stage!r} is no longer at {place}; tell bench/stages.py where")
            setattr(owner, name, clock.wrap(stage, getattr(owner, name)))


def main(folder: str, work: str, count: str) -> None:
    clock = Clock()
    install(clock)
    # Looked up only now, so that its names are the timed ones.
    from bench import pipa

    importlib.reload(pipa)
    office = open_warm(Path(folder))
    clock.seconds.clear()
    file = write_records(Path(work) / "stages.jsonl", int(count))
    begin = perf_counter()
    pipa.run_file(file, office, Path(work) / "out")
    whole = perf_counter() - begin
    told = {stage: clock.seconds[stage] / int(count) * 1e6 for stage in STAGES}
    answer({"stages": told, "rest": whole / int(count) * 1e6 - sum(told.values()), "whole": whole / int(count) * 1e6})


def measure(office: Path, work: Path, count: int) -> dict[str, Any]:
    """Microseconds per document by stage, `rest` and `whole`, in one process."""
    return ask("bench.stages", office, work, count, cwd=office)


if __name__ == "__main__":
    main(*sys.argv[1:])
