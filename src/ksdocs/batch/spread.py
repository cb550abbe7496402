"""Chunks through an executor, in their order, and what becomes of those whose worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeVar

from ksdocs.batch.records import Chunk, Item, Piece
from ksdocs.batch.result import Hasil
from ksdocs.batch.work import Setup, describe
from ksdocs.problems import KsdocsError, Location, SourceError, problem
from ksdocs.sources import Source

T = TypeVar("T")
Work = Callable[[Setup, Chunk], list[T]]


_LOOK_S = 0.5


class HangsError(Exception):
    """A chunk that took longer than it may."""


@dataclass
class Spread:
    """An executor at work for one run: never more than `window` chunks are out, whatever is still to come.

    `limit` is after how many seconds a chunk counts as lost, None where the executor tells by itself; `stopped` tells
    that nothing new is to be begun.
    """

    executor: Executor
    window: int
    limit: float | None
    stopped: Callable[[], bool] = lambda: False

    def over(
        self, work: Work[T], setup: Setup, chunks: Iterable[Chunk], rescue: Callable[[Chunk], Iterator[T]]
    ) -> Iterator[T]:
        """What `work` gives for each chunk, in order; for a chunk that was lost, what `rescue` gives."""
        out: deque[tuple[Chunk, Future[list[T]]]] = deque()
        queue = iter(chunks)
        while True:
            while not self.stopped() and len(out) < self.window and (chunk := next(queue, None)) is not None:
                out.append((chunk, self.executor.submit(work, setup, chunk)))
            if not out:
                return
            chunk, future = out.popleft()
            try:
                found = self._wait(future, out)
            except CancelledError:
                if not self.stopped():
                    yield from rescue(chunk)
            except KsdocsError:
                raise
            except Exception:
                yield from rescue(chunk)
            else:
                yield from found

    def _wait(self, future: Future[list[T]], others: Iterable[tuple[Chunk, Future[list[T]]]] = ()) -> list[T]:
        """What `future` gives. Looked at again and again, so that Ctrl-C is heard on every system."""
        begin = monotonic()
        while not wait([future], _LOOK_S).done:
            if self.stopped():
                for _, other in others:
                    other.cancel()
            if self.limit is not None and monotonic() - begin > self.limit:
                future.cancel()
                raise HangsError(f"{self.limit:g} s")
        return future.result()

    def alone(self, work: Work[T], setup: Setup, chunk: Chunk) -> tuple[list[T] | None, str]:
        """What `work` gives for a chunk by itself; None, and how it ended, when its worker is lost."""
        try:
            return self._wait(self.executor.submit(work, setup, chunk)), ""
        except KsdocsError:
            raise
        except Exception as error:
            return None, str(error)[:200] or type(error).__name__


def rescue(spread: Spread, work: Work[Hasil], setup: Setup, chunk: Chunk) -> Iterator[Hasil]:
    """The records of a chunk whose worker died, each tried alone; KS720 for one that ends its worker again.

    A worker that was killed is tried twice: whoever kills them, for want of memory say, may hit one record by chance.
    """
    for single in _singles(spread, setup, chunk):
        found, how = spread.alone(work, setup, single)
        if found is None and how.startswith("SIG"):
            found, how = spread.alone(work, setup, single)
        if found is not None:
            yield from found
        else:
            yield _lost(spread, setup, single, how)


def _singles(spread: Spread, setup: Setup, chunk: Chunk) -> Iterator[Chunk]:
    for item in chunk.items:
        yield Chunk(items=(item,))
    for piece in chunk.pieces:
        held, _ = spread.alone(describe, setup, Chunk((piece,)))
        numbers: Iterable[int | None] = [None] if held is None else range(len(held))
        for number in numbers:
            yield Chunk((replace(piece, only=number),))


def _lost(spread: Spread, setup: Setup, chunk: Chunk, how: str) -> Hasil:
    """The record of `chunk`, with what happened to the worker that had it."""
    if chunk.items:
        named = _of_item(chunk.items[0])
    else:
        (piece,) = chunk.pieces
        held, _ = spread.alone(describe, setup, chunk)
        named = held[0] if held else Hasil(source=piece.name, golongan="rusak")
        named.source = named.source or piece.name
    at = _place_of(chunk) or Location(file=named.source)
    named.problems.append(problem("KS720", at, record=named.record, sebab=how))
    return named


def _of_item(item: Item) -> Hasil:
    read = item.read
    if not isinstance(read, Source):
        return Hasil(golongan="rusak" if isinstance(read, SourceError) else "bukan", row=item.row, table=item.table)
    kind, stage = str(read.tree.get("jenis", "")), str(read.tree.get("tahap", ""))
    return Hasil(read.id, kind, stage, read.name, row=item.row, table=item.table)


def _place_of(chunk: Chunk) -> Location | None:
    if chunk.items:
        read = chunk.items[0].read
        return read.locate("") if isinstance(read, Source) else None
    piece: Piece = chunk.pieces[0]
    if piece.span is None or piece.only is None:
        return None
    return Location(file=piece.name, line=piece.span[2] + piece.only)
