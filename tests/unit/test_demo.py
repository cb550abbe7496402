"""`make demo` fails when an unfit record is let through, or is refused without saying where."""

from __future__ import annotations

import importlib.util
from types import ModuleType
from typing import Any

import pytest

from cli_runs import ROOT


@pytest.fixture(scope="module")
def demo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demo", ROOT / "tools" / "demo.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFUSAL = {"kode": "KS210", "tempat": {"baris": 26, "isian": "penandatanganan.hari"}}
CELL = {"kode": "KS130", "tempat": {"sel": "AN2"}}


@pytest.mark.parametrize(
    ("entry", "refusals", "says"),
    [
        ({"jalur": ["penandatanganan.hari"], "kode": ["KS210"]}, [REFUSAL], ""),
        ({"jalur": ["penandatanganan"]}, [REFUSAL], ""),
        ({"jalur": [], "baris": 2}, [CELL], ""),
        ({"jalur": []}, [], "TIDAK DITOLAK"),
        ({"jalur": ["penandatanganan.tempat"]}, [REFUSAL], "tanpa menyebut penandatanganan.tempat"),
        ({"jalur": [], "baris": 3}, [CELL], "tanpa menyebut baris 3"),
        ({"jalur": [], "kode": ["KS211"]}, [REFUSAL], "seharusnya KS211"),
    ],
)
def test_a_refusal_is_held_against_what_is_expected(
    demo: ModuleType, entry: dict[str, Any], refusals: list[dict[str, Any]], says: str
) -> None:
    fault = demo._fault(entry, refusals)
    assert says in fault if says else fault == ""
