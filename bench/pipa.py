"""The whole pipeline in a process of its own: JSON Lines in, verified files out, by the batch that the command runs.

`python -m bench.pipa OFFICE WORK`. The protocol is that of `bench.worker`. The register is read, clauses are
compiled and the template is opened before the first round; everything else is within the time of a round: reading
the records, making them known to each other, validating, assembling, rendering, reading back, writing each file
whole, and bringing files and manifest to the disk.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.engines import leave_out_extra
from bench.office import TODAY, record, write_records
from bench.worker import answer, write_pack
from ksdocs.batch import Order, Run
from ksdocs.office import Office, open_office


def open_warm(folder: Path) -> Office:
    """The office of `folder`, with everything in it that one record needs."""
    from ksdocs.pipeline import render
    from ksdocs.sources import from_tree

    office = open_office(cwd=folder, environ={})
    report = render(from_tree(record(1)), office, TODAY)
    if report.refused:
        raise SystemExit(f"bench: the record of the race is refused: {[str(p) for p in report.problems]}")
    return office


def run_file(file: Path, office: Office, out: Path, seen: Callable[[Any], None] | None = None) -> list[Path]:
    """The files that the batch has written for the records of `file`. Raises SystemExit for a refused record."""
    written: list[Path] = []
    with Run([file], office, Order(TODAY, out)) as run:
        run.survey()
        for done in run.results():
            if done.refused or not done.files:
                raise SystemExit(f"bench: a record is refused: {[str(p) for p in done.problems]}")
            run.keep(done)
            written += done.files
            if seen is not None:
                seen(done)
        run.finish()
    return written


def main(folder: str, work: str) -> None:
    leave_out_extra()
    open_warm(Path(folder))
    answer({"ready": "pipa"})
    for line in sys.stdin:
        answer(play(Path(folder), Path(work), **json.loads(line)))


def play(folder: Path, work: Path, n: int, start: int, pack: str | None) -> dict[str, float]:
    """One round over `n` records, the first of which has number `start` + 1."""
    file, out = work / "rekaman.jsonl", work / "out"
    write_records(file, n, first=start + 1)
    shutil.rmtree(out, ignore_errors=True)
    office = open_warm(folder)  # a register that has not met these records
    gc.collect()
    begin, busy = perf_counter(), process_time()
    written = run_file(file, office, out)
    seconds, cpu = perf_counter() - begin, process_time() - busy
    if len(written) != n:
        raise SystemExit(f"bench: {n} records, {len(written)} files")
    size = sum(f.stat().st_size for f in written)
    if pack:
        write_pack(Path(pack), [f.read_bytes() for f in written])
    shutil.rmtree(out, ignore_errors=True)
    return {"seconds": seconds, "cpu": cpu, "bytes": size}


if __name__ == "__main__":
    main(*sys.argv[1:])
