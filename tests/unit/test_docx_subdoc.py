"""Sub-documents: grafted with their styles, lists, pictures and links; the slow way, and only when asked for."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Mm
from test_docx_values import png

from docx_specimens import docx, drawing, p
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.xmlns import w
from ksdocs.problems import TemplateError


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def master(*texts: str) -> Template:
    document = Document()
    for text in texts or ("awal", "{{p x }}", "akhir"):
        document.add_paragraph(text)
    return Template.open(saved(document))


def other(change: Callable[[Any], None]) -> bytes:
    document = Document()
    change(document)
    return saved(document)


def filled(template: Template, **context: object) -> Any:
    """The result as a document of python-docx; sound, and equal when it is made again."""
    out = template.render(context)
    assert [q for q in check(out) if q.refuses] == []
    assert out == template.render(context)
    return Document(io.BytesIO(out))


def test_a_document_built_with_python_docx_stands_where_its_tag_stood() -> None:
    template = master()
    sub = template.new_subdoc()
    sub.add_heading("Judul", 1)
    sub.add_paragraph("isi ").add_run("tebal").bold = True
    table = sub.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 1).text = "& <x>"
    sub.add_picture(io.BytesIO(png(9, 9)), width=Mm(9))
    out = filled(template, x=sub)
    assert [q.text for q in out.paragraphs] == ["awal", "Judul", "isi tebal", "", "akhir"]
    assert out.tables[0].cell(0, 1).text == "& <x>"
    assert out.paragraphs[1].style.name == "Heading 1" and len(out.inline_shapes) == 1


def test_styles_that_the_template_lacks_come_along_and_its_own_win() -> None:
    def change(document: Any) -> None:
        document.styles["Normal"].font.name = "Comic Sans MS"
        base = document.styles.add_style("Dasar", 1)
        made = document.styles.add_style("Khusus", 1)
        made.base_style, made.font.bold = base, True
        document.add_paragraph("a", style="Khusus")
        document.add_paragraph("b")

    out = filled(master(), x=master().new_subdoc(other(change)))
    assert out.paragraphs[1].style.name == "Khusus" and out.paragraphs[1].style.base_style.name == "Dasar"
    assert out.styles["Normal"].font.name != "Comic Sans MS"


def test_lists_become_lists_of_their_own() -> None:
    def change(document: Any) -> None:
        for text in ("satu", "dua"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("bulat", style="List Bullet")

    data = other(change)
    template = master("{{p x }}", "{{p y }}")
    out = filled(template, x=template.new_subdoc(data), y=template.new_subdoc(data))
    numbers = [
        [n.get(w("val")) for n in q._p.iter(w("numId"))] for q in out.paragraphs if q.style.name == "List Number"
    ]
    assert len(numbers) == 4 and numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_pictures_links_and_further_parts_come_along(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_picture(io.BytesIO(png(4, 4, seed=3)))
        paragraph = document.add_paragraph()
        link = document.part.relate_to("https://contoh.example", RT.HYPERLINK, is_external=True)
        made = paragraph._p.makeelement(w("hyperlink"), {f"{{{paragraph._p.nsmap['r']}}}id": link})
        made.append(paragraph.add_run("tautan")._r)
        paragraph._p.append(made)

    (tmp_path / "s.docx").write_bytes(other(change))
    for source in (tmp_path / "s.docx", str(tmp_path / "s.docx"), io.BytesIO((tmp_path / "s.docx").read_bytes())):
        template = master()
        package = Package.read(template.render({"x": template.new_subdoc(source)}))
        links = package.relationships("word/document.xml")
        picture = next(r.target for r in links if r.type == "image")
        assert package.bytes(picture) == png(4, 4, seed=3)
        assert [r.target for r in links if r.type == "hyperlink"] == ["https://contoh.example"]


def test_ids_of_drawings_and_bookmarks_stay_unique() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="A"/><w:bookmarkEnd w:id="1"/>'
    inside = docx(f"<w:p>{mark}{drawing(1, 'a')}</w:p>")
    template = Template.open(docx(f"<w:p>{mark}{drawing(1, 'b')}</w:p>" + p("{{p x }}") + p("{{p x }}")))
    out = template.render({"x": template.new_subdoc(inside)})
    assert [q.code for q in check(out) if q.refuses] == []


def test_tags_in_a_sub_document_are_words() -> None:
    inside = docx(p("{{ rahasia }} {% x %}"))
    template = master()
    assert filled(template, x=template.new_subdoc(inside)).paragraphs[1].text == "{{ rahasia }} {% x %}"


@pytest.mark.parametrize(
    "data",
    [
        b"bukan zip",
        docx(
            '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
            parts={"footnotes": f'<w:footnote w:id="2">{p("x")}</w:footnote>'},
        ),
        docx(p("x"), links=(("rId1", "image", "http://contoh.example/a.png", "External"),)),
    ],
)
def test_an_unfit_sub_document_is_refused_at_its_tag(data: bytes) -> None:
    template = master()
    with pytest.raises(TemplateError) as raised:
        template.render({"x": template.new_subdoc(data)})
    assert [(q.code, q.params["isian"]) for q in raised.value.problems] == [("KS473", "x")]


def test_a_file_that_is_not_there_is_refused_and_so_is_a_place_within_a_paragraph(tmp_path: Path) -> None:
    template = master("a {{ x }}", "{{r x }}")
    with pytest.raises(TemplateError) as raised:
        template.render({"x": template.new_subdoc()})
    assert [q.code for q in raised.value.problems] == ["KS470", "KS470"]
    with pytest.raises(TemplateError, match="KS473"):
        master().render({"x": master().new_subdoc(tmp_path / "tidak.docx")})


def test_python_docx_is_imported_for_sub_documents_alone(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(docx(p("{{ a }}")))
    (tmp_path / "s.docx").write_bytes(docx(p("b")))
    script = (
        "import sys; from ksdocs.docx import Template;"
        f"t = Template.open({str(tmp_path / 't.docx')!r}); t.render({{'a': 'x'}});"
        "print('docx' in sys.modules);"
        f"t = Template.open({str(tmp_path / 't.docx')!r}); t.new_subdoc();"
        "print('docx' in sys.modules)"
    )

    def run() -> str:
        command = [sys.executable, "-c", script]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    run()  # the first start reads docxtpl's dialect
    assert run().split() == ["False", "True"]
