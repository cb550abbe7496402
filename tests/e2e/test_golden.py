"""The text of every rendered sample: the diff that a lawyer can read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import samples
from ksdocs.docx.text import view
from ksdocs.pipeline import render

Compare = Callable[[str, str], None]


@pytest.mark.parametrize("ident", samples.ids())
def test_a_sample_reads_as_it_did(ident: str, golden: Compare) -> None:
    source = samples.source(ident)
    report = render(source, samples.office(), samples.TODAY)
    assert not report.refused, samples.shown(report.problems)
    golden(f"{report.jenis}/{ident}.txt", view(report.artifacts[0].data) + "\n")


def test_no_expected_text_is_left_of_a_sample_that_is_gone() -> None:
    folder = samples.ROOT / "tests" / "golden"
    kept = {(f.parent.name, f.stem) for f in folder.glob("*/*.txt") if f.parent.name in ("mou", "pks")}
    assert kept <= {(str(samples.source(i).tree["jenis"]), i) for i in samples.ids()}
