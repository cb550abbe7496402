"""A test that needs a tool is skipped by name where the tool is missing, and fails where all must be there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MARKED = "tests/e2e/test_convert.py::test_a_pdf_is_archivable_accessible_and_carries_title_and_language"


def run_without_tools(checkout: Path, empty: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("KSDOCS_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", MARKED]
    return subprocess.run(
        command,
        cwd=checkout,
        env=known | {"PATH": str(empty)} | environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds LibreOffice without PATH")
def test_a_missing_tool_skips_its_test_and_says_which(checkout: Path, tmp_path: Path) -> None:
    done = run_without_tools(checkout, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "is not on this machine" in done.stdout or "are not on this machine" in done.stdout


def test_where_tools_are_required_a_missing_one_is_a_failure(checkout: Path, tmp_path: Path) -> None:
    done = run_without_tools(checkout, tmp_path, KSDOCS_REQUIRE_TOOLS="1")
    assert done.returncode == 1, done.stdout
    assert "KSDOCS_REQUIRE_TOOLS is set, but" in done.stdout
    assert "skipped" not in done.stdout
