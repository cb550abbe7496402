"""What two or more parties agree: the fields that MoU and PKS share.

A value that is not known yet is left out; what is written by hand at signing says `diisi_tangan`. Which of them
may still be open depends on `tahap` (draf, siap_ttd, ditandatangani), see `rules/tahap.py`.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ksdocs.models.dasar import (
    BacaCacah,
    Baris,
    BarisAtauTangan,
    Cacah,
    Durasi,
    Id,
    Judul,
    Model,
    PecahDaftar,
    Pengenal,
    Satuan,
    Tahap,
    Tanggal,
    TanggalAtauTangan,
    Teks,
    TeksBebas,
    Uang,
    Urut,
    YaTidak,
    isian,
)
from ksdocs.models.lembaga import Kontak, Pejabat

TANPA_NOMOR = "tanpa_nomor"


class CaraTtd(StrEnum):
    BERSAMA = "bersama"
    TERPISAH = "terpisah"


class ModeTtd(StrEnum):
    BASAH = "basah"
    TTE = "tte"
    TTE_EMETERAI = "tte_emeterai"


class Pihak(Model):
    """A party: who, under which number, signed by whom, with which rights and duties."""

    id: Id = isian("Lembaga", "Id institusi atau mitra.", en="Institution", contoh="polibatam")
    nomor: Pengenal | None = isian(
        "Nomor",
        "Nomor naskah milik pihak ini; `diisi_tangan` atau `tanpa_nomor` selama belum ditandatangani.",
        en="Number",
        contoh="012/MOU.PL29/III/2025",
        default=None,
    )
    penanda_tangan: Id | Pejabat | None = isian(
        "Penanda tangan",
        "Id pejabat lembaga itu; kosong berarti pejabat pertama.",
        en="Signatory",
        contoh="direktur",
        default=None,
    )
    kontak: Id | Kontak | None = isian(
        "Kontak", "Id kontak lembaga itu; kosong berarti kontak pertama.", en="Contact", contoh="humas", default=None
    )
    label: Baris | None = isian(
        "Label", "Hanya bila menyimpang dari label profil.", en="Label", contoh="PIHAK KESATU", default=None
    )
    unit: Teks | None = isian(
        "Unit pelaksana", "Jurusan, unit, atau bagian yang melaksanakan.", en="Unit in charge", default=None
    )
    penanggung_jawab: Teks | None = isian(
        "Penanggung jawab",
        "Jabatan penanggung jawab kegiatan.",
        en="Person in charge",
        contoh="Ketua Jurusan Teknik Informatika",
        default=None,
    )
    hak: tuple[Teks, ...] = isian(
        "Hak", "Hak pihak ini.", en="Rights", contoh=["menerima laporan kegiatan"], default=()
    )
    kewajiban: tuple[Teks, ...] = isian(
        "Kewajiban", "Kewajiban pihak ini.", en="Duties", contoh=["menyediakan pembimbing"], default=()
    )
    tanggal_ttd: TanggalAtauTangan | None = isian(
        "Tanggal tanda tangan", "Hanya bila ditandatangani terpisah.", en="Date of signature", default=None
    )
    tempat_ttd: BarisAtauTangan | None = isian(
        "Tempat tanda tangan", "Hanya bila ditandatangani terpisah.", en="Place of signature", default=None
    )


class Penandatanganan(Model):
    """How, when and where the naskah is signed."""

    cara: CaraTtd = isian(
        "Cara",
        "bersama, atau terpisah bila masing-masing di tempatnya sendiri.",
        en="Together or apart",
        default=CaraTtd.BERSAMA,
    )
    mode: ModeTtd = isian("Mode", "basah, tte (elektronik), atau tte_emeterai.", en="Mode", default=ModeTtd.BASAH)
    tanggal: TanggalAtauTangan | None = isian(
        "Tanggal", "Tanggal penandatanganan.", en="Date", contoh="2025-03-17", default=None
    )
    hari: Baris | None = isian(
        "Hari", "Bila ditulis, diperiksa terhadap tanggal.", en="Weekday", contoh="Senin", default=None
    )
    tanggal_terbilang: Baris | None = isian(
        "Tanggal terbilang",
        "Bila ditulis, diperiksa terhadap tanggal.",
        en="Date in words",
        contoh="tujuh belas bulan Maret tahun dua ribu dua puluh lima",
        default=None,
    )
    tempat: BarisAtauTangan | None = isian(
        "Tempat", "Tempat penandatanganan.", en="Place", contoh="Batam", default=None
    )
    rangkap: Annotated[int, Field(ge=2, le=99), BacaCacah] | None = isian(
        "Rangkap", "Banyaknya naskah asli; kosong berarti sebanyak pihak.", en="Originals", default=None
    )


class ItemLingkup(Model):
    """One item of the scope."""

    teks: Teks = isian("Teks", "Bunyi butir ruang lingkup.", en="Text", contoh="penyelenggaraan magang mahasiswa")
    bentuk: Id | None = isian(
        "Bentuk kegiatan",
        "Id bentuk kegiatan (data/acuan/bentuk-kegiatan.toml).",
        en="Kind of activity",
        contoh="magang",
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


class SkemaBiaya(StrEnum):
    MASING_MASING = "masing_masing"
    BIAYA_TETAP = "biaya_tetap"
    PER_SATUAN = "per_satuan"
    TERMIN = "termin"


class Beban(Model):
    """Who bears what."""

    pihak: Urut = isian("Pihak", "Nomor urut pihak yang menanggung.", en="Party", contoh=1)
    hal: Teks = isian("Hal", "Biaya yang ditanggung.", en="What", contoh="biaya narasumber")


class Termin(Model):
    """One instalment."""

    jumlah: Uang = isian("Jumlah", "Besarnya angsuran.", en="Amount", contoh="50.000.000")
    persen: Annotated[Decimal, Field(gt=0, le=100)] | None = isian(
        "Persen", "Bagian dari nilai keseluruhan.", en="Per cent", default=None
    )
    syarat: Teks = isian(
        "Syarat", "Kapan atau setelah apa dibayar.", en="Condition", contoh="setelah laporan akhir diterima"
    )
    paling_lambat: Tanggal | None = isian("Paling lambat", "Tanggal jatuh tempo.", en="Due date", default=None)


class Rekening(Model):
    """The account that is paid into: always in an institution's name."""

    bank: Baris = isian("Bank", "Nama bank.", en="Bank", contoh="Bank Contoh")
    nomor: Pengenal = isian("Nomor rekening", "Sebagai teks.", en="Account", contoh="0123456789")
    atas_nama: Baris = isian("Atas nama", "Nama lembaga pemilik rekening.", en="Account holder")


