"""The empty answer sheet of a survey: a row for each invitation that nobody answered yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from ksdocs.models import JawabanSurvei
from ksdocs.register import Register
from ksdocs.rules.survei import answered
from ksdocs.sources.entry import Kolom


def answer_columns(values: Mapping[str, Any]) -> tuple[Kolom, ...]:
    """The columns from which answers to the survey of `values` are read, with a drop-down for scale and partners."""
    scale = "; ".join(f"{n} = {one['sebutan']}" for n, one in enumerate(values["skala"], 1))
    points = tuple(str(n) for n in range(1, len(values["skala"]) + 1))
    partners = tuple(dict.fromkeys(one["mitra"] for one in values["undangan"]))
    return (
        Kolom("jenis", "Jangan diubah.", lebar=16),
        Kolom("id", "Nama baris ini; tidak boleh sama dengan baris lain.", lebar=20),
        Kolom("survei", "Jangan diubah.", lebar=14),
        Kolom("responden", "Kode responden, bukan namanya; satu kode satu baris.", lebar=11),
        Kolom("mitra", "Id mitra yang diwakili.", partners, lebar=24),
        Kolom("tanggal", "Tanggal menjawab, TTTT-BB-HH.", tanggal=True, lebar=12),
        *(
            Kolom(f"nilai.{one['kode']}", f"{one['pernyataan']}\n{scale}", points, angka=True, lebar=9)
            for one in values["butir"]
        ),
        Kolom("komentar", "Saran dan komentar, seperti yang ditulis responden.", lebar=50),
    )


def answer_rows(values: Mapping[str, Any], register: Register) -> tuple[tuple[str, ...], ...]:
    """A row for each invitation that no answer in the data uses up, with id, respondent and partner filled in."""
    survey, blank = values["id"], ("",) * (2 + len(values["butir"]))
    held = [r.isi for r in register.rekaman("jawaban_survei").rekaman if isinstance(r.isi, JawabanSurvei)]
    given = Counter(row.mitra for row in held if row.survei == survey and answered(row))
    free = _free(survey, held)
    return tuple(
        ("jawaban_survei", f"{survey}-{code.lower()}", survey, code, one["mitra"], *blank)
        for one in values["undangan"]
        for _, code in zip(range(one["jumlah"] - given[one["mitra"]]), free, strict=False)
    )


def _free(survey: str, held: Sequence[JawabanSurvei]) -> Iterator[str]:
    """Codes of respondents that nobody has, from R001."""
    taken = {row.responden.casefold() for row in held if row.survei == survey} | {row.id for row in held}
    for number in count(1):
        code = f"R{number:03}"
        if code.casefold() not in taken and f"{survey}-{code.lower()}" not in taken:
            yield code


def answer_guide(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What the sheet `petunjuk` tells whoever types the answers."""
    return (
        f"Lembar jawaban survei {values['id']}: satu baris untuk satu responden.",
        "Isi tanggal, nilai tiap butir, dan komentar. Butir yang tidak dijawab dikosongkan, bukan diisi nol.",
        "Baris yang tidak terpakai boleh dibiarkan: tanpa nilai dan komentar, baris itu tidak dihitung.",
        *(f"{n} = {one['sebutan']}" for n, one in enumerate(values["skala"], 1)),
        *(f"nilai.{one['kode']}: {one['pernyataan']}" for one in values["butir"]),
        "Simpan berkas ini di data/jawaban_survei, lalu periksa dengan `ksdocs check data/jawaban_survei`.",
    )
