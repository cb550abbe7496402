"""Runs over many records while the world goes wrong: no half file, no lost record, no duplicate, and `--resume` ends
with the bytes of an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import faults
import ksdocs
import samples
import threats
from ksdocs.batch import Hasil
from ksdocs.batch.pool import LocalWorkers

posix = pytest.mark.skipif(os.name != "posix", reason="signals and /proc are those of Linux")
linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this machine does not tell of processes")

MANY = 40


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with records, data, and what an undisturbed run makes of them."""
    folder = tmp_path_factory.mktemp("world")
    faults.data_without_agreements(folder)
    faults.write_records(folder / "rekaman.jsonl", MANY)
    done = faults.finish("render", folder / "rekaman.jsonl", "-o", folder / "tenang", "--data", folder / "data")
    assert done.returncode == 0, done.stderr
    faults.check_folder(folder / "tenang", ids())
    return folder


def ids() -> list[str]:
    return [f"uji-{n:03}" for n in range(MANY)]


def words(world: Path, out: Path, *more: str) -> list[str | Path]:
    return ["render", world / "rekaman.jsonl", "-o", out, "--data", world / "data", *more]


def resumed(world: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The same run again with `--resume`, and a look at what is there then."""
    done = faults.finish(*words(world, out, "--resume", *more))
    assert done.returncode == 0, done.stdout + done.stderr
    assert faults.documents(out) == faults.documents(world / "tenang")
    faults.check_folder(out, ids())
    return done


# --- killed -----------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(("workers", "seed"), [("1", 1), ("2", 2), ("2", 3), ("2", 4)])
def test_a_leader_that_is_killed_leaves_whole_files_and_the_run_goes_on(
    world: Path, tmp_path: Path, workers: str, seed: int
) -> None:
    out = tmp_path / "out"
    enough = random.Random(seed).randrange(1, MANY - 8)
    with faults.start(*words(world, out, "--workers", workers)) as process:
        faults.wait_until(lambda: process.poll() is not None or len(list(out.glob("*.docx"))) >= enough)
        below = faults.workers(process.pid)
        process.kill()
    faults.wait_until(lambda: not any(map(faults.is_alive, below)), 60)
    tranquil = faults.documents(world / "tenang")
    assert faults.documents(out).items() <= tranquil.items()
    resumed(world, out, "--workers", workers)


@linux
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_told_of_it(world: Path, tmp_path: Path, seed: int) -> None:
    out, chance = tmp_path / "out", random.Random(seed)
    with faults.start(*words(world, out, "--workers", "2")) as process:
        first = chance.randrange(1, MANY // 4)
        for enough in (first, first + MANY // 2):
            faults.wait_until(lambda: process.poll() is not None or len(list(out.glob("*.docx"))) >= enough)  # noqa: B023
            victims = faults.workers(process.pid)
            if victims:
                os.kill(chance.choice(victims), signal.SIGKILL)
        said, complained = process.communicate()
    assert process.returncode == 0, said + complained
    assert complained == "" and "KS720" not in said
    faults.check_folder(out, ids())
    assert faults.documents(out) == faults.documents(world / "tenang")


# --- stopped ----------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(world: Path, tmp_path: Path, workers: str) -> None:
    out = tmp_path / "out"
    with faults.start(*words(world, out, "--workers", workers)) as process:
        faults.wait_until(lambda: len(list(out.glob("*.docx"))) >= 2)
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate()
    assert process.returncode == 130, said + complained
    assert "--resume" in said and complained == ""
    made = faults.documents(out)
    assert 2 <= len(made) < MANY
    assert {f"{line['rekaman']}.docx" for line in faults.lines(out)} == set(made)
    done = resumed(world, out, "--workers", workers)
    assert f"{len(made)} naskah sudah jadi" in done.stdout


@posix
def test_a_second_ctrl_c_ends_at_once_and_leaves_no_half_file(world: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with faults.start(*words(world, out, "--workers", "2")) as process:
        faults.wait_until(lambda: len(list(out.glob("*.docx"))) >= 2)
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, complained = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in complained
    faults.documents(out)
    resumed(world, out)


# --- disks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KiB of its own; skipped where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("no mount on this machine")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", folder], check=False)


def _remount(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", folder], check=True)


@posix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_is_told_and_leaves_no_half_file(world: Path, small_disk: Path, workers: str) -> None:
    done = faults.finish(*words(world, small_disk, "--workers", workers))
    assert done.returncode == 1
    assert "KS704" in done.stdout + done.stderr and "Traceback" not in done.stderr
    made = faults.documents(small_disk)
    assert 0 < len(made) < MANY
    assert made.items() <= faults.documents(world / "tenang").items()
    assert not list(small_disk.glob(".*.tmp"))
    _remount(small_disk, "size=20m")
    resumed(world, small_disk, "--workers", workers)


@posix
def test_a_folder_that_becomes_read_only_is_told_before_the_work(world: Path, small_disk: Path) -> None:
    _remount(small_disk, "ro")
    done = faults.finish(*words(world, small_disk))
    assert done.returncode == 1
    assert done.stderr.count("KS702") == 1 and done.stdout == ""
    _remount(small_disk, "rw,size=20m")
    resumed(world, small_disk)


# --- two at once --------------------------------------------------------------------------------------------------


def test_two_runs_into_one_folder_take_turns(world: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    others = faults.write_records(tmp_path / "lain.jsonl", 12, prefix="lain")
    with (
        faults.start(*words(world, out)) as one,
        faults.start("render", tmp_path / "lain.jsonl", "-o", out, "--data", world / "data") as two,
        faults.start(*words(world, out)) as three,
    ):
        ended = [p.communicate() for p in (one, two, three)]
    assert [p.returncode for p in (one, two, three)] == [0, 0, 0], ended
    faults.check_folder(out, [*ids(), *others])


# --- poison -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["KILL", "SLEEP"])
def test_a_record_that_ends_its_worker_is_tried_once_more_and_told(tmp_path: Path, how: str) -> None:
    known = faults.write_records(tmp_path / "rekaman.jsonl", 20)
    out, poison = tmp_path / "out", known[7]
    with faults.Poisoned(LocalWorkers(2, patience=300 if how == "KILL" else 30), poison, how) as executor:
        done = list(
            ksdocs.render_many(
                tmp_path / "rekaman.jsonl", out=out, office=faults.office(tmp_path), today=samples.TODAY,
                executor=executor,
            )
        )  # fmt: skip
    assert [d.record for d in done] == known
    assert [(d.record, [p.code for p in d.problems if p.refuses]) for d in done if d.refused] == [(poison, ["KS720"])]
    assert {f.name for f in out.glob("*.docx")} == {f"{i}.docx" for i in known if i != poison}
    threats.check_words([p for d in done for p in d.problems])
    again = list(
        ksdocs.render_many(
            tmp_path / "rekaman.jsonl",
            out=out,
            office=faults.office(tmp_path / "dua"),
            today=samples.TODAY,
            resume=True,
        )
    )
    assert [d.record for d in again if not d.skipped] == [poison]
    faults.check_folder(out, known)


def test_a_poisoned_record_among_several_of_one_file_takes_no_other_along(tmp_path: Path) -> None:
    known = [f"uji-{n}" for n in range(6)]
    for number in range(2):
        mine = known[number * 3 : number * 3 + 3]
        (tmp_path / f"r{number}.json").write_text(json.dumps([threats.draft(i) for i in mine]), encoding="utf-8")
    with faults.Poisoned(LocalWorkers(2, patience=60), known[1]) as executor:
        done = list(
            ksdocs.render_many(
                tmp_path / "r0.json", tmp_path / "r1.json", out=tmp_path / "out", office=faults.office(tmp_path),
                today=samples.TODAY, executor=executor,
            )
        )  # fmt: skip
    assert [d.record for d in done] == known
    assert [d.record for d in done if d.refused] == [known[1]]


def test_hostile_templates_end_within_their_budget_and_the_other_records_are_done(tmp_path: Path) -> None:
    templates = threats.with_clause(tmp_path, "{% for i in range(10**9) %}bahwa{% endfor %}")
    pks = samples.DATA / "pks" / f"{samples.PKS}.yaml"
    faults.write_records(tmp_path / "mou.jsonl", 6)
    out = tmp_path / "out"
    done = faults.finish(
        "render", tmp_path / "mou.jsonl", pks, "-o", out, "--templates", templates, "--workers", "2",
        "--data", samples.DATA,
    )  # fmt: skip
    assert done.returncode == 1
    assert "KS720" not in done.stdout and "KS721" not in done.stdout
    assert [f.name for f in out.glob("*.docx")] == [f"{samples.PKS}.docx"]


# --- things that change meanwhile ---------------------------------------------------------------------------------


@linux
def test_a_template_that_changes_during_a_run_is_never_mixed_in_silence(tmp_path: Path) -> None:
    known = faults.write_records(tmp_path / "rekaman.jsonl", MANY)
    templates = threats.templates(tmp_path)
    office = faults.office(tmp_path, templates=templates)
    clause = templates / "mou" / "klausul" / "premis.md"
    out = tmp_path / "out"

    def run(resume: bool, workers: int = 1) -> Iterator[Hasil]:
        return ksdocs.render_many(
            tmp_path / "rekaman.jsonl", out=out, office=office, today=samples.TODAY, workers=workers, resume=resume
        )

    running = run(False, workers=2)
    done = [next(running)]
    threats.edit(clause, lambda text: text + "\n")
    for worker in faults.workers(os.getpid()):
        os.kill(worker, signal.SIGKILL)  # the next ones find the new clauses
    done += running
    assert [d.record for d in done] == known
    told = {p.code for d in done for p in d.problems if p.refuses}
    assert told == {"KS723"}
    kept = [line for line in faults.lines(out) if line["terbukti"]]
    assert 0 < len(kept) < MANY
    assert len({line["pustaka"] for line in kept}) == 1
    office = samples.office(data=tmp_path / "data", templates=templates)
    assert not any(d.skipped or d.refused for d in run(True))
    assert len({line["pustaka"] for line in faults.lines(out)}) == 1
    faults.check_folder(out, known)


def test_records_that_change_during_a_run_are_told_and_not_done(tmp_path: Path) -> None:
    from ksdocs.batch import Order, Run

    faults.write_records(tmp_path / "rekaman.jsonl", 250)
    order = Order(samples.TODAY, tmp_path / "out")
    with Run([tmp_path / "rekaman.jsonl"], faults.office(tmp_path), order) as run:
        run.survey()
        known = faults.write_records(tmp_path / "rekaman.jsonl", 3, prefix="lain")
        (told,) = [list(run.results())]
        run.finish()
    assert [p.code for d in told for p in d.problems] == ["KS722"]
    assert faults.documents(tmp_path / "out") == {} and known
