"""Our own soundness rules: one small document per rule, and none of them for a document that is sound."""

from __future__ import annotations

import io

import docx as python_docx
import pytest

from docx_specimens import (
    DECLARATION,
    PACKAGE_REL,
    REL,
    STRICT_WORD,
    Link,
    W,
    docx,
    drawing,
    field,
    members,
    p,
    r,
    table,
    text_box,
    zipped,
)
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.problems import Problem, Severity, catalogue

BODY = "word/document.xml"
STYLE = '<w:style w:type="paragraph" w:styleId="Isi"><w:name w:val="isi"/></w:style>'
NUMBER = '<w:num w:numId="3"/>'


def told(data: bytes, *, template: bool = False) -> list[Problem]:
    """The problems of `data`, each of which can be told in both languages without a gap."""
    problems = check(data, template=template, name="kiriman.docx")
    for problem in problems:
        assert problem.at.file == "kiriman.docx"
        for language in ("id", "en"):
            message = problem.message(language)
            assert message and not any("{" + name + "}" in message for name in problem.params)
            assert "{" not in message.replace("{{", "")
    return problems


def codes(data: bytes, *, template: bool = False) -> list[str]:
    return [q.code for q in told(data, template=template)]


def one(data: bytes, *, template: bool = False) -> Problem:
    (found,) = told(data, template=template)
    return found


def bookmark(kind: str, number: int, name: str = "") -> str:
    return f'<w:bookmark{kind} w:id="{number}"' + (f' w:name="{name}"' if name else "") + "/>"


# ---------------------------------------------------------------------- sound


