"""What is asked of a library for every record, looked up once: variants, their claims, sections by clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ksdocs.clauses.library import Klausul, Library
from ksdocs.memo import Memo


class Plan:
    """The order of work that follows from a library alone. Holds it, so that its `id` stays its own."""

    __slots__ = ("_missing", "_variants", "also_in", "conditional", "library", "marked", "parts", "required", "serves")

    def __init__(self, library: Library) -> None:
        self.library = library
        self._variants: dict[tuple[str, str], Mapping[str, Klausul]] = {}
        self._missing: dict[str, tuple[str, ...]] = {}
        self.parts = library.parts
        self.required = library.jenis.required()
        self.marked = tuple(s for s, section in library.substansi.items() if section.penanda)
        self.also_in: dict[str, tuple[str, ...]] = {}
        """Clause → sections that count when they stand in it, although it does not claim them."""
        for section in library.substansi.values():
            for clause in dict.fromkeys(section.juga_dalam):
                self.also_in[clause] = (*self.also_in.get(clause, ()), section.id)
        texts = {c: tuple(library.variants(c).values()) for c in (*library.jenis.urutan, *self.parts)}
        self.serves = {c: frozenset(s for k in clauses for s in k.substansi) for c, clauses in texts.items()}
        """Clause → the sections that its variants claim for every record."""
        self.conditional = {c: tuple(k for k in clauses if k.substansi_bila) for c, clauses in texts.items()}
        """Clause → the variants that claim more for some."""

    def variants(self, clause: str, language: str) -> Mapping[str, Klausul]:
        """As `Library.variants`; not to be changed."""
        found = self._variants.get((clause, language))
        if found is None and clause in self.library.klausul:
            found = self._variants[clause, language] = self.library.variants(clause, language)
        return found or {}

    def missing(self, language: str) -> tuple[str, ...]:
        """The clauses that have no text in `language`, sorted."""
        found = self._missing.get(language)
        if found is None:
            found = tuple(sorted(c for c in self.library.klausul if not self.variants(c, language)))
            self._missing[language] = found
        return found


_PLANS: Final[Memo[int, Plan]] = Memo(16)


def plan_of(library: Library) -> Plan:
    """The plan of `library`, made when it is first asked for."""
    return _PLANS.get(id(library)) or _PLANS.put(id(library), Plan(library))
