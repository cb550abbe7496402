"""`template preview`: a changed template beside the one in use, as an officer sees them in the browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli_runs import ksdocs
from docx_specimens import docx, p
from ksdocs.convert import png
from ksdocs.pipeline import render
from ksdocs.pratinjau.galeri import HARI, galeri
from samples import ROOT, office, shown

FORM = """
id = "kunjungan"
judul.id = "Kunjungan"

[[isian]]
nama = "acara"
jenis = "baris"
label.id = "Acara"
wajib = true

[[isian]]
nama = "tanggal"
jenis = "tanggal"
label.id = "Tanggal"

[[isian]]
nama = "catatan"
jenis = "teks"
label.id = "Catatan"

[[isian]]
nama = "hasil"
jenis = "daftar"
label.id = "Hasil"

  [[isian.isian]]
  nama = "uraian"
  jenis = "teks"
  label.id = "Uraian"
  wajib = true
"""
SOUND = (
    p("Kunjungan")
    + p("{{ acara }}{% if tanggal %}, {{ tanggal }}{% endif %}")
    + p("{% if catatan %}{{ catatan }}{% endif %}")
)
LIST = p("{%p for x in hasil %}") + p("{{ x.uraian }}") + p("{%p endfor %}")
CASES = ("paling-sedikit", "lengkap", "banyak-butir", "teks-panjang", "tanda-khusus", "akhir-tahun")


def office_of(folder: Path) -> Path:
    """Templates of an office with a form of its own, that is only a folder."""
    kind = folder / "templates" / "forms" / "kunjungan"
    kind.mkdir(parents=True)
    (kind / "jenis.toml").write_text(FORM, encoding="utf-8")
    (kind / "naskah.docx").write_bytes(docx(SOUND + LIST))
    return folder / "templates"


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_changed_pages_are_marked_beside_those_before(tmp_path: Path) -> None:
    templates = office_of(tmp_path)
    new = tmp_path / "baru.docx"
    new.write_bytes(docx(SOUND + p("{% if catatan %}Perhatikan.{% endif %}") + LIST))
    out = tmp_path / "lihat"
    done = ksdocs("template", "preview", new, "--kind", "kunjungan", "-o", out, "--templates", templates)
    assert done.code == 0, done.out + done.err
    assert "6 kasus: 6 tercetak, 0 ditolak." in done.out
    page = (out / "index.html").read_text(encoding="utf-8")
    sections = dict(zip(CASES, page.split('<h2 id="')[1:], strict=True))
    assert '<div class="pasang beda">' not in sections["paling-sedikit"]
    for case in CASES[1:]:
        assert '<div class="pasang beda">' in sections[case], case
    for case in CASES:
        assert (out / f"{case}.docx").is_file() and (out / f"{case}.pdf").is_file()
        assert (out / "halaman" / f"{case}-01.png").read_bytes().startswith(b"\x89PNG")
    assert (out / "halaman" / "banyak-butir-01.png").stat().st_size > len(png.png(1, 1, b"\0\0\0"))


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_a_case_that_is_refused_is_shown_and_the_others_go_on(tmp_path: Path) -> None:
    templates = office_of(tmp_path)
    new = tmp_path / "baru.docx"
    new.write_bytes(docx(SOUND + p("{% if catatan %}{{ ctatan }}{% endif %}") + LIST))
    out = tmp_path / "lihat"
    done = ksdocs("template", "preview", new, "--kind", "kunjungan", "-o", out, "--templates", templates)
    assert done.code == 1
    assert "6 kasus: 1 tercetak, 5 ditolak." in done.out
    assert done.out.count("KS460") == 1  # told once, with the cases that have it
    assert "lengkap, banyak-butir" in done.out
    assert (out / "paling-sedikit.pdf").is_file() and not (out / "lengkap.pdf").exists()


def test_without_libreoffice_the_word_files_are_there_and_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = office_of(tmp_path)
    (tmp_path / "kosong").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "kosong"))
    out = tmp_path / "lihat"
    done = ksdocs("template", "preview", "kunjungan", "-o", out, "--templates", templates)
    assert done.code == 0, done.out + done.err
    assert "KS010" in done.out and "KS892" in done.out
    assert {file.stem for file in out.glob("*.docx")} == set(CASES)
    assert list(out.glob("*.pdf")) == []


def test_a_template_that_cannot_be_compiled_is_sent_to_the_check(tmp_path: Path) -> None:
    templates = office_of(tmp_path)
    new = tmp_path / "baru.docx"
    new.write_bytes(docx(SOUND + p("{% if catatan %}") + LIST))
    done = ksdocs("template", "preview", new, "--kind", "kunjungan", "-o", tmp_path / "x", "--templates", templates)
    assert done.code == 1
    assert "ksdocs template check" in done.out


def test_the_kind_must_be_known_and_the_folder_free(tmp_path: Path) -> None:
    templates = office_of(tmp_path)
    new = tmp_path / "baru.docx"
    new.write_bytes(docx(SOUND + LIST))
    done = ksdocs("template", "preview", new, "-o", tmp_path / "x", "--templates", templates)
    assert (done.code, "KS894" in done.out + done.err) == (1, True)
    done = ksdocs("template", "preview", new, "--kind", "zzz", "--templates", templates)
    assert done.code == 2
    done = ksdocs("template", "preview", "kunjungan", "-o", templates, "--templates", templates)
    assert (done.code, "KS895" in done.out + done.err) == (1, True)


def test_a_kind_that_lies_outside_of_the_office_is_previewed_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_of(tmp_path / "lain")
    (tmp_path / "kosong").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "kosong"))
    folder = tmp_path / "lain" / "templates" / "forms" / "kunjungan"
    done = ksdocs("template", "preview", folder, "-o", tmp_path / "x")
    assert done.code == 0, done.out + done.err
    assert (tmp_path / "x" / "lengkap.docx").is_file()


@pytest.mark.parametrize("kind", sorted(office().workspace.kinds()))
def test_every_shipped_template_prints_its_whole_gallery(kind: str, tmp_path: Path) -> None:
    for one in galeri(kind, office(), tmp_path.resolve()).bahan:
        report = render(one.sumber, one.kantor, HARI)
        assert not report.refused, (one.kasus.id, shown(report.problems))
        assert report.artifacts


def waited(found: str, log: Path, tries: int = 600) -> bool:
    for _ in range(tries):
        if found in log.read_text(encoding="utf-8"):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_with_watch_a_save_is_shown_and_ctrl_c_ends_politely(tmp_path: Path) -> None:
    templates = office_of(tmp_path)
    (tmp_path / "kosong").mkdir()
    file = templates / "forms" / "kunjungan" / "naskah.docx"
    log = tmp_path / "log.txt"
    command = [sys.executable, "-m", "ksdocs", "template", "preview", str(file), "-o", str(tmp_path / "x"), "--watch"]
    command += ["--templates", str(templates), "--data", str(ROOT / "data")]
    environ = {**os.environ, "PATH": str(tmp_path / "kosong"), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as told:
        child = subprocess.Popen(command, env=environ, stdout=told, stderr=told, cwd=tmp_path)
        try:
            assert waited("Menunggu", log), log.read_text(encoding="utf-8")
            (file.parent / "~$naskah.docx").write_bytes(b"x")
            file.write_bytes(docx(SOUND + p("{{ salah }}") + LIST))
            assert waited("6 ditolak", log), log.read_text(encoding="utf-8")
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=60) == 0
        finally:
            child.kill()
            child.wait()
    assert "Pratinjau dihentikan." in log.read_text(encoding="utf-8")
