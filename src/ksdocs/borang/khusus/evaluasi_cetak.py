"""The annual evaluation as it is printed: tables with their captions, charts, sentences, in the order of the page.

Whoever adds something here adds it at its place: numbers of tables and figures follow that order, and so does proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import persen, ribuan, rupiah, tanggal_angka
from ksdocs.borang.bagan import Bagan, Bentuk, DeretBagan
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.laporan.tabel import Isi, Sel

TANPA: Final = "–"
"""What stands where there is no figure, or nothing was told."""
Baris = Mapping[str, str]


def cetak(cell: Sel) -> str:
    """A figure or a word as the page says it."""
    return tertulis(cell.isi, cell.satuan)


def tertulis(value: Isi, satuan: str = "") -> str:
    """How a cell reads on paper, without its unit; a dash for what cannot be told. `satuan` as in `Sel`."""
    if value is None or value == "":
        return TANPA
    if isinstance(value, date):
        return tanggal_angka(value)  # columns are narrow
    if isinstance(value, str):
        return value
    if satuan == "persen":
        return persen(_short(value))
    if satuan == "rupiah":
        return rupiah(value)
    return ribuan(_short(value))


def _short(value: int | Decimal) -> int | Decimal:
    """`value` without zeros behind its decimals."""
    return int(value) if value == int(value) else Decimal(f"{value:f}".rstrip("0"))


class Cetakan:
    """What the template is given (`konteks`), and what must stand in the file, in the order of the page."""

    def __init__(self) -> None:
        self.konteks: dict[str, Any] = {"t": {}, "gambar": {}}
        self.tulisan: list[Tulisan | Deret] = []
        self._tables = self._charts = 0

    def table(
        self, key: str, judul: str, rows: Sequence[Baris], *, kosong: str = "", jumlah: Baris | None = None
    ) -> None:
        """A table with its caption, or the sentence `kosong` where it has no rows."""
        made: dict[str, Any] = {"keterangan": "", "baris": [], "jumlah": dict(jumlah or {}), "kosong": kosong}
        if rows:
            made |= {"keterangan": self.caption(judul), "baris": [dict(row) for row in rows], "kosong": ""}
        self.konteks["t"][key] = made
        last = made["jumlah"] if rows else {}
        self.prove(key, [{"": made["keterangan"]}, *made["baris"], last, {"": made["kosong"]}])

    def caption(self, judul: str) -> str:
        """`Tabel 3. …`; each number is given once."""
        self._tables += 1
        return f"Tabel {self._tables}. {judul}"

    def sentence(self, name: str, text: str) -> None:
        self.konteks[name] = text
        if text:
            self.tulisan.append(Tulisan(name, (text,)))

    def prove(self, path: str, rows: Iterable[Baris]) -> None:
        """The rows must stand in the file one behind the other."""
        found = []
        for number, row in enumerate(rows, 1):
            texts = [(name, text) for name, text in row.items() if text and text != TANPA]
            if texts:
                found.append(tuple(Tulisan(f"{path}.{number}.{name}".rstrip("."), (text,)) for name, text in texts))
        if found:
            self.tulisan.append(Deret(path, tuple(found)))

    def chart(
        self,
        name: str,
        judul: str,
        bentuk: Bentuk,
        kategori: Sequence[str],
        deret: Sequence[tuple[str, Sequence[int | Decimal | None]]],
        **more: Any,
    ) -> None:
        """A chart with its caption; nothing where it would show nothing but zeros."""
        if not any(value for _, values in deret for value in values):
            self.konteks["gambar"][name] = self.konteks[f"bagan_{name}"] = ""
            return
        self._charts += 1
        text = f"Gambar {self._charts}. {judul}"
        self.konteks["gambar"][name] = text
        satuan = more.get("satuan", "")
        series = tuple(DeretBagan(title, tuple(values)) for title, values in deret)
        self.konteks[f"bagan_{name}"] = Bagan(
            f"bagan_{name}", judul, _words(judul, kategori, deret, satuan), bentuk, tuple(kategori), series, **more
        )
        self.tulisan.append(Tulisan(f"gambar.{name}", (text,)))


def _words(
    judul: str, kategori: Sequence[str], deret: Sequence[tuple[str, Sequence[int | Decimal | None]]], satuan: str
) -> str:
    """The figures of a chart in words, for whoever cannot see it."""
    told = []
    for number, label in enumerate(kategori):
        figures = [(title, values[number]) for title, values in deret]
        words = [f"{title} {_figure(value, satuan)}" for title, value in figures]
        told.append(f"{label}: {', '.join(words)}" if len(words) > 1 else f"{label} {_figure(figures[0][1], satuan)}")
    return f"{judul}. {'; '.join(told)}."


def _figure(value: int | Decimal | None, satuan: str) -> str:
    if value is None:
        return "tidak ada"
    return f"{ribuan(_short(value))}{'%' if satuan == '%' else ''}"
