"""The zip around a .docx: read from its central directory alone, and written without a trace of the machine.

Read and written here rather than by `zipfile`: the same few headers serve the strict reader, which refuses
before one byte is decompressed, and the deterministic writer, which carries compressed bytes over untouched.
"""

from __future__ import annotations

import itertools
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ksdocs.docx.deflating import pack
from ksdocs.problems import Location, Problem, problem

MAX_FILE = 64 * 1024 * 1024  # bytes of the zip itself
MAX_MEMBER = 64 * 1024 * 1024  # bytes of one member, decompressed
MAX_TOTAL = 256 * 1024 * 1024  # bytes of all members, decompressed
MAX_MEMBERS = 2000
MAX_RATIO = 200  # decompressed : compressed, for members above RATIO_FLOOR
RATIO_FLOOR = 4 * 1024 * 1024  # small members compress well for honest reasons
_NAMED = 10  # how many members of one kind of problem are named one by one

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_CENTRAL_HEAD = struct.Struct("<4s6H3I5HI")  # the same, up to the offset
_EOCD = struct.Struct("<4s4H2IH")
_DATE_1980 = 0x0021  # 1980-01-01, the earliest date that a zip can hold
_UTF8_NAME = 0x800
_STORED, DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the central directory tells it; `start` is where its data begins."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int


def safe_name(name: str) -> bool:
    """A relative name with plain segments: no drive, no backslash, no `..`, no control character."""
    if not name or name.startswith("/") or re.search(r"[\\:\x00-\x1f\x7f]", name):
        return False
    return all(s not in ("", ".", "..") for s in name.rstrip("/").split("/"))


def directory(data: bytes, at: Location) -> tuple[dict[str, Entry], list[Problem]]:
    """Members by name in the order of the directory, and everything that speaks against opening them."""
    if early := _not_a_zip(data, at):
        return {}, [early]
    try:
        raw = list(_central_records(data))
    except (ValueError, struct.error) as error:
        return {}, [problem("KS406", at, sebab=str(error))]
    problems = [
        *_check_names(raw, at),
        *_check_sizes(raw, at),
        *_check_methods(raw, at),
    ]
    entries = {} if problems else {e.name: e for e in raw if not e.name.endswith("/")}
    if not problems and not entries:
        problems.append(problem("KS410", at, bagian="[Content_Types].xml"))
    return entries, problems


def _not_a_zip(data: bytes, at: Location) -> Problem | None:
    if len(data) > MAX_FILE:
        return problem("KS407", at, rincian=f"{len(data)} > {MAX_FILE} byte")
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return problem("KS404" if locked else "KS403", at)
    if not data.startswith((b"PK\3\4", b"PK\5\6")):
        return problem("KS402", at, rupa=_looks_like(data))
    return None


def _looks_like(data: bytes) -> str:
    if not data:
        return "0 byte"
    head = data[:512].lstrip().lower()
    for mark, kind in ((b"%pdf", "PDF"), (b"{\\rtf", "RTF"), (b"<!doctype html", "HTML"), (b"<html", "HTML")):
        if head.startswith(mark):
            return kind
    return "XML" if head.startswith(b"<?xml") else "?"


def _central_records(data: bytes) -> Iterator[Entry]:
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65557))
    if end < 0 or end + _EOCD.size > len(data):
        raise ValueError("zip: EOCD")
    _, disk, first, here, count, size, start, comment = _EOCD.unpack_from(data, end)
    if disk or first or here != count or end + _EOCD.size + comment != len(data):
        raise ValueError("zip: direktori")
    if start + size > end or count == 0xFFFF:
        raise ValueError("zip: direktori")
    position, stop = start, start + size
    for _ in range(count):
        entry, position = _central_record(data, position, stop)
        yield entry
    if position != stop:
        raise ValueError("zip: direktori")


def _central_record(data: bytes, position: int, stop: int) -> tuple[Entry, int]:
    fields = _CENTRAL.unpack_from(data, position)
    if fields[0] != b"PK\1\2":
        raise ValueError("zip: direktori")
    _, _, _, flags, method, _, _, crc, packed, size, n_name, n_extra, n_comment, _, _, _, offset = fields
    here = position + _CENTRAL.size
    after = here + n_name + n_extra + n_comment
    if after > stop:
        raise ValueError("zip: direktori")
    raw_name = data[here : here + n_name]
    name = raw_name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace")
    size, packed, offset = _zip64(data[here + n_name : here + n_name + n_extra], size, packed, offset)
    local = _LOCAL.unpack_from(data, offset)
    begin = offset + _LOCAL.size + local[9] + local[10]
    same = data[offset + _LOCAL.size : offset + _LOCAL.size + local[9]] == raw_name
    # Two names for one member, or data past the end: readers would disagree about what the file holds.
    if local[0] != b"PK\3\4" or not same or begin + packed > len(data):
        raise ValueError(name)
    return Entry(name, flags, method, crc, packed, size, offset, begin), after


