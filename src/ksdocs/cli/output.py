"""The answer of a command as one JSON document; its shape is told in docs/keluaran-json.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from ksdocs.cli.console import Console
from ksdocs.cli.settings import shown_path
from ksdocs.cli.show import in_order
from ksdocs.dokumen import ButirPeriksa, Checklist
from ksdocs.problems import Problem

VERSION: Final = 1
"""Raised when a field changes its meaning or goes; fields may be added without it."""

SCHEMA_FILE: Final = Path(__file__).parent / "keluaran.schema.json"


def document(
    command: str, language: str, results: Sequence[dict[str, Any]], problems: Iterable[Problem], summary: dict[str, int]
) -> dict[str, Any]:
    """The whole answer. `problems` are those that belong to no record."""
    return {
        "versi": VERSION,
        "perintah": command,
        "hasil": list(results),
        "masalah": [problem_json(p, language) for p in in_order(problems)],
        "ringkasan": summary,
    }


class Answer:
    """The answer of a command over any number of records, written while they are done; the same as `document`."""

    def __init__(self, console: Console, command: str, language: str) -> None:
        self.console, self.command, self.language = console, command, language
        self.begun = False

    def add(self, result: dict[str, Any]) -> None:
        """The answer on the next record."""
        head = f'{{\n  "versi": {VERSION},\n  "perintah": "{self.command}",\n  "hasil": [\n    '
        self.console.json_part((",\n    " if self.begun else head), result, indent=4)
        self.begun = True

    def close(self, problems: Iterable[Problem], summary: dict[str, int], slips: Iterable[Path] = ()) -> None:
        """What belongs to no record, and the end."""
        whole = document(self.command, self.language, [], problems, summary)
        if slips:
            whole["lembar_hasil"] = [shown_path(slip) for slip in slips]
        if not self.begun:
            self.console.json(whole)
            return
        rest = {name: value for name, value in whole.items() if name not in ("versi", "perintah", "hasil")}
        self.console.json_part("\n  ],\n  ", rest, indent=0, open_=True)


def result(
    *,
    record: str,
    kind: str,
    source: str,
    refused: bool,
    problems: Iterable[Problem],
    language: str,
    files: Iterable[Path] = (),
    **more: Any,
) -> dict[str, Any]:
    """The answer on one record."""
    return {
        "rekaman": record,
        "jenis": kind,
        "sumber": shown_path(source) if source else "",
        "ditolak": refused,
        "masalah": [problem_json(p, language) for p in in_order(problems)],
        "berkas": [shown_path(f) for f in files],
        **more,
    }


def problem_json(found: Problem, language: str) -> dict[str, Any]:
    at = found.at
    place = {
        "berkas": shown_path(at.file) if at.file else None,
        "baris": at.line,
        "kolom": at.column,
        "lembar": at.sheet,
        "sel": at.cell,
        "isian": at.path or None,
        "bagian": at.part,
        "judul": at.heading,
        "tabel": at.table,
        "paragraf": at.paragraph,
    }
    return {
        "kode": found.code,
        "berat": found.severity.value,
        "tempat": {k: v for k, v in place.items() if v is not None},
        "pesan": found.message(language),
        "saran": found.hint(language),
    }


def checklist_json(checklist: Checklist, language: str) -> dict[str, Any]:
    return {
        "lengkap": checklist.lengkap,
        "bagian": [_item(item, language) for item in checklist.butir],
        "terbuka": list(checklist.terbuka),
        "tanggapan": [{"kode": c, "alasan": r, "oleh": w} for c, r, w in checklist.tanggapan],
        "penyimpangan": list(checklist.penyimpangan),
    }


def _item(item: ButirPeriksa, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "substansi": item.substansi,
        "judul": item.judul.get(language, item.judul.get("id", item.substansi)),
        "tuntutan": item.tuntutan,
        "dasar": item.dasar,
        "status": item.status,
        "oleh": [{"klausul": clause, "tempat": place} for clause, place in item.oleh],
        "khusus": [{"klausul": c, "alasan": r, "penyetuju": w, "beda": d} for c, r, w, d in item.khusus],
    }
    if item.pengecualian:
        reason, approver, day = item.pengecualian
        found["pengecualian"] = {"alasan": reason, "penyetuju": approver, "tanggal": day}
    return found
