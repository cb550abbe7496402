"""What officers write in Word, filled; what must not be printed, refused at its place."""

from __future__ import annotations

import datetime
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from docx_specimens import docx, drawing, field, p, part, r, rels, table, text_box
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import properties, read
from ksdocs.docx.values import Run, Runs
from ksdocs.problems import TemplateError, problem


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data)]


def fill(body: str, parts: dict[str, str] | None = None, **context: object) -> list[str]:
    data = Template.open(docx(body, parts=parts)).render(context)
    assert [q for q in check(data) if q.refuses] == []
    return texts(data)


def refused(body: str, **context: object) -> list[tuple[str, str, str]]:
    """(code, text of the paragraph, expression) of every problem."""
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(body), name="naskah.docx").render(context)
    for q in raised.value.problems:
        assert q.message("id") and q.hint("id") and "{isian}" not in q.message("id")
        assert q.at.file == "naskah.docx"
    return [(q.code, q.at.paragraph or "", q.params.get("isian", "")) for q in raised.value.problems]


def codes(body: str, **context: object) -> list[str]:
    return [code for code, _, _ in refused(body, **context)]


# ---------------------------------------------------------------------- what officers write


def test_a_value_stands_where_its_tag_stood() -> None:
    assert fill(p("Yth. {{ nama }}, di {{ kota }}"), nama="PT A & B <Tbk>", kota="Batam") == [
        "Yth. PT A & B <Tbk>, di Batam"
    ]


def test_numbers_dates_and_text_print_and_sums_are_worked_out() -> None:
    body = p("{{ n }} {{ d }} {{ t }} {{ n + 1 }} {{ 'a' ~ n }}")
    assert fill(body, n=7, d=Decimal("1.50"), t=datetime.date(2026, 1, 2)) == ["7 1.50 2026-01-02 8 a7"]


def test_a_tag_split_over_runs_with_spelling_marks_is_one_tag() -> None:
    body = (
        f'<w:p>{r("{")}{r("{ na", "<w:b/>")}<w:proofErr w:type="spellStart"/>{r("ma")}'
        f'<w:proofErr w:type="spellEnd"/>{r(" }", "<w:i/>")}{r("} ya")}</w:p>'
    )
    assert fill(body, nama="Ani") == ["Ani ya"]


def test_smart_quotes_and_no_break_spaces_in_tags_are_understood() -> None:
    assert fill(p('{{ a|default(“x”) }}{{\u00a0b\u00a0}}{{ ‘c’ }}{{ "&amp;" }}'), b="y") == ["xyc&"]


def test_paragraph_loops_repeat_paragraphs_and_leave_none_behind() -> None:
    body = p("{%p for x in xs %}") + p("{{ loop.index }}. {{ x.nama }}") + p("{%p endfor %}") + p("akhir")
    assert fill(body, xs=[{"nama": "A"}, {"nama": "B"}]) == ["1. A", "2. B", "akhir"]


def test_rows_are_repeated_and_cells_are_chosen() -> None:
    body = table(
        (p("Nama"), p("Ket")),
        (p("{%tr for x in xs %}"), p()),
        (p("{{ x }}"), p("{% if loop.first %}awal{% else %}-{% endif %}")),
        (p("{%tr endfor %}"), p()),
    ) + p("sesudah")
    assert fill(body, xs=["A", "B"]) == ["Nama", "Ket", "A", "awal", "B", "-", "sesudah"]


def test_a_cell_that_lost_its_paragraphs_gets_one_and_a_table_without_rows_goes() -> None:
    cell = table((p("{%p if ada %}") + p("isi") + p("{%p endif %}"), p("b"))) + p("x")
    assert fill(cell, ada=False) == ["", "b", "x"]
    rows = table((p("{%tr for x in xs %}"),), (p("{{ x }}"),), (p("{%tr endfor %}"),)) + p("x")
    assert fill(rows, xs=[]) == ["x"]


