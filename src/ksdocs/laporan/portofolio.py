"""Tables of agreements: signed in the year, in force on the day, ended in the year, and about to end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from ksdocs.laporan.bahan import Bahan, how_ended, naskah_key, naskah_keys
from ksdocs.laporan.status import Keadaan, Status, ends_within, last_day
from ksdocs.laporan.tabel import Sel, Tabel, count
from ksdocs.models.lembaga import KelasLembaga

NAMA_JENIS: Final = {"mou": "MoU", "pks": "PKS", "ia": "IA", "adendum": "Adendum"}
TINGKAT: Final = {"lokal": "Lokal/wilayah", "nasional": "Nasional", "internasional": "Internasional"}
BIDANG: Final = {
    "pendidikan": "Pendidikan",
    "penelitian": "Penelitian",
    "pengabdian": "Pengabdian kepada masyarakat",
}
KELAS: Final = {
    KelasLembaga.PERGURUAN_TINGGI: "Perguruan tinggi",
    KelasLembaga.INDUSTRI: "Industri",
    KelasLembaga.PEMERINTAH: "Pemerintah",
    KelasLembaga.LEMBAGA_SERTIFIKASI: "Lembaga sertifikasi",
    KelasLembaga.LEMBAGA_PELATIHAN: "Lembaga pelatihan",
    KelasLembaga.ORGANISASI_PROFESI: "Organisasi profesi",
    KelasLembaga.SEKOLAH: "Sekolah",
    KelasLembaga.YAYASAN: "Yayasan",
    KelasLembaga.LAINNYA: "Lainnya",
}
TIDAK_DISEBUT: Final = "Tidak disebut"
JUMLAH: Final = "Jumlah"
HITUNGAN: Final = ("Ditandatangani", "Berlaku", "Berakhir")
"""The three counts of every table of groups: signed in the year, in force on the day, ended in the year."""

Labels = Callable[[Keadaan], Iterable[str]]
"""An agreement → the rows of a table in which it counts."""


def tables(bahan: Bahan) -> Iterator[Tabel]:
    """All of them."""
    yield _kinds(bahan)
    yield _states(bahan)
    yield _levels(bahan)
    yield _classes(bahan)
    yield _fields(bahan)
    yield _forms(bahan)
    yield _units(bahan)
    yield _new(bahan)
    yield _ended(bahan)
    for months in (6, 12):
        yield _ending(bahan, months)
    yield _extended(bahan)


# --- groups -------------------------------------------------------------------------------------------------


def _grouped(
    bahan: Bahan, head: tuple[str, str, str], order: Iterable[str], labels: Labels, *, drop: bool = False
) -> Tabel:
    """A row of three counts for each label, and the total, in which each agreement counts once.

    `head`: id, title and first column. `drop`: labels of which there is nothing to count are left out. Agreements that
    have none of the labels stand in a row of their own, where there are any.
    """
    known = tuple(dict.fromkeys(order))
    told = {k.naskah.id: set(labels(k)) & set(known) or {TIDAK_DISEBUT} for k in bahan.naskah}
    rows = []
    for label in (*known, TIDAK_DISEBUT):
        cells = _counts(bahan, {ident for ident, having in told.items() if label in having})
        if any(cell.isi for cell in cells) or (label in known and not drop):
            rows.append((Sel(label), *cells))
    if rows:
        rows.append((Sel(JUMLAH), *_counts(bahan, set(told))))
    ident, judul, nama = head
    return Tabel(ident, judul, (nama, *HITUNGAN), tuple(rows))


def _counts(bahan: Bahan, idents: Collection[str]) -> tuple[Sel, ...]:
    kinds = (bahan.baru, bahan.berlaku, bahan.berakhir)
    return tuple(count(naskah_keys(k for k in rows if k.naskah.id in idents)) for rows in kinds)


def _kinds(bahan: Bahan) -> Tabel:
    head = ("jenis", "Naskah menurut jenis", "Jenis")
    return _grouped(bahan, head, NAMA_JENIS.values(), lambda k: [NAMA_JENIS.get(k.naskah.jenis, "")])


def _states(bahan: Bahan) -> Tabel:
    """Also how many there are in each state, whenever they were signed."""
    head = ("status", "Naskah menurut status", "Status")
    plain = _grouped(bahan, head, Status, lambda k: [k.status.value])
    every = [count(naskah_keys(k for k in bahan.naskah if k.status is s)) for s in Status]
    rows = zip(plain.baris, (*every, count(naskah_keys(bahan.naskah))), strict=True)
    return Tabel(plain.id, plain.judul, (*plain.kolom, "Seluruhnya"), tuple((*row, cell) for row, cell in rows))


def _levels(bahan: Bahan) -> Tabel:
    head = ("tingkat", "Naskah menurut tingkat", "Tingkat")
    return _grouped(bahan, head, TINGKAT.values(), lambda k: [TINGKAT.get(k.naskah.tingkat, "")])


def _classes(bahan: Bahan) -> Tabel:
    head = ("kelas", "Naskah menurut kelas mitra", "Kelas mitra")
    return _grouped(
        bahan, head, KELAS.values(), lambda k: [KELAS[one.kelas] for one in bahan.lembaga(k.naskah)], drop=True
    )


def _fields(bahan: Bahan) -> Tabel:
    head = ("bidang", "Naskah menurut bidang tridharma", "Bidang")
    return _grouped(bahan, head, BIDANG.values(), lambda k: [BIDANG.get(one, "") for one in k.naskah.bidang])


def _forms(bahan: Bahan) -> Tabel:
    known = bahan.register.bentuk()

    def names(found: Keadaan) -> list[str]:
        return [known[ident].nama if ident in known else ident for ident in found.naskah.bentuk]

    head = ("bentuk", "Naskah menurut bentuk kegiatan", "Bentuk kegiatan")
    order = sorted({name for k in bahan.naskah for name in names(k)}, key=str.casefold)
    return _grouped(bahan, head, order, names, drop=True)


def _units(bahan: Bahan) -> Tabel:
    head = ("unit", "Naskah menurut unit pelaksana", "Unit")
    order = sorted({k.naskah.unit for k in bahan.naskah if k.naskah.unit}, key=str.casefold)
    return _grouped(bahan, head, order, lambda k: [k.naskah.unit], drop=True)


# --- lists --------------------------------------------------------------------------------------------------


def head(bahan: Bahan, found: Keadaan) -> tuple[Sel, ...]:
    """Id, kind, partner and subject: how every list of agreements begins. The first cell leads to the row itself."""
    entry = found.naskah
    return (
        Sel(entry.id, (naskah_key(entry),)),
        Sel(NAMA_JENIS.get(entry.jenis, entry.jenis)),
        Sel(bahan.nama_mitra(entry)),
        Sel(entry.tentang),
    )


HEAD: Final = ("Naskah", "Jenis", "Mitra", "Tentang")


def _new(bahan: Bahan) -> Tabel:
    rows = tuple(
        (
            *head(bahan, k),
            Sel("; ".join(k.naskah.nomor)),
            Sel(TINGKAT.get(k.naskah.tingkat, TIDAK_DISEBUT)),
            Sel(k.naskah.tanggal),
            Sel(last_day(k)),
        )
        for k in bahan.baru
    )
    kolom = (*HEAD, "Nomor", "Tingkat", "Ditandatangani", "Berakhir")
    return Tabel("baru", "Naskah yang ditandatangani dalam tahun laporan", kolom, rows)


def _by_end(rows: Iterable[Keadaan]) -> list[Keadaan]:
    return sorted(rows, key=lambda k: (last_day(k) is None, last_day(k), k.naskah.id))


def _ended(bahan: Bahan) -> Tabel:
    rows = tuple((*head(bahan, k), Sel(last_day(k)), Sel(how_ended(k))) for k in _by_end(bahan.berakhir))
    kolom = (*HEAD, "Hari terakhir", "Cara berakhir")
    return Tabel("berakhir", "Naskah yang berakhir dalam tahun laporan", kolom, rows)


def _ending(bahan: Bahan, months: int) -> Tabel:
    rows = tuple(
        (*head(bahan, k), Sel(k.naskah.berakhir), Sel(k.naskah.unit), Sel(k.naskah.penanggung_jawab), _next(bahan, k))
        for k in _by_end(k for k in bahan.naskah if ends_within(k, bahan.hari, months))
    )
    kolom = (*HEAD, "Berakhir", "Unit", "PIC", "Penerus")
    return Tabel(f"berakhir_{months}", f"Naskah yang berakhir dalam {months} bulan", kolom, rows)


def _next(bahan: Bahan, found: Keadaan) -> Sel:
    """The signed agreement that carries one on, if any; it leads to its row where it is the institution's too."""
    if found.penerus is None:
        return Sel("")
    own = not bahan.institusi or bahan.institusi in found.penerus.pihak
    return Sel(found.penerus.id, (naskah_key(found.penerus),) if own else ())


def _extended(bahan: Bahan) -> Tabel:
    rows = []
    for found in bahan.diperpanjang:
        new = found.penerus
        assert new is not None
        more = (Sel(found.naskah.berakhir), _next(bahan, found), Sel(new.tanggal), Sel(new.berakhir))
        rows.append((*head(bahan, found), *more))
    kolom = (*HEAD, "Berakhir semula", "Naskah penerus", "Ditandatangani", "Berakhir")
    return Tabel("diperpanjang", "Naskah yang diperpanjang dalam tahun laporan", kolom, tuple(rows))
