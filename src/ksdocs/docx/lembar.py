"""A filled form → what its template gets: the names of its fields, and logo and photos as pictures."""

from __future__ import annotations

from typing import Any, Final

from ksdocs.borang.susun import Gambar, Lembar
from ksdocs.docx.pictures import InlineImage

LOGO_MM: Final = (22.0, 18.0)
"""Width and height of the box that the logo of a form fits into."""
PHOTO_MM: Final = (80.0, 60.0)
"""Width and height of the box that a photo fits into: two fit side by side upright, three on a lying page."""


def sheet_context(lembar: Lembar) -> dict[str, Any]:
    """The names that a form's template may use (docs/templat.md)."""
    context = {name: _drawn(value) for name, value in lembar.konteks.items()}
    logo = context.pop("logo", None)
    width, height = LOGO_MM
    context["logo"] = InlineImage(logo, width, height, f"Logo {context['institusi']}") if logo else ""
    context["ada_logo"] = logo is not None
    return context


def _drawn(value: Any) -> Any:
    """`value` with the pictures in it made ready to be printed."""
    if isinstance(value, Gambar):
        return InlineImage(value.isi, *PHOTO_MM, value.teks)
    if isinstance(value, list):
        return [_drawn(item) for item in value]
    if isinstance(value, dict):
        return {name: _drawn(item) for name, item in value.items()}
    return value
