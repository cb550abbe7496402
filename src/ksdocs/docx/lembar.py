"""A filled form → what its template gets: the names of its fields, logo and photos as pictures, charts as charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ksdocs.borang.susun import Bagan, Gambar, Lembar
from ksdocs.docx.pictures import InlineImage

if TYPE_CHECKING:
    from ksdocs.docx.charts import Chart, Kind

LOGO_MM: Final = (22.0, 18.0)
"""Width and height of the box that the logo of a form fits into."""
PHOTO_MM: Final = (80.0, 60.0)
"""Width and height of the box that a photo fits into: two fit side by side upright, three on a lying page."""


EMPTY_CHART: Final = "Tidak ada data untuk grafik ini."
"""What stands in the place of a chart that has nothing to draw."""
_KINDS: Final[Mapping[str, Kind]] = {
    "batang": "column",
    "batang_datar": "bar",
    "batang_susun": "stacked",
    "lingkaran": "pie",
    "garis": "line",
}


def sheet_context(lembar: Lembar) -> dict[str, Any]:
    """The names that a form's template may use (docs/templat.md)."""
    context = {name: _drawn(value) for name, value in lembar.konteks.items()}
    logo = context.pop("logo", None)
    width, height = LOGO_MM
    context["logo"] = InlineImage(logo, width, height, f"Logo {context['institusi']}") if logo else ""
    context["ada_logo"] = logo is not None
    return context


def _drawn(value: Any) -> Any:
    """`value` with the pictures and charts in it made ready to be printed."""
    if isinstance(value, Gambar):
        return InlineImage(value.isi, *PHOTO_MM, value.teks)
    if isinstance(value, Bagan):
        return _chart(value)
    if isinstance(value, (list, tuple)):
        return [_drawn(item) for item in value]
    if isinstance(value, dict):
        return {name: _drawn(item) for name, item in value.items()}
    return value


def _chart(bagan: Bagan) -> Chart:
    from ksdocs.docx.charts import WIDTH_MM, Chart

    width, height = bagan.ukuran_mm or (WIDTH_MM, 0.0)
    return Chart(
        _KINDS[bagan.bentuk],
        bagan.kategori,
        [(one.nama, one.nilai) for one in bagan.deret],
        alt=bagan.teks,
        title=bagan.judul,
        decimals=bagan.desimal,
        unit=bagan.satuan,
        maximum=bagan.maksimum,
        width_mm=width,
        height_mm=height,
        empty=EMPTY_CHART,
    )
