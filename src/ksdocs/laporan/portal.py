"""Rows with the columns that were seen on the national reporting portal: an example, no official format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ksdocs.laporan.bahan import Bahan, kegiatan_key, naskah_key
from ksdocs.laporan.kegiatan import Kegiatan
from ksdocs.laporan.pelaksanaan import bentuk_of
from ksdocs.laporan.portofolio import KELAS, NAMA_JENIS
from ksdocs.laporan.status import Keadaan, last_day
from ksdocs.laporan.tabel import Sel, Tabel
from ksdocs.models.lembaga import Pejabat
from ksdocs.models.lengkap import RingkasanNaskah

_NASKAH: Final = (
    "no_dokumen",
    "judul",
    "jenis",
    "dasar_dokumen",
    "deskripsi",
    "status",
    "tanggal_awal",
    "tanggal_akhir",
    "anggaran",
    "sumber_pendanaan",
)
_MITRA: Final = (
    "mitra_nama",
    "mitra_klasifikasi",
    "mitra_negara",
    "mitra_alamat",
    "mitra_penandatangan",
    "mitra_jabatan_penandatangan",
    "mitra_penanggung_jawab",
    "mitra_jabatan_penanggung_jawab",
    "mitra_email",
    "mitra_telepon",
)
_KEGIATAN: Final = (
    "bentuk_kegiatan",
    "sasaran",
    "indikator_kinerja",
    "nilai_kontrak",
    "volume",
    "satuan",
    "luaran",
)
KOLOM: Final = (*_NASKAH, *_MITRA, *_KEGIATAN)


def table(bahan: Bahan) -> Tabel:
    """A row for each signed agreement that was in force in the year, each partner of it, and each activity of the
    year; what the data does not know stays empty."""
    done: dict[str, list[Kegiatan]] = {}
    for told in bahan.dilakukan():
        done.setdefault(told.naskah, []).append(told)
    valid = (found for found in bahan.naskah if _in_force_in_year(bahan, found))
    rows = tuple(row for found in valid for row in _rows(bahan, found, done.get(found.naskah.id, ())))
    return Tabel("portal", "Kolom portal pelaporan nasional (contoh)", KOLOM, rows)


def _in_force_in_year(bahan: Bahan, found: Keadaan) -> bool:
    entry = found.naskah
    if entry.tahap != "ditandatangani" or entry.mulai is None or entry.mulai.year > bahan.tahun:
        return False
    last = last_day(found)
    return last is None or last.year >= bahan.tahun


def _rows(bahan: Bahan, found: Keadaan, done: Sequence[Kegiatan]) -> Iterator[tuple[Sel, ...]]:
    for ident in bahan.mitra(found.naskah):
        for told in done or (None,):
            yield (*_agreement(found), *_partner(bahan, found.naskah, ident), *_activity(bahan, found.naskah, told))


def _agreement(found: Keadaan) -> tuple[Sel, ...]:
    entry = found.naskah
    return (
        Sel("; ".join(entry.nomor), (naskah_key(entry),)),
        Sel(entry.tentang),
        Sel(NAMA_JENIS.get(entry.jenis, entry.jenis)),
        Sel(entry.mou),
        Sel("; ".join(entry.lingkup)),
        Sel(found.status.value),
        Sel(entry.mulai),
        Sel(last_day(found)),
        Sel(entry.nilai, (), "rupiah"),
        Sel(entry.sumber_dana),
    )


def _partner(bahan: Bahan, entry: RingkasanNaskah, ident: str) -> tuple[Sel, ...]:
    one = bahan.register.lembaga(ident)
    if one is None:
        return (Sel(ident), *(Sel("") for _ in _MITRA[1:]))
    contact = one.kontak[0] if one.kontak else None
    signatory = _signatory(bahan, entry, ident)
    words = (
        one.nama.id,
        KELAS[one.kelas],
        one.negara,
        one.alamat.id,
        _name(signatory) if signatory else "",
        signatory.jabatan.id if signatory else "",
        (contact.nama if contact else None) or "",
        contact.jabatan.id if contact else "",
        (contact.surel if contact else None) or "",
        (contact.telepon if contact else None) or entry.telepon or one.telepon or "",
    )
    return tuple(Sel(word) for word in words)


def _signatory(bahan: Bahan, entry: RingkasanNaskah, ident: str) -> Pejabat | None:
    """Who signed for a party, where the full record is kept; the list of agreements does not tell it."""
    if entry.jenis not in ("mou", "pks"):
        return None
    one = bahan.register.lembaga(ident)
    for record in bahan.register.rekaman(entry.jenis).rekaman:
        naskah: Any = record.isi
        if naskah.id != entry.id:
            continue
        for party in naskah.pihak:
            if party.id == ident and one is not None:
                named = party.penanda_tangan
                if isinstance(named, Pejabat):
                    return named
                return next((p for p in one.pejabat if named in (None, p.id)), None)
    return None


def _name(one: Pejabat) -> str:
    front = f"{one.gelar_depan} " if one.gelar_depan else ""
    return f"{front}{one.nama}" + (f", {one.gelar_belakang}" if one.gelar_belakang else "")


def _activity(bahan: Bahan, entry: RingkasanNaskah, told: Kegiatan | None) -> tuple[Sel, ...]:
    if told is None:
        known = bahan.register.bentuk()
        names = sorted(known[i].nama if i in known else i for i in entry.bentuk)
        return (Sel("; ".join(names)), *(Sel("") for _ in _KEGIATAN[1:]))
    report = next((r.isi for r in bahan.records("laporan_pelaksanaan") if r.isi.id == told.laporan), None)
    aims: list[Any] = list(report.capaian) if report is not None else []
    products: list[Any] = list(report.luaran) if report is not None else []
    return (
        Sel(bentuk_of(bahan, told), (kegiatan_key(told),)),
        Sel(""),
        Sel("; ".join(one.indikator for one in aims)),
        Sel(told.biaya, (), "rupiah"),
        Sel("; ".join(str(one.realisasi) for one in aims)),
        Sel("; ".join(one.satuan for one in aims)),
        Sel("; ".join(one.uraian for one in products)),
    )
