"""The Word templates of forms: sound, readable in a diff, and long tables that a reader can follow over pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import forms
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.text import read, view

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = sorted(forms.FORMS.glob("*/naskah.docx"))

each_template = pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.parent.name)


@each_template
def test_a_template_of_a_form_is_sound(file: Path) -> None:
    assert check(file, template=True) == []


@each_template
def test_the_text_twin_of_a_form_says_what_its_template_says(file: Path) -> None:
    twin = file.with_suffix(".txt")
    assert twin.read_text(encoding="utf-8") == view(file), f"write {twin} anew: ksdocs.docx.text.view"


@each_template
def test_a_form_numbers_nothing_by_word(file: Path) -> None:
    assert all(p.numbering is None for p in read(file))


@each_template
def test_the_head_of_a_table_that_grows_is_repeated_and_no_row_is_cut(file: Path) -> None:
    tree = Package.read(file).tree("word/document.xml")
    for table in tree.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        grows = any("{%tr for" in "".join(t.text or "" for t in row.iter(f"{W}t")) for row in rows[1:])
        home = table.getparent()
        beside = home is not None and home.tag == f"{W}tc"  # as long as its page, no longer
        if grows and not beside:
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@each_template
def test_what_bears_signatures_is_not_torn(file: Path) -> None:
    package = Package.read(file)
    styles = {s.get(f"{W}styleId"): s for s in package.tree("word/styles.xml").iter(f"{W}style")}
    for style in ("TandaTangan", "Heading1", "KepalaTabel"):
        assert styles[style].find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.ooxml_sdk
@each_template
def test_word_s_own_validator_finds_nothing_in_a_form_or_in_its_samples(
    file: Path, ooxml_validator: str, tmp_path: Path
) -> None:
    documents = [file]
    for ident, source in forms.sources().items():
        if source.tree["jenis"] == file.parent.name:
            documents.append(tmp_path / f"{ident}.docx")
            documents[-1].write_bytes(forms.printed(source.tree, pictures=forms.pictures_of(source)).data)
    for document in documents:
        run = subprocess.run([ooxml_validator, str(document)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout


@each_template
def test_a_form_prints_all_of_its_document_control(file: Path) -> None:
    told = view(file)
    for name in ("kode", "versi", "nama", "tanggal", "unit", "penyetuju", "cap", "salinan"):
        assert f"kendali.{name} }}}}" in told
    assert "{{ retensi.keterangan }}" in told


SIX = {"pemetaan", "survei", "evaluasi", "notulen", "program", "monitoring"}
"""The records that PR.28.1 keeps for five years; of no other form is such a time known."""


def test_five_years_are_said_only_of_the_six_records_of_the_procedure() -> None:
    kept = {kind: forms.jenis(kind).retensi for kind in forms.KINDS}
    assert {kind: one.masa for kind, one in kept.items() if one.masa} == dict.fromkeys(SIX & {*kept}, "5 tahun")
    assert all(one.lokasi == "Humas & Kerjasama" and one.nama and one.berkas for one in kept.values() if one.masa)
