"""One script, two libraries: what a script for docxtpl does is done with docxtpl and with `ksdocs.docx.compat`."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import docxtpl

from ksdocs.docx import compat

Context = Mapping[str, Any]
Make = Callable[[Any, Any], Context]
"""(library, template) → the context of a render."""


def run(
    library: ModuleType | Any,
    template: bytes,
    context: Context | Make,
    *,
    before: Callable[[Any], None] | None = None,
    environment: Any = None,
    **options: Any,
) -> bytes:
    """What `library` makes of `template`; `before` may call methods of the DocxTemplate."""
    made = library.DocxTemplate(io.BytesIO(template), **options)
    if before is not None:
        before(made)
    values = context(library, made) if callable(context) else context
    made.render(values, environment, autoescape=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def both(template: bytes, context: Context | Make, **options: Any) -> tuple[bytes, bytes]:
    """(ours, docxtpl's)."""
    return run(compat, template, context, **options), run(docxtpl, template, context, **options)
