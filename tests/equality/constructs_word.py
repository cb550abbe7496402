"""Tags as Word leaves them: cut, marked and decorated; and every part in which they stand."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

from cases import BOLD, PEOPLE, SECTION, Case, bookmark, cell, para, proof, rsid
from docx_specimens import drawing, p, r, table, text_box

SPLITS = {
    "split_within_braces": Case(para(r("{"), r("{ x }"), r("} ya")), {"x": "p"}),
    "split_within_command": Case(para(r("{"), r("% if x %}a{"), r("% endif %"), r("}b")), {"x": True}),
    "split_within_name": Case(para(r("{{ na"), r("ma }} ya")), {"nama": "p"}),
    "split_letter_by_letter": Case(para(*(r(c) for c in "{{ nama }}")), {"nama": "p"}),
    "split_by_spelling_marks": Case(
        para(r("a {{ "), proof("spellStart"), r("nama"), proof("spellEnd"), r(" }} b")), {"nama": "p"}
    ),
    "split_by_grammar_marks": Case(para(proof("gramStart"), r("{{ nama"), proof("gramEnd"), r(" }} b")), {"nama": "p"}),
    "marks_beside_tags": Case(para(proof("spellStart"), r("salh"), proof("spellEnd"), r(" {{ nama }}")), {"nama": "p"}),
    "split_by_revision_ids": Case(
        para(rsid("{{ na", "00AA11BB"), rsid("ma }", "00CC22DD"), rsid("} b", "00EE33FF")), {"nama": "p"}
    ),
    "split_by_dress": Case(para(r("{{ ", BOLD), r("nama", "<w:i/>"), r(" }}", BOLD)), {"nama": "p"}),
    "split_by_language": Case(
        para(r("{{ na", '<w:lang w:val="id-ID"/>'), r("ma }}", '<w:lang w:val="en-US"/>')), {"nama": "p"}
    ),
    "split_by_bookmark": Case(
        para(
            bookmark(1, "A"),
            r("{{ na"),
            bookmark(2, "_GoBack"),
            bookmark(2, "", end=True),
            r("ma }}"),
            bookmark(1, "", end=True),
        ),
        {"nama": "p"},
    ),
    "split_by_smart_tag": Case(
        para(
            r("{{ "),
            f'<w:smartTag w:uri="urn:x" w:element="place"><w:smartTagPr><w:attr w:name="a" w:val="b"/></w:smartTagPr>{r("kota")}</w:smartTag>',
            r(" }} b"),
        ),
        {"kota": "p"},
    ),
    "split_within_smart_tag": Case(
        para(f'<w:smartTag w:uri="urn:x" w:element="place">{r("{{ ko")}{r("ta }}")}</w:smartTag>'), {"kota": "p"}
    ),
    "split_by_hyperlink_inside": Case(
        para(r("{{ "), f'<w:hyperlink w:anchor="A">{r("nama")}</w:hyperlink>', r(" }} b")), {"nama": "p"}
    ),
    "tag_within_hyperlink": Case(
        para(f'<w:hyperlink w:anchor="A">{r("lihat {{ na")}{r("ma }}")}</w:hyperlink>'), {"nama": "p"}
    ),
    "split_by_line_break": Case(para(r("{{ nama"), "<w:r><w:br/></w:r>", r("|upper }}")), {"nama": "p"}),
    "split_by_rendered_page_break": Case(
        para(r("{{ na"), "<w:r><w:lastRenderedPageBreak/><w:t>ma }}</w:t></w:r>"), {"nama": "p"}
    ),
    "split_by_tab": Case(para("<w:r><w:t>{{ nama</w:t><w:tab/><w:t>}}</w:t></w:r>"), {"nama": "p"}),
    "split_across_paragraphs": Case(p("{{ nama") + p("|upper }} b"), {"nama": "p"}),
    "split_with_empty_text": Case(para(r("{{ na"), "<w:r><w:t/></w:r>", r("ma }}")), {"nama": "p"}),
    "split_by_comment_marks": Case(
        para(r("{{ na"), '<w:commentRangeStart w:id="0"/>', r("ma }}"), '<w:commentRangeEnd w:id="0"/>', r(" b")),
        {"nama": "p"},
    ),
    "split_in_content_control": Case(
        para(
            f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{r("{{ na")}{r("ma }}")}</w:sdtContent></w:sdt>'
        ),
        {"nama": "p"},
    ),
    "content_control_around_paragraphs": Case(
        f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{p("{%p for x in xs %}")}{p("{{ x }}")}{p("{%p endfor %}")}</w:sdtContent></w:sdt>'
        + p(),
        {"xs": ["a", "b"]},
    ),
    "split_command_with_dress": Case(
        para(r("{% if ", BOLD), r("x"), r(" %}", BOLD), r("ya"), r("{% en"), r("dif %}")), {"x": 1}
    ),
    "split_paragraph_tag": Case(
        para(r("{%"), r("p if x"), proof("spellEnd"), r(" %}"))
        + p("a")
        + para(r("{%p"), r(" endif"), r(" %}"))
        + p("b"),
        {"x": 1},
    ),
    "split_row_tag": Case(
        table((para(r("{%t"), r("r for x in xs %"), r("}")),), (p("{{ x }}"),), (para(r("{%tr end"), r("for %}")),))
        + p(),
        {"xs": [1, 2]},
    ),
    "split_cell_tag": Case(
        table((para(r("{%tc f"), r("or x in xs %}")), p("{{ x }}"), para(r("{%t"), r("c endfor %}")))) + p(),
        {"xs": [1, 2, 3]},
    ),
    "split_run_tag": Case(
        para(r("a"), r("{{r"), r(" x }}"), r("b")), lambda lib, _: {"x": lib.RichText("p", bold=True)}
    ),
    "split_comment": Case(para(r("a{# ca"), r("tatan #"), r("}b"))),
    "split_colspan": Case(table((cell(para(r("{% col"), r("span 2 %}J"))),), (cell(p("1")), cell(p("2")))) + p()),
    "smart_double_quotes": Case(p("{{ a|default(“x”) }} {{ “y” }}")),
    "smart_single_quotes": Case(p("{{ a|default(‘x’) }} {% if b == ’z’ %}ya{% endif %}"), {"b": "z"}),
    "angle_brackets_in_tags": Case(
        p("{% if n &gt; 1 and n &lt; 9 %}ya{% endif %}"),
        {"n": 3},
    ),
    "ampersand_outside_tags": Case(p("A &amp; B {{ x }} &lt;c&gt;"), {"x": "&"}),
    "several_tags_split_in_one_paragraph": Case(
        para(r("{{ a"), r(" }} {"), r("{ b }}, {{ c }"), r("}")), {"a": 1, "b": 2, "c": 3}
    ),
    "drawing_between_tags": Case(para(r("{% if x %}"), drawing(1, "a"), r("{% endif %}{{ y }}")), {"x": 1, "y": 2}),
}

PARTS = {
    "header_and_footer": Case(
        p("{{ a }}"), {"a": "A & B"}, {"header1": p("H {{ a }}"), "footer1": p("F {{ a }}"), "header2": p("tetap")}
    ),
    "header_with_loop_and_table": Case(
        p("x"),
        PEOPLE,
        {
            "header1": table((p("{%tr for o in orang %}"),), (p("{{ o.nama }}"),), (p("{%tr endfor %}"),))
            + p("{%p if orang %}")
            + p("ada")
            + p("{%p endif %}")
        },
    ),
    "header_split": Case(p("x"), {"nama": "p"}, {"header1": para(r("{{ na"), proof("spellEnd"), r("ma }}"))}),
    "header_rich_text": Case(p("x"), lambda lib, _: {"x": lib.RichText("a\nb", bold=True)}, {"footer1": p("{{r x }}")}),
    "footnotes": Case(
        para(r("a"), '<w:r><w:footnoteReference w:id="2"/></w:r>') + SECTION,
        {"a": "A & B"},
        {"footnotes": f'<w:footnote w:id="2">{p("N {{ a }}")}</w:footnote>'},
    ),
    "text_box": Case(f"<w:p>{r('x {{ a }} ')}{text_box(p('Kotak {{ a }}'))}</w:p>", {"a": "A & B"}),
    "text_box_with_loop": Case(
        f"<w:p>{text_box(p('{%p for x in xs %}') + p('{{ x }}') + p('{%p endfor %}'))}</w:p>", {"xs": ["a", "b"]}
    ),
    "text_box_split": Case(f"<w:p>{text_box(para(r('{{ na'), r('ma }}')))}</w:p>", {"nama": "p"}),
    "drawings_in_a_loop": Case(
        p("{%p for x in xs %}")
        + f"<w:p>{drawing(7, 'gbr')}{r('{{ x }}')}</w:p>"
        + p("{%p endfor %}")
        + f"<w:p>{drawing(8, 'lain')}</w:p>",
        {"xs": [1, 2, 3]},
    ),
    "equation": Case(
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ a }}</m:t></m:r></m:oMath></w:p>',
        {"a": "x+1"},
    ),
    "section_in_a_paragraph": Case(
        para(r("{{ a }}"), properties='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
        + p("b")
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
        {"a": 1},
    ),
    "indented_xml": Case("\n  <w:p>\n    <w:r>\n      <w:t>{{ a }}</w:t>\n    </w:r>\n  </w:p>\n", {"a": "p"}),
}
