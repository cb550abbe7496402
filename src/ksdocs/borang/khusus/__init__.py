"""What a form computes or checks beyond its fields: one module for each such kind, none for all others.

A module gives `KHUSUS`, a `Khusus` with two functions of the record's plain values (`plain_values`): `periksa` tells
what is wrong between fields and records, `tambahan` what the form prints that nobody typed (sums, scores, verdicts);
and `nama`, the names that `tambahan` gives to the template, which a test holds against what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ksdocs.nama import Nama
from ksdocs.problems import Problem
from ksdocs.register import Register

if TYPE_CHECKING:
    from ksdocs.borang.susun import Deret, Tulisan

Nilai = Mapping[str, Any]
"""Field → value of a record: texts, dates, Decimals, ints, bools, lists of such mappings."""


@dataclass(frozen=True, slots=True)
class Tambahan:
    """Names that a template gets besides the fields, and what of it must stand in the file.

    `sisipan`: list → for each of its entries, names and texts beside the entry's own; they must all stand there.
    """

    konteks: Mapping[str, Any] = field(default_factory=dict)
    tulisan: tuple[Tulisan | Deret, ...] = ()
    sisipan: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def _nothing_wrong(_values: Nilai, _register: Register, _today: date) -> Iterable[Problem]:
    return ()


def _nothing_more(_values: Nilai, _register: Register) -> Tambahan:
    return Tambahan()


@dataclass(frozen=True, slots=True)
class Khusus:
    """The two functions of a kind, and the names that a template gets from the second; all optional.

    Of what stands in `nama` under the name of a list of the form, the fields are added to those of its entries.
    """

    periksa: Callable[[Nilai, Register, date], Iterable[Problem]] = _nothing_wrong
    tambahan: Callable[[Nilai, Register], Tambahan] = _nothing_more
    nama: tuple[Nama, ...] = ()


_KINDS: Final = frozenset(
    {
        "daftar_hadir",
        "evaluasi",
        "laporan_pelaksanaan",
        "monitoring",
        "notulen",
        "pemetaan",
        "penjajakan",
        "program",
        "survei",
        "usulan",
    }
)
"""Kinds with a module of their name in this package."""


@cache
def khusus(kind: str) -> Khusus:
    """What `kind` computes and checks; nothing for most."""
    if kind not in _KINDS:
        return Khusus()
    found: Khusus = import_module(f"{__name__}.{kind}").KHUSUS
    return found
