"""What is wanted of a run, and what its documents depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ksdocs import simpanan
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.office import Office, fingerprint
from ksdocs.problems import KsdocsError
from ksdocs.register import MemoryRegister, summarize
from ksdocs.sources import Source

if TYPE_CHECKING:
    from ksdocs.borang import Lembar

DATA_FOLDERS: Final = ("acuan", "butir", "institusi", "mitra")
"""What every document may depend on; agreements are asked for one by one."""


@dataclass(frozen=True, slots=True)
class Order:
    """The options of a run, as plain values. `formats` are those that this machine can make."""

    today: date
    out: Path | None = None
    languages: tuple[str, ...] = ("id",)
    originals: bool = False
    formats: tuple[str, ...] = ("docx",)
    resume: bool = False

    @property
    def options(self) -> str:
        """What the outputs depend on among these."""
        return " ".join((*self.languages, *sorted(self.formats), *(["originals"] if self.originals else [])))


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What all documents of one kind are made with: hashes of the template, of the clauses and of the data folder."""

    templat: str = ""
    pustaka: str = ""
    data: str = ""


def ingredients(office: Office, kind: str, data: str) -> Ingredients:
    """Those of `kind`, as `office` has opened them; empty where they cannot be used."""
    try:
        return Ingredients(office.template(kind).content_hash[:32], office.library(kind).sidik[:32], data)
    except KsdocsError:
        return Ingredients()


def data_print(office: Office) -> str:
    """A hash of what the data folder says of institutions, partners, points and activities; "" where an office was
    given its register and nobody can tell."""
    if office.given:
        return ""
    try:
        home = office.workspace.data_folder().folder
        digest = hashlib.sha256()
        for name in DATA_FOLDERS:
            for file in sorted(f for f in (home / name).rglob("*") if f.is_file()):
                digest.update(f"{file.relative_to(home).as_posix()}\0".encode("utf-8", "surrogateescape"))
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    except (OSError, KsdocsError):
        return ""
    return digest.hexdigest()[:32]


def dependence(source: Source, register: MemoryRegister, order: Order, made_with: Ingredients) -> dict[str, str]:
    """The hashes that a document stands for; equal hashes mean equal documents. `sidik` is that of all of them.

    It is "" where not all is known, and then nothing is taken for unchanged.
    """
    found = {
        "sidik_rekaman": fingerprint(source.tree),
        "templat": made_with.templat,
        "pustaka": made_with.pustaka,
        "data": made_with.data,
        "rujukan": _around(source, register, order.today),
        "opsi": order.options,
        "versi": _version(),
    }
    return _with_whole(found)


def _with_whole(found: dict[str, str]) -> dict[str, str]:
    whole = hashlib.sha256("\0".join(found.values()).encode("utf-8", "surrogatepass")).hexdigest()
    return found | {"sidik": whole if all(found.values()) else ""}


def sheet_dependence(source: Source, lembar: Lembar, office: Office, order: Order) -> dict[str, str]:
    """As `dependence`, of a form: its filled sheet holds all that is printed, whatever it was taken from.

    So other records, reference data, pictures and `jenis.toml` count as far as they show on the page, and no further.

    Raises:
        TemplateError: KS006, KS4xx, where its template cannot be used.
    """
    found = {
        "sidik_rekaman": fingerprint(source.tree),
        "templat": office.template(lembar.jenis.id).content_hash[:32],
        "lembar": _sheet_print(lembar),
        "opsi": order.options,
        "versi": _version(),
    }
    return _with_whole(found)


def _sheet_print(lembar: Lembar) -> str:
    """A hash of everything that the template is given and the proof asks for; "" where it holds what nobody knows how
    to compare."""
    try:
        return hashlib.sha256(repr(_spelled(lembar)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    except TypeError:
        return ""


def _spelled(value: Any) -> Any:
    """`value` as plain values whose `repr` is the same whenever they are."""
    if value is None or isinstance(value, (str, bytes, bool, int, float, Decimal, date)):
        return value
    if isinstance(value, Mapping):
        return [(str(name), _spelled(inner)) for name, inner in value.items()]
    if isinstance(value, (list, tuple)):
        return [_spelled(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(_spelled(getattr(value, one.name)) for one in fields(value))]
    raise TypeError(type(value).__name__)


@lru_cache(maxsize=1)
def _version() -> str:
    """Of what is installed: `importlib.metadata` takes its time, so the answer is kept for as long as its file is."""
    marks = simpanan.installed("ksdocs")
    kept = simpanan.load("versi", marks) if marks else None
    if isinstance(kept, str):
        return kept
    from importlib.metadata import version

    found = version("ksdocs")
    if marks:
        simpanan.save("versi", marks, found)
    return found


def _around(source: Source, register: MemoryRegister, today: date) -> str:
    """A hash of what other records say to this one: holders of its id and numbers, its MoU, its
    exploration; and of its logos.

    The day counts as long as the record is not signed: until then it decides what is in force.
    """
    own = summarize(source, register)
    signed = own.tanggal if own is not None else None
    basis = source.tree.get("dasar")
    basis = basis if isinstance(basis, Mapping) else {}
    mou, number = basis.get("mou"), basis.get("nomor")
    told: list[Any] = [today.isoformat() if signed is None or signed > today else ""]
    told += [_entries(register.bernama(i)) for i in (source.id, mou) if isinstance(i, str)]
    told += [_entries(register.bernomor(n)) for n in (*(own.nomor if own else ()), number) if isinstance(n, str)]
    told += [_logo(register.logo(ident)) for ident in (own.pihak if own is not None else ())]
    explored = source.tree.get("penjajakan")
    found = register.penjajakan(explored) if isinstance(explored, str) else None
    told.append("" if found is None else repr(replace(found, berkas="")))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _entries(found: Any) -> list[list[Any]]:
    return [_entry(e) for e in found]


_TOLD: Final = tuple(name for name in RingkasanNaskah.__dataclass_fields__ if name not in ("tempat", "kunci"))


def _entry(entry: RingkasanNaskah) -> list[Any]:
    """Everything but where it stands."""
    return [_plain(getattr(entry, name)) for name in _TOLD]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return sorted(value) if isinstance(value, frozenset) else value


@lru_cache(maxsize=64)
def _logo(data: bytes | None) -> str:
    return hashlib.sha256(data).hexdigest() if data is not None else ""