def _zip64(extra: bytes, *values: int) -> tuple[int, int, int]:
    """(size, packed, offset) with those that the record leaves to its zip64 field filled in."""
    if 0xFFFFFFFF not in values:
        return values[0], values[1], values[2]
    at, out = 0, list(values)
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            out = [next(wide, v) if v == 0xFFFFFFFF else v for v in out]
        at += 4 + length
    return out[0], out[1], out[2]


def _check_names(raw: list[Entry], at: Location) -> Iterator[Problem]:
    bad, twice = _faulty_names(tuple(e.name for e in raw))
    for name in bad[:_NAMED]:
        yield problem("KS408", at, anggota=ascii(name)[1:-1])
    for name in twice[:_NAMED]:
        yield problem("KS409", at, anggota=name)


@lru_cache(maxsize=128)
def _faulty_names(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(unsafe names, names that stand there twice in whatever case); documents of one template have the same."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for name in names:
        lower = name.lower()
        if lower in seen:
            twice[name] = None
        seen.add(lower)
    return tuple(n for n in names if not safe_name(n)), tuple(twice)


def _check_sizes(raw: list[Entry], at: Location) -> Iterator[Problem]:
    if len(raw) > MAX_MEMBERS:
        yield problem("KS407", at, rincian=f"{len(raw)} > {MAX_MEMBERS} anggota")
    total = sum(e.size for e in raw)
    if total > MAX_TOTAL:
        yield problem("KS407", at, rincian=f"{total} > {MAX_TOTAL} byte")
    for e in raw:
        if e.size > MAX_MEMBER:
            yield problem("KS407", at, rincian=f"{e.name}: {e.size} > {MAX_MEMBER} byte")
        elif e.size > RATIO_FLOOR and e.size > MAX_RATIO * e.packed:
            yield problem("KS407", at, rincian=f"{e.name}: {e.packed} → {e.size} byte")
    # Members that share their data are a bomb of their own: small in the file, large in sum.
    spans = sorted((e.offset, e.start + e.packed) for e in raw)
    if any(after[0] < before[1] for before, after in itertools.pairwise(spans)):
        yield problem("KS407", at, rincian="anggota bertumpang tindih")


def _check_methods(raw: list[Entry], at: Location) -> Iterator[Problem]:
    if any(e.flags & 0x2041 for e in raw):  # encrypted, strongly encrypted, masked headers
        yield problem("KS404", at)
        return
    for e in [e for e in raw if e.method not in (_STORED, DEFLATED)][:_NAMED]:
        yield problem("KS415", at, anggota=e.name, cara=e.method)


def records(name: str, method: int, crc: int, size: int, raw: bytes) -> tuple[bytes, bytes, bytes]:
    """The local record with its data, and the central record before and after the offset."""
    encoded = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8_NAME
    common = (flags, method, 0, _DATE_1980, crc, len(raw), size, len(encoded))
    local = _LOCAL.pack(b"PK\3\4", 20, *common, 0) + encoded + raw
    head = _CENTRAL_HEAD.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, 0)
    return local, head, encoded


def fresh_records(name: str, data: bytes, level: int) -> tuple[bytes, bytes, bytes]:
    """The records of a member that has been written, packed where that makes it smaller."""
    packed = pack(name, data, level)
    method, raw = (_STORED, data) if packed is None else (DEFLATED, packed)
    return records(name, method, zlib.crc32(data), len(data), raw)


def archive(pieces: list[tuple[bytes, bytes, bytes]]) -> bytes:
    """The zip made of `records`, in their order.

    Raises:
        ValueError: larger than a zip without zip64 can hold.
    """
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for record, head, tail in pieces:
        local.append(record)
        central.append(head + struct.pack("<I", offset) + tail)
        offset += len(record)
    size = sum(map(len, central))
    if offset + size >= 0xFFFFFFFF or len(central) >= 0xFFFF:
        raise ValueError("larger than a zip without zip64 can hold")
    end = _EOCD.pack(b"PK\5\6", 0, 0, len(central), len(central), size, offset, 0)
    return b"".join((*local, *central, end))
