"""What the data folder knows: institutions, partners, agreements by number, kinds of activity, agreed points.

`Register` is what the rest of the house asks for; `FolderRegister` is a compact index over a folder, built in one
pass. A database can take its place without a change elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from ksdocs.bahasa import baca_tanggal, tambah
from ksdocs.models import Butir, Institusi, Mitra
from ksdocs.models.fault import model_problems
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import Bentuk, RingkasanNaskah
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.sources import Source, Tree, read_all


class Register(Protocol):
    """What rules and assembly may ask about the world outside one record."""

    def lembaga(self, ident: str) -> Lembaga | None: ...
    def semua_lembaga(self) -> Collection[Lembaga]: ...
    def logo(self, ident: str) -> bytes | None: ...
    def naskah(self, ident: str) -> RingkasanNaskah | None: ...
    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]: ...
    def bentuk(self) -> Mapping[str, Bentuk]: ...
    def butir(self, ident: str) -> Butir | None: ...
    def butir_untuk(self, naskah: str) -> Collection[Butir]: ...
    def semua_naskah(self) -> Collection[str]: ...


def normal_nomor(nomor: str) -> str:
    """A number as it is compared: case and spaces do not make another number."""
    return re.sub(r"\s+", "", nomor).casefold()


_LEGAL_FORMS = re.compile(r"\b(pt|cv|tbk|persero|perum|ud|yayasan|inc|ltd|pte|gmbh|co)\b\.?")


def normal_nama(nama: str) -> str:
    """A name as it is compared: without legal form, points, case and doubled spaces (domain.md §6.9)."""
    words = _LEGAL_FORMS.sub(" ", nama.casefold())
    return " ".join(re.sub(r"[^\w&]+", " ", words).split())


@dataclass
class MemoryRegister:
    """A register of plain values: what `FolderRegister` fills, and what Python callers may build themselves."""

    lembaga_: dict[str, Lembaga] = field(default_factory=dict)
    logo_: dict[str, Path | bytes] = field(default_factory=dict)
    naskah_: dict[str, RingkasanNaskah] = field(default_factory=dict)
    bentuk_: dict[str, Bentuk] = field(default_factory=dict)
    butir_: dict[str, Butir] = field(default_factory=dict)
    nomor_: dict[str, list[RingkasanNaskah]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def lembaga(self, ident: str) -> Lembaga | None:
        return self.lembaga_.get(ident)

    def semua_lembaga(self) -> Collection[Lembaga]:
        return self.lembaga_.values()

    def logo(self, ident: str) -> bytes | None:
        found = self.logo_.get(ident)
        if isinstance(found, Path):
            found = self.logo_[ident] = found.read_bytes()
        return found

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        return self.naskah_.get(ident)

    def semua_naskah(self) -> Collection[str]:
        return self.naskah_.keys()

    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]:
        return tuple(self.nomor_.get(normal_nomor(nomor), ()))

    def bentuk(self) -> Mapping[str, Bentuk]:
        return self.bentuk_

    def butir(self, ident: str) -> Butir | None:
        return self.butir_.get(ident)

    def butir_untuk(self, naskah: str) -> Collection[Butir]:
        return tuple(b for b in self.butir_.values() if naskah in b.naskah)

    def add_naskah(self, entry: RingkasanNaskah) -> None:
        """Enter one agreement, or replace the entry of the same id."""
        previous = self.naskah_.pop(entry.id, None)
        if previous is not None:
            for number in previous.nomor:
                holders = self.nomor_.get(normal_nomor(number), [])
                self.nomor_[normal_nomor(number)] = [h for h in holders if h.id != entry.id]
        self.naskah_[entry.id] = entry
        for number in dict.fromkeys(map(normal_nomor, entry.nomor)):
            self.nomor_.setdefault(number, []).append(entry)


def open_register(data: Path) -> MemoryRegister:
    """The index over the folder `data`: `institusi/`, `mitra/`, `acuan/`, `butir/` and the agreements in `mou/`, `pks/`.

    A faulty file there is a problem of the register (`problems`), not the end of it.
    """
    register = MemoryRegister()
    _read_bentuk(data / "acuan" / "bentuk-kegiatan.toml", register)
    for folder in ("institusi", "mitra"):
        for source in _sources(data / folder, register):
            _add_lembaga(source, data / folder, register)
    for source in _sources(data / "butir", register):
        _add_butir(source, register)
    for folder in ("mou", "pks"):
        for source in _sources(data / folder, register):
            entry = summarize(source)
            if entry is not None:
                register.add_naskah(entry)
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
    if not file.is_file():
        return
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        for entry in data.get("bentuk", ()):
            name = entry["nama"]
            title = name["id"] if isinstance(name, dict) else str(name)
            register.bentuk_[entry["id"]] = Bentuk(entry["id"], title, frozenset(entry.get("sifat", ())))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        register.problems.append(problem("KS283", Location(file=str(file)), sebab=error))


def _add_lembaga(source: Source, folder: Path, register: MemoryRegister) -> None:
    kind = source.tree.get("jenis")
    model: type[Institusi] | type[Mitra] = Institusi if kind == "institusi" else Mitra
    try:
        found = model.model_validate(source.tree)
    except ValidationError as error:
        register.problems.extend(model_problems(error, source, model))
        return
    known = register.lembaga_.get(found.id)
    if known is not None:
        register.problems.append(problem("KS284", source.locate("id"), id=found.id))
        return
    register.lembaga_[found.id] = found
    if found.logo is not None:
        _add_logo(found, source, folder, register)


def _add_logo(found: Lembaga, source: Source, folder: Path, register: MemoryRegister) -> None:
    home = Path(source.name).parent if Path(source.name).exists() else folder
    path = (home / str(found.logo)).resolve()
    inside = path.is_relative_to(folder.parent.resolve())
    if not inside or not path.is_file():
        register.problems.append(problem("KS287", source.locate("logo"), berkas=str(found.logo)))
        return
    register.logo_[found.id] = path


def _add_butir(source: Source, register: MemoryRegister) -> None:
    try:
        found = Butir.model_validate(source.tree)
    except ValidationError as error:
        register.problems.extend(model_problems(error, source, Butir))
        return
    register.butir_[found.id] = found


def _at(tree: Tree | None, *path: str | int) -> Any:
    for key in path:
        if isinstance(tree, Mapping) and isinstance(key, str):
            tree = tree.get(key)
        elif isinstance(tree, list) and isinstance(key, int) and key < len(tree):
            tree = tree[key]
        else:
            return None
    return tree


def _date(value: object) -> date | None:
    try:
        return baca_tanggal(str(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _items(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def summarize(source: Source) -> RingkasanNaskah | None:
    """The register's entry of a record, read leniently: what cannot be read is left open; None without id or kind."""
    tree = source.tree
    ident, kind = tree.get("id"), tree.get("jenis")
    if not isinstance(ident, str) or kind not in ("mou", "pks"):
        return None
    parties = [p for p in _items(tree.get("pihak")) if isinstance(p, Mapping)]
    numbers = tuple(str(p["nomor"]) for p in parties if p.get("nomor") not in (None, "diisi_tangan", "tanpa_nomor"))
    days = [_date(p.get("tanggal_ttd")) for p in parties]
    together = _date(_at(tree, "penandatanganan", "tanggal"))
    apart = max((d for d in days if d is not None), default=None)
    signed = together or apart
    start = _date(_at(tree, "jangka_waktu", "mulai")) or signed
    title = tree.get("tentang")
    return RingkasanNaskah(
        id=ident,
        jenis=str(kind),
        tahap=str(tree.get("tahap", "")),
        tentang=str(_at(title, "id") if isinstance(title, Mapping) else title or ""),
        nomor=numbers,
        tanggal=signed,
        mulai=start,
        berakhir=_date(_at(tree, "jangka_waktu", "berakhir")) or _end(start, _at(tree, "jangka_waktu", "lama")),
        pihak=tuple(str(p.get("id", "")) for p in parties),
        bentuk=frozenset(
            str(i["bentuk"]) for i in _items(tree.get("ruang_lingkup")) if isinstance(i, Mapping) and "bentuk" in i
        ),
        tempat=str(source.locate("")),
    )


def _end(start: date | None, length: object) -> date | None:
    """The last day of the term, the day before it comes round again."""
    if isinstance(length, Mapping):
        length = f"{length.get('lama', '')} {length.get('satuan', '')}"
    found = re.fullmatch(r"\s*(\d{1,4})\s+(hari|bulan|tahun)\s*", str(length or ""))
    if start is None or not found:
        return None
    return tambah(start, int(found[1]), found[2]) - timedelta(days=1)
