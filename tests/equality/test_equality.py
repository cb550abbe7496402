"""One template, one script, two libraries: the documents are equal, part by part."""

from __future__ import annotations

import pytest
from canonical import differences
from constructs import CASES
from two_libraries import both

from docx_specimens import docx
from ksdocs.docx.inspect import check


@pytest.mark.parametrize("name", CASES)
def test_what_docxtpl_makes_of_a_construct_is_what_this_engine_makes(name: str) -> None:
    case = CASES[name]
    ours, theirs = both(docx(case.body, parts=case.parts), case.context)
    assert "\n".join(differences(ours, theirs)) == ""
    assert [q.code for q in check(ours) if q.refuses] == []
