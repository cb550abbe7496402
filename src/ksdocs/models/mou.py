"""MoU (Nota Kesepahaman): the umbrella, usually not binding until a PKS follows."""

from typing import Literal

from ksdocs.models.dasar import Id, YaTidak, isian
from ksdocs.models.naskah import Naskah


class Mou(Naskah):
    """The record of an MoU."""

    jenis: Literal["mou"] = isian("Jenis", "Jenis naskah.", en="Kind", kelompok="Pokok", default="mou")
    mengikat: YaTidak = isian(
        "Mengikat", "Tidak bila menjadi payung tanpa kewajiban hukum.", en="Binding", kelompok="Isi", default=False
    )
    penjajakan: Id | None = isian(
        "Penjajakan",
        "Id laporan penjajakan yang mendahuluinya (data/penjajakan); tidak dicetak.",
        en="Exploration",
        acuan="penjajakan",
        contoh="penjajakan-majujaya-2025",
        kelompok="Tata kelola",
        default=None,
    )
