"""What the data folder knows: institutions, partners, agreements by number, kinds of activity, agreed points.

`Register` is what the rest of the house asks for; `MemoryRegister` holds it in memory and `open_register` fills one
from a folder in a single pass. A database can take its place without a change elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from ksdocs import simpanan
from ksdocs.bahasa import baca_tanggal, tambah
from ksdocs.models import Arsip, Butir, Institusi, Mitra, Model
from ksdocs.models.dasar import Durasi
from ksdocs.models.fault import read_model
from ksdocs.models.lembaga import Lembaga, Profil
from ksdocs.models.lengkap import Bentuk, RingkasanNaskah
from ksdocs.models.naskah import TANPA_NOMOR
from ksdocs.models.penjajakan import RingkasanPenjajakan, summarize_penjajakan
from ksdocs.models.rapat import RingkasanNotulen, summarize_notulen
from ksdocs.models.ringkas import more_of, summarize_arsip
from ksdocs.models.skema import read_as
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.sources import LIMITS, Source, read_all
from ksdocs.sources.pictures import unfit_picture
from ksdocs.sources.text import decode, read_bytes


class Register(Protocol):
    """What rules and assembly may ask about the world outside one record."""

    def lembaga(self, ident: str) -> Lembaga | None:
        """The institution or partner of this id."""

    def semua_lembaga(self) -> Collection[Lembaga]:
        """Every institution and partner."""

    def logo(self, ident: str) -> bytes | None:
        """The bytes of a lembaga's logo."""

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        """The agreement of this id."""

    def bernama(self, ident: str) -> Collection[RingkasanNaskah]:
        """Every agreement that goes by this id: more than one is a mistake of the data."""

    def bernomor(self, nomor: str) -> Collection[RingkasanNaskah]:
        """Every agreement that bears this number; case and spaces do not matter."""

    def semua_naskah(self) -> Collection[str]:
        """The ids of all agreements."""

    def bentuk(self) -> Mapping[str, Bentuk]:
        """Id → kind of activity, from the code list."""

    def butir(self, ident: str) -> Butir | None:
        """The agreed point of this id."""

    def butir_untuk(self, naskah: str) -> Collection[Butir]:
        """The points that the agreement of this id must carry."""

    def semua_butir(self) -> Collection[Butir]:
        """Every agreed point."""

    def notulen(self, ident: str) -> RingkasanNotulen | None:
        """The minutes of this id."""

    def semua_notulen(self) -> Collection[RingkasanNotulen]:
        """All minutes."""

    def penjajakan(self, ident: str) -> RingkasanPenjajakan | None:
        """The exploration of this id."""

    def semua_penjajakan(self) -> Collection[RingkasanPenjajakan]:
        """Every exploration."""

    def masalah(self) -> Collection[Problem]:
        """What is wrong with the files that the register was read from."""

    def rekaman(self, jenis: str) -> Catatan:
        """Every record of a kind in its folder of the data (`data/<jenis>/`), with what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Rekaman:
    """A record of the data folder, read by its model: `isi` the model, `sumber` where it stands."""

    isi: Model
    sumber: Source


@dataclass(frozen=True, slots=True)
class Catatan:
    """The records of one kind; `masalah` is every fault of those that could not be read, at its place."""

    rekaman: tuple[Rekaman, ...] = ()
    masalah: tuple[Problem, ...] = ()


def _no_records(_jenis: str) -> Catatan:
    """What a register without a reader knows of a kind."""
    return Catatan()


def normal_nomor(nomor: str) -> str:
    """A number as it is compared: case and spaces do not make another number."""
    return re.sub(r"\s+", "", nomor).casefold()


LEGAL_FORMS = frozenset(["pt", "cv", "tbk", "persero", "perum", "ud", "yayasan", "inc", "ltd", "pte", "gmbh", "co"])
"""Words of a name that tell its legal form, and are often left out or misplaced."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without points, quotes and other signs; `&` counts as a word."""
    return tuple(re.findall(r"\w+|&", name.casefold()))


def normal_nama(nama: str) -> str:
    """A name as it is compared: without legal form, points, case and doubled spaces (domain.md §6.9)."""
    words = words_of(nama)
    return " ".join(w for w in words if w not in LEGAL_FORMS) or " ".join(words)


