"""Values that print as more than text: in their dress, under their bookmark, at their size."""

from __future__ import annotations

import struct
import zlib

import pytest

from docx_specimens import content_types, docx, p
from ksdocs.docx.images import sniff
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import events, read
from ksdocs.docx.values import (
    Gap,
    InlineImage,
    Listing,
    PageBreak,
    Paragraph,
    RichText,
    Run,
    Runs,
    Table,
    bookmark_name,
)
from ksdocs.problems import TemplateError


def png(width: int = 2, height: int = 1, *, seed: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([seed, 0, 0]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\1\x11\0\2\x11\1\3\x11\1"
    return b"\xff\xd8" + app0 + b"\xff\xff\xdb\x00\x04\0\0" + frame + b"\xff\xd9"


def render(body: str, parts: dict[str, str] | None = None, **context: object) -> Package:
    data = Template.open(docx(body, parts=parts)).render(context)
    assert [q for q in check(data) if q.refuses] == []
    return Package.read(data)


def xml(package: Package) -> str:
    return package.text("word/document.xml")


def test_a_run_carries_its_dress_in_the_order_of_the_schema() -> None:
    run = Run(
        "a",
        bold=True,
        italic=True,
        underline="double",
        color="#FF0000",
        lang="en-GB",
        style="Tekan",
        size=10.5,
        strike=True,
        highlight="yellow",
        vertical="superscript",
        font="Arial",
    )
    written = xml(render(p("{{r x }}"), x=run))
    assert (
        '<w:rPr><w:rStyle w:val="Tekan"/><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:i/>'
        '<w:strike/><w:color w:val="FF0000"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:highlight w:val="yellow"/>'
        '<w:u w:val="double"/><w:vertAlign w:val="superscript"/><w:lang w:val="en-GB"/></w:rPr>'
    ) in written


def test_runs_are_a_sequence_and_read_as_their_plain_text() -> None:
    runs = Runs([Run("a"), "b", Gap(3), PageBreak()])
    assert str(runs) == "ab___"
    assert len(runs) == 4 and runs[1] == Run("b") and list(runs[:1]) == [Run("a")]
    assert runs == Runs([Run("a"), "b", Gap(3), PageBreak()]) and len({runs, Runs(runs.items)}) == 1
    assert Runs("satu") == Runs([Run("satu")])


def test_runs_in_the_middle_of_a_text_print_their_words_never_their_xml() -> None:
    assert [t.text for t in read(render(p("a {{ x }} b"), x=Runs([Run("<c> & d", bold=True)], bookmark="q")))] == [
        "a <c> & d b"
    ]


def test_a_bookmark_stands_once_in_a_document_with_a_number_of_its_own() -> None:
    body = '<w:p><w:bookmarkStart w:id="41" w:name="lama"/><w:bookmarkEnd w:id="41"/></w:p>' + p("{{r x }}") * 2
    package = render(
        body + p("{{r y }}"), parts={"header1": p("{{r x }}")}, x=Runs("a", bookmark="x"), y=Runs("b", bookmark="lama")
    )
    found = [e.text for e in events(package) if e.kind == "bookmark"]
    assert found == ["lama", "x"]
    assert '<w:bookmarkStart w:id="42" w:name="x"/>' in xml(package)


@pytest.mark.parametrize(
    ("stable_id", "name"),
    [
        ("pasal.3.ayat.2", "pasal_3_ayat_2"),
        ("judul", "judul"),
        ("a-b", "a_b_"),
        ("3", "ks_3_"),
        ("x" * 60, "x" * 31 + "_"),
    ],
)
def test_any_id_makes_a_name_that_word_takes(stable_id: str, name: str) -> None:
    made = bookmark_name(stable_id)
    assert made.startswith(name) and len(made) <= 40 and made == bookmark_name(stable_id)


def test_a_gap_is_a_row_of_underscores_as_wide_as_asked() -> None:
    assert str(Gap(12)) == "_" * 12 and str(Gap(0)) == "_" and len(str(Gap.of_mm(60))) == 28
    assert [t.text for t in read(render(p("No. {{r x }} / {{ x }}"), x=Gap(4)))] == ["No. ____ / ____"]


def test_a_page_break_stands_in_a_text_and_between_runs() -> None:
    assert xml(render(p("a{{ x }}b{{r x }}"), x=PageBreak())).count('<w:br w:type="page"/>') == 2


def test_rich_text_of_docxtpl_scripts_prints() -> None:
    rich = RichText("a", bold=True)
    rich.add("b", size=28, color="#00FF00")
    rich.add(RichText(" c"))
    package = render(p("{{r x }}|{{ x }}|{{ y }}"), x=rich, y=Listing("p\nq"))
    assert [t.text for t in read(package)] == ["ab c|ab c|p\nq"]
    assert '<w:sz w:val="28"/>' in xml(package)


def test_a_paragraph_tag_takes_paragraphs_tables_and_lists_of_them() -> None:
    blocks = [Paragraph(Runs("satu"), style="Ayat", align="both"), Runs("dua"), "tiga"]
    rows = ((Runs("1"), Runs("2")), (Runs("3"),))
    package = render(
        p("{{p x }}") + p("{{p y }}") + p("{{p z }}") + p(),
        x=blocks,
        y=Paragraph(Runs("empat")),
        z=Table((Runs("A"), Runs("B")), rows),
    )
    assert [t.text for t in read(package)] == ["satu", "dua", "tiga", "empat", "A", "B", "1", "2", "3", "", ""]
    assert '<w:pPr><w:pStyle w:val="Ayat"/><w:jc w:val="both"/></w:pPr>' in xml(package)


def test_a_paragraph_within_a_paragraph_is_refused() -> None:
    with pytest.raises(TemplateError, match="KS470"):
        Template.open(docx(p("{{r x }}"))).render({"x": Paragraph(Runs("a"))})


# ---------------------------------------------------------------------- pictures


def test_a_picture_stands_in_text_and_between_runs_once_in_the_file() -> None:
    logo = InlineImage(png(200, 100), 20, 20, 'Logo <Polibatam> & "mitra"')
    package = render(
        p("{{ x }} {{r x }} {{ y }}") + p("{{ x }}"),
        parts={"header1": p("{{ x }}")},
        x=logo,
        y=InlineImage(png(seed=9), alt="lain"),
    )
    media = [n for n in package.names if n.startswith("word/media/")]
    assert len(media) == 2 and package.bytes(next(n for n in media if logo.digest[:24] in n)) == logo.data
    assert len([r for r in package.relationships("word/document.xml") if r.type == "image"]) == 2
    assert len([r for r in package.relationships("word/header1.xml") if r.type == "image"]) == 1
    assert [e.text for e in events(package) if e.kind == "drawing"] == [logo.alt] * 2 + ["lain"] + [logo.alt] * 2
    assert '<wp:extent cx="720000" cy="360000"/>' in xml(package)


def test_the_content_type_of_a_new_kind_of_picture_is_declared_once() -> None:
    data = docx(p("{{ x }}{{ y }}"), extra={"[Content_Types].xml": content_types()})
    out = Template.open(data).render({"x": InlineImage(jpeg(4, 4), alt="a"), "y": InlineImage(jpeg(4, 5), alt="b")})
    assert [q for q in check(out) if q.refuses] == []
    assert Package.read(out).text("[Content_Types].xml").count('Extension="jpeg"') == 1


@pytest.mark.parametrize(
    ("box", "extent"),
    [
        ((10, 0), (360000, 180000)),
        ((0, 10), (720000, 360000)),
        ((10, 10), (360000, 180000)),
        ((100, 10), (720000, 360000)),
        ((0, 0), (1905000, 952500)),
    ],
)
def test_a_picture_is_as_large_as_fits_into_its_box(box: tuple[float, float], extent: tuple[int, int]) -> None:
    assert InlineImage(png(200, 100), *box).extent == extent


def test_kind_and_size_are_read_from_the_header() -> None:
    assert (sniff(png(7, 5)).kind, sniff(png(7, 5)).width, sniff(png(7, 5)).height) == ("png", 7, 5)
    assert (sniff(jpeg(640, 480)).kind, sniff(jpeg(640, 480)).width) == ("jpeg", 640)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='x'/>",
        b"<?xml version='1.0'?><svg/>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7",
        png()[:20],
        png(0, 4),
        jpeg(9, 9)[:24],
        b"\xff\xd8\xff",
        b"apa saja",
        png(99999, 1)[:60] + b"\0" * 10,
    ],
)
def test_what_is_no_sound_picture_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError, match="KS467"):
        InlineImage(data)


def test_a_picture_cannot_stand_in_an_attribute_or_a_title() -> None:
    core = Template.open(docx(p("{{ x }}")))
    assert core.render({"x": InlineImage(png(), alt="a")})
    with pytest.raises(TemplateError, match="KS463"):
        core.render({"x": InlineImage(png(), alt="a\x00")})
