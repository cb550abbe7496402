"""The records of one run made known to each other in a file: any number of them, in the same memory.

`IndexFile` is written once by the process that leads a run. `IndexRegister` is the office's register with those
records in it; any number of processes read it at the same time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any, Final

from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import Location, OutputError, problem
from ksdocs.register import MemoryRegister, normal_nomor

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entri (urut INTEGER PRIMARY KEY, id TEXT, kunci TEXT, jenis TEXT, isi TEXT);
CREATE INDEX entri_id ON entri (id, kunci);
CREATE TABLE nomor (nomor TEXT, urut INTEGER);
CREATE INDEX nomor_nomor ON nomor (nomor);
CREATE INDEX nomor_urut ON nomor (urut);
CREATE TABLE klaim (nama TEXT PRIMARY KEY, pemilik TEXT) WITHOUT ROWID;
CREATE TABLE lama (rekaman TEXT PRIMARY KEY, isi TEXT) WITHOUT ROWID;
CREATE TABLE berkas (nama TEXT PRIMARY KEY, ukuran INTEGER, ubah INTEGER) WITHOUT ROWID;
"""
_FIELDS: Final = tuple(RingkasanNaskah.__dataclass_fields__)
_SUGGESTED: Final = 1000
"""Ids of a run that are held against a mistyped one."""


class IndexFile:
    """What the leading process writes: entries of agreements, who may write which name, what earlier runs made."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with _told(file):
            self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            self._base.executescript(_TABLES)
            self._base.execute("BEGIN")

    def enter(self, entry: RingkasanNaskah) -> None:
        """One agreement; an entry of the same id at the same place is replaced, as in a register."""
        with _told(self.file):
            for (old,) in self._base.execute(
                "SELECT urut FROM entri WHERE id = ? AND kunci = ?", (entry.id, _key(entry.kunci))
            ).fetchall():
                self._base.execute("DELETE FROM entri WHERE urut = ?", (old,))
                self._base.execute("DELETE FROM nomor WHERE urut = ?", (old,))
            made = self._base.execute(
                "INSERT INTO entri (id, kunci, jenis, isi) VALUES (?, ?, ?, ?)",
                (entry.id, _key(entry.kunci), entry.jenis, _pack(entry)),
            )
            numbers = dict.fromkeys(map(normal_nomor, entry.nomor))
            self._base.executemany("INSERT INTO nomor VALUES (?, ?)", [(n, made.lastrowid) for n in numbers])

    def claim(self, name: str, owner: str, *, first: bool = True) -> None:
        """`name` is `owner`'s: with `first` unless somebody has it already."""
        with _told(self.file):
            question = "INSERT OR IGNORE INTO klaim VALUES (?, ?)" if first else "REPLACE INTO klaim VALUES (?, ?)"
            self._base.execute(question, (name, owner))

    def note_made(self, record: str, made: str) -> None:
        """What an earlier run made of `record`."""
        with _told(self.file):
            self._base.execute("INSERT OR REPLACE INTO lama VALUES (?, ?)", (record, made))

    def note_file(self, name: str, stamp: tuple[int, int]) -> None:
        """Size and time of an input when it was read first."""
        with _told(self.file):
            self._base.execute("INSERT OR REPLACE INTO berkas VALUES (?, ?, ?)", (_key(name), *stamp))

    def stamp_of(self, name: str) -> tuple[int, int] | None:
        """What `note_file` noted."""
        found = self._base.execute("SELECT ukuran, ubah FROM berkas WHERE nama = ?", (_key(name),)).fetchone()
        return tuple(found) if found else None

    def publish(self) -> None:
        """Everything that was entered so far can be read by others."""
        with _told(self.file):
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.close()


class Lookup:
    """An index file, read only: safe for threads, and for any number of processes once it is written."""

    def __init__(self, file: Path) -> None:
        with _told(file):
            self._base = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        self._lock = Lock()

    def rows(self, question: str, *values: str) -> list[Any]:
        with self._lock:
            return self._base.execute(question, values).fetchall()

    def owner_of(self, name: str) -> str | None:
        """Who may write `name`; None when nobody is known."""
        found = self.rows("SELECT pemilik FROM klaim WHERE nama = ?", name)
        return str(found[0][0]) if found else None

    def made_before(self, record: str) -> str | None:
        """What `IndexFile.note_made` noted."""
        found = self.rows("SELECT isi FROM lama WHERE rekaman = ?", record)
        return str(found[0][0]) if found else None

    def close(self) -> None:
        self._base.close()


