"""A schema that was kept reads what pydantic's own model reads, and tells the same faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError, create_model

from builders import JAYA, POLTEK, a_mou, a_pks
from ksdocs.models import MODELS, Model
from ksdocs.models.dasar import Durasi
from ksdocs.models.skema import _kept, read_as

KPI: dict[str, Any] = {
    "id": "k",
    "nama": "x",
    "versi": "1",
    "sumber": "x",
    "indikator": [{"kode": "A.1", "uraian": "x", "ukuran": "mou_baru", "target": "3,5"}],
}
TREES: dict[str, Any] = {
    "mou": a_mou(),
    "pks": a_pks(),
    "institusi": POLTEK,
    "mitra": JAYA,
    "butir": {"id": "b", "teks": "x", "status": "terbuka", "naskah": "mou-1; mou-2"},
    "arsip": {
        "id": "a",
        "jenis_naskah": "mou",
        "tentang": "x",
        "nomor": "1/X; 2/Y",
        "tanggal": "1 Maret 2024",
        "pihak": "poltek; jaya",
        "tingkat": "lokal",
        "bidang": "pendidikan",
        "nilai": "1.500.000",
    },
    "jawaban_survei": {"id": "j", "survei": "s", "responden": "R1", "mitra": "jaya", "nilai": {"t1": "4"}},
    "kpi": KPI,
}
SPOILT: list[dict[str, Any]] = [
    {"id": "Bukan Id"},
    {"asing": 1},
    {"tentang": ["x"], "pihak": [{"id": "a", "kontak": {"surel": "x"}, "nomor": 5}, 3]},
    {"jangka_waktu": {"lama": "3 windu"}, "ruang_lingkup": [{"teks": ""}], "mengikat": "mungkin"},
    {"negara": "Indonesia", "kontak": [{"id": "a", "nama": "a", "surel": "bukan surel"}], "teks": {"en": "x"}},
    {"pembiayaan": {"nilai": "-5", "skema": "gratis", "termin": [{"jumlah": "1", "syarat": "x", "persen": "101"}]}},
    {"penandatanganan": {"tanggal": "31-02-2025", "rangkap": 1}, "dasar": {"mou": "a", "alasan": "b"}},
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KSDOCS_CACHE", str(tmp_path))
    _kept.cache_clear()
    yield tmp_path / "hangat"
    _kept.cache_clear()


def told(model: type[BaseModel], tree: Any, *, kept: bool) -> Any:
    context = {"tanggal_dmy": True}
    try:
        read = read_as(model, tree, context) if kept else model.model_validate(tree, context=context)
    except ValidationError as error:
        return error.title, error.errors()
    return type(read), read, read.model_fields_set, read.model_dump(mode="json")


def learn(model: type[BaseModel]) -> None:
    """Have the schema of `model` kept, and come back as if at the next start."""
    assert _kept(model) is None
    _kept.cache_clear()
    assert _kept(model) is not None, "the schema of this model cannot be kept"


@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_is_read_alike_from_its_kept_schema(kind: str) -> None:
    learn(MODELS[kind])
    tree = TREES[kind]
    assert told(MODELS[kind], tree, kept=True) == told(MODELS[kind], tree, kept=False)
    assert told(MODELS[kind], tree, kept=True)[0] is MODELS[kind]


@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("kind", MODELS)
def test_every_fault_is_told_alike_from_a_kept_schema(kind: str, spoil: dict[str, Any]) -> None:
    learn(MODELS[kind])
    for tree in (spoil, {**TREES[kind], **spoil}):
        assert str(told(MODELS[kind], tree, kept=True)) == str(told(MODELS[kind], tree, kept=False))


def test_plain_words_are_read_by_a_kept_schema_too() -> None:
    learn(Durasi)
    assert read_as(Durasi, "3 bulan") == Durasi(lama=3, satuan="bulan")
    with pytest.raises(ValidationError):
        read_as(Durasi, "3 windu")


def test_the_model_of_a_caller_is_read_and_never_kept(folder: Path) -> None:
    made = create_model("Mou", __base__=Model, a=(int, ...))
    made.__module__ = "ksdocs.models.mou"
    assert read_as(made, {"a": 1}).model_dump() == {"a": 1}
    assert not list(folder.glob("skema-*"))
