"""A partner survey: the questionnaire to hand out and, once there are answers and the day of the recap, the recap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import persen, ribuan, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.nama_laporan import SURVEI
from ksdocs.borang.khusus.penjajakan import day_problem
from ksdocs.borang.khusus.waktu import not_after_today, not_before
from ksdocs.borang.susun import Bagan, Deret, DeretBagan, Tulisan
from ksdocs.laporan.survei import TANDA, TANPA, Partisipasi, RekapSurvei, Ukuran, recap_of
from ksdocs.laporan.tabel import Sel
from ksdocs.models import JawabanSurvei
from ksdocs.problems import Location, Problem, Severity, problem
from ksdocs.register import Register
from ksdocs.rules import placed
from ksdocs.rules.survei import answered, check_answer, check_survei

# --- what is wrong ------------------------------------------------------------------------------------------


def _check(values: Nilai, register: Register, today: date) -> Iterable[Problem]:
    yield from check_survei(values, register)
    yield from _days(values, today)
    if "tanggal" in values:
        yield from _answers(values, register)


def _days(values: Nilai, today: date) -> Iterator[Problem]:
    yield from not_before("selesai", "selesai", values["selesai"], "mulai", values["mulai"])
    recapped: date | None = values.get("tanggal")
    if recapped is None:
        return
    if recapped < values["selesai"]:
        reason = "sebelum masa pengisian berakhir"
        yield day_problem("tanggal", recapped, reason, Severity.PERINGATAN)
    yield from not_after_today("tanggal", "tanggal", recapped, today)
    for n, one in enumerate(values["tindak_lanjut"], 1):
        if one.get("tenggat", recapped) < recapped:
            yield day_problem(f"tindak_lanjut.{n}.tenggat", one["tenggat"], "sebelum tanggal rekap")


def _answers(values: Nilai, register: Register) -> Iterator[Problem]:
    """Every fault of the answers, each in its own file; no recap as long as one of them cannot be read (KS819)."""
    records = register.rekaman("jawaban_survei")
    if records.masalah:
        yield problem("KS819", Location(path="tanggal"), banyak=len(records.masalah))
        yield from records.masalah
    told = 0
    for record in records.rekaman:
        row = record.isi
        if isinstance(row, JawabanSurvei) and row.survei == values["id"]:
            told += answered(row)
            yield from placed(check_answer(row, values, register), record.sumber)
    if not told and not records.masalah:
        yield problem("KS839", Location(path="tanggal"), survei=values["id"])


# --- what is printed ----------------------------------------------------------------------------------------


def _more(values: Nilai, register: Register) -> Tambahan:
    institution = register.lembaga(values["institusi"])
    context: dict[str, Any] = {
        "kota": institution.kedudukan.id if institution else "",
        "lima_titik": len(values["skala"]) == 5,
        "ada_rekap": False,
    }
    written: list[Tulisan | Deret] = []
    found = recap_of(values, register) if "tanggal" in values else None
    if found is not None and found.responden.isi:
        figures = _recap(found)
        context |= {"ada_rekap": True, "bagan_rerata": _means(found), "bagan_sebaran": _spread(found), **figures}
        context |= {name: _numbered(figures[name]) for name in ("respons_kelas", "respons_mitra", "komentar")}
        written += [*_proof(figures), *_typed(values)]
    context["kuesioner"] = list(_questionnaire(values))
    written.append(_rows("butir", context["kuesioner"]))
    return Tambahan(context, tuple(written))


def _questionnaire(values: Nilai) -> Iterator[dict[str, Any]]:
    """The dimensions with their items, which the record may tell in any order; items are numbered through."""
    number = 0
    for one in values["dimensi"]:
        items = []
        for item in values["butir"]:
            if item["dimensi"] == one["kode"]:
                number += 1
                items.append({"no": str(number), "kode": item["kode"], "pernyataan": item["pernyataan"]})
        yield {"nama": one["nama"], "butir": items}


def _recap(found: RekapSurvei) -> dict[str, Any]:
    whole = found.keseluruhan
    return {
        "respons": f"{_shown(found.responden)} responden dari {_shown(found.diundang)} undangan",
        "tingkat_respons": _shown(found.tingkat),
        "keseluruhan": _figures(whole),
        "respons_kelas": [_response(one) for one in found.kelas],
        "respons_mitra": [{**_response(one), "kelas": one.kelas} for one in found.mitra],
        "tanpa_jawaban": [{"nama": one.nama} for one in found.tanpa_jawaban],
        "hasil": [
            {"nama": d.ukuran.nama, **_figures(d.ukuran), "butir": [_item(one) for one in d.butir]}
            for d in found.dimensi
        ],
        "komentar": [{"kelas": one.kelas, "komentar": one.teks} for one in found.komentar],
        "catatan_sampel": _small(found),
    }


def _numbered(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"no": str(n), **row} for n, row in enumerate(rows, 1)]


def _response(one: Partisipasi) -> dict[str, str]:
    return {
        "nama": one.nama,
        "diundang": _shown(one.diundang),
        "menjawab": _shown(one.menjawab),
        "tingkat": _shown(one.tingkat),
    }


def _item(one: Ukuran) -> dict[str, Any]:
    return {"kode": one.kode, "pernyataan": one.nama, **_figures(one)}


def _figures(one: Ukuran) -> dict[str, Any]:
    """The figures of an item or dimension as they read, the mark of a small sample at each that rests on one."""
    mark = TANDA if one.sampel_kecil else ""
    return {
        "n": _shown(one.responden),
        "rerata": _shown(one.rerata, mark),
        **{f"p{point}": _shown(cell) for point, cell in enumerate(one.sebaran, 1)},
        "atas": _shown(one.atas, mark),
    }


def _small(found: RekapSurvei) -> str:
    if not found.sampel_kecil:
        return ""
    return f"{TANDA} Sampel kecil: angka yang berasal dari kurang daripada {found.batas} responden."


def _shown(cell: Sel, mark: str = "") -> str:
    """`4,25`, `71,4%`, `60`, or a dash where there is no figure, which needs no mark."""
    value = cell.isi
    if value is None:
        return TANPA
    assert isinstance(value, int | Decimal)
    text = persen(value) if cell.satuan == "persen" else _mean(value) if cell.satuan == "rerata" else ribuan(value)
    return f"{text}{mark}"


def _mean(value: int | Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


# --- charts -------------------------------------------------------------------------------------------------


def _means(found: RekapSurvei) -> Bagan:
    """The mean of each dimension as a lying bar, on an axis to the end of the scale."""
    values = [d.ukuran.rerata for d in found.dimensi]
    told = "; ".join(f"{name} {_shown(value)}" for name, value in zip(_told(found), values, strict=True))
    title, points = "Rerata menurut dimensi", len(found.skala)
    series = DeretBagan("Rerata", tuple(Decimal(str(v.isi)) if v.isi is not None else None for v in values))
    return Bagan(
        path="bagan_rerata",
        judul=title,
        teks=f"{title}, pada skala 1 sampai {points}: {told}.",
        bentuk="batang_datar",
        kategori=_named(found),
        deret=(series,),
        satuan="Rerata",
        desimal=2,
        maksimum=Decimal(points),
    )


def _spread(found: RekapSurvei) -> Bagan:
    """How many values stand at each point of the scale, the points stacked within the bar of a dimension."""
    measures = [d.ukuran for d in found.dimensi]
    counts = [[_shown(cell) for cell in one.sebaran] for one in measures]
    told = "; ".join(
        f"{name}: {', '.join(map(' '.join, zip(found.skala, cells, strict=True)))}"
        for name, cells in zip(_told(found), counts, strict=True)
    )
    title = "Sebaran jawaban menurut dimensi"
    series = [
        DeretBagan(word, tuple(_count(one.sebaran[n]) if one.jumlah else None for one in measures))
        for n, word in enumerate(found.skala)
    ]
    return Bagan(
        path="bagan_sebaran",
        judul=title,
        teks=f"{title}. {told}.",
        bentuk="batang_susun",
        kategori=_named(found),
        deret=tuple(series),
        satuan="Banyaknya jawaban",
    )


def _named(found: RekapSurvei) -> tuple[str, ...]:
    """The names of the dimensions, marked where they rest on a small sample."""
    return tuple(d.ukuran.nama + (TANDA if d.ukuran.sampel_kecil else "") for d in found.dimensi)


def _told(found: RekapSurvei) -> list[str]:
    """The same for who hears them: the mark is told in words."""
    return [d.ukuran.nama + (" (sampel kecil)" if d.ukuran.sampel_kecil else "") for d in found.dimensi]


def _count(cell: Sel) -> int:
    assert isinstance(cell.isi, int)
    return cell.isi


# --- what must stand in the file ----------------------------------------------------------------------------


def _proof(context: Mapping[str, Any]) -> Iterator[Tulisan | Deret]:
    for name in ("respons", "tingkat_respons", "catatan_sampel"):
        if context[name]:
            yield Tulisan(name, (context[name],))
    yield from (one for one in _entry("keseluruhan", context["keseluruhan"]) if one is not None)
    for name in ("respons_kelas", "respons_mitra", "tanpa_jawaban", "hasil", "komentar"):
        if context[name]:
            yield _rows(name, context[name])


def _typed(values: Nilai) -> Iterator[Tulisan | Deret]:
    """What the officer wrote for the recap, which the questionnaire alone does not print."""
    for name in ("ulasan", "penyusun", "jabatan_penyusun"):
        if name in values:
            yield Tulisan(name, (values[name],))
    yield Tulisan("tanggal", (tanggal_panjang(values["tanggal"]),))
    if values["tindak_lanjut"]:
        lines = [
            {**one, "tenggat": tanggal_panjang(one["tenggat"]) if "tenggat" in one else ""}
            for one in values["tindak_lanjut"]
        ]
        yield _rows("tindak_lanjut", lines)


def _rows(path: str, entries: Sequence[Mapping[str, Any]]) -> Deret:
    return Deret(path, tuple(tuple(_entry(f"{path}.{n}", one)) for n, one in enumerate(entries, 1)))


def _entry(path: str, entry: Mapping[str, Any]) -> Iterator[Tulisan | Deret]:
    for name, value in entry.items():
        if isinstance(value, str):
            if value:
                yield Tulisan(f"{path}.{name}", (value,))
        else:
            yield _rows(f"{path}.{name}", value)


KHUSUS: Final = Khusus(_check, _more, SURVEI)
