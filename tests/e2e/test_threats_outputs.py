"""Names of outputs, folders that others have touched, and what is told of a run: nobody's file is harmed."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pickle
import pkgutil
import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ksdocs
import samples
import threats
from ksdocs import api, batch, outputs, pipeline
from ksdocs.docx.package import Package
from ksdocs.problems import KsdocsError, Location, OutputError, problem
from ksdocs.sources import from_tree

# ---------------------------------------------------------------------- names of outputs


@pytest.mark.parametrize(
    "ident", ["../x", "/etc/x", "..", ".x", "x.", "a\\b", "a b", "A", "CON", "ä", "a" * 81, "a\0b"]
)
def test_row_ids_that_are_no_names(tmp_path: Path, ident: str) -> None:
    left = threats.run(tmp_path, threats.draft(ident))
    assert left.files == {}
    assert left.codes <= {"KS161", "KS110"}


@pytest.mark.parametrize(
    "ident", ["con", "nul", "aux.docx", "lpt1.x", "com1", "manifest", "manifest.jsonl", "a.b", "a" * 80, "x\n"]
)
def test_row_ids_that_a_system_keeps_for_itself(tmp_path: Path, ident: str) -> None:
    left = threats.run(tmp_path, threats.draft(ident))
    [name] = left.files
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*\.docx", name)
    assert name.split(".")[0] not in {"con", "nul", "aux", "lpt1", "com1"}
    report = api.render(threats.draft(ident), threats.office(), today=samples.TODAY)
    assert [f.name for f in report.save(tmp_path / "saved")] == [name]


@pytest.mark.parametrize("ident", ["2025-03-17", "mou-2025-03-17", "pasal-1", "100"])
def test_row_ids_that_look_like_a_fact(tmp_path: Path, ident: str) -> None:
    assert list(threats.run(tmp_path, threats.draft(ident)).files) == [f"{ident}.docx"]


def test_row_two_ids_that_want_one_name(tmp_path: Path) -> None:
    left = threats.run(tmp_path, threats.draft("a-b"), threats.draft("a_b"), threats.draft("a.b"))
    assert left.codes == {"KS701"}
    assert len(left.files) == 2


def test_row_two_ids_that_want_one_name_in_two_runs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    [first] = _rendered([threats.draft("a-b")], out)
    kept = first.files[0].read_bytes()
    [second] = _rendered([threats.draft("a_b", tentang="Lain")], out)
    assert [p.code for p in second.problems] == ["KS701"]
    assert first.files[0].read_bytes() == kept
    [again] = _rendered([threats.draft("a-b", tentang="Lagi")], out)
    assert not again.refused
    assert first.files[0].read_bytes() != kept


@pytest.mark.parametrize(("one", "other"), [("ab", "ab"), ("ab", "ab\n")])
def test_row_one_id_in_two_files(tmp_path: Path, one: str, other: str) -> None:
    assert threats.refused(tmp_path, threats.draft(one), threats.draft(other)) == {"KS280"}


# ---------------------------------------------------------------------- the output folder


def _rendered(records: list[dict[str, Any]], out: Path) -> list[batch.Selesai]:
    """A whole run as the command line does one: documents and manifest."""
    sources = [from_tree(r, f"<{n}>") for n, r in enumerate(records)]
    done = list(batch.run(sources, threats.office(), samples.TODAY, out=out))
    batch.write_manifest([batch.manifest_line(d, s, out) for d, s in zip(done, sources, strict=True)], out)
    return done


def test_row_a_link_or_folder_in_the_place_of_an_output(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("keep", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "satu.docx").symlink_to(victim)
    (tmp_path / "out" / "dua.docx").mkdir()
    one, two, three = batch.run(
        [from_tree(threats.draft(i), f"<{i}>") for i in ("satu", "dua", "tiga")],
        threats.office(),
        samples.TODAY,
        out=tmp_path / "out",
    )
    assert [p.code for d in (one, two) for p in d.problems] == ["KS705", "KS705"]
    assert three.files and not three.refused
    assert victim.read_text(encoding="utf-8") == "keep"


def _file(path: Path) -> Path:
    path.write_text("x", encoding="utf-8")
    return path


def _dead_link(path: Path) -> Path:
    path.symlink_to("/tidak/ada")
    return path


@pytest.mark.parametrize(
    "make",
    [
        _file,
        _dead_link,
        lambda path: path / ("x" * 300),
        lambda path: Path(f"{path}/a\0b"),
        lambda _path: Path("/dev/null/x"),
        lambda _path: Path("/proc/x"),
    ],
    ids=["file", "dead-link", "too-long", "nul", "below-a-device", "below-proc"],
)
def test_row_an_output_folder_that_is_none(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    [done] = batch.run([from_tree(threats.draft("satu"))], threats.office(), samples.TODAY, out=make(tmp_path / "out"))
    assert [p.code for p in done.problems] == ["KS702"]
    assert done.files == []
    threats.check_words(done.problems)


def test_row_an_output_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    [done] = _rendered([threats.draft("satu")], tmp_path / "out")
    assert {f.name for f in (tmp_path / "real").iterdir()} == {"satu.docx", batch.MANIFEST}
    assert not done.refused


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"null\n[1]\n3\n",
        b"[" * 100_000,
        b'{"rekaman": {"a": 1}}\n',
        b'{"rekaman": "x", "keluaran": 3}',
    ],
)
def test_row_a_manifest_in_ruins(tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / batch.MANIFEST).write_bytes(content + b'\n{"rekaman": "lama", "jenis": "mou"}\n{"rekaman": "to')
    _rendered([threats.draft("satu")], out)
    lines = (out / batch.MANIFEST).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["rekaman"] for line in lines} >= {"lama", "satu"}


@pytest.mark.parametrize("spoil", [lambda f: f.symlink_to("/etc/hosts"), lambda f: f.mkdir()], ids=["link", "folder"])
def test_row_something_else_in_the_place_of_the_manifest(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / batch.MANIFEST)
    with pytest.raises(OutputError, match="KS705"):
        batch.write_manifest([{"rekaman": "x"}], tmp_path)


def test_row_a_run_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run left, in a container where the next run has the same process id, is no hindrance."""
    for number in range(40):
        (tmp_path / f".satu.docx.{outputs._home()}.{os.getpid()}-{number}.tmp").write_bytes(b"half")
    monkeypatch.setattr("ksdocs.outputs._serial", iter(range(100)))
    [done] = batch.run([from_tree(threats.draft("satu"))], threats.office(), samples.TODAY, out=tmp_path)
    assert not done.refused
    assert Package.read(tmp_path / "satu.docx")
    left = tmp_path / f".satu.docx.{outputs._home()}.{os.getpid()}-0.tmp"
    assert left.read_bytes() == b"half"  # perhaps another container's, still at work


