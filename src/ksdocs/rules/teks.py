"""Words of the record: spelling, marks at the end of items, the first word of recitals (KS270–KS272)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ksdocs.bahasa.ejaan import find_typos
from ksdocs.memo import by_text
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at

_ITEM = re.compile(r"(?:ruang_lingkup\.\d+\.teks|pihak\.\d+\.(?:hak|kewajiban)\.\d+)(?:\.(?:id|en))?")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\w{0,3}|\bdll|\bdsb|\bTbk)\.$")


@by_text(4096)
def _typos(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(find_typos(text)))


def texts_are_spelled_right(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS270: spellings that do not belong in a document (domain.md §7)."""
    for piece in konteks.dicetak:
        if piece.bahasa == "id":
            for seen, right in _typos(piece.teks):
                yield problem("KS270", at(piece.path), tertulis=seen, benar=right)


def items_end_without_a_mark(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS271: the program puts the mark after an item of a list; a value that has one keeps it."""
    for piece in konteks.dicetak:
        text = piece.teks.rstrip()
        if _ITEM.fullmatch(piece.path) and text.endswith((";", ".")) and not _ABBREVIATION.search(text):
            yield problem("KS271", at(piece.path), tanda=text[-1])


def recitals_begin_without_bahwa(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS272: the program puts `bahwa` before a recital."""
    for number, recital in enumerate(naskah.isi.premis, 1):
        if re.match(r"bahwa\b", recital.id, re.IGNORECASE):
            yield problem("KS272", at(f"premis.{number}"))


RULES = (texts_are_spelled_right, items_end_without_a_mark, recitals_begin_without_bahwa)
