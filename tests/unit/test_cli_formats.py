"""PDFs of a run: made while records are rendered, told in their order, and nothing left when the run is broken off."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from cli_runs import ROOT, ksdocs
from docx_specimens import docx, p
from fake_soffice import Fake, ended, first, settled
from ksdocs.batch import Hasil
from ksdocs.cli.console import Console
from ksdocs.cli.formats import AHEAD, Formats, Item
from ksdocs.cli.settings import Settings
from ksdocs.convert.pool import BATCH, converters_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script in place of LibreOffice is for POSIX")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    folder = tmp_path / "program"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return Fake(folder)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


class Records:
    """Records as they come from rendering, without end; `count` tells how many were asked for."""

    def __init__(self, out: Path, texts: Iterator[str]) -> None:
        self.out, self.texts, self.count = out, texts, 0

    def __iter__(self) -> Iterator[Item]:
        for text in self.texts:
            self.count += 1
            name = f"r{self.count:04}"
            done = Hasil(name, "mou", "draf", name)
            if text:
                file = self.out / f"{name}.docx"
                file.write_bytes(docx(p(text)))
                done.files.append(file)
            yield name, done


def formats(out: Path, workers: int = 1) -> Formats:
    console = Console(out=io.StringIO(), err=io.StringIO())
    return Formats(Settings(console), out, ("docx", "pdf"), "id", workers=workers)


def test_pdfs_are_made_while_further_records_are_rendered(fake: Fake, tmp_path: Path) -> None:
    together = BATCH * converters_for(1)

    def texts() -> Iterator[str]:
        yield from ["TUNGGU"] * together
        yield "Naskah"
        fake.go_on()  # the first PDFs wait for this
        yield "Naskah"

    made = list(formats(tmp_path).add(Records(tmp_path, texts())))
    assert [f.suffix for _, done in made for f in done.files] == [".docx", ".pdf"] * (together + 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_only_so_many_records_are_in_hand_however_many_there_are(fake: Fake, tmp_path: Path, workers: int) -> None:
    def texts() -> Iterator[str]:
        while True:
            yield "Naskah"

    records = Records(tmp_path, texts())
    with formats(tmp_path, workers) as some:
        told = some.add(records)
        for number in range(1, 3 * BATCH):
            _, done = next(told)
            assert done.record == f"r{number:04}" and len(done.files) == 2
            assert records.count - number < (AHEAD + 2) * BATCH * converters_for(workers)
        cast(Any, told).close()


def test_results_come_in_the_order_of_the_records_whoever_is_faster(fake: Fake, tmp_path: Path) -> None:
    texts = ["JATUH", *["LAMBAT"] * 6, "", *["Naskah"] * 6, "LEWAT", "", "Naskah"]
    made = list(formats(tmp_path, workers=2).add(Records(tmp_path, iter(texts))))
    assert [done.record for _, done in made] == [f"r{n:04}" for n in range(1, len(texts) + 1)]
    for text, (_, done) in zip(texts, made, strict=True):
        fails = text in ("JATUH", "LEWAT")
        assert [f.suffix for f in done.files] == [".docx", ".pdf"][: 0 if not text else 1 if fails else 2]
        assert [(p.code, Path(p.at.file or "").stem) for p in done.problems] == (
            [("KS612", done.record)] if fails else []
        )


def test_a_run_reports_the_pdf_that_failed_at_its_document_and_makes_the_others(
    fake: Fake, temporary: Path, tmp_path: Path
) -> None:
    fake.destine({"Bupati": "JATUH"})
    out = tmp_path / "out"
    run = ksdocs("render", ROOT / "data" / "mou", "-o", out, "--format", "pdf", "--json")
    assert run.code == 1
    lacking = {f.stem for f in out.glob("*.docx")} - {f.stem for f in out.glob("*.pdf")}
    assert lacking == {"mou-kabupaten-umpama-2025"}
    (told,) = [r for r in run.json["hasil"] if r["rekaman"] == "mou-kabupaten-umpama-2025"]
    assert [(m["kode"], Path(m["tempat"]["berkas"]).name) for m in told["masalah"] if m["kode"] == "KS612"] == [
        ("KS612", "mou-kabupaten-umpama-2025.docx")
    ]
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        fails = line["rekaman"] == "mou-kabupaten-umpama-2025"
        assert ("KS612" in line["masalah"]) == fails
        assert [Path(k["berkas"]).suffix for k in line["keluaran"]] == [".docx", ".pdf"][: 1 if fails else 2]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
def test_a_run_that_is_broken_off_leaves_no_libreoffice_no_half_pdf_and_no_folder(
    fake: Fake, temporary: Path, tmp_path: Path, end: signal.Signals
) -> None:
    fake.destine({"Bupati": "CETAK-MACET"})
    out = tmp_path / "out"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "ksdocs",
        "render",
        ROOT / "data" / "mou",
        "-o",
        out,
        "--format",
        "pdf",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        process = first(lambda: [process for ending, process, *_ in fake.calls() if ending == "pdf"])
        run.send_signal(end)
        if end is signal.SIGINT:  # the first lets it finish what is in hand, and this LibreOffice never will
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(timeout=3)
            run.send_signal(end)
    assert run.returncode != 0
    assert ended(process)
    assert settled(lambda: not list(temporary.iterdir()))
    assert {f.suffix for f in out.iterdir()} <= {".docx", ".jsonl", ".pdf", ".xlsx"}
    assert all(f.read_bytes().startswith(b"%PDF") and b"%%EOF" in f.read_bytes() for f in out.glob("*.pdf"))
