"""A proposal: what is to be extended is named, and nothing is decided before it was proposed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from ksdocs.borang.khusus import Khusus, Nilai
from ksdocs.borang.khusus.penjajakan import day_problem
from ksdocs.problems import Location, Problem, Severity, problem
from ksdocs.register import Register


def _check(values: Nilai, _register: Register, today: date) -> Iterable[Problem]:
    if "naskah_lama" not in values and (
        values["asal"] == "perpanjangan" or values["bentuk_naskah"] in ("Adendum", "Perpanjangan")
    ):
        label = "Naskah yang diperpanjang atau diubah"
        yield problem("KS151", Location(path="naskah_lama"), isian="naskah_lama", label=label)
    day: date = values["tanggal"]
    if day > today:
        yield day_problem("tanggal", day, "sesudah hari ini", Severity.PERINGATAN)
    for n, one in enumerate(values.get("disposisi", ()), 1):
        if one["tanggal"] < day:
            yield day_problem(f"disposisi.{n}.tanggal", one["tanggal"], "sebelum tanggal usulan")


KHUSUS: Final = Khusus(_check)