def test_inline_conditions_keep_the_sentence_together() -> None:
    body = p("Para pihak{% if dua %} berdua{% elif tiga %} bertiga{% else %}{% endif %} sepakat.")
    assert fill(body, dua=False, tiga=True) == ["Para pihak bertiga sepakat."]


def test_tags_in_headers_footers_and_notes_are_filled() -> None:
    out = fill(
        p("{{ a }}"),
        parts={
            "header1": p("H {{ a }}"),
            "footer1": p("F {{ a }}"),
            "footnotes": f'<w:footnote w:id="2">{p("N {{ a }}")}</w:footnote>',
        },
        a="1",
    )
    assert out == ["1", "H 1", "F 1", "N 1"]


def test_tags_in_text_boxes_are_filled_in_both_branches() -> None:
    data = Template.open(docx(f"<w:p>{text_box(p('Kotak {{ a }}'))}</w:p>")).render({"a": "1"})
    assert [t.text for t in read(data, layers=["fallback"]) if t.text] == ["Kotak 1", "Kotak 1"]


def test_tags_in_the_properties_of_the_document_are_filled() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>MoU {{ a }}</d:title></cp:coreProperties>'
    )
    files = docx(
        p("x"),
        extra={
            "docProps/core.xml": core.encode(),
            "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")).replace(
                b"</Relationships>",
                b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
                b'metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
            ),
        },
        types={"docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"},
    )
    template = Template.open(files)
    assert template.tagged_parts == ("docProps/core.xml",)
    assert properties(template.render({"a": "A & B"}))["core"]["title"] == "MoU A & B"
    with pytest.raises(TemplateError, match="KS464"):
        template.render({"a": "dua\nbaris"})


def test_comments_are_dropped_and_their_tags_are_not_asked_for() -> None:
    assert fill(p("a{# {{ tidak }} #}b")) == ["ab"]


def test_docxtpl_escapes_print_braces() -> None:
    assert fill(p("{_{ x }_} {{ a }}"), a="1") == ["{{ x }} 1"]


def test_a_run_tag_takes_over_the_dress_of_its_run_and_the_text_after_it_keeps_it() -> None:
    template = Template.open(docx(p("Nama: {{r x }} selesai", run='<w:b/><w:sz w:val="28"/>')))
    xml = Package.read(template.render({"x": Runs([Run("A", italic=True, lang="id-ID")])})).text("word/document.xml")
    dress = '<w:r><w:rPr><w:b/><w:i/><w:sz w:val="28"/><w:lang w:val="id-ID"/></w:rPr>'
    assert f'{dress}<w:t xml:space="preserve">A</w:t></w:r>' in xml
    assert '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve"> selesai</w:t>' in xml


def test_a_plain_text_at_the_place_of_runs_becomes_a_run() -> None:
    assert fill(p("{{r x }}"), x="A & B") == ["A & B"]


def test_an_attribute_takes_a_value_and_refuses_a_line_break() -> None:
    body = table((f'<w:tcPr><w:shd w:val="clear" w:fill="FF0000"/></w:tcPr>{p("{% cellbg c %}x")}',)) + p()
    data = Template.open(docx(body)).render({"c": 'A"B'})
    assert 'w:fill="A&quot;B"' in Package.read(data).text("word/document.xml")
    assert codes(body, c="A\nB") == ["KS464"]


# ---------------------------------------------------------------------- what values may hold


def test_line_breaks_and_tabs_become_those_of_word_within_one_paragraph() -> None:
    assert fill(p("{{ x }}"), x="a\nb\tc\r\nd") == ["a\nb\tc\nd"]


