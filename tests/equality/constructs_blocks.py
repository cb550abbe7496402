"""Commands over paragraphs, rows and cells."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

from constructs_runs import rich_paragraphs

from cases import BOLD, GRID, PEOPLE, Case, cell, para
from docx_specimens import p, r, table

PARAGRAPHS = {
    "paragraph_loop": Case(
        p("{%p for o in orang %}") + p("{{ o.nama }}: {{ o.umur }}") + p("{%p endfor %}") + p("akhir"), PEOPLE
    ),
    "paragraph_loop_over_several": Case(
        p("{%p for o in orang %}") + p("{{ loop.index }}", style="Heading1") + p("{{ o.nama }}") + p("{%p endfor %}"),
        PEOPLE,
    ),
    "paragraph_condition": Case(
        p("{%p if a %}")
        + p("A")
        + p("{%p elif b %}")
        + p("B")
        + p("{%p else %}")
        + p("C")
        + p("{%p endif %}")
        + p("x"),
        {"a": False, "b": True},
    ),
    "paragraph_conditions_nested": Case(
        p("{%p for o in orang %}")
        + p("{%p if o.umur &gt; 6 %}")
        + p("{{ o.nama }}")
        + p("{%p else %}")
        + p("anak")
        + p("{%p endif %}")
        + p("{%p endfor %}"),
        PEOPLE,
    ),
    "paragraph_comment": Case(p("a") + p("{#p catatan #}") + p("b")),
    "paragraph_value": Case(
        p("a") + p("{{p x }}") + p("b"),
        lambda lib, _: {"x": rich_paragraphs(lib)},
    ),
    "paragraph_set": Case(p("{%p set a = 3 %}") + p("{{ a }}")),
    "paragraph_with": Case(p("{%p with a = 3 %}") + p("{{ a }}") + p("{%p endwith %}")),
    "paragraph_loop_else": Case(
        p("{%p for x in xs %}") + p("{{ x }}") + p("{%p else %}") + p("tidak ada") + p("{%p endfor %}") + p("z"),
        {"xs": []},
    ),
    "paragraph_tag_dressed": Case(
        para(r("{%p ", BOLD), r("for x in xs", "<w:i/>"), r(" %}"), properties='<w:pStyle w:val="A"/>')
        + p("{{ x }}")
        + p("{%p endfor %}"),
        {"xs": ["a", "b"]},
    ),
    "text_across_paragraphs": Case(p("awal {% if a %}satu") + p("dua{% endif %} akhir"), {"a": True}),
    "text_loop_in_a_paragraph": Case(
        p("{% for o in orang %}{{ o.nama }}{% if not loop.last %}, {% endif %}{% endfor %}."), PEOPLE
    ),
    "loop_variables": Case(
        p(
            "{% for x in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first|int }}{{ loop.last|int }}{{ loop.length }} "
            "{{ loop.cycle('a', 'b') }} {{ loop.previtem|default('-') }}{% endfor %}"
        ),
        {"xs": ["p", "q", "r"]},
    ),
    "loop_over_mapping": Case(
        p("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for k in d %}{{ k }}{% endfor %}"),
        {"d": {"a": 1, "b": 2}},
    ),
    "loop_with_condition": Case(p("{% for x in xs if x &gt; 1 %}{{ x }}{% endfor %}"), {"xs": [1, 2, 3]}),
    "loop_over_range": Case(p("{% for _ in range(3) %}x{% endfor %}")),
    "set_and_namespace": Case(
        p(
            "{% set ns = namespace(n=0) %}{% for x in xs %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}{% set y = 'z' %}{{ y }}"
        ),
        {"xs": [1, 2, 3]},
    ),
    "cycler_and_joiner": Case(
        p(
            "{% set k = joiner(', ') %}{% set c = cycler('a', 'b') %}{% for x in xs %}{{ k() }}{{ c.next() }}{{ x }}{% endfor %}"
        ),
        {"xs": [1, 2, 3]},
    ),
    "macro_in_text": Case(
        p("{% macro sapa(n, k='Yth.') %}{{ k }} {{ n }}{% endmacro %}{{ sapa(a) }}; {{ sapa('B', k='Hai') }}"),
        {"a": "A & <b>"},
    ),
    "macro_of_paragraphs": Case(
        p("{%p macro m(x) %}")
        + p("{{ x }}", style="S")
        + p("dua")
        + p("{%p endmacro %}")
        + p("a")
        + p("{{p m('satu') }}")
        + p("b")
    ),
    "macro_of_rows": Case(
        table(
            (p("{%tr macro m(x) %}"), p()),
            (p("{{ x }}"), p("b")),
            (p("{%tr endmacro %}"), p()),
            (p("{{tr m('satu') }}"), p()),
            (p("{{tr m('dua') }}"), p()),
        )
        + p()
    ),
    "set_block": Case(p("{% set t %}{{ a }}, {{ a|upper }}{% endset %}{{ t }}/{{ t }}"), {"a": "x & y"}),
    "filter_block": Case(p("{% filter upper %}satu {{ a }}{% endfilter %}"), {"a": "dua"}),
    "loop_recursive": Case(
        p("{%p for x in pohon recursive %}")
        + p("{{ loop.depth }} {{ x.n }}")
        + p("{{p loop(x.anak) }}")
        + p("{%p endfor %}")
        + p("z"),
        {"pohon": [{"n": "a", "anak": [{"n": "b", "anak": []}, {"n": "c", "anak": [{"n": "d", "anak": []}]}]}]},
    ),
    "raw_text": Case(p("{% raw %}a {{ x }} b{% endraw %}"), {}),
}

TABLES = {
    "row_loop": Case(
        table(
            (p("Nama"), p("Umur")),
            (p("{%tr for o in orang %}"), p()),
            (p("{{ o.nama }}"), p("{{ o.umur }}")),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        PEOPLE,
    ),
    "row_condition": Case(
        table((p("a"),), (p("{%tr if ya %}"),), (p("b"),), (p("{%tr else %}"),), (p("c"),), (p("{%tr endif %}"),))
        + p(),
        {"ya": False},
    ),
    "row_comment": Case(table((p("a"),), (p("{#tr catatan #}"),), (p("b"),)) + p()),
    "rows_nested": Case(
        table(
            (p("{%tr for b in baris %}"), p()),
            (p("{{ b.label }}"), p()),
            (p("{%tr for i in b.isi %}"), p()),
            (p("{{ i }}"), p("{{ loop.index }}")),
            (p("{%tr endfor %}"), p()),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        GRID,
    ),
    "cell_loop": Case(
        table((p("{%tc for k in kolom %}"), p("{{ k }}"), p("{%tc endfor %}")), (p("1"), p("2"), p("3"))) + p(), GRID
    ),
    "cell_condition": Case(
        table(
            (p("a"), p("{%tc if ya %}"), p("b"), p("{%tc endif %}"), p("c")), (p("1"), p("2"), p("3"), p("4"), p("5"))
        )
        + p(),
        {"ya": True},
    ),
    "cell_comment": Case(table((p("a"), p("{#tc catatan #}"), p("b")), (p("1"), p("2"), p("3"))) + p()),
    "dynamic_table": Case(
        table(
            (cell(p("{% colspan kolom|length %}Judul")),),
            (cell(p("{%tc for k in kolom %}")), cell(p("{{ k }}")), cell(p("{%tc endfor %}"))),
            (cell(p("{%tr for b in baris %}")),),
            (cell(p("{%tc for i in b.isi %}")), cell(p("{% cellbg warna %}{{ i }}")), cell(p("{%tc endfor %}"))),
            (cell(p("{%tr endfor %}")),),
        )
        + p(),
        GRID,
    ),
    "more_cells_than_columns": Case(table((p("{%tc for i in range(7) %}"), p("{{ i }}"), p("{%tc endfor %}"))) + p()),
    "fewer_cells_than_columns": Case(
        table(
            (p("{%tc for i in range(2) %}"), p("{{ i }}"), p("{%tc endfor %}"), p("x")),
            (p("{%tc if tidak %}"), p("a"), p("{%tc endif %}"), p("b")),
        )
        + p(),
        {"tidak": False},
    ),
    "colspan": Case(table((cell(p("{% colspan lebar %}J")),), tuple(cell(p(str(n))) for n in range(4))) + p(), GRID),
    "colspan_over_a_span": Case(
        table(
            (cell(p("{% colspan lebar %}J"), '<w:tcW w:w="9" w:type="dxa"/><w:gridSpan w:val="2"/>'),),
            tuple(cell(p(str(n))) for n in range(4)),
        )
        + p(),
        GRID,
    ),
    "cellbg": Case(table((cell(p("{% cellbg warna %}x")), cell(p("y")))) + p(), GRID),
    "cellbg_over_a_shade": Case(
        table(
            (
                cell(
                    p("{% cellbg 'FF0000' if lebar == 4 else '00FF00' %}x"),
                    '<w:tcW w:w="9" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>',
                ),
            )
        )
        + p(),
        GRID,
    ),
    "cellbg_in_a_loop": Case(
        table((p("{%tr for b in baris %}"),), (cell(p("{% cellbg b.warna %}{{ b.n }}")),), (p("{%tr endfor %}"),))
        + p(),
        {"baris": [{"n": 1, "warna": "FF0000"}, {"n": 2, "warna": "00FF00"}]},
    ),
    "vertical_merge": Case(
        table(
            (p("{%tr for o in orang %}"), p()),
            (cell(p("{% vm %}Nama")), cell(p("{{ o.nama }}"))),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        PEOPLE,
    ),
    "vertical_merge_with_value": Case(
        table(
            (p("{%tr for o in orang %}"), p()),
            (cell(p("Jumlah {% vm %}{{ orang|length }}")), cell(p("{{ o.nama }}"))),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        PEOPLE,
    ),
    "horizontal_merge": Case(
        table((p("{%tc for o in orang %}"), cell(p("{% hm %}Nama")), p("{%tc endfor %}")), (p("1"), p("2"), p("3")))
        + p(),
        PEOPLE,
    ),
    "horizontal_merge_of_a_span": Case(
        table(
            (
                p("{%tc for o in orang %}"),
                cell(p("{% hm %}Nama"), '<w:tcW w:w="9" w:type="dxa"/><w:gridSpan w:val="2"/>'),
                p("{%tc endfor %}"),
            ),
            tuple(p(str(n)) for n in range(6)),
        )
        + p(),
        PEOPLE,
    ),
    "table_in_a_loop": Case(
        p("{%p for b in baris %}")
        + p("{{ b.label }}")
        + table((p("{%tc for i in b.isi %}"), p("{{ i }}"), p("{%tc endfor %}")))
        + p("{%p endfor %}")
        + p(),
        GRID,
    ),
    "table_in_a_table": Case(
        table((table((p("{%tr for i in baris %}"),), (p("{{ i.label }}"),), (p("{%tr endfor %}"),)) + p(), p("x")))
        + p(),
        GRID,
    ),
    "paragraphs_in_a_cell": Case(
        table((p("{%p for k in kolom %}") + p("{{ k }}") + p("{%p endfor %}") + p("z"),)) + p(), GRID
    ),
    "text_condition_in_a_cell": Case(table((p("{% if lebar == 4 %}a{% else %}b{% endif %}"),)) + p(), GRID),
}
