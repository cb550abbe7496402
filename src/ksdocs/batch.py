"""Many records: read, registered, rendered and written one by one, each with its line in the manifest."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from ksdocs.dokumen import ButirPeriksa
from ksdocs.office import Office, fingerprint
from ksdocs.outputs import Claims, locked, write_atomically
from ksdocs.pipeline import Report, check, render
from ksdocs.problems import KsdocsError, Problem, SourceError
from ksdocs.register import summarize
from ksdocs.sources import Source, read_all

MANIFEST: Final = "manifest.jsonl"


@dataclass(slots=True)
class Selesai:
    """One record done: its report, the files that were written, and how long it took in milliseconds."""

    report: Report
    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    milliseconds: float = 0.0

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        return (*self.report.problems, *self.problems)

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.all_problems)


def read_records(paths: Iterable[Path | str]) -> Iterator[Source | SourceError]:
    """Every record under `paths`, files or folders; what cannot be read comes as an error in its place."""
    yield from read_all(list(paths))


def enter_all(records: Iterable[Source | SourceError], office: Office) -> None:
    """Make the records of a run known to each other: a number held twice is seen, a PKS finds its MoU."""
    for record in records:
        if isinstance(record, Source):
            entry = summarize(record, office.register)
            if entry is not None:
                office.register.add_naskah(entry)


Finish = Callable[[Report, Path], Sequence[Path]]
"""What is done with a report that may leave, beyond writing its .docx: other formats. Returns what it wrote."""


def run(
    records: Sequence[Source | SourceError],
    office: Office,
    today: date,
    *,
    out: Path | None = None,
    languages: Sequence[str] = ("id",),
    originals: bool = False,
    finish: Finish | None = None,
) -> Iterator[Selesai]:
    """Each record in turn: checked, and with `out` rendered and written there. One bad record never stops the rest."""
    enter_all(records, office)
    claims = Claims() if out is None else _claims_of(out)
    for record in records:
        start = perf_counter()
        if isinstance(record, SourceError):
            first = record.problems[0]
            yield Selesai(Report(first.record, "", first.at.file or "", record.problems))
            continue
        if out is None:
            done = Selesai(check(record, office, today, languages=languages))
        else:
            done = _write(record, office, today, out, languages, originals, claims, finish)
        done.milliseconds = (perf_counter() - start) * 1000
        yield done


def _write(
    record: Source,
    office: Office,
    today: date,
    out: Path,
    languages: Sequence[str],
    originals: bool,
    claims: Claims,
    finish: Finish | None,
) -> Selesai:
    done = Selesai(render(record, office, today, languages=languages, originals=originals))
    if done.refused:
        return done
    try:
        owner = done.report.dokumen.id if done.report.dokumen else done.report.record
        for artifact in done.report.artifacts:
            done.files.append(write_atomically(out, artifact.name, artifact.data, owner_id=owner, claims=claims))
        if finish is not None:
            done.files.extend(finish(done.report, done.files[0]))
    except KsdocsError as error:
        done.problems.extend(error.problems)
    return done


def manifest_line(done: Selesai, source: Source | None, out: Path) -> dict[str, Any]:
    """What is kept of one document: record, place, hashes, outputs, checks, milliseconds."""
    report = done.report
    items = report.dokumen.checklist.butir if report.dokumen else ()
    return {
        "rekaman": report.record,
        "jenis": report.jenis,
        "tempat": report.source,
        "sidik_rekaman": fingerprint(source.tree) if source is not None else "",
        "keluaran": [
            {"berkas": f.relative_to(out.resolve()).as_posix(), "sha256": hashlib.sha256(f.read_bytes()).hexdigest()}
            for f in done.files
        ],
        "klausul": report.dokumen.sidik.get("klausul", "").split() if report.dokumen else [],
        "pengecualian": [_waiver(b) for b in items if b.pengecualian],
        "khusus": [{"klausul": k[0], "alasan": k[1], "penyetuju": k[2]} for b in items for k in b.khusus],
        "masalah": sorted({p.code for p in done.all_problems}),
        "terbukti": bool(done.files) and not done.refused,
        "milidetik": round(done.milliseconds, 1),
    }


def _waiver(item: ButirPeriksa) -> dict[str, str]:
    reason, approver, day = item.pengecualian or ("", "", "")
    return {"substansi": item.substansi, "alasan": reason, "penyetuju": approver, "tanggal": day}


def write_manifest(lines: Sequence[dict[str, Any]], out: Path) -> Path:
    """The manifest of `out` with `lines` for the records of this run; lines of other records stay.

    Two runs into one folder take turns, so that neither loses the lines of the other.
    """
    with locked(out):
        kept = _read_manifest(out) | {str(line["rekaman"]): line for line in lines}
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept.values())
        return write_atomically(out, MANIFEST, text.encode("utf-8"), owner_id="manifest")


def _read_manifest(out: Path) -> dict[str, dict[str, Any]]:
    """Record id → its line, of the runs before; a line that is torn or no line of ours is passed over."""
    kept: dict[str, dict[str, Any]] = {}
    try:
        with (out / MANIFEST).open("rb") as file:
            for raw in file:
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    line = json.loads(raw)
                    if isinstance(line["rekaman"], str):
                        kept[line["rekaman"]] = line
    except (OSError, ValueError):  # write_atomically tells what is wrong with the folder
        return {}
    return kept


def _claims_of(out: Path) -> Claims:
    """The names that earlier runs gave to records: another record does not take them."""
    claims = Claims()
    for ident, line in _read_manifest(out).items():
        with contextlib.suppress(KeyError, TypeError, AttributeError, KsdocsError, OSError, ValueError):
            for made in line["keluaran"]:
                if (out / made["berkas"]).is_file():
                    claims.claim(out, made["berkas"], ident)
    return claims
