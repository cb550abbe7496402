"""The names that a template may use: a tree with meaning, type and example, by which fields are listed and templates
are checked before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Jenis = Literal["teks", "kaya", "daftar", "kelompok", "ya_tidak", "gambar", "bagan", "tabel", "blok"]
"""What a name stands for: `kaya` is text with bold, language and ruled gaps (`{{r x }}`); `tabel` and `blok` bring
paragraphs of their own (`{{p x }}`); a `bagan` is a chart, printed like a picture; `kelompok` has fields, `daftar`
entries."""


@dataclass(frozen=True, slots=True)
class Nama:
    """A name of a template.

    `isi` of a `kelompok` are its fields. Of a `daftar` they are the fields of an entry, or one name that is empty: then
    that is what an entry is (`ttd` is a list of rows, and a row a list of cells).

    `wajib` says which value of the record the name prints when that value must stand in the document: names with an
    equal `wajib` are ways of printing one value, and one of them is enough; one that prints several has them all, with
    blanks between. Empty: a template may leave it out.
    `tetap`: the value is always `contoh`, so that a template may also have it typed out.
    `banyak`: a `daftar` has exactly so many entries in every document; 0: nobody knows.
    """

    nama: str
    arti: Mapping[str, str]
    jenis: Jenis = "teks"
    contoh: str = ""
    isi: tuple[Nama, ...] = field(default_factory=tuple)
    wajib: str = ""
    tetap: bool = False
    banyak: int = 0

    @property
    def butir(self) -> Nama:
        """What an entry of a `daftar` is."""
        if len(self.isi) == 1 and not self.isi[0].nama:
            return self.isi[0]
        return Nama("", self.arti, "kelompok", isi=self.isi)


def nama(
    name: str,
    id: str,
    en: str,
    jenis: Jenis = "teks",
    *isi: Nama,
    contoh: str = "",
    wajib: str = "",
    tetap: bool = False,
    banyak: int = 0,
) -> Nama:
    """A `Nama` with its meaning in both languages."""
    return Nama(name, {"id": id, "en": en}, jenis, contoh, isi, wajib, tetap, banyak)


def daftar(name: str, id: str, en: str, *isi: Nama, wajib: str = "", banyak: int = 0) -> Nama:
    """A list whose entries have the fields `isi`, or are `isi[0]` where that has no name."""
    return nama(name, id, en, "daftar", *isi, wajib=wajib, banyak=banyak)


def merged(*trees: Iterable[Nama]) -> tuple[Nama, ...]:
    """All names in their order; what a later tree says of a name that is there already is added to its `isi`."""
    found: dict[str, Nama] = {}
    for tree in trees:
        for one in tree:
            known = found.get(one.nama)
            found[one.nama] = one if known is None else replace(known, isi=merged(known.isi, one.isi))
    return tuple(found.values())


def walk(names: Iterable[Nama], path: str = "") -> Iterator[tuple[str, Nama]]:
    """(path, name) of every name of a tree: `pihak[].nama`, `kendali.kode`, `ttd[][].label`."""
    for one in names:
        here = f"{path}.{one.nama}" if path and one.nama else path or one.nama
        if one.nama:
            yield here, one
        yield from walk(one.isi, f"{here}[]" if one.jenis == "daftar" else here)


DICETAK_BLOK: Final = frozenset({"tabel", "blok"})
"""Types that `{{p x }}` prints."""


def tag(expression: str, jenis: Jenis, entry: str = "x") -> str:
    """The tag as it is typed in Word for a name of a type: `{{ x }}`, `{{r x }}`, a loop."""
    if jenis == "kaya":
        return f"{{{{r {expression} }}}}"
    if jenis in DICETAK_BLOK:
        return f"{{{{p {expression} }}}}"
    if jenis == "daftar":
        return f"{{%p for {entry} in {expression} %}} … {{%p endfor %}}"
    if jenis == "ya_tidak":
        return f"{{% if {expression} %}} … {{% endif %}}"
    return f"{{{{ {expression} }}}}"


_TEXT: Final = ("upper", "lower", "title", "capitalize", "kapital", "trim", "replace", "truncate", "default", "string")
SARINGAN: Final[Mapping[str, tuple[str, ...]]] = {
    "teks": _TEXT,
    "kaya": ("string", "default"),
    "daftar": ("length", "first", "last", "batch", "slice", "join", "map", "selectattr", "rejectattr", "sort", "list"),
    "kelompok": ("items",),
    "ya_tidak": (),
    "gambar": ("default",),
    "bagan": (),
    "tabel": (),
    "blok": (),
}
"""Type → filters that suit it, the usual ones first."""
