"""A small survey and its answers as tests use them: plain trees, and a register that knows them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import forms
from ksdocs.models import JawabanSurvei
from ksdocs.models.fault import read_model
from ksdocs.register import Catatan, MemoryRegister, Rekaman
from ksdocs.sources import Source, from_tree

ID: Final = "survei-2026"
_SURVEY: Final[Mapping[str, Any]] = {
    "jenis": "survei",
    "id": ID,
    "institusi": "polibatam",
    "tahun": "2026",
    "mulai": "2026-10-05",
    "selesai": "2026-10-30",
    "pengantar": "Jawaban Bapak/Ibu menjadi dasar perbaikan layanan kami.",
    "skala": [{"sebutan": word} for word in ("Sangat tidak puas", "Tidak puas", "Cukup", "Puas", "Sangat puas")],
    "dimensi": [{"kode": "fisik", "nama": "Bukti fisik"}, {"kode": "andal", "nama": "Keandalan"}],
    "butir": [
        {"kode": "f1", "dimensi": "fisik", "pernyataan": "Sarana memadai."},
        {"kode": "f2", "dimensi": "fisik", "pernyataan": "Naskah rapi."},
        {"kode": "a1", "dimensi": "andal", "pernyataan": "Kegiatan berjalan menurut jadwal."},
    ],
    "undangan": [
        {"mitra": "samudra-elektronika", "jumlah": "3"},
        {"mitra": "karya-mesin", "jumlah": "2"},
        {"mitra": "universitas-nusa", "jumlah": "2"},
    ],
    "sampel_kecil": "2",
    "jabatan_penyusun": "Kepala Humas",
}


def survey(**changes: Any) -> dict[str, Any]:
    """The tree of the small survey, its fields replaced by `changes`; None takes one away."""
    tree = copy.deepcopy(dict(_SURVEY)) | changes
    return {name: value for name, value in tree.items() if value is not None}


def answer(number: int, values: Mapping[str, int], mitra: str = "samudra-elektronika", **more: Any) -> dict[str, Any]:
    """The tree of one row of answers; its respondent is that of its number."""
    row: dict[str, Any] = {
        "jenis": "jawaban_survei",
        "id": f"jawaban-{number:03}",
        "survei": ID,
        "responden": f"R{number:03}",
        "mitra": mitra,
        "tanggal": "2026-10-06",
    }
    if values:
        row["nilai"] = {code: str(value) for code, value in values.items()}
    return {name: value for name, value in (row | more).items() if value is not None}


def register(tree: Mapping[str, Any] | None, rows: Iterable[Mapping[str, Any] | Source] = ()) -> MemoryRegister:
    """The shipped partners, the survey of `tree` and the answers `rows`; nothing else of the shipped records."""
    held = tuple(map(_read, rows))
    surveys = () if tree is None else (Rekaman(forms.read(tree), from_tree(tree)),)
    records = {"jawaban_survei": Catatan(held), "survei": Catatan(surveys)}
    return replace(forms.register(), pembaca=lambda kind: records.get(kind, Catatan()))


def _read(row: Mapping[str, Any] | Source) -> Rekaman:
    source = row if isinstance(row, Source) else from_tree(row)
    found, faults = read_model(JawabanSurvei, source)
    assert found is not None, [f.message() for f in faults]
    return Rekaman(found, source)
