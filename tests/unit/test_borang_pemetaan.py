"""The mapping of needs: counted by unit, kind and priority, and no need twice."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

import pytest

import forms
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.problems import AssemblyError
from ksdocs.verification_borang import verify_lembar
from samples import put

PRIORITIES = ("tinggi", "sedang", "rendah")


def changed(**paths: Any) -> dict[str, Any]:
    record = forms.tree("pemetaan")
    for path, value in paths.items():
        put(record, path.replace("__", "."), value)
    return record


def counted(rows: list[dict[str, str]]) -> dict[tuple[str, str], int]:
    """(name, priority) → count, as the page has it; the row's own sum is held against it."""
    found = {(row["nama"], p): int(row[p]) for row in rows for p in PRIORITIES}
    assert all(int(row["semua"]) == sum(found[row["nama"], p] for p in PRIORITIES) for row in rows)
    return found


def test_counts_by_unit_and_priority_are_those_of_the_record() -> None:
    record = forms.tree("pemetaan")
    context = forms.sheet(record).konteks
    expected = Counter((one["unit"], one["prioritas"]) for one in record["kebutuhan"])
    assert +Counter(counted(context["rekap_unit"])) == expected
    totals = Counter(one["prioritas"] for one in record["kebutuhan"])
    assert {p: int(context["jumlah"][p]) for p in PRIORITIES} == {p: totals[p] for p in PRIORITIES}
    assert int(context["jumlah"]["semua"]) == len(record["kebutuhan"])


def test_counts_by_kind_name_the_kind_as_the_code_list_does() -> None:
    record = forms.tree("pemetaan")
    names = {ident: kind.nama for ident, kind in forms.register().bentuk().items()}
    expected = Counter((names[one["bentuk"]], one["prioritas"]) for one in record["kebutuhan"])
    assert +Counter(counted(forms.sheet(record).konteks["rekap_bentuk"])) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"tanggal": "2027-01-04"}, ["peringatan KS375 tanggal"]),
        ({"tanggal": "2026-12-01"}, ["peringatan KS375 tanggal"]),
        ({"tanggal": "2026-11-22"}, []),
    ],
)
def test_a_day_after_the_year_or_after_today_is_told(change: dict[str, Any], expected: list[str]) -> None:
    assert forms.verdicts(changed(**change)) == expected


def test_a_need_that_is_listed_twice_is_refused() -> None:
    record = forms.tree("pemetaan")
    again = record["kebutuhan"][2]
    record["kebutuhan"].append(again | {"uraian": "  " + again["uraian"].upper(), "prioritas": "rendah"})
    assert forms.verdicts(record) == ["tolak KS378 kebutuhan.11"]
    record["kebutuhan"][-1]["unit"] = "Jurusan Lain"
    assert forms.verdicts(record) == []


def test_ids_that_the_data_do_not_know_are_told_with_their_place() -> None:
    record = changed(kebutuhan__1__bentuk="magan", kebutuhan__2__mitra="siapa", mengetahui="wadir")
    with pytest.raises(AssemblyError) as caught:
        forms.sheet(record)
    found = [(p.code, p.at.path) for p in caught.value.problems]
    assert found == [("KS207", "kebutuhan.1.bentuk"), ("KS202", "kebutuhan.2.mitra"), ("KS203", "mengetahui")]


@pytest.mark.parametrize("name", ["{{ x.semua }}", "{{ x.tinggi }}", "{{ x.nama }}"])
def test_a_template_that_drops_a_count_is_refused(name: str) -> None:
    sheet = forms.sheet(forms.tree("pemetaan"))
    spoiled = _without(name)
    assert "KS501" in {p.code for p in verify_lembar(spoiled.render(sheet_context(sheet)), sheet)}


def _without(tag: str) -> Template:
    """The shipped template, in which `tag` prints nothing."""
    package = Package.read(forms.folder("pemetaan") / "naskah.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new, zipfile.ZipFile(forms.folder("pemetaan") / "naskah.docx") as old:
        for member in old.namelist():
            data = old.read(member)
            if member == package.document_part:
                assert tag.encode() in data
                data = data.replace(tag.encode(), b"")
            new.writestr(member, data)
    return Template.open(out.getvalue())
