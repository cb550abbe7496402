"""An office's templates brought up to date: nothing of its own is overwritten, and what was replaced is kept.

What nobody changed is replaced. Texts that both changed are merged line by line; where that cannot be done, and for
layouts, the office's file stays as it is, and the new one is put beside it under another name. The lock moves only
for what was really taken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from ksdocs.outputs import replace_atomically, write_new
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.templat.banding import Berkas, Keadaan
from ksdocs.templat.berkas import is_text, normal, read
from ksdocs.templat.gabung import Bentrok, Gabungan, merge
from ksdocs.templat.kunci import Kunci

_BACKUPS: Final = "-cadangan"
"""What the folder beside the templates is called that keeps what an upgrade replaced: one folder for each run."""


class Tindakan(StrEnum):
    """What becomes of one file."""

    GANTI = "ganti"
    TAMBAH = "tambah"
    GABUNG = "gabung"
    BENTROK = "bentrok"
    SAMPING = "samping"
    BUANG = "buang"
    CATAT = "catat"
    """Nothing is written but the lock: the office has the very text already."""


LEFT_OPEN: Final = frozenset({Tindakan.BENTROK, Tindakan.SAMPING})


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step; `baru` are the bytes that the office gets, `hulu` those that ksdocs ships now, `asal` those that it
    copied where both sides changed a layout.

    `masalah` says why a file that both changed was left alone; `di_samping` where the new one was put.
    """

    berkas: Berkas
    tindakan: Tindakan
    baru: bytes = b""
    hulu: bytes = b""
    asal: bytes = b""
    masalah: tuple[Problem, ...] = ()
    di_samping: Path | None = None


@dataclass(frozen=True, slots=True)
class Hasil:
    """What was done; `masalah` tells the files that could not be written, which are as they were."""

    langkah: tuple[Langkah, ...]
    masalah: tuple[Problem, ...]
    cadangan: Path | None


def plan(compared: Iterable[Berkas], lock: Kunci) -> list[Langkah]:
    """What an upgrade would do, file by file; nothing is written."""
    return [step for one in compared if (step := _step(one, lock)) is not None]


def _step(one: Berkas, lock: Kunci) -> Langkah | None:
    new = normal(one.nama, read(one.hulu)) if one.hulu is not None else b""
    match one.keadaan:
        case Keadaan.BARU:
            return Langkah(one, Tindakan.GANTI, _dressed(one, new), new)
        case Keadaan.TAMBAHAN:
            return Langkah(one, Tindakan.TAMBAH, new, new)
        case Keadaan.DICABUT:
            return Langkah(one, Tindakan.BUANG)
        case Keadaan.SAMA:
            return Langkah(one, Tindakan.CATAT, hulu=new) if _is_unnoted(one, new, lock) else None
        case Keadaan.KEDUANYA | Keadaan.TANPA_CATATAN:
            return _both(one, new, lock.original(one.kelompok, one.nama))
    return None


def _is_unnoted(one: Berkas, new: bytes, lock: Kunci) -> bool:
    return not one.tercatat or lock.original(one.kelompok, one.nama) != new


def _both(one: Berkas, new: bytes, base: bytes | None) -> Langkah:
    at = Location(file=str(one.kita))
    if base is None:
        told = problem("KS887", at, nama=one.kita.name)
        return Langkah(one, Tindakan.SAMPING, hulu=new, masalah=(told,))
    if not is_text(one.nama):
        told = problem("KS886", at, nama=one.kita.name)
        return Langkah(one, Tindakan.SAMPING, hulu=new, asal=base, masalah=(told,))
    merged = _merged(base, normal(one.nama, read(one.kita)), new)
    if merged is None or not (merged.bentrok or _is_sound(one.nama, merged)):
        told = problem("KS887", at, nama=one.kita.name)
        return Langkah(one, Tindakan.SAMPING, hulu=new, masalah=(told,))
    if merged.bentrok:
        return Langkah(one, Tindakan.BENTROK, hulu=new, masalah=tuple(_told(clash, at) for clash in merged.bentrok))
    return Langkah(one, Tindakan.GABUNG, _dressed(one, "\n".join(merged.baris).encode()), new)


def _merged(base: bytes, ours: bytes, theirs: bytes) -> Gabungan | None:
    """None for what is no text after all."""
    with suppress(UnicodeDecodeError):
        return merge(*(data.decode().split("\n") for data in (base, ours, theirs)))
    return None


