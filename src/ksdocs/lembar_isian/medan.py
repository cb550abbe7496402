"""The fields of a kind as its schema tells them: what an entry sheet needs to know of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

TANGAN: Final = "diisi_tangan"
"""The word for what is written by hand at signing."""

_FORMATS: Final = {"date": "tanggal", "persen": "desimal", "desimal": "desimal", "uri": "tautan"}
_NAMED: Final = {"Teks": "dwibahasa", "Durasi": "durasi"}


@dataclass(frozen=True, slots=True)
class Medan:
    """A field. `jenis` is `teks`, `panjang`, `tanggal`, `bulat`, `desimal`, `uang`, `tautan`, `ya_tidak`, `pilihan`,
    `tetap`, `dwibahasa`, `durasi`, `kelompok` or `peta`.

    `daftar`: there may be many; `pisah`: they may stand in one cell, between semicolons. `isi` are the fields of a
    group; a field of another `jenis` that has some may be given as a whole group instead. For `peta`, `isi` is what
    each key has. `tangan`: may say `diisi_tangan`.
    """

    nama: str
    label: str = ""
    arti: str = ""
    contoh: str = ""
    kelompok: str = ""
    wajib: bool = False
    jenis: str = "teks"
    pilihan: tuple[str, ...] = ()
    acuan: str = ""
    isi: tuple[Medan, ...] = ()
    daftar: bool = False
    pisah: bool = False
    tangan: bool = False
    batas: tuple[float | None, float | None] = (None, None)
    en: str = ""


def fields_of(schema: Mapping[str, Any]) -> tuple[Medan, ...]:
    """The fields of a model, in its order, from its JSON Schema."""
    return tuple(_fields(schema, schema.get("$defs", {})))


def _fields(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Iterator[Medan]:
    required = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        yield _field(name, told, defs, name in required)


def _field(name: str, told: Mapping[str, Any], defs: Mapping[str, Any], required: bool) -> Medan:
    found = _typed(Medan(name), told, defs)
    return replace(
        found,
        label=told.get("title") or name,
        arti=told.get("description") or "",
        contoh=_example(told.get("examples", [""])[0]),
        kelompok=told.get("x-kelompok", ""),
        en=told.get("x-label-en", ""),
        acuan=told.get("x-acuan", ""),
        pisah="x-pisah" in told,
        wajib=required or found.jenis == "tetap",
    )


def _example(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return "; ".join(map(str, value)) if all(isinstance(one, (str, int)) for one in value) else ""
    return "" if isinstance(value, dict) else str(value)


def _typed(field: Medan, told: Mapping[str, Any], defs: Mapping[str, Any]) -> Medan:
    """`field` with what its schema says of its values."""
    if "$ref" in told:
        name = told["$ref"].rsplit("/", 1)[-1]
        return _named(field, name, defs[name], defs)
    for word in ("anyOf", "allOf", "oneOf"):
        if word in told:
            return _either(field, [one for one in told[word] if one.get("type") != "null"], defs)
    if told.get("type") == "array":
        return replace(_typed(field, told.get("items", {}), defs), daftar=True)
    if told.get("type") == "object":
        return _map(field, told, defs)
    if "const" in told:
        return replace(field, jenis="tetap", pilihan=(str(told["const"]),))
    if "enum" in told:
        return replace(field, jenis="pilihan", pilihan=tuple(map(str, told["enum"])))
    return replace(field, jenis=_plain(told), batas=_bounds(told))


def _named(field: Medan, name: str, told: Mapping[str, Any], defs: Mapping[str, Any]) -> Medan:
    if "properties" not in told:
        return _typed(field, told, defs)
    return replace(field, jenis=_NAMED.get(name, "kelompok"), isi=tuple(_fields(told, defs)))


def _map(field: Medan, told: Mapping[str, Any], defs: Mapping[str, Any]) -> Medan:
    patterns: Mapping[str, Any] = told.get("patternProperties", {})
    inner: Any = told.get("additionalProperties") or next(iter(patterns.values()), {})
    return replace(field, jenis="peta", isi=(_typed(Medan("*"), inner if isinstance(inner, dict) else {}, defs),))


def _either(field: Medan, ways: list[Mapping[str, Any]], defs: Mapping[str, Any]) -> Medan:
    """A field that may be given in several ways: what a cell can hold comes first."""
    by_hand = any(way.get("const") == TANGAN for way in ways)
    found = [_typed(field, way, defs) for way in ways if way.get("const") != TANGAN]
    cells = [one for one in found if one.jenis not in ("kelompok", "peta")]
    first = cells[0] if cells else found[0]
    whole = next((one.isi for one in found if one is not first and one.jenis == "kelompok"), first.isi)
    return replace(first, tangan=by_hand or first.tangan, isi=whole)


def _plain(told: Mapping[str, Any]) -> str:
    kind = told.get("type")
    if kind == "boolean":
        return "ya_tidak"
    if kind in ("integer", "number"):
        return "bulat" if kind == "integer" else "desimal"
    if str(told.get("pattern", "")).startswith("^(Rp"):
        return "uang"
    if not told.keys() & {"format", "pattern", "maxLength"}:
        return "panjang"
    return _FORMATS.get(str(told.get("format", "")), "teks")


def _bounds(told: Mapping[str, Any]) -> tuple[float | None, float | None]:
    if told.get("format") == "persen":
        return -1000, 1000
    return _bound(told, "inimum"), _bound(told, "aximum")


def _bound(told: Mapping[str, Any], word: str) -> float | None:
    found: float | None = told.get(f"m{word}", told.get(f"exclusiveM{word}"))
    return found
