"""Where templates run: Jinja's sandbox, closed further, with a writer for every place and a budget.

A template is data from other people. It reaches values and nothing else: items and plain attributes of what it
was given, a short list of methods, filters and tests, and the functions that the caller put in its context.
Every step and every character is paid for from the budget of the render (`Job`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from ksdocs.docx import formats
from ksdocs.docx.access import known_attributes
from ksdocs.docx.filters import FILTERS, MAX_ITEMS, TESTS
from ksdocs.docx.formats import MAX_TEXT
from ksdocs.docx.job import undefined_refusal
from ksdocs.docx.writers import HELPERS, WRITERS, BreakingContext, LenientContext, RenderContext, SpeakingContext
from ksdocs.docx.xmltext import Refusal

MAX_RANGE = 10_000
MAX_DIGITS = 4096  # bits of a whole number
_OF_TEXT = ("upper", "lower", "capitalize", "title", "trim", "string")
_CALLED = {**WRITERS, **HELPERS}

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Extras:
    """What the caller adds to the language of templates; wins over what is there.

    `methods` are classes whose public methods templates may call, and whose objects print as `str` says. With
    `fields` values may stand in the codes of fields; with `breaks` plain texts may hold `\\a` and `\\f`; with
    `lenient` values print as docxtpl prints them: missing ones as nothing, all others as `str` says; with `objects`
    only what is there does. `undefined` is what missing values are and print, `finalize` what every value goes through
    before it is printed, as in an environment of Jinja.
    """

    filters: Functions = field(default_factory=dict)
    tests: Functions = field(default_factory=dict)
    globals: Mapping[str, Any] = field(default_factory=dict)
    methods: tuple[type, ...] = ()
    fields: bool = False
    breaks: bool = False
    lenient: bool = False
    objects: bool = False
    undefined: type[Undefined] | None = None
    finalize: Callable[[Any], Any] | None = None

    def key(self) -> tuple[object, ...]:
        """Equal for the same functions under the same names."""
        named = (self.filters, self.tests, self.globals)
        return (
            *(tuple(sorted((n, id(v)) for n, v in d.items())) for d in named),
            self.methods,
            self.fields,
            self.breaks,
            self.lenient,
            self.objects,
            self.undefined,
            self.finalize,
        )


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise Refusal("KS465")
    return numbers


_MADE = (str, int, float, bool, enumerate, datetime.date, datetime.datetime, datetime.time, datetime.timedelta)
"""Types that a template may call when its context holds them."""


def _make(kind: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`kind(*args, **kwargs)` for a harmless type; nothing that grows, or nests, without being paid for."""
    if kind is zip:
        rows = [list(islice(a, MAX_ITEMS)) for a in args]
        if any(isinstance(i, (list, tuple)) and any(map(_is_list, i)) for row in rows for i in row):
            raise Refusal("KS469", nama="zip([[[…]]])")
        return list(zip(*rows, strict=False))
    if kind not in _MADE or (kind is not enumerate and any(map(_is_list, args))):
        raise Refusal("KS469", nama=kind.__name__)
    return kind(*args, **kwargs)


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple, set, frozenset, Mapping))


class Compiled(Template):
    """A compiled part that can be kept on disk: as its code, which is put into an environment again."""

    kode: CodeType

    @classmethod
    def from_code(cls, environment: Any, code: CodeType, *args: Any) -> Compiled:
        made = super().from_code(environment, code, *args)
        assert isinstance(made, Compiled)
        made.kode = code
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return of_code, (self.environment, self.kode)


def of_code(environment: Environment, code: CodeType) -> Compiled:
    """What was compiled in an environment like this one."""
    return Compiled.from_code(environment, code, {})


