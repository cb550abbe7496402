"""Whether bytes are a whole PDF with pages, told without a PDF library."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_INDEX: Final = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECTS: Final = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?\bstream\r?\n(.*?)endstream", re.DOTALL)
_MOST: Final = 8 << 20
"""Bytes that are unpacked of one stream of objects."""


def is_whole(data: bytes) -> bool:
    """True when `data` begins and ends as a PDF, its index stands where its end says, and it has a page.

    A file that lost its end has no `%%EOF`; one that lost its middle has its index elsewhere.
    """
    end = _END.search(data[-1024:])
    if not data.startswith(b"%PDF-") or end is None:
        return False
    return bool(_INDEX.match(data, int(end[1]))) and count_pages(data) > 0


def count_pages(data: bytes) -> int:
    """How many pages the PDF `data` has."""
    return sum(len(_PAGE.findall(part)) for part in (data, *_unpacked(data)))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Objects that stand packed in streams, as newer versions of LibreOffice write them."""
    for stream in _OBJECTS.finditer(data):
        try:
            yield zlib.decompressobj().decompress(stream[1], _MOST)
        except zlib.error:
            continue
