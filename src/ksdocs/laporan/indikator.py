"""Sets of performance indicators: which there are, what is wrong with them, and what an indicator came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ksdocs.laporan.tabel import Sel
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.models import Kpi
from ksdocs.models.kpi import Indikator
from ksdocs.problems import Location, Problem, problem, suggest
from ksdocs.register import Register, Rekaman
from ksdocs.rules import placed


def sets(register: Register) -> dict[str, Rekaman]:
    """Id → set; of two with the same id the first, and `check_sets` tells of the other."""
    found: dict[str, Rekaman] = {}
    for record in register.rekaman("kpi").rekaman:
        found.setdefault(set_of(record).id, record)
    return found


def set_of(record: Rekaman) -> Kpi:
    """The set of indicators that a record of kind `kpi` holds."""
    assert isinstance(record.isi, Kpi)
    return record.isi


def check_sets(register: Register) -> Iterator[Problem]:
    """Every fault of the sets in the data folder, each at its place."""
    yield from register.rekaman("kpi").masalah
    first = sets(register)
    for record in register.rekaman("kpi").rekaman:
        one = set_of(record)
        found = list(check_set(one))
        if first[one.id] is not record:
            found.append(_unfit(one, "id", "id-nya sudah dipakai himpunan lain"))
        yield from placed(found, record.sumber)


def check_set(one: Kpi) -> Iterator[Problem]:
    """KS840 for each row that names no measure, or one that is unknown, or both a measure and documents."""
    for n, row in enumerate(one.indikator, 1):
        at = f"indikator.{n}"
        if (row.ukuran is None) != row.dokumen:
            yield _unfit(one, at, f"`{row.kode}` menyebut `ukuran` atau `dokumen = true`, salah satu saja")
        elif row.ukuran is not None and row.ukuran not in UKURAN:
            near = suggest(row.ukuran, UKURAN)
            yield _unfit(one, f"{at}.ukuran", f"ukuran `{row.ukuran}` pada `{row.kode}` tidak dikenal", near)
        if row.dokumen and row.target is not None:
            yield _unfit(one, f"{at}.target", f"`{row.kode}` dibuktikan dengan dokumen, jadi tanpa `target`")


def _unfit(one: Kpi, path: str, reason: str, near: str = "") -> Problem:
    return problem("KS840", Location(path=path), himpunan=one.id, sebab=reason, mungkin=near)


def reached(row: Indikator, figures: Mapping[str, Sel]) -> bool | None:
    """Is the target of an indicator reached? None where there is no target, or no figure."""
    value = figures[row.ukuran].isi if row.ukuran in figures and row.ukuran is not None else None
    if row.target is None or not isinstance(value, int | Decimal):
        return None
    return value >= row.target if row.arah == "naik" else value <= row.target
