"""Table 1 of the LKPS: activities of cooperation by field of the tridharma."""

from __future__ import annotations

from typing import Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.laporan.bahan import Bahan, kegiatan_key, naskah_key
from ksdocs.laporan.kegiatan import Kegiatan
from ksdocs.laporan.portofolio import BIDANG, TIDAK_DISEBUT, TINGKAT
from ksdocs.laporan.status import Keadaan, last_day
from ksdocs.laporan.tabel import Sel, Tabel

KOLOM: Final = (
    "Bidang",
    "No",
    "Lembaga Mitra",
    "Tingkat",
    "Judul Kegiatan",
    "Manfaat",
    "Waktu dan Durasi",
    "Bukti",
    "Tahun Berakhir",
)


def table(bahan: Bahan) -> Tabel:
    """What was done in the year, under each field that its agreement serves; numbers begin anew in each field."""
    rows: list[tuple[Sel, ...]] = []
    known = {found.naskah.id: found for found in bahan.naskah}
    for field, label in (*BIDANG.items(), ("", TIDAK_DISEBUT)):
        number = 0
        for told in bahan.dilakukan():
            found = known[told.naskah]
            fields = found.naskah.bidang
            if field in fields or (not field and not fields & set(BIDANG)):
                number += 1
                rows.append(_row(bahan, told, found, label, number))
    return Tabel("lkps_1", "LKPS Tabel 1: kerja sama tridharma", KOLOM, tuple(rows))


def _row(bahan: Bahan, told: Kegiatan, found: Keadaan, label: str, number: int) -> tuple[Sel, ...]:
    entry, last = found.naskah, last_day(found)
    return (
        Sel(label),
        Sel(number),
        Sel(bahan.nama_mitra(entry), (naskah_key(entry),)),
        Sel(TINGKAT.get(entry.tingkat, TIDAK_DISEBUT)),
        Sel(told.judul, (kegiatan_key(told),)),
        Sel(told.manfaat),
        Sel(time_and_length(told)),
        Sel("; ".join(told.bukti)),
        Sel(last.year if last is not None else "Tanpa batas waktu"),
    )


def time_and_length(told: Kegiatan) -> str:
    """`1 Maret 2026 – 30 Juni 2026 (122 hari)`; a single day alone, and `sejak …` while the end is not known."""
    first = tanggal_panjang(told.mulai)
    if told.selesai is None:
        return f"sejak {first}" if told.status == "berjalan" else first
    days = (told.selesai - told.mulai).days + 1
    return first if days == 1 else f"{first} – {tanggal_panjang(told.selesai)} ({days} hari)"
