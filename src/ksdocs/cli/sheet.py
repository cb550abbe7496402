"""`sheet`: a workbook in which records of a kind are entered, or the answers to a survey."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ksdocs.api import load
from ksdocs.borang.lembar_jawaban import answer_columns, answer_guide, answer_rows
from ksdocs.cli import FINE
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.settings import Settings, shown_path, typed_path
from ksdocs.lembar_isian import entry_book, kinds_with_sheets
from ksdocs.models.borang import plain_values
from ksdocs.office import Office
from ksdocs.outputs import write_new
from ksdocs.problems import KsdocsError, Location, OutputError, problem, suggest
from ksdocs.rules import placed
from ksdocs.rules.survei import check_survei
from ksdocs.sources.entry import entry_csv, entry_xlsx


def sheet(settings: Settings, name: str, out: Path, given: tuple[Path, ...], bilingual: bool) -> int:
    """The entry sheet of the kind `name`, or the answer sheet of the survey `name`, into a file that is not there yet.

    Raises:
        KsdocsError: KS861 to KS864, what is wrong with the records of `given`; KS837 and what `_survey` tells.
    """
    office = settings.office()
    if name in kinds_with_sheets(office):
        return _entry(settings, office, name, out, given, bilingual)
    if given or bilingual:
        _survey(name, office)  # what is no survey either is told as that
        raise UsageFault("lembar_survei", nama=f"`{name}`")
    return _answers(settings, office, name, out)


def _entry(settings: Settings, office: Office, kind: str, out: Path, given: tuple[Path, ...], bilingual: bool) -> int:
    if out.suffix.lower() != ".xlsx":
        raise UsageFault("lembar_isian", nama=f"`{out.name}`")
    if out.exists():  # before all the work, and once more when it is written
        raise OutputError([problem("KS021", Location(file=str(out)), nama=shown_path(out))])
    records = load(*given) if given else []
    own = [one for one in records if one.tree.get("jenis") == kind]
    if given and not own:
        kinds = ", ".join(sorted({str(one.tree.get("jenis", "-")) for one in records})) or "-"
        raise KsdocsError([problem("KS862", Location(), jenis=kind, ada=kinds)])
    write_new(out, entry_book(kind, office, own, bilingual=bilingual))
    words = "lembar.isian" if own else "lembar.kosong"
    settings.console.say(
        settings.say(words, nama=shown_path(out), jenis=kind, baris=len(own), perintah=typed_path(out))
    )
    if len(own) < len(records):
        settings.console.say(settings.say("lembar.lain", baris=len(records) - len(own), jenis=kind))
    return FINE


def _answers(settings: Settings, office: Office, ident: str, out: Path) -> int:
    kind = out.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise UsageFault("lembar", nama=f"`{out.name}`")
    values = _survey(ident, office)
    columns, rows = answer_columns(values), answer_rows(values, office.register)
    write_new(out, entry_csv(columns, rows) if kind == ".csv" else entry_xlsx(columns, rows, answer_guide(values)))
    settings.console.say(settings.say("lembar.ditulis", nama=shown_path(out), baris=len(rows)))
    return FINE


def _survey(ident: str, office: Office) -> dict[str, Any]:
    """The survey's plain values.

    Raises:
        KsdocsError: KS837, KS864 no such survey, with every survey that cannot be read; KS202, KS830 to KS833 a survey
            that could not be counted; what is wrong with the answers that are there already.
    """
    records, answers = office.records("survei"), office.records("jawaban_survei")
    held = {str(plain_values(one.isi)["id"]): one for one in records.rekaman}
    if ident not in held:
        near, kinds = suggest(ident, held), kinds_with_sheets(office)
        told = problem("KS837", Location(), survei=ident, mungkin=near)
        if not near and not records.masalah:
            told = problem("KS864", nama=ident, mungkin=suggest(ident, kinds), pilihan=", ".join(kinds))
        raise KsdocsError([*records.masalah, told])
    values = plain_values(held[ident].isi)
    wrong = [p for p in placed(check_survei(values, office.register), held[ident].sumber) if p.refuses]
    if wrong or answers.masalah:  # a row that cannot be read would be invited once more
        raise KsdocsError([*wrong, *answers.masalah])
    return values
