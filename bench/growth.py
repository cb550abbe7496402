"""From one document to a hundred thousand, from one row to ten thousand, from one worker to two.

Documents are rendered by the command, so that its start, the reading of the register and the manifest are counted.
Rows are rendered by the engine alone, and by context, engine and read-back together.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bench import command
from bench.office import TODAY, record, write_records
from bench.player import ask
from bench.race import cores
from bench.worker import answer

Say = Callable[[str], None]
_LONGEST_S = 1500.0
"""What would take longer by the pace so far is left out, and that is said."""

_COLUMNS = 4


def documents(office: Path, work: Path, counts: Iterable[int], say: Say) -> dict[str, Any]:
    """Seconds and peak memory of the command for each number of documents; two workers where there are two cores."""
    more = ("--workers", "2") if cores() > 1 else ()
    found: list[dict[str, Any]] = []
    left_out: list[int] = []
    for count in counts:
        pace = found[-1]["seconds"] / found[-1]["count"] if found else 0.0
        if pace * count > _LONGEST_S:
            left_out.append(count)
            continue
        file, out = write_records(work / "growth.jsonl", count), work / "out"
        ran = command.render(file, out, office, *more)
        made = sum(1 for f in out.rglob("*.docx"))
        if made != count:
            raise SystemExit(f"bench: {count} records, {made} documents")
        size = (out / "manifest.jsonl").stat().st_size if (out / "manifest.jsonl").is_file() else 0
        shutil.rmtree(out)
        found.append({"count": count, **dataclasses.asdict(ran), "manifest": size})
        say(f"{count} documents: {ran.seconds:.1f} s, peak {(ran.peak or 0) / 1024:.0f} MiB")
    return {"runs": found, "left_out": left_out, "workers": len(more)}


def workers(office: Path, work: Path, count: int, rounds: int, say: Say) -> dict[str, Any]:
    """Seconds of the command with one worker and with two, in turns."""
    if not command.has_option("--workers"):
        return {"left_out": "ksdocs render has no --workers yet"}
    if cores() < 2:
        return {"left_out": "one core"}
    file = write_records(work / "workers.jsonl", count)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    peaks: dict[int, list[int]] = {1: [], 2: []}
    for _ in range(rounds):
        for number in (1, 2):
            ran = command.render(file, work / "out", office, "--workers", str(number))
            seconds[number].append(ran.seconds)
            peaks[number].append(ran.peak_below or 0)
            say(f"{count} documents, workers {number}: {ran.seconds:.1f} s")
    shutil.rmtree(work / "out", ignore_errors=True)
    gains = [one / two for one, two in zip(seconds[1], seconds[2], strict=True)]
    return {"count": count, "seconds": seconds, "peaks": peaks, "gain": median(gains)}


def rows(template: Path, office: Path, counts: Iterable[int], repeat: float) -> dict[str, Any]:
    """Milliseconds and bytes for a table of each number of rows, each number in a process of its own."""
    found = []
    for count in counts:
        found.append(ask("bench.growth", template, office, count, repeat, cwd=office))
    return {"runs": found}


def table_template(template: Path) -> bytes:
    """The Word template of the race with nothing but a table in it, whose rows are a loop."""
    with ZipFile(template) as package:
        members = {name: package.read(name) for name in package.namelist()}
    body = members["word/document.xml"].decode("utf-8")
    head, _, rest = body.partition("<w:body>")
    section = re.search(r"<w:sectPr.*</w:sectPr>", rest)
    grid = '<w:gridCol w:w="2268"/>' * _COLUMNS
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>"
    table += _row(["{%tr for x in baris %}", *[""] * (_COLUMNS - 1)])
    table += _row(["{{ loop.index }}", "{{ x.nama }}", "{{ x.nomor }}", "{{ x.tanggal }}"])
    table += _row(["{%tr endfor %}", *[""] * (_COLUMNS - 1)]) + "</w:tbl><w:p/>"
    last = section[0] if section else ""
    members["word/document.xml"] = f"{head}<w:body>{table}{last}</w:body></w:document>".encode()
    members["word/footer1.xml"] = re.sub(rb"\{\{.*?\}\}", b"", members["word/footer1.xml"])
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def _row(cells: Iterable[str]) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in cells) + "</w:tr>"


def main(template: str, office: str, count: str, repeat: str) -> None:
    number = int(count)
    engine, size = _engine_rows(Path(template), number, float(repeat))
    whole = _whole_rows(Path(office), number, float(repeat))
    peak = re.search(r"VmHWM:\s+(\d+)", command.PROC.read_text(encoding="utf-8")) if command.PROC.exists() else None
    answer({"count": number, "engine": engine, **whole, "bytes": size, "peak": int(peak[1]) if peak else None})


def _engine_rows(file: Path, count: int, repeat: float) -> tuple[float, int]:
    from bench.reading import Reader
    from ksdocs.docx.template import Template

    template = Template.open(table_template(file))
    baris = [{"nama": f"Mitra {n}", "nomor": f"{n:05}/PKS/2026", "tanggal": "17 Maret 2025"} for n in range(count)]
    data, seconds = _timed(lambda: template.render({"baris": baris}), repeat)
    seen = [p for p in Reader().read(data).paragraphs if p.startswith("Mitra ")]
    if seen != [b["nama"] for b in baris]:
        raise SystemExit(f"bench: a table of {count} rows came out with {len(seen)}")
    return seconds, len(data)


def _whole_rows(folder: Path, count: int, repeat: float) -> dict[str, float]:
    """The MoU of the race, its table of contacts `count` rows long: context, rendering, reading back."""
    from ksdocs.docx.naskah import template_context
    from ksdocs.dokumen import Run
    from ksdocs.office import open_office
    from ksdocs.pipeline import check
    from ksdocs.sources import from_tree
    from ksdocs.verification import verify

    office = open_office(cwd=folder, environ={})
    dokumen = check(from_tree(record(1)), office, TODAY).dokumen
    assert dokumen is not None
    articles = []
    for article in dokumen.pasal:
        blocks = []
        for block in article.blok:
            if block.tabel is not None:
                width = len(block.tabel.kepala)
                long = tuple(
                    tuple({"id": (Run(f"baris {n} kolom {c}"),)} for c in range(width)) for n in range(1, count + 1)
                )
                block = dataclasses.replace(block, tabel=dataclasses.replace(block.tabel, baris=long))
            blocks.append(block)
        articles.append(dataclasses.replace(article, blok=tuple(blocks)))
    dokumen = dataclasses.replace(dokumen, pasal=tuple(articles))
    template = office.template("mou")
    context, shaping = _timed(lambda: template_context(dokumen), repeat)
    data, rendering = _timed(lambda: template.render(context, level=6), repeat)
    problems, reading = _timed(lambda: verify(data, dokumen), repeat)
    if problems:
        raise SystemExit(f"bench: a table of {count} rows is not proved: {problems[0].message()}")
    return {"context": shaping, "render": rendering, "read back": reading}


def _timed(call: Callable[[], Any], repeat: float) -> tuple[Any, float]:
    """What `call` gives, and the least seconds it took within `repeat` seconds, after one call to warm up."""
    made = call()
    taken: list[float] = []
    while not taken or sum(taken) < repeat:
        begin = perf_counter()
        made = call()
        taken.append(perf_counter() - begin)
    return made, min(taken)


if __name__ == "__main__":
    main(*sys.argv[1:])
