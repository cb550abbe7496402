"""The lock files pin what pyproject.toml asks for, say nothing of the machine that made them, and are told of."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Package → (version, hashes)."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[str, list[str]]] = {}
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split("--hash=")
            name, version = requirement.split(";")[0].strip().split("==")
            found[canonicalize_name(name)] = version, [h.strip() for h in hashes]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    assert pins(lock)
    for name, (_, hashes) in pins(lock).items():
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), name


@pytest.mark.parametrize("lock", [*LOCKS, "tools/node/package-lock.json"])
def test_a_lock_names_no_index_no_address_and_no_folder_of_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^ *--?(index-url|extra-index-url|find-links|trusted-host|[ifr] )", text, re.MULTILINE)
    assert '"resolved"' not in text
    assert not re.search(r"(^|[\s\"'])(/[a-z]+){2,}", text)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_a_lock_pins_a_fitting_version_of_everything_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"make lock: {requirement.name} is not in {lock}"
        assert pinned[name][0] in requirement.specifier, f"make lock: {name} in {lock}"


def test_both_locks_pin_the_same_versions() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_everything_pinned_is_told_of_with_its_licence() -> None:
    told = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").lower()
    names = {canonicalize_name(name) for name in re.findall(r"[\w.@/-]+", told)}
    assert sorted(set(pins("requirements-dev.lock")) - names) == []


def test_every_command_of_the_makefile_is_told_by_make_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))
    assert phony == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert {"demo", "test", "lint", "types", "check", "golden", "help"} <= phony


def test_the_validator_from_npm_is_pinned_exactly() -> None:
    package = json.loads((ROOT / "tools/node/package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["dependencies"].values())


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no executable bit")
def test_what_continuous_integration_runs_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_version_that_is_told_is_that_of_the_project() -> None:
    from ksdocs.versi import VERSI

    assert PROJECT["version"] == VERSI
