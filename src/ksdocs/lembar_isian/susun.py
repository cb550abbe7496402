"""Fields and records → the tables of an entry sheet: which columns there are, and what stands in them.

A list has a sheet of its own where its path can be the name of one; else its items have columns (`a.1.b`). Where a
field may be given in several ways, the columns are those that the records use. What the model does not know gets a
column all the same: nothing of a record is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ksdocs.lembar_isian.medan import Medan
from ksdocs.lembar_isian.tabel import Jalur, Tabel, sheet_title
from ksdocs.sources.columns import header_path

_INLINE: Final = 2
"""Items of a list without a sheet that an empty workbook has columns for."""
_UNKNOWN: Final = Medan("", jenis="teks")

Kunci = Callable[[str], Mapping[str, tuple[str, ...]]]
"""Path of a mapping → the keys it may have, each with its choices."""


def lay_out(fields: Sequence[Medan], trees: Sequence[Mapping[str, Any]], kunci: Kunci, *, bilingual: bool) -> Susunan:
    """The tables that the fields of a kind and the shapes of its records ask for, without rows yet."""
    shapes: dict[Jalur, set[str]] = {}
    lengths: dict[Jalur, int] = {}
    for tree in trees:
        _note_shape(tree, (), shapes, lengths)
    made = Susunan({"": Tabel("", Medan(""))}, {}, shapes, lengths, kunci, bilingual)
    groups = list(dict.fromkeys(one.kelompok for one in fields))
    for one in sorted(fields, key=lambda one: groups.index(one.kelompok)):
        made.place(one, made.tabel[""], (), (), True, one.kelompok)
    return made


def _note_shape(value: Any, pattern: Jalur, shapes: dict[Jalur, set[str]], lengths: dict[Jalur, int]) -> None:
    found = shapes.setdefault(pattern, set())
    if isinstance(value, dict):
        found.add("peta")
        for key, inner in value.items():
            _note_shape(inner, (*pattern, key), shapes, lengths)
    elif isinstance(value, list):
        found.add("daftar" if _joinable(value) else "daftar_terpisah")
        lengths[pattern] = max(lengths.get(pattern, 0), len(value))
        for inner in value:
            _note_shape(inner, (*pattern, "*"), shapes, lengths)
    else:
        found.add("teks")


def _joinable(items: Sequence[Any]) -> bool:
    """May the items stand in one cell, between semicolons?"""
    return bool(items) and all(isinstance(one, str) and ";" not in one and one == one.strip() for one in items)


def in_words(value: Mapping[str, Any]) -> str:
    """`3 bulan`: a span of time as one cell holds it; "" where it is not given as number and unit."""
    plain = set(value) == {"lama", "satuan"} and all(isinstance(one, str) for one in value.values())
    return f"{value['lama']} {value['satuan']}" if plain else ""


@dataclass
class Susunan:
    """The tables by their title, and the fields by their pattern."""

    tabel: dict[str, Tabel]
    medan: dict[Jalur, Medan]
    bentuk: dict[Jalur, set[str]]
    panjang: dict[Jalur, int]
    kunci: Kunci
    bilingual: bool

    # --- columns ----------------------------------------------------------------------------------------------

    def place(self, one: Medan, table: Tabel, rel: Jalur, pattern: Jalur, must: bool, group: str) -> None:
        """The columns of one field, in `table` or in one of its own."""
        rel, here = (*rel, one.nama), (*pattern, one.nama)
        self.medan[here] = one
        if one.daftar and not (one.pisah and "daftar_terpisah" not in self.bentuk.get(here, ())):
            self._place_list(one, table, rel, here, group)
        else:
            self._place_one(one, table, rel, here, must and one.wajib, group)

    def _place_one(self, one: Medan, table: Tabel, rel: Jalur, here: Jalur, must: bool, group: str) -> None:
        shape = self.bentuk.get(here, set())
        if one.jenis == "peta":
            choices = self.kunci(".".join(here))
            given = [key[-1] for key in self.bentuk if key[:-1] == here]
            for key in dict.fromkeys((*choices, *given)):
                entry = replace(one.isi[0], nama=key, label=f"{one.label}: {key}", arti=one.arti)
                offered = choices.get(key, ())
                entry = replace(entry, jenis="pilihan", pilihan=offered) if offered else entry
                self.place(entry, table, rel, here, False, group)
            return
        inner: tuple[Medan, ...]
        if one.jenis == "dwibahasa":
            both = self.bilingual or "peta" in shape
            if not both:
                table.add(rel, one, wajib=must, kelompok=group)
            inner = one.isi if both else ()
        elif one.jenis == "durasi":
            table.add(rel, one, wajib=must, kelompok=group)
            inner = ()
        elif one.jenis == "kelompok":
            inner = one.isi
        else:
            table.add(rel, one, wajib=must, kelompok=group)
            inner = one.isi if "peta" in shape else ()
        for inside in inner:
            self.place(self._of(one, inside), table, rel, here, must and one.jenis != "teks", group)

    def _of(self, owner: Medan, inside: Medan) -> Medan:
        """A field of a group as its column calls it: with the label of the group before its own."""
        contoh = owner.contoh if owner.jenis == "dwibahasa" and inside.nama == "id" else inside.contoh
        arti = owner.arti if owner.jenis == "dwibahasa" else inside.arti
        return replace(inside, label=f"{owner.label} – {inside.label}", contoh=contoh, arti=arti)

    def _place_list(self, one: Medan, table: Tabel, rel: Jalur, here: Jalur, group: str) -> None:
        item = replace(one, daftar=False, pisah=False, wajib=True)
        title = sheet_title(here, self.tabel)
        if title and not self._mixed(here):
            side = Tabel(title, one, _outer(here))
            self.tabel[title] = side
            self._place_items(item, side, here, group)
            if not (side.texts_only and self._holds_groups(item, here)):
                return
            del self.tabel[title]  # a sheet with `teks` alone is read as a list of texts
        for number in range(1, max(_INLINE, self.panjang.get(here, 0)) + 1):
            numbered = replace(item, nama=str(number), label=f"{one.label} {number}", wajib=False)
            self.medan[(*here, "*")] = item
            self._place_one(numbered, table, (*rel, str(number)), (*here, "*"), False, group)

    def _place_items(self, item: Medan, side: Tabel, here: Jalur, group: str) -> None:
        shape = self.bentuk.get((*here, "*"), set())
        self.medan[(*here, "*")] = item
        both = item.jenis == "dwibahasa" and (self.bilingual or "peta" in shape)
        if item.jenis == "kelompok" or both or (shape == {"peta"} and item.isi):
            for inside in item.isi:
                self.place(self._of(item, inside) if both else inside, side, (), (*here, "*"), True, group)
        else:
            side.add(("teks",), item, wajib=True, kelompok=group)

    def _mixed(self, here: Jalur) -> bool:
        """Are some items texts and others groups, in a way that one sheet cannot hold?"""
        shape, item = self.bentuk.get((*here, "*"), set()), self.medan[here]
        if shape & {"daftar", "daftar_terpisah"}:
            return True
        if "teks" in shape and item.jenis == "kelompok":
            return True
        return {"teks", "peta"} <= shape and item.jenis != "dwibahasa"

    def _holds_groups(self, item: Medan, here: Jalur) -> bool:
        return item.jenis == "kelompok" or "peta" in self.bentuk.get((*here, "*"), ())

    # --- rows -------------------------------------------------------------------------------------------------

    def fill(self, tree: Mapping[str, Any]) -> list[tuple[Jalur, str]]:
        """A row for one record, and one for each item of its lists: the path of every value without a place, and why
        it has none."""
        row: dict[Jalur, str] = {}
        self.tabel[""].baris.append(row)
        filler = _Pengisi(self, str(tree.get("id", "")))
        filler.group(self.tabel[""], row, (), tree, (), ())
        return filler.gagal


def _outer(here: Jalur) -> tuple[Jalur, ...]:
    """The lists around the one at `here`."""
    return tuple(here[:n] for n, part in enumerate(here) if part == "*")


@dataclass
class _Pengisi:
    """Fills the rows of one record."""

    susunan: Susunan
    ident: str
    gagal: list[tuple[Jalur, str]] = field(default_factory=list)

    def group(self, table: Tabel, row: dict[Jalur, str], rel: Jalur, tree: Mapping[str, Any],
              pattern: Jalur, path: Jalur) -> None:  # fmt: skip
        for key, value in tree.items():
            if header_path(key) != (key,):
                self.gagal.append(((*path, key), "nama isian ini tidak dapat menjadi judul kolom"))
                continue
            self.value(table, row, (*rel, key), value, (*pattern, key), (*path, key))

    def value(self, table: Tabel, row: dict[Jalur, str], rel: Jalur, value: Any, pattern: Jalur, path: Jalur) -> None:
        one = self.susunan.medan.get(pattern, _UNKNOWN)
        if isinstance(value, dict):
            if one.jenis == "durasi" and (words := in_words(value)):
                row[rel] = words
            else:
                self.group(table, row, rel, value, pattern, path)
        elif isinstance(value, list):
            if one.pisah and _joinable(value) and rel in table.kolom:
                row[rel] = "; ".join(value)
            else:
                self.items(table, row, rel, value, pattern, path)
        elif rel not in table.kolom and one.jenis == "dwibahasa" and (*rel, "id") in table.kolom:
            row[(*rel, "id")] = value
        else:
            table.add(rel, replace(one, nama=rel[-1], label=one.label or rel[-1]), wajib=False, kelompok="")
            row[rel] = value

    def items(self, table: Tabel, row: dict[Jalur, str], rel: Jalur, items: list[Any],
              pattern: Jalur, path: Jalur) -> None:  # fmt: skip
        side = self.susunan.tabel.get(".".join(part for part in pattern if part != "*"))
        if side is None or not side.judul:
            for number, item in enumerate(items, 1):
                self.value(table, row, (*rel, str(number)), item, (*pattern, "*"), (*path, str(number)))
            return
        numbers = [part for part in path if part.isdecimal() and part.isascii()]
        for number, item in enumerate(items, 1):
            inner: dict[Jalur, str] = {("", "id"): self.ident}
            inner |= {("", *outer): at for outer, at in zip(side.luar, numbers, strict=True)}
            side.baris.append(inner)
            here, inside = (*path, str(number)), (*pattern, "*")
            if isinstance(item, dict):
                self.group(side, inner, (), item, inside, here)
            elif isinstance(item, str) and side.texts_only:
                inner[("teks",)] = item
            elif isinstance(item, str) and side.medan.jenis == "dwibahasa":
                inner[("id",)] = item
            else:
                self.gagal.append((here, "butir ini tidak dapat menjadi baris pada lembar daftarnya"))
