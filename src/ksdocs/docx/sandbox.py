"""Where templates run: Jinja's sandbox, closed further, with a writer for every place and a budget.

A template is data from other people. It reaches values and nothing else: items and plain attributes of what it
was given, a short list of methods, filters and tests, and the functions that the caller put in its context.
Every step and every character is paid for from the budget of the render (`Job`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from ksdocs.docx.filters import FILTERS, MAX_ITEMS, MAX_TEXT, TESTS
from ksdocs.docx.values import InlineImage, PageBreak, Paragraph, Run, Table
from ksdocs.docx.xmltext import Refusal, Rich, escape_attribute, escape_plain, escape_text, text_of
from ksdocs.problems import Location, Problem

MAX_STEPS = 2_000_000
"""Turns of loops, and items or blocks of text that filters go through, in one render."""
MAX_OUTPUT = 200_000_000
"""Characters of XML in one render."""
MAX_RANGE = 10_000
MAX_DIGITS = 4096  # bits of a whole number
_MAX_PROBLEMS = 100
TOP_LEVEL = "\0"
"""Stands for the nearest name of the context, until somebody who knows the context is asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands: the place for problems, its expression, and the dress of its run (inside of rPr)."""

    at: Location
    expression: str
    base: str = ""


class Job:
    """One render: its budget, its problems, and the numbers and pictures that its values ask for."""

    __slots__ = (
        "_bookmark",
        "_bookmarks",
        "_drawing",
        "_seen",
        "images",
        "links",
        "names",
        "part",
        "problems",
        "room",
        "steps",
        "taken_links",
    )

    def __init__(self, bookmark: int, bookmarks: Iterable[str], drawing: int, names: Iterable[str] = ()) -> None:
        self.steps = MAX_STEPS
        self.room = MAX_OUTPUT
        self.problems: list[Problem] = []
        self._seen: set[tuple[str, Location]] = set()
        self._bookmark, self._bookmarks, self._drawing = bookmark, set(bookmarks), drawing
        self.names = tuple(names)
        self.part = ""
        self.images: dict[str, InlineImage] = {}
        self.links: dict[str, dict[str, str]] = {}
        self.taken_links: Mapping[str, frozenset[str]] = {}

    def bookmark(self, name: str) -> int | None:
        if name in self._bookmarks:
            return None
        self._bookmarks.add(name)
        self._bookmark += 1
        return self._bookmark

    def drawing_id(self) -> int:
        self._drawing += 1
        return self._drawing

    def image(self, image: InlineImage) -> str:
        """The id of the relationship from the part in hand to `image`."""
        links = self.links.setdefault(self.part, {})
        if image.digest not in links:
            taken = self.taken_links.get(self.part, frozenset())
            number = len(links) + 1
            while f"rIdKs{number}" in taken or f"rIdKs{number}" in links.values():
                number += 1
            links[image.digest] = f"rIdKs{number}"
            self.images.setdefault(image.digest, image)
        return links[image.digest]

    def refuse(self, refusal: Problem, place: Place) -> None:
        """Keep a problem, once per place; the render goes on, to find the others."""
        at = place.at if refusal.at == Location() else refusal.at
        key = (refusal.code, at)
        if key not in self._seen and len(self.problems) < _MAX_PROBLEMS:
            self._seen.add(key)
            params = {"isian": place.expression, **refusal.params}
            if params.get("usul") == TOP_LEVEL:
                params["usul"] = nearest(params["nama"], self.names)
            self.problems.append(Problem(refusal.code, at, params, refusal.severity_override, refusal.record))

    def spend(self, steps: int, room: int = 0) -> None:
        self.steps -= steps
        self.room -= room
        if self.steps < 0 or self.room < 0:
            raise Refusal("KS465")


class RenderContext(Context):
    """Jinja's context with the writers that compiled tags call, one per kind of place."""

    job: Job
    places: Sequence[Place]

    def write_text(self, value: object, place: int) -> str:
        """Inside `<w:t>` of a run."""
        try:
            if type(value) is str:
                text = escape_text(value)
            elif isinstance(value, Rich) and (inside := value.in_run(self.job)) is not None:
                text = f'</w:t>{inside}<w:t xml:space="preserve">'
            else:
                text = escape_text(_printed(value))
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text

    def write_plain(self, value: object, place: int) -> str:
        """Inside another element that holds text only."""
        return self._write_flat(value, place, escape_plain)

    def write_lines(self, value: object, place: int) -> str:
        """Inside an element of text that may hold newlines as they are."""
        return self._write_flat(value, place, lambda text: escape_plain(text, lines=True))

    def write_attribute(self, value: object, place: int) -> str:
        return self._write_flat(value, place, escape_attribute)

    def _write_flat(self, value: object, place: int, escape: Callable[[str], str]) -> str:
        try:
            if isinstance(value, (InlineImage, PageBreak)):
                raise Refusal("KS470", jenis=type(value).__name__)
            text = escape(_printed(value))
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text

    def write_runs(self, value: object, place: int) -> str:
        """Between the runs of a paragraph."""
        try:
            rich = value if isinstance(value, Rich) else Run(_printed(value))
            text = rich.to_runs(self.job, self.places[place].base)
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text

    def write_blocks(self, value: object, place: int) -> str:
        """Between paragraphs: a Paragraph or Table, a list of them, or anything that fits into one."""
        if not isinstance(value, (list, tuple)):
            return self._write_block(value, place)
        self.job.spend(len(value))
        return "".join(self._write_block(item, place) for item in value)

    def _write_block(self, value: object, place: int) -> str:
        if isinstance(value, (Paragraph, Table)):
            try:
                text = value.to_blocks(self.job)
            except Refusal as refusal:
                return self._refused(refusal, place)
            self._paid(text)
            return text
        return f"<w:p>{self.write_runs(value, place)}</w:p>"

    def write_drawing_id(self, _value: object, _place: int) -> str:
        """The id of a drawing that a loop may copy."""
        return str(self.job.drawing_id())

    def _paid(self, text: str) -> None:
        job = self.job
        job.room -= len(text)
        if job.room < 0:
            raise Refusal("KS465")

    def _refused(self, refusal: Refusal, place: int) -> str:
        self.job.refuse(refusal.problem(), self.places[place])
        return ""

    def walk(self, value: Any, place: int, size: int) -> Iterable[object]:
        """What a loop goes over, paid for in advance; `size` is the static text of one turn."""
        job = self.job
        try:
            if isinstance(value, Undefined):
                raise undefined_refusal(value)
            if value is None or isinstance(value, (str, bytes, int, float)):
                raise Refusal("KS468", jenis=type(value).__name__)
            if not hasattr(value, "__len__"):
                try:
                    value = list(islice(iter(value), job.steps + 1))
                except TypeError:
                    raise Refusal("KS468", jenis=type(value).__name__) from None
        except Refusal as refusal:
            job.refuse(refusal.problem(), self.places[place])
            return ()
        turns = len(value) + 1
        job.spend(turns, turns * size)
        return value  # type: ignore[no-any-return]

    def weigh(self, value: Any, _place: int) -> Any:
        """`value` on its way into a filter, which will go through all of it."""
        if isinstance(value, str):
            self.job.spend(1 + (len(value) >> 6))
        elif isinstance(value, (list, tuple, dict, Mapping, range, set, frozenset)):
            self.job.spend(1 + len(value))
        else:
            self.job.spend(1)
        return value

    def weigh_defined(self, value: Any, place: int) -> Any:
        """As `weigh`, for a filter of the caller: it never sees an undefined value."""
        if isinstance(value, Undefined):
            raise undefined_refusal(value)
        return self.weigh(value, place)

    def flat(self, value: Any, _place: int) -> Any:
        """An item of a list that a template writes: no list itself, or comparing them could take for ever."""
        if isinstance(value, (list, tuple, dict, set, frozenset)):
            raise Refusal("KS469", nama=f"[{type(value).__name__}]")
        return value

    def concat(self, values: list[Any], _place: int) -> str:
        """`a ~ b`."""
        return self._bounded("".join(map(_printed, values)))

    def _bounded(self, text: str) -> str:
        self.job.spend(1 + (len(text) >> 6))
        if len(text) > MAX_TEXT:
            raise Refusal("KS465")
        return text


