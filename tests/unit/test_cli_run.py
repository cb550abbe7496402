"""`check` and `render`: what an officer sees, what is written, and how the program ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from cli_runs import ROOT, ksdocs, program
from ksdocs.cli import main

DATA = ROOT / "data"
UNFIT = DATA / "contoh-salah"
MAGANG = DATA / "pks" / "pks-magang-samudra-2025.yaml"


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_a_problem_stands_at_its_place_with_its_code_and_what_to_do_next() -> None:
    run = ksdocs("check", UNFIT / "tanggal-hari-beda.yaml")
    assert run.code == 1
    lines = run.out.splitlines()
    assert lines[0].startswith("✗ tanggal-hari-beda · mou")
    assert re.match(r"  ✗ .*tanggal-hari-beda\.yaml:26:9 .*KS210 Hari “Selasa” tidak cocok", lines[1])
    assert lines[2].strip().startswith("Tulis Senin")
    assert lines[-1] == "0 naskah layak, 1 ditolak, 0 peringatan."


def test_messages_come_in_english_when_asked_for() -> None:
    run = ksdocs("check", UNFIT / "tanggal-hari-beda.yaml", "--pesan", "en")
    assert "refused" in run.out and "0 documents fit, 1 refused, 0 warnings." in run.out


def test_refusals_come_before_warnings() -> None:
    out = ksdocs("check", UNFIT / "pihak-sama.yaml").out
    assert 0 < out.index("KS206") < out.index("KS226")


def test_one_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    run = ksdocs("render", UNFIT / "tanpa-hak.yaml", MAGANG, "-o", tmp_path)
    assert run.code == 1
    assert [f.name for f in tmp_path.glob("*.docx")] == ["pks-magang-samudra-2025.docx"]
    assert "1 naskah selesai, 1 ditolak" in run.out


def test_a_record_that_is_named_twice_is_done_once(tmp_path: Path) -> None:
    run = ksdocs("render", MAGANG, MAGANG, MAGANG.parent / ".." / "pks" / MAGANG.name, "-o", tmp_path, "--json")
    assert run.code == 0
    assert run.json["ringkasan"]["rekaman"] == 1


def test_a_folder_without_records_is_the_wrong_folder(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    run = ksdocs("check", tmp_path / "kosong")
    assert run.code == 1 and "KS116" in run.out


def test_a_code_list_in_a_folder_is_passed_over_and_said_so() -> None:
    run = ksdocs("check", DATA / "acuan", DATA / "butir")
    assert run.code == 0
    assert "Dilewati karena bukan rekaman" in run.out and "bentuk-kegiatan.toml" in run.out


def test_a_code_list_that_is_named_itself_is_a_mistake() -> None:
    run = ksdocs("check", DATA / "acuan" / "bentuk-kegiatan.toml")
    assert run.code == 1 and "KS023" in run.out


def test_a_folder_that_holds_only_code_lists_holds_no_record(tmp_path: Path) -> None:
    shutil.copy(DATA / "acuan" / "bentuk-kegiatan.toml", tmp_path)
    run = ksdocs("check", tmp_path)
    assert run.code == 1 and "KS020" in run.out


def test_a_record_that_forgot_its_kind_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("id: pks-lupa-jenis\ntentang: Sesuatu\n", encoding="utf-8")
    assert ksdocs("check", tmp_path).code == 1


def test_reference_records_are_checked_and_never_rendered(tmp_path: Path) -> None:
    faulty = tmp_path / "mitra.yaml"
    faulty.write_text("jenis: mitra\nid: mitra-baru\nnama: PT Baru\nkelasa: industri\n", encoding="utf-8")
    run = ksdocs("check", faulty)
    assert run.code == 1 and "KS152" in run.out
    run = ksdocs("render", DATA / "mitra", MAGANG, "-o", tmp_path / "out")
    assert run.code == 0
    assert "46 rekaman acuan" in run.out
    assert [f.name for f in (tmp_path / "out").glob("*.docx")] == [f"{MAGANG.stem}.docx"]


def test_faults_of_the_reference_data_are_told_beside_the_records_that_suffer(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    partner = tmp_path / "data" / "mitra" / "samudra-elektronika.yaml"
    partner.write_text(partner.read_text(encoding="utf-8").replace("kelas:", "kelass:"), encoding="utf-8")
    run = ksdocs("check", tmp_path / "data" / "pks" / MAGANG.name, "--data", tmp_path / "data")
    assert run.code == 1
    assert "samudra-elektronika.yaml" in run.out and "KS152" in run.out and "KS202" in run.out


@pytest.mark.usefixtures("no_libreoffice")
def test_without_libreoffice_the_documents_are_made_and_what_is_missing_is_said(tmp_path: Path) -> None:
    run = ksdocs("render", MAGANG, "-o", tmp_path / "out", "--format", "docx,pdf,html")
    assert run.code == 3
    assert "KS010" in run.out and "libreoffice-writer-nogui" in run.out
    assert sorted(f.suffix for f in (tmp_path / "out").iterdir()) == [".docx", ".html", ".jsonl"]


@pytest.mark.libreoffice
def test_a_pdf_stands_beside_its_document_and_in_the_manifest(tmp_path: Path) -> None:
    run = ksdocs("render", MAGANG, "-o", tmp_path, "--format", "pdf", "--originals")
    assert run.code == 0
    names = {f.name for f in tmp_path.iterdir()}
    stems = {MAGANG.stem, f"{MAGANG.stem}.asli-1", f"{MAGANG.stem}.asli-2"}
    assert names == {f"{s}.{e}" for s in stems for e in ("docx", "pdf")} | {"manifest.jsonl"}
    (line,) = (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert {k["berkas"] for k in json.loads(line)["keluaran"]} == names - {"manifest.jsonl"}


def test_reading_copies_stand_beside_the_document(tmp_path: Path) -> None:
    run = ksdocs("render", MAGANG, "-o", tmp_path, "--format", "md,odt")
    assert run.code == 0
    assert sorted(f.suffix for f in tmp_path.iterdir()) == [".docx", ".jsonl", ".md", ".odt"]
    assert (tmp_path / f"{MAGANG.stem}.md").read_text(encoding="utf-8").startswith("Salinan baca")


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert ksdocs("render", MAGANG, "-o", tmp_path / name).code == 0
    first, second = ((tmp_path / n / f"{MAGANG.stem}.docx").read_bytes() for n in ("a", "b"))
    assert first == second


def test_an_output_folder_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    run = ksdocs("render", DATA / "mou", "-o", tmp_path / "berkas" / "out")
    assert run.code == 1
    assert run.err.count("KS702") == 1 and run.out == ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    assert "KS702" in ksdocs("render", MAGANG, "-o", tmp_path / "out").err


def test_a_language_without_clauses_is_a_clear_refusal() -> None:
    run = ksdocs("check", MAGANG, "--lang", "en")
    assert run.code == 1 and "KS025" in run.out and "--lang id" in run.out


def test_a_fault_of_the_templates_is_told_once_for_all_records(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / "mou" / "naskah.docx").unlink()
    run = ksdocs("render", DATA / "mou", "-o", tmp_path / "out", "--templates", tmp_path / "templates")
    assert run.code == 1
    assert run.out.count("tidak mempunyai templat") == 1
    assert "Seperti di atas: KS006." in run.out


def test_folders_that_were_named_and_are_not_there_are_told(tmp_path: Path) -> None:
    run = ksdocs("check", MAGANG, "--data", tmp_path / "tidak-ada")
    assert run.code == 1 and "KS001" in run.err and "--data" in run.err


# --- the checklist ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_checklist_tells_every_section_and_fits_the_console(width: int) -> None:
    run = ksdocs("check", DATA / "pks" / "pks-antrean-rs-bahari-2026.yaml", "--checklist", width=width)
    assert run.code == 0
    shown = " ".join(run.out.split())
    for words in ("Ruang Lingkup", "wajib bila", "dikecualikan", "Direktur, 2026-05-11", "UU 27/2022", "Pasal 2 ·"):
        assert words in shown
    assert [line for line in run.out.splitlines() if len(line) > width and "/" not in line] == []


def test_the_checklist_shows_special_wording_with_its_difference() -> None:
    out = ksdocs("check", DATA / "pks" / "pks-penelitian-petrokimia-2025.yaml", "--checklist").out
    assert "kata khusus: hki" in out
    assert "+ PIHAK KEDUA berhak memakai hasil penelitian" in out


def test_the_checklist_shows_what_is_missing() -> None:
    run = ksdocs("check", UNFIT / "tanpa-klausul-wajib.yaml", "--checklist", "--json")
    found = run.json["hasil"][0]["daftar_periksa"]
    assert found["lengkap"] is False
    assert [b["substansi"] for b in found["bagian"] if b["status"] == "kurang"] == ["pengakhiran"]
    assert "BELUM ADA" in ksdocs("check", UNFIT / "tanpa-klausul-wajib.yaml", "--checklist").out


def test_a_record_whose_fields_are_faulty_has_no_checklist_yet() -> None:
    run = ksdocs("check", UNFIT / "dasar-ganda.yaml", "--checklist")
    assert "belum dapat disusun" in run.out
    assert (
        ksdocs("check", UNFIT / "dasar-ganda.yaml", "--checklist", "--json").json["hasil"][0]["daftar_periksa"] is None
    )


# --- how the program ends -----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
def test_a_reader_that_goes_away_leaves_no_noise() -> None:
    import subprocess
    import sys

    words = [sys.executable, "-m", "ksdocs", "check", str(DATA / "mitra")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
    assert told == b""
    assert child.returncode == 141


def test_ctrl_c_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ksdocs.cli.run.check", stop)
    assert main(["check", "x"]) == 130
    assert capsys.readouterr().err.startswith("Dihentikan.")


def test_a_bug_is_confessed_before_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("bukan salah petugas")

    monkeypatch.setattr("ksdocs.cli.run.check", fail)
    assert main(["check", "x"]) == 70
    err = capsys.readouterr().err
    assert err.index("kesalahan program ksdocs") < err.index("Traceback") < err.index("bukan salah petugas")


def test_no_data_is_written_to_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    ksdocs("render", MAGANG, UNFIT / "tanpa-hak.yaml", "-o", tmp_path)
    assert caplog.records == []


def test_it_runs_as_a_module_in_a_narrow_ascii_world(tmp_path: Path) -> None:
    done = program(
        "render", "data/mou", "-o", str(tmp_path), "--hari-ini", "2026-11-22", COLUMNS="44", PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii() and "OK mou-rs-bahari-2026" in done.stdout
    assert all(zipfile.is_zipfile(f) for f in tmp_path.glob("*.docx"))
