"""A saved template is told of once, when it is whole and its program has finished writing."""

from __future__ import annotations

from pathlib import Path

from docx_specimens import docx, p
from ksdocs.pratinjau.pantau import Pengamat


def looks(watcher: Pengamat, count: int = 4) -> list[bool]:
    return [watcher.look() for _ in range(count)]


def test_a_save_is_told_once_after_two_equal_looks(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(docx(p("a")))
    watcher = Pengamat(file)
    assert looks(watcher) == [False] * 4
    file.write_bytes(docx(p("dua kata lagi")))
    assert looks(watcher) == [False, True, False, False]


def test_a_half_written_file_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    whole = docx(p("a" * 5000))
    file.write_bytes(docx(p("a")))
    watcher = Pengamat(file)
    file.write_bytes(whole[: len(whole) // 2])
    assert looks(watcher) == [False] * 4
    file.write_bytes(whole)
    assert looks(watcher) == [False, True, False, False]


def test_a_file_that_is_away_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(docx(p("a")))
    watcher = Pengamat(file)
    file.unlink()
    assert looks(watcher) == [False] * 4
    file.write_bytes(docx(p("baru saja")))
    assert looks(watcher) == [False, True, False, False]


def test_the_lock_file_of_word_is_no_save(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(docx(p("a")))
    watcher = Pengamat(file)
    (tmp_path / "~$naskah.docx").write_bytes(b"x" * 162)
    assert looks(watcher) == [False] * 4
