"""The tree of a template, checked against what is allowed and rewritten so that each value has its writer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from ksdocs.docx.job import Place, nearest
from ksdocs.docx.numbering import LIST_MARK, RESTART_MARK
from ksdocs.docx.positions import Broken, Spot
from ksdocs.docx.sandbox import Environment
from ksdocs.docx.source import GUARD, MARK, Source
from ksdocs.docx.writers import PIECES
from ksdocs.problems import Location, Problem, TemplateError

_ASKED = re.compile(
    f'(?<=<wp:docPr )(?P<before>(?:[^>]*? )?id=")[0-9]+(?=")|{LIST_MARK.pattern}|{RESTART_MARK.pattern}'
)
# What may stand in a file once: copies in a loop lose it. All of it is optional.
_ONCE = re.compile(r' w14:(?:paraId|textId)="[^"]*"|<w:bookmark(?:Start|End)\b[^>]*/>|<w:id w:val="[^"]*"/>')
_CELL_EDGE = re.compile("<(/?)w:tc[ >]")
_CELL_COMMENT = re.compile(r"<(?:/w:tc|/w:trPr|w:tr(?: [^>]*)?)>\s*\{#")  # in place of a cell
_DOCXTPL_ESCAPES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

_EXPRESSIONS = (
    nodes.Name,
    nodes.Const,
    nodes.Tuple,
    nodes.List,
    nodes.Dict,
    nodes.Pair,
    nodes.Keyword,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Call,
    nodes.Getitem,
    nodes.Getattr,
    nodes.Slice,
    nodes.Concat,
    nodes.Compare,
    nodes.Operand,
    nodes.BinExpr,
    nodes.UnaryExpr,
)


_COMMANDS = {"Scope": "autoescape", "CallBlock": "call"}
"""What a template calls the nodes that Jinja calls otherwise."""


class _Stop(Exception):  # noqa: N818 - ends the walk through a part whose structure is broken
    pass


class Rewriter:
    """Rewrites the tree of one part in place; `places` is what its writers will be numbered by."""

    def __init__(self, environment: Environment, source: Source, at: Location) -> None:
        self._environment = environment
        self._source = source
        self._at = at
        self._dress = ""
        self._paths: dict[str, str] = {}
        self._loops: list[tuple[Spot, nodes.For]] = []
        self._macros: dict[str, tuple[int, int, int]] = {}
        self.grids = _CELL_COMMENT.search(source.text) is not None
        self.places: list[Place] = []
        self.problems: list[Problem] = []

    def run(self, tree: nodes.Template) -> None:
        """Rewrites `tree`.

        Raises:
            TemplateError: KS451 unknown filter, KS452 command not allowed, KS453 structure torn apart, KS454
                a tag where none may stand, KS455 unknown test, KS456 access not allowed.
        """
        try:
            end = self._body(tree.body, Spot(), loop=False)
            if end != Spot() and not self.problems:
                self._torn(tree.lineno, end.stack[-1] if end.stack else end.tag)
        except _Stop:
            pass
        if self.problems:
            raise TemplateError(self.problems)

    # ------------------------------------------------------------------ statements

    def _body(self, body: list[nodes.Node], spot: Spot, *, loop: bool) -> Spot:
        made: list[nodes.Node] = []
        for node in body:
            if isinstance(node, (nodes.AssignBlock, nodes.FilterBlock)):
                made += self._captured(node, spot, loop=loop)
            else:
                spot = self._statement(node, spot, loop=loop)
                made.append(node)
        body[:] = made
        return spot

    def _statement(self, node: nodes.Node, spot: Spot, *, loop: bool) -> Spot:
        if isinstance(node, nodes.Output):
            return self._output(node, spot, loop=loop)
        if spot.tag and not spot.quoted:
            self._refuse("KS454", node.lineno)
        if isinstance(node, nodes.If):
            return self._if(node, spot, loop=loop)
        if isinstance(node, nodes.For):
            return self._for(node, spot)
        if isinstance(node, nodes.Macro):
            return self._macro(node, spot)
        if isinstance(node, nodes.With):
            self._targets(node.targets)
            node.values = [self._expression(v) for v in node.values]
            return self._body(node.body, spot, loop=loop)
        if isinstance(node, nodes.Assign):
            self._targets([node.target])
            node.node = self._expression(node.node)
            return spot
        if isinstance(node, (nodes.Break, nodes.Continue)):
            if not self._loops or self._loops[-1][0] != spot:
                self._torn(node.lineno, spot.stack[-1] if spot.stack else "?")
            return spot
        name = type(node).__name__
        line = node.lineno or next((n.lineno for n in node.find_all(nodes.Node) if n.lineno), 0)
        self._refuse("KS452", line, perintah=_COMMANDS.get(name, name.lower()))
        return spot

    def _macro(self, node: nodes.Macro, spot: Spot) -> Spot:
        """A macro writes what fits where it is defined, and is printed at like places."""
        self._targets(node.args)
        node.defaults = [self._expression(d) for d in node.defaults]
        kind = PIECES.index(spot.writer) if spot.writer else -1
        if kind < 0 or node.name.startswith("_"):
            self._refuse("KS454", node.lineno)
        self._macros[node.name] = kind, *_cost(node)
        loops, self._loops = self._loops, []
        end = self._body(node.body, spot, loop=True)
        self._loops = loops
        if end != spot:
            self._torn(node.lineno, _differ([spot, end]))
        return spot

    def _captured(self, node: nodes.AssignBlock | nodes.FilterBlock, spot: Spot, *, loop: bool) -> list[nodes.Node]:
        """`{% set x %}…{% endset %}` and `{% filter f %}…{% endfilter %}`: text that a template has written, as
        a value.
        """
        named = isinstance(node, nodes.AssignBlock)
        target = node.target if isinstance(node, nodes.AssignBlock) else nodes.Name("ks_filtered", "store")
        if spot.tag or spot.writer not in PIECES or not isinstance(target, nodes.Name):
            self._refuse("KS454", node.lineno)
            return []
        if named:
            self._targets([target])
        if self._body(node.body, spot, loop=loop) != spot:
            self._torn(node.lineno, spot.stack[-1])
        value: nodes.Expr = self._called(
            "<piece>", nodes.Name(target.name, "load", lineno=node.lineno), PIECES.index(spot.writer), 0, 0
        )
        if node.filter is not None:
            _innermost(node.filter).node = nodes.Const("")
            chain = self._expression(node.filter)
            _innermost(chain).node = value
            value = chain
        block = nodes.AssignBlock(nodes.Name(target.name, "store"), None, node.body, lineno=node.lineno)
        if named:
            last: nodes.Node = nodes.Assign(nodes.Name(target.name, "store"), value, lineno=node.lineno)
        else:
            place = self._place(node.lineno, "")
            last = nodes.Output([self._called(spot.writer, value, place)], lineno=node.lineno)
        for made in (block, last):
            made.set_environment(self._environment)
        return [block, last]

    def _if(self, node: nodes.If, spot: Spot, *, loop: bool) -> Spot:
        self._grid(spot, node)
        node.test = self._expression(node.test)
        ends = [self._body(node.body, spot, loop=loop)]
        for other in node.elif_:
            other.test = self._expression(other.test)
            ends.append(self._body(other.body, spot, loop=loop))
        ends.append(self._body(node.else_, spot, loop=loop))
        if any(end != ends[0] for end in ends):
            self._torn(node.lineno, _differ(ends))
        return ends[0]

    def _grid(self, spot: Spot, node: nodes.Node | None = None) -> None:
        """Notes whether cells are looped over or left out: then a table needs its grid mended."""
        if node is not None and "w:tc" in spot.stack:
            # A command within the text of a cell may go on into the next one.
            ends = _CELL_EDGE.search("".join(n.data for n in node.find_all(nodes.TemplateData)))
            self.grids = self.grids or bool(ends and ends[1])
        around = next((e for e in reversed(spot.stack) if e not in ("w:sdtContent", "w:sdt")), "")
        self.grids = self.grids or around == "w:tr" or spot.tag == "w:gridSpan"

    def _for(self, node: nodes.For, spot: Spot) -> Spot:
        self._grid(spot, node)
        self._targets([node.target])
        path = self._path(node.iter)
        cost = _cost(node)
        place = self._place(node.iter.lineno, path)
        node.iter = self._called("<walk>", self._expression(node.iter), place, *cost)
        names = {n.name for n in node.target.find_all(nodes.Name)}
        if isinstance(node.target, nodes.Name):
            names.add(node.target.name)
        before = dict(self._paths)
        self._paths.update(dict.fromkeys(names, ""))
        if isinstance(node.target, nodes.Name) and path:
            self._paths[node.target.name] = f"{path}.*"
        if node.test is not None:
            node.test = self._expression(node.test)
        self._loops.append((spot, node))
        if node.recursive and (not spot.writer or spot.tag):
            self._refuse("KS454", node.lineno)
        end = self._body(node.body, spot, loop=True)
        self._loops.pop()
        self._paths = before
        other = self._body(node.else_, spot, loop=True)
        if end != spot or other != spot:
            self._torn(node.lineno, _differ([spot, end, other]))
        return spot

    def _output(self, node: nodes.Output, spot: Spot, *, loop: bool) -> Spot:
        out: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                data = self._data(child.data)
                try:
                    spot = spot.advance(data)
                except Broken as broken:
                    self._torn(child.lineno + child.data.count("\n"), broken.element)
                    raise _Stop from None
                out += self._copied(_ONCE.sub("", data) if loop else data, child)
            else:
                out.append(self._printed(child, spot))
        node.nodes = [n for n in out if not (isinstance(n, nodes.TemplateData) and not n.data)]
        return spot

    def _data(self, data: str) -> str:
        """Static XML: without the newlines before tags and the marks of run tags, which set the dress."""
        data = data.replace("\n", "").replace(GUARD, "")
        self._dress = ""
        if "\ufdd0" in data:
            if (found := MARK.search(data)) and found.end() == len(data):
                self._dress = self._source.dresses[int(found[1])]
            data = MARK.sub("", data)
        for written, meant in _DOCXTPL_ESCAPES:
            data = data.replace(written, meant)
        return data

    def _copied(self, data: str, node: nodes.Node) -> Iterator[nodes.Expr]:
        """Static XML; what a loop may copy and must not be the same twice is asked for each time it is written."""
        position = 0
        for found in _ASKED.finditer(data):
            yield self._static(data[position : found.start()] + (found["before"] or ""), node)
            group, original, restart = found.groups()[1:]
            if group:
                yield self._called("<list-id>", nodes.Const(int(original), lineno=node.lineno), int(group))
            elif restart:
                yield self._called("<restart>", nodes.Const(None, lineno=node.lineno), int(restart))
            else:
                yield self._called("<drawing-id>", nodes.Const(None, lineno=node.lineno), 0)
            position = found.end()
        yield self._static(data[position:], node)

    def _static(self, data: str, node: nodes.Node) -> nodes.TemplateData:
        made = nodes.TemplateData(data, lineno=node.lineno)
        made.set_environment(self._environment)
        return made

    def _printed(self, node: nodes.Expr, spot: Spot) -> nodes.Expr:
        writer = spot.writer
        if spot.tag:
            self._grid(spot)
        place = self._place(node.lineno, self._path(node), self._dress)
        self._dress = ""
        value = self._expression(node)
        piece = isinstance(value, nodes.Filter) and value.name == "<piece>"
        if self._environment.own_finalize:
            value = self._called("<finish>", value, place)
        if writer == "<field>" and not self._environment.fields:
            writer = ""
        if not writer or (writer in ("<rows>", "<cells>") and not piece):
            self._refuse("KS454", node.lineno)
            writer = "<plain>"
        return self._called(writer, value, place)

    # ------------------------------------------------------------------ expressions

    def _expression(self, node: Any) -> Any:
        return _Expressions(self).visit(node)

    def _called(self, name: str, node: nodes.Expr, *args: int) -> nodes.Filter:
        made = nodes.Filter(node, name, [nodes.Const(a) for a in args], [], None, None, lineno=node.lineno)
        made.set_lineno(node.lineno)
        made.set_environment(self._environment)
        return made

    def _targets(self, targets: Sequence[nodes.Node]) -> None:
        for target in targets:
            for node in (target, *target.find_all(nodes.Node)):
                if isinstance(node, nodes.NSRef):
                    if node.name.startswith("_") or node.attr.startswith("_"):
                        self._refuse("KS456", node.lineno, nama=f"{node.name}.{node.attr}")
                elif not isinstance(node, (nodes.Name, nodes.Tuple)):
                    self._refuse("KS452", node.lineno, perintah=type(node).__name__.lower())
                elif isinstance(node, nodes.Name) and node.name.startswith("_") and node.name != "_":
                    self._refuse("KS456", node.lineno, nama=node.name)
                elif isinstance(node, nodes.Name):
                    self._paths[node.name] = ""

    def _path(self, node: nodes.Node) -> str:
        """The record path that an expression names (`pihak.*.nama`), or nothing."""
        if isinstance(node, nodes.Name):
            return self._paths.get(node.name, node.name)
        if isinstance(node, nodes.Getattr):
            before = self._path(node.node)
            return before and f"{before}.{node.attr}"
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            before, key = self._path(node.node), node.arg.value
            return before and f"{before}.{key + 1 if isinstance(key, int) else key}"
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._path(node.node)
        return ""

    def _place(self, line: int, path: str, dress: str = "") -> int:
        tag = self._source.at_line(line)
        self.places.append(Place(self._at.with_(paragraph=tag.paragraph, path=path), tag.expression, dress))
        return len(self.places) - 1

    def check(self, node: nodes.Node) -> None:
        """Whether an expression holds only what is allowed."""
        if not isinstance(node, _EXPRESSIONS):
            self._refuse("KS452", node.lineno, perintah=type(node).__name__.lower())
        elif isinstance(node, nodes.Filter):
            self._known("KS451", node, self._environment.filters)
        elif isinstance(node, nodes.Test):
            self._known("KS455", node, self._environment.tests)
        elif isinstance(node, nodes.Name) and (
            (node.name.startswith("_") and node.name != "_") or node.name in ("self", "super")
        ):
            self._refuse("KS456", node.lineno, nama=node.name)
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            self._refuse("KS456", node.lineno, nama=node.attr)

    def is_own(self, node: nodes.Filter | nodes.Test) -> bool:
        """Is it a filter or test of the caller's?"""
        own = self._environment.own_filters if isinstance(node, nodes.Filter) else self._environment.own_tests
        return node.name in own

    def written(self, node: nodes.Call) -> tuple[int, int, int] | None:
        """What the call of a macro, or of a recursive loop, writes: which kind of piece; and its `_cost`."""
        if not isinstance(node.node, nodes.Name):
            return None
        if node.node.name == "loop" and self._loops and self._loops[-1][1].recursive:
            spot, loop = self._loops[-1]
            if spot.writer in PIECES:
                return PIECES.index(spot.writer), *_cost(loop)
        return self._macros.get(node.node.name)

    def _known(self, code: str, node: nodes.Filter | nodes.Test, known: dict[str, Any]) -> None:
        if node.name not in known:
            self._refuse(code, node.lineno, nama=node.name, usul=nearest(node.name, sorted(known)))

    # ------------------------------------------------------------------ problems

    def _refuse(self, code: str, line: int, **params: str) -> None:
        tag = self._source.at_line(line)
        found = Problem(code, self._at.with_(paragraph=tag.paragraph), {"tag": tag.text, **params})
        if found not in self.problems:
            self.problems.append(found)

    def _torn(self, line: int, element: str) -> None:
        self._refuse("KS453", line, unsur=element)

    called = _called
    place = _place


