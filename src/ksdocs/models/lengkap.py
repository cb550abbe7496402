"""A record with everything that it refers to: what rules judge and what becomes a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ksdocs.bahasa import label_pihak
from ksdocs.models.butir import Butir
from ksdocs.models.dasar import Teks
from ksdocs.models.lembaga import Institusi, Kontak, Lembaga, Pejabat, Profil
from ksdocs.models.naskah import CaraTtd, Naskah, Pihak


@dataclass(frozen=True, slots=True)
class PihakLengkap:
    """A party with its lembaga, signatory and contact found. `urut` counts from 1."""

    urut: int
    pihak: Pihak
    lembaga: Lembaga
    pejabat: Pejabat
    kontak: Kontak | None
    logo: bytes | None = None

    @property
    def path(self) -> str:
        return f"pihak.{self.urut}"

    def label(self, profil: Profil, language: str = "id") -> str:
        """`PIHAK KESATU`, or the record's own label."""
        return self.pihak.label or label_pihak(self.urut, profil.label_pihak, language)


@dataclass(frozen=True, slots=True)
class Bentuk:
    """A kind of activity of the code list, with the traits that call for certain sections."""

    id: str
    nama: str
    sifat: frozenset[str]


@dataclass(frozen=True, slots=True)
class RingkasanNaskah:
    """What other records need to know of an agreement: the register's entry.

    `tempat` is where the record stands, as people read it; `kunci` tells two places apart, however they are named.
    `mou` is the id of the MoU it rests on, `memperpanjang` that of the agreement whose term it carries on; `diakhiri`
    the day on which it was ended early, `selesai` the day on which nothing was left to do.
    """

    id: str
    jenis: str
    tahap: str
    tentang: str
    nomor: tuple[str, ...]
    tanggal: date | None
    mulai: date | None
    berakhir: date | None
    pihak: tuple[str, ...]
    bentuk: frozenset[str]
    butir: tuple[str, ...] = ()
    tempat: str = ""
    kunci: str = ""
    tingkat: str = ""
    bidang: frozenset[str] = frozenset()
    lingkup: tuple[str, ...] = ()
    unit: str = ""
    penanggung_jawab: str = ""
    telepon: str = ""
    nilai: Decimal | None = None
    sumber_dana: str = ""
    mou: str = ""
    memperpanjang: str = ""
    diakhiri: date | None = None
    selesai: date | None = None
    tautan: str = ""

    @property
    def sebutan(self) -> str:
        """What people call its kind."""
        return _SEBUTAN.get(self.jenis, self.jenis.upper())


_SEBUTAN: Final = {"mou": "MoU", "adendum": "Adendum"}


@dataclass(frozen=True, slots=True)
class MouDasar:
    """The MoU that a PKS quotes, from the register or as quoted by the record.

    `nomor` is empty and `tanggal` None while an MoU of the register has none yet (signed on the same day).
    """

    nomor: tuple[str, ...]
    tanggal: date | None
    tentang: Teks | None
    entri: RingkasanNaskah | None = None


@dataclass(frozen=True, slots=True)
class NaskahLengkap:
    """A record, frozen, with parties, profile, basis, kinds of activity and agreed points found."""

    isi: Naskah
    pihak: tuple[PihakLengkap, ...]
    institusi: Institusi
    mou: MouDasar | None
    bentuk: Mapping[str, Bentuk]
    butir: tuple[Butir, ...]

    @property
    def profil(self) -> Profil:
        return self.institusi.profil

    @property
    def semua_badan_publik(self) -> bool:
        return all(p.lembaga.badan_publik for p in self.pihak)

    @property
    def ada_pihak_asing(self) -> bool:
        return any(p.lembaga.negara != "ID" for p in self.pihak)

    @property
    def sifat(self) -> frozenset[str]:
        """Traits of everything in the scope, from the code list and from the items themselves."""
        traits: set[str] = set()
        for item in self.isi.ruang_lingkup:
            traits |= set(item.sifat)
            if item.bentuk is not None and item.bentuk in self.bentuk:
                traits |= self.bentuk[item.bentuk].sifat
        return frozenset(traits)

    @property
    def tanggal_ttd(self) -> date | None:
        """The day from which the term runs: of signing, or of the last signature; None while it is open."""
        if self.isi.penandatanganan.cara is CaraTtd.BERSAMA:
            day = self.isi.penandatanganan.tanggal
            return day if isinstance(day, date) else None
        days = [p.pihak.tanggal_ttd for p in self.pihak]
        known = [day for day in days if isinstance(day, date)]
        return max(known) if known and len(known) == len(days) else None
