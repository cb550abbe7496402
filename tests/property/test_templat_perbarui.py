"""An upgrade loses nothing of an office's, whatever both sides did."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ksdocs.templat.banding import Keadaan, compare
from ksdocs.templat.kunci import Kunci, load
from ksdocs.templat.perbarui import Tindakan, carry_out, plan

NAMES = ("jenis.toml", "naskah.docx", "klausul/a.md", "klausul/b.md")
LINES = st.lists(st.sampled_from(["# satu", "# dua", "# tiga", "x = 1", ""]), max_size=5)
TEXTS = LINES.map(lambda lines: "\n".join(lines).encode())
FILES = st.fixed_dictionaries(dict.fromkeys(NAMES, TEXTS))
CHANGES = st.fixed_dictionaries({}, optional={name: st.none() | TEXTS for name in NAMES[1:]} | {NAMES[0]: TEXTS})
"""Name → new bytes, or None for a file that is taken away; a folder without jenis.toml is no kind."""

REPLACING = (Tindakan.GANTI, Tindakan.GABUNG, Tindakan.BUANG)


def write(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        file = root / "usulan" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def changed(files: dict[str, bytes], changes: dict[str, bytes | None]) -> dict[str, bytes]:
    return {name: data for name, data in {**files, **changes}.items() if data is not None}


def held(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@settings(max_examples=80)
@given(FILES, CHANGES, CHANGES)
def test_an_upgrade_loses_nothing(
    base: dict[str, bytes], ours: dict[str, bytes | None], theirs: dict[str, bytes | None]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own, shipped = Path(folder) / "templates", Path(folder) / "ksdocs"
        lock = Kunci(own)
        for name, data in base.items():
            lock.note("usulan", name, data)
        office = changed(base, ours)
        write(own, office)
        write(shipped, changed(base, theirs))
        lock.keep()
        before = compare(own, shipped, load(own))["usulan"]
        lock = load(own)
        done = carry_out(plan(before, lock), lock, "2026-11-27")
        assert done.masalah == ()

        now = held(own / "usulan")
        kept = set(held(done.cadangan).values()) if done.cadangan is not None else set()
        replaced = {
            s.berkas.nama for s in done.langkah if s.tindakan in (Tindakan.GANTI, Tindakan.GABUNG, Tindakan.BUANG)
        }
        for name, data in office.items():
            assert now.get(name) == data or (name in replaced and data in kept)
        for one in before:
            if one.keadaan in (Keadaan.DIUBAH, Keadaan.DIHAPUS, Keadaan.SENDIRI):
                assert now.get(one.nama) == office.get(one.nama)
        # A second run finds only what a person has to decide, and writes nothing more.
        lock = load(own)
        again = carry_out(plan(compare(own, shipped, lock)["usulan"], lock), lock, "2026-11-28")
        assert all(step.masalah for step in again.langkah)
        assert again.cadangan is None and held(own / "usulan") == now
