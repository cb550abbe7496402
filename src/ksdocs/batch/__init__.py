"""Many records: read, made known to each other, rendered and written, each with its line in the manifest.

`Run` does any number of them in the same memory, in this process, in several, or on a cluster. `run` is for records
that a Python program has at hand and wants back with their documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ksdocs.batch.manifest import MANIFEST, line_of, read_lines, write_manifest
from ksdocs.batch.one import unreadable, write_one
from ksdocs.batch.order import Order
from ksdocs.batch.result import Hasil, Selesai, slim
from ksdocs.batch.run import PATIENCE, Run
from ksdocs.office import Office, fingerprint, open_office
from ksdocs.outputs import Claims, settle
from ksdocs.pipeline import check
from ksdocs.problems import KsdocsError, SourceError
from ksdocs.register import summarize
from ksdocs.sources import Source, read_all

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = [
    "MANIFEST",
    "Hasil",
    "Order",
    "Run",
    "Selesai",
    "enter_all",
    "manifest_line",
    "read_records",
    "render_many",
    "run",
    "write_manifest",
]


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


def render_many(
    *paths: Path | str,
    out: Path | str,
    office: Office | None = None,
    today: date | None = None,
    lang: str = "id",
    originals: bool = False,
    resume: bool = False,
    workers: int = 1,
    executor: Executor | None = None,
    patience: float = PATIENCE,
) -> Iterator[Hasil]:
    """Every record of files and folders rendered into `out`, in order, with the manifest kept; any number of them.

    Nothing is done before the first result is asked for. Close the iterator to stop early; the manifest is right then
    too.

    Args:
        workers: processes on this machine. A program that asks for more than one needs the usual
            `if __name__ == "__main__":`, since they import it.
        executor: anybody's workers instead, such as `distributed.Client(…).get_executor()`; they must reach the
            input, the data and templates, and `out` under the same paths.
        resume: skip what is done, intact, and made of the same things (`Hasil.skipped`).
        patience: seconds that one record may take before its worker counts as hanging.

    Raises:
        OutputError: KS702 to KS706, the folder or its manifest cannot be written.
    """
    order = Order(today or date.today(), Path(out), (lang,), originals, resume=resume)  # noqa: DTZ011
    given = [Path(p) for p in paths]
    with Run(given, office or open_office(), order, workers=workers, executor=executor, patience=patience) as running:
        running.survey()
        for done in running.results():
            running.keep(done)
            yield done
        running.finish()


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
