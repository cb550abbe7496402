"""The targets of the year's programme against what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ksdocs.laporan.bahan import Bahan
from ksdocs.laporan.tabel import Asal, Sel, Tabel

KOLOM: Final = ("Kode", "Sasaran", "Indikator", "Target", "Satuan", "Realisasi", "Capaian", "Dasar realisasi")
DIHITUNG: Final = "Dihitung"
BELUM: Final = "Belum dilaporkan"
_PERSEN: Final = Decimal("0.1")


def table(bahan: Bahan, ukuran: Mapping[str, Sel]) -> Tabel:
    """A row for each target. Realised is what a measure counts, else what the record of the evaluation tells."""
    told = _told(bahan)
    rows = tuple(_row(one, key, ukuran, told) for one, _, key in _targets(bahan))
    return Tabel("sasaran", "Sasaran program dan realisasinya", KOLOM, rows)


def _targets(bahan: Bahan) -> Iterator[tuple[Any, str, str]]:
    """(target, place, key) of the programmes of the year."""
    for record in bahan.records("program"):
        programme: Any = record.isi
        if programme.tahun == bahan.tahun:
            for number, one in enumerate(programme.sasaran, 1):
                place = str(record.sumber.locate(f"sasaran.{number}"))
                yield one, place, f"sasaran:{programme.id}/{one.kode}"


def _told(bahan: Bahan) -> dict[str, tuple[Any, str]]:
    """Code of a target → what the evaluation of the year tells of it, and the key of that row."""
    found: dict[str, tuple[Any, str]] = {}
    for record in bahan.records("evaluasi"):
        report: Any = record.isi
        if report.tahun == bahan.tahun:
            for one in report.realisasi:
                found[one.kode] = (one, f"realisasi:{report.id}/{one.kode}")
    return found


def _row(one: Any, key: str, ukuran: Mapping[str, Sel], told: Mapping[str, tuple[Any, str]]) -> tuple[Sel, ...]:
    measure = getattr(one, "ukuran", None) or ""
    if measure in ukuran:
        cell, basis = ukuran[measure], DIHITUNG
    elif one.kode in told:
        row, told_key = told[one.kode]
        cell, basis = Sel(row.realisasi, (told_key,), "nilai"), row.keterangan
    else:
        cell, basis = Sel(None, (), "nilai"), BELUM
    return (
        Sel(one.kode, (key,)),
        Sel(one.uraian),
        Sel(one.indikator),
        Sel(one.target, (), "nilai"),
        Sel(one.satuan),
        cell,
        _reached(one.target, cell, key),
        Sel(basis),
    )


def _reached(target: Decimal, cell: Sel, key: str) -> Sel:
    """Realised in percent of the target; None where nothing was realised that could be told, or nothing aimed at."""
    if not isinstance(cell.isi, int | Decimal) or not target:
        return Sel(None, (), "persen")
    share = (100 * Decimal(cell.isi) / target).quantize(_PERSEN, ROUND_HALF_UP)
    return Sel(share, tuple(dict.fromkeys((key, *cell.asal))), "persen")


def rows_behind(bahan: Bahan) -> Iterator[Asal]:
    """The targets of the programme, and what was told of them."""
    for one, place, key in _targets(bahan):
        told = {"kode": one.kode, "indikator": one.indikator, "target": one.target, "satuan": one.satuan}
        yield Asal(key, "sasaran", place, told)
    for record in bahan.records("evaluasi"):
        report: Any = record.isi
        if report.tahun != bahan.tahun:
            continue
        for number, row in enumerate(report.realisasi, 1):
            told = {"kode": row.kode, "realisasi": row.realisasi, "keterangan": row.keterangan}
            place = str(record.sumber.locate(f"realisasi.{number}"))
            yield Asal(f"realisasi:{report.id}/{row.kode}", "realisasi", place, told)