def test_a_value_that_looks_like_a_tag_arrives_as_text() -> None:
    tricky = "{{ nama }} {% if x %} {# k #} {_{ }_} %} }}"
    assert fill(p("{{ x }}|{{r x }}"), x=tricky) == [f"{tricky}|{tricky}"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x0c", "\r", "\x85", "\ud800", "\ufffe", "\uffff", "\u202e"])
def test_a_character_that_no_document_holds_is_refused_at_its_tag(bad: str) -> None:
    assert refused(p("Nama {{ x.nama }}"), x={"nama": f"a{bad}b"}) == [("KS463", "Nama {{ x.nama }}", "x.nama")]
    assert codes(p("{{r x }}"), x=Runs([Run(f"a{bad}")])) == ["KS463"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "KS461"),
        ([], "KS462"),
        ({}, "KS462"),
        (True, "KS462"),
        (iter([1]), "KS462"),
        (len, "KS462"),
        (float("nan"), "KS462"),
        (object(), "KS462"),
        (b"a", "KS462"),
    ],
)
def test_what_is_no_text_is_never_printed(value: object, code: str) -> None:
    assert codes(p("{{ x }}"), x=value) == [code]
    assert codes(p("{{r x }}"), x=value) == [code]
    assert codes(p("{{ x|upper }}"), x=value) == [code]
    assert codes(p("{{ 'a' ~ x }}"), x=value) == [code]


def test_all_missing_fields_are_told_at_once_with_the_nearest_name() -> None:
    body = p("A {{ nmaa }}") + p("B {{ pihak.nomer }}") + p("{{ pihak.tidak.ada }}")
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(body)).render({"nama": "x", "pihak": {"nomor": "1"}})
    found = [(q.code, q.params["nama"], q.params["usul"], q.at.path) for q in raised.value.problems]
    assert found == [
        ("KS460", "nmaa", "nama", "nmaa"),
        ("KS460", "nomer", "nomor", "pihak.nomer"),
        ("KS460", "tidak", "–", "pihak.tidak.ada"),
    ]


def test_a_missing_field_in_a_condition_a_loop_or_a_filter_is_told_at_its_tag() -> None:
    assert refused(p("{%p if tidak %}") + p("x") + p("{%p endif %}"))[0][:2] == ("KS460", "{% if tidak %}")
    assert refused(p("Baris {% for x in tidak %}x{% endfor %}"))[0] == (
        "KS460",
        "Baris {% for x in tidak %}x{% endfor %}",
        "for x in tidak",
    )
    assert codes(p("{{ tidak|upper }}")) == ["KS460"]
    assert codes(p("{{ tidak + 1 }}")) == ["KS460"]
    assert codes(p("{{ tidak() }}")) == ["KS460"]


def test_problems_in_a_loop_name_the_list_and_are_told_once() -> None:
    body = p("{%p for x in pihak %}") + p("{{ x.nama }}") + p("{%p endfor %}")
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(body)).render({"pihak": [{}, {}]})
    assert [(q.code, q.at.path) for q in raised.value.problems] == [("KS460", "pihak.*.nama")]


def test_looping_over_what_is_no_list_is_refused() -> None:
    assert codes(p("{% for x in a %}{{ x }}{% endfor %}"), a="teks") == ["KS468"]
    assert codes(p("{% for x in a %}{{ x }}{% endfor %}"), a=3) == ["KS468"]


def test_default_and_defined_are_the_ways_to_say_that_a_field_may_be_missing() -> None:
    assert fill(p("{{ a|default('–') }}{% if b is defined %}b{% endif %}{{ x.y.z|d('?') }}"), x={}) == ["–?"]


def test_a_filter_of_the_caller_is_used_and_its_failure_is_told_at_its_tag() -> None:
    def shout(value: str) -> str:
        return value.upper() + "!"

    data = Template.open(docx(p("{{ a|seru }}")), filters={"seru": shout}).render({"a": "ya"})
    assert texts(data) == ["YA!"]
    with pytest.raises(TemplateError, match="KS897"):
        Template.open(docx(p("{{ a|seru }}")), filters={"seru": shout}).render({"a": 3})
    with pytest.raises(TemplateError, match="KS460"):
        Template.open(docx(p("{{ a|seru }}")), filters={"seru": shout}).render({})


def test_problems_that_a_filter_raises_keep_their_code_and_get_the_place() -> None:
    def picky(value: str) -> str:
        raise TemplateError([problem("KS464", None)])

    with pytest.raises(TemplateError) as raised:
        Template.open(docx(p("Isi {{ a|picky }}")), filters={"picky": picky}).render({"a": "x"})
    assert [(q.code, q.at.paragraph) for q in raised.value.problems] == [("KS464", "Isi {{ a|picky }}")]


