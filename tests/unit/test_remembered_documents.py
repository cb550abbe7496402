"""What is kept of earlier documents where only the document itself decides: its last article, its clauses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import samples
from ksdocs.docx.naskah import template_context
from ksdocs.dokumen import Dokumen
from ksdocs.pipeline import check
from ksdocs.sources import from_tree


def a_document() -> Dokumen:
    found = check(samples.source(samples.MOU), samples.office(), samples.TODAY).dokumen
    assert found is not None
    return found


def test_a_block_is_kept_with_the_signatures_only_where_it_is_the_last() -> None:
    whole = a_document()
    shorter = replace(whole, pasal=whole.pasal[:-1])
    for dokumen in (whole, shorter, whole, shorter):
        articles = template_context(dokumen)["pasal"]
        assert [a["blok"][-1]["jangkar"] for a in articles] == [a is articles[-1] for a in articles]


def test_what_the_template_gets_of_an_unchanged_article_is_the_very_same() -> None:
    one, two = (template_context(a_document())["pasal"] for _ in range(2))
    assert all(a["blok"] is b["blok"] for a, b in zip(one, two, strict=True))


def test_a_clause_that_asks_for_another_is_answered_for_the_clauses_of_its_own_document(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(samples.TEMPLATES, tmp_path / "templates"))
    clauses = templates / "mou" / "klausul"
    own = (clauses / "hki.md").read_text(encoding="utf-8")
    other = own.replace('versi = "1.0"', 'versi = "1.0"\nbila = "ada(\'kerahasiaan\')"')
    (clauses / "hki.lain.md").write_text(other, encoding="utf-8")
    office = samples.office(templates=templates)
    for without in ([], ["kerahasiaan"], []) * 3:
        tree = samples.changed(samples.MOU, tanpa_klausul=without)
        dokumen = check(from_tree(tree), office, samples.TODAY).dokumen
        assert dokumen is not None
        labels = [p.klausul for p in dokumen.pasal]
        assert ("hki.lain@1.0" in labels) is ("kerahasiaan@1.0" in labels) is (not without)
