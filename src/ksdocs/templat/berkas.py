"""The files of a templates folder, in groups: one for each kind, and one for what kinds share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ksdocs.models import NASKAH
from ksdocs.problems import Location, OutputError, problem
from ksdocs.workspace import Origin, Workspace, kinds_in, shipped

BERSAMA: Final = "bersama"
"""The group of what agreements share: clauses and sections. No kind can be called so, for none is shipped."""
_SHARED: Final = ("klausul", "substansi.toml")
_TEXTS: Final = frozenset({".md", ".toml", ".yaml", ".yml", ".txt"})
_TWIN: Final = "naskah.txt"
"""The text view beside a layout; whoever changes the layout asks for it with `template view`."""


def upstream(workspace: Workspace) -> Path:
    """The templates that came with ksdocs."""
    for root in workspace.templates:
        if root.origin is Origin.SHIPPED:
            return root.folder
    return shipped("templates")


def own_folder(workspace: Workspace) -> Path | None:
    """The office's own templates: the strongest folder that is there and is not what came with ksdocs."""
    theirs = upstream(workspace).resolve()
    folders = (root.folder for root in workspace.templates)
    return next((f for f in folders if f.is_dir() and f.resolve() != theirs), None)


def is_text(name: str) -> bool:
    """Can `name` be merged line by line?"""
    return Path(name).suffix.lower() in _TEXTS


def normal(name: str, data: bytes) -> bytes:
    """`data` without what editors change unasked: the mark of UTF-8, ends of lines."""
    if not is_text(name):
        return data
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def fingerprint(name: str, data: bytes) -> str:
    """SHA-256 of `data`; texts that differ only by what editors change unasked have the same."""
    return hashlib.sha256(normal(name, data)).hexdigest()


def groups(root: Path) -> dict[str, Path]:
    """Group → the folder that its names count from; `BERSAMA` last, counted from `root` itself."""
    found = dict(kinds_in(root))
    if any((root / name).exists() for name in _SHARED):
        found[BERSAMA] = root
    return found


def needed(kind: str) -> tuple[str, ...]:
    """The groups that `kind` consists of."""
    return (kind, BERSAMA) if kind in NASKAH else (kind,)


def files(group: str, folder: Path) -> Mapping[str, Path]:
    """Name, with `/`, → file, of everything that belongs to `group`; no text twins, no files of Word or ours."""
    starts = [folder / name for name in _SHARED] if group == BERSAMA else [folder]
    found = {}
    for start in starts:
        for file in sorted(_walk(start)):
            found[file.relative_to(folder).as_posix()] = file
    return found


def _walk(start: Path) -> Iterator[Path]:
    if start.is_file():
        yield start
    elif start.is_dir():
        for entry in start.iterdir():
            if not entry.name.startswith((".", "~$")) and not entry.is_symlink() and entry.name != _TWIN:
                yield from _walk(entry)


def read(file: Path) -> bytes:
    """The bytes of `file`; OutputError KS706 when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        at = Location(file=str(file))
        raise OutputError([problem("KS706", at, nama=file.name, folder=file.parent, alasan=reason)]) from None
