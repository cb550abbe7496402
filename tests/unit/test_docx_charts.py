"""Charts as values: figures in, native charts out, to the byte; nothing but what they show leaves with them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from docx_specimens import docx, p
from ksdocs.docx import Chart, Run, Runs, Template
from ksdocs.docx.chart_drawing import number_format
from ksdocs.docx.chart_reader import Shown, shown_charts
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.problems import TemplateError

YEARS = ("2024", "2025", "2026")
BAR = Chart("column", YEARS, {"MoU": [3, 5, 8]}, alt="MoU: 3, 5, lalu 8.")


def render(body: str, **context: object) -> Package:
    return Package.read(Template.open(docx(body)).render(context))


def only(chart: Chart) -> Shown:
    (found,) = shown_charts(render(p("{{ x }}"), x=chart))
    return found


def part(chart: Chart, member: str = "word/charts/ks-1.xml") -> str:
    return render(p("{{ x }}"), x=chart).text(member)


@pytest.mark.parametrize("kind", ["column", "bar", "stacked", "line"])
def test_what_goes_in_is_read_back_from_the_file(kind: str) -> None:
    series = [("Target", [40, Decimal("35.5"), None]), ("Realisasi", [38.25, 0, -2])]
    found = only(Chart(kind, YEARS, series, alt="Target dan realisasi", decimals=2))  # type: ignore[arg-type]
    assert found.sound
    assert found.alt == "Target dan realisasi"
    assert found.categories == YEARS
    assert found.series == (
        ("Target", (Decimal(40), Decimal("35.5"), None)),
        ("Realisasi", (Decimal("38.25"), Decimal(0), Decimal(-2))),
    )


def test_names_with_signs_of_xml_print_as_they_are() -> None:
    names = ('PT A & B <Tbk> "C"', "Universitas 'D'", "=1+1")
    found = only(Chart("pie", names, {"<Mitra & lain>": [1, 2, 3]}, alt='A & B <Tbk> "C"'))
    assert (found.categories, found.series[0][0], found.alt) == (names, "<Mitra & lain>", 'A & B <Tbk> "C"')


def test_what_xml_cannot_hold_is_refused_at_the_tag() -> None:
    with pytest.raises(TemplateError) as caught:
        render(p("{{ x }}"), x=Chart("column", ["a\x00b"], {"y": [1]}, alt="a"))
    assert [(q.code, q.at.paragraph) for q in caught.value.problems] == [("KS463", "{{ x }}")]


def test_equal_input_gives_equal_bytes() -> None:
    template = Template.open(docx(p("{{ x }}")))
    made = [template.render({"x": Chart("column", YEARS, {"MoU": [3, 5, 8]}, alt="a")}) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("body", [p("{{ x }}"), p("{{r x }}"), p("{{p x }}"), p("Lihat {{ x }} ini.")])
def test_a_chart_stands_where_a_picture_may_stand(body: str) -> None:
    package = render(body, x=BAR)
    (found,) = shown_charts(package)
    assert found.series == (("MoU", (Decimal(3), Decimal(5), Decimal(8))),)
    assert [q.code for q in check(package)] == []


def test_every_chart_has_a_part_a_workbook_and_a_number_of_its_own() -> None:
    body = p("{%p for x in xs %}") + p("{{ x }}") + p("{%p endfor %}")
    package = render(body, xs=[BAR, BAR, Chart("pie", YEARS, {"y": [1, 2, 3]}, alt="b")])
    found = list(shown_charts(package))
    assert [one.part for one in found] == ["word/charts/ks-1.xml", "word/charts/ks-2.xml", "word/charts/ks-3.xml"]
    assert [q.code for q in check(package)] == []


def test_a_document_made_before_may_be_a_template_for_more() -> None:
    first = Template.open(docx(p("{{ x }}") + p("{% raw %}{{ y }}{% endraw %}"))).render({"x": BAR})
    package = Package.read(Template.open(first).render({"y": Chart("pie", YEARS, {"y": [1, 2, 3]}, alt="b")}))
    assert [(one.alt, one.kinds) for one in shown_charts(package)] == [(BAR.alt, ("bar",)), ("b", ("pie",))]
    assert [q.code for q in check(package)] == []


def test_a_chart_cannot_stand_in_an_attribute() -> None:
    body = p() + '<w:p><w:bookmarkStart w:id="1" w:name="{{ x }}"/><w:bookmarkEnd w:id="1"/></w:p>'
    with pytest.raises(TemplateError) as caught:
        render(body, x=BAR)
    assert {q.code for q in caught.value.problems} == {"KS470"}


# ---------------------------------------------------------------------- the workbook


def test_the_workbook_opens_and_holds_the_figures_and_nothing_else() -> None:
    means: list[Decimal | None] = [Decimal("4.25"), None]
    counts: list[Decimal | None] = [Decimal(7), Decimal(12)]
    series = [("Rata-rata", means), ("n", counts)]
    chart = Chart("bar", ["A & B", "=2+3"], series, alt="a", decimals=2)
    package = render(p("{{ x }}"), x=chart)
    book = load_workbook(io.BytesIO(package.bytes("word/embeddings/ks-1.xlsx")))
    assert book.sheet_names == ["Data"]
    assert book.get_sheet_by_name("Data").to_python() == [["", "Rata-rata", "n"], ["A & B", 4.25, 7], ["=2+3", "", 12]]


def test_the_workbook_of_a_chart_is_pointed_out_once_it_holds_more_than_the_chart_shows() -> None:
    package = render(p("{{ x }}"), x=BAR)
    other = render(p("{{ x }}"), x=Chart("column", YEARS, {"MoU": [3, 5, 9]}, alt="a"))
    changed = package.replace({"word/embeddings/ks-1.xlsx": other.bytes("word/embeddings/ks-1.xlsx")})
    assert [q.code for q in check(package)] == []
    assert [q.code for q in check(changed)] == ["KS436"]


def test_the_chart_names_its_workbook_so_that_its_data_can_be_edited() -> None:
    package = render(p("{{ x }}"), x=BAR)
    (link,) = package.relationships("word/charts/ks-1.xml")
    assert (link.type, link.target) == ("package", "word/embeddings/ks-1.xlsx")
    assert f'<c:externalData r:id="{link.id}">' in package.text("word/charts/ks-1.xml")


def test_more_than_twenty_six_series_keep_their_columns_apart() -> None:
    chart = Chart("column", ["a"], [(f"s{n}", [n]) for n in range(30)], alt="a")
    assert [values for _, values in only(chart).series] == [(Decimal(n),) for n in range(30)]
    assert "Data!$AD$1" in part(chart)


# ---------------------------------------------------------------------- numbers and axes


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        ([3, 999], {}, "0"),
        ([3, 1250], {}, r"[>=1000]0\.000;0"),
        ([3, 1250000], {}, r"[>=1000000]0\.000\.000;[>=1000]0\.000;0"),
        ([5, 1250000000], {}, r"[>=1000000000]0\.000\.000\.000;[>=1000000]0\.000\.000;0"),
        ([-5, 1250], {}, "0"),
        ([4.25], {"decimals": 2}, "[$-421]0.00"),
        ([35], {"unit": "%"}, '0"%"'),
        ([1250], {"unit": "%"}, r'[>=1000]0\.000"%";0"%"'),
        ([None], {}, "0"),
    ],
)
def test_numbers_read_as_indonesian_has_them(
    values: list[float | None], options: dict[str, object], expected: str
) -> None:
    chart = Chart("column", ["x"] * len(values), {"y": values}, alt="a", **options)  # type: ignore[arg-type]
    assert number_format(chart) == expected


@pytest.mark.parametrize(
    ("values", "options", "ends"),
    [
        ([3, 12], {}, (0, 14)),  # room for the figure above the bar
        ([4.2, 5], {"decimals": 1, "maximum": 5}, (0, 5)),
        ([0, 0], {}, (0, 1)),
        ([-3, 4], {}, (-4, 6)),
        ([98, 40], {"maximum": 100, "unit": "%"}, (0, 100)),
        ([7], {"maximum": 5}, (0, 8)),  # never cut off
    ],
)
def test_the_axis_begins_at_zero_and_holds_every_bar(
    values: list[float], options: dict[str, object], ends: tuple[int, int]
) -> None:
    found = only(Chart("column", ["x"] * len(values), {"y": values}, alt="a", **options))  # type: ignore[arg-type]
    assert (found.start, found.end) == tuple(map(Decimal, ends))


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=5), st.integers(0, 3))
def test_no_figure_ever_stands_outside_its_axis(values: list[int], decimals: int) -> None:
    shown = [Decimal(v).scaleb(-decimals) for v in values]
    found = only(Chart("bar", ["x"] * len(shown), {"y": shown}, alt="a", decimals=decimals))
    assert found.series[0][1] == tuple(shown)
    assert found.start is not None
    assert found.end is not None
    assert found.start <= min([*shown, Decimal(0)]) <= max([*shown, Decimal(0)]) <= found.end


def test_a_value_is_rounded_half_up_to_the_places_that_are_shown() -> None:
    chart = Chart("bar", ["a", "b", "c"], [("y", [Decimal("4.25"), 4.35, Decimal("4.349")])], alt="a", decimals=1)
    assert only(chart).series[0][1] == (Decimal("4.3"), Decimal("4.4"), Decimal("4.3"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**15, Decimal("NaN")])
def test_what_is_no_figure_is_no_chart(value: float) -> None:
    with pytest.raises(ValueError, match="no figure"):
        Chart("column", ["a"], {"y": [value]}, alt="a")


@pytest.mark.parametrize(
    ("kind", "series"),
    [("column", {"y": [1]}), ("pie", {"y": [1, 2], "z": [1, 2]}), ("pie", {"y": [1, -2]}), ("cone", {"y": [1, 2]})],
)
def test_a_chart_that_could_not_be_drawn_is_refused_when_it_is_made(kind: str, series: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Chart(kind, ["a", "b"], series, alt="a")  # type: ignore[arg-type]


# ---------------------------------------------------------------------- look


def test_one_series_needs_no_legend_and_several_have_one() -> None:
    assert "<c:legend>" not in part(BAR)
    assert "<c:legend>" in part(Chart("column", YEARS, {"a": [1, 2, 3], "b": [1, 2, 3]}, alt="a"))


def test_a_title_is_told_to_readers_aloud_and_not_drawn() -> None:
    package = render(p("{{ x }}"), x=Chart("column", YEARS, {"a": [1, 2, 3]}, alt="a", title='MoU & "PKS"'))
    assert 'title="MoU &amp; &quot;PKS&quot;"' in package.text(package.document_part)
    assert "MoU &amp;" not in package.text("word/charts/ks-1.xml")


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 11])
def test_fills_of_neighbours_differ_without_colour(count: int) -> None:
    xml = part(Chart("column", ["a"], [(f"s{n}", [1]) for n in range(count)], alt="a"))
    looks = [piece.partition("<a:ln")[0] for piece in xml.split("</c:tx><c:spPr>")[1:]]
    assert len(looks) == count
    assert len(set(looks)) == count


def test_names_too_long_for_their_places_lay_stacked_bars_down() -> None:
    series = {"Baik": [3, 4], "Kurang": [1, 0]}
    short = Chart("stacked", ["TI", "Elektro"], series, alt="a")
    long = Chart("stacked", ["Kesesuaian kegiatan dengan isi perjanjian " * 3, "Mutu"], series, alt="a")
    assert '<c:barDir val="col"/>' in part(short)
    assert '<c:barDir val="bar"/>' in part(long)


def test_twenty_lying_bars_with_long_names_have_room_and_one_has_no_more_than_it_needs() -> None:
    names = [f"Pembekalan dan bimbingan mahasiswa magang oleh mitra industri nomor {n}" for n in range(20)]
    many = Chart("bar", names, {"y": [4] * 20}, alt="a")
    one = Chart("bar", names[:1], {"y": [4]}, alt="a")
    assert one.height_mm < 40 < 150 < many.height_mm <= 225
    assert only(many).categories == tuple(names)


def test_the_words_of_a_chart_stand_in_the_font_of_the_document() -> None:
    fonts = '<w:rFonts w:ascii="Cambria &amp; Co" w:hAnsi="Cambria"/>'
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"
    data = docx(p("{{ x }}"), parts={"styles": styles})
    xml = Package.read(Template.open(data).render({"x": BAR})).text("word/charts/ks-1.xml")
    assert '<a:latin typeface="Cambria &amp; Co"/>' in xml


# ---------------------------------------------------------------------- nothing to draw


@pytest.mark.parametrize(
    "chart",
    [
        Chart("column", YEARS, {"a": [None, None, None]}, alt="a", empty="Tidak ada data."),
        Chart("pie", YEARS, {"a": [0, 0, None]}, alt="a", empty="Tidak ada data."),
        Chart("bar", [], {"a": []}, alt="a", empty="Tidak ada data."),
        Chart("line", YEARS, {}, alt="a", empty="Tidak ada data."),
    ],
)
@pytest.mark.parametrize("tag", ["{{ x }}", "{{r x }}", "{{p x }}"])
def test_where_there_is_nothing_to_draw_words_stand_and_a_condition_is_false(chart: Chart, tag: str) -> None:
    package = render(p(tag) + p("{{ 'ada' if x else 'kosong' }}"), x=chart)
    text = package.text(package.document_part)
    assert "Tidak ada data." in text
    assert "kosong" in text
    assert not list(shown_charts(package))


def test_bars_of_zeros_are_drawn_for_zero_is_a_figure() -> None:
    assert only(Chart("column", YEARS, {"a": [0, 0, 0]}, alt="a")).series == (("a", (Decimal(0),) * 3),)


# ---------------------------------------------------------------------- cost


def test_a_template_without_charts_loads_nothing_of_them() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from docx_specimens import docx, p\n"
        "from ksdocs.docx import Template\nimport ksdocs.docx.lembar, ksdocs.verification_borang\n"
        "Template.open(docx(p('{{ x }}'))).render({'x': 'y'})\n"
        "print([m for m in sys.modules if 'chart' in m and m.startswith('ksdocs')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_picture_within_runs_is_still_a_picture_beside_a_chart() -> None:
    runs = Runs([Run("a"), Run("b")])
    package = render(p("{{r x }}") + p("{{ y }}"), x=runs, y=BAR)
    assert len(list(shown_charts(package))) == 1


def test_the_members_of_a_chart_are_declared() -> None:
    package = render(p("{{ x }}"), x=BAR)
    assert package.content_type("word/charts/ks-1.xml").endswith("drawingml.chart+xml")
    assert package.content_type("word/embeddings/ks-1.xlsx").endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(package.bytes("word/embeddings/ks-1.xlsx"))) as book:
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_figures_of_two_lines_stand_away_from_each_other() -> None:
    xml = part(Chart("line", YEARS, [("a", [5, 1, 3]), ("b", [2, 4, 3])], alt="a"))
    first, second = xml.split("<c:ser>")[1:]
    place = [piece.partition('<c:dLblPos val="')[2][0] for piece in first.split("<c:dLbl>")[1:]]
    other = [piece.partition('<c:dLblPos val="')[2][0] for piece in second.split("<c:dLbl>")[1:]]
    assert (place, other) == (["t", "b", "t"], ["b", "t", "b"])


def test_a_part_too_small_for_its_figure_and_a_slice_of_nothing_go_without() -> None:
    stacked = part(Chart("stacked", ["x"], [("a", [1]), ("b", [99])], alt="a"))
    assert stacked.count('<c:delete val="1"/>') == 1
    pie = part(Chart("pie", ["x", "y", "z"], {"n": [4, 0, None]}, alt="a"))
    assert pie.count('<c:dLbl><c:idx val="1"/><c:delete val="1"/></c:dLbl>') == 1
    assert pie.count('<c:dLbl><c:idx val="0"/>') == 0


HOSTILE = {
    "a number too long to be written out": ("<c:v>5</c:v>", "<c:v>1E999999999</c:v>"),
    "a fraction too long to be written out": ("<c:v>5</c:v>", "<c:v>1E-999999999</c:v>"),
    "a number of many digits": ("<c:v>5</c:v>", f"<c:v>{'9' * 5000}</c:v>"),
    "more points than there are": ('<c:ptCount val="3"/>', '<c:ptCount val="999999999"/>'),
    "a count of many digits": ('<c:ptCount val="3"/>', f'<c:ptCount val="{"9" * 5000}"/>'),
    "many series of many points": (
        "</c:ser>",
        "</c:ser>"
        + '<c:ser><c:val><c:numRef><c:numCache><c:ptCount val="5000"/></c:numCache></c:numRef></c:val></c:ser>' * 500,
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_chart_made_to_swell_is_read_in_no_time_and_is_none_of_ours(what: str) -> None:
    package = render(p("{{ x }}"), x=BAR)
    before, after = HOSTILE[what]
    changed = package.text("word/charts/ks-1.xml").replace(before, after)
    read = Package.read(package.replace({"word/charts/ks-1.xml": changed.encode()}))
    (found,) = shown_charts(read)
    assert not found.sound
    assert [q.code for q in check(read)] == ["KS436"]


def test_a_chart_that_leads_elsewhere_too_is_none_of_ours() -> None:
    package = render(p("{{ x }}"), x=BAR)
    member = "word/charts/_rels/ks-1.xml.rels"
    (row,) = package.text(member).partition("<Relationship ")[1:2]
    links = package.text(member)
    one = links[links.index(row) : links.index("</Relationships>")]
    twice = links.replace(one, one + one.replace('"rId1"', '"rId2"'))
    changed = Package.read(package.replace({member: twice.encode()}))
    assert [q.code for q in check(changed)] == ["KS436", "KS436"]
