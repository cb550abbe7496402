"""Filling in at signing: numbers, date and place into a record, and the proof that nothing else changed.

`fill` reads a record that is ready to sign, writes the given values into its YAML, JSON or TOML file at the very
places where they belong, every other byte kept, and shows that the document before and after differ only where it
was written by hand. A spreadsheet is not written; the cells to fill are named instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ksdocs.bahasa import baca_tanggal
from ksdocs.dokumen import Blok, Dokumen, Run, Runs, plain
from ksdocs.models.dasar import DIISI_TANGAN
from ksdocs.office import Office
from ksdocs.outputs import replace_atomically
from ksdocs.pipeline import Report, check
from ksdocs.problems import KsdocsError, Location, OutputError, Problem, problem
from ksdocs.sources import Source, from_bytes, read, set_values

WRITABLE: Final = frozenset({".yaml", ".yml", ".json", ".toml"})
"""Formats whose files are filled in; others are told which cells to fill."""


@dataclass(frozen=True, slots=True)
class Isian:
    """What was settled at signing. `nomor`, `tanggal_ttd` and `tempat_ttd` go by party, from 1."""

    nomor: Mapping[int, str]
    tanggal: str | None = None
    tempat: str | None = None
    tanggal_ttd: Mapping[int, str] | None = None
    tempat_ttd: Mapping[int, str] | None = None

    def values(self) -> dict[str, str]:
        """Record path → text to write, `tahap` last. Dates are written as ISO; ValueError for what is no date."""
        found: dict[str, str] = {f"pihak.{n}.nomor": number for n, number in sorted(self.nomor.items())}
        if self.tanggal is not None:
            found["penandatanganan.tanggal"] = baca_tanggal(self.tanggal).isoformat()
        if self.tempat is not None:
            found["penandatanganan.tempat"] = self.tempat
        for n, day in sorted((self.tanggal_ttd or {}).items()):
            found[f"pihak.{n}.tanggal_ttd"] = baca_tanggal(day).isoformat()
        for n, place in sorted((self.tempat_ttd or {}).items()):
            found[f"pihak.{n}.tempat_ttd"] = place
        return found | {"tahap": "ditandatangani"}


@dataclass(frozen=True, slots=True)
class Terisi:
    """A filled record: the new bytes of its file, the record as read from them, and the reports before and after."""

    source: Source
    data: bytes
    before: Report
    after: Report


def fill(file: Path, isian: Isian, office: Office, today: date, *, record: str | None = None) -> Terisi:
    """The record filled in, nothing written yet; `record` names it in a file that holds several.

    Raises:
        OutputError: KS711 not exactly one such record, KS712 it is not ready to sign, KS713 a value that stands
            already would be changed, KS714 a spreadsheet (the cells are named), KS716 no date, KS717
            the document would change elsewhere.
        SourceError: KS127 there is no certain place to write in this file.
        KsdocsError: everything that keeps the filled record from being signed.
    """
    source = _pick(file, record)
    try:
        values = isian.values()
    except ValueError:
        raise OutputError(list(_no_dates(source, isian))) from None
    if file.suffix.lower() not in WRITABLE:
        raise OutputError(list(_cells(source, values)))
    before = check(source, office, today)
    _require_ready(source, before, values)
    data = set_values(source, values)
    filled = _reread(source, data)
    after = check(filled, office, today)
    if after.refused or after.dokumen is None:
        raise KsdocsError(after.problems)
    if before.dokumen is None:
        raise KsdocsError(before.problems)
    changed = list(differences(before.dokumen, after.dokumen))
    if changed:
        raise OutputError([problem("KS717", source.locate(""), sebelum=old, sesudah=new) for old, new in changed[:5]])
    return Terisi(filled, data, before, after)


def save(terisi: Terisi, file: Path) -> Path:
    """The filled record written over its file, whole or not at all; OutputError KS702 to KS706."""
    return replace_atomically(file, terisi.data, owner_id=terisi.source.id)


def _pick(file: Path, record: str | None) -> Source:
    sources = list(read(file))
    wanted = [s for s in sources if record is None or s.id == record]
    if len(wanted) != 1:
        ids = ", ".join(s.id for s in sources)
        raise OutputError(
            [problem("KS711", Location(file=str(file)), jumlah=len(wanted), pilihan=ids, rekaman=record or "-")]
        )
    return wanted[0]


def _no_dates(source: Source, isian: Isian) -> Iterator[Problem]:
    given = {"penandatanganan.tanggal": isian.tanggal or ""}
    given |= {f"pihak.{n}.tanggal_ttd": day for n, day in (isian.tanggal_ttd or {}).items()}
    for path, day in given.items():
        try:
            baca_tanggal(day)
        except ValueError:
            if day:
                yield problem("KS716", source.locate(path).with_(path=path), isian=path, nilai=day)


def _cells(source: Source, values: Mapping[str, str]) -> Iterator[Problem]:
    for path, value in values.items():
        yield problem("KS714", source.locate(path).with_(path=path), isian=path, nilai=value)


def _require_ready(source: Source, before: Report, values: Mapping[str, str]) -> None:
    problems = [p for p in before.problems if p.refuses]
    if source.tree.get("tahap") != "siap_ttd":
        problems.append(problem("KS712", source.locate("tahap"), tahap=str(source.tree.get("tahap", "-"))))
    for path, value in values.items():
        now = _value(source, path)
        if path != "tahap" and now not in (None, DIISI_TANGAN.value, "tanpa_nomor", value):
            problems.append(problem("KS713", source.locate(path), isian=path, nilai=now, baru=value))
    if problems:
        raise OutputError(problems)


def _value(source: Source, path: str) -> str | None:
    here: object = source.tree
    for part in path.split("."):
        if isinstance(here, list) and part.isdigit() and 0 < int(part) <= len(here):
            here = here[int(part) - 1]
        elif isinstance(here, Mapping):
            here = here.get(part)
        else:
            return None
    return here if isinstance(here, str) else None


def _reread(source: Source, data: bytes) -> Source:
    """The record as it will be read from the new bytes, its places in the file it came from."""
    (found,) = [s for s in from_bytes(data, source.name) if isinstance(s, Source) and s.id == source.id]
    return found


def differences(before: Dokumen, after: Dokumen) -> Iterator[tuple[str, str]]:
    """(before, after) wherever two documents differ in more than what was written by hand."""
    old, new = list(_leaves(before)), list(_leaves(after))
    if [place for place, _ in old] != [place for place, _ in new]:
        yield "\n".join(p for p, _ in old), "\n".join(p for p, _ in new)
        return
    for (_, runs), (_, later) in zip(old, new, strict=True):
        if not _fills(runs, later):
            yield plain(runs), plain(later)


def _fills(before: Runs, after: Runs) -> bool:
    """True when `after` is `before` with its gaps filled in."""
    pattern = "".join(".+?" if run.celah else re.escape(run.teks) for run in before)
    return re.fullmatch(pattern, plain(after), re.DOTALL) is not None


def _leaves(dokumen: Dokumen) -> Iterator[tuple[str, Runs]]:
    """(stable place with its printed number, runs) of everything that is printed."""
    for n, party in enumerate(dokumen.pihak, 1):
        yield f"pihak.{n}", (Run(party.nama["id"]),)
        # A party without a number may be given one at signing: its line is a gap that was not drawn.
        yield f"pihak.{n}.nomor", party.nomor or (Run("", celah=1),)
    yield "tentang", (Run(dokumen.tentang["id"]),)
    for block in dokumen.blok_berurutan():
        yield from _block_leaves(block)
    for article in dokumen.pasal:
        yield f"pasal.{article.nomor}.{article.id}", (Run(article.judul["id"]),)
    for n, s in enumerate(dokumen.tanda_tangan, 1):
        yield f"ttd.{n}", (Run("|".join((s.label, s.lembaga["id"], s.jabatan["id"], s.nama, s.nip))),)
        yield f"ttd.{n}.waktu", s.tempat_tanggal


def _block_leaves(block: Blok) -> Iterator[tuple[str, Runs]]:
    if block.tabel is None:
        yield f"{block.id} {block.nomor}", block.teks["id"]
        return
    for r, row in enumerate((block.tabel.kepala, *block.tabel.baris)):
        for c, cell in enumerate(row):
            yield f"{block.id} {r}.{c}", cell["id"]
