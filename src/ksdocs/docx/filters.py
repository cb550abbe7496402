"""The filters and tests of templates: harmless ones of Jinja, and bounded ones of our own.

What turns values into text goes through `text_of`, so that `none|upper` is refused as `none` itself is. Left
out of Jinja's: `attr`, `random`, `pprint`, and what writes markup (`urlize`, `xmlattr`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import Environment, Undefined, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import (
    do_batch,
    do_filesizeformat,
    do_int,
    do_round,
    do_sum,
    do_title,
    do_truncate,
    do_wordwrap,
    make_attrgetter,
    sync_do_slice,
)
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.utils import htmlsafe_json_dumps

from ksdocs.docx import formats
from ksdocs.docx.formats import MAX_WIDTH
from ksdocs.docx.xmltext import Refusal, Rich, text_of

MAX_ITEMS = 100_000
"""Items of a list, or characters of a repeated text, that a template makes."""
_MAX_PIECES = 10_000


def _text(value: object) -> str:
    if isinstance(value, Undefined):
        if type(value) is Undefined:  # the `else` that a conditional expression lacks
            return ""
        raise Refusal("KS460", nama=str(value._undefined_name or "?"), usul="")
    return text_of(value)


def _limit(number: int, most: int) -> int:
    if abs(number) > most:
        raise Refusal("KS465")
    return number


def upper(value: object) -> str:
    return _text(value).upper()


def lower(value: object) -> str:
    return _text(value).lower()


def capitalize(value: object) -> str:
    return _text(value).capitalize()


def title(value: object) -> str:
    """Every word with a capital, also after a hyphen or a bracket; an apostrophe does not begin a word."""
    return do_title(_text(value))


def trim(value: object, chars: str | None = None) -> str:
    return _text(value).strip(chars)


def string(value: object) -> str:
    return _text(value)


def as_it_is(value: object) -> object:
    return value if isinstance(value, Rich) else _text(value)


def tojson(value: object, indent: int | None = None) -> str:
    return str(htmlsafe_json_dumps(value, indent=_limit(indent, MAX_WIDTH) if indent else None))


def replace(value: object, old: object, new: object, count: int | None = None) -> str:
    return formats.replace(_text(value), _text(old), _text(new), -1 if count is None else count)


@pass_environment
def join(environment: Environment, value: Iterable[object], d: object = "", attribute: str | int | None = None) -> str:
    if isinstance(value, Undefined):
        _text(value)
    items = value if attribute is None else map(make_attrgetter(environment, attribute), value)
    return formats.join(_text(d), (_text(item) for item in items))


def center(value: object, width: int = 80) -> str:
    return _text(value).center(_limit(width, MAX_WIDTH))


def indent(value: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Lines moved to the right by blanks, the first one only if asked."""
    before = " " * _limit(width, MAX_WIDTH) if isinstance(width, int) else _text(width)
    lines = _text(value).split("\n")
    formats.bounded(sum(map(len, lines)) + len(lines) * len(before))
    moved = [before + line if line or blank else line for line in lines[1:]]
    return "\n".join([before + lines[0] if first else lines[0], *moved])


def formatted(value: object, *args: object, **kwargs: object) -> str:
    return formats.percent(_text(value), kwargs or args)


@pass_environment
def wordwrap(environment: Environment, value: object, width: int = 79, *args: Any, **kwargs: Any) -> str:
    if width < 1:
        raise Refusal("KS465")
    return do_wordwrap(environment, _text(value), width, *args, **kwargs)


@pass_environment
def truncate(environment: Environment, value: object, length: int = 255, *args: Any, **kwargs: Any) -> str:
    return do_truncate(environment, _text(value), length, *args, **kwargs)


def wordcount(value: object) -> int:
    return len(re.findall(r"\w+", _text(value)))


def striptags(value: object) -> str:
    from html import unescape

    return unescape(" ".join(re.sub(r"<[^<>]*>", "", _text(value)).split()))


def urlencode(value: object) -> str:
    return quote(_text(value), safe="/")


def batch(value: Iterable[Any], linecount: int, fill_with: Any = None) -> list[list[Any]]:
    return list(do_batch(value, _limit(linecount, _MAX_PIECES), fill_with))


def sliced(value: Any, slices: int, fill_with: Any = None) -> list[list[Any]]:
    return [list(piece) for piece in sync_do_slice(value, _limit(slices, _MAX_PIECES), fill_with)]


def whole(value: Any, default: int = 0, base: int = 10) -> int:
    """The whole number in `value`; refuses what has more than 100 digits."""
    if isinstance(value, Undefined):
        _text(value)
    if (isinstance(value, str) and len(value) > 100) or (isinstance(value, Decimal) and value.adjusted() > 100):
        raise Refusal("KS465")
    return do_int(value, default, base)


def rounded(value: Any, precision: int = 0, method: Literal["common", "ceil", "floor"] = "common") -> Any:
    return do_round(value, _limit(precision, 20), method)


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
    "le <= lessthan lower lt < mapping ne != none number odd sameas sequence string true undefined upper"
)

FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA_FILTERS[name] for name in _FILTER_NAMES.split()},
    "upper": upper,
    "lower": lower,
    "capitalize": capitalize,
    "title": title,
    "trim": trim,
    "string": string,
    # Every value is escaped at its place, whatever a template says of it.
    **dict.fromkeys(("e", "escape", "forceescape", "safe"), as_it_is),
    "tojson": tojson,
    "center": center,
    "indent": indent,
    "format": formatted,
    "wordwrap": wordwrap,
    "truncate": truncate,
    "wordcount": wordcount,
    "striptags": striptags,
    "urlencode": urlencode,
    "filesizeformat": do_filesizeformat,
    "batch": batch,
    "slice": sliced,
    "replace": replace,
    "join": join,
    "int": whole,
    "round": rounded,
    "sum": total,
}

TESTS: dict[str, Any] = {name: JINJA_TESTS[name] for name in _TEST_NAMES.split()}
