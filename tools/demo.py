"""What `make demo` shows: the records in data/ become documents in out/, and the unfit ones are refused.

Fails when a fit record is refused, when an unfit one is not, or when its refusal does not say where the mistake
is (data/contoh-salah/harapan.toml). Without LibreOffice the PDFs are left out, and that is said.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tomllib
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from ksdocs.cli import main as ksdocs
from ksdocs.cli.console import Console

ROOT = Path(__file__).resolve().parent.parent
OUT = "out"
UNFIT = Path("data/contoh-salah")
SETTINGS = ("--templates", "templates", "--data", "data", "--hari-ini", "2026-11-22")
"""The day for which the sample data are written, so that the demo says the same next year."""

AGREEMENTS = ("mou", "pks")
FORMS = (
    *("usulan", "penjajakan", "pemetaan", "program", "notulen", "daftar_hadir", "laporan_pelaksanaan", "monitoring"),
    *("survei", "evaluasi"),
)
LISTS = ("arsip", "jawaban_survei")
"""Kinds of rows that are read and counted, and become no document of their own."""
LIBREOFFICE_MISSING = "KS010"


def call(*words: str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON answer of one ksdocs command."""
    answer = io.StringIO()
    with redirect_stdout(answer):
        code = ksdocs([*words, "--json", *SETTINGS])
    try:
        return code, json.loads(answer.getvalue())
    except ValueError:
        sys.exit(code or 1)


def render(console: Console) -> bool:
    """The fit records as .docx and .pdf; True when every one of them could leave."""
    console.line("Rekaman yang layak menjadi naskah", "bold")
    folders = [f"data/{kind}" for kind in (*AGREEMENTS, *FORMS)]
    _, answer = call("render", *folders, "-o", OUT, "--format", "docx,pdf")
    for record in answer["hasil"]:
        files = ", ".join(Path(f).suffix[1:] for f in record["berkas"])
        mark, style = ("✗", "bad") if record["ditolak"] else ("✓", "good")
        console.words([(f"{mark} ", style), (f"{record['rekaman']:<42} ", ""), (files, "dim")], indent=2, hang=6)
        for found in record["masalah"] if record["ditolak"] else ():
            tell(console, found)
    missing = [p for p in answer["masalah"] if p["kode"] == LIBREOFFICE_MISSING]
    for found in missing:
        console.say(f"Tanpa PDF. {found['pesan']}. {found['saran']}", indent=2, style="warn")
    counts = answer["ringkasan"]
    console.say(
        f"{counts['selesai']} naskah, {counts['berkas']} berkas di {OUT}/, setiap naskah dibaca kembali.", indent=2
    )
    return bool(counts["selesai"]) and counts["ditolak"] == 0


def lists(console: Console) -> bool:
    """The rows of the lists, checked; True when all of them are fit."""
    console.gap()
    console.line("Daftar yang dihitung", "bold")
    good = True
    for kind in LISTS:
        _, answer = call("check", f"data/{kind}")
        counts = answer["ringkasan"]
        fit = bool(counts["rekaman"]) and counts["ditolak"] == 0
        mark, style = ("✓", "good") if fit else ("✗", "bad")
        console.words([(f"{mark} ", style), (f"{kind:<42} ", ""), (f"{counts['rekaman']} baris", "dim")], indent=2)
        for found in (p for row in answer["hasil"] for p in row["masalah"]):
            tell(console, found)
        good = good and fit
    return good


