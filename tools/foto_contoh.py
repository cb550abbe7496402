"""Draw the placeholder photos of the sample data: people around a table, in flat colours, under a bar.

Run from the checkout when a sample photo is added: `python tools/foto_contoh.py`. The pictures are committed: nothing
else needs this script. No photo of real people is kept in the project.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path
from typing import Final

WIDE, HIGH = 480, 320
PHOTOS: Final = {
    "data/notulen/foto/rapat-magang-1.png": (4, (196, 210, 222)),
    "data/notulen/foto/rapat-magang-2.png": (6, (214, 206, 190)),
    "data/notulen/foto/rapat-beasiswa.png": (5, (200, 214, 200)),
    "data/laporan_pelaksanaan/foto/pelatihan-1.png": (3, (206, 206, 214)),
    "data/laporan_pelaksanaan/foto/pelatihan-2.png": (2, (216, 202, 202)),
    "data/laporan_pelaksanaan/foto/pelatihan-3.png": (5, (202, 216, 216)),
}
"""File → number of people, colour of the wall."""
COLOURS: Final = ((52, 84, 124), (128, 68, 60), (64, 110, 84), (120, 96, 48), (92, 72, 120), (80, 80, 80))
SKIN, TABLE, FLOOR, BAR = (222, 184, 150), (140, 104, 70), (150, 146, 140), (120, 120, 120)


def colour(x: int, y: int, people: int, wall: tuple[int, int, int]) -> tuple[int, int, int]:
    """The colour of one pixel."""
    if y < 24:
        return BAR
    step = WIDE / (people + 1)
    nearest = min(people, max(1, round(x / step)))
    away = x - nearest * step
    if 210 <= y < 262 and 40 <= x < WIDE - 40:
        return TABLE
    if math.hypot(away, y - 118) <= 24:
        return SKIN
    if 146 <= y < 212 and (abs(away) / 34) ** 2 + ((y - 212) / 66) ** 2 <= 1:
        return COLOURS[nearest % len(COLOURS)]
    return FLOOR if y >= 240 else wall


def png(rows: list[bytes]) -> bytes:
    """A picture of eight bits per colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def main() -> None:
    """Write every photo."""
    root = Path(__file__).resolve().parent.parent
    for name, (people, wall) in PHOTOS.items():
        rows = [bytes(v for x in range(WIDE) for v in colour(x, y, people, wall)) for y in range(HIGH)]
        (root / name).write_bytes(png(rows))


if __name__ == "__main__":
    main()
