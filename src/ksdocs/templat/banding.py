"""An office's templates held against what they were copied from and against what ksdocs ships now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ksdocs.templat.berkas import files, fingerprint, groups, read
from ksdocs.templat.kunci import Kunci


class Keadaan(StrEnum):
    """Who changed a file since it was copied."""

    SAMA = "sama"
    """Nobody, or both to the same."""
    DIUBAH = "diubah"
    """The office."""
    BARU = "baru"
    """ksdocs."""
    KEDUANYA = "keduanya"
    """Both, each in its own way."""
    TAMBAHAN = "tambahan"
    """A new file of ksdocs, which the office does not have."""
    DICABUT = "dicabut"
    """ksdocs ships it no longer; the office left it as it was."""
    DIHAPUS = "dihapus"
    """The office removed it."""
    SENDIRI = "sendiri"
    """The office's own file; ksdocs has none of that name."""
    TANPA_CATATAN = "tanpa_catatan"
    """It differs from what ksdocs ships, and nobody noted what it was copied from."""


UPDATES = frozenset({Keadaan.BARU, Keadaan.KEDUANYA, Keadaan.TAMBAHAN, Keadaan.DICABUT})
"""What an upgrade has something to do with."""


@dataclass(frozen=True, slots=True)
class Berkas:
    """One file of a group; `kita` is where the office has it or would have it, `hulu` what ksdocs ships."""

    kelompok: str
    nama: str
    keadaan: Keadaan
    kita: Path
    hulu: Path | None
    tercatat: bool


def compare(own: Path, upstream: Path, lock: Kunci) -> dict[str, tuple[Berkas, ...]]:
    """Group → its files, for every group that lies in `own`.

    A kind that ksdocs does not have is the office's own, and so are all its files.
    """
    theirs = groups(upstream)
    return {
        group: tuple(_compare_group(group, folder, theirs.get(group), lock)) for group, folder in groups(own).items()
    }


def updates(compared: dict[str, tuple[Berkas, ...]]) -> list[Berkas]:
    """The files for which ksdocs has something new."""
    return [one for found in compared.values() for one in found if one.keadaan in UPDATES]


def _compare_group(group: str, folder: Path, upstream: Path | None, lock: Kunci) -> Iterator[Berkas]:
    ours = files(group, folder)
    theirs = files(group, upstream) if upstream is not None else {}
    noted = lock.of(group)
    for name in sorted({*ours, *theirs, *noted}, key=_order):
        mine, his = ours.get(name), theirs.get(name)
        base = noted[name].sha256 if name in noted else None
        state = _state(_digest(name, base), _digest(name, mine), _digest(name, his), known=bool(noted))
        if state is not None:
            yield Berkas(group, name, state, mine or folder / name, his, name in noted)


def _order(name: str) -> tuple[bool, str]:
    """What a kind is first, its clauses after that."""
    return "/" in name, name


def _digest(name: str, of: Path | str | None) -> str | None:
    return fingerprint(name, read(of)) if isinstance(of, Path) else of


def _state(base: str | None, ours: str | None, theirs: str | None, *, known: bool) -> Keadaan | None:
    """None for a file that the office does not miss."""
    if base is None:
        if ours is None:
            # Of a group that was copied by hand it is not known whether the file is new or was taken out.
            return Keadaan.TAMBAHAN if known else Keadaan.DIHAPUS
        if theirs is None:
            return Keadaan.SENDIRI
        return Keadaan.SAMA if ours == theirs else Keadaan.TANPA_CATATAN
    if ours is None:
        return Keadaan.DIHAPUS if theirs is not None else None
    if theirs is None:
        return Keadaan.DICABUT if ours == base else Keadaan.SENDIRI
    if ours == theirs:
        return Keadaan.SAMA
    if ours == base:
        return Keadaan.BARU
    return Keadaan.DIUBAH if theirs == base else Keadaan.KEDUANYA
