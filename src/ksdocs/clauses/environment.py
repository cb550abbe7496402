"""The sandbox in which clauses are filled: few names, few filters, and nothing printed that is not plainly text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import TracebackType
from typing import Any, Final

from jinja2 import StrictUndefined, Template, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ksdocs.bahasa import filters as language_filters
from ksdocs.clauses.text import GAP, MARKS, REF, VALUE, VALUE_END

_HARMLESS_FILTERS: Final = (
    "length",
    "count",
    "first",
    "last",
    "join",
    "list",
    "unique",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "sort",
)
_HARMLESS_TESTS: Final = (
    "defined",
    "undefined",
    "none",
    "true",
    "false",
    "in",
    "eq",
    "==",
    "ne",
    "!=",
    "gt",
    ">",
    "ge",
    ">=",
    "lt",
    "<",
    "le",
    "<=",
    "odd",
    "even",
    "string",
    "number",
    "sequence",
    "mapping",
    "equalto",
    "lessthan",
    "greaterthan",
)


class Tanda(str):
    """A mark of the program's own (a reference, a ruled gap): printed as it is, never marked as data."""

    __slots__ = ()


def gap(width: int) -> Tanda:
    """A ruled gap of `width` characters."""
    return Tanda(f"{GAP}{width}{GAP}")


def reference(target: str) -> Tanda:
    """A reference to a clause (`jangka_waktu`) or to a named block of it (`jangka_waktu.perpanjangan`)."""
    return Tanda(f"{REF}{target}{REF}")


class UnprintableError(Exception):
    """A value that must not be printed as it is: nothing, a list, a raw date."""

    def __init__(self, kind: str, value: str = "") -> None:
        super().__init__(kind, value)
        self.kind = kind


def printable(value: Any) -> str:
    """`value` between the marks of data; UnprintableError when it is not plainly text or a whole number."""
    if isinstance(value, Tanda):
        return str(value)
    if isinstance(value, str):
        if not value:
            raise UnprintableError("kosong")
        if MARKS.search(value):
            raise UnprintableError("karakter")
        return f"{VALUE}{value}{VALUE_END}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{VALUE}{value}{VALUE_END}"
    if isinstance(value, StrictUndefined):
        return str(value)  # raises UndefinedError, which names what is missing
    if value is None:
        raise UnprintableError("kosong")
    if isinstance(value, date | datetime):
        raise UnprintableError("tanggal")
    if isinstance(value, Decimal | float):
        raise UnprintableError("bilangan")
    raise UnprintableError("bukan_teks", type(value).__name__)


def _strict(function: Callable[..., Any]) -> Callable[..., Any]:
    def apply(value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, StrictUndefined):
            str(value)
        return function(value, *args, **kwargs)

    apply.__doc__ = function.__doc__
    return apply


@cache
def environment(language: str) -> ImmutableSandboxedEnvironment:
    """The one environment in which clauses of `language` are compiled; shared, never changed after this."""
    env = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=printable,
        autoescape=False,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    builtin_filters, builtin_tests = env.filters, env.tests
    env.filters = {name: builtin_filters[name] for name in _HARMLESS_FILTERS}
    env.filters |= {name: _strict(function) for name, function in language_filters(language).items()}
    read = language_filters(language)["lama"]
    env.filters["durasi"] = _strict(lambda span: read(span.lama, span.satuan))
    env.tests = {name: builtin_tests[name] for name in _HARMLESS_TESTS}
    env.globals = {}
    return env


class ExpressionError(Exception):
    """A condition or a clause that cannot be evaluated for a record: at which line, and why."""

    def __init__(self, reason: str, line: int = 1, *, undefined: bool = False) -> None:
        super().__init__(reason, line)
        self.reason, self.line, self.undefined = reason, line, undefined


@lru_cache(maxsize=1024)
def _expression(text: str) -> Any:
    return environment("id").compile_expression(text, undefined_to_none=False)


def evaluate(expression: str, values: Mapping[str, Any]) -> bool:
    """Whether `expression` holds for `values`; ExpressionError when it cannot be asked."""
    try:
        return bool(_expression(expression)(**values))
    except (JinjaError, TypeError, AttributeError) as error:
        raise ExpressionError(f"{expression}: {error}") from None


def render_marked(template: Template, values: Mapping[str, Any]) -> str:
    """The filled source of a clause, with its marks; ExpressionError with the line of the source."""
    try:
        return template.render(values)
    except UndefinedError as error:
        raise ExpressionError(error.message or "", _line(error.__traceback__), undefined=True) from None
    except UnprintableError as error:
        raise ExpressionError(error.kind, _line(error.__traceback__)) from None
    except (JinjaError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise ExpressionError(str(error), _line(error.__traceback__)) from None


def _line(trace: TracebackType | None) -> int:
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
