"""Picture files that records name come from the data folder only, and are looked at before use."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksdocs.sources.pictures import MAX_PICTURE, no_pictures, pictures_beside

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "notulen"
    folder.mkdir(parents=True)
    (tmp_path / "rahasia.png").write_bytes(PNG)
    return folder


@pytest.mark.parametrize("content", [PNG, JPEG], ids=["png", "jpeg"])
def test_a_picture_beside_the_record_is_read(home: Path, content: bytes) -> None:
    (home / "foto").write_bytes(content)
    assert pictures_beside(home, home.parent)("foto") == content


@pytest.mark.parametrize("name", ["../../rahasia.png", "../../../../etc/passwd", "entah.png", "a\0b", "x" * 5000, "."])
def test_nothing_outside_the_data_folder_and_nothing_that_is_no_file(home: Path, name: str) -> None:
    assert isinstance(pictures_beside(home, home.parent)(name), str)


def test_an_absolute_name_and_a_link_lead_no_further(home: Path) -> None:
    outside = home.parent.parent / "rahasia.png"
    (home / "tautan.png").symlink_to(outside)
    read = pictures_beside(home, home.parent)
    assert read(str(outside)) == read("tautan.png") == "di luar folder data"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "kosong"), (b"<svg/>", "bukan gambar PNG atau JPEG"), (PNG[:20], "terpotong"), (JPEG[:20], "terpotong")],
)
def test_what_is_no_whole_picture_says_why(home: Path, content: bytes, reason: str) -> None:
    (home / "foto.png").write_bytes(content)
    assert pictures_beside(home, home.parent)("foto.png") == reason


def test_a_picture_that_is_too_large_is_refused(home: Path) -> None:
    (home / "foto.png").write_bytes(PNG + bytes(MAX_PICTURE))
    assert pictures_beside(home, home.parent)("foto.png") == "lebih besar dari 5 MB"


def test_a_record_without_a_file_has_no_pictures() -> None:
    assert isinstance(no_pictures("a.png"), str)
