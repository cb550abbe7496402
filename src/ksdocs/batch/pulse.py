"""The sign of life that a worker gives between records, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

_EVERY_S: Final = 1.0


def _nobody() -> None:
    """Outside of a worker nobody listens."""


_listener: Callable[[], None] = _nobody
_last = 0.0


def listen(listener: Callable[[], None]) -> None:
    """From now on `listener` is called with each sign of life, at most once a second."""
    global _listener
    _listener = listener


def beat() -> None:
    """One more record is about to begin."""
    global _last
    now = monotonic()
    if now - _last > _EVERY_S:
        _last = now
        _listener()
