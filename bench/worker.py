"""One engine in a process of its own: `python -m bench.worker ENGINE JOB CONTEXTS`.

Answers each line of JSON on its input, `{"n": documents, "start": first context, "pack": file or null}`, with one
on its output, `{"seconds", "cpu", "bytes"}`. Only rendering stands between the two readings of the clock; what was
rendered is written to the pack file afterwards, each document behind its length in eight bytes. The worker in Node
(`js/worker.mjs`) speaks the same.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.engines import ENGINES, Job, Render


def main(engine: str, job: str, contexts: str) -> None:
    render = ENGINES[engine](Job.read(Path(job)))
    given = json.loads(Path(contexts).read_text(encoding="utf-8"))
    answer({"ready": engine})
    for line in sys.stdin:
        asked = json.loads(line)
        answer(play(render, given, **asked))


def play(render: Render, contexts: Sequence[Any], n: int, start: int, pack: str | None) -> dict[str, float]:
    """One round: `n` documents, beginning with context `start`, round and round."""
    turn = [contexts[(start + k) % len(contexts)] for k in range(n)]
    gc.collect()
    begin, busy = perf_counter(), process_time()
    made = [render(context) for context in turn]
    seconds, cpu = perf_counter() - begin, process_time() - busy
    if pack:
        write_pack(Path(pack), made)
    return {"seconds": seconds, "cpu": cpu, "bytes": sum(map(len, made))}


def write_pack(file: Path, documents: Sequence[bytes]) -> None:
    """All `documents` in one file."""
    with file.open("wb") as stream:
        for data in documents:
            stream.write(len(data).to_bytes(8, "big"))
            stream.write(data)


def answer(told: object) -> None:
    """One line to whoever asked."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
