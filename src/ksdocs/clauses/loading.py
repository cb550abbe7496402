"""The clause library of a kind out of its files: from memory, from disk, or proved now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ksdocs import simpanan
from ksdocs.clauses.environment import condition, know_conditions
from ksdocs.clauses.files import MAX_BYTES, read_library_file
from ksdocs.clauses.library import Library, build_library
from ksdocs.problems import LibraryError, Problem


def load_library(jenis: str, kind: Path, shared: Path, sections: Path) -> Library:
    """The library of kind `jenis`; loaded once per content.

    `kind` is the kind's folder (`jenis.toml`, `klausul/`), `shared` the folder of clauses that kinds share,
    `sections` the file of required sections. Errors: LibraryError KS301 to KS319.
    """
    files = {"substansi.toml": sections, f"{jenis}/jenis.toml": kind / "jenis.toml"}
    files |= {f"klausul/{f.name}": f for f in sorted(shared.glob("*.md"))}
    files |= {f"{jenis}/klausul/{f.name}": f for f in sorted((kind / "klausul").glob("*.md"))}
    key = _key(jenis, files)
    return _known(jenis, key, files) if key else _read(jenis, files)


_places: dict[str, Library] = {}
_MAX_KNOWN: Final = 16


def _key(jenis: str, files: Mapping[str, Path]) -> str:
    """A hash of all bytes of `files` and of the places that problems would name; "" when one cannot be used."""
    found = hashlib.sha256(repr((jenis, [(name, str(file)) for name, file in files.items()])).encode())
    for file in files.values():
        try:
            if not file.is_file() or file.stat().st_size > MAX_BYTES:
                return ""
            found.update(hashlib.sha256(file.read_bytes()).digest())
        except OSError:
            return ""
    return found.hexdigest()


def _known(jenis: str, key: str, files: Mapping[str, Path]) -> Library:
    """The library of these bytes: from memory, from disk, or proved now.

    One that was found without fault is kept: the same bytes, read by the same programs, have none either.
    """
    if key in _places:
        return _places[key]
    library: Library
    kept = simpanan.load("pustaka", key)
    if isinstance(kept, tuple) and isinstance(kept[0], Library):
        library, conditions = kept
        know_conditions(conditions)
    else:
        library = _read(jenis, files)
        if _key(jenis, files) == key:  # nobody wrote while we read
            simpanan.save("pustaka", key, (library, {text: condition(text) for text in _conditions(library)}))
    if len(_places) >= _MAX_KNOWN:
        _places.clear()
    _places[key] = library
    return library


def _read(jenis: str, files: Mapping[str, Path]) -> Library:
    texts: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for name, file in files.items():
        text = read_library_file(name, file, problems)
        texts.append((name, text, str(file)))
    if problems:
        raise LibraryError(problems)
    return build_library(jenis, tuple(texts))


def _conditions(library: Library) -> Iterator[str]:
    """Every condition that may be asked of a record."""
    yield from (*library.jenis.wajib_bila.values(), *library.jenis.anjuran_bila.values())
    for variants in library.klausul.values():
        for clause in variants.values():
            yield from filter(None, (clause.bila, *clause.substansi_bila.values()))
