"""A proposal names what it extends, and is decided after it was made."""

from __future__ import annotations

from typing import Any

import pytest

import forms
from samples import put


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"asal": "perpanjangan"}, ["tolak KS151 naskah_lama"]),
        ({"bentuk_naskah": "Adendum"}, ["tolak KS151 naskah_lama"]),
        ({"asal": "perpanjangan", "naskah_lama": "mou-samudra-elektronika-2025"}, []),
        ({"disposisi.1.tanggal": "2026-02-09"}, ["tolak KS375 disposisi.1.tanggal"]),
        ({"disposisi.1.tanggal": "2026-02-10"}, []),
        ({"tanggal": "2026-12-01", "disposisi": None}, ["peringatan KS375 tanggal"]),
    ],
)
def test_a_contradiction_is_told_at_its_place(change: dict[str, Any], expected: list[str]) -> None:
    record = forms.tree("usulan")
    for path, value in change.items():
        put(record, path, value)
    assert forms.verdicts(record) == expected