def _printed(value: object) -> str:
    if isinstance(value, Undefined):
        raise undefined_refusal(value)
    return text_of(value)


def undefined_refusal(value: Undefined) -> Refusal:
    """Why an undefined value is refused: no such field, or one that templates may not touch."""
    name = str(value._undefined_name or value._undefined_hint or "?")
    if value._undefined_exception is SecurityError:
        return Refusal("KS469", nama=name)
    if value._undefined_obj is missing:
        return Refusal("KS460", nama=name, usul=TOP_LEVEL)
    owner = value._undefined_obj
    known = owner if isinstance(owner, Mapping) else [n for n in dir(owner) if not n.startswith("_")]
    return Refusal("KS460", nama=name, usul=nearest(name, known))


def nearest(name: str, known: Iterable[object]) -> str:
    """The one of `known` that `name` may have been meant to be, or a dash."""
    import difflib

    return next(iter(difflib.get_close_matches(name, [k for k in known if isinstance(k, str)], 1)), "–")


# ---------------------------------------------------------------------- the environment


_TEXT_METHODS = (
    "upper lower title capitalize strip lstrip rstrip split rsplit splitlines startswith endswith count find "
    "isdigit isnumeric isalpha isupper islower removeprefix removesuffix partition rpartition"
)
_LOOP = "index index0 revindex revindex0 first last length depth depth0 previtem nextitem cycle changed"
_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (Enum, frozenset({"name", "value"})),
    (str, frozenset(_TEXT_METHODS.split())),
    (Mapping, frozenset({"items", "keys", "values", "get"})),
    ((list, tuple), frozenset({"index", "count"})),
    (datetime.date, frozenset({"year", "month", "day", "hour", "minute", "second", "isoformat", "weekday"})),
    (datetime.time, frozenset({"hour", "minute", "second", "isoformat"})),
    (datetime.timedelta, frozenset({"days", "seconds"})),
    ((int, float, Decimal, bytes, set, frozenset, range, type(None)), frozenset()),
    (LoopContext, frozenset(_LOOP.split())),
)


