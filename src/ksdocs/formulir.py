"""One record of a form on its way to a file: judged, filled in, printed, proved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ksdocs.borang import JenisBorang, Lembar, compose, judge
from ksdocs.borang.awal import left_as_they_were
from ksdocs.docx.lembar import sheet_context
from ksdocs.models.borang import plain_values
from ksdocs.models.fault import read_model
from ksdocs.office import Office, fingerprint
from ksdocs.outputs import safe_name
from ksdocs.problems import KsdocsError, Location, Problem, VerifyError, problem
from ksdocs.register import reads_dmy
from ksdocs.rules import accept, placed, unused_answers
from ksdocs.sources import Source
from ksdocs.sources.pictures import Pictures, no_pictures, pictures_beside
from ksdocs.verification_borang import verify_lembar
from ksdocs.versi import VERSI


def judge_record(
    source: Source, office: Office, form: JenisBorang, today: date, languages: Sequence[str] = ("id",)
) -> tuple[tuple[Problem, ...], Lembar | None]:
    """(every problem of the record at its place, the sheet); no sheet where fields or references are faulty."""
    record, faults = read_model(office.form_model(form.id), source, tanggal_dmy=reads_dmy(source.tree, office.register))
    if record is None:
        return tuple(faults), None
    found: list[Problem] = [
        problem("KS025", jenis=form.id, bahasa=language, jumlah=1, klausul="naskah.docx")
        for language in languages
        if language != "id"
    ]
    found += [
        problem("KS365", Location(path=path), isian=path)
        for path in left_as_they_were(plain_values(record), form.isian)
    ]
    lembar = None
    judged: tuple[str, ...] = ()
    try:
        lembar = compose(record, form, office.register, _pictures(source, office))
        found += judge(record, form, office.register, today)
        judged = ("KS2", "KS3")
    except KsdocsError as error:
        found += error.problems
    found += unused_answers(found, record, judged)
    return placed(accept(found, record), source), lembar


def _pictures(source: Source, office: Office) -> Pictures:
    """Where the pictures of a record are: beside its file, in the data folder."""
    home = Path(source.name).parent
    if source.name.startswith("<") or not Path(source.name).exists():
        return no_pictures
    return pictures_beside(home, office.workspace.data_folder().folder)


def print_sheet(lembar: Lembar, source: Source, office: Office) -> tuple[str, bytes]:
    """(name of the file, its bytes), read back; TemplateError KS4xx, VerifyError KS5xx."""
    template = office.template(lembar.jenis.id)
    title = lembar.jenis.judul["id"]
    data = template.render(
        sheet_context(lembar),
        properties={
            "title": title,
            "subject": title,
            "creator": str(lembar.konteks["institusi"]),
            "keywords": f"{lembar.jenis.id}; {lembar.id}",
            "language": "id-ID",
            "identifier": lembar.id,
        },
        custom={
            "ksdocs_versi": VERSI,
            "ksdocs_id": lembar.id,
            "ksdocs_jenis": lembar.jenis.id,
            "ksdocs_rekaman": fingerprint(source.tree)[:32],
            "ksdocs_templat": template.content_hash[:32],
        },
    )
    problems = verify_lembar(data, lembar)
    if problems:
        raise VerifyError(problems)
    return f"{safe_name(lembar.id, lembar.id)}.docx", data
