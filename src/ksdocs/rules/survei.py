"""A survey and the answers to it: a questionnaire that can be counted, and rows that answer it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.memo import Memo
from ksdocs.models import JawabanSurvei
from ksdocs.models.borang import plain_values
from ksdocs.problems import Location, Problem, problem, suggest
from ksdocs.register import Catatan, Register, Rekaman
from ksdocs.rules.resolve import unknown_lembaga

TITIK: Final = (4, 5)
"""How many points a scale may have."""
_KODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
"""An item's code: the end of the column `nilai.KODE`, so that it holds no point and is no bare number."""


def check_survei(values: Mapping[str, Any], register: Register) -> Iterator[Problem]:
    """KS202 unknown partner, KS830 scale, KS831 codes of items, KS832 dimensions, KS833 invitations."""
    yield from _scale(values["skala"])
    yield from _items(values)
    yield from _dimensions(values)
    yield from _invitations(values["undangan"], register)


def check_jawaban(row: JawabanSurvei, register: Register) -> Iterator[Problem]:
    """KS834 value outside the scale, KS835 unknown item, KS836 two rows of one respondent, KS837 unknown survey, and as
    warnings KS838: a partner that was not invited or answers too often, a day outside of the survey's."""
    surveys = {str(one["id"]): one for one in map(_values, register.rekaman("survei").rekaman)}
    found = surveys.get(row.survei)
    if found is None:
        near = suggest(row.survei, surveys)
        yield problem("KS837", Location(path="survei"), survei=row.survei, mungkin=near)
        return
    yield from check_answer(row, found, register)


def check_answer(row: JawabanSurvei, values: Mapping[str, Any], register: Register) -> Iterator[Problem]:
    """The problems of `row` that `check_jawaban` tells, held against the survey that it answers."""
    codes = [one["kode"] for one in values["butir"]]
    points = len(values["skala"])
    for code, value in row.nilai.items():
        at = Location(path=f"nilai.{code}")
        if code not in codes:
            yield problem("KS835", at, butir=code, survei=row.survei, mungkin=suggest(code, codes))
        elif not 1 <= value <= points:
            yield problem("KS834", at, nilai=value, butir=code, tinggi=points)
    given = _given(register.rekaman("jawaban_survei"))
    for name in ("responden", "id"):
        scope = row.survei if name == "responden" else ""
        held = given.holders.get((name, scope, str(getattr(row, name)).casefold()), ())
        if len(held) > 1 or any(ident != row.id for ident, _ in held):
            told = ", ".join(place for _, place in held)
            yield problem("KS836", Location(path=name), isian=name, nilai=getattr(row, name), tempat=told)
    yield from _invited(row, values["undangan"], given.answers.get((row.survei, row.mitra), ()), register)
    first, last = values["mulai"], values["selesai"]
    if row.tanggal is not None and not first <= row.tanggal <= last:
        days = f"{tanggal_panjang(first)} sampai {tanggal_panjang(last)}"
        reason = f"tanggal {tanggal_panjang(row.tanggal)} di luar masa pengisian, {days}"
        yield problem("KS838", Location(path="tanggal"), sebab=reason)


def answered(row: JawabanSurvei) -> bool:
    """Did anybody answer? A row of the answer sheet that still waits for values and a comment is none."""
    return bool(row.nilai or row.komentar)


# --- the questionnaire --------------------------------------------------------------------------------------


