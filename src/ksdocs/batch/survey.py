"""What the first reading of a run leaves behind: a few records in memory, or an index of many in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ksdocs.batch.manifest import MANIFEST, read_lines
from ksdocs.batch.records import Item, Stamp, stamp_of
from ksdocs.batch.work import Seen
from ksdocs.sources import is_table

if TYPE_CHECKING:
    from ksdocs.index import IndexFile

KEPT: Final = 200
"""Records that are kept in memory between the two readings; with more of them none is."""

NAMES_TOLD: Final = 3


class Survey:
    """The records of a run, as far as they must know each other. `folder` gives a place for the index."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self.total = self.passed = 0
        self.passed_over: list[str] = []
        """The first few files that hold no record; `passed` counts them all."""
        self.tables: list[tuple[str, str]] = []
        """The spreadsheets among the files: how each is opened, and how it is called."""
        self.items: list[Item] | None = []
        self.index: IndexFile | None = None
        self._folder = folder
        self._seen: list[Seen] = []
        self._stamps: list[tuple[str, Stamp]] = []
        self._last_passed = ""

    def first_stamp(self, name: str) -> Stamp:
        """Size and time of a file that the run meets for the first time; remembered."""
        stamp = stamp_of(name)
        if is_table(Path(name)):
            self.tables.append((name, name))
        if self.index is not None:
            self.index.note_file(name, stamp)
        else:
            self._stamps.append((name, stamp))
        return stamp

    def known_stamp(self, name: str) -> Stamp:
        """What it was then; of a file that was not there, that of no file."""
        found = self.index.stamp_of(name) if self.index is not None else None
        return found or (-1, -1)

    def add(self, seen: Seen, item: Item | None = None) -> None:
        """One record, or a file that holds none. `item` is kept as long as there are few."""
        if self.items is not None:
            if item is not None:
                self.items.append(item)
            if item is None or len(self.items) > KEPT:
                self.open_index()
        if seen.golongan == "bukan":
            self._pass_over(seen.name)
            return
        self.total += 1
        if self.index is None:
            self._seen.append(seen)
        else:
            self._enter(self.index, seen)

    def _pass_over(self, name: str) -> None:
        if name != self._last_passed:
            self._last_passed = name
            self.passed += 1
            if self.passed <= NAMES_TOLD:
                self.passed_over.append(name)

    def open_index(self) -> None:
        """From now on nothing is kept in memory."""
        if self.index is not None:
            return
        from ksdocs.index import IndexFile

        self.index = IndexFile(self._folder() / "index.sqlite")
        for name, stamp in self._stamps:
            self.index.note_file(name, stamp)
        for seen in self._seen:
            self._enter(self.index, seen)
        self.items, self._seen, self._stamps = None, [], []

    @staticmethod
    def _enter(index: IndexFile, seen: Seen) -> None:
        if seen.entry is not None:
            index.enter(seen.entry)
        if seen.golongan == "naskah" and seen.record:
            index.claim(seen.stem, seen.record)

    @property
    def seen(self) -> list[Seen]:
        """What was seen, where it is few."""
        return self._seen

    def read_manifest(self, out: Path, lines: bool) -> tuple[dict[str, str], dict[str, str]]:
        """Stem → owner, and with `lines` record → line, of what lies in `out` from earlier runs and of the records of
        this one.

        With an index both go there, and the answer is empty. Another record keeps its name as long as its file is
        there.
        """
        owners: dict[str, str] = {}
        made: dict[str, str] = {}
        for seen in self._seen:
            if seen.golongan == "naskah" and seen.record:
                owners.setdefault(seen.stem, seen.record)
        own = {seen.record for seen in self._seen}
        for line, _ in read_lines(out / MANIFEST):
            record = line["rekaman"]
            stems = set(_stems(line, out))
            if self.index is not None:
                for stem in stems:
                    self.index.claim(stem, record, first=False)
                if lines:
                    self.index.note_made(record, json.dumps(line))
                continue
            owners |= {stem: record for stem in stems if stem in owners}
            if lines and record in own:
                made[record] = json.dumps(line)
        if self.index is not None:
            self.index.publish()
        return owners, made


def _stems(line: dict[str, Any], out: Path) -> Iterator[str]:
    outputs = line.get("keluaran")
    for made in outputs if isinstance(outputs, list) else ():
        name = made.get("berkas") if isinstance(made, dict) else None
        if isinstance(name, str) and "\0" not in name and len(name) < 300 and (out / name).is_file():
            yield name.split(".")[0]
