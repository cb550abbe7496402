"""The folder of a preview shows every case, marks what changed, takes nothing from elsewhere, owns its files only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docx_specimens import docx, p
from ksdocs.convert.png import png
from ksdocs.pratinjau.halaman import need_folder, write_preview
from ksdocs.pratinjau.jalan import Cetakan, Pasangan, Pratinjau
from ksdocs.pratinjau.kasus import kasus
from ksdocs.problems import Location, OutputError, problem


def page(shade: int) -> bytes:
    return png(2, 2, bytes([shade]) * 12, level=0)


def printed(*shades: int, words: str = "a") -> Cetakan:
    return Cetakan(docx(p(words)), pdf=b"%PDF", halaman=tuple(map(page, shades)))


def pair(ident: str, after: Cetakan, before: Cetakan | None = None) -> Pasangan:
    return Pasangan(kasus(ident, f"Arti <{ident}>", f"Meaning <{ident}>", {}), after, before)


def test_pages_that_changed_or_came_or_went_are_marked() -> None:
    assert pair("a", printed(1, 2), printed(1, 2)).berubah == frozenset()
    assert pair("a", printed(1, 3), printed(1, 2)).berubah == {1}
    assert pair("a", printed(1, 2, 3), printed(1, 2)).berubah == {2}
    assert pair("a", printed(1), printed(1, 2)).berubah == {1}
    assert pair("a", printed(1)).berubah == frozenset()


def test_without_pictures_changed_words_are_told() -> None:
    assert pair("a", printed(words="a"), printed(words="b")).berbeda
    assert not pair("a", printed(words="a"), printed(words="a")).berbeda
    assert not pair("a", printed(words="a")).berbeda


def preview_of(*pairs: Pasangan, before: str = "") -> Pratinjau:
    return Pratinjau("mou", "baru.docx", before, list(pairs))


@pytest.mark.parametrize(("language", "words"), [("id", ("sebelum", "berubah")), ("en", ("before", "changed"))])
def test_before_and_after_stand_side_by_side(language: str, words: tuple[str, str], tmp_path: Path) -> None:
    made = preview_of(pair("satu", printed(1, 3), printed(1, 2)), before="lama.docx")
    text = write_preview(made, tmp_path / "x", language).read_text(encoding="utf-8")
    assert text.count('<div class="pasang">') == 1
    assert text.count('<div class="pasang beda">') == 1
    assert all(word in text for word in words)
    assert "lama.docx" in text
    assert (tmp_path / "x" / "halaman" / "sebelum-satu-02.png").read_bytes() == page(2)
    assert (tmp_path / "x" / "halaman" / "satu-02.png").read_bytes() == page(3)


def test_a_refused_case_is_shown_with_its_problems_beside_the_others(tmp_path: Path) -> None:
    fault = problem("KS460", Location(part="word/document.xml", paragraph="{{ <x> }}"), nama="<x>", usul="–", tag="x")
    made = preview_of(pair("baik", printed(1)), pair("buruk", Cetakan(problems=(fault,))))
    assert made.ditolak == 1
    text = write_preview(made, tmp_path / "x").read_text(encoding="utf-8")
    assert "2 kasus: 1 tercetak, 1 ditolak" in text
    assert "KS460" in text and "&lt;x&gt;" in text and "<x>" not in text
    assert "Arti &lt;buruk&gt;" in text
    assert not (tmp_path / "x" / "buruk.docx").exists()


def test_everything_that_the_page_names_lies_in_its_folder(tmp_path: Path) -> None:
    made = preview_of(pair("satu", printed(1, 2), printed(1)), pair("dua", printed(4)), before="l.docx")
    text = write_preview(made, tmp_path / "x").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"#][^"]*)"', text)
    assert named
    for name in named:
        assert (tmp_path / "x" / name).is_file(), name
    assert "http" not in text and "<script" not in text


def test_the_next_preview_takes_away_what_the_last_one_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    write_preview(preview_of(pair("satu", printed(1, 2))), folder)
    (folder / "catatan.txt").write_text("milik saya", encoding="utf-8")
    write_preview(preview_of(pair("dua", printed(1))), folder)
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names == {"index.html", "pratinjau.json", "catatan.txt", "dua.docx", "dua.pdf", "halaman/dua-01.png"}


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "penting.docx").write_bytes(b"x")
    with pytest.raises(OutputError) as refused:
        need_folder(tmp_path)
    assert refused.value.problems[0].code == "KS895"
    need_folder(tmp_path / "belum-ada")


def test_a_list_that_names_files_elsewhere_takes_away_none_of_them(tmp_path: Path) -> None:
    outside = tmp_path / "luar.txt"
    outside.write_text("x", encoding="utf-8")
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "pratinjau.json").write_text('{"berkas": ["../luar.txt"]}', encoding="utf-8")
    write_preview(preview_of(pair("satu", printed(1))), folder)
    assert outside.is_file()
