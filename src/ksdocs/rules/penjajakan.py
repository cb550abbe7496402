"""An MoU and the exploration it rests on (domain.md §1; KS298, KS374)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.models import Mou
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.penjajakan import halangan
from ksdocs.problems import Problem, problem, suggest
from ksdocs.rules.konteks import Konteks, at

_PATH = "penjajakan"


def _named(naskah: NaskahLengkap) -> str | None:
    return naskah.isi.penjajakan if isinstance(naskah.isi, Mou) else None


def exploration_is_known_and_of_a_party(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS298: the exploration that the MoU names is in the data, and is about one of its parties."""
    ident = _named(naskah)
    if ident is None:
        return
    found = konteks.register.penjajakan(ident)
    if found is None:
        near = suggest(ident, [entry.id for entry in konteks.register.semua_penjajakan()])
        yield problem("KS298", at(_PATH), id=ident, sebab="tidak ada dalam data", mungkin=near)
        return
    parties = [party.pihak.id for party in naskah.pihak]
    if found.mitra and not konteks.sebutan.related([found.mitra], parties):
        reason = f"laporan itu tentang `{found.mitra}`, yang bukan pihak naskah ini"
        yield problem("KS298", at(_PATH), id=ident, sebab=reason, mungkin="")


def exploration_lets_the_mou_go_on(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS374: the exploration found the partner fit, or the Direktur has let it go on."""
    ident = _named(naskah)
    found = konteks.register.penjajakan(ident) if ident is not None else None
    if found is not None:
        yield from halangan(found, at(_PATH))


RULES = (exploration_is_known_and_of_a_party, exploration_lets_the_mou_go_on)
