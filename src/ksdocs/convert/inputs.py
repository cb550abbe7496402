"""What a converter is given: only a sound .docx that loads and runs nothing."""

from __future__ import annotations

from typing import Final

from ksdocs.problems import Problem

CHARTS: Final = b"word/charts/"
"""Begins the names of charts in a .docx, where names stand as they are."""


def check_input(document: bytes) -> list[Problem]:
    """What forbids handing `document` to a converter (KS4xx): it is no sound .docx, or it loads or runs something.

    Warnings forbid nothing and are left out.
    """
    from ksdocs.docx.inspect import check

    return [fault for fault in check(document) if fault.refuses]


def in_words(document: bytes) -> bytes:
    """`document` with words in the place of its charts, for a converter that does not draw them."""
    if CHARTS not in document:
        return document
    from ksdocs.docx.chart_reader import charts_told
    from ksdocs.docx.package import Package

    return charts_told(Package.read(document))


def chart_words(document: bytes) -> list[str]:
    """The words that stand for each chart in the body of `document`, in their order."""
    from ksdocs.docx.chart_reader import shown_charts
    from ksdocs.docx.package import Package

    package = Package.read(document)
    return [chart.alt for chart in shown_charts(package, [package.document_part]) if chart.kinds != ("?",)]
