"""Writes docs/problems.md from the catalogue of problems; with --check, says whether it is current."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ksdocs.problems import catalogue

PAGE = Path(__file__).resolve().parent.parent / "docs" / "problems.md"
STAGES = {
    "KS0": "Pemakaian dan komputer · use and machine",
    "KS1": "Sumber dan isian · sources and fields",
    "KS2": "Aturan · rules",
    "KS3": "Klausul dan kelengkapan · clauses and completeness",
    "KS4": "Templat dan penulisan · templates and rendering",
    "KS5": "Pemeriksaan hasil · verification",
    "KS6": "Format lain · other formats",
    "KS7": "Menulis dan mengisi berkas · writing and filling in",
    "KS8": "Daftar naskah, survei, dan laporan · list of agreements, surveys and reports",
}
WEIGHTS = {"tolak": "tolak · refusal", "peringatan": "peringatan · warning", "info": "info"}
INTRODUCTION = """\
# Kode masalah · Problems

Setiap masalah menyebut kode, tempat, dan apa yang harus dilakukan. Halaman ini sama dengan `ksdocs explain
KODE`. Hanya masalah berat *tolak* yang menahan naskah.

Every problem names its code, its place and what to do next. This page says what `ksdocs explain CODE` says.
Only a *refusal* keeps a document from leaving. Words in braces are filled in. Written by
`tools/problems_page.py` from `src/ksdocs/pesan/`; do not edit it by hand.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for prefix, title in STAGES.items():
        entries = {code: entry for code, entry in catalogue().items() if code.startswith(prefix)}
        if entries:
            yield f"## {prefix}xx: {title}\n"
        for code, entry in entries.items():
            yield _section(code, entry)


def _section(code: str, entry: dict[str, Any]) -> str:
    lines = [f"### {code} {entry['nama']}\n", f"{WEIGHTS[entry['berat']]}\n"]
    for language in ("id", "en"):
        told = entry[language]
        lines.append(f"- **{language}** {told['pesan']}<br>→ {told['saran']}<br>{told['penjelasan']}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    text = page()
    if "--check" in arguments:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print("docs/problems.md is not what the catalogue says: run `make golden`", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
