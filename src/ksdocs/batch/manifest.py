"""The manifest: one line for each document of a folder. Only the process that leads a run writes it.

Lines are appended while the run goes on, and only when the files that they tell of are on the disk. A line that is
torn, or replaced by a later one of the same record, goes when the run ends.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic
from typing import Any, Final

from ksdocs.batch.result import Hasil
from ksdocs.outputs import locked, require_writable, settle, sweep, write_atomically
from ksdocs.problems import Location, OutputError, problem

MANIFEST: Final = "manifest.jsonl"
OWNER: Final = "manifest"

GROUP: Final = 500
"""Documents after which a group goes to the disk."""

SECONDS: Final = 2.0
"""After how long it goes to the disk in any case."""

MAX_LINE: Final = 4 * 2**20
FEW_LINES: Final = 2000
"""Lines of a manifest that are sorted out in memory."""


def line_of(done: Hasil) -> dict[str, Any]:
    """What is kept of one document: record, place, hashes, outputs, checks, milliseconds."""
    return {
        "rekaman": done.record,
        "jenis": done.jenis,
        "tempat": done.source if done.row is None else f"{done.source} ({done.row})",
        "keluaran": [{"berkas": f.name, "sha256": done.hashes.get(f.name) or hash_of(f)} for f in done.files],
        **done.line,
        "masalah": sorted({p.code for p in done.problems}),
        "terbukti": bool(done.files) and not done.refused,
        "milidetik": round(done.milliseconds, 1),
    }


def hash_of(file: Path) -> str:
    """SHA-256 of what a file holds."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Ledger:
    """The manifest of a folder during one run, which has the folder for itself meanwhile.

    Raises:
        OutputError: KS702 to KS706: the folder or the manifest cannot be written.
    """

    def __init__(self, out: Path, waiting: Callable[[], None] | None = None) -> None:
        self.out, self.file = out, out / MANIFEST
        self._stack = ExitStack()
        self._waiting: list[tuple[dict[str, Any], list[Path]]] = []
        self._since = monotonic()
        self._groups: Queue[tuple[list[dict[str, Any]], list[Path]] | None] = Queue(2)
        self._thread: Thread | None = None
        self._failed: BaseException | None = None
        # What cannot be written is known before the work, not after it.
        require_writable(out, owner_id=OWNER)
        self._stack.enter_context(locked(out, waiting))
        try:
            if self.file.is_symlink() or not self.file.is_file():
                write_atomically(out, MANIFEST, b"", owner_id=OWNER)
            self._append([])
            sweep(out)
        except BaseException:
            self._stack.close()
            raise

    def enter(self, done: Hasil) -> None:
        """One document; its line is written when its files are safe."""
        if self._failed is not None:
            raise self._failed
        if not done.skipped:
            self._waiting.append((line_of(done), list(done.files)))
        if len(self._waiting) >= GROUP or (self._waiting and monotonic() - self._since > SECONDS):
            self._hand_over()

    def _hand_over(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="ksdocs-manifest", daemon=True)
            self._thread.start()
        lines = [line for line, _ in self._waiting]
        self._groups.put((lines, [f for _, files in self._waiting for f in files]))
        self._waiting, self._since = [], monotonic()

    def _work(self) -> None:
        while (group := self._groups.get()) is not None:
            try:
                if self._failed is None:
                    self._write(*group)
            except BaseException as error:  # told by whoever leads
                self._failed = error

    def _write(self, lines: list[dict[str, Any]], files: list[Path]) -> None:
        settle(files)
        self._append(lines)

    def _append(self, lines: Iterable[dict[str, Any]]) -> None:
        text = "".join(map(_text, lines)).encode("utf-8", "backslashreplace")
        try:
            with self.file.open("r+b") as file:
                end = file.seek(0, os.SEEK_END)
                if end:
                    file.seek(end - 1)
                    if file.read(1) != b"\n":  # a line that a killed run has torn
                        text = b"\n" + text
                if text:
                    file.seek(0, os.SEEK_END)
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise self._told(error) from error

    def _told(self, error: OSError) -> OutputError:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        denied = isinstance(error, PermissionError) or error.errno == errno.EROFS
        code = "KS704" if full else "KS702" if denied else "KS706"
        at = Location(file=str(self.out if denied else self.file))
        reason = error.strerror or type(error).__name__
        return OutputError([problem(code, at, nama=MANIFEST, folder=self.out, alasan=reason)])

    def abandon(self) -> None:
        """Ends in haste: what is not written yet is done again by the next run."""
        self._stack.close()

    def close(self, *, tidy: bool = True) -> Path:
        """The manifest, with a line for everything that was entered; without `tidy` as it stands, in haste."""
        try:
            if self._thread is not None:
                self._groups.put(None)
                self._thread.join()
            if self._failed is not None:
                raise self._failed
            lines = [line for line, _ in self._waiting]
            self._write(lines, [f for _, files in self._waiting for f in files])
            self._waiting = []
            if tidy:
                compact(self.out)
        finally:
            self._stack.close()
        return self.file


def _text(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def read_lines(file: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Every line of a manifest and where it begins; one that is torn or no line of ours is passed over."""
    try:
        with file.open("rb") as stream:
            at = 0
            while raw := stream.readline(MAX_LINE):
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    line = json.loads(raw)
                    if isinstance(line["rekaman"], str):
                        yield line, at
                at += len(raw)
    except (OSError, ValueError):  # whoever writes there tells what is wrong with the folder
        return


def compact(out: Path) -> None:
    """Leaves the last line of each record, in the order in which the records came first, in any amount of lines."""
    file = out / MANIFEST
    held: dict[str, int] = {}
    count = 0
    for count, (line, at) in enumerate(read_lines(file), 1):
        held[line["rekaman"]] = at
        if count > FEW_LINES:
            held = {}
            break
    else:
        if count == _newlines(file) and len(held) == count:
            return
        write_atomically(out, MANIFEST, _at(file, held.values()), owner_id=OWNER)
        return
    _compact_many(out, file)


def _compact_many(out: Path, file: Path) -> None:
    from tempfile import TemporaryDirectory

    from ksdocs.index import latest_lines

    with TemporaryDirectory(prefix="ksdocs-", ignore_cleanup_errors=True) as work:
        lines = ((line["rekaman"], at) for line, at in read_lines(file))
        places = latest_lines(file, Path(work) / "manifest.sqlite", lines)
        write_atomically(out, MANIFEST, _at(file, places), owner_id=OWNER)


def _newlines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(1 for _ in stream)


def _at(file: Path, places: Iterable[int]) -> Iterator[bytes]:
    with file.open("rb") as stream:
        for place in places:
            stream.seek(place)
            yield stream.readline(MAX_LINE).rstrip(b"\r\n") + b"\n"


def write_manifest(lines: Sequence[Mapping[str, Any]], out: Path) -> Path:
    """The manifest of `out` with `lines` for the records of this run; lines of other records stay.

    Two runs into one folder take turns, so that neither loses the lines of the other.
    """
    with locked(out):
        kept = {str(line["rekaman"]): dict(line) for line, _ in read_lines(out / MANIFEST)}
        kept |= {str(line["rekaman"]): dict(line) for line in lines}
        text = "".join(map(_text, kept.values()))
        return write_atomically(out, MANIFEST, text.encode("utf-8"), owner_id=OWNER)
