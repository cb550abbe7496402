"""The bench runs from end to end in its smallest size; how long anything takes is not asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_ENGINES = {"ksdocs", "ksdocs-pipeline", "ksdocs-level-6", "docxtpl-naive", "docxtpl-reused"}

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    into = tmp_path_factory.mktemp("bench")
    sections = "race,stages,growth,rows"
    command = [sys.executable, "-m", "bench", "--size", "tiny", "--no-js", "--only", sections, "--into", str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((into / "tiny.json").read_text(encoding="utf-8"))
    return found | {"page": (into / "performance.md").read_text(encoding="utf-8"), "into": into}


def test_every_engine_prints_what_ksdocs_proves(results: dict[str, Any]) -> None:
    race = results["race"]
    assert set(race["rounds"]) - {"ksdocs-cepat"} == PYTHON_ENGINES
    assert race["documents_checked"] >= len(PYTHON_ENGINES)


def test_every_stage_of_the_pipeline_is_seen_at_work(results: dict[str, Any]) -> None:
    assert [stage for stage, cost in results["stages"]["stages"].items() if cost <= 0] == []


def test_growth_and_rows_are_told_for_each_size(results: dict[str, Any]) -> None:
    assert [run["count"] for run in results["growth"]["runs"]] == [2]
    assert [run["count"] for run in results["rows"]["runs"]] == [1, 3]


def test_the_page_says_what_each_figure_is(results: dict[str, Any]) -> None:
    for words in ("What each stage costs", "docxtpl, naive", "one row to ten thousand", "What is to be reached"):
        assert words in results["page"]
    assert (results["into"] / "gambar" / "performance-race.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_difference_in_the_words_is_found() -> None:
    script = (
        "from bench.reading import Content, difference as d\n"
        "one = Content(('a', 'b'), ('x',))\n"
        "print([bool(d(one, Content(*other))) for other in "
        "((('a', 'b'), ('x',)), (('a', 'c'), ('x',)), (('a',), ('x',)), (('a', 'b'), ()))])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[False, True, True, True]"


def test_the_javascript_engines_are_pinned_and_their_lock_names_no_address() -> None:
    package = json.loads((ROOT / "bench/js/package.json").read_text(encoding="utf-8"))
    lock = (ROOT / "bench/js/package-lock.json").read_text(encoding="utf-8")
    pinned = json.loads(lock)["packages"]
    assert "://" not in lock and '"resolved"' not in lock
    assert all(entry.get("integrity", "").startswith("sha512-") for name, entry in pinned.items() if name)
    for name, version in package["dependencies"].items():
        assert pinned[f"node_modules/{name}"]["version"] == version
