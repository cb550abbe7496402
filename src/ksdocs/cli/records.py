"""What the given files and folders name, as the shell left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ksdocs.batch import read_records
from ksdocs.problems import Problem, SourceError
from ksdocs.sources import Source


def read_given(path: Path) -> list[Source | SourceError]:
    """The records of one file or folder."""
    return list(read_records(expanded([path])))


def expanded(paths: Sequence[Path]) -> Iterator[Path]:
    """Patterns that the shell left alone (Windows) are looked up here."""
    for path in paths:
        pattern = any(c in str(path) for c in "*?[") and not path.exists()
        found = _matching(str(path)) if pattern else []
        yield from map(Path, found) if found else (path,)


def _matching(pattern: str) -> list[str]:
    import glob

    return sorted(glob.glob(pattern))  # noqa: PTH207 - Path.glob wants a folder


class Untold:
    """Problems that belong to no record, and which of them were told beside a record that suffers from them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._left = {_key(p): p for p in problems}

    def tell(self, problems: Iterable[Problem]) -> None:
        if self._left:
            for found in problems:
                self._left.pop(_key(found), None)

    @property
    def left(self) -> list[Problem]:
        return list(self._left.values())


def _key(found: Problem) -> tuple[str, str]:
    at = found.at
    return found.code, f"{_real(Path(at.file)) if at.file else ''}:{at.line}:{at.column}:{at.cell}:{at.path}"


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
