"""One reader of what a document says: the words of the page, once, in order, and nothing that it hides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docx_specimens import (
    DECLARATION,
    NAMESPACES,
    REL,
    W,
    docx,
    drawing,
    field,
    members,
    p,
    part,
    r,
    table,
    text_box,
    zipped,
)
from ksdocs.docx.package import Package
from ksdocs.docx.text import ALL_LAYERS, Layer, Paragraf, Span, events, properties, read, view
from ksdocs.problems import TemplateError

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="sub"/><w:basedOn w:val="Judul1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="gaib"><w:name w:val="gaib"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="en"><w:name w:val="en"/><w:rPr><w:lang w:val="en-US"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="raib"><w:name w:val="raib"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def texts(body: str, **layers: object) -> list[str]:
    """The texts of the paragraphs of a document with `body`."""
    return [q.text for q in read(docx(body), **layers)]  # type: ignore[arg-type]


def only(body: str, *, styles: str = STYLES, layers: tuple[str, ...] = ()) -> Paragraf:
    """The one paragraph of a document with `body`."""
    (found,) = read(docx(body, parts={"styles": styles}), layers=layers)
    return found


# ---------------------------------------------------------------------- words


def test_runs_join_and_breaks_tabs_and_hyphens_are_characters() -> None:
    body = (
        f"<w:p>{r('a')}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>"
        f"<w:r><w:noBreakHyphen/><w:softHyphen/><w:ptab/>"
        f'<w:sym w:font="Symbol" w:char="00A9"/><w:br w:type="page"/></w:r></w:p>'
    )
    assert texts(body) == ["a\tb\nc\n\u2011\u00ad\t©\n"]


def test_outer_spaces_count_only_where_the_file_keeps_them() -> None:
    body = '<w:p><w:r><w:t> a\n b </w:t><w:t xml:space="preserve"> c </w:t></w:r></w:p>'
    assert texts(body) == ["a  b c "]


def test_words_inside_wrappers_are_read_in_place() -> None:
    body = (
        f"<w:p>{r('1')}<w:hyperlink w:anchor='x'>{r('2')}</w:hyperlink><w:smartTag>{r('3')}</w:smartTag>"
        f"<w:sdt><w:sdtPr><w:tag w:val='nomor'/></w:sdtPr><w:sdtContent>{r('4')}</w:sdtContent></w:sdt>"
        f"<w:ins w:id='1'>{r('5')}</w:ins><w:bdo w:val='rtl'>{r('6')}</w:bdo>"
        f"<w:r><w:ruby><w:rt>{r('x')}</w:rt><w:rubyBase>{r('7')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    (found,) = read(docx(body))
    assert found.text == "1234567"
    assert found.controls == (Span("nomor", 3, 4),)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_a_text_that_xml_can_hold_is_read_as_it_was_written(text: str) -> None:
    if "\ufffe" in text or "\uffff" in text:
        return
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert texts(p(escaped)) == [text]


def test_a_comment_of_xml_inside_a_word_does_not_split_it() -> None:
    assert texts("<w:p><w:r><w:t>ab<!-- x -->cd<?x y?>ef</w:t></w:r></w:p>") == ["abcdef"]


def test_strict_files_and_other_prefixes_are_read_alike() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    for address in (W, strict):
        xml = (
            f'{DECLARATION}<x:document xmlns:x="{address}"><x:body><x:p><x:r><x:t>Halo</x:t></x:r></x:p>'
            "</x:body></x:document>"
        )
        assert [q.text for q in read(docx(extra={"word/document.xml": xml.encode()}))] == ["Halo"]


# ---------------------------------------------------------------------- layers


DELETED = "<w:del w:id='1'><w:r><w:delText>lama</w:delText></w:r></w:del>"


def test_deleted_and_moved_words_are_read_only_when_asked_for() -> None:
    moved = f"<w:moveFrom w:id='2'>{r('b')}</w:moveFrom><w:moveTo w:id='3'>{r('c')}</w:moveTo>"
    body = f"<w:p>{r('a')}{DELETED}{moved}</w:p>"
    assert texts(body) == ["ac"]
    assert texts(body, layers=[Layer.DELETED]) == ["alamabc"]


def test_the_rows_and_paragraphs_of_a_deletion_are_deleted() -> None:
    row = table((p("x"),)).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>")
    assert [t for t in texts(row) if t] == []
    assert "x" in texts(row, layers=ALL_LAYERS)


@pytest.mark.parametrize(
    "body",
    [
        p("gaib", run="<w:vanish/>"),
        p("gaib", run='<w:vanish w:val="true"/>'),
        p("gaib", run='<w:rStyle w:val="raib"/>'),
        p("gaib", style="gaib"),
    ],
)
def test_hidden_words_are_read_only_when_asked_for(body: str) -> None:
    assert only(body).text == ""
    found = only(body, layers=(Layer.HIDDEN,))
    assert found.text == "gaib"
    assert found.runs[0].marks == {"hidden"}


@pytest.mark.parametrize(
    "body",
    [p("tampak", run='<w:vanish w:val="0"/>'), p("tampak", style="gaib", run='<w:vanish w:val="false"/>')],
)
def test_a_switch_that_says_off_hides_nothing(body: str) -> None:
    assert only(body).text == "tampak"


def test_alternate_content_is_read_once_unless_both_are_asked_for() -> None:
    body = f"<w:p>{r('luar')}{text_box(p('dalam'))}</w:p>"
    assert texts(body) == ["luar", "dalam"]
    both = list(read(docx(body), layers=[Layer.FALLBACK]))
    assert [q.text for q in both] == ["luar", "dalam", "dalam"]
    assert both[1].marks == {"box"} and both[2].marks == {"box", "fallback"}


def test_a_fallback_alone_is_read() -> None:
    branch = "<mc:AlternateContent><mc:Fallback><w:t>a</w:t></mc:Fallback></mc:AlternateContent>"
    assert texts(f"<w:p><w:r>{branch}</w:r></w:p>") == ["a"]


def test_a_hidden_text_box_is_hidden() -> None:
    body = f"<w:p>{text_box(p('gaib')).replace('<w:r>', '<w:r><w:rPr><w:vanish/></w:rPr>', 1)}</w:p>"
    assert "".join(texts(body)) == ""
    assert "".join(texts(body, layers=ALL_LAYERS)) == "gaibgaib"


# ---------------------------------------------------------------------- fields


def test_a_field_shows_its_result_and_tells_its_instruction() -> None:
    (found,) = read(docx(f"<w:p>{r('Halaman ')}{field('PAGE', '3')}{r(' dari ')}"
                         f"<w:fldSimple w:instr=' NUMPAGES '>{r('9')}</w:fldSimple></w:p>"))  # fmt: skip
    assert found.text == "Halaman 3 dari 9"
    assert found.fields == (Span("PAGE", 8, 9), Span("NUMPAGES", 15, 16))


def test_nested_fields_and_fields_without_a_result_keep_their_instructions_off_the_page() -> None:
    inner = field("MERGEFIELD x", "salah")
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        f'{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("benar")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    (found,) = read(docx(body))
    assert found.text == "benar"
    assert [s.name for s in found.fields][-1] == "PAGE"
    assert texts(body, layers=[Layer.INSTRUCTION]) == ["salahbenar"]


def test_a_field_over_paragraphs_hides_none_of_its_result() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = (
        f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("a")}</w:p>{p("b")}'
        f'<w:p>{r("c")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("d")}</w:p>'
    )
    assert texts(body) == ["a", "b", "cd"]


# ---------------------------------------------------------------------- places


def test_parts_come_in_the_order_of_reading() -> None:
    data = docx(
        p("isi"),
        parts={
            "footer1": p("kaki"),
            "header1": p("kop"),
            "footnotes": f'<w:footnote w:type="separator" w:id="0">{p("garis")}</w:footnote>'
            f'<w:footnote w:id="2">{p("catatan")}</w:footnote>',
            "endnotes": f'<w:endnote w:id="2">{p("akhir")}</w:endnote>',
            "comments": f'<w:comment w:id="0">{p("komentar")}</w:comment>',
        },
    )
    assert [q.text for q in read(data)] == ["isi", "kop", "kaki", "catatan", "akhir"]
    package = Package.read(data)
    assert [q.text for q in read(package, parts=package.comments)] == ["komentar"]


def test_paragraphs_in_tables_tell_row_and_column_of_the_grid() -> None:
    inner = table((p("dalam"),)) + p("bawah")
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("lebar")
    body = table((wide, p("k3")), (p("a"), inner)) + p("luar") + table((p("dua"),))
    found = {q.text: q for q in read(docx(body))}
    assert found["lebar"].table_path == ((1, 1),)
    assert found["k3"].table_path == ((1, 3),)
    assert found["dalam"].table_path == ((2, 2), (1, 1))
    assert found["bawah"].table_path == ((2, 2),)
    assert found["luar"].table_path == ()
    assert found["dua"].cells[0].table == 2
    assert [q.index for q in found.values()] == [1, 2, 3, 4, 5, 6, 7]


def test_rows_and_cells_inside_content_controls_are_counted() -> None:
    body = (
        "<w:tbl><w:tblPr/><w:tblGrid/><w:sdt><w:sdtPr/><w:sdtContent><w:tr><w:sdt><w:sdtContent>"
        f"<w:tc>{p('a')}</w:tc></w:sdtContent></w:sdt><w:tc>{p('b')}</w:tc></w:tr></w:sdtContent></w:sdt>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>{p('c')}</w:tc></w:tr></w:tbl>"
    )
    assert [q.table_path for q in read(docx(body))] == [((1, 1),), ((1, 2),), ((2, 2),)]


def test_styles_give_name_outline_and_numbering_through_what_they_are_based_on() -> None:
    found = only(p("Pasal 1", style="Sub"))
    assert (found.style, found.outline, found.numbering) == ("sub", 1, (3, 0))
    own = only(p("x", style="Sub", ppr='<w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/>'))
    assert (own.outline, own.numbering) == (None, None)
    assert only(p("x", style="tidak-ada")).style == "Normal"


def test_styles_that_are_based_on_each_other_end() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    assert only(p("a", style="x"), styles=circle).style == "x"


def test_the_language_of_each_run_is_its_own_or_inherited() -> None:
    found = only(
        "<w:p>"
        + r("satu ")
        + r("one ", '<w:lang w:val="en-GB"/>')
        + r("two ", '<w:rStyle w:val="en"/>')
        + r("dua")
        + "</w:p>"
    )
    assert [(found.text[s.start : s.end], s.language) for s in found.runs] == [
        ("satu ", "id-ID"),
        ("one ", "en-GB"),
        ("two ", "en-US"),
        ("dua", "id-ID"),
    ]
    assert found.in_language("id") == "satu dua"
    assert found.in_language("en") == "one two "
    assert found.in_language("EN-gb") == "one "


def test_bookmarks_tell_their_stretch_also_over_paragraphs() -> None:
    def mark(kind: str, number: int, name: str = "") -> str:
        named = f' w:name="{name}"' if name else ""
        return f'<w:bookmark{kind} w:id="{number}"{named}/>'

    body = (
        mark("Start", 9, "semua")
        + f"<w:p>{r('ab')}{mark('Start', 1, 'isi')}{r('cd')}{mark('End', 1)}"
        + f"{mark('Start', 2, 'dua')}{r('e')}</w:p>"
        + p("tengah")
        + f"<w:p>{r('f')}{mark('End', 2)}{r('g')}</w:p>"
        + mark("End", 9)
        + p("luar")
    )
    found = [q.bookmarks for q in read(docx(body))]
    assert found[0] == (Span("semua", 0, 5), Span("isi", 2, 4), Span("dua", 4, 5))
    assert found[1] == (Span("semua", 0, 6), Span("dua", 0, 6))
    assert found[2] == (Span("semua", 0, 2), Span("dua", 0, 1))
    # Its end stands between the third and the fourth paragraph: nothing of the fourth is in it.
    assert found[3] == ()


def test_a_control_around_paragraphs_covers_each_of_them() -> None:
    inside = f"<w:sdtPr><w:tag w:val='pasal'/></w:sdtPr><w:sdtContent>{p('ab')}{p('c')}</w:sdtContent>"
    found = [q.controls for q in read(docx(f"<w:sdt>{inside}</w:sdt>{p('d')}"))]
    assert found == [(Span("pasal", 0, 2),), (Span("pasal", 0, 1),), ()]


def test_drawings_and_word_art_give_their_words() -> None:
    art = '<w:r><w:pict><v:shape alt="cap"><v:textpath string="DRAF"/></v:shape></w:pict></w:r>'
    (found,) = read(docx(f"<w:p>{drawing(1, 'logo politeknik')}{art}</w:p>"))
    assert found.drawings == ("logo politeknik", "cap", "DRAF")
    assert found.text == ""


def test_events_tell_notes_and_links() -> None:
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    body = f"<w:p><w:hyperlink r:id='h'>{r('situs')}</w:hyperlink>{note}</w:p>"
    kinds = [(e.kind, e.text) for e in events(docx(body, links=(("h", "hyperlink", "https://a.id", "External"),)))]
    assert kinds == [
        ("paragraph", "Normal"),
        ("link", "h"),
        ("text", "situs"),
        ("link_end", "h"),
        ("note", "2"),
        ("end", ""),
    ]


@pytest.mark.parametrize(
    "wrapper",
    ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"],
)
def test_nesting_without_end_is_refused(wrapper: str) -> None:
    body = p("x")
    for _ in range(70 if "tbl" in wrapper else 110):
        body = wrapper.format(body)
    with pytest.raises(TemplateError) as caught:
        list(read(docx(body)))
    assert caught.value.problems[0].code in ("KS433", "KS414")


# ---------------------------------------------------------------------- properties and view


def test_properties_are_read_from_core_and_custom() -> None:
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>MoU &amp; PKS</dc:title><dc:creator/>'
        "</c:coreProperties>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="ksdocs.id"><vt:lpwstr>abc</vt:lpwstr></property></Properties>'
    )
    root = (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        f'core-properties" Target="docProps/core.xml"/><Relationship Id="c" Type="{REL}/custom-properties" '
        'Target="docProps/custom.xml"/></Relationships>'
    )
    files = {
        "docProps/core.xml": core.encode(),
        "docProps/custom.xml": custom.encode(),
        "_rels/.rels": root.encode(),
    }
    assert properties(docx(extra=files)) == {
        "core": {"title": "MoU & PKS", "creator": ""},
        "custom": {"ksdocs.id": "abc"},
    }
    assert properties(docx()) == {"core": {}, "custom": {}}


def test_the_view_shows_one_paragraph_per_line_with_style_cells_and_what_is_hidden() -> None:
    body = (
        p("{{ judul }}", style="Judul1")
        + f"<w:p>{r('a')}<w:r><w:br/><w:tab/></w:r>{field('PAGE', '1')}{drawing(1, 'logo')}{DELETED}</w:p>"
        + table((p("kiri"), p("kanan")), (p("gaib", run="<w:vanish/>"), table((p("dalam"),)) + p()))
        + f"<w:p><w:hyperlink r:id='h'>{r('situs')}</w:hyperlink>{text_box(p('kotak'))}</w:p>"
    )
    data = docx(
        body,
        parts={"styles": STYLES, "header1": p("kop")},
        links=(("h", "hyperlink", "https://a.id", "External"),),
    )
    assert view(data) == (
        "== word/document.xml ==\n"
        "[heading 1 #] {{ judul }}\n"
        "a↵⇥‹PAGE: 1›‹gambar: logo›‹dihapus: lama›\n"
        "| tabel |\n"
        "| 1.1 | kiri\n"
        "| 1.2 | kanan\n"
        "| 2.1 | ‹tersembunyi: gaib›\n"
        "| tabel dalam sel |\n"
        "| 2.2 / 1.1 | dalam\n"
        "| 2.2 |\n"
        "situs‹gambar: kotak teks›\n"
        "‹kotak› kotak\n"
        "‹tautan: https://a.id›\n"
        "\n"
        "== word/header1.xml ==\n"
        "kop\n"
    )


def test_the_view_is_the_same_however_the_zip_is_packed() -> None:
    files = members(p("Halo"), parts={"header1": p("kop"), "footer1": p("kaki")})
    assert view(zipped(files)) == view(zipped(dict(reversed(list(files.items())))))


def test_a_part_with_a_doctype_is_never_read() -> None:
    hostile = part("w:hdr", p("kop")).replace(b"<w:hdr", b"<!DOCTYPE w:hdr []><w:hdr", 1)
    data = docx(p("isi"), parts={"header1": ""}, extra={"word/header1.xml": hostile})
    assert NAMESPACES.encode() in hostile
    with pytest.raises(TemplateError) as caught:
        list(read(data))
    assert [(q.code, q.at.part) for q in caught.value.problems] == [("KS412", "word/header1.xml")]
