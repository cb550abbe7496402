"""What a clause or a condition reads of a record, so that what equal values gave once need not be worked out again.

Clauses have no clock, no chance and no state (`guard`): what they print follows from their words and from the values
that they name. `reads` finds those names in the parsed text; `Values` tells by them whether two records look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from jinja2 import nodes

from ksdocs.clauses.environment import Tanda, environment, evaluate
from ksdocs.clauses.guard import FUNCTIONS
from ksdocs.memo import Memo
from ksdocs.models.pandangan import Pandangan

Path = tuple[str, ...]
"""A name and what is read of it: `("jangka_waktu", "lama")`; `("pihak", EACH, "label")`; `("ada", "hki")`."""

EACH: Final = "*"
_FIXED: Final = FUNCTIONS - {"ada", "label_pihak"}
"""Functions that give the same for every record."""
_USES: Final = 3
"""A text is looked into once it has been used this often: who makes one document has no use for it."""


class UnknowableError(Exception):
    """What a text reads cannot be told from its words."""


def reads(tree: nodes.Node) -> frozenset[Path]:
    """Every path that `tree` may read; UnknowableError where a name is only known when it is filled."""
    return frozenset(_reads(tree, frozenset()))


def _reads(node: nodes.Node, bound: frozenset[str]) -> Iterator[Path]:
    if isinstance(node, nodes.Getattr):
        path = _chain(node)
        if path is not None:
            if path[0] not in bound:
                yield path
            return
    elif isinstance(node, nodes.Name):
        yield from _name(node.name, bound)
        return
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        yield from _call(node, node.node.name, bound)
        return
    elif isinstance(node, nodes.For):
        yield from _loop(node, bound)
        return
    for child in node.iter_child_nodes():
        yield from _reads(child, bound)


def _chain(node: nodes.Expr) -> Path | None:
    """`a.b.c` as a path; None where it begins with more than a name."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    return (node.name, *reversed(parts)) if isinstance(node, nodes.Name) else None


def _name(name: str, bound: frozenset[str]) -> Iterator[Path]:
    if name in bound or name in _FIXED:
        return
    if name in ("ada", "label_pihak"):
        raise UnknowableError(name)
    yield (name,)


def _call(node: nodes.Call, name: str, bound: frozenset[str]) -> Iterator[Path]:
    arguments = [*node.args, *(k.value for k in node.kwargs)]
    if name == "ada":
        if len(arguments) != 1 or not isinstance(arguments[0], nodes.Const):
            raise UnknowableError(name)
        yield ("ada", str(arguments[0].value))
        return
    if name == "label_pihak":
        yield ("pihak", EACH, "label")
    elif name not in _FIXED:
        raise UnknowableError(name)
    for argument in arguments:
        yield from _reads(argument, bound)


def _loop(node: nodes.For, bound: frozenset[str]) -> Iterator[Path]:
    inside = bound | {n.name for n in node.target.find_all(nodes.Name)} | {"loop"}
    if isinstance(node.target, nodes.Name):
        inside |= {node.target.name}
    parts = [*node.body, *([node.test] if node.test is not None else [])]
    each = _of_each(node, parts, bound)
    if each is None:
        yield from _reads(node.iter, bound)
    else:
        yield from each
    for part in parts:
        yield from _reads(part, inside)
    for part in node.else_:
        yield from _reads(part, bound)


def _of_each(node: nodes.For, parts: list[Any], bound: frozenset[str]) -> list[Path] | None:
    """What the loop reads of each item, where it never takes one whole; None where it may."""
    if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name):
        return None
    if node.iter.name in bound | FUNCTIONS:
        return None
    name = node.target.name
    found: list[Path] = [(node.iter.name, EACH)]
    for part in parts:
        inner = _of_item(part, name)
        if inner is None:
            return None
        found += [(node.iter.name, EACH, *rest) for rest in inner]
    return found


def _of_item(node: nodes.Node, name: str) -> list[Path] | None:
    if isinstance(node, nodes.Getattr):
        path = _chain(node)
        if path is not None:
            return [path[1:]] if path[0] == name else []
    if isinstance(node, nodes.Name):
        return None if node.name == name else []
    found: list[Path] = []
    for child in node.iter_child_nodes():
        inner = _of_item(child, name)
        if inner is None:
            return None
        found += inner
    return found


