"""Pages of a PDF become pictures; what keeps them from it is told."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from ksdocs.convert.pages import find_pdftoppm, page_pictures
from ksdocs.convert.png import png, png_of_ppm
from ksdocs.docx.pictures import InlineImage

PIXELS = bytes(range(2 * 3 * 3))


def test_a_png_holds_its_pixels_row_by_row() -> None:
    made = png(2, 3, PIXELS)
    start = made.index(b"IDAT") + 4
    rows = zlib.decompress(made[start : made.index(b"IEND") - 8])
    assert rows == b"".join(b"\0" + PIXELS[n : n + 6] for n in (0, 6, 12))
    assert InlineImage(made) is not None


def test_pixels_that_look_like_blanks_stay_pixels() -> None:
    pixels = b"\n \t" + PIXELS[3:]
    assert png_of_ppm(b"P6\n2 3\n255\n" + pixels) == png(2, 3, pixels)


@pytest.mark.parametrize("data", [b"", b"P5\n2 3\n255\n" + PIXELS, b"P6\n2 3\n255\n" + PIXELS[:2], b"P6\n2 3\n65535\n"])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        png_of_ppm(data)


def test_without_poppler_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_pdftoppm() is None
    (told,) = page_pictures([b"%PDF"])
    assert not isinstance(told, tuple)
    assert told.code == "KS892"


@pytest.mark.poppler
def test_what_is_no_pdf_gives_no_pages() -> None:
    (told,) = page_pictures([b"bukan PDF"])
    assert not isinstance(told, tuple)
    assert told.code == "KS893"
