"""The order of the stages: validate → assemble → render → verify. Nothing else happens here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.assemble import IncompleteError, assemble
from ksdocs.assemble.plan import plan_of
from ksdocs.dokumen import Checklist, Dokumen
from ksdocs.office import Office, fingerprint
from ksdocs.outputs import safe_name, write_atomically
from ksdocs.problems import KsdocsError, LibraryError, Location, NaskahError, Problem, VerifyError, problem
from ksdocs.rules import accept, open_items, validate
from ksdocs.sources import Source
from ksdocs.versi import VERSI

if TYPE_CHECKING:
    from ksdocs.borang import Lembar
    from ksdocs.docx.template import Template


@dataclass(frozen=True, slots=True)
class Artifact:
    """One rendered .docx: its file name, its bytes, and which party keeps it (0: nobody's in particular)."""

    name: str
    data: bytes
    original: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one record: every problem with its place, the document, and the files when it may leave."""

    record: str
    jenis: str
    source: str
    problems: tuple[Problem, ...]
    dokumen: Dokumen | None = None
    artifacts: tuple[Artifact, ...] = ()
    incomplete: Checklist | None = None
    lembar: Lembar | None = None
    """The filled sheet, where the record is one of a form."""

    @property
    def checklist(self) -> Checklist | None:
        """What was asked of the document and what answers it, also when something is missing; None where the fields
        or references of the record are faulty."""
        return self.dokumen.checklist if self.dokumen else self.incomplete

    @property
    def refused(self) -> bool:
        """True when something keeps the document from leaving."""
        return any(p.refuses for p in self.problems)

    def save(self, folder: Path | str) -> list[Path]:
        """Write the artifacts into `folder`, each whole or not at all; OutputError KS701 to KS706."""
        if self.refused:
            raise NaskahError([p for p in self.problems if p.refuses])
        return [write_atomically(Path(folder), a.name, a.data, owner_id=self.record) for a in self.artifacts]


def check(source: Source, office: Office, today: date, *, languages: Sequence[str] = ("id",)) -> Report:
    """The record judged and assembled, nothing rendered. All problems at once; raises only for a broken office."""
    kind = str(source.tree.get("jenis", ""))
    form = office.form(kind)
    if form is not None:
        from ksdocs.formulir import judge_record

        problems, lembar = judge_record(source, office, form, today, languages)
        return Report(source.id, kind, source.name, (*source.warnings, *problems), lembar=lembar)
    judged = validate(source, office.register, today)
    told = (*_of_parties(source, office), *judged.problems)
    report = Report(source.id, kind, source.name, told)
    if judged.naskah is None:
        return report
    try:
        _require_languages(office, kind, languages)
        dokumen, found = assemble(
            judged.naskah, office.library(kind), languages=languages, open_items=open_items(judged.naskah)
        )
    except KsdocsError as error:
        remaining = accept(_without_consequences(error.problems, judged.problems), judged.naskah.isi)
        found = (*told, *_placed(remaining, source))
        checklist = error.checklist if isinstance(error, IncompleteError) else None
        return Report(source.id, kind, source.name, found, incomplete=checklist)
    warned = _placed(accept(found, judged.naskah.isi), source)
    return Report(source.id, kind, source.name, (*told, *warned), dokumen)


def _require_languages(office: Office, kind: str, languages: Sequence[str]) -> None:
    """LibraryError KS025 for a language in which this kind has not all of its clauses."""
    library = office.library(kind)
    for language in languages:
        missing = plan_of(library).missing(language)
        if missing:
            named = ", ".join(missing[:3])
            at = Location(file=str(office.workspace.find_kind(kind).folder))
            raise LibraryError([problem("KS025", at, jenis=kind, bahasa=language, jumlah=len(missing), klausul=named)])


def render(
    source: Source, office: Office, today: date, *, languages: Sequence[str] = ("id",), originals: bool = False
) -> Report:
    """As `check`, and the files: the document, and with `originals` the one that each party keeps; each read back."""
    report = check(source, office, today, languages=languages)
    if report.refused or (report.dokumen is None and report.lembar is None):
        return report
    try:
        if report.dokumen is None:
            return _with_sheet(report, source, office)
        template = office.template(report.jenis)
        artifacts = tuple(
            _print(report.dokumen, source, office, template, number) for number in _copies(report.dokumen, originals)
        )
    except KsdocsError as error:
        told = [replace(p, record=p.record or source.id) for p in error.problems]
        found = [_placed([p], source)[0] if p.at == Location() else p for p in told]
        return replace(report, problems=(*report.problems, *found))
    return Report(report.record, report.jenis, report.source, report.problems, report.dokumen, artifacts)


def _with_sheet(report: Report, source: Source, office: Office) -> Report:
    from ksdocs.formulir import print_sheet

    assert report.lembar is not None
    return replace(report, artifacts=(Artifact(*print_sheet(report.lembar, source, office)),))


def _copies(dokumen: Dokumen, originals: bool) -> range:
    """0 is the document itself, n the original that party n keeps; a signed file on a screen has no originals."""
    on_paper = dokumen.sakelar.get("mode") == "basah"
    return range(len(dokumen.pihak) + 1 if originals and on_paper else 1)


def _print(dokumen: Dokumen, source: Source, office: Office, template: Template, original: int) -> Artifact:
    from ksdocs.docx.naskah import template_context
    from ksdocs.verification import verify

    title = _one_line(f"{dokumen.judul_jenis['id']} tentang {dokumen.tentang['id']}")
    data = template.render(
        template_context(dokumen, original=original or None),
        properties={
            "title": title,
            "subject": dokumen.judul_jenis["id"],
            "creator": _one_line(dokumen.pihak[0].nama["id"]),
            "keywords": f"{dokumen.jenis}; {dokumen.id}",
            "language": "id-ID",
            "identifier": dokumen.id,
            "contentStatus": dokumen.tahap,
        },
        custom=provenance(dokumen, source, template, original),
    )
    problems = verify(data, dokumen, others=office.other_names(party_ids(source)))
    if problems:
        raise VerifyError(problems)
    stem = safe_name(dokumen.id, dokumen.id)
    return Artifact(f"{stem}.asli-{original}.docx" if original else f"{stem}.docx", data, original)


def _one_line(text: str) -> str:
    """`text` as a property of the file, which holds no line breaks and tabs; the document keeps them."""
    return " ".join(text.split())


def _of_parties(source: Source, office: Office) -> list[Problem]:
    """What is wrong with the files of a record's own parties: a logo that is not there, an id used twice."""
    parties = party_ids(source) - {""}
    return [p for p in office.register.problems if p.record in parties]


def party_ids(source: Source) -> frozenset[str]:
    """Ids of the lembaga that are parties of a record."""
    parties = source.tree.get("pihak", ())
    return frozenset(str(p.get("id", "")) for p in parties if isinstance(p, dict))


def provenance(dokumen: Dokumen, source: Source, template: Template, original: int = 0) -> dict[str, str]:
    """What a document was made from: ids and hashes, never the record itself."""
    return {
        "ksdocs_versi": VERSI,
        "ksdocs_id": dokumen.id,
        "ksdocs_jenis": dokumen.jenis,
        "ksdocs_tahap": dokumen.tahap,
        "ksdocs_rekaman": fingerprint(source.tree)[:32],
        "ksdocs_templat": template.content_hash[:32],
        "ksdocs_pustaka": dokumen.sidik.get("pustaka", ""),
        "ksdocs_klausul": dokumen.sidik.get("klausul", ""),
    } | ({"ksdocs_asli": str(original)} if original else {})


def _without_consequences(found: Sequence[Problem], told: Sequence[Problem]) -> list[Problem]:
    """What assembly found, without what only follows from a refusal that the rules told already."""
    refused = {p.at.path for p in told if p.refuses}
    if not refused:
        return list(found)
    unprintable = ("KS341", "KS343")
    return [p for p in found if p.code not in unprintable and (not p.at.path or p.at.path not in refused)]


def _placed(problems: Sequence[Problem], source: Source) -> list[Problem]:
    """Problems of the assembly with the place of their record path, where they name one and no file."""
    placed = []
    for found in problems:
        at = found.at
        if at.path and at.file is None:
            at = source.locate(at.path).with_(path=at.path, paragraph=at.paragraph)
        elif at.file is None and at.paragraph is None:
            at = source.locate("")
        placed.append(Problem(found.code, at, found.params, found.severity_override, source.id))
    return placed
