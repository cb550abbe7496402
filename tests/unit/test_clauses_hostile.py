"""Clauses of other people: what they may not ask for is refused before it runs, and what they ask for has an end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from ksdocs.clauses.environment import ExpressionError, environment, evaluate, gap, render_marked
from ksdocs.clauses.files import PAIRS, TEXTS, WORDS, check_form, parse_toml
from ksdocs.clauses.guard import MAX_ROOM, Budget, BudgetError, check_pattern, forbidden
from ksdocs.clauses.text import parse_body
from ksdocs.problems import Problem

VALUES: Mapping[str, Any] = {
    "x": "a",
    "xs": tuple("abcde" * 200),
    "n": 3,
    "celah": gap,
    "ada": lambda _name: True,
}


def print_clause(source: str, **values: Any) -> str:
    return render_marked(environment("id").from_string(source), {**VALUES, **values})


@pytest.mark.parametrize(
    "source",
    [
        "{{ x * 10**10 }}",
        "{{ 'a' * 9999999999 }}",
        "{{ 9**9**9 }}",
        "{{ '%999999999d' % n }}",
        "{{ n / 0 }}",
        "{{ n // 0 }}",
        "{{ x ~ x }}",
        "{{ x[0:9] }}",
        "{{ {'a': 1} }}",
        "{{ x.center(10**9) }}",
        "{{ x.zfill(1000000000) }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum() }}",
        "{{ range(10) }}",
        "{{ celah(*xs) }}",
        "{{ ada(**x) }}",
        "{% set a = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block a %}{% endblock %}",
        "{% filter length %}a{% endfilter %}",
        "{% for a in xs recursive %}{{ loop(xs) }}{% endfor %}",
        "{% if x %}" * 50 + "{% endif %}" * 50,
        "{{ " + "(" * 3 + "not " * 60 + "x" + ")" * 3 + " }}",
        "{{ x" + "|last" * 100 + " }}",
    ],
)
def test_what_may_not_stand_in_a_clause_is_found_before_it_is_compiled(source: str) -> None:
    found = list(forbidden(environment("id").parse(source)))
    assert found
    assert all(line >= 1 and what for line, what in found)
    with pytest.raises(Exception, match=re.escape(found[0][1])):  # also when nobody asked beforehand
        environment("id").from_string(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}",
        "{{ xs|join(' dan ') }}",
        "{{ xs|length }}",
        "{% for a in xs %}{% if loop.last and a != 'z' %}{{ loop.index + 1 }}{% endif %}{% endfor %}",
        "{{ 'ya' if x in xs or n >= 2 else 'tidak' }}",
        "{{ celah(12) }}",
        "{{ xs[0] }}{{ xs|map('length')|first }}",
        "{{ n - 1 }}",
    ],
)
def test_what_clauses_need_is_allowed(source: str) -> None:
    assert list(forbidden(environment("id").parse(source))) == []
    assert print_clause(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in xs %}{% for b in xs %}{% endfor %}{% endfor %}",
        "{% for a in xs %}{{ xs|sort|length }}{% endfor %}",
        "{% for a in xs %}{% if 'z' in xs %}{% endif %}{% endfor %}",
        "{% for a in xs %}{% if xs == xs|list %}{% endif %}{% endfor %}",
        "{% for a in xs %}" + "teks panjang " * 200 + "{% endfor %}",
        "{% for a in xs %}{{ tebal }}{% endfor %}",
        "{{ xs|join(tebal) }}",
        "{{ tebal }}{{ tebal }}",
    ],
)
def test_a_clause_without_an_end_is_stopped(source: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        print_clause(source, tebal="a" * (MAX_ROOM // 2 + 1))
    assert caught.value.over


def test_a_budget_is_for_each_fill_anew() -> None:
    template = environment("id").from_string("{% for a in xs %}{% for b in ys %}{{ a }}{% endfor %}{% endfor %}")
    for _ in range(3):
        assert render_marked(template, {**VALUES, "ys": (1,) * 150})
    with pytest.raises(ExpressionError):
        render_marked(template, {**VALUES, "ys": (1,) * 250})


def test_a_budget_pays_for_every_step() -> None:
    budget = Budget()
    budget.spend(budget.steps)
    with pytest.raises(BudgetError):
        budget.spend(1)


@pytest.mark.parametrize("width", [0, -5, 201, 10**9, "x", None])
def test_a_gap_has_a_width_that_fits_a_page(width: object) -> None:
    with pytest.raises(ExpressionError, match="celah"):
        print_clause("{{ celah(w) }}", w=width)


@pytest.mark.parametrize("value", ["teks", 3, None])
def test_what_is_no_list_is_not_walked(value: object) -> None:
    with pytest.raises(ExpressionError):
        print_clause("{% for a in v %}a{% endfor %}", v=value)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "a b",
        "x ==",
        "(" * 5000 + "x" + ")" * 5000,
        "9" * 9000,
        "x * 10**10",
        "x.center(10)",
        "n / 0",
        "tidak_ada",
        "x|tidak_ada",
        "x < n",
        "n in n",
        "xs|join(n)",
    ],
)
def test_a_condition_that_cannot_be_asked_is_told_as_such(expression: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(expression, VALUES)


def test_a_condition_is_asked_of_its_values() -> None:
    assert evaluate("x == 'a' and n > 2", VALUES)
    assert not evaluate("'z' in xs", VALUES)


@pytest.mark.parametrize(
    "line",
    [
        "{% if x %}{% set a = 'b' %}{{ a }}{% endif %}",
        "{% if x %}kata yang hilang{% endif %}",
        "{% if x %}{% raw %}{{ a }}{% endraw %}{% endif %}",
        "{% for a in xs %}{{ a }}{% endfor %}",
    ],
)
def test_a_command_stands_on_a_line_of_its_own_or_its_words_would_be_lost(line: str) -> None:
    _, problems = parse_body(f"(1) Satu\n{line}")
    assert [p.code for p in problems] == ["KS303"]


def test_a_line_of_opening_braces_is_read_soon() -> None:
    isi, _ = parse_body("{{ " * 100_000)  # without care, every brace looks for its end
    assert len(isi.baris) == 1


# ---------------------------------------------------------------------- patterns and forms


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a|a)*b",
        r"(a*)*",
        r"([a-z]+\s*)+x",
        r"(?:a{0,50}){0,50}b",
        r".*.*.*.*x",
        r"a+b",
        r"[^;]*x",
        r"(?=(a+)+b)",
        r".{0,400}x.{0,400}y.{0,400}z",
        r"(a|ab|abc)?" * 30,
        r"a?" * 30 + "a" * 30,
    ],
)
def test_a_pattern_that_may_search_for_ever_is_refused(pattern: str) -> None:
    assert check_pattern(re.compile(pattern, re.IGNORECASE))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bpajak\b",
        r"\b(perubahan|diubah)\b[^.;]{0,160}?\b(persetujuan|kesepakatan)( secara)? tertulis",
        r"2\s*[x×]\s*24",
        r"nota kesepahaman(?! ini)\b",
        r"a{3}",
    ],
)
def test_a_pattern_that_ends_soon_is_taken(pattern: str) -> None:
    assert check_pattern(re.compile(pattern, re.IGNORECASE)) == ""


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (str, "a", 3),
        (dict, {}, []),
        (TEXTS, ["a"], [1]),
        (TEXTS, [], "a"),
        (TEXTS, ["a"], [""]),
        (PAIRS, {"a": "b"}, {"a": 1}),
        (WORDS, "Judul", 3),
        (WORDS, {"id": "Judul", "en": "Title"}, {"en": "Title"}),
        (WORDS, {"id": "Judul"}, {"id": ""}),
    ],
)
def test_a_value_of_another_form_is_refused_at_its_name(form: type | str, good: object, bad: object) -> None:
    assert check_form({"bagian": good}, {"bagian": form}, "jenis.toml") == []
    [found] = check_form({"bagian": bad}, {"bagian": form}, "jenis.toml", "x.", "a = 1\nbagian = 3\n")
    assert (found.code, found.at.line, found.at.path) == ("KS316", 2, "x.bagian")


@pytest.mark.parametrize("text", ["a = [", "a = " + "[" * 5000, "a = " + "9" * 9000, "a = 1\na = 2", 'a = "'])
def test_toml_that_cannot_be_read_is_a_problem(text: str) -> None:
    problems: list[Problem] = []
    assert parse_toml(text, "jenis.toml", problems, first_line=4) == {}
    assert [p.code for p in problems] == ["KS302"]
    assert (problems[0].at.line or 0) >= 5
