"""Records → what the register keeps of them beyond number, days and parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ksdocs.bahasa import baca_rupiah
from ksdocs.models.arsip import Arsip
from ksdocs.models.lengkap import RingkasanNaskah


def summarize_arsip(row: Arsip, tempat: str, kunci: str) -> RingkasanNaskah:
    """The entry of an agreement of which only the list is kept."""
    return RingkasanNaskah(
        id=row.id,
        jenis=row.jenis_naskah,
        tahap=row.tahap,
        tentang=row.tentang.id,
        nomor=row.nomor,
        tanggal=row.tanggal,
        mulai=row.mulai or row.tanggal,
        berakhir=row.berakhir,
        pihak=row.pihak,
        bentuk=frozenset(row.bentuk),
        tempat=tempat,
        kunci=kunci,
        tingkat=row.tingkat,
        bidang=frozenset(row.bidang),
        lingkup=(row.lingkup,) if row.lingkup else (),
        unit=row.unit or "",
        penanggung_jawab=row.penanggung_jawab or "",
        telepon=row.telepon or "",
        nilai=row.nilai,
        sumber_dana=row.sumber_dana or "",
        mou=row.mou or "",
        memperpanjang=row.memperpanjang or "",
        diakhiri=row.diakhiri,
        selesai=row.selesai,
        tautan=row.tautan or "",
    )


def more_of(tree: Mapping[str, Any], parties: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of the tree of an MoU or PKS, read leniently, the fields of its entry that only reports ask for."""
    scope = tree.get("ruang_lingkup")
    finance, basis = tree.get("pembiayaan"), tree.get("dasar")
    own = next(iter(parties), {})
    return {
        "tingkat": _text(tree.get("tingkat")),
        "bidang": frozenset(_words(tree.get("bidang"))),
        "lingkup": tuple(_words([i.get("teks") if isinstance(i, Mapping) else i for i in _items(scope)])),
        "unit": _text(own.get("unit")),
        "penanggung_jawab": _text(own.get("penanggung_jawab")),
        "nilai": _money(finance.get("nilai")) if isinstance(finance, Mapping) else None,
        "mou": _text(basis.get("mou")) if isinstance(basis, Mapping) else "",
        "memperpanjang": _text(tree.get("memperpanjang")),
    }


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: object) -> list[str]:
    """The texts of a list, or of a cell that holds several, separated by semicolons."""
    items = value.split(";") if isinstance(value, str) else _items(value)
    return [text for text in map(_text, items) if text]


def _text(value: object) -> str:
    """A plain text, or the Indonesian one of a text in two languages."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return value.strip() if isinstance(value, str) else ""


def _money(value: object) -> Decimal | None:
    try:
        return baca_rupiah(value) if isinstance(value, str) else None
    except ValueError:
        return None
