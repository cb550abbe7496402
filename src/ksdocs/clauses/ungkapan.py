"""Expressions of a clause, read one by one without a record: unknown names at any depth, values put to a wrong use.

Each tag is read by itself, so that one that cannot be read hides no other. Problems carry line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import TemplateSyntaxError, nodes

from ksdocs.clauses.environment import MAX_GAP, environment, gave_up
from ksdocs.clauses.guard import FUNCTIONS, forbidden
from ksdocs.clauses.nama import APA_SAJA, BILANGAN, TEKS, TETAP, ULANGAN, YA_TIDAK, Nilai, daftar
from ksdocs.problems import Location, Problem, suggest

Nama = Mapping[str, Nilai]
"""What may be named at one place: the fields of the record, and the items of the loops around it."""

_NUMBERS: Final = frozenset({"bilangan", "pecahan"})
_DATES: Final = frozenset({"tanggal"})
_LISTS: Final = frozenset({"daftar"})
_WORDS: Final = frozenset({"teks", "pilihan"})
_FITS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("tanggal_panjang", "tanggal_lengkap", "tanggal_terbilang", "tanggal_angka", "hari"), _DATES),
    **dict.fromkeys(("bulan", "bulan_romawi"), _DATES | {"bilangan"}),
    **dict.fromkeys(("rupiah", "rupiah_lengkap", "rupiah_terbilang", "persen", "persen_lengkap"), _NUMBERS),
    **dict.fromkeys(("terbilang", "angka_terbilang", "ribuan", "romawi", "huruf"), _NUMBERS),
    **dict.fromkeys(("daftar", "daftar_atau", "join"), _LISTS),
    "durasi": frozenset({"lama"}),
    "kapital": _WORDS,
}
"""Filter → what it takes."""
_CALLED: Final = {
    "teks": "teks", "pilihan": "teks", "bilangan": "bilangan", "pecahan": "uang atau pecahan", "tanggal": "tanggal",
    "lama": "jangka waktu", "ya_tidak": "ya atau tidak", "kelompok": "kelompok isian", "daftar": "daftar",
}  # fmt: skip
_KEEPING: Final = frozenset({"list", "unique", "select", "reject", "selectattr", "rejectattr", "sort"})
_SHOWN: Final = {
    "tanggal": "{{{{ {n}|tanggal_panjang }}}}",
    "pecahan": "{{{{ {n}|rupiah }}}}",
    "lama": "{{{{ {n}|durasi }}}}",
    "ya_tidak": "{{% if {n} %}}",
    "daftar": "{{% for x in {n} %}}",
}
"""What to write instead of printing such a value as it is."""


@dataclass(slots=True)
class Pembaca:
    """Reads the tags of one file; what it finds is kept in `problems` and `refs`."""

    file: str
    language: str
    names: Nama
    problems: list[Problem] = field(default_factory=list)
    refs: list[tuple[str, str, Location]] = field(default_factory=list)
    """(function, target, place) of every `ref("…")` and `ada("…")`."""
    _text: str = ""
    _line: int = 1
    _column: int = 1

    def printed(self, text: str, line: int, column: int, names: Nama) -> nodes.Expr | None:
        """The expression of `{{ text }}`; None when it cannot be read. Told is also what cannot be printed as it is."""
        tree = self._parse("{{" + text + "\n}}", text, line, column)
        found = next(tree.find_all(nodes.Output), None) if tree is not None else None
        if found is None or not found.nodes:
            return None
        expression = next((n for n in found.nodes if not isinstance(n, nodes.TemplateData)), None)
        if expression is None:
            return None
        value = self.value(expression, names)
        if not value.tercetak:
            self._tell_raw(expression, value)
        return expression

    def asked(self, text: str, line: int, column: int, names: Nama) -> None:
        """The condition of an `if`, or of the description of a clause."""
        tree = self._parse("{% if " + text + "\n%}{% endif %}", text, line, column)
        found = next(tree.find_all(nodes.If), None) if tree is not None else None
        if found is not None:
            self.value(found.test, names)

    def looped(self, text: str, line: int, column: int, names: Nama) -> Nama:
        """The names inside `for text`, one way or the other."""
        tree = self._parse("{% for " + text + "\n%}{% endfor %}", text, line, column)
        found = next(tree.find_all(nodes.For), None) if tree is not None else None
        if found is None:
            # What the loop names is not unknown: it was told that the loop cannot be read.
            guessed = re.match(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)", text)
            lost = [w.strip() for w in guessed[1].split(",")] if guessed else []
            return {**names, **dict.fromkeys(lost, APA_SAJA), "loop": ULANGAN}
        value = self.value(found.iter, names)
        if value.bentuk not in ("daftar", "apa_saja"):
            shown = _spelled(found.iter) or text.strip()
            self._tell("KS325", shown, nama=shown, bentuk=_CALLED[value.bentuk])
        item = value.butir if value.butir is not None else APA_SAJA
        inner: dict[str, Nilai] = {**names, "loop": ULANGAN}
        if isinstance(found.target, nodes.Name):
            inner[found.target.name] = item
        else:
            inner.update((name.name, APA_SAJA) for name in found.target.find_all(nodes.Name))
        if found.test is not None:
            self.value(found.test, inner)
        return inner

    def _parse(self, source: str, text: str, line: int, column: int) -> nodes.Template | None:
        self._text, self._line, self._column = text, line, column
        try:
            tree = environment(self.language).parse(source)
            refused = list(dict.fromkeys(what for _, what in forbidden(tree)))
        except TemplateSyntaxError as error:
            self._tell("KS310", "", sebab=_slip(text) or (error.message or "")[:200])
            return None
        except Exception as error:
            # Deep nesting and monstrous numbers make Jinja's own parser give up in many ways.
            self._tell("KS310", "", sebab=gave_up(error))
            return None
        for what in refused[:20]:
            self._tell("KS319", "", bentuk=what)
        return None if refused else tree

    # ---------------------------------------------------------------- values

    def value(self, node: nodes.Node, names: Nama) -> Nilai:
        """What `node` gives; problems of it and of all in it are told."""
        if isinstance(node, nodes.Name):
            return self._name(node, names)
        if isinstance(node, nodes.Getattr):
            return self._inside(node, self.value(node.node, names), node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node, names)
        if isinstance(node, nodes.Filter):
            return self._filter(node, names)
        if isinstance(node, nodes.Call):
            return self._call(node, names)
        if isinstance(node, nodes.Const):
            return BILANGAN if isinstance(node.value, int) and not isinstance(node.value, bool) else TETAP
        if isinstance(node, nodes.CondExpr):
            return self._either(node, names)
        if isinstance(node, nodes.Test) and node.name not in environment(self.language).tests:
            near = suggest(node.name, environment(self.language).tests)
            self._tell(
                "KS356", rf"\bis\s+(?:not\s+)?(?P<here>{node.name})\b", pattern=True, nama=node.name, mungkin=near
            )
        found = [self.value(child, names) for child in node.iter_child_nodes()]
        if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)):
            return YA_TIDAK
        if isinstance(node, (nodes.And, nodes.Or)):
            return found[0] if found[0] == found[-1] else APA_SAJA
        if isinstance(node, (nodes.Add, nodes.Sub, nodes.Neg)):
            return BILANGAN
        return daftar(APA_SAJA) if isinstance(node, (nodes.List, nodes.Tuple)) else APA_SAJA

    def _name(self, node: nodes.Name, names: Nama) -> Nilai:
        if node.name in names:
            return names[node.name]
        if node.name in FUNCTIONS:
            return APA_SAJA
        self._tell("KS311", node.name, nama=node.name, mungkin=_nearest(node.name, names))
        return APA_SAJA

    def _inside(self, node: nodes.Getattr, owner: Nilai, name: str) -> Nilai:
        if owner.bentuk == "apa_saja":
            return APA_SAJA
        if name in owner.isi:
            return owner.isi[name]
        base = _spelled(node.node)
        whole = f"{base}.{name}" if base else name
        if owner.bentuk == "daftar" and owner.butir is not None:
            self._tell("KS323", whole, last=name, nama=base or "…", isian=name)
            return owner.butir.isi.get(name, APA_SAJA)
        near = suggest(name, owner.isi)
        meant = f"{base}.{near}" if near and base else near or (base if not owner.isi else "")
        self._tell("KS311", whole, last=name, nama=whole, mungkin=meant)
        return APA_SAJA

    def _item(self, node: nodes.Getitem, names: Nama) -> Nilai:
        owner = self.value(node.node, names)
        key = node.arg
        if not isinstance(key, nodes.Const):
            self.value(key, names)
        elif isinstance(key.value, str) and owner.bentuk in ("kelompok", "lama") and key.value not in owner.isi:
            base = _spelled(node.node)
            near = suggest(key.value, owner.isi)
            self._tell(
                "KS311", key.value, nama=f"{base}[{key.value!r}]", mungkin=f"{base}.{near}" if near and base else near
            )
            return APA_SAJA
        elif isinstance(key.value, str):
            return owner.isi.get(key.value, APA_SAJA)
        return owner.butir if owner.bentuk == "daftar" and owner.butir is not None else APA_SAJA

    def _filter(self, node: nodes.Filter, names: Nama) -> Nilai:
        base = self.value(node.node, names) if node.node is not None else APA_SAJA
        for argument in (*node.args, *(k.value for k in node.kwargs)):
            self.value(argument, names)
        known = environment(self.language).filters
        name = node.name
        if name not in known or name.startswith("<"):
            usable = [n for n in known if not n.startswith("<")]
            self._tell(
                "KS312", rf"\|\s*(?P<here>{re.escape(name)})\b", pattern=True, nama=name, mungkin=suggest(name, usable)
            )
            return APA_SAJA
        takes = _FITS.get(name)
        if takes is not None and base.bentuk != "apa_saja" and base.bentuk not in takes:
            shown = _spelled(node.node) if node.node is not None else ""
            self._tell(
                "KS357", rf"\|\s*(?P<here>{name})\b", pattern=True, saringan=name, nama=shown or "…",
                bentuk=_CALLED[base.bentuk], pilihan=_filters_for(base.bentuk),
            )  # fmt: skip
            return APA_SAJA
        if name in _KEEPING:
            return base
        if name in ("first", "last"):
            return base.butir if base.butir is not None else TEKS if base.bentuk in _WORDS else APA_SAJA
        if name == "map":
            return daftar(APA_SAJA)
        return BILANGAN if name in ("length", "count") else TEKS if takes is not None else APA_SAJA

    def _call(self, node: nodes.Call, names: Nama) -> Nilai:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if not _called_right(name, node.args):
            self._tell("KS348", name, nama=name, contoh=_CALLS[name])
        elif name in ("ref", "ada") and isinstance(node.args[0], nodes.Const):
            target = str(node.args[0].value)
            self.refs.append((name, target, self._place(target)))
        else:
            for argument in node.args:
                self.value(argument, names)
        return YA_TIDAK if name == "ada" else TETAP

    def _either(self, node: nodes.CondExpr, names: Nama) -> Nilai:
        self.value(node.test, names)
        first = self.value(node.expr1, names)
        other = self.value(node.expr2, names) if node.expr2 is not None else first
        if not first.tercetak and first.bentuk == other.bentuk:
            return first
        return first if first == other else APA_SAJA

    # ---------------------------------------------------------------- telling

    def _tell_raw(self, node: nodes.Expr, value: Nilai) -> None:
        name = _spelled(node) or "…"
        if value.bentuk == "kelompok":
            instead = "{{ " + f"{name}.{next(iter(value.isi), '…')}" + " }}"
        else:
            instead = _SHOWN[value.bentuk].format(n=name)
        self._tell("KS324", name, nama=name, bentuk=_CALLED[value.bentuk], contoh=instead)

    def _tell(self, code: str, words: str, *, last: str = "", pattern: bool = False, **values: Any) -> None:
        self.problems.append(Problem(code, self._place(words, last=last, pattern=pattern), values))

    def _place(self, words: str, *, last: str = "", pattern: bool = False) -> Location:
        """Where `words` stand in the tag being read (their part `last`); its first sign when they are not found.

        The second time that the same is told of one tag, it is at its second place.
        """
        column = self._column + len(self._text) - len(self._text.lstrip())
        if words:
            spelled = (
                words if pattern else r"(?<![\w.])" + r"\s*\.\s*".join(map(re.escape, words.split("."))) + r"(?!\w)"
            )
            told = {(p.at.line, p.at.column) for p in self.problems} | {(at.line, at.column) for *_, at in self.refs}
            for found in re.finditer(spelled, self._text):
                start = found.start("here") if pattern else found.end() - len(last or words) if last else found.start()
                column = self._column + start
                if (self._line, column) not in told:
                    break
        return Location(file=self.file or None, line=self._line, column=column)


_CALLS: Final = {
    "ref": 'ref("jangka_waktu")',
    "ada": 'ada("jangka_waktu")',
    "celah": "celah(30)",
    "label_pihak": "label_pihak(1)",
}
"""How each function is called."""


def _called_right(name: str, given: list[nodes.Expr]) -> bool:
    only = given[0] if len(given) == 1 else None
    if name not in _CALLS or only is None:
        return name not in _CALLS
    value = only.value if isinstance(only, nodes.Const) else None
    if name in ("ref", "ada"):
        return isinstance(value, str)
    if value is None or isinstance(value, bool):
        return value is None
    return isinstance(value, int) and 1 <= value <= (MAX_GAP if name == "celah" else 99)


def _slip(text: str) -> str:
    """Why `text` cannot be read, where it is one of the slips that word processors and habit make."""
    if re.search("[\u2018\u2019\u201c\u201d\u00ab\u00bb]", text):
        return 'tanda kutip miring; ketik tanda kutip lurus `"`'
    if re.search(r"(?<![=!<>])=(?!=)", text):
        return "`=` tunggal; perbandingan ditulis `==`"
    return ""


def _spelled(node: nodes.Node | None) -> str:
    """`a.b` as it is written; "" for what is no plain name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _spelled(node.node)
        return f"{base}.{node.attr}" if base else ""
    return ""


def _nearest(name: str, names: Nama) -> str:
    """What was perhaps meant by `name`: a field of that very name inside a group, or a name like it."""
    inside = next((f"{owner}.{name}" for owner, value in names.items() if name in value.isi), "")
    return inside or suggest(name, {*names, *FUNCTIONS})


def _filters_for(form: str) -> str:
    return ", ".join(f"`{name}`" for name, takes in _FITS.items() if form in takes) or "-"


def unknown_field(path: str, names: Nama) -> str | None:
    """None when `path` (`jangka_waktu.lama`) names a field; else what was perhaps meant, or ""."""
    inside: Nama = names
    done: list[str] = []
    for part in path.split("."):
        if part not in inside:
            near = suggest(part, inside)
            return ".".join([*done, near]) if near else ""
        done.append(part)
        value = inside[part]
        inside = value.butir.isi if value.butir is not None else value.isi
    return None


def parts_of(line: str) -> Iterator[tuple[str, int]]:
    """(what stands inside, column) of every `{{ … }}` of a line."""
    for found in re.finditer(r"\{\{(.*?)\}\}", line):
        yield found[1], found.start(1) + 1
