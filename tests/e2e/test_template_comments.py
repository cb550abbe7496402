"""`template check --comments`: the copy opens in Word and LibreOffice, its comments on the words that are wrong."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest

from cli_runs import ksdocs
from docx_specimens import p, table
from ksdocs.docx.package import Package
from samples import TEMPLATES

BODY = "word/document.xml"
WRONG = ("{{ logo[0].loga }}", "{{ pihk }}", "{{ sepakt }}", "{{ kata_tetang }}")


def faulty(folder: Path) -> Path:
    """The shipped MoU with mistakes in cells, nested cells, a paragraph and the footer."""
    package = Package.read((TEMPLATES / "mou" / "naskah.docx").read_bytes())
    body = package.xml(BODY).decode()
    body = body.replace("{{ logo[0].logo }}", "{{ logo[0].loga }}", 1)
    body = body.replace("{{ kata_tentang }}", "Perihal {{ kata_tetang }} ini", 1)
    cell = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    inner = table((cell + p("Sel {{ pihk }} dalam"),)) + p()
    nested = table((cell + inner,)) + p("Lalu {{ sepakt }} akhirnya")
    body = body.replace("<w:tblPr/>", "")
    start = body.index("<w:body>") + len("<w:body>")
    nested = nested.replace("<w:tblPr/>", '<w:tblPr><w:tblW w:w="2000" w:type="dxa"/></w:tblPr>')
    changes = {BODY: (body[:start] + nested + body[start:]).encode()}
    footer = next(name for name in package.footers if "{{ kaki }}" in package.xml(name).decode())
    changes[footer] = package.xml(footer).replace(b"{{ kaki }}", b"{{ kakii }}")
    file = folder / "naskah-baru.docx"
    file.write_bytes(package.replace(changes))
    return file


def commented(folder: Path) -> Path:
    file, copy = faulty(folder), folder / "komentar.docx"
    before = file.read_bytes()
    done = ksdocs("template", "check", file, "--kind", "mou", "--comments", copy)
    assert done.code == 1, done.out
    assert "komentar.docx" in done.out
    assert file.read_bytes() == before
    return copy


@pytest.mark.ooxml_sdk
def test_the_open_xml_sdk_finds_nothing_in_the_copy(ooxml_validator: str, tmp_path: Path) -> None:
    done = subprocess.run([ooxml_validator, str(commented(tmp_path))], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.libreoffice
def test_libreoffice_shows_each_comment_at_its_words(tmp_path: Path) -> None:
    copy = commented(tmp_path)
    profile = (tmp_path / "profil").as_uri()
    command: list[str | Path] = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fodt"]
    subprocess.run([*command, "--outdir", tmp_path, copy], check=True, capture_output=True, timeout=180)
    told = (tmp_path / "komentar.fodt").read_text(encoding="utf-8")
    words = {}
    for name, rest in re.findall(
        r'<office:annotation [^>]*?office:name="([^"]+)"[^>]*>(.*?)</office:annotation>', told, re.S
    ):
        assert "ksdocs" in rest
        start = told.index(rest) + len(rest) + len("</office:annotation>")
        end = told.find(f'<office:annotation-end office:name="{name}"', start)
        words[unescape(re.sub("<[^>]*>", "", told[start:end]))] = re.sub("<[^>]*>", " ", rest)
    for wrong in WRONG:
        assert "KS479" in words[wrong], (wrong, list(words))
    elsewhere = [said for said in words.values() if "kakii" in said]
    assert len(elsewhere) == 1 and "word/footer" in elsewhere[0]


def test_a_sound_template_gets_a_copy_whose_comments_are_information_only(tmp_path: Path) -> None:
    done = ksdocs("template", "check", "mou", "--comments", tmp_path / "k.docx", "--json")
    assert done.code == 0
    assert done.json["hasil"][0]["berkas"]
    assert Package.read(tmp_path / "k.docx").comments


def test_the_template_itself_is_never_written_over(tmp_path: Path) -> None:
    file = faulty(tmp_path)
    before = file.read_bytes()
    done = ksdocs("template", "check", file, "--kind", "mou", "--comments", file)
    assert (done.code, "KS890" in done.out + done.err) == (1, True)
    assert file.read_bytes() == before


def test_a_copy_is_of_one_template_and_a_docx(tmp_path: Path) -> None:
    assert ksdocs("template", "check", "mou", "pks", "--comments", tmp_path / "k.docx").code == 2
    assert ksdocs("template", "check", "mou", "--comments", tmp_path / "k.txt").code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_document_gets_no_copy(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"bukan")
    done = ksdocs("template", "check", tmp_path / "a.docx", "--kind", "mou", "--comments", tmp_path / "k.docx")
    assert done.code == 1
    assert not (tmp_path / "k.docx").exists()
