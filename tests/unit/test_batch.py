"""Runs over many records: read twice, known to each other, resumed, and kept in the manifest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import faults
import ksdocs
import samples
import threats
from ksdocs import batch
from ksdocs.batch import manifest as manifests
from ksdocs.batch import survey
from ksdocs.batch.pool import LocalWorkers, LostError
from ksdocs.batch.records import plan, read_chunk
from ksdocs.office import Office
from ksdocs.problems import SourceError
from ksdocs.sources import Source, items, json_, spans


def render(out: Path, *paths: Path, **more: Any) -> list[batch.Hasil]:
    return list(ksdocs.render_many(*paths, out=out, today=samples.TODAY, **more))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return faults.office(tmp_path)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records are many."""
    monkeypatch.setattr(survey, "KEPT", 2)


def codes(done: list[batch.Hasil]) -> list[list[str]]:
    return [[p.code for p in d.problems if p.refuses] for d in done]


# --- reading ----------------------------------------------------------------------------------------------------

_LINES = st.lists(
    st.sampled_from(['{"id": "a"}', "", "  ", "{", "[", "{}", '{"id": "a", "id": "b"}', "tidak", '{"id": 1}']),
    max_size=12,
)


@given(_LINES, st.integers(1, 4), st.booleans())
def test_the_parts_of_a_file_of_lines_read_as_the_whole_does(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, ended: bool
) -> None:
    file = tmp_path_factory.mktemp("baris") / "r.jsonl"
    file.write_text("\n".join(lines) + ("\n" if ended else ""), encoding="utf-8", newline="")

    def told(item: Source | SourceError) -> object:
        return (
            [(p.code, p.at) for p in item.problems] if isinstance(item, SourceError) else (item.tree, item.locate("id"))
        )

    parts = [told(i) for span in spans(file, size) for i in json_.lines(file, str(file), span=span)]
    assert parts == [told(i) for i in items(file)]


def test_a_chunk_holds_no_more_than_was_asked_for(tmp_path: Path) -> None:
    faults.write_records(tmp_path / "a.jsonl", 7)
    for number in range(5):
        (tmp_path / f"b{number}.json").write_text(json.dumps(threats.draft(f"b-{number}")), encoding="utf-8")
    found = [[i.read.id for i in read_chunk(c) if isinstance(i.read, Source)] for c in plan([tmp_path], 3)]
    assert max(map(len, found)) == 3
    assert [ident for chunk in found for ident in chunk] == [f"uji-{n:03}" for n in range(7)] + [
        f"b-{n}" for n in range(5)
    ]


def test_what_a_run_has_written_is_never_read_as_records(tmp_path: Path, office: Office) -> None:
    table = samples.DATA / "mou" / "mou-2026.xlsx"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / table.name).write_bytes(table.read_bytes())
    first = render(tmp_path / "in", tmp_path / "in", office=office)
    assert (tmp_path / "in" / "mou-2026.hasil.xlsx").is_file()
    assert [d.record for d in render(tmp_path / "in", tmp_path / "in", office=office)] == [d.record for d in first]


# --- records that know each other ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("many")
def test_ids_and_numbers_held_twice_are_seen_however_many_records_there_are(tmp_path: Path, office: Office) -> None:
    records = [threats.draft(f"uji-{n}") for n in range(5)]
    records[3]["id"] = records[1]["id"]
    for n in (0, 4):
        records[n]["pihak"][0]["nomor"] = "012/MOU.PL29/III/2025"
    file = tmp_path / "r.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    read, apart = list(batch.read_records([file])), faults.office(tmp_path / "lain")
    few = [[p.code for p in d.all_problems if p.refuses] for d in batch.run(read, apart, samples.TODAY)]
    done = render(tmp_path / "out", file, office=office)
    assert codes(done) == few
    assert codes(done)[1] == codes(done)[3] == ["KS280"]
    assert "KS228" in codes(done)[0] and "KS228" in codes(done)[4]
    two = render(tmp_path / "dua", file, office=office, workers=2)
    assert codes(two) == few


