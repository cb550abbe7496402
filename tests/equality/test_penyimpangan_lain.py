"""The last entries of docs/penyimpangan-docxtpl.md; test_penyimpangan.py holds the others."""

from __future__ import annotations

import io
from pathlib import Path

import docxtpl
import pytest
from test_penyimpangan import ours, texts, theirs, xml

from cases import para
from docx_specimens import docx, p, r, text_box
from ksdocs.docx import compat


def test_d41_escapes_are_for_templates_alone() -> None:
    body, context = p("{_{ a }_} {{ x }}"), {"x": "{_{ b }_}"}
    assert (texts(ours(body, context)), texts(theirs(body, context))) == (["{{ a }} {_{ b }_}"], ["{{ a }} {{ b }}"])


def test_d42_line_ends_of_windows_are_line_breaks() -> None:
    assert "a</w:t><w:br/>" in xml(ours(p("{{ x }}"), {"x": "a\r\nb"}))
    assert "a\n</w:t><w:br/>" in xml(theirs(p("{{ x }}"), {"x": "a\r\nb"}))


def test_d43_items_come_before_methods() -> None:
    context = {"d": {"items": [1, 2]}}
    assert texts(ours(p("{% for x in d.items %}{{ x }}{% endfor %}"), context)) == ["12"]
    with pytest.raises(TypeError):
        theirs(p("{% for x in d.items %}{{ x }}{% endfor %}"), context)


def test_d44_the_inside_of_docxtpl_is_not_there() -> None:
    made = compat.DocxTemplate(io.BytesIO(docx(p("{{ a }}"))))
    for name in ("patch_xml", "build_xml", "map_tree", "get_pic_map", "zipname_to_replace"):
        with pytest.raises(AttributeError, match=f"{name} is a step inside docxtpl.*D44"):
            getattr(made, name)
    assert not hasattr(compat.RichText("a"), "xml") and docxtpl.RichText("a").xml == str(docxtpl.RichText("a"))
    assert str(compat.RichText("a")) == "a"


def test_d45_text_of_boxes_keeps_its_dress_beside_breaks() -> None:
    paragraph = para(r("{{ x }}"), properties="<w:rPr><w:b/></w:rPr>")
    mine, other = (f(f"<w:p>{text_box(paragraph)}</w:p>", {"x": "a\tb"}) for f in (ours, theirs))
    assert "<w:rPr><w:b/></w:rPr><w:tab/>" in xml(other) and "<w:rPr><w:b/></w:rPr><w:tab/>" not in xml(mine)
    assert texts(mine) == texts(other)


def test_d46_a_member_that_is_not_there_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "baru").write_bytes(b"x")
    for library in (compat, docxtpl):
        made = library.DocxTemplate(io.BytesIO(docx(p("{{ a }}"))))
        made.replace_zipname("word/embeddings/tidak.xlsx", str(tmp_path / "baru"))
        made.render({"a": 1}, autoescape=True)
        if library is compat:
            with pytest.raises(ValueError, match=r"KS472.*tidak\.xlsx"):
                made.save(tmp_path / "keluar.docx")
        else:
            made.save(str(tmp_path / "keluar.docx"))