@dataclass(eq=False)
class MemoryRegister:
    """A register of plain values: what `open_register` fills, and what Python callers may build themselves."""

    lembaga_: dict[str, Lembaga] = field(default_factory=dict)
    logo_: dict[str, Path | bytes] = field(default_factory=dict)
    naskah_: dict[str, list[RingkasanNaskah]] = field(default_factory=dict)
    bentuk_: dict[str, Bentuk] = field(default_factory=dict)
    butir_: dict[str, Butir] = field(default_factory=dict)
    nomor_: dict[str, list[RingkasanNaskah]] = field(default_factory=dict)
    berkas_: dict[str, str] = field(default_factory=dict)
    """Id of a lembaga → the file it stands in, as the user named it."""
    problems: list[Problem] = field(default_factory=list)
    notulen_: dict[str, RingkasanNotulen] = field(default_factory=dict)
    penjajakan_: dict[str, RingkasanPenjajakan] = field(default_factory=dict)
    pembaca: Callable[[str], Catatan] = _no_records
    """What reads the records of a kind; whoever opens the register gives it, since he knows the kinds."""

    def __getstate__(self) -> dict[str, Any]:
        """What travels to a worker: not the reader, which belongs to an office; the worker's own takes its place."""
        return vars(self) | {"pembaca": _no_records}

    def lembaga(self, ident: str) -> Lembaga | None:
        return self.lembaga_.get(ident)

    def semua_lembaga(self) -> Collection[Lembaga]:
        return self.lembaga_.values()

    def logo(self, ident: str) -> bytes | None:
        found = self.logo_.get(ident)
        if isinstance(found, Path):
            try:
                found = self.logo_[ident] = found.read_bytes()
            except OSError:  # it was there when the register was opened
                return None
        return found

    def naskah(self, ident: str) -> RingkasanNaskah | None:
        held = self.naskah_.get(ident)
        return held[0] if held else None

    def bernama(self, ident: str) -> Collection[RingkasanNaskah]:
        return tuple(self.naskah_.get(ident, ()))

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

    def semua_butir(self) -> Collection[Butir]:
        return self.butir_.values()

    def notulen(self, ident: str) -> RingkasanNotulen | None:
        return self.notulen_.get(ident)

    def semua_notulen(self) -> Collection[RingkasanNotulen]:
        return self.notulen_.values()

    def penjajakan(self, ident: str) -> RingkasanPenjajakan | None:
        return self.penjajakan_.get(ident)

    def semua_penjajakan(self) -> Collection[RingkasanPenjajakan]:
        return self.penjajakan_.values()

    def masalah(self) -> Collection[Problem]:
        return self.problems

    def rekaman(self, jenis: str) -> Catatan:
        return self.pembaca(jenis)

    def add_naskah(self, entry: RingkasanNaskah) -> None:
        """Enter one agreement; an entry of the same id at the same place is replaced, one elsewhere stays beside it."""
        held = self.naskah_.setdefault(entry.id, [])
        previous = [h for h in held if h.kunci == entry.kunci]
        for old in previous:
            held.remove(old)
            for number in map(normal_nomor, old.nomor):
                self.nomor_[number] = [h for h in self.nomor_.get(number, ()) if h is not old]
        held.append(entry)
        for number in dict.fromkeys(map(normal_nomor, entry.nomor)):
            self.nomor_.setdefault(number, []).append(entry)


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
        register.add_naskah(summarize_arsip(found, _told_place(source), place_key(source)))


# --- entries of agreements ----------------------------------------------------------------------------------


def profile_of(tree: Mapping[str, Any], register: Register) -> Profil | None:
    """The profile that governs a record: of the first institution among its parties."""
    for party in _items(tree.get("pihak")):
        ident = party.get("id") if isinstance(party, Mapping) else None
        found = register.lembaga(ident) if isinstance(ident, str) else None
        if isinstance(found, Institusi):
            return found.profil
    return None


def reads_dmy(tree: Mapping[str, Any], register: Register) -> bool:
    """May 03/04/2025 stand in a record that is no agreement? By the profile of the institution that it names, or
    whose survey it answers."""
    named = tree.get("institusi") or tree.get("pihak") or _surveyor(tree.get("survei"), register)
    idents = re.split(r"\s*;\s*", named) if isinstance(named, str) else _items(named)
    profile = profile_of({"pihak": [{"id": ident} for ident in idents]}, register)
    return profile is not None and profile.tanggal_dmy


def _surveyor(ident: object, register: Register) -> str:
    """The institution of the survey of this id."""
    known: list[Any] = [record.isi for record in register.rekaman("survei").rekaman] if isinstance(ident, str) else []
    return next((str(one.institusi) for one in known if one.id == str(ident).strip()), "")


