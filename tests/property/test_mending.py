"""What loops, conditions and empty values leave behind is mended, wherever it was proved to come about."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docx_specimens import docx, p, text_box
from ksdocs.docx.inspect import check
from ksdocs.docx.mending import EVERYWHERE, mend
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.values import Paragraph, Runs, Table
from ksdocs.problems import TemplateError

NAMES = st.sampled_from(["a", "b", "c"])
PLAIN = st.sampled_from([p("teks"), p("{{ s }}"), p("{{p kosong }}"), p("{{p blok }}"), p("{{p tabel }}"), p()])


def around(kind: str, inside: st.SearchStrategy[str], mark: str) -> st.SearchStrategy[str]:
    """`inside` in a condition or a loop whose tags stand where those of `kind` (p, tr, tc) do."""

    def command(text: str) -> str:
        return mark.format(f"{{%{kind} {text} %}}")

    conditions = st.tuples(NAMES, inside, inside).map(
        lambda t: command(f"if {t[0]}") + t[1] + command("else") + t[2] + command("endif")
    )
    loops = st.tuples(NAMES, inside, st.sampled_from(["", "break", "continue"])).map(
        lambda t: (
            command(f"for x in daftar_{t[0]}")
            + t[1]
            + (command(f"if {t[0]}") + command(t[2]) + command("endif") + t[1] if t[2] else "")
            + command("endfor")
        )
    )
    return st.one_of(conditions, loops)


def joined(one: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(one, min_size=1, max_size=2).map("".join)


def tables(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    properties = st.sampled_from(["", "<w:tcPr><w:vAlign w:val='top'/></w:tcPr>", "<w:tcPr/>"])
    cells = st.tuples(properties, blocks).map(lambda t: f"<w:tc>{t[0]}{t[1]}</w:tc>")
    cell_mark = "<w:tc>" + p("{}") + "</w:tc>"
    rows = joined(st.one_of(cells, around("tc", cells, cell_mark))).map(
        lambda inside: f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"
    )
    row_mark = "<w:tr>" + cell_mark + "</w:tr>"
    grid = "<w:tblGrid><w:gridCol/></w:tblGrid>"
    return joined(st.one_of(rows, around("tr", rows, row_mark))).map(
        lambda inside: f"<w:tbl><w:tblPr/>{grid}{inside}</w:tbl>"
    )


BLOCKS = st.recursive(
    joined(PLAIN),
    lambda blocks: joined(
        st.one_of(
            PLAIN,
            around("p", blocks, p("{}")),
            tables(blocks),
            blocks.map(lambda inside: f"<w:p>{text_box(inside)}</w:p>"),
        )
    ),
    max_leaves=12,
)


def compiled(data: bytes) -> Template | None:
    """None for what docxtpl's dialect tears apart: that is told, and nothing is printed."""
    try:
        return Template.open(data)
    except TemplateError:
        return None


@settings(max_examples=150, deadline=None)
@given(BLOCKS, st.lists(st.booleans(), min_size=3, max_size=3), st.booleans())
def test_no_row_is_without_cells_no_table_without_rows_and_no_cell_without_a_paragraph(
    body: str, truths: list[bool], filled: bool
) -> None:
    context: dict[str, object] = dict(zip("abc", truths, strict=True))
    context |= {f"daftar_{name}": [1, 2] if true else [] for name, true in zip("abc", truths, strict=True)}
    runs = Runs("isi")
    context |= {"s": "x", "kosong": [], "blok": [Paragraph(runs)] if filled else []}
    context["tabel"] = Table((), ((runs, runs),)) if filled else ""
    template = compiled(docx(body + p("akhir"), parts={"header1": body}))
    assume(template is not None)
    assert template is not None
    out = template.render(context)
    assert [q for q in check(out) if q.refuses] == []
    package = Package.read(out)
    for member in package.text_parts:
        xml = package.text(member)
        assert mend(xml, EVERYWHERE) == xml
