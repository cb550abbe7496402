"""Rich text, listings, and commands over runs."""

# ruff: noqa: E501 - a template is easier to read in one line
from __future__ import annotations

from typing import Any

from cases import BOLD, PEOPLE, Case, para
from docx_specimens import p, r, table, text_box

RUNS = {
    "run_value": Case(para(r("a "), r("{{r x }}"), r(" b")), lambda lib, _: {"x": lib.RichText("satu", bold=True)}),
    "run_value_beside_text": Case(p("a {{r x }} b"), lambda lib, _: {"x": lib.RichText("satu", italic=True)}),
    "run_condition": Case(para(r("a "), r("{%r if ya %}"), r("b", BOLD), r("{%r endif %}"), r(" c")), {"ya": True}),
    "run_condition_beside_text": Case(p("a {%r if ya %}b{%r endif %} c"), {"ya": True}),
    "run_loop": Case(para(r("{%r for o in orang %}"), r("{{ o.nama }}", BOLD), r(", "), r("{%r endfor %}")), PEOPLE),
    "rich_text_of_every_dress": Case(p("{{r x }}"), lambda lib, tpl: {"x": _every_dress(lib, tpl)}),
    "rich_text_with_breaks": Case(
        p("a{{r x }}b", ppr='<w:jc w:val="center"/>'),
        lambda lib, _: {"x": lib.RichText("s\nd\tt\ae\fl", color="ff00ff")},
    ),
    "rich_text_in_rich_text": Case(p("{{r x }}"), lambda lib, _: {"x": _nested(lib)}),
    "rich_text_from_numbers": Case(p("{{r x }}"), lambda lib, _: {"x": lib.RichText(12)}),
    "rich_text_shortcut": Case(p("{{r x }}"), lambda lib, _: {"x": lib.R("a & <b>", strike=True)}),
    "rich_text_in_a_condition": Case(p("{% if x %}{{r x }}{% endif %}"), lambda lib, _: {"x": lib.RichText("ya")}),
    "rich_text_in_a_table": Case(
        table((p("{%tr for x in xs %}"),), (p("{{r x }}"),), (p("{%tr endfor %}"),)) + p(),
        lambda lib, _: {"xs": [lib.RichText("a", bold=True), lib.RichText("b", size=40)]},
    ),
    "rich_text_link": Case(p("lihat {{r x }}"), lambda lib, tpl: {"x": _link(lib, tpl)}),
    "rich_text_paragraphs": Case(p("{{p x }}") + p(), lambda lib, _: {"x": rich_paragraphs(lib)}),
    "listing": Case(p("a {{ x }} b", run=BOLD), lambda lib, _: {"x": lib.Listing("satu\ndua & <tiga>\tempat")}),
    "listing_of_paragraphs": Case(
        p("a {{ x }} b", run=BOLD, ppr='<w:ind w:left="720"/>'),
        lambda lib, _: {"x": lib.Listing("satu\adua\ntiga\aempat")},
    ),
    "listing_of_pages": Case(p("a {{ x }} b", style="S"), lambda lib, _: {"x": lib.Listing("satu\fdua")}),
    "listing_in_a_cell": Case(table((p("{{ x }}"), p("b"))) + p(), lambda lib, _: {"x": lib.Listing("satu\adua")}),
    "listing_in_a_box": Case(f"<w:p>{text_box(p('{{ x }}'))}</w:p>", lambda lib, _: {"x": lib.Listing("satu\adua")}),
}


def _every_dress(lib: Any, tpl: Any) -> Any:
    rich = lib.RichText("biasa")
    for dress in (
        {"style": "Tekan"}, {"color": "#FF0000"}, {"color": "00FF00"}, {"size": 28}, {"subscript": True}, {"superscript": True},
        {"bold": True}, {"italic": True}, {"underline": True}, {"underline": "double"}, {"underline": "aneh"}, {"strike": True},
        {"font": "Arial"}, {"font": "eastAsia:微软雅黑"}, {"rtl": True}, {"rtl": True, "bold": True, "italic": True}, {"lang": "id-ID"},
        {"bold": True, "italic": True, "underline": "dotted", "color": "112233", "size": 9, "font": "Arial", "style": "S"},
    ):  # fmt: skip
        rich.add(" & <teks>", **dress)
    return rich


def _nested(lib: Any) -> Any:
    inner = lib.RichText("dalam", bold=True)
    rich = lib.RichText("luar ")
    rich.add(inner)
    rich.add(" lagi", italic=True)
    return rich


def _link(lib: Any, tpl: Any) -> Any:
    rich = lib.RichText("kunjungi ")
    rich.add("situs", url_id=tpl.build_url_id("https://contoh.example/a?b=1&c=2"), color="0000FF", underline=True)
    return rich


def rich_paragraphs(lib: Any) -> Any:
    rich = lib.RichTextParagraph()
    rich.add("satu & <dua>", parastyle="Heading1")
    rich.add("tiga\aempat\nlima", parastyle="S")
    rich.add(lib.RichText("enam", bold=True))
    return rich
