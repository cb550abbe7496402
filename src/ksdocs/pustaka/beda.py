"""The clauses of a kind beside those of another place: new, gone, changed, and whether the version tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ksdocs.clauses.beda import Bagian, changed, said
from ksdocs.clauses.padanan import Kunci
from ksdocs.clauses.periksa import Berkas

Status = Literal["baru", "hilang", "berubah", "sama"]

DESCRIBED: Final = ("judul", "versi", "substansi", "substansi_bila", "dasar", "perlu", "bila")
"""What a description says that may change, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Perbedaan:
    """One clause text in two places."""

    nama: str
    status: Status
    lama: Berkas | None
    baru: Berkas | None
    keterangan: tuple[tuple[str, Any, Any], ...] = ()
    """(key, before, now) of the description."""
    bagian: tuple[Bagian, ...] = ()

    @property
    def versi_naik(self) -> bool:
        """True when another version tells that the words changed."""
        return any(key == "versi" for key, _, _ in self.keterangan)

    @property
    def kata_berubah(self) -> bool:
        """True when what is printed changed: words, or the title."""
        return self.lama is not None and self.baru is not None and said(self.lama) != said(self.baru)


def compare(
    old: Mapping[Kunci, Berkas], new: Mapping[Kunci, Berkas], order: Sequence[str], only: tuple[str, ...] = ()
) -> list[Perbedaan]:
    """Every clause text of both places, in the order of the kind; of one text alone where `only` begins its key."""
    keys = sorted({*old, *new}, key=lambda k: (order.index(k[0]) if k[0] in order else len(order), k))
    return [_one(old.get(key), new.get(key)) for key in keys if key[: len(only)] == only]


def _one(old: Berkas | None, new: Berkas | None) -> Perbedaan:
    if old is None or new is None:
        there = new or old
        assert there is not None
        return Perbedaan(there.nama, "baru" if old is None else "hilang", old, new)
    told = tuple(
        (key, old.kepala.get(key), new.kepala.get(key))
        for key in DESCRIBED
        if old.kepala.get(key) != new.kepala.get(key)
    )
    parts = tuple(changed(old, new))
    return Perbedaan(new.nama, "berubah" if told or parts else "sama", old, new, told, parts)