def test_a_function_in_the_context_may_be_called() -> None:
    assert fill(p("Pasal {{ ref('a') }}"), ref=lambda name: f"<{name}>") == ["Pasal <a>"]


def test_data_wins_over_methods_of_the_same_name() -> None:
    assert fill(p("{{ x.items }} {{ x.title }} {{ x['count'] }}"), x={"items": "a", "title": "b", "count": 3}) == [
        "a b 3"
    ]


# ---------------------------------------------------------------------- templates that are wrong


def test_every_problem_of_every_part_is_told_at_once() -> None:
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(p("{{ a b }}") + p("{{ c| }}"), parts={"header1": p("{{ x|tanggl }}{{ y is ganjil }}")}))
    found = [(q.code, q.at.part, q.at.paragraph) for q in raised.value.problems]
    assert found == [
        ("KS457", "word/document.xml", "{{ a b }}"),
        ("KS457", "word/document.xml", "{{ c| }}"),
        ("KS451", "word/header1.xml", "{{ x|tanggl }}{{ y is ganjil }}"),
        ("KS455", "word/header1.xml", "{{ x|tanggl }}{{ y is ganjil }}"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p("{{ nama }") + p("{{ kota }}"), "KS450"),
        (p("{{ nama"), "KS450"),
        (p("{% if a %}x"), "KS457"),
        (p("x{% endif %}"), "KS457"),
        (p("{% if a %}x{% endfor %}"), "KS457"),
        (p("{%p if a %}") + table((p("x{% endif %}"),)) + p(), "KS453"),
        (p("a {% if a %} b") + table((p("c {% endif %}"),)) + p(), "KS453"),
        (f"<w:p>{field('REF {{ a }}', 'x')}</w:p>", "KS454"),
        (p("{{ x|pasti }}"), "KS451"),
        (p("{{ x is aneh }}"), "KS455"),
        *((p(f"{{% {c} %}}"), "KS457") for c in ("import", "bukan_perintah", "for x", "if", "set")),
        (p("{% import 'a' as b %}"), "KS452"),
        (p("{% from 'a' import b %}"), "KS452"),
        (p("{% include 'a' %}"), "KS452"),
        (p("{% extends 'a' %}"), "KS452"),
        (p("{% block a %}{% endblock %}"), "KS452"),
        (p("{% call x() %}{% endcall %}"), "KS452"),
        (p("{% autoescape false %}{{ x }}{% endautoescape %}"), "KS452"),
    ],
)
def test_a_faulty_template_is_refused_before_it_is_filled(body: str, code: str) -> None:
    with pytest.raises(TemplateError) as raised:
        Template.open(docx(body))
    assert {q.code for q in raised.value.problems} == {code}
    assert all(q.at.paragraph for q in raised.value.problems)


def test_tracked_changes_in_a_template_are_refused() -> None:
    with pytest.raises(TemplateError):
        Template.open(docx('<w:p><w:ins w:id="1" w:author="x">' + r("{{ a }}") + "</w:ins></w:p>"))


# ---------------------------------------------------------------------- what loops copy


def test_copies_of_drawings_bookmarks_and_controls_stay_sound() -> None:
    inside = (
        f'<w:p><w:bookmarkStart w:id="3" w:name="A"/>{drawing(7, "gbr")}{r("{{ x }}")}<w:bookmarkEnd w:id="3"/></w:p>'
    )
    body = p("{%p for x in xs %}") + inside + p("{%p endfor %}") + f"<w:p>{drawing(8, 'lain')}</w:p>"
    assert fill(body, xs=["a", "b"]) == ["a", "b", ""]


# ---------------------------------------------------------------------- properties and provenance


