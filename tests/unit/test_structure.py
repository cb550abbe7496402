"""The house holds: imports point down, each library lives in its room, pure rooms stay pure."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "ksdocs"

FLOORS = (
    ("simpanan", "versi"),
    ("problems", "memo"),
    ("bahasa", "workspace", "outputs"),
    ("models", "dokumen", "nama"),
    ("sources",),
    ("register",),
    ("index",),
    ("rules", "clauses"),
    ("laporan",),
    ("assemble", "borang"),
    ("docx",),
    ("verification",),
    ("verification_borang",),
    ("convert",),
    ("office", "pustaka"),
    ("formulir", "lembar_isian"),
    ("pipeline",),
    ("batch", "filling", "api", "templat", "pratinjau"),
    ("cli",),
    ("__main__",),
)
"""From the ground up; a room may import from floors below its own, and from itself."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

LIBRARIES = {
    "calamine": {"sources"},
    "click": {"cli"},
    "deflate": {"docx"},
    "distributed": {"batch"},
    "docx": {"docx"},
    "docxtpl": {"docx"},
    "jinja2": {"clauses", "docx"},
    "lxml": {"docx"},
    "markupsafe": {"clauses", "docx"},
    "pydantic": {"models"},
    "pydantic_core": {"models"},
    "pypandoc": {"convert"},
    "python_calamine": {"sources"},
    "subprocess": {"convert"},
    "tomlkit": {"sources"},
    "xlsxwriter": {"sources"},
    "yaml": {"sources"},
}
"""Library → the rooms that know it. `subprocess` counts: only converters start other programs."""

PURE = (
    *("problems", "bahasa", "models", "nama", "rules", "clauses", "assemble", "borang", "laporan", "docx"),
    *("verification", "verification_borang"),
)
"""Rooms without clock, network, chance and environment: what they make depends on their arguments alone."""

AT_THE_EDGE = {"ksdocs.docx.cache"}
"""Modules of pure rooms that may ask where files are kept: what they give back is the same wherever that is."""

IMPURE_MODULES = {
    "random",
    "secrets",
    "socket",
    "ssl",
    "urllib.request",
    "http",
    "http.client",
    "time",
    "uuid",
}
IMPURE_NAMES = {"today", "now", "utcnow", "environ", "getenv", "urandom"}

MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(file: Path) -> str:
    parts = file.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The room of `ksdocs.docx.package` is `docx`; of the package itself, an empty text."""
    return module.split(".")[1] if "." in module else ""


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports_of(file: Path) -> Iterator[tuple[str, int]]:
    """Every module that `file` names in an import, at any depth, and the line."""
    package = name_of(file).split(".")
    if file.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                # `from ksdocs import problems` names a room, `from ksdocs.problems import Problem` does not.
                yield f"{module}.{alias.name}" if module == "ksdocs" else module, node.lineno


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_point_down_only(file: Path) -> None:
    room = room_of(name_of(file))
    wrong = []
    for module, line in imports_of(file):
        other = room_of(module) if module.split(".")[0] == "ksdocs" else ""
        if not room or other in ("", room):
            continue
        assert other in FLOOR, f"{file}:{line}: give the new room {other} its floor in FLOORS"
        if FLOOR[other] >= FLOOR[room]:
            wrong.append(f"{file}:{line}: {room} may not import {other}")
    assert wrong == []


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(name_of(file)) for file in MODULES} - {""}
    assert rooms <= set(FLOOR), f"no floor for {sorted(rooms - set(FLOOR))}"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_each_library_lives_in_its_room(file: Path) -> None:
    room = room_of(name_of(file))
    wrong = []
    for module, line in imports_of(file):
        library = module.split(".")[0]
        if library == "ksdocs" or (library in sys.stdlib_module_names and library not in LIBRARIES):
            continue
        if room not in LIBRARIES.get(library, set()):
            wrong.append(f"{file}:{line}: {library} does not live in {room or 'ksdocs'}")
    assert wrong == []


PURE_MODULES = [f for f in MODULES if room_of(name_of(f)) in PURE and name_of(f) not in AT_THE_EDGE]


@pytest.mark.parametrize("file", PURE_MODULES, ids=name_of)
def test_pure_rooms_know_no_clock_no_network_no_chance_and_no_environment(file: Path) -> None:
    wrong = [f"{file}:{line}: import {m}" for m, line in imports_of(file) if m in IMPURE_MODULES]
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Attribute) and node.attr in IMPURE_NAMES:
            owner = node.value
            if isinstance(owner, ast.Name) and owner.id in {"date", "datetime", "os", "dt"}:
                wrong.append(f"{file}:{node.lineno}: {owner.id}.{node.attr}")
    assert wrong == []


@pytest.mark.parametrize("file", [f for f in MODULES if room_of(name_of(f)) not in ("cli", "__main__")], ids=name_of)
def test_the_library_never_prints_and_never_exits(file: Path) -> None:
    wrong = []
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"print", "exit", "quit", "sys.exit", "os._exit", "breakpoint", "input"}:
                wrong.append(f"{file}:{node.lineno}: {called}()")
    assert wrong == []


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(tree_of(file)), f"{file} has no docstring"


@pytest.mark.parametrize("module", ["ksdocs", "ksdocs.cli"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    heavy = ["docxtpl", "docx", "lxml", "jinja2", "pypandoc", "python_calamine", "tomlkit", "distributed"]
    script = f"import sys, {module}; print(*[m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
