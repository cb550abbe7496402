"""A run over any number of records: read twice, held in memory never.

The first reading makes the records known to each other: numbers held twice, an MoU and its PKS, ids and names of
files that two want. The second judges, renders and writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from ksdocs.batch.manifest import Ledger
from ksdocs.batch.one import Bench, OwnNames, check_reference, do_item, unreadable
from ksdocs.batch.order import Order, data_print
from ksdocs.batch.records import Chunk, Item, Passed, is_reference, plan, read_chunk
from ksdocs.batch.result import Hasil, Selesai, slim
from ksdocs.batch.survey import Survey
from ksdocs.batch.work import Seen, Setup, do_chunk, look, see, setup_for, survey, warm
from ksdocs.office import Office
from ksdocs.outputs import sweep, work_folder
from ksdocs.pipeline import check
from ksdocs.problems import Location, SourceError, problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ksdocs.batch.pool import LocalWorkers
    from ksdocs.batch.slips import Slips
    from ksdocs.batch.spread import Spread

CHUNK: Final = 16
"""Records that travel together at most."""

PATIENCE: Final = 300.0
"""Seconds that a record may take before its worker counts as hanging. Budgets end hostile templates long before."""


class Run:
    """One run, as a context: `survey` reads for the first time, `results` gives what became of each record, in order,
    and `keep` enters it in the manifest. `stop` finishes what is in hand and begins nothing new.

    `workers` above 1 are processes on this machine; `executor` is anybody's own, whose workers reach the same files.
    `language` is that of return slips. `waiting` is called while another run has the folder, and may raise.

    Raises:
        OutputError: KS702 to KS706, the folder of the order cannot be written.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        office: Office,
        order: Order,
        *,
        workers: int = 1,
        executor: Executor | None = None,
        patience: float = PATIENCE,
        language: str = "id",
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self.paths, self.office, self.order = list(paths), office, order
        self.stopped = False
        self.slips: list[Path] = []
        """The return slips that `finish` has written."""
        self.records = Survey(self._work_folder)
        self._workers, self._given, self._patience = workers, executor, patience
        self._own: LocalWorkers | None = None
        self._stack = ExitStack()
        self._language = language
        self._noted: Slips | None = None
        self._folder: Path | None = None
        self._setup: Setup | None = None
        self._ledger = None if order.out is None else Ledger(order.out, waiting)

    # --- as a context -----------------------------------------------------------------------------------------

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        in_haste = kind is not None and issubclass(kind, KeyboardInterrupt)
        try:
            if self._own is not None:
                if kind is None:
                    self._own.shutdown(cancel_futures=True)
                else:
                    self._own.halt()
            if self._ledger is not None and in_haste:
                self._ledger.abandon()
            elif self._ledger is not None:
                self._ledger.close(tidy=False)
        finally:
            self._ledger = None
            self._stack.close()

    def finish(self) -> Path | None:
        """The manifest, with everything that was kept; None without a folder. Return slips are written too."""
        if self._ledger is None or self.order.out is None:
            return None
        if self._noted is not None:
            self.slips = self._noted.write(self.records.tables, self.order.out)
        ledger, self._ledger = self._ledger, None
        return ledger.close()

    def keep(self, done: Hasil) -> None:
        """One line for the manifest; records without an id, and what is no document, have none. And what the return
        slip of its spreadsheet will say."""
        if self._ledger is not None and done.table:
            if self._noted is None:
                from ksdocs.batch.slips import Slips

                self._noted = Slips(self._work_folder(), self._language)
                self._stack.callback(self._noted.close)
            self._noted.note(done)
        if self._ledger is not None and done.record and done.golongan in ("naskah", "rusak"):
            self._ledger.enter(done)

    def stop(self) -> None:
        """Nothing new is begun; what is in hand is finished."""
        self.stopped = True

    # --- the first reading ------------------------------------------------------------------------------------

    @property
    def _many_hands(self) -> bool:
        return self._given is not None or self._workers > 1

    def survey(self, tick: Callable[[int], None] = lambda _: None) -> None:
        """Every record read once; `tick` is told how many so far."""
        for seen, item in self._survey_spread() if self._many_hands else self._survey_here():
            if self.stopped:
                return
            self.records.add(seen, item)
            tick(self.records.total)

    def _survey_here(self) -> Iterator[tuple[Seen, Item]]:
        register = self.office.register
        for item in self._items(self.records.first_stamp):
            yield see(item, register), item

    def _survey_spread(self) -> Iterator[tuple[Seen, None]]:
        self.records.open_index()
        setup = self._first_setup()
        chunks = plan(self.paths, CHUNK, absolute=self._given is not None, known=self.records.first_stamp)

        def alone(chunk: Chunk) -> Iterator[Seen]:
            # What cannot even be read is told by the second reading.
            found, _ = self._spread().alone(survey, setup, chunk)
            yield from found or [Seen("rusak")]

        for seen in self._spread().over(survey, setup, chunks, alone):
            yield seen, None

    def _items(self, known: Callable[[str], tuple[int, int]]) -> Iterator[Item]:
        for chunk in plan(self.paths, CHUNK, known=known):
            yield from read_chunk(chunk)

    # --- the second reading -----------------------------------------------------------------------------------

    def results(self) -> Iterator[Hasil]:
        """What became of each record, in the order of reading; files that hold none are left out."""
        if not self.records.total and not self.stopped:
            yield slim(unreadable(self._nothing()), golongan="rusak")
            return
        for done in self._results_spread() if self._many_hands else self._results_here():
            if done.golongan != "bukan":
                yield done

    def judged(self) -> Iterator[tuple[Item, Selesai]]:
        """Each record judged here, nothing written: with its document and its checklist."""
        if not self.records.total and not self.stopped:
            error = self._nothing()
            yield Item(error), unreadable(error)
            return
        bench = self._bench()
        for item in self._again():
            read = item.read
            if self.stopped:
                return
            if isinstance(read, SourceError):
                yield item, unreadable(read)
            elif isinstance(read, Passed):
                continue
            elif is_reference(read):
                yield item, Selesai(check_reference(read, bench.office, self.order.today))
            else:
                yield item, Selesai(check(read, bench.office, self.order.today, languages=self.order.languages))

    def _nothing(self) -> SourceError:
        """KS020: a folder without a single record is nearly always the wrong folder."""
        at = Location(file=str(self.paths[0]) if self.paths else "")
        return SourceError([problem("KS020", at, tempat=", ".join(map(str, self.paths)))])

    def _again(self) -> Iterator[Item]:
        kept = self.records.items
        return iter(kept) if kept is not None else self._items(self.records.known_stamp)

    def _results_here(self) -> Iterator[Hasil]:
        bench = self._bench()
        for item in self._again():
            if self.stopped:
                return
            yield do_item(item, bench)

    def _bench(self) -> Bench:
        """What the records are done with in this process."""
        office, out = self.office, self.order.out
        owners, made = self.records.read_manifest(out, self.order.resume) if out is not None else ({}, {})
        bench = Bench(office, self.order, data_print(office) if out is not None else "")
        if self.records.index is None:
            for seen in self.records.seen:
                if seen.entry is not None:
                    office.register.add_naskah(seen.entry)
            bench.names, bench.made_before = OwnNames(owners.get), made.get
            return bench
        from ksdocs.index import IndexRegister, Lookup

        self.records.index.publish()
        lookup = Lookup(self.records.index.file)
        self._stack.callback(lookup.close)
        bench.office = office.with_register(IndexRegister(office.register, lookup))
        bench.names, bench.made_before = OwnNames(lookup.owner_of), lookup.made_before
        return bench

    # --- many hands -------------------------------------------------------------------------------------------

    def _results_spread(self) -> Iterator[Hasil]:
        from ksdocs.batch.spread import rescue

        index, out = self.records.index, self.order.out
        assert index is not None
        if out is not None:
            self.records.read_manifest(out, self.order.resume)
        index.publish()
        spread = self._spread()
        first = self._first_setup()
        expected, _ = spread.alone(look, first, Chunk())
        setup = replace(first, index=str(index.file), expected=None if expected is None else tuple(expected))
        size = max(1, min(CHUNK, self.records.total // (4 * spread.window) + 1))
        chunks = plan(self.paths, size, absolute=self._given is not None, known=self.records.known_stamp)
        yield from spread.over(do_chunk, setup, chunks, lambda chunk: rescue(spread, do_chunk, setup, chunk))

    def _first_setup(self) -> Setup:
        if self._setup is None:
            self._setup = setup_for(self.office, self.order, self._work_folder(), data_print(self.office))
        return self._setup

    def _spread(self) -> Spread:
        from ksdocs.batch.spread import Spread

        if self._given is not None:
            count = _hands(self._given)
            return Spread(self._given, 3 * count, self._patience * CHUNK, lambda: self.stopped)
        if self._own is None:
            from ksdocs.batch.pool import LocalWorkers

            self._own = LocalWorkers(self._workers, warm, (self._first_setup(),), self._patience)
        # The workers themselves tell when one hangs.
        return Spread(self._own, 3 * self._workers, None, lambda: self.stopped)

    def _work_folder(self) -> Path:
        """A folder that all workers reach, for as long as the run lasts."""
        if self._folder is None:
            import tempfile
            from shutil import rmtree

            shared = self._given is not None and self.order.out is not None
            parent = self.order.out if shared and self.order.out is not None else Path(tempfile.gettempdir())
            sweep(parent)
            self._folder = work_folder(parent.absolute())
            self._stack.callback(rmtree, self._folder, ignore_errors=True)
        return self._folder


def _hands(executor: Executor) -> int:
    """How many workers an executor of anybody's has; a guess where it does not tell."""
    known = getattr(executor, "_max_workers", None)
    return known if isinstance(known, int) and 0 < known < 10_000 else 8
