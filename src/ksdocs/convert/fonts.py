"""Which fonts this machine has something else for. Asked of fontconfig, where there is one; else nothing is said."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ksdocs.convert.process import run
from ksdocs.problems import ConvertError

_SECONDS: Final = 10.0
_MOST: Final = 40


def replaced_fonts(names: Iterable[str]) -> dict[str, str]:
    """Font → what a PDF is made with in its place; only those that are replaced. Empty without fontconfig."""
    program = shutil.which("fc-match")
    found: dict[str, str] = {}
    if program is None:
        return found
    with tempfile.TemporaryDirectory(prefix="ksdocs-") as folder:
        for name in sorted(set(names))[:_MOST]:
            got = _match(program, name, Path(folder))
            families = [family.strip() for family in got.split(",") if family.strip()]
            if families and name.casefold() not in (family.casefold() for family in families):
                found[name] = families[0]
    return found


def _match(program: str, name: str, folder: Path) -> str:
    """The families of the font that `name` leads to; nothing when it cannot be told."""
    pattern = "".join(f"\\{c}" if c in "\\-:," else c for c in name)
    try:
        done = run(
            "fc-match", [program, "-f", "%{family}", pattern], cwd=folder, env=dict(os.environ), timeout_s=_SECONDS
        )
    except ConvertError:
        return ""
    return done.last_line if done.code == 0 and not done.timed_out and done.output.strip() else ""
