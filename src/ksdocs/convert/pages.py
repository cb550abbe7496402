"""The pages of a PDF as pictures, by pdftoppm of poppler: a separate program, as LibreOffice is.

It writes plain pixels, and the PNG is made here: that takes a third of the time of its own PNGs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from ksdocs.convert.png import png_of_ppm
from ksdocs.convert.process import run
from ksdocs.problems import ConvertError, Problem, problem

NAME: Final = "pdftoppm"
RESOLUTION: Final = 60
"""Dots per inch: enough to see the layout and to read the words."""
_TIMEOUT_S: Final = 60.0
_AT_ONCE: Final = 2

Made = tuple[bytes, ...] | Problem
"""The pages as PNG, or why there are none."""


def find_pdftoppm(environ: Mapping[str, str] | None = None) -> Path | None:
    """The program on the PATH of `environ` (default: this process's)."""
    found = shutil.which(NAME, path=(os.environ if environ is None else environ).get("PATH", ""))
    return Path(found) if found else None


def page_pictures(pdfs: Sequence[bytes], *, resolution: int = RESOLUTION) -> list[Made]:
    """For each PDF its pages as PNG, in their order; equal pages give equal bytes. Without poppler each gets KS892."""
    program = find_pdftoppm()
    if program is None:
        return [problem("KS892") for _ in pdfs]
    with tempfile.TemporaryDirectory(prefix="ksdocs-") as folder, ThreadPoolExecutor(_AT_ONCE) as threads:
        places = [Path(folder) / f"{number}" for number in range(len(pdfs))]
        return list(threads.map(partial(_pages, program, resolution), pdfs, places))


def _pages(program: Path, resolution: int, pdf: bytes, folder: Path) -> Made:
    folder.mkdir()
    file = folder / "a.pdf"
    file.write_bytes(pdf)
    command: list[str | Path] = [program, "-r", str(resolution), file, folder / "h"]
    try:
        done = run(NAME, command, cwd=folder, env=dict(os.environ), timeout_s=_TIMEOUT_S)
    except ConvertError as error:
        return error.problems[0]
    try:
        made = tuple(png_of_ppm(page.read_bytes()) for page in sorted(folder.glob("h-*.ppm"), key=_number))
    except ValueError:
        made = ()
    shutil.rmtree(folder, ignore_errors=True)
    if done.code or done.timed_out or not made:
        return problem("KS893", sebab="timeout" if done.timed_out else f"{done.code}: {done.last_line}")
    return made


def _number(page: Path) -> int:
    return int(page.stem.rpartition("-")[2])
