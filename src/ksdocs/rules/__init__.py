"""Is this record right? Its fields, what it refers to, and every rule across fields and records, all at once.

One function per code (KS2xx), in modules by topic. Pure: the register and the day are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ksdocs.models import NASKAH, Naskah
from ksdocs.models.fault import read_model
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Location, Problem, Severity, catalogue, problem, suggest
from ksdocs.register import Register, profile_of
from ksdocs.rules import (
    bacaan,
    biaya,
    cetak,
    dasar_mou,
    forum,
    mitra_lain,
    nomor,
    pejabat,
    penjajakan,
    pihak,
    rekaman,
    tahap,
    tanggal,
    teks,
)
from ksdocs.rules.daftar import check_register
from ksdocs.rules.konteks import Aturan, Konteks
from ksdocs.rules.resolve import raw_problems, resolve
from ksdocs.rules.tahap import open_items
from ksdocs.sources import Source

if TYPE_CHECKING:
    from ksdocs.models.borang import Borang

RULES: tuple[Aturan, ...] = (
    *rekaman.RULES,
    *pihak.RULES,
    *pejabat.RULES,
    *tahap.RULES,
    *tanggal.RULES,
    *nomor.RULES,
    *dasar_mou.RULES,
    *penjajakan.RULES,
    *forum.RULES,
    *biaya.RULES,
    *mitra_lain.RULES,
    *cetak.RULES,
    *bacaan.RULES,
    *teks.RULES,
)
"""Every rule, in the order in which their problems are told."""


@dataclass(frozen=True, slots=True)
class Hasil:
    """What became of a record: `naskah` is None where its fields or references are faulty."""

    naskah: NaskahLengkap | None
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """True when no document may be made of it."""
        return any(p.refuses for p in self.problems)


def validate(source: Source, register: Register, today: date) -> Hasil:
    """The record with everything it refers to, and all that is wrong with it, root cause first.

    Faulty fields are told with the unknown ids that can still be seen; a record with sound fields is held against
    every rule, also when some of its references are unknown. Each problem has its place in the file.

    Args:
        source: the record. Its own entry in `register`, if there is one, is not held against it.
        register: institutions, partners, agreements (also those of the same run), points, kinds of activity.
        today: the day by which unsigned records are judged.

    Returns:
        KS150–KS199 for fields, KS201–KS299 for rules. Warnings that the record answers (`tanggapan`) become
        information.
    """
    kind = source.tree.get("jenis")
    model = NASKAH.get(kind) if isinstance(kind, str) else None
    if model is None:
        shown = kind if isinstance(kind, str) else ""
        given = problem("KS201", jenis=shown, mungkin=suggest(shown, NASKAH), pilihan=", ".join(NASKAH))
        return Hasil(None, placed([replace(given, at=Location(path="jenis"))], source))
    profile = profile_of(source.tree, register)
    isi, faults = read_model(model, source, tanggal_dmy=profile is not None and profile.tanggal_dmy)
    if isi is None:
        told = {(p.at.path) for p in faults}
        rest = [p for p in raw_problems(source.tree, register) if p.at.path not in told]
        return Hasil(None, (*faults, *placed(rest, source)))
    found = resolve(isi, register)
    context = Konteks(register, today, source, found.naskah, found.belum, found.tanpa_profil)
    problems = [*found.problems, *(p for rule in RULES for p in rule(found.naskah, context))]
    problems.extend(unused_answers(problems, isi))
    return Hasil(found.naskah if found.utuh else None, placed(accept(problems, isi), source))


def placed(problems: Iterable[Problem], source: Source) -> tuple[Problem, ...]:
    """The problems at their places in the file, each with the record's id; one that has its place keeps it."""
    return tuple(
        p
        if p.at.file is not None
        else Problem(p.code, source.locate(p.at.path).with_(path=p.at.path), p.params, p.severity_override, source.id)
        for p in problems
    )


def accept(problems: Iterable[Problem], isi: Naskah | Borang) -> list[Problem]:
    """The problems with every warning that the record answers (`tanggapan`) turned into information.

    Later stages use it for their own warnings; a refusal stays one.
    """
    answered = {entry.kode.upper() for entry in isi.tanggapan}
    return [
        replace(p, severity_override=Severity.INFO) if p.code in answered and p.severity is Severity.PERINGATAN else p
        for p in problems
    ]


def unused_answers(
    problems: Iterable[Problem], isi: Naskah | Borang, judged: tuple[str, ...] = ("KS2",)
) -> list[Problem]:
    """KS294, KS296: answers to rules that found nothing, and to refusals, which cannot be answered.

    `judged` are the beginnings of the codes that were all looked for by now; warnings of later stages are not known.
    """
    problems = tuple(problems)
    found = {p.code: p for p in problems if p.severity is not Severity.PERINGATAN}
    codes = {p.code for p in problems}
    told: list[Problem] = []
    for number, entry in enumerate(isi.tanggapan, 1):
        code, at = entry.kode.upper(), Location(path=f"tanggapan.{number}.kode")
        if code in found and found[code].refuses:
            told.append(problem("KS296", at, kode=code))
        elif code not in codes and (code.startswith(judged) or code not in catalogue()):
            told.append(problem("KS294", at, kode=code))
    return told


__all__ = [
    "RULES",
    "Aturan",
    "Hasil",
    "Konteks",
    "accept",
    "check_register",
    "open_items",
    "placed",
    "resolve",
    "validate",
]
