"""PDF and reading copies of documents that were rendered: many PDFs at once, since that costs far less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from ksdocs.batch import Hasil
from ksdocs.cli.settings import Settings
from ksdocs.convert import convert, convert_pdfs, missing_tool
from ksdocs.outputs import write_atomically
from ksdocs.problems import KsdocsError, Location, MissingToolError, Problem

Item = tuple[str, Hasil]

AT_ONCE: Final = 25
"""Records whose PDFs are made together: LibreOffice's start costs as much as five documents."""


class Formats:
    """Makes the formats that were asked for beside each .docx; `missing` tells what this machine cannot make."""

    def __init__(self, settings: Settings, out: Path, formats: Iterable[str], language: str) -> None:
        self.settings, self.out, self.language = settings, out, language
        self.missing: list[Problem] = []
        self.wanted: list[str] = []
        for format in formats:
            lacking = None if format == "docx" else missing_tool(format)
            if lacking is None:
                self.wanted.append(format)
            elif lacking.code not in {p.code for p in self.missing}:
                self.missing.append(lacking)

    def add(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each with its further files; told later, but in their order, where PDFs are made."""
        for group in _groups(items, AT_ONCE if "pdf" in self.wanted else 1):
            self._add_pdfs([done for _, done in group])
            for item, done in group:
                for format in tuple(self.wanted):
                    if format not in ("docx", "pdf"):
                        self._add_copies(done, format)
                yield item, done

    def _add_pdfs(self, group: list[Hasil]) -> None:
        jobs = [(done, file) for done in group for file in _documents(done)]
        if "pdf" not in self.wanted or not jobs:
            return
        self.settings.console.progress(self.settings.say("tampil.progres_pdf", banyak=len(jobs)))
        try:
            made = convert_pdfs([file.read_bytes() for _, file in jobs])
        except MissingToolError as error:
            self.missing.extend(error.problems)
            self.wanted.remove("pdf")
            return
        except KsdocsError as error:
            made = [list(error.problems)] * len(jobs)
        for (done, file), pdf in zip(jobs, made, strict=True):
            if isinstance(pdf, bytes):
                self._write(done, file, "pdf", pdf)
            else:
                done.problems.extend(_placed(p, file) for p in pdf)

    def _add_copies(self, done: Hasil, format: str) -> None:
        for file in _documents(done)[:1]:
            try:
                copy = convert(file.read_bytes(), format, language=self.language, title=done.title)
            except MissingToolError as error:
                self.missing.extend(error.problems)
                self.wanted.remove(format)
                return
            except KsdocsError as error:
                done.problems.extend(_placed(p, file) for p in error.problems)
                continue
            self._write(done, file, format, copy)

    def _write(self, done: Hasil, file: Path, format: str, data: bytes) -> None:
        try:
            written = write_atomically(self.out, f"{file.stem}.{format}", data, owner_id=done.record)
        except KsdocsError as error:
            done.problems.extend(error.problems)
            return
        done.files.append(written)


def _documents(done: Hasil) -> list[Path]:
    return [] if done.skipped else [f for f in done.files if f.suffix == ".docx"]


def _placed(found: Problem, file: Path) -> Problem:
    at = found.at if found.at.file or found.at.part else Location(file=str(file))
    return Problem(found.code, at, found.params, found.severity_override, found.record)


def _groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    queue = iter(items)
    while group := list(islice(queue, size)):
        yield group
