"""However Word cuts a sentence into runs and whatever it strews between them, both libraries read the same tags."""

from __future__ import annotations

from canonical import canonical, differences
from hypothesis import given, settings
from hypothesis import strategies as st
from two_libraries import both

from cases import BOLD, bookmark, cell, para, proof
from docx_specimens import docx, p, r, table

SENTENCES = (
    "Yth. {{ nama }}, di {{ kota|upper }}.",
    "{% if ada %}Ada {{ nama }}{% else %}Tidak{% endif %}; {{ xs|join(', ') }}",
    "{% for x in xs %}{{ loop.index }}. {{ x }}{% if not loop.last %}; {% endif %}{% endfor %}",
    "a{# catatan #}b {{ d['k'] }} {{ nama }}{{ kota }} { } % #",
    "{{ 'x' if ada else “y” }} {_{ {{ n + 1 }} }_} {{ n // 2 }}",
)
VALUES = {"nama": "A & <b>", "kota": "Batam", "ada": True, "xs": ["p", "q"], "d": {"k": "v"}, "n": 5}
DRESSES = ("", "", "", BOLD, "<w:i/>", '<w:lang w:val="id-ID"/>', '<w:rFonts w:ascii="Arial"/><w:sz w:val="20"/>')
STREWN = (
    "",
    "",
    "",
    proof("spellStart"),
    proof("gramEnd"),
    bookmark(9, "_GoBack") + bookmark(9, "", end=True),
    "<w:r><w:lastRenderedPageBreak/></w:r>",
    '<w:commentRangeStart w:id="0"/>',
)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A sentence with tags, cut into runs anywhere, with marks of Word between them."""
    sentence = draw(st.sampled_from(SENTENCES)).replace("&", "&amp;").replace("<", "&lt;")
    cuts = sorted(draw(st.sets(st.integers(1, len(sentence) - 1), max_size=8)))
    pieces = [sentence[a:b] for a, b in zip([0, *cuts], [*cuts, len(sentence)], strict=True)]
    runs = []
    for piece in pieces:
        if "&" in piece.replace("&amp;", "").replace("&lt;", ""):
            continue
        number = draw(st.integers(1, 9))
        run = r(piece, draw(st.sampled_from(DRESSES)))
        runs.append(draw(st.sampled_from(STREWN)) + run.replace("<w:r>", f'<w:r w:rsidR="00AA00B{number}">', 1))
    return para(*runs)


def same(body: str, *, copied: bool = False) -> None:
    """`copied` paragraphs lose their bookmarks here (D15)."""
    ours, theirs = both(docx(body), VALUES)
    assert "\n".join(differences(ours, theirs, bookmarks=not copied)) == ""


@given(st.lists(paragraphs(), min_size=1, max_size=3))
@settings(max_examples=150)
def test_a_sentence_cut_anywhere_is_filled_alike(body: list[str]) -> None:
    same("".join(body), copied=True)


@given(paragraphs(), st.sampled_from(["{%p if ada %}|{%p endif %}", "{%p for x in xs %}|{%p endfor %}"]))
@settings(max_examples=60)
def test_a_sentence_cut_anywhere_within_paragraph_commands_is_filled_alike(inside: str, commands: str) -> None:
    before, _, after = commands.partition("|")
    same(p("awal") + p(before) + inside + p(after) + p("akhir"), copied=True)


@given(paragraphs(), st.integers(1, 30))
@settings(max_examples=60)
def test_a_sentence_cut_anywhere_within_cells_is_filled_alike(inside: str, cut: int) -> None:
    command = "{%tr for x in xs %}"
    begin = para(r(command[: cut % len(command)]), proof("spellEnd"), r(command[cut % len(command) :]))
    same(table((begin,), (cell(inside),), (p("{%tr endfor %}"),)) + p(), copied=True)


def test_the_comparison_sees_what_a_reader_would_see() -> None:
    whole = docx(p("satu {{ dua }}", run=BOLD) + table((p("tiga"),)) + p())
    for other in (
        docx(p("satu {{ dua }}") + table((p("tiga"),)) + p()),
        docx(p("satu {{ dua  }}", run=BOLD) + table((p("tiga"),)) + p()),
        docx(p("satu {{ dua }}", run=BOLD) + table((p("tiga"),))),
        docx(p("satu {{ dua }}", run=BOLD, style="S") + table((p("tiga"),)) + p()),
        docx(p("satu {{ dua }}", run=BOLD) + table((p("tiga"),)) + p(), parts={"header1": p("x")}),
    ):
        assert list(differences(whole, other))
    alike = docx(para(r("satu", BOLD), r(" {{ dua }}", BOLD)) + table((p("tiga"),)) + p())
    assert not list(differences(whole, alike)) and canonical(whole) == canonical(alike)
