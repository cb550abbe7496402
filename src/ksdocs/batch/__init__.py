"""Many records: read, made known to each other, rendered and written, each with its line in the manifest.

`Run` does any number of them in the same memory, in this process, in several, or on a cluster. `run` is for records
that a Python program has at hand and wants back with their documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from ksdocs.batch.manifest import MANIFEST, line_of, read_lines, write_manifest
from ksdocs.batch.one import unreadable, write_one
from ksdocs.batch.order import Order
from ksdocs.batch.result import Hasil, Selesai, slim
from ksdocs.batch.run import Run
from ksdocs.office import Office, fingerprint
from ksdocs.outputs import Claims, settle
from ksdocs.pipeline import check
from ksdocs.problems import KsdocsError, SourceError
from ksdocs.register import summarize
from ksdocs.sources import Source, read_all

__all__ = [
    "MANIFEST", "Hasil", "Order", "Run", "Selesai", "enter_all", "manifest_line", "read_records", "run",
    "write_manifest",
]  # fmt: skip


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


def run(
    records: Sequence[Source | SourceError],
    office: Office,
    today: date,
    *,
    out: Path | None = None,
    languages: Sequence[str] = ("id",),
    originals: bool = False,
) -> Iterator[Selesai]:
    """Each record in turn: checked, and with `out` rendered and written there. One bad record never stops the rest.

    The records and their results are the caller's to keep or to drop; `Run` keeps none.
    """
    enter_all(records, office)
    claims = Claims() if out is None else _claims_of(out)
    order = Order(today, out, tuple(languages), originals)
    for record in records:
        start = perf_counter()
        if isinstance(record, SourceError):
            yield unreadable(record)
            continue
        if out is None:
            done = Selesai(check(record, office, today, languages=languages))
        else:
            done = write_one(record, office, order, claims)
            settle(done.files)
        done.milliseconds = (perf_counter() - start) * 1000
        yield done


def manifest_line(done: Selesai, source: Source | None, out: Path) -> dict[str, Any]:  # noqa: ARG001
    """What is kept of one document that `run` made: record, place, hashes, outputs, checks, milliseconds."""
    line = line_of(slim(done))
    return line | {"sidik_rekaman": fingerprint(source.tree) if source is not None else ""}


def _claims_of(out: Path) -> Claims:
    """The names that earlier runs gave to records: another record does not take them."""
    claims = Claims()
    for line, _ in read_lines(out / MANIFEST):
        outputs = line.get("keluaran")
        for made in outputs if isinstance(outputs, list) else ():
            _claim(claims, out, made, line["rekaman"])
    return claims


def _claim(claims: Claims, out: Path, made: object, record: str) -> None:
    try:
        if isinstance(made, dict) and (out / made["berkas"]).is_file():
            claims.claim(out, made["berkas"], record)
    except (KeyError, TypeError, KsdocsError, OSError, ValueError):
        return
