"""What the tests of faults share: many small records, runs as processes of their own, and workers that really die."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import samples
import threats
from cli_runs import OWN_ENVIRONMENT, ROOT, TODAY
from ksdocs.batch import MANIFEST
from ksdocs.batch.records import Chunk
from ksdocs.docx.package import Package
from ksdocs.office import Office

P = ParamSpec("P")
T = TypeVar("T")


def write_records(file: Path, count: int, *, prefix: str = "uji") -> list[str]:
    """`file` with `count` drafts as JSON Lines; their ids."""
    ids = [f"{prefix}-{n:03}" for n in range(count)]
    file.write_text("".join(json.dumps(threats.draft(ident)) + "\n" for ident in ids), encoding="utf-8")
    return ids


def data_without_agreements(folder: Path) -> Path:
    """The shipped institutions, partners, points and codes; no agreement that a draft could collide with."""
    return threats.data(folder)


def office(folder: Path, *, templates: Path = samples.TEMPLATES) -> Office:
    """An office over `data_without_agreements`."""
    return samples.office(data=data_without_agreements(folder), templates=templates)


def command(*words: str | Path) -> list[str]:
    """`python -m ksdocs` with the day of the sample data."""
    return [sys.executable, "-m", "ksdocs", *map(str, words), "--hari-ini", TODAY]


def surroundings() -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if k not in OWN_ENVIRONMENT}
    return clean | {"PYTHONUTF8": "1"}


def start(*words: str | Path) -> subprocess.Popen[str]:
    """The command, at work."""
    return subprocess.Popen(
        command(*words), cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def finish(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, ended."""
    return subprocess.run(
        command(*words), cwd=ROOT, env=surroundings(), capture_output=True, text=True, encoding="utf-8", check=False
    )


def wait_until(condition: Callable[[], object], seconds: float = 120) -> None:
    """Returns as soon as `condition` holds; fails the test when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.005)


def documents(out: Path) -> dict[str, str]:
    """Name of each .docx in `out` → hash of its bytes; every one of them is whole."""
    found = {}
    for file in sorted(out.glob("*.docx")):
        data = file.read_bytes()
        Package.read(data)
        found[file.name] = hashlib.sha256(data).hexdigest()
    return found


def lines(out: Path) -> list[dict[str, Any]]:
    """The lines of the manifest."""
    return [json.loads(line) for line in (out / MANIFEST).read_text(encoding="utf-8").splitlines()]


def check_folder(out: Path, ids: list[str]) -> None:
    """Nothing half, nothing lost, nothing twice: one document and one line for each id, and nothing else."""
    made = documents(out)
    assert sorted(made) == sorted(f"{ident}.docx" for ident in ids)
    assert sorted(line["rekaman"] for line in lines(out)) == sorted(ids)
    for line in lines(out):
        assert {k["berkas"]: k["sha256"] for k in line["keluaran"]} == {
            f"{line['rekaman']}.docx": made[f"{line['rekaman']}.docx"]
        }
    assert {f.name for f in out.iterdir()} == {*made, MANIFEST}


def children(pid: int) -> list[int]:
    """The processes that `pid` has started; [] where the system does not tell."""
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="utf-8").split())
    except OSError:
        return found
    return found


def workers(pid: int) -> list[int]:
    """Those of them that do records."""
    return [c for c in children(pid) if "spawn_main" in _command_of(c)]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


# --- workers that really die ------------------------------------------------------------------------------------


class Poisoned(Executor):
    """An executor whose workers meet a record that ends them, or never lets them go on: `how` is KILL or SLEEP."""

    def __init__(self, real: Executor, poison: str, how: str = "KILL") -> None:
        self.real, self.poison, self.how = real, poison, how

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        call: Any = _swallow
        future: Future[T] = self.real.submit(call, self.poison, self.how, fn, args, kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.real.shutdown(wait, cancel_futures=cancel_futures)


def _swallow(poison: str, how: str, function: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
    if function.__name__ == "do_chunk" and any(poison in text for text in _texts(arguments[1])):
        if how == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(600)
    return function(*arguments, **named)


def _texts(chunk: Chunk) -> Iterator[str]:
    """What a chunk holds, as far as it can be seen from outside."""
    from ksdocs.batch.records import read_chunk
    from ksdocs.sources import Source

    for item in read_chunk(chunk):
        if isinstance(item.read, Source):
            yield item.read.id