_MISSING: Final = ("<missing>",)
_PLAIN: Final = frozenset([str, type(None), date])


def _token(value: Any) -> Hashable:
    """What stands for `value` in a key: itself where it is plain, else its identity."""
    kind = value.__class__
    if kind in _PLAIN:
        return value  # type: ignore[no-any-return]
    if kind is int or kind is bool or kind is Tanda:
        return (kind, value)
    if kind is frozenset:
        return (kind, value) if all(v.__class__ is str for v in value) else id(value)
    return id(value)


class Values(dict[str, Any]):
    """The names that clauses may use, for one record in one language. What stands in them is never changed."""

    __slots__ = ("_tokens",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._tokens: dict[Path, Hashable] = {}

    def key(self, paths: tuple[Path, ...]) -> tuple[Hashable, ...]:
        """What tells values that read alike under `paths` from others, as long as `held` of them is kept."""
        tokens = self._tokens
        try:
            return tuple([tokens[p] for p in paths])
        except KeyError:
            for path in paths:
                if path not in tokens:
                    tokens[path] = self._token(path)
            return tuple([tokens[p] for p in paths])

    def held(self, paths: tuple[Path, ...]) -> tuple[Any, ...]:
        """The objects that a key of `paths` may name by their identity."""
        return tuple([self._at(path) for path in paths])

    def presence_changed(self) -> None:
        """To be called when `ada(…)` begins to answer otherwise."""
        for path in [p for p in self._tokens if p[0] == "ada"]:
            del self._tokens[path]

    def _token(self, path: Path) -> Hashable:
        value = self._at(path)
        return tuple(map(_token, value)) if EACH in path and value.__class__ is _Each else _token(value)

    def _at(self, path: Path) -> Any:
        value = self.get(path[0], _MISSING)
        if path[0] == "ada":
            return bool(value(path[1]))
        for place, part in enumerate(path[1:], 1):
            if part == EACH:
                if value.__class__ is not tuple:
                    return value
                return _Each(_of(item, path[place + 1 :]) for item in value)
            if value.__class__ is not Pandangan:
                return value
            value = value.__dict__.get(part, _MISSING)
        return value


class _Each(tuple[Any, ...]):
    """One value of each item of a list."""

    __slots__ = ()


def _of(item: Any, path: Path) -> Any:
    if not path:
        return item.__class__
    for part in path:
        if item.__class__ is not Pandangan:
            return item
        item = item.__dict__.get(part, _MISSING)
    return item


class Reader:
    """The paths that one text reads, found when it has been used a few times."""

    __slots__ = ("_parse", "_paths", "_uses")

    def __init__(self, parse: Callable[[], nodes.Template]) -> None:
        self._parse = parse
        self._uses = 0
        self._paths: tuple[Path, ...] | None = None

    def paths(self) -> tuple[Path, ...] | None:
        """None while it is not known, or cannot be."""
        if self._uses <= _USES:
            self._uses += 1
            if self._uses > _USES:
                try:
                    self._paths = tuple(sorted(reads(self._parse())))
                except Exception:
                    # Whatever cannot be parsed or told apart is filled anew each time.
                    self._paths = None
        return self._paths


class _Asked:
    """A condition, and its answers."""

    __slots__ = ("answers", "reader")

    def __init__(self, expression: str) -> None:
        self.reader = Reader(lambda: environment("id").parse("{{ (" + expression + ") }}"))
        self.answers: Memo[tuple[Hashable, ...], tuple[Any, bool]] = Memo(64)


_ASKED: Final[Memo[str, _Asked]] = Memo(1024)


def ask(expression: str, values: Mapping[str, Any]) -> bool:
    """As `evaluate`; a condition that was asked of the same values is not asked again."""
    if values.__class__ is not Values:
        return evaluate(expression, values)
    assert isinstance(values, Values)
    asked = _ASKED.get(expression) or _ASKED.put(expression, _Asked(expression))
    paths = asked.reader.paths()
    if paths is None:
        return evaluate(expression, values)
    key = values.key(paths)
    found = asked.answers.get(key)
    if found is None:
        found = asked.answers.put(key, (values.held(paths), evaluate(expression, values)))
    return found[1]
