"""Records of forms: what every form has in common, and models made from the fields that a form declares.

A form that computes or checks something has a class of its own; every other one declares its fields in its
`jenis.toml` (`[[isian]]`), and `build_model` makes the same kind of model of them: the same checks, places and schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from ksdocs.bahasa import bulan
from ksdocs.models.dasar import (
    BacaCacah,
    Baris,
    Cacah,
    Id,
    Model,
    Pengenal,
    Pilihan,
    Tanggal,
    Tautan,
    TeksBebas,
    Uang,
    YaTidak,
    isian,
    read_line,
)
from ksdocs.models.naskah import Tanggapan


class Borang(Model):
    """What every form has: its kind, its id, and the institution whose form it is."""

    jenis: str = isian("Jenis", "Jenis rekaman.", en="Kind", contoh="notulen")
    id: Id = isian("Id", "Nama pendek rekaman; juga nama berkasnya.", en="Id", contoh="notulen-2026-03-17")
    institusi: Id = isian(
        "Institusi", "Id institusi pemilik borang.", en="Institution", contoh="polibatam", acuan="institusi"
    )
    tanggapan: tuple[Tanggapan, ...] = isian(
        "Tanggapan", "Peringatan yang sudah dipertimbangkan, dengan alasannya.", en="Answers", default=()
    )


def _read_time(value: object) -> str:
    text = read_line(value).replace(".", ":")
    hours, _, minutes = text.partition(":")
    fits = len(minutes) == 2 and hours.isdigit() and minutes.isdigit() and len(hours) <= 2
    if not fits or int(hours) > 23 or int(minutes) > 59:
        raise PydanticCustomError("jam", "not a time of day", {"nilai": text[:40]})
    return f"{int(hours):02}.{minutes}"


def _read_percent(value: object) -> Decimal:
    text = read_line(str(value) if isinstance(value, (int, Decimal)) else value).removesuffix("%").strip()
    try:
        number = Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
    except ArithmeticError:
        raise PydanticCustomError("persen", "not a percentage", {"nilai": text[:40]}) from None
    if not number.is_finite() or not -1000 <= number <= 1000:
        raise PydanticCustomError("persen", "not a percentage", {"nilai": text[:40]})
    return number


def _read_decimal(value: object) -> Decimal:
    text = read_line(str(value) if isinstance(value, (int, Decimal)) else value)
    try:
        number = Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
    except ArithmeticError:
        raise PydanticCustomError("bilangan", "not a number", {"nilai": text[:40]}) from None
    if not number.is_finite() or not 0 <= number <= 10**9 or number != round(number, 4):
        raise PydanticCustomError("bilangan", "not a number", {"nilai": text[:40]})
    return number


_MONTHS: Final = tuple(bulan(number) for number in range(1, 13))


def _read_month(value: object) -> int:
    text = read_line(str(value) if isinstance(value, int) else value)
    known = {name.casefold(): number for number, name in enumerate(_MONTHS, 1)}
    number = int(text) if text.isdecimal() and len(text) <= 2 else known.get(text.casefold(), 0)
    if not 1 <= number <= 12:
        raise PydanticCustomError("enum", "not a month", {"nilai": text[:40], "expected": ", ".join(_MONTHS)})
    return number


Jam = Annotated[str, BeforeValidator(_read_time), WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}[.:]\d{2}$"})]
"""A time of day: `09.30` or `9:30`, kept as `09.30`."""
Persen = Annotated[Decimal, BeforeValidator(_read_percent), WithJsonSchema({"type": "string", "format": "persen"})]
"""A percentage: `87,5` or `87,5%`."""
Desimal = Annotated[Decimal, BeforeValidator(_read_decimal), WithJsonSchema({"type": "string", "format": "desimal"})]
"""A number that is zero or more, with at most four decimals: `3,75`."""
Bulan = Annotated[int, BeforeValidator(_read_month), WithJsonSchema({"type": "string", "enum": list(_MONTHS)})]
"""A month of a year that is told elsewhere: `Maret` or `3`, kept as its number."""
Tahun = Annotated[int, Field(ge=1900, le=2999), BacaCacah]
"""A year: `2026`, printed without a point."""

JENIS_ISIAN: Final[Mapping[str, Any]] = {
    "baris": Baris,
    "teks": TeksBebas,
    "pengenal": Pengenal,
    "tanggal": Tanggal,
    "jam": Jam,
    "uang": Uang,
    "cacah": Cacah,
    "persen": Persen,
    "desimal": Desimal,
    "bulan": Bulan,
    "tahun": Tahun,
    "ya_tidak": YaTidak,
    "tautan": Tautan,
    "lembaga": Id,
    "naskah": Id,
    "butir": Id,
    "bentuk": Id,
    "pejabat": Id,
    "notulen": Id,
    "gambar": Baris,
    "pilihan": None,
    "daftar": None,
}
"""What a declared field may be. `lembaga`, `naskah`, `butir`, `bentuk` and `notulen` are ids that the register must
know; `pejabat` is an official of the record's institution; `gambar` names a picture file beside the record; `pilihan`
is one of a list; `daftar` is a list of groups with fields."""

AKHIRAN: Final[Mapping[str, tuple[str, ...]]] = {
    "tanggal": ("_hari", "_angka"),
    "uang": ("_terbilang",),
    "lembaga": ("_singkat",),
    "naskah": ("_nomor",),
    "pejabat": ("_jabatan", "_nip"),
}
"""Endings of the further names that a field of a type always has in its template, empty where the value is."""

ACUAN: Final = ("lembaga", "naskah", "butir", "bentuk", "pejabat", "notulen")
"""The types whose values are ids of what the office knows."""


@dataclass(frozen=True, slots=True)
class Isian:
    """A field as a form declares it; `label` and `arti` by language.

    `bawaan` is the value of a record that gives none. What has `cetak` False is for what the form computes or for the
    file: its template may leave it out.
    """

    nama: str
    jenis: str
    label: Mapping[str, str]
    arti: Mapping[str, str]
    wajib: bool = False
    contoh: Any = None
    kelompok: str = ""
    pilihan: tuple[str, ...] = ()
    minimal: int = 0
    isian: tuple[Isian, ...] = field(default_factory=tuple)
    bawaan: Any = None
    cetak: bool = True


def build_model(kind: str, fields: Sequence[Isian]) -> type[Borang]:
    """The model of a form's records: the fields of `Borang`, then `fields`, in their order."""
    own: tuple[Any, Any] = (Literal[kind], isian("Jenis", "Jenis rekaman.", en="Kind", default=kind))
    declared: dict[str, Any] = {"jenis": own, **{f.nama: _field(kind, f) for f in fields}}
    return create_model(_class_name(kind), __base__=Borang, __doc__=f"Records of the form {kind}.", **declared)


