"""Every document that we make is a .docx that others open: the Open XML SDK, LibreOffice, and our own rules."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import test_cases

import samples
from ksdocs import batch
from ksdocs.convert import convert_pdfs
from ksdocs.docx.inspect import check
from ksdocs.docx.text import properties, read
from ksdocs.dokumen import Dokumen, plain
from ksdocs.office import Office
from ksdocs.pipeline import Report, render

UNUSUAL = ("draf-belum-lengkap", "empat-pihak", "label-pertama-dengan", "terpisah-diisi-tangan", "tiga-pihak")
"""Good cases whose layout differs from that of the samples."""


@cache
def reports() -> dict[str, Report]:
    """Every fit sample, and the cases with an unusual layout, rendered once for all tests."""
    office = samples.office()
    made = {ident: render(samples.source(ident), office, samples.TODAY) for ident in samples.ids()}
    for name in UNUSUAL:
        case = test_cases.CASES / "good" / name
        with TemporaryDirectory(prefix="ksdocs-") as folder:
            own = _with_overlay(case, Path(folder))
            for item in batch.read_records(test_cases.records(case)):
                assert not isinstance(item, Exception), item
                made[name] = render(item, own, samples.TODAY)
    return made


def _with_overlay(case: Path, merged: Path) -> Office:
    """The office of a case: the shipped one, or one with what the case adds to the data."""
    if not (case / "data").is_dir():
        return samples.office()
    office = samples.office(data=test_cases.data_of(case, merged))
    assert office.register.problems == []  # read now, while the folder is there
    return office


def document(name: str) -> tuple[Dokumen, bytes]:
    report = reports()[name]
    assert not report.refused, samples.shown(report.problems)
    assert report.dokumen is not None
    return report.dokumen, report.artifacts[0].data


NAMES = (*samples.ids(), *UNUSUAL)
each_document = pytest.mark.parametrize("name", NAMES)


@each_document
def test_our_own_rules_find_nothing(name: str) -> None:
    assert [(p.code, str(p.at)) for p in check(document(name)[1])] == []


@each_document
def test_a_document_says_what_it_is_and_what_it_was_made_from(name: str) -> None:
    dokumen, data = document(name)
    found = properties(data)
    assert found["core"]["title"].startswith(dokumen.judul_jenis["id"])
    assert found["core"]["language"] == "id-ID"
    assert found["core"]["identifier"] == dokumen.id
    assert found["custom"]["ksdocs_id"] == dokumen.id
    assert found["custom"]["ksdocs_klausul"].split() == [p.klausul for p in dokumen.pasal]
    for signature in dokumen.tanda_tangan:
        assert signature.nama not in str(found), "nobody's name leaves with the properties"


@each_document
def test_articles_are_headings_and_carry_their_bookmark(name: str) -> None:
    dokumen, data = document(name)
    headings = [p for p in read(data) if p.outline == 1]
    attached = [f"LAMPIRAN {a.nomor}" for a in dokumen.lampiran]
    assert [p.text for p in headings] == [*(f"Pasal {p.nomor}" for p in dokumen.pasal), *attached]
    marks = [b.name for p in headings for b in p.bookmarks]
    assert len(set(marks)) == len(marks) == len(headings)


@each_document
def test_every_word_is_marked_with_its_language(name: str) -> None:
    for paragraph in read(document(name)[1]):
        assert paragraph.in_language("id") == paragraph.text, paragraph.text


@pytest.mark.ooxml_sdk
@each_document
def test_the_open_xml_sdk_finds_nothing(name: str, ooxml_validator: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.docx"
    file.write_bytes(document(name)[1])
    done = subprocess.run([ooxml_validator, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# ---------------------------------------------------------------------- as LibreOffice prints them


def printed() -> dict[str, list[str]]:
    """The words of every page of every document, white space made one."""
    made = convert_pdfs([document(name)[1] for name in NAMES])
    pages: dict[str, list[str]] = {}
    for name, pdf in zip(NAMES, made, strict=True):
        assert isinstance(pdf, bytes), (name, pdf)
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        pages[name] = [_words(page) for page in text.decode("utf-8").split("\f") if page.strip()]
    return pages


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def assert_headings_are_printed(dokumen: Dokumen, pages: list[str]) -> None:
    whole = " ".join(pages).casefold()
    for article in dokumen.pasal:
        assert f"Pasal {article.nomor} {article.judul['id']}".casefold() in whole, (dokumen.id, article.id)


def assert_pages_tell_their_number_and_a_draft_its_state(dokumen: Dokumen, pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page, (dokumen.id, number)
        assert ("DRAF" in page) == dokumen.draf, (dokumen.id, number)


def assert_no_page_ends_with_a_heading(dokumen: Dokumen, pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        body = page.partition(f" — {dokumen.id} Halaman")[0].rpartition(dokumen.judul_jenis["id"])[0]
        body = re.sub(r"(\s*\bPIHAK \w+\b)+\s*$", "", body).casefold().rstrip()
        for article in dokumen.pasal:
            heading = f"Pasal {article.nomor} {article.judul['id']}".casefold()
            assert not body.endswith((heading, f" pasal {article.nomor}")), (dokumen.id, number)


def assert_signatures_do_not_stand_alone_on_a_page(dokumen: Dokumen, pages: list[str]) -> None:
    last = _words(plain(dokumen.pasal[-1].blok[-1].teks["id"]))[-30:]
    page = next(p for p in reversed(pages) if last in p)
    for signature in dokumen.tanda_tangan[:2]:
        assert signature.label in page.partition(last)[2], (dokumen.id, signature.label)


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_libreoffice_prints_every_document_as_it_should_be_read() -> None:
    """One test, since LibreOffice is started once for all documents."""
    for name, pages in printed().items():
        dokumen, _ = document(name)
        assert_headings_are_printed(dokumen, pages)
        assert_no_page_ends_with_a_heading(dokumen, pages)
        assert_pages_tell_their_number_and_a_draft_its_state(dokumen, pages)
        assert_signatures_do_not_stand_alone_on_a_page(dokumen, pages)
