"""Every problem of a template becomes a comment of Word at its very words; nothing else of the template changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import test_docx_lint_seeded as seeded

from docx_specimens import STRICT_WORD, W, docx, members, p, r, table, text_box, zipped
from ksdocs.docx.comments import annotate
from ksdocs.docx.inspect import check
from ksdocs.docx.lint import Spot, Temuan
from ksdocs.docx.package import Package
from ksdocs.docx.xmlns import w
from ksdocs.problems import Location, TemplateError, problem

BODY = "word/document.xml"


@dataclass
class Comment:
    """A comment as Word shows it."""

    author: str
    lines: list[str]
    words: str
    referred: int = 0


def comments(data: bytes) -> list[Comment]:
    """The comments of a document, each with the words that it is put around."""
    package = Package.read(data)
    (member,) = package.comments
    found: dict[str, Comment] = {}
    held: Any = package.tree(member)
    body: Any = package.tree(BODY)
    for one in held.iterchildren(w("comment")):
        lines = ["".join(t.text or "" for t in line.iter(w("t"))) for line in one.iterchildren(w("p"))]
        found[one.get(w("id"))] = Comment(one.get(w("author")), lines, "")
    opened: set[str] = set()
    for node in body.iter():
        ident = node.get(w("id"), "")
        if node.tag == w("commentRangeStart"):
            opened.add(ident)
        elif node.tag == w("commentRangeEnd"):
            opened.remove(ident)
        elif node.tag == w("commentReference"):
            found[ident].referred += 1
        elif node.tag == w("t"):
            for each in opened:
                found[each].words += node.text or ""
        elif node.tag == w("footnoteReference"):
            for each in opened:
                found[each].words += f"[{ident}]"
    assert not opened
    return list(found.values())


def at(part: str, number: int, start: int, end: int, words: str = "") -> Temuan:
    place = Location(file="t.docx", part=part, paragraph=words or None)
    return Temuan(problem("KS479", place, nama="mitr", usul="mitra", tag="{{ mitr }}"), Spot(part, number, start, end))


def body_of(data: bytes) -> Any:
    return Package.read(data).tree(BODY)


def seeded_cases() -> Iterator[tuple[str, str]]:
    """Every mistake once, and one mistake in every place."""
    yield from ((name, "badan") for name, mistake in seeded.MISTAKES.items() if not mistake.only)
    yield from (("salah ketik", where) for where in seeded.WHERE)


@pytest.mark.parametrize(("name", "where"), list(seeded_cases()))
def test_a_comment_stands_around_the_words_that_the_check_found(name: str, where: str) -> None:
    mistake, place = seeded.MISTAKES[name], seeded.WHERE[where]
    data = place.put("".join(p(line) for line in mistake.lines))
    found = seeded.checked(data)
    made = annotate(data, found)
    (comment,) = comments(made)
    assert (comment.author, comment.referred) == ("ksdocs", 1)
    assert comment.lines[0] == f"{mistake.code}. {found[0].problem.message()}"
    assert comment.lines[1] == found[0].problem.hint()
    if place.part == BODY and where != "kotak":
        assert comment.words == mistake.mark
    else:
        assert place.part in comment.lines[2]
        assert f"⟦{mistake.mark}⟧" in comment.lines[2]
    assert not [one for one in check(Package.read(made)) if one.refuses]


def test_the_words_of_the_template_stay_and_the_same_input_gives_the_same_bytes() -> None:
    data = docx(p("Yth. {{ mitr }} di tempat"))
    made = annotate(data, [at(BODY, 0, 5, 15)])
    assert made == annotate(data, [at(BODY, 0, 5, 15)])
    assert body_of(made).xpath("string()") == "Yth. {{ mitr }} di tempat"
    assert comments(made)[0].words == "{{ mitr }}"


def test_runs_are_split_where_the_words_begin_and_end_and_keep_their_look() -> None:
    parts = (("Yth. {{ mi", "<w:b/>"), ("tr", "<w:i/>"), (" }} di tempat", "<w:strike/>"))
    line = f"<w:p>{''.join(r(text, look) for text, look in parts)}</w:p>"
    made = annotate(docx(line), [at(BODY, 0, 5, 15)])
    assert comments(made)[0].words == "{{ mitr }}"
    runs = [
        ("".join(run.itertext()), [child.tag for child in run.find(w("rPr"))])
        for run in body_of(made).iter(w("r"))
        if run.find(w("t")) is not None
    ]
    assert runs == [
        ("Yth. ", [w("b")]),
        ("{{ mi", [w("b")]),
        ("tr", [w("i")]),
        (" }}", [w("strike")]),
        (" di tempat", [w("strike")]),
    ]


def test_tabs_and_breaks_of_a_run_stay_where_they_are() -> None:
    line = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>'
        "<w:t>{{ mitr }}</w:t><w:br/><w:t>{{ zzqqyy }}</w:t></w:r></w:p>"
    )
    data = docx(seeded.SOUND + line)
    made = annotate(data, seeded.checked(data))
    assert [one.words for one in comments(made)] == ["{{ mitr }}", "{{ zzqqyy }}"]
    last = list(body_of(made).iter(w("p")))[-1]
    order = [node.tag for node in last.iter(w("t"), w("tab"), w("br")) if node.getparent().tag == w("r")]
    assert order == [w("t"), w("tab"), w("t"), w("br"), w("t")]


def test_several_comments_at_one_place_and_some_that_overlap_all_stand() -> None:
    data = docx(p("Satu {{ dua }} tiga"))
    made = annotate(data, [at(BODY, 0, 5, 14), at(BODY, 0, 5, 14), at(BODY, 0, 0, 8), at(BODY, 0, 8, 19)])
    assert [one.words for one in comments(made)] == ["{{ dua }}", "{{ dua }}", "Satu {{ ", "dua }} tiga"]


def test_words_in_a_link_and_in_a_nested_table_are_marked() -> None:
    link = f'<w:p>{r("Lihat ")}<w:hyperlink w:anchor="a">{r("{{ mitr }}")}</w:hyperlink></w:p>'
    data = docx(link + table((table((p("x {{ mitr }} y"),)) + p(),)))
    made = annotate(data, [at(BODY, 0, 6, 16), at(BODY, 1, 2, 12)])
    assert [one.words for one in comments(made)] == ["{{ mitr }}", "{{ mitr }}"]


def test_a_text_box_gets_its_comment_where_it_is_anchored_since_word_passes_over_those_within() -> None:
    inner = text_box(p("a {{ mitr }}"))
    data = docx(p("Satu") + f"<w:p>{r('Luar')}{inner}{r('sesudah')}</w:p>")
    made = annotate(data, [at(BODY, 2, 2, 12, "a ⟦{{ mitr }}⟧"), at(BODY, 3, 2, 12, "a ⟦{{ mitr }}⟧")])
    for comment in comments(made):
        assert comment.words == "a {{ mitr }}" * 2  # the whole box: both of its branches
        assert "⟦{{ mitr }}⟧" in comment.lines[2]
    inside = [node for box in body_of(made).iter(w("txbxContent")) for node in box.iter(w("commentRangeStart"))]
    assert inside == []


def test_a_box_within_a_box_and_a_note_that_a_box_calls_are_told_at_the_outer_anchor() -> None:
    deep = text_box(f'<w:p>{text_box(p("{{ mitr }}"))}<w:r><w:footnoteReference w:id="7"/></w:r></w:p>', both=False)
    notes = f'<w:footnote w:id="7">{p("{{ mitr }}")}</w:footnote>'
    data = docx(p("Satu") + f"<w:p>{deep}</w:p>", parts={"footnotes": notes})
    made = annotate(data, [at(BODY, 3, 0, 10), at("word/footnotes.xml", 0, 0, 10)])
    assert [one.words for one in comments(made)] == ["{{ mitr }}{{ mitr }}[7]"] * 2
    starts = list(body_of(made).iter(w("commentRangeStart")))
    assert all(node.getparent().getparent().tag == w("body") for node in starts)


def test_a_header_gets_its_comment_where_its_section_begins() -> None:
    def section(ident: str) -> str:
        return f'<w:sectPr><w:headerReference w:type="default" r:id="{ident}"/></w:sectPr>'

    body = p("Satu") + p("akhir satu", ppr=section("rId_header1")) + p("Dua") + p("dua b") + section("rId_header2")
    data = docx(body, parts={"header1": p("a"), "header2": p("{{ mitr }}")})
    made = annotate(data, [at("word/header2.xml", 0, 0, 10, "⟦{{ mitr }}⟧"), at("word/header1.xml", 0, 0, 1, "⟦a⟧")])
    assert [one.words for one in comments(made)] == ["Dua", "Satu"]
    assert "word/header2.xml" in comments(made)[0].lines[2]


def test_a_note_gets_its_comment_where_it_is_called() -> None:
    body = p("Satu") + f'<w:p>{r("Dua")}<w:r><w:footnoteReference w:id="7"/></w:r>{r("tiga")}</w:p>'
    notes = f'<w:footnote w:id="3">{p("a")}</w:footnote><w:footnote w:id="7">{p("{{ mitr }}")}</w:footnote>'
    made = annotate(docx(body, parts={"footnotes": notes}), [at("word/footnotes.xml", 1, 0, 10)])
    assert comments(made)[0].words == "[7]"


def test_what_stands_in_no_paragraph_is_told_at_the_beginning() -> None:
    found = Temuan(problem("KS493", Location(file="t.docx"), huruf="Bookman", ganti="Serif"))
    (comment,) = comments(annotate(docx(p("Satu") + p("Dua")), [found]))
    assert (comment.words, len(comment.lines)) == ("Satu", 2)


def test_comments_that_are_there_stay_and_new_ones_get_other_numbers() -> None:
    old = f'<w:comment w:id="4" w:author="Humas">{p("lama")}</w:comment>'
    marked = '<w:commentRangeStart w:id="4"/>' + r("Satu") + '<w:commentRangeEnd w:id="4"/>'
    marked += '<w:r><w:commentReference w:id="4"/></w:r>'
    data = docx(f"<w:p>{marked}{r(' {{ mitr }}')}</w:p>", parts={"comments": old})
    first, second = comments(annotate(data, [at(BODY, 0, 5, 15)]))
    assert (first.author, first.lines, first.words) == ("Humas", ["lama"], "Satu")
    assert (second.author, second.words) == ("ksdocs", "{{ mitr }}")


def test_a_file_in_the_strict_dialect_stays_in_it() -> None:
    files = {name: data.replace(W.encode(), STRICT_WORD.encode()) for name, data in members(p("{{ mitr }}")).items()}
    made = Package.read(annotate(zipped(files), [at(BODY, 0, 0, 10)]))
    for member in (BODY, "word/comments.xml"):
        assert STRICT_WORD.encode() in made.bytes(member)
        assert W.encode() not in made.bytes(member)


def test_english_comments_are_english() -> None:
    (comment,) = comments(annotate(docx(p("{{ mitr }}")), [at("word/header1.xml", 0, 0, 10, "⟦a⟧")], language="en"))
    assert comment.lines[0].startswith("KS479. ")
    assert comment.lines[2].startswith("Where it stands: ")


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(TemplateError):
        annotate(b"bukan docx", [])
