"""Makes the pictures of pages in docs/gambar/ from real output: ksdocs, then LibreOffice, then pdftoppm.

Run it when the layout or the words have changed, and look at what it made.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import ksdocs
from ksdocs.convert import convert_pdfs

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "gambar"
RESOLUTION = 72  # dots per inch

PAGES = {
    "mou-halaman-1": ("mou/mou-samudra-elektronika-2025.yaml", 1),
    "pks-tanda-tangan": ("pks/pks-magang-samudra-2025.yaml", -1),
    "mou-draf": ("mou/mou-yayasan-cahaya-2026.yaml", 1),
    "evaluasi-ringkasan": ("evaluasi/evaluasi-2026.yaml", 2),
    "survei-rekap": ("survei/survei-2026.yaml", 2),
}
"""Name of a picture → record under data/, and page (-1: the last)."""


def main() -> int:
    """0 when every picture was made, 3 when a program is missing."""
    if missing := [name for name in ("pdftoppm", "pdfinfo") if shutil.which(name) is None]:
        print(f"not on this machine: {', '.join(missing)} (poppler-utils)", file=sys.stderr)
        return 3
    office = ksdocs.open_office(cwd=ROOT)
    documents = []
    for file, _ in PAGES.values():
        report = ksdocs.render(ksdocs.load(ROOT / "data" / file)[0], office)
        if report.refused:
            print(*(f"{p.at} {p.code} {p.message()}" for p in report.problems if p.refuses), sep="\n", file=sys.stderr)
            return 1
        documents.append(report.artifacts[0].data)
    try:
        pdfs = convert_pdfs(documents)
    except ksdocs.KsdocsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    TARGET.mkdir(parents=True, exist_ok=True)
    for (name, (_, page)), pdf in zip(PAGES.items(), pdfs, strict=True):
        if not isinstance(pdf, bytes):
            print(*(p.message() for p in pdf), sep="\n", file=sys.stderr)
            return 1
        _picture(pdf, page, TARGET / name)
    return 0


def _picture(pdf: bytes, page: int, target: Path) -> None:
    """One page of `pdf` as the picture `target`.png."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "naskah.pdf"
        file.write_bytes(pdf)
        if page < 0:
            told = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
            page += 1 + int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))
        shown = ["-r", str(RESOLUTION), "-f", str(page), "-l", str(page), "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *shown, file, target], check=True)
    print(f"{target.relative_to(ROOT)}.png: page {page}")


if __name__ == "__main__":
    sys.exit(main())
