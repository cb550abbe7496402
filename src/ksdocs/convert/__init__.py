"""A .docx in other formats: PDF by LibreOffice; HTML, ODT and Markdown as reading copies by pandoc.

Both are separate programs. Neither sees a file before it is known to be a sound .docx that loads nothing from
outside, and what they make is looked at before it is handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksdocs.convert.inputs import check_input
from ksdocs.problems import ConvertError, Problem, problem

FORMATS = ("pdf", "html", "odt", "md")
"""What a .docx can be turned into; also the endings of the files. Only the PDF is the document itself."""

__all__ = ["FORMATS", "check_input", "convert", "convert_pdfs", "missing_tool"]


def convert(document: bytes, format: str, *, language: str = "id", title: str = "") -> bytes:
    """The .docx `document` in `format`, one of `FORMATS`.

    A PDF takes its title and language from the .docx; `title` and `language` ("id" or "en") are for reading
    copies, which open with a line that says they are not the official document.

    Raises:
        ConvertError: KS601 unknown format; KS4xx no sound .docx, or one that loads from outside; KS611 too
            slow, KS612 nothing made, KS613 not what was asked for, KS614 the program cannot be started.
        MissingToolError: KS010 LibreOffice, KS011 pandoc is not on this machine.
    """
    if format not in FORMATS:
        raise ConvertError([problem("KS601", format=format, pilihan=", ".join(FORMATS))])
    if format == "pdf":
        (made,) = convert_pdfs([document])
        if isinstance(made, bytes):
            return made
        raise ConvertError(made)
    if problems := check_input(document):
        raise ConvertError(problems)
    from ksdocs.convert.pandoc import to_reading_copy

    return to_reading_copy(document, format, language=language, title=title)


def convert_pdfs(documents: Sequence[bytes | Path], *, workers: int | None = None) -> list[bytes | list[Problem]]:
    """For each .docx, bytes or a file, its PDF or what is wrong with it, in the same order.

    Many at once cost far less; `workers` is how many LibreOffice may run at the same time, else two where there are
    two cores. To have PDFs made while
    other work goes on, or to hold few in memory, use `ksdocs.convert.pool.PdfPool`.

    Raises:
        MissingToolError: KS010 when LibreOffice is not on this machine.
    """
    from ksdocs.convert.pool import LEAST, PdfPool, converters_for

    worth = len(documents) // LEAST
    with PdfPool(workers or min(converters_for(1), worth)) as pool:
        calls = [pool.submit([documents[n] for n in part], _keep) for part in pool.share(len(documents))]
        return [made for call in calls for made in call.result()]


def _keep(_number: int, made: bytes | list[Problem]) -> bytes | list[Problem]:
    return made


def missing_tool(format: str) -> Problem | None:
    """What would have to be installed for `format`, or None when it can be made on this machine."""
    if format == "pdf":
        from ksdocs.convert.libreoffice import find_soffice

        return None if find_soffice() else problem("KS010")
    from ksdocs.convert.pandoc import find_pandoc

    return None if find_pandoc() else problem("KS011")
