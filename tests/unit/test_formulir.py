"""Records of forms on their way to a file: what the office has answered, and what is told of it."""

from __future__ import annotations

from typing import Any

import pytest

import lembar
import samples
from ksdocs.pipeline import check
from ksdocs.sources import from_tree

FORM = "penjajakan-rs-bahari-2026"


def record(*codes: str, **fields: Any) -> dict[str, Any]:
    """A sound report that is stricter than its score (KS373, a warning), with an answer to each of `codes`."""
    tree = lembar.tree("penjajakan", FORM) | {
        "rekomendasi": "layak bersyarat",
        "syarat": [{"uraian": "Perjanjian kerahasiaan ditandatangani lebih dahulu."}],
    }
    tree["tanggapan"] = [{"kode": code, "alasan": "Menyangkut data pasien.", "oleh": "Kepala Humas"} for code in codes]
    return tree | fields


def told(tree: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(weight, code, path) of all that is told of a record."""
    report = check(from_tree(tree), samples.office(), samples.TODAY)
    return [(p.severity.value, p.code, p.at.path) for p in report.problems]


def test_an_answered_warning_of_a_form_is_information() -> None:
    assert told(record()) == [("peringatan", "KS373", "rekomendasi")]
    assert told(record("KS373")) == told(record("ks373")) == [("info", "KS373", "rekomendasi")]


@pytest.mark.parametrize("code", ["KS375", "KS214", "KS384", "KS999"])
def test_an_answer_that_nothing_asked_for_is_told(code: str) -> None:
    assert told(record("KS373", code))[1:] == [("info", "KS294", "tanggapan.2.kode")]


def test_a_refusal_of_a_form_cannot_be_answered() -> None:
    tree = record("KS373", "KS370", kriteria=[{"kode": "K1", "nama": "Satu", "bobot": "90"}],
                  penilaian=[{"kriteria": "K1", "skor": "5", "alasan": "Baik."}])  # fmt: skip
    assert ("tolak", "KS370", "kriteria") in told(tree)
    assert ("peringatan", "KS296", "tanggapan.2.kode") in told(tree)


def test_of_a_form_that_could_not_be_judged_no_answer_is_called_unused() -> None:
    assert [code for _, code, _ in told(record("KS373", mitra="tidak-ada"))] == ["KS202"]
