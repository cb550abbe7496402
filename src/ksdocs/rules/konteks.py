"""What every rule may ask for: the register, the day, the record's place, its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from ksdocs.memo import LONGEST, Memo
from ksdocs.models.dasar import Model, Teks
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.models.naskah import Naskah, Pihak
from ksdocs.problems import Location, Problem
from ksdocs.register import Register, place_key
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
        return texts_of_record(self.naskah.isi)

    @cached_property
    def dicetak(self) -> tuple[Potongan, ...]:
        """The free texts that are printed."""
        return tuple(p for p in self.teks if p.dicetak)

    @cached_property
    def tempat(self) -> str:
        """What tells this record's place from others."""
        return place_key(self.source)

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


_TEXTS: Final[Memo[tuple[int, str], tuple[Any, tuple[Potongan, ...]]]] = Memo(1024)
"""(id of a part of a record, its path) → that part, and its texts."""


def texts_of_record(isi: Naskah) -> tuple[Potongan, ...]:
    """Every free text of a record, in its order; those of parts that records share are looked up."""
    found: list[Potongan] = []
    for name in type(isi).model_fields:
        value = getattr(isi, name)
        if name in _FREE_FIELDS and isinstance(value, str):
            found.append(Potongan(name, "id", value, False))
        elif name == "pihak":
            for number, party in enumerate(value, 1):
                for inner in Pihak.model_fields:
                    found += _texts_at(getattr(party, inner), f"pihak.{number}.{inner}")
        else:
            found += _texts_at(value, name)
    return tuple(found)


def _texts_at(value: Any, path: str) -> tuple[Potongan, ...]:
    if not value or isinstance(value, str):
        return ()
    if isinstance(value, Teks) or not isinstance(value, (Model, tuple)):
        return tuple(texts_of(value, path))
    held = _TEXTS.get((id(value), path))
    if held is not None:
        return held[1]
    texts = tuple(texts_of(value, path))
    if sum(len(piece.teks) for piece in texts) <= LONGEST:
        _TEXTS.put((id(value), path), (value, texts))
    return texts


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
