"""What a form declares in its `jenis.toml`: titles, document control, retention, and its fields or its model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ksdocs.bahasa import baca_tanggal
from ksdocs.clauses.files import WORDS, Form, check_form, line_of, parse_toml, read_library_file
from ksdocs.models import Model
from ksdocs.models.borang import AKHIRAN, JENIS_ISIAN, Borang, Isian, unfit_default
from ksdocs.problems import LibraryError, Location, Problem, problem, suggest

_KEYS: Final[Mapping[str, Form]] = {
    "id": str,
    "judul": WORDS,
    "model": str,
    "nama_berkas": str,
    "kendali": dict,
    "retensi": dict,
    "contoh": bool,
    "isian": "daftar kelompok `[[isian]]`",
}
_KENDALI: Final[Mapping[str, Form]] = {
    "kode": str,
    "versi": str,
    "tanggal": str,
    "nama": str,
    "unit": str,
    "penyetuju": str,
    "cap": str,
    "salinan": str,
}
_RETENSI: Final[Mapping[str, Form]] = {"nama": str, "berkas": str, "lokasi": str, "masa": str}
_ISIAN: Final[Mapping[str, Form]] = {
    "nama": str,
    "jenis": str,
    "label": WORDS,
    "arti": WORDS,
    "wajib": bool,
    "contoh": "nilai contoh",
    "kelompok": str,
    "pilihan": "daftar teks",
    "minimal": int,
    "isian": "daftar kelompok",
    "bawaan": "nilai bawaan",
    "cetak": bool,
}
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
NAMA_TEMPLAT: Final = frozenset(
    {"judul", "institusi", "zona_waktu", "kendali", "retensi", "logo", "ada_logo", "kaki", "contoh"}
)
"""What a template is given besides the fields of its form and what its kind computes."""
_WORDS_OF_TEMPLATES: Final = frozenset(
    [
        "and",
        "caller",
        "draf",
        "else",
        "false",
        "for",
        "if",
        "in",
        "is",
        "kata",
        "kwargs",
        "loop",
        "none",
        "not",
        "or",
        "self",
        "super",
        "true",
        "varargs",
    ]
)


def is_taken(name: str) -> bool:
    """Is `name` none for a field: one that every form has, that templates are given, or that means something else?"""
    return name in NAMA_TEMPLAT or name in _WORDS_OF_TEMPLATES or name in Borang.model_fields or hasattr(Borang, name)


_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class Kendali:
    """Document control, as the form's own header prints it; what an institution has not given is empty.

    `cap` is the word of its stamp (`Controlled`), `salinan` what marks whatever is printed of it as a copy.
    """

    kode: str = ""
    versi: str = ""
    tanggal: date | None = None
    nama: str = ""
    unit: str = ""
    penyetuju: str = ""
    cap: str = ""
    salinan: str = ""


@dataclass(frozen=True, slots=True)
class Retensi:
    """How a filled form is kept: the record's name in the archive, its file, where, and for how long."""

    nama: str = ""
    berkas: str = ""
    lokasi: str = ""
    masa: str = ""

    @property
    def keterangan(self) -> str:
        """All of it in one line, as far as it is given: `Arsip: Notulen Rapat · … · masa simpan 5 tahun`."""
        parts = (
            self.nama,
            f"berkas {self.berkas}" if self.berkas and self.berkas != self.nama else "",
            self.lokasi,
            f"masa simpan {self.masa}" if self.masa else "",
        )
        told = " · ".join(part for part in parts if part)
        return f"Arsip: {told}" if told else ""


@dataclass(frozen=True, slots=True)
class JenisBorang:
    """A form: `isian` are its fields, unless `model` names a class of its own. `contoh`: a layout that ksdocs made up,
    since no original is public; the page says so."""

    id: str
    judul: Mapping[str, str]
    kendali: Kendali
    isian: tuple[Isian, ...]
    model: str = ""
    retensi: Retensi = Retensi()
    contoh: bool = False


def load_jenis(kind: str, folder: Path) -> JenisBorang:
    """The form in `folder`; LibraryError with every fault of its jenis.toml (KS302, KS316, KS361 to KS364)."""
    problems: list[Problem] = []
    file = folder / "jenis.toml"
    text = read_library_file(str(file), file, problems)
    data = parse_toml(text, str(file), problems)
    if not problems:
        problems += _Check(str(file), text).all(kind, data)
    if problems:
        raise LibraryError(problems)
    control = dict(data.get("kendali", {}))
    day = control.pop("tanggal", "")
    return JenisBorang(
        kind,
        _words(data["judul"]),
        Kendali(**control, tanggal=baca_tanggal(day) if day else None),
        tuple(_isian(entry) for entry in data.get("isian", ())),
        data.get("model", ""),
        Retensi(**data.get("retensi", {})),
        data.get("contoh", False),
    )


