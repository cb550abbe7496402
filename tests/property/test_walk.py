"""The short walk through a document's words finds nothing right that the long search finds wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import ksdocs
from ksdocs import verification
from ksdocs.docx.package import Package
from ksdocs.docx.skim import words_of
from ksdocs.dokumen import Dokumen
from pages import ROOT, TODAY


@cache
def _samples() -> tuple[tuple[tuple[str, ...], Dokumen], ...]:
    office = ksdocs.open_office(cwd=ROOT, environ={})
    reports = [
        ksdocs.render(record, office, today=date.fromisoformat(TODAY))
        for folder in ("mou", "pks")
        for record in ksdocs.load(ROOT / "data" / folder)
    ]
    return tuple(
        (tuple(words_of(Package.read(report.artifacts[0].data)).body), report.dokumen)
        for report in reports
        if report.dokumen is not None
    )


def _own_words(rest: list[str]) -> Counter[str]:
    """The template's own words, wherever: the search may find a heading within a paragraph that stands there twice."""
    return Counter(" ".join(rest).replace("\x00", " ").split())


def _search(body: list[str], dokumen: Dokumen) -> tuple[bool, Counter[str]]:
    """(is everything found, what is the template's own) by the long search."""
    reading = verification._Reading(verification.BREAK.join(["", *body, ""]))
    verification._match(reading, dokumen, verification._units(dokumen))
    return not reading.problems, _own_words(reading.rest())


def test_documents_without_attachments_are_walked() -> None:
    walked = [
        verification._walk(body, dokumen, verification._units(dokumen)) is not None
        for body, dokumen in _samples()
        if not dokumen.lampiran
    ]
    assert len(walked) > 10
    assert all(walked)


@settings(max_examples=500)
@given(st.data())
def test_what_the_walk_finds_right_the_search_finds_right_with_the_same_rest(data: st.DataObject) -> None:
    original, dokumen = data.draw(st.sampled_from(_samples()))
    body = list(original)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "swap", "join", "add", "prefix", "suffix"]))
        other = data.draw(st.integers(0, len(body) - 1))
        if kind == "drop" and len(body) > 2:
            del body[at]
        elif kind == "double":
            body.insert(other, body[at])
        elif kind == "swap":
            body[at], body[other] = body[other], body[at]
        elif kind == "join":
            body[at] += body[other]
        elif kind == "add":
            body.insert(at, data.draw(st.sampled_from(["Pasal 1", "(1)", "a.", "", "Rp5.000,00", "kata lain"])))
        elif kind == "prefix":
            body[at] = data.draw(st.sampled_from(["(1)\t", "a.\t", " ", "x", "NOMOR: "])) + body[at]
        else:
            body[at] += data.draw(st.sampled_from([" ", ".", "x", ","]))
    rest = verification._walk(body, dokumen, verification._units(dokumen))
    if rest is not None:
        found, own = _search(body, dokumen)
        assert found
        assert _own_words(rest) == own
