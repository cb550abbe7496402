"""An agreement as the office's list of agreements keeps it: what is known of one whose full record is not kept here."""

from typing import Annotated, Literal

from pydantic import Field

from ksdocs.models.dasar import (
    Baris,
    Bidang,
    Id,
    Judul,
    Model,
    PecahDaftar,
    Pengenal,
    Pilihan,
    Tahap,
    Tanggal,
    Tautan,
    TeksBebas,
    Tingkat,
    Uang,
    isian,
)


class Arsip(Model):
    """One row of the list: enough to count it, to watch its term, and to rest a PKS on it."""

    jenis: Literal["arsip"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="arsip")
    id: Id = isian("Id", "Nama pendek naskah.", en="Id", contoh="pks-magang-majujaya-2023")
    jenis_naskah: Annotated[Literal["mou", "pks", "ia", "adendum"], Pilihan] = isian(
        "Jenis naskah", "mou, pks, ia, atau adendum.", en="Kind of agreement", contoh="pks"
    )
    tahap: Tahap = isian(
        "Tahap", "draf, siap_ttd, atau ditandatangani.", en="Stage", contoh="ditandatangani", default="ditandatangani"
    )
    tentang: Judul = isian("Tentang", "Judul kerja sama.", en="Subject", contoh="Penyelenggaraan Magang Mahasiswa")
    nomor: Annotated[tuple[Pengenal, ...], PecahDaftar] = isian(
        "Nomor", "Nomor naskah para pihak, dipisahkan titik koma.", en="Numbers", default=()
    )
    tanggal: Tanggal | None = isian("Tanggal", "Tanggal penandatanganan.", en="Date of signing", default=None)
    mulai: Tanggal | None = isian("Mulai", "Bila bukan tanggal penandatanganan.", en="Start", default=None)
    berakhir: Tanggal | None = isian(
        "Berakhir", "Hari terakhir berlakunya; kosong bila tanpa batas waktu.", en="Last day", default=None
    )
    pihak: Annotated[tuple[Id, ...], Field(min_length=2, max_length=9), PecahDaftar] = isian(
        "Para pihak",
        "Id institusi dan mitra, dipisahkan titik koma.",
        en="Parties",
        contoh="polibatam; majujaya",
        acuan="lembaga",
    )
    tingkat: Tingkat = isian(
        "Tingkat", "Lokal/wilayah, nasional, atau internasional (B.1.2.9.3).", en="Level", contoh="nasional"
    )
    bidang: Bidang = isian("Bidang tridharma", "Bidang yang dilayani.", en="Tridharma field", contoh="pendidikan")
    bentuk: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Bentuk kegiatan",
        "Id bentuk kegiatan, dipisahkan titik koma.",
        en="Kinds of activity",
        acuan="bentuk",
        default=(),
    )
    lingkup: TeksBebas | None = isian("Ruang lingkup", "Pokok-pokoknya.", en="Scope", default=None)
    unit: Baris | None = isian("Unit", "Jurusan atau unit pelaksana.", en="Unit", default=None)
    penanggung_jawab: Baris | None = isian("PIC", "Penanggung jawab.", en="Person in charge", default=None)
    telepon: Pengenal | None = isian(
        "Telepon mitra", "Bila bukan telepon kontak mitra, sebagai teks.", en="Partner's telephone", default=None
    )
    nilai: Uang | None = isian("Nilai", "Nilai kerja sama.", en="Value", default=None)
    sumber_dana: Baris | None = isian("Sumber dana", "Asal dananya.", en="Source of funds", default=None)
    mou: Id | None = isian("Dasar MoU", "Id MoU yang menjadi dasar.", en="MoU it rests on", acuan="mou", default=None)
    memperpanjang: Id | None = isian(
        "Memperpanjang", "Id naskah sebelumnya yang diperpanjang.", en="Extends", acuan="naskah", default=None
    )
    diakhiri: Tanggal | None = isian(
        "Diakhiri", "Tanggal pengakhiran sebelum waktunya.", en="Terminated on", default=None
    )
    selesai: Tanggal | None = isian(
        "Selesai", "Tanggal semua kewajiban selesai; tidak akan diperpanjang.", en="Completed on", default=None
    )
    tautan: Tautan | None = isian("Tautan", "Pindaian naskah.", en="Link to the scan", default=None)
    catatan: TeksBebas | None = isian("Catatan", "Catatan kantor; tidak dicetak.", en="Note", default=None)
