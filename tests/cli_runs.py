"""Runs of the command line inside the tests' own process, and of the real program where the process matters."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ksdocs.cli import main

ROOT = Path(__file__).resolve().parent.parent
OWN_ENVIRONMENT = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "KSDOCS_PESAN", "KSDOCS_DATA", "KSDOCS_TEMPLATES")
TODAY = "2026-11-22"
"""The day for which the sample data are written."""


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.out)
        return answer


@contextmanager
def _environment(**wanted: str) -> Iterator[None]:
    """Neither the width nor the colours of the console in which the tests run, nor its own settings."""
    kept = dict(os.environ)
    for name in OWN_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def call(words: Sequence[str], **environ: str) -> Run:
    """How the command line ends with exactly these words, in a console of `PYTHONIOENCODING`, else of UTF-8."""
    encoding = environ.get("PYTHONIOENCODING", "utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with _environment(**environ), redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    texts = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return Run(code, *texts)


def ksdocs(*words: str | Path, width: int | None = None) -> Run:
    """The command with these words, on the data and templates of the checkout unless they say otherwise."""
    given = [str(w) for w in words]
    common = ["--hari-ini", TODAY] if "--hari-ini" not in given else []
    common += ["--data", str(ROOT / "data")] if "--data" not in given else []
    common += ["--templates", str(ROOT / "templates")] if "--templates" not in given else []
    environ = {"COLUMNS": str(width)} if width else {}
    return call([*given[:1], *common, *given[1:]], **environ)


def program(*words: str | Path, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """`python -m ksdocs` as a process of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in OWN_ENVIRONMENT}
    return subprocess.run(
        [sys.executable, "-m", "ksdocs", *map(str, words)],
        cwd=cwd, env=clean | {"PYTHONUTF8": "1"} | environ, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
