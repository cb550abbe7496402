"""What this engine takes, its check calls sound: constructs of docxtpl's dialect, one by one."""

from __future__ import annotations

import pytest
from constructs import CASES

from docx_specimens import docx
from ksdocs.docx.lint import lint


@pytest.mark.parametrize("name", CASES)
def test_no_construct_that_is_filled_is_called_a_mistake(name: str) -> None:
    case = CASES[name]
    found = lint(docx(case.body, parts=case.parts), None)
    assert [(one.problem.code, str(one.problem.at)) for one in found if one.problem.refuses] == []
