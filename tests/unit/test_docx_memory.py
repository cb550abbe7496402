from __future__ import annotations

import pytest

from ksdocs.docx.memory import Memory


def test_an_answer_is_worked_out_once_for_equal_keys() -> None:
    asked: list[str] = []
    memory: Memory[str] = Memory(4)

    def answer() -> str:
        asked.append("x")
        return "jawaban"

    assert memory.get(("a", b"1"), answer) == "jawaban"
    assert memory.get(("a", bytes([49])), answer) == "jawaban"
    assert asked == ["x"]


def test_the_least_recently_asked_goes_first() -> None:
    memory: Memory[int] = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, lambda: 1)
    assert memory.get("a", lambda: 2) == 1
    assert memory.get("b", lambda: 2) == 2


def test_what_fails_is_asked_again() -> None:
    memory: Memory[int] = Memory(2)

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        memory.get("a", fail)
    assert memory.get("a", lambda: 3) == 3
