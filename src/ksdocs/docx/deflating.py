"""How what a render wrote is packed: as small and as fast as was measured to be worth it (docs/adr/0016).

The only place that knows of libdeflate, which comes with the extra `cepat` and packs the same text as small in half
of the time. Whatever packs, it unpacks to the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache

LEVEL = 3
"""Twice as fast as zlib's own choice, 6, for files that are a few per cent larger; beyond it each per cent is dear."""
_PACKED = (".png", ".jpeg", ".jpg", ".gif", ".docx", ".xlsx", ".pptx", ".zip")
"""What is packed by its own format: deflate finds nothing in it, and takes as long as for all the rest."""

_SMALL = 4096
"""Bytes that fit into the smaller window."""

Packer = Callable[[bytes, int], bytes]


def pack(name: str, data: bytes, level: int) -> bytes | None:
    """The raw deflate stream of the member `name`; None where it is better stored as it is."""
    if not level or name.endswith(_PACKED):
        return None
    packed = packer()(data, level)
    return packed if len(packed) < len(data) else None


@cache
def packer() -> Packer:
    """The fastest packer on this machine."""
    try:
        from deflate import deflate_compress
    except ImportError:
        return with_zlib

    def with_libdeflate(data: bytes, level: int) -> bytes:
        # Its level 1 packs as small as zlib's level 3; from 4 on the levels of both mean much the same.
        return bytes(deflate_compress(data, 1 if level <= LEVEL else level))

    return with_libdeflate


def with_zlib(data: bytes, level: int) -> bytes:
    """As zlib does it, which every Python has."""
    # A window that is no larger than the data is laid out in a quarter of the time, and half of a document's members
    # are that small.
    window, memory = (-12, 5) if len(data) <= _SMALL else (-15, 8)
    machine = zlib.compressobj(level, zlib.DEFLATED, window, memory)
    return machine.compress(data) + machine.flush()