def figures(console: Console) -> bool:
    """The year's figures, their rows, the exports, the calendar and the draft of the next programme; True when all are
    there."""
    console.gap()
    console.line("Angka tahun 2026, kalender, dan rancangan program 2027", "bold")
    report = ("report", "2026", "--institusi", "polibatam", "--day", "2026-11-20")
    good = True
    for name, words in (
        ("angka-2026.xlsx", (*report, "--xlsx")),
        ("asal-angka-2026.xlsx", (*report, "--explain")),
        ("portal-2026.csv", (*report, "--export", "portal", "-o")),
        ("lkps-2026.csv", (*report, "--export", "lkps", "-o")),
        ("akhir-masa-berlaku.ics", ("calendar", "-o")),
        ("program-2027.yaml", ("plan", "2027", "-o")),
    ):
        file = Path(OUT, name)
        file.unlink(missing_ok=True)  # figures are never written over a file that is there
        with redirect_stdout(io.StringIO()):
            code = ksdocs([*words, str(file), *SETTINGS])
        fit = code == 0 and file.is_file()
        mark, style = ("✓", "good") if fit else ("✗", "bad")
        console.words([(f"{mark} ", style), (str(file), "")], indent=2)
        good = good and fit
    return good


def refuse(console: Console) -> bool:
    """The unfit records, each with its refusal; True when each is refused and the place is named."""
    expected = tomllib.loads((UNFIT / "harapan.toml").read_text(encoding="utf-8"))
    console.gap()
    console.line("Rekaman yang salah ditolak, di tempat salahnya", "bold")
    listed = {f.name for f in UNFIT.iterdir() if f.is_file() and not f.name.startswith((".", "harapan"))}
    unexpected = sorted(listed ^ set(expected))
    for name in unexpected:
        console.words([("✗ ", "bad"), (f"{name}: hanya di folder atau hanya di harapan.toml", "")], indent=2)
    good = [judge(console, name, entry) for name, entry in expected.items()]
    console.say(f"{sum(good)} dari {len(good)} ditolak sebagaimana mestinya.", indent=2)
    return all(good) and not unexpected


def judge(console: Console, name: str, entry: dict[str, Any]) -> bool:
    """Whether one unfit file is refused at the place where its mistake is; tells what was found."""
    files = [str(UNFIT / n) for n in (name, *entry.get("bersama", ()))]
    _, answer = call("check", *files)
    own = [r for r in answer["hasil"] if Path(r["sumber"]).name == name]
    refusals = [p for record in own for p in record["masalah"] if p["berat"] == "tolak"]
    fault = _fault(entry, refusals)
    mark, style = ("✗", "bad") if fault else ("✓", "good")
    console.words([(f"{mark} ", style), (name, "bold")], indent=2)
    if fault:
        console.words([(fault, "bad")], indent=6, hang=6)
    for found in refusals:
        tell(console, found)
    return not fault


def _fault(entry: dict[str, Any], refusals: list[dict[str, Any]]) -> str:
    """What is wrong with the refusal, or ""."""
    if not refusals:
        return "TIDAK DITOLAK"
    codes = [p["kode"] for p in refusals]
    if entry.get("kode", codes) != codes:
        return f"ditolak dengan {', '.join(codes)}, seharusnya {', '.join(entry['kode'])}"
    places = [p["tempat"] for p in refusals]
    named = {place.get("isian", "") for place in places}
    for path in entry["jalur"]:
        if not any(p == path or p.startswith(f"{path}.") for p in named):
            return f"ditolak tanpa menyebut {path}"
    # A cell names its row: AN2.
    lines = {p.get("baris") or int("".join(c for c in p.get("sel", "") if c.isdigit()) or 0) for p in places}
    if "baris" in entry and entry["baris"] not in lines:
        return f"ditolak tanpa menyebut baris {entry['baris']}"
    return ""


def tell(console: Console, found: dict[str, Any]) -> None:
    """One problem: place and message."""
    at = found["tempat"]
    cell = "!".join(at[k] for k in ("lembar", "sel") if k in at)
    place = cell or ":".join(str(at[k]) for k in ("baris", "kolom") if k in at)
    where = " ".join(w for w in (place, at.get("isian", "")) if w)
    console.words(
        [(f"{where} " if where else "", "place"), (found["kode"], "bad"), (f" {found['pesan']}", "")], indent=6, hang=6
    )


def main() -> int:
    os.chdir(ROOT)
    console = Console()
    fit = render(console)
    counted = lists(console) and figures(console)
    good = refuse(console) and fit and counted
    console.gap()
    console.line("Demo berhasil." if good else "DEMO GAGAL.", "good" if good else "bad")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
