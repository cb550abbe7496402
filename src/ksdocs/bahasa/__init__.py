"""How numbers, money, dates and lists read, in Indonesian and in English.

Pure functions on the standard library alone; a bad value is a `ValueError` whose text says what to write
instead. `id` and `en` hold the same names for the two languages, `umum` what reads alike in both. The names
exported here are the Indonesian ones, since the Indonesian text is the one that always exists; a template
gets the functions of its language as filters, under the same names, from `filters(language)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ksdocs.bahasa import en, id  # `id` is the language code, as in the data
from ksdocs.bahasa.id import (
    angka_terbilang,
    baca_hari,
    baca_rupiah,
    baca_rupiah_terbilang,
    baca_tanggal,
    baca_tanggal_terbilang,
    baca_terbilang,
    bulan,
    daftar,
    daftar_atau,
    hari,
    lama,
    ordinal_pihak,
    persen,
    persen_lengkap,
    ribuan,
    rupiah,
    rupiah_lengkap,
    rupiah_terbilang,
    tanggal_lengkap,
    tanggal_panjang,
    tanggal_terbilang,
    terbilang,
)
from ksdocs.bahasa.umum import (
    BATAS,
    MATA_UANG,
    SATUAN_LAMA,
    SKEMA_PIHAK,
    baca_romawi,
    bulan_romawi,
    huruf,
    kapital,
    nama_lengkap,
    romawi,
    tambah,
    tanggal_angka,
)

LANGUAGES = ("id", "en")
"""Languages that documents can be written in; the first always exists."""

_UMUM: dict[str, Callable[..., object]] = {
    "bulan_romawi": bulan_romawi,
    "huruf": huruf,
    "kapital": kapital,
    "romawi": romawi,
    "tambah": tambah,
    "tanggal_angka": tanggal_angka,
}

_PER_BAHASA = (
    "angka_terbilang",
    "bulan",
    "daftar",
    "daftar_atau",
    "hari",
    "label_pihak",
    "lama",
    "ordinal_pihak",
    "persen",
    "persen_lengkap",
    "ribuan",
    "rupiah",
    "rupiah_lengkap",
    "rupiah_terbilang",
    "tanggal_lengkap",
    "tanggal_panjang",
    "tanggal_terbilang",
    "terbilang",
)

FILTERS: dict[str, dict[str, Callable[..., object]]] = {
    language: dict(sorted({**_UMUM, **{name: getattr(module, name) for name in _PER_BAHASA}}.items()))
    for language, module in (("id", id), ("en", en))
}
"""Language → filter name → function; both languages have the same names, so that clauses stay parallel."""


def filters(language: str) -> dict[str, Callable[..., object]]:
    """The template filters of `language` ("id" or "en"), in a dict of the caller's own."""
    if language not in FILTERS:
        raise ValueError(f"there are no words for language {language!r}; there are: {', '.join(LANGUAGES)}")
    return dict(FILTERS[language])


@lru_cache(256, typed=True)
def label_pihak(n: int, skema: str = "kesatu", language: str = "id") -> str:
    """`PIHAK KESATU`, `PIHAK PERTAMA` or `FIRST PARTY`: what the `n`-th party (from 1) is called."""
    return str(filters(language)["label_pihak"](n, skema))


__all__ = [
    "BATAS",
    "FILTERS",
    "LANGUAGES",
    "MATA_UANG",
    "SATUAN_LAMA",
    "SKEMA_PIHAK",
    "angka_terbilang",
    "baca_hari",
    "baca_romawi",
    "baca_rupiah",
    "baca_rupiah_terbilang",
    "baca_tanggal",
    "baca_tanggal_terbilang",
    "baca_terbilang",
    "bulan",
    "bulan_romawi",
    "daftar",
    "daftar_atau",
    "en",
    "filters",
    "hari",
    "huruf",
    "id",
    "kapital",
    "label_pihak",
    "lama",
    "nama_lengkap",
    "ordinal_pihak",
    "persen",
    "persen_lengkap",
    "ribuan",
    "romawi",
    "rupiah",
    "rupiah_lengkap",
    "rupiah_terbilang",
    "tambah",
    "tanggal_angka",
    "tanggal_lengkap",
    "tanggal_panjang",
    "tanggal_terbilang",
    "terbilang",
]
