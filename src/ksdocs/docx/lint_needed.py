"""What a template must print, and does not: the record's values would be missing, and the proof would refuse it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ksdocs.docx.lint_names import Usage
from ksdocs.docx.lint_scan import Part, Tag
from ksdocs.docx.lint_types import all_needs
from ksdocs.nama import Nama, tag
from ksdocs.problems import Location, Problem, problem

_ANYWHERE = ("kendali.", "retensi.", "draf", "contoh")
"""What is looked for on the whole page; all else must stand in the body."""
DRAFT = "draf"
"""The one that must be asked for in every header or in every footer."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A problem about something that is not there; `tag` is the loop that it belongs into, if there is one."""

    problem: Problem
    tag: Tag | None = None


def missing(
    names: Sequence[Nama],
    used: Mapping[str, Usage],
    parts: Iterable[Part],
    at: Location,
    margins: Sequence[Collection[str]],
) -> Iterator[Gone]:
    """What of `names` must be printed and is not. `used`: part → what it prints; `margins`: headers, footers; `at` is
    the body."""
    parts = list(parts)
    words = "\n".join(p.text for part in parts for p in part.paragraphs)
    body = {member: usage for member, usage in used.items() if member == at.part}
    printed = {key for u in used.values() for key in u.used if key.startswith(_ANYWHERE)}
    printed |= {key for usage in body.values() for key in usage.used}
    printed |= {key for n in _every(names) if n.tetap and n.contoh in words for key in n.wajib.split()}
    printed |= _of_all_entries(list(body.values()))
    if DRAFT in printed and not any(m and all(x in used and DRAFT in used[x].used for x in m) for m in margins):
        printed.discard(DRAFT)
    loops: dict[int, Tag] = {}
    for usage in body.values():
        loops |= usage.loops
    places = {id(t): part for part in parts for t in part.tags}
    search = _Search(printed, loops, places, at)
    # Groups first: a header that was deleted is told as such, and not by each value that stood in it.
    for name in sorted(names, key=lambda one: one.jenis != "kelompok"):
        yield from search.of(name, "")


def _of_all_entries(used: Sequence[Usage]) -> set[str]:
    """What is printed entry by entry (`baris[0].nama`, `baris[1].nama`): of all entries of which anything is."""
    certain: dict[str, set[tuple[int, int]]] = {}
    entries: dict[int, set[int]] = {}
    for usage in used:
        for key, at in usage.certain.items():
            certain.setdefault(key, set()).update(at)
        for owner, numbers in usage.entries.items():
            entries.setdefault(owner, set()).update(numbers)
    return {key for key, at in certain.items() if any(at >= {(owner, n) for n in entries[owner]} for owner, _ in at)}


def _every(names: Iterable[Nama]) -> Iterator[Nama]:
    for name in names:
        yield name
        yield from _every(name.isi)


def _entry(loop: Tag | None) -> str:
    """How a loop calls an entry."""
    found = re.match(r"for\s+([^\W\d]\w*)\s+in\b", loop.inside) if loop is not None else None
    return found[1] if found else "x"


@dataclass(slots=True)
class _Search:
    """What is printed, what was told, and where lists are looped over."""

    printed: set[str]
    loops: Mapping[int, Tag]
    places: Mapping[int, Part]
    at: Location
    told: set[str] = field(default_factory=set)

    def of(self, name: Nama, prefix: str, around: Tag | None = None) -> Iterator[Gone]:
        """What is missing of a name and of all in it; a list of which nothing is printed is told once. `prefix`: how
        its fields are begun; `around`: the loop that they belong into."""
        keys = set(all_needs(name))
        if not keys - self.printed - self.told:
            return
        loop = self.loops.get(id(name))
        whole = not keys & self.printed and name.isi and (name.nama or name.wajib) and loop is None
        own = set(name.wajib.split()) - self.printed - self.told
        if whole or own:
            yield self._gone(name, prefix, around)
            self.told |= keys if whole else own
            if whole:
                return
        if loop is not None and not keys & self.printed and len(gone := self._fields(name)) > 1:
            self.told |= keys
            yield self._all_gone(name, gone, loop)
            return
        inner = f"{_entry(loop)}." if name.jenis == "daftar" else f"{prefix}{name.nama}." if name.nama else prefix
        for one in name.isi:
            yield from self.of(one, inner, loop or around)

    def _fields(self, name: Nama) -> list[Nama]:
        """What every entry of a list must print itself."""
        return [one for one in name.isi if one.nama and one.wajib and one.jenis not in ("daftar", "kelompok")]

    def _all_gone(self, name: Nama, fields: Sequence[Nama], loop: Tag) -> Gone:
        """A loop out of which all was deleted."""
        written = [f"{_entry(loop)}.{one.nama}" for one in fields]
        tags = " ".join(tag(path, one.jenis) for path, one in zip(written, fields, strict=True))
        part = self.places.get(id(loop))
        at = part.place(loop) if part is not None else self.at
        return Gone(problem("KS487", at, nama="`, `".join(written), arti=name.arti["id"], tag=tags), loop)

    def _gone(self, name: Nama, prefix: str, around: Tag | None) -> Gone:
        written = f"{prefix}{name.nama}".rstrip(".")
        part = self.places.get(id(around)) if around is not None else None
        at = part.place(around) if part is not None and around is not None else self.at
        tags = tag(written, name.jenis)
        if name.jenis == "kelompok":  # which cannot be printed itself
            tags = " ".join(tag(f"{written}.{one.nama}", one.jenis) for one in self._fields(name)) or tags
        return Gone(problem("KS487", at, nama=written, arti=name.arti["id"], tag=tags), around)
