"""The exploration of a partner: weighted score, and its verdict against the thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import persen, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.models.penjajakan import BERSYARAT, LAYAK, TIDAK_LAYAK
from ksdocs.nama import Nama, daftar, nama
from ksdocs.problems import Location, Problem, Severity, problem, suggest
from ksdocs.register import Register

_STRICTNESS: Final = (LAYAK, BERSYARAT, TIDAK_LAYAK)
_SERATUS: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Hasil:
    """The score of an exploration: each row's share, their sum, and the verdict that the thresholds give it."""

    baris: tuple[Decimal, ...]
    jumlah: Decimal
    golongan: str


def nilai(values: Nilai) -> Hasil | None:
    """The weighted score, exact; None as long as criteria, weights or scores do not fit together (KS370 to KS372)."""
    if any(True for _ in (*_weights(values), *_scale(values), *_scoring(values))):
        return None
    weights = {one["kode"]: one["bobot"] for one in values["kriteria"]}
    rows = tuple(weights[one["kriteria"]] * one["skor"] / _SERATUS for one in values["penilaian"])
    total = sum(rows, Decimal(0))
    if total >= values["ambang_layak"]:
        return Hasil(rows, total, LAYAK)
    return Hasil(rows, total, BERSYARAT if total >= values["ambang_bersyarat"] else TIDAK_LAYAK)


# --- what is wrong ------------------------------------------------------------------------------------------


def _check(values: Nilai, _register: Register, today: date) -> Iterable[Problem]:
    yield from _weights(values)
    yield from _scale(values)
    yield from _scoring(values)
    yield from _verdict(values)
    yield from _days(values, today)


def _weights(values: Nilai) -> Iterator[Problem]:
    total = sum((one["bobot"] for one in values["kriteria"]), Decimal(0))
    if total != _SERATUS:
        yield problem("KS370", Location(path="kriteria"), jumlah=persen(total))
    seen: set[str] = set()
    for n, one in enumerate(values["kriteria"], 1):
        if one["bobot"] <= 0:
            yield problem("KS370", Location(path=f"kriteria.{n}.bobot"), jumlah=persen(one["bobot"]))
        if one["kode"] in seen:
            yield _scored(f"kriteria.{n}.kode", one["kode"], "disebut dua kali dalam daftar kriteria")
        seen.add(one["kode"])


def _scored(path: str, code: str, reason: str, near: str = "") -> Problem:
    return problem("KS371", Location(path=path), kriteria=code, sebab=reason, mungkin=near)


def _scoring(values: Nilai) -> Iterator[Problem]:
    known = {one["kode"] for one in values["kriteria"]}
    low, high = values["skala_terendah"], values["skala_tertinggi"]
    seen: set[str] = set()
    for n, one in enumerate(values["penilaian"], 1):
        path, code = f"penilaian.{n}.kriteria", one["kriteria"]
        if code not in known:
            yield _scored(path, code, "tidak ada dalam daftar kriteria", suggest(code, known))
        elif code in seen:
            yield _scored(path, code, "dinilai dua kali")
        seen.add(code)
        if low < high and not low <= one["skor"] <= high:
            yield problem("KS372", Location(path=f"penilaian.{n}.skor"), nilai=one["skor"], rendah=low, tinggi=high)
    for one in values["kriteria"]:
        if one["kode"] not in seen:
            yield _scored("penilaian", one["kode"], "belum dinilai")


def _scale(values: Nilai) -> Iterator[Problem]:
    low, high = values["skala_terendah"], values["skala_tertinggi"]
    if low >= high:
        yield problem("KS372", Location(path="skala_tertinggi"), nilai=high, rendah=low, tinggi=high)
        return
    top = values["ambang_layak"]
    if not low < top <= high:
        yield problem("KS372", Location(path="ambang_layak"), nilai=_number(top), rendah=low, tinggi=high)
    elif not low < values["ambang_bersyarat"] <= top:
        found = _number(values["ambang_bersyarat"])
        yield problem("KS372", Location(path="ambang_bersyarat"), nilai=found, rendah=low, tinggi=_number(top))


