"""One document cold from the command line, and PDFs in bulk: what starting a program costs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench import command
from bench.office import ROOT, write_records
from bench.player import ask
from bench.race import Course
from bench.reading import Reader, difference

Say = Callable[[str], None]


def cold(course: Course, work: Path, runs: int, say: Say) -> dict[str, Any]:
    """Seconds of one start for one document, in turns: ours, ours over the sample data, a bare docxtpl script."""
    file, out = write_records(work / "satu.jsonl", 1), work / "out"
    bare = work / "docxtpl.docx"
    script = ROOT / "bench" / "docxtpl_satu.py"
    starts: dict[str, Callable[[], command.Ran]] = {
        "python": lambda: command.run([sys.executable, "-c", "pass"], work),
        "docxtpl": lambda: command.run([sys.executable, script, course.jobs["docxtpl"], course.contexts, bare], work),
        "ksdocs": lambda: command.render(file, out, course.office),
        "ksdocs, sample data": lambda: command.render(file, out, course.office, "--data", str(ROOT / "data")),
    }
    seconds: dict[str, list[float]] = {name: [] for name in starts}
    for number in range(runs + 1):
        for name, start in starts.items():
            ran = start()
            if number:  # the first run of each fills the caches of the disk
                seconds[name].append(ran.seconds)
    _same(bare.read_bytes(), course)
    _same(next(out.rglob("*.docx")).read_bytes(), course)
    shutil.rmtree(out)
    ratios = {n: median(a / b for a, b in zip(s, seconds["docxtpl"], strict=True)) for n, s in seconds.items()}
    say(", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()))
    return {"seconds": {name: median(s) for name, s in seconds.items()}, "ratios": ratios, "runs": runs}


def _same(data: bytes, course: Course) -> None:
    if wrong := difference(Reader().read(data), course.wanted[0]):
        raise SystemExit(f"bench: a document made cold says something else: {wrong}")


def pdf(office: Path, work: Path, count: int, say: Say) -> dict[str, Any]:
    """Seconds for `count` PDFs, in bulk and one call of soffice per file, each in a process of its own."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return {"left_out": "no LibreOffice (soffice) on this machine"}
    folder = work / "pdf"
    shutil.rmtree(folder, ignore_errors=True)
    command.render(write_records(work / "pdf.jsonl", count), folder, office)
    files = sorted(folder.glob("*.docx"))
    bulk = ask("bench.single", *files, cwd=work)
    say(f"{count} PDFs in bulk: {bulk['seconds']:.1f} s")
    profile, target = work / "profile", work / "satu-pdf"
    shutil.rmtree(profile, ignore_errors=True)
    options: list[str | Path] = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    options += ["--convert-to", "pdf", "--outdir", target]
    command.run([*options, files[0]], work)  # makes the profile
    begin = perf_counter()
    for file in files:
        command.run([*options, file], work)
    alone = perf_counter() - begin
    say(f"{count} PDFs one by one: {alone:.1f} s")
    if len(list(target.glob("*.pdf"))) != count or bulk["made"] != count:
        raise SystemExit("bench: not every document became a PDF")
    return {"count": count, "bulk": bulk["seconds"], "alone": alone, "ratio": bulk["seconds"] / alone}


def pages(file: Path, work: Path) -> int | None:
    """How many pages LibreOffice makes of a .docx; None without it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return None
    profile = (work / "profile").as_uri()
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(work)]
    command.run([soffice, f"-env:UserInstallation={profile}", *options, file], work)
    return (work / file.name).with_suffix(".pdf").read_bytes().count(b"/Type/Page/")


def main(*files: str) -> None:
    from bench.worker import answer
    from ksdocs.convert import convert_pdfs

    documents = [Path(f).read_bytes() for f in files]
    begin = perf_counter()
    made = convert_pdfs(documents)
    answer({"seconds": perf_counter() - begin, "made": sum(isinstance(m, bytes) for m in made)})


if __name__ == "__main__":
    main(*sys.argv[1:])
