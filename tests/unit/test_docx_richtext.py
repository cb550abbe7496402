"""Rich texts, listings and links: what docxtpl's scripts say, in documents that Word opens."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from test_docx_values import png

from docx_specimens import docx, p, r, table, text_box
from ksdocs.docx import RP, InlineImage, Listing, R, RichText, RichTextParagraph, build_url_id
from ksdocs.docx.breaks import break_paragraphs
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.problems import TemplateError


def fill(body: str, parts: dict[str, str] | None = None, **context: object) -> Package:
    data = Template.open(docx(body, parts=parts)).render(context)
    assert [q for q in check(data) if q.refuses] == []
    return Package.read(data)


def texts(package: Package) -> list[str]:
    return [t.text for t in read(package)]


def xml(package: Package) -> str:
    return package.text("word/document.xml")


def codes(body: str, **context: object) -> list[str]:
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(body)).render(context)
    return [q.code for q in raised.value.problems]


def test_a_rich_text_brings_its_own_dress_and_leaves_that_of_its_tag() -> None:
    package = fill(p("{{r x }}", run="<w:b/>"), x=RichText("a", italic=True))
    assert '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">a</w:t></w:r>' in xml(package)


def test_run_properties_stand_in_the_order_of_the_schema() -> None:
    dress = RichText(
        "a", style="S", font="eastAsia:SimSun", bold=True, italic=True, strike=True, color="#112233", size=21,
        underline="dotted", highlight="#FFFF00", superscript=True, rtl=True, lang="ar-SA",
    )  # fmt: skip
    assert (
        '<w:rStyle w:val="S"/><w:rFonts w:ascii="SimSun" w:hAnsi="SimSun" w:cs="SimSun" w:eastAsia="SimSun"/><w:b/>'
        '<w:bCs/><w:i/><w:iCs/><w:strike/><w:color w:val="112233"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:u w:val="dotted"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/><w:vertAlign w:val="superscript"/>'
        '<w:rtl w:val="true"/><w:lang w:val="ar-SA"/>'
    ) in xml(fill(p("{{r x }}"), x=dress))
    assert '<w:highlight w:val="yellow"/>' in xml(fill(p("{{r x }}"), x=R("a", highlight="yellow")))


def test_what_a_dress_is_made_of_cannot_break_out_of_its_attribute() -> None:
    evil = '"/></w:rPr><w:t>x</w:t>'
    for name in ("style", "color", "highlight", "size", "font", "lang"):
        package = fill(p("{{r x }}"), x=RichText("a", **{name: evil}))
        assert texts(package) == ["a"]
    with pytest.raises(TemplateError, match="KS463"):
        RichText("a", style="a\x00")
    assert texts(fill(p("{{r x }}"), x=RichText("<w:p/> & \u00e9"))) == ["<w:p/> & \u00e9"]
    assert codes(p("{{r x }}"), x=RichText("a\x00b")) == ["KS463"]


def test_a_rich_text_in_the_middle_of_a_text_is_its_words() -> None:
    assert texts(fill(p("a {{ x }} b {{ x|upper }}"), x=RichText("c & d", bold=True))) == ["a c & d b C & D"]


def test_new_paragraphs_and_pages_keep_the_dress_around_them() -> None:
    package = fill(p("a{{ x }}b", run="<w:b/>", ppr='<w:jc w:val="center"/>'), x=Listing("1\a2\f3\n4\t5"))
    assert texts(package) == ["a1", "2", "\n", "3\n4\t5b"]
    assert xml(package).count('<w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t') == 3
    assert xml(package).count('<w:br w:type="page"/>') == 1


def test_new_paragraphs_within_links_and_controls_close_and_open_them_again() -> None:
    inside = f'<w:p><w:hyperlink w:anchor="A">{r("{{ x }}")}</w:hyperlink>{r("z")}</w:p>'
    control = (
        '<w:p><w:sdt><w:sdtPr><w:alias w:val="n"/><w:id w:val="7"/></w:sdtPr><w:sdtContent>'
        f"{r('{{ x }}')}</w:sdtContent></w:sdt></w:p>"
    )
    package = fill(inside + control, x=Listing("1\a2"))
    assert texts(package) == ["1", "2z", "1", "2"]
    assert xml(package).count('<w:hyperlink w:anchor="A">') == 2
    assert xml(package).count('<w:id w:val="7"/>') == 1


def test_new_paragraphs_in_tables_boxes_headers_and_notes() -> None:
    body = table((p("{{ x }}"),)) + f"<w:p>{r('k')}{text_box(p('{{ x }}'))}{r('z')}</w:p>"
    package = fill(
        body,
        {"header1": p("{{ x }}"), "footnotes": f'<w:footnote w:id="2">{p("{{r x }}")}</w:footnote>'},
        x=Listing("1\a2"),
    )
    assert xml(package).count('<w:t xml:space="preserve">2</w:t>') == 3
    assert package.text("word/header1.xml").count("<w:p>") == 2 == package.text("word/footnotes.xml").count("<w:p>")


def test_a_section_ends_with_the_last_of_the_new_paragraphs() -> None:
    size = '<w:sectPr><w:pgSz w:w="1" w:h="2"/></w:sectPr>'
    written = xml(fill(p("{{ x }}", ppr=size) + p("b"), x=Listing("1\a2\a3")))
    assert written.count("<w:sectPr>") == 1 and written.index("<w:sectPr>") > written.index(">2<")


def test_a_break_outside_of_a_paragraph_is_nothing() -> None:
    assert break_paragraphs("<w:body>\a<w:p/></w:body>") == "<w:body><w:p/></w:body>"


def test_a_plain_text_makes_no_paragraphs() -> None:
    assert codes(p("{{ x }}"), x="a\ab") == ["KS463"] == codes(p("{{ x }}"), x="a\fb")


def test_rich_paragraphs_stand_in_their_styles() -> None:
    rich = RichTextParagraph("satu", parastyle="A")
    rich.add(RichText("dua\atiga", bold=True), parastyle="B")
    package = fill(p("{{p x }}") + p("z"), x=rich)
    assert texts(package) == ["satu", "dua", "tiga", "z"]
    assert xml(package).count('<w:pStyle w:val="B"/>') == 2
    assert codes(p("{{r x }}"), x=RP("a")) == ["KS470"]


def test_links_are_made_in_the_part_where_they_stand() -> None:
    rich = RichText("a", url_id=build_url_id("https://contoh.example/?a=1&b=2"))
    rich.add("b", url_id=Template.build_url_id("mailto:a@contoh.example"))
    rich.add("c", url_id=build_url_id("#markah"))
    package = fill(p("{{r x }}") + p("{{r x }}"), {"header1": p("{{r x }}")}, x=rich)
    for part in ("word/document.xml", "word/header1.xml"):
        links = [(k.type, k.target, k.external) for k in package.relationships(part) if k.type == "hyperlink"]
        assert links == [
            ("hyperlink", "https://contoh.example/?a=1&b=2", True),
            ("hyperlink", "mailto:a@contoh.example", True),
        ]
    assert xml(package).count('<w:hyperlink w:anchor="markah">') == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\x", "#", "", "http://[", "data:x"]
)
def test_a_link_to_what_may_do_harm_is_refused(url: str) -> None:
    with pytest.raises(TemplateError, match="KS471"):
        build_url_id(url)
    if url:
        with pytest.raises(TemplateError, match="KS471"):
            InlineImage(png(), anchor=url)


def test_a_relationship_id_that_the_part_does_not_have_is_refused() -> None:
    assert codes(p("{{r x }}"), x=RichText("a", url_id="rId99")) == ["KS471"]


def test_rich_values_survive_pickling() -> None:
    rich = RichText("a", bold=True, url_id=build_url_id("https://contoh.example"))
    for value in (rich, Listing("a\ab"), RichTextParagraph(rich)):
        again = pickle.loads(pickle.dumps(value))
        assert xml(fill(p("{{p x }}"), x=again)) == xml(fill(p("{{p x }}"), x=value))


def test_anything_becomes_a_rich_text_or_a_listing() -> None:
    number: Any = 12
    data: Any = b"a"
    assert (str(RichText(12)), str(RichText(b"a")), str(Listing(number)), str(Listing(data))) == ("12", "a", "12", "a")
    assert str(RichText(None)) == str(RichText("")) == ""
