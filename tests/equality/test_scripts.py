"""Scripts of people, moved by their import line alone: steps, states, edits between them, and what they catch."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
import pytest
from canonical import differences
from docx import Document
from test_whole_documents import template

from ksdocs.docx import compat
from ksdocs.problems import TemplateError

LIBRARIES = pytest.mark.parametrize("library", [compat, docxtpl])


def opened(library: Any, *paragraphs: str, **options: Any) -> Any:
    return library.DocxTemplate(io.BytesIO(template(*paragraphs)), **options)


def saved(made: Any) -> bytes:
    made.save(stream := io.BytesIO())
    return stream.getvalue()


def words(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@LIBRARIES
def test_what_is_changed_before_the_first_render_is_filled_too(library: Any) -> None:
    made = opened(library, "{{ a }}")
    made.get_docx().add_paragraph("juga {{ b }}")
    made.docx.paragraphs[0].text = "{{ a }}!"
    made.render({"a": 1, "b": 2})
    assert words(saved(made)) == ["1!", "juga 2"]
    made.render({"a": 3, "b": 4})
    assert words(saved(made)) == ["3"]  # the template was read again


@LIBRARIES
def test_a_template_says_whether_it_was_rendered_and_saved(library: Any) -> None:
    made = opened(library, "{{ a }}")
    states = [(made.is_rendered, made.is_saved)]
    made.render({"a": 1})
    states.append((made.is_rendered, made.is_saved))
    saved(made)
    states.append((made.is_rendered, made.is_saved))
    assert states == [(False, False), (True, False), (True, True)]


@LIBRARIES
def test_the_template_can_be_read_again_or_kept(library: Any, tmp_path: Path) -> None:
    made = opened(library, "{{ a }}")
    made.render({"a": 1})
    made.init_docx(reload=False)
    assert [q.text for q in made.docx.paragraphs] == ["1"]
    assert "{{ a }}" not in made.get_xml()
    made.init_docx()
    assert "{{ a }}" in made.get_xml() == made.xml_to_string(made.docx._element.body)
    made.write_xml(tmp_path / "isi.xml")
    assert "{{ a }}" in (tmp_path / "isi.xml").read_text(encoding="utf-8")
    assert library.DocxTemplate.get_file_crc(io.BytesIO(b"abc")) == 0x352441C2


@LIBRARIES
def test_a_class_of_their_own_works(library: Any) -> None:
    class Letter(library.DocxTemplate):  # type: ignore[misc]
        def render(self, context: Any, *args: Any, **options: Any) -> None:
            super().render({**context, "b": 2}, *args, **options)

    made = Letter(io.BytesIO(template("{{ a }}{{ b }}")))
    made.render({"a": 1})
    assert words(saved(made)) == ["12"]


@LIBRARIES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{% if a %}x", jinja2.TemplateSyntaxError),
        ("{{ a|tidak }}", jinja2.TemplateSyntaxError),
        ("{{ a.b.c }}", jinja2.UndefinedError),
    ],
)
def test_errors_are_caught_as_those_of_jinja(library: Any, text: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as raised:
        opened(library, text).render({"a": {}})
    assert isinstance(raised.value, jinja2.TemplateError)
    if library is compat:
        assert isinstance(raised.value, TemplateError)
        assert raised.value.docx_context  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "context", "words"),
    [
        ("{{ a }}", {}, "lenient=True"),
        ("{{ a }}", {"a": None}, "lenient=True"),
        ("{{ a }}", {"a": b"x"}, "lenient=True"),
        ("{{ a.total() }}", {"a": type("A", (), {"total": lambda self: 1})()}, "methods=(Class, …)"),
    ],
)
def test_an_error_says_what_a_script_must_say_to_have_it_as_before(text: str, context: Any, words: str) -> None:
    with pytest.raises(TemplateError) as raised:
        opened(compat, text).render(context)
    assert words in str(raised.value)


def test_names_are_told_with_the_filters_of_an_environment() -> None:
    environment = jinja2.Environment()
    environment.filters["rp"] = str
    told = [
        opened(library, "{{ a|rp }}").get_undeclared_template_variables(jinja_env=environment)
        for library in (compat, docxtpl)
    ]
    assert told == [{"a"}, {"a"}]


LENIENT = "{{ z }}{% if z %}x{% else %}y{% endif %}{{ z|upper }}{{ z|join }}{{ 'a' ~ z }}{{ n }}{{ n|upper }}"


def test_a_lenient_script_prints_what_docxtpl_prints() -> None:
    mine, other = opened(compat, LENIENT, lenient=True), opened(docxtpl, LENIENT)
    for made in (mine, other):
        made.render({"n": None}, autoescape=True)
    assert "\n".join(differences(saved(mine), saved(other))) == ""


def test_a_sub_document_is_reached_as_in_docxtpl() -> None:
    made = opened(compat, "{{p a }}")
    part = made.new_subdoc()
    part.add_paragraph("isi")
    assert [q.text for q in part.subdocx.paragraphs] == [q.text for q in part.docx.paragraphs] == ["isi"]
    made.render({"a": part})
    assert words(saved(made)) == ["isi"]
