"""The engines that Python knows, each as docxtpl's or its own manual has it: a template and a context in, bytes out."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from ksdocs.docx.deflating import LEVEL

Context = Mapping[str, Any]
Render = Callable[[Context], bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """What an engine is given once: its template, the logos by name, and their box in millimetres."""

    template: Path
    logos: Mapping[str, Path]
    size_mm: tuple[float, float]

    @classmethod
    def read(cls, file: Path) -> Job:
        """The job in a JSON file, as the worker in Node reads it too."""
        given = json.loads(file.read_text(encoding="utf-8"))
        logos = {name: Path(place) for name, place in given["logos"].items()}
        return cls(Path(given["template"]), logos, tuple(given["size_mm"]))


def ksdocs(job: Job, level: int = LEVEL, *, extra: bool = False) -> Render:
    """Our engine: opened once; the pictures of a document are made anew for each, as the pipeline does."""
    from ksdocs.docx.template import Template
    from ksdocs.docx.values import InlineImage

    if not extra:
        leave_out_extra()
    template = Template.open(job.template)
    logos = {name: file.read_bytes() for name, file in job.logos.items()}
    width, height = job.size_mm

    def render(context: Context) -> bytes:
        pictures = {name: InlineImage(data, width, height) for name, data in logos.items()}
        return template.render({**context, **pictures}, level=level)

    return render


def ksdocs_cepat(job: Job) -> Render:
    """The same with the extra `cepat`."""
    return ksdocs(job, extra=True)


def ksdocs_level_6(job: Job) -> Render:
    """The same packed as docxtpl packs."""
    return ksdocs(job, level=6)


def leave_out_extra() -> None:
    """From now on this process packs as one in which the extra `cepat` is not installed."""
    sys.modules["deflate"] = None  # type: ignore[assignment]


def has_extra() -> bool:
    """Is the extra `cepat` installed here?"""
    return importlib.util.find_spec("deflate") is not None


def docxtpl_naive(job: Job) -> Render:
    """A new DocxTemplate for each document, as in docxtpl's own examples."""
    return lambda context: _docxtpl(_open_docxtpl(job), context, job)


def docxtpl_reused(job: Job) -> Render:
    """One DocxTemplate for all documents."""
    template = _open_docxtpl(job)
    return lambda context: _docxtpl(template, context, job)


def _open_docxtpl(job: Job) -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(job.template)


def _docxtpl(template: Any, context: Context, job: Job) -> bytes:
    from docx.shared import Mm
    from docxtpl import InlineImage

    width, height = job.size_mm
    pictures = {
        name: InlineImage(template, str(file), width=Mm(width), height=Mm(height)) for name, file in job.logos.items()
    }
    template.render({**context, **pictures})
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


ENGINES: Mapping[str, Callable[[Job], Render]] = {
    "ksdocs": ksdocs,
    "ksdocs-cepat": ksdocs_cepat,
    "ksdocs-level-6": ksdocs_level_6,
    "docxtpl-naive": docxtpl_naive,
    "docxtpl-reused": docxtpl_reused,
}
