"""Runs another program within a time limit, and leaves nothing of it behind."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from ksdocs.convert import guard
from ksdocs.problems import ConvertError, problem

_MAX_OUTPUT: Final = 20_000
_LOOK_S: Final = 0.1
"""How often it is looked whether a program has made something, or is to be stopped."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


class StoppedError(Exception):
    """Somebody asked for the end while a program ran. Never leaves this room."""


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


class Guard:
    """The process that clears away after us should we be killed; without it we work all the same.

    Safe to share between threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-S", guard.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=sys.platform != "win32",  # Ctrl-C is for us; it outlives us
                creationflags=_FLAGS,
            )

    def watch(self, process: int) -> None:
        self._tell(guard.WATCH, str(process))

    def spare(self, process: int) -> None:
        self._tell(guard.SPARE, str(process))

    def sweep(self, place: Path) -> None:
        self._tell(guard.SWEEP, str(place))

    def close(self) -> None:
        """Lets it go; it removes what is still there of the places it was told of."""
        if self._child is None or self._child.stdin is None:
            return
        with contextlib.suppress(OSError):
            self._child.stdin.close()
        self._child.wait()

    def _tell(self, word: str, what: str) -> None:
        if self._child is None or self._child.stdin is None:
            return
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._child.stdin.write(f"{word} {what}\n".encode("utf-8", "surrogateescape"))
            self._child.stdin.flush()


def run(
    program: str,
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout_s: float,
    progress: Callable[[], int] | None = None,
    stop: threading.Event | None = None,
    watched: Guard | None = None,
) -> Finished:
    """How `command` ended, run in `cwd`; after `timeout_s` seconds it is killed with all that it started.

    The time begins anew whenever `progress` gives another number than before: a program that goes through many
    files has this long for each. Output goes through a file, not a pipe: a grandchild that outlives its parent would
    hold a pipe open.

    Raises:
        ConvertError: KS614 when the program (named `program` in messages) cannot be started.
        StoppedError: `stop` was set.
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
        try:
            if watched is not None:
                watched.watch(child.pid)
            timed_out = not _await(child, timeout_s, progress, stop)
        finally:
            _kill_group(child)
            if watched is not None:
                watched.spare(child.pid)
        output.seek(0)
        text = output.read(_MAX_OUTPUT).decode("utf-8", "replace")
    return Finished(child.returncode, text, timed_out)


def _await(
    child: subprocess.Popen[bytes],
    timeout_s: float,
    progress: Callable[[], int] | None,
    stop: threading.Event | None,
) -> bool:
    """True when `child` ended by itself, False when its time was up."""
    seen, since = 0, monotonic()
    while True:
        try:
            child.wait(min(_LOOK_S, timeout_s))
        except subprocess.TimeoutExpired:
            pass
        else:
            return True
        if stop is not None and stop.is_set():
            raise StoppedError
        if progress is not None and (now := progress()) != seen:
            seen, since = now, monotonic()
        elif monotonic() - since >= timeout_s:
            return False


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    # Also after a regular end: the group is the child's own, and whatever is left in it is a stray. Windows has no
    # such groups, and what ended by itself is no root of a tree there any more.
    if sys.platform != "win32" or child.poll() is None:
        guard.kill_tree(child.pid)
    if sys.platform == "win32" and child.poll() is None:
        with contextlib.suppress(OSError):
            child.kill()
    child.wait()


def remove_folder(folder: Path) -> None:
    """Removes `folder` as far as it can be removed; what was just stopped may hold it open for a moment."""
    guard.remove(folder)
    if os.path.lexists(folder):
        threading.Event().wait(_LOOK_S)
        guard.remove(folder)
