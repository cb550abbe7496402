"""The annual evaluation (FO.28.2.1): the officer comments, everything else is computed, or it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan, khusus
from ksdocs.borang.khusus.evaluasi_isi import CARA_DIAKHIRI, Isi, measured, programmes, targets
from ksdocs.borang.khusus.nama_laporan import EVALUASI
from ksdocs.borang.khusus.penjajakan import day_problem
from ksdocs.borang.khusus.program import check_approval, codes_used_twice, signatories, tanggal_sah, unknown_measures
from ksdocs.laporan.evaluasi import Evaluasi, evaluate
from ksdocs.laporan.indikator import check_sets, set_of, sets
from ksdocs.laporan.periksa import cannot_report
from ksdocs.models.borang import plain_values
from ksdocs.problems import Location, Problem, Severity, problem, suggest
from ksdocs.register import Register
from ksdocs.rules import placed

DIHITUNG: Final = ("monitoring", "laporan_pelaksanaan", "survei")
"""Forms whose rows are counted: one that is refused there would give a false figure here."""
DI_SINI: Final = frozenset({"KS819", "KS850", "KS851", "KS853", "KS854"})
"""What is told of the day and the institution at the fields of this record, and the count that is made anew."""


def figures(values: Nilai, register: Register) -> Evaluasi:
    """What a record of an evaluation is computed from."""
    return evaluate(register, values["tahun"], values["tanggal"], values["institusi"])


# --- what is wrong ------------------------------------------------------------------------------------------


def _check(values: Nilai, register: Register, today: date) -> Iterable[Problem]:
    yield from _day(values, today)
    yield from _data(values, register, today)
    yield from _programme(values, register)
    yield from _decisions(values, register)
    yield from _realised(values, register)
    yield from _indicators(values, register)
    yield from _targets(values)
    yield from _due(values)
    yield from check_approval(values, register, today)


def _day(values: Nilai, today: date) -> Iterator[Problem]:
    day, tahun = values["tanggal"], values["tahun"]
    told = tanggal_panjang(day)
    if day.year < tahun:
        yield problem("KS848", Location(path="tanggal"), nilai=told, sebab=f"sebelum tahun {tahun} dimulai")
    elif day > today:
        yield problem("KS848", Location(path="tanggal"), nilai=told, sebab="sesudah hari ini")
    elif day < date(tahun, 12, 31):
        reason = f"sebelum tahun {tahun} berakhir, sehingga tercetak “per {told}”"
        yield problem("KS848", Location(path="tanggal"), severity=Severity.INFO, nilai=told, sebab=reason)


def _data(values: Nilai, register: Register, today: date) -> Iterator[Problem]:
    """KS819 and what is behind it: whatever cannot be counted, and whatever its own form refuses."""
    told = cannot_report(register, values["tahun"], values["tanggal"], values["institusi"], today)
    found = [p for p in told if p.code not in DI_SINI]
    for kind in DIHITUNG:
        for record in register.rekaman(kind).rekaman:
            judged = placed(khusus(kind).periksa(plain_values(record.isi), register, today), record.sumber)
            found += [p for p in judged if p.refuses and p not in found and p.code not in DI_SINI]
    if found:
        yield problem("KS819", Location(), banyak=len(found))
        yield from found


def _programme(values: Nilai, register: Register) -> Iterator[Problem]:
    number = len(programmes(register, values["tahun"], values["institusi"]))
    if number != 1:
        reason = f"ada {number} rekaman program tahun itu" if number else "tidak ada rekaman program tahun itu"
        severity = Severity.TOLAK if number else None
        yield problem("KS843", Location(path="tahun"), severity=severity, tahun=values["tahun"], sebab=reason)


def _decisions(values: Nilai, register: Register) -> Iterator[Problem]:
    found = figures(values, register)
    ended = [str(row[0].isi) for row in found.tabel["berakhir"].baris if row[-1].isi != CARA_DIAKHIRI]
    extended = {str(row[0].isi) for row in found.tabel["diperpanjang"].baris}
    seen: set[str] = set()
    for n, one in enumerate(values["keputusan"], 1):
        ident, at = one["naskah"], Location(path=f"keputusan.{n}")
        if ident in seen:
            yield problem("KS844", at, naskah=ident, sebab="sudah diputuskan di atas")
        seen.add(ident)
        entry = register.naskah(ident)
        if entry is not None and values["institusi"] not in entry.pihak:
            yield problem("KS844", at, naskah=ident, sebab="naskah itu bukan naskah institusi ini")
        if ident in extended and one["keputusan"] == "dihentikan":
            reason = "dihentikan, padahal naskah penerusnya sudah ditandatangani"
            yield problem("KS844", at, severity=Severity.PERINGATAN, naskah=ident, sebab=reason)
    for ident in ended:
        if ident not in seen:
            reason = "belum ada, padahal naskahnya sudah berakhir"
            at = Location(path="keputusan")
            yield problem("KS844", at, severity=Severity.PERINGATAN, naskah=ident, sebab=reason)


def _realised(values: Nilai, register: Register) -> Iterator[Problem]:
    known, counted = dict(targets(register, values)), measured(register, values)
    told: set[str] = set()
    for n, one in enumerate(values["realisasi"], 1):
        code, reason, near = one["kode"], "", ""
        if code in told:
            reason = "sudah ditulis di atas"
        elif code not in known:
            reason, near = "tidak ada dalam program tahun itu", suggest(code, known)
        elif code in counted:
            reason = f"dihitung dari ukuran `{known[code].ukuran}`, jadi tidak diketik"
        told.add(code)
        if reason:
            yield problem("KS846", Location(path=f"realisasi.{n}.kode"), kode=code, sebab=reason, mungkin=near)
    for code in known:
        if code not in counted and code not in told:
            at = Location(path="realisasi")
            yield problem("KS846", at, severity=Severity.PERINGATAN, kode=code, sebab="belum ditulis", mungkin="")


def _indicators(values: Nilai, register: Register) -> Iterator[Problem]:
    yield from check_sets(register)
    held, seen = sets(register), set()
    for n, one in enumerate(values["kpi"], 1):
        ident = one["himpunan"]
        if ident in held and ident not in seen:
            seen.add(ident)
            continue
        reason = "sudah disebut di atas" if ident in seen else "tidak ada"
        near = "" if ident in seen else suggest(ident, held)
        at = Location(path=f"kpi.{n}.himpunan")
        yield problem("KS841", at, himpunan=ident, sebab=reason, mungkin=near, pilihan=", ".join(held))
    asked = [row.kode for ident in held if ident in seen for row in set_of(held[ident]).indikator if row.dokumen]
    yield from _documents(values, dict.fromkeys(asked))


def _documents(values: Nilai, asked: Mapping[str, Any]) -> Iterator[Problem]:
    for n, one in enumerate(values["dokumen"], 1):
        at = Location(path=f"dokumen.{n}")
        if one["kode"] not in asked:
            reason = "indikator itu tidak dibuktikan dengan dokumen dalam himpunan yang dilaporkan"
            yield problem("KS847", at, kode=one["kode"], sebab=reason, mungkin=suggest(one["kode"], asked))
        if one.get("tanggal", values["tanggal"]) > values["tanggal"]:
            yield day_problem(f"dokumen.{n}.tanggal", one["tanggal"], "sesudah tanggal laporan")
    named = {one["kode"] for one in values["dokumen"]}
    for code in asked:
        if code not in named:
            at = Location(path="dokumen")
            yield problem("KS847", at, severity=Severity.PERINGATAN, kode=code, sebab="belum disebut", mungkin="")


def _targets(values: Nilai) -> Iterator[Problem]:
    yield from codes_used_twice("target", values["target"])
    yield from unknown_measures("target", values["target"])


def _due(values: Nilai) -> Iterator[Problem]:
    for n, one in enumerate(values["kendala"], 1):
        if one["tenggat"] < values["tanggal"]:
            yield day_problem(f"kendala.{n}.tenggat", one["tenggat"], "sebelum tanggal laporan")


# --- what is printed ----------------------------------------------------------------------------------------


def _more(values: Nilai, register: Register) -> Tambahan:
    made = Isi(values, figures(values, register), register).all()
    day = tanggal_sah(values)
    made.sentence("tanggal_sah", tanggal_panjang(day) if day else "")
    return Tambahan(made.konteks, tuple(made.tulisan), {"pengesahan": signatories(values, register)})


KHUSUS: Final = Khusus(_check, _more, EVALUASI)
