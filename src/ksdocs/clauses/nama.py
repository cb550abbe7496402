"""The tree of names that a clause of a kind may use, read from the models, so that what is unknown is told unfilled.

`assemble/konteks.py` gives the values; a test holds that both name the same.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin

from ksdocs.models import NASKAH
from ksdocs.models.dasar import Durasi, Model, Teks
from ksdocs.models.pihak import Pihak
from ksdocs.models.pks import Dasar

Bentuk = Literal[
    "teks", "pilihan", "bilangan", "pecahan", "tanggal", "lama", "ya_tidak", "kelompok", "daftar", "apa_saja"
]
"""What a value is: `pilihan` a word out of a few, `pecahan` an amount, `apa_saja` what only a record tells."""


@dataclass(frozen=True, slots=True)
class Nilai:
    """What stands behind a name: its form, the names inside a group, the items of a list."""

    bentuk: Bentuk
    isi: Mapping[str, Nilai] = field(default_factory=dict)
    butir: Nilai | None = None

    @property
    def tercetak(self) -> bool:
        """True for what may be printed as it is."""
        return self.bentuk in ("teks", "pilihan", "bilangan", "apa_saja")


APA_SAJA: Final = Nilai("apa_saja")
TEKS: Final = Nilai("teks")
TETAP: Final = Nilai("pilihan")
BILANGAN: Final = Nilai("bilangan")
TANGGAL: Final = Nilai("tanggal")
YA_TIDAK: Final = Nilai("ya_tidak")


def daftar(item: Nilai) -> Nilai:
    """A list of `item`."""
    return Nilai("daftar", butir=item)


def kelompok(**isi: Nilai) -> Nilai:
    """A group with these names."""
    return Nilai("kelompok", isi)


ULANGAN: Final = kelompok(
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), BILANGAN),
    **dict.fromkeys(("first", "last"), YA_TIDAK),
)
"""`loop`, inside `for`."""

_WAKTU: Final = kelompok(**dict.fromkeys(("hari", "tanggal", "bulan", "tahun", "angka", "tempat"), TETAP))
_PEJABAT: Final = kelompok(
    **dict.fromkeys(("nama_lengkap", "nama", "jabatan", "nip", "sebutan_nip", "kewenangan"), TEKS)
)
_KONTAK: Final = kelompok(**dict.fromkeys(("nama", "jabatan", "alamat", "telepon", "surel"), TEKS))


@cache
def names_of(kind: str) -> Mapping[str, Nilai]:
    """Every name that clauses of `kind` may use, functions apart."""
    model = NASKAH.get(kind)
    fields = _fields(model) if model is not None else {}
    if "pembiayaan" in fields:
        fields["pembiayaan"] = _with(fields["pembiayaan"], uang_mengalir=YA_TIDAK)
    if "dasar" in fields:
        fields["dasar"] = _with(_of(Dasar), pada_mou=YA_TIDAK)
    return {
        **fields,
        "pihak": daftar(_party()),
        "semua_badan_publik": YA_TIDAK,
        "ada_pihak_asing": YA_TIDAK,
        "naskah_ini": TETAP,
        "sebutan": TETAP,
        "waktu": _WAKTU,
        "rangkap": BILANGAN,
        "institusi": kelompok(nama=TEKS, kedudukan=TEKS),
        "pengadilan": TEKS,
        "mou": kelompok(nomor=daftar(TEKS), tanggal=TANGGAL, tentang=TEKS),
        "sifat": daftar(TETAP),
        "nama_lampiran": daftar(TETAP),
    }


def _party() -> Nilai:
    texts = ("nama", "singkatan", "alamat", "kedudukan", "negara", "kelas", "nomor", "unit", "penanggung_jawab")
    own = _fields(Pihak)
    return kelompok(
        **{
            **own,
            **dict.fromkeys(texts, TEKS),
            "urut": BILANGAN,
            "label": TETAP,
            "badan_publik": YA_TIDAK,
            "pejabat": _PEJABAT,
            "kontak": _KONTAK,
        }
    )


def _with(group: Nilai, **more: Nilai) -> Nilai:
    return Nilai(group.bentuk, {**group.isi, **more})


def _fields(model: type[Model]) -> dict[str, Nilai]:
    return {name: _of(entry.annotation) for name, entry in model.model_fields.items()}


_PLAIN: Final[tuple[tuple[type, Nilai], ...]] = (
    (bool, YA_TIDAK),
    (int, BILANGAN),
    (Decimal, Nilai("pecahan")),
    (date, TANGGAL),
    (Teks, TEKS),
)


def _of(annotation: Any) -> Nilai:
    """What `models.pandangan.view` makes of a field of this type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is str:
        return TEKS
    if isinstance(annotation, type) and origin is None:
        return _of_class(annotation)
    if origin is Literal:
        return TETAP
    if origin is tuple:
        return daftar(_of(arguments[0]))
    if origin is Union or origin is types.UnionType:
        found = [_of(a) for a in arguments if a is not type(None) and getattr(a, "__name__", "") != "DiisiTangan"]
        return found[0] if all(one == found[0] for one in found) else APA_SAJA
    if hasattr(annotation, "__metadata__"):
        return _of(arguments[0])
    return APA_SAJA


def _of_class(annotation: type) -> Nilai:
    for known, value in _PLAIN:
        if issubclass(annotation, known):
            return value
    if issubclass(annotation, Durasi):
        return Nilai("lama", _fields(annotation))
    if issubclass(annotation, Model):
        return Nilai("kelompok", _fields(annotation))
    return TETAP if issubclass(annotation, str) else APA_SAJA
