"""A fault while a template is filled names record, template, part, paragraph and field, in words of officers."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.sax.saxutils import escape

import pytest

from cli_runs import ksdocs
from docx_specimens import docx, p, r
from ksdocs.pipeline import render
from ksdocs.sources import from_tree
from samples import TODAY, office

FORM = """
id = "kunjungan"
judul.id = "Kunjungan"

[[isian]]
nama = "acara"
jenis = "baris"
label.id = "Acara"
wajib = true

[[isian]]
nama = "biaya"
jenis = "uang"
label.id = "Biaya"
cetak = false

[[isian]]
nama = "foto"
jenis = "gambar"
label.id = "Foto"

[[isian]]
nama = "hasil"
jenis = "daftar"
label.id = "Hasil"
cetak = false

  [[isian.isian]]
  nama = "uraian"
  jenis = "teks"
  label.id = "Uraian"
  wajib = true
"""
BARE = {"jenis": "kunjungan", "id": "kunjungan-a", "institusi": "polibatam", "acara": "Rapat"}
FULL = {**BARE, "id": "kunjungan-b", "biaya": "1.000", "hasil": [{"uraian": "satu"}]}
FAULTS = [
    ("{% if biaya %}{{ zz }}{% endif %}", "KS460"),
    ("{{ acara.zz }}", "KS460"),
    ("{{ hasil|map(attribute='zz')|join(', ') }}", "KS460"),
    ("{{ none }}", "KS461"),
    ("{{ hasil }}", "KS462"),
    ("{{ kendali }}", "KS462"),
    ("{{ acara ~ hasil }}", "KS462"),
    ("{% for x in acara %}{{ x }}{% endfor %}", "KS468"),
    ("{{ acara * 99999999 }}", "KS465"),
    ("{{ 10 ** acara }}", "KS469"),
    ("{{ 1 / 0 }}", "KS896"),
    ("{{ 7 // (hasil|length - 1) }}", "KS896"),
    ("{% if 4 is divisibleby 0 %}a{% endif %}", "KS896"),
    ("{{ hasil|slice(0)|list|length }}", "KS896"),
    ("{{ acara|tanggal_panjang }}", "KS897"),
    ("{{ biaya|rupiah }}", "KS897"),
    ("{{ acara|terbilang }}", "KS897"),
    ("{{ acara + 1 }}", "KS897"),
    ("{{ 1 + acara }}", "KS897"),
    ("{% if acara > 3 %}a{% endif %}", "KS897"),
    ("{{ hasil|sum }}", "KS897"),
    ("{{ '%d'|format(acara) }}", "KS897"),
    ("{{ acara|truncate('a') }}", "KS897"),
    ("{{ acara() }}", "KS897"),
    ("{{ acara|dictsort }}", "KS897"),
    ("{{ acara|lama }}", "KS898"),
    ("{{ acara|replace(1) }}", "KS898"),
    ("{{ acara|upper(1) }}", "KS898"),
    ("{{ hasil[5].uraian }}", "KS899"),
    ("{{ (hasil|list)[9].uraian }}", "KS899"),
    ("{{ acara.split('-')[3] }}", "KS899"),
    ("{{ '{0}{5}'.format(1) }}", "KS899"),
]
PYTHON = re.compile(r"Error\b|\bstr\b|\bdict\b|\bint\b|operand|undefined|sequence|positional|'\w+' object|__\w+__")
"""What only programmers say."""


@cache
def folder() -> Path:
    made = Path(mkdtemp(prefix="ksdocs-uji-"))
    (made / "templates" / "forms" / "kunjungan").mkdir(parents=True)
    (made / "templates" / "forms" / "kunjungan" / "jenis.toml").write_text(FORM, encoding="utf-8")
    return made


def put(data: bytes) -> Path:
    (folder() / "templates" / "forms" / "kunjungan" / "naskah.docx").write_bytes(data)
    return folder() / "templates"


SOUND = p("Kunjungan: {{ acara }}") + f"<w:p>{r('{{ foto }}')}</w:p>"


@pytest.mark.parametrize(("expression", "code"), FAULTS)
def test_a_fault_is_told_with_record_template_part_paragraph_and_field(expression: str, code: str) -> None:
    templates = put(docx(SOUND + p(f"Baris {escape(expression)}")))
    report = render(from_tree(FULL), office(templates=templates), TODAY)
    (told,) = report.problems
    assert (told.code, told.record) == (code, "kunjungan-b")
    assert str(told.at.file).endswith("naskah.docx")
    assert (told.at.part, told.at.paragraph) == ("word/document.xml", f"Baris {expression}")
    field = told.params["isian"]
    assert field and field in expression
    for language in ("id", "en"):
        words = f"{told.message(language)} {told.hint(language)}"
        assert field in words
        assert not PYTHON.search(words.replace(field, "")), words


def test_a_fault_in_a_branch_is_told_of_the_records_that_reach_it_and_the_others_are_made() -> None:
    templates = put(docx(SOUND + p("{% if biaya %}{{ bisya }}{% endif %}")))
    first = render(from_tree(BARE), office(templates=templates), TODAY)
    second = render(from_tree(FULL), office(templates=templates), TODAY)
    assert (first.refused, [q.code for q in second.problems]) == (False, ["KS460"])


def test_the_first_entry_of_an_empty_list_is_no_field_that_is_missing() -> None:
    templates = put(docx(SOUND + p("{{ (hasil|first).uraian }}")))
    (told,) = render(from_tree(BARE), office(templates=templates), TODAY).problems
    assert told.code == "KS899"
    assert not render(from_tree(FULL), office(templates=templates), TODAY).refused


def test_a_fault_in_a_header_is_told_with_its_part() -> None:
    link = '<w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/></w:sectPr>'
    templates = put(docx(SOUND + link, parts={"header1": p("Kepala {{ acara + 1 }}")}))
    (told,) = render(from_tree(FULL), office(templates=templates), TODAY).problems
    assert (told.code, told.at.part, told.at.paragraph) == ("KS897", "word/header1.xml", "Kepala {{ acara + 1 }}")


def test_the_value_that_did_not_fit_is_shown_where_it_is_known() -> None:
    templates = put(docx(SOUND + p("{{ acara|tanggal_panjang }}")))
    (told,) = render(from_tree(FULL), office(templates=templates), TODAY).problems
    assert "“Rapat”" in told.hint("id") and "“Rapat”" in told.hint("en")
    put(docx(SOUND + p("{{ acara + 1 }}")))
    (other,) = render(from_tree(FULL), office(templates=templates), TODAY).problems
    assert "“" not in other.hint("id")


def test_in_a_batch_each_fault_stands_under_its_record(tmp_path: Path) -> None:
    templates = put(docx(SOUND + p("Nilai {{ 100 // (hasil|length) }}")))
    records = tmp_path / "kunjungan.jsonl"
    lines = [BARE, FULL, {**BARE, "id": "kunjungan-c"}]
    records.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    done = ksdocs("render", records, "-o", tmp_path / "out", "--templates", templates, "--json")
    assert done.code == 1
    told = {one["rekaman"]: [q["kode"] for q in one["masalah"]] for one in done.json["hasil"]}
    assert told == {"kunjungan-a": ["KS896"], "kunjungan-b": [], "kunjungan-c": ["KS896"]}
    place = done.json["hasil"][0]["masalah"][0]["tempat"]
    assert place["paragraf"] == "Nilai {{ 100 // (hasil|length) }}"
    shown = ksdocs("render", records, "-o", tmp_path / "out2", "--templates", templates)
    assert "kunjungan-a" in shown.out and "membagi dengan nol" in shown.out