def test_a_sound_document_has_no_problems() -> None:
    picture: Link = ("rId9", "image", "media/logo.png")
    body = (
        p("{{ judul }}", style="Isi", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
        + table((p("kiri"), p("kanan") + bookmark("Start", 1, "pasal_1") + bookmark("End", 1)))
        + f"<w:p>{drawing(1, 'logo', embed='rId9')}{field('PAGE', '1')}{field('REF pasal_1', 'Pasal 1')}</w:p>"
        + f"<w:p><w:hyperlink r:id='h'>{r('situs')}</w:hyperlink></w:p>"
    )
    data = docx(
        body,
        parts={"styles": STYLE, "numbering": NUMBER, "header1": p("kop"), "footer1": p("kaki")},
        links=(picture, ("h", "hyperlink", "https://contoh.ac.id", "External")),
        extra={"word/media/logo.png": b"\x89PNG"},
    )
    assert told(data) == []
    assert told(data, template=True) == []


def test_a_document_of_python_docx_is_sound() -> None:
    document = python_docx.Document()
    document.add_heading("Pasal 1", 1)
    document.add_table(2, 2).cell(0, 0).text = "a"
    stream = io.BytesIO()
    document.save(stream)
    assert [q for q in told(stream.getvalue()) if q.refuses] == []


def test_custom_xml_is_no_problem() -> None:
    data = docx(links=(("x", "customXml", "../customXml/item1.xml"),), extra={"customXml/item1.xml": b"<a/>"})
    assert told(data) == []


def test_an_open_package_is_checked_as_its_bytes_are() -> None:
    data = docx(table(("<w:tcPr/>",)))
    assert [q.code for q in check(Package.read(data))] == codes(data)


def test_what_is_no_package_is_told_and_not_raised() -> None:
    assert codes(b"Halo") == ["KS402"]
    assert codes(docx(extra={"word/vbaProject.bin": b""})) == ["KS405"]


# ---------------------------------------------------------------------- parts


def test_every_malformed_part_is_told() -> None:
    data = docx(
        p("isi"),
        parts={"header1": p("kop"), "footer1": ""},
        extra={"word/header1.xml": b"<w:hdr>", "word/footer1.xml": b"<!DOCTYPE x []><x/>"},
    )
    assert {(q.code, q.at.part) for q in told(data)} == {
        ("KS414", "word/header1.xml"),
        ("KS412", "word/footer1.xml"),
    }


def test_a_doctype_in_a_part_that_nobody_reads_is_told() -> None:
    data = docx(
        links=(("x", "customXml", "../customXml/item1.xml"),),
        extra={"customXml/item1.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
    )
    assert codes(data) == ["KS412"]


def test_a_member_without_a_content_type_or_with_a_wrong_one_is_told() -> None:
    data = docx(links=(("x", "image", "media/a.bmp"),), extra={"word/media/a.bmp": b""})
    assert one(data).code == "KS426"
    files = members(parts={"header1": p("kop")})
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b".header+xml", b".footer+xml")
    assert one(zipped(files)).code == "KS427"


def test_a_member_that_nothing_leads_to_is_pointed_out() -> None:
    found = one(docx(extra={"word/media/lama.png": b""}))
    assert (found.code, found.at.part, found.severity) == (
        "KS425",
        "word/media/lama.png",
        Severity.PERINGATAN,
    )


# ---------------------------------------------------------------------- relationships


def test_relationships_must_exist_lead_somewhere_and_stand_once() -> None:
    assert one(docx(f"<w:p>{drawing(1, 'a', embed='rId7')}</w:p>")).code == "KS422"
    gone = one(docx(links=(("rId7", "image", "media/hilang.png"),)))
    assert (gone.code, gone.at.part) == ("KS423", BODY)
    twice: Link = ("a", "image", "media/a.png")
    assert codes(docx(links=(twice, twice), extra={"word/media/a.png": b""})) == ["KS424"]


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument", "frame", "aFChunk"])
def test_nothing_but_hyperlinks_may_lead_out(kind: str) -> None:
    found = one(docx(links=(("x", kind, "https://contoh.id/x", "External"),)))
    assert found.code == "KS428" and found.refuses
    assert "https://contoh.id/x" in found.message()


def test_a_remote_template_in_the_settings_is_refused() -> None:
    rels = (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r" Type="{REL}/attachedTemplate" '
        'Target="file://server/x.dotm" TargetMode="External"/></Relationships>'
    )
    data = docx(
        parts={"settings": '<w:attachedTemplate r:id="r"/>'},
        extra={"word/_rels/settings.xml.rels": rels.encode()},
    )
    assert [(q.code, q.at.part) for q in told(data)] == [("KS428", "word/settings.xml")]


def test_an_address_that_hides_as_an_internal_target_is_refused() -> None:
    assert codes(docx(links=(("x", "image", "https://contoh.id/a.png"),))) == ["KS423"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.id", []),
        ("mailto:a@b.id", []),
        ("file:///C:/x.exe", ["KS429"]),
        ("javascript:alert(1)", ["KS429"]),
        ("\\\\server\\x", ["KS429"]),
        ("http://[rusak", ["KS429"]),
    ],
)
def test_links_to_unusual_addresses_are_pointed_out(address: str, expected: list[str]) -> None:
    assert codes(docx(links=(("h", "hyperlink", address, "External"),))) == expected


def test_objects_that_run_are_refused_and_embedded_files_pointed_out() -> None:
    for kind, expected in (("oleObject", "KS435"), ("control", "KS435"), ("aFChunk", "KS434"), ("package", "KS436")):
        data = docx(links=(("x", kind, "embeddings/a.xml"),), extra={"word/embeddings/a.xml": b"<a/>"})
        assert one(data).code == expected
        assert one(data).refuses is (kind != "package")


# ---------------------------------------------------------------------- blocks


@pytest.mark.parametrize("cell", ["", "<w:tcPr/>", table((p("x"),)), p("a") + table((p("x"),))])
def test_a_cell_must_end_with_a_paragraph(cell: str) -> None:
    assert "KS416" in codes(docx(table((cell,)) + p()))


@pytest.mark.parametrize(
    "cell",
    [
        p("a"),
        table((p("x"),)) + p(),
        p("a") + bookmark("Start", 5, "b") + bookmark("End", 5),
        f"<w:sdt><w:sdtContent>{p('a')}</w:sdtContent></w:sdt>",
    ],
)
def test_a_cell_that_ends_with_a_paragraph_is_sound(cell: str) -> None:
    assert codes(docx(table((cell,)) + p())) == []


