"""Who agrees, and how it is signed."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ksdocs.models.dasar import (
    BacaCacah,
    Baris,
    BarisAtauTangan,
    Id,
    Model,
    Pengenal,
    TanggalAtauTangan,
    Teks,
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

    id: Id = isian("Lembaga", "Id institusi atau mitra.", en="Institution", contoh="polibatam", acuan="lembaga")
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
        acuan="pejabat",
        contoh="direktur",
        default=None,
    )
    kontak: Id | Kontak | None = isian(
        "Kontak",
        "Id kontak lembaga itu; kosong berarti kontak pertama.",
        en="Contact",
        contoh="humas",
        acuan="kontak",
        default=None,
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