def test_row_two_runs_at_once(tmp_path: Path) -> None:
    sets = [[threats.draft(f"naskah-{n}-{m}") for m in range(3)] for n in range(4)]
    shared = [threats.draft("sama")]
    errors: list[BaseException] = []

    def work(records: list[dict[str, Any]]) -> None:
        try:
            _rendered([*records, *shared], tmp_path)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(s,)) for s in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    names = {f"{r['id']}" for s in (*sets, shared) for r in s}
    assert {f.name for f in tmp_path.iterdir()} == {f"{n}.docx" for n in names} | {batch.MANIFEST}
    lines = (tmp_path / batch.MANIFEST).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["rekaman"] for line in lines} == names
    for line in map(json.loads, lines):
        [made] = line["keluaran"]
        assert hashlib.sha256((tmp_path / made["berkas"]).read_bytes()).hexdigest() == made["sha256"]


# ---------------------------------------------------------------------- what is told of a run, and errors


def test_row_nothing_personal_in_properties_and_manifest(tmp_path: Path) -> None:
    register = threats.register()
    people = [p for k in register.semua_lembaga() for p in k.pejabat]
    contacts = [c for k in register.semua_lembaga() for c in k.kontak]
    private = {p.nama for p in people} | {p.nip for p in people} | {c.nama for c in contacts}
    private |= {c.surel for c in contacts} | {c.telepon for c in contacts}
    secrets = {str(s) for s in private if s}
    assert len(secrets) > 20
    sources = [samples.source(ident) for ident in samples.ids()]
    for source, done in zip(sources, batch.run(sources, samples.office(), samples.TODAY, out=tmp_path), strict=True):
        told = [json.dumps(batch.manifest_line(done, source, tmp_path), ensure_ascii=False)]
        for artifact in done.report.artifacts:
            package = Package.read(artifact.data)
            told += [package.xml(n).decode() for n in package.names if n.startswith("docProps/")]
        for text in told:
            assert [s for s in secrets if s in text] == []


def _errors() -> Iterator[type[KsdocsError]]:
    for module in pkgutil.walk_packages(ksdocs.__path__, "ksdocs."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    found = [KsdocsError]
    for kind in found:
        found += kind.__subclasses__()
    yield from dict.fromkeys(found)


def test_row_every_error_survives_pickling() -> None:
    told = problem("KS316", Location("a.1", file="x.toml", line=3), record="r", berkas="x", sebab="{y}")
    for kind in _errors():
        made = kind([told], None) if kind.__name__ == "IncompleteError" else kind([told])  # type: ignore[call-arg]
        again = pickle.loads(pickle.dumps(made))
        assert type(again) is kind
        assert again.problems == (told,)
        assert str(again) == str(made)


def test_row_reports_survive_pickling(tmp_path: Path) -> None:
    spoiled = threats.with_clause(tmp_path, "bahwa {{ 1 / 0 }}")
    for report in (
        api.render(samples.record(), threats.office(), today=samples.TODAY),
        api.check(threats.changed("tentang", None), threats.office(), today=samples.TODAY),
        api.check(samples.record(), threats.office(templates=spoiled), today=samples.TODAY),
    ):
        again = pickle.loads(pickle.dumps(report))
        assert again.problems == report.problems
        assert again.artifacts == report.artifacts


def test_row_many_threads_share_an_office() -> None:
    working = samples.office()
    start = threading.Barrier(4)
    idents = samples.ids()[::4]
    made: dict[str, set[bytes]] = {ident: set() for ident in idents}
    errors: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            for ident in idents:
                report = pipeline.render(samples.source(ident), working, samples.TODAY)
                made[ident].add(b"".join(hashlib.sha256(a.data).digest() for a in report.artifacts))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {len(kinds) for kinds in made.values()} == {1}
    assert all(one for kinds in made.values() for one in kinds)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_row_clocks_that_are_wrong(today: date) -> None:
    report = api.check(samples.record(), threats.office(), today=today)
    threats.check_words(report.problems)
