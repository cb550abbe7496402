"""Picture files that records name: found inside the data folder only, and looked at before anybody uses them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

MAX_PICTURE: Final = 5 * 2**20
"""Bytes of a logo or a photo."""

Pictures = Callable[[str], "bytes | str"]
"""Name of a picture file, as a record gives it → its bytes, or why they cannot be had, in Indonesian."""


def pictures_beside(home: Path, data: Path) -> Pictures:
    """Reads the pictures that a record in the folder `home` names; none outside the folder `data`."""
    return partial(_read, home, data)


def no_pictures(_name: str) -> str:
    """For a record that stands in no file."""
    return "rekaman ini tidak berasal dari berkas di folder data"


def _read(home: Path, data: Path, name: str) -> bytes | str:
    try:
        path = (home / name).resolve()
        if not path.is_relative_to(data.resolve()):
            return "di luar folder data"
        if not path.is_file():
            return "tidak ada"
        return unfit_picture(path) or path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a name too long, a link to itself, a file kept from us
        return getattr(error, "strerror", None) or "tautan yang berputar, atau nama yang tidak sah"


def unfit_picture(path: Path) -> str:
    """Why the file cannot be a picture of ours, as far as its size and its ends tell; "" when it may be one."""
    size = path.stat().st_size
    if not size:
        return "kosong"
    if size > MAX_PICTURE:
        return f"lebih besar dari {MAX_PICTURE // 2**20} MB"
    with path.open("rb") as file:
        head = file.read(8)
        file.seek(max(0, size - 4096))
        tail = file.read()
    for mark, end in ((b"\x89PNG\r\n\x1a\n", b"IEND"), (b"\xff\xd8\xff", b"\xff\xd9")):
        if head.startswith(mark):
            return "" if end in tail else "terpotong"
    return "bukan gambar PNG atau JPEG"
