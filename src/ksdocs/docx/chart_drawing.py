"""A chart as Word and LibreOffice draw it: DrawingML in which every word and figure stands by itself.

Nothing of it needs colour: shades that a black-and-white print keeps apart, then patterns, dashes and marks, and the
figures beside what they measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import Final

from ksdocs.docx.charts import NS_CHART, Chart
from ksdocs.docx.properties import DECLARATION
from ksdocs.docx.xmltext import escape_attribute, escape_plain

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHEET: Final = "Data"
"""The sheet of the workbook that holds the figures."""

_INK: Final = "1F3864"
_TEXT: Final = "262626"
_GRID: Final = "D9D9D9"
_ONE: Final = "3A5F9A"
_RAMP: Final = (_INK, "4568A0", "7F9CCB", "B4C6E4", "E8EEF7")
"""From dark to light in steps that a black-and-white print keeps apart."""
_STEPS: Final = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 3, 4), 5: (0, 1, 2, 3, 4)}
_DARK: Final = frozenset(_RAMP[:2])
_PATTERNS: Final = ("wdUpDiag", "ltHorz", "pct25", "wdDnDiag", "ltVert", "smGrid")
_MARKERS: Final = ("circle", "square", "triangle", "diamond", "x")
_DASHES: Final = ("solid", "sysDash", "lgDash", "sysDot", "lgDashDot")


def _fills(count: int) -> list[tuple[str, bool]]:
    """(fill, is it dark?) for each of `count` series or slices: shades while there are few, then patterns between."""
    if count <= len(_RAMP):
        return [(_solid(_RAMP[n]), _RAMP[n] in _DARK) for n in _STEPS.get(count, ())]
    both: list[tuple[str, bool]] = []
    for n, pattern in enumerate(_PATTERNS):
        both += [(_solid(shade), shade in _DARK) for shade in _RAMP[n : n + 1]]
        both.append((_pattern(pattern), False))
    return [both[n % len(both)] for n in range(count)]


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _pattern(name: str) -> str:
    return (
        f'<a:pattFill prst="{name}"><a:fgClr><a:srgbClr val="{_INK}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _outline(colour: str = _INK, width: int = 6350) -> str:
    return f'<a:ln w="{width}">{_solid(colour)}</a:ln>'


def _text(size: int, font: str = "", colour: str = _TEXT) -> str:
    """`c:txPr`: how words look; `size` in hundredths of a point."""
    latin = f'<a:latin typeface="{font}"/><a:cs typeface="{font}"/>' if font else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{_solid(colour)}{latin}</a:defRPr>'
        '</a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr>'
    )


# ---------------------------------------------------------------------- the chart


def chart_part(chart: Chart, font: str = "") -> bytes:
    """The XML of the chart, its words in `font` (as XML has it)."""
    plots = {"pie": _pie, "line": _lines}.get(chart.kind, _bars)(chart)
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(900, font)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{NS_CHART}" xmlns:a="{_NS_A}" xmlns:r="{_OFFICE}">'
        '<c:date1904 val="0"/><c:lang val="id-ID"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plots}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(900, font)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def number_format(chart: Chart) -> str:
    """How a number reads, as the format of a cell has it: 1.250, 4,2 or 35%.

    The points of thousands are written out, since a program that takes its signs from the machine it stands on would
    print 1,250, which is another number in Indonesian; the comma of decimals is left to it.
    """
    top = max(map(abs, chart.figures), default=Decimal(0))
    if chart.decimals:
        code = f"[$-421]0.{'0' * chart.decimals}"
    elif top < 1000 or min(chart.figures) < 0:  # conditions lose the sign in some programs
        code = "0"
    else:
        code = _grouped((len(plain(top).partition(".")[0]) - 1) // 3)
    return ";".join(f'{part}"%"' for part in code.split(";")) if chart.unit == "%" else code


def _grouped(groups: int) -> str:
    """Two conditions are all that a format may hold: the two largest ranges have their points."""
    if groups == 1:
        return r"[>=1000]0\.000;0"
    long, short = (r"0" + r"\.000" * n for n in (groups, groups - 1))
    return f"[>=1{'000' * groups}]{long};[>=1{'000' * (groups - 1)}]{short};0"


def _series(chart: Chart, number: int, look: str, labels: str, *, marker: str = "", last: str = "") -> str:
    name, values = chart.series[number]
    place, end = column(number + 1), len(chart.categories) + 1
    invert = "" if chart.kind in ("line", "pie") else '<c:invertIfNegative val="0"/>'
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{plain(value)}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{SHEET}!${place}$1</c:f>'
        f"{_words([name])}</c:strRef></c:tx>{look}{invert}{marker}{labels}"
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${end}</c:f>{_words(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${place}$2:${place}${end}</c:f><c:numCache>"
        f"<c:formatCode>{escape_plain(number_format(chart))}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef></c:val>{last}</c:ser>'
    )


def _words(texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape_plain(text)}</c:v></c:pt>' for n, text in enumerate(texts))
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _label(chart: Chart, place: str, colour: str = _TEXT, *, box: str = "") -> str:
    """How the figure beside a bar, a slice or a point looks, and what it says."""
    names = chart.kind == "pie"
    return (
        f'<c:numFmt formatCode="{escape_attribute(number_format(chart))}" sourceLinked="0"/>'
        f"<c:spPr>{box or '<a:noFill/>'}<a:ln><a:noFill/></a:ln></c:spPr>{_text(800, colour=colour)}"
        f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="{int(names)}"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f"{'<c:separator>: </c:separator>' if names else ''}"
    )


def _labels(label: str, own: Sequence[tuple[int, str]] = (), *, last: str = "") -> str:
    """`c:dLbls`: `own` are (point, its own label, or nothing for none)."""
    points = "".join(f'<c:dLbl><c:idx val="{n}"/>{one or _NO_LABEL}</c:dLbl>' for n, one in own)
    return f"<c:dLbls>{points}{label}{last}</c:dLbls>"


_NO_LABEL: Final = '<c:delete val="1"/>'


def _bars(chart: Chart) -> str:
    stacked = chart.kind == "stacked"
    fills = _fills(len(chart.series)) if len(chart.series) > 1 else [(_solid(_ONE), True)]
    made = []
    for number, (fill, dark) in zip(range(len(chart.series)), fills, strict=True):
        look = f"<c:spPr>{fill}{_outline()}</c:spPr>"
        labels = _part_labels(chart, number, fill, dark=dark) if stacked else _labels(_label(chart, "outEnd"))
        made.append(_series(chart, number, look, labels))
    overlap = '<c:overlap val="100"/>' if stacked else ""
    return (
        f'<c:barChart><c:barDir val="{"bar" if chart.lying else "col"}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{"".join(made)}'
        f'<c:gapWidth val="50"/>{overlap}<c:axId val="50010001"/><c:axId val="50010002"/></c:barChart>{_axes(chart)}'
    )


def _part_labels(chart: Chart, number: int, fill: str, *, dark: bool) -> str:
    """The figures within the parts of stacked bars; a part too small for its figure goes without."""
    low, high, _ = _scale(chart)
    least = (high - low) * (Decimal("0.025") if chart.lying else Decimal("0.05"))
    small = [(n, "") for n, value in enumerate(chart.series[number][1]) if value is not None and abs(value) < least]
    box = "" if fill.startswith("<a:solidFill>") else _solid("FFFFFF")
    return _labels(_label(chart, "ctr", "FFFFFF" if dark else _TEXT, box=box), small)


def _point_labels(chart: Chart, number: int) -> str:
    """The figures beside the points of a line: away from those of the other lines."""
    own = []
    for n, value in enumerate(chart.series[number][1]):
        if value is not None:
            others = [v for k, (_, values) in enumerate(chart.series) if k != number and (v := values[n]) is not None]
            before = [v for _, values in chart.series[:number] if (v := values[n]) is not None]
            above = sum(v > value for v in others) + sum(v == value for v in before)
            place = "t" if not above else "b" if above == len(others) else "r"
            own.append((n, _label(chart, place)))
    return _labels(_label(chart, "t"), own)


def _lines(chart: Chart) -> str:
    shades = [_RAMP[n] for n in (0, 1, 2)]
    labelled = len(chart.series) <= 3 and len(chart.figures) <= 40  # more would stand on each other
    made = []
    for number in range(len(chart.series)):
        colour = shades[number % len(shades)]
        dash = _DASHES[number % len(_DASHES)]
        look = f'<c:spPr><a:ln w="22225" cap="rnd">{_solid(colour)}<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>'
        filled = _solid("FFFFFF") if number % 2 else _solid(colour)
        marker = (
            f'<c:marker><c:symbol val="{_MARKERS[number % len(_MARKERS)]}"/><c:size val="7"/>'
            f"<c:spPr>{filled}{_outline(colour, 9525)}</c:spPr></c:marker>"
        )
        labels = _point_labels(chart, number) if labelled else ""
        made.append(_series(chart, number, look, labels, marker=marker, last='<c:smooth val="0"/>'))
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(made)}<c:marker val="1"/>'
        f'<c:axId val="50010001"/><c:axId val="50010002"/></c:lineChart>{_axes(chart)}'
    )


def _pie(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/><c:spPr>{fill}{_outline()}</c:spPr></c:dPt>'
        for n, (fill, _) in enumerate(_fills(len(chart.categories)))
    )
    nothing = [(n, "") for n, value in enumerate(chart.series[0][1]) if not value]  # its name would stand on others
    labels = _labels(_label(chart, "outEnd"), nothing, last='<c:showLeaderLines val="1"/>')
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series(chart, 0, points, labels)}'
        '<c:firstSliceAng val="0"/></c:pieChart><c:spPr><a:noFill/></c:spPr>'
    )


def _axes(chart: Chart) -> str:
    low, high, step = _scale(chart)
    across, upright = ("l", "b") if chart.lying else ("b", "l")
    title = ""
    if chart.unit not in ("", "%"):
        turn = 0 if chart.lying else -5_400_000
        title = (
            f'<c:title><c:tx><c:rich><a:bodyPr rot="{turn}" vert="horz"/><a:lstStyle/><a:p>'
            '<a:pPr><a:defRPr sz="900" b="0"/></a:pPr>'
            f'<a:r><a:rPr lang="id-ID" sz="900" b="0"/><a:t>{escape_plain(chart.unit)}</a:t></a:r></a:p></c:rich>'
            '</c:tx><c:overlay val="0"/></c:title>'
        )
    return (
        # Lying bars are read from above: the first category on top, the figures below.
        f'<c:catAx><c:axId val="50010001"/><c:scaling><c:orientation val="{"maxMin" if chart.lying else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_outline("7F7F7F")}</c:spPr><c:crossAx val="50010002"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="50010002"/><c:scaling><c:orientation val="minMax"/><c:max val="{plain(high)}"/>'
        f'<c:min val="{plain(low)}"/></c:scaling><c:delete val="0"/><c:axPos val="{upright}"/>'
        f"<c:majorGridlines><c:spPr>{_outline(_GRID)}</c:spPr></c:majorGridlines>{title}"
        f'<c:numFmt formatCode="{escape_attribute(_axis_format(chart, step))}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:crossAx val="50010001"/><c:crosses val="{"max" if chart.lying else "autoZero"}"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{plain(step)}"/></c:valAx>'
    )


def _axis_format(chart: Chart, step: Decimal) -> str:
    """As beside the bars, without places that no step needs."""
    if chart.decimals and step == step.to_integral_value():
        return '0"%"' if chart.unit == "%" else "0"
    return number_format(chart)


def _scale(chart: Chart) -> tuple[Decimal, Decimal, Decimal]:
    """(start, end, step) of the axis of figures: from zero, in round steps, none smaller than a shown place."""
    ends = [Decimal(0), *_ends(chart)]
    top, bottom = max(ends), min(ends)
    if chart.maximum is not None and chart.maximum >= top:
        step = _step(chart.maximum, chart.decimals)
        return floor(bottom / step) * step, chart.maximum, step
    step = _step(top - bottom, chart.decimals)
    start, end = floor(bottom / step) * step, max(1, ceil(top / step)) * step
    crowded = chart.kind != "stacked" and top > end - step / 10  # no room for the figure above it
    return start, end + step if crowded else end, step


def _ends(chart: Chart) -> Iterator[Decimal]:
    """Where bars end."""
    if chart.kind != "stacked":
        yield from chart.figures
        return
    for place in range(len(chart.categories)):
        column = [v for _, values in chart.series if (v := values[place]) is not None]
        yield sum((v for v in column if v > 0), Decimal(0))
        yield sum((v for v in column if v < 0), Decimal(0))


def _step(length: Decimal, decimals: int) -> Decimal:
    """1, 2 or 5 times a power of ten, of which six at most make `length`."""
    step = Decimal(1).scaleb(-decimals)
    while True:
        for factor in (1, 2, 5):
            if step * factor * 6 >= length:
                return step * factor
        step *= 10


# ---------------------------------------------------------------------- words and numbers


def column(place: int) -> str:
    """A, B, …, Z, AA, … for 0, 1, …"""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def plain(value: Decimal) -> str:
    """A number as XML has it, without zeros that say nothing."""
    return format(value.normalize() if value else Decimal(0), "f")