class IndexRegister(MemoryRegister):
    """`known` with the agreements of a run in it, which stand before what the data folder says of the same.

    What `known` holds is shared, not copied.
    """

    def __init__(self, known: MemoryRegister, lookup: Lookup) -> None:
        super().__init__(**{name: getattr(known, name) for name in MemoryRegister.__dataclass_fields__})
        self._lookup = lookup
        self._near: frozenset[str] | None = None

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        return next(iter(self.bernama(ident)), None)

    def bernama(self, ident: str) -> Collection[RingkasanNaskah]:
        own = self._entries("SELECT isi FROM entri WHERE id = ? ORDER BY urut", ident)
        places = {e.kunci for e in own}
        return (*(e for e in super().bernama(ident) if e.kunci not in places), *own)

    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]:
        own = self._entries(
            "SELECT isi FROM nomor JOIN entri USING (urut) WHERE nomor = ? ORDER BY urut", normal_nomor(nomor)
        )
        return (*(e for e in super().bernomor(nomor) if not self._replaced(e)), *own)

    def semua_naskah(self) -> Collection[str]:
        """The ids of the data folder, and of the run as many as a mistyped one is held against."""
        if self._near is None:
            question = f"SELECT DISTINCT id FROM entri WHERE jenis = 'mou' ORDER BY id LIMIT {_SUGGESTED}"  # noqa: S608
            self._near = frozenset((*self.naskah_, *(row[0] for row in self._rows(question))))
        return self._near

    def add_naskah(self, entry: RingkasanNaskah) -> None:  # noqa: ARG002
        raise TypeError("an index is written before it is read")

    def _rows(self, question: str, *values: str) -> list[Any]:
        return self._lookup.rows(question, *values)

    def _entries(self, question: str, *values: str) -> list[RingkasanNaskah]:
        return [_unpack(row[0]) for row in self._rows(question, *values)]

    def _replaced(self, entry: RingkasanNaskah) -> bool:
        return bool(self._rows("SELECT 1 FROM entri WHERE id = ? AND kunci = ?", entry.id, _key(entry.kunci)))


def _pack(entry: RingkasanNaskah) -> str:
    return json.dumps([_plain(getattr(entry, name)) for name in _FIELDS])


def _key(text: str) -> str:
    """`text` as the database can hold it: a file may be named in bytes that are no text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return sorted(value) if isinstance(value, frozenset) else value


def _unpack(text: str) -> RingkasanNaskah:
    held = dict(zip(_FIELDS, json.loads(text), strict=True))
    for name in ("tanggal", "mulai", "berakhir", "diakhiri", "selesai"):
        held[name] = date.fromisoformat(held[name]) if held[name] else None
    for name in ("nomor", "pihak", "butir", "lingkup"):
        held[name] = tuple(held[name])
    for name in ("bentuk", "bidang"):
        held[name] = frozenset(held[name])
    held["nilai"] = Decimal(held["nilai"]) if held["nilai"] else None
    return RingkasanNaskah(**held)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """What the database cannot do is told as what the system refused."""
    try:
        yield
    except sqlite3.Error as error:
        full = "full" in str(error)
        at = Location(file=str(file))
        found = problem("KS704" if full else "KS706", at, nama=file.name, folder=file.parent, alasan=error)
        raise OutputError([found]) from error


def latest_lines(file: Path, work: Path, lines: Iterable[tuple[str, int]]) -> Iterator[int]:
    """Of (key, place) pairs, the last place of each key, in the order in which the keys came first.

    `file` is what is told of when it fails, `work` a file that may be used meanwhile.
    """
    with _told(file):
        base = sqlite3.connect(work, isolation_level=None)
        try:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            base.execute("CREATE TABLE baris (urut INTEGER PRIMARY KEY, kunci TEXT UNIQUE, tempat INTEGER)")
            base.execute("BEGIN")
            base.executemany(
                "INSERT INTO baris (kunci, tempat) VALUES (?, ?) "
                "ON CONFLICT (kunci) DO UPDATE SET tempat = excluded.tempat",
                lines,
            )
            for (place,) in base.execute("SELECT tempat FROM baris ORDER BY urut"):
                yield place
        finally:
            base.close()
