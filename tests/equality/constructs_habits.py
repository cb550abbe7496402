"""Templates as people and Word really write them: whole tables, content controls, half-hearted commands, odd marks."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

from cases import BOLD, SECTION, Case, bookmark, cell, para
from docx_specimens import field, p, r, table, text_box


def tr(*cells: str, trpr: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}{''.join(f'<w:tc>{c}</w:tc>' for c in cells)}</w:tr>"


def tbl(widths: list[int], *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def sdt(inside: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="t"/><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )


HABITS = {
    "habit_noProof_runs": Case(
        para(
            r("Yth. ", "<w:noProof/>"),
            r("{{", "<w:noProof/>"),
            r("nama", "<w:noProof/><w:b/>"),
            r("}}", "<w:noProof/>"),
            r("."),
        ),
        {"nama": "x"},
    ),
    "habit_nobreak_hyphen_between": Case(
        "<w:p><w:r><w:t>{{ a }}</w:t><w:noBreakHyphen/><w:t>{{ b }}</w:t></w:r></w:p>", {"a": 1, "b": 2}
    ),
    "habit_soft_hyphen": Case("<w:p><w:r><w:t>{{ a }}</w:t><w:softHyphen/><w:t>x</w:t></w:r></w:p>", {"a": 1}),
    "habit_sym": Case('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>{{ a }}</w:t></w:r></w:p>', {"a": 1}),
    "habit_tab_leader": Case(
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r><w:t>Nama</w:t></w:r><w:r><w:tab/><w:t>: {{ a }}</w:t></w:r></w:p>',
        {"a": 1},
    ),
    "habit_ptab": Case(
        '<w:p><w:r><w:t>{{ a }}</w:t></w:r><w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r><w:r><w:t>{{ b }}</w:t></w:r></w:p>',
        {"a": 1, "b": 3},
    ),
    "habit_page_field": Case(
        p("x {{ a }}") + f"<w:p>{r('{{ a }} hal ')}{field('PAGE', '1')}{r(' z {{ a }}')}</w:p>", {"a": 1}
    ),
    "habit_hyperlink_rel_free": Case(
        para(
            '<w:hyperlink w:anchor="B1" w:history="1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>{{ a }}</w:t></w:r></w:hyperlink>',
            r(" {{ b }}"),
        ),
        {"a": "1", "b": "2"},
    ),
    "habit_bookmark_around_tag": Case(
        para(bookmark(1, "N"), r("{{ a }}"), bookmark(1, "", end=True), r(" x")), {"a": 1}
    ),
    "habit_bookmark_across_paras": Case(
        para(bookmark(1, "N"), r("{{ a }}")) + para(r("b"), bookmark(1, "", end=True)), {"a": 1}
    ),
    "habit_sdt_block": Case(sdt(p("a {{ x }}") + p("{{ y }}")) + p("c"), {"x": 1, "y": 2}),
    "habit_sdt_inline": Case(para(r("a "), sdt(r("{{ x }}")), r(" c")), {"x": 1}),
    "habit_sdt_para_loop": Case(
        sdt(p("{%p for x in xs %}") + p("{{ x }}") + p("{%p endfor %}")) + p("c"), {"xs": [1, 2]}
    ),
    "habit_sdt_in_cell": Case(table((sdt(p("{{ x }}")), p("b"))) + p(), {"x": 1}),
    "habit_sdt_row_loop": Case(
        tbl([1000], tr(p("{%tr for x in xs %}")), sdt(tr(p("{{ x }}"))), tr(p("{%tr endfor %}"))) + p(), {"xs": [1, 2]}
    ),
    "habit_loop_around_sdt": Case(p("{%p for x in xs %}") + sdt(p("{{ x }}")) + p("{%p endfor %}"), {"xs": [1, 2]}),
    "habit_alt_content_choice": Case(
        f"<w:p>{text_box(p('{{ a }}') + p('{%p if a %}') + p('ya') + p('{%p endif %}'))}{r('{{ a }}')}</w:p>", {"a": 1}
    ),
    "habit_text_box_table": Case(
        f"<w:p>{text_box(table((p('{%tr for x in xs %}'),), (p('{{ x }}'),), (p('{%tr endfor %}'),)) + p())}</w:p>",
        {"xs": [1, 2]},
    ),
    "habit_loop_over_text_box": Case(
        p("{%p for x in xs %}") + f"<w:p>{text_box(p('{{ x }}'))}</w:p>" + p("{%p endfor %}"), {"xs": [1, 2]}
    ),
    "habit_smart_quotes": Case(p("{{ d[‘a’] }} {{ d[“b”] }} {{ x|default(“z”) }}"), {"d": {"a": 1, "b": 2}}),
    "habit_smart_quotes_outside": Case(p("“{{ a }}” ‘b’ ’"), {"a": 1}),
    "habit_smart_quotes_if": Case(p("{% if a == ‘x’ %}ya{% endif %}"), {"a": "x"}),
    "habit_entities_in_tag": Case(
        p("{% if n &gt; 3 and n &lt; 9 %}ya{% endif %}{{ 'a' if n &gt;= 5 else 'b' }}"), {"n": 5}
    ),
    "habit_run_split_in_string": Case(para(r("{% if a == '"), r("x y", BOLD), r("' %}ya{% endif %}")), {"a": "x y"}),
    "habit_split_with_tab_in_tag": Case(
        "<w:p><w:r><w:t>{{ a</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>}} z</w:t></w:r></w:p>", {"a": 1}
    ),
    "habit_t_preserve_attr_cases": Case('<w:p><w:r><w:t xml:space="default">a {{ x }} b</w:t></w:r></w:p>', {"x": 1}),
    "habit_t_without_preserve": Case(
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t>{{ x }}</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>", {"x": " y "}
    ),
    "habit_comment_jinja": Case(p("a{# rahasia #}b") + p("{# baris #}") + p("c")),
    "habit_comment_across": Case(p("a{# satu") + p("dua #}b")),
    "habit_comment_tr": Case(table((p("{#tr x #}"),), (p("a"),)) + p()),
    "habit_comment_tc": Case(table((p("{#tc x #}"), p("a"))) + p()),
    "habit_p_tag_with_other_text": Case(p("buang {%p if a %} ini") + p("x") + p("{%p endif %} itu"), {"a": 1}),
    "habit_dash_p": Case(p("x") + p("{%p if a -%}") + p("y") + p("{%p endif %}") + p("z"), {"a": 1}),
    "habit_tag_no_space": Case(p("{%if a%}x{%endif%}{{a}}"), {"a": 1}),
    "habit_p_if_inline_else": Case(p("{% if a %}A{% elif b %}B{% else %}C{% endif %}"), {"a": 0, "b": 1}),
    "habit_dirty_if_over_paragraphs": Case(p("{% if a %}") + p("x") + p("{% endif %}") + p("y"), {"a": 1}),
    "habit_dirty_if_over_paragraphs_false": Case(p("{% if a %}") + p("x") + p("{% endif %}") + p("y"), {"a": 0}),
    "habit_dirty_for_over_paragraphs": Case(
        p("{% for x in xs %}") + p("{{ x }}") + p("{% endfor %}") + p("y"), {"xs": [1, 2]}
    ),
    "habit_dirty_for_table_cell": Case(
        table((p("{% for x in xs %}") + p("{{ x }}") + p("{% endfor %}"), p("b"))) + p("y"), {"xs": [1, 2]}
    ),
    "habit_for_across_cells_in_row": Case(
        table((p("{% for x in xs %}{{ x }}"), p("{{ x }}{% endfor %}"))) + p(), {"xs": [1, 2]}
    ),
    "habit_nested_tables": Case(
        table(
            (p("{%tr for g in gs %}"),),
            (p("{{ g.n }}") + table((p("{%tr for x in g.xs %}"),), (p("{{ x }}"),), (p("{%tr endfor %}"),)) + p(),),
            (p("{%tr endfor %}"),),
        )
        + p(),
        {"gs": [{"n": "a", "xs": [1, 2]}, {"n": "b", "xs": [3]}]},
    ),
    "habit_row_loop_with_if_rows": Case(
        table(
            (p("{%tr for x in xs %}"), p()),
            (p("{%tr if x.a %}"), p()),
            (p("{{ x.n }}"), p("A")),
            (p("{%tr else %}"), p()),
            (p("{{ x.n }}"), p("B")),
            (p("{%tr endif %}"), p()),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        {"xs": [{"n": 1, "a": True}, {"n": 2, "a": False}]},
    ),
    "habit_row_inline_for": Case(table((p("{% for x in xs %}{{ x }}, {% endfor %}"),)) + p(), {"xs": [1, 2]}),
    "habit_alternate_rows_cellbg": Case(
        table(
            (p("{%tr for x in xs %}"), p()),
            (
                cell(p("{% cellbg 'EEEEEE' if loop.index is odd else 'FFFFFF' %}{{ x }}")),
                cell(p("{% cellbg w[loop.index0] %}b")),
            ),
            (p("{%tr endfor %}"), p()),
        )
        + p(),
        {"xs": [1, 2, 3], "w": ["AA0000", "00BB00", "0000CC"]},
    ),
    "habit_cellbg_existing_shd": Case(
        table(
            (
                cell(
                    p("{% cellbg c %}{{ a }}"),
                    '<w:tcW w:w="100" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>',
                ),
            )
        )
        + p(),
        {"c": "112233", "a": 1},
    ),
    "habit_cellbg_own_run": Case(
        table((cell(para(r("{% cellbg c %}"), r("{{ a }}", BOLD))),)) + p(), {"c": "112233", "a": 1}
    ),
    "habit_cellbg_with_richtext": Case(
        table((cell(p("{% cellbg c %}{{r a }}")),)) + p(),
        lambda lib, _: {"c": "112233", "a": lib.RichText("x", bold=True)},
    ),
    "habit_colspan_header": Case(
        tbl(
            [1000, 1000, 1000],
            tr(cell(p("{% colspan n %}Judul"))),
            tr(cell(p("{%tc for x in xs %}")), cell(p("{{ x }}")), cell(p("{%tc endfor %}"))),
        )
        + p(),
        {"n": 3, "xs": [1, 2, 3]},
    ),
    "habit_colspan_existing_gridspan": Case(
        tbl(
            [1000, 1000],
            tr(cell(p("{% colspan n %}Judul"), '<w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="2"/>')),
            tr(cell(p("{%tc for x in xs %}")), cell(p("{{ x }}")), cell(p("{%tc endfor %}"))),
        )
        + p(),
        {"n": 4, "xs": [1, 2, 3, 4]},
    ),
    "habit_dynamic_table": Case(
        tbl(
            [1000] * 4,
            tr(cell(p("Label")), cell(p("{%tc for c in cols %}")), cell(p("{{ c }}")), cell(p("{%tc endfor %}"))),
            tr(cell(p("{%tr for it in rows %}"), '<w:gridSpan w:val="4"/>')),
            tr(
                cell(p("{{ it.label }}")),
                cell(p("{%tc for c in it.cols %}")),
                cell(p("{{ c }}")),
                cell(p("{%tc endfor %}")),
            ),
            tr(cell(p("{%tr endfor %}"), '<w:gridSpan w:val="4"/>')),
        )
        + p(),
        {
            "cols": ["a", "b", "c", "d", "e"],
            "rows": [{"label": "r1", "cols": [1, 2, 3, 4, 5]}, {"label": "r2", "cols": [6, 7, 8, 9, 10]}],
        },
    ),
    "habit_dynamic_table_fewer": Case(
        tbl(
            [1000] * 5,
            tr(
                cell(p("{%tc for c in cols %}")),
                cell(p("{{ c }}")),
                cell(p("{%tc endfor %}")),
                cell(p("{%tc if a %}")),
                cell(p("{%tc endif %}")),
            ),
        )
        + p(),
        {"cols": ["a", "b"], "a": 0},
    ),
    "habit_tc_if": Case(
        tbl(
            [1000] * 4,
            tr(cell(p("a")), cell(p("{%tc if z %}")), cell(p("b")), cell(p("{%tc endif %}"))),
            tr(cell(p("1")), cell(p("{%tc if z %}")), cell(p("2")), cell(p("{%tc endif %}"))),
        )
        + p(),
        {"z": False},
    ),
    "habit_tc_loop_two_cells": Case(
        tbl(
            [1000] * 4,
            tr(cell(p("{%tc for c in cols %}")), cell(p("{{ c }}")), cell(p("x")), cell(p("{%tc endfor %}"))),
        )
        + p(),
        {"cols": [1, 2, 3]},
    ),
    "habit_vm_loop": Case(
        tbl(
            [1000] * 2,
            tr(cell(p("{%tr for x in xs %}")), cell(p())),
            tr(cell(p("{% vm %}Sama")), cell(p("{{ x }}"))),
            tr(cell(p("{%tr endfor %}")), cell(p())),
        )
        + p(),
        {"xs": [1, 2, 3]},
    ),
    "habit_vm_with_value": Case(
        tbl(
            [1000] * 2,
            tr(cell(p("{%tr for x in xs %}")), cell(p())),
            tr(cell(p("a {{ y }}{% vm %} z")), cell(p("{{ x }}"))),
            tr(cell(p("{%tr endfor %}")), cell(p())),
        )
        + p(),
        {"xs": [1, 2, 3], "y": "q"},
    ),
    "habit_vm_split": Case(
        tbl(
            [1000] * 2,
            tr(cell(p("{%tr for x in xs %}")), cell(p())),
            tr(cell(para(r("{% "), r("vm"), r(" %}"), r("Sama", BOLD))), cell(p("{{ x }}"))),
            tr(cell(p("{%tr endfor %}")), cell(p())),
        )
        + p(),
        {"xs": [1, 2, 3]},
    ),
    "habit_vm_nested": Case(
        tbl(
            [1000] * 2,
            tr(cell(p("{%tr for g in gs %}")), cell(p())),
            tr(cell(p("{%tr for x in g.xs %}")), cell(p())),
            tr(cell(p("{% vm %}{{ g.n }}")), cell(p("{{ x }}"))),
            tr(cell(p("{%tr endfor %}")), cell(p())),
            tr(cell(p("{%tr endfor %}")), cell(p())),
        )
        + p(),
        {"gs": [{"n": "a", "xs": [1, 2]}, {"n": "b", "xs": [3]}]},
    ),
    "habit_hm_loop": Case(
        tbl(
            [1000] * 3,
            tr(cell(p("{%tc for c in cols %}")), cell(p("{% hm %}Judul")), cell(p("{%tc endfor %}"))),
            tr(cell(p("{%tc for c in cols %}")), cell(p("{{ c }}")), cell(p("{%tc endfor %}"))),
        )
        + p(),
        {"cols": [1, 2, 3, 4]},
    ),
    "habit_hm_with_span": Case(
        tbl(
            [1000] * 4,
            tr(
                cell(p("{%tc for c in cols %}")),
                cell(p("{% hm %}J"), '<w:gridSpan w:val="2"/>'),
                cell(p("{%tc endfor %}")),
            ),
            tr(cell(p("{%tc for c in cols %}")), cell(p("{{ c }}")), cell(p("b")), cell(p("{%tc endfor %}"))),
        )
        + p(),
        {"cols": [1, 2]},
    ),
    "habit_vmerge_static": Case(
        tbl(
            [1000] * 2,
            tr(cell(p("{{ a }}"), '<w:vMerge w:val="restart"/>'), cell(p("{{ b }}"))),
            tr(cell(p(), "<w:vMerge/>"), cell(p("c"))),
        )
        + p(),
        {"a": 1, "b": 2},
    ),
    "habit_trPr_loop": Case(
        tbl(
            [1000],
            tr(p("{%tr for x in xs %}"), trpr="<w:cantSplit/>"),
            tr(p("{{ x }}"), trpr="<w:cantSplit/><w:tblHeader/>"),
            tr(p("{%tr endfor %}")),
        )
        + p(),
        {"xs": [1, 2]},
    ),
    "habit_tblPrEx": Case(
        tbl(
            [1000],
            '<w:tr><w:tblPrEx><w:jc w:val="center"/></w:tblPrEx><w:tc>' + p("{%tr for x in xs %}") + "</w:tc></w:tr>",
            tr(p("{{ x }}")),
            tr(p("{%tr endfor %}")),
        )
        + p(),
        {"xs": [1, 2]},
    ),
    "habit_empty_loop_row": Case(
        tbl([1000], tr(p("Judul")), tr(p("{%tr for x in xs %}")), tr(p("{{ x }}")), tr(p("{%tr endfor %}"))) + p(),
        {"xs": []},
    ),
    "habit_if_whole_table": Case(p("{%p if a %}") + table((p("x"),)) + p("{%p endif %}") + p("z"), {"a": 0}),
    "habit_loop_whole_table": Case(
        p("{%p for t in ts %}")
        + p("{{ t.n }}")
        + table((p("{%tr for x in t.xs %}"),), (p("{{ x }}"),), (p("{%tr endfor %}"),))
        + p("{%p endfor %}")
        + p("z"),
        {"ts": [{"n": 1, "xs": [1, 2]}, {"n": 2, "xs": [3]}]},
    ),
    "habit_page_break_in_loop": Case(
        p("{%p for x in xs %}") + p("{{ x }}") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + p("{%p endfor %}"),
        {"xs": [1, 2]},
    ),
    "habit_page_break_if_not_last": Case(
        p("{%p for x in xs %}")
        + p("{{ x }}")
        + p("{%p if not loop.last %}")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + p("{%p endif %}")
        + p("{%p endfor %}"),
        {"xs": [1, 2]},
    ),
    "habit_section_break_in_loop": Case(
        p("{%p for x in xs %}")
        + p("{{ x }}", ppr='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
        + p("{%p endfor %}")
        + SECTION,
        {"xs": [1, 2]},
    ),
    "habit_comment_parts": Case(
        para(
            '<w:commentRangeStart w:id="0"/>',
            r("{{ a }}"),
            '<w:commentRangeEnd w:id="0"/>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
        ),
        {"a": 1},
        {
            "comments": '<w:comment w:id="0" w:author="x" w:date="2026-01-01T00:00:00Z">'
            + p("catat {{ a }}")
            + "</w:comment>"
        },
    ),
    "habit_headers_three": Case(
        p("x {{ a }}")
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/><w:headerReference w:type="first" r:id="rId_header2"/><w:headerReference w:type="even" r:id="rId_header3"/><w:footerReference w:type="default" r:id="rId_footer1"/><w:titlePg/></w:sectPr>',
        {"a": 1},
        {"header1": p("D {{ a }}"), "header2": p("F {{ a }}"), "header3": p("E {{ a }}"), "footer1": p("K {{ a }}")},
    ),
    "habit_header_cellbg": Case(p("x"), {"c": "FF0000"}, {"header1": table((cell(p("{% cellbg c %}a")),)) + p()}),
    "habit_header_listing": Case(p("x"), lambda lib, _: {"a": lib.Listing("a\nb\ac")}, {"header1": p("{{ a }}")}),
    "habit_footnote_in_loop": Case(
        p("{%p for x in xs %}")
        + para(r("{{ x }}"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + p("{%p endfor %}")
        + SECTION,
        {"xs": [1], "a": 2},
        {
            "footnotes": '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="2">'
            + para("<w:r><w:footnoteRef/></w:r>", r(" {{ a }}"))
            + "</w:footnote>"
        },
    ),
}
