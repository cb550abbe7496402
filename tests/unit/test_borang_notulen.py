"""Minutes: what is still to be done is carried on, points are printed as they stand, contradictions are told."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest

import forms
import samples
from builders import spoiled
from docx_specimens import docx, p
from ksdocs.bahasa import filters
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.package import Package
from ksdocs.docx.pictures import pictures_in
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.models.rapat import open_actions, summarize_notulen
from ksdocs.register import MemoryRegister, open_register
from ksdocs.verification_borang import verify_lembar

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST, SECOND = "notulen-magang-samudra-2025-07-14", "notulen-magang-samudra-2026-01-19"
PLAIN = "notulen-mou-samudra-2025-02-24"
EMPTY = "notulen-beasiswa-cahaya-2026-11-03"
PNG = (samples.DATA / "notulen" / "foto" / "rapat-magang-1.png").read_bytes()
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffd9")


def lines(tree: dict[str, Any], known: MemoryRegister | None = None) -> list[str]:
    made = forms.printed(tree, known)
    assert made.problems == ()
    return [paragraph.text for paragraph in read(made.data)]


def third(**changes: Any) -> dict[str, Any]:
    """A meeting after the second one."""
    return forms.record(SECOND) | {
        "id": "notulen-ketiga",
        "tanggal": "2026-03-10",
        "notulen_sebelumnya": SECOND,
        "tindak_lanjut": [],
        "pembahasan": [{"pokok": "Lain-lain", "keputusan": "Tidak ada."}],
        **changes,
    }


# ---------------------------------------------------------------------- carried on


def test_what_is_open_after_a_meeting_and_those_before_it_appears_in_the_next_minutes() -> None:
    text = lines(third())
    carried = {"Menyusun buku panduan magang bersama pembimbing lapangan", "Menyusun usulan PKS pengiriman praktisi"}
    assert carried <= set(text)
    assert "Menyampaikan daftar pembimbing lapangan" not in text, "told as done by the second meeting"
    assert text.count("lewat tenggat") == 2


def test_an_action_that_is_done_says_so_where_it_is_carried_and_is_gone_afterwards() -> None:
    done = third(tindak_lanjut=[{"kode": "MGG-5", "status": "selesai", "catatan": "Usulan dikirim."}])
    text = lines(done)
    assert text.index("MGG-5") < text.index("MGG-2"), "what the record speaks of comes first"
    known = MemoryRegister(notulen_=dict(forms.register().notulen_))
    entry = summarize_notulen(done)
    assert entry is not None
    known.notulen_[entry.id] = entry
    assert [a.kode for a in open_actions(entry.id, known.notulen)] == ["MGG-2"]


def test_minutes_that_lead_back_to_themselves_are_followed_once() -> None:
    trees = [third(id="a", notulen_sebelumnya="b"), third(id="b", notulen_sebelumnya="a")]
    entries = {e.id: e for e in map(summarize_notulen, trees) if e is not None}
    assert open_actions("a", entries.get) == ()
    assert open_actions("tidak-ada", entries.get) == ()


def test_a_template_that_leaves_out_what_is_carried_is_refused() -> None:
    made = forms.printed(third())
    text = [q.text for q in read(made.data) if q.text != "MGG-2"]
    short = docx(
        p("BO.29.3.1 Borang Notulen") + "".join(p(t.replace("&", "&amp;").replace('"', "")) for t in text if t)
    )
    found = {(f.code, f.at.path) for f in verify_lembar(short, made.lembar)}
    assert ("KS501", "notulen_sebelumnya.kode") in found


def test_the_register_reads_minutes_and_forgives_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "notulen").mkdir()
    (tmp_path / "notulen" / "a.yaml").write_text(
        "jenis: notulen\nid: a\ntanggal: besok\npembahasan:\n  - tindakan: [{kode: X, uraian: u}, 7]\n",
        encoding="utf-8",
    )
    known = open_register(tmp_path)
    entry = known.notulen("a")
    assert entry is not None and entry.tanggal is None and known.problems == []
    assert [a.kode for a in open_actions("a", known.notulen)] == ["X"]


def test_two_minutes_of_one_id_are_told(tmp_path: Path) -> None:
    (tmp_path / "notulen").mkdir()
    for name in ("a", "b"):
        (tmp_path / "notulen" / f"{name}.yaml").write_text("jenis: notulen\nid: kembar\n", encoding="utf-8")
    (told,) = open_register(tmp_path).problems
    assert (told.code, Path(told.at.file or "").name, told.at.line) == ("KS381", "b.yaml", 2)


# ---------------------------------------------------------------------- what is printed


def test_the_very_words_of_a_point_are_printed_with_its_state() -> None:
    point = forms.register().butir("butir-beasiswa")
    assert point is not None
    text = lines(forms.record(EMPTY) | {"foto": []})
    assert text[text.index(point.teks.id) + 1] == "terbuka"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_every_photo_is_shown_with_its_caption_and_its_words(count: int) -> None:
    photos = [{"berkas": f"{n}.png", "keterangan": f"Foto ke-{n}"} for n in range(1, count + 1)]
    held = {photo["berkas"]: PNG + bytes([n]) for n, photo in enumerate(photos)}
    made = forms.printed(forms.record(PLAIN) | {"foto": photos}, pictures=lambda name: held[name])
    assert made.problems == ()
    paragraphs = list(read(made.data))
    captions = [f"Foto ke-{n}" for n in range(1, count + 1)]
    assert [q.text for q in paragraphs if q.style == "Keterangan Foto" and q.text] == captions
    assert [d for q in paragraphs if q.style == "Foto" for d in q.drawings] == captions
    assert set(held.values()) <= pictures_in(Package.read(made.data))
    assert ("Dokumentasi" in [q.text for q in paragraphs]) == bool(count)


def test_a_photo_that_does_not_reach_the_file_is_missed() -> None:
    photos = [{"berkas": "a.png", "keterangan": "Foto"}]
    made = forms.printed(forms.record(PLAIN) | {"foto": photos}, pictures=lambda _: JPEG)
    other = forms.printed(forms.record(PLAIN) | {"foto": photos}, pictures=lambda _: PNG)
    assert made.problems == other.problems == ()
    assert [(f.code, f.at.path) for f in verify_lembar(made.data, other.lembar)] == [("KS501", "foto.1.berkas")]


def test_rows_of_one_topic_share_their_number_topic_and_decision() -> None:
    made = forms.printed(forms.record(FIRST) | {"foto": []})
    assert made.problems == ()
    tree = Package.read(made.data).tree("word/document.xml")
    merged = [node.get(f"{W}val", "continue") for node in tree.iter(f"{W}vMerge")]
    assert merged == ["restart"] * 3 + ["continue"] * 3 + ["restart"] * 3


def test_a_long_discussion_repeats_its_head_on_every_page() -> None:
    tree = forms.record(PLAIN)
    topic = tree["pembahasan"][0]
    tree["pembahasan"] = [topic | {"tindakan": [topic["tindakan"][0] | {"kode": f"K{n}"}]} for n in range(1, 120)]
    made = forms.printed(tree)
    assert made.problems == ()
    document = Package.read(made.data).tree("word/document.xml")
    heads = [row for row in document.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert ["".join(t.text or "" for t in row.iter(f"{W}t")) for row in heads] == [
        "No.Pokok BahasanKeputusanTindakanPICMonitoring",
        "No.Bunyi butirStatus",
    ]


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("ident", "changes", "expected"),
    [
        (PLAIN, {"jam_selesai": "13.30"}, [("tolak", "KS380", "jam_selesai")]),
        (
            PLAIN,
            {"tanggal": "2026-11-23", "pembahasan.1.tindakan.1.tenggat": "2026-11-23"},
            [("peringatan", "KS380", "tanggal")],
        ),
        (
            PLAIN,
            {"pembahasan.1.tindakan.1.tenggat": "2025-02-23"},
            [("tolak", "KS380", "pembahasan.1.tindakan.1.tenggat")],
        ),
        (PLAIN, {"mitra": []}, [("tolak", "KS382", "mitra")]),
        (SECOND, {"tanggal": "2025-07-13"}, [("tolak", "KS380", "notulen_sebelumnya")]),
        (FIRST, {"notulen_sebelumnya": FIRST}, [("tolak", "KS381", "notulen_sebelumnya")]),
        (FIRST, {"notulen_sebelumnya": SECOND}, [("tolak", "KS381", "notulen_sebelumnya")]),
        (SECOND, {"tindak_lanjut.1.kode": "MGG-9"}, [("tolak", "KS383", "tindak_lanjut.1.kode")]),
        (
            SECOND,
            {"tindak_lanjut": [{"kode": "MGG-1", "status": "selesai"}] * 2},
            [("tolak", "KS383", "tindak_lanjut.2.kode")],
        ),
        (PLAIN, {"tindak_lanjut": [{"kode": "X", "status": "selesai"}]}, [("tolak", "KS383", "tindak_lanjut.1.kode")]),
        (
            SECOND,
            {"pembahasan.1.tindakan.1.kode": "MGG-2"},
            [("tolak", "KS383", "pembahasan.1.tindakan.1.kode")],
        ),
        (
            FIRST,
            {"pembahasan.1.tindakan.2.kode": "MGG-1"},
            [("tolak", "KS383", "pembahasan.1.tindakan.2.kode")],
        ),
        (EMPTY, {"butir.1.status": "disepakati"}, [("peringatan", "KS384", "butir.1.status")]),
    ],
)
def test_contradictions_are_told_at_their_place(
    ident: str, changes: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert forms.told(spoiled(forms.record(ident), changes)) == expected


def test_only_the_last_meeting_on_a_point_must_agree_with_its_record() -> None:
    earlier = copy.deepcopy(forms.record(EMPTY)) | {"id": "notulen-lebih-awal", "tanggal": "2026-10-01"}
    earlier["butir"][0]["status"] = "batal"
    assert forms.told(earlier) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"notulen_sebelumnya": "notulen-entah"}, ("KS381", "notulen_sebelumnya")),
        ({"butir": [{"butir": "butir-entah", "status": "terbuka"}]}, ("KS290", "butir.1.butir")),
        ({"mitra": [{"mitra": "entah"}]}, ("KS202", "mitra.1.mitra")),
        ({"foto": [{"berkas": "a.png", "keterangan": "Foto"}]}, ("KS385", "foto.1.berkas")),
    ],
)
def test_what_nobody_knows_is_refused_at_its_place(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert forms.refused(forms.record(PLAIN) | changes) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"jam_mulai": "25.00"}, ("KS173", "jam_mulai")),
        ({"jenis_rapat": "arisan"}, ("KS160", "jenis_rapat")),
        ({"pembahasan": []}, ("KS151", "pembahasan")),
    ],
)
def test_fields_are_held_to_their_form(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    found = forms.faults(forms.record(PLAIN) | changes)
    assert [path for _, path in found] == [expected[1]]


def test_short_words_of_a_row_are_taken_from_that_row() -> None:
    """The same person and state in an earlier list must not be taken for those of a later one."""
    text = lines(third(pic="Koordinator Magang Jurusan Teknik Elektro"))
    assert text.count("Koordinator Magang Jurusan Teknik Elektro") == 1
    assert text.count(": Koordinator Magang Jurusan Teknik Elektro") == 1


def test_times_are_told_in_the_zone_of_the_institution(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(samples.DATA, data, ignore=shutil.ignore_patterns("contoh-salah"))
    profile = data / "institusi" / "polibatam.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("[profil]\n", '[profil]\nzona_waktu = "WITA"\n', 1), encoding="utf-8")
    known = open_register(data)
    assert [line for line in lines(forms.record(SECOND)) if line.endswith(" WIB")] == [": 13.00–14.30 WIB"]
    assert [line for line in lines(forms.record(SECOND), known) if " WI" in line] == [": 13.00–14.30 WITA"]
    held = forms.printed(forms.record("daftar-hadir-magang-samudra-2025-07-14"), known)
    assert held.problems == () and ": 09.00–11.45 WITA" in [paragraph.text for paragraph in read(held.data)]


def test_a_zone_that_does_not_stand_on_the_page_is_missed() -> None:
    made = forms.printed(forms.record(SECOND))
    data = Template.open(forms.FORMS / "notulen" / "naskah.docx", filters=filters("id")).render(
        {**sheet_context(made.lembar), "zona_waktu": "GMT"}
    )
    assert [(p.code, p.at.path) for p in verify_lembar(data, made.lembar)] == [("KS501", "jam_mulai")]


def test_minutes_without_a_time_tell_no_zone() -> None:
    entry = summarize_notulen({"jenis": "notulen", "id": "x"}, zona="WIT")
    assert entry is not None and entry.pukul == ""
