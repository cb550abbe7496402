"""Money: who bears what, and what is paid by whom to whom."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ksdocs.models.dasar import Baris, Cacah, Durasi, Model, Pengenal, Tanggal, Teks, Uang, Urut, isian


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
