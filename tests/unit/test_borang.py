"""A form is a folder: fields in jenis.toml, a Word template, and no Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import a_register
from docx_specimens import docx, p, table
from ksdocs.borang import JenisBorang, compose, load_jenis
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.template import Template
from ksdocs.models.borang import build_model
from ksdocs.models.fault import read_model
from ksdocs.problems import AssemblyError, LibraryError
from ksdocs.sources import from_tree
from ksdocs.verification_borang import verify_lembar

JENIS = """
id = "kunjungan"
judul.id = "Laporan Kunjungan"
judul.en = "Visit Report"

[kendali]
kode = "FO.99.1"
versi = "V1"
tanggal = "3 Maret 2025"
unit = "Humas & Kerjasama"
penyetuju = "DIR"

[[isian]]
nama = "tanggal"
jenis = "tanggal"
label.id = "Tanggal"
wajib = true

[[isian]]
nama = "mitra"
jenis = "lembaga"
label.id = "Mitra"
wajib = true

[[isian]]
nama = "biaya"
jenis = "uang"
label.id = "Biaya"

[[isian]]
nama = "hasil"
jenis = "daftar"
label.id = "Hasil"
wajib = true

  [[isian.isian]]
  nama = "uraian"
  jenis = "teks"
  label.id = "Uraian"
  wajib = true

  [[isian.isian]]
  nama = "tindak_lanjut"
  jenis = "pilihan"
  label.id = "Tindak lanjut"
  pilihan = ["MoU", "PKS", "tidak ada"]
"""

BODY = (
    p("{{ kendali.kode }} {{ judul }}")
    + p("Tanggal {{ tanggal_hari }}, mitra {{ mitra }}")
    + p("{% if biaya %}Biaya {{ biaya_terbilang }}{% endif %}")
    + table(
        (p("No"), p("Uraian"), p("Tindak lanjut")),
        (p("{%tr for x in hasil %}"), p(), p()),
        (p("{{ x.no }}"), p("{{ x.uraian }}"), p("{{ x.tindak_lanjut }}")),
        (p("{%tr endfor %}"), p(), p()),
    )
)

PRINTED = (
    "{{ mitra }}",
    "{{ tanggal_hari }}",
    "{{ biaya_terbilang }}",
    "{{ x.uraian }}",
    "{{ x.tindak_lanjut }}",
    "{{ kendali.kode }}",
)

RECORD: dict[str, Any] = {
    "jenis": "kunjungan",
    "id": "kunjungan-1",
    "institusi": "poltek",
    "tanggal": "2025-03-17",
    "mitra": "jaya",
    "biaya": "1.500.000",
    "hasil": [{"uraian": "meninjau bengkel"}, {"uraian": "membahas magang", "tindak_lanjut": "PKS"}],
}


def _jenis(folder: Path, text: str = JENIS) -> JenisBorang:
    folder.mkdir(exist_ok=True)
    (folder / "jenis.toml").write_text(text, encoding="utf-8")
    return load_jenis("kunjungan", folder)


def _print(folder: Path, record: dict[str, object], body: str = BODY) -> tuple[bytes, tuple[str, ...]]:
    """(the file, codes of what the proof finds)."""
    jenis = _jenis(folder)
    found, faults = read_model(build_model("kunjungan", jenis.isian), from_tree(record))
    assert found is not None, [str(f.message()) for f in faults]
    sheet = compose(found, jenis, a_register())
    data = Template.open(docx(body)).render(sheet_context(sheet))
    return data, tuple(f.code for f in verify_lembar(data, sheet))


def test_a_declared_form_is_printed_and_proved(tmp_path: Path) -> None:
    _, found = _print(tmp_path, RECORD)
    assert found == ()


@pytest.mark.parametrize(
    "lost",
    [
        "{{ mitra }}",
        "{{ tanggal_hari }}",
        "{{ biaya_terbilang }}",
        "{{ x.uraian }}",
        "{{ x.tindak_lanjut }}",
        "{{ kendali.kode }}",
    ],
)
def test_a_template_that_drops_a_value_is_refused(tmp_path: Path, lost: str) -> None:
    _, found = _print(tmp_path, RECORD, BODY.replace(lost, ""))
    assert "KS501" in found


def test_a_template_that_adds_a_fact_is_refused(tmp_path: Path) -> None:
    _, found = _print(tmp_path, RECORD, BODY + p("Berlaku sampai 5 Mei 2031, Rp7.000,00"))
    assert found == ("KS505", "KS505")


def test_entries_of_a_list_must_stand_in_their_order(tmp_path: Path) -> None:
    _, found = _print(tmp_path, RECORD, BODY.replace("for x in hasil", "for x in hasil|sort(attribute='uraian')"))
    assert "KS501" in found


def test_every_fault_of_a_record_is_told_at_its_place(tmp_path: Path) -> None:
    jenis = _jenis(tmp_path)
    record = RECORD | {"tanggal": "31 Februari 2025", "hasil": [{"tindak_lanjut": "LoI"}], "warna": "biru"}
    found, faults = read_model(build_model("kunjungan", jenis.isian), from_tree(record))
    assert found is None
    assert {(f.code, f.at.path) for f in faults} == {
        ("KS157", "tanggal"),
        ("KS151", "hasil.1.uraian"),
        ("KS160", "hasil.1.tindak_lanjut"),
        ("KS152", "warna"),
    }


def test_ids_that_nobody_knows_are_refused_all_at_once(tmp_path: Path) -> None:
    jenis = _jenis(tmp_path)
    found, _ = read_model(
        build_model("kunjungan", jenis.isian), from_tree(RECORD | {"mitra": "siapa", "institusi": "jaya"})
    )
    assert found is not None
    with pytest.raises(AssemblyError) as caught:
        compose(found, jenis, a_register())
    assert [(f.code, f.at.path) for f in caught.value.problems] == [("KS202", "institusi"), ("KS202", "mitra")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('judul.id = "Laporan Kunjungan"\njudul.en = "Visit Report"', "", "KS316"),
        ('id = "kunjungan"', 'id = "lain"', "KS316"),
        ('jenis = "uang"', 'jenis = "duit"', "KS363"),
        ('nama = "biaya"', 'nama = "Biaya Total"', "KS362"),
        ('nama = "biaya"', 'nama = "tanggal"', "KS362"),
        ('nama = "biaya"', 'nama = "kendali"', "KS362"),
        ('pilihan = ["MoU", "PKS", "tidak ada"]', "", "KS364"),
        ('label.id = "Biaya"', 'label.id = "Biaya"\npilihan = ["a"]', "KS364"),
        ('label.id = "Biaya"', 'lable.id = "Biaya"', "KS361"),
        ('tanggal = "3 Maret 2025"', 'tanggal = "3 Maret"', "KS316"),
        ("[kendali]", 'model = "notulen"\n[kendali]', "KS316"),
        ("[kendali]", "[kendali", "KS302"),
    ],
)
def test_faults_of_a_description_are_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert JENIS.count(old) >= 1
    with pytest.raises(LibraryError) as caught:
        _jenis(tmp_path, JENIS.replace(old, new, 1))
    assert code in {f.code for f in caught.value.problems}
    assert all(f.at.file and f.at.line for f in caught.value.problems)
