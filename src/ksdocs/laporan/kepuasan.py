"""Satisfaction of partners in a year, from the surveys that were held in it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ksdocs.laporan.bahan import Bahan
from ksdocs.laporan.survei import PERSEN, RERATA, RekapSurvei, recap_of
from ksdocs.laporan.survei import Ukuran as Hasil
from ksdocs.laporan.tabel import Sel, Tabel
from ksdocs.models.borang import plain_values

KOLOM: Final = ("Survei", "Dimensi", "n", "Rerata", "Skala", "Sampel kecil")


def recaps(bahan: Bahan) -> list[RekapSurvei]:
    """The surveys of the year that had begun on the day of the report."""
    held = (r for r in bahan.records("survei") if r.isi.tahun == bahan.tahun and r.isi.mulai <= bahan.hari)
    return [recap_of(plain_values(r.isi), bahan.register, str(r.sumber.locate("undangan"))) for r in held]


def table(bahan: Bahan) -> Tabel:
    """A row for each dimension, and one for all items, of each survey."""
    rows: list[tuple[Sel, ...]] = []
    for found in recaps(bahan):
        rows += [_row(found, one.ukuran) for one in found.dimensi]
        rows.append(_row(found, found.keseluruhan))
    return Tabel("kepuasan", "Kepuasan mitra menurut dimensi", KOLOM, tuple(rows))


def _row(found: RekapSurvei, one: Hasil) -> tuple[Sel, ...]:
    return (
        Sel(found.id),
        Sel(one.nama),
        one.responden,
        one.rerata,
        Sel(f"1–{len(found.skala)}"),
        Sel("Ya" if one.sampel_kecil else "Tidak"),
    )


def mean_of(bahan: Bahan) -> Sel:
    """The mean of every value that was given; None without any, and where scales differ."""
    found = recaps(bahan)
    points = [(number, cell) for one in found for number, cell in enumerate(one.keseluruhan.sebaran, 1)]
    given = sum(_number(cell) for _, cell in points)
    rows = _keys(one.keseluruhan.responden for one in found)
    if not given or len({len(one.skala) for one in found}) != 1:
        return Sel(None, rows, "rerata")
    total = sum(number * _number(cell) for number, cell in points)
    return Sel((Decimal(total) / given).quantize(RERATA, ROUND_HALF_UP), rows, "rerata")


def response_of(bahan: Bahan) -> Sel:
    """How many of those who were invited answered, in percent."""
    found = recaps(bahan)
    if len(found) == 1:
        return found[0].tingkat
    parts = [one for survey in found for one in survey.mitra if _number(one.diundang)]
    rows = _keys(cell for one in parts for cell in (one.diundang, one.menjawab))
    invited = sum(_number(one.diundang) for one in parts)
    if not invited or any(one.tingkat.isi is None for one in parts):
        return Sel(None, rows, "persen")
    answered = sum(_number(one.menjawab) for one in parts)
    return Sel((Decimal(100 * answered) / invited).quantize(PERSEN, ROUND_HALF_UP), rows, "persen")


def _number(cell: Sel) -> int:
    assert isinstance(cell.isi, int)
    return cell.isi


def _keys(cells: Iterable[Sel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for cell in cells for key in cell.asal))
