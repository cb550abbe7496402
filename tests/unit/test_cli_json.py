"""`--json`: every answer fits its schema, whatever happened."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli_runs import ROOT, ksdocs
from ksdocs.cli.output import SCHEMA_FILE, VERSION

SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
    "number": int | float,
}  # fmt: skip
DATA = ROOT / "data"


def faults(value: object, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Every way in which `value` does not fit; knows the words that this schema uses, and fails on others."""
    known = {
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties",
        "properties", "items", "enum", "const", "pattern", "anyOf",
    }  # fmt: skip
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
        return
    if "anyOf" in schema and not any(not list(faults(value, s, at)) for s in schema["anyOf"]):
        yield f"{at}: fits none of anyOf"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not in {schema['enum']}"
    if "type" in schema and (
        not isinstance(value, TYPES[schema["type"]]) or (schema["type"] == "integer" and isinstance(value, bool))
    ):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), f"{at}[{number}]")
    if isinstance(value, dict):
        yield from _object_faults(value, schema, at)


def _object_faults(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, item in value.items():
        if name in properties:
            yield from faults(item, properties[name], f"{at}.{name}")
        elif rest is False:
            yield f"{at}: {name} is not known"
        elif isinstance(rest, dict):
            yield from faults(item, rest, f"{at}.{name}")


def test_the_check_itself_finds_faults() -> None:
    assert list(faults({"versi": 2}, SCHEMA))
    assert list(faults({"tempat": {"baris": "4"}}, {"properties": {"tempat": {"$ref": "#/$defs/tempat"}}}))


@pytest.mark.parametrize(
    "words",
    [
        ("check", "data"),
        ("check", "data/mou", "data/pks", "--checklist"),
        ("check", "data/contoh-salah", "--checklist", "--pesan", "en"),
        ("check", "tidak-ada.yaml"),
        ("check", "data/acuan"),
        ("check", "data/mou", "--data", "tidak-ada"),
        ("check", "data/pks", "--lang", "en"),
        ("render", "data/mou/mou-rs-bahari-2026.toml", "data/contoh-salah/tanpa-hak.yaml", "-o", "{tmp}",
         "--format", "md"),
        ("render", "data/mou", "-o", "{tmp}/berkas/x"),
        ("verify", "tidak-ada.docx", "templates/pks/naskah.docx"),
        ("fill", "{tmp}/proyek.yaml", "--nomor", "1/X/2026", "--nomor", "2=2/Y/2026", "--tanggal", "2026-11-20",
         "--tempat", "Batam", "-o", "{tmp}/out"),
        ("fill", "{tmp}/proyek.yaml", "--tempat", "Batam"),
        ("calendar", "--months", "12", "-o", "{tmp}/akhir.ics"),
        ("fill", "data/mou/mou-2026.xlsx", "--rekaman", "mou-smk-rekaraya-2026", "--tempat", "Batam"),
        ("trace",),
        ("trace", "--data", "tidak-ada"),
        ("clause", "check"),
        ("clause", "check", "templates/klausul/bahasa.md", "--templates", "tidak-ada"),
        ("clause", "diff", "mou", "hki"),
        ("clause", "diff", "mou", "--against", "{tmp}/lama"),
        ("report", "2026", "--institusi", "polibatam", "--day", "2026-11-20"),
        ("report", "2019", "--institusi", "pipb", "--xlsx", "{tmp}/kosong.xlsx"),
        ("report", "2027"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_answer_fits_the_schema(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "templates", tmp_path / "lama")
    changed = tmp_path / "lama" / "mou" / "klausul" / "hki.md"
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("Nama", "Sebutan").replace("1.0", "0.9"), encoding="utf-8"
    )
    (tmp_path / "lama" / "mou" / "klausul" / "monev.md").unlink()
    record = (DATA / "pks" / "pks-proyek-samudra-2026.yaml").read_text(encoding="utf-8")
    (tmp_path / "proyek.yaml").write_text(
        record.replace("id: pks-proyek-samudra-2026", "id: pks-coba"), encoding="utf-8"
    )
    run = ksdocs(*(w.format(tmp=tmp_path) for w in words), "--json")
    assert run.err == ""
    answer = run.json
    assert list(faults(answer, SCHEMA)) == []
    assert answer["perintah"] == (" ".join(words[:2]) if words[0] == "clause" else words[0])
    refused = any(r["ditolak"] for r in answer["hasil"]) or (not answer["hasil"] and bool(answer["masalah"]))
    assert run.code == (1 if refused else 0)


def test_a_place_is_told_in_the_coordinates_of_its_file() -> None:
    run = ksdocs("check", DATA / "contoh-salah" / "nip-angka.xlsx", "--json")
    place = run.json["hasil"][0]["masalah"][0]["tempat"]
    assert (place["lembar"], place["isian"]) == ("naskah", "pihak.1.penanda_tangan.nip")
    assert re.fullmatch(r"[A-Z]+2", place["sel"])


def test_problems_are_told_in_the_language_that_was_asked_for() -> None:
    file = DATA / "contoh-salah" / "tanggal-hari-beda.yaml"
    told = {
        lang: ksdocs("check", file, "--json", "--pesan", lang).json["hasil"][0]["masalah"][0] for lang in ("id", "en")
    }
    assert told["id"]["kode"] == told["en"]["kode"]
    assert told["id"]["pesan"] != told["en"]["pesan"] and told["id"]["saran"] != told["en"]["saran"]


def test_the_trace_as_json_says_what_the_trace_in_words_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    answer = ksdocs("trace", "--json").json
    points = {entry["rekaman"]: entry["jejak"] for entry in answer["hasil"]}
    without = {ident for ident, told in points.items() if told["tanpa_naskah"]}
    assert without == {"butir-honor-praktisi", "butir-honor-praktisi-2"}
    assert points["butir-beasiswa"]["dibahas"] == [
        {"notulen": "notulen-beasiswa-cahaya-2026-11-03", "status": "terbuka"}
    ]
    assert points["butir-beasiswa"]["dimuat"] == ["mou-yayasan-cahaya-2026"]
    words = ksdocs("trace").out
    told = answer["ringkasan"]
    assert f"naskah mana pun: {told['tanpa_naskah']}" in words
    assert f"di mana pun: {told['tanpa_kesepakatan']}" in words
    assert f"Disepakati dan dimuat: {told['sepakat_dan_dimuat']}, di antaranya {told['di_luar_rapat']}" in words


def test_what_is_wrong_with_the_data_is_told_in_the_trace_too(tmp_path: Path) -> None:
    (tmp_path / "butir").mkdir()
    (tmp_path / "butir" / "rusak.yaml").write_text("jenis: butir\nid: [", encoding="utf-8")
    answer = ksdocs("trace", "--data", tmp_path, "--json").json
    assert list(faults(answer, SCHEMA)) == []
    assert answer["hasil"] == [] and [p["tempat"]["baris"] for p in answer["masalah"]] == [2]


def test_every_field_of_the_schema_is_told_on_its_page() -> None:
    page = (ROOT / "docs" / "keluaran-json.md").read_text(encoding="utf-8")
    names = set(SCHEMA["properties"])
    for part in ("hasil", "masalah", "tempat", "daftar_periksa", "bagian", "jejak", "laporan", "ukuran", "tabel", "sel",
                 "asal"):  # fmt: skip
        names |= set(SCHEMA["$defs"][part]["properties"])
    assert sorted(n for n in names if f"`{n}`" not in page) == []
    assert f"versi {VERSION}" in page


def test_the_example_on_the_page_is_what_the_program_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "keluaran-json.md").read_text(encoding="utf-8")
    example = json.loads(page.split("```json\n")[1].split("```")[0])
    answer = ksdocs("check", "data/contoh-salah/tanggal-hari-beda.yaml", "--json").json
    # What every sample record is told (KS295) is left out of the page.
    answer["hasil"][0]["masalah"] = [p for p in answer["hasil"][0]["masalah"] if p["berat"] != "info"]
    assert answer == example
