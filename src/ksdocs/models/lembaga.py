"""Institutions and partners: who can be a party, who signs for them and by what authority, and an office's profile.

Kept once per lembaga and referred to by id; a naskah never retypes them.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ksdocs.models.dasar import (
    Baris,
    Id,
    Model,
    Negara,
    PecahDaftar,
    Pengenal,
    Surel,
    Tanggal,
    Teks,
    TeksBebas,
    YaTidak,
    isian,
)


class JenisKewenangan(StrEnum):
    SK_PENGANGKATAN = "sk_pengangkatan"
    AKTA = "akta"
    SURAT_KUASA = "surat_kuasa"
    PENDELEGASIAN = "pendelegasian"
    PERATURAN = "peraturan"


class Kewenangan(Model):
    """What entitles a person to sign (komparisi: "berdasarkan …")."""

    jenis: JenisKewenangan = isian("Jenis", "Jenis dasar kewenangan.", en="Kind", contoh="sk_pengangkatan")
    nomor: Pengenal = isian("Nomor", "Nomor keputusan, akta, atau surat.", en="Number", contoh="045/SK/2024")
    tanggal: Tanggal = isian("Tanggal", "Tanggal penetapan.", en="Date", contoh="2024-01-15")
    tentang: Teks | None = isian(
        "Tentang", "Perihal dokumen itu.", en="Subject", contoh="Pengangkatan Direktur", default=None
    )
    penerbit: Teks = isian(
        "Penerbit",
        "Pejabat atau notaris yang menerbitkan, seperti ditulis sesudah nama dokumennya.",
        en="Issuer",
        contoh="Ketua Yayasan Contoh",
    )
    mulai_berlaku: Tanggal | None = isian(
        "Mulai berlaku", "Bila berbeda dari tanggal penetapan.", en="Valid from", default=None
    )
    berlaku_sampai: Tanggal | None = isian(
        "Berlaku sampai", "Akhir masa berlaku; kosong bila tidak dibatasi.", en="Valid until", default=None
    )


class Pejabat(Model):
    """A person who may sign for a lembaga. Titles stay apart from the name, so that no title is ever capitalised."""

    id: Id = isian("Id", "Nama pendek di dalam lembaga ini.", en="Id", contoh="direktur")
    gelar_depan: Baris | None = isian(
        "Gelar depan", "Gelar sebelum nama.", en="Title before", contoh="Dr.", default=None
    )
    nama: Baris = isian("Nama", "Nama tanpa gelar.", en="Name", contoh="Sari Wulandari")
    gelar_belakang: Baris | None = isian(
        "Gelar belakang", "Gelar sesudah nama.", en="Title after", contoh="M.T.", default=None
    )
    jabatan: Teks = isian("Jabatan", "Jabatan yang dicantumkan dalam naskah.", en="Position", contoh="Direktur")
    nip: Pengenal | None = isian("NIP", "Nomor induk pegawai, sebagai teks.", en="Staff number", default=None)
    sebutan_nip: Baris = isian(
        "Sebutan nomor induk", "NIP, NIK, NRP, atau sebutan lain.", en="Label of the staff number", default="NIP"
    )
    status: Literal["definitif", "plt", "plh"] = isian(
        "Status", "Pejabat definitif, Plt., atau Plh.", en="Standing", default="definitif"
    )
    setingkat_kepala_jurusan: YaTidak = isian(
        "Setingkat kepala jurusan",
        "Ya bila hanya memimpin jurusan, prodi, atau unit; perlu pendelegasian untuk menandatangani.",
        en="Head of a department only",
        default=False,
    )
    kewenangan: tuple[Kewenangan, ...] = isian(
        "Kewenangan", "Dasar kewenangan untuk menandatangani.", en="Authority", default=()
    )


class Kontak(Model):
    """Where letters to a party go (korespondensi)."""

    id: Id = isian("Id", "Nama pendek di dalam lembaga ini.", en="Id", contoh="humas")
    nama: Baris | None = isian("Nama", "Nama orang, bila ada.", en="Name", default=None)
    jabatan: Teks = isian(
        "Untuk perhatian",
        "Jabatan atau unit yang dituju (u.p.).",
        en="Attention",
        contoh="Kepala Unit Humas dan Kerja Sama",
    )
    alamat: Baris | None = isian("Alamat", "Bila berbeda dari alamat lembaga.", en="Address", default=None)
    telepon: Pengenal | None = isian("Telepon", "Nomor telepon, sebagai teks.", en="Telephone", default=None)
    surel: Surel | None = isian("Surel", "Alamat surel.", en="E-mail", contoh="kerjasama@contoh.example", default=None)


class KelasLembaga(StrEnum):
    PERGURUAN_TINGGI = "perguruan_tinggi"
    INDUSTRI = "industri"
    PEMERINTAH = "pemerintah"
    LEMBAGA_SERTIFIKASI = "lembaga_sertifikasi"
    LEMBAGA_PELATIHAN = "lembaga_pelatihan"
    ORGANISASI_PROFESI = "organisasi_profesi"
    SEKOLAH = "sekolah"
    YAYASAN = "yayasan"
    LAINNYA = "lainnya"


class Lembaga(Model):
    """Anything that can be a party."""

    id: Id = isian("Id", "Nama pendek lembaga; dipakai di semua naskah.", en="Id", contoh="majujaya")
    nama: Teks = isian("Nama", "Nama resmi dengan ejaan yang dicetak.", en="Name", contoh="PT Maju Jaya Contoh")
    singkatan: Baris | None = isian("Singkatan", "Singkatan resmi.", en="Short name", default=None)
    ejaan_lain: Annotated[tuple[Baris, ...], PecahDaftar] = isian(
        "Ejaan lain",
        "Ejaan lain yang pernah dipakai; dikenali, tidak pernah dicetak.",
        en="Other spellings",
        default=(),
    )
    kelas: KelasLembaga = isian("Kelas", "Kelas mitra.", en="Class", contoh="industri")
    badan_publik: YaTidak = isian(
        "Badan publik", "Ya bila lembaga pemerintah atau badan publik.", en="Public body", default=False
    )
    negara: Negara = isian("Negara", "Kode negara dua huruf.", en="Country", contoh="ID", default="ID")
    kedudukan: Teks = isian("Kedudukan", "Kota tempat kedudukan.", en="Seat", contoh="Batam")
    alamat: Teks = isian("Alamat", "Alamat lengkap.", en="Address", contoh="Jalan Contoh Nomor 1, Batam")
    telepon: Pengenal | None = isian("Telepon", "Nomor telepon, sebagai teks.", en="Telephone", default=None)
    laman: Baris | None = isian("Laman", "Alamat situs.", en="Website", default=None)
    logo: Baris | None = isian(
        "Logo", "Berkas PNG atau JPEG, relatif terhadap berkas lembaga ini.", en="Logo", default=None
    )
    induk: Id | None = isian(
        "Induk", "Id lembaga induk, bila ini jurusan atau anak perusahaan.", en="Parent", acuan="lembaga", default=None
    )
    pejabat: tuple[Pejabat, ...] = isian("Pejabat", "Yang berwenang menandatangani.", en="Officials", min_length=1)
    kontak: tuple[Kontak, ...] = isian("Kontak", "Alamat korespondensi.", en="Contacts", default=())
    contoh: YaTidak = isian("Contoh", "Ya bila lembaga ini rekaan.", en="Invented example", default=False)
    isian_contoh: Annotated[tuple[Baris, ...], PecahDaftar] = isian(
        "Isian contoh",
        "Isian lembaga nyata yang hanya contoh, belum dipastikan.",
        en="Fields that are examples",
        default=(),
    )


class Mitra(Lembaga):
    """A partner."""

    jenis: Literal["mitra"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="mitra")


def _each_once(pattern: str) -> str:
    for name in ("urut", "romawi", "tahun", "unit"):
        if pattern.count(f"{{{name}}}") > 1:  # also, numbers could be held against it in very many ways
            raise PydanticCustomError("string_pattern_mismatch", "a placeholder twice", {"nilai": pattern[:60]})
    return pattern


class PolaNomor(Model):
    """How an office numbers one kind: `{urut}`, `{romawi}` (month), `{tahun}`, `{unit}` stand for what changes."""

    pola: Annotated[Baris, AfterValidator(_each_once)] = isian(
        "Pola", "Pola nomor naskah.", en="Pattern", contoh="{urut}/MOU.PL29/{romawi}/{tahun}"
    )
    digit: Annotated[int, Field(ge=1, le=6)] = isian("Digit", "Banyaknya angka nomor urut.", en="Digits", default=3)


class Profil(Model):
    """The switches of an office: its habits where the law leaves a choice (domain.md §3)."""

    label_pihak: Literal["kesatu", "pertama"] = isian(
        "Label pihak", "PIHAK KESATU/KEDUA atau PIHAK PERTAMA/KEDUA.", en="Party labels", default="kesatu"
    )
    penghubung_judul: Literal["DAN", "DENGAN"] = isian(
        "Kata penghubung judul",
        "Kata di antara nama para pihak pada judul.",
        en="Word between the parties",
        default="DAN",
    )
    dengan_rahmat: YaTidak = isian(
        "Dengan rahmat", "Ya bila judul diawali “Dengan Rahmat Tuhan Yang Maha Esa”.", en="Invocation", default=False
    )
    urutan_logo: Literal["kesatu_kiri", "kesatu_kanan"] = isian(
        "Letak logo", "Logo PIHAK KESATU di kiri atau di kanan.", en="Side of the logos", default="kesatu_kiri"
    )
    urutan_ttd: Literal["kesatu_kiri", "kesatu_kanan"] = isian(
        "Letak tanda tangan", "PIHAK KESATU di kiri atau di kanan.", en="Side of the signatures", default="kesatu_kiri"
    )
    tata_letak: Literal["satu_kolom", "dua_kolom"] = isian(
        "Tata letak", "Satu kolom, atau dua kolom dwibahasa.", en="Layout", default="satu_kolom"
    )
    kotak_paraf: YaTidak = isian(
        "Kotak paraf", "Ya bila tiap halaman memuat kotak paraf.", en="Initials on each page", default=False
    )
    meterai: Literal["rotasi", "semua"] = isian(
        "Meterai pada tiga pihak atau lebih",
        "Bergilir, atau di semua tanda tangan.",
        en="Stamp duty with three or more",
        default="rotasi",
    )
    akhir_masa: Literal["sehari_sebelum", "tanggal_sama"] = isian(
        "Akhir masa berlaku",
        "17-03-2025 + 5 tahun berakhir 16-03-2030 (sehari_sebelum) atau 17-03-2030.",
        en="End of term",
        default="sehari_sebelum",
    )
    tanggal_dmy: YaTidak = isian(
        "Tanggal dd/mm/yyyy", "Ya bila 03/04/2025 selalu berarti 3 April 2025.", en="dd/mm/yyyy allowed", default=False
    )
    zona_waktu: Literal["WIB", "WITA", "WIT"] = isian(
        "Zona waktu", "Zona waktu tempat kedudukan; dicetak di belakang pukul.", en="Time zone", default="WIB"
    )
    pengadilan: Teks | None = isian(
        "Pengadilan",
        "Pengadilan negeri di tempat kedudukan.",
        en="Court of the seat",
        contoh="Pengadilan Negeri Contoh",
        default=None,
    )
    pola_nomor: dict[str, PolaNomor] = isian(
        "Pola nomor", "Pola nomor untuk tiap jenis naskah.", en="Number patterns", default={}
    )
    penyetuju: Annotated[tuple[Baris, ...], PecahDaftar] = isian(
        "Penyetuju pengecualian",
        "Jabatan yang boleh menyetujui pengecualian dan kata khusus.",
        en="Approvers",
        default=(),
    )
    kota_surat: Baris | None = isian(
        "Kota surat", "Kota pada tempat dan tanggal surat.", en="City of letters", default=None
    )
    catatan: TeksBebas | None = isian("Catatan", "Catatan untuk kantor; tidak dicetak.", en="Note", default=None)


class Institusi(Lembaga):
    """An institution that keeps its documents with ksdocs: a lembaga with a profile."""

    jenis: Literal["institusi"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="institusi")
    kementerian: Teks | None = isian("Kementerian", "Kementerian induk.", en="Ministry", default=None)
    profil: Profil = isian("Profil", "Kebiasaan kantor.", en="Profile", default=Profil.model_construct())
