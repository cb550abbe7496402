"""Forms as an office uses them: from the command line, from Python, and a new one by a folder alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ksdocs
import samples
from cli_runs import ksdocs as run
from docx_specimens import docx
from ksdocs.docx.text import view
from kunjungan import BODY, JENIS

KINDS = sorted(folder.name for folder in (samples.TEMPLATES / "forms").iterdir())

RECORD = """\
jenis: kunjungan
id: kunjungan-1
institusi: polibatam
tanggal: 2026-03-17
mitra: samudra-elektronika
hasil:
  - uraian: meninjau bengkel
  - uraian: membahas magang & "praktik kerja" <lanjutan>
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with one form of its own, and one record of it."""
    form = tmp_path / "templates" / "forms" / "kunjungan"
    form.mkdir(parents=True)
    (form / "jenis.toml").write_text(JENIS, encoding="utf-8")
    (form / "naskah.docx").write_bytes(docx(BODY))
    (tmp_path / "kunjungan.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_of_a_form_is_rendered_from_the_command_line(kind: str, tmp_path: Path) -> None:
    done = run("render", samples.DATA / kind, "-o", tmp_path, "--json")
    assert done.code == 0, done.out
    told = done.json["hasil"]
    assert told and all(not record["ditolak"] for record in told)
    assert {f.stem for f in tmp_path.glob("*.docx")} == {record["rekaman"] for record in told}
    lines = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(line["rekaman"], line["terbukti"]) for line in lines} == {(record["rekaman"], True) for record in told}


def test_a_new_form_is_a_folder_and_needs_nothing_else(office: Path) -> None:
    options = ("--templates", office / "templates")
    assert run("check", office / "kunjungan.yaml", *options).code == 0
    assert run("render", office / "kunjungan.yaml", "-o", office / "out", *options).code == 0
    assert (office / "out" / "kunjungan-1.docx").is_file()
    schema = run("schema", "kunjungan", *options).json
    assert list(schema["properties"])[-4:] == ["tanggal", "mitra", "biaya", "hasil"]
    assert "kunjungan" in run("kinds", *options).out


def test_what_is_wrong_with_a_form_s_record_is_told_with_its_place_all_at_once(office: Path) -> None:
    file = office / "kunjungan.yaml"
    text = RECORD.replace("2026-03-17", "31 Februari 2026").replace("uraian: meninjau", "urian: meninjau")
    file.write_text(text, encoding="utf-8")
    told = run("check", file, "--templates", office / "templates", "--json")
    assert told.code == 1
    (record,) = told.json["hasil"]
    found = {(m["kode"], m["tempat"]["baris"]) for m in record["masalah"]}
    assert found == {("KS157", 4), ("KS151", 7), ("KS152", 7)}


def test_a_form_whose_template_drops_a_value_does_not_leave(office: Path) -> None:
    template = office / "templates" / "forms" / "kunjungan" / "naskah.docx"
    template.write_bytes(docx(BODY.replace("{{ mitra }}", "mitra kita")))
    told = run("render", office / "kunjungan.yaml", "-o", office / "out", "--templates", office / "templates", "--json")
    assert told.code == 1
    assert [m["kode"] for m in told.json["hasil"][0]["masalah"]] == ["KS501"]
    assert not list((office / "out").glob("*.docx"))


def test_a_faulty_description_of_a_form_is_told_where_it_stands(office: Path) -> None:
    file = office / "templates" / "forms" / "kunjungan" / "jenis.toml"
    file.write_text(JENIS.replace('jenis = "lembaga"', 'jenis = "lembga"'), encoding="utf-8")
    told = run("check", office / "kunjungan.yaml", "--templates", office / "templates")
    assert told.code == 1
    assert "KS363" in told.out + told.err and "lembaga" in told.out + told.err


def test_python_gets_the_same_from_plain_values() -> None:
    record = {
        "jenis": "usulan", "id": "usulan-uji", "institusi": "polibatam", "tanggal": "2026-02-10", "asal": "unit",
        "pengusul": "Ketua Jurusan", "unit": "Jurusan Teknik Elektro", "mitra": "samudra-elektronika",
        "bentuk_naskah": "Nota Kesepahaman", "judul_usulan": "Magang", "latar_belakang": "Perlu tempat magang.",
        "manfaat": [{"bagi": "mahasiswa", "uraian": "pengalaman kerja"}],
    }  # fmt: skip
    report = ksdocs.render(record, samples.office(), today=samples.TODAY)
    assert not report.refused, [str(p) for p in report.problems]
    assert report.artifacts[0].name == "usulan-uji.docx"
    refused = ksdocs.check(record | {"mitra": "siapa"}, samples.office(), today=samples.TODAY)
    assert [(p.code, p.at.path) for p in refused.problems] == [("KS202", "mitra")]


def test_workers_know_the_records_of_the_data_folder_as_their_leader_does(tmp_path: Path) -> None:
    """A recap counts the reports on activities, which a worker reads itself."""
    told = {}
    for workers in (1, 2):
        out = tmp_path / str(workers)
        office = samples.office(data=samples.DATA)
        records = samples.DATA / "monitoring"
        done = list(ksdocs.render_many(records, out=out, office=office, today=samples.TODAY, workers=workers))
        assert [d.record for d in done if d.refused] == []
        told[workers] = {f.name: view(f.read_bytes()) for f in sorted(out.glob("*.docx"))}
    assert told[1] == told[2]
    assert any("Uji Kompetensi Mahasiswa Bidang Otomasi Industri" in text for text in told[2].values())
