"""How far a run has come, at what rate and how long it will still take; and Ctrl-C, which finishes what is in hand."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import Final

from ksdocs.batch import Run
from ksdocs.cli.settings import Settings

_EVERY_S: Final = 0.1
_SURE_S: Final = 2.0
"""Seconds before a rate is told: the first records wait for clauses and templates."""


class Progress:
    """A passing line on a terminal; nothing where nobody sees it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen = settings.console.shows_progress
        self._last = self._begin = monotonic()
        self._total = self._done = 0

    def read(self, count: int) -> None:
        """So many records were read."""
        if count > 1 and self._due():
            self._show("tampil.progres_baca", banyak=count)

    def wait(self) -> None:
        """Another run has the folder."""
        if self._due():
            self._show("tampil.menunggu")

    def begin(self, total: int) -> None:
        """The records are done from now on."""
        self._total, self._done, self._begin = total, 0, monotonic()

    def step(self) -> None:
        """One more record is done."""
        self._done += 1
        if not self._due():
            return
        took = monotonic() - self._begin
        if took < _SURE_S:
            self._show("tampil.progres", kini=self._done, semua=self._total)
            return
        rate = self._done / took
        left = _span(self._settings, (self._total - self._done) / rate)
        shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        self._show("tampil.progres_laju", kini=self._done, semua=self._total, laju=shown, sisa=left)

    def _due(self) -> bool:
        if not self._seen or monotonic() - self._last < _EVERY_S:
            return False
        self._last = monotonic()
        return True

    def _show(self, key: str, **values: object) -> None:
        self._settings.console.progress(self._settings.say(key, **values))


def _span(settings: Settings, seconds: float) -> str:
    if seconds < 100:
        return settings.say("tampil.detik", banyak=round(seconds))
    return settings.say("tampil.menit", banyak=round(seconds / 60))


@contextmanager
def interruptible(run: Run) -> Iterator[None]:
    """Ctrl-C lets `run` finish what is in hand; a second one ends it at once."""

    def stop(_: int, __: FrameType | None) -> None:
        if run.stopped:
            raise KeyboardInterrupt
        run.stop()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # somebody wants it otherwise
        yield
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
