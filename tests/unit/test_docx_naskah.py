"""What a template is given: names of institutions in a title set in capitals."""

from __future__ import annotations

import pytest

from docx_specimens import docx, p
from ksdocs.docx.naskah import titled
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template


@pytest.mark.parametrize("name", ["PT Bintang Laut Tbk", "Politeknik Negeri Umpama", "PT Tbkarya", "Tbk"])
def test_a_title_says_the_name_as_it_is_written(name: str) -> None:
    assert str(titled(name, "id")) == name


def test_tbk_keeps_its_small_letters_where_the_style_makes_capitals() -> None:
    kept = [(str(run), getattr(run, "as_written", False)) for run in titled("PT Bintang Laut Tbk", "id")]
    assert kept == [("PT Bintang Laut ", False), ("Tbk", True)]
    assert not any(getattr(run, "as_written", False) for run in titled("PT Tbkarya", "id"))


def test_what_is_kept_as_written_says_so_in_the_file() -> None:
    printed = Template.open(docx(p("{{r x }}"))).render({"x": titled("PT Bintang Laut Tbk", "id", "nama")})
    xml = Package.read(printed).text("word/document.xml")
    assert xml.count('<w:caps w:val="0"/>') == 1
    assert xml.index("<w:caps") < xml.index("Tbk<")
