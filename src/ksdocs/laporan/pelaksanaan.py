"""Tables of what was done: activities by state, agreements without any, activities without evidence, MoU alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ksdocs.laporan.bahan import KEADAAN, Bahan, kegiatan_key, naskah_key
from ksdocs.laporan.kegiatan import Kegiatan
from ksdocs.laporan.portofolio import HEAD, TIDAK_DISEBUT, head
from ksdocs.laporan.status import Keadaan
from ksdocs.laporan.tabel import Sel, Tabel, count

OPERASIONAL: Final = ("pks", "ia")
"""Kinds of agreement under which activities are done."""


def tables(bahan: Bahan) -> Iterator[Tabel]:
    """All of them."""
    yield _activities(bahan)
    yield _without_activity(bahan)
    yield _without_evidence(bahan)
    yield _mou_alone(bahan)


def bentuk_of(bahan: Bahan, told: Kegiatan) -> str:
    """The kind of an activity by name: as told, or that of its agreement where it has only one."""
    entry = bahan.register.naskah(told.naskah)
    ident = told.bentuk or (next(iter(entry.bentuk)) if entry is not None and len(entry.bentuk) == 1 else "")
    found = bahan.register.bentuk().get(ident)
    return found.nama if found is not None else ident or TIDAK_DISEBUT


def _activities(bahan: Bahan) -> Tabel:
    named = [(bentuk_of(bahan, k), k) for k in bahan.kegiatan]
    rows = []
    for name in sorted({n for n, _ in named}, key=lambda n: (n == TIDAK_DISEBUT, n.casefold())):
        rows.append((Sel(name), *_by_state([k for n, k in named if n == name])))
    if rows:
        rows.append((Sel("Jumlah"), *_by_state(list(bahan.kegiatan))))
    kolom = ("Bentuk kegiatan", *(state.capitalize() for state in KEADAAN), "Jumlah")
    return Tabel("kegiatan", "Kegiatan menurut bentuk dan keadaannya", kolom, tuple(rows))


def _by_state(rows: list[Kegiatan]) -> list[Sel]:
    cells = [count(kegiatan_key(k) for k in rows if k.status == state) for state in KEADAAN]
    return [*cells, count(kegiatan_key(k) for k in rows)]


def active(bahan: Bahan) -> frozenset[str]:
    """Ids of the agreements under which something was done in the year; an MoU also through those that rest on it."""
    own = {k.naskah for k in bahan.dilakukan()}
    through = {k.naskah.mou for k in bahan.naskah if k.naskah.id in own and k.naskah.mou}
    return frozenset(own | through)


def without_activity(bahan: Bahan) -> list[Keadaan]:
    """In force, and nothing was done under them in the year: PKS and IA first, then MoU."""
    done = active(bahan)
    idle = [k for k in bahan.berlaku if k.naskah.id not in done and k.naskah.jenis in (*OPERASIONAL, "mou")]
    return sorted(idle, key=lambda k: k.naskah.jenis == "mou")


def _without_activity(bahan: Bahan) -> Tabel:
    rows = tuple(
        (
            *head(bahan, k),
            Sel(k.naskah.mulai),
            Sel(k.naskah.berakhir),
            Sel(k.naskah.unit),
            Sel(k.naskah.penanggung_jawab),
        )
        for k in without_activity(bahan)
    )
    kolom = (*HEAD, "Mulai", "Berakhir", "Unit", "PIC")
    return Tabel("tanpa_kegiatan", "Naskah berlaku tanpa kegiatan dalam tahun laporan", kolom, rows)


def _without_evidence(bahan: Bahan) -> Tabel:
    rows = []
    for told in bahan.kegiatan:
        if told.status == "terlaksana" and not told.bukti:
            entry = bahan.register.naskah(told.naskah)
            rows.append(
                (
                    Sel(told.judul, (kegiatan_key(told),)),
                    Sel(told.naskah, (naskah_key(told.naskah),)),
                    Sel(bahan.nama_mitra(entry) if entry is not None else ""),
                    Sel(told.mulai),
                    Sel(told.selesai),
                    Sel(told.pic),
                )
            )
    kolom = ("Kegiatan", "Naskah", "Mitra", "Mulai", "Selesai", "PIC")
    return Tabel("tanpa_bukti", "Kegiatan terlaksana tanpa bukti", kolom, tuple(rows))


def resting(bahan: Bahan) -> dict[str, list[Keadaan]]:
    """Id of an MoU → the signed PKS and IA that rest on it, or on an earlier one that it carries on; only MoU that have
    any."""
    on: dict[str, list[Keadaan]] = {}
    for found in bahan.naskah:
        entry = found.naskah
        if entry.mou and entry.tahap == "ditandatangani" and entry.jenis in OPERASIONAL:
            on.setdefault(entry.mou, []).append(found)
    before = {k.naskah.id: k.naskah.memperpanjang for k in bahan.naskah}
    families = ((k.naskah.id, _chain(k.naskah.id, before)) for k in bahan.naskah if k.naskah.jenis == "mou")
    found_all = ((ident, [k for member in family for k in on.get(member, ())]) for ident, family in families)
    return {ident: rows for ident, rows in found_all if rows}


def _chain(ident: str, before: Mapping[str, str]) -> tuple[str, ...]:
    """An agreement and those that it carries on, one after another."""
    seen: dict[str, None] = {}
    while ident and ident not in seen:
        seen[ident] = None
        ident = before.get(ident, "")
    return tuple(seen)


def mou_alone(bahan: Bahan) -> list[Keadaan]:
    """MoU in force that no PKS or IA follows."""
    followed = resting(bahan)
    return [k for k in bahan.berlaku if k.naskah.jenis == "mou" and k.naskah.id not in followed]


def _mou_alone(bahan: Bahan) -> Tabel:
    rows = tuple(
        (*head(bahan, k), Sel(k.naskah.tanggal), Sel(k.naskah.berakhir), Sel(k.naskah.penanggung_jawab))
        for k in mou_alone(bahan)
    )
    kolom = (*HEAD, "Ditandatangani", "Berakhir", "PIC")
    return Tabel("mou_tanpa_pks", "MoU berlaku yang belum ditindaklanjuti PKS atau IA", kolom, rows)