class Pembiayaan(Model):
    """Money: who bears what, and what is paid by whom to whom."""

    skema: SkemaBiaya = isian(
        "Skema", "masing_masing, biaya_tetap, per_satuan, atau termin.", en="Scheme", default=SkemaBiaya.MASING_MASING
    )
    pembayar: Urut | None = isian("Pembayar", "Nomor urut pihak yang membayar.", en="Payer", default=None)
    penerima: Urut | None = isian("Penerima", "Nomor urut pihak yang menerima.", en="Payee", default=None)
    nilai: Uang | None = isian(
        "Nilai keseluruhan", "Jumlah seluruhnya.", en="Total", contoh="Rp150.000.000,00", default=None
    )
    nilai_terbilang: Baris | None = isian(
        "Nilai terbilang", "Bila ditulis, diperiksa terhadap angka.", en="Total in words", default=None
    )
    satuan: Baris | None = isian(
        "Satuan", "Satuan hitung, misalnya peserta.", en="Unit", contoh="peserta", default=None
    )
    nilai_satuan: Uang | None = isian(
        "Nilai per satuan", "Biaya tiap satuan.", en="Amount per unit", contoh="3.000.000", default=None
    )
    volume: Cacah | None = isian("Banyaknya", "Banyaknya satuan.", en="Quantity", contoh=50, default=None)
    termin: tuple[Termin, ...] = isian("Termin", "Angsuran.", en="Instalments", default=())
    tenggat: Durasi | None = isian(
        "Tenggat bayar",
        "Paling lama setelah tagihan diterima lengkap.",
        en="Payment period",
        contoh="30 hari",
        default=None,
    )
    rekening: Rekening | None = isian("Rekening", "Rekening penerima.", en="Account", default=None)
    pajak: Teks | None = isian(
        "Pajak",
        "Siapa menanggung pajak dan apakah nilai sudah termasuk pajak.",
        en="Tax",
        contoh="Nilai sudah termasuk pajak sesuai dengan ketentuan peraturan perundang-undangan.",
        default=None,
    )
    beban: tuple[Beban, ...] = isian(
        "Beban", "Biaya yang ditanggung masing-masing pihak.", en="Who bears what", default=()
    )

    @property
    def uang_mengalir(self) -> bool:
        """True when one party pays another."""
        return self.skema is not SkemaBiaya.MASING_MASING


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


