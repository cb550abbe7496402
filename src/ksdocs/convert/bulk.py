"""Many documents through one LibreOffice: what comes out is kept, what does not is tried once more alone.

LibreOffice goes through the files of a call in their order. Where it hangs or crashes, the first file that lacks is
the one that it fell over, and those behind it were not reached: they go on in a new call, and the one that did it
waits until all others are done. So a document that goes wrong costs the others its own time limit and no more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from ksdocs.convert.inputs import check_input
from ksdocs.convert.libreoffice import NAME, Converter, apart, flat_of, pdf_of
from ksdocs.convert.process import Finished
from ksdocs.problems import ConvertError, Location, Problem, problem

Document = bytes | Path
"""A .docx, or the file that holds it."""

Made = bytes | list[Problem]
"""A PDF, or what kept it from being made."""

_FRUITLESS: Final = 2
"""Calls in a row, each over other files, that make nothing at all, before LibreOffice itself is doubted."""


class Doubt:
    """Whether LibreOffice works at all on this machine; shared by all who use it, so that it is found out once.

    Without this, a LibreOffice that cannot start would be waited for once for each document.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fruitless = 0
        self.broken: Problem | None = None

    def enter(self, fruitful: bool, try_out: Callable[[], Finished | None]) -> None:
        """Counts a call; after too many without fruit LibreOffice is tried out, and `broken` says how it failed."""
        with self._lock:
            self._fruitless = 0 if fruitful else self._fruitless + 1
            if self._fruitless < _FRUITLESS or self.broken is not None:
                return
            self._fruitless = 0
        end = try_out()
        if end is not None:
            reason = f"{end.code}: {end.last_line}" if not end.timed_out else "timeout"
            with self._lock:
                self.broken = problem("KS615", program=NAME, alasan=reason)


def make_pdfs(documents: Sequence[Document], folder: Path, converter: Converter, doubt: Doubt) -> Iterator[Made]:
    """For each of `documents` its PDF or what is wrong, in the same order; one PDF is in memory at a time.

    `folder` is empty and for this call alone; it is left as it is then.

    Raises:
        ConvertError: KS614 when LibreOffice cannot be started.
    """
    source, target = folder / "in", folder / "out"
    source.mkdir()
    target.mkdir()
    files = [source / f"{number:04}.docx" for number in range(1, len(documents) + 1)]
    faults = {file: wrong for file, d in zip(files, documents, strict=True) if (wrong := _place(d, file))}
    sound = [file for file in files if file not in faults]
    for file, fault in _Group(source, target, converter, doubt).convert(sound).items():
        faults[file] = [fault]
    for file in files:
        if file in faults:
            yield faults[file]
            continue
        pdf = target / f"{file.stem}.pdf"
        yield pdf.read_bytes()
        pdf.unlink()


def _place(document: Document, file: Path) -> list[Problem]:
    """Puts what was checked, and nothing else, where LibreOffice reads it."""
    try:
        data = document if isinstance(document, bytes) else document.read_bytes()
    except OSError as e:
        return [problem("KS401", Location(file=str(document)), sebab=e.strerror or type(e).__name__)]
    faults = check_input(data)
    if not faults:
        file.write_bytes(data)
    return faults


class _Group:
    """Files that are converted together."""

    def __init__(self, source: Path, target: Path, converter: Converter, doubt: Doubt) -> None:
        self.source, self.target, self.converter, self.doubt = source, target, converter, doubt

    def convert(self, files: Sequence[Path]) -> dict[Path, Problem]:
        """What kept files from becoming PDFs; all others have one in the target folder."""
        if len(files) > 1:
            convert = self.converter
            flat: list[Path] = []
            for group in apart(files):
                flat += self._go_through(group, lambda some: convert.flatten(some, alone=False), flat_of)
            self._go_through(
                flat, lambda some: convert.export([_source_of(f) for f in some], self.target, alone=False), self._pdf_of
            )
        failed: dict[Path, Problem] = {}
        for file in files:
            if self._pdf_of(file) is None and (fault := self._alone(file)):
                failed[file] = fault
        return failed

    def _go_through(
        self, files: Sequence[Path], call: Callable[[list[Path]], Finished], made: Callable[[Path], Path | None]
    ) -> list[Path]:
        """Those of `files` that something was made of."""
        came: list[Path] = []
        left = list(files)
        while left and self.doubt.broken is None:
            call(left)
            there = [number for number, file in enumerate(left) if made(file) is not None]
            came += [left[number] for number in there]
            self._judge(fruitful=bool(there))
            # Whatever lacks before the last that came out was passed over, the next one is where the call ended.
            left = left[there[-1] + 2 :] if there else left[1:]
        return came

    def _alone(self, file: Path) -> Problem | None:
        """What keeps `file` from becoming a PDF, tried by itself with a fresh profile."""
        if self.doubt.broken is not None:
            return self.doubt.broken
        for rest in (file.with_suffix(".fodt"), file.with_suffix(".odt"), self.target / f"{file.stem}.pdf"):
            rest.unlink(missing_ok=True)
        self.converter.renew()
        end = self.converter.flatten([file], alone=True)
        if not end.timed_out:
            end = self.converter.export([_source_of(file)], self.target, alone=True)
        made = self._pdf_of(file)
        self._judge(fruitful=made is not None)
        if made is not None:
            return None
        if (self.target / f"{file.stem}.pdf").is_file() and not end.timed_out:
            return problem("KS613", program=NAME, format="PDF")
        if end.timed_out:
            return problem("KS611", program=NAME, detik=f"{self.converter.timeout_s:g}")
        return problem("KS612", program=NAME, format="PDF", kode=end.code, keluaran=end.last_line)

    def _judge(self, *, fruitful: bool) -> None:
        self.doubt.enter(fruitful, lambda: self.converter.try_out(self.target))

    def _pdf_of(self, file: Path) -> Path | None:
        return pdf_of(file, self.target)


def _source_of(file: Path) -> Path:
    """What a PDF of `file` is made from: its flat form; `file` itself where there is none."""
    return flat_of(file) or file


def refused(error: ConvertError | OSError) -> list[Problem]:
    """What is told of every document of a group when nothing could be done with any."""
    if isinstance(error, ConvertError):
        return list(error.problems)
    return [problem("KS614", program=NAME, alasan=error.strerror or type(error).__name__)]