class _Expressions(NodeTransformer):
    """Puts a price on what can cost much: filters, tests, comparisons, slices, `~`."""

    def __init__(self, rewriter: Rewriter) -> None:
        self._rewriter = rewriter

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        self._rewriter.check(node)
        return super().visit(node, *args, **kwargs)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        if node.node is not None:
            if self._rewriter.is_own(node):
                place = self._rewriter.place(node.lineno, "")
                node.node = self._rewriter.called("<weigh-defined>", node.node, place)
            else:
                node.node = self._weighed(node.node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Call | nodes.Filter:  # noqa: N802
        written = self._rewriter.written(node)
        self.generic_visit(node)
        if written is None:
            return node
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name == "loop" and node.args:
            place = self._rewriter.place(node.lineno, "")
            node.args[0] = self._rewriter.called("<walk>", node.args[0], place, *written[1:])
        return self._rewriter.called("<piece>", node, *written)

    def visit_Test(self, node: nodes.Test) -> nodes.Test:  # noqa: N802
        self.generic_visit(node)
        node.node = self._weighed(node.node)
        node.args = [self._weighed(a) for a in node.args]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        self.generic_visit(node)
        if len(node.ops) == 1 and node.ops[0].op in ("eq", "ne") and _is_small(node.expr, node.ops[0].expr):
            return node  # no value takes long to be told from a word of the template
        node.expr = self._weighed(node.expr)
        for operand in node.ops:
            operand.expr = self._weighed(operand.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Getitem:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = self._weighed(node.node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        items = nodes.List(node.nodes, lineno=node.lineno)
        return self._rewriter.called("<concat>", items, 0)

    def visit_List(self, node: nodes.List) -> nodes.List:  # noqa: N802
        self.generic_visit(node)
        node.items = [self._flat(i) for i in node.items]
        return node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Tuple:  # noqa: N802
        self.generic_visit(node)
        node.items = [self._flat(i) for i in node.items]
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Pair:  # noqa: N802
        self.generic_visit(node)
        node.value = self._flat(node.value)
        return node

    def _weighed(self, node: nodes.Expr) -> nodes.Expr:
        return node if isinstance(node, nodes.Const) else self._rewriter.called("<weigh>", node, 0)

    def _flat(self, node: nodes.Expr) -> nodes.Expr:
        # A list that is written out within a list is as small as the template, and its own items are flat.
        written = isinstance(node, (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict))
        return node if written else self._rewriter.called("<flat>", node, 0)


def _cost(node: nodes.For | nodes.Macro) -> tuple[int, int]:
    """What one turn of a loop or one call of a macro costs: the characters of static text, and further steps for
    what it works out, one for every few operations.
    """
    size = sum(len(n.data) for n in node.find_all(nodes.TemplateData))
    return size, sum(1 for _ in node.find_all(nodes.Node)) >> 3


def _is_small(*sides: nodes.Expr) -> bool:
    """Is one of the sides a word or a number that stands in the template?"""
    return any(isinstance(side, nodes.Const) for side in sides)


def _innermost(chain: nodes.Filter) -> nodes.Filter:
    while isinstance(chain.node, nodes.Filter):
        chain = chain.node
    return chain


def _differ(spots: Sequence[Spot]) -> str:
    """The element where the branches of a command do not agree."""
    stacks = [s.stack for s in spots]
    longest, shortest = max(stacks, key=len), min(stacks, key=len)
    for one, other in zip(longest, shortest, strict=False):
        if one != other:
            return one
    return longest[len(shortest)] if len(longest) > len(shortest) else (spots[0].tag or "?")