def place_key(source: Source) -> str:
    """A text that is the same for the same record of the same file, however the file was named."""
    if source.name.startswith("<"):
        return source.name
    # A place is only worked out where a file holds several records; the rest are told apart by their file.
    return f"{os.path.realpath(source.name)}#{_number(source)}"


def _number(source: Source) -> int:
    """Which record of its file this is, from 0."""
    for name in ("number", "index"):
        found = getattr(source.places, name, None)
        if isinstance(found, int):
            return found
    return 0


def summarize(source: Source, register: Register | None = None) -> RingkasanNaskah | None:
    """The register's entry of a record, read leniently: what cannot be read is left open; None without id or kind.

    `register` gives the profile by which dates are read and terms end; without it the defaults hold.
    """
    tree = source.tree
    ident, kind = source.id, tree.get("jenis")
    if not ident or kind not in ("mou", "pks"):
        return None
    profile = (profile_of(tree, register) if register is not None else None) or Profil()
    parties = [p for p in _items(tree.get("pihak")) if isinstance(p, Mapping)]
    numbers = (p.get("nomor") for p in parties)
    signed = _signed(tree, parties, profile.tanggal_dmy)
    start = _date(_at(tree, "jangka_waktu", "mulai"), profile.tanggal_dmy) or signed
    end = _date(_at(tree, "jangka_waktu", "berakhir"), profile.tanggal_dmy)
    title = tree.get("tentang")
    return RingkasanNaskah(
        id=ident,
        jenis=str(kind),
        tahap=str(tree.get("tahap", "")),
        tentang=str(_at(title, "id") if isinstance(title, Mapping) else title or ""),
        nomor=tuple(n for n in numbers if isinstance(n, str) and n not in ("diisi_tangan", TANPA_NOMOR)),
        tanggal=signed,
        mulai=start,
        berakhir=end or end_of_term(start, _at(tree, "jangka_waktu", "lama"), profile),
        pihak=tuple(str(p.get("id", "")) for p in parties),
        bentuk=frozenset(
            i["bentuk"]
            for i in _items(tree.get("ruang_lingkup"))
            if isinstance(i, Mapping) and isinstance(i.get("bentuk"), str)
        ),
        butir=tuple(_carried(tree)),
        tempat=_told_place(source),
        kunci=place_key(source),
        **more_of(tree, _own_first(parties, register)),
    )


def _own_first(parties: list[Mapping[str, Any]], register: Register | None) -> list[Mapping[str, Any]]:
    """The parties, institutions before partners: the unit that is told is the institution's, wherever it stands."""
    if register is None:
        return parties
    return sorted(parties, key=lambda p: not isinstance(register.lembaga(str(p.get("id", ""))), Institusi))


def _told_place(source: Source) -> str:
    """Where a record stands, as people read it."""
    number = _number(source)
    return source.name if not number else f"{source.name} ({number + 1})"


def _carried(tree: Mapping[str, Any]) -> Iterator[str]:
    """Ids of the agreed points that a record says it carries."""
    for entry in _items(tree.get("butir")):
        ident = entry.get("id") if isinstance(entry, Mapping) else entry
        if isinstance(ident, str):
            yield ident


def _signed(tree: Mapping[str, Any], parties: list[Mapping[str, Any]], dmy: bool) -> date | None:
    """The day of signing, or of the last signature; None while any is open."""
    if _at(tree, "penandatanganan", "cara") != "terpisah":
        return _date(_at(tree, "penandatanganan", "tanggal"), dmy)
    days = [_date(p.get("tanggal_ttd"), dmy) for p in parties]
    known = [d for d in days if d is not None]
    return max(known) if known and len(known) == len(days) else None


def end_of_term(start: date | None, length: object, profile: Profil) -> date | None:
    """The last day of a term that begins on `start`; by the profile, the day before it comes round or that day."""
    try:
        span = length if isinstance(length, Durasi) else read_as(Durasi, length)
        if start is None:
            return None
        last = tambah(start, span.lama, span.satuan.value)
    except ValueError:
        return None
    return last if profile.akhir_masa == "tanggal_sama" else last - timedelta(days=1)


def _at(tree: Any, *path: str) -> Any:
    for key in path:
        tree = tree.get(key) if isinstance(tree, Mapping) else None
    return tree


def _date(value: object, dmy: bool = False) -> date | None:
    try:
        return baca_tanggal(value, dmy=dmy) if isinstance(value, str) else None
    except ValueError:
        return None


def _items(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()
