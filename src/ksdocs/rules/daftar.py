"""The register itself: one partner once, parents that exist, contacts of one's own (KS279, KS282, KS286)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ksdocs.problems import Location, Problem, problem, suggest
from ksdocs.register import MemoryRegister, normal_nama
from ksdocs.rules.sebutan import Sebutan, index_of


def check_register(register: MemoryRegister) -> list[Problem]:
    """Everything wrong with the data folder: faults of its files first, then what its entries say of each other."""
    index = index_of(register)
    return [
        *register.problems,
        *_one_partner_once(register, index),
        *_parents_exist(register),
        *_contacts_are_ones_own(register, index),
    ]


def _place(register: MemoryRegister, ident: str, path: str) -> Location:
    return Location(path=path, file=register.berkas_.get(ident))


def _one_partner_once(register: MemoryRegister, index: Sebutan) -> Iterator[Problem]:
    """KS279: two ids with one name, whatever its spelling, are probably one partner (domain.md §6.9)."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for lembaga in register.semua_lembaga():
        for name in (*lembaga.nama.all.values(), *lembaga.ejaan_lain):
            names[normal_nama(name)].setdefault(lembaga.id, name)
    told: set[tuple[str, str]] = set()
    for held in names.values():
        first, *others = held
        for other in others:
            pair = (first, other)
            if pair not in told and not (index.related([first], [other]) and held[first] != held[other]):
                told.add(pair)
                at = _place(register, other, "nama")
                yield problem("KS279", at, record=other, id=other, lain=first, nama=held[other], ejaan=held[first])


def _parents_exist(register: MemoryRegister) -> Iterator[Problem]:
    """KS282: `induk` names another lembaga of the register."""
    for lembaga in register.semua_lembaga():
        if lembaga.induk is None:
            continue
        found = register.lembaga(lembaga.induk)
        if found is None or found.id == lembaga.id:
            near = suggest(lembaga.induk, [k for k in register.lembaga_ if k != lembaga.id])
            at = _place(register, lembaga.id, "induk")
            yield problem("KS282", at, record=lembaga.id, induk=lembaga.induk, mungkin=near)


def _contacts_are_ones_own(register: MemoryRegister, index: Sebutan) -> Iterator[Problem]:
    """KS286: a telephone or e-mail that two unrelated lembaga share was probably copied."""
    for table, name in ((index.telepon, "telepon"), (index.surel, "surel")):
        for owners in table.values():
            if len({index.rumpun[o] for o in owners}) > 1:
                first, *others = sorted(owners)
                at = _place(register, others[0], "kontak")
                yield problem("KS286", at, record=others[0], isian=name, id=others[0], lain=first)
