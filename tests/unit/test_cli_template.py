"""`template check` and `template fields` as a person calls them: kinds by folder or by option, exit codes, files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli_runs import ROOT, ksdocs
from docx_specimens import docx, p
from ksdocs.docx.inspect import check
from ksdocs.docx.text import read

FORM = ROOT / "templates" / "forms" / "usulan"


def spoilt(folder: Path) -> Path:
    """A template with one mistake, beside the jenis.toml of its kind, in a folder of another name."""
    folder.mkdir()
    shutil.copy(FORM / "jenis.toml", folder)
    data = (FORM / "naskah.docx").read_bytes()
    from ksdocs.docx.package import Package

    package = Package.read(data)
    text = package.text("word/document.xml").replace("{{ pengusul }}", "{{ pengusull }}")
    (folder / "naskah.docx").write_bytes(package.replace({"word/document.xml": text.encode()}, {}))
    return folder / "naskah.docx"


def test_the_kind_is_that_of_the_folder_and_a_mistake_ends_with_one(tmp_path: Path) -> None:
    run = ksdocs("template", "check", str(spoilt(tmp_path / "punya-saya")))
    assert run.code == 1
    assert "KS479" in run.out and "KS487" not in run.out and "usulan" in run.out


def test_the_answer_for_programs_tells_the_place(tmp_path: Path) -> None:
    run = ksdocs("template", "check", str(spoilt(tmp_path / "x").parent), "--json")
    answer = json.loads(run.out)
    assert (run.code, answer["perintah"], answer["ringkasan"]["ditolak"]) == (1, "template check", 1)
    (found,) = [one for one in answer["hasil"][0]["masalah"] if one["kode"] == "KS479"]
    assert found["tempat"]["paragraf"] == "⟦{{ pengusull }}⟧"
    assert found["tempat"]["tabel"] == "3.3"


def test_without_a_kind_only_the_writing_is_checked_and_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "surat.docx"
    file.write_bytes(docx(p("{{ apa_saja }}")))
    run = ksdocs("template", "check", str(file))
    assert run.code == 0 and "KS494" in run.out
    assert ksdocs("template", "check", str(file), "--kind", "usulan").code == 1
    assert ksdocs("template", "check", str(file), "--kind", "usulann").code == 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_word_file_of_fields_is_sound_and_holds_every_tag(tmp_path: Path, language: str) -> None:
    file = tmp_path / "isian.docx"
    assert ksdocs("template", "fields", "usulan", "--docx", str(file), "--pesan", language).code == 0
    assert check(file.read_bytes()) == []
    words = [one.text for one in read(file.read_bytes())]
    assert {"{{ pengusul }}", "{%p for x in manfaat %}", "{{ x.bagi }}", "{{ kendali.kode }}"} <= set(words)
    assert ksdocs("template", "fields", "usulan", "--docx", str(file)).code == 1  # never written over


def test_fields_for_programs_are_a_tree() -> None:
    told = json.loads(ksdocs("template", "fields", "mou", "--json").out)
    by_name = {one["nama"]: one for one in told["nama"]}
    assert by_name["tentang"]["tag"] == "{{r tentang }}"
    assert [one["nama"] for one in by_name["pihak"]["isi"]][:2] == ["label", "nama"]