def _scale(points: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    if len(points) not in TITIK:
        yield problem("KS830", Location(path="skala"), sebab=f"mempunyai {len(points)} titik, bukan 4 atau 5")
    for n in _repeated([one["sebutan"].casefold() for one in points]):
        reason = f"`{points[n - 1]['sebutan']}` disebut dua kali"
        yield problem("KS830", Location(path=f"skala.{n}.sebutan"), sebab=reason)


def _items(values: Mapping[str, Any]) -> Iterator[Problem]:
    codes = [one["kode"] for one in values["butir"]]
    twice = set(_repeated(codes))
    for n, code in enumerate(codes, 1):
        reason = "sudah dipakai butir lain" if n in twice else "tidak dapat menjadi nama kolom `nilai.KODE`"
        if n in twice or not _KODE.fullmatch(code):
            yield problem("KS831", Location(path=f"butir.{n}.kode"), kode=code, sebab=reason)


def _dimensions(values: Mapping[str, Any]) -> Iterator[Problem]:
    codes = [one["kode"] for one in values["dimensi"]]
    used = [one["dimensi"] for one in values["butir"]]
    twice = set(_repeated(codes))
    for n, code in enumerate(codes, 1):
        at = Location(path=f"dimensi.{n}.kode")
        if n in twice:
            yield problem("KS832", at, dimensi=code, sebab="disebut dua kali", mungkin="")
        elif code not in used:
            yield problem("KS832", at, dimensi=code, sebab="tidak mempunyai satu butir pun", mungkin="")
    for n, code in enumerate(used, 1):
        if code not in codes:
            at, near = Location(path=f"butir.{n}.dimensi"), suggest(code, codes)
            yield problem("KS832", at, dimensi=code, sebab="tidak ada dalam daftar dimensi", mungkin=near)


def _invitations(lines: Sequence[Mapping[str, Any]], register: Register) -> Iterator[Problem]:
    partners = [one["mitra"] for one in lines]
    twice = set(_repeated(partners))
    for n, one in enumerate(lines, 1):
        if register.lembaga(one["mitra"]) is None:
            yield unknown_lembaga(f"undangan.{n}.mitra", one["mitra"], register)
        elif n in twice:
            reason = f"`{one['mitra']}` sudah disebut pada baris {partners.index(one['mitra']) + 1}"
            yield problem("KS833", Location(path=f"undangan.{n}.mitra"), sebab=reason)
        if one["jumlah"] == 0:
            yield problem("KS833", Location(path=f"undangan.{n}.jumlah"), sebab="jumlahnya nol")


def _repeated(values: Sequence[str]) -> Iterator[int]:
    """The numbers, from 1, of what stood there before."""
    seen: set[str] = set()
    for n, value in enumerate(values, 1):
        if value in seen:
            yield n
        seen.add(value)


# --- the answers --------------------------------------------------------------------------------------------


def _invited(
    row: JawabanSurvei, lines: Sequence[Mapping[str, Any]], answers: Sequence[str], register: Register
) -> Iterator[Problem]:
    at = Location(path="mitra")
    people = sum(one["jumlah"] for one in lines if one["mitra"] == row.mitra)
    if register.lembaga(row.mitra) is None:
        yield unknown_lembaga("mitra", row.mitra, register)
    elif not answered(row):
        return
    elif row.mitra not in [one["mitra"] for one in lines]:
        yield problem("KS838", at, sebab=f"`{row.mitra}` tidak ada dalam daftar undangan")
    elif row.id in answers[people:]:
        reason = f"jawaban dari `{row.mitra}` ada {len(answers)}, undangannya {people}"
        yield problem("KS838", at, sebab=reason)


@dataclass(frozen=True, slots=True)
class _Given:
    """All answers by what must be theirs alone; `of` keeps alive what the memo names by its identity."""

    of: Catatan
    holders: Mapping[tuple[str, str, str], list[tuple[str, str]]]
    """(`responden` or `id`, its survey or nothing, the value) → id and place of each row that has it."""
    answers: Mapping[tuple[str, str], list[str]]


_GIVEN: Final[Memo[int, _Given]] = Memo(2)


def _given(records: Catatan) -> _Given:
    found = _GIVEN.get(id(records))
    if found is None or found.of is not records:
        found = _GIVEN.put(id(records), _gather(records))
    return found if found.of is records else _gather(records)


def _gather(records: Catatan) -> _Given:
    holders: defaultdict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    answers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records.rekaman:
        row = record.isi
        assert isinstance(row, JawabanSurvei)
        holder = row.id, str(record.sumber.locate("responden"))
        holders["responden", row.survei, row.responden.casefold()].append(holder)
        holders["id", "", row.id].append(holder)
        if answered(row):
            answers[row.survei, row.mitra].append(row.id)
    return _Given(records, holders, answers)


def _values(record: Rekaman) -> dict[str, Any]:
    return plain_values(record.isi)