def is_borang(folder: Path) -> bool:
    """Does the jenis.toml in `folder` describe a form? An agreement lists its articles (`urutan`)."""
    try:
        return "urutan" not in tomllib.loads((folder / "jenis.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return True  # whoever reads it tells what is wrong


def _words(value: Any) -> dict[str, str]:
    return {"id": value} if isinstance(value, str) else dict(value)


def _isian(entry: Mapping[str, Any]) -> Isian:
    return Isian(
        entry["nama"],
        entry["jenis"],
        _words(entry["label"]),
        _words(entry.get("arti", entry["label"])),
        entry.get("wajib", False),
        entry.get("contoh"),
        entry.get("kelompok", ""),
        tuple(entry.get("pilihan", ())),
        entry.get("minimal", 0),
        tuple(_isian(inner) for inner in entry.get("isian", ())),
        _as_text(entry.get("bawaan")),
        entry.get("cetak", True),
    )


def _as_text(value: Any) -> Any:
    """A default as a source hands values over: its leaves are text."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return value if value is None else str(value)


def _further_names(fields: list[dict[str, Any]]) -> dict[str, str]:
    """Name that a template is given for another way in which a field reads → that field."""
    found = [(field.get("nama", ""), field.get("jenis", "")) for field in fields]
    return {f"{name}{end}": str(name) for name, kind in found if isinstance(kind, str) for end in AKHIRAN.get(kind, ())}


class _Check:
    """Everything that is wrong with a jenis.toml of a form."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text

    def all(self, kind: str, data: Mapping[str, Any]) -> Iterator[Problem]:
        yield from self._keys(data, _KEYS, "")
        for name, forms in (("kendali", _KENDALI), ("retensi", _RETENSI)):
            inner = data.get(name, {})
            if isinstance(inner, dict):
                yield from self._keys(inner, forms, f"{name}.")
        if "judul" not in data:
            yield self._wrong("judul", "`judul` belum ada")
        if data.get("id") != kind:
            yield self._wrong("id", f"`id` harus `{kind}`, sama dengan nama foldernya")
        day = data.get("kendali", {}).get("tanggal") if isinstance(data.get("kendali"), dict) else None
        if isinstance(day, str) and not _is_date(day):
            yield self._wrong("tanggal", f"`kendali.tanggal` bukan tanggal: {day[:40]}")
        fields = data.get("isian", [])
        if bool(fields) == bool(data.get("model")):
            yield self._wrong("isian", "tulis `[[isian]]`, atau nama `model`; salah satu saja")
        faults = list(self._fields(fields, "isian", 1))
        yield from faults
        if not faults:
            yield from self._defaults(fields)

    def _keys(self, data: Mapping[str, Any], forms: Mapping[str, Form], prefix: str) -> Iterator[Problem]:
        typed = {key: form for key, form in forms.items() if isinstance(form, type) or form is WORDS}
        yield from check_form(data, typed, self._file, prefix, self._text)
        for key in data:
            if key not in forms:
                near = suggest(key, list(forms))
                yield problem("KS361", self._at(key), isian=f"{prefix}{key}", mungkin=near, pilihan=", ".join(forms))

    def _fields(self, fields: Any, path: str, depth: int) -> Iterator[Problem]:
        if not isinstance(fields, list) or not all(isinstance(f, dict) for f in fields):
            yield self._wrong("isian", f"`{path}` harus ditulis sebagai `[[{path}]]`")
            return
        if depth > _DEPTH:
            yield self._wrong("isian", f"`{path}` bersarang lebih dari {_DEPTH} tingkat")
            return
        seen: set[str] = set()
        made = _further_names(fields)
        for field in fields:
            name = field.get("nama", "")
            yield from self._keys(field, _ISIAN, f"{path}.")
            taken = is_taken(str(name)) if depth == 1 else hasattr(Model, str(name))
            if not isinstance(name, str) or not _NAME.fullmatch(name) or taken:
                cause = "sudah dipakai program" if taken else "huruf kecil, angka, dan `_`"
                yield problem("KS362", self._at(str(name)), nama=str(name)[:60] or "?", sebab=cause)
            elif name in seen:
                yield problem("KS362", self._at(name), nama=name, sebab="sudah ada isian senama")
            elif name in made:
                cause = f"template memakainya untuk bentuk lain isian `{made[name]}`"
                yield problem("KS362", self._at(name), nama=name, sebab=cause)
            seen.add(str(name))
            yield from self._field(field, f"{path}.{name}", depth)

    def _field(self, field: Mapping[str, Any], path: str, depth: int) -> Iterator[Problem]:
        kind = field.get("jenis", "")
        if not isinstance(kind, str) or kind not in JENIS_ISIAN:
            near = suggest(str(kind), JENIS_ISIAN)
            yield problem("KS363", self._at(path.rpartition(".")[2]), isian=path, jenis=str(kind)[:40] or "?",
                          mungkin=near, pilihan=", ".join(JENIS_ISIAN))  # fmt: skip
        if "label" not in field:
            yield self._wrong(path, f"`{path}` belum mempunyai `label`")
        choices = field.get("pilihan", [])
        texts = isinstance(choices, list) and all(isinstance(c, str) and c.strip() for c in choices)
        if not texts or (kind == "pilihan") != bool(choices) or len(set(choices)) != len(choices):
            yield problem("KS364", self._at(path), isian=path, sebab="`pilihan` berisi daftar teks yang berbeda-beda, "
                          "dan hanya untuk jenis `pilihan`")  # fmt: skip
        inner = field.get("isian", [])
        if (kind == "daftar") != bool(inner):
            yield problem("KS364", self._at(path), isian=path, sebab="`isian` di dalamnya hanya untuk jenis `daftar`")
        if kind == "daftar" and inner:
            yield from self._fields(inner, f"{path}.isian", depth + 1)

    def _defaults(self, fields: list[dict[str, Any]]) -> Iterator[Problem]:
        for field in fields:
            reason = unfit_default(_isian(field))
            if reason:
                cause = f"`bawaan` tidak dapat menjadi nilainya: {reason}"
                yield problem("KS364", self._at(field["nama"]), isian=field["nama"], sebab=cause)
            yield from self._defaults(field.get("isian", []))

    def _wrong(self, key: str, reason: str) -> Problem:
        return problem("KS316", self._at(key), berkas=self._file, sebab=reason)

    def _at(self, key: str) -> Location:
        return Location(file=self._file, line=line_of(self._text, key))


def _is_date(text: str) -> bool:
    try:
        baca_tanggal(text)
    except ValueError:
        return False
    return True
