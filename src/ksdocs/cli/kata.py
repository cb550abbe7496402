"""The words of the command line in Indonesian and English, from `kata.toml`: help, headings, sentences."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from ksdocs import simpanan

LANGUAGES: Final = ("id", "en")
"""Languages of messages and help; the first is the default."""

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Dotted key → language → words."""
    kept = simpanan.load("kata", "")
    if isinstance(kept, dict):
        return kept
    found = _read()
    simpanan.save("kata", "", found)
    return found


def _read() -> dict[str, dict[str, str]]:
    import tomllib

    tree = tomllib.loads((Path(__file__).parent / "kata.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = {}

    def walk(node: dict[str, Any], path: str) -> None:
        if set(node) == set(LANGUAGES):
            found[path] = node
            return
        for key, inner in node.items():
            walk(inner, f"{path}.{key}" if path else key)

    walk(tree, "")
    return found


def kata(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language`, `{name}` replaced by the value of that name."""
    # Not str.format: a value may hold braces.
    return _SLOT.sub(lambda m: str(values.get(m[1], m[0])), all_words()[key][language])
