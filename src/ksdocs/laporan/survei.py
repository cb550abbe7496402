"""The recap of a partner survey: who answered, and mean and distribution per item and dimension.

A mean is taken over the answers that were given; what nobody answered has none. What a rule refuses (a value outside
the scale, an item that the survey does not have, a second row of a respondent) is never counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ksdocs.laporan.tabel import Asal, Isi, Sel, Tabel, count
from ksdocs.models import JawabanSurvei
from ksdocs.models.borang import plain_values
from ksdocs.register import Register, Rekaman
from ksdocs.rules.survei import answered

RERATA: Final = Decimal("0.01")
"""To what a mean is rounded, half up."""
PERSEN: Final = Decimal("0.1")
"""To what a share is rounded, half up."""
TANDA: Final = "*"
"""What marks a figure that rests on a small sample, wherever it stands."""
TANPA: Final = "–"
"""What stands where there is no figure."""
_LAIN: Final = "lainnya"


@dataclass(frozen=True, slots=True)
class Partisipasi:
    """People invited and answers received, of one partner or of one class of partners.

    `tingkat` is in percent; None where nobody was invited, and where a partner gave more answers than it was invited
    for, since nobody knows then who answered.
    """

    kode: str
    nama: str
    kelas: str
    diundang: Sel
    menjawab: Sel
    tingkat: Sel


@dataclass(frozen=True, slots=True)
class Ukuran:
    """What was answered to an item, to the items of a dimension, or to all of them.

    `responden` gave at least one value; `sebaran` counts the values at each point of the scale, the lowest first;
    `rerata` is their mean, `atas` the share of the two upper points in percent: both None without a value.
    """

    kode: str
    nama: str
    responden: Sel
    rerata: Sel
    sebaran: tuple[Sel, ...]
    atas: Sel
    sampel_kecil: bool

    @property
    def jumlah(self) -> int:
        """How many values were given."""
        return sum(int(str(cell.isi)) for cell in self.sebaran)


@dataclass(frozen=True, slots=True)
class UkuranDimensi:
    """A dimension and its items, in the order of the questionnaire."""

    ukuran: Ukuran
    butir: tuple[Ukuran, ...]


@dataclass(frozen=True, slots=True)
class Komentar:
    """A comment, told with the class of the partner and not with the person."""

    kelas: str
    teks: str
    asal: str


@dataclass(frozen=True, slots=True)
class RekapSurvei:
    """All figures of one survey; `asal` are the rows behind them."""

    id: str
    tahun: int
    skala: tuple[str, ...]
    batas: int
    responden: Sel
    diundang: Sel
    tingkat: Sel
    mitra: tuple[Partisipasi, ...]
    kelas: tuple[Partisipasi, ...]
    keseluruhan: Ukuran
    dimensi: tuple[UkuranDimensi, ...]
    komentar: tuple[Komentar, ...]
    asal: tuple[Asal, ...]

    @property
    def tanpa_jawaban(self) -> tuple[Partisipasi, ...]:
        """The partners that were invited and gave no answer."""
        return tuple(one for one in self.mitra if not one.menjawab.isi)

    @property
    def sampel_kecil(self) -> bool:
        """Is any figure that is told one of a small sample?"""
        found = (self.keseluruhan, *(m for d in self.dimensi for m in (d.ukuran, *d.butir)))
        return any(one.sampel_kecil for one in found)


def recap(register: Register, ident: str) -> RekapSurvei | None:
    """The recap of the survey `ident`; None when there is no such survey."""
    for record in register.rekaman("survei").rekaman:
        values = plain_values(record.isi)
        if values.get("id") == ident:
            return recap_of(values, register, str(record.sumber.locate("undangan")))
    return None


def recap_of(values: Mapping[str, Any], register: Register, place: str = "") -> RekapSurvei:
    """The recap of a survey that is told by its plain values; `place` is where its invitations stand."""
    answers = tuple(_counted(values, register))
    invited = _invitations(values)
    parts = _partners(invited, answers, register)
    groups: dict[str, list[tuple[str, Any]]] = {}
    for item in values["butir"]:
        groups.setdefault(item["dimensi"], []).append((item["kode"], item["pernyataan"]))
    work = _Measuring(answers, len(values["skala"]), values["sampel_kecil"])
    dimensions = tuple(
        UkuranDimensi(
            work.measure(one["kode"], one["nama"], [code for code, _ in groups.get(one["kode"], ())]),
            tuple(work.measure(code, text, [code]) for code, text in groups.get(one["kode"], ())),
        )
        for one in values["dimensi"]
    )
    whole = _together("", "Seluruhnya", "", parts)
    return RekapSurvei(
        id=values["id"],
        tahun=values["tahun"],
        skala=tuple(one["sebutan"] for one in values["skala"]),
        batas=values["sampel_kecil"],
        responden=count(one.id for one, _ in answers),
        diundang=whole.diundang,
        tingkat=whole.tingkat,
        mitra=parts,
        kelas=_classes(parts),
        keseluruhan=work.measure("", "Seluruh butir", [item["kode"] for item in values["butir"]]),
        dimensi=dimensions,
        komentar=tuple(
            Komentar(class_of(one.mitra, register), one.komentar, one.id) for one, _ in answers if one.komentar
        ),
        asal=(*_invitation_rows(values, place), *(_row_of(record) for _, record in answers)),
    )


def class_of(ident: str, register: Register) -> str:
    """The class of a partner as people read it: `Perguruan tinggi`."""
    found = register.lembaga(ident)
    return (found.kelas.value if found else _LAIN).replace("_", " ").capitalize()


_Answer = tuple[JawabanSurvei, Rekaman]


def _counted(values: Mapping[str, Any], register: Register) -> Iterator[_Answer]:
    """The answers to the survey, each respondent once, in the order of their files."""
    seen: set[str] = set()
    for record in register.rekaman("jawaban_survei").rekaman:
        row = record.isi
        assert isinstance(row, JawabanSurvei)
        if row.survei != values["id"] or not answered(row) or row.responden.casefold() in seen:
            continue
        seen.add(row.responden.casefold())
        yield row, record


# --- who answered -------------------------------------------------------------------------------------------


def _invitations(values: Mapping[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """Partner → (key, number of people) of each line that invites it."""
    found: dict[str, list[tuple[str, int]]] = {}
    for n, one in enumerate(values["undangan"], 1):
        found.setdefault(one["mitra"], []).append((f"{values['id']}/undangan/{n}", one["jumlah"]))
    return found


def _partners(
    invited: Mapping[str, Sequence[tuple[str, int]]], answers: Iterable[_Answer], register: Register
) -> tuple[Partisipasi, ...]:
    """Each partner that was invited, in the order of the record, then each that answered uninvited."""
    given: dict[str, list[str]] = {ident: [] for ident in invited}
    for one, _ in answers:
        given.setdefault(one.mitra, []).append(one.id)
    found = []
    for ident, keys in given.items():
        partner = register.lembaga(ident)
        lines = invited.get(ident, ())
        people = Sel(sum(number for _, number in lines), tuple(key for key, _ in lines))
        name = partner.nama.id if partner else ident
        found.append(_with_rate(ident, name, class_of(ident, register), people, count(keys), (people, count(keys))))
    return tuple(found)


def _classes(parts: Sequence[Partisipasi]) -> tuple[Partisipasi, ...]:
    names = sorted({one.kelas for one in parts})
    return tuple(_together(name, name, name, [p for p in parts if p.kelas == name]) for name in names)


def _together(kode: str, nama: str, kelas: str, parts: Sequence[Partisipasi]) -> Partisipasi:
    """Several partners as one. Only answers of those invited count for the rate."""
    people, answers = _sum(p.diundang for p in parts), _sum(p.menjawab for p in parts)
    asked = [p for p in parts if _number(p.diundang)]
    if any(p.tingkat.isi is None for p in asked):
        return Partisipasi(kode, nama, kelas, people, answers, Sel(None, (), "persen"))
    return _with_rate(
        kode, nama, kelas, people, answers, (_sum(p.diundang for p in asked), _sum(p.menjawab for p in asked))
    )


def _with_rate(kode: str, nama: str, kelas: str, people: Sel, answers: Sel, shares: tuple[Sel, Sel]) -> Partisipasi:
    whole, part = map(_number, shares)
    rate = _share(part, whole) if part <= whole else None
    return Partisipasi(kode, nama, kelas, people, answers, Sel(rate, (*shares[0].asal, *shares[1].asal), "persen"))


def _sum(cells: Iterable[Sel]) -> Sel:
    held = list(cells)
    return Sel(sum(map(_number, held)), tuple(dict.fromkeys(key for cell in held for key in cell.asal)))


def _number(cell: Sel) -> int:
    assert isinstance(cell.isi, int)
    return cell.isi


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(PERSEN, ROUND_HALF_UP) if whole else None


# --- what they answered -------------------------------------------------------------------------------------


class _Measuring:
    """The answers by item: every value on the scale, with the key of its answer."""

    def __init__(self, answers: Iterable[_Answer], points: int, threshold: int) -> None:
        self._points, self._threshold = points, threshold
        self._given: dict[str, list[tuple[str, int]]] = {}
        for one, _ in answers:
            for code, value in one.nilai.items():
                if 1 <= value <= points:
                    self._given.setdefault(code, []).append((one.id, value))

    def measure(self, kode: str, nama: str, codes: Iterable[str]) -> Ukuran:
        """Every value that was given to the items `codes`, taken together."""
        given = [pair for code in codes for pair in self._given.get(code, ())]
        people = count(key for key, _ in given)
        total, number = sum(value for _, value in given), len(given)
        mean = (Decimal(total) / number).quantize(RERATA, ROUND_HALF_UP) if number else None
        upper = [key for key, value in given if value > self._points - 2]
        return Ukuran(
            kode=kode,
            nama=nama,
            responden=people,
            rerata=Sel(mean, people.asal, "rerata"),
            sebaran=tuple(_at(point, given) for point in range(1, self._points + 1)),
            atas=Sel(_share(len(upper), number), people.asal, "persen"),
            sampel_kecil=0 < _number(people) < self._threshold,
        )


def _at(point: int, given: Iterable[tuple[str, int]]) -> Sel:
    keys = [key for key, value in given if value == point]
    return Sel(len(keys), tuple(dict.fromkeys(keys)))


# --- tables, and the rows behind them -----------------------------------------------------------------------


def tables(found: RekapSurvei) -> tuple[Tabel, ...]:
    """The recap as tables: response by partner and by class, figures per dimension and item, comments."""
    people = ("Diundang", "Menjawab", "Tingkat respons")
    kinds = (("mitra", "Mitra", found.mitra), ("kelas", "Kelas mitra", found.kelas))
    whole = Partisipasi("", "Seluruhnya", "", found.diundang, found.responden, found.tingkat)
    answered_by = [
        Tabel(
            f"survei_respons_{name}",
            f"Respons menurut {title.lower()}",
            (title, *people),
            tuple((Sel(one.nama), one.diundang, one.menjawab, one.tingkat) for one in (*parts, whole)),
        )
        for name, title, parts in kinds
    ]
    heads = ("Kode", "Dimensi dan butir", "n", "Rerata", *found.skala, "Dua titik teratas", "Sampel kecil")
    rows = [_row(m) for d in found.dimensi for m in (d.ukuran, *d.butir)]
    words = tuple((Sel(one.kelas, (one.asal,)), Sel(one.teks, (one.asal,))) for one in found.komentar)
    return (
        *answered_by,
        Tabel("survei_kepuasan", "Kepuasan menurut dimensi dan butir", heads, (*rows, _row(found.keseluruhan))),
        Tabel("survei_komentar", "Saran dan komentar", ("Kelas mitra", "Komentar"), words),
    )


def _row(one: Ukuran) -> tuple[Sel, ...]:
    small = Sel("Ya" if one.sampel_kecil else "Tidak", one.responden.asal)
    return (Sel(one.kode), Sel(one.nama), one.responden, one.rerata, *one.sebaran, one.atas, small)


def _invitation_rows(values: Mapping[str, Any], place: str) -> Iterator[Asal]:
    for n, one in enumerate(values["undangan"], 1):
        told: dict[str, Isi] = {"survei": values["id"], "mitra": one["mitra"], "jumlah": one["jumlah"]}
        yield Asal(f"{values['id']}/undangan/{n}", "undangan", place, told)


def _row_of(record: Rekaman) -> Asal:
    row = record.isi
    assert isinstance(row, JawabanSurvei)
    told: dict[str, Isi] = {"survei": row.survei, "responden": row.responden, "mitra": row.mitra}
    told |= {"tanggal": row.tanggal, **{f"nilai.{code}": value for code, value in row.nilai.items()}}
    told["komentar"] = row.komentar
    return Asal(row.id, "jawaban", str(record.sumber.locate("id")), told)
