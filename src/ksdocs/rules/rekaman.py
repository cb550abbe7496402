"""The record among the others: its id and file, agreed points, approvers, invented data (KS280–KS295)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from ksdocs.models import Institusi
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Problem, Severity, problem
from ksdocs.rules.konteks import Konteks, at

_NAMED_KIND = {
    "mou": "mou",
    "nota": "mou",
    "pks": "pks",
    "moa": "pks",
    "perjanjian": "pks",
    "adendum": "adendum",
    "addendum": "adendum",
}


def id_is_used_once(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS280: no record elsewhere has this id."""
    others = [h for h in konteks.register.bernama(naskah.isi.id) if h.kunci not in (konteks.tempat, "")]
    if others:
        places = sorted({h.tempat or h.jenis for h in others})
        yield problem("KS280", at("id"), id=naskah.isi.id, tempat="; ".join(places))


def file_is_named_for_its_kind(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS281: a file named for another kind is easily sent in its place (domain.md §6.6)."""
    if konteks.source.name.startswith("<"):
        return
    stem = PurePath(konteks.source.name).stem
    named = [_NAMED_KIND[w] for w in re.split(r"[\W_]+", stem.casefold()) if w in _NAMED_KIND]
    if named and ("adendum" in named or naskah.isi.jenis not in named):
        yield problem("KS281", at("jenis"), berkas=PurePath(konteks.source.name).name, jenis=naskah.isi.jenis.upper())


def open_points_keep_it_a_draft(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS288: as long as a point is open, the record is a draft."""
    if naskah.isi.tahap != "draf":
        open_ = [b.id for b in konteks.register.butir_untuk(naskah.isi.id) if b.status == "terbuka"]
        if open_:
            yield problem("KS288", at("tahap"), butir=", ".join(sorted(open_)), tahap=naskah.isi.tahap)


def agreed_points_are_carried(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS289: every agreed point is carried by a clause; in a draft it may still be missing."""
    carried = {b.id for b in naskah.isi.butir}
    severity = Severity.PERINGATAN if naskah.isi.tahap == "draf" else None
    for point in sorted(konteks.register.butir_untuk(naskah.isi.id), key=lambda b: b.id):
        if point.status == "disepakati" and point.id not in carried:
            yield problem("KS289", at("butir"), severity=severity, butir=point.id)


def cancelled_points_are_left_out(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS291: a cancelled point is not carried."""
    for number, entry in enumerate(naskah.isi.butir, 1):
        found = konteks.register.butir(entry.id)
        if found is not None and found.status == "batal":
            yield problem("KS291", at(f"butir.{number}.id"), butir=entry.id)


def deviations_are_approved_by_office(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS293: waivers and negotiated words are approved by an office that the profile entitles."""
    entitled = naskah.profil.penyetuju
    if not entitled:
        return
    isi = naskah.isi
    named = [(f"pengecualian.{n}.penyetuju", p.penyetuju) for n, p in enumerate(isi.pengecualian, 1)]
    named += [(f"klausul_khusus.{n}.penyetuju", k.penyetuju) for n, k in enumerate(isi.klausul_khusus, 1)]
    for path, office in named:
        if office.casefold() not in {e.casefold() for e in entitled}:
            yield problem("KS293", at(path), jabatan=office, pilihan=", ".join(entitled))


def invented_data_are_told(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS295: the record uses data that are an example; said once."""
    names = []
    for party in konteks.dikenal:
        lembaga = party.lembaga
        if lembaga.contoh or (isinstance(lembaga, Institusi) and lembaga.isian_contoh):
            names.append(lembaga.id)
    if names:
        yield problem("KS295", at("pihak"), lembaga=", ".join(names))


RULES = (
    id_is_used_once,
    file_is_named_for_its_kind,
    open_points_keep_it_a_draft,
    agreed_points_are_carried,
    cancelled_points_are_left_out,
    deviations_are_approved_by_office,
    invented_data_are_told,
)
