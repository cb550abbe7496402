"""Runs another program within a time limit, and leaves nothing of it behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ksdocs.problems import ConvertError, problem

_MAX_OUTPUT = 20_000


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended: its exit code, what it printed (both streams), and whether it was stopped."""

    code: int
    output: str
    timed_out: bool

    @property
    def last_line(self) -> str:
        """The last line printed, or a dash; what a person needs of a converter's chatter."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1][:200] if lines else "-"


def run(
    program: str, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], timeout_s: float
) -> Finished:
    """How `command` ended, run in `cwd` for at most `timeout_s` seconds; all that it started is killed then.

    Output goes through a file, not a pipe: a grandchild that outlives its parent would hold a pipe open.

    Raises:
        ConvertError: KS614 when the program (named `program` in messages) cannot be started.
    """
    with tempfile.TemporaryFile(dir=cwd) as output:
        try:
            child = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=sys.platform != "win32",
                creationflags=_FLAGS,
            )
        except OSError as e:
            raise ConvertError([problem("KS614", program=program, alasan=e.strerror or str(e))]) from e
        timed_out = False
        try:
            child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            timed_out = True
        finally:
            _kill_group(child)
        output.seek(0)
        text = output.read(_MAX_OUTPUT).decode("utf-8", "replace")
    return Finished(child.returncode, text, timed_out)


if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW

    def _kill_group(child: subprocess.Popen[bytes]) -> None:
        if child.poll() is None:
            # The tree, not the process alone: soffice.exe only starts soffice.bin.
            kill = ["taskkill", "/PID", str(child.pid), "/T", "/F"]
            subprocess.run(kill, capture_output=True, check=False)
            child.kill()
        child.wait()

else:
    _FLAGS = 0

    def _kill_group(child: subprocess.Popen[bytes]) -> None:
        # Also after a regular end: the group is the child's own, and whatever is left in it is a stray.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
