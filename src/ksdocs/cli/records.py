"""What the given files and folders hold: agreements, reference records, and files that are no records at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ksdocs.batch import read_records
from ksdocs.models import MODELS, NASKAH
from ksdocs.models.fault import read_model
from ksdocs.pipeline import Report
from ksdocs.problems import Location, Problem, SourceError, problem
from ksdocs.sources import Source

_SIGNS = frozenset({"jenis", "id", "tahap", "tentang", "pihak", "nama", "teks"})
"""Fields by which one sees that somebody meant a record, even where `jenis` is forgotten."""


@dataclass
class Reading:
    """What was read, in order. `passed_over` are files of a folder that are no records (code lists, notes)."""

    items: list[Source | SourceError] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def documents(self) -> list[Source | SourceError]:
        """Records that become documents, records of an unknown kind, and what could not be read."""
        return [i for i in self.items if not is_reference(i)]

    @property
    def reference(self) -> list[Source]:
        """Institutions, partners and agreed points."""
        return [i for i in self.items if isinstance(i, Source) and is_reference(i)]


def read_given(paths: Sequence[Path]) -> Reading:
    """The records of `paths`. A file of a folder without any field of a record is passed over; one that was named
    is a problem (KS023). Nothing at all is a problem too (KS020)."""
    given = list(_expanded(paths))
    named = {_real(p) for p in given if not p.is_dir()}
    reading = Reading()
    for item in read_records(given):
        if isinstance(item, SourceError) or _SIGNS & item.tree.keys():
            reading.items.append(item)
        elif _real(Path(item.name)) in named:
            at = Location(file=item.name)
            reading.items.append(SourceError([problem("KS023", at, isian=", ".join(list(item.tree)[:5]))]))
        elif item.name not in reading.passed_over:
            reading.passed_over.append(item.name)
    if not reading.items:
        places = ", ".join(map(str, paths))
        reading.items.append(SourceError([problem("KS020", Location(file=str(paths[0])), tempat=places)]))
    return reading


def is_reference(item: Source | SourceError) -> bool:
    """True for a record that is looked up by others and never printed by itself."""
    if isinstance(item, SourceError):
        return False
    kind = item.tree.get("jenis")
    return isinstance(kind, str) and kind in MODELS and kind not in NASKAH


def check_reference(source: Source) -> Report:
    """The report on a reference record: every fault of its fields."""
    kind = str(source.tree["jenis"])
    _, problems = read_model(MODELS[kind], source)
    return Report(source.id, kind, source.name, (*source.warnings, *problems))


def unseen(problems: Iterable[Problem], seen: Iterable[Problem]) -> list[Problem]:
    """Those of `problems` that were not told in `seen`."""
    told = {_key(p) for p in seen}
    return [p for p in problems if _key(p) not in told]


def _key(found: Problem) -> tuple[str, str]:
    at = found.at
    return found.code, f"{_real(Path(at.file)) if at.file else ''}:{at.line}:{at.column}:{at.cell}:{at.path}"


def _expanded(paths: Sequence[Path]) -> Iterable[Path]:
    """Patterns that the shell left alone (Windows) are looked up here."""
    for path in paths:
        pattern = any(c in str(path) for c in "*?[") and not path.exists()
        found = _matching(str(path)) if pattern else []
        yield from map(Path, found) if found else (path,)


def _matching(pattern: str) -> list[str]:
    import glob

    return sorted(glob.glob(pattern))  # noqa: PTH207 - Path.glob wants a folder


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
