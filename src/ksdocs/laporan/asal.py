"""The rows that stand behind figures: agreements, activities, partners, answers and whatever else was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ksdocs.laporan import kepuasan, sasaran
from ksdocs.laporan.bahan import Bahan, kegiatan_key, naskah_key
from ksdocs.laporan.portofolio import KELAS, NAMA_JENIS
from ksdocs.laporan.status import Keadaan
from ksdocs.laporan.tabel import Asal, Isi


def all_rows(bahan: Bahan) -> Iterator[Asal]:
    """Every row of the data that a figure may have been counted from."""
    listed = {record.sumber.id: record.sumber for record in bahan.register.rekaman("arsip").rekaman}
    done = Counter(told.naskah for told in bahan.dilakukan())
    for found in bahan.naskah:
        source = listed.get(found.naskah.id)
        place = str(source.locate("id")) if source is not None else found.naskah.tempat
        yield Asal(naskah_key(found.naskah), "naskah", place, _agreement(bahan, found, done[found.naskah.id]))
    yield from _activities(bahan)
    yield from _partners(bahan)
    for survey in kepuasan.recaps(bahan):
        yield from survey.asal
    yield from _explorations(bahan)
    yield from sasaran.rows_behind(bahan)


def _agreement(bahan: Bahan, found: Keadaan, done: int) -> dict[str, Isi]:
    one = found.naskah
    return {
        "id": one.id,
        "jenis": NAMA_JENIS.get(one.jenis, one.jenis),
        "status": found.status.value,
        "mitra": bahan.nama_mitra(one),
        "tentang": one.tentang,
        "nomor": "; ".join(one.nomor),
        "tanggal": one.tanggal,
        "mulai": one.mulai,
        "berakhir": one.berakhir,
        "diakhiri": one.diakhiri,
        "selesai": one.selesai,
        "tingkat": one.tingkat,
        "bidang": "; ".join(sorted(one.bidang)),
        "bentuk": "; ".join(sorted(one.bentuk)),
        "unit": one.unit,
        "mou": one.mou,
        "memperpanjang": one.memperpanjang,
        "nilai": one.nilai,
        "kegiatan": done,
    }


def _activities(bahan: Bahan) -> Iterator[Asal]:
    for told in bahan.kegiatan:
        entry = bahan.register.naskah(told.naskah)
        said: dict[str, Isi] = {
            "naskah": told.naskah,
            "mitra": bahan.nama_mitra(entry) if entry is not None else "",
            "judul": told.judul,
            "mulai": told.mulai,
            "selesai": told.selesai,
            "keadaan": told.status,
            "bentuk": told.bentuk,
            "bukti": "; ".join(told.bukti),
            "peserta": told.peserta,
            "pic": told.pic,
            "rekaman": "; ".join(told.asal),
        }
        yield Asal(kegiatan_key(told), "kegiatan", str(told.tempat), said)


def _partners(bahan: Bahan) -> Iterator[Asal]:
    of: dict[str, list[Keadaan]] = {}
    for found in bahan.naskah:
        for ident in bahan.mitra(found.naskah):
            of.setdefault(ident, []).append(found)
    for ident, found_all in of.items():
        one = bahan.register.lembaga(ident)
        said: dict[str, Isi] = {
            "id": ident,
            "mitra": bahan.nama(ident),
            "kelas": KELAS[one.kelas] if one is not None else "",
            "naskah_berlaku": "; ".join(k.naskah.id for k in found_all if k.berlaku),
            "naskah_baru": "; ".join(k.naskah.id for k in found_all if bahan.is_new(k.naskah)),
        }
        yield Asal(f"mitra:{ident}", "mitra", "; ".join(dict.fromkeys(k.naskah.tempat for k in found_all)), said)


def _explorations(bahan: Bahan) -> Iterator[Asal]:
    for record in bahan.records("penjajakan"):
        one: Any = record.isi
        said: dict[str, Isi] = {"id": one.id, "mitra": bahan.nama(one.mitra), "tanggal": one.tanggal}
        said["rekomendasi"] = one.rekomendasi
        yield Asal(f"penjajakan:{one.id}", "penjajakan", str(record.sumber.locate("id")), said)
