"""Values, spaces and escapes within a text."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

import datetime

from cases import BOLD, Case, para
from docx_specimens import p

VALUES = {
    "value": Case(p("Yth. {{ nama }}, di {{ kota }}."), {"nama": "Ani", "kota": "Batam"}),
    "value_without_spaces": Case(p("{{nama}}|{{ nama}}|{{nama }}"), {"nama": "Ani"}),
    "value_with_xml": Case(p("{{ nama }}"), {"nama": "A & B <c> \"d\" 'e'"}),
    "value_with_other_scripts": Case(p("{{ a }}{{ b }}"), {"a": "测试 тест ✓ 😀", "b": "e\u0301"}),
    "value_of_attribute_and_item": Case(
        p("{{ a.b }} {{ a['b'] }} {{ c[0] }} {{ c[-1].d }}"), {"a": {"b": 1}, "c": [2, {"d": 3}]}
    ),
    "value_of_object": Case(p("{{ d.year }} {{ d.month }}"), {"d": datetime.date(2026, 3, 4)}),
    "value_in_formula": Case(p("{{ 2 * n + 1 }} {{ n / 4 }} {{ n // 4 }} {{ n % 4 }} {{ n ** 2 }} {{ -n }}"), {"n": 7}),
    "value_by_condition": Case(p("{{ 'ya' if ada else 'tidak' }}{{ x if x is defined else '-' }}"), {"ada": True}),
    "value_put_together": Case(p("{{ a ~ ' ' ~ b }} {{ a + b }}"), {"a": "x", "b": "y"}),
    "value_of_default": Case(p("{{ a|default('kosong') }} {{ b|d('-', true) }}"), {"b": ""}),
    "value_compared": Case(p("{{ 'a' if 1 &lt; n and n &gt;= 2 and 'x' in xs else 'b' }}"), {"n": 2, "xs": ["x"]}),
    "value_of_slice": Case(p("{{ xs[1:]|join(', ') }} {{ s[:3] }}"), {"xs": ["a", "b", "c"], "s": "panjang"}),
    "value_of_number_formats": Case(
        p("{{ '%.2f'|format(n) }} {{ '%05d' % m }} {{ '{:,.1f}'.format(n) }} {{ '{0}-{a}'.format(m, a='x') }}"),
        {"n": 1234.567, "m": 42},
    ),
    "value_of_date_format": Case(p("{{ d.strftime('%d/%m/%Y') }}"), {"d": datetime.date(2026, 3, 4)}),
    "value_of_text_methods": Case(
        p(
            "{{ s.upper() }} {{ s.split(' ')[1] }} {{ s.replace('a', 'o') }} {{ s.center(12) }}|{{ '7'.zfill(3) }} {{ ','.join(xs) }}"
        ),
        {"s": "satu dua", "xs": ["p", "q"]},
    ),
    "value_through_filters": Case(
        p(
            "{{ s|upper }} {{ s|title }} {{ s|capitalize }} {{ s|replace('a', 'o') }} {{ s|length }} {{ xs|join('; ') }} "
            "{{ xs|first }} {{ xs|last }} {{ n|round(1) }} {{ xs|sort(reverse=true)|join }} {{ s|truncate(6, true, '') }} "
            "{{ s|wordcount }} {{ s|center(12) }}| {{ n|int }} {{ '3'|float }} {{ -3|abs }} {{ ys|sum(attribute='n') }} "
            "{{ ys|map(attribute='n')|join('+') }} {{ ys|selectattr('n', 'gt', 1)|list|length }} {{ ys|join(',', attribute='n') }}"
        ),
        {"s": "satu dua tiga", "xs": ["a", "c", "b"], "n": 3.14159, "ys": [{"n": 1}, {"n": 2}]},
    ),
    "value_of_batches": Case(
        p(
            "{% for row in xs|batch(2, '-') %}[{{ row|join(' ') }}]{% endfor %}{% for row in xs|slice(2) %}({{ row|join(' ') }}){% endfor %}"
        ),
        {"xs": ["a", "b", "c"]},
    ),
    "line_break_in_value": Case(p("a {{ x }} b"), {"x": "satu\ndua\ntiga"}),
    "tab_in_value": Case(p("a {{ x }} b"), {"x": "satu\tdua"}),
    "line_break_in_dressed_run": Case(p("a {{ x }} b", run=BOLD), {"x": "satu\ndua\tdalam"}),
    "number_as_value": Case(p("{{ a }} {{ b }} {{ c }}"), {"a": 0, "b": 1.5, "c": -7}),
    "empty_value": Case(p("a{{ x }}b"), {"x": ""}),
    "function_in_context": Case(p("{{ f(2) }} {{ d.g('x') }}"), {"f": lambda n: n * 2, "d": {"g": str.upper}}),
    "tag_that_holds_braces": Case(p("{{ {'a': 1}['a'] }} {{ {'b': {'c': 2}}['b']['c'] }} {{ '%d%%' % 5 }}")),
    "literal_braces_alone": Case(p("{ satu } } { %} 50% #} {"), {}),
}

WHITE_SPACE = {
    "spaces_kept": Case(p("a  {{ x }}  b {{ y }} "), {"x": " p ", "y": "q"}),
    "merged_with_line_before": Case(
        p("Rumah saya") + p("{%- if kota %}") + p(" di kota") + p("{%- endif %}"), {"kota": True}
    ),
    "merged_with_line_after": Case(p("{% if kota -%}") + p("di kota") + p("{% endif -%}") + p(" saja"), {"kota": True}),
    "merged_with_both": Case(
        p("Rumah saya")
        + p("{%- if kota -%}")
        + p(" di kota ")
        + p("{%- else -%}")
        + p(" di desa ")
        + p("{%- endif -%}")
        + p("dan saya suka."),
        {"kota": False},
    ),
    "stripped_around_a_value": Case(p("a  {{- x -}}  b"), {"x": "p"}),
    "stripped_around_a_comment": Case(p("a  {#- x -#}  b")),
    "line_breaks_around_tags": Case(
        para('<w:r><w:t>a</w:t><w:br/><w:t xml:space="preserve">{{ x }}</w:t><w:tab/><w:t>b</w:t></w:r>'), {"x": "p"}
    ),
}

ESCAPES = {
    "escaped_braces": Case(p("{_{ x }_} {_% y %_} {{ a }}"), {"a": 1}),
    "escaped_braces_alone": Case(p("{_{") + p("}_}") + p("{_%") + p("%_}")),
    "escape_filters": Case(p("{{ a|e }}"), {"a": "x"}),
}