def _field(owner: str, declared: Isian) -> tuple[Any, Any]:
    """(type, field) as `create_model` takes them."""
    kind = _type(owner, declared)
    described: dict[str, Any] = {"en": declared.label.get("en", declared.nama), "kelompok": declared.kelompok}
    if declared.jenis in ACUAN:
        described["acuan"] = declared.jenis
    if declared.contoh is not None:
        described["contoh"] = declared.contoh
    title, meaning = declared.label["id"], declared.arti.get("id", declared.label["id"])
    if declared.bawaan is not None:
        return kind, isian(title, meaning, default=declared.bawaan, validate_default=True, **described)
    if declared.wajib:
        return kind, isian(title, meaning, **described)
    if declared.jenis == "daftar":
        return kind, isian(title, meaning, default=(), **described)
    return kind | None, isian(title, meaning, default=None, **described)


def unfit_default(declared: Isian) -> str:
    """Why `bawaan` of a field cannot be its value; "" when it can, or there is none."""
    if declared.bawaan is None:
        return ""
    try:
        TypeAdapter(_type("bawaan", declared)).validate_python(declared.bawaan)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()
    return ""


def _type(owner: str, declared: Isian) -> Any:
    if declared.jenis == "pilihan":
        return Annotated[Literal[declared.pilihan], Pilihan]
    if declared.jenis != "daftar":
        return JENIS_ISIAN[declared.jenis]
    name = f"{owner}_{declared.nama}"
    inner: dict[str, Any] = {f.nama: _field(name, f) for f in declared.isian}
    group: Any = create_model(_class_name(name), __base__=Model, __doc__=f"One entry of {declared.nama}.", **inner)
    return Annotated[tuple[group, ...], Field(min_length=max(declared.minimal, int(declared.wajib)))]


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))


def plain_values(record: Model) -> dict[str, Any]:
    """Field → value, models as mappings and tuples as lists; what is not given is left out."""
    values = {name: _plain(getattr(record, name)) for name in type(record).model_fields}
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return plain_values(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


Nilai = str | date | Decimal | int | bool
"""A value of a field, as the model keeps it."""
