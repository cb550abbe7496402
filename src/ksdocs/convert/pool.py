"""Several LibreOffices at work beside the caller, each with a profile of its own; none outlives the pool."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import Final, TypeVar

from ksdocs.convert.bulk import Document, Doubt, Made, make_pdfs, refused
from ksdocs.convert.libreoffice import TIMEOUT_S, Converter, find_soffice
from ksdocs.convert.process import Guard, remove_folder
from ksdocs.problems import ConvertError, MissingToolError, problem

T = TypeVar("T")

BATCH: Final = 50
"""Documents per call: LibreOffice is started twice for them, and a start costs as much as four documents."""

LEAST: Final = 5
"""Documents that are worth a start of their own when several converters could share them."""


def converters_for(workers: int) -> int:
    """How many LibreOffice go with `workers` that render: as many, and two for a single one where there are two cores.

    Who renders mostly waits for PDFs, which take thirty times as long.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(workers, min(2, cores))


class PdfPool:
    """Makes PDFs in `workers` threads, each with its own LibreOffice. Close it, or use it in a `with`.

    Raises:
        MissingToolError: KS010 when LibreOffice is not on this machine.
        ConvertError: KS614 when there is no room for its files.
    """

    def __init__(self, workers: int = 1, *, soffice: Path | None = None, timeout_s: float = TIMEOUT_S) -> None:
        soffice = soffice or find_soffice()
        if soffice is None:
            raise MissingToolError([problem("KS010")])
        self.workers = max(1, workers)
        try:
            self._root = Path(tempfile.mkdtemp(prefix="ksdocs-pdf-")).resolve()
        except OSError as e:
            raise ConvertError(refused(e)) from e
        self._stop, self._doubt, self._guard = threading.Event(), Doubt(), Guard()
        self._guard.sweep(self._root)
        self._free: SimpleQueue[tuple[Converter, Path]] = SimpleQueue()
        for number in range(self.workers):
            work = self._root / f"{number + 1}"
            work.mkdir()
            converter = Converter(soffice, work, timeout_s=timeout_s, stop=self._stop, watched=self._guard)
            self._free.put((converter, work))
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="ksdocs-pdf")

    def __enter__(self) -> PdfPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, documents: Sequence[Document], take: Callable[[int, Made], T]) -> Future[list[T]]:
        """What `take` makes of the number of each document and its PDF, or of what is wrong with it, in their order.

        `take` is called in a thread of the pool, as soon as the documents of this call are done.
        """
        return self._threads.submit(self._make, documents, take)

    def share(self, count: int) -> list[range]:
        """How `count` documents are best divided among the converters: in equal parts, no part too small or large."""
        parts = max(-(-count // BATCH), min(self.workers, count // LEAST), 1)
        bounds = [count * number // parts for number in range(parts + 1)]
        return [range(start, end) for start, end in pairwise(bounds) if end > start]

    def close(self) -> None:
        """Stops what runs and removes what it left; what was not made yet is not made any more."""
        self._stop.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        remove_folder(self._root)
        self._guard.close()

    def _make(self, documents: Sequence[Document], take: Callable[[int, Made], T]) -> list[T]:
        converter, work = self._free.get()
        taken: list[T] = []
        try:
            folder = Path(tempfile.mkdtemp(dir=work))
            try:
                for made in make_pdfs(documents, folder, converter, self._doubt):
                    taken.append(take(len(taken), made))
            finally:
                remove_folder(folder)
        except (ConvertError, OSError) as error:
            # Also a disk that is full of what we wrote ourselves: told at each document that is not done.
            for number in range(len(taken), len(documents)):
                taken.append(take(number, refused(error)))
        finally:
            self._free.put((converter, work))
        return taken