@pytest.mark.usefixtures("many")
def test_two_ids_that_want_one_name_are_told_apart(tmp_path: Path, office: Office) -> None:
    file = tmp_path / "r.jsonl"
    wanted = ("a-b", "a_b", "c", "d")
    file.write_text("".join(json.dumps(threats.draft(i)) + "\n" for i in wanted), encoding="utf-8")
    done = render(tmp_path / "out", file, office=office)
    assert codes(done) == [[], ["KS701"], [], []]
    file.write_text("".join(json.dumps(threats.draft(i)) + "\n" for i in wanted[1:]), encoding="utf-8")
    assert codes(render(tmp_path / "out", file, office=office)) == [["KS701"], [], []]


@pytest.mark.usefixtures("many")
def test_few_and_many_records_give_the_same_files_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(out: Path) -> list[dict[str, Any]]:
        return [{k: v for k, v in line.items() if k != "milidetik"} for line in faults.lines(out)]

    source = [samples.DATA / "mou", samples.DATA / "pks"]
    render(tmp_path / "banyak", *source, office=samples.office())
    monkeypatch.setattr(survey, "KEPT", 10_000)
    render(tmp_path / "sedikit", *source, office=samples.office())
    assert faults.documents(tmp_path / "banyak") == faults.documents(tmp_path / "sedikit")
    assert lines(tmp_path / "banyak") == lines(tmp_path / "sedikit")
    for file in (tmp_path / "banyak").glob("*.hasil.xlsx"):
        assert file.read_bytes() == (tmp_path / "sedikit" / file.name).read_bytes()


def test_a_pks_finds_its_mou_in_the_same_run_on_other_hands(tmp_path: Path) -> None:
    office = faults.office(tmp_path)
    paths = [samples.DATA / "mou", samples.DATA / "pks"]
    assert not any(d.refused for d in render(tmp_path / "out", *paths, office=office, workers=2))
    assert any(d.refused for d in render(tmp_path / "lain", paths[1], office=office, workers=2))


# --- resume -------------------------------------------------------------------------------------------------------


def records(tmp_path: Path) -> tuple[Path, list[dict[str, Any]]]:
    return tmp_path / "r.jsonl", [threats.draft(f"uji-{n}") for n in range(3)]


def write(file: Path, trees: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(r) + "\n" for r in trees), encoding="utf-8")


def skipped(done: list[batch.Hasil]) -> list[str]:
    return [d.record for d in done if d.skipped]


def test_what_is_done_and_unchanged_is_skipped_and_the_rest_is_done(tmp_path: Path, office: Office) -> None:
    file, trees = records(tmp_path)
    write(file, trees)
    out = tmp_path / "out"
    assert skipped(render(out, file, office=office)) == []
    assert skipped(render(out, file, office=office, resume=True)) == ["uji-0", "uji-1", "uji-2"]
    trees[1]["tentang"] = "Hal Lain"
    write(file, trees)
    (out / "uji-2.docx").write_bytes(b"dirusak")
    assert skipped(render(out, file, office=office, resume=True)) == ["uji-0"]
    faults.check_folder(out, ["uji-0", "uji-1", "uji-2"])
    assert skipped(render(out, file, office=office)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda here: threats.edit(here / "data/mitra/samudra-elektronika.yaml", lambda t: t + "\n"),
        lambda here: threats.edit(here / "templates/mou/klausul/premis.md", lambda t: t + "\n"),
        lambda here: next((here / "data/butir").iterdir()).unlink(),
    ],
    ids=["partner", "clause", "point"],
)
def test_whatever_a_document_is_made_of_makes_it_anew_when_it_changes(tmp_path: Path, change: Any) -> None:
    file, trees = records(tmp_path)
    write(file, trees)
    threats.data(tmp_path)
    threats.templates(tmp_path)

    def again() -> list[str]:
        office = samples.office(data=tmp_path / "data", templates=tmp_path / "templates")
        return skipped(render(tmp_path / "out", file, office=office, resume=True))

    again()
    assert len(again()) == 3
    change(tmp_path)
    assert again() == []
    assert len(again()) == 3


