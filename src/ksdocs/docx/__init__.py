"""OOXML: the only room that knows it. Packages, templates, rendering, reading back, soundness.

The names below are those of the engine; each is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ksdocs.docx.charts import Chart
    from ksdocs.docx.compat import DocxTemplate
    from ksdocs.docx.pictures import InlineImage
    from ksdocs.docx.richtext import RP, Listing, R, RichText, RichTextParagraph, build_url_id
    from ksdocs.docx.subdoc import Subdoc
    from ksdocs.docx.template import Template
    from ksdocs.docx.values import Gap, PageBreak, Paragraph, Run, Runs, Table

_ROOMS = {
    "Template": "template",
    "DocxTemplate": "compat",
    "Subdoc": "subdoc",
    "InlineImage": "pictures",
    "Chart": "charts",
    **dict.fromkeys(("RichText", "R", "RichTextParagraph", "RP", "Listing", "build_url_id"), "richtext"),
    **dict.fromkeys(("Run", "Runs", "Gap", "PageBreak", "Paragraph", "Table"), "values"),
}

__all__ = [
    "RP",
    "Chart",
    "DocxTemplate",
    "Gap",
    "InlineImage",
    "Listing",
    "PageBreak",
    "Paragraph",
    "R",
    "RichText",
    "RichTextParagraph",
    "Run",
    "Runs",
    "Subdoc",
    "Table",
    "Template",
    "build_url_id",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