class KlausulTambahan(Model):
    """A clause of this record alone, in the numbering of legal drafting."""

    id: Id = isian("Id", "Nama pendek klausul.", en="Id", contoh="seragam_magang")
    judul: Teks = isian("Judul", "Judul pasal.", en="Title", contoh="Seragam")
    teks: Teks = isian("Teks", "Isi pasal; (1) ayat, a. huruf, 1) angka.", en="Text")
    setelah: Id | None = isian(
        "Setelah", "Id klausul yang mendahuluinya; kosong berarti sebelum penutup.", en="After", default=None
    )


class KlausulKhusus(Model):
    """Negotiated words that replace a clause's own, in this record alone."""

    klausul: Id = isian("Klausul", "Id klausul yang diganti.", en="Clause", contoh="penyelesaian_perselisihan")
    teks: Teks = isian("Teks", "Kata yang disepakati.", en="Text")
    alasan: TeksBebas = isian("Alasan", "Mengapa diganti.", en="Reason")
    penyetuju: Baris = isian("Penyetuju", "Jabatan yang menyetujui.", en="Approver", contoh="Direktur")
    tanggal: Tanggal = isian("Tanggal", "Tanggal persetujuan.", en="Date")


class Pengecualian(Model):
    """A waiver of a required section, on record."""

    substansi: Id = isian("Substansi", "Id substansi yang dikecualikan.", en="Section", contoh="sanksi")
    alasan: TeksBebas = isian("Alasan", "Mengapa dikecualikan.", en="Reason")
    penyetuju: Baris = isian("Penyetuju", "Jabatan yang menyetujui.", en="Approver", contoh="Direktur")
    tanggal: Tanggal = isian("Tanggal", "Tanggal persetujuan.", en="Date")


class Tanggapan(Model):
    """A warning that somebody has looked at and lets stand, on record."""

    kode: Baris = isian("Kode", "Kode peringatan.", en="Code", contoh="KS214")
    alasan: TeksBebas = isian("Alasan", "Mengapa dibiarkan.", en="Reason")
    oleh: Baris = isian("Oleh", "Jabatan yang memutuskan.", en="By", contoh="Kepala Unit Kerja Sama")
    tanggal: Tanggal | None = isian("Tanggal", "Tanggal keputusan.", en="Date", default=None)


class PembawaButir(Model):
    """Which clause carries an agreed butir."""

    id: Id = isian("Butir", "Id butir kesepakatan (data/butir).", en="Point", contoh="butir-kuota-magang")
    klausul: Id = isian("Klausul", "Id klausul yang memuatnya.", en="Clause", contoh="pelaksanaan")


class Lampiran(Model):
    """An attachment that is part of the agreement."""

    judul: Teks = isian("Judul", "Judul lampiran.", en="Title", contoh="Rincian Biaya")
    teks: tuple[Teks, ...] = isian("Isi", "Paragraf isi lampiran.", en="Content", default=())


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
    tingkat: Literal["lokal", "nasional", "internasional"] = isian(
        "Tingkat",
        "Lokal/wilayah, nasional, atau internasional (B.1.2.9.3).",
        en="Level",
        contoh="nasional",
        kelompok="Pokok",
    )
    bidang: Annotated[
        tuple[Literal["pendidikan", "penelitian", "pengabdian"], ...], Field(min_length=1), PecahDaftar
    ] = isian(
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
        "Varian klausul", "Id klausul → varian yang dipilih.", en="Clause variants", kelompok="Klausul", default={}
    )
    klausul_pilihan: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Klausul pilihan",
        "Klausul tidak wajib yang ikut dimuat.",
        en="Optional clauses",
        kelompok="Klausul",
        default=(),
    )
    tanpa_klausul: Annotated[tuple[Id, ...], PecahDaftar] = isian(
        "Tanpa klausul", "Klausul yang tidak dimuat.", en="Clauses left out", kelompok="Klausul", default=()
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
        kelompok="Tata kelola",
        default=(),
    )
    memperpanjang: Id | None = isian(
        "Memperpanjang",
        "Id naskah sebelumnya yang diperpanjang; tidak dicetak.",
        en="Extends",
        kelompok="Tata kelola",
        default=None,
    )
    catatan: TeksBebas | None = isian(
        "Catatan", "Catatan kantor; tidak dicetak.", en="Note", kelompok="Tata kelola", default=None
    )
