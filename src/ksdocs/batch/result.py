"""What became of a record: the whole story for who asked in the same process, a slim one that travels."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ksdocs.dokumen import ButirPeriksa
from ksdocs.pipeline import Report
from ksdocs.problems import Problem

Golongan = Literal["naskah", "acuan", "rusak", "bukan"]
"""A document; a record that others look up; what cannot be read; a file that holds no record."""


@dataclass(slots=True)
class Selesai:
    """One record done: its report, the files that were written, and how long it took in milliseconds."""

    report: Report
    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    milliseconds: float = 0.0
    hashes: dict[str, str] = field(default_factory=dict)
    """Name of a written file → SHA-256 of its bytes."""

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        return (*self.report.problems, *self.problems)

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.all_problems)


@dataclass(slots=True)
class Hasil:
    """One record done, as plain values: what a worker hands back and what is told of it.

    `golongan` says what it was; `row` is its row in the spreadsheet `table`; `skipped` that an earlier run had made it
    and nothing has changed. `line` is what the manifest keeps beside the outputs.
    """

    record: str = ""
    jenis: str = ""
    tahap: str = ""
    source: str = ""
    golongan: Golongan = "naskah"
    title: str = ""
    problems: list[Problem] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    line: dict[str, Any] = field(default_factory=dict)
    milliseconds: float = 0.0
    skipped: bool = False
    row: int | None = None
    table: str = ""

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.problems)


def slim(done: Selesai, *, golongan: Golongan = "naskah", tahap: str = "", row: int | None = None) -> Hasil:
    """`done` without its document."""
    report, dokumen = done.report, done.report.dokumen
    title = f"{dokumen.judul_jenis['id']} tentang {dokumen.tentang['id']}" if dokumen else ""
    if report.lembar is not None:
        title = f"{report.lembar.jenis.judul['id']} — {report.record}"
    return Hasil(
        report.record, report.jenis, tahap, report.source, golongan, title, list(done.all_problems), done.files,
        done.hashes, checks_of(report), done.milliseconds, row=row,
    )  # fmt: skip


def checks_of(report: Report) -> dict[str, Any]:
    """What the manifest keeps of a document's checks: its clauses, what was waived, wording of its own."""
    items = report.dokumen.checklist.butir if report.dokumen else ()
    return {
        "klausul": report.dokumen.sidik.get("klausul", "").split() if report.dokumen else [],
        "pengecualian": [_waiver(b) for b in items if b.pengecualian],
        "khusus": [{"klausul": k[0], "alasan": k[1], "penyetuju": k[2]} for b in items for k in b.khusus],
    }


def _waiver(item: ButirPeriksa) -> dict[str, str]:
    reason, approver, day = item.pengecualian or ("", "", "")
    return {"substansi": item.substansi, "alasan": reason, "penyetuju": approver, "tanggal": day}
