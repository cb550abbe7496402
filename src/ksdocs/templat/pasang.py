"""New files put into a folder, all of them or none; nothing that is there is touched."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from ksdocs.outputs import require_writable, work_folder
from ksdocs.problems import Location, OutputError, problem


def place(into: Path, new: Mapping[str, bytes]) -> list[Path]:
    """The files `new` (name with `/` → bytes) in `into`, which is made if need be.

    They are written beside and then moved as whole folders; when one cannot be moved those before it are taken back.

    Raises:
        OutputError: KS021 one of them is there already; KS702, KS704, KS706 as `write_atomically`.
    """
    taken = [into / name for name in new if (into / name).exists() or (into / name).is_symlink()]
    if taken:
        raise OutputError([problem("KS021", Location(file=str(file)), nama=file) for file in taken])
    made = _missing_ancestor(into)
    require_writable(into, owner_id="")
    done: list[Path] = []
    stage: Path | None = None
    try:
        stage = work_folder(into)
        for name, data in new.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_bytes(data)
        for top in sorted({_first_missing(into, name) for name in new}):
            (stage / top).rename(into / top)
            done.append(into / top)
    except BaseException as error:
        for path in done:
            _remove(path)
        if made is not None:
            _remove(made)
        if isinstance(error, OSError):
            reason = error.strerror or type(error).__name__
            at = Location(file=str(into))
            raise OutputError([problem("KS706", at, nama=into.name, folder=into, alasan=reason)]) from error
        raise
    finally:
        if stage is not None:
            _remove(stage)
    return [into / name for name in new]


def _first_missing(into: Path, name: str) -> str:
    """The outermost part of `name` that is not in `into` yet."""
    parts = name.split("/")
    for count in range(1, len(parts)):
        path = "/".join(parts[:count])
        if not (into / path).exists():
            return path
    return name


def _missing_ancestor(folder: Path) -> Path | None:
    """The outermost folder that must be made for `folder`; None when it is there."""
    missing = None
    for path in (folder, *folder.parents):
        if path.exists():
            break
        missing = path
    return missing


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
