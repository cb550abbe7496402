"""`new`, `kinds`, `clause`, `schema`, `explain`, `doctor`: what there is."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from cli_runs import ROOT, ksdocs
from ksdocs.models import MODELS, NASKAH
from ksdocs.problems import catalogue


@pytest.mark.parametrize("kind", NASKAH)
def test_a_starter_passes_as_a_draft_and_becomes_a_document(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "baru di sini.yaml"
    run = ksdocs("new", kind, "-o", file)
    assert run.code == 0 and "baru di sini.yaml" in run.out
    answer = ksdocs("check", file, "--json").json
    assert [p for p in answer["hasil"][0]["masalah"] if p["berat"] != "info"] == []
    assert ksdocs("render", file, "-o", tmp_path / "out").code == 0


@pytest.mark.parametrize("kind", NASKAH)
def test_a_starter_explains_itself_and_names_who_is_known(kind: str) -> None:
    text = ksdocs("new", kind).out
    assert "«" not in text
    assert re.search(r"- id: (pipb|polibatam)\n", text)
    assert re.search(rf"\nid: {kind}-[a-z-]+-2026\n", text)
    assert sum(line.lstrip().startswith("#") for line in text.splitlines()) > 15


def test_what_an_internship_and_its_like_make_required_stands_ready_in_the_starter(tmp_path: Path) -> None:
    text = ksdocs("new", "pks").out
    before, mark, after = text.partition("# Isian berikut wajib")
    used = before + mark + re.sub(r"^#(?=\w|  )", "", after, flags=re.MULTILINE)
    assert set(yaml.safe_load(used)) - set(yaml.safe_load(text)) == {
        "perlindungan_mahasiswa", "pengakuan_sks", "sertifikasi", "aset"
    }  # fmt: skip
    file = tmp_path / "baru.yaml"
    file.write_text(used, encoding="utf-8")
    checked = ksdocs("check", file, "--checklist")
    assert checked.code == 0 and "1 naskah layak" in checked.out, checked.out


def test_a_starter_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "milik-saya.yaml"
    file.write_text("berharga", encoding="utf-8")
    run = ksdocs("new", "mou", "-o", file)
    assert run.code == 1 and "KS021" in run.err
    assert file.read_text(encoding="utf-8") == "berharga"


def test_a_starter_takes_an_id_that_is_free(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    first = ksdocs("new", "mou", "-o", tmp_path / "data" / "mou" / "satu.yaml", "--data", tmp_path / "data")
    assert first.code == 0
    ident = re.search(r"^id: (.*)$", ksdocs("new", "mou", "--data", tmp_path / "data").out, re.MULTILINE)
    assert ident is not None and ident[1].endswith("-2026-2")


def test_without_partners_the_starter_says_where_their_ids_go(tmp_path: Path) -> None:
    (tmp_path / "institusi").mkdir()
    assert "- id: id-mitra-anda" in ksdocs("new", "pks", "--data", tmp_path).out


def test_a_kind_without_a_starter_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / "mou" / "baru.yaml").unlink()
    run = ksdocs("new", "mou", "--templates", tmp_path / "templates")
    assert run.code == 1 and "KS024" in run.err


def test_kinds_are_listed_with_the_folder_that_won() -> None:
    run = ksdocs("kinds")
    assert run.code == 0
    assert re.search(r"^mou +Nota Kesepahaman$", run.out, re.MULTILINE) and "lewat --templates" in run.out
    assert "Cooperation Agreement" in ksdocs("kinds", "--pesan", "en").out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_clauses_are_listed_and_shown(width: int) -> None:
    listed = ksdocs("clause", "list", "pks", width=width)
    assert listed.code == 0 and "pembayaran.termin" in listed.out
    assert max(map(len, listed.out.splitlines())) <= width
    shown = ksdocs("clause", "show", "pks", "jangka_waktu").out
    text = (ROOT / "templates" / "klausul" / "jangka_waktu.md").read_text(encoding="utf-8").split("+++")[2].strip()
    assert shown.rstrip().endswith(text)
    assert "Memenuhi: jangka_waktu" in shown


def test_all_kinds_are_listed_when_none_is_named() -> None:
    out = ksdocs("clause", "list").out
    assert out.startswith("mou\n") and "\npks\n" in out


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_is_json(kind: str) -> None:
    assert json.loads(ksdocs("schema", kind).out)["properties"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_is_explained(language: str) -> None:
    for code, entry in catalogue().items():
        run = ksdocs("explain", code, "--pesan", language)
        assert run.code == 0 and run.out.startswith(f"{code} ")
        why = re.sub(r"\{([a-z_]+)\}", lambda m: f"‹{m[1].replace('_', ' ')}›", entry[language]["penjelasan"])
        assert " ".join(why.split()) in " ".join(run.out.split())


@pytest.mark.parametrize("name", ["ks330", "330", "substansi_kurang"])
def test_a_code_is_found_by_number_or_name(name: str) -> None:
    assert ksdocs("explain", name).out.startswith("KS330 ")


def test_the_doctor_tells_versions_folders_programs_and_data() -> None:
    run = ksdocs("doctor")
    assert run.code in (0, 3)
    for words in (
        "ksdocs",
        "Python",
        "pydantic",
        "lewat --templates",
        "lewat --data",
        "LibreOffice",
        "pandoc",
        "Arial",
        "2 institusi",
    ):
        assert words in run.out


def test_the_doctor_says_what_is_missing_on_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run = ksdocs("doctor")
    assert run.code == 3 and "KS010" in run.out


def test_the_doctor_says_why_a_folder_was_not_used(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    run = ksdocs("doctor", "--templates", tmp_path / "kosong")
    assert "tidak ada di: --templates" in run.out


def test_the_doctor_finds_faulty_data_and_templates(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "data" / "mitra" / "rusak.yaml").write_text("jenis: mitra\nid: rusak\n", encoding="utf-8")
    (tmp_path / "templates" / "pks" / "naskah.docx").write_bytes(b"bukan docx")
    run = ksdocs("doctor", "--data", tmp_path / "data", "--templates", tmp_path / "templates")
    assert run.code == 1
    assert "KS151" in run.out and "rusak.yaml" in run.out and "KS402" in run.out
