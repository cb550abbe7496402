"""What copies were made from: `ksdocs.lock.json` beside them, and their originals in `ksdocs.asal.zip`.

The next version of ksdocs no longer ships the old texts, and without them nobody can tell what an office changed. The
originals are named by their hash, so the lock alone says what counts: the archive is written first, and holds what
the old lock names too until the next time.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ksdocs.outputs import replace_atomically, write_new
from ksdocs.problems import KsdocsError, Location, problem
from ksdocs.templat.berkas import fingerprint, normal
from ksdocs.versi import VERSI

LOCK: Final = "ksdocs.lock.json"
ORIGINALS: Final = "ksdocs.asal.zip"
_FORM: Final = 1
_MAX: Final = 64 * 1024 * 1024
"""Bytes of one original, as of one template."""


@dataclass(frozen=True, slots=True)
class Catatan:
    """One copied file: the hash of what it was copied from, and the version of ksdocs that had it."""

    sha256: str
    versi: str


@dataclass(slots=True)
class Kunci:
    """The lock of a templates folder: group → name → `Catatan`. `keep` writes it."""

    folder: Path
    berkas: dict[str, dict[str, Catatan]] = field(default_factory=dict)
    _new: dict[str, bytes] = field(default_factory=dict)

    def of(self, group: str) -> Mapping[str, Catatan]:
        return self.berkas.get(group, {})

    def newer(self) -> str:
        """The newest version of ksdocs that something was copied from, where it is newer than this one; else ""."""
        noted = {one.versi for names in self.berkas.values() for one in names.values()}
        newest = max(noted, key=_numbers, default=VERSI)
        return newest if _numbers(newest) > _numbers(VERSI) else ""

    def note(self, group: str, name: str, data: bytes) -> None:
        """`name` comes from `data` from now on."""
        digest = fingerprint(name, data)
        self._new[digest] = normal(name, data)
        self.berkas.setdefault(group, {})[name] = Catatan(digest, VERSI)

    def forget(self, group: str, name: str) -> None:
        self.berkas.get(group, {}).pop(name, None)

    def original(self, group: str, name: str) -> bytes | None:
        """What `name` was copied from; None where that is not kept any more."""
        noted = self.of(group).get(name)
        if noted is None:
            return None
        return self._new.get(noted.sha256) or _originals(self.folder / ORIGINALS, {noted.sha256}).get(noted.sha256)

    def files(self, before: Kunci | None = None) -> dict[str, bytes]:
        """The two files, the archive first; it also holds what `before` names."""
        wanted = {one.sha256 for names in self.berkas.values() for one in names.values()}
        if before is not None:
            wanted |= {one.sha256 for names in before.berkas.values() for one in names.values()}
        held = _originals(self.folder / ORIGINALS, wanted - set(self._new)) | self._new
        return {ORIGINALS: _archive({k: held[k] for k in sorted(wanted & set(held))}), LOCK: self._text()}

    def keep(self) -> None:
        """Writes both files; OutputError KS702 to KS706."""
        for name, data in self.files(load(self.folder)).items():
            file = self.folder / name
            if file.exists():
                replace_atomically(file, data, owner_id="")
            else:
                write_new(file, data)

    def _text(self) -> bytes:
        tree = {
            "kunci": _FORM,
            "keterangan": "Dibuat ksdocs: dari apa templat di folder ini disalin. Jangan diubah atau dihapus.",
            "berkas": {
                group: {name: {"sha256": one.sha256, "ksdocs": one.versi} for name, one in sorted(names.items())}
                for group, names in sorted(self.berkas.items())
                if names
            },
        }
        return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version))


def load(folder: Path) -> Kunci:
    """The lock of `folder`; an empty one where there is none. KsdocsError KS882 for one that cannot be read."""
    file = folder / LOCK
    if not file.is_file():
        return Kunci(folder)
    try:
        tree: Any = json.loads(file.read_text(encoding="utf-8-sig"))
        if tree["kunci"] != _FORM:
            raise ValueError(f"kunci: {tree['kunci']!r}")
        noted = {
            str(group): {str(name): Catatan(str(one["sha256"]), str(one["ksdocs"])) for name, one in names.items()}
            for group, names in tree["berkas"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = str(error)[:120] or type(error).__name__
        raise KsdocsError([problem("KS882", Location(file=str(file)), nama=LOCK, alasan=reason)]) from None
    return Kunci(folder, noted)


def _originals(file: Path, wanted: set[str]) -> dict[str, bytes]:
    """Those of `wanted` that the archive holds unchanged."""
    found = {}
    try:
        with zipfile.ZipFile(file) as archive:
            for name in wanted & set(archive.namelist()):
                if archive.getinfo(name).file_size <= _MAX:
                    data = archive.read(name)
                    if hashlib.sha256(data).hexdigest() == name:
                        found[name] = data
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return found
    return found


def _archive(held: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
