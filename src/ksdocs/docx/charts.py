"""Charts as values: native ones, drawn by Word and LibreOffice themselves, with their figures beside them.

What stands in the file for a chart (`chart_parts`) is made once the words around it are written, and nothing of it is
loaded for a template without charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import ceil
from typing import Final, Literal, TypeAlias, get_args

from ksdocs.docx.xmltext import Drawn, Sink, escape_attribute, escape_plain, escape_text

Kind: TypeAlias = Literal["column", "bar", "stacked", "pie", "line"]
Figure: TypeAlias = "int | float | Decimal | None"
Values: TypeAlias = "tuple[Decimal | None, ...]"

_KINDS: Final = get_args(Kind)
_EMU_PER_MM: Final = 36_000
_MAX_FIGURE: Final = Decimal(10) ** 15
"""What a number of a spreadsheet can hold to the digit."""
MAX_POINTS: Final = 5_000

WIDTH_MM: Final = 160.0
"""As wide as the text of an upright A4 page with its usual margins."""
HEIGHT_MM: Final = 75.0
MAX_HEIGHT_MM: Final = 225.0
_LETTER_MM: Final = 1.75
"""Width of a letter of a label, on average."""

_NS_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NS_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NS_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class Chart(Drawn):
    """A chart in the line of text; `{{ x }}` in a paragraph of its own.

    `kind`: "column" (upright bars), "bar" (lying ones), "stacked" (upright, or lying where names are long), "pie",
    "line". `series` are names and their values, one for each of `categories`, None for none. `alt` is read aloud
    instead of the chart, so it says what the chart shows; `title` is not drawn, a caption stands in the template.
    Values are shown with `decimals` places, rounded half up; `unit` is "%" beside each value, or else the title of
    the axis; `maximum` is the end of the axis; `height_mm` 0 is as high as its bars need. Without anything to
    draw it prints the text `empty`, and is false in a condition.

    Raises:
        ValueError: an unknown kind, other than one value for each category, a number that is none or has more than
            15 digits, more than 5,000 values, a pie of more than one series or with values below zero.
    """

    __slots__ = (
        *("alt", "categories", "decimals", "empty", "height_mm", "kind"),
        *("lying", "maximum", "series", "title", "unit", "width_mm"),
    )

    def __init__(
        self,
        kind: Kind,
        categories: Sequence[str],
        series: Mapping[str, Sequence[Figure]] | Iterable[tuple[str, Sequence[Figure]]],
        *,
        alt: str,
        title: str = "",
        decimals: int = 0,
        unit: str = "",
        maximum: Figure = None,
        width_mm: float = WIDTH_MM,
        height_mm: float = 0,
        empty: str = "",
    ) -> None:
        if kind not in _KINDS:
            raise ValueError(f"unknown kind of chart: {kind}")
        pairs = series.items() if isinstance(series, Mapping) else series
        self.kind = kind
        self.decimals = decimals
        self.categories = tuple(map(_line, categories))
        self.series: tuple[tuple[str, Values], ...] = tuple(
            (_line(name), tuple(None if v is None else _rounded(v, decimals) for v in values)) for name, values in pairs
        )
        self._check()
        self.alt, self.title, self.unit, self.empty = _line(alt), _line(title), _line(unit), empty
        self.maximum = None if maximum is None else _rounded(maximum, 6)
        self.width_mm = width_mm
        self.lying = kind == "bar" or (kind == "stacked" and self._names_are_long())
        self.height_mm = height_mm or self._height()

    def _check(self) -> None:
        if wrong := [name for name, values in self.series if len(values) != len(self.categories)]:
            raise ValueError(f"other than {len(self.categories)} values: {', '.join(wrong)}")
        if len(self.categories) * len(self.series) > MAX_POINTS:
            raise ValueError(f"more than {MAX_POINTS} values")
        if self.kind == "pie" and (len(self.series) > 1 or any(v < 0 for v in self.figures)):
            raise ValueError("a pie has one series, and no value below zero")

    @property
    def figures(self) -> list[Decimal]:
        """All values that are given."""
        return [v for _, values in self.series for v in values if v is not None]

    def __bool__(self) -> bool:
        return any(self.figures) if self.kind == "pie" else bool(self.figures)

    def _key(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chart) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Chart({self.kind}, {len(self.categories)}×{len(self.series)}, alt={self.alt!r})"

    def __str__(self) -> str:
        return "" if self else self.empty

    # ------------------------------------------------------------------ size

    def _names_are_long(self) -> bool:
        """Does a name need more than two lines of its place under an upright bar?"""
        room = max(1.0, (self.width_mm - 15) / max(1, len(self.categories)) / _LETTER_MM)
        return any(len(name) > 2 * room or max(map(len, name.split()), default=0) > room for name in self.categories)

    def _height(self) -> float:
        if not self.lying:
            return HEIGHT_MM
        room = max(1.0, self.width_mm * 0.33 / _LETTER_MM)
        bars = 5.0 * (len(self.series) if self.kind == "bar" else 1) + 2.5
        rows = sum(max(bars, 4.2 * ceil(len(name) / room) + 1) for name in self.categories)
        return min(
            MAX_HEIGHT_MM, round(rows + 14 + (10 if len(self.series) > 1 else 0) + (6 if self._has_title() else 0))
        )

    def _has_title(self) -> bool:
        return self.unit not in ("", "%")

    # ------------------------------------------------------------------ in the text

    def in_run(self, sink: Sink) -> str | None:
        if not self:
            return None
        for text in (*self.categories, *(name for name, _ in self.series), self.unit):
            escape_plain(text)  # what XML cannot hold is refused at this place
        alt, title = escape_attribute(self.alt), escape_attribute(self.title)
        link, number = sink.chart(self), sink.drawing_id()
        cx, cy = round(self.width_mm * _EMU_PER_MM), round(self.height_mm * _EMU_PER_MM)
        named = f' title="{title}"' if title else ""
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_NS_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{number}" name="Bagan {number}" descr="{alt}"{named}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{_NS_A}"><a:graphicData uri="{NS_CHART}">'
            f'<c:chart xmlns:c="{NS_CHART}" xmlns:r="{_NS_R}" r:id="{link}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def to_runs(self, sink: Sink, base: str = "") -> str:
        drawn = self.in_run(sink)
        if drawn is not None:
            return f"<w:r>{drawn}</w:r>"
        dress = f"<w:rPr>{base}</w:rPr>" if base else ""
        return f'<w:r>{dress}<w:t xml:space="preserve">{escape_text(self.empty)}</w:t></w:r>' if self.empty else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _rounded(value: int | float | Decimal, decimals: int) -> Decimal:
    try:
        exact = Decimal(str(value))
        if not abs(exact) < _MAX_FIGURE:
            raise ValueError(f"no figure for a chart: {value}")
        return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError(f"no figure for a chart: {value}") from None
