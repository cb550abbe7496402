"""Charts of a form: found in what the form computes, printed as one tag, and proved to the figure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from builders import a_register
from docx_specimens import docx, p
from ksdocs.borang import Lembar, compose, load_jenis
from ksdocs.borang.bagan import charts_in
from ksdocs.borang.susun import Bagan, DeretBagan
from ksdocs.docx.lembar import EMPTY_CHART, sheet_context
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.models.borang import build_model
from ksdocs.models.fault import read_model
from ksdocs.sources import from_tree
from ksdocs.verification_borang import verify_lembar

JENIS = """
id = "rekap"
judul.id = "Rekap"
judul.en = "Recap"

[[isian]]
nama = "catatan"
jenis = "teks"
label.id = "Catatan"
wajib = true
"""
TAHUN = ("2024", "2025", "2026")
TINGKAT = Bagan(
    "bagan_tingkat",
    "Kepuasan & mutu",
    "Kepuasan: 2024 3,90; 2025 4,25; 2026 belum ada.",
    "batang",
    TAHUN,
    (DeretBagan("Rata-rata <skala 5>", (Decimal("3.9"), Decimal("4.25"), None)),),
    satuan="skala 1–5",
    desimal=2,
    maksimum=Decimal(5),
)
MITRA = Bagan("bagan.1", "Mitra", "Mitra: industri 7, sekolah 2.", "lingkaran", ("A", "B"), (DeretBagan("n", (7, 2)),))
KOSONG = Bagan("bagan.2", "Kosong", "Tidak ada isinya.", "garis", TAHUN, (DeretBagan("n", (None, None, None)),))
BODY = p("{{ judul }}") + p("{{ catatan }}") + p("{{ bagan_tingkat }}") + p("{{ bagan[0] }}")


def lembar(folder: Path, *charts: Bagan) -> Lembar:
    """A sheet that holds the charts, the first as `bagan_tingkat`, the others as the list `bagan`."""
    (folder / "jenis.toml").write_text(JENIS, encoding="utf-8")
    jenis = load_jenis("rekap", folder)
    tree = {"jenis": "rekap", "id": "rekap-1", "institusi": "poltek", "catatan": "Semua baik."}
    record, _ = read_model(build_model("rekap", jenis.isian), from_tree(tree))
    assert record is not None
    sheet = compose(record, jenis, a_register())
    names = {"bagan_tingkat": charts[0], "bagan": list(charts[1:])}
    return dataclasses.replace(sheet, konteks={**sheet.konteks, **names}, bagan=charts)


def printed(sheet: Lembar, body: str = BODY) -> Package:
    return Package.read(Template.open(docx(body)).render(sheet_context(sheet)))


def codes(package: Package, sheet: Lembar) -> list[tuple[str, str | None]]:
    return [(q.code, q.at.path) for q in verify_lembar(package, sheet)]


def test_charts_are_found_wherever_they_stand_in_what_a_form_computes() -> None:
    held = {"a": TINGKAT, "b": [{"c": MITRA, "d": "x"}, (KOSONG, 3)], "e": {"f": {"g": TINGKAT}}}
    assert list(charts_in(held)) == [TINGKAT, MITRA, KOSONG, TINGKAT]


def test_a_chart_is_printed_by_one_tag_and_proved(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    assert codes(printed(sheet), sheet) == []


@pytest.mark.parametrize("bentuk", ["batang", "batang_datar", "batang_susun", "garis"])
def test_every_kind_is_proved_as_that_kind(tmp_path: Path, bentuk: str) -> None:
    chart = dataclasses.replace(TINGKAT, bentuk=bentuk)  # type: ignore[arg-type]
    sheet = lembar(tmp_path, chart, MITRA)
    package = printed(sheet)
    assert codes(package, sheet) == []
    other = dataclasses.replace(sheet, bagan=(dataclasses.replace(chart, bentuk="lingkaran"), MITRA))
    assert ("KS501", "bagan_tingkat") in codes(package, other)


def test_a_template_that_drops_a_chart_is_refused(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    assert codes(printed(sheet, BODY.replace("{{ bagan[0] }}", "")), sheet) == [("KS501", "bagan.1")]


def test_a_template_may_print_a_chart_again(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    assert codes(printed(sheet, BODY + p("{{ bagan_tingkat }}")), sheet) == []


CHART = "word/charts/ks-1.xml"
CHANGES: dict[str, Callable[[str], str]] = {
    "a figure": lambda xml: xml.replace("<c:v>4.25</c:v>", "<c:v>4.52</c:v>"),
    "a figure that is no number": lambda xml: xml.replace("<c:v>4.25</c:v>", "<c:v>4,25</c:v>"),
    "a figure lost": lambda xml: xml.replace('<c:pt idx="1"><c:v>4.25</c:v></c:pt>', ""),
    "figures in another order": lambda xml: xml.replace("3.9<", "x<").replace("4.25<", "3.9<").replace("x<", "4.25<"),
    "a figure twice": lambda xml: xml.replace(
        '<c:pt idx="1"><c:v>4.25</c:v></c:pt>', '<c:pt idx="1"><c:v>4.25</c:v></c:pt>' * 2
    ),
    "a category": lambda xml: xml.replace("<c:v>2025</c:v>", "<c:v>2023</c:v>"),
    "the name of the series": lambda xml: xml.replace("&lt;skala 5&gt;", "&lt;skala 4&gt;"),
    "the words of the axis": lambda xml: xml.replace("skala 1–5", "skala 1–4"),
    "a label typed over a bar": lambda xml: xml.replace(
        "<c:dLbls>",
        '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>5,00</a:t></a:r></a:p></c:rich>'
        '</c:tx><c:showVal val="1"/></c:dLbl>',
    ),
    "an axis that begins late": lambda xml: xml.replace('<c:min val="0"/>', '<c:min val="3"/>'),
    "an axis that ends early": lambda xml: xml.replace('<c:max val="5"/>', '<c:max val="4"/>'),
    "an axis left to the program": lambda xml: xml.replace('<c:min val="0"/>', ""),
    "another kind": lambda xml: xml.replace("c:barChart", "c:areaChart"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_chart_that_shows_anything_else_is_refused(tmp_path: Path, what: str) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    package = printed(sheet)
    changed = CHANGES[what](package.text(CHART))
    assert changed != package.text(CHART)
    assert ("KS501", "bagan_tingkat") in codes(Package.read(package.replace({CHART: changed.encode()})), sheet)


def test_other_words_in_place_of_the_chart_are_refused(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    package = printed(sheet)
    body = package.text(package.document_part)
    changed = package.replace({package.document_part: body.replace("2025 4,25", "2025 4,52").encode()})
    assert ("KS501", "bagan_tingkat") in codes(Package.read(changed), sheet)


def test_a_chart_that_is_hidden_is_not_shown(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    package = printed(sheet)
    body = package.text(package.document_part).replace("<wp:docPr ", '<wp:docPr hidden="1" ', 1)
    changed = Package.read(package.replace({package.document_part: body.encode()}))
    assert codes(changed, sheet) == [("KS501", "bagan_tingkat")]


def test_other_data_behind_a_chart_are_refused(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    package = printed(sheet)
    changed = package.replace({"word/embeddings/ks-1.xlsx": package.bytes("word/embeddings/ks-2.xlsx")})
    assert ("KS501", "bagan_tingkat") in codes(Package.read(changed), sheet)


def test_a_chart_that_the_record_does_not_know_is_refused(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, TINGKAT, MITRA)
    less = dataclasses.replace(sheet, bagan=(MITRA,))
    assert [q.code for q in verify_lembar(printed(sheet), less)] == ["KS505"]
    none = dataclasses.replace(sheet, bagan=())
    assert [q.code for q in verify_lembar(printed(sheet), none)] == ["KS505", "KS505"]


# ---------------------------------------------------------------------- nothing to draw


def test_words_stand_where_there_is_nothing_to_draw(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, KOSONG, MITRA)
    package = printed(sheet)
    assert EMPTY_CHART in package.text(package.document_part)
    assert codes(package, sheet) == []


def test_a_template_may_leave_out_what_has_nothing_to_draw(tmp_path: Path) -> None:
    sheet = lembar(tmp_path, KOSONG, MITRA)
    body = BODY.replace("{{ bagan_tingkat }}", "{% if bagan_tingkat %}{{ bagan_tingkat }}{% endif %}")
    package = printed(sheet, body)
    assert EMPTY_CHART not in package.text(package.document_part)
    assert codes(package, sheet) == []


@pytest.mark.parametrize(
    "change",
    [
        {"bentuk": "kerucut"},
        {"teks": " "},
        {"kategori": ("2024",)},
        {"bentuk": "lingkaran", "deret": (DeretBagan("a", (1, 2, 3)), DeretBagan("b", (1, 2, 3)))},
        {"bentuk": "lingkaran", "deret": (DeretBagan("a", (1, -2, 3)),)},
    ],
)
def test_a_chart_that_could_not_be_told_is_refused_when_it_is_made(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="bagan_tingkat"):
        dataclasses.replace(TINGKAT, **change)  # type: ignore[arg-type]