def test_headers_and_boxes_must_hold_a_paragraph() -> None:
    assert codes(docx(parts={"header1": ""})) == ["KS416"]
    assert codes(docx(f"<w:p>{text_box('', both=False)}</w:p>")) == ["KS416"]


def test_a_table_needs_a_grid_rows_and_cells() -> None:
    for broken, missing in (
        (f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>", "tblGrid"),
        ("<w:tbl><w:tblGrid/></w:tbl>", "tr"),
        ("<w:tbl><w:tblGrid/><w:tr><w:trPr/></w:tr></w:tbl>", "tc"),
    ):
        found = one(docx(broken + p()))
        assert found.code == "KS417" and found.params == {"kurang": missing}


@pytest.mark.parametrize(
    "body",
    [f"<w:p>{p('a')}</w:p>", f"<w:p><w:r>{p('a')}</w:r></w:p>", r("a"), "<w:p><w:t>a</w:t></w:p>"],
)
def test_content_in_the_wrong_place_is_refused(body: str) -> None:
    assert "KS443" in codes(docx(body))


# ---------------------------------------------------------------------- ids


def test_drawing_ids_are_unique_over_all_parts() -> None:
    data = docx(f"<w:p>{drawing(7, 'a')}</w:p>", parts={"header1": f"<w:p>{drawing(7, 'b')}{r('kop')}</w:p>"})
    found = one(data)
    assert (found.code, found.at.part, found.at.paragraph) == ("KS418", "word/header1.xml", "kop")
    assert found.refuses


def test_bookmarks_pair_up_and_their_names_are_unique_whatever_the_letters() -> None:
    pair = bookmark("Start", 1, "pasal_1") + bookmark("End", 1)
    again = bookmark("Start", 1, "PASAL_1") + bookmark("End", 1)
    assert codes(docx(p() + pair, parts={"footer1": p() + again})) == ["KS419"]
    assert codes(docx(p() + bookmark("Start", 1, "a"))) == ["KS420"]
    assert codes(docx(p() + bookmark("End", 1))) == ["KS420"]
    assert codes(docx(p() + bookmark("Start", 1, "a") + bookmark("Start", 1, "b") + bookmark("End", 1))) == ["KS420"]
    long = bookmark("Start", 1, "p" * 41) + bookmark("End", 1)
    assert codes(docx(p() + long)) == ["KS421"]


# ---------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    "instruction",
    [
        'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
        "dde excel",
        "INCLUDETEXT file.docx",
        'INCLUDEPICTURE "https://contoh.id/a.png" \\d',
        "LINK Excel.Sheet.8",
        "MACROBUTTON x",
    ],
)
def test_fields_that_fetch_or_run_something_are_refused(instruction: str) -> None:
    escaped = instruction.replace('"', "&quot;")
    for body in (f"<w:p>{field(escaped, 'x')}</w:p>", f'<w:p><w:fldSimple w:instr="{escaped}"/></w:p>'):
        found = one(docx(body, parts={"styles": STYLE}))
        assert found.code == "KS430" and found.refuses


def test_a_field_that_is_split_over_runs_is_read_as_a_whole() -> None:
    split = field("DDE", "x").replace("DDE", "DD</w:instrText></w:r><w:r><w:instrText>EAUTO x")
    assert codes(docx(f"<w:p>{split}</w:p>")) == ["KS430"]


def test_a_field_name_put_together_from_nested_fields_is_found() -> None:
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    nested = f"{begin}{begin}<w:r><w:instrText> DDE c:/cmd </w:instrText></w:r>{end}{end}"
    assert "KS430" in codes(docx(f"<w:p>{nested}</w:p>"))


def test_fields_in_headers_are_checked_too() -> None:
    data = docx(parts={"header1": f"<w:p>{field('INCLUDETEXT x', '')}</w:p>"})
    assert [(q.code, q.at.part) for q in told(data)] == [("KS430", "word/header1.xml")]


