"""What a picture is, read from its own first bytes: kind and size in pixels."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ksdocs.problems import Location, TemplateError, problem

MAX_PIXELS = 30_000  # per side; more is no logo, and Word refuses to draw it
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """Kind ("png" or "jpeg") and size in pixels."""

    kind: str
    width: int
    height: int


def sniff(data: bytes, name: str = "") -> Picture:
    """Kind and size of the picture in `data`, from its header alone.

    Raises:
        TemplateError: KS467 when it is no PNG or JPEG, is cut off, or has no sensible size.
    """
    if data.startswith(_PNG):
        size = struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" and len(data) > 32 else None
        found = Picture("png", *size) if size else None
    elif data.startswith(b"\xff\xd8\xff"):
        found = _jpeg(data)
    else:
        raise _refused(name, _looks_like(data))
    if found is None:
        raise _refused(name, "terpotong")
    if not (0 < found.width <= MAX_PIXELS and 0 < found.height <= MAX_PIXELS):
        raise _refused(name, f"{found.width}×{found.height} piksel")
    return found


def _jpeg(data: bytes) -> Picture | None:
    at = 2
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
            return Picture("jpeg", width, height)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _looks_like(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "kosong"
    if head.startswith((b"<svg", b"<?xml")) or b"<svg" in head:
        return "SVG"
    for mark, kind in ((b"gif8", "GIF"), (b"riff", "WebP"), (b"%pdf", "PDF"), (b"bm", "BMP")):
        if head.startswith(mark):
            return kind
    return "?"


def _refused(name: str, what: str) -> TemplateError:
    return TemplateError([problem("KS467", Location(file=name or None), rupa=what)])