class Environment(ImmutableSandboxedEnvironment):
    """The one environment in which a template is compiled and runs."""

    context_class = RenderContext
    template_class = Compiled
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, extras: Extras) -> None:
        super().__init__(
            autoescape=True,
            undefined=extras.undefined or (Undefined if extras.lenient else StrictUndefined),
            optimized=False,
            cache_size=0,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.loopcontrols"],
        )
        self.code_generator_class = Generator
        self.globals.clear()
        self.globals |= {"range": _range, "namespace": Namespace, "cycler": Cycler, "joiner": Joiner}
        self.globals |= extras.globals
        self.filters = {**FILTERS, **extras.filters}
        self.tests = {**TESTS, **extras.tests}
        self.own_filters = frozenset(extras.filters)
        self.own_tests = frozenset(extras.tests)
        self.methods = extras.methods
        self.fields = extras.fields
        self.own_undefined = extras.undefined is not None
        self.own_finalize = extras.finalize
        if extras.breaks:
            self.context_class = BreakingContext
        if extras.objects:
            self.context_class = SpeakingContext
        if extras.lenient:
            self.context_class = LenientContext
            self.filters |= {name: JINJA_FILTERS[name] for name in _OF_TEXT if name not in extras.filters}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Data before methods: `x.items` of a mapping is its item of that name, when it has one."""
        # What is no dict is asked in the slow way: `isinstance` of an abstract class costs more than all the rest.
        if type(obj) is dict or isinstance(obj, Mapping):
            try:
                return obj[attribute]
            except (KeyError, TypeError):
                pass
        elif isinstance(obj, Undefined):
            return obj
        if attribute.startswith("_"):
            return self.unsafe_undefined(obj, attribute)
        kind: Any = type(obj)
        names = known_attributes(kind)
        if names is not None:
            if attribute in names:
                return getattr(obj, attribute)
            known = formats.method(obj, attribute)
            if known is None and not isinstance(obj, Mapping) and hasattr(obj, attribute):
                return self.unsafe_undefined(obj, attribute)  # it changes what it belongs to, or costs too much
            return known or self.undefined(obj=obj, name=attribute)
        if kind is Namespace:
            return self.getitem(obj, attribute)
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return self._item(obj, attribute)
        if isinstance(obj, type) or not self.is_safe_attribute(obj, attribute, value):
            return self.unsafe_undefined(obj, attribute)
        if callable(value) and not (isinstance(obj, self.methods) and self.is_safe_callable(value)):
            return self.unsafe_undefined(obj, attribute)
        return value

    def _item(self, obj: Any, key: Any) -> Any:
        """What a row of a database or a table holds under `key`: data alone, for `[]` of a class may do anything."""
        private = isinstance(key, str) and key.startswith("_")
        if private or isinstance(obj, type) or not hasattr(type(obj), "__getitem__"):
            return self.undefined(obj=obj, name=str(key))
        try:
            value = obj[key]
        except (TypeError, LookupError, AttributeError, ValueError):
            return self.undefined(obj=obj, name=str(key))
        return self.unsafe_undefined(obj, str(key)) if callable(value) else value

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj
        if isinstance(argument, Undefined):
            raise undefined_refusal(argument)
        if isinstance(obj, (Mapping, Sequence)):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if type(obj) is Namespace:
            known = obj._Namespace__attrs
            return known[argument] if argument in known else self.undefined(obj=known, name=str(argument))
        kind: Any = type(obj)
        if known_attributes(kind) is None:
            found = self._item(obj, argument)
            if not isinstance(argument, str) or not isinstance(found, Undefined):
                return found
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=str(argument))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        if isinstance(__obj, Undefined):
            raise undefined_refusal(__obj)
        if isinstance(__obj, type) and __obj not in (Namespace, Cycler, Joiner):
            return _make(__obj, args, kwargs)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, (str, list, tuple, Mapping)) and isinstance(__context, RenderContext):
            __context.weigh(owner, 0)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        result: Any
        if operator == "+":
            result = left + right
        elif operator == "*":
            _check_product(left, right)
            result = left * right
        elif operator == "%" and isinstance(left, str):
            result = formats.percent(left, right)
        elif not (isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)):
            raise Refusal("KS469", nama=operator)
        elif operator == "%":
            result = left % right
        else:
            _check_power(left, right)
            result = left**right
        assert isinstance(context, RenderContext)
        long = isinstance(result, (str, list, tuple))
        context.job.spend(1 + (len(result) >> 4) if long else 1)
        if long:
            limit = MAX_TEXT if isinstance(result, str) else MAX_ITEMS
            if len(result) > limit:
                raise Refusal("KS465")
        return result


_NUMBERS: Any = (int, float, Decimal)


def _check_power(base: Any, exponent: Any) -> None:
    if abs(exponent) > 64 or _bits(base) * max(1, int(abs(exponent))) > MAX_DIGITS:
        raise Refusal("KS465")


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 64


def _check_product(left: Any, right: Any) -> None:
    """Refuses a product that is too large before it is made."""
    for value, times in ((left, right), (right, left)):
        if isinstance(value, (str, bytes, list, tuple)):
            if isinstance(times, int) and len(value) * times > MAX_ITEMS:
                raise Refusal("KS465")
            return
    if _bits(left) + _bits(right) > MAX_DIGITS:
        raise Refusal("KS465")


class Generator(CodeGenerator):
    """Jinja's compiler, for trees in which every printed expression has its writer."""

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        method = _CALLED.get(node.name)
        if method is None or node.node is None:
            super().visit_Filter(node, frame)
            return
        self.write(f"context.{method}(")
        self.visit(node.node, frame)
        for arg in node.args:
            assert isinstance(arg, nodes.Const)
            self.write(f", {arg.value!r}")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        # The item of a plain dict without a call; all else is asked of the environment, which decides what is safe.
        self.write("(ks_of[")
        self.write(f"{node.attr!r}] if type(ks_of := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in ks_of else environment.getattr(ks_of, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        # The writer escapes; anything without one must not reach the document.
        if not (isinstance(node, nodes.Filter) and node.name in WRITERS):
            self.fail("an expression without a writer", node.lineno)
        self.write("(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")
