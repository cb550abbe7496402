"""`report`: the figures of a year, for people and for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ksdocs.bahasa import persen, ribuan, rupiah, tanggal_panjang
from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.console import Console
from ksdocs.cli.output import document
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problems
from ksdocs.laporan.arti import ARTI
from ksdocs.laporan.ekspor import export_csv
from ksdocs.laporan.evaluasi import Evaluasi, evaluate
from ksdocs.laporan.lembar import explain_sheets, report_sheets
from ksdocs.laporan.periksa import cannot_report, own_institution
from ksdocs.laporan.periksa import report_day as default_day
from ksdocs.laporan.tabel import Isi, Sel, Tabel
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.outputs import write_new
from ksdocs.problems import Location, OutputError, Problem, problem
from ksdocs.sources.buku import write_book

_FIGURES: Final = ("jenis", "status", "tingkat", "kelas", "bidang", "kegiatan", "kepuasan", "sasaran")
"""Tables that are shown whole on the screen."""
_LISTS: Final = (
    "berakhir",
    "berakhir_6",
    "berakhir_12",
    "diperpanjang",
    "tanpa_kegiatan",
    "tanpa_bukti",
    "mou_tanpa_pks",
)
"""Tables of which the screen tells how long they are, and how they begin."""
_FEW: Final = 5


def report(
    settings: Settings,
    year: int,
    report_day: date | None,
    institution: str | None,
    xlsx: Path | None,
    explain: Path | None,
    export: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """The figures of `year`; nothing but problems where something cannot be counted."""
    if out is not None and export is None:
        raise UsageFault("ekspor_kurang")
    if export is not None and out is None and as_json:
        raise UsageFault("ekspor_dua")
    register = settings.office().register
    day = report_day or default_day(year, settings.day())
    own = institution or own_institution(register)
    problems = cannot_report(register, year, day, own, settings.day())
    if problems:
        _refuse(settings, problems, as_json)
        return INPUT
    found = evaluate(register, year, day, own)
    files = _write(found, xlsx, explain, export, out)
    if as_json:
        answer = document("report", settings.language, [], [], _summary(found))
        answer["laporan"] = _answer(found, own, files)
        settings.console.json(answer)
    elif export is not None and out is None:
        settings.console.raw(export_csv(found, export))
    else:
        if not files:
            _show(settings, found, own)
        for file in files:
            settings.console.say(settings.say("laporan.ditulis", nama=shown_path(file)))
    return FINE


def _refuse(settings: Settings, problems: list[Problem], as_json: bool) -> None:
    if as_json:
        settings.console.json(document("report", settings.language, [], problems, {}))
    else:
        show_problems(settings.console, problems, settings.language)


def _write(
    found: Evaluasi, xlsx: Path | None, explain: Path | None, export: str | None, out: Path | None
) -> list[Path]:
    """The files that were asked for. One that exists stops all: none is written then."""
    title = f"Kerja sama {found.tahun}"
    wanted: list[tuple[Path, bytes]] = []
    if xlsx is not None:
        wanted.append((xlsx, write_book(title, report_sheets(found))))
    if explain is not None:
        wanted.append((explain, write_book(f"{title}: asal angka", explain_sheets(found))))
    if export is not None and out is not None:
        wanted.append((out, export_csv(found, export).encode("utf-8")))
    _require_free(path for path, _ in wanted)
    return [write_new(path, data) for path, data in wanted]


def _require_free(files: Iterable[Path]) -> None:
    taken = [problem("KS021", Location(file=str(f)), nama=shown_path(f)) for f in files if f.exists()]
    if taken:
        raise OutputError(taken)


# --- for other programs -------------------------------------------------------------------------------------


def _summary(found: Evaluasi) -> dict[str, int]:
    return {"tabel": len(found.tabel), "ukuran": len(found.ukuran), "asal": len(found.asal)}


def _answer(found: Evaluasi, institution: str, files: list[Path]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "tahun": found.tahun,
        "hari": found.hari.isoformat(),
        "institusi": institution,
        "ukuran": {
            ident: {"nama": UKURAN[ident].nama, "arti": UKURAN[ident].arti, "asal": [], **_cell(cell)}
            for ident, cell in found.ukuran.items()
        },
        "tabel": [_table(table) for table in found.tabel.values()],
        "asal": {
            key: {"jenis": one.jenis, "tempat": one.tempat, "isi": {n: _plain(v) for n, v in one.isi.items()}}
            for key, one in found.asal.items()
        },
    }
    return answer | ({"berkas": [shown_path(file) for file in files]} if files else {})


def _table(table: Tabel) -> dict[str, Any]:
    return {
        "id": table.id,
        "judul": table.judul,
        "arti": ARTI[table.id],
        "kolom": list(table.kolom),
        "baris": [[_cell(cell) for cell in row] for row in table.baris],
    }


def _cell(cell: Sel) -> dict[str, Any]:
    told: dict[str, Any] = {"isi": _plain(cell.isi)}
    if cell.satuan:
        told["satuan"] = cell.satuan
    if cell.asal:
        told["asal"] = list(cell.asal)
    return told


def _plain(value: Isi) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


# --- for people ---------------------------------------------------------------------------------------------


def _show(settings: Settings, found: Evaluasi, institution: str) -> None:
    console = settings.console
    own = institution or settings.say("laporan.semua")
    head = settings.say("laporan.judul", tahun=found.tahun, institusi=own, hari=tanggal_panjang(found.hari))
    console.words([(head, "bold")])
    console.gap()
    _figures(console, settings.say("laporan.ukuran"), [[UKURAN[i].nama, _shown(c)] for i, c in found.ukuran.items()])
    for ident in _FIGURES:
        table = found.tabel[ident]
        if table.baris:
            rows = [list(table.kolom), *([_shown(cell) for cell in row] for row in table.baris)]
            _figures(console, table.judul, rows)
    for ident in _LISTS:
        _list(settings, found.tabel[ident])
    console.gap()
    console.say(settings.say("laporan.selebihnya"), style="dim")


def _figures(console: Console, title: str, rows: list[list[str]]) -> None:
    """A table, each column as wide as it needs, the widest ones narrowed until all fit."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    room = console.table_width - 2 - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    console.words([(title, "bold")])
    console.table([[(text, "") for text in row] for row in rows], widths, indent=2)
    console.line()


_NARROW: Final = 6


def _list(settings: Settings, table: Tabel) -> None:
    """How many rows it has, and the first of them."""
    console, rows = settings.console, table.baris
    console.words([(f"{table.judul}: {len(rows)}", "bold")], hang=2)
    names = [_shown(row[0]) for row in rows[:_FEW]]
    if len(rows) > _FEW:
        names.append(settings.say("laporan.lagi", banyak=len(rows) - _FEW))
    if names:
        console.words([(", ".join(names), "dim")], indent=2, hang=2)


def _shown(cell: Sel) -> str:
    value = cell.isi
    if value is None:
        return "–"
    if isinstance(value, date):
        return tanggal_panjang(value)
    if isinstance(value, str):
        return value
    if cell.satuan == "rupiah":
        return rupiah(value)
    if cell.satuan == "rerata":
        return f"{value:.2f}".replace(".", ",")
    return persen(value) if cell.satuan == "persen" else ribuan(value)
