"""What a picture is, read from its own first bytes: kind, size in pixels, pixels to the inch."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from ksdocs.problems import Location, TemplateError, problem

MAX_PIXELS = 30_000  # per side; more is no logo, and Word refuses to draw it
_PNG = b"\x89PNG\r\n\x1a\n"
_PLAIN = (72, 72)  # pixels to the inch where a file does not say


@dataclass(frozen=True, slots=True)
class Picture:
    """Kind ("png", "jpeg", "gif", "bmp" or "tiff"), size in pixels, and pixels to the inch across and down."""

    kind: str
    width: int
    height: int
    dpi: tuple[int, int] = _PLAIN


def sniff(data: bytes, name: str = "") -> Picture:
    """Kind and size of the picture in `data`, from its header alone.

    Raises:
        TemplateError: KS467 when it is of no known kind, is cut off, or has no sensible size.
    """
    read = next((reader for marks, reader in _READERS if data.startswith(marks)), None)
    if read is None:
        raise _refused(name, _looks_like(data))
    try:
        found = read(data)
    except (struct.error, IndexError, ZeroDivisionError):
        found = None
    if found is None:
        raise _refused(name, "terpotong")
    if not (0 < found.width <= MAX_PIXELS and 0 < found.height <= MAX_PIXELS):
        raise _refused(name, f"{found.width}×{found.height} piksel")
    return found


def _png(data: bytes) -> Picture | None:
    if data[12:16] != b"IHDR" or len(data) <= 32:
        return None
    width, height = struct.unpack(">II", data[16:24])
    at, dpi = 8, _PLAIN
    while at + 12 <= len(data) and data[at + 4 : at + 8] != b"IDAT":
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"pHYs":
            x, y, unit = struct.unpack(">IIB", data[at + 8 : at + 17])
            dpi = (_per_metre(x, 72), _per_metre(y, 72)) if unit == 1 else _PLAIN
        at += 12 + length
    return Picture("png", width, height, dpi)


def _per_metre(pixels: int, otherwise: int) -> int:
    return round(pixels * 0.0254) or otherwise


def _jpeg(data: bytes) -> Picture | None:
    at, dpi = 2, _PLAIN
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:  # markers without a length
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # start of frame
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture("jpeg", width, height, dpi)
        else:
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            dpi = _jpeg_dpi(data[at + 4 : at + 2 + length], marker) or dpi
            at += 2 + length
    return None


def _jpeg_dpi(segment: bytes, marker: int) -> tuple[int, int] | None:
    if marker == 0xE0 and segment.startswith(b"JFIF\0") and len(segment) >= 12:
        unit, x, y = struct.unpack(">BHH", segment[7:12])
        factor = {1: 1.0, 2: 2.54}.get(unit)
        return (round(x * factor) or 72, round(y * factor) or 72) if factor else None
    if marker == 0xE1 and segment.startswith(b"Exif\0\0"):
        try:
            found = _tiff(segment[6:], sized=False)
        except (struct.error, IndexError, ZeroDivisionError):
            return None
        return found.dpi if found else None
    return None


def _gif(data: bytes) -> Picture | None:
    return Picture("gif", *struct.unpack("<HH", data[6:10])) if len(data) > 13 else None


def _bmp(data: bytes) -> Picture | None:
    width, height = struct.unpack("<ii", data[18:26])
    across, down = struct.unpack("<II", data[38:46])
    return Picture("bmp", width, abs(height), (_per_metre(across, 96), _per_metre(down, 96)))


def _tiff(data: bytes, *, sized: bool = True) -> Picture | None:
    """The first picture of a TIFF, or (not `sized`) the resolution alone, as cameras note it."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return None
    (at,) = struct.unpack(f"{order}I", data[4:8])
    (count,) = struct.unpack(f"{order}H", data[at : at + 2])
    found: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * min(count, 200), 12):
        tag, kind, _, value = struct.unpack(f"{order}HHII", data[entry : entry + 12])
        if tag in (256, 257, 296):
            found[tag] = struct.unpack(f"{order}H", data[entry + 8 : entry + 10])[0] if kind == 3 else value
        elif tag in (282, 283):
            above, below = struct.unpack(f"{order}II", data[value : value + 8])
            found[tag] = round(above / below)
    factor = {2: 1.0, 3: 2.54}.get(found.get(296, 2))
    dpi = (round(found[282] * factor), round(found[283] * factor)) if factor and {282, 283} <= set(found) else _PLAIN
    if sized and not {256, 257} <= set(found):
        return None
    return Picture("tiff", found.get(256, 0), found.get(257, 0), (dpi[0] or 72, dpi[1] or 72))


_READERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes], Picture | None]], ...] = (
    ((_PNG,), _png),
    ((b"\xff\xd8\xff",), _jpeg),
    ((b"GIF87a", b"GIF89a"), _gif),
    ((b"BM",), _bmp),
    ((b"II*\0", b"MM\0*"), _tiff),
)


def _looks_like(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "kosong"
    if head.startswith((b"<svg", b"<?xml")) or b"<svg" in head:
        return "SVG"
    for mark, kind in ((b"riff", "WebP"), (b"%pdf", "PDF")):
        if head.startswith(mark):
            return kind
    return "?"


def _refused(name: str, what: str) -> TemplateError:
    return TemplateError([problem("KS467", Location(file=name or None), rupa=what)])
