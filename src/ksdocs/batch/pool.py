"""Worker processes on this machine, as an Executor: one that dies or hangs takes nothing along but its own job.

The process pool of the standard library gives up all of its jobs when one worker dies, and cannot tell which job
it was, nor end one that hangs. Here every worker has a pipe and a thread that watches it, and is replaced.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final, ParamSpec, TypeVar

from ksdocs.batch.pulse import listen

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE: Final = 300.0
"""Seconds that a record may take before its worker counts as hanging. Budgets end hostile templates long before."""

_POLL_S: Final = 0.3
Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class LostError(Exception):
    """The worker that had the job is no more; the text says how it ended."""


class LocalWorkers(Executor):
    """`count` processes, started when there is work; each runs `prepare(*arguments)` first."""

    def __init__(
        self,
        count: int,
        prepare: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
        patience: float = PATIENCE,
    ) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._first = (prepare, arguments)
        self._patience = patience
        self._ended = threading.Event()
        self._halted = threading.Event()
        self._threads = [threading.Thread(target=self._lead, name=f"ksdocs-{n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._ended.is_set():
            raise RuntimeError("the workers were sent home")
        future: Future[T] = Future()
        self._jobs.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more jobs; with `cancel_futures` those that wait are dropped."""
        self._ended.set()
        if cancel_futures:
            with contextlib.suppress(Empty):
                while True:
                    job = self._jobs.get_nowait()
                    if job is not None:
                        job[0].cancel()
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def halt(self) -> None:
        """Ends the workers at once, whatever they are at."""
        self._halted.set()
        self.shutdown(wait=True, cancel_futures=True)

    def _lead(self) -> None:
        worker: _Worker | None = None
        while (job := self._jobs.get()) is not None:
            future, function, arguments, named = job
            if not future.set_running_or_notify_cancel():
                continue
            if worker is None:
                worker = _Worker(*self._first)
            try:
                future.set_result(worker.run((function, arguments, named), self._patience, self._halted))
            except LostError as error:
                worker.end()
                worker = None
                future.set_exception(error)
            except BaseException as error:
                future.set_exception(error)
        if worker is not None:
            worker.end()


class _Worker:
    """One process, seen from the side of its thread."""

    def __init__(self, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, prepare, arguments), name="ksdocs-worker", daemon=True
        )
        self._process.start()
        theirs.close()

    def run(self, job: tuple[Any, ...], patience: float, halted: threading.Event) -> Any:
        """What the job gives, or raises. LostError when the process ends first, or is silent for too long."""
        try:
            self._pipe.send(job)
        except OSError as error:
            raise LostError(self._how()) from error
        heard = monotonic()
        while True:
            ready = connection.wait([self._pipe, self._process.sentinel], _POLL_S)
            if self._pipe in ready:
                try:
                    told, value = self._pipe.recv()
                except (EOFError, OSError) as error:
                    raise LostError(self._how()) from error
                if told == "done":
                    return value
                if told == "failed":
                    raise value
                heard = monotonic()
            elif ready:
                raise LostError(self._how())
            elif halted.is_set():
                raise LostError("berhenti")
            elif monotonic() - heard > patience:
                raise LostError(f"{patience:g} s")

    def _how(self) -> str:
        self._process.join(5)
        code = self._process.exitcode
        return signal.Signals(-code).name if code is not None and code < 0 else f"kode {code}"

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.join(0.5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


# --- the side of the worker -----------------------------------------------------------------------------------


def _serve(pipe: Connection[Any, Any], prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Jobs from `pipe` until it is closed."""
    # Ctrl-C reaches every process of the terminal; who leads decides what is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_leader, name="ksdocs-leader", daemon=True).start()
    listen(lambda: pipe.send(("beat", None)))
    if prepare is not None:
        with contextlib.suppress(Exception):  # told by the first job that needs it
            prepare(*arguments)
    while True:
        try:
            function, arguments_, named = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("done", function(*arguments_, **named))
        except BaseException as error:
            answer = ("failed", error)
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception as error:  # an answer that does not travel
            pipe.send(("failed", RuntimeError(f"{type(error).__name__}: {type(answer[1]).__name__}")))


def _end_with_the_leader() -> None:
    """A worker whose leader was killed ends at once, so that it writes nothing into a folder that others use now."""
    leader = multiprocessing.parent_process()
    if leader is not None:
        leader.join()
        os.kill(os.getpid(), signal.SIGTERM)
