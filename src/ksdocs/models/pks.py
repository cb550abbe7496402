"""PKS (Perjanjian Kerja Sama): the operational agreement, on an MoU or on another stated basis."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from ksdocs.models.dasar import Id, Model, Pengenal, Tanggal, Teks, YaTidak, isian
from ksdocs.models.naskah import Aset, Naskah, PengakuanSks, PerlindunganMahasiswa, Sertifikasi


class Dasar(Model):
    """What a PKS rests on: an MoU of the register (`mou`), an MoU quoted by number and date, or none (`alasan`)."""

    mou: Id | None = isian("MoU", "Id rekaman MoU.", en="MoU", contoh="mou-majujaya-2025", acuan="mou", default=None)
    nomor: Pengenal | None = isian("Nomor MoU", "Bila MoU tidak ada dalam data.", en="Number of the MoU", default=None)
    tanggal: Tanggal | None = isian("Tanggal MoU", "Bila MoU tidak ada dalam data.", en="Date of the MoU", default=None)
    tentang: Teks | None = isian("Tentang MoU", "Bila MoU tidak ada dalam data.", en="Subject of the MoU", default=None)
    alasan: Teks | None = isian(
        "Dasar lain", "Dasar kerja sama bila tanpa MoU; dicetak.", en="Other basis", default=None
    )

    @model_validator(mode="after")
    def _name_exactly_one_basis(self) -> "Dasar":
        quoted = self.nomor is not None or self.tanggal is not None or self.tentang is not None
        if sum((self.mou is not None, quoted, self.alasan is not None)) != 1:
            raise PydanticCustomError("dasar_ganda", "exactly one basis")
        if quoted and (self.nomor is None or self.tanggal is None):
            raise PydanticCustomError("dasar_mou_kurang", "number and date of the MoU")
        return self

    @property
    def pada_mou(self) -> bool:
        """True when an MoU exists."""
        return self.alasan is None


class Pks(Naskah):
    """The record of a PKS."""

    jenis: Literal["pks"] = isian("Jenis", "Jenis naskah.", en="Kind", kelompok="Pokok", default="pks")
    dasar: Dasar = isian("Dasar", "MoU yang menjadi dasar, atau dasar lain.", en="Basis", kelompok="Pokok")
    perlindungan_mahasiswa: PerlindunganMahasiswa | None = isian(
        "Perlindungan mahasiswa",
        "Wajib bila ada magang.",
        en="Protection of students",
        kelompok="Kegiatan",
        default=None,
    )
    pengakuan_sks: PengakuanSks | None = isian(
        "Pengakuan SKS",
        "Wajib bila hasil belajar diakui sebagai SKS.",
        en="Recognition of credits",
        kelompok="Kegiatan",
        default=None,
    )
    sertifikasi: Sertifikasi | None = isian(
        "Sertifikasi kompetensi", "Wajib bila ada sertifikasi.", en="Certification", kelompok="Kegiatan", default=None
    )
    aset: tuple[Aset, ...] = isian(
        "Aset", "Barang atau ruang yang dipakai.", en="Assets", kelompok="Kegiatan", default=()
    )
    data_pribadi: YaTidak = isian(
        "Data pribadi", "Ya bila data pribadi dipertukarkan.", en="Personal data", kelompok="Kegiatan", default=False
    )
