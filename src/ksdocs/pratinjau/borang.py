"""The gallery of a form, made of what it declares: least, all, many, long, and the characters that break files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ksdocs.bahasa import bulan
from ksdocs.models.borang import Isian, unfit_default
from ksdocs.pratinjau.bahan import BUTIR, GAMBAR, INDUSTRI, INSTITUSI, KHUSUS, MOU_INDUK, NOTULEN, PANJANG
from ksdocs.pratinjau.kasus import Kasus, kasus
from ksdocs.register import Register

BANYAK: Final = 25
_LINE: Final = (
    "Penyelenggaraan Pendidikan, Pelatihan, dan Riset Terapan Bidang Kemaritiman, Kepelabuhanan, dan Logistik"
)
_TEXT: Final = (
    "Kegiatan dilaksanakan secara terencana dan berkelanjutan oleh unit pelaksana bersama mitra, dengan jadwal, "
    "sarana, dan pembagian tugas yang disepakati sebelumnya, serta dilaporkan paling lambat 14 (empat belas) hari "
    "sesudah selesai. "
)
_MARKS: Final = "R&D <Umpama> “mutu” 'andal' \"baik\""
_PLAIN: Final = frozenset({"teks", "baris", "pilihan", "tanggal", "jam", "ya_tidak"})
"""Types of entries that may stand in a list twice without anything being counted twice."""
_KNOWN: Final = frozenset({"lembaga", "naskah", "butir", "bentuk", "pejabat", "notulen"})


@dataclass(frozen=True, slots=True)
class Gaya:
    """How a case fills its fields: `semua` those that need not be given too, `banyak` entries of each list."""

    semua: bool = True
    banyak: int = 2
    teks: str = ""
    """`panjang`, `khusus`, `akhir_tahun`, or the usual."""
    semua_daftar: bool = False
    """Lengthen also lists whose entries are counted or told apart by a code."""
    hanya: str = ""
    """The one list that is lengthened."""


_STYLES: Final[tuple[tuple[str, str, str, Gaya], ...]] = (
    ("paling-sedikit", "Hanya isian yang wajib", "Required fields only", Gaya(semua=False, banyak=1)),
    ("lengkap", "Semua isian", "Every field", Gaya()),
    ("banyak-butir", f"Daftar berisi {BANYAK} butir", f"Lists of {BANYAK} entries", Gaya(banyak=BANYAK)),
    ("teks-panjang", "Nama dan teks terpanjang", "The longest names and texts", Gaya(teks="panjang")),
    (
        "tanda-khusus",
        "Tanda & < > dan kutip",
        "The characters & < > and quotes",
        Gaya(teks="khusus"),
    ),
    ("akhir-tahun", "31 Desember dan Rp0", "31 December and Rp0", Gaya(teks="akhir_tahun")),
)


def galeri_borang(kind: str, fields: Sequence[Isian], register: Register) -> Iterator[Kasus]:
    """The cases of a form by its fields alone; whether its own rules take them is for the pipeline to say."""
    seen: list[dict[str, Any]] = []
    for ident, meaning, english, style in _STYLES:
        filler = _Filler(register, style)
        record = {"jenis": kind, "id": f"{kind}-galeri", "institusi": INSTITUSI, **filler.group(fields, 1)}
        if record not in seen:  # a form without dates has no last day of a year
            seen.append(record)
            yield kasus(ident, meaning, english, record)


def galeri_dari(kind: str, fields: Sequence[Isian], sample: Mapping[str, Any]) -> Iterator[Kasus]:
    """Those of the same cases that can be made of a record that is sound: what its rules compute with stays, words
    change. A case in which nothing would change is none; there may be several ways to make one, the fullest first."""
    for ident, meaning, english, style in _STYLES:
        for way in _ways(fields, style):
            made = _dressed(fields, sample, way)
            if made != dict(sample):
                yield kasus(ident, meaning, english, {**made, "jenis": kind})


def _ways(fields: Sequence[Isian], style: Gaya) -> Iterator[Gaya]:
    """How a style may be had, the fullest first: long lists all at once, the plain ones, or one of them alone."""
    if style.banyak != BANYAK:
        yield style
        return
    yield replace(style, semua_daftar=True)
    yield style
    for field in fields:
        if field.jenis == "daftar":
            yield replace(style, semua_daftar=True, hanya=field.nama)


class _Filler:
    """Values for fields of every type."""

    def __init__(self, register: Register, style: Gaya) -> None:
        self._register, self._style = register, style
        self._hours = 7

    def group(self, fields: Sequence[Isian], number: int) -> dict[str, Any]:
        """Field → value of one record or entry, which is the `number`-th of its list."""
        made: dict[str, Any] = {}
        for field in fields:
            if not (field.wajib and field.bawaan is None) and not self._style.semua:
                continue
            value = self._list(field) if field.jenis == "daftar" else self._value(field, number)
            if value is not None:
                made[field.nama] = value
        return made

    def _list(self, field: Isian) -> Any:
        if isinstance(field.bawaan, list):
            return None
        count = max(self._style.banyak, field.minimal, int(field.wajib))
        return [self.group(field.isian, number) for number in range(1, count + 1)] or None

    def _value(self, field: Isian, number: int) -> Any:
        if field.jenis in _KNOWN:
            return self._known(field.jenis, number)
        if field.bawaan is not None:
            return None
        style = self._style.teks
        if field.jenis in ("baris", "teks"):
            return self._words(field, number)
        if field.jenis == "pilihan":
            return field.pilihan[(number - 1) % len(field.pilihan)]
        if field.jenis == "uang":
            return "0" if style == "akhir_tahun" else f"{number}.250.000"
        if field.jenis == "tanggal":
            return "2025-12-31" if style == "akhir_tahun" else "2026-03-17"  # of two days, neither comes first
        if field.jenis == "jam":  # a later field is the end of what an earlier one begins
            self._hours = self._hours % 22 + 1
        plain: Mapping[str, Any] = {
            "pengenal": f"{number:03}/UMPAMA/2026",
            "jam": f"{self._hours:02}.00",
            "cacah": str(number),
            "desimal": str(number),
            "persen": "100" if number == 1 else "0",
            "bulan": bulan(1 + (number + 1) % 12),
            "tahun": "2025" if style == "akhir_tahun" else "2026",
            "ya_tidak": "ya" if number % 2 else "tidak",
            "tautan": f"https://arsip.example/bukti-{number}",
            "gambar": GAMBAR,
        }
        return plain[field.jenis]

    def _words(self, field: Isian, number: int) -> str:
        given = str(field.contoh) if field.contoh is not None and not unfit_default(field) else field.label["id"]
        if self._style.teks == "panjang":
            return _TEXT * 4 if field.jenis == "teks" else f"{given} {number} {_LINE}"
        if self._style.teks == "khusus":
            return f"{given} {number} {_MARKS}"
        return f"{given} {number}"

    def _known(self, kind: str, number: int) -> str | None:
        usual = {"panjang": PANJANG, "khusus": KHUSUS}.get(self._style.teks, INDUSTRI)
        of: Mapping[str, Sequence[str]] = {
            "lembaga": [usual, *(one.id for one in self._register.semua_lembaga() if one.id not in (INSTITUSI, usual))],
            "naskah": [MOU_INDUK],
            "butir": [BUTIR],
            "bentuk": ["magang", "pelatihan", "seminar"],
            "pejabat": ["direktur"],
            "notulen": [NOTULEN],
        }
        known = of[kind]
        return known[(number - 1) % len(known)] if known else None


def _dressed(fields: Sequence[Isian], sample: Mapping[str, Any], style: Gaya) -> dict[str, Any]:
    """A sound record in another style: longer or other words, fewer fields, longer lists, the last day of a year."""
    made = dict(sample)
    for field in fields:
        value = made.get(field.nama)
        if value is None:
            continue
        if not style.semua and not (field.wajib and field.bawaan is None):
            made.pop(field.nama)
        elif field.jenis == "daftar" and isinstance(value, list):
            longer = style if style.hanya in ("", field.nama) else replace(style, banyak=0)
            made[field.nama] = _entries(field, value, longer)
        elif isinstance(value, str):
            made[field.nama] = _restyled(field, value, style)
    return made


def _entries(field: Isian, entries: Sequence[Any], style: Gaya) -> list[Any]:
    within = replace(style, banyak=0)  # a list in a list stays as long as it is
    dressed = [_dressed(field.isian, one, within) for one in entries if isinstance(one, Mapping)]
    kinds = {inner.jenis for inner in field.isian}
    grows = kinds.isdisjoint(_KNOWN) if style.semua_daftar else kinds <= _PLAIN
    if style.banyak != BANYAK or not dressed or not grows:
        return dressed
    more = range(len(dressed), BANYAK)
    return dressed + [_again(field.isian, dressed[number % len(dressed)], number) for number in more]


def _again(fields: Sequence[Isian], entry: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The same entry once more, under codes of its own."""
    made = dict(entry)
    for field in fields:
        value = made.get(field.nama)
        if field.jenis == "pengenal" and isinstance(value, str):
            made[field.nama] = f"{value}{number}"
        elif field.jenis == "daftar" and isinstance(value, list):
            made[field.nama] = [_again(field.isian, one, number) for one in value if isinstance(one, Mapping)]
    return made


def _restyled(field: Isian, text: str, style: Gaya) -> str:
    if style.teks == "akhir_tahun":
        return {"tanggal": "2026-12-31", "uang": "0"}.get(field.jenis, text)
    if field.jenis != "teks":
        return text
    if style.teks == "panjang":
        return f"{text.rstrip()} {_TEXT * 3}".rstrip()
    return f"{text.rstrip()} {_MARKS}" if style.teks == "khusus" else text
