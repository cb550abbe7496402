"""The data folder read into a register, in a single pass, and kept for the next start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ksdocs import simpanan
from ksdocs.models import Arsip, Butir, Institusi, Mitra
from ksdocs.models.fault import read_model
from ksdocs.models.lembaga import Lembaga, Profil
from ksdocs.models.lengkap import Bentuk
from ksdocs.models.penjajakan import summarize_penjajakan
from ksdocs.models.rapat import summarize_notulen
from ksdocs.models.ringkas import summarize_arsip
from ksdocs.problems import KsdocsError, Location, problem
from ksdocs.register.daftar import MemoryRegister, Register
from ksdocs.register.ringkasan import place_key, profile_of, reads_dmy, summarize, told_place
from ksdocs.sources import LIMITS, Source, read_all
from ksdocs.sources.pictures import unfit_picture
from ksdocs.sources.text import decode, read_bytes


def open_register(data: Path) -> MemoryRegister:
    """The index over the folder `data`: its institutions, partners, code lists, points and agreements.

    A faulty file there is a problem of the register (`problems`), not the end of it. What was read is kept on disk,
    and found again as long as every byte below `data` is the same, and every logo as fit as it was.
    """
    key = _state_of(data)
    kept = simpanan.load("daftar", key)
    if isinstance(kept, tuple):
        register, logos = kept
        if isinstance(register, MemoryRegister) and all(_find_logo(*asked) == told for asked, told in logos):
            return register
    logos = []
    register = _read_folder(data, logos)
    if _state_of(data) == key:  # nobody wrote while we read
        simpanan.save("daftar", key, (register, logos))
    return register


_FOLDERS = ("acuan", "institusi", "mitra", "butir", "mou", "pks", "arsip", "notulen", "penjajakan")
"""Every folder that `_read_folder` reads: what is missing here would be answered from a stale copy."""


def _state_of(data: Path) -> str:
    """Changes with everything that a register is read from, and with the names under which it is told."""
    place = (str(data), os.path.realpath(data), os.getcwd())  # noqa: PTH109
    return repr((*place, *(simpanan.fingerprint(data / name) for name in _FOLDERS)))


_Logo = tuple[tuple[str, str, str], tuple[str, str]]
"""What `_find_logo` was asked, and what it answered."""


def _read_folder(data: Path, logos: list[_Logo]) -> MemoryRegister:
    register = MemoryRegister()
    _read_bentuk(data / "acuan" / "bentuk-kegiatan.toml", register)
    for folder in ("institusi", "mitra"):
        for source in _sources(data / folder, register):
            _add_lembaga(source, data / folder, register, logos)
    for source in _sources(data / "butir", register):
        _add_butir(source, register)
    for folder in ("mou", "pks"):
        for source in _sources(data / folder, register):
            entry = summarize(source, register)
            if entry is not None:
                register.add_naskah(entry)
    for source in _sources(data / "arsip", register):
        _add_arsip(source, register)
    for source in _sources(data / "notulen", register):
        _add_notulen(source, register)
    for source in _sources(data / "penjajakan", register):
        _add_penjajakan(source, register)
    return register


def _sources(folder: Path, register: MemoryRegister) -> Iterator[Source]:
    if not folder.is_dir():
        return
    for item in read_all([folder]):
        if isinstance(item, KsdocsError):
            register.problems.extend(item.problems)
        else:
            yield item


def _read_bentuk(file: Path, register: MemoryRegister) -> None:
    if not file.exists():
        return
    try:
        text = decode(read_bytes(file, str(file), LIMITS["toml"]), str(file)).text
    except KsdocsError as error:
        register.problems.extend(error.problems)
        return
    import tomllib

    try:
        entries = [_bentuk(entry) for entry in tomllib.loads(text).get("bentuk", ())]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        register.problems.append(problem("KS283", Location(file=str(file)), sebab=error))
        return
    register.bentuk_.update((entry.id, entry) for entry in entries)


def _bentuk(entry: Any) -> Bentuk:
    """One kind of activity; TypeError or KeyError when it is not written as one."""
    name = entry["nama"]["id"] if isinstance(entry["nama"], dict) else entry["nama"]
    traits = entry.get("sifat", [])
    if not isinstance(traits, list) or not all(isinstance(text, str) for text in (entry["id"], name, *traits)):
        raise TypeError(f"bentuk {entry['id']!r}"[:100])
    return Bentuk(entry["id"], name, frozenset(traits))


def _add_lembaga(source: Source, folder: Path, register: MemoryRegister, logos: list[_Logo]) -> None:
    model: type[Institusi] | type[Mitra] = Institusi if source.tree.get("jenis") == "institusi" else Mitra
    found, faults = read_model(model, source)
    register.problems.extend(faults)
    if found is None:
        return
    if found.id in register.lembaga_:
        register.problems.append(problem("KS284", source.locate("id"), record=found.id, id=found.id))
        return
    register.lembaga_[found.id] = found
    register.berkas_[found.id] = source.name
    if found.logo is not None:
        _add_logo(found, source, folder, register, logos)


def _add_logo(found: Lembaga, source: Source, folder: Path, register: MemoryRegister, logos: list[_Logo]) -> None:
    home = Path(source.name).parent if Path(source.name).exists() else folder
    name = str(found.logo)
    at = source.locate("logo")
    asked = str(home), name, str(folder.parent)
    path, reason = told = _find_logo(*asked)
    logos.append((asked, told))
    if reason:
        register.problems.append(problem("KS297", at, record=found.id, berkas=name, sebab=reason))
    elif not path:
        register.problems.append(problem("KS287", at, record=found.id, berkas=name))
    else:
        register.logo_[found.id] = Path(path)


def _find_logo(home: str, name: str, data: str) -> tuple[str, str]:
    """(the logo `name` of a file in `home`, why it is unfit): no file and no reason when there is none in `data`."""
    try:
        path = (Path(home) / name).resolve()
        inside = path.is_relative_to(Path(data).resolve()) and path.is_file()
        return (str(path), unfit_picture(path)) if inside else ("", "")
    except (OSError, ValueError, RuntimeError) as error:  # a name too long, a link to itself, a file kept from us
        return "", getattr(error, "strerror", None) or "tautan yang berputar, atau nama yang tidak sah"


def _add_butir(source: Source, register: MemoryRegister) -> None:
    found, faults = read_model(Butir, source)
    register.problems.extend(faults)
    if found is None:
        return
    if found.id in register.butir_:
        register.problems.append(problem("KS285", source.locate("id"), record=found.id, id=found.id))
        return
    register.butir_[found.id] = found


def _add_notulen(source: Source, register: MemoryRegister) -> None:
    minutes = summarize_notulen(source.tree, source.name, _profile_of_form(source, register).zona_waktu)
    if minutes is None:
        return
    if minutes.id in register.notulen_:
        sebab = "ada dua rekaman dengan id itu"
        at = source.locate("id")
        register.problems.append(problem("KS381", at, record=minutes.id, id=minutes.id, sebab=sebab, mungkin=""))
        return
    register.notulen_[minutes.id] = minutes


def _profile_of_form(source: Source, register: Register) -> Profil:
    """The profile of the institution whose form a record is; the usual one where it is not known."""
    return profile_of({"pihak": [{"id": source.tree.get("institusi")}]}, register) or Profil()


def _add_penjajakan(source: Source, register: MemoryRegister) -> None:
    profile = _profile_of_form(source, register)
    found = summarize_penjajakan(source.tree, source.name, tanggal_dmy=profile.tanggal_dmy)
    if found is None:
        return
    if found.id in register.penjajakan_:
        sebab, at = "ada dua rekaman dengan id itu", source.locate("id")
        register.problems.append(problem("KS298", at, record=found.id, id=found.id, sebab=sebab, mungkin=""))
        return
    register.penjajakan_[found.id] = found


def _add_arsip(source: Source, register: MemoryRegister) -> None:
    found, faults = read_model(Arsip, source, tanggal_dmy=reads_dmy(source.tree, register))
    register.problems.extend(faults)
    if found is not None:
        register.add_naskah(summarize_arsip(found, told_place(source), place_key(source)))
