"""What other records need to know of an exploration: the register's entry, and whether an agreement may rest on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ksdocs.bahasa import baca_tanggal, tanggal_panjang
from ksdocs.problems import Location, Problem, problem

LAYAK: Final = "layak"
BERSYARAT: Final = "layak bersyarat"
TIDAK_LAYAK: Final = "tidak layak"
LANJUT: Final = frozenset({"dilanjutkan", "dilanjutkan dengan syarat"})
BERHENTI: Final = "tidak dilanjutkan"
"""The decision of a disposition that ends it."""


@dataclass(frozen=True, slots=True)
class Putusan:
    """A disposition of the Direktur; `tanggal` is None where it cannot be read."""

    tanggal: date | None
    keputusan: str


@dataclass(frozen=True, slots=True)
class RingkasanPenjajakan:
    """The register's entry of an exploration; `putusan` are the Direktur's dispositions, not those of others."""

    id: str
    mitra: str
    tanggal: date | None
    rekomendasi: str
    putusan: tuple[Putusan, ...] = ()
    berkas: str = ""


def summarize_penjajakan(
    tree: Mapping[str, Any], berkas: str = "", *, tanggal_dmy: bool = False
) -> RingkasanPenjajakan | None:
    """The entry of a record, read leniently: what cannot be read is left open; None without an id."""
    ident = tree.get("id")
    if not isinstance(ident, str) or tree.get("jenis") != "penjajakan":
        return None
    decided = tree.get("disposisi")
    entries = [e for e in decided if isinstance(e, Mapping)] if isinstance(decided, (list, tuple)) else []
    return RingkasanPenjajakan(
        id=ident,
        mitra=_text(tree.get("mitra")),
        tanggal=_date(tree.get("tanggal"), tanggal_dmy),
        rekomendasi=_text(tree.get("rekomendasi")),
        putusan=tuple(
            Putusan(_date(e.get("tanggal"), tanggal_dmy), _text(e.get("keputusan")))
            for e in entries
            if is_direktur(_text(e.get("dari")))
        ),
        berkas=berkas,
    )


def halangan(entry: RingkasanPenjajakan, at: Location) -> Iterator[Problem]:
    """KS374: why no agreement may rest on this exploration; nothing when it may.

    The Direktur's last disposition decides; without one, an exploration that found the partner unfit does not go on.
    What cannot be read lets nothing go on: it is mended in the report first.
    """
    told: dict[str, Any] = {"penjajakan": entry.id, "rekomendasi": entry.rekomendasi or "?"}
    decided = [one for one in entry.putusan if one.keputusan == BERHENTI or (one.tanggal and one.keputusan in LANJUT)]
    last = max(decided, key=lambda one: one.tanggal or date.max, default=None)
    if last is not None and last.keputusan == BERHENTI:
        day = f" pada {tanggal_panjang(last.tanggal)}" if last.tanggal else ""
        yield problem("KS374", at, sebab=f"Direktur memutuskan tidak dilanjutkan{day}", **told)
    elif last is None and entry.rekomendasi not in (LAYAK, BERSYARAT):
        yield problem("KS374", at, sebab="tidak ada disposisi Direktur untuk melanjutkannya", **told)


def is_direktur(jabatan: str) -> bool:
    """Is this the Direktur, also acting (Plt., Plh.), and not a deputy?"""
    return re.match(r"(?:pl[th]\.?\s+)?direktur\b", jabatan.strip(), re.IGNORECASE) is not None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _date(value: object, dmy: bool) -> date | None:
    try:
        return value if isinstance(value, date) else baca_tanggal(value, dmy=dmy) if isinstance(value, str) else None
    except ValueError:
        return None
