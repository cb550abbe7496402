"""Reports on activities: held against their agreement, achievement computed, evidence asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import forms
from builders import GONE, spoiled
from docx_specimens import docx, p
from ksdocs.borang.khusus.laporan_pelaksanaan import achieved
from ksdocs.docx.text import read
from ksdocs.verification_borang import verify_lembar

PLAIN = "laporan-praktisi-samudra-2026-05"
"""Under an agreement from 9 March 2026 to 8 March 2028."""
FIRST_DAY, LAST_DAY = "2026-03-09", "2028-03-08"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"selesai": "2026-04-12"}, [("tolak", "KS380", "selesai")]),
        ({"tanggal_laporan": "2026-05-21"}, [("tolak", "KS380", "tanggal_laporan")]),
        ({"tanggal_laporan": "2026-11-23"}, [("peringatan", "KS380", "tanggal_laporan")]),
        ({"mulai": "2026-03-08"}, [("tolak", "KS386", "mulai")]),
        ({"mulai": FIRST_DAY}, []),
        (
            {"selesai": "2028-03-09", "tanggal_laporan": "2028-03-10"},
            [("peringatan", "KS380", "tanggal_laporan"), ("tolak", "KS386", "selesai")],
        ),
        (
            {"selesai": LAST_DAY, "tanggal_laporan": "2028-03-10"},
            [("peringatan", "KS380", "tanggal_laporan")],
        ),
        ({"rujukan": "pks-proyek-samudra-2026"}, [("tolak", "KS386", "mulai")]),
        ({"mitra": "karya-mesin"}, [("tolak", "KS388", "mitra")]),
        ({"capaian.2.target": 0}, [("tolak", "KS387", "capaian.2.target")]),
        ({"bukti": []}, [("peringatan", "KS389", "bukti")]),
        ({"bukti": GONE}, [("peringatan", "KS389", "bukti")]),
    ],
)
def test_contradictions_are_told_at_their_place(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    tree = spoiled(forms.record(PLAIN), {k: str(v) if isinstance(v, int) else v for k, v in changes.items()})
    assert forms.told(tree) == expected


@pytest.mark.parametrize("link", ["arsip", "ftp://arsip.example/x", "https://arsip", "https://arsip.example/a b"])
def test_a_link_to_evidence_that_is_no_link_is_refused(link: str) -> None:
    assert forms.faults(spoiled(forms.record(PLAIN), {"bukti.2.tautan": link})) == [("KS174", "bukti.2.tautan")]


@pytest.mark.parametrize(
    ("done", "target", "rate"),
    [(54, 60, "90"), (8, 8, "100"), (6, 5, "120"), (0, 7, "0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1")],
)
def test_achievement_is_what_was_done_divided_by_the_target(done: int, target: int, rate: str) -> None:
    assert achieved(done, target) == Decimal(rate)


def test_every_achievement_is_printed_in_the_row_of_its_indicator() -> None:
    made = forms.printed(forms.record(PLAIN))
    assert made.problems == ()
    text = [q.text for q in read(made.data)]
    at = text.index("mahasiswa yang mengikuti")
    assert text[at : at + 5] == ["mahasiswa yang mengikuti", "orang", "60", "54", "90%"]


def test_an_achievement_that_the_template_leaves_out_is_missed() -> None:
    made = forms.printed(forms.record(PLAIN))
    text = [q.text for q in read(made.data) if q.text not in ("", "90%")]
    short = docx("".join(p(t.replace("&", "&amp;").replace("\n", "</w:t><w:br/><w:t>")) for t in text))
    assert ("KS501", "capaian.1.persen") in {(f.code, f.at.path) for f in verify_lembar(short, made.lembar)}


def test_an_unknown_agreement_is_refused_at_its_place() -> None:
    assert forms.refused(forms.record(PLAIN) | {"rujukan": "pks-entah"}) == [("KS231", "rujukan")]
