"""Every problem can be told in both languages, and only problems that exist are told."""

from __future__ import annotations

import ast
import pickle
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ksdocs import problems
from ksdocs.problems import (
    MESSAGE_LANGUAGES,
    KsdocsError,
    Location,
    Problem,
    Severity,
    catalogue,
    problem,
)

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ksdocs"
CODE = re.compile(r"KS\d{3}")
KEYS = ("pesan", "saran", "penjelasan")
CODES = sorted(catalogue())
ADDED_LATER = {"docx": {"isian"}}
"""Room → values that it adds to every problem of a place, after the problem is made."""

ERRORS = [e for e in vars(problems).values() if isinstance(e, type) and issubclass(e, KsdocsError)]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(SOURCE.rglob("*.py"))}


def used_codes() -> dict[str, list[str]]:
    """Code → the places in the source that name it as a value."""
    places = defaultdict(list)
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                places[node.value].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    return places


def calls_of_problem() -> Iterator[tuple[str, str, set[str]]]:
    """(place, code, names of values) of each `problem("KS…", …)` whose names are written out."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "problem"):
                continue
            code = node.args[0] if node.args else None
            names = {keyword.arg for keyword in node.keywords}
            if isinstance(code, ast.Constant) and None not in names:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", str(code.value), {n for n in names if n}


@pytest.mark.parametrize("code", CODES)
def test_a_problem_is_told_in_every_language(code: str) -> None:
    entry = catalogue()[code]
    assert CODE.fullmatch(code)
    assert set(entry) == {"nama", "berat", *MESSAGE_LANGUAGES}
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", entry["nama"])
    assert entry["berat"] in set(Severity)
    for language in MESSAGE_LANGUAGES:
        assert set(entry[language]) == set(KEYS)
        for key in KEYS:
            assert entry[language][key].strip() == entry[language][key] != ""


@pytest.mark.parametrize("code", CODES)
def test_every_language_names_the_same_values(code: str) -> None:
    told = {
        language: placeholders(catalogue()[code][language]["pesan"] + catalogue()[code][language]["saran"])
        for language in MESSAGE_LANGUAGES
    }
    assert len({frozenset(names) for names in told.values()}) == 1, told


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_names_no_values_since_it_is_read_without_a_file(code: str) -> None:
    for language in MESSAGE_LANGUAGES:
        assert placeholders(catalogue()[code][language]["penjelasan"]) == set()


@pytest.mark.parametrize("file", sorted((SOURCE / "pesan").glob("*.toml")), ids=lambda f: f.stem)
def test_names_of_problems_are_different_within_a_room(file: Path) -> None:
    names = re.findall(r'^nama = "(.*)"$', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert names and sorted(names) == sorted(set(names))


def test_every_code_in_the_source_is_in_the_catalogue() -> None:
    assert {code: places for code, places in used_codes().items() if code not in catalogue()} == {}


def test_every_code_in_the_catalogue_is_used_in_the_source() -> None:
    assert sorted(set(catalogue()) - set(used_codes())) == []


def test_every_problem_in_the_source_carries_the_values_that_its_message_names() -> None:
    wrong = []
    for place, code, given in calls_of_problem():
        if code in catalogue():
            entry = catalogue()[code]["id"]
            known = given | ADDED_LATER.get(Path(place).parts[2], set())
            missing = placeholders(entry["pesan"] + entry["saran"]) - known
            wrong += [f"{place}: {code} lacks {', '.join(sorted(missing))}"] if missing else []
    assert wrong == []


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_errors_survive_pickling(error: type[KsdocsError]) -> None:
    at = Location(path="pihak.2.nomor", file="data/pks/magang.yaml", line=14, column=5)
    found = problem("KS001", at, record="pks-1", severity=Severity.PERINGATAN, folder="a", asal="b")
    again = pickle.loads(pickle.dumps(error([found])))
    assert (type(again), again.problems) == (error, (found,))
    assert (str(again), again.exit_code) == (str(error([found])), error.exit_code)


def test_a_value_is_never_read_as_a_pattern() -> None:
    told = problem("KS001", folder="{asal}", asal="{folder} {0} {x!r}").message("id")
    assert told == "folder `{asal}` yang disebut lewat {folder} {0} {x!r} tidak ada"


def test_a_problem_weighs_what_the_catalogue_says_unless_its_finder_knows_better() -> None:
    assert problem("KS001").refuses
    lighter = problem("KS001", severity=Severity.INFO)
    assert (lighter.severity, lighter.refuses) == (Severity.INFO, False)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Location(file="a.yaml", line=14, column=5), "a.yaml:14:5"),
        (Location(file="a.yaml", line=14), "a.yaml:14"),
        (Location(file="a.xlsx", sheet="pihak", cell="C7"), "a.xlsx pihak!C7"),
        (Location(file="a.docx", part="word/x.xml", paragraph="Pasal 1"), "a.docx word/x.xml “Pasal 1”"),
        (Location(file="a.yaml"), "a.yaml"),
        (Location(path="pihak.1"), ""),
        (Location(paragraph="x" * 90), "“" + "x" * 59 + "…”"),
    ],
)  # fmt: skip
def test_a_place_is_told_in_the_readers_own_coordinates(place: Location, told: str) -> None:
    assert str(place) == told


def test_a_problem_is_a_value() -> None:
    assert problem("KS001", folder="a") == Problem("KS001", params={"folder": "a"})


def test_the_page_of_problems_is_current() -> None:
    script = [sys.executable, str(ROOT / "tools" / "problems_page.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
