"""The parts of a chart in the package: its drawing (`chart_drawing`), and the workbook that "Edit data" opens.

Everything follows from the chart's own figures and the font of the document, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ksdocs.docx.chart_drawing import SHEET, chart_part, column, plain
from ksdocs.docx.charts import Chart, Values
from ksdocs.docx.container import archive, fresh_records
from ksdocs.docx.package import Package
from ksdocs.docx.properties import DECLARATION, Beside, override_type
from ksdocs.docx.xmltext import escape_plain

CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_charts(
    charts: Sequence[Chart], package: Package, beside: Beside, written: dict[str, bytes], types: list[str]
) -> dict[str, str]:
    """Number of a chart → its part; the members go to `written`, their content types to `types`."""
    font = default_font(package)
    names: dict[str, str] = {}
    for number, chart in enumerate(charts, 1):
        part, workbook = beside.chart_names(number)
        links, link = beside.chart_links(part, workbook)
        written |= {
            part: chart_part(chart, font),
            links: link,
            workbook: chart_workbook(chart.categories, chart.series),
        }
        types += [override_type(part, CHART_TYPE), override_type(workbook, _WORKBOOK_TYPE)]
        names[str(number)] = part
    return names


_DEFAULTS: Final = re.compile(r"<w:docDefaults>.*?</w:docDefaults>", re.DOTALL)
_NORMAL: Final = re.compile(r'<w:style\b[^>]*w:type="paragraph"[^>]*w:default="1"[^>]*>.*?</w:style>', re.DOTALL)
_FONT: Final = re.compile(r'<w:rFonts\b[^>]*w:ascii="([^"]+)"')


def default_font(package: Package) -> str:
    """The font in which the document writes where nothing else is said, as XML has it; "" for that of its theme."""
    if package.styles is None:
        return ""
    styles = package.text(package.styles)
    for wanted in (_NORMAL, _DEFAULTS):
        place = wanted.search(styles)
        found = _FONT.search(place[0]) if place else None
        if found:
            return found[1]
    return ""


# ---------------------------------------------------------------------- the workbook

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME: Final = (
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
)


def chart_workbook(categories: Sequence[str], series: Sequence[tuple[str, Values]]) -> bytes:
    """An .xlsx of the figures and nothing else: a column for each of the series, a row for each category.

    It is packed by nothing, so that it is the same on every machine and can be told from one with more in it.
    """
    rows = [_row(1, ["", *(name for name, _ in series)])]
    for number, category in enumerate(categories):
        rows.append(_row(number + 2, [category, *(values[number] for _, values in series)]))
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    members = (*_FRAME, ("xl/worksheets/sheet1.xml", sheet))
    return archive([fresh_records(name, f"{DECLARATION}{xml}".encode(), 0) for name, xml in members])


def _row(number: int, cells: Sequence[str | Decimal | None]) -> str:
    made = []
    for place, value in enumerate(cells):
        at = f'r="{column(place)}{number}"'
        if isinstance(value, Decimal):
            made.append(f"<c {at}><v>{plain(value)}</v></c>")
        elif value:
            text = f'<t xml:space="preserve">{escape_plain(value)}</t>'
            made.append(f'<c {at} t="inlineStr"><is>{text}</is></c>')
    return f'<row r="{number}">{"".join(made)}</row>'
