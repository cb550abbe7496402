"""Tables of a report: every figure keeps the keys of the rows from which it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Isi = str | int | Decimal | date | None
"""What a cell says; None is a figure that cannot be told, such as a mean of no answers."""


@dataclass(frozen=True, slots=True)
class Sel:
    """One cell. `asal`: keys of the rows behind it (`Asal.kunci`), without doubles; empty for words and sums of none.

    `satuan` tells how a number is printed: `persen`, `rupiah`, `rerata`, `orang`, `nilai` (as somebody wrote it), or
    nothing where rows were counted: then the number is that of `asal`.
    """

    isi: Isi
    asal: tuple[str, ...] = ()
    satuan: str = ""


@dataclass(frozen=True, slots=True)
class Asal:
    """A row that was counted: what it is (`naskah`, `kegiatan`, `jawaban`, …), its key, where it stands, and what it
    says, as name → value."""

    kunci: str
    jenis: str
    tempat: str
    isi: Mapping[str, Isi]


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table. `id` names it in machine output, `judul` on paper."""

    id: str
    judul: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[Sel, ...], ...]


def count(keys: Iterable[str]) -> Sel:
    """A cell that counts rows by their keys, each once."""
    asal = tuple(dict.fromkeys(keys))
    return Sel(len(asal), asal)