def _verdict(values: Nilai) -> Iterator[Problem]:
    verdict, result = values["rekomendasi"], nilai(values)
    if result is not None and verdict != result.golongan:
        # Somebody may be stricter than the figures, for a reason that no figure tells; never milder.
        milder = _STRICTNESS.index(verdict) < _STRICTNESS.index(result.golongan)
        reason = f"nilai {_number(result.jumlah)} termasuk “{result.golongan}”"
        yield _contradicts("rekomendasi", verdict, reason, None if milder else Severity.PERINGATAN)
    if verdict == BERSYARAT and not values.get("syarat"):
        yield _contradicts("syarat", verdict, "syaratnya belum ditulis")
    if verdict != BERSYARAT and values.get("syarat"):
        yield _contradicts("syarat", verdict, "ada syarat yang ditulis", Severity.PERINGATAN)


def _contradicts(path: str, verdict: str, reason: str, severity: Severity | None = None) -> Problem:
    return problem("KS373", Location(path=path), severity=severity, rekomendasi=verdict, sebab=reason)


def _days(values: Nilai, today: date) -> Iterator[Problem]:
    report: date = values["tanggal"]
    if report > today:
        yield day_problem("tanggal", report, "sesudah hari ini", Severity.PERINGATAN)
    first: date | None = None
    for n, one in enumerate(values["pelaksanaan"], 1):
        first = min(one["tanggal"], first or one["tanggal"])
        if one["tanggal"] > report:
            yield day_problem(f"pelaksanaan.{n}.tanggal", one["tanggal"], "sesudah tanggal laporan")
    given = values["persetujuan_tanggal"]
    if first is not None and given > first:
        yield day_problem("persetujuan_tanggal", given, "sesudah penjajakan dimulai", Severity.PERINGATAN)
    for n, one in enumerate(values.get("disposisi", ()), 1):
        if one["tanggal"] < report:
            yield day_problem(f"disposisi.{n}.tanggal", one["tanggal"], "sebelum tanggal laporan")
    for n, one in enumerate(values["tindak_lanjut"], 1):
        if one.get("tenggat", report) < report:
            yield day_problem(f"tindak_lanjut.{n}.tenggat", one["tenggat"], "sebelum tanggal laporan")


def day_problem(path: str, day: date, reason: str, severity: Severity | None = None) -> Problem:
    """KS375: a day that cannot stand beside the others of its record."""
    return problem("KS375", Location(path=path), severity=severity, nilai=tanggal_panjang(day), sebab=reason)


# --- what is printed ----------------------------------------------------------------------------------------


def _more(values: Nilai, register: Register) -> Tambahan:
    context, written = _profile(values, register)
    names = {one["kode"]: one for one in values["kriteria"]}
    result = nilai(values)
    shares = result.baris if result else ()
    rows = [
        {"nama": names[one["kriteria"]]["nama"], "bobot": persen(names[one["kriteria"]]["bobot"]), "nilai": _number(n)}
        for one, n in zip(values["penilaian"], shares, strict=False)
    ]
    context["nilai"] = _number(result.jumlah) if result else ""
    context["jumlah_bobot"] = persen(sum((one["bobot"] for one in values["kriteria"]), Decimal(0)))
    written += [Tulisan("penilaian", (context[name],)) for name in ("nilai", "jumlah_bobot") if context[name]]
    return Tambahan(context, tuple(written), {"penilaian": rows})


