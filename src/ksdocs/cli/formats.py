"""PDF and reading copies of documents that were rendered: many PDFs at once, since that costs far less, and while
further records are rendered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ksdocs.batch import Hasil
from ksdocs.cli.settings import Settings
from ksdocs.convert import convert, missing_tool
from ksdocs.outputs import write_atomically
from ksdocs.problems import KsdocsError, Location, MissingToolError, Problem

if TYPE_CHECKING:  # whoever asks for Word files alone does not wait for these
    from concurrent.futures import Future

    from ksdocs.convert.bulk import Made
    from ksdocs.convert.pool import PdfPool

Item = tuple[str, Hasil]
Job = tuple[Hasil, Path]

AHEAD: Final = 2
"""Groups of records that wait for their PDFs while more are rendered."""

_LOOK_S: Final = 0.5


@dataclass(slots=True)
class _Group:
    """Records whose PDFs are made together, and the calls that make them; results come in the order of `jobs`."""

    items: list[Item]
    jobs: list[Job]
    calls: list[Future[list[Path | list[Problem]]]] = field(default_factory=list)

    def is_done(self) -> bool:
        return all(call.done() for call in self.calls)


class Formats:
    """Makes the formats that were asked for beside each .docx; `missing` tells what this machine cannot make.

    PDFs are made while further records are rendered, by one LibreOffice for each of the `workers` that render, or by
    two. Close it, or use it in a `with`: then nothing that it started goes on.
    """

    def __init__(
        self, settings: Settings, out: Path, formats: Iterable[str], language: str, *, workers: int = 1
    ) -> None:
        self.settings, self.out, self.language, self.workers = settings, out, language, workers
        self.missing: list[Problem] = []
        self.wanted: list[str] = []
        self._pool: PdfPool | None = None
        for format in formats:
            lacking = None if format == "docx" else missing_tool(format)
            if lacking is None:
                self.wanted.append(format)
            elif lacking.code not in {p.code for p in self.missing}:
                self.missing.append(lacking)

    def __enter__(self) -> Formats:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops every LibreOffice that still runs and removes what they left; PDFs are whole or not there."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def add(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each with its further files; told later, but in their order, where PDFs are made.

        Few items are held at a time, however many there are: whoever is faster waits for the other.
        """
        try:
            for item, done in self._with_pdfs(items) if "pdf" in self.wanted else items:
                for format in tuple(self.wanted):
                    if format not in ("docx", "pdf"):
                        self._add_copies(done, format)
                yield item, done
        finally:
            self.close()

    def _with_pdfs(self, items: Iterable[Item]) -> Iterator[Item]:
        from ksdocs.convert.pool import BATCH, converters_for

        in_hand: deque[_Group] = deque()
        for taken in _groups(items, BATCH * converters_for(self.workers)):
            in_hand.append(self._begin(taken))
            while in_hand and (len(in_hand) > AHEAD or in_hand[0].is_done()):
                yield from self._finish(in_hand.popleft())
        while in_hand:
            yield from self._finish(in_hand.popleft())

    def _begin(self, items: list[Item]) -> _Group:
        group = _Group(items, [(done, file) for _, done in items for file in _documents(done)])
        if "pdf" not in self.wanted or not group.jobs:
            return group
        from ksdocs.convert.pool import PdfPool, converters_for

        try:
            if self._pool is None:
                self._pool = PdfPool(converters_for(self.workers))
            for part in self._pool.share(len(group.jobs)):
                jobs = [group.jobs[number] for number in part]
                group.calls.append(self._pool.submit([file for _, file in jobs], self._writer(jobs)))
        except MissingToolError as error:
            self.missing.extend(error.problems)
            self.wanted.remove("pdf")
        except KsdocsError as error:
            for done, file in group.jobs:
                done.problems.extend(_placed(p, file) for p in error.problems)
        return group

    def _writer(self, jobs: list[Job]) -> Callable[[int, Made], Path | list[Problem]]:
        """Writes a PDF beside its document, in a thread of the pool; only the caller's thread touches records."""

        def write(number: int, made: Made) -> Path | list[Problem]:
            done, file = jobs[number]
            if not isinstance(made, bytes):
                return [_placed(p, file) for p in made]
            try:
                return write_atomically(self.out, f"{file.stem}.pdf", made, owner_id=done.record)
            except KsdocsError as error:
                return list(error.problems)

        return write

    def _finish(self, group: _Group) -> Iterator[Item]:
        from concurrent.futures import wait

        if group.calls and not group.is_done():
            self.settings.console.progress(self.settings.say("tampil.progres_pdf", banyak=len(group.jobs)))
        # Asked again and again: on Windows Ctrl-C does not come through to one that waits without end.
        while not group.is_done():
            wait(group.calls, timeout=_LOOK_S)
        written = (result for call in group.calls for result in call.result())
        for (done, _), result in zip(group.jobs, written, strict=False):
            if isinstance(result, Path):
                done.files.append(result)
            else:
                done.problems.extend(result)
        yield from group.items

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
