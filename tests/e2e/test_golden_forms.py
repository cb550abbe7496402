"""The text of every sample of a form, and that each is printed without a problem."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import forms
import samples
from ksdocs.docx.text import view

Compare = Callable[[str, str], None]
SAMPLES = forms.sources()


@pytest.mark.parametrize("ident", SAMPLES)
def test_a_sample_of_a_form_reads_as_it_did(ident: str, golden: Compare) -> None:
    source = SAMPLES[ident]
    made = forms.printed(source.tree, pictures=forms.pictures_of(source))
    assert made.problems == ()
    golden(f"{source.tree['jenis']}/{ident}.txt", view(made.data) + "\n")


@pytest.mark.parametrize("ident", SAMPLES)
def test_a_sample_of_a_form_has_nothing_wrong(ident: str) -> None:
    assert [p.message() for p in forms.judged(SAMPLES[ident].tree)] == []


def test_no_expected_text_is_left_of_a_form_that_is_gone() -> None:
    folder = samples.ROOT / "tests" / "golden"
    kept = {(f.parent.name, f.stem) for f in folder.glob("*/*.txt") if f.parent.name not in ("mou", "pks")}
    assert kept <= {(str(s.tree["jenis"]), ident) for ident, s in SAMPLES.items()}