def test_properties_and_provenance_are_written_and_nothing_of_the_template_s_author_remains() -> None:
    template = Template.open(docx(p("{{ a }}")))
    data = template.render(
        {"a": "x"},
        properties={"title": "MoU <A> & B", "language": "id-ID", "creator": "Polibatam", "created": "2026-01-02"},
        custom={"ksdocs.sidik": "a<b", "ksdocs.versi": "1"},
    )
    assert [q.code for q in check(data) if q.refuses] == []
    found = properties(data)
    assert found["core"]["title"] == "MoU <A> & B"
    assert found["core"]["created"].startswith("2026-01-02")
    assert found["core"]["modified"] == "2000-01-01T00:00:00Z"
    assert found["custom"] == {"ksdocs.sidik": "a<b", "ksdocs.versi": "1"}
    again = Template.open(data)  # has both parts now
    later = properties(again.render({}, properties={"title": "T"}, custom={"ksdocs.versi": "2"}))
    assert later["custom"] == {"ksdocs.sidik": "a<b", "ksdocs.versi": "2"}
    assert later["core"]["title"] == "T" and "creator" not in later["core"]


def test_a_property_that_cannot_be_written_is_refused_by_name() -> None:
    template = Template.open(docx(p("x")))
    with pytest.raises(TemplateError) as raised:
        template.render({}, properties={"title": "a\x00", "subject": "a\nb"})
    assert [(q.code, q.at.path) for q in raised.value.problems] == [("KS463", "title"), ("KS464", "subject")]
    with pytest.raises(ValueError, match="judul"):
        template.render({}, properties={"judul": "x"})


# ---------------------------------------------------------------------- one template, many renders


BODY = p("{%p for x in xs %}") + p("{{ x.a }} {{r x.b }}") + p("{%p endfor %}")


def context() -> dict[str, object]:
    return {"xs": [{"a": f"n{n}", "b": Runs([Run("t", bold=True)], bookmark=f"b.{n}")} for n in range(20)]}


def test_a_template_is_compiled_once_per_content_and_filters() -> None:
    data = docx(BODY)
    assert Template.open(data) is Template.open(data)
    assert Template.open(data) is not Template.open(data, filters={"f": str})
    assert Template.open(data).content_hash == Package.read(data).content_hash


def test_a_file_is_read_by_path_and_named_in_problems(tmp_path: Path) -> None:
    (tmp_path / "n.docx").write_bytes(docx(p("{{ a }}")))
    with pytest.raises(TemplateError) as raised:
        Template.open(tmp_path / "n.docx").render({})
    assert raised.value.problems[0].at.file == str(tmp_path / "n.docx")
    with pytest.raises(TemplateError, match="KS401"):
        Template.open(tmp_path / "tidak.docx")


def test_many_threads_on_one_template_give_equal_bytes() -> None:
    template = Template.open(docx(BODY))
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: template.render(context(), custom={"k": "v"}), range(40)))) == 1


def test_equal_input_gives_equal_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from unit.test_docx_template import BODY, context; from docx_specimens import docx;"
        "from ksdocs.docx.template import Template;"
        "data = Template.open(docx(BODY)).render(context(), properties={'title': 't'}, custom={'a': 'b'});"
        "print(hashlib.sha256(data).hexdigest())"
    )
    root = Path(__file__).parents[1]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_template_survives_pickling() -> None:
    template = Template.open(docx(BODY), name="n")
    again = pickle.loads(pickle.dumps(template))
    assert again.render(context()) == template.render(context())


def test_the_names_that_a_template_asks_for_are_known() -> None:
    body = p("{{ a.b }}{% for x in c %}{{ x }}{{ loop.index }}{% endfor %}{% set y = d %}{{ y }}")
    assert Template.open(docx(body)).variables == ("a", "c", "d")


def test_a_document_without_tags_is_copied() -> None:
    template = Template.open(docx(p("tetap")))
    assert template.tagged_parts == ()
    assert texts(template.render({})) == ["tetap"]


def test_parts_without_tags_keep_their_bytes() -> None:
    header = part("w:hdr", p("tetap"))
    data = docx(p("{{ a }}"), parts={"header1": p("tetap")})
    assert Package.read(Template.open(data).render({"a": "x"})).bytes("word/header1.xml") == header
