"""Sets of performance indicators: what they ask is data with a version, since they change by decree."""

from typing import Annotated, Literal

from pydantic import Field

from ksdocs.models.borang import Desimal
from ksdocs.models.dasar import Baris, Id, Model, Pengenal, Tanggal, TeksBebas, YaTidak, isian


class Indikator(Model):
    """One row: a measure that is computed, or documents that the annual evaluation names."""

    kode: Pengenal = isian("Kode", "Kode indikator; satu kode boleh beberapa baris.", en="Code", contoh="B.1.2.9.3")
    uraian: TeksBebas = isian("Uraian", "Yang diukur.", en="What is measured")
    ukuran: Id | None = isian(
        "Ukuran", "Ukuran yang dihitung dari data.", en="Measure", contoh="mitra_internasional", default=None
    )
    tidak_dihitung: Baris | None = isian(
        "Tidak dihitung", "Bagian indikator yang tidak ikut dihitung; tercetak pada dasarnya.", en="Not counted",
        contoh="akreditasi lembaganya", default=None,
    )  # fmt: skip
    dokumen: YaTidak = isian(
        "Dokumen", "ya bila dibuktikan dengan dokumen, bukan dihitung.", en="Rests on documents", default=False
    )
    target: Desimal | None = isian("Target", "Target indikator, bila ada.", en="Target", default=None)
    satuan: Baris | None = isian("Satuan", "Satuan ukurannya.", en="Unit of measure", contoh="mitra", default=None)
    arah: Literal["naik", "turun"] = isian(
        "Arah", "naik bila makin besar makin baik, turun bila sebaliknya.", en="Direction", default="naik"
    )


class Kpi(Model):
    """A set of indicators as it holds from a day on."""

    jenis: Literal["kpi"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="kpi")
    id: Id = isian("Id", "Nama pendek himpunan indikator.", en="Id", contoh="polibatam-pr-28-1")
    nama: Baris = isian("Nama", "Nama himpunan seperti tercetak.", en="Name")
    versi: Pengenal = isian("Versi", "Versi himpunan.", en="Version", contoh="PR.28.1-V1")
    berlaku_mulai: Tanggal | None = isian("Berlaku mulai", "Bila diketahui.", en="In force from", default=None)
    sumber: Baris = isian("Sumber", "Dari mana indikatornya.", en="Source")
    contoh: YaTidak = isian(
        "Contoh", "ya bila susunannya hanya contoh dan bukan bunyi resmi.", en="Example", default=False
    )
    indikator: Annotated[tuple[Indikator, ...], Field(min_length=1)] = isian("Indikator", "Barisnya.", en="Indicators")
