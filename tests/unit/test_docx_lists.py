"""Numbered lists begin anew where a reader expects it, and nowhere else."""

from __future__ import annotations

import pytest

from docx_specimens import docx, p, table
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.xmlns import w

LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="{n + 1}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
    for n in range(3)
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:numIdMacAtCleanup w:val="9"/>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Daftar"><w:name w:val="Daftar"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Anak"><w:name w:val="Anak"/>'
    '<w:basedOn w:val="Daftar"/></w:style><w:style w:type="paragraph" w:styleId="Pasal"><w:name w:val="Pasal"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
DATA = {"bab": [{"judul": "A", "butir": ["a1", "a2"]}, {"judul": "B", "butir": ["b1"]}, {"judul": "C", "butir": []}]}


def item(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, ppr=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def filled(body: str, **context: object) -> Package:
    parts = {"numbering": NUMBERING, "styles": STYLES}
    out = Template.open(docx(body, parts=parts)).render({**DATA, **context})
    assert [q.code for q in check(out) if q.refuses] == []
    return Package.read(out)


def lists(package: Package) -> list[tuple[str, int]]:
    """(text, number of its list) of every paragraph; 0 without."""
    found = []
    for paragraph in package.tree("word/document.xml").iter(w("p")):
        number = next(paragraph.iter(w("numId")), None)
        text = "".join(t.text or "" for t in paragraph.iter(w("t")))
        found.append((text, int(number.get(w("val")) or 0) if number is not None else 0))
    return found


def starts(package: Package, number: int) -> list[str]:
    for num in package.tree("word/numbering.xml").iter(w("num")):
        if num.get(w("numId")) == str(number):
            return [s.get(w("val"), "") for s in num.iter(w("startOverride"))]
    return []


CHAPTERS = p("{%p for b in bab %}") + p("{{ b.judul }}")
ITEMS = p("{%p for i in b.butir %}") + item("{{ i }}") + p("{%p endfor %}")
END = p("{%p endfor %}")


def test_a_list_under_a_heading_begins_anew_with_every_turn_of_the_loop() -> None:
    package = filled(CHAPTERS + ITEMS + END)
    assert lists(package) == [("A", 0), ("a1", 1), ("a2", 1), ("B", 0), ("b1", 5), ("C", 0)]
    assert starts(package, 5) == ["1", "2", "3"]


def test_a_list_written_out_in_a_loop_begins_anew() -> None:
    package = filled(CHAPTERS + item("satu") + item("dua") + END)
    assert [n for _, n in lists(package)] == [0, 1, 1, 0, 5, 5, 0, 6, 6]


def test_a_list_that_is_the_loop_counts_on() -> None:
    package = filled(p("{%p for b in bab %}") + item("{{ b.judul }}") + END)
    assert {n for _, n in lists(package)} == {1}
    assert 'w:numId="5"' not in package.text("word/numbering.xml")


def test_one_numbered_paragraph_after_an_unnumbered_one_counts_on() -> None:
    assert [n for _, n in lists(filled(CHAPTERS + item("{{ b.judul }}") + END))] == [0, 1, 0, 1, 0, 1]


def test_levels_below_a_numbered_paragraph_are_left_to_word() -> None:
    body = p("{%p for b in bab %}") + item("{{ b.judul }}") + p("{%p for i in b.butir %}") + item("{{ i }}", 1, 1)
    assert {n for _, n in lists(filled(body + END + END))} == {1}


def test_a_list_of_its_own_below_a_numbered_paragraph_begins_anew() -> None:
    body = p("{%p for b in bab %}") + item("{{ b.judul }}") + p("{%p for i in b.butir %}") + item("{{ i }}", 2)
    assert [n for _, n in lists(filled(body + END + END))] == [1, 2, 2, 1, 5, 1]


def test_a_list_numbered_by_its_style_begins_anew() -> None:
    body = CHAPTERS + p("{%p for i in b.butir %}") + p("{{ i }}", style="Anak", ppr="<w:keepNext/>") + END + END
    package = filled(body)
    assert [n for _, n in lists(package)] == [0, 1, 1, 0, 5, 0]
    assert '<w:pStyle w:val="Anak"/><w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>' in (
        package.text("word/document.xml")
    )


def test_headings_and_bullets_count_on() -> None:
    body = CHAPTERS + p("x", style="Pasal") + p("y", style="Pasal") + item("o", 3) + item("o", 3) + END
    assert [n for _, n in lists(filled(body))] == [0, 0, 0, 3, 3] * 3


def test_rows_of_a_table_in_a_loop_begin_anew_with_every_table() -> None:
    rows = table((p("No"),), (p("{%tr for i in b.butir %}"),), (item("{{ i }}"),), (p("{%tr endfor %}"),))
    assert [n for _, n in lists(filled(p("{%p for b in bab %}") + rows + p("s") + END)) if n] == [1, 1, 5]


def test_a_start_that_the_template_sets_is_kept() -> None:
    package = filled(CHAPTERS + item("satu", 4) + item("dua", 4) + END)
    assert [n for _, n in lists(package) if n] == [4, 4, 5, 5, 6, 6]
    assert starts(package, 5) == ["5", "2", "3"]


def test_a_list_owned_by_an_outer_loop_begins_anew_with_that_loop_alone() -> None:
    body = (
        p("{%p for b in bab %}") + p("{{ b.judul }}") + p("{%p for i in b.butir %}") + p("{%p for n in [1, 2] %}")
        + item("{{ i }}{{ n }}") + END + END + END
    )  # fmt: skip
    assert [n for _, n in lists(filled(body))] == [0, 1, 1, 1, 1, 0, 5, 5, 0]


def test_equal_input_gives_equal_numbers_and_a_template_without_numbers_is_left_alone() -> None:
    body = CHAPTERS + ITEMS + END
    parts = {"numbering": NUMBERING, "styles": STYLES}
    template = Template.open(docx(body, parts=parts))
    assert template.render(DATA) == template.render(DATA)
    plain = docx(p("{%p for b in bab %}") + p("{{ b.judul }}") + END, parts=parts)
    assert Package.read(Template.open(plain).render(DATA)).bytes("word/numbering.xml") == Package.read(plain).bytes(
        "word/numbering.xml"
    )


@pytest.mark.parametrize("number", [0, 99])
def test_a_number_that_nobody_defined_is_left_alone(number: int) -> None:
    assert {
        n for t, n in lists(filled(CHAPTERS + item("satu", number) + item("dua", number) + END)) if t == "satu"
    } == {number}
