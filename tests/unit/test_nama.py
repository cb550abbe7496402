"""What a kind declares as names of its template is what its template is given: no name more, none less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from ksdocs.borang.nama import _WAYS
from ksdocs.docx.charts import Chart
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.naskah import template_context
from ksdocs.docx.pictures import InlineImage
from ksdocs.docx.values import Runs, Table
from ksdocs.dokumen import Lampiran
from ksdocs.formulir import judge_record
from ksdocs.models.borang import AKHIRAN
from ksdocs.nama import SARINGAN, Nama, daftar, merged, nama, tag, walk
from ksdocs.pipeline import check
from ksdocs.problems import LibraryError
from ksdocs.sources import Source, read_all
from samples import DATA, ROOT, TODAY, office

KINDS = sorted(office().workspace.kinds())
TYPES = {Chart: "bagan", str: "teks", bool: "ya_tidak", InlineImage: "gambar", Runs: "kaya", Table: "tabel"}


@cache
def _office() -> Any:
    return office()


def contexts(kind: str) -> Iterator[dict[str, Any]]:
    """What the template of `kind` is given for every sample record."""
    cases = ROOT / "tests" / "cases" / "good"
    places = [DATA / kind, *(cases.iterdir() if _office().form(kind) is None else ())]
    for item in read_all([place for place in places if place.is_dir()]):
        assert isinstance(item, Source), item
        if item.tree.get("jenis") != kind:
            continue
        form = _office().form(kind)
        if form is None:
            dokumen = check(item, _office(), TODAY).dokumen
            if dokumen is not None:
                yield template_context(dokumen, original=1)
                tables = tuple(b for p in dokumen.pasal for b in p.blok if b.tabel is not None)
                if tables:  # no sample has one in an attachment
                    attachment = Lampiran("I", {"id": "Rincian"}, tables)
                    yield template_context(replace(dokumen, lampiran=(attachment,)))
        else:
            sheet = judge_record(item, _office(), form, TODAY)[1]
            if sheet is not None:
                yield sheet_context(sheet)


def _type(value: Any) -> str:
    return "teks" if isinstance(value, str) else TYPES[type(value)]


def shape(value: Any, path: str, found: dict[str, set[str]], *, top: bool = True) -> None:
    """Into `found`: path → types, for everything in `value`; a list that is empty tells nothing of its entries."""
    if isinstance(value, dict):
        if not top:
            found.setdefault(path, set()).add("kelompok")
        for key, inner in value.items():
            shape(inner, f"{path}.{key}" if path else key, found, top=False)
    elif isinstance(value, (list, tuple)):
        found.setdefault(path, set()).add("daftar")
        for inner in value:
            shape(inner, f"{path}[]", found, top=False)
    else:
        found.setdefault(path, set()).add(_type(value) if value.__class__ is Chart or str(value) else "teks")


def declared(names: tuple[Nama, ...], path: str = "") -> Iterator[tuple[str, str]]:
    for one in names:
        here = f"{path}.{one.nama}" if path and one.nama else path or one.nama
        yield here, one.jenis
        if one.jenis == "daftar":
            yield from declared((one.butir,), f"{here}[]")
        else:
            yield from declared(one.isi, here)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_declares_is_what_its_template_is_given(kind: str) -> None:
    real: dict[str, set[str]] = {}
    alike = [k for k in KINDS if _office().form(k) is None]  # MoU and PKS are given the same names
    for one in alike if kind in alike else [kind]:
        for context in contexts(one):
            shape(context, "", real)
    assert real, f"no sample of {kind}"
    told = dict(declared(_office().names(kind)))
    undeclared = sorted(set(real) - set(told))
    unseen = {path for path, types in real.items() if types == {"daftar"} and f"{path}[]" not in real}
    untrue = sorted(p for p in set(told) - set(real) if not any(p.startswith(f"{u}[]") for u in unseen))
    assert (undeclared, untrue) == ([], [])
    for path, types in real.items():
        # An empty text stands where there is no logo, no table, no picture.
        assert types - {told[path]} <= {"teks"}, (path, types, told[path])


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_has_a_meaning_in_both_languages_and_nothing_is_told_twice(kind: str) -> None:
    paths = [path for path, _ in walk(_office().names(kind))]
    assert sorted({p for p in paths if paths.count(p) > 1}) == []
    for path, one in walk(_office().names(kind)):
        assert one.arti["id"].strip() and one.arti["en"].strip(), path
        assert not one.tetap or one.contoh, path


def test_every_way_in_which_a_value_reads_is_told() -> None:
    assert {kind: tuple(ways) for kind, ways in _WAYS.items()} == dict(AKHIRAN)


def test_a_kind_that_nobody_has_is_refused() -> None:
    with pytest.raises(LibraryError) as refused:
        _office().names("surat_cinta")
    assert [p.code for p in refused.value.problems] == ["KS002"]


def test_what_a_module_adds_to_a_list_joins_its_fields() -> None:
    first = daftar("nilai", "Nilai", "Scores", nama("skor", "Skor", "Score"))
    more = daftar("nilai", "", "", nama("bobot", "Bobot", "Weight"))
    (both,) = merged((first,), (more,))
    assert (both.arti["id"], [one.nama for one in both.isi]) == ("Nilai", ["skor", "bobot"])


def test_a_tag_is_written_as_its_value_wants_it() -> None:
    written = {one: tag("x", one) for one in SARINGAN}  # type: ignore[arg-type]
    assert written["teks"] == written["gambar"] == "{{ x }}"
    assert written["kaya"] == "{{r x }}"
    assert written["tabel"] == "{{p x }}"
    assert written["daftar"] == "{%p for x in x %} … {%p endfor %}"
    assert written["ya_tidak"] == "{% if x %} … {% endif %}"
