"""What every rule may ask for: the register, the day, the record's place, its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ksdocs.models.dasar import Model, Teks
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.problems import Location, Problem
from ksdocs.register import Register
from ksdocs.rules.sebutan import Sebutan, ancestors, index_of
from ksdocs.sources import Source

_FREE_FIELDS = frozenset({"relevansi", "catatan", "alasan"})
"""Fields of plain text that are prose for the office and never printed; every `Teks` is printed."""


@dataclass(frozen=True, slots=True)
class Potongan:
    """A free text of the record: where it stands, its language, and whether it is printed."""

    path: str
    bahasa: str
    teks: str
    dicetak: bool


@dataclass(frozen=True)
class Konteks:
    """The world as a rule sees it. `belum` are the parties (from 1) whose lembaga or signatory is unknown."""

    register: Register
    today: date
    source: Source
    naskah: NaskahLengkap
    belum: frozenset[int] = frozenset()
    tanpa_profil: bool = False

    @cached_property
    def teks(self) -> tuple[Potongan, ...]:
        """Every free text of the record, in its order."""
        return tuple(texts_of(self.naskah.isi))

    @cached_property
    def dicetak(self) -> tuple[Potongan, ...]:
        """The free texts that are printed."""
        return tuple(p for p in self.teks if p.dicetak)

    @cached_property
    def sebutan(self) -> Sebutan:
        """Who is known by which name, telephone, e-mail and domain."""
        return index_of(self.register)

    @property
    def dikenal(self) -> tuple[PihakLengkap, ...]:
        """The parties that were found in the register; nothing true can be said of the others."""
        return tuple(p for p in self.naskah.pihak if p.urut not in self.belum)

    @property
    def hari(self) -> date:
        """The day by which the record is judged: of signing, or today while it is open."""
        return self.naskah.tanggal_ttd or self.today

    def hari_pihak(self, party: PihakLengkap) -> date:
        """The day on which `party` signed, or the day of the record."""
        own = party.pihak.tanggal_ttd
        return own if isinstance(own, date) else self.hari

    def leluhur(self, lembaga: Lembaga) -> tuple[str, ...]:
        """The ids of `lembaga` and of what it belongs to, upwards."""
        return ancestors(lembaga, self.register)


Aturan = Callable[[NaskahLengkap, Konteks], Iterator[Problem]]
"""A rule: what it finds wrong, each with the record path as its place."""


def at(path: str) -> Location:
    """A record path as a place; `validate` turns it into a place of the file."""
    return Location(path=path)


def texts_of(value: Any, path: str = "") -> Iterator[Potongan]:
    """Every free text of a record, or of a part of it that stands at `path`, in its order."""
    if isinstance(value, Teks):
        for language, text in value.all.items():
            yield Potongan(path if value.en is None else f"{path}.{language}", language, text, True)
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            inner, below = getattr(value, name), f"{path}.{name}" if path else name
            if name in _FREE_FIELDS and isinstance(inner, str):
                yield Potongan(below, "id", inner, False)
            else:
                yield from texts_of(inner, below)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value, 1):
            yield from texts_of(inner, f"{path}.{number}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_of(inner, f"{path}.{key}")
