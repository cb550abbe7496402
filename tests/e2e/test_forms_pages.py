"""Forms as LibreOffice prints them: heads repeated, nothing alone that belongs to something, pages as counted."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

import forms
import samples
from ksdocs.convert import convert_pdfs

HEAD = "No. Pokok Bahasan Keputusan Tindakan PIC Monitoring"


def _long_minutes() -> dict[str, Any]:
    tree = forms.record("notulen-mou-samudra-2025-02-24")
    topic = tree["pembahasan"][0]
    tree["pembahasan"] = [
        {**topic, "tindakan": [{**topic["tindakan"][0], "kode": f"K{n}", "monitoring": "Dipantau berkala. " * 8}]}
        for n in range(1, 31)
    ]
    return tree


def _photos(count: int) -> forms.Printed:
    photo = (samples.DATA / "notulen" / "foto" / "rapat-beasiswa.png").read_bytes()
    named = [{"berkas": "a.png", "keterangan": f"Foto ke-{n}"} for n in range(1, count + 1)]
    return forms.printed(_long_minutes() | {"foto": named}, pictures=lambda _: photo)


def _people(count: int) -> dict[str, Any]:
    people = [{"nama": f"Dr. Orang Umpama {n}, S.T., M.T.", "bagian": "Jurusan Umpama"} for n in range(1, count + 1)]
    return forms.record("daftar-hadir-magang-samudra-2025-07-14") | {"hadir": people}


def pages() -> dict[str, list[str]]:
    """Name → the words of each page, white space made one."""
    documents = {ident: forms.printed(s.tree, pictures=forms.pictures_of(s)) for ident, s in forms.sources().items()}
    documents |= {"long": forms.printed(_long_minutes()), "60": forms.printed(_people(60))}
    documents["photos"] = _photos(8)
    documents["61"] = forms.printed(_people(61))
    made = convert_pdfs([document.data for document in documents.values()])
    found: dict[str, list[str]] = {}
    for name, pdf in zip(documents, made, strict=True):
        assert isinstance(pdf, bytes), (name, pdf)
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        found[name] = [re.sub(r"\s+", " ", page) for page in text.decode("utf-8").split("\f") if page.strip()]
    return found


def _heads_are_repeated(found: dict[str, list[str]]) -> None:
    long = [page for page in found["long"] if re.search(r"\bK\d+\b", page)]
    assert len(long) > 3
    assert all(HEAD in page for page in long)


def _nobody_signs_alone(found: dict[str, list[str]]) -> None:
    for ident, source in forms.sources().items():
        if source.tree["jenis"] == "notulen":
            (signed,) = [page for page in found[ident] if "Penanggung Jawab Rapat" in page]
            assert HEAD in signed or "Bunyi butir Status" in signed, ident
        if source.tree["jenis"] == "laporan_pelaksanaan":
            (signed,) = [page for page in found[ident] if "Mengetahui," in page]
            assert "Tautan" in signed or "Dokumentasi" in signed, ident


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_libreoffice_prints_every_form_as_it_should_be_read() -> None:
    """One test, since LibreOffice is started once for all documents."""
    found = pages()
    _heads_are_repeated(found)
    _nobody_signs_alone(found)
    (first,) = [page for page in found["photos"] if "Dokumentasi" in page]
    assert "Foto ke-1" in first, "a heading stays with what it is the heading of"
    assert (len(found["60"]), len(found["61"])) == (1, 2), "sixty people fill one page"
    for ident, printed in found.items():
        for number, page in enumerate(printed, 1):
            assert f"Halaman {number} dari {len(printed)}" in page, (ident, number)
