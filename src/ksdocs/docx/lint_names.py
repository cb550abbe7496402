"""The names in a template, held against the tree of what its kind is given; and which of them it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from jinja2 import nodes

from ksdocs.docx import lint_types as t
from ksdocs.docx.access import known_attributes
from ksdocs.docx.lint_blocks import ANY, Found
from ksdocs.docx.lint_scan import Part, Tag
from ksdocs.docx.lint_types import Tipe
from ksdocs.docx.sandbox import Environment
from ksdocs.docx.values import Runs
from ksdocs.nama import DICETAK_BLOK, Nama, walk
from ksdocs.nama import tag as written_tag
from ksdocs.problems import problem, suggest

_LOOP: Final = frozenset(
    [
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "depth",
        "depth0",
        "previtem",
        "nextitem",
        "cycle",
        "changed",
    ]
)
_LOOP_NUMBERS: Final = frozenset(["index", "index0", "revindex", "revindex0", "length", "depth", "depth0"])
_OF_MACRO: Final = frozenset({"varargs", "kwargs", "caller", "name", "arguments"})
Scope = dict[str, Tipe]


@dataclass(slots=True)
class Usage:
    """What a template prints: `wajib` of every name that it prints, and where it loops over a list."""

    used: set[str] = field(default_factory=set)
    loops: dict[int, Tag] = field(default_factory=dict)
    """id of a `Nama` → the first loop over it."""
    certain: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """`wajib` of what is printed of certain entries of a list → those entries (`Tipe.at`)."""
    entries: dict[int, set[int]] = field(default_factory=dict)
    """id of a list → its entries that are named by their number."""

    def printed_of(self, owner: int) -> set[str]:
        """What is printed of a list: by a loop, or for every entry that is named."""
        every = {key for key, at in self.certain.items() if at >= {(owner, n) for n in self.entries.get(owner, {-1})}}
        return self.used | every

    def add(self, other: Usage) -> None:
        self.used |= other.used
        for key, at in other.certain.items():
            self.certain.setdefault(key, set()).update(at)
        for owner, numbers in other.entries.items():
            self.entries.setdefault(owner, set()).update(numbers)


class NameCheck:
    """The names of one part."""

    def __init__(self, part: Part, names: tuple[Nama, ...], environment: Environment) -> None:
        self._part, self._names, self._environment = part, names, environment
        self._known = {one.nama: one for one in names}
        self._told: set[tuple[int, str, str]] = set()
        self._numbered_lists: dict[int, Nama] = {}
        self.usage = Usage()
        self.found: list[Found] = []

    def run(self, tree: nodes.Template) -> None:
        scope: Scope = dict.fromkeys(self._environment.globals, t.ANY)
        scope |= {name: t.of_name(one) for name, one in self._known.items()} | {ANY: t.ANY}
        self._body(tree.body, scope)

    # ------------------------------------------------------------------ statements

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            handler = _STATEMENTS.get(type(node))
            if handler is not None:
                handler(self, node, scope)

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self._printed(child, self.type_of(child, scope))

    def _printed(self, node: nodes.Expr, found: Tipe) -> None:
        tag = self._tag(node)
        if tag is None or tag.kind != "{{":
            return
        name = tag.inside
        if isinstance(node, nodes.Tuple):
            written = ".".join(self._written(item) for item in node.items)
            self._tell("KS457", node, galat=f"koma memisahkan dua nilai; isian sebuah butir ditulis `{written}`")
        elif found.jenis == "daftar":
            entry = found.entry
            inner = next(iter(entry.fields), "")
            self._tell("KS480", node, isian=name, contoh=f"x.{inner}" if inner else "x")
        elif found.jenis == "kelompok":
            self._tell("KS482", node, isian=name, pilihan=", ".join(found.fields))
        elif found.jenis in ("ya_tidak", "loop"):
            self._tell("KS483", node, isian=name)
        elif found.jenis in DICETAK_BLOK and tag.prefix != "p":
            self._tell("KS485", node, isian=name, tag=tag.text)
        elif found.jenis == "kaya" and tag.prefix != "r" and tag.paragraph.number >= 0:
            self._tell("KS484", node, isian=name, tag=tag.text)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        whole, used, asked_for = self.usage, list[Usage](), Usage(loops=self.usage.loops)
        for branch in (node, *node.elif_):
            self.usage = whole
            self.type_of(branch.test, scope, use=False)
            self.usage = asked_for
            self.type_of(branch.test, scope, use=True)
            self.usage = Usage(loops=whole.loops)
            used.append(self.usage)
            asked = {n.node.name for n in _tests(branch.test) if n.name == "defined" and isinstance(n.node, nodes.Name)}
            fresh = asked - set(scope)
            scope |= dict.fromkeys(fresh, t.ANY)
            self._body(branch.body, scope)
            for name in fresh:
                del scope[name]
        self.usage = Usage(loops=whole.loops)
        self._body(node.else_, scope)
        used.append(self.usage)
        self.usage = whole
        if node.else_:
            self._uneven((node, *node.elif_, node.else_[0]), used, asked_for)
        for one in used:
            whole.add(one)

    def _uneven(self, branches: Sequence[nodes.Node], used: Sequence[Usage], asked: Usage) -> None:
        """KS487: of a list whose entries are named by number in one branch, a branch prints less than the others."""
        for owner, name in self._numbered_lists.items():
            if not any(owner in one.entries for one in used):
                continue
            keys = set(t.all_needs(name)) - asked.used - set(asked.certain)
            printed = [keys & one.printed_of(owner) for one in used]
            for branch, here in zip(branches, printed, strict=True):
                gone = set().union(*printed) - here if here else set()
                for path, one in walk(name.isi):
                    needs = set(one.wajib.split()) & gone
                    if needs:
                        gone -= needs
                        written = f"{self._part.entry_after(branch.lineno - 1)}.{path.rpartition('.')[2]}"
                        self._tell(
                            "KS487", branch, nama=written, arti=one.arti["id"], tag=written_tag(written, one.jenis)
                        )

    def _for(self, node: nodes.For, scope: Scope) -> None:
        over = self.type_of(node.iter, scope)
        if over.jenis in ("teks", "angka", "ya_tidak", "kaya", "gambar", "bagan", "tabel"):
            self._tell("KS481", node.iter, isian=self._written(node.iter))
        tag = self._tag(node)
        if over.nama is not None and tag is not None:
            self.usage.loops.setdefault(id(over.nama), tag)
        inner = dict(scope)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = over.entry if over.jenis == "daftar" else t.ANY
        else:
            self._use_all(over)
            inner |= {n.name: t.ANY for n in node.target.find_all(nodes.Name)}
        inner["loop"] = t.LOOP if not node.recursive else t.ANY
        if node.test is not None:
            self.type_of(node.test, inner, use=False)
        self._body(node.body, inner)
        self._body(node.else_, scope)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        value = self.type_of(node.node, scope)
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = value
        else:
            self._use_all(value)
            scope |= {n.name: t.ANY for n in node.target.find_all(nodes.Name)}

    def _assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = t.ANY

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            found = self.type_of(value, scope)
            inner |= {n.name: found for n in (target,) if isinstance(n, nodes.Name)}
            inner |= {n.name: t.ANY for n in target.find_all(nodes.Name)}
        self._body(node.body, inner)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = t.MACRO
        for default in node.defaults:
            self.type_of(default, scope)
        inner = dict(scope) | dict.fromkeys(_OF_MACRO, t.ANY)
        self._body(node.body, inner | {arg.name: t.ANY for arg in node.args})

    def _filter_block(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))

    # ------------------------------------------------------------------ expressions

    def type_of(self, node: nodes.Node, scope: Scope, *, use: bool = True, lenient: bool = False) -> Tipe:
        """What an expression is; tells of what is wrong in it. `use`: its value is printed, and not only asked for.
        `lenient`: a name that is not there is meant to be possible."""
        handler = _EXPRESSIONS.get(type(node))
        if handler is not None:
            found: Tipe = handler(self, node, scope, use, lenient)
            return found
        for child in node.iter_child_nodes():
            self._use_all(self.type_of(child, scope, use=use), use)
        return t.ANY

    def _name(self, node: nodes.Name, scope: Scope, use: bool, lenient: bool) -> Tipe:
        found = scope.get(node.name)
        if found is None:
            if not lenient and not node.name.startswith("_"):
                self._tell("KS479", node, nama=node.name, mungkin=self._meant(node.name, scope))
            return t.ANY
        return self._used(found, use)

    def _used(self, found: Tipe, use: bool) -> Tipe:
        if found.nama is not None and found.nama.wajib and (use or found.jenis == "ya_tidak"):
            if found.at is None:
                self.usage.used |= set(found.nama.wajib.split())
            else:
                for key in found.nama.wajib.split():
                    self.usage.certain.setdefault(key, set()).add(found.at)
        return found

    def _numbered(self, owner: Tipe, number: object) -> Tipe:
        """The entry of a list that is named by its number."""
        entry = owner.entry
        if owner.nama is None or not isinstance(number, int) or isinstance(number, bool) or entry.nama is None:
            return entry
        self.usage.entries.setdefault(id(owner.nama), set()).add(number)
        self._numbered_lists[id(owner.nama)] = owner.nama
        return replace(entry, at=(id(owner.nama), number))

    def _const(self, node: nodes.Const, _scope: Scope, _use: bool, _lenient: bool) -> Tipe:
        if isinstance(node.value, bool):
            return t.YES_NO
        return t.TEXT if isinstance(node.value, str) else t.NUMBER if isinstance(node.value, (int, float)) else t.ANY

    def _getattr(self, node: nodes.Getattr, scope: Scope, use: bool, lenient: bool) -> Tipe:
        if isinstance(node.node, nodes.Name) and node.node.name not in scope and not lenient:
            loop = self._loop_of(node.node.name, node.attr)
            if loop is not None:
                written = self._written(node)
                self._tell("KS479", node, nama=written, mungkin=f"{written}` di dalam `{loop.text}")
                return t.ANY
        owner = self.type_of(node.node, scope, use=False, lenient=lenient)
        return self._field(node, owner, node.attr, scope, use, lenient)

    def _getitem(self, node: nodes.Getitem, scope: Scope, use: bool, lenient: bool) -> Tipe:
        owner = self.type_of(node.node, scope, use=False, lenient=lenient)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node, owner, node.arg.value, scope, use, lenient)
        self.type_of(node.arg, scope, use=False)
        if owner.jenis == "daftar":
            if isinstance(node.arg, nodes.Slice):
                return owner
            number = node.arg.value if isinstance(node.arg, nodes.Const) else None
            many = owner.nama.banyak if owner.nama is not None else 0
            if many and isinstance(number, int) and number >= many:
                self._unknown(node, "", f"{self._written(node.node)}[{many - 1}]", lenient)
                return t.ANY
            return self._used(self._numbered(owner, number), use)
        if owner.jenis == "kelompok":
            self._use_all(owner, use)
        return t.TEXT if owner.jenis == "teks" else t.ANY

    def _field(self, node: nodes.Node, owner: Tipe, name: str, scope: Scope, use: bool, lenient: bool) -> Tipe:
        kind = owner.jenis
        if kind in ("apa_saja", "macro", "angka"):
            return t.ANY
        if kind == "loop":
            if name not in _LOOP:
                near = suggest(name, _LOOP)
                self._unknown(node, name, f"loop.{near}" if near else "", lenient)
            return t.NUMBER if name in _LOOP_NUMBERS else t.YES_NO if name in ("first", "last") else t.ANY
        if kind == "kelompok" and (found := owner.field(name)) is not None:
            return self._used(found, use)
        if name in _methods(kind):
            self._use_all(owner, use)
            return t.ANY
        if kind == "daftar":
            inner = owner.entry.field(name)
            near = f"x.{name}" if inner is not None else suggest(name, owner.entry.fields)
            if inner is not None and not lenient:
                self._tell("KS480", node, isian=self._written(node), contoh=near)
            else:
                self._unknown(node, name, near, lenient)
        elif kind == "kelompok":
            near = suggest(name, owner.fields)
            near = f"{self._written(node).rpartition('.')[0]}.{near}" if near else self._meant(name, scope)
            self._unknown(node, name, near, lenient)
        else:
            self._unknown(node, name, "", lenient)
        return t.ANY

    def _unknown(self, node: nodes.Node, name: str, near: str, lenient: bool) -> None:
        if not lenient and not name.startswith("_"):
            self._tell("KS479", node, nama=self._written(node) or name, mungkin=near)

    def _filter(self, node: nodes.Filter, scope: Scope, use: bool, lenient: bool) -> Tipe:
        if node.node is None:
            return t.ANY
        name = node.name
        given = self.type_of(node.node, scope, use=use, lenient=lenient or name in ("default", "d"))
        for argument in (*node.args, *(k.value for k in node.kwargs)):
            self.type_of(argument, scope, use=use)
        if name not in self._environment.filters:
            return t.ANY  # the engine tells
        if t.unfit(name, given):
            self._tell("KS486", node, saringan=name, isian=self._written(node.node), pilihan=_fitting(given.jenis))
            return t.ANY
        return self._filtered(node, name, given, use)

    def _filtered(self, node: nodes.Filter, name: str, given: Tipe, use: bool) -> Tipe:
        if name in t.KEPT_FILTERS and given.jenis == "daftar":
            return given
        if name in ("default", "d"):
            return given if given.jenis != "apa_saja" else t.ANY
        if name in ("first", "last") and given.jenis == "daftar":
            return self._used(given.entry, use)
        if name in ("batch", "slice") and given.jenis == "daftar":
            return t.a_list(given)
        if name == "map" and given.jenis == "daftar":
            attribute = next((k.value for k in node.kwargs if k.key == "attribute"), None)
            if isinstance(attribute, nodes.Const) and given.entry.jenis == "kelompok":
                one = self._field(node, given.entry, str(attribute.value), {}, use, False)
                return t.a_list(one)
        self._use_all(given, use)
        if name in t.NUMBER_FILTERS:
            return t.NUMBER
        return t.TEXT if name in t.TEXT_FILTERS or name in t.VALUE_FILTERS or name == "join" else t.ANY

    def _test(self, node: nodes.Test, scope: Scope, _use: bool, _lenient: bool) -> Tipe:
        self.type_of(node.node, scope, use=False, lenient=node.name in ("defined", "undefined"))
        for argument in node.args:
            self.type_of(argument, scope, use=False)
        return t.YES_NO

    def _asked(self, node: nodes.Node, scope: Scope, _use: bool, lenient: bool) -> Tipe:
        """Comparisons and `not`."""
        for child in node.iter_child_nodes():
            self.type_of(child.expr if isinstance(child, nodes.Operand) else child, scope, use=False, lenient=lenient)
        return t.YES_NO

    def _either(self, node: nodes.BinExpr, scope: Scope, use: bool, lenient: bool) -> Tipe:
        left = self.type_of(node.left, scope, use=use, lenient=lenient)
        guarded = lenient or any(n.name == "defined" for n in _tests(node.left))  # `x is defined and x.y`
        return t.either(left, self.type_of(node.right, scope, use=use, lenient=guarded))

    def _choice(self, node: nodes.CondExpr, scope: Scope, use: bool, lenient: bool) -> Tipe:
        self.type_of(node.test, scope, use=False)
        guarded = lenient or any(n.name == "defined" for n in _tests(node.test))
        one = self.type_of(node.expr1, scope, use=use, lenient=guarded)
        if node.expr2 is None:
            return one
        return t.either(one, self.type_of(node.expr2, scope, use=use, lenient=guarded))

    def _text(self, node: nodes.Concat, scope: Scope, use: bool, lenient: bool) -> Tipe:
        for child in node.nodes:
            self._use_all(self.type_of(child, scope, use=use, lenient=lenient), use)
        return t.TEXT

    def _call(self, node: nodes.Call, scope: Scope, use: bool, _lenient: bool) -> Tipe:
        self.type_of(node.node, scope, use=use)
        for argument in (*node.args, *(k.value for k in node.kwargs)):
            self._use_all(self.type_of(argument, scope, use=use), use)
        return t.ANY

    # ------------------------------------------------------------------ helpers

    def _use_all(self, found: Tipe, use: bool = True) -> None:
        """What is handed on whole may be printed whole."""
        entry = found.butir
        if use and found.nama is not None:
            self.usage.used |= set(t.all_needs(found.nama))
        elif use and entry is not None:
            self._use_all(entry)

    def _meant(self, name: str, scope: Mapping[str, Tipe]) -> str:
        """The name that was perhaps meant: a field of what is looped over, one of a list, or one that is near."""
        for own, found in scope.items():
            if own not in self._known and found.jenis == "kelompok" and name in found.fields:
                return f"{own}.{name}"
        for path, one in walk(self._names):
            if one.nama == name and "." in path:
                if "[]" not in path:
                    return path
                around = path.rpartition("[]")[0].replace("[]", "")
                return f"x.{name}` di dalam `{{%p for x in {around} %}}"
        return suggest(name, [n for n in scope if n not in self._environment.globals and n != ANY])

    def _loop_of(self, name: str, attribute: str) -> Tag | None:
        """The loop of this part that gives `name` an `attribute`."""
        for tag in self._part.tags:
            found = re.match(rf"for\s+{re.escape(name)}\s+in\s+(?:\w+\.)*(\w+)", tag.inside)
            if found and any(
                one.nama == found[1] and attribute in {inner.nama for inner in one.isi} for _, one in walk(self._names)
            ):
                return tag
        return None

    def _tag(self, node: nodes.Node) -> Tag | None:
        index = node.lineno - 1
        return self._part.tags[index] if 0 <= index < len(self._part.tags) else None

    def _written(self, node: nodes.Node) -> str:
        """A name as it is typed: `pihak[0].nama`."""
        if isinstance(node, nodes.Name):
            return node.name
        if isinstance(node, nodes.Getattr):
            return f"{self._written(node.node)}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            inside = repr(node.arg.value) if isinstance(node.arg, nodes.Const) else "…"
            return f"{self._written(node.node)}[{inside}]"
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._written(node.node)
        if isinstance(node, nodes.Const):
            return str(node.value)
        return "…"

    def _tell(self, code: str, node: nodes.Node, /, **params: Any) -> None:
        tag = self._tag(node)
        if tag is None:
            return
        key = (id(tag), code, params.get("nama", params.get("isian", "")))
        if key not in self._told:
            self._told.add(key)
            self.found.append(Found(problem(code, self._part.place(tag), **{"tag": tag.text, **params}), tag))


def _tests(node: nodes.Node) -> Iterator[nodes.Test]:
    if isinstance(node, nodes.Test):
        yield node
    yield from node.find_all(nodes.Test)


def _methods(kind: str) -> frozenset[str]:
    """Attributes that a value of a type has besides its fields."""
    python: Any = {"teks": str, "daftar": list, "kelompok": dict, "ya_tidak": bool}.get(kind)
    if python is not None:
        return known_attributes(python) or frozenset()
    return frozenset(n for n in dir(Runs) if not n.startswith("_")) if kind == "kaya" else frozenset()


def _fitting(kind: str) -> str:
    from ksdocs.nama import SARINGAN

    return ", ".join(SARINGAN.get(kind, ()))


_STATEMENTS: Final[dict[Any, Any]] = {
    nodes.Output: NameCheck._output,
    nodes.If: NameCheck._if,
    nodes.For: NameCheck._for,
    nodes.Assign: NameCheck._assign,
    nodes.AssignBlock: NameCheck._assign_block,
    nodes.With: NameCheck._with,
    nodes.Macro: NameCheck._macro,
    nodes.FilterBlock: NameCheck._filter_block,
}
_EXPRESSIONS: Final[dict[Any, Any]] = {
    nodes.Name: NameCheck._name,
    nodes.Const: NameCheck._const,
    nodes.Getattr: NameCheck._getattr,
    nodes.Getitem: NameCheck._getitem,
    nodes.Filter: NameCheck._filter,
    nodes.Test: NameCheck._test,
    nodes.Compare: NameCheck._asked,
    nodes.Not: NameCheck._asked,
    nodes.And: NameCheck._either,
    nodes.Or: NameCheck._either,
    nodes.CondExpr: NameCheck._choice,
    nodes.Concat: NameCheck._text,
    nodes.Call: NameCheck._call,
}
