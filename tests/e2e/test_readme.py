"""What the README shows works: its commands and its Python, run as they stand in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pages import ROOT, blocks, run_page

README = ROOT / "README.md"
KSDOCS = Path(sys.executable).with_name("ksdocs.exe" if os.name == "nt" else "ksdocs")


def call(words: list[str]) -> tuple[int, str]:
    """The installed command, as a person would call it; patterns are the shell's work."""
    names = [str(p) for w in words[1:] for p in (sorted(Path().glob(w)) if "*" in w else [w])]
    done = subprocess.run(
        [KSDOCS, *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100"},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def test_the_readme_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run_page(README, call)
    assert list(Path("out").glob("*.docx"))


def test_the_readme_starts_with_commands_that_the_makefile_has() -> None:
    text = README.read_text(encoding="utf-8")
    told = re.findall(r"\bmake ([a-z]+)", text)
    (start, *_) = (b.text.split("\n") for b in blocks(text) if "make demo" in b.text)
    assert [line for line in start if line] == ["make demo", "make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in told if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_the_readme_shows_python_in_ten_lines() -> None:
    (shown,) = (b.text for b in blocks(README.read_text(encoding="utf-8")) if b.language == "python")
    assert len([line for line in shown.splitlines() if line.strip()]) <= 10
