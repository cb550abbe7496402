"""Spellings that do not belong in an Indonesian document (domain.md §7)."""

from __future__ import annotations

import re
from typing import Final

TYPOS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
        (r"\bbermaterai\b", "bermeterai"),
        (r"\bmaterai\b", "meterai"),
        (r"\bdiatas\b", "di atas"),
        (r"\bdibawah\b(?! ini\w)", "di bawah"),
        (r"\bdiluar\b", "di luar"),
        (r"\bdidalam\b", "di dalam"),
        (r"\bijin\b", "izin"),
        (r"\bperijinan\b", "perizinan"),
        (r"\bkerjasama\b", "kerja sama"),
        (r"\baddendum\b", "adendum"),
        (r"\bselambat-lambatnya\b", "paling lambat"),
        (r"\bcivitas akademika\b", "sivitas akademika"),
        (r"\bPT\.\s", "PT (tanpa titik)"),
        (r"\bayat \d+ \([a-z]+\)", "ayat (1)"),
        (r"\bpasal \d+\.\d+\b", "Pasal 6 ayat (4)"),
    )
)
"""(what is seen, what is right)."""


_SIGNS: Final = (
    *("materai", "diatas", "dibawah", "diluar", "didalam", "ijin", "kerjasama", "addendum", "selambat-lambatnya"),
    *("civitas akademika", "pt.", "ayat ", "pasal "),
)
"""Every slip holds one of these, in small letters."""


def find_typos(text: str) -> list[tuple[str, str]]:
    """(what stands there, what is right) for every slip in `text`."""
    if text.isascii():  # outside ASCII, small letters are not what patterns compare
        small = text.lower()
        if not any(sign in small for sign in _SIGNS):
            return []
    return [(found[0], better) for pattern, better in TYPOS for found in pattern.finditer(text)]
