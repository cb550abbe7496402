"""What may be asked of the world outside one record, and the register that holds the answers in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ksdocs.models import Butir, Model
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import Bentuk, RingkasanNaskah
from ksdocs.models.penjajakan import RingkasanPenjajakan
from ksdocs.models.rapat import RingkasanNotulen
from ksdocs.problems import Problem
from ksdocs.sources import Source


class Register(Protocol):
    """What rules and assembly may ask about the world outside one record."""

    def lembaga(self, ident: str) -> Lembaga | None:
        """The institution or partner of this id."""

    def semua_lembaga(self) -> Collection[Lembaga]:
        """Every institution and partner."""

    def logo(self, ident: str) -> bytes | None:
        """The bytes of a lembaga's logo."""

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        """The agreement of this id."""

    def bernama(self, ident: str) -> Collection[RingkasanNaskah]:
        """Every agreement that goes by this id: more than one is a mistake of the data."""

    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]:
        """Every agreement that bears this number; case and spaces do not matter."""

    def semua_naskah(self) -> Collection[str]:
        """The ids of all agreements."""

    def bentuk(self) -> Mapping[str, Bentuk]:
        """Id → kind of activity, from the code list."""

    def butir(self, ident: str) -> Butir | None:
        """The agreed point of this id."""

    def butir_untuk(self, naskah: str) -> Collection[Butir]:
        """The points that the agreement of this id must carry."""

    def semua_butir(self) -> Collection[Butir]:
        """Every agreed point."""

    def notulen(self, ident: str) -> RingkasanNotulen | None:
        """The minutes of this id."""

    def semua_notulen(self) -> Collection[RingkasanNotulen]:
        """All minutes."""

    def penjajakan(self, ident: str) -> RingkasanPenjajakan | None:
        """The exploration of this id."""

    def semua_penjajakan(self) -> Collection[RingkasanPenjajakan]:
        """Every exploration."""

    def masalah(self) -> Collection[Problem]:
        """What is wrong with the files that the register was read from."""

    def rekaman(self, jenis: str) -> Catatan:
        """Every record of a kind in its folder of the data (`data/<jenis>/`), with what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Rekaman:
    """A record of the data folder, read by its model: `isi` the model, `sumber` where it stands."""

    isi: Model
    sumber: Source


@dataclass(frozen=True, slots=True)
class Catatan:
    """The records of one kind; `masalah` is every fault of those that could not be read, at its place."""

    rekaman: tuple[Rekaman, ...] = ()
    masalah: tuple[Problem, ...] = ()


def _no_records(_jenis: str) -> Catatan:
    """What a register without a reader knows of a kind."""
    return Catatan()


def normal_nomor(nomor: str) -> str:
    """A number as it is compared: case and spaces do not make another number."""
    return re.sub(r"\s+", "", nomor).casefold()


LEGAL_FORMS = frozenset(["pt", "cv", "tbk", "persero", "perum", "ud", "yayasan", "inc", "ltd", "pte", "gmbh", "co"])
"""Words of a name that tell its legal form, and are often left out or misplaced."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without points, quotes and other signs; `&` counts as a word."""
    return tuple(re.findall(r"\w+|&", name.casefold()))


def normal_nama(nama: str) -> str:
    """A name as it is compared: without legal form, points, case and doubled spaces (domain.md §6.9)."""
    words = words_of(nama)
    return " ".join(w for w in words if w not in LEGAL_FORMS) or " ".join(words)


@dataclass(eq=False)
class MemoryRegister:
    """A register of plain values: what `open_register` fills, and what Python callers may build themselves."""

    lembaga_: dict[str, Lembaga] = field(default_factory=dict)
    logo_: dict[str, Path | bytes] = field(default_factory=dict)
    naskah_: dict[str, list[RingkasanNaskah]] = field(default_factory=dict)
    bentuk_: dict[str, Bentuk] = field(default_factory=dict)
    butir_: dict[str, Butir] = field(default_factory=dict)
    nomor_: dict[str, list[RingkasanNaskah]] = field(default_factory=dict)
    berkas_: dict[str, str] = field(default_factory=dict)
    """Id of a lembaga → the file it stands in, as the user named it."""
    problems: list[Problem] = field(default_factory=list)
    notulen_: dict[str, RingkasanNotulen] = field(default_factory=dict)
    penjajakan_: dict[str, RingkasanPenjajakan] = field(default_factory=dict)
    pembaca: Callable[[str], Catatan] = _no_records
    """What reads the records of a kind; whoever opens the register gives it, since he knows the kinds."""

    def __getstate__(self) -> dict[str, Any]:
        """What travels to a worker: not the reader, which belongs to an office; the worker's own takes its place."""
        return vars(self) | {"pembaca": _no_records}

    def lembaga(self, ident: str) -> Lembaga | None:
        return self.lembaga_.get(ident)

    def semua_lembaga(self) -> Collection[Lembaga]:
        return self.lembaga_.values()

    def logo(self, ident: str) -> bytes | None:
        found = self.logo_.get(ident)
        if isinstance(found, Path):
            try:
                found = self.logo_[ident] = found.read_bytes()
            except OSError:  # it was there when the register was opened
                return None
        return found

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        held = self.naskah_.get(ident)
        return held[0] if held else None

    def bernama(self, ident: str) -> Collection[RingkasanNaskah]:
        return tuple(self.naskah_.get(ident, ()))

    def semua_naskah(self) -> Collection[str]:
        return self.naskah_.keys()

    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]:
        return tuple(self.nomor_.get(normal_nomor(nomor), ()))

    def bentuk(self) -> Mapping[str, Bentuk]:
        return self.bentuk_

    def butir(self, ident: str) -> Butir | None:
        return self.butir_.get(ident)

    def butir_untuk(self, naskah: str) -> Collection[Butir]:
        return tuple(b for b in self.butir_.values() if naskah in b.naskah)

    def semua_butir(self) -> Collection[Butir]:
        return self.butir_.values()

    def notulen(self, ident: str) -> RingkasanNotulen | None:
        return self.notulen_.get(ident)

    def semua_notulen(self) -> Collection[RingkasanNotulen]:
        return self.notulen_.values()

    def penjajakan(self, ident: str) -> RingkasanPenjajakan | None:
        return self.penjajakan_.get(ident)

    def semua_penjajakan(self) -> Collection[RingkasanPenjajakan]:
        return self.penjajakan_.values()

    def masalah(self) -> Collection[Problem]:
        return self.problems

    def rekaman(self, jenis: str) -> Catatan:
        return self.pembaca(jenis)

    def add_naskah(self, entry: RingkasanNaskah) -> None:
        """Enter one agreement; an entry of the same id at the same place is replaced, one elsewhere stays beside it."""
        held = self.naskah_.setdefault(entry.id, [])
        previous = [h for h in held if h.kunci == entry.kunci]
        for old in previous:
            held.remove(old)
            for number in map(normal_nomor, old.nomor):
                self.nomor_[number] = [h for h in self.nomor_.get(number, ()) if h is not old]
        held.append(entry)
        for number in dict.fromkeys(map(normal_nomor, entry.nomor)):
            self.nomor_.setdefault(number, []).append(entry)
