"""Waiting for Word to save: one file looked at again and again, told of when it is whole and stays as it is."""

from __future__ import annotations

import zipfile
from pathlib import Path


class Pengamat:
    """Looks at a file; what its program writes beside it, as Word's `~$…`, does not matter.

    A save is told once: when time or size of the file differ from what was told last, are the same in two looks, and
    the file can be read as a whole.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._told = _state(file)
        self._seen = self._told

    def look(self) -> bool:
        """True when there is a new version to be shown."""
        now = _state(self._file)
        settled, self._seen = now == self._seen, now
        if now is None or not settled or now == self._told or not _whole(self._file):
            return False
        self._told = now
        return True


def _state(file: Path) -> tuple[int, int] | None:
    """(time, size) of a file; None while there is none, as for a moment when Word saves."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _whole(file: Path) -> bool:
    """Can the file be read to its end? Word holds it for itself while it writes."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.testzip() is None
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        return False
