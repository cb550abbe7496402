"""Attendance lists: three columns of twenty, names where they are known, further pages for more than sixty people."""

from __future__ import annotations

from typing import Any

import pytest

import forms
from ksdocs.docx.text import read

PLAIN = "daftar-hadir-magang-samudra-2025-07-14"


def cells(people: int) -> list[str]:
    """What stands in the cells for numbers, names and units, in the order in which it is read."""
    names = [{"nama": f"Orang Umpama {n}", "bagian": f"Bagian {n}"} for n in range(1, people + 1)]
    made = forms.printed(forms.record(PLAIN) | {"hadir": names})
    assert made.problems == ()
    return [q.text for q in read(made.data) if q.style in ("Nomor Hadir", "Nama Hadir")]


@pytest.mark.parametrize(("people", "pages"), [(0, 1), (1, 1), (59, 1), (60, 1), (61, 2), (120, 2), (121, 3)])
def test_every_page_has_sixty_rows_and_the_names_stand_first(people: int, pages: int) -> None:
    found = cells(people)
    rows = [found[n : n + 4] for n in range(0, len(found), 4)]
    assert len(rows) == 60 * pages
    assert [row[0] for row in rows] == [str(n) for n in range(1, 60 * pages + 1)]
    assert [row[1] for row in rows if row[1]] == [f"Orang Umpama {n}" for n in range(1, people + 1)]
    assert all(row[1:] == ["", "", ""] for row in rows[people:])


def test_a_list_of_two_pages_tells_its_meeting_on_both() -> None:
    names = [{"nama": f"Orang Umpama {n}"} for n in range(1, 62)]
    made = forms.printed(forms.record(PLAIN) | {"hadir": names})
    assert made.problems == ()
    text = [q.text for q in read(made.data)]
    assert text.count(": Senin, 14 Juli 2025") == text.count(": 09.00–11.45 WIB") == 2


def test_an_empty_list_is_printed_for_handwriting() -> None:
    tree = forms.record(PLAIN)
    del tree["hadir"]
    assert forms.printed(tree).problems == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"notulen": "notulen-entah"}, [("KS381", "notulen")]), ({"institusi": "entah"}, [("KS202", "institusi")])],
)
def test_what_nobody_knows_is_refused_at_its_place(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert forms.refused(forms.record(PLAIN) | changes) == expected


def test_a_name_is_required_in_every_row() -> None:
    assert forms.faults(forms.record(PLAIN) | {"hadir": [{"bagian": "Humas"}]}) == [("KS151", "hadir.1.nama")]
