"""An evaluation as sheets of a workbook: its tables, or the rows behind every figure of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ksdocs.laporan.arti import ARTI
from ksdocs.laporan.evaluasi import Evaluasi
from ksdocs.laporan.tabel import Asal, Sel, Tabel
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.sources.buku import Cell, Sheet

_FIRST: Final = ("Tabel", "Baris", "Kolom", "Angka", "Kunci", "Sumber", "Tempat", "Mitra", "Perihal")
"""What every row of a sheet of origins begins with."""
_SUBJECTS: Final = ("tentang", "judul", "indikator", "responden")
"""Names under which a row says what it is about."""


def report_sheets(found: Evaluasi) -> Iterator[Sheet]:
    """The measures, then a sheet for each table."""
    measures = [
        [(one.nama, ""), _cell(found.ukuran[one.id]), (one.satuan, ""), (one.arti, ""), (one.id, "")]
        for one in UKURAN.values()
    ]
    yield Sheet("ukuran", ("Ukuran", "Nilai", "Satuan", "Arti", "Id"), measures)
    for table in found.tabel.values():
        yield Sheet(table.id, table.kolom, [[_cell(cell) for cell in row] for row in table.baris])


def explain_sheets(found: Evaluasi) -> Iterator[Sheet]:
    """What is counted how, then the rows behind every measure, then those behind every figure of each table."""
    told = [[(t.id, ""), (t.judul, ""), (ARTI[t.id], "")] for t in found.tabel.values()]
    told += [[(one.id, ""), (one.nama, ""), (one.arti, "")] for one in UKURAN.values()]
    yield Sheet("definisi", ("Id", "Nama", "Arti"), told)
    yield _origins("ukuran", [("ukuran", UKURAN[i].nama, i, cell) for i, cell in found.ukuran.items()], found)
    for table in found.tabel.values():
        cells = [
            (table.id, label, head, cell)
            for label, row in zip(row_labels(table), table.baris, strict=True)
            for head, cell in zip(table.kolom, row, strict=True)
            if cell.asal or _is_figure(cell)
        ]
        yield _origins(table.id, cells, found)


def row_labels(table: Tabel) -> list[str]:
    """What tells each row of a table from the others: its first cell, with the second, with its number, as needed."""
    firsts = [str(row[0].isi) for row in table.baris]
    times = Counter(firsts)
    both = [f"{row[0].isi} · {row[1].isi}" if times[str(row[0].isi)] > 1 else str(row[0].isi) for row in table.baris]
    times = Counter(both)
    return [f"{told} ({number})" if times[told] > 1 else told for number, told in enumerate(both, 1)]


def _is_figure(cell: Sel) -> bool:
    """A number that was counted or computed: also one that rests on no row, such as 0."""
    return not isinstance(cell.isi, str) and (bool(cell.satuan) or cell.isi == 0)


def _origins(name: str, cells: Iterable[tuple[str, str, str, Sel]], found: Evaluasi) -> Sheet:
    held = list(cells)
    names = _names(found.asal[key] for *_, cell in held for key in cell.asal)
    rows: list[list[tuple[Cell, str]]] = []
    for table, row, column, cell in held:
        figure: list[tuple[Cell, str]] = [(table, ""), (row, ""), (column, ""), _cell(cell)]
        for key in cell.asal:
            rows.append([*figure, *_row(found.asal[key], names)])
        if not cell.asal:
            rows.append([*figure, *[("", "")] * (len(_FIRST) - len(figure) + len(names))])
    return Sheet(name, (*_FIRST, *names), rows)


def _names(rows: Iterable[Asal]) -> tuple[str, ...]:
    """Everything that the rows tell beside partner and subject, in the order in which it is met."""
    return tuple(dict.fromkeys(name for row in rows for name in row.isi if name not in ("mitra", *_SUBJECTS)))


def _row(one: Asal, names: Iterable[str]) -> list[tuple[Cell, str]]:
    subject = next((one.isi[name] for name in _SUBJECTS if one.isi.get(name)), "")
    first = [one.kunci, one.jenis, one.tempat, one.isi.get("mitra"), subject]
    return [(value, "") for value in (*first, *(one.isi.get(name) for name in names))]


def _cell(cell: Sel) -> tuple[Cell, str]:
    return cell.isi, cell.satuan
