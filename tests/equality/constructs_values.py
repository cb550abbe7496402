"""Values and expressions of scripts for docxtpl: objects, rows of tables, missing halves of conditions, builtins."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

import dataclasses
import datetime
import enum
import types
import uuid
from decimal import Decimal
from typing import Any

from cases import Case
from docx_specimens import p


@dataclasses.dataclass
class Orang:
    nama: str
    umur: int

    @property
    def inisial(self) -> str:
        return self.nama[0]


class Warna(enum.Enum):
    MERAH = "merah"


class Row:
    """As the rows of sqlite3 and pandas: known by name alone."""

    def __getitem__(self, key: str) -> str:
        return {"nama": "Ani", "kota": "Batam"}[key]


class Named:
    def __str__(self) -> str:
        return "isi"


WORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "truth": ("{{ a }} {{ not a }} {{ 1 == 1 }} {{ s.isdigit() }}", {"a": True, "s": "5"}),
    "list": ("{{ a }} {{ b }} {{ c }}", {"a": [1, "x"], "b": (1, 2), "c": {"x": 1}}),
    "library_objects": ("{{ a }} {{ b }} {{ c }}", {"a": uuid.UUID(int=5), "b": datetime.timedelta(days=2), "c": Decimal("1.50")}),
    "object": ("{{ a }} {{ b }} {{ b.inisial }}", {"a": Named(), "b": Orang("Ani", 3)}),
    "enumeration": ("{{ w }} {{ w.value }} {{ w.name }}", {"w": Warna.MERAH}),
    "put_together": ("{{ 'a' ~ b ~ c }}", {"b": True, "c": Named()}),
    "row": ("{{ r['nama'] }} {{ r.kota }} {{ r['tidak']|default('-') }}", {"r": Row()}),
    "namespace_object": ("{{ o.a }} {{ o.b.c }}", {"o": types.SimpleNamespace(a=1, b=types.SimpleNamespace(c=2))}),
    "letters": ("{% for c in s %}{{ loop.index }}{{ c }} {% endfor %}", {"s": "abc"}),
    "no_else": ("a{{ 'x' if f }}b{{ ('y' if f)|upper }}{{ ('z' if f) ~ '.' }}{{ ('w' if f)|default('-') }}", {"f": False}),
    "no_else_in_a_loop": ("{% for x in xs %}{{ x }}{{ ', ' if not loop.last }}{{ loop.nextitem if not loop.last }}{% endfor %}{% for y in (xs if f) %}{{ y }}{% endfor %}", {"xs": [1, 2], "f": 0}),
    "builtins": (
        "{{ len(xs) }}{{ str(3) ~ int('4') }}{{ sum(xs) }}{{ sorted(xs)|join }}{% for i, x in enumerate(xs) %}{{ i }}{{ x }}{% endfor %}{% for a, b in zip(xs, 'pq') %}{{ a }}{{ b }}{% endfor %}",
        {"xs": [2, 1], "len": len, "str": str, "int": int, "enumerate": enumerate, "zip": zip, "sum": sum, "sorted": sorted},
    ),
    "grouped": ("{% for g in xs|groupby('k') %}{{ g.grouper }}{% for i in g.list %}{{ i.n }}{% endfor %}{% endfor %}", {"xs": [{"k": "a", "n": 1}, {"k": "b", "n": 2}, {"k": "a", "n": 3}]}),
    "changed": ("{% for x in xs %}{% if loop.changed(x) %}[{{ x }}]{% endif %}{% endfor %}", {"xs": [1, 1, 2]}),
    "none_chosen_over": ("{{ a or '-' }}{{ a|default('-', true) }}{% if a %}x{% endif %}{% if a is none %}n{% endif %}", {"a": None}),
    "other_alphabets": ("{{ имя }} {{ größe }} {{ 名 }}", {"имя": "x", "größe": "y", "名": "z"}),
    "braces": ("{{ a }}", {"a": "{{ b }} {% if %}"}),
}  # fmt: skip
SCRIPTED = {
    **{f"value_{name}": Case(p(text.replace("<", "&lt;")), context) for name, (text, context) in WORDS.items()},
    "value_empty_between_paragraphs": Case(p("a") + p("{{p x }}") + p("{{p y if x }}") + p("b"), {"x": "", "y": "z"}),
}
