"""A document as a value: a numbered tree of blocks, its signatures, and the checklist that proves it complete.

Structure and numbers are stored once; text is a mapping from language to runs. Nothing here knows Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one dress. `celah` > 0: no text but a ruled gap of that many characters."""

    teks: str
    tebal: bool = False
    miring: bool = False
    celah: int = 0


Runs = tuple[Run, ...]
TeksRuns = Mapping[str, Runs]
"""Language ("id", "en") → runs."""


def plain(runs: Runs) -> str:
    """The words of `runs`; a gap is a row of underscores as long as it is wide."""
    if len(runs) == 1 and not runs[0].celah:
        return runs[0].teks
    return "".join("_" * run.celah if run.celah else run.teks for run in runs)


JenisBlok = Literal["paragraf", "ayat", "huruf", "angka", "nomor", "tabel"]


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table in an article: header and rows of cells; `lebar` are relative widths, `rata` "kiri"/"kanan"/"tengah"."""

    kepala: tuple[TeksRuns, ...]
    baris: tuple[tuple[TeksRuns, ...], ...]
    lebar: tuple[int, ...]
    rata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blok:
    """One paragraph (or table) with its literal number: "(1)", "a.", "1)", "1." or "".

    `tingkat` counts from 1: how deep it is indented. `id` is stable: clause id and name or place in the clause.
    """

    jenis: JenisBlok
    nomor: str
    tingkat: int
    id: str
    teks: TeksRuns
    tabel: Tabel | None = None


@dataclass(frozen=True, slots=True)
class Pasal:
    """One article: number, title, blocks, and the clause (id@version) it was made from."""

    nomor: int
    id: str
    judul: Mapping[str, str]
    blok: tuple[Blok, ...]
    klausul: str
    substansi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KepalaPihak:
    """A party in the title block. `nomor` is empty for a party without a number; a gap for one written by hand."""

    label: str
    nama: Mapping[str, str]
    nomor: Runs
    logo: bytes | None = None
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class TandaTangan:
    """One signature: every line as printed. `tempat_tanggal` is empty when all sign together."""

    label: str
    lembaga: Mapping[str, str]
    jabatan: Mapping[str, str]
    nama: str
    nip: str
    tempat_tanggal: Runs = ()
    meterai: bool = False


@dataclass(frozen=True, slots=True)
class Lampiran:
    """One attachment: number in Roman figures, title, paragraphs."""

    nomor: str
    judul: Mapping[str, str]
    blok: tuple[Blok, ...]


Tuntutan = Literal["wajib", "anjuran", "wajib_bila"]
StatusPeriksa = Literal["terpenuhi", "dikecualikan", "kurang", "tidak_dimuat"]


@dataclass(frozen=True, slots=True)
class ButirPeriksa:
    """One line of the checklist: a section, by which rule it is required, and what satisfies it.

    `oleh` names each clause or part as (id@version, place: "Pasal 4" or the part's name).
    `khusus` tells negotiated wording: (clause id, reason, approver, difference from the library's words).
    """

    substansi: str
    judul: Mapping[str, str]
    tuntutan: Tuntutan
    dasar: str
    status: StatusPeriksa
    oleh: tuple[tuple[str, str], ...] = ()
    khusus: tuple[tuple[str, str, str, str], ...] = ()
    pengecualian: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """What was asked of a document and what answers it; `terbuka` is what is still open before siap_ttd."""

    butir: tuple[ButirPeriksa, ...]
    terbuka: tuple[str, ...] = ()
    tanggapan: tuple[tuple[str, str, str], ...] = ()
    penyimpangan: tuple[str, ...] = ()

    @property
    def lengkap(self) -> bool:
        """True when nothing that is wajib is missing."""
        return all(b.status != "kurang" for b in self.butir)


@dataclass(frozen=True, slots=True)
class Dokumen:
    """A complete document, ready to be printed by a template; the unit that `verify` proves."""

    id: str
    jenis: str
    tahap: str
    bahasa: tuple[str, ...]
    judul_jenis: Mapping[str, str]
    tentang: Mapping[str, str]
    pihak: tuple[KepalaPihak, ...]
    pembuka: tuple[Blok, ...]
    komparisi: tuple[Blok, ...]
    premis: tuple[Blok, ...]
    sepakat: tuple[Blok, ...]
    pasal: tuple[Pasal, ...]
    tanda_tangan: tuple[TandaTangan, ...]
    lampiran: tuple[Lampiran, ...]
    checklist: Checklist
    bagian: tuple[str, ...] = ()
    sakelar: Mapping[str, str] = field(default_factory=dict)
    sidik: Mapping[str, str] = field(default_factory=dict)

    @property
    def draf(self) -> bool:
        return self.tahap == "draf"

    def blok_berurutan(self) -> Iterator[Blok]:
        """Every block in the order of the document."""
        yield from self.pembuka
        yield from self.komparisi
        yield from self.premis
        yield from self.sepakat
        for pasal in self.pasal:
            yield from pasal.blok
        for lampiran in self.lampiran:
            yield from lampiran.blok
