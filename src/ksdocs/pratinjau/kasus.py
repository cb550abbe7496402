"""A case of a gallery: a record that a template is tried out with, and what it is there for."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

BUANG: Final = object()
"""As a value of `diubah`: the field is taken away."""


@dataclass(frozen=True, slots=True)
class Kasus:
    """`id` names it and its file, `arti` says in both languages what it shows."""

    id: str
    arti: Mapping[str, str]
    rekaman: Mapping[str, Any]


def kasus(ident: str, id: str, en: str, rekaman: Mapping[str, Any]) -> Kasus:
    """A case with its meaning in both languages."""
    return Kasus(ident, {"id": id, "en": en}, rekaman)


def diubah(rekaman: Mapping[str, Any], ubahan: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a record with values put at dotted paths (entries from 1)."""
    tree = copy.deepcopy(dict(rekaman))
    for path, value in ubahan.items():
        here: Any = tree
        *way, last = path.split(".")
        for step in way:
            here = here[int(step) - 1] if isinstance(here, list) else here.setdefault(step, {})
        key: Any = int(last) - 1 if isinstance(here, list) else last
        if value is BUANG:
            here.pop(key, None) if isinstance(here, dict) else here.pop(key)
        else:
            here[key] = copy.deepcopy(value)
    return tree
