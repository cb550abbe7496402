"""What is agreed: pydantic models, one per kind of record."""

from __future__ import annotations

from ksdocs.models.arsip import Arsip
from ksdocs.models.butir import Butir
from ksdocs.models.dasar import Model
from ksdocs.models.jawaban import JawabanSurvei
from ksdocs.models.kpi import Kpi
from ksdocs.models.lembaga import Institusi, Mitra
from ksdocs.models.mou import Mou
from ksdocs.models.naskah import Naskah
from ksdocs.models.pks import Pks

MODELS: dict[str, type[Model]] = {
    "mou": Mou,
    "pks": Pks,
    "institusi": Institusi,
    "mitra": Mitra,
    "butir": Butir,
    "arsip": Arsip,
    "jawaban_survei": JawabanSurvei,
    "kpi": Kpi,
}
"""`jenis` of a record → its model."""

NASKAH: dict[str, type[Naskah]] = {"mou": Mou, "pks": Pks}
"""The kinds that become documents."""

__all__ = [
    "MODELS",
    "NASKAH",
    "Arsip",
    "Butir",
    "Institusi",
    "JawabanSurvei",
    "Kpi",
    "Mitra",
    "Model",
    "Mou",
    "Naskah",
    "Pks",
]
