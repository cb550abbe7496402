"""The recap of monitoring: contradictions at their cell, and everything that the data know printed without typing."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import forms
import samples
from builders import GONE, spoiled
from cli_runs import ksdocs
from docx_specimens import docx, p
from ksdocs import render_many
from ksdocs.borang import judge
from ksdocs.docx.text import read
from ksdocs.register import MemoryRegister
from ksdocs.verification_borang import verify_lembar

PLAIN = "monitoring-2026-triwulan-1"
"""Activities of the first quarter, told on 6 April 2026."""
REPORTED = {
    "naskah": "pks-praktisi-samudra-2026",
    "judul": "Kuliah Praktisi Pengujian Papan Rangkaian",
    "mulai": "2026-04-13",
    "selesai": "2026-05-22",
    "pic": "Ketua Jurusan Teknik Elektro",
    "tanggal_monitoring": "2026-06-01",
}
"""What the report laporan-praktisi-samudra-2026-05 tells of, as a row of a recap."""
LATER = {"tanggal": "2026-06-30", "sampai": GONE}


def recap(**more: Any) -> dict[str, Any]:
    """The sample, changed."""
    return spoiled(forms.record(PLAIN), more)


def shown(tree: dict[str, Any], known: MemoryRegister | None = None) -> list[str]:
    made = forms.printed(tree, known)
    assert made.problems == ()
    return [paragraph.text for paragraph in read(made.data)]


def test_the_sample_is_without_a_problem() -> None:
    assert forms.told(recap()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kegiatan.2.mulai": "2025-10-12"}, [("tolak", "KS386", "kegiatan.2.mulai")]),
        ({"kegiatan.2.mulai": "2025-10-13"}, []),
        ({"kegiatan.4.mulai": "2026-03-24"}, [("tolak", "KS386", "kegiatan.4.mulai")]),
        ({"kegiatan.4.mulai": "2027-03-25", "kegiatan.4.keadaan": "rencana", "kegiatan.4.selesai": GONE},
         [("tolak", "KS386", "kegiatan.4.mulai")]),
        ({"kegiatan.4.keadaan": "rencana", "kegiatan.4.mulai": "2027-03-01", "kegiatan.4.selesai": "2027-03-25"},
         [("tolak", "KS386", "kegiatan.4.selesai")]),
        ({"kegiatan.4.keadaan": "rencana", "kegiatan.4.mulai": "2027-03-01", "kegiatan.4.selesai": "2027-03-24"}, []),
        ({"kegiatan.1.naskah": "pks-proyek-samudra-2026", "kegiatan.1.bentuk": "studi_independen"},
         [("tolak", "KS386", "kegiatan.1.mulai")]),
        ({"kegiatan.1.naskah": "pks-proyek-samudra-2026", "kegiatan.1.bentuk": "studi_independen",
          "kegiatan.1.keadaan": "rencana", "kegiatan.1.mulai": "2026-05-04"}, []),
        ({"kegiatan.1.naskah": "pks-sertifikasi-lsp-2026"}, [("tolak", "KS386", "kegiatan.1.mulai")]),
        ({"kegiatan.1.naskah": "pks-pemagangan-selat-2026"}, [("tolak", "KS388", "kegiatan.1.naskah")]),
        ({"kegiatan.2.selesai": "2026-02-22"},
         [("tolak", "KS380", "kegiatan.2.selesai")]),
        ({"kegiatan.2.selesai": GONE}, [("tolak", "KS820", "kegiatan.2.selesai")]),
        ({"kegiatan.2.manfaat": GONE}, [("tolak", "KS820", "kegiatan.2.manfaat")]),
        ({"kegiatan.4.bukti": GONE}, [("peringatan", "KS389", "kegiatan.4.bukti")]),
        ({"kegiatan.2.selesai": "2026-04-07"}, [("tolak", "KS820", "kegiatan.2.keadaan")]),
        ({"kegiatan.2.selesai": "2026-04-06", "kegiatan.2.tanggal_monitoring": "2026-04-06"}, []),
        ({"kegiatan.2.tanggal_monitoring": "2026-02-26"}, [("tolak", "KS820", "kegiatan.2.tanggal_monitoring")]),
        ({"kegiatan.2.tanggal_monitoring": "2026-04-07"}, [("tolak", "KS380", "kegiatan.2.tanggal_monitoring")]),
        ({"kegiatan.1.mulai": "2026-04-07"},
         [("peringatan", "KS822", "kegiatan.1.mulai"), ("tolak", "KS820", "kegiatan.1.keadaan")]),
        ({"kegiatan.1.selesai": "2026-04-05"}, [("peringatan", "KS820", "kegiatan.1.keadaan")]),
        ({"kegiatan.1.selesai": "2026-04-06"}, []),
        ({"kegiatan.1.keadaan": "rencana"}, [("peringatan", "KS820", "kegiatan.1.keadaan")]),
        ({"kegiatan.3.tindak_lanjut": GONE}, [("peringatan", "KS820", "kegiatan.3.tindak_lanjut")]),
        ({"kegiatan.3.bentuk": "magang"}, [("peringatan", "KS821", "kegiatan.3.bentuk")]),
        ({"kegiatan.3.bentuk": GONE}, [("peringatan", "KS821", "kegiatan.3.bentuk")]),
        ({"kegiatan.2.mulai": "2025-11-03", "kegiatan.2.selesai": "2025-11-07"},
         [("peringatan", "KS822", "kegiatan.2.selesai")]),
        ({"tahun": "2025"}, []),
        ({"tahun": "2027"}, [("tolak", "KS380", "sampai"), ("tolak", "KS380", "tanggal"),
                             ("peringatan", "KS822", "kegiatan.2.selesai"),
                             ("peringatan", "KS822", "kegiatan.4.selesai")]),
        ({"sampai": "2025-12-31"}, [("tolak", "KS380", "sampai"), *(
            ("peringatan", "KS822", f"kegiatan.{n}.mulai") for n in (1, 2, 3, 4, 5))]),
        ({"tanggal": "2026-11-23", "sampai": GONE}, [("peringatan", "KS380", "tanggal")]),
    ],
)  # fmt: skip
def test_contradictions_are_told_at_their_cell(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert sorted(forms.told(recap(**changes)), key=lambda t: t[1:]) == sorted(expected, key=lambda t: t[1:])


def test_the_same_activity_twice_is_told_once_at_the_second() -> None:
    tree = recap()
    tree["kegiatan"].append({**tree["kegiatan"][1], "judul": "pelatihan  perawatan mesin tempel bagi nelayan"})
    assert forms.told(tree) == [("tolak", "KS378", "kegiatan.6")]


def test_an_unknown_agreement_and_a_link_that_is_none_are_refused_at_their_cell() -> None:
    assert forms.refused(recap(**{"kegiatan.2.naskah": "pks-entah"})) == [("KS231", "kegiatan.2.naskah")]
    assert forms.faults(recap(**{"kegiatan.2.bukti": "arsip kantor"})) == [("KS174", "kegiatan.2.bukti")]


# --- reports on the same activities -------------------------------------------------------------------------


def with_report(**changes: Any) -> dict[str, Any]:
    return recap(**LATER, kegiatan=[REPORTED | changes])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"peserta": "54"}, []),
        ({"peserta": "55"}, [("tolak", "KS823", "kegiatan.1.peserta")]),
        ({"selesai": "2026-05-21"}, [("tolak", "KS823", "kegiatan.1.selesai")]),
        ({"keadaan": "batal", "tindak_lanjut": "–"}, [("tolak", "KS823", "kegiatan.1.keadaan")]),
        ({"mulai": "2026-04-14"},
         [("peringatan", "KS389", "kegiatan.1.bukti"), ("tolak", "KS820", "kegiatan.1.manfaat"),
          ("tolak", "KS823", "kegiatan.1.mulai")]),
        ({"mulai": "2026-06-02", "selesai": "2026-06-03", "tanggal_monitoring": "2026-06-04", "manfaat": "Ada",
          "bukti": "https://arsip.polibatam.example/x"}, [("peringatan", "KS824", "kegiatan.1.mulai")]),
    ],
)  # fmt: skip
def test_a_row_may_not_contradict_the_report_on_its_activity(
    changes: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    assert sorted(forms.told(with_report(**changes)), key=lambda t: t[1:]) == expected


def test_what_was_reported_appears_without_being_typed_and_completes_what_is_typed() -> None:
    untyped = shown(recap(**LATER, kegiatan=[]))
    typed = shown(with_report())
    for text in (untyped, typed):
        assert text.count(REPORTED["judul"]) == 1
        assert "https://arsip.polibatam.example/kerjasama/2026/praktisi-samudra/berita-acara" in text
        assert any(words.startswith("mengenal cara pengujian") for words in text)
    assert untyped.count("menurut laporan") == typed.count("menurut laporan") + 1


def test_what_was_reported_of_another_time_does_not_appear() -> None:
    assert REPORTED["judul"] not in shown(recap())


def test_what_had_not_ended_on_the_day_of_the_recap_was_still_going_on() -> None:
    text = shown(recap(tanggal="2026-05-22", sampai=GONE, kegiatan=[]))
    assert "terlaksana" in text
    text = shown(recap(tanggal="2026-05-21", sampai=GONE, kegiatan=[]))
    assert "terlaksana" not in text
    assert "berjalan" in text


# --- the page -----------------------------------------------------------------------------------------------


def test_nothing_that_an_agreement_knows_is_typed() -> None:
    text = shown(recap())
    at = text.index("PKS 100.3.7.2/0288/X/2025 dan 058/MOA.PL29/X/2025")
    assert text[at + 2 : at + 9] == [
        "Pemerintah Kabupaten Umpama",
        "(0770) 000901",
        "13 Oktober 2025\ns.d. 12 Oktober 2027",
        "Pusat Penelitian dan Pengabdian kepada Masyarakat",
        "Pelatihan; Pengabdian kepada Masyarakat",
        "lokal",
        "Aktif",
    ]


def test_a_recap_without_agreements_and_activities_is_a_clear_document() -> None:
    known = MemoryRegister(lembaga_=forms.register().lembaga_)
    text = shown(recap(kegiatan=[]), known)
    assert "Belum ada naskah yang tercatat." in text
    assert "Daftar Bukti" not in text
    assert "Tidak ada naskah berlaku yang berakhir dalam 12 bulan sejak 6 April 2026." in text


def many(rows: int = 80) -> tuple[dict[str, Any], MemoryRegister]:
    """A recap of `rows` activities under 40 agreements, with long titles, benefits and links."""
    known = MemoryRegister(lembaga_=forms.register().lembaga_, bentuk_=forms.register().bentuk_)
    pattern = forms.register().naskah("pks-magang-samudra-2025")
    assert pattern is not None
    for number in range(40):
        last = date(2026 + number % 4, 12, 1 + number % 28)
        ident, told = f"pks-{number:02}", f"{number:03}/MOA.PL29/I/2026"
        one = replace(pattern, id=ident, nomor=(told,), kunci=ident, mulai=date(2026, 1, 5), berakhir=last)
        known.add_naskah(replace(one, tanggal=date(2026, 1, 5), lingkup=("Magang " * (1 + number % 30),)))
    activities = [
        {
            "naskah": f"pks-{number % 40:02}",
            "judul": f"Kegiatan ke-{number} " + "dengan judul yang panjang sekali " * (number % 4),
            "mulai": "2026-02-02",
            "selesai": f"2026-02-{3 + number % 20:02}",
            "manfaat": "Manfaat yang diuraikan panjang lebar. " * (1 + number % 9),
            "bukti": f"https://arsip.polibatam.example/{'sangatpanjang' * (1 + number % 20)}/{number}",
            "pic": "Ketua Jurusan Teknik Elektro",
            "tanggal_monitoring": "2026-03-30",
        }
        for number in range(rows)
    ]
    return recap(kegiatan=activities), known


def test_eighty_rows_are_printed_and_each_is_proved() -> None:
    tree, known = many()
    text = shown(tree, known)
    assert sum(words.startswith("Kegiatan ke-") for words in text) == 80
    links = [words for words in text if words.startswith("https://")]
    assert sorted(links) == sorted(row["bukti"] for row in tree["kegiatan"])


def test_a_row_that_the_template_leaves_out_is_missed() -> None:
    made = forms.printed(recap())
    kept = [q.text for q in read(made.data) if q.text not in ("", "Pendampingan Usaha Bengkel Desa")]
    lines = (t.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "</w:t><w:br/><w:t>") for t in kept)
    short = docx("".join(map(p, lines)))
    missed = {(found.code, found.at.path) for found in verify_lembar(short, made.lembar)}
    assert [code for code, path in missed if path.endswith(".kegiatan.2.judul")] == ["KS501"]


def test_a_recap_waits_until_every_agreement_and_report_can_be_read(tmp_path: Path) -> None:
    shutil.copytree(samples.DATA, tmp_path / "data")
    (tmp_path / "data" / "arsip").mkdir(exist_ok=True)
    row = "jenis,id,jenis_naskah,tentang,pihak,tingkat,bidang,tanggal\n" + (
        "arsip,pks-lama,pks,Magang,polibatam;karya-mesin,nasional,pendidikan,31 Februari 2025\n"
    )
    (tmp_path / "data" / "arsip" / "salah.csv").write_text(row, encoding="utf-8")
    known = samples.office(data=tmp_path / "data").register
    found = judge(forms.read(recap()), forms.jenis("monitoring"), known, samples.TODAY)
    assert [p.code for p in found][:1] == ["KS819"]
    assert any(p.at.file is not None and p.at.file.endswith("salah.csv") and p.at.cell == "H2" for p in found)


def test_a_wrong_row_of_a_spreadsheet_is_told_at_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples.DATA.parent)
    head = "jenis;id;institusi;tahun;periode;tanggal;jabatan_penyusun\n"
    (tmp_path / "rekap.csv").write_text(
        head + "monitoring;rekap-a;polibatam;2026;Triwulan I;2026-04-06;Kepala Unit\n", encoding="utf-8"
    )
    rows = [
        "id;naskah;judul;mulai;keadaan;pic;tanggal_monitoring",
        "rekap-a;pks-magang-samudra-2025;Magang I;2026-02-02;berjalan;Ketua;2026-04-01",
        "rekap-a;pks-magang-samudra-2025;Magang II;2025-08-03;berjalan;Ketua;2026-04-01",
    ]
    (tmp_path / "rekap.kegiatan.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    answer = ksdocs("check", str(tmp_path / "rekap.csv"), "--json", "--hari-ini", "2026-11-22").json
    (wrong,) = answer["hasil"][0]["masalah"]
    assert (wrong["kode"], wrong["tempat"]["sel"]) == ("KS386", "D3")
    assert wrong["tempat"]["berkas"].endswith("rekap.kegiatan.csv")


def test_several_processes_know_the_same_reports_as_one(tmp_path: Path) -> None:
    tree = recap(**LATER, kegiatan=[])
    lines = [json.dumps(tree | {"id": f"rekap-{letter}"}, ensure_ascii=False) for letter in "ab"]
    file = tmp_path / "rekap.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = []
    for workers in (1, 2):
        out = tmp_path / str(workers)
        done = list(render_many(file, out=out, today=samples.TODAY, office=samples.office(), workers=workers))
        assert [[p.code for p in one.problems if p.refuses] for one in done] == [[], []]
        made.append([(out / f"rekap-{letter}.docx").read_bytes() for letter in "ab"])
    assert made[0] == made[1]
    assert "menurut laporan" in [paragraph.text for paragraph in read(made[1][1])]
