"""Where a template may leave rows, tables and cells empty is known before it is filled; elsewhere nothing is sought."""

from __future__ import annotations

import pytest

from docx_specimens import docx, p, table, text_box
from ksdocs.docx.mending import EVERYWHERE, mend
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template

HEAD = (p("kepala"), p("kepala"))
ROWS = (p("{%tr for x in xs %}"), p()), (p("{{ x }}"), p("y")), (p("{%tr endfor %}"), p())
CELL = p("{%p if a %}") + p("isi") + p("{%p endif %}")


def mended(body: str) -> tuple[str, ...]:
    (part,) = Template.open(docx(body + p("akhir")))._parts
    return part.mended


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (p("{{ x }}"), ()),
        (p("{%p for x in xs %}") + p("{{ x }}") + p("{%p endfor %}"), ()),
        (p("{{p x }}"), ()),
        (table((p("{{ x }}"),)), ()),
        (table(HEAD, *ROWS), ()),
        (table(*ROWS), ("w:tbl",)),
        (table((table(*ROWS) + p("tetap"),)), ("w:tbl",)),
        (f"<w:p>{text_box(table(*ROWS) + CELL)}</w:p>", ("w:tbl", "w:txbxContent")),
        (f"<w:p>{text_box(table(*ROWS) + p('tetap'))}</w:p>", ("w:tbl",)),
        (table((CELL,)), ("w:tc",)),
        (table((CELL + p("tetap"),)), ()),
        (table((p("tetap") + CELL,)), ()),
        (table((p("{{p x }}"),)), ("w:tc",)),
        (table((p("{%p if a %}") + p("ya") + p("{%p else %}") + p("tidak") + p("{%p endif %}"),)), ()),
        (table((p("{%p for x in xs %}") + p("ya") + p("{%p break %}") + p("{%p endfor %}") + p("tetap"),)), ()),
        (table((p("tetap") + p("{%p for x in xs %}") + p("ya") + p("{%p break %}") + p("{%p endfor %}"),)), ("w:tc",)),
        (table((p("{%tc if a %}"), p("{{ x }}"), p("{%tc endif %}"))), ("w:tr", "w:tbl")),
    ],
)
def test_a_part_is_gone_through_only_for_what_it_may_leave_empty(body: str, names: tuple[str, ...]) -> None:
    assert mended(body) == names


def test_an_emptied_row_takes_its_table_along_and_the_cell_around_gets_a_paragraph() -> None:
    inner = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr/></w:tr></w:tbl>"
    assert mend(f"<w:tc><w:tcPr/>{inner}</w:tc>", EVERYWHERE) == "<w:tc><w:tcPr/><w:p/></w:tc>"


def test_what_holds_something_stays_as_it_is() -> None:
    xml = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr/><w:tc><w:p/></w:tc></w:tr></w:tbl><w:hdr><w:p/></w:hdr>"
    assert mend(xml, EVERYWHERE) == xml


def test_a_table_of_which_nothing_is_left_leaves_its_cell_a_paragraph() -> None:
    body = table((table(*ROWS) + p("{%p if a %}") + p("sesudah") + p("{%p endif %}"),))
    out = Template.open(docx(body)).render({"xs": [], "a": False})
    assert "<w:tc><w:p/></w:tc>" in Package.read(out).text("word/document.xml")
