"""References print as a drafter writes them: "ayat (1)" at home, "Pasal 7" or "Pasal 7 ayat (1)" elsewhere."""

from __future__ import annotations

import re

import pytest

import samples
from ksdocs.dokumen import Dokumen, Pasal, plain
from ksdocs.pipeline import render

CITED = re.compile(r"\bPasal (\d+)(?! Undang| Peraturan)")
OF_AN_AYAT = re.compile(r"sebagaimana dimaksud (pada|dalam) (ayat|Pasal)")


def document(ident: str) -> Dokumen:
    report = render(samples.source(ident), samples.office(), samples.TODAY)
    assert report.dokumen is not None, samples.shown(report.problems)
    return report.dokumen


def text(article: Pasal) -> str:
    return " ".join(plain(b.teks["id"]) for b in article.blok if b.tabel is None)


@pytest.mark.parametrize("ident", samples.ids())
def test_no_article_of_the_library_names_itself_by_its_number(ident: str) -> None:
    for article in document(ident).pasal:
        assert article.nomor not in {int(n) for n in CITED.findall(text(article))}, text(article)


@pytest.mark.parametrize("ident", samples.ids())
def test_an_ayat_is_pointed_at_with_pada_and_an_article_with_dalam(ident: str) -> None:
    found = {pair for a in document(ident).pasal for pair in OF_AN_AYAT.findall(text(a))}
    assert found <= {("pada", "ayat"), ("dalam", "Pasal")}
    assert ("pada", "ayat") in found


def test_an_ayat_that_is_pointed_at_is_there() -> None:
    for article in document(samples.PKS).pasal:
        numbers = {b.nomor for b in article.blok if b.jenis == "ayat"}
        assert set(re.findall(r"pada ayat (\(\d+\))", text(article))) <= numbers
