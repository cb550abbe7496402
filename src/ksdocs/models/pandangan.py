"""A model as a text may use it: plain values in one language, nothing that can be called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import SimpleNamespace
from typing import Any

from ksdocs.models.dasar import Model, Teks


class Pandangan(SimpleNamespace):
    """The fields of a model; printing it as a whole is an error."""

    def __str__(self) -> str:
        raise TypeError("not a text")


def view(value: Any, language: str) -> Any:
    """`value` with models as namespaces, texts in `language` (None where it is missing), enums as their words."""
    if isinstance(value, Teks):
        return value.all.get(language)
    if isinstance(value, Model):
        return Pandangan(**{name: view(getattr(value, name), language) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(view(item, language) for item in value)
    if isinstance(value, Mapping):
        return {key: view(item, language) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value
