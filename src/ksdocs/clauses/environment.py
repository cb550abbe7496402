"""The sandbox in which clauses are filled: few names, few filters, and nothing printed that is not plainly text."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import CodeType, TracebackType
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ksdocs.bahasa import filters as language_filters
from ksdocs.clauses.guard import BUDGET, WALK, WEIGH, Budget, BudgetError, forbidden, join, walk, weave, weigh
from ksdocs.clauses.text import GAP, MARKS, REF, VALUE, VALUE_END

_HARMLESS_FILTERS: Final = (
    "length",
    "count",
    "first",
    "last",
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


MAX_GAP: Final = 200


def gap(width: int) -> Tanda:
    """A ruled gap of `width` characters, 1 to 200; UnprintableError for anything else."""
    if not isinstance(width, int) or not 1 <= width <= MAX_GAP:
        raise UnprintableError("celah")
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


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox for what `guard` lets through, with its budget woven in."""

    intercepted_binops = frozenset({"+", "-"})
    bahasa = ""

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        for line, what in forbidden(source):
            raise TemplateSyntaxError(what, line)
        weave(source)
        return super()._generate(source, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"`{operator}` hanya untuk bilangan")
        return super().call_binop(context, operator, left, right)


class Terkompilasi(Template):
    """A compiled clause or condition that can be kept on disk: as its code, which is put into its environment again
    when somebody asks for more than that."""

    kode: CodeType | bytes

    @classmethod
    def from_code(cls, environment: Any, code: CodeType, *args: Any) -> Terkompilasi:
        made = super().from_code(environment, code, *args)
        assert isinstance(made, Terkompilasi)
        made.kode = code
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        env = self.environment
        assert isinstance(env, Environment)
        return of_code, (env.bahasa, self.kode if isinstance(self.kode, bytes) else marshal.dumps(self.kode))

    def __getattr__(self, name: str) -> Any:
        """Asked for what is not there yet."""
        kept = self.__dict__.get("_kept")
        if kept is not None and name not in self.__dict__:
            language, code = kept
            env = environment(language)
            # Out of an entry that `simpanan` believes, or made by this very process.
            made = Terkompilasi.from_code(env, marshal.loads(code), env.make_globals(None))  # noqa: S302
            self.__dict__.update(made.__dict__)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None


def of_code(language: str, code: bytes) -> Terkompilasi:
    """What was compiled in the environment of `language`, to be unfolded when it is filled."""
    made: Terkompilasi = object.__new__(Terkompilasi)
    made.__dict__.update(kode=code, _kept=(language, code))
    return made


@cache
def environment(language: str) -> Environment:
    """The one environment in which clauses of `language` are compiled; shared, never changed after this."""
    env = Environment(
        undefined=StrictUndefined,
        finalize=printable,
        autoescape=False,
        optimized=False,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    env.bahasa, env.template_class = language, Terkompilasi
    builtin_filters, builtin_tests = env.filters, env.tests
    env.filters = {name: builtin_filters[name] for name in _HARMLESS_FILTERS}
    env.filters |= {name: _strict(function) for name, function in language_filters(language).items()}
    read = language_filters(language)["lama"]
    env.filters["durasi"] = _strict(lambda span: read(span.lama, span.satuan))
    env.filters |= {"join": join, WALK: walk, WEIGH: weigh}
    env.tests = {name: builtin_tests[name] for name in _HARMLESS_TESTS}
    env.globals = {}
    return env


class ExpressionError(Exception):
    """A condition or a clause that cannot be evaluated for a record: at which line, and why.

    `undefined`: it asks for what does not exist; `over`: it asks for more than a clause may use.
    """

    def __init__(self, reason: str, line: int = 1, *, undefined: bool = False, over: bool = False) -> None:
        super().__init__(reason, line)
        self.reason, self.line, self.undefined, self.over = reason, line, undefined, over


_MAX_CONDITIONS: Final = 1024
_conditions: dict[str, Callable[..., Any]] = {}


def condition(text: str) -> Callable[..., Any]:
    """The compiled condition `text`; ExpressionError when it is none."""
    known = _conditions.get(text)
    if known is None:
        try:
            known = environment("id").compile_expression(text, undefined_to_none=False)
        except Exception as error:
            # Deep nesting and monstrous numbers make the compilers give up in many ways.
            raise ExpressionError(f"{text[:200]}: {_told(error)}") from None
        know_conditions({text: known})
    return known


def know_conditions(compiled: Mapping[str, Callable[..., Any]]) -> None:
    """Conditions that were compiled before, here or in an earlier run."""
    if len(_conditions) + len(compiled) > _MAX_CONDITIONS:
        _conditions.clear()
    _conditions.update(compiled)


def evaluate(expression: str, values: Mapping[str, Any]) -> bool:
    """Whether `expression` holds for `values`; ExpressionError when it cannot be asked."""
    compiled = condition(expression)
    try:
        return bool(compiled(**values, **{BUDGET: Budget()}))
    except BudgetError:
        raise ExpressionError(f"{expression[:200]}: melampaui batas", over=True) from None
    except Exception as error:
        # Whatever a condition does wrong is a fault of the library, at its place.
        raise ExpressionError(f"{expression[:200]}: {_told(error)}") from None


def render_marked(template: Template, values: Mapping[str, Any]) -> str:
    """The filled source of a clause, with its marks; ExpressionError with the line of the source."""
    budget = Budget()
    try:
        return budget.print(template.generate({**values, BUDGET: budget}))
    except UndefinedError as error:
        raise ExpressionError(error.message or "", _line(error.__traceback__), undefined=True) from None
    except UnprintableError as error:
        raise ExpressionError(error.kind, _line(error.__traceback__)) from None
    except BudgetError as error:
        raise ExpressionError("batas", _line(error.__traceback__), over=True) from None
    except Exception as error:
        # Whatever a clause or a filter does wrong is a problem of the clause, at its line.
        raise ExpressionError(_told(error), _line(error.__traceback__)) from None


def _told(error: Exception) -> str:
    """The reason in the words of the library that gave it, or our own where its words say nothing to a reader."""
    known = isinstance(error, (JinjaError, TypeError, AttributeError, LookupError))
    return str(error)[:200] if known and str(error) else gave_up(error)


def gave_up(error: Exception) -> str:
    """Why a compiler gave up."""
    if isinstance(error, (RecursionError, SyntaxError, MemoryError)):
        return "perintah atau kurung bersarang terlalu dalam"
    if isinstance(error, ValueError) and "digits" in str(error):
        return "bilangan terlalu panjang"
    return str(error)[:200] or type(error).__name__


def _line(trace: TracebackType | None) -> int:
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