def _is_sound(name: str, merged: Gabungan) -> bool:
    """Can TOML, and the TOML at the head of a clause, still be read?"""
    lines: Sequence[str] = merged.baris
    if name.endswith(".md"):
        if lines[0] != "+++" or "+++" not in lines[1:]:
            return False
        lines = lines[1 : lines.index("+++", 1)]
    elif not name.endswith(".toml"):
        return True
    try:
        tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return False
    return True


def _told(clash: Bentrok, at: Location) -> Problem:
    at = at.with_(line=clash.baris)
    return problem("KS885", at, kita=_wording(clash.kita), mereka=_wording(clash.mereka))


def _wording(lines: Sequence[str]) -> str:
    return " / ".join(line.strip() for line in lines if line.strip())


def _dressed(one: Berkas, data: bytes) -> bytes:
    """`data` with the ends of lines that the office's editor gave the file."""
    if is_text(one.nama) and one.kita.is_file() and b"\r\n" in read(one.kita):
        return data.replace(b"\n", b"\r\n")
    return data


# ---------------------------------------------------------------------- carrying it out


def carry_out(steps: Iterable[Langkah], lock: Kunci, day: str) -> Hasil:
    """Does `steps` and writes `lock`; each file whole or not at all, one that is open elsewhere stays and is told.

    `day` names the folder of backups.

    Raises:
        OutputError: KS702 to KS706, the lock could not be written; the next upgrade finds that out by itself.
    """
    backup = _free_folder(lock.folder.with_name(lock.folder.resolve().name + _BACKUPS), day)
    done: list[Langkah] = []
    faults: list[Problem] = []
    for step in steps:
        try:
            done.append(_do(step, lock, backup))
        except KsdocsError as error:
            faults += error.problems
    lock.keep()
    return Hasil(tuple(done), tuple(faults), backup if backup.is_dir() else None)


def _do(step: Langkah, lock: Kunci, backup: Path) -> Langkah:
    file, one = step.berkas.kita, step.berkas
    if step.tindakan in LEFT_OPEN:
        return replace(step, di_samping=_put_beside(file, step.hulu))
    if step.tindakan in (Tindakan.GANTI, Tindakan.GABUNG):
        _keep_copy(file, lock.folder, backup)
        replace_atomically(file, step.baru, owner_id="")
    elif step.tindakan is Tindakan.TAMBAH:
        write_new(file, step.baru)
    elif step.tindakan is Tindakan.BUANG:
        _keep_copy(file, lock.folder, backup)
        _remove(file)
        lock.forget(one.kelompok, one.nama)
        return step
    lock.note(one.kelompok, one.nama, step.hulu)
    return step


def _keep_copy(file: Path, folder: Path, backup: Path) -> None:
    try:
        name = file.resolve().relative_to(folder.resolve())
    except ValueError:
        name = Path(file.name)
    write_new(backup / name, read(file))


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        told = problem("KS703", Location(file=str(file)), record="", nama=file.name, folder=file.parent,
                       alasan=error.strerror or type(error).__name__)  # fmt: skip
        raise KsdocsError([told]) from None


def _put_beside(file: Path, data: bytes) -> Path:
    """Where `data` lies beside `file`: under a name that is free, or that holds the very same."""
    for name in _names_beside(file.name):
        beside = file.with_name(name)
        if not beside.exists():
            return write_new(beside, data)
        if normal(file.name, read(beside)) == data:
            return beside
    raise AssertionError("names never end")


def _names_beside(name: str) -> Iterator[str]:
    """`naskah.baru.docx`, `naskah.baru-2.docx`, …; of a clause `.txt`, since another `.md` would be a variant of it."""
    stem, _, ending = name.rpartition(".")
    ending = "txt" if ending == "md" else ending
    number = 1
    while True:
        yield f"{stem}.baru{f'-{number}' if number > 1 else ''}.{ending}"
        number += 1


def _free_folder(parent: Path, day: str) -> Path:
    number, folder = 1, parent / day
    while folder.exists():
        number += 1
        folder = parent / f"{day}-{number}"
    return folder


def accept(one: Berkas, lock: Kunci) -> None:
    """From now on `one` counts as held against what ksdocs ships now, and what was put beside it for that goes, if
    nobody changed it; KsdocsError KS887 where ksdocs ships nothing."""
    if one.hulu is None:
        raise KsdocsError([problem("KS887", Location(file=str(one.kita)), nama=one.kita.name)])
    new = read(one.hulu)
    lock.note(one.kelompok, one.nama, new)
    for name in _names_beside(one.kita.name):
        beside = one.kita.with_name(name)
        if not beside.is_file():
            return
        if normal(one.nama, read(beside)) == normal(one.nama, new):
            with suppress(OSError):  # open in another program: it stays, and harms nothing
                beside.unlink()
