"""`clause check`, `new`, `diff`, `bump` as an office uses them: nothing shipped is touched, nothing is overwritten."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cli_runs import ROOT, Run, ksdocs
from ksdocs.models import NASKAH

RECORD = ROOT / "data" / "mou"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Templates of an office's own, copied from what ships."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path / "templates"


def change(file: Path, old: str, new: str) -> None:
    data = file.read_bytes()
    assert data.count(old.encode()) == 1
    file.write_bytes(data.replace(old.encode(), new.encode()))


def run(office: Path, *words: str | Path) -> Run:
    return ksdocs("clause", *words, "--templates", office)


def test_untouched_copies_are_the_same_as_what_ships(office: Path) -> None:
    checked = run(office, "check")
    assert checked.code == 0 and "0 kesalahan, 0 peringatan." in checked.out
    for kind in NASKAH:
        assert re.search(r"0 berubah, 0 baru, 0 tidak ada lagi, \d+ sama\.", run(office, "diff", kind).out)


def test_changed_words_are_told_shown_and_raised_without_another_byte(office: Path) -> None:
    file = office / "mou" / "klausul" / "hki.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(office, "check", "mou").code == 0 and "KS333" not in run(office, "check", "mou").out
    change(file, "persetujuan tertulis", "persetujuan lisan")
    before = file.read_bytes()
    assert "KS333" in run(office, "check", "mou").out
    shown = run(office, "diff", "mou", "hki").out
    assert "[-tertulis.-] {+lisan.+}" in shown and "ksdocs clause bump mou hki" in shown
    done = run(office, "bump", "mou", "hki")
    assert done.code == 0 and "1.0 menjadi 1.1" in done.out
    assert file.read_bytes() == before.replace(b'versi = "1.0"', b'versi = "1.1"')
    assert "KS333" not in run(office, "check", "mou").out
    assert "bump" not in run(office, "diff", "mou", "hki").out
    assert run(office, "bump", "mou", "hki").code == 1


def test_lines_broken_elsewhere_and_other_signs_are_no_change_of_words(office: Path) -> None:
    file = office / "mou" / "klausul" / "hki.md"
    change(file, "kepemilikan dan publikasi\n    hasil", "kepemilikan dan\n    publikasi hasil")
    change(file, "(2) Nama", "(7) Nama")
    assert "1 berubah" not in run(office, "diff", "mou").out
    refused = run(office, "bump", "mou", "hki")
    assert refused.code == 1 and "KS870" in refused.err and 'versi = "1.0"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("to", "code"), [("2.0", 0), ("1.0", 1), ("0.9", 1), ("dua", 1), ("1.0.1", 0)])
def test_a_version_that_is_named_must_be_higher(office: Path, to: str, code: int) -> None:
    done = run(office, "bump", "mou", "hki", "--to", to)
    assert done.code == code and ("KS873" in done.err) == bool(code)
    text = (office / "mou" / "klausul" / "hki.md").read_text(encoding="utf-8")
    assert f'versi = "{"1.0" if code else to}"' in text


def test_a_translation_is_raised_together_with_its_original(office: Path) -> None:
    file = office / "mou" / "klausul" / "hki.md"
    change(file, "persetujuan tertulis", "persetujuan lisan")
    english = file.with_name("hki.en.md")
    english.write_bytes(file.read_bytes())
    assert run(office, "bump", "mou", "hki").code == 0
    assert english.read_bytes() == file.read_bytes()


def test_what_ships_is_neither_raised_nor_added_to() -> None:
    before = {file: file.stat().st_mtime_ns for file in (ROOT / "templates").rglob("*.md")}
    for words in (
        ["bump", "mou", "hki", "--to", "9.0"],
        ["new", "mou", "seragam"],
        ["new", "mou", "hki", "--varian", "x"],
    ):
        refused = ksdocs("clause", *words)
        assert refused.code == 1 and "KS871" in refused.err
    assert {file: file.stat().st_mtime_ns for file in (ROOT / "templates").rglob("*.md")} == before


def sections() -> list[str]:
    text = (ROOT / "templates" / "substansi.toml").read_text(encoding="utf-8")
    return re.findall(r"^\[substansi\.(\w+)\]$", text, re.MULTILINE)


def test_every_clause_that_is_begun_passes_the_check_and_leaves_the_library_usable(office: Path) -> None:
    for number, section in enumerate(sections()):
        assert run(office, "new", "pks", f"baru_{number}", "--substansi", section).code == 0
    assert run(office, "new", "pks", "polos").code == 0
    for clause, variant in (("pembayaran", "triwulan"), ("jangka_waktu", "lain"), ("penutup", "lain")):
        assert run(office, "new", "pks", clause, "--varian", variant).code == 0
    checked = run(office, "check")
    assert checked.code == 0 and "0 kesalahan, 0 peringatan." in checked.out
    assert run(office, "list", "pks").code == 0
    record = next((ROOT / "data" / "pks").glob("*.yaml"))
    assert ksdocs("check", record, "--templates", office).code == 0


def test_a_clause_that_is_begun_and_put_in_order_is_refused_until_its_words_are_written(office: Path) -> None:
    assert run(office, "new", "pks", "seragam").code == 0
    file = office / "pks" / "klausul" / "seragam.md"
    change(office / "pks" / "jenis.toml", "urutan = [\n", 'urutan = [\n    "seragam",\n')
    line = 1 + [text.startswith("(2) «") for text in file.read_text(encoding="utf-8").split("\n")].index(True)
    checked = run(office, "check", "pks")
    assert checked.code == 1 and f"seragam.md:{line}:5 KS360" in checked.out
    record = next((ROOT / "data" / "pks").glob("*.yaml"))
    refused = ksdocs("check", record, "--templates", office)
    assert refused.code == 1 and f"seragam.md:{line}:5 KS360" in refused.out
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("«.*»", "Mahasiswa memakai seragam.", text), encoding="utf-8")
    assert run(office, "check", "pks").code == 0
    assert ksdocs("check", record, "--templates", office).code == 0


def test_a_variant_of_a_shared_clause_is_begun_beside_it_so_that_it_hides_no_other(office: Path) -> None:
    assert run(office, "new", "mou", "jangka_waktu", "--varian", "lain").code == 0
    assert (office / "klausul" / "jangka_waktu.lain.md").is_file()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["new", "mou", "hki"], "KS872"),
        (["new", "mou", "jangka_waktu"], "KS872"),
        (["new", "mou", "Seragam Magang"], "KS307"),
        (["new", "mou", "../../luar"], "KS307"),
        (["new", "mou", "seragam", "--substansi", "kerahasian"], "KS309"),
        (["new", "mou", "seragam", "--varian", "lain"], "KS313"),
        (["new", "pks", "pembayaran", "--varian", "termin"], "KS021"),
    ],
)
def test_nothing_is_begun_that_cannot_be_meant(office: Path, words: list[str], code: str) -> None:
    before = sorted(office.rglob("*"))
    refused = run(office, *words)
    assert refused.code == 1 and code in refused.err
    assert sorted(office.rglob("*")) == before


@pytest.mark.parametrize(
    "words",
    [
        ["diff", "mou", "hkii"],
        ["bump", "mou", "hkii"],
        ["diff", "notulen"],
        ["check", "mouu"],
        ["check", "--kind", "x"],
        ["diff", "mou", "--against", "tidak-ada"],
        ["diff", "mou", "--khusus", "x.yaml"],
    ],
)
def test_what_does_not_exist_is_a_usage_error(office: Path, words: list[str]) -> None:
    assert run(office, *words).code in (1, 2)


def test_clauses_are_compared_with_another_folder(office: Path, tmp_path: Path) -> None:
    other = tmp_path / "lama"
    shutil.copytree(office, other)
    change(other / "mou" / "klausul" / "hki.md", "(2) Nama dan lambang", "(2) Nama")
    (other / "mou" / "klausul" / "monev.md").unlink()
    (office / "mou" / "klausul" / "definisi.md").unlink()
    shown = run(office, "diff", "mou", "--against", other).out
    assert "{+dan lambang+}" in shown
    assert "1 berubah, 1 baru, 1 tidak ada lagi" in shown


def test_answers_in_json_say_what_is_wrong_and_what_changed(office: Path) -> None:
    change(office / "mou" / "klausul" / "hki.md", "persetujuan tertulis", "{{ persetujuan }}")
    checked = run(office, "check", "mou", office / "mou" / "klausul" / "hki.md", "--json")
    assert checked.code == 1
    assert [p["kode"] for p in checked.json["hasil"][0]["masalah"]] == ["KS311", "KS333"]
    assert checked.json["hasil"][1]["masalah"] == []  # told already
    shown = run(office, "diff", "mou", "--json")
    (one,) = shown.json["hasil"]
    assert one["beda"]["versi"] == {"lama": "1.0", "baru": "1.0"} and one["beda"]["kata_berubah"]
    signs = [(word["tanda"], word["teks"]) for part in one["beda"]["bagian"] for word in part["kata"]]
    assert ("-", "persetujuan tertulis.") in signs and ("+", "{{ persetujuan }}.") in signs


def test_a_shared_clause_is_told_once_for_all_its_kinds(office: Path) -> None:
    change(
        office / "klausul" / "bahasa.md", "bahasa Indonesia dan bahasa Inggris dengan", "bahasa diatas {{ x }} dengan"
    )
    found = [p for one in run(office, "check", "--json").json["hasil"] for p in one["masalah"]]
    assert sorted(p["kode"] for p in found) == ["KS311", "KS318", "KS333"]


def test_the_words_of_one_record_pass_as_its_own_once_they_are_signed_for(office: Path, tmp_path: Path) -> None:
    change(office / "mou" / "klausul" / "hki.md", "persetujuan tertulis", "persetujuan tertulis lebih dahulu")
    record = next(f for f in sorted(RECORD.glob("*.yaml")) if "klausul_khusus" not in f.read_text(encoding="utf-8"))
    block = run(office, "diff", "mou", "hki", "--khusus", record)
    assert block.code == 0
    text = re.sub(r"  # .*", "", block.out)
    text = text.replace("alasan:", "alasan: Permintaan mitra").replace("penyetuju:", "penyetuju: Direktur")
    text = text.replace("tanggal:", 'tanggal: "2025-01-10"')
    mine = tmp_path / "rekaman.yaml"
    mine.write_text(record.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    checked = ksdocs("check", mine, "--checklist", "--json").json["hasil"][0]
    special = [k for part in checked["daftar_periksa"]["bagian"] for k in part["khusus"]]
    assert [k["klausul"] for k in special] == ["hki"] and "lebih dahulu" in special[0]["beda"]


def test_a_file_outside_the_library_is_held_against_the_kind_that_it_suits(tmp_path: Path) -> None:
    file = tmp_path / "seragam.md"
    head = '+++\nid = "seragam"\njudul = "Seragam"\nversi = "1.0"\n+++\n'
    file.write_text(head + "(1) {{ pengakuan_sks.sks }} SKS.\n", encoding="utf-8")
    assert "sebagai klausul pks" in ksdocs("clause", "check", file).out
    assert ksdocs("clause", "check", file).code == 0
    assert ksdocs("clause", "check", file, "--kind", "mou").code == 1
