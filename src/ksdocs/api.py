"""load, check, render, verify, report: the commands' names for Python, from files or from plain dicts.

Every function takes an `Office` (`ksdocs.open_office()`); without one it opens the office of the working folder,
which reads the data folder each time. Open it once for many records. Nothing here prints or exits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksdocs import pipeline
from ksdocs.models import MODELS
from ksdocs.office import Office, open_office
from ksdocs.pipeline import Report
from ksdocs.problems import KsdocsError, Location, Problem, SourceError, problem, suggest
from ksdocs.sources import Source, from_tree, read_all

if TYPE_CHECKING:
    from ksdocs.laporan.evaluasi import Evaluasi

Record = Source | Mapping[str, Any]
"""A record as `load` gives it, or a plain dict with the same names as the files."""


def load(*paths: Path | str) -> list[Source]:
    """The records of files and folders, in order.

    Raises:
        SourceError: KS101 to KS149, everything that could not be read, after all of it was looked at.
    """
    records: list[Source] = []
    problems: list[Problem] = []
    for item in read_all(list(paths)):
        if isinstance(item, SourceError):
            problems.extend(item.problems)
        else:
            records.append(item)
    if problems:
        raise SourceError(problems)
    return records


def check(record: Record, office: Office | None = None, *, today: date | None = None, lang: str = "id") -> Report:
    """The report on one record: every problem, and the assembled document with its checklist.

    `today` decides what is in force; the real day when not given.
    """
    return pipeline.check(_source(record), office or open_office(), today or _today(), languages=(lang,))


def render(
    record: Record,
    office: Office | None = None,
    *,
    today: date | None = None,
    lang: str = "id",
    originals: bool = False,
) -> Report:
    """As `check`, and the verified .docx in `report.artifacts`; none when `report.refused`.

    `originals` adds the original that each party keeps.
    """
    return pipeline.render(
        _source(record), office or open_office(), today or _today(), languages=(lang,), originals=originals
    )


def verify(
    docx: Path | str | bytes,
    record: Record | None = None,
    office: Office | None = None,
    *,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with a .docx, asked again later; empty when all is well.

    With the `record` it was made from, every word is proved. Without, what the file alone can tell: it is sound, it
    contradicts itself nowhere (articles consecutive, references resolve, weekdays, words and figures agree), no tag
    is left.
    """
    from ksdocs.verification import verify as against
    from ksdocs.verification import verify_alone

    name = "" if isinstance(docx, bytes) else str(docx)
    try:
        data = docx if isinstance(docx, bytes) else Path(docx).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return (problem("KS510", Location(file=name), sebab=reason),)
    if record is None:
        return verify_alone(data, name=name)
    working = office or open_office()
    source = _source(record)
    report = pipeline.check(source, working, today or _today())
    if report.dokumen is None:
        return report.problems
    return against(data, report.dokumen, others=working.other_names(pipeline.party_ids(source)), name=name)


def schema(kind: str, office: Office | None = None) -> dict[str, Any]:
    """The JSON Schema of a kind of record: titles, meanings, examples, order and groups, enough for an entry form.

    `office` knows the forms of its own folders; without it those of the working folder and the shipped ones count.

    Raises:
        KsdocsError: KS201 unknown kind.
    """
    if kind in MODELS:
        return MODELS[kind].model_json_schema()
    working = office or open_office()
    if working.form(kind) is not None:
        return working.form_model(kind).model_json_schema()
    known = [*MODELS, *(k for k in working.workspace.kinds() if k not in MODELS)]
    raise KsdocsError([problem("KS201", jenis=kind, mungkin=suggest(kind, known), pilihan=", ".join(known))])


def report(
    year: int,
    office: Office | None = None,
    *,
    day: date | None = None,
    institution: str = "",
    today: date | None = None,
) -> Evaluasi:
    """The figures of a year of cooperation: tables and measures, each figure with the rows it was counted from.

    `day`: as of which day; today if not given, or the last day of a year that is over. `institution`: whose agreements
    count; it may be left out where the data belongs to one.

    Raises:
        KsdocsError: KS850, KS851, KS853 to KS855; KS819 with everything that keeps data from being counted (KS811,
            KS813, KS852, and what is wrong with the files).
    """
    from ksdocs.laporan import periksa
    from ksdocs.laporan.evaluasi import evaluate

    register, now = (office or open_office()).register, today or _today()
    told = day or periksa.report_day(year, now)
    own = institution or periksa.own_institution(register)
    problems = periksa.cannot_report(register, year, told, own, now)
    if problems:
        raise KsdocsError(problems)
    return evaluate(register, year, told, own)


def _source(record: Record) -> Source:
    return record if isinstance(record, Source) else from_tree(record)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own calendar day is meant
