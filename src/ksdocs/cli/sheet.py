"""`sheet`: the empty table in which the answers to a survey are collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ksdocs.borang.lembar_jawaban import answer_columns, answer_guide, answer_rows
from ksdocs.cli import FINE
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.models.borang import plain_values
from ksdocs.office import Office
from ksdocs.problems import KsdocsError, Location, OutputError, problem, suggest
from ksdocs.rules import placed
from ksdocs.rules.survei import check_survei
from ksdocs.sources.entry import entry_csv, entry_xlsx


def sheet(settings: Settings, ident: str, out: Path) -> int:
    """The answer sheet of the survey `ident`, as a workbook or as CSV, into a file that is not there yet."""
    kind = out.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise UsageFault("lembar", nama=f"`{out.name}`")
    office = settings.office()
    values = _survey(ident, office)
    columns, rows = answer_columns(values), answer_rows(values, office.register)
    _write(out, entry_csv(columns, rows) if kind == ".csv" else entry_xlsx(columns, rows, answer_guide(values)))
    settings.console.say(settings.say("lembar.ditulis", nama=shown_path(out), baris=len(rows)))
    return FINE


def _survey(ident: str, office: Office) -> dict[str, Any]:
    """The survey's plain values.

    Raises:
        KsdocsError: KS837 no such survey, with every survey that cannot be read; KS202, KS830 to KS833 a survey that
            could not be counted; what is wrong with the answers that are there already.
    """
    records, answers = office.records("survei"), office.records("jawaban_survei")
    held = {str(plain_values(one.isi)["id"]): one for one in records.rekaman}
    if ident not in held:
        told = problem("KS837", Location(), survei=ident, mungkin=suggest(ident, held))
        raise KsdocsError([*records.masalah, told])
    values = plain_values(held[ident].isi)
    wrong = [p for p in placed(check_survei(values, office.register), held[ident].sumber) if p.refuses]
    if wrong or answers.masalah:  # a row that cannot be read would be invited once more
        raise KsdocsError([*wrong, *answers.masalah])
    return values


def _write(out: Path, data: bytes) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise OutputError([problem("KS021", Location(file=str(out)), nama=shown_path(out))]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        told = problem("KS706", Location(file=str(out)), nama=out.name, folder=out.parent, alasan=reason)
        raise OutputError([told]) from None