def _profile(values: Nilai, register: Register) -> tuple[dict[str, Any], list[Tulisan | Deret]]:
    """What the register knows of the partner, and the agreements with it up to the day of the report."""
    partner, institution = register.lembaga(values["mitra"]), register.lembaga(values["institusi"])
    if partner is None or institution is None:
        return {}, []
    parent = register.lembaga(partner.induk) if partner.induk else None
    facts = {
        "mitra_kelas": partner.kelas.value.replace("_", " ").capitalize(),
        "mitra_kedudukan": partner.kedudukan.id,
        "mitra_alamat": partner.alamat.id,
        "mitra_laman": partner.laman or "",
        "mitra_induk": parent.nama.id if parent else "",
        "kota": institution.kedudukan.id,
    }
    written: list[Tulisan | Deret] = [Tulisan("mitra", (text,)) for text in facts.values() if text]
    rows = list(_agreements(values, register))
    if rows:
        texts = tuple(tuple(Tulisan("mitra", (text,)) for text in row.values() if text) for row in rows)
        written.append(Deret("mitra", texts))
    return {**facts, "riwayat": [{"no": str(n), **row} for n, row in enumerate(rows, 1)]}, written


def _agreements(values: Nilai, register: Register) -> Iterator[Mapping[str, str]]:
    both, until = {values["mitra"], values["institusi"]}, values["tanggal"]
    known = filter(None, map(register.naskah, register.semua_naskah()))
    signed = [
        (one.tanggal, one.id, one) for one in known if one.tanggal and one.tanggal <= until and both <= {*one.pihak}
    ]
    for day, _, entry in sorted(signed, key=lambda one: one[:2]):
        yield {
            "naskah": "MoU" if entry.jenis == "mou" else entry.jenis.upper(),
            "nomor": " dan ".join(entry.nomor),
            "tanggal": tanggal_panjang(day),
            "tentang": entry.tentang,
            "berakhir": tanggal_panjang(entry.berakhir) if entry.berakhir else "",
        }


def _number(value: Decimal) -> str:
    """`3,85`: two decimals at least, and as many more as it has."""
    exact = value.quantize(Decimal("0.01")) if value == round(value, 2) else value.normalize()
    return f"{exact:f}".replace(".", ",")


def _computed(name: str, id_: str, en: str, example: str = "", path: str = "") -> Nama:
    """A name whose value must stand in the file."""
    return nama(name, id_, en, contoh=example, wajib=f"{path}{name}")


NAMA: Final = (
    daftar(
        "penilaian",
        "Penilaian",
        "Scoring",
        _computed("nama", "Nama kriteria", "Name of the criterion", "Keberlanjutan dan risiko", "penilaian."),
        _computed("bobot", "Bobot kriteria", "Weight of the criterion", "25%", "penilaian."),
        _computed("nilai", "Skor dikalikan bobot", "Score times weight", "1,00", "penilaian."),
    ),
    _computed("mitra_kelas", "Kelas calon mitra", "Class of the partner", "Industri"),
    _computed("mitra_kedudukan", "Kedudukan calon mitra", "Seat of the partner", "Batam"),
    _computed("mitra_alamat", "Alamat calon mitra", "Address of the partner", "Jalan Contoh 1, Batam"),
    _computed("mitra_laman", "Laman calon mitra, bila ada", "Site of the partner, if any", "https://contoh.id"),
    _computed("mitra_induk", "Lembaga induk calon mitra, bila ada", "Parent of the partner, if any", "PT Induk"),
    _computed("kota", "Kedudukan institusi", "Seat of the institution", "Batam"),
    daftar(
        "riwayat",
        "Naskah dengan calon mitra itu sampai tanggal laporan",
        "Agreements with the partner up to the day of the report",
        nama("no", "Nomor urut", "Number in the list", contoh="1"),
        _computed("naskah", "Jenis naskah", "Kind of agreement", "MoU", "riwayat."),
        _computed("nomor", "Nomor naskah", "Number of the agreement", "012/MOU.PL29/III/2025", "riwayat."),
        _computed("tanggal", "Tanggal naskah", "Date of the agreement", "17 Maret 2025", "riwayat."),
        _computed("tentang", "Judul naskah", "Title of the agreement", "Kerja Sama", "riwayat."),
        _computed("berakhir", "Tanggal berakhir", "End of the term", "16 Maret 2030", "riwayat."),
    ),
    _computed("nilai", "Jumlah nilai", "Total score", "3,85"),
    _computed("jumlah_bobot", "Jumlah bobot", "Sum of the weights", "100%"),
)
KHUSUS: Final = Khusus(_check, _more, NAMA)
