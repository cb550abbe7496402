"""What was worked out before and need not be worked out again: bounded, safe between threads, never a changed result.

Only for what follows from its key alone. A key may name an object by its `id` where the kept value holds that very
object: as long as the entry lives, no other object can have that `id`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Concatenate, Final, Generic, ParamSpec, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")

LONGEST: Final = 16_000
"""Characters of a text whose results are kept; longer ones are rare, and would make memory grow."""


class Memo(Generic[K, V]):
    """Key → value for the keys asked last: between `most` and twice as many. Values are never None.

    No lock: single steps on a dict are whole. Two threads may work out the same value, and both get the first.
    """

    __slots__ = ("__weakref__", "_most", "_new", "_old")

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}
        _ALL.add(self)

    def get(self, key: K) -> V | None:
        """The value kept for `key`, or None."""
        found = self._new.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                return self.put(key, found)
        return found

    def put(self, key: K, value: V) -> V:
        """Keep `value`; what is kept for `key` from now on, which may be what another thread put first."""
        if len(self._new) >= self._most:
            self._old, self._new = self._new, {}
        return self._new.setdefault(key, value)

    def clear(self) -> None:
        """Keep nothing."""
        self._new, self._old = {}, {}

    def __len__(self) -> int:
        return len(self._new) + len(self._old)


_ALL: Final[WeakSet[Memo[Any, Any]]] = WeakSet()
_BY_TEXT: Final[list[Callable[[], None]]] = []


def forget() -> None:
    """Forget everything that any memo keeps: the next document takes the time of the first, and is the same."""
    for memo in list(_ALL):
        memo.clear()
    for clear in _BY_TEXT:
        clear()


def by_text(most: int) -> Callable[[Callable[Concatenate[str, P], V]], Callable[Concatenate[str, P], V]]:
    """Keeps what a pure function of a text (and of plain values after it) gives, for the `most` texts asked last.

    The function must give values that nobody changes. A text that is more than a text (a subclass) is never kept.
    """

    def keep(function: Callable[Concatenate[str, P], V]) -> Callable[Concatenate[str, P], V]:
        known: Any = lru_cache(most)(function)
        _BY_TEXT.append(known.cache_clear)

        @wraps(function)
        def recall(text: str, /, *args: P.args, **kwargs: P.kwargs) -> V:
            if text.__class__ is str and len(text) <= LONGEST:
                return known(text, *args, **kwargs)  # type: ignore[no-any-return]
            return function(text, *args, **kwargs)

        return recall

    return keep
