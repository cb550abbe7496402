"""What the drop-downs of an entry sheet offer: the ids of what the office knows, each with its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ksdocs.models import NASKAH, Institusi
from ksdocs.models.borang import plain_values

if TYPE_CHECKING:
    from ksdocs.office import Office

Pilihan = tuple[tuple[str, str], ...]
"""(id, meaning) pairs."""

JUDUL: Final[Mapping[str, str]] = {
    "lembaga": "institusi dan mitra",
    "institusi": "institusi",
    "mitra": "mitra",
    "naskah": "naskah",
    "mou": "MoU",
    "bentuk": "bentuk kegiatan",
    "butir": "butir kesepakatan",
    "pejabat": "pejabat",
    "kontak": "kontak",
    "notulen": "notulen",
    "penjajakan": "penjajakan",
    "survei": "survei",
    "klausul": "klausul",
    "substansi": "substansi",
}
"""What a field may refer to → the heading of its list."""


def known(office: Office, kind: str, acuan: str) -> Pilihan:
    """Everything that a field of `kind` which refers to `acuan` may name; empty where that is nothing known."""
    register = office.register
    everyone = sorted(register.semua_lembaga(), key=lambda one: one.id)
    if acuan in ("lembaga", "institusi", "mitra"):
        return tuple(
            (one.id, one.nama.id)
            for one in everyone
            if acuan == "lembaga" or isinstance(one, Institusi) is (acuan == "institusi")
        )
    if acuan in ("naskah", "mou"):
        entries = [register.naskah(ident) for ident in sorted(register.semua_naskah())]
        return tuple((e.id, e.tentang) for e in entries if e is not None and acuan in ("naskah", e.jenis))
    if acuan == "pejabat":
        own = kind not in NASKAH
        people = [(p, one) for one in everyone if not own or isinstance(one, Institusi) for p in one.pejabat]
        return _merged((p.id, f"{p.nama}, {p.jabatan.id} ({one.id})") for p, one in people)
    if acuan == "kontak":
        return _merged((k.id, f"{k.jabatan.id} ({one.id})") for one in everyone for k in one.kontak)
    return _kept(office, kind, acuan)


def _kept(office: Office, kind: str, acuan: str) -> Pilihan:
    register = office.register
    if acuan == "bentuk":
        return tuple((ident, one.nama) for ident, one in sorted(register.bentuk().items()))
    if acuan == "butir":
        return tuple(sorted((one.id, one.teks.id) for one in register.semua_butir()))
    if acuan == "notulen":
        return tuple(sorted((one.id, "") for one in register.semua_notulen()))
    if acuan == "penjajakan":
        return tuple(sorted((one.id, "") for one in register.semua_penjajakan()))
    if acuan == "survei":
        return tuple((str(plain_values(one.isi)["id"]), "") for one in office.records("survei").rekaman)
    if acuan in ("klausul", "substansi") and kind in NASKAH:
        library = office.library(kind)
        if acuan == "substansi":
            return tuple((ident, one.judul.get("id", "")) for ident, one in sorted(library.substansi.items()))
        return tuple((name, _title(office, kind, name)) for name in sorted(library.klausul))
    return ()


def _title(office: Office, kind: str, clause: str) -> str:
    return next((one.judul for one in office.library(kind).variants(clause).values()), "")


def _merged(pairs: Iterable[tuple[str, str]]) -> Pilihan:
    """Each id once: several institutions may have a `direktur`."""
    found: dict[str, list[str]] = {}
    for ident, meaning in pairs:
        found.setdefault(ident, []).append(meaning)
    return tuple((ident, "; ".join(found[ident])) for ident in sorted(found))


def keys(office: Office, kind: str, path: str) -> Mapping[str, tuple[str, ...]]:
    """The keys that the mapping at `path` may have, each with the values to choose from; () where any may stand."""
    if path == "varian" and kind in NASKAH:
        library = office.library(kind)
        named = {name: tuple(v for v in library.variants(name) if v) for name in sorted(library.klausul)}
        return {name: variants for name, variants in named.items() if variants}
    if path == "profil.pola_nomor":
        return dict.fromkeys(NASKAH, ())
    if path == "nilai" and kind == "jawaban_survei":
        surveys = [plain_values(one.isi) for one in office.records("survei").rekaman]
        return {str(item["kode"]): () for survey in surveys for item in survey["butir"]}
    return {}
