"""A filled form → what its template gets: the names of its fields, and the logo as a picture."""

from __future__ import annotations

from typing import Any, Final

from ksdocs.borang.susun import Lembar
from ksdocs.docx.pictures import InlineImage

LOGO_MM: Final = (22.0, 18.0)
"""Width and height of the box that the logo of a form fits into."""


def sheet_context(lembar: Lembar) -> dict[str, Any]:
    """The names that a form's template may use (docs/templat.md)."""
    context = dict(lembar.konteks)
    logo = context.pop("logo", None)
    width, height = LOGO_MM
    context["logo"] = InlineImage(logo, width, height, f"Logo {context['institusi']}") if logo else ""
    context["ada_logo"] = logo is not None
    return context
