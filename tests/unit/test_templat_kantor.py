"""An office's own folder, and new kinds in it: everything works at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import samples
from cli_runs import Run, call
from ksdocs.docx.text import view
from ksdocs.office import open_office
from ksdocs.templat import jenis_baru
from ksdocs.templat.jenis_baru import STARTS

AWAL = Path(jenis_baru.__file__).parent / "awal"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ksdocs(*words: str) -> Run:
    return call([*words, "--hari-ini", "2026-11-22"])


def tree(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def in_office(here: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Path:
    assert ksdocs("init", "kantor", *words).code == 0
    monkeypatch.chdir(here / "kantor")
    return here / "kantor"


def test_in_a_new_office_check_and_render_work_at_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_office(here, monkeypatch, "--nama", "Politeknik Umpama", "--kedudukan", "Umpama")
    checked = ksdocs("check", "data")
    assert checked.code == 0 and "4 naskah layak, 0 ditolak, 0 peringatan" in checked.out
    assert ksdocs("render", "data/mou", "-o", "hasil").code == 0
    printed = view(folder / "hasil" / "mou-contoh.docx")
    assert "Politeknik Umpama" in printed and "DRAF" in printed
    assert ksdocs("render", "data", "-o", "semua").code == 0


def test_what_is_invented_says_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_office(here, monkeypatch, "--nama", "Politeknik Umpama")
    profile = tomllib.loads(Path("data/institusi/politeknik-umpama.toml").read_text(encoding="utf-8"))
    assert {"pejabat", "kontak", "alamat", "kedudukan"} <= set(profile["isian_contoh"])
    assert "nama" not in profile["isian_contoh"]
    assert "KS295" in ksdocs("check", "data/mou").out


def test_without_any_name_the_office_is_an_example(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_office(here, monkeypatch)
    assert Path("data/institusi/politeknik-contoh.toml").is_file()
    assert ksdocs("check", "data").code == 0


@pytest.mark.parametrize("name", ['Politeknik "Umpama" & <Rekan>', "Politeknik \\ Umpama", "Politeknik «id» Umpama"])
def test_any_name_is_written_as_it_is(here: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    in_office(here, monkeypatch, "--institusi", "polum", "--nama", name)
    profile = tomllib.loads(Path("data/institusi/polum.toml").read_text(encoding="utf-8"))
    assert profile["nama"] == {"id": name, "en": name}


def test_the_office_is_the_one_of_its_records(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_office(here, monkeypatch, "--institusi", "polum")
    for file in ("mou/mou-contoh.yaml", "pks/pks-contoh.yaml", "usulan/usulan-contoh.yaml"):
        text = (folder / "data" / file).read_text(encoding="utf-8")
        assert "polum" in text and "«" not in text


def test_templates_are_the_offices_own_and_noted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_office(here, monkeypatch)
    office = open_office(cwd=folder, environ={})
    assert {found.won_by.named_by for found in office.workspace.kinds().values()} == {"./templates"}
    status = ksdocs("template", "status")
    assert status.code == 0 and "Tidak ada yang perlu diperbarui" in status.out and "?" not in status.out


def test_an_empty_folder_is_taken_and_also_the_one_where_one_is(here: Path) -> None:
    (here / "Thumbs.db").write_bytes(b"x")
    assert ksdocs("init", ".").code == 0
    assert (here / "BACA-SAYA.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not [f for f in here.iterdir() if f.name.endswith(".tmp")]


def test_a_folder_that_holds_something_is_told_and_left_alone(here: Path) -> None:
    (here / "kantor").mkdir()
    (here / "kantor" / "surat.docx").write_bytes(b"penting")
    run = ksdocs("init", "kantor")
    assert run.code == 1 and "KS880" in run.err and "surat.docx" in run.err
    assert tree(here) == {"kantor/surat.docx": b"penting"}


def test_a_second_init_overwrites_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_office(here, monkeypatch)
    (folder / "data" / "mou" / "mou-contoh.yaml").write_text("milik petugas", encoding="utf-8")
    before = tree(folder)
    assert ksdocs("init", str(folder)).code == 1
    assert tree(folder) == before


@pytest.mark.parametrize("ident", ["Polum", "../lain", "a b", "nul", ""])
def test_an_id_that_leads_astray_is_refused_or_made_of_the_name(here: Path, ident: str) -> None:
    run = ksdocs("init", "kantor", "--institusi", ident)
    assert run.code == (1 if ident else 0)
    assert ("KS889" in run.err) is bool(ident)
    assert (here / "kantor").exists() is not bool(ident)


def test_a_name_that_no_document_can_hold_is_refused(here: Path) -> None:
    run = ksdocs("init", "kantor", "--nama", "Politeknik \u202e Umpama")
    assert run.code == 1 and "KS154" in run.err and not (here / "kantor").exists()


def test_when_something_cannot_be_moved_nothing_is_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == "templates":
            raise PermissionError(13, "Permission denied")
        return whole(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    run = ksdocs("init", "kerja/kantor")
    assert run.code == 1 and "KS706" in run.err
    assert list(here.iterdir()) == []


# ---------------------------------------------------------------------- new kinds


def filled_in(record: Path) -> None:
    """Words in the place of the marks that a starting record has for what nobody can know."""
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub(r'"\[([^"\]]+)\]"', r'"\1"', text), encoding="utf-8")


@pytest.mark.parametrize("start", [*STARTS, "usulan"])
def test_a_new_kind_works_at_once(here: Path, start: str) -> None:
    made = ksdocs("template", "new", "surat_undangan", "--like", start)
    assert made.code == 0
    record = "data/surat_undangan/satu.yaml"
    with_data = ("--data", str(samples.DATA))
    assert ksdocs("new", "surat_undangan", "-o", record, *with_data).code == 0
    filled_in(here / record)
    run = ksdocs("render", record, "-o", "hasil", *with_data)
    assert run.code == 0 and "1 naskah selesai, 0 ditolak, 0 peringatan" in run.out
    declared = tomllib.loads((here / "templates/forms/surat_undangan/jenis.toml").read_text(encoding="utf-8"))
    assert declared["id"] == "surat_undangan" and declared["judul"]["id"] == "Surat Undangan"


@pytest.mark.parametrize("start", STARTS)
def test_every_field_of_a_new_kind_can_be_given(here: Path, start: str) -> None:
    """Also those that the starting record leaves behind `#`."""
    ksdocs("template", "new", "uji_coba", "--like", start)
    record = here / "data" / "uji_coba" / "satu.yaml"
    ksdocs("new", "uji_coba", "-o", str(record), "--data", str(samples.DATA))
    lines = record.read_text(encoding="utf-8").split("\n")
    full = [line[1:] if line.startswith("#") and not line.startswith("# ") else line for line in lines]
    record.write_text("\n".join(full).replace("#  ", "  "), encoding="utf-8")
    filled_in(record)
    run = ksdocs("render", str(record), "-o", "hasil", "--data", str(samples.DATA))
    assert run.code == 0, run.out


@pytest.mark.parametrize("start", [*STARTS, "usulan"])
def test_the_template_of_a_new_kind_has_no_problem(here: Path, start: str) -> None:
    ksdocs("template", "new", "uji_coba", "--like", start)
    run = ksdocs("template", "check", "uji_coba")
    assert run.code == 0 and "1 templat baik, 0 bermasalah, 0 peringatan" in run.out


@pytest.mark.parametrize("start", STARTS)
def test_the_text_view_of_a_start_is_current(start: str) -> None:
    folder = AWAL / start
    assert (folder / "naskah.txt").read_text(encoding="utf-8") == view(folder / "naskah.docx")


@pytest.mark.parametrize("kind", ["Surat", "mou", "notulen", "surat", "con/x", "aux", "mitra", "bersama"])
def test_a_name_that_is_taken_or_none_is_refused(here: Path, kind: str) -> None:
    run = ksdocs("template", "new", kind)
    assert run.code == 1 and "KS889" in run.err and list(here.iterdir()) == []


@pytest.mark.parametrize("like", ["mou", "notulen", "tidak_ada"])
def test_what_the_program_computes_is_not_copied_under_another_name(here: Path, like: str) -> None:
    run = ksdocs("template", "new", "rapat_senat", "--like", like)
    assert run.code == 1 and "KS884" in run.err and "usulan" in run.err and list(here.iterdir()) == []


def test_view_shows_a_file_a_folder_and_a_kind_alike(here: Path) -> None:
    ksdocs("template", "copy", "usulan")
    shown = {ksdocs("template", "view", what).out for what in (
        "usulan", "templates/forms/usulan", "templates/forms/usulan/naskah.docx")}  # fmt: skip
    assert len(shown) == 1 and "{{ latar_belakang }}" in shown.pop()
    assert ksdocs("template", "view", "usulann").code == 2
    assert ksdocs("template", "view", "tidak-ada.docx").code == 1


def test_a_copy_into_a_folder_that_is_not_in_use_says_so(here: Path) -> None:
    run = ksdocs("template", "copy", "usulan", "lain")
    assert run.code == 0 and "--templates lain" in run.out
    assert ksdocs("template", "copy", "usulann").code == 2
    assert ksdocs("template", "copy", "bersama").code == 2
