"""PNG from plain pixels: a few lines, where a library of pictures would be one more to carry."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, pixels: bytes, *, level: int = 1) -> bytes:
    """A PNG of `pixels`, three bytes each, row by row. `level` 1 is fast, 0 gives the same bytes on every machine."""
    size = width * 3
    rows = bytearray()
    for start in range(0, size * height, size):
        rows += b"\0"
        rows += pixels[start : start + size]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), level)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def png_of_ppm(data: bytes) -> bytes:
    """A PNG of a picture in the format P6 with 255 shades, as poppler writes it; ValueError for anything else."""
    words = data.split(maxsplit=4)
    if len(words) != 5 or words[0] != b"P6" or words[3] != b"255":
        raise ValueError("not a P6 picture")
    width, height = int(words[1]), int(words[2])
    pixels = data[-width * height * 3 :]  # the fifth word may itself begin with what looks like blanks
    if len(data) < width * height * 3 or width * height == 0:
        raise ValueError("a picture that is cut off")
    return png(width, height, pixels)
