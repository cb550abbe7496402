"""What the charts of a file show, read from the file itself: never from what wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ksdocs.docx.charts import MAX_POINTS, NS_CHART, Values
from ksdocs.docx.package import Package
from ksdocs.docx.xmlns import MC, WP, R, w
from ksdocs.docx.xmltext import Refusal
from ksdocs.problems import TemplateError

if TYPE_CHECKING:
    from lxml import etree

_C: Final = f"{{{NS_CHART}}}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLOTS: Final = frozenset(f"{kind}Chart" for kind in ("bar", "pie", "line"))
_LONGEST: Final = 40
_LITERAL: Final = tuple(f"{_C}{n}" for n in ("strLit", "numLit", "multiLvlStrRef"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart as a page shows it; `kinds` are its plots ("bar", "bar stacked", "pie", "line").

    `words` are those that stand in it besides names and figures: titles, and labels that somebody typed. `end` is
    the end of the axis of figures. `sound` is false where something stands in the figures that cannot be read as
    one name or number for each point.
    """

    part: str
    alt: str
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    series: tuple[tuple[str, Values], ...]
    words: tuple[str, ...] = ()
    start: Decimal | None = None
    end: Decimal | None = None
    sound: bool = True


def shown_charts(package: Package, parts: Sequence[str] = ()) -> Iterator[Shown]:
    """Every chart that a drawing in body, headers, footers or notes (or in `parts`) shows, in the order of the file."""
    known: dict[str, Shown] = {}  # many drawings may show one chart
    for part in parts or package.text_parts:
        links = {r.id: r for r in package.relationships(part) if r.type.startswith("chart") and not r.external}
        if not links:
            continue
        for frame in package.tree(part).iter(f"{WP}inline", f"{WP}anchor"):
            chart = next(frame.iter(f"{_C}chart"), None)
            link = links.get(chart.get(f"{R}id", "")) if chart is not None else None
            if link is None or link.target not in package or _is_hidden(frame):
                continue
            named = frame.find(f"{WP}docPr")
            if link.target not in known:
                known[link.target] = _read(package, link.target)
            yield replace(known[link.target], alt=named.get("descr", "") if named is not None else "")
        # Charts of kinds that this drawing does not know (`cx:chart`) are told by their part alone.
        yield from (Shown(r.target, "", ("?",), (), (), sound=False) for r in links.values() if r.type != "chart")


def charts_told(package: Package) -> bytes:
    """The .docx with the words that stand for each chart of its body in the chart's place."""
    from lxml import etree

    root = package.tree(package.document_part)
    for drawing in list(root.iter(w("drawing"))):
        named, parent = next(drawing.iter(f"{WP}docPr"), None), drawing.getparent()
        if named is not None and parent is not None and next(drawing.iter(f"{_C}chart"), None) is not None:
            words = etree.Element(w("t"))
            words.text, words.tail = named.get("descr", ""), drawing.tail
            parent.replace(drawing, words)
    return package.replace({package.document_part: etree.tostring(root, encoding="UTF-8", standalone=True)})


def _is_hidden(frame: etree._Element) -> bool:
    named = frame.find(f"{WP}docPr")
    hidden = named is not None and named.get("hidden", "0") not in ("0", "false")
    return hidden or next(frame.iterancestors(f"{MC}Fallback"), None) is not None


def _read(package: Package, part: str) -> Shown:
    """The chart in `part`, without the words that stand for it; not `sound` where it is larger than any of ours."""
    root = package.tree(part)
    area = root.find(f"{_C}chart/{_C}plotArea")
    if area is None:
        return Shown(part, "", (), (), (), sound=False)
    plots = [n for n in area if isinstance(n.tag, str) and n.tag.startswith(_C) and n.tag.endswith("Chart")]
    categories: list[tuple[str, ...]] = []
    series: list[tuple[str, Values]] = []
    sound = next(area.iter(*_LITERAL), None) is None
    room = MAX_POINTS
    for one in (s for plot in plots for s in plot.iterchildren(f"{_C}ser")):
        name, names_fit = _points(one.find(f"{_C}tx/{_C}strRef/{_C}strCache"))
        over, over_fit = _points(one.find(f"{_C}cat/{_C}strRef/{_C}strCache"))
        texts, values_fit = _points(one.find(f"{_C}val/{_C}numRef/{_C}numCache"))
        values = tuple(None if t is None else _number(t) for t in texts)
        sound = sound and names_fit and over_fit and values_fit and len(name) == 1
        sound = sound and [v is None for v in values] == [t is None for t in texts]
        room -= max(1, len(values), len(over))
        if room < 0:
            return Shown(part, "", (), (), (), sound=False)
        categories.append(tuple(t or "" for t in over))
        series.append((name[0] or "" if name else "", values))
    figures = area.find(f"{_C}valAx/{_C}scaling")
    return Shown(
        part,
        "",
        tuple(map(_kind, plots)),
        categories[0] if categories else (),
        tuple(series),
        tuple(t.text for t in root.iter(f"{_A}t") if t.text),
        _setting(figures, "min"),
        _setting(figures, "max"),
        sound and len(set(categories)) < 2,
    )


def _kind(plot: etree._Element) -> str:
    kind = str(plot.tag).removeprefix(_C)
    grouping = plot.find(f"{_C}grouping")
    stacked = grouping is not None and grouping.get("val", "") not in ("standard", "clustered")
    return (kind.removesuffix("Chart") if kind in _PLOTS else kind) + (" stacked" if stacked else "")


def _points(cache: etree._Element | None) -> tuple[tuple[str | None, ...], bool]:
    """(text of each point, does each stand once and within the count?)"""
    if cache is None:
        return (), False
    counted = cache.find(f"{_C}ptCount")
    count = _index(counted.get("val") if counted is not None else None)
    found: dict[int, str] = {}
    points = list(cache.iterchildren(f"{_C}pt"))
    for point in points:
        found[_index(point.get("idx"))] = point.findtext(f"{_C}v") or ""
    fits = len(found) == len(points) and all(0 <= n < count for n in found) and count <= MAX_POINTS
    return tuple(found.get(n) for n in range(count)) if fits else (), fits


def _index(text: str | None) -> int:
    return int(text) if text is not None and len(text) < 10 and text.isascii() and text.isdigit() else -1


def _number(text: str) -> Decimal | None:
    """A number of no more digits than a chart may have; it would be written out in full."""
    try:
        value = Decimal(text) if len(text) <= _LONGEST else Decimal("NaN")
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _LONGEST else None


def _setting(holder: etree._Element | None, name: str) -> Decimal | None:
    found = holder.find(f"{_C}{name}") if holder is not None else None
    return _number(found.get("val", "")) if found is not None else None


def holds_its_sheet(package: Package, shown: Shown) -> bool:
    """Has the chart the workbook of its own figures, for "Edit data", and nothing else?"""
    links = package.relationships(shown.part)
    return len(links) == 1 and not links[0].external and holds_figures_alone(package, shown.part, links[0].target)


def holds_figures_alone(package: Package, part: str, workbook: str) -> bool:
    """Is the embedded `workbook` the one that belongs to the chart `part`, with nothing in it but what that shows?"""
    from ksdocs.docx.chart_parts import CHART_TYPE, chart_workbook

    if package.content_type(part) != CHART_TYPE or workbook not in package:
        return False
    try:
        found = _read(package, part)
        made = chart_workbook(found.categories, found.series) if found.sound else b""
        return package.bytes(workbook) == made
    except (TemplateError, Refusal, IndexError):
        return False
