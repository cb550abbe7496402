"""`fill` and `verify`: what is written at signing, and what is proved later."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cli_runs import ROOT, ksdocs

DATA = ROOT / "data"
VALUES = (
    "--nomor",
    "499/MOA.PL29/XI/2026",
    "--nomor",
    "2=1/SE/2026",
    "--tanggal",
    "20 November 2026",
    "--tempat",
    "Batam",
)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record ready to sign, under a name with everything that may stand in a name."""
    text = (DATA / "pks" / "pks-proyek-samudra-2026.yaml").read_text(encoding="utf-8")
    file = tmp_path / "PKS 'proyek' & rekan.yaml"
    file.write_text(text.replace("id: pks-proyek-samudra-2026", "id: pks-coba"), encoding="utf-8")
    return file


def test_filling_in_changes_those_fields_and_no_other_line(record: Path, tmp_path: Path) -> None:
    before = record.read_text(encoding="utf-8").splitlines()
    run = ksdocs("fill", record, *VALUES, "-o", tmp_path / "out")
    assert run.code == 0
    after = record.read_text(encoding="utf-8").splitlines()
    changed = [(a.strip(), b.strip()) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [
        ("tahap: siap_ttd", "tahap: ditandatangani"),
        ("nomor: diisi_tangan", "nomor: 499/MOA.PL29/XI/2026"),
        ("nomor: tanpa_nomor", "nomor: 1/SE/2026"),
        ("tanggal: diisi_tangan", "tanggal: 2026-11-20"),
        ("tempat: diisi_tangan", "tempat: Batam"),
    ]
    for words in (
        "pihak.1.nomor = 499/MOA.PL29/XI/2026",
        "tahap = ditandatangani",
        "tidak ada yang berubah",
        "pks-coba.docx",
    ):
        assert words in run.out
    assert (tmp_path / "out" / "pks-coba.docx").is_file()


@pytest.mark.parametrize("name", ["2", "samudra-elektronika"])
def test_a_party_is_named_by_its_place_or_its_id(record: Path, tmp_path: Path, name: str) -> None:
    words = [w.replace("2=1/SE", f"{name}=1/SE") for w in VALUES]
    assert ksdocs("fill", record, *words, "-o", tmp_path / "out").code == 0
    assert "nomor: 1/SE/2026" in record.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--nomor", "samudra=1/X"), "Maksud Anda `samudra-elektronika`?"),
        (("--nomor", "3=1/X"), "`3` bukan pihak"),
        (("--nomor", "1=1/X", "--nomor", "polibatam=2/X"), "pihak 1 disebut dua kali"),
        (("--tanggal-ttd", "2026-11-20"), "harus menyebut pihaknya"),
    ],
)
def test_a_party_that_cannot_be_meant_is_told(record: Path, words: tuple[str, ...], says: str) -> None:
    before = record.read_bytes()
    run = ksdocs("fill", record, *words)
    assert run.code == 2 and says in run.err
    assert record.read_bytes() == before


def test_nothing_is_written_while_something_is_missing(record: Path, tmp_path: Path) -> None:
    before = record.read_bytes()
    run = ksdocs("fill", record, "--nomor", "499/MOA.PL29/XI/2026", "-o", tmp_path / "out")
    assert run.code == 1 and "KS220" in run.out
    assert f"{record.name}:40:12" in run.out  # the place in the file itself, not in a copy
    assert record.read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_a_day_that_is_no_date_is_told_with_its_field(record: Path) -> None:
    run = ksdocs("fill", record, "--tanggal", "kapan-kapan")
    assert run.code == 1
    assert "KS716 penandatanganan.tanggal: “kapan-kapan” bukan tanggal" in run.out


def test_of_a_spreadsheet_the_cells_are_named() -> None:
    file = DATA / "mou" / "mou-2026.xlsx"
    before = file.read_bytes()
    run = ksdocs("fill", file, "--rekaman", "mou-smk-rekaraya-2026", "--nomor", "2=7/SMK/2026", "--tempat", "Batam")
    assert run.code == 1
    assert "naskah!P3  pihak.2.nomor = 7/SMK/2026" in run.out and "naskah!C3  tahap = ditandatangani" in run.out
    assert file.read_bytes() == before


def test_a_file_of_several_records_needs_the_id() -> None:
    run = ksdocs("fill", DATA / "mou" / "mou-2026.xlsx", "--tempat", "Batam")
    assert run.code == 1 and "KS711" in run.out


def test_a_document_is_proved_against_its_record(tmp_path: Path) -> None:
    file = DATA / "pks" / "pks-2026.xlsx"
    assert ksdocs("render", file, "-o", tmp_path).code == 0
    documents = sorted(tmp_path.glob("*.docx"))
    assert len(documents) == 2
    run = ksdocs("verify", *documents, "--record", file)
    assert run.code == 0
    assert run.out.count("terbukti sesuai rekaman") == 2
    assert "2 dokumen terbukti, 0 bermasalah" in run.out


def test_a_word_that_was_changed_later_is_found(tmp_path: Path) -> None:
    file = DATA / "mou" / "mou-rs-bahari-2026.toml"
    ksdocs("render", file, "-o", tmp_path)
    document = tmp_path / "mou-rs-bahari-2026.docx"
    changed = io.BytesIO()
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            new.writestr(
                item, old.read(item).replace(b"rumah sakit", b"rumah makan").replace(b"Rumah Sakit", b"Rumah Makan")
            )
    document.write_bytes(changed.getvalue())
    run = ksdocs("verify", document, "--record", file)
    assert run.code == 1 and "KS50" in run.out


def test_a_document_of_another_record_is_told(tmp_path: Path) -> None:
    ksdocs("render", DATA / "mou" / "mou-rs-bahari-2026.toml", "-o", tmp_path)
    run = ksdocs(
        "verify", tmp_path / "mou-rs-bahari-2026.docx", "--record", DATA / "mou" / "mou-yayasan-cahaya-2026.yaml"
    )
    assert run.code == 1 and "KS022" in run.out and "mou-yayasan-cahaya-2026" in run.out


def test_without_a_record_the_document_speaks_for_itself(tmp_path: Path) -> None:
    ksdocs("render", DATA / "mou" / "mou-rs-bahari-2026.toml", "-o", tmp_path)
    run = ksdocs("verify", tmp_path / "mou-rs-bahari-2026.docx", tmp_path / "tidak-ada.docx")
    assert run.code == 1
    assert "utuh; beri --record" in run.out and "KS101" in run.out
