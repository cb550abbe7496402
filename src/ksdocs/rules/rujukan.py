"""References to articles as they stand in texts: "Pasal 6 ayat (1) huruf a", and none that names a law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LAW: Final = (
    r"(?:Undang-Undang|Undang|UU|Peraturan|Permen\w*|Perpres|PP|Kitab|KUH\w*|Keputusan|Anggaran Dasar|Statuta)"
)
_CITED: Final = re.compile(
    r"\bPasal (?P<pasal>\d{1,3})\b(?! ?[A-Z]\b)"
    r"(?:\s+ayat\s+\((?P<ayat>\d{1,2})\))?(?:\s+huruf\s+(?P<huruf>[a-z]{1,2})\b)?"
)
_BEFORE: Final = re.compile(rf"\b{_LAW}\b[^.;]{{0,120}}$")
_AFTER: Final = re.compile(rf"^[^;]{{0,80}}?\b{_LAW}\b")


@dataclass(frozen=True, slots=True)
class Rujukan:
    """One reference: the article, and the ayat and huruf of it where they are named."""

    teks: str
    pasal: int
    ayat: int = 0
    huruf: str = ""


def references_in(text: str) -> Iterator[Rujukan]:
    """Every reference of `text` to an article of its own document; what belongs to a law is left out."""
    for found in _CITED.finditer(text) if "Pasal " in text else ():
        before, after = text[max(0, found.start() - 140) : found.start()], text[found.end() : found.end() + 120]
        if _BEFORE.search(before) or _AFTER.match(after):
            continue
        yield Rujukan(found[0], int(found["pasal"]), int(found["ayat"] or 0), found["huruf"] or "")
