"""Methods and formats of text that templates may use: those of Python, with bounds and without back doors.

`'%999999999d' % 1` would fill the machine and `'{0.__class__}'.format(x)` would look behind a value. What is let
through here formats texts, numbers and dates, and nothing that a width or a name could make of them.
"""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from ksdocs.docx.xmltext import Refusal, text_of

MAX_TEXT = 1_000_000
"""Characters of a text that a template puts together."""
MAX_WIDTH = 1000
_MAX_PRECISION = 50
_MAX_FORMAT = 2000  # characters of a format itself

_PERCENT = re.compile(r"%(?:\((\w+)\))?([-+ #0]*)(\d*)(?:\.(\d*))?[hlL]?([diouxXeEfFgGcs%])")
_SPEC = re.compile(r"(?:.?[<>=^])?[-+ ]?z?#?0?(\d*)[,_]?(?:\.(\d+))?[bcdeEfFgGnosxX%]?")
_DATE = re.compile(r"%[-_0^#]?[aAbBcdfFGHIjmMpSTuUVwWxXyYzZ%]")


def bounded(length: int) -> None:
    if length > MAX_TEXT:
        raise Refusal("KS465")


def _wide(*numbers: str | None) -> int:
    """The largest of `numbers`; refuses what is wider than any page."""
    found = [int(n[:9]) for n in numbers if n]
    if any(n > MAX_WIDTH for n in found):
        raise Refusal("KS465")
    return max(found, default=0)


def percent(text: str, values: object) -> str:
    """`text % values`."""
    if len(text) > _MAX_FORMAT or "%" in _PERCENT.sub("", text):
        raise Refusal("KS469", nama="%")
    for _, _, width, precision, _ in _PERCENT.findall(text):
        _wide(width)
        if precision and int(precision[:9]) > _MAX_PRECISION:
            raise Refusal("KS465")
    if isinstance(values, Mapping):
        names = {name for name, *_ in _PERCENT.findall(text)}
        return text % {name: _formatted(value) for name, value in values.items() if name in names}
    given = values if isinstance(values, (tuple, list)) else (values,)
    return text % tuple(map(_formatted, given))


def _formatted(value: Any) -> Any:
    """A number as it is, anything else as the text that it prints."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value
    return text_of(value)


def format_text(text: str, *args: object, **kwargs: object) -> str:
    """`text.format(…)`: `{}`, `{0}`, `{name}`, with a format after a colon."""
    if len(text) > _MAX_FORMAT:
        raise Refusal("KS465")
    pieces: list[str] = []
    counted = 0
    for literal, field, spec, conversion in string.Formatter().parse(text):
        pieces.append(literal)
        if field is None:
            continue
        if not re.fullmatch(r"\w*", field) or conversion not in (None, "s"):
            raise Refusal("KS469", nama=f"{{{field}}}")
        if not field:
            field, counted = str(counted), counted + 1
        value = args[int(field)] if field.isdigit() else kwargs[field]
        pieces.append(_in_format(value, spec or ""))
        bounded(sum(map(len, pieces)))
    return "".join(pieces)


def _in_format(value: Any, spec: str) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return strftime(value, spec) if spec else text_of(value)
    found = _SPEC.fullmatch(spec)
    if found is None:
        raise Refusal("KS469", nama=f"{{:{spec}}}")
    _wide(found[1])
    if found[2] and int(found[2][:9]) > _MAX_PRECISION:
        raise Refusal("KS465")
    return format(_formatted(value), spec)


def strftime(value: Any, form: str) -> str:
    """A date in the form of C (`%d/%m/%Y`), without the widths that some systems know."""
    if len(form) > _MAX_FORMAT:
        raise Refusal("KS465")
    if "%" in _DATE.sub("", form):
        raise Refusal("KS469", nama=f"strftime({form})")
    written: str = value.strftime(form)
    return written


def _padded(name: str) -> Callable[..., str]:
    def pad(text: str, width: int, *fill: str) -> str:
        _wide(str(abs(int(width))))
        return str(getattr(str, name)(text, int(width), *fill))

    return pad


def replace(text: str, old: str, new: str, count: int = -1) -> str:
    bounded(len(text) + text.count(old) * max(0, len(new) - len(old)))
    return text.replace(old, new, count)


def join(between: str, items: Iterable[object]) -> str:
    pieces, length = [], 0
    for item in items:
        pieces.append(text_of(item))
        length += len(pieces[-1]) + len(between)
        bounded(length)
    return between.join(pieces)


_OF_TEXT: dict[str, Callable[..., str]] = {
    "format": format_text,
    "replace": replace,
    "join": join,
    **{name: _padded(name) for name in ("center", "ljust", "rjust", "zfill")},
}


def method(value: object, name: str) -> Callable[..., str] | None:
    """The method `name` of a text or a date in its bounded form; None when it has none."""
    if isinstance(value, str):
        known = _OF_TEXT.get(name)
        return partial(known, str.__str__(value)) if known else None
    if name == "strftime" and isinstance(value, (datetime.date, datetime.time)):
        return partial(strftime, value)
    return None
