"""Agreed points followed both ways: from the meetings that agreed on them to the agreements that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ksdocs.models.butir import Butir
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.models.rapat import RingkasanNotulen

DISEPAKATI: Final = "disepakati"


@dataclass(frozen=True, slots=True)
class JejakButir:
    """One point: where it was discussed, the earliest meeting first, and which agreements carry it.

    `status` is that of its own record, empty where an agreement names a point that has none. `dibahas` is id of minutes
    → state as told there.
    """

    id: str
    teks: str
    status: str
    sumber: str
    dibahas: Mapping[str, str]
    dimuat: tuple[str, ...]

    @property
    def sepakat(self) -> bool:
        """Was it agreed: by its record, and by the last meeting on it or, where no meeting was, by another source?"""
        states = list(self.dibahas.values())
        return self.status == DISEPAKATI and (states[-1] == DISEPAKATI if states else bool(self.sumber))

    @property
    def di_luar_rapat(self) -> bool:
        """Is it agreed by a letter or a talk that no minutes tell of?"""
        return self.sepakat and not self.dibahas

    @property
    def tanpa_naskah(self) -> bool:
        """Was it agreed, and no agreement carries it? A record alone counts, so that none is lost."""
        return self.status == DISEPAKATI and not self.dimuat

    @property
    def tanpa_kesepakatan(self) -> bool:
        """Does an agreement carry what was agreed nowhere?"""
        return bool(self.dimuat) and not self.sepakat


def trace(
    points: Iterable[Butir], agreements: Iterable[RingkasanNaskah], minutes: Iterable[RingkasanNotulen]
) -> tuple[JejakButir, ...]:
    """Every point that a record, an agreement or a meeting names, sorted by id."""
    known = {point.id: point for point in points}
    carried: dict[str, list[str]] = {}
    for agreement in agreements:
        for ident in dict.fromkeys(agreement.butir):
            carried.setdefault(ident, []).append(agreement.id)
    discussed: dict[str, dict[str, str]] = {}
    for meeting in sorted(minutes, key=lambda m: (m.tanggal or date.min, m.id)):
        for ident, state in meeting.butir.items():
            discussed.setdefault(ident, {})[meeting.id] = state
    return tuple(
        _follow(ident, known.get(ident), discussed.get(ident, {}), carried.get(ident, []))
        for ident in sorted({*known, *carried, *discussed})
    )


def _follow(ident: str, point: Butir | None, discussed: Mapping[str, str], carried: Iterable[str]) -> JejakButir:
    if point is None:
        return JejakButir(ident, "", "", "", discussed, tuple(sorted(carried)))
    return JejakButir(ident, point.teks.id, point.status, point.sumber or "", discussed, tuple(sorted(carried)))
