"""Templates that try to break out, to use up the machine, or to say what nobody wrote: they end in a problem."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import BaseModel

from docx_specimens import docx, p, table
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.problems import TemplateError

HARI = datetime.date(2026, 1, 2)


class Record(BaseModel):
    nama: str = "x"

    @property
    def broken(self) -> str:
        raise RuntimeError("sesuatu")


class Plain:
    nama = "x"

    def method(self) -> str:
        return "rahasia"


TURNS = "{{% for a in range(9999) %}}{{% for b in range(190) %}}{}{{% endfor %}}{{% endfor %}}"


def codes(source: str, **context: Any) -> set[str]:
    data: dict[str, Any] = {
        "x": "a",
        "xs": list(range(50)),
        "m": Record(),
        "o": Plain(),
        "d": {"a": 1},
        "tanggal": HARI,
        **context,
    }
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(p(source.replace("&", "&amp;").replace("<", "&lt;")))).render(data)
    return {q.code for q in raised.value.problems}


@pytest.mark.parametrize(
    "source",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ x['__class__'] }}",
        "{{ m['__init__'] }}",
        "{{ m['__cl' ~ 'ass__'] }}",
        "{{ x|attr('__class__') }}",
        "{{ xs|map(attribute='__class__')|list }}",
        "{{ xs|map('attr', '__class__')|list }}",
        "{{ xs|map('<text>')|list }}",
        "{{ [m]|map(attribute='__class__.__mro__')|list|join }}",
        "{{ [m]|sort(attribute='__class__.x')|join }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ '{0.__class__}'.format_map(d) }}",
        "{{ '%r' % x }}",
        "{{ '%*d' % (999999999, 1) }}",
        "{{ '%.999999f' % 1 }}",
        "{{ '{:>999999999}'.format(x) }}",
        "{{ '{0[0]}'.format(x) }}",
        "{{ '{!r}'.format(x) }}",
        "{{ '{:{w}}'.format(x, w=9) }}",
        "{{ tanggal.strftime('%999999999d') }}",
        "{{ tanggal.strftime }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%999999999s'|format(x) }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.environment }}",
        "{{ lipsum() }}",
        "{{ dict(a=1) }}",
        "{{ namespace(a=1) }}",
        "{{ joiner() }}",
        "{{ range.__self__ }}",
        "{{ m.model_dump() }}",
        "{{ m.model_validate_json('{}') }}",
        "{{ m.parse_raw('x') }}",
        "{{ m.model_fields }}",
        "{{ m.broken }}",
        "{{ o.method() }}",
        "{{ o.method }}",
        "{{ x.upper }}",
        "{{ x.encode('utf-8') }}",
        "{{ x.center(10**9) }}",
        "{{ x.zfill(10**9) }}",
        "{{ x.replace('', 'b' * 90000).replace('', 'c' * 90000) }}",
        "{{ ('a' * 90000).join(['x'] * 90000) }}",
        "{{ xs.append(1) }}",
        "{{ d.update({'b': 2}) }}",
        "{{ d.pop('a') }}",
        "{{ caller() }}",
        "{{ loop.index }}",
        "{% for a in xs %}{{ loop.__class__ }}{% endfor %}",
        "{% for a in xs %}{{ loop._iterable }}{% endfor %}",
        "{% for _a in xs %}{% endfor %}",
        "{{ none.x }}",
        "{{ (1).__class__ }}",
        "{{ (1).real }}",
        "{{ x|urlize }}",
        "{{ x|pprint }}",
        "{{ xs|random }}",
        "{% raw %}{{ a }}{% endraw %}{{ debug }}",
        "{{ x is callable }}",
        "{{ x is filter }}",
        "{{ 1/0 }}",
    ],
)
def test_what_a_template_may_not_reach_is_refused(source: str) -> None:
    assert codes(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ range(10**9)|list|length }}",
        "{{ range(1000000)|sum }}",
        "{{ 'a'*10**10 }}",
        "{{ [0]*10**10 }}",
        "{{ 10**(10**10) }}",
        "{{ 9**9**9**9**9 }}",
        "{{ 2.0**100000 }}",
        "{{ x|center(10**9) }}",
        "{{ x|indent(10**9) }}",
        "{{ xs|batch(10**9, 'x')|list }}",
        "{{ xs|slice(10**9)|list }}",
        "{{ 1.5|round(10**9) }}",
        "{{ 1.5|round(10**9, 'ceil') }}",
        "{{ ('9'*5000)|int }}",
        "{{ ('a'*50000)|replace('a', 'a'*50000) }}",
        "{{ (['a'*50000]*50000)|join }}",
        "{{ range(9000)|map('string')|join('a'*50000) }}",
        "{{ ([xs]*1000)|sum(start=[]) }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{{ range(9999)|sum }}{% endfor %}",
        "{% for a in range(9999) %}{{ range(9999)|list|sort|length }}{% endfor %}",
        "{% for a in range(9999) %}{{ ('a'*90000)|upper }}{% endfor %}",
        "{% for a in range(9999) %}{{ ('a'*90000).upper() }}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(150) %}{{ 'a'*9000 }}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in xs %}" + "teks panjang " * 200 + "{% endfor %}{% endfor %}",
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
        "{% set a = [1] %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
        "{% set a = 3 %}" + "{% set a = a * a %}" * 60 + "{{ a }}",
        "{% set a = ['a'] %}{% set b = ['a'] %}"
        + "{% set a = [a, a] %}{% set b = [b, b] %}" * 40
        + "{{ 1 if a == b }}",
        "{% set a = ('a', 1) %}" + "{% set a = (a, a) %}" * 40 + "{{ a|string }}",
        "{% set a = {} %}" + "{% set a = {'k': a, 'l': a} %}" * 40 + "{{ a|length }}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{{ " + "-" * 3000 + "1 }}",
        "{{ " + "9" * 9000 + " }}",
        "{{ " + "x|upper" + "|upper" * 3000 + " }}",
        "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
        "{% macro a(n) %}x{{ n }}{% endmacro %}{% macro b() %}"
        + "{{ a(1) }}" * 50
        + "{% endmacro %}{% macro c() %}"
        + "{{ b() }}" * 50
        + "{% endmacro %}{% macro d() %}"
        + "{{ c() }}" * 50
        + "{% endmacro %}{% macro e() %}"
        + "{{ d() }}" * 50
        + "{% endmacro %}{{ e() }}",
        "{% for a in xs recursive %}{{ loop(xs) }}{% endfor %}",
        "{% set n = namespace(a='aaaaaaaa') %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
        "{% set n = namespace(a=1) %}{% for i in range(99) %}{% set n.a = (n.a, n.a) %}{% endfor %}",
        "{% set t %}"
        + "x" * 500
        + "{% endset %}{% for i in range(9) %}{% set t %}"
        + "{{ t }}" * 30
        + "{% endset %}{{ t }}{% endfor %}" * 1
        + "{% for a in range(9999) %}{% for b in range(150) %}{{ t }}{% endfor %}{% endfor %}",
        # Work that a turn does without a loop of its own.
        TURNS.format("{{ " + " + ".join(["a * b"] * 100) + " }}"),
        TURNS.format("{% set q = {" + ",".join(f"'k{n}': a" for n in range(300)) + "} %}"),
        TURNS.format("{% set q = a %}" * 100),
        TURNS.format("{% if a %}{% endif %}" * 100),
        TURNS.format("{{ d.b or d.c }}"),
        "{% macro m(a) %}" + "{% set q = a %}" * 300 + "{% endmacro %}" + TURNS.format("{{ m(a) }}"),
        TURNS.format("{{ '\U0001f600' * 9000 }}"),
        "{% for a in range(9999) %}{{ '&' * 9000 }}{% endfor %}",
        "{% if x %}" * 200 + "{% endif %}" * 200,
        "{% for a in xs %}" * 30 + "{% endfor %}" * 30,
        "{{" * 20000,
        "{{ {{ " * 20000 + " }}",
        "{% " * 20000,
        "{%p " * 20000,
        "{# " * 20000,
        "{-%}" * 5000 + "{{ tidak }}",
    ],
)
def test_what_would_use_up_the_machine_ends_soon(source: str) -> None:
    assert codes(source)  # without a budget these never come back


def test_a_budget_is_for_each_render_anew() -> None:
    template = Template.open(docx(p("{% for a in xs %}{% for b in xs %}{% endfor %}{% endfor %}ya")))
    for _ in range(3):
        template.render({"xs": range(1200)})
    with pytest.raises(TemplateError, match="KS465"):
        template.render({"xs": range(1500)})


def test_what_is_missing_in_every_turn_is_told_once_and_sought_once() -> None:
    class Missing(dict[str, object]):
        asked = 0

        def __iter__(self) -> Any:
            Missing.asked += 1
            return super().__iter__()

    row = Missing(nama="x")
    assert codes("{% for a in range(9999) %}{{ d.nam }}{% endfor %}", d=row) == {"KS460"}
    assert Missing.asked == 1


def test_a_table_of_fifty_thousand_rows_is_within_the_budget() -> None:
    body = table((p("{%tr for x in xs %}"),), (p("{{ x.a }} {{ x.b }}"),), (p("{%tr endfor %}"),))
    out = Template.open(docx(body)).render({"xs": [{"a": 1, "b": "dua"}] * 50_000})
    assert Package.read(out).text("word/document.xml").count("<w:tr>") == 50_000


def test_a_generator_without_an_end_is_cut_off() -> None:
    def forever() -> Any:
        while True:
            yield "x"

    assert codes("{% for a in xs %}{{ a }}{% endfor %}", xs=forever()) == {"KS465"}


def test_a_render_leaves_its_context_as_it_was() -> None:
    xs = [3, 1, 2]
    context = {"xs": xs}
    Template.open(docx(p("{% for a in xs|sort %}{{ a }}{% set b = a %}{% endfor %}"))).render(context)
    assert context == {"xs": [3, 1, 2]}
    assert context["xs"] is xs
