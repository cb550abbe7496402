"""What the words of other people's clauses may ask for, and how much of it.

A clause is data from an office's own folder. It uses the few constructs that docs/klausul.md tells of; anything else
is refused before it is compiled. Every turn of a loop, every value that a filter or comparison goes through and every
character is paid for from the budget of one fill. Patterns of `substansi.toml` are held to what a search can finish.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from jinja2.utils import missing

FUNCTIONS: Final = frozenset(["ref", "ada", "celah", "label_pihak"])
"""What a clause may call."""

MAX_STEPS: Final = 200_000
"""Turns of loops, and items or stretches of text that filters go through, in one fill of a clause."""
MAX_ROOM: Final = 2_000_000
"""Characters that one fill of a clause may print."""
MAX_DEPTH: Final = 40
"""Levels of commands and brackets in a clause or condition."""
MAX_PATTERN_COST: Final = 100_000
"""Ways in which a pattern may try to match at one place of a text."""

WALK, WEIGH, BUDGET = "<walk>", "<weigh>", "<budget>"
"""Names that no clause can write: a filter, a filter and a value."""

_ALLOWED: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test, nodes.Keyword, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple, nodes.Add, nodes.Sub, nodes.Neg,
)  # fmt: skip


class BudgetError(Exception):
    """A clause that would go on for ever, or print without end."""


class Budget:
    """What one fill may still use."""

    __slots__ = ("room", "steps")

    def __init__(self) -> None:
        self.steps = MAX_STEPS
        self.room = MAX_ROOM

    def spend(self, steps: int) -> None:
        """Pays for `steps`; BudgetError when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetError

    def print(self, pieces: Iterable[str]) -> str:
        """`pieces` as one text, counted while they come; BudgetError when they are too long."""
        kept: list[str] = []
        for piece in pieces:
            self.room -= len(piece)
            if self.room < 0:
                raise BudgetError
            kept.append(piece)
        return "".join(kept)


