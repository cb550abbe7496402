"""Butir kesepakatan: a point that was discussed, and the agreements that must carry it."""

from typing import Annotated, Literal

from ksdocs.models.dasar import Baris, Id, Model, PecahDaftar, Tanggal, Teks, isian


class Butir(Model):
    """One point, kept once; a naskah names the clause that carries it."""

    jenis: Literal["butir"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="butir")
    id: Id = isian("Id", "Nama pendek butir.", en="Id", contoh="butir-kuota-magang")
    teks: Teks = isian("Teks", "Bunyi butir.", en="Text")
    status: Literal["terbuka", "disepakati", "batal"] = isian(
        "Status", "terbuka, disepakati, atau batal.", en="Status", contoh="disepakati"
    )
    naskah: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Naskah", "Id naskah yang harus memuatnya.", en="Agreements", acuan="naskah", default=()
    )
    tanggal: Tanggal | None = isian("Tanggal", "Tanggal disepakati.", en="Date", default=None)
    sumber: Baris | None = isian("Sumber", "Rapat atau surat tempat butir ini dibahas.", en="Source", default=None)
