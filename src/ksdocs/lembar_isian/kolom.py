"""Tables → sheets with heads, labels, notes, examples and drop-downs, as the writer of workbooks takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ksdocs.lembar_isian.medan import TANGAN, Medan
from ksdocs.lembar_isian.pilihan import JUDUL, Pilihan, known
from ksdocs.lembar_isian.susun import Susunan
from ksdocs.lembar_isian.tabel import Kolom, Tabel
from ksdocs.sources.isian_excel import KEY, KolomIsian, LembarIsian, id_choices
from ksdocs.sources.xlsx import MAIN

if TYPE_CHECKING:
    from ksdocs.office import Office

_YES_NO: Final = ("ya", "tidak")
_WIDTHS: Final = {"panjang": 48, "dwibahasa": 44, "tanggal": 13, "bulat": 9, "desimal": 11, "uang": 18, "ya_tidak": 10}
_EXAMPLES: Final = {"tanggal": "2026-03-17", "bulat": "1", "desimal": "1", "uang": "1500000", "ya_tidak": "ya",
                    "durasi": "3 bulan", "tautan": "https://arsip.example/bukti"}  # fmt: skip
_TYPED: Final = ("tanggal", "bulat", "desimal", "uang")
_MAX_NAMED: Final = 12
"""Choices that a note names; more are seen in the drop-down only."""


class Penulis:
    """Makes the sheets of one kind, and gathers the lists that their drop-downs offer (`pilihan`).

    `kelompok` are the groups of fields, each with the number of its colour."""

    def __init__(self, kind: str, office: Office, made: Susunan) -> None:
        self._kind, self._office, self._made = kind, office, made
        self.pilihan: dict[str, Sequence[str]] = {}
        self._known: dict[str, Pilihan] = {}
        self.kelompok: dict[str, int] = {}
        for path, field in made.medan.items():
            if len(path) == 1:
                self._group(field.kelompok)

    def sheets(self) -> list[LembarIsian]:
        """The main sheet, then one for each list, in the order of the model."""
        main = self._main(self._made.tabel[""])
        sides = [table for title, table in self._made.tabel.items() if title]
        return [main, *(self._side(table, main) for table in sides)]

    def lists(self) -> list[tuple[str, Pilihan]]:
        """What the ids in drop-downs stand for."""
        return [(JUDUL[acuan], pairs) for acuan, pairs in self._known.items() if pairs]

    def _main(self, table: Tabel) -> LembarIsian:
        columns = [self._column(one) for one in table.kolom.values()]
        rows = [[row.get(rel, "") for rel in table.kolom] for row in table.baris]
        return LembarIsian(MAIN, columns, rows, 0, 2)

    def _side(self, table: Tabel, main: LembarIsian) -> LembarIsian:
        owner = KolomIsian(
            "id", "Id rekaman", catatan=f"Id rekaman pada lembar `{MAIN}` yang memiliki baris ini.",
            contoh=self._own_id(), wajib=True, warna=KEY, pilihan=id_choices(main), longgar="tanya", lebar=26,
        )  # fmt: skip
        indexes = [self._index(table, outer) for outer in table.luar]
        columns = [owner, *indexes, *(self._column(one) for one in table.kolom.values())]
        keys = [("", "id"), *(("", *outer) for outer in table.luar), *table.kolom]
        rows = [[row.get(key, "") for key in keys] for row in table.baris]
        groups = [self._group(one.kelompok) for one in table.kolom.values()]
        return LembarIsian(table.judul, columns, rows, groups[0] if groups else 0, 1 + len(indexes))

    def _index(self, table: Tabel, outer: tuple[str, ...]) -> KolomIsian:
        label = self._made.medan[outer].label if outer in self._made.medan else outer[-1]
        note = (
            f"Nomor urut baris pada `{'.'.join(p for p in outer if p != '*')}` yang memiliki baris ini, mulai dari 1."
        )
        return KolomIsian(
            table.index_head(outer), f"{label} ke-", "bulat", note, "1", True, KEY, batas=(1, 999), lebar=10
        )  # fmt: skip

    def _group(self, name: str) -> int:
        return self.kelompok.setdefault(name, len(self.kelompok))

    def _own_id(self) -> str:
        return f"{self._kind.replace('_', '-')}-contoh-2026"

    def _column(self, column: Kolom) -> KolomIsian:
        field = column.medan
        name, offered, loose = self._offered(field)
        return KolomIsian(
            column.tajuk,
            field.label or field.nama,
            self._type(field),
            self._note(column, offered),
            self._example(column, offered),
            column.wajib,
            self._group(column.kelompok),
            name,
            loose,
            field.batas,
            _WIDTHS.get(field.jenis, 22),
        )

    def _type(self, field: Medan) -> str:
        if field.pisah:
            return "teks"
        if field.jenis in _TYPED:
            return field.jenis
        return "panjang" if field.jenis in ("panjang", "dwibahasa") else "teks"

    def _offered(self, field: Medan) -> tuple[str, Sequence[str], str]:
        """The list of a field's drop-down: its name, what it offers, and what becomes of something else (`longgar`)."""
        if field.tangan:
            return self._list("tangan", (TANGAN,), "bebas")
        if field.jenis in ("pilihan", "tetap"):
            return self._list("; ".join(field.pilihan), field.pilihan, "bebas" if field.pisah else "")
        if field.jenis == "ya_tidak":
            return self._list("ya_tidak", _YES_NO, "")
        if field.acuan in JUDUL:
            if field.acuan not in self._known:
                self._known[field.acuan] = known(self._office, self._kind, field.acuan)
            return self._list(
                f"acuan {field.acuan}",
                [one for one, _ in self._known[field.acuan]],
                "bebas" if field.pisah else "tanya",
            )
        return "", (), ""

    def _list(self, name: str, offered: Sequence[str], loose: str) -> tuple[str, Sequence[str], str]:
        if offered:
            self.pilihan[name] = offered
        return name if offered else "", offered, loose

    def _example(self, column: Kolom, offered: Sequence[str]) -> str:
        field = column.medan
        if column.tajuk == "id":
            return self._own_id()
        first = field.contoh.split("; ")[0]
        if offered and not field.tangan and first not in offered:
            return offered[0]
        if field.jenis in ("bulat", "uang") and field.contoh and not field.contoh.isdecimal():
            return _EXAMPLES[field.jenis]
        if field.jenis == "bulat" and not field.contoh:
            return f"{max(1, field.batas[0] or 0):g}"
        return field.contoh or _EXAMPLES.get(field.jenis, "")

    def _note(self, column: Kolom, offered: Sequence[str]) -> str:
        """Meaning, how it is written, and an example: the note at a head, and what is shown at its cells."""
        field = column.medan
        required = " (wajib)" if column.wajib else " (wajib bila kelompoknya diisi)" if field.wajib else ""
        lines = [f"{field.arti or field.label}{required}"]
        if field.jenis == "tanggal":
            lines.append("Tanggal, ditulis 2026-03-17.")
        if field.tangan:
            lines.append(f"Atau {TANGAN}, bila ditulis saat penandatanganan.")
        if field.jenis == "uang":
            lines.append("Rupiah, angkanya saja.")
        if field.jenis == "durasi":
            lines.append("Misalnya 30 hari, 3 bulan, 5 tahun.")
        if field.pisah:
            lines.append("Boleh lebih dari satu, dipisahkan titik koma.")
        if field.jenis == "pilihan" and len(offered) <= _MAX_NAMED:
            lines.append(f"Pilihannya: {'; '.join(offered)}.")
        if field.acuan in JUDUL and offered:
            lines.append(f"Idnya lihat lembar Daftar, kolom {JUDUL[field.acuan]}.")
        example = self._example(column, offered)
        if example and field.jenis not in ("tetap", "pilihan", "ya_tidak", "tanggal", "durasi"):
            lines.append(f"Contoh: {example}")
        if field.isi and field.jenis == "teks" and len(field.isi) > 1:
            names = ", ".join(f"`{column.tajuk}.{one.nama}`" for one in field.isi if one.wajib)
            lines.append(f"Yang tidak ada dalam data ditulis lengkap: ganti kolom ini dengan {names}.")
        if field.en:
            lines.append(f"({field.en})")
        return "\n".join(lines)