def test_options_and_other_records_count_too(tmp_path: Path, office: Office) -> None:
    file, trees = records(tmp_path)
    trees[0]["pihak"][0]["nomor"] = "012/MOU.PL29/III/2025"
    write(file, trees)
    out = tmp_path / "out"
    render(out, file, office=office)
    assert skipped(render(out, file, office=office, resume=True, originals=True)) == []
    render(out, file, office=office)
    trees[2]["pihak"][0]["nomor"] = "012/MOU.PL29/III/2025"
    write(file, trees)
    assert skipped(render(out, file, office=faults.office(tmp_path / "lain"), resume=True)) == ["uji-1"]


def test_a_day_counts_until_a_record_is_signed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    signed, draft = samples.DATA / "pks" / f"{samples.PKS}.yaml", tmp_path / "draf.json"
    draft.write_text(json.dumps(threats.draft("draf")), encoding="utf-8")

    def on(day: int) -> list[str]:
        paths = (signed, draft)
        today = samples.TODAY.replace(day=day)
        return skipped(list(ksdocs.render_many(*paths, out=out, office=samples.office(), today=today, resume=True)))

    on(22)
    assert on(22) == [samples.PKS, "draf"]
    assert on(23) == [samples.PKS]


def test_without_a_data_folder_nothing_is_taken_for_unchanged(tmp_path: Path) -> None:
    file, trees = records(tmp_path)
    write(file, trees)
    for _ in range(2):
        assert skipped(render(tmp_path / "out", file, office=threats.office(), resume=True)) == []


# --- the manifest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("few", [0, 100])
def test_lines_of_other_records_stay_and_torn_ones_go(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(manifests, "FEW_LINES", few)
    file, trees = records(tmp_path)
    write(file, trees)
    out = tmp_path / "out"
    out.mkdir()
    old = '{"rekaman": "lama", "jenis": "mou"}\n{"rekaman": "uji-1", "keluaran": []}\n{"rekaman": "to'
    (out / batch.MANIFEST).write_text(old, encoding="utf-8")
    render(out, file, office=office)
    assert [line["rekaman"] for line in faults.lines(out)] == ["lama", "uji-1", "uji-0", "uji-2"]
    assert faults.lines(out)[1]["terbukti"] is True


def test_a_line_tells_what_the_document_was_made_of(tmp_path: Path, office: Office) -> None:
    file, trees = records(tmp_path)
    write(file, trees[:1])
    render(tmp_path / "out", file, office=office, originals=True)
    (line,) = faults.lines(tmp_path / "out")
    assert line["opsi"] == "id docx originals"
    assert all(line[name] for name in ("sidik_rekaman", "templat", "pustaka", "data", "rujukan", "versi", "sidik"))
    assert "klausul" in line and line["terbukti"] is True


def test_a_run_that_is_not_heard_to_its_end_keeps_what_it_did(tmp_path: Path, office: Office) -> None:
    file, trees = records(tmp_path)
    write(file, trees)
    running = ksdocs.render_many(file, out=tmp_path / "out", office=office, today=samples.TODAY)
    next(running)
    running.close()  # type: ignore[attr-defined]
    faults.check_folder(tmp_path / "out", ["uji-0"])


# --- workers --------------------------------------------------------------------------------------------------------


def test_a_worker_that_ends_takes_its_own_job_along_and_no_other() -> None:
    with LocalWorkers(2) as workers:
        lost = workers.submit(os.kill, os.getpid(), 0)
        assert lost.result() is None
        bad = [workers.submit(os._exit, 3) for _ in range(2)]
        good = [workers.submit(abs, -n) for n in range(20)]
        assert [f.result() for f in good] == list(range(20))
        for future in bad:
            with pytest.raises(LostError):
                future.result()
    with pytest.raises(RuntimeError):
        workers.submit(abs, 1)


def test_what_a_job_raises_comes_back() -> None:
    with LocalWorkers(1) as workers:
        with pytest.raises(ZeroDivisionError):
            workers.submit(divmod, 1, 0).result()
        assert workers.submit(abs, -1).result() == 1