def forbidden(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, what stands there) for everything that clauses may not hold; ends at what is nested too deep."""
    yield from _forbidden(tree if not _is_condition(tree) else tree.body[0].node, 0)  # type: ignore[attr-defined]


def _is_condition(tree: nodes.Template) -> bool:
    """True for what Jinja makes of a lone expression: `result = …`."""
    only = tree.body[0] if len(tree.body) == 1 else None
    return isinstance(only, nodes.Assign) and isinstance(only.target, nodes.Name) and only.target.name == "result"


def _forbidden(node: nodes.Node, depth: int) -> Iterator[tuple[int, str]]:
    if depth > MAX_DEPTH:
        yield node.lineno, "perintah atau kurung yang bersarang terlalu dalam"
        return
    if not isinstance(node, _ALLOWED):
        yield node.lineno, _NAMES.get(type(node).__name__, f"`{type(node).__name__.lower()}`")
        return
    if isinstance(node, nodes.For) and node.recursive:
        yield node.lineno, "`for … recursive`"
    if isinstance(node, nodes.Call) and not (isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS):
        yield node.lineno, "panggilan selain " + ", ".join(f"`{name}(…)`" for name in sorted(FUNCTIONS))
    if isinstance(node, (nodes.Call, nodes.Filter, nodes.Test)) and (node.dyn_args or node.dyn_kwargs):
        yield node.lineno, "`*` dalam kurung"
    for child in node.iter_child_nodes():
        yield from _forbidden(child, depth + 1)


_NAMES: Final = {
    "Mul": "perkalian `*`",
    "Div": "pembagian `/`",
    "FloorDiv": "pembagian `//`",
    "Mod": "`%`",
    "Pow": "pangkat `**`",
    "Concat": "`~`; tulis nilai berdampingan: `{{ a }} {{ b }}`",
    "Dict": "`{ … }` di dalam tanda isian",
    "Slice": "potongan `[a:b]`",
    "Assign": "`set`",
}


def weave(tree: nodes.Template) -> None:
    """Put the budget into `tree`, in place: loops walk, filters and comparisons weigh what they are given."""
    loops, filters = list(tree.find_all(nodes.For)), list(tree.find_all(nodes.Filter))
    comparisons: list[Any] = list(tree.find_all((nodes.Compare, nodes.Operand)))
    for loop in loops:
        loop.iter = _paid(loop.iter, WALK)
    for filtered in filters:
        if filtered.node is not None:
            filtered.node = _paid(filtered.node, WEIGH)
    for compared in comparisons:
        compared.expr = _paid(compared.expr, WEIGH)


def _paid(value: Any, how: str) -> nodes.Filter:
    return nodes.Filter(value, how, [], [], None, None, lineno=value.lineno, environment=value.environment)


def _budget(context: Context) -> Budget:
    found = context.resolve_or_missing(BUDGET)
    if found is missing:
        raise BudgetError
    assert isinstance(found, Budget)
    return found


@pass_context
def walk(context: Context, value: Any) -> Any:
    """`value` on its way into a loop, paid for in advance."""
    if isinstance(value, str):
        raise TypeError("teks bukan daftar")
    if not hasattr(value, "__len__"):
        value = list(value)  # made by `map` or `select`, so no longer than what they were given
    _budget(context).spend(1 + len(value))
    return value


@pass_context
def weigh(context: Context, value: Any) -> Any:
    """`value` on its way into a filter or a comparison, which will go through all of it."""
    _budget(context).spend(_weight(value))
    return value


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return 1 + (len(value) >> 6)
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return 1 + sum(1 + (len(v) >> 6 if isinstance(v, str) else 0) for v in value)
    return 1


def join(values: Iterable[Any], between: str = "") -> str:
    """The texts of a list, joined; nothing else than text, and no more than a clause can print."""
    texts = list(values)
    if isinstance(values, str) or not all(isinstance(text, str) for text in (*texts, between)):
        raise TypeError("hanya teks yang dapat digabung")
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_ROOM:
        raise BudgetError
    return between.join(texts)


# ---------------------------------------------------------------------- patterns


def check_pattern(pattern: re.Pattern[str]) -> str:
    """Why a search for `pattern` may take for ever, in words; "" when it may not.

    A group is repeated at most once (`(…)?`), anything else than blanks a stated number of times, and what is left
    to choose is bounded: the texts it searches come from records.
    """
    tree = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    try:
        cost = _cost(tree)
    except _PatternError as error:
        return str(error)
    return "" if cost <= MAX_PATTERN_COST else "terlalu banyak cara mencocokkannya; perkecil batas `{0,…}`"


class _PatternError(Exception):
    """A pattern that may take for ever."""


_REPEATS: Final = frozenset(["MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"])


def _cost(items: Iterable[Any]) -> int:
    """Ways to match a sequence at one place, at most."""
    ways = 1
    for op, value in items:
        name = str(op)
        if name in _REPEATS:
            ways *= _cost_of_repeat(*value)
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            ways *= _cost(value if name == "ATOMIC_GROUP" else value[-1])
        elif name == "BRANCH":
            ways *= _cost_of_branch(value[1])
        elif name == "GROUPREF_EXISTS":
            ways *= _cost(value[1]) + _cost(value[2] or ())
    return ways


def _cost_of_repeat(least: int, most: int, body: Sequence[Any]) -> int:
    if most <= 1:
        return 1 + _cost(body)
    if len(body) != 1 or str(body[0][0]) not in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        raise _PatternError("kelompok `( … )` tidak boleh diulang dengan `*`, `+`, atau `{…}`; hanya dengan `?`")
    if "CATEGORY_SPACE" in str(body) and len(body[0][1]) == 1:
        return 2  # texts are searched with single blanks
    if most > 1000:
        raise _PatternError("ulangan tanpa batas; ganti `*` atau `+` dengan misalnya `{0,200}`")
    return int(most - least + 1)


def _cost_of_branch(ways: Sequence[Sequence[Any]]) -> int:
    """Alternatives that begin with different letters exclude each other."""
    costs = [_cost(way) for way in ways]
    first = [way[0][1] if way and str(way[0][0]) == "LITERAL" else None for way in ways]
    apart = None not in first and len(set(first)) == len(first)
    return max(costs) if apart else sum(costs)