def test_unusual_fields_are_pointed_out_and_broken_ones_refused() -> None:
    assert one(docx(f"<w:p>{field('DATE', '1 Januari 2025')}</w:p>")).severity is Severity.PERINGATAN
    assert codes(docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>')) == ["KS432"]
    assert codes(docx('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')) == ["KS432"]


def test_cross_references_must_find_their_bookmark_once_the_document_is_filled() -> None:
    body = f"<w:p>{field('REF tujuan', 'x')}<w:hyperlink w:anchor='lain'>{r('y')}</w:hyperlink></w:p>"
    assert codes(docx(body)) == ["KS442", "KS442"]
    assert codes(docx(body), template=True) == []


# ---------------------------------------------------------------------- pending and hidden


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p><w:ins w:id='1'>{r('a')}</w:ins></w:p>",
        "<w:p><w:del w:id='1'><w:r><w:delText>a</w:delText></w:r></w:del></w:p>",
        p("a", run="<w:rPrChange w:id='1'/>"),
        table((p("a"),)).replace("<w:tr>", "<w:tr><w:trPr><w:ins w:id='1'/></w:trPr>") + p(),
    ],
)
def test_tracked_changes_are_pointed_out_and_refused_in_a_template(body: str) -> None:
    assert (one(docx(body)).code, one(docx(body)).refuses) == ("KS437", False)
    assert one(docx(body), template=True).refuses


def test_comments_and_hidden_words_are_pointed_out() -> None:
    comment = f'<w:comment w:id="0">{p("internal saja")}</w:comment>'
    found = one(docx(p("isi"), parts={"comments": comment}))
    assert (found.code, found.at.paragraph) == ("KS438", "internal saja")
    hidden = one(docx(p("gaib", run="<w:vanish/>")))
    assert hidden.code == "KS445" and "gaib" in hidden.message()
    by_style = STYLE.replace("</w:style>", "<w:rPr><w:vanish/></w:rPr></w:style>")
    assert codes(docx(p("gaib", style="Isi"), parts={"styles": by_style})) == ["KS445"]


def test_pictures_need_words_unless_they_are_decoration() -> None:
    links: tuple[Link, ...] = (("i", "image", "media/a.png"),)
    files = {"word/media/a.png": b""}
    bare = f"<w:p>{drawing(1, '', embed='i')}</w:p>"
    assert one(docx(bare, links=links, extra=files)).code == "KS439"
    mark = '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></wp:docPr>'
    decorated = bare.replace('descr=""/>', f'descr="">{mark}', 1)
    assert codes(docx(decorated, links=links, extra=files)) == []


def test_lists_and_styles_that_nobody_defined_are_pointed_out_once() -> None:
    numbered = p("a", ppr='<w:numPr><w:numId w:val="9"/></w:numPr>')
    assert codes(docx(numbered * 3, parts={"numbering": NUMBER})) == ["KS440"]
    assert codes(docx(p("a", ppr='<w:numPr><w:numId w:val="0"/></w:numPr>'))) == []
    assert codes(docx(p("a", style="Gaib") * 3, parts={"header1": p("b", style="Gaib")})) == ["KS441"]


def test_a_template_must_use_the_usual_names() -> None:
    strict = f'{DECLARATION}<w:document xmlns:w="{STRICT_WORD}"><w:body>{p("a")}</w:body></w:document>'
    other = f'{DECLARATION}<x:document xmlns:x="{W}"><x:body/></x:document>'
    for text in (strict, other):
        data = docx(extra={BODY: text.encode()})
        assert codes(data) == []
        assert codes(data, template=True) == ["KS444"]


def test_the_place_is_the_part_and_the_words_of_the_paragraph() -> None:
    found = one(docx(p("satu") + f"<w:p>{r('Pasal 7 ')}{r('ayat')}{field('DDE x', '')}</w:p>"))
    assert (found.at.part, found.at.paragraph) == (BODY, "Pasal 7 ayat")


def test_every_code_of_this_room_is_told_in_both_languages() -> None:
    for code, entry in catalogue().items():
        if "KS401" <= code <= "KS449":
            for language in ("id", "en"):
                assert set(entry[language]) == {"pesan", "saran", "penjelasan"}
                assert all(entry[language].values()), code
