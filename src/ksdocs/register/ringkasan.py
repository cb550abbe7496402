"""Entries of agreements, read leniently from their records: what cannot be read is left open."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ksdocs.bahasa import baca_tanggal, tambah
from ksdocs.models import Institusi
from ksdocs.models.dasar import Durasi
from ksdocs.models.lembaga import Profil
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.models.naskah import TANPA_NOMOR
from ksdocs.models.ringkas import more_of
from ksdocs.models.skema import read_as
from ksdocs.register.daftar import Register
from ksdocs.sources import Source


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
        tempat=told_place(source),
        kunci=place_key(source),
        **more_of(tree, _own_first(parties, register)),
    )


def _own_first(parties: list[Mapping[str, Any]], register: Register | None) -> list[Mapping[str, Any]]:
    """The parties, institutions before partners: the unit that is told is the institution's, wherever it stands."""
    if register is None:
        return parties
    return sorted(parties, key=lambda p: not isinstance(register.lembaga(str(p.get("id", ""))), Institusi))


def told_place(source: Source) -> str:
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
