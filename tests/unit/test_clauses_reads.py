"""What a clause reads of a record is told by its words, or not at all; equal values are told from others by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ksdocs.clauses.environment import ExpressionError, Tanda, environment
from ksdocs.clauses.reads import EACH, Path, UnknowableError, Values, ask, reads
from ksdocs.models.pandangan import Pandangan


def read_by(text: str) -> set[Path]:
    return set(reads(environment("id").parse(text)))


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("tanpa tag", set()),
        ("{{ a }} {{ a.b.c|terbilang }}", {("a",), ("a", "b", "c")}),
        ("{{ a[0].b }} {{ a['b'] }}", {("a",)}),
        ("{{ ref('x.y') }} {{ celah(4) }}", set()),
        ("{{ celah(a.b) }}", {("a", "b")}),
        ("{% if ada('hki') and not b %}{% endif %}", {("ada", "hki"), ("b",)}),
        ("{{ label_pihak(b.pihak) }}", {("pihak", EACH, "label"), ("b", "pihak")}),
        ("{% for p in pihak %}{{ p.nama }}{{ loop.index }}{% endfor %}", {("pihak", EACH), ("pihak", EACH, "nama")}),
        ("{% for p in pihak %}{{ p.kontak.nama }}{{ q.x }}{% else %}{{ p }}{% endfor %}",
         {("pihak", EACH), ("pihak", EACH, "kontak", "nama"), ("q", "x"), ("p",)}),
        ("{% for p in pihak if p.unit %}{% for h in p.hak %}{{ h }}{% endfor %}{% endfor %}",
         {("pihak", EACH), ("pihak", EACH, "unit"), ("pihak", EACH, "hak")}),
        ("{% for p in pihak %}{% if p == a %}{% endif %}{% endfor %}", {("pihak",), ("a",)}),
        ("{% for p in pihak %}{{ p['nomor'] }}{% endfor %}", {("pihak",)}),
        ("{% for p in pihak|selectattr('nomor') %}{{ p.nama }}{% endfor %}", {("pihak",)}),
        ("{% for a in b.c %}{{ a }}{% endfor %}", {("b", "c")}),
        ("{% for a in b %}{% for b in a.x %}{{ b.y }}{% endfor %}{% endfor %}", {("b", EACH), ("b", EACH, "x")}),
    ],
)  # fmt: skip
def test_what_is_read_is_every_name_with_what_is_asked_of_it(text: str, paths: set[Path]) -> None:
    assert read_by(text) == paths


@pytest.mark.parametrize("text", ["{{ ada(x) }}", "{% if ada %}{% endif %}", "{% for f in label_pihak %}{% endfor %}"])
def test_what_is_only_known_when_it_is_filled_is_not_guessed(text: str) -> None:
    with pytest.raises(UnknowableError):
        read_by(text)


def values(**names: Any) -> Values:
    return Values({"ada": {"hki"}.__contains__, **names})


DIFFERENT = [
    (("a",), {"a": "1"}, {"a": 1}),
    (("a",), {"a": 1}, {"a": True}),
    (("a",), {"a": "x"}, {"a": Tanda("x")}),
    (("a",), {"a": None}, {}),
    (("a",), {"a": ("x",)}, {"a": ["x"]}),
    (("a",), {"a": date(2025, 1, 1)}, {"a": "2025-01-01"}),
    (("a", EACH), {"a": ("x",)}, {"a": ("x", "y")}),
    (("a", EACH, "b"), {"a": (Pandangan(b="1"),)}, {"a": (Pandangan(b="2"),)}),
    (("a", EACH, "b"), {"a": (Pandangan(b="1"), Pandangan(b="2"))}, {"a": (Pandangan(b="2"), Pandangan(b="1"))}),
    (("a", EACH, "b"), {"a": (Pandangan(b="1"),)}, {"a": (Pandangan(),)}),
    (("a", "b"), {"a": Pandangan(b="1")}, {"a": Pandangan(b="2")}),
]


@pytest.mark.parametrize(("path", "one", "other"), DIFFERENT)
def test_values_that_read_differently_have_different_keys(path: Path, one: Any, other: Any) -> None:
    assert values(**one).key((path,)) != values(**other).key((path,))


def test_what_is_not_read_does_not_tell_values_apart() -> None:
    one = values(a=(Pandangan(b="1", nomor="7"),), c=Pandangan(x="1", y="2"))
    other = values(a=(Pandangan(b="1", nomor="8"),), c=Pandangan(x="1", y="3"))
    paths = (("a", EACH, "b"), ("c", "x"))
    assert one.key(paths) == other.key(paths)


def test_a_condition_is_answered_anew_for_other_values_and_for_clauses_that_came_in_later() -> None:
    present: set[str] = set()
    for turn in range(12):
        now = Values({"ada": present.__contains__, "n": turn % 3})
        assert ask("ada('hki') and n == 1", now) is False
        present.add("hki")
        now.presence_changed()
        assert ask("ada('hki') and n == 1", now) is (turn % 3 == 1)
        present.clear()


def test_a_condition_that_cannot_be_asked_says_so_each_time() -> None:
    for _ in range(8):
        with pytest.raises(ExpressionError):
            ask("tidak_ada.nama > 1", values())
