"""Charts that a form prints: what they show, as values; how they look is the business of `ksdocs.docx`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal, TypeAlias, get_args

Bentuk: TypeAlias = Literal["batang", "batang_datar", "batang_susun", "lingkaran", "garis"]
_BENTUK: Final = frozenset(get_args(Bentuk))


@dataclass(frozen=True, slots=True)
class DeretBagan:
    """One series: a value for each category, None where there is none."""

    nama: str
    nilai: tuple[int | Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Bagan:
    """A chart, and the words that stand for it where it cannot be seen (`teks`, which says its figures).

    `bentuk`: upright bars, lying bars, stacked bars (they lie when names are long), a pie, or lines. Values are shown
    with `desimal` places, rounded half up; `satuan` is "%" beside each value, or else the title of the axis;
    `maksimum` is the end of the axis. `ukuran_mm`: width and height; as wide as the text and high enough when None.

    Raises:
        ValueError: as many values as categories are wanted of each series; a pie takes one series, none negative.
    """

    path: str
    judul: str
    teks: str
    bentuk: Bentuk
    kategori: tuple[str, ...]
    deret: tuple[DeretBagan, ...]
    satuan: str = ""
    desimal: int = 0
    maksimum: Decimal | None = None
    ukuran_mm: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.bentuk not in _BENTUK:
            raise ValueError(f"{self.path}: unknown kind of chart: {self.bentuk}")
        if not self.teks.strip():
            raise ValueError(f"{self.path}: a chart needs the words that stand for it")
        for one in self.deret:
            if len(one.nilai) != len(self.kategori):
                raise ValueError(f"{self.path}: {len(one.nilai)} values for {len(self.kategori)} categories")
        if self.bentuk == "lingkaran" and (
            len(self.deret) > 1 or any(v is not None and v < 0 for one in self.deret for v in one.nilai)
        ):
            raise ValueError(f"{self.path}: a pie has one series, and no value below zero")

    @property
    def kosong(self) -> bool:
        """Is there nothing to be drawn: no value at all, or a pie of zeros?"""
        given = [v for one in self.deret for v in self.tercetak(one) if v is not None]
        return not any(given) if self.bentuk == "lingkaran" else not given

    def tercetak(self, deret: DeretBagan) -> tuple[Decimal | None, ...]:
        """The values of one of the series as they are printed."""
        step = Decimal(1).scaleb(-self.desimal)
        return tuple(None if v is None else Decimal(v).quantize(step, ROUND_HALF_UP) for v in deret.nilai)


def charts_in(value: Any) -> Iterator[Bagan]:
    """Every chart in `value`, also within lists and mappings."""
    if isinstance(value, Bagan):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from charts_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from charts_in(item)
