"""Lists in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from ksdocs.bahasa._bilangan import kutip


def rangkai(butir: Iterable[object], kata: str) -> str:
    """Items joined by commas, with `kata` before the last one and a comma before it from three items on."""
    # A lone text would come apart into letters.
    if isinstance(butir, (str, bytes)):
        raise ValueError(f"{kutip(butir)} is one text, not a list of texts")
    items = [str(item) for item in butir]
    if not items:
        raise ValueError("a list that stands in a sentence cannot be empty")
    if len(items) <= 2:
        return f" {kata} ".join(items)
    return f"{', '.join(items[:-1])}, {kata} {items[-1]}"
