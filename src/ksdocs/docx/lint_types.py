"""What an expression of a template stands for, judged before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ksdocs.nama import Nama, walk


@dataclass(frozen=True, slots=True)
class Tipe:
    """`jenis` as in `Nama`, or `angka`, `macro`, `loop`, `apa_saja` (nothing can be said). `nama` is the name of the
    tree that it is, where it is one; `butir` what an entry is, of a list that the template made. `at` is (id of the
    list, number) for what belongs to one certain entry, as `baris[0].nama`."""

    jenis: str
    nama: Nama | None = None
    butir: Tipe | None = None
    at: tuple[int, int] | None = None

    @property
    def entry(self) -> Tipe:
        """What an entry of a list is."""
        if self.butir is not None:
            return self.butir
        return of_name(self.nama.butir) if self.nama is not None and self.jenis == "daftar" else ANY

    def field(self, name: str) -> Tipe | None:
        """A field of a group; None where there is none."""
        if self.nama is None:
            return None
        return next((of_name(one, self.at) for one in self.nama.isi if one.nama == name), None)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(one.nama for one in self.nama.isi if one.nama) if self.nama is not None else ()


ANY: Final = Tipe("apa_saja")
TEXT: Final = Tipe("teks")
NUMBER: Final = Tipe("angka")
YES_NO: Final = Tipe("ya_tidak")
LOOP: Final = Tipe("loop")
MACRO: Final = Tipe("macro")


def of_name(name: Nama, at: tuple[int, int] | None = None) -> Tipe:
    """What a declared name holds; `at` is where the template takes it from."""
    return Tipe(name.jenis, name, at=at)


def a_list(entry: Tipe) -> Tipe:
    """A list of such entries."""
    return Tipe("daftar", None, entry)


def either(one: Tipe, other: Tipe) -> Tipe:
    """What is one or the other."""
    if one == other:
        return one
    return Tipe(one.jenis) if one.jenis == other.jenis and one.jenis in ("teks", "angka", "ya_tidak") else ANY


def needs(names: Iterable[Nama]) -> Iterator[str]:
    """The `wajib` of every name of a tree."""
    for _, one in walk([Nama("", {}, "kelompok", isi=tuple(names))]):
        yield from one.wajib.split()


def all_needs(name: Nama) -> Iterator[str]:
    """The `wajib` of a name and of all in it."""
    yield from name.wajib.split()
    for inner in name.isi:
        yield from all_needs(inner)


TEXT_FILTERS: Final = frozenset(
    [
        "upper",
        "lower",
        "title",
        "capitalize",
        "trim",
        "replace",
        "truncate",
        "center",
        "indent",
        "wordwrap",
        "striptags",
        "urlencode",
        "wordcount",
        "string",
        "kapital",
        "format",
        "e",
        "escape",
        "forceescape",
        "safe",
    ]
)
"""They make text of what they are given, which must have some."""
LIST_FILTERS: Final = frozenset(
    [
        "join",
        "map",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
        "groupby",
        "batch",
        "slice",
        "sort",
        "unique",
        "sum",
        "min",
        "max",
        "daftar",
        "daftar_atau",
    ]
)
"""They go through the entries of a list; of a text they would take the letters."""
KEPT_FILTERS: Final = frozenset(["list", "sort", "unique", "reverse", "select", "reject", "selectattr", "rejectattr"])
"""Their result is a list of the same entries."""
VALUE_FILTERS: Final = frozenset(
    [
        "angka_terbilang",
        "bulan",
        "bulan_romawi",
        "hari",
        "huruf",
        "label_pihak",
        "lama",
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
)
"""They read dates and numbers. A template gets its values as texts that are ready to be printed."""
NUMBER_FILTERS: Final = frozenset({"length", "count", "int", "float", "round", "abs", "wordcount", "sum"})


def unfit(name: str, given: Tipe) -> bool:
    """Can the filter do nothing with what it is given?"""
    kind = given.jenis
    if name in VALUE_FILTERS:
        return kind in ("teks", "kaya", "daftar", "kelompok", "ya_tidak", "gambar", "tabel")
    if name in LIST_FILTERS:
        return kind in ("teks", "kaya", "ya_tidak", "angka", "gambar", "tabel")
    if name in ("length", "count"):
        return kind in ("ya_tidak", "angka")
    return name in TEXT_FILTERS and kind in ("daftar", "kelompok", "ya_tidak")
