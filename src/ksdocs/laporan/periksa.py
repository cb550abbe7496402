"""May a year be reported? Its day, its institution, and whether everything that must be counted can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.laporan.kegiatan import activities
from ksdocs.laporan.sumber import unreadable
from ksdocs.models import NASKAH, Institusi
from ksdocs.problems import Location, Problem, problem, suggest
from ksdocs.register import Register

SUMBER: Final = (
    "mou",
    "pks",
    "arsip",
    "monitoring",
    "laporan_pelaksanaan",
    "survei",
    "jawaban_survei",
    "penjajakan",
    "program",
    "evaluasi",
)
"""Kinds of records from which figures come; what cannot be read of them must be mended first."""


def report_day(tahun: int, today: date) -> date:
    """The day of a report that names none: today, or the last day of a year that is over."""
    return min(today, date(tahun, 12, 31))


def own_institution(register: Register) -> str:
    """The institution that is a party of every agreement, or the only one there is; empty where that is not one."""
    known = {one.id for one in register.semua_lembaga() if isinstance(one, Institusi)}
    entries = [entry for ident in register.semua_naskah() for entry in register.bernama(ident)]
    for entry in entries:
        known &= set(entry.pihak)
    return known.pop() if len(known) == 1 else ""


def cannot_report(register: Register, tahun: int, hari: date, institusi: str, today: date) -> list[Problem]:
    """Why a year cannot be reported; [] when it can.

    KS850 the year has not begun on `hari`, KS851 `hari` is still to come, KS853 unknown institution, KS854 whose
    agreements are meant, KS855 no institution at all; then KS819 with every problem that keeps data from being
    counted: KS852 an activity of an agreement that is not there, KS811 signed without a date, KS813 kept twice, and
    those of the files themselves.
    """
    found = [*_day(tahun, hari, today), *_institution(register, institusi)]
    data: dict[str, Problem] = {}
    for told in (*unreadable(register, SUMBER, today)[1:], *_full_records(register), *_strays(register)):
        data.setdefault(
            f"{told.at} {told.at.path} {told.code} {told.params}", told
        )  # the register tells some of them too
    return [*found, problem("KS819", Location(), banyak=len(data)), *data.values()] if data else found


def _day(tahun: int, hari: date, today: date) -> Iterator[Problem]:
    if hari < date(tahun, 1, 1):
        yield problem("KS850", Location(), tahun=tahun, hari=tanggal_panjang(hari))
    elif hari > today:
        yield problem("KS851", Location(), hari=tanggal_panjang(hari), kini=tanggal_panjang(today))


def _institution(register: Register, institusi: str) -> Iterator[Problem]:
    known = sorted(one.id for one in register.semua_lembaga() if isinstance(one, Institusi))
    if not known:
        yield problem("KS855", Location())
    elif institusi and institusi not in known:
        yield problem(
            "KS853", Location(), id=institusi, mungkin=suggest(institusi, known), pilihan=", ".join(known) or "–"
        )
    elif not institusi and len(known) > 1:
        yield problem("KS854", Location(), pilihan=", ".join(known))


def _full_records(register: Register) -> Iterator[Problem]:
    """Of agreements whose full record is kept; rows of the list are judged where they are read."""
    listed = {record.sumber.id for record in register.rekaman("arsip").rekaman}
    for ident in register.semua_naskah():
        if ident in listed:
            continue
        entries = register.bernama(ident)
        for entry in entries:
            if entry.tahap == "ditandatangani" and entry.tanggal is None and entry.jenis in NASKAH:
                yield problem("KS811", Location(file=entry.tempat), record=ident)
        if len(entries) > 1:
            places = [entry.tempat for entry in entries]
            yield problem("KS813", Location(file=places[0]), record=ident, id=ident, tempat=", ".join(places))


def _strays(register: Register) -> Iterator[Problem]:
    known = register.semua_naskah()
    for told in activities(register):
        if told.naskah not in known:
            near = suggest(told.naskah, known)
            yield problem("KS852", told.tempat, record=told.asal[0], id=told.naskah, judul=told.judul, mungkin=near)
