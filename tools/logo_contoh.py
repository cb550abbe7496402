"""Draw the placeholder logos of the sample data: a shape, two or three letters and the word CONTOH.

Run from the checkout when a sample lembaga is added: `python tools/logo_contoh.py`. The pictures are committed:
nothing else needs this script. No real logo is kept in the project.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path
from typing import Final

SIDE: Final = 420
OVERSAMPLING: Final = 3
LETTERS: Final = {
    "A": "01110 10001 10001 11111 10001 10001 10001",
    "B": "11110 10001 10001 11110 10001 10001 11110",
    "C": "01111 10000 10000 10000 10000 10000 01111",
    "E": "11111 10000 10000 11110 10000 10000 11111",
    "H": "10001 10001 10001 11111 10001 10001 10001",
    "I": "11111 00100 00100 00100 00100 00100 11111",
    "K": "10001 10010 10100 11000 10100 10010 10001",
    "M": "10001 11011 10101 10101 10001 10001 10001",
    "N": "10001 11001 10101 10011 10001 10001 10001",
    "O": "01110 10001 10001 10001 10001 10001 01110",
    "P": "11110 10001 10001 11110 10000 10000 10000",
    "R": "11110 10001 10001 11110 10100 10010 10001",
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "T": "11111 00100 00100 00100 00100 00100 00100",
    "U": "10001 10001 10001 10001 10001 10001 01110",
}
# file → corners of the shape (0 is a circle), letters, colour
LOGOS: Final = {
    "data/institusi/logo/polibatam.png": (6, "PB", (22, 78, 128)),
    "data/institusi/logo/pipb.png": (4, "PIPB", (20, 110, 92)),
    "data/mitra/logo/samudra-elektronika.png": (0, "SEC", (150, 40, 40)),
    "data/mitra/logo/petrokimia-selat.png": (12, "PS", (176, 98, 12)),
    "data/mitra/logo/kabupaten-umpama.png": (5, "KU", (96, 60, 130)),
    "data/mitra/logo/universitas-nusa.png": (8, "UNC", (60, 92, 40)),
}


def inside(x: float, y: float, corners: int, radius: float) -> bool:
    """True when a point lies in the shape of `radius` around the origin."""
    if corners == 0:
        return math.hypot(x, y) <= radius
    step = 2 * math.pi / corners
    turned = (math.atan2(x, -y) + step / 2) % step - step / 2
    return math.hypot(x, y) * math.cos(turned) <= radius * math.cos(step / 2)


def lettered(x: float, y: float, text: str, centre: float, size: float) -> bool:
    """True when a point lies on a letter of `text`, written around (0, centre) in cells of `size`."""
    column = math.floor((x + len(text) * 3 * size - size / 2) / size)
    row = math.floor((y - centre) / size + 3.5)
    place, within = divmod(column, 6)
    if not (0 <= row < 7 and 0 <= place < len(text) and within < 5):
        return False
    return LETTERS[text[place]].split()[row][within] == "1"


def coverage(x: float, y: float, corners: int, text: str) -> tuple[bool, bool]:
    """Whether a point is coloured, and whether it is white on colour."""
    radius = 200.0
    if not inside(x, y, corners, radius):
        return False, False
    rim = inside(x, y, corners, radius - 14) and not inside(x, y, corners, radius - 22)
    size = {2: 13, 3: 10.5}.get(len(text), 8.0)
    letters = lettered(x, y, text, -8.0, size) or lettered(x, y, "CONTOH", 74.0, 3.2)
    return True, rim or letters


def draw(corners: int, text: str, colour: tuple[int, int, int]) -> bytes:
    """The PNG file of one placeholder, on a transparent ground."""
    rows = bytearray()
    points = [(i + 0.5) / OVERSAMPLING for i in range(OVERSAMPLING)]
    for row in range(SIDE):
        rows.append(0)
        for column in range(SIDE):
            marks = [
                coverage(column + dx - SIDE / 2, row + dy - SIDE / 2, corners, text) for dx in points for dy in points
            ]
            filled = sum(f for f, _ in marks)
            white = sum(w for _, w in marks) / filled if filled else 1.0
            rows += bytes(round(c + (255 - c) * white) for c in colour)
            rows.append(round(255 * filled / len(marks)))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    dots_per_metre = struct.pack(">IIB", 11811, 11811, 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", header),
            (b"pHYs", dots_per_metre),
            (b"IDAT", zlib.compress(bytes(rows), 9)),
            (b"IEND", b""),
        )
    )


def main() -> None:
    """Write every placeholder anew."""
    root = Path(__file__).resolve().parent.parent
    for name, (corners, text, colour) in LOGOS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw(corners, text, colour))


if __name__ == "__main__":
    main()
