"""Cases found by listing: what an office lives with is fit, what goes wrong in real offices is caught, exactly.

A case is a folder: its record files in any format, and `data/` where it needs more than the shipped data. A good
case renders without a refusal and gives the warnings of `warnings.txt`, no others. A bad case gives the problems of
`problems.txt`, no others, each as `severity code place`; with several files, the file's name stands before them.
The unfit records of `data/contoh-salah` are held to `harapan.toml` in the same way.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import samples
from ksdocs import batch
from ksdocs.batch import Order, Run, Selesai
from ksdocs.office import Office
from ksdocs.problems import Location, Problem, Severity, SourceError
from ksdocs.sources import FORMATS

CASES = samples.ROOT / "tests" / "cases"
UNFIT = samples.DATA / "contoh-salah"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((UNFIT / "harapan.toml").read_text(encoding="utf-8"))


def cases(kind: str) -> list[Path]:
    return sorted(f for f in (CASES / kind).iterdir() if f.is_dir())


def records(case: Path) -> list[Path]:
    return sorted(f for f in case.iterdir() if f.suffix in FORMATS)


def data_of(case: Path, tmp_path: Path) -> Path:
    """The shipped data, with what the case adds laid over it."""
    if not (case / "data").is_dir():
        return samples.DATA
    merged = tmp_path / "data"
    shutil.copytree(samples.DATA, merged, ignore=shutil.ignore_patterns("contoh-salah"))
    shutil.copytree(case / "data", merged, dirs_exist_ok=True)
    return merged


def place(at: Location) -> str:
    if at.path:
        return at.path
    return f"baris {at.line}" if at.line is not None else at.cell or "-"


def lines(problems: Sequence[Problem], prefix: str = "") -> list[str]:
    """One line each; a section that is missing stands at no place of the record, and is named instead."""
    return [
        f"{prefix}{p.severity.value} {p.code} {place(p.at) if p.at.path else p.params.get('substansi', place(p.at))}"
        for p in problems
        if p.severity is not Severity.INFO
    ]


def judged(files: Sequence[Path], office: Office) -> Iterator[Selesai]:
    """Each record of the files as `ksdocs check` judges it, rows of lists too."""
    with Run(files, office, Order(samples.TODAY)) as run:
        run.survey()
        for _, done in run.judged():
            yield done


def expected(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("case", cases("good"), ids=lambda c: c.name)
def test_what_an_office_lives_with_is_fit(case: Path, tmp_path: Path) -> None:
    found: list[str] = []
    office = samples.office(data=data_of(case, tmp_path))
    read = list(batch.read_records(records(case)))
    assert read, "a case has a record"
    for done in batch.run(read, office, samples.TODAY, out=tmp_path / "out"):
        assert not done.refused, lines(done.all_problems)
        assert done.files, done.report.record
        assert done.report.dokumen is not None
        assert done.report.dokumen.checklist.lengkap
        found += lines(done.all_problems)
    assert found == expected(case / "warnings.txt")


@pytest.mark.parametrize("case", cases("bad"), ids=lambda c: c.name)
def test_what_goes_wrong_in_real_offices_is_caught(case: Path, tmp_path: Path) -> None:
    files = records(case)
    office = samples.office(data=data_of(case, tmp_path))
    found: list[str] = []
    for done in judged(files, office):
        prefix = f"{Path(done.report.source).name} " if len(files) > 1 else ""
        found += lines(done.all_problems, prefix)
    assert found == expected(case / "problems.txt")
    assert found, "a bad case has a problem"


@pytest.mark.parametrize("case", [*cases("good"), *cases("bad")], ids=lambda c: f"{c.parent.name}-{c.name}")
def test_a_case_says_what_is_expected(case: Path) -> None:
    wanted = "warnings.txt" if case.parent.name == "good" else "problems.txt"
    assert (case / wanted).is_file()
    assert records(case)


# ---------------------------------------------------------------------- the shipped unfit records


def test_every_unfit_record_has_its_expectation() -> None:
    files = {f.name for f in UNFIT.iterdir() if f.suffix in FORMATS and f.name != "harapan.toml"}
    assert files == set(EXPECTED)


@cache
def _told(name: str) -> tuple[Problem, ...]:
    """Everything that a run over the file, and those it is checked with, says of it."""
    beside = EXPECTED[name].get("bersama", ())
    told: list[Problem] = []
    for done in judged([UNFIT / name, *(UNFIT / other for other in beside)], samples.office()):
        if Path(done.report.source).name == name:
            told += done.all_problems
    return tuple(told)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_unfit_record_is_refused_for_its_mistake_alone(name: str) -> None:
    told, wanted = _told(name), EXPECTED[name]
    assert [p.code for p in told if p.refuses] == wanted["kode"]
    assert [p.code for p in told if p.severity is Severity.PERINGATAN] == wanted.get("peringatan", [])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_refusal_of_an_unfit_record_says_where(name: str) -> None:
    refusals = [p for p in _told(name) if p.refuses]
    wanted = EXPECTED[name]
    for path in wanted["jalur"]:
        assert path in [p.at.path for p in refusals]
    if not wanted["jalur"]:
        seen = [(p.at.line, p.at.cell) for p in refusals]
        assert any(line == wanted["baris"] or str(cell)[-1:] == str(wanted["baris"]) for line, cell in seen), seen
    for found in refusals:
        assert found.at.file is not None
        assert Path(found.at.file).name == name


def test_every_refusal_speaks_both_languages_without_a_gap() -> None:
    for name in EXPECTED:
        for found in _told(name):
            for language in ("id", "en"):
                told = f"{found.message(language)} {found.hint(language)}"
                assert "{" not in told or any("{" in v for v in found.params.values()), (name, found.code)
                assert "None" not in told, (name, found.code)


def test_all_unfit_records_in_one_run_are_refused_and_none_stops_another(tmp_path: Path) -> None:
    done = list(batch.run(list(batch.read_records([UNFIT])), samples.office(), samples.TODAY, out=tmp_path))
    assert [d.report.source for d in done if not d.refused and "harapan" not in d.report.source] == []
    assert list(tmp_path.iterdir()) == []


def test_every_fit_record_is_fit(tmp_path: Path) -> None:
    read = list(batch.read_records([samples.DATA / "mou", samples.DATA / "pks"]))
    assert not [r for r in read if isinstance(r, SourceError)]
    for done in batch.run(read, samples.office(), samples.TODAY, out=tmp_path):
        assert not done.refused, (done.report.record, lines(done.all_problems))
