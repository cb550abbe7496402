"""The annual evaluation: every table and measure of a year, each figure with the rows from which it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ksdocs.laporan import asal as rows
from ksdocs.laporan import kepuasan, lkps, pelaksanaan, portal, portofolio, sasaran
from ksdocs.laporan.bahan import Bahan, gather
from ksdocs.laporan.tabel import Asal, Sel, Tabel
from ksdocs.laporan.ukuran import measures
from ksdocs.register import Register


@dataclass(frozen=True, slots=True)
class Evaluasi:
    """The figures of a year as they stood on `hari`. `tabel` and `ukuran` by id, in the order in which they are told;
    `asal`: key → row, for every key that a cell of them names."""

    tahun: int
    hari: date
    tabel: Mapping[str, Tabel]
    ukuran: Mapping[str, Sel]
    asal: Mapping[str, Asal]


def evaluate(register: Register, tahun: int, hari: date, institusi: str = "") -> Evaluasi:
    """The evaluation of a year, as it stood on `hari`.

    `institusi`: only agreements of this institution count; empty: of every one. What was signed, began or was
    explored after `hari` did not exist yet. An empty year has every table, without rows of its own, and no mean or
    percentage.
    """
    bahan = gather(register, tahun, hari, institusi)
    figures = measures(bahan)
    tables = {table.id: table for table in _tables(bahan, figures)}
    named = {key for table in tables.values() for row in table.baris for cell in row for key in cell.asal}
    named |= {key for cell in figures.values() for key in cell.asal}
    behind = {one.kunci: one for one in rows.all_rows(bahan) if one.kunci in named}
    return Evaluasi(tahun, hari, tables, figures, behind)


def _tables(bahan: Bahan, figures: Mapping[str, Sel]) -> Iterator[Tabel]:
    yield from portofolio.tables(bahan)
    yield from pelaksanaan.tables(bahan)
    yield kepuasan.table(bahan)
    yield sasaran.table(bahan, figures)
    yield lkps.table(bahan)
    yield portal.table(bahan)
