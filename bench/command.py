"""One run of a command in processes of its own: how long it took and the most memory that each of them held."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from bench.office import TODAY, surroundings

_SAMPLE_S = 0.05
PROC = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds of the wall clock, and peak resident memory in KiB: of the command's own process, and of the largest
    process below it. None where this machine does not tell (no /proc), 0 where there was none."""

    seconds: float
    peak: int | None
    peak_below: int | None


def run(command: Sequence[str | Path], cwd: Path) -> Ran:
    """`command` in `cwd`, its output thrown away. Raises SystemExit when it fails, with what it complained of."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        begin = perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=surroundings(), stdout=subprocess.DEVNULL, stderr=complaints)
        watch = _Watch(process.pid)
        code = process.wait()
        seconds = perf_counter() - begin
        watch.stop()
        if code:
            complaints.seek(0)
            shown = " ".join(map(str, command[:4]))
            raise SystemExit(f"bench: {shown} … ended with status {code}: {complaints.read()[-600:]}")
    return Ran(seconds, *watch.peaks())


class _Watch:
    """Reads the high-water mark of a process and of those below it, a few times a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._own = 0
        self._below: dict[int, int] = {}
        self._ended = Event()
        self._thread = Thread(target=self._look_on, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def peaks(self) -> tuple[int | None, int | None]:
        if not PROC.exists():
            return None, None
        return self._own, max(self._below.values(), default=0)

    def _look_on(self) -> None:
        while True:
            self._own = max(self._own, _high_water(self._pid))
            for pid in _descendants(self._pid):
                self._below[pid] = max(self._below.get(pid, 0), _high_water(pid))
            if self._ended.wait(_SAMPLE_S):
                return


def _high_water(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="utf-8").split()):
                found += [child, *_descendants(child)]
    except OSError:
        pass
    return found


def ksdocs() -> list[str | Path]:
    """The command as people call it."""
    script = Path(sys.executable).with_name("ksdocs.exe" if sys.platform == "win32" else "ksdocs")
    return [script] if script.is_file() else [sys.executable, "-m", "ksdocs"]


def render(records: Path, out: Path, office: Path, *more: str) -> Ran:
    """`ksdocs render RECORDS -o OUT` in the folder of the office; OUT is made anew."""
    shutil.rmtree(out, ignore_errors=True)
    command = [*ksdocs(), "render", records, "-o", out, "--hari-ini", TODAY.isoformat(), *more]
    return run(command, office)


@cache
def has_option(name: str) -> bool:
    """True when `ksdocs render` knows the option."""
    done = subprocess.run(
        [*ksdocs(), "render", "--help"], capture_output=True, text=True, check=True, env=surroundings()
    )
    return name in done.stdout
