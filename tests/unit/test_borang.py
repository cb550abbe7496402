"""A form is a folder: fields in jenis.toml, a Word template, and no Python."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import samples
from builders import a_register
from docx_specimens import docx, p
from ksdocs.borang import JenisBorang, compose, load_jenis
from ksdocs.borang.jenis import NAMA_TEMPLAT, is_taken
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.models.borang import AKHIRAN, Isian, build_model, plain_values
from ksdocs.models.fault import read_model
from ksdocs.problems import AssemblyError, LibraryError
from ksdocs.sources import from_tree
from ksdocs.verification_borang import verify_lembar
from kunjungan import BODY, JENIS, PRINTED, RECORD


def _jenis(folder: Path, text: str = JENIS) -> JenisBorang:
    folder.mkdir(exist_ok=True)
    (folder / "jenis.toml").write_text(text, encoding="utf-8")
    return load_jenis("kunjungan", folder)


def _print(
    folder: Path, record: dict[str, object], body: str = BODY, text: str = JENIS
) -> tuple[bytes, tuple[str, ...]]:
    """(the file, codes of what the proof finds)."""
    jenis = _jenis(folder, text)
    found, faults = read_model(build_model("kunjungan", jenis.isian), from_tree(record))
    assert found is not None, [str(f.message()) for f in faults]
    sheet = compose(found, jenis, a_register())
    data = Template.open(docx(body)).render(sheet_context(sheet))
    return data, tuple(f.code for f in verify_lembar(data, sheet))


def test_a_declared_form_is_printed_and_proved(tmp_path: Path) -> None:
    _, found = _print(tmp_path, RECORD)
    assert found == ()


@pytest.mark.parametrize("lost", PRINTED)
def test_a_template_that_drops_a_value_is_refused(tmp_path: Path, lost: str) -> None:
    _, found = _print(tmp_path, RECORD, BODY.replace(lost, ""))
    assert "KS501" in found


KEPT = """
[retensi]
nama = "Laporan Kunjungan Mitra"
berkas = "FO.99.1"
lokasi = "Lemari 3"
masa = "5 tahun"
"""
MARKED = JENIS.replace(
    'penyetuju = "DIR"', 'penyetuju = "DIR"\ncap = "Controlled"\nsalinan = "Salinan tidak terkendali"'
)


def test_retention_and_marks_of_a_form_must_stand_on_its_page(tmp_path: Path) -> None:
    text = MARKED.replace("\n[[isian]]", f"{KEPT}\n[[isian]]", 1)
    body = BODY + p("{{ kendali.cap }}") + p("{{ kendali.salinan }}") + p("{{ retensi.keterangan }}")
    data, found = _print(tmp_path, RECORD, body, text)
    assert found == ()
    told = "Arsip: Laporan Kunjungan Mitra · berkas FO.99.1 · Lemari 3 · masa simpan 5 tahun"
    assert told in [paragraph.text for paragraph in read(data)]
    for tag in ("{{ kendali.cap }}", "{{ kendali.salinan }}", "{{ retensi.keterangan }}"):
        _, found = _print(tmp_path, RECORD, body.replace(tag, ""), text)
        assert set(found) == {"KS501"}


def test_each_part_of_the_retention_can_be_printed_by_itself(tmp_path: Path) -> None:
    text = JENIS.replace("\n[[isian]]", f"{KEPT}\n[[isian]]", 1)
    parts = [f"{{{{ retensi.{name} }}}}" for name in ("nama", "berkas", "lokasi", "masa")]
    assert _print(tmp_path, RECORD, BODY + p(" / ".join(parts)), text)[1] == ()
    for left_out in (0, 2, 3):  # the file is told by the form's code, which stands in its head
        rest = [part for number, part in enumerate(parts) if number != left_out]
        assert _print(tmp_path, RECORD, BODY + p(" / ".join(rest)), text)[1] == ("KS501",)


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
        ('nama = "biaya"', 'nama = "judul"', "KS362"),
        ('nama = "biaya"', 'nama = "contoh"', "KS362"),
        ('nama = "biaya"', 'nama = "retensi"', "KS362"),
        ('nama = "biaya"', 'nama = "copy"', "KS362"),
        ('nama = "biaya"', 'nama = "in"', "KS362"),
        ('nama = "biaya"', 'nama = "mitra_singkat"', "KS362"),
        ('nama = "tindak_lanjut"', 'nama = "copy"', "KS362"),
        ('jenis = "uang"', 'jenis = ["uang"]', "KS363"),
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


def test_no_field_may_bear_a_name_that_its_template_is_given_anyhow(tmp_path: Path) -> None:
    jenis = _jenis(tmp_path)
    found, _ = read_model(build_model("kunjungan", jenis.isian), from_tree(RECORD))
    assert found is not None
    given = set(sheet_context(compose(found, jenis, a_register())))
    own = {f"{field.nama}{end}" for field in jenis.isian for end in ("", *AKHIRAN.get(field.jenis, ()))}
    assert given - own == NAMA_TEMPLAT
    assert all(is_taken(name) for name in (*NAMA_TEMPLAT, "jenis", "id", "tanggapan"))
    assert not is_taken("tanggal") and not is_taken("hasil")


def test_every_name_that_a_template_is_given_is_told_on_its_page() -> None:
    page = (samples.ROOT / "docs" / "templat.md").read_text(encoding="utf-8")
    part = page.split("## What a form's template gets")[1].split("\n## ")[0]
    assert [name for name in NAMA_TEMPLAT if f"`{name}`" not in part] == []
    assert [end for ends in AKHIRAN.values() for end in ends if f"{end}`" not in part] == []


# --- types, defaults, and what is not printed -----------------------------------------------------------------


def _one(kind: str, value: object, **more: object) -> tuple[object, list[str]]:
    """(the value that is read, codes) of a field `x` of this type."""
    field = Isian("x", kind, {"id": "X"}, {"id": "X"}, wajib=True, **more)  # type: ignore[arg-type]
    record = {"jenis": "uji", "id": "uji-1", "institusi": "poltek"} | ({} if value is None else {"x": value})
    found, faults = read_model(build_model("uji", [field]), from_tree(record))
    return getattr(found, "x", None), [f.code for f in faults]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("bulan", "Maret", 3), ("bulan", "desember", 12), ("bulan", "01", 1), ("bulan", "13", "KS160"),
        ("bulan", "0", "KS160"), ("bulan", "March", "KS160"), ("bulan", "²", "KS160"),
        ("tahun", "2026", 2026), ("tahun", "26", "KS163"), ("tahun", "2.026", "KS163"),
        ("desimal", "3,75", Decimal("3.75")), ("desimal", "1.250,5", Decimal("1250.5")), ("desimal", "4", 4),
        ("desimal", "-1", "KS163"), ("desimal", "NaN", "KS163"), ("desimal", "1,23456", "KS163"),
        ("desimal", "tiga", "KS163"), ("desimal", "9999999999", "KS163"),
    ],
)  # fmt: skip
def test_a_type_reads_its_values_and_refuses_others(kind: str, text: str, expected: object) -> None:
    value, codes = _one(kind, text)
    assert (codes[0] if codes else value) == expected


def test_a_default_is_the_value_of_a_record_that_gives_none() -> None:
    assert _one("desimal", None, bawaan="3,5") == (Decimal("3.5"), [])
    assert _one("desimal", "2", bawaan="3,5") == (Decimal(2), [])
    assert _one("desimal", None) == (None, ["KS151"])


def test_a_default_in_a_description_may_be_a_number_or_a_list(tmp_path: Path) -> None:
    lists = """bawaan = [{ uraian = "meninjau" }]\n\n  [[isian.isian]]"""
    text = JENIS.replace('label.id = "Biaya"', 'label.id = "Biaya"\nbawaan = 2500')
    text = text.replace("\n  [[isian.isian]]", lists, 1)
    found = build_model("kunjungan", _jenis(tmp_path, text).isian)
    record = {name: value for name, value in RECORD.items() if name not in ("biaya", "hasil")}
    read, faults = read_model(found, from_tree(record))
    assert faults == []
    assert read is not None and plain_values(read)["biaya"] == 2500
    assert plain_values(read)["hasil"] == [{"uraian": "meninjau"}]


@pytest.mark.parametrize(
    ("label", "default"), [("Biaya", '"dua"'), ("Mitra", '"PT Jaya"'), ("Tindak lanjut", '"LoI"'), ("Hasil", "[]")]
)
def test_a_default_that_cannot_be_the_value_is_told(tmp_path: Path, label: str, default: str) -> None:
    text = JENIS.replace(f'label.id = "{label}"', f'label.id = "{label}"\nbawaan = {default}')
    with pytest.raises(LibraryError) as caught:
        _jenis(tmp_path, text)
    assert {f.code for f in caught.value.problems} == {"KS364"}
    assert all(f.at.line for f in caught.value.problems)


def test_what_is_not_for_print_may_be_left_out_by_the_template(tmp_path: Path) -> None:
    body = BODY.replace("{{ biaya_terbilang }}", "").replace("{{ x.tindak_lanjut }}", "")
    silent = JENIS.replace('label.id = "Biaya"', 'label.id = "Biaya"\ncetak = false')
    silent = silent.replace('label.id = "Tindak lanjut"', 'label.id = "Tindak lanjut"\n  cetak = false')
    assert _print(tmp_path, RECORD, body, silent)[1] == ()
    assert _print(tmp_path, RECORD, body.replace("{{ mitra }}", ""), silent)[1] == ("KS501",)


OFFICIAL = JENIS.replace(
    '[[isian]]\nnama = "biaya"',
    '[[isian]]\nnama = "saksi"\njenis = "pejabat"\nlabel.id = "Saksi"\n\n[[isian]]\nnama = "biaya"',
)


def test_an_official_is_known_by_id_and_printed_with_position_and_number(tmp_path: Path) -> None:
    block = p("{{ saksi }}") + p("{{ saksi_jabatan }}") + p("{{ saksi_nip }}")
    record = RECORD | {"saksi": "direktur"}
    assert _print(tmp_path, record, BODY + block, OFFICIAL)[1] == ()
    for name in ("{{ saksi }}", "{{ saksi_jabatan }}", "{{ saksi_nip }}"):
        assert _print(tmp_path, record, BODY + block.replace(name, ""), OFFICIAL)[1] == ("KS501",)
    with pytest.raises(AssemblyError) as caught:
        _print(tmp_path, RECORD | {"saksi": "rektor"}, BODY, OFFICIAL)
    assert [(f.code, f.at.path) for f in caught.value.problems] == [("KS203", "saksi")]
