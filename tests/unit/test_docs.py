"""The documentation says what is: links lead somewhere, nothing is left out, and what it shows is run."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import ksdocs
from ksdocs.docx.naskah import template_context
from ksdocs.models import MODELS
from ksdocs.models.dasar import Model
from pages import PAGES, ROOT, anchors, blocks, links, run_page

DOCS = ROOT / "docs"


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- every page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    wrong = []
    for target in links(read(page)):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(read(file))):
            wrong.append(target)
    assert wrong == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        targets = (t.partition("#")[0] for t in links(read(page)))
        waiting += [(page.parent / t).resolve() for t in targets if t and "://" not in t]
    assert [name_of(p) for p in PAGES if p not in reached] == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in links(read(page))}
    assert [f.name for f in (DOCS / "gambar").iterdir() if f.resolve() not in shown] == []


UNFIT = re.compile(
    r"/(?:work|tmp|root|home)/|/usr/local|localhost|127\.0\.0\.1|\b(?:[a-z-]+\.)*(?:internal|corp|lan)\b(?=[:/])"
    r"|index-url|\bsession\b|issue tracker|\bhelper\b",
    re.IGNORECASE,
)
"""What tells of the machine or the people that the pages were written on, and nothing of the project."""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_tells_of_the_machine_it_was_written_on(page: Path) -> None:
    assert [line for line in read(page).splitlines() if UNFIT.search(line)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:src|templates|data|tests|tools|docs)/[\w./-]+)`", read(page))
    generated = {"docs/problems.md"}
    assert [n for n in named if n not in generated and not (ROOT / n).exists()] == []


# --- completeness -------------------------------------------------------------------------------------------


def every_field() -> set[str]:
    """The name of every public field of every model, and of the models inside them."""
    found: set[str] = set()
    done: set[type[Model]] = set()

    def inside(annotation: Any) -> Iterator[type[Model]]:
        if isinstance(annotation, type) and issubclass(annotation, Model):
            yield annotation
        for argument in get_args(annotation):
            yield from inside(argument)

    def walk(model: type[Model]) -> None:
        if model in done:
            return
        done.add(model)
        for name, field in model.model_fields.items():
            found.add(name)
            for inner in inside(field.annotation):
                walk(inner)

    for model in MODELS.values():
        walk(model)
    return found


def test_the_glossary_holds_every_field_and_no_other() -> None:
    fields = read(DOCS / "glossary.md").partition("## Fields of every agreement")[2]
    rows = re.findall(r"^\| `([a-z_]+)` \|(.*)\|(.*)\|(.*)\|$", fields, re.MULTILINE)
    assert {name for name, *_ in rows} == every_field()
    assert [name for name, *cells in rows if not all(cell.strip() for cell in cells)] == []


def test_no_word_of_the_glossary_stands_twice() -> None:
    terms = re.findall(r"^\| (.+?) \|", read(DOCS / "glossary.md"), re.MULTILINE)
    terms = [t for t in terms if t not in ("term", "field", "---")]
    assert sorted({t for t in terms if terms.count(t) > 1}) == []


def test_the_architecture_page_tells_the_floors_that_the_code_keeps() -> None:
    tree = ast.parse((ROOT / "tests" / "unit" / "test_structure.py").read_text(encoding="utf-8"))
    (floors,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FLOORS"
    )
    (told,) = (b.text for b in blocks(read(DOCS / "architecture.md")) if b.language == "floors")
    assert [set(line.split()) for line in told.splitlines()] == [set(rooms) for rooms in floors]


def test_the_template_page_names_everything_that_a_template_gets() -> None:
    page = read(DOCS / "templat.md")
    named = set(re.findall(r"`\.?([a-z_]+[12]?)`", page))
    office = ksdocs.open_office(cwd=ROOT, environ={})
    missing: set[str] = set()
    for record in ksdocs.load(ROOT / "data" / "mou", ROOT / "data" / "pks"):
        report = ksdocs.check(record, office, today=date(2026, 11, 22))
        if report.dokumen is not None:
            missing |= names_in(template_context(report.dokumen, original=1)) - named
    assert missing == set()


def names_in(value: Any) -> set[str]:
    """Every key of nested mappings."""
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(names_in, value))
    return set()


def every_command() -> Iterator[tuple[str, list[str]]]:
    """(call, long names of its options) of every command."""
    import click

    from ksdocs.cli.tree import build

    def walk(command: click.Command, path: str) -> Iterator[tuple[str, list[str]]]:
        options = [p for p in command.params if isinstance(p, click.Option)]
        yield path, [name for option in options for name in option.opts if name.startswith("--")]
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from walk(inner, f"{path} {name}")

    yield from walk(build("id"), "ksdocs")


def test_every_command_and_option_is_told_in_the_guide() -> None:
    guide = read(DOCS / "petugas.md")
    told = set(re.findall(r"--[a-z][a-z-]*", guide))
    missing = [call for call, _ in every_command() if not re.search(rf"`{call}[` ]", guide)]
    missing += [f"{call} {name}" for call, names in every_command() for name in names if name not in told]
    assert missing == []


def test_the_guide_names_the_sections_that_cannot_be_waived() -> None:
    file = ROOT / "templates" / "substansi.toml"
    sections = tomllib.loads(file.read_text(encoding="utf-8"))["substansi"].values()
    fixed = {s["judul"]["id"] for s in sections if not s.get("dapat_dikecualikan", True)}
    told = re.search(r"Yang tidak pernah dapat dikecualikan:([^.]*)\.", read(DOCS / "petugas.md"))
    assert told and {" ".join(name.split()) for name in told[1].split(",")} == fixed


def test_every_decision_is_listed() -> None:
    files = sorted(p.name for p in (DOCS / "adr").glob("[0-9]*.md"))
    listed = re.findall(r"\]\(([0-9]{4}-[a-z-]+\.md)\)", read(DOCS / "adr" / "README.md"))
    assert files == listed
    assert [f[:4] for f in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    for file in files:
        text = read(DOCS / "adr" / file)
        assert re.match(rf"# {file[:4]} \S", text)
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


# --- what the pages show is run -----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["python.md", "petugas.md"])
def test_what_a_page_shows_is_what_happens(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    run_page(DOCS / page)
