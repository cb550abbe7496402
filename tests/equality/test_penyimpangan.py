"""Every entry of docs/penyimpangan-docxtpl.md, shown: what docxtpl does, and what ksdocs does instead."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
import pytest
from markupsafe import Markup
from test_whole_documents import jpeg, png
from two_libraries import both, run

from cases import BOLD, SECTION, bookmark, cell, para
from docx_specimens import docx, drawing, field, p, r, rels, table
from ksdocs.docx import Template, compat
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.text import properties, read
from ksdocs.problems import KsdocsError

REGISTER = Path(__file__).parents[2] / "docs" / "penyimpangan-docxtpl.md"


def ours(body: str, context: Any = None, *, parts: dict[str, str] | None = None, **options: Any) -> bytes:
    out = run(compat, docx(body, parts=parts), context or {}, **options)
    assert [q.code for q in check(out) if q.refuses] == []
    return out


def theirs(body: str, context: Any = None, *, parts: dict[str, str] | None = None, **options: Any) -> bytes:
    return run(docxtpl, docx(body, parts=parts), context or {}, **options)


def texts(data: bytes) -> list[str]:
    return [t.text for t in read(data)]


def xml(data: bytes, part: str = "word/document.xml") -> str:
    return Package.read(data).text(part)


def codes(body: str, context: Any = None, **options: Any) -> set[str]:
    with pytest.raises(KsdocsError) as raised:
        ours(body, context, **options)
    return {q.code for q in raised.value.problems}


def test_every_entry_of_the_register_has_a_test_and_every_test_an_entry() -> None:
    entries = re.findall(r"^\| D(\d\d) \|", REGISTER.read_text(encoding="utf-8"), re.MULTILINE)
    files = Path(__file__).parent.glob("test_penyimpangan*.py")
    names = [m for f in files for m in re.findall(r"^def test_d(\d\d)_", f.read_text(encoding="utf-8"), re.MULTILINE)]
    tests = sorted(names)
    assert entries == tests == [f"{n:02}" for n in range(1, len(entries) + 1)]


# ---------------------------------------------------------------------- values


def test_d01_values_are_text() -> None:
    raw = docxtpl.DocxTemplate(io.BytesIO(docx(p("{{ x }}"))))
    raw.render({"x": "A & B <Tbk> C"})
    stream = io.BytesIO()
    raw.save(stream)
    assert texts(stream.getvalue()) != ["A & B <Tbk> C"]
    made = compat.DocxTemplate(io.BytesIO(docx(p("{{ x }}"))))
    made.render({"x": "A & B <Tbk> C"}, autoescape=False)
    made.save(stream := io.BytesIO())
    assert texts(stream.getvalue()) == ["A & B <Tbk> C"]


def test_d02_markup_writes_no_xml() -> None:
    assert texts(ours(p("{{ x|safe }} {{ x|e }}"), {"x": "<b> & c"})) == ["<b> & c <b> & c"]
    assert texts(ours(p("{{ x }}"), {"x": Markup("a &amp; &lt;b&gt;")})) == ["a & <b>"]
    assert codes(p("{{ x }}"), {"x": Markup("<w:p/>")}) == {"KS462"}
    assert "<w:br/>" in xml(theirs(p("{{ x|safe }}"), {"x": "</w:t><w:br/><w:t>"}))


def test_d03_missing_names_are_refused() -> None:
    body = p("a{{ nma }}{% if tidak %}b{% endif %}c")
    assert texts(theirs(body, {"nama": 1})) == ["ac"]
    assert codes(body, {"nama": 1}) == {"KS460"}
    loop = p("{% for x in xs %}{{ x }}{% endfor %}{{ tidak|upper }}")
    assert texts(ours(body + loop, lenient=True)) == texts(theirs(body + loop)) == ["ac", ""]
    assert texts(ours(p("{{ a|default('-') }}{{ b if b is defined else '' }}"))) == ["-"]


def test_d04_none_is_refused() -> None:
    assert texts(theirs(p("{{ x }}"), {"x": None})) == texts(ours(p("{{ x }}"), {"x": None}, lenient=True)) == ["None"]
    assert codes(p("{{ x }}"), {"x": None}) == {"KS461"}


class Order:
    def __init__(self) -> None:
        self.number = 7

    def total(self) -> str:
        return "Rp7"

    def __str__(self) -> str:
        return "pesanan 7"


@pytest.mark.parametrize("value", [True, [1], {"a": 1}, Order()])
def test_d05_what_is_no_text_is_refused(value: Any) -> None:
    body, printed = docx(p("{{ x }}")), [str(value)]
    with pytest.raises(KsdocsError, match="KS462"):
        Template.open(body).render({"x": value})
    assert texts(theirs(p("{{ x }}"), {"x": value})) == texts(ours(p("{{ x }}"), {"x": value})) == printed
    assert texts(Template.open(body, objects=True).render({"x": value})) == printed
    assert texts(ours(p("{{ x }} {{ x.number }}"), {"x": Order()}, methods=(Order,))) == ["pesanan 7 7"]


@pytest.mark.parametrize("value", [b"a", float("nan"), Decimal("NaN"), object(), len, [].append])
def test_what_nobody_means_to_print_is_refused_in_scripts_too(value: Any) -> None:
    assert codes(p("{{ x }}"), {"x": value}) == {"KS462"}
    assert len(texts(theirs(p("{{ x }}"), {"x": value}))) == 1
    assert texts(ours(p("{{ x }}"), {"x": value}, lenient=True)) == [str(value)]


def test_d06_forbidden_characters_are_refused() -> None:
    for bad in ("\x01", "\u202e", "\ufffe"):
        assert codes(p("{{ x }}"), {"x": f"a{bad}b"}) == {"KS463"}
    assert texts(theirs(p("{{ x }}"), {"x": "a\u202eb"})) == ["a\u202eb"]


def test_d07_new_paragraphs_in_plain_texts_are_a_choice() -> None:
    body, context = p("a{{ x }}b", run=BOLD), {"x": "1\a2\f3"}
    assert texts(ours(body, context)) == texts(theirs(body, context)) == ["a1", "2", "\n", "3b"]
    with pytest.raises(KsdocsError, match="KS463"):
        Template.open(docx(body)).render(context)
    assert texts(Template.open(docx(body), breaks=True).render(context)) == ["a1", "2", "\n", "3b"]


def test_d08_a_line_break_where_one_line_is_meant_is_refused() -> None:
    body = table((cell(p("{% cellbg x %}a")),)) + p()
    assert codes(body, {"x": "a\nb"}) == {"KS464"}
    assert "a" in texts(theirs(body, {"x": "a\nb"}))


def test_d09_a_rich_text_in_a_text_is_its_words() -> None:
    context = lambda lib, _: {"x": lib.RichText("b", bold=True)}  # noqa: E731
    assert texts(ours(p("a {{ x }} c"), context)) == ["a b c"]
    assert re.search(r"<w:t[^>]*>a <w:r>", xml(theirs(p("a {{ x }} c"), context)))
    body = p("{{p x }}") + p("a{{r x }}b")
    assert (texts(ours(body, {"x": "teks"})), texts(theirs(body, {"x": "teks"}))) == (["teks", "ateksb"], ["ab"])


# ---------------------------------------------------------------------- dress


def test_d10_text_after_a_run_tag_keeps_its_dress() -> None:
    context = lambda lib, _: {"x": lib.RichText("b")}  # noqa: E731
    mine, other = (f(p("a {{r x }} c", run=BOLD), context) for f in (ours, theirs))
    assert texts(mine) == texts(other) == ["a b c"]
    after = '<w:t xml:space="preserve"> c</w:t>'
    assert f"<w:r><w:rPr><w:b/></w:rPr>{after}" in xml(mine) and f"<w:r>{after}" in xml(other)


def test_d11_text_around_a_picture_keeps_its_dress() -> None:
    context = lambda lib, tpl: {"x": lib.InlineImage(tpl, io.BytesIO(png(4, 4)))}  # noqa: E731
    mine, other = (f(p("a {{ x }} c", run=BOLD), context) for f in (ours, theirs))
    assert xml(mine).count("<w:b/>") == 1 and re.search(
        r'</w:drawing><w:t xml:space="preserve"> c</w:t></w:r>', xml(mine)
    )
    assert re.search(r'</w:drawing></w:r><w:r><w:t xml:space="preserve"> c</w:t></w:r>', xml(other))


def test_d12_run_properties_are_complete_and_in_order() -> None:
    context = lambda lib, _: {"x": lib.RichText("b", font="Arial", bold=True, highlight="#FFFF00")}  # noqa: E731
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'
    assert f'w:cs="Arial"/><w:b/>{shade}' in xml(ours(p("{{r x }}"), context))
    assert '<w:shd w:fill="FFFF00"/><w:b/><w:rFonts' in xml(theirs(p("{{r x }}"), context))


def test_d13_links_are_made_where_they_stand() -> None:
    def context(library: Any, tpl: Any) -> dict[str, Any]:
        return {"x": library.RichText("a", url_id=tpl.build_url_id("https://contoh.example"))}

    parts = {"header1": p("{{r x }}")}
    links = [
        [k.target for k in Package.read(f(p("x"), context, parts=parts)).relationships("word/header1.xml")]
        for f in (ours, theirs)
    ]
    assert links == [["https://contoh.example"], []]
    with pytest.raises(KsdocsError, match="KS471"):
        compat.DocxTemplate(io.BytesIO(docx(p("x")))).build_url_id("javascript:alert(1)")


# ---------------------------------------------------------------------- structure


def test_d14_nothing_is_left_empty() -> None:
    body = (
        table((p("{%p if a %}") + p("x") + p("{%p endif %}"), p("b")))
        + table((p("{%tr for x in [] %}"),), (p("c"),), (p("{%tr endfor %}"),))
        + p("d")
    )
    assert texts(ours(body, {"a": False})) == ["", "b", "d"]
    assert {q.code for q in check(theirs(body, {"a": False})) if q.refuses} == {"KS416", "KS417"}


def test_d15_copies_are_unique() -> None:
    inside = f"<w:p>{bookmark(3, 'A')}{drawing(7, 'gbr')}{bookmark(3, '', end=True)}</w:p>"
    body = p("{%p for x in xs %}") + inside + p("{%p endfor %}")
    context, parts = {"xs": [1, 2]}, {"header1": f"<w:p>{r('{{ xs|length }}')}{drawing(7, 'kepala')}</w:p>"}
    ours(body, context)
    assert "KS420" in {q.code for q in check(theirs(body, context))}
    assert "KS418" in {q.code for q in check(docx(inside, parts=parts), template=True)}
    assert (
        len(
            set(
                re.findall(
                    'docPr id="(\\d+)"',
                    "".join(
                        xml(ours(inside, context, parts=parts), n) for n in ("word/document.xml", "word/header1.xml")
                    ),
                )
            )
        )
        == 2
    )


def test_d16_lists_begin_anew() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("{%p for x in xs %}") + p("judul") + p("a", ppr=item) + p("b", ppr=item) + p("{%p endfor %}")
    numbers = [
        re.findall('numId w:val="(\\d+)"', xml(f(body, {"xs": [1, 2]}, parts={"numbering": numbering})))
        for f in (ours, theirs)
    ]
    assert numbers == [["1", "1", "2", "2"], ["1", "1", "1", "1"]]


def test_d17_torn_structure_is_refused() -> None:
    body = p("{%p if a %}") + table((p("x{% endif %}"),)) + p()
    assert codes(body, {"a": True}) == {"KS453"}
    theirs(body, {"a": True})


def test_d18_unclosed_tags_are_refused() -> None:
    assert codes(p("{{ a") + p("b {{ c }}"), {"a": 1, "c": 2}) == {"KS450"}
    assert codes(p("{{ a") + p("b"), {"a": 1}) == {"KS450"}


def test_d19_tags_that_end_in_a_link_are_made_whole() -> None:
    body = para(r("{{ na"), f'<w:hyperlink w:anchor="A">{r("ma }} tautan")}</w:hyperlink>', r(" akhir"))
    made = ours(body, {"nama": "p"})
    assert texts(made) == ["p tautan akhir"]
    assert re.search('<w:hyperlink w:anchor="A"><w:r><w:t[^>]*> tautan</w:t></w:r></w:hyperlink>', xml(made))
    begun = para(r("a {"), f'<w:hyperlink w:anchor="A">{r("{ nama }")}</w:hyperlink>', r("} z"))
    assert texts(ours(begun, {"nama": "p"})) == ["a p z"]
    assert "</w:hyperlink>" not in xml(theirs(body, {"nama": "p"}))


def test_d20_paragraph_tags_may_hold_any_expression() -> None:
    body = (
        p("{%p if n % 2 == 1 %}")
        + p("ganjil")
        + p("{%p endif %}")
        + p("{%p set d = {'a': 1} %}")
        + p("{{ d.a }}{# {{ x }} #}")
    )
    assert texts(ours(body, {"n": 3})) == ["ganjil", "1"]
    with pytest.raises(jinja2.TemplateSyntaxError):
        theirs(body, {"n": 3})


def test_d21_grids_are_mended_where_cells_are_made() -> None:
    gap = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    still = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="2"/></w:tblGrid>{gap}</w:tbl>' + p(
        "{{ a }}"
    )
    assert [xml(f(still, {"a": 1})).count("<w:gridCol") for f in (ours, theirs)] == [2, 1]
    spans = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("x")}'
    wide = table((p("{%tc for x in [1, 2, 3] %}"), spans, p("{%tc endfor %}"))) + p()
    assert [xml(f(wide)).count("<w:gridCol") for f in (ours, theirs)] == [6, 3]
    header = {"header1": table((p("{%tc for x in [1, 2, 3, 4, 5] %}"), p("x"), p("{%tc endfor %}"))) + p()}
    assert [xml(f(p("x"), parts=header), "word/header1.xml").count("<w:gridCol") for f in (ours, theirs)] == [5, 3]


def test_d22_what_word_types_is_understood() -> None:
    body = p("{{\u00a0a\u202f}}{{ b|default(„x“) }}{{ 'c\u200b' }}{{ 'A &amp; B' }}")
    assert texts(ours(p("{{\u00a0a\u202f}}{{ 'c\u200b' }}{{ 'A &amp; B' }}"), {"a": 1})) == ["1cA & B"]
    with pytest.raises(jinja2.TemplateSyntaxError):
        theirs(body, {"a": 1})


def test_d23_rows_and_cells_are_written_by_macros_alone() -> None:
    body = table((p("{{tr x }}"),), (p("a"),)) + p()
    assert codes(body, {"x": "a"}) == {"KS454"}
    row = f"<w:tr><w:tc>{p('r')}</w:tc></w:tr>"
    assert texts(theirs(body, {"x": Markup(row)})) == ["r", "a", ""]


def test_d24_a_line_break_in_the_xml_is_a_space() -> None:
    body = "<w:p><w:r><w:t>a\nb {{ x }}</w:t></w:r></w:p>"
    assert (texts(ours(body, {"x": 1})), texts(theirs(body, {"x": 1}))) == (["a b 1"], ["a\nb 1"])


# ---------------------------------------------------------------------- parts


def test_d25_notes_are_filled() -> None:
    notes = {
        "endnotes": f'<w:endnote w:id="2">{p("E {{ a }}")}</w:endnote>',
        "footnotes": f'<w:footnote w:id="2">{p("F {{ a }}")}</w:footnote>',
    }
    assert texts(ours(p("x"), {"a": 1}, parts=notes)) == ["x", "F 1", "E 1"]
    assert texts(theirs(p("x"), {"a": 1}, parts=notes)) == ["x", "F {{ a }}", "E {{ a }}"]
    assert texts(theirs(p("x") + SECTION, {"a": 1}, parts=notes)) == ["x", "F 1", "E {{ a }}"]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T {{ a }}</dc:title><cp:keywords>K {{ a }}</cp:keywords>'
    "</cp:coreProperties>"
)


def test_d26_every_property_is_filled_and_escaped_once() -> None:
    links = rels(("rId1", "officeDocument", "word/document.xml")).replace(
        b"</Relationships>",
        b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        b'core-properties" Target="docProps/core.xml"/></Relationships>',
    )
    data = docx(
        p("x"),
        extra={"docProps/core.xml": CORE.encode(), "_rels/.rels": links},
        types={"docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"},
    )
    mine, other = (properties(made)["core"] for made in both(data, {"a": "A & B"}))
    assert (mine["title"], mine["keywords"]) == ("T A & B", "K A & B")
    assert (other["title"], other["keywords"]) == ("T A &amp; B", "K {{ a }}")


def test_d27_what_is_not_touched_is_copied() -> None:
    data = docx(p("{{ a }}"), parts={"header1": p("tetap"), "styles": "<!-- x -->"})
    mine, other = both(data, {"a": 1})
    assert Package.read(mine).bytes("word/styles.xml") == Package.read(data).bytes("word/styles.xml")
    assert Package.read(other).bytes("word/styles.xml") != Package.read(data).bytes("word/styles.xml")
    assert run(compat, data, {"a": 1}) == mine
    assert Package.read(mine).core_properties is None is not Package.read(other).core_properties


def test_d28_a_replaced_picture_is_declared_as_what_it_is() -> None:
    from test_whole_documents import template, with_pictures

    replace = lambda tpl: tpl.replace_pic("satu.png", io.BytesIO(jpeg(4, 4)))  # noqa: E731
    kinds = []
    for made in both(template(change=with_pictures), {"a": 1}, before=replace):
        package = Package.read(made)
        kinds += [package.content_type(n) for n in package.names if "media/" in n and package.bytes(n) == jpeg(4, 4)]
    assert kinds == ["image/jpeg", "image/png"]


# ---------------------------------------------------------------------- what a template may do


def test_d29_templates_reach_values_alone() -> None:
    body = p("{{ ''.__class__ }}")
    assert codes(body) == {"KS456"}
    assert "class" in "".join(texts(theirs(body)))
    for expression, code in (
        ("o.total()", "KS469"),
        ("o.total", "KS469"),
        ("xs.append(1)", "KS469"),
        ("d.update({})", "KS460"),
    ):
        assert codes(p("{{ " + expression + " }}"), {"o": Order(), "xs": [1], "d": {}}) == {code}
    assert texts(ours(p("{{ o.total() }}"), {"o": Order()}, methods=(Order,))) == ["Rp7"]
    with pytest.raises(KsdocsError, match=r"methods=\(Class"):
        ours(p("{{ o.total() }}"), {"o": Order()})
    for name, value in (("type", type), ("list", list), ("D", Decimal)):
        assert codes(p(f"{{{{ {name}(1) }}}}"), {name: value}) == {"KS469"}
    nested = {"zip": zip, "xs": [[[1]], [[2]]]}
    assert codes(p("{% for a in zip(xs, xs) %}{{ a }}{% endfor %}"), nested) == {"KS469"}
    assert codes(p("{{ str(xs) }}"), {"str": str, "xs": [1]}) == {"KS469"}
    assert texts(theirs(p("{{ o.total() }}"), {"o": Order()})) == ["Rp7"]


def test_d30_commands_that_load_or_switch_off_are_refused() -> None:
    for command in (
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% autoescape false %}{% endautoescape %}",
        "{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}",
    ):
        assert codes(p(command)) == {"KS452"}
    assert texts(theirs(p("{% block a %}x{% endblock %}"))) == ["x"]
    loop = p("{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}")
    environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"])
    assert texts(ours(loop)) == texts(theirs(loop, environment=environment)) == ["13"]


def test_d31_what_is_left_out_of_jinja() -> None:
    for name in ("attr('a')", "pprint", "random", "urlize", "xmlattr"):
        assert codes(p("{{ x|" + name + " }}"), {"x": "a"}) == {"KS451"}
    for name in ("callable", "filter", "test", "escaped"):
        assert codes(p("{{ 'a' if x is " + name + " }}"), {"x": "a"}) == {"KS455"}
    for name in ("dict(a=1).a", "lipsum()"):
        assert codes(p("{{ " + name + " }}")) == {"KS460"}
    assert texts(theirs(p("{{ dict(a=1).a }}"))) == ["1"]


def test_d32_budgets() -> None:
    assert codes(p("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")) == {"KS465"}
    assert codes(p("{{ 'a'.center(100000) }}")) == {"KS465"}
    assert len(texts(theirs(p("{{ 'a'.center(100000) }}")))[0]) == 100000


def test_d33_codes_of_fields_are_not_made_from_data() -> None:
    body = f"<w:p>{field('DOCPROPERTY {{ a }}', 'x')}</w:p>"
    assert codes(body, {"a": "judul"}) == {"KS454"}
    assert "DOCPROPERTY judul" in xml(theirs(body, {"a": "judul"}))
    assert "DOCPROPERTY judul" in xml(ours(body, {"a": "judul"}, trusted=True))
    assert codes(body, {"a": '" \\* MERGEFORMAT'}, trusted=True) == {"KS463"}
    simple = f'<w:p><w:fldSimple w:instr="REF {{{{ a }}}}">{r("x")}</w:fldSimple></w:p>'
    assert codes(simple, {"a": "judul"}) == {"KS454"}


def test_d34_templates_that_bring_more_than_words_are_refused() -> None:
    body = f'<w:p><w:ins w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z">{r("{{ a }}")}</w:ins></w:p>'
    assert codes(body, {"a": "p"}) == {"KS437"}
    assert texts(theirs(body, {"a": "p"})) == texts(run(compat, docx(body), {"a": "p"}, trusted=True))
    outside = docx(p("{{ a }}"), links=(("rId9", "attachedTemplate", "file:///C:/x.dotx", "External"),))
    with pytest.raises(KsdocsError, match="KS428"):
        Template.open(outside)
    assert texts(Template.open(outside, trusted=True).render({"a": "p"})) == ["p"]


def test_d35_lists_within_lists_are_refused_unless_written_out() -> None:
    assert codes(p("{% set a = [xs, xs] %}{{ a|length }}"), {"xs": [1]}) == {"KS469"}
    assert texts(theirs(p("{% set a = [xs, xs] %}{{ a|length }}"), {"xs": [1]})) == ["2"]
    assert texts(ours(p("{% for a, b in [('x', 1), ('y', 2)] %}{{ a }}{{ b }}{% endfor %}"))) == ["x1y2"]


def test_d36_one_environment_on_every_path() -> None:
    environment = jinja2.Environment(variable_start_string="<<", variable_end_string=">>")
    assert codes(p("x"), environment=environment) == {"KS474"}
    strict = jinja2.Environment(undefined=jinja2.StrictUndefined)
    assert codes(p("{{ a }}"), environment=strict) == codes(p("{{ a }}"), environment=jinja2.Environment()) == {"KS460"}

    class Gap(jinja2.ChainableUndefined):
        def __str__(self) -> str:
            return "____"

    body = p("{{ a.b.c }}|{{ d.e }}|{{ x }}{% for y in z %}{{ y }}{% endfor %}{% if w %}w{% endif %}")
    chosen = jinja2.Environment(undefined=Gap, finalize=lambda value: "" if value is None else value)
    context: dict[str, Any] = {"d": {}, "x": None}
    assert texts(ours(body, context, environment=chosen)) == texts(theirs(body, context, environment=chosen))
    assert texts(ours(body, context, environment=chosen)) == ["____|____|"]


def test_d37_notes_of_sub_documents_are_refused() -> None:
    note = docx(
        '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        parts={"footnotes": f'<w:footnote w:id="2">{p("x")}</w:footnote>'},
    )
    template = compat.DocxTemplate(io.BytesIO(docx(p("{{p x }}") + p())))
    with pytest.raises(KsdocsError, match="KS473"):
        template.render({"x": template.new_subdoc(io.BytesIO(note))})


def test_d38_a_default_holds_however_much_is_missing() -> None:
    assert texts(ours(p("{{ x.y.z|default('-') }}"), {"x": {}})) == ["-"]
    with pytest.raises(jinja2.UndefinedError):
        theirs(p("{{ x.y.z|default('-') }}"), {"x": {}})


def test_d39_commands_work_in_every_cell() -> None:
    for inside in ("", "<w:tcPr/>"):
        body = table((f"{inside}{p('{% cellbg c %}a')}", p("b")), (f"{inside}{p('{% colspan 2 %}d')}",)) + p()
        written = xml(ours(body, {"c": "FF0000"}))
        assert '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="FF0000"/></w:tcPr>' in written
        assert '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' in written
    assert "<w:tcPr/><w:shd" in xml(theirs(table((f"<w:tcPr/>{p('{% cellbg c %}a')}",)) + p(), {"c": "FF0000"}))


def test_d40_every_problem_is_told_at_once_with_its_place() -> None:
    with pytest.raises(KsdocsError) as raised:
        ours(p("Satu {{ a.b }}") + p("Dua {{ c }}"), {"a": {}})
    assert [(q.code, q.at.part, q.at.paragraph) for q in raised.value.problems] == [
        ("KS460", "word/document.xml", "Satu {{ a.b }}"),
        ("KS460", "word/document.xml", "Dua {{ c }}"),
    ]
    with pytest.raises(jinja2.UndefinedError):
        theirs(p("Satu {{ a.b.c }}"), {"a": {}})
