"""The forms that ksdocs ships: every folder is sound, every sample is printed, proved, and reads as it did."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import forms
import samples
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.text import read, view
from ksdocs.models.borang import Isian
from ksdocs.problems import Severity
from ksdocs.verification_borang import verify_lembar

TEMPLATES = sorted(forms.FORMS.glob("*/naskah.docx"))
KINDS = [file.parent.name for file in TEMPLATES]
SAMPLES = [(kind, ident) for kind in KINDS for ident in forms.ids(kind)]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

each_template = pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.parent.name)
each_sample = pytest.mark.parametrize(("kind", "ident"), SAMPLES, ids=[ident for _, ident in SAMPLES])


def test_every_form_has_a_template_and_a_sample() -> None:
    assert {f.parent.name for f in forms.FORMS.glob("*/jenis.toml")} == set(KINDS)
    assert {kind for kind, _ in SAMPLES} == set(KINDS)


@each_template
def test_a_template_of_a_form_is_sound(file: Path) -> None:
    assert check(file, template=True) == []


@each_template
def test_the_text_twin_says_what_the_template_of_a_form_says(file: Path) -> None:
    twin = file.with_suffix(".txt")
    told = f"write {twin.relative_to(samples.ROOT)} anew: ksdocs.docx.text.view"
    assert twin.exists() and twin.read_text(encoding="utf-8") == view(file), told


@each_template
def test_rows_of_a_form_are_not_split_and_its_tables_repeat_their_heads(file: Path) -> None:
    body = Package.read(file).tree("word/document.xml")
    for table in body.iter(f"{W}tbl"):
        style = table.find(f"{W}tblPr/{W}tblStyle")
        rows = list(table.iter(f"{W}tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        if style is not None and style.get(f"{W}val") == "TabelBorang":
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None


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


@each_template
def test_a_form_prints_all_of_its_document_control(file: Path) -> None:
    told = view(file)
    for name in ("kode", "versi", "nama", "tanggal", "unit", "penyetuju", "cap", "salinan"):
        assert f"kendali.{name} }}}}" in told
    assert "{{ retensi.keterangan }}" in told


@each_template
def test_columns_of_a_form_keep_their_widths(file: Path) -> None:
    body = Package.read(file).tree("word/document.xml")
    for table in body.iter(f"{W}tbl"):
        layout = table.find(f"{W}tblPr/{W}tblLayout")
        assert layout is not None and layout.get(f"{W}type") == "fixed"


def fields(declared: Sequence[Isian]) -> Iterator[Isian]:
    for field in declared:
        yield field
        yield from fields(field.isian)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_form_is_told_in_both_languages(kind: str) -> None:
    assert set(forms.jenis(kind).judul) == {"id", "en"}
    assert [f.nama for f in fields(forms.jenis(kind).isian) if set(f.label) != {"id", "en"}] == []


@each_sample
def test_a_sample_of_a_form_is_printed_and_proved(kind: str, ident: str) -> None:
    record = forms.tree(kind, ident)
    assert record["jenis"] == kind
    assert [p for p in forms.verdicts(record) if not p.startswith(Severity.INFO.value)] == []
    sheet = forms.sheet(record)
    data = forms.filled(sheet)
    assert check(data) == []
    assert verify_lembar(data, sheet) == ()
    assert not [p.text for p in read(data) if p.style == "Perintah Templat"]


@each_sample
def test_a_sample_of_a_form_reads_as_it_did(kind: str, ident: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{kind}/{ident}.txt", view(forms.filled(forms.sheet(forms.tree(kind, ident)))) + "\n")


def test_no_expected_text_is_left_of_a_form_that_is_gone() -> None:
    folder = samples.ROOT / "tests" / "golden"
    kept = {(f.parent.name, f.stem) for f in folder.glob("*/*.txt") if f.parent.name not in ("mou", "pks")}
    own = {("survei_kecil", "rekap"), ("survei_kecil", "kuesioner")}
    """A survey of few answers, which tests/unit/test_borang_survei.py makes."""
    assert kept <= set(SAMPLES) | own


SIX = {"pemetaan", "survei", "evaluasi", "notulen", "program", "monitoring"}
"""The records that PR.28.1 keeps for five years; of no other form is such a time known."""


def test_five_years_are_said_only_of_the_six_records_of_the_procedure() -> None:
    kept = {kind: forms.jenis(kind).retensi for kind in forms.KINDS}
    assert {kind: one.masa for kind, one in kept.items() if one.masa} == dict.fromkeys(SIX & {*kept}, "5 tahun")
    assert all(one.lokasi == "Humas & Kerjasama" and one.nama and one.berkas for one in kept.values() if one.masa)


@pytest.mark.ooxml_sdk
@pytest.mark.parametrize("kind", KINDS)
def test_word_s_own_validator_finds_nothing_in_a_form(kind: str, ooxml_validator: str, tmp_path: Path) -> None:
    filled = [tmp_path / f"{ident}.docx" for ident in forms.ids(kind)]
    for file in filled:
        file.write_bytes(forms.filled(forms.sheet(forms.tree(kind, file.stem))))
    for document in (forms.folder(kind) / "naskah.docx", *filled):
        run = subprocess.run([ooxml_validator, str(document)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout
