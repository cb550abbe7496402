"""The filters and tests of templates: harmless ones of Jinja, and bounded ones of our own.

What turns values into text goes through `text_of`, so that `none|upper` is refused as `none` itself is. Left
out of Jinja's: what pads (`center`, `indent`, `format` …), what is random, what knows HTML, and `attr`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from jinja2 import Environment, Undefined, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import do_sum
from jinja2.tests import TESTS as JINJA_TESTS

from ksdocs.docx.xmltext import Refusal, text_of

MAX_TEXT = 1_000_000
"""Characters of a text that a template puts together."""
MAX_ITEMS = 100_000
"""Items of a list, or characters of a repeated text, that a template makes."""


def _text(value: object) -> str:
    if isinstance(value, Undefined):
        raise Refusal("KS460", nama=str(value._undefined_name or "?"), usul="")
    return text_of(value)


def _bounded(length: int) -> None:
    if length > MAX_TEXT:
        raise Refusal("KS465")


def upper(value: object) -> str:
    return _text(value).upper()


def lower(value: object) -> str:
    return _text(value).lower()


def capitalize(value: object) -> str:
    return _text(value).capitalize()


def title(value: object) -> str:
    """Every word with a capital; unlike `str.title`, an apostrophe does not begin a word."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in _text(value).split(" "))


def trim(value: object, chars: str | None = None) -> str:
    return _text(value).strip(chars)


def string(value: object) -> str:
    return _text(value)


def replace(value: object, old: object, new: object) -> str:
    text, before, after = _text(value), _text(old), _text(new)
    _bounded(len(text) + text.count(before) * max(0, len(after) - len(before)))
    return text.replace(before, after)


def join(value: Iterable[object], d: object = "", attribute: None = None) -> str:
    if attribute is not None:
        raise Refusal("KS469", nama="join(attribute)")
    if isinstance(value, Undefined):
        _text(value)
    between, length, pieces = _text(d), 0, []
    for item in value:
        pieces.append(_text(item))
        length += len(pieces[-1]) + len(between)
        _bounded(length)
    return between.join(pieces)


def whole(value: Any, default: int = 0) -> int:
    """The whole number in `value`; refuses what has more than 100 digits."""
    if isinstance(value, Undefined):
        _text(value)
    if (isinstance(value, str) and len(value) > 100) or (isinstance(value, Decimal) and value.adjusted() > 100):
        raise Refusal("KS465")
    try:
        return int(value)
    except (TypeError, ValueError):
        return default


def rounded(value: Any, precision: int = 0) -> Any:
    if abs(precision) > 20:
        raise Refusal("KS465")
    return round(value, precision)


@pass_environment
def total(environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    """The sum of numbers; lists and texts are not put together this way."""
    if not isinstance(start, (int, float, Decimal)):
        raise Refusal("KS469", nama="sum(start)")
    return do_sum(environment, value, attribute, start)


_FILTER_NAMES = (
    "abs default d dictsort first float last length count list max min sort unique reverse map select reject "
    "selectattr rejectattr groupby items"
)
_TEST_NAMES = (
    "boolean defined divisibleby eq equalto == even false float ge >= greaterthan gt > in integer iterable "
    "le <= lessthan lower lt < mapping ne != none number odd sequence string true undefined upper"
)

FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA_FILTERS[name] for name in _FILTER_NAMES.split()},
    "upper": upper,
    "lower": lower,
    "capitalize": capitalize,
    "title": title,
    "trim": trim,
    "string": string,
    "e": string,  # every value is escaped at its place; kept for templates that ask for it
    "escape": string,
    "replace": replace,
    "join": join,
    "int": whole,
    "round": rounded,
    "sum": total,
}

TESTS: dict[str, Any] = {name: JINJA_TESTS[name] for name in _TEST_NAMES.split()}
