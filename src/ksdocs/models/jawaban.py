"""What one respondent answered in a survey: one row of the file that the survey's own form gives out."""

from typing import Annotated, Literal

from pydantic import Field

from ksdocs.models.dasar import BacaCacah, Id, Model, Pengenal, Tanggal, TeksBebas, isian

Jawaban = Annotated[int, Field(ge=0, le=99), BacaCacah]
"""A point of the scale; which points there are is the survey's own."""


class JawabanSurvei(Model):
    """One respondent's answers; an item that was left blank is not given."""

    jenis: Literal["jawaban_survei"] = isian("Jenis", "Jenis rekaman.", en="Kind", default="jawaban_survei")
    id: Id = isian("Id", "Nama pendek jawaban ini.", en="Id", contoh="jawaban-2026-001")
    survei: Id = isian("Survei", "Id survei yang dijawab.", en="Survey", contoh="survei-2026", acuan="survei")
    responden: Pengenal = isian(
        "Responden", "Kode responden, bukan namanya; satu kode satu jawaban.", en="Respondent", contoh="R001"
    )
    mitra: Id = isian("Mitra", "Id mitra yang diwakili.", en="Partner", contoh="majujaya", acuan="mitra")
    tanggal: Tanggal | None = isian("Tanggal", "Tanggal menjawab.", en="Date", default=None)
    nilai: dict[Id, Jawaban] = isian(
        "Nilai", "Kode butir → nilai pada skala; satu kolom `nilai.KODE` tiap butir.", en="Answers", default={}
    )
    komentar: TeksBebas | None = isian("Komentar", "Saran atau komentar.", en="Comment", default=None)
