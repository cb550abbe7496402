"""What the check of a template says is what happens: one that it calls sound prints documents that are proved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from ksdocs.bahasa import filters
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.lint import lint
from ksdocs.docx.naskah import template_context
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.formulir import judge_record
from ksdocs.pipeline import check
from ksdocs.problems import KsdocsError
from ksdocs.sources import Source, read_all
from ksdocs.verification import verify
from ksdocs.verification_borang import verify_lembar
from samples import DATA, ROOT, TODAY, office

TABLES = {"evaluasi", "monitoring", "survei"}
"""Kinds that print tables of figures; of what they compute, only charts and what is typed is known to be required."""
KINDS = sorted(set(office().workspace.kinds()) - TABLES)
_VALUE = re.compile(r"\{\{(?!p )[^{}]*\}\}")


@cache
def _office() -> Any:
    return office()


@cache
def sheets(kind: str) -> tuple[Any, ...]:
    """Every sample record of a kind, ready to be printed: its document or its sheet."""
    form = _office().form(kind)
    found: list[Any] = []
    places = [DATA / kind, *((ROOT / "tests" / "cases" / "good").iterdir() if form is None else ())]
    for item in read_all([place for place in places if place.is_dir()]):
        if not isinstance(item, Source) or item.tree.get("jenis") != kind:
            continue
        made = check(item, _office(), TODAY).dokumen if form is None else judge_record(item, _office(), form, TODAY)[1]
        found += [made] if made is not None else []
    return tuple(found)


def proved(data: bytes, kind: str) -> bool:
    """Are the documents of all samples, printed by the template in `data`, proved?"""
    template = Template.open(data, filters=filters("id"))
    for sheet in sheets(kind):
        try:
            if _office().form(kind) is None:
                problems = verify(template.render(template_context(sheet)), sheet)
            else:
                problems = verify_lembar(template.render(sheet_context(sheet)), sheet)
        except KsdocsError:
            return False
        if problems:
            return False
    return True


def without(package: Package, words: str) -> bytes:
    """A template in which `words` stand nowhere."""
    changed = {m: package.text(m).replace(words, "") for m in package.text_parts if words in package.text(m)}
    return package.replace({m: text.encode() for m, text in changed.items()}, {})


def values(package: Package) -> Iterator[str]:
    """Every tag of a template that prints a value in a text, once."""
    yield from sorted({found for member in package.text_parts for found in _VALUE.findall(package.text(member))})


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_without_one_of_its_tags_is_called_sound_only_where_its_documents_are_proved(kind: str) -> None:
    package = Package.read((_office().workspace.find_kind(kind).folder / "naskah.docx").read_bytes())
    names = _office().names(kind)
    assert proved(package.data, kind)
    missed: list[str] = []
    told: list[str] = []
    for words in values(package):
        data = without(package, words)
        found = {one.problem.code for one in lint(data, names, filters=filters("id")) if one.problem.refuses}
        assert found <= {"KS487"}, (words, found)
        if found:
            told.append(words)
        elif not proved(data, kind):
            missed.append(words)
    assert missed == []
    assert len(told) > 5
