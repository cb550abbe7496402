"""Pictures of the program at work for the officers' guide: what a command really prints, as SVG with its colours.

Run it when what the commands print has changed, and look at what it made.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "gambar"
COLUMNS = 88
DAY = "2026-11-22"

SCREENS = {
    "layar-check": (
        "ksdocs check data/contoh-salah/tanggal-hari-beda.yaml data/mou/mou-samudra-elektronika-2025.yaml",
    ),
    "layar-render": ("ksdocs render data/mou/mou-samudra-elektronika-2025.yaml -o hasil --format docx,pdf",),
    "layar-template-check": ("ksdocs template check naskah.docx --kind mou",),
}
"""Name of a picture → the commands on it, run in a folder with the sample data."""

COLOURS = {"31": "#b3261e", "33": "#8a5a00", "32": "#1b6e2e", "2": "#6b6b6b", "36": "#00618a"}
BOLD = "1"
_CODE = re.compile(r"\x1b\[([0-9;]*)m")
LINE, CHARACTER, MARGIN, BAR = 19, 8.43, 16, 30
"""Height of a line, width of a character, margin and title bar, in pixels."""


def main() -> int:
    """0 when every picture was made."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data", folder / "data")
        spoil(ROOT / "templates" / "mou" / "naskah.docx", folder / "naskah.docx")
        for picture, commands in SCREENS.items():
            lines = [line for command in commands for line in screen(command, folder)]
            (TARGET / f"{picture}.svg").write_text(draw(lines), encoding="utf-8", newline="\n")
    return 0


def spoil(template: Path, target: Path) -> None:
    """A copy of `template` with the slips that people make: a misspelt name, and an end that is gone."""
    import zipfile

    with zipfile.ZipFile(template) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                assert b"kata_tentang" in data
                data = data.replace(b"kata_tentang", b"kata_tentng", 1)
            new.writestr(info, data)


def screen(command: str, folder: Path) -> list[str]:
    """The prompt with `command`, and what it prints, line by line with its colours."""
    words = shlex.split(command)
    run = subprocess.run(
        [sys.executable, "-m", *words, "--hari-ini", DAY],
        cwd=folder,
        env=os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "KSDOCS_PESAN": "id", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return [f"\x1b[1m> {command}\x1b[0m", *(run.stdout + run.stderr).rstrip("\n").split("\n"), ""]


def draw(lines: list[str]) -> str:
    """The lines in a window, as SVG."""
    width = round(COLUMNS * CHARACTER + 2 * MARGIN)
    height = BAR + 2 * MARGIN + LINE * len(lines)
    rows = "\n".join(
        f'<text x="{MARGIN}" y="{BAR + MARGIN + LINE * (n + 1) - 5}" xml:space="preserve">{spans(line)}</text>'
        for n, line in enumerate(lines)
    )
    dots = "".join(f'<circle cx="{MARGIN + 4 + 18 * n}" cy="{BAR // 2}" r="5" fill="#c4c4c4"/>' for n in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="Consolas, Cascadia Mono, DejaVu Sans Mono, monospace" font-size="14">\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="#fcfcfc" stroke="#9a9a9a"/>\n'
        f'<path d="M0 {BAR}h{width}" stroke="#d0d0d0"/>{dots}\n{rows}\n</svg>\n'
    )


def spans(line: str) -> str:
    """One line with its colours, as the inside of a text element."""
    made, style = [], ""
    for n, part in enumerate(_CODE.split(line)):
        if n % 2:
            style = part
        elif part:
            dress = ' font-weight="bold"' if style == BOLD else ""
            dress += f' fill="{COLOURS[style]}"' if style in COLOURS else ""
            made.append(f"<tspan{dress}>{escape(part)}</tspan>" if dress else escape(part))
    return "".join(made)


if __name__ == "__main__":
    sys.exit(main())
