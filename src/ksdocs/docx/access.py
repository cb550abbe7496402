"""What a template may reach of the values that it is given: items, plain attributes, and a list of methods.

Methods of the caller's own classes are called only where the caller names the class (`Template.open(methods=…)`):
a template is data, and `{{ order.delete() }}` must not be its decision.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from jinja2.runtime import LoopContext
from jinja2.utils import Cycler, Joiner

_TEXT_METHODS = (
    "upper lower title capitalize casefold swapcase strip lstrip rstrip split rsplit splitlines startswith endswith "
    "count find rfind index rindex isdigit isnumeric isdecimal isalpha isalnum isspace istitle isupper islower "
    "removeprefix removesuffix partition rpartition"
)
_DATE = "year month day weekday isoweekday isoformat isocalendar replace"
_TIME = "hour minute second microsecond isoformat replace"
_LOOP = "index index0 revindex revindex0 first last length depth depth0 previtem nextitem cycle changed"
_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (Enum, frozenset({"name", "value"})),
    (str, frozenset(_TEXT_METHODS.split())),
    (Mapping, frozenset({"items", "keys", "values", "get"})),
    ((list, tuple), frozenset({"index", "count"})),
    (datetime.datetime, frozenset(f"{_DATE} {_TIME} date time timestamp".split())),
    (datetime.date, frozenset(_DATE.split())),
    (datetime.time, frozenset(_TIME.split())),
    (datetime.timedelta, frozenset({"days", "seconds", "total_seconds"})),
    ((float, Decimal), frozenset({"is_integer"})),
    ((int, bytes, set, frozenset, range, type(None)), frozenset()),
    (LoopContext, frozenset(_LOOP.split())),
    (Cycler, frozenset({"next", "reset", "current"})),
    (Joiner, frozenset()),
)


@lru_cache(maxsize=1024)
def known_attributes(kind: Any) -> frozenset[str] | None:
    """The attributes that a template may use of a value of a built-in kind; None for any other kind."""
    for known, names in _METHODS:
        if issubclass(kind, known):
            fields: tuple[str, ...] = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
            return names | {f for f in fields if not f.startswith("_")}
    return None
