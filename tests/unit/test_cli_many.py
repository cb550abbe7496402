"""`render` and `check` over many records: counted by code, told how far they are, stopped in good order."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import faults
import samples
import threats
from cli_runs import ksdocs
from ksdocs.batch import Order, Run
from ksdocs.cli.console import Console
from ksdocs.cli.progress import Progress
from ksdocs.cli.settings import Settings
from ksdocs.cli.tally import LARGE, TOLD_IN_FULL

REFUSED = {"jenis": "mou", "tentang": "Hal", "tahap": "draf"}


def write(file: Path, count: int, **more: Any) -> Path:
    trees = [{**REFUSED, "id": f"uji-{n}", **more} for n in range(count)]
    file.write_text("".join(json.dumps(t) + "\n" for t in trees), encoding="utf-8")
    return file


@pytest.mark.parametrize("command", ["check", "render"])
def test_a_large_run_tells_the_first_problems_in_full_and_counts_the_rest_by_code(tmp_path: Path, command: str) -> None:
    file = write(tmp_path / "r.jsonl", LARGE + 50)
    more: list[str | Path] = ["-o", tmp_path / "out"] if command == "render" else []
    run = ksdocs(command, file, *more)
    assert run.code == 1
    assert run.out.count("✗ uji-") == TOLD_IN_FULL
    assert "Menurut kode masalah" in run.out
    assert f"{LARGE + 50} rekaman" in run.out and f"{file.name}:1" in run.out
    assert run.out.splitlines()[-1].startswith(f"0 naskah {'layak' if command == 'check' else 'selesai'}, 250 ditolak")


def test_a_small_run_is_told_record_by_record(tmp_path: Path) -> None:
    run = ksdocs("check", write(tmp_path / "r.jsonl", 30))
    assert run.out.count("✗ uji-") == 30 and "Menurut kode" not in run.out


def test_the_answer_as_json_is_one_document_however_many_records(tmp_path: Path) -> None:
    run = ksdocs("check", write(tmp_path / "r.jsonl", LARGE + 50), "--json")
    assert [r["rekaman"] for r in run.json["hasil"]] == [f"uji-{n}" for n in range(LARGE + 50)]
    assert run.json["ringkasan"]["ditolak"] == LARGE + 50
    assert run.out == json.dumps(run.json, ensure_ascii=False, indent=2) + "\n"


def test_what_was_done_before_is_told_as_skipped(tmp_path: Path) -> None:
    faults.write_records(tmp_path / "r.jsonl", 2)
    faults.data_without_agreements(tmp_path)
    words: list[str | Path] = ["render", tmp_path / "r.jsonl", "-o", tmp_path / "out", "--data", tmp_path / "data"]
    assert ksdocs(*words).code == 0
    run = ksdocs(*words, "--resume")
    assert run.code == 0
    assert run.out.count("sudah jadi") == 3 and "2 naskah sudah jadi dan tidak berubah" in run.out
    answer = ksdocs(*words, "--resume", "--json").json
    assert [r["dilewati"] for r in answer["hasil"]] == [True, True]
    assert answer["ringkasan"]["sudah_jadi"] == 2


@pytest.mark.parametrize("count", ["0", "-1", "dua", "1.5", "9999"])
def test_a_number_of_workers_that_is_none_is_a_usage_error(tmp_path: Path, count: str) -> None:
    run = ksdocs("render", samples.DATA / "mou", "-o", tmp_path, "--workers", count)
    assert run.code == 2 and "1 sampai 512" in run.err


def test_a_run_that_is_stopped_before_it_began_does_nothing(tmp_path: Path) -> None:
    faults.write_records(tmp_path / "r.jsonl", 3)
    order = Order(samples.TODAY, tmp_path / "out")
    with Run([tmp_path / "r.jsonl"], threats.office(), order) as run:
        run.survey()
        run.stop()
        assert list(run.results()) == []
        run.finish()
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["manifest.jsonl"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_tells_rate_and_remaining_time_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(n * 1.0 for n in range(10_000))
    monkeypatch.setattr("ksdocs.cli.progress.monotonic", lambda: next(clock))
    shown, silent = _Terminal(), io.StringIO()
    for err in (shown, silent):
        settings = Settings(Console(io.StringIO(), err, {"TERM": "xterm", "COLUMNS": "80"}))
        progress = Progress(settings)
        progress.read(500)
        progress.begin(1000)
        for _ in range(50):
            progress.step()
    assert silent.getvalue() == ""
    told = shown.getvalue()
    assert "membaca: 500 rekaman" in told and "dari 1000" in told
    assert "per detik" in told and "sisa" in told and "menit" in told


@pytest.mark.skipif(os.name == "nt", reason="names of that kind cannot be made there")
def test_files_named_in_bytes_that_are_no_text_are_done_like_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    raw = os.fsencode(folder) + b"/r\xff.json"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123
            file.write(json.dumps(threats.draft("uji")).encode())
    except OSError:
        pytest.skip("this file system takes text alone")
    faults.data_without_agreements(tmp_path)
    run = ksdocs("render", folder, "-o", tmp_path / "out", "--data", tmp_path / "data", "--workers", "2")
    assert run.code == 0, run.out + run.err
    faults.check_folder(tmp_path / "out", ["uji"])


def test_a_cluster_without_its_extra_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = ksdocs("render", samples.DATA / "mou", "-o", tmp_path / "out", "--cluster", "tcp://10.0.0.5:8786")
    assert run.code == 3
    assert "KS012" in run.err and "ksdocs[cluster]" in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("module", ["ksdocs.batch", "ksdocs.cli.run"])
def test_one_record_waits_for_nothing_that_only_many_need(module: str) -> None:
    needed = ["sqlite3", "concurrent.futures", "multiprocessing", "xlsxwriter", "distributed", "ctypes"]
    script = f"import sys, {module}; print(*[m for m in {needed!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
