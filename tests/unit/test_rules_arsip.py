"""Rows of the list of agreements: read into the register, and told where they are wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ksdocs.office import open_office
from ksdocs.pipeline import Report
from ksdocs.sources import read_all

HEAD = (
    "jenis,id,jenis_naskah,tahap,tentang,nomor,tanggal,mulai,berakhir,pihak,tingkat,bidang,mou,memperpanjang,selesai\n"
)
MITRA = """jenis: mitra
id: jaya
nama: PT Jaya Contoh
kelas: industri
kedudukan: Batam
alamat: Jalan Contoh 1, Batam
pejabat:
  - id: dirut
    nama: Budi Rekaan
    jabatan: Direktur Utama
    kewenangan: [{jenis: akta, nomor: "1", tanggal: "2024-01-01", tentang: Direksi, penerbit: Notaris Contoh}]
"""


def checked(folder: Path, rows: str, own_too: str = "") -> dict[str, Report]:
    """Id of each row → its report."""
    from ksdocs.batch.one import check_reference
    from ksdocs.sources import Source

    (folder / "data" / "arsip").mkdir(parents=True)
    (folder / "data" / "arsip" / "daftar.csv").write_text(HEAD + rows, encoding="utf-8")
    (folder / "data" / "mitra").mkdir(exist_ok=True)
    (folder / "data" / "mitra" / "jaya.yaml").write_text(MITRA, encoding="utf-8")
    (folder / "data" / "institusi").mkdir()
    own = (
        MITRA.replace("jenis: mitra", "jenis: institusi")
        .replace("id: jaya", "id: poltek")
        .replace("industri", "lainnya")
    )
    (folder / "data" / "institusi" / "poltek.yaml").write_text(own + own_too, encoding="utf-8")
    office = open_office(cwd=folder, environ={})
    found = {}
    for source in read_all([folder / "data" / "arsip"]):
        assert isinstance(source, Source), source
        found[source.id] = check_reference(source, office, date(2026, 11, 20))
    return found


def told(report: Report) -> list[tuple[str, str, str | None]]:
    return [(p.code, p.at.path, str(p.at.line)) for p in report.problems]


GOOD = "arsip,mou-a,mou,,Tridharma,01/MOU/2024; 7/J/2024,2024-03-01,,2027-02-28,poltek; jaya,nasional,pendidikan,,,\n"


def test_a_sound_row_is_an_agreement_like_any_other(tmp_path: Path) -> None:
    assert told(checked(tmp_path, GOOD)["mou-a"]) == []
    entry = open_office(cwd=tmp_path, environ={}).register.naskah("mou-a")
    assert entry is not None
    assert (entry.jenis, entry.nomor, entry.mulai) == ("mou", ("01/MOU/2024", "7/J/2024"), date(2024, 3, 1))
    assert entry.pihak == ("poltek", "jaya")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("arsip,x,pks,,T,,2024-03-01,,2024-02-01,poltek; jaya,lokal,pendidikan,,,", ("KS810", "berakhir")),
        ("arsip,x,pks,,T,,2026-12-01,,,poltek; jaya,lokal,pendidikan,,,", ("KS810", "tanggal")),
        ("arsip,x,pks,,T,,1900-01-01,,,poltek; jaya,lokal,pendidikan,,,", ("KS810", "tanggal")),
        ("arsip,x,pks,,T,,2024-03-01,,,poltek; jaya,lokal,pendidikan,,,2027-01-01", ("KS810", "selesai")),
        ("arsip,x,pks,,T,,,,,poltek; jaya,lokal,pendidikan,,,", ("KS811", "tanggal")),
        ("arsip,x,pks,,T,,2024-03-01,,,poltek; jya,lokal,pendidikan,,,", ("KS202", "pihak.2")),
        ("arsip,x,pks,,T,,2024-03-01,,,jaya; jaya,lokal,pendidikan,,,", ("KS205", "pihak")),
        ("arsip,x,pks,,T,,2024-03-01,,,poltek; jaya; poltek,lokal,pendidikan,,,", ("KS206", "pihak.3")),
        ("arsip,x,pks,,T,,2024-03-01,,,poltek; jaya,lokal,pendidikan,mou-b,,", ("KS231", "mou")),
        ("arsip,x,pks,,T,,2024-02-01,,,poltek; jaya,lokal,pendidikan,mou-a,,", ("KS812", "mou")),
        ("arsip,x,pks,,T,,2024-02-01,,,poltek; jaya,lokal,pendidikan,,x,", ("KS812", "memperpanjang")),
    ],
)
def test_a_faulty_row_is_told_at_its_cell(tmp_path: Path, row: str, expected: tuple[str, str]) -> None:
    found = checked(tmp_path, GOOD + row + "\n")
    assert told(found["mou-a"]) == []
    assert told(found["x"]) == [(*expected, "3")]


def test_an_agreement_that_is_kept_twice_is_told_on_its_row(tmp_path: Path) -> None:
    (tmp_path / "data" / "mou").mkdir(parents=True)
    (tmp_path / "data" / "mou" / "a.yaml").write_text("jenis: mou\nid: mou-a\ntahap: draf\n", encoding="utf-8")
    assert [(p.code, p.at.path) for p in checked(tmp_path, GOOD)["mou-a"].problems] == [("KS813", "id")]


def test_a_signed_row_may_still_be_a_draft(tmp_path: Path) -> None:
    row = "arsip,x,mou,draf,T,,,,,poltek; jaya,lokal,pendidikan,,,\n"
    assert told(checked(tmp_path, row)["x"]) == []


def test_a_report_waits_until_every_row_can_be_counted(tmp_path: Path) -> None:
    from ksdocs.laporan.sumber import unreadable

    bad = "arsip,x,pks,,T,,2024-03-01,,2024-02-01,poltek; jaya,lokal,pendidikan,,,\n"
    bad += "arsip,y,sk,,T,,,,,jaya; jaya,lokal,,,,\n"
    checked(tmp_path, GOOD + bad)
    register = open_office(cwd=tmp_path, environ={}).register
    found = unreadable(register, ["arsip"], date(2026, 11, 20))
    assert found[0].code == "KS819"
    assert {(p.code, p.at.line) for p in found[1:]} >= {("KS810", 3), ("KS160", 4), ("KS151", 4)}


def test_a_report_on_sound_data_does_not_wait(tmp_path: Path) -> None:
    from ksdocs.laporan.sumber import unreadable

    checked(tmp_path, GOOD)
    assert unreadable(open_office(cwd=tmp_path, environ={}).register, ["arsip"], date(2026, 11, 20)) == []


def test_extensions_that_go_in_a_circle_are_told(tmp_path: Path) -> None:
    rows = "".join(
        f"arsip,{ident},mou,,T,,2025-03-03,,2027-03-02,poltek; jaya,lokal,pendidikan,,{before},\n"
        for ident, before in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    )
    found = checked(tmp_path, rows)
    assert [told(found[ident]) for ident in "abcd"] == [
        [("KS812", "memperpanjang", "2")],
        [("KS812", "memperpanjang", "3")],
        [("KS812", "memperpanjang", "4")],
        [],
    ]


def test_a_number_of_the_institution_stands_on_one_agreement(tmp_path: Path) -> None:
    pattern = 'profil: {pola_nomor: {mou: {pola: "{urut}/MOU.PU/{tahun}", digit: 2}}}\n'
    row = "arsip,{},mou,,T,{},2025-03-03,,2027-03-02,poltek; jaya,lokal,pendidikan,,,\n"
    taken = row.format("a", "07/MOU.PU/2025; 1/J") + row.format("b", "1/J; 07/mou.pu/2025") + row.format("c", "1/J")
    found = checked(tmp_path, taken, pattern)
    assert told(found["a"]) == [("KS228", "nomor.1", "2")]
    assert told(found["b"]) == [("KS228", "nomor.2", "3")]
    assert found["b"].problems[0].params["pemegang"].startswith("a (")
    assert told(found["c"]) == []  # partners number for themselves, and a bare number is soon used again


def test_a_number_that_a_spreadsheet_kept_as_a_number_is_refused(tmp_path: Path) -> None:
    checked(tmp_path, GOOD)
    book = openpyxl.Workbook()
    for line in (HEAD, GOOD.replace("mou-a", "mou-x")):
        book.active.append(line.strip().split(","))
    book.active["F2"] = 2025017
    book.save(tmp_path / "data" / "arsip" / "lain.xlsx")
    register = open_office(cwd=tmp_path, environ={}).register
    assert [(p.code, p.at.cell) for p in register.problems] == [("KS162", "F2")]


def test_spaces_around_a_word_of_a_list_of_choices_do_not_matter(tmp_path: Path) -> None:
    row = "arsip, x ,mou ,ditandatangani ,T,,2024-03-01,,,poltek; jaya, lokal,pendidikan ,,,\n"
    assert told(checked(tmp_path, row)["x"]) == []


def test_what_a_row_carries_on_has_its_partner_too(tmp_path: Path) -> None:
    row = "arsip,{},mou,,T,,2024-04-01,,,poltek; {},lokal,pendidikan,,mou-a,\n"
    rows = [GOOD, row.format("x", "lain"), row.format("y", "anak"), row.format("z", "jaya")]
    others = {
        "lain": MITRA.replace("id: jaya", "id: lain").replace("PT Jaya Contoh", "PT Lain"),
        "anak": MITRA.replace("id: jaya", "id: anak").replace("PT Jaya Contoh", "PT Anak") + "induk: jaya\n",
    }
    (tmp_path / "data" / "mitra").mkdir(parents=True)
    for ident, text in others.items():
        (tmp_path / "data" / "mitra" / f"{ident}.yaml").write_text(text, encoding="utf-8")
    found = checked(tmp_path, "".join(rows))
    assert told(found["x"]) == [("KS812", "memperpanjang", "3")]
    assert [p.refuses for p in found["x"].problems] == [False]
    assert told(found["y"]) == told(found["z"]) == []
