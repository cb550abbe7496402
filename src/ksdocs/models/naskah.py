"""What two or more parties agree: the fields that MoU and PKS share.

A value that is not known yet is left out; what is written by hand at signing says `diisi_tangan`. Which of them
may still be open depends on `tahap` (draf, siap_ttd, ditandatangani), see `rules/tahap.py`.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ksdocs.models.biaya import Beban, Pembiayaan, Rekening, SkemaBiaya, Termin
from ksdocs.models.dasar import (
    BacaCacah,
    Bidang,
    Durasi,
    Id,
    Judul,
    Model,
    PecahDaftar,
    Pengenal,
    Satuan,
    Tahap,
    Tanggal,
    Teks,
    TeksBebas,
    Tingkat,
    Urut,
    YaTidak,
    isian,
)
from ksdocs.models.penyimpangan import KlausulKhusus, KlausulTambahan, Lampiran, PembawaButir, Pengecualian, Tanggapan
from ksdocs.models.pihak import TANPA_NOMOR, CaraTtd, ModeTtd, Penandatanganan, Pihak


class ItemLingkup(Model):
    """One item of the scope."""

    teks: Teks = isian("Teks", "Bunyi butir ruang lingkup.", en="Text", contoh="penyelenggaraan magang mahasiswa")
    bentuk: Id | None = isian(
        "Bentuk kegiatan",
        "Id bentuk kegiatan (data/acuan/bentuk-kegiatan.toml).",
        en="Kind of activity",
        contoh="magang",
        acuan="bentuk",
        default=None,
    )
    sifat: Annotated[
        tuple[Literal["magang", "pembelajaran_luar_prodi", "sertifikasi", "hki", "data_pribadi", "aset"], ...],
        PecahDaftar,
    ] = isian(
        "Sifat", "Hal yang menuntut pasal tertentu, di luar yang melekat pada bentuknya.", en="Traits", default=()
    )


class Perpanjangan(Model):
    """How and by when the term is extended."""

    dapat: YaTidak = isian(
        "Dapat diperpanjang", "Ya bila jangka waktu dapat diperpanjang.", en="Can be extended", default=True
    )
    paling_lambat: Durasi = isian(
        "Paling lambat",
        "Berapa lama sebelum berakhir usul perpanjangan disampaikan.",
        en="By when",
        contoh="3 bulan",
        default=Durasi.model_construct(lama=3, satuan=Satuan.BULAN),
    )


class JangkaWaktu(Model):
    """The term. `mulai` empty means the day of (the last) signature."""

    lama: Durasi = isian("Lama", "Lama berlakunya.", en="Length", contoh="5 tahun")
    mulai: Tanggal | None = isian("Mulai", "Bila bukan tanggal penandatanganan.", en="Start", default=None)
    berakhir: Tanggal | None = isian(
        "Berakhir", "Bila ditulis, diperiksa terhadap lama dan mulai.", en="End", default=None
    )
    alasan_mulai: Teks | None = isian(
        "Alasan mulai lebih dulu",
        "Wajib bila mulai sebelum penandatanganan.",
        en="Reason for an earlier start",
        default=None,
    )
    perpanjangan: Perpanjangan = isian(
        "Perpanjangan", "Cara dan batas waktu memperpanjang.", en="Extension", default=Perpanjangan.model_construct()
    )


class Forum(StrEnum):
    MUSYAWARAH = "musyawarah"
    PENGADILAN_NEGERI = "pengadilan_negeri"
    BANI = "bani"


class Pengakhiran(Model):
    """How the agreement can be ended early."""

    pemberitahuan: Durasi = isian(
        "Pemberitahuan",
        "Paling lambat sebelum tanggal pengakhiran.",
        en="Notice",
        contoh="1 bulan",
        default=Durasi.model_construct(lama=1, satuan=Satuan.BULAN),
    )


class PerlindunganMahasiswa(Model):
    """Terms of internship that protect students (Permendikbudristek 63/2024, 55/2024)."""

    jam_per_hari: Annotated[int, Field(ge=1, le=24), BacaCacah] = isian(
        "Jam per hari", "Paling lama bekerja sehari.", en="Hours a day", contoh=8
    )
    hari_per_minggu: Annotated[int, Field(ge=1, le=7), BacaCacah] = isian(
        "Hari per minggu", "Banyaknya hari kerja seminggu.", en="Days a week", contoh=5
    )
    uang_saku: Teks = isian(
        "Uang saku", "Ketentuan uang saku.", en="Allowance", contoh="sebesar yang ditetapkan PIHAK KEDUA"
    )
    asuransi: Teks = isian(
        "Asuransi", "Siapa menanggung jaminan kecelakaan kerja.", en="Insurance", contoh="ditanggung oleh PIHAK KEDUA"
    )
    pembimbing: Teks | None = isian("Pembimbing", "Ketentuan pembimbing lapangan.", en="Supervisor", default=None)


class PengakuanSks(Model):
    """Recognition of learning outcomes as credits (SKS)."""

    sks: Annotated[int, Field(ge=1, le=60), BacaCacah] = isian("SKS", "Paling banyak diakui.", en="Credits", contoh=20)
    program: Teks = isian("Program", "Program studi yang mengakui.", en="Programme")
    mekanisme: Teks | None = isian("Mekanisme", "Cara pengakuan.", en="Mechanism", contoh="transfer SKS", default=None)


class Sertifikasi(Model):
    """Certification of competence: who certifies and by which accreditation."""

    skema: Teks = isian("Skema", "Skema sertifikasi.", en="Scheme")
    lembaga: Teks = isian("Lembaga", "Lembaga yang menerbitkan sertifikat.", en="Body")
    nomor_akreditasi: Pengenal = isian(
        "Nomor akreditasi", "Nomor akreditasi atau lisensi lembaga itu.", en="Accreditation number"
    )
    berlaku_sampai: Tanggal = isian("Berlaku sampai", "Masa berlaku akreditasi.", en="Accredited until")


class Aset(Model):
    """Goods or rooms of a party that are used."""

    pihak: Urut = isian("Pihak", "Nomor urut pihak pemilik.", en="Owner", contoh=1)
    nama: Teks = isian("Nama", "Barang atau ruang.", en="What", contoh="Laboratorium Otomasi")
    penggunaan: Teks = isian("Penggunaan", "Dipakai untuk apa.", en="Use")


class Naskah(Model):
    """The record of an agreement as an office keeps it: MoU and PKS add nothing but their kind's own fields."""

    jenis_judul: ClassVar[dict[str, str]] = {}

    jenis: str
    id: Id = isian(
        "Id", "Nama pendek rekaman ini; menjadi nama berkas.", en="Id", contoh="mou-majujaya-2025", kelompok="Pokok"
    )
    tahap: Tahap = isian("Tahap", "draf, siap_ttd, atau ditandatangani.", en="Stage", contoh="draf", kelompok="Pokok")
    tentang: Judul = isian(
        "Tentang",
        "Judul kerja sama.",
        en="Subject",
        contoh="Penyelenggaraan Tridharma Perguruan Tinggi",
        kelompok="Pokok",
    )
    tingkat: Tingkat = isian(
        "Tingkat",
        "Lokal/wilayah, nasional, atau internasional (B.1.2.9.3).",
        en="Level",
        contoh="nasional",
        kelompok="Pokok",
    )
    bidang: Bidang = isian(
        "Bidang tridharma",
        "Bidang yang dilayani (B.1.2.9.3).",
        en="Tridharma field",
        contoh=["pendidikan"],
        kelompok="Pokok",
    )
    relevansi: TeksBebas = isian(
        "Relevansi",
        "Hubungan dengan visi, misi, dan tujuan institusi (B.1.2.9.3).",
        en="Relevance to vision and mission",
        kelompok="Pokok",
    )
    pihak: Annotated[tuple[Pihak, ...], Field(min_length=2, max_length=9)] = isian(
        "Para pihak", "Dua pihak atau lebih; urutannya menentukan labelnya.", en="Parties", kelompok="Para pihak"
    )
    penandatanganan: Penandatanganan = isian(
        "Penandatanganan",
        "Cara, waktu, dan tempat.",
        en="Signing",
        kelompok="Penandatanganan",
        default=Penandatanganan.model_construct(),
    )
    premis: tuple[Teks, ...] = isian(
        "Premis",
        "Alasan kerja sama; “bahwa” ditambahkan oleh program.",
        en="Recitals",
        kelompok="Isi",
        contoh=["PIHAK KESATU adalah perguruan tinggi vokasi"],
        default=(),
    )
    dasar_hukum: tuple[Teks, ...] = isian(
        "Dasar hukum", "Peraturan yang menjadi dasar.", en="Legal basis", kelompok="Isi", default=()
    )
    maksud: tuple[Teks, ...] = isian("Maksud", "Maksud kerja sama.", en="Intent", kelompok="Isi", default=())
    tujuan: tuple[Teks, ...] = isian("Tujuan", "Tujuan kerja sama.", en="Purposes", kelompok="Isi", default=())
    ruang_lingkup: tuple[ItemLingkup, ...] = isian(
        "Ruang lingkup", "Hal yang dikerjasamakan.", en="Scope", kelompok="Isi", default=()
    )
    pelaksanaan: tuple[Teks, ...] = isian(
        "Pelaksanaan",
        "Ketentuan pelaksanaan tambahan, satu ayat tiap butir.",
        en="Implementation",
        kelompok="Isi",
        default=(),
    )
    jangka_waktu: JangkaWaktu = isian("Jangka waktu", "Lama berlaku dan perpanjangannya.", en="Term", kelompok="Waktu")
    pengakhiran: Pengakhiran = isian(
        "Pengakhiran",
        "Pengakhiran sebelum waktunya.",
        en="Termination",
        kelompok="Waktu",
        default=Pengakhiran.model_construct(),
    )
    pembiayaan: Pembiayaan = isian(
        "Pembiayaan",
        "Siapa menanggung dan membayar apa.",
        en="Finance",
        kelompok="Biaya",
        default=Pembiayaan.model_construct(),
    )
    forum: Annotated[tuple[Forum, ...], Field(min_length=1), PecahDaftar] = isian(
        "Forum",
        "Penyelesaian perselisihan; musyawarah selalu didahulukan.",
        en="Dispute forum",
        contoh=["musyawarah"],
        kelompok="Isi",
        default=(Forum.MUSYAWARAH,),
    )
    pengadilan: Teks | None = isian(
        "Pengadilan", "Bila bukan pengadilan pada profil institusi.", en="Court", kelompok="Isi", default=None
    )
    varian: dict[Id, Id] = isian(
        "Varian klausul",
        "Id klausul → varian yang dipilih.",
        en="Clause variants",
        kelompok="Klausul",
        acuan="varian",
        default={},
    )
    klausul_pilihan: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Klausul pilihan",
        "Klausul tidak wajib yang ikut dimuat.",
        en="Optional clauses",
        kelompok="Klausul",
        acuan="klausul",
        default=(),
    )
    tanpa_klausul: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Tanpa klausul",
        "Klausul yang tidak dimuat.",
        en="Clauses left out",
        kelompok="Klausul",
        acuan="klausul",
        default=(),
    )
    klausul_tambahan: tuple[KlausulTambahan, ...] = isian(
        "Klausul tambahan", "Pasal khusus rekaman ini.", en="Added clauses", kelompok="Klausul", default=()
    )
    klausul_khusus: tuple[KlausulKhusus, ...] = isian(
        "Klausul khusus", "Kata hasil perundingan.", en="Negotiated wording", kelompok="Klausul", default=()
    )
    lampiran: tuple[Lampiran, ...] = isian(
        "Lampiran", "Bagian tidak terpisahkan dari naskah.", en="Attachments", kelompok="Klausul", default=()
    )
    butir: tuple[PembawaButir, ...] = isian(
        "Butir kesepakatan",
        "Butir yang dimuat dan klausul pembawanya.",
        en="Agreed points",
        kelompok="Tata kelola",
        default=(),
    )
    pengecualian: tuple[Pengecualian, ...] = isian(
        "Pengecualian", "Substansi wajib yang dikecualikan.", en="Waivers", kelompok="Tata kelola", default=()
    )
    tanggapan: tuple[Tanggapan, ...] = isian(
        "Tanggapan",
        "Peringatan yang sudah diperiksa dan dibiarkan.",
        en="Accepted warnings",
        kelompok="Tata kelola",
        default=(),
    )
    disebut: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Sengaja disebut",
        "Id mitra lain yang memang disebut dalam teks.",
        en="Mentioned on purpose",
        acuan="lembaga",
        kelompok="Tata kelola",
        default=(),
    )
    memperpanjang: Id | None = isian(
        "Memperpanjang",
        "Id naskah sebelumnya yang diperpanjang; tidak dicetak.",
        en="Extends",
        acuan="naskah",
        kelompok="Tata kelola",
        default=None,
    )
    catatan: TeksBebas | None = isian(
        "Catatan", "Catatan kantor; tidak dicetak.", en="Note", kelompok="Tata kelola", default=None
    )


__all__ = [
    "TANPA_NOMOR",
    "Aset",
    "Beban",
    "CaraTtd",
    "Forum",
    "ItemLingkup",
    "JangkaWaktu",
    "KlausulKhusus",
    "KlausulTambahan",
    "Lampiran",
    "ModeTtd",
    "Naskah",
    "PembawaButir",
    "Pembiayaan",
    "Penandatanganan",
    "Pengakhiran",
    "PengakuanSks",
    "Pengecualian",
    "PerlindunganMahasiswa",
    "Perpanjangan",
    "Pihak",
    "Rekening",
    "Sertifikasi",
    "SkemaBiaya",
    "Tanggapan",
    "Termin",
]