@lru_cache(maxsize=1024)
def _known_attributes(kind: Any) -> frozenset[str] | None:
    """The attributes that a template may use of a value of a built-in kind; None for any other kind."""
    for known, names in _METHODS:
        if issubclass(kind, known):
            fields: tuple[str, ...] = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
            return names | {f for f in fields if not f.startswith("_")}
    return None


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise Refusal("KS465")
    return numbers


class Environment(ImmutableSandboxedEnvironment):
    """The one environment in which a template is compiled and runs."""

    context_class = RenderContext
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, optimized=False, cache_size=0, keep_trailing_newline=True
        )
        self.code_generator_class = Generator
        self.globals.clear()
        self.globals["range"] = _range
        self.filters = {**FILTERS, **filters}
        self.tests = dict(TESTS)
        self.own_filters = frozenset(filters)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Data before methods: `x.items` of a mapping is its item of that name, when it has one."""
        if isinstance(obj, Mapping):
            try:
                return obj[attribute]
            except (KeyError, TypeError):
                pass
        elif isinstance(obj, Undefined):
            return obj
        if attribute.startswith("_"):
            return self.unsafe_undefined(obj, attribute)
        kind: Any = type(obj)
        names = _known_attributes(kind)
        if names is not None:
            return getattr(obj, attribute) if attribute in names else self.undefined(obj=obj, name=attribute)
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)
        if callable(value) or isinstance(obj, type) or not self.is_safe_attribute(obj, attribute, value):
            return self.unsafe_undefined(obj, attribute)
        return value

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
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=str(argument))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        if isinstance(__obj, Undefined):
            raise undefined_refusal(__obj)
        if isinstance(__obj, type):
            raise Refusal("KS469", nama=__obj.__name__)
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
        elif not (isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)):
            raise Refusal("KS469", nama=operator)  # `%` of a text is a formatting language of its own
        elif operator == "%":
            result = left % right
        else:
            _check_power(left, right)
            result = left**right
        if isinstance(result, (str, list, tuple)):
            limit = MAX_TEXT if isinstance(result, str) else MAX_ITEMS
            assert isinstance(context, RenderContext)
            context.job.spend(1 + (len(result) >> 4))
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


WRITERS = {
    # Names that no template can write: a tag reaches these only through the compiler.
    "<text>": "write_text",
    "<plain>": "write_plain",
    "<lines>": "write_lines",
    "<attribute>": "write_attribute",
    "<runs>": "write_runs",
    "<blocks>": "write_blocks",
    "<drawing-id>": "write_drawing_id",
}
HELPERS = {
    "<walk>": "walk",
    "<weigh>": "weigh",
    "<weigh-defined>": "weigh_defined",
    "<flat>": "flat",
    "<concat>": "concat",
}
_CALLED = {**WRITERS, **HELPERS}


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

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        # The writer escapes; anything without one must not reach the document.
        if not (isinstance(node, nodes.Filter) and node.name in WRITERS):
            self.fail("an expression without a writer", node.lineno)
        self.write("(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")
