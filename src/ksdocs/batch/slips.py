"""Return slips: what is gathered while a run goes on, and written beside its documents when it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from ksdocs.batch.manifest import OWNER
from ksdocs.batch.result import Hasil
from ksdocs.outputs import plain_name, safe_name, write_atomically
from ksdocs.problems import Location, OutputError, Problem, Severity, problem
from ksdocs.sources import SLIP
from ksdocs.sources.slip import Fate, Words, has_rows, write_slip

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE baris (tabel TEXT, baris INTEGER, status TEXT, berkas TEXT, keterangan TEXT, gaya TEXT,
                    PRIMARY KEY (tabel, baris)) WITHOUT ROWID;
CREATE TABLE catatan (urut INTEGER PRIMARY KEY, lembar TEXT, baris INTEGER, sel TEXT, isi TEXT);
CREATE INDEX catatan_lembar ON catatan (lembar, baris);
"""
WHOLE: Final = 0
"""The row of what is wrong with a spreadsheet as such."""

WORDS: Final = {
    "id": ("Status", "Berkas", "Keterangan", "Dilewati", "Selesai", "Ditolak"),
    "en": ("Status", "File", "Remarks", "Passed over", "Done", "Refused"),
}


class Slips:
    """What became of the rows of every spreadsheet of a run, in a file in `folder`."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder, self._language = folder, language
        self._base = sqlite3.connect(folder / "slips.sqlite", isolation_level=None)
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")

    def note(self, done: Hasil) -> None:
        """One row, or what is wrong with a spreadsheet as such."""
        told = [p for p in done.problems if p.severity is not Severity.INFO]
        row = done.row if done.row is not None else WHOLE if done.golongan == "rusak" else None
        if row is not None:
            *_, passed, fine, refused = WORDS[self._language]
            status = refused if done.refused else fine if done.golongan == "naskah" else passed
            style = "bad" if done.refused else "warn" if told else "good" if done.files else ""
            remarks = "\n".join(map(self._remark, told))
            files = ", ".join(f.name for f in done.files)
            values = (_key(done.table), row, status, files, _key(remarks), style)
            self._base.execute("INSERT OR REPLACE INTO baris VALUES (?, ?, ?, ?, ?, ?)", values)
        notes = [(_sheet(p.at), _row(p.at.cell), p.at.cell, _key(self._text(p))) for p in told if p.at.cell]
        self._base.executemany("INSERT INTO catatan (lembar, baris, sel, isi) VALUES (?, ?, ?, ?)", notes)

    def _text(self, found: Problem) -> str:
        hint = found.hint(self._language)
        return f"{found.code} {found.message(self._language)}" + (f"\n{hint}" if hint else "")

    def _remark(self, found: Problem) -> str:
        place = f" ({'!'.join(filter(None, (found.at.sheet, found.at.cell)))})" if found.at.cell else ""
        return f"{found.code}{place}: {found.message(self._language)}"

    def write(self, tables: list[tuple[str, str]], out: Path) -> list[Path]:
        """The slips of `tables` (how each is opened, how it is called) in `out`; one that cannot be read has none.

        Raises:
            OutputError: KS702 to KS706.
        """
        made: list[Path] = []
        for file, name in tables:
            if self._holds_documents(name) and has_rows(Path(file), name):
                stem = Path(name).stem
                target = _free(stem if plain_name(stem + SLIP) else safe_name(stem), {m.name for m in made})
                made.append(self._write_one(Path(file), name, out, target))
        return made

    def _holds_documents(self, name: str) -> bool:
        """False for a table of partners, say: nothing comes back of it."""
        question = "SELECT 1 FROM baris WHERE tabel = ? AND status != ? LIMIT 1"
        return self._base.execute(question, (_key(name), WORDS[self._language][3])).fetchone() is not None

    def _write_one(self, file: Path, name: str, out: Path, target: str) -> Path:
        draft = self._folder / "lembar.xlsx"
        words = Words(*WORDS[self._language][:4])
        try:
            write_slip(file, name, draft, partial(self._fate, name), partial(self._notes, name), words)
            with draft.open("rb") as stream:
                return write_atomically(out, target, iter(lambda: stream.read(2**20), b""), owner_id=OWNER)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            found = problem("KS706", Location(file=str(out / target)), nama=target, folder=out, alasan=reason)
            raise OutputError([found]) from error
        finally:
            draft.unlink(missing_ok=True)

    def _fate(self, name: str, row: int) -> Fate | None:
        question = "SELECT status, berkas, keterangan, gaya FROM baris WHERE tabel = ? AND baris = ?"
        found = self._base.execute(question, (_key(name), row)).fetchone()
        return Fate(*found) if found else None

    def _notes(self, name: str, table: str, row: int) -> Iterator[tuple[str, str]]:
        of_csv = table.lower().endswith(".csv")  # there, a table is a file
        sheet = _sheet(Location(file=table) if of_csv else Location(file=name, sheet=table))
        question = "SELECT sel, isi FROM catatan WHERE lembar = ? AND baris = ? ORDER BY urut"
        yield from self._base.execute(question, (sheet, row))

    def close(self) -> None:
        self._base.close()


def _free(stem: str, taken: set[str]) -> str:
    """A name that no other slip of this run has."""
    name, number = f"{stem}{SLIP}", 1
    while name.casefold() in {t.casefold() for t in taken}:
        number += 1
        name = f"{stem}-{number}{SLIP}"
    return name


def _sheet(at: Location) -> str:
    return _key(f"{at.file or ''}\0{at.sheet or ''}")


def _row(cell: str) -> int:
    """7 for `C7`; 0 for what is no single cell."""
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0


def _key(text: str) -> str:
    """`text` as the database can hold it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
