"""Whatever the nesting, the reader says the words of the page once, in order, and the rules find it sound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from docx_specimens import docx, field, p, r, table, text_box
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.text import ALL_LAYERS, read, view

WORD = st.text(alphabet="abc é–\u00a0𝒜", min_size=1, max_size=6)
# (the XML of something inside a paragraph, its words on the page, its words off the page)
PIECE = WORD.flatmap(
    lambda t: st.sampled_from(
        [
            (r(t), t, ""),
            (r(t, "<w:b/>"), t, ""),
            (r(t, "<w:vanish/>"), "", t),
            (f"<w:ins w:id='1'>{r(t)}</w:ins>", t, ""),
            (f"<w:del w:id='1'>{r(t).replace('w:t', 'w:delText')}</w:del>", "", t),
            (f"<w:hyperlink w:anchor='_top'>{r(t)}</w:hyperlink>", t, ""),
            (f"<w:sdt><w:sdtContent>{r(t)}</w:sdtContent></w:sdt>", t, ""),
            (field("PAGE", t), t, ""),
            ("<w:r><w:tab/><w:br/></w:r>", "\t\n", ""),
        ]
    )
)
Block = tuple[str, list[tuple[str, str]]]
"""XML of a block, and (words on the page, words with everything hidden) of its paragraphs."""


def _paragraph(pieces: list[tuple[str, str, str]]) -> Block:
    xml = "<w:p>" + "".join(x for x, _, _ in pieces) + "</w:p>"
    return xml, [("".join(t for _, t, _ in pieces), "".join(t + u for _, t, u in pieces))]


def _wrapped(blocks: list[Block]) -> Block:
    inside = "".join(x for x, _ in blocks)
    return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>", [t for _, b in blocks for t in b]


def _tabled(cells: list[list[Block]]) -> Block:
    rows = [("".join(x for x, _ in cell) + p(),) for cell in cells]
    texts = [t for cell in cells for t in [*(t for _, b in cell for t in b), ("", "")]]
    return table(*rows), texts


def _boxed(blocks: list[Block]) -> Block:
    inside = "".join(x for x, _ in blocks) + p()
    return f"<w:p>{text_box(inside, both=False)}</w:p>", [("", ""), *(t for _, b in blocks for t in b), ("", "")]


PARAGRAPH = st.lists(PIECE, max_size=4).map(_paragraph)
BLOCKS = st.recursive(
    PARAGRAPH,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(_wrapped),
        st.lists(st.lists(inner, max_size=2), min_size=1, max_size=3).map(_tabled),
        st.lists(inner, max_size=2).map(_boxed),
    ),
    max_leaves=12,
)


@given(st.lists(BLOCKS, max_size=4))
def test_the_words_of_the_page_are_read_once_and_in_order(blocks: list[Block]) -> None:
    data = docx("".join(x for x, _ in blocks))
    expected = [t for _, b in blocks for t in b]
    paragraphs = list(read(data))
    assert [q.text for q in paragraphs] == [t for t, _ in expected]
    assert [q.text for q in read(data, layers=ALL_LAYERS)] == [t for _, t in expected]
    assert [q.index for q in paragraphs] == list(range(1, len(expected) + 1))
    for q in paragraphs:
        assert "".join(q.text[run.start : run.end] for run in q.runs) == q.text
    assert view(data) == view(Package.read(data).replace({}))


@given(st.lists(BLOCKS, max_size=4))
def test_a_document_that_is_well_built_is_never_called_damaged(blocks: list[Block]) -> None:
    # The specimens repeat the id of their drawing, which is a problem of its own.
    told = {q.code for q in check(docx("".join(x for x, _ in blocks) + p())) if q.refuses}
    assert told <= {"KS418"}


def test_one_package_may_be_read_and_written_by_many_threads() -> None:
    package = Package.read(docx(p("isi") * 50, parts={"header1": p("kop"), "footer1": p("kaki")}))

    def work(number: int) -> tuple[list[str], bytes]:
        out = package.replace(
            {"word/header1.xml": package.bytes("word/header1.xml")}, {f"word/{number % 3}.xml": b"<a/>"}
        )
        return [q.text for q in read(package)], out

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(48)))
    assert all(texts == results[0][0] for texts, _ in results)
    assert {out for _, out in results} == {out for _, out in results[:3]}
