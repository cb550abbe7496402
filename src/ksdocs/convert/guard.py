"""Run as a program of its own: clears away what converters leave when the program that started them is killed.

Nobody can tidy up after `kill -9` from within. So this small process waits beside; it is told, line by line, which
programs run and which folders are in use, and when the one that tells it is gone, it stops those programs and removes
those folders. It knows nothing but the standard library, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

WATCH, SPARE, SWEEP = "watch", "spare", "sweep"
"""What a line begins with: a program runs (its process id), it has ended, a place is to be removed."""

_LOOK_S = 0.5
_TRIES = 10


class Ward:
    """What is to be stopped and removed at the end."""

    def __init__(self) -> None:
        self.running: set[int] = set()
        self.places: list[Path] = []

    def listen(self, lines: IO[bytes]) -> None:
        """Takes note until the other end of `lines` is closed, by itself or by the end of its process."""
        for line in lines:
            word, _, rest = line.decode("utf-8", "surrogateescape").rstrip("\n").partition(" ")
            if word == WATCH:
                self.running.add(int(rest))
            elif word == SPARE:
                self.running.discard(int(rest))
            elif word == SWEEP:
                self.places.append(Path(rest))

    def clear(self) -> None:
        """Stops and removes; what was just stopped may hold its folder for a moment, so more than once."""
        for process in self.running:
            kill_tree(process)
        for _ in range(_TRIES):
            for place in self.places:
                remove(place)
            self.places = [place for place in self.places if os.path.lexists(place)]
            if not self.places:
                break
            time.sleep(0.2)


def remove(place: Path) -> None:
    """Removes a file, or a folder with all that is in it, as far as that can be done."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        place.unlink()


if sys.platform == "win32":

    def kill_tree(process: int) -> None:
        """Stops a program with all that it started: soffice.exe only starts soffice.bin."""
        command = ["taskkill", "/PID", str(process), "/T", "/F"]
        with contextlib.suppress(OSError):
            subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)

else:

    def kill_tree(process: int) -> None:
        """Stops a program with all that it started: it leads a group of its own."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)


def main() -> None:
    parent = os.getppid()
    ward = Ward()
    listening = threading.Thread(target=ward.listen, args=(sys.stdin.buffer,), daemon=True)
    listening.start()
    # A process forked from ours may hold the other end open for longer than ours lives.
    while listening.is_alive() and os.getppid() == parent:
        listening.join(_LOOK_S)
    ward.clear()


if __name__ == "__main__":
    main()
