"""A small office in a folder of its own: one institution, a few partners, and the records that a test gives it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import forms
import samples
from ksdocs.office import Office

PARTNERS: Final = ("samudra-elektronika", "karya-mesin", "meridian-robotics")


def office(home: Path, **records: Sequence[Mapping[str, Any]]) -> Office:
    """An office whose data lie in `home`; `records` are trees by kind (of `kpi`: in its folder of code lists)."""
    shutil.copytree(samples.DATA / "institusi", home / "institusi")
    shutil.copytree(samples.DATA / "acuan", home / "acuan")
    (home / "mitra").mkdir()
    for name in PARTNERS:
        shutil.copy(samples.DATA / "mitra" / f"{name}.yaml", home / "mitra")
    shutil.copytree(samples.DATA / "mitra" / "logo", home / "mitra" / "logo")
    for kind, trees in records.items():
        folder = home / ("acuan/kpi" if kind == "kpi" else kind)
        folder.mkdir(exist_ok=True)
        for number, tree in enumerate(trees, 1):
            text = json.dumps({"jenis": kind, **tree}, ensure_ascii=False, indent=1)
            (folder / f"{kind}-{number}.json").write_text(text, encoding="utf-8")
    return samples.office(data=home)


def naskah(ident: str, **changes: Any) -> dict[str, Any]:
    """A row of the list of agreements: a PKS with PT Samudra, in force all of 2026."""
    row: dict[str, Any] = {
        "jenis": "arsip",
        "id": ident,
        "jenis_naskah": "pks",
        "tentang": f"Kerja sama {ident}",
        "nomor": [f"{ident}/2025"],
        "tanggal": "2025-03-03",
        "berakhir": "2028-03-02",
        "pihak": ["polibatam", "samudra-elektronika"],
        "tingkat": "nasional",
        "bidang": ["pendidikan"],
    }
    return {name: value for name, value in (row | changes).items() if value is not None}


def program(**changes: Any) -> dict[str, Any]:
    """The shipped programme of 2026, its fields replaced by `changes`."""
    return forms.record("program-2026") | changes


def monitoring(*rows: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A recap of monitoring of 2026 with these activities."""
    made: dict[str, Any] = {
        "jenis": "monitoring",
        "id": "monitoring-2026",
        "institusi": "polibatam",
        "tahun": "2026",
        "periode": "Januari–Oktober 2026",
        "tanggal": "2026-10-30",
        "kegiatan": list(rows),
        "jabatan_penyusun": "Kepala Humas",
    }
    return made | changes


def kegiatan(ident: str, **changes: Any) -> dict[str, Any]:
    """A row of monitoring: an activity that took place under `ident`, with evidence."""
    row: dict[str, Any] = {
        "naskah": ident,
        "judul": f"Kegiatan {ident}",
        "mulai": "2026-04-06",
        "selesai": "2026-04-10",
        "keadaan": "terlaksana",
        "manfaat": "Mahasiswa memperoleh pengalaman kerja",
        "bukti": "https://arsip.polibatam.example/kegiatan",
        "pic": "Ketua Jurusan Teknik Elektro",
        "tanggal_monitoring": "2026-10-05",
    }
    return {name: value for name, value in (row | changes).items() if value is not None}


def evaluasi(**changes: Any) -> dict[str, Any]:
    """An evaluation of 2026 on its last day, with nothing but what is required."""
    made: dict[str, Any] = {
        "jenis": "evaluasi",
        "id": "evaluasi-uji",
        "institusi": "polibatam",
        "tahun": "2026",
        "tanggal": "2026-12-31",
        "ringkasan": "Ulasan tahun ini.",
        "target": [{"kode": "S1", "uraian": "Jejaring", "indikator": "MoU baru", "target": "4", "satuan": "naskah"}],
        "pengesahan": [{"peran": "Disahkan oleh", "pejabat": "direktur", "tanggal": "2026-12-31"}],
    }
    return {name: value for name, value in (made | changes).items() if value is not None}
