"""A run on a real Dask cluster, one of whose workers is killed: the same files as in one process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import faults
import ksdocs
import samples
from cli_runs import ksdocs as call

pytest.importorskip("distributed")

MANY = 60


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        local_directory=str(tmp_path_factory.mktemp("dask")), silence_logs=50,
    ) as running:  # fmt: skip
        yield running


def test_a_cluster_gives_the_files_of_one_process(cluster: Any, tmp_path: Path) -> None:
    known = faults.write_records(tmp_path / "rekaman.jsonl", 6)
    faults.data_without_agreements(tmp_path)
    for name, more in (("satu", []), ("banyak", ["--cluster", cluster.scheduler_address])):
        words = ["render", tmp_path / "rekaman.jsonl", "-o", tmp_path / name, "--data", tmp_path / "data", *more]
        done = faults.finish(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        faults.check_folder(tmp_path / name, known)
    assert faults.documents(tmp_path / "satu") == faults.documents(tmp_path / "banyak")


@pytest.mark.skipif(os.name != "posix", reason="signals are those of Linux")
def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    from distributed import Client

    known = faults.write_records(tmp_path / "rekaman.jsonl", MANY)
    office, out = faults.office(tmp_path), tmp_path / "out"
    with Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))

        def kill() -> None:
            faults.wait_until(lambda: len(list(out.glob("*.docx"))) >= 3)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        done = list(
            ksdocs.render_many(
                tmp_path / "rekaman.jsonl", out=out, office=office, today=samples.TODAY, executor=client.get_executor()
            )
        )
        killer.join()
    assert [d.record for d in done] == known
    assert [d.record for d in done if d.refused] == []
    faults.check_folder(out, known)
    tranquil = ksdocs.render_many(
        tmp_path / "rekaman.jsonl", out=tmp_path / "tenang", office=faults.office(tmp_path / "dua"), today=samples.TODAY
    )
    assert not any(d.refused for d in tranquil)
    assert faults.documents(out) == faults.documents(tmp_path / "tenang")


def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    run = call("render", samples.DATA / "mou", "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert run.code == 3
    assert "KS013" in run.err and "--workers" in run.err
    assert not (tmp_path / "out").exists()
