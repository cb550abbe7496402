"""The Word templates that ksdocs ships: sound, readable in a diff, and complete in what they print."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import Paragraf, properties, read, view
from ksdocs.docx.values import Gap, InlineImage, Run, Runs, Table

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").glob("*/naskah.docx"))
BLANK_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101005aa7"
    "1b5d0000000049454e44ae426082"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GAYA = {
    "paragraf": "Paragraf",
    "paragraf2": "Paragraf Lanjutan",
    "ayat": "Ayat",
    "huruf1": "Huruf Tingkat 1",
    "huruf2": "Huruf Tingkat 2",
    "angka2": "Angka Tingkat 2",
    "angka3": "Angka Tingkat 3",
    "nomor": "Butir Bernomor",
}
"""What a block is → the paragraph style in which it is printed."""

each_template = pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.parent.name)


def rich(text: str) -> Runs:
    return Runs([Run(text, lang="id-ID")])


def block(gaya: str, nomor: str = "", isi: str = "Isi.", *, jangkar: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {"gaya": gaya, "nomor": nomor, "isi": rich(isi), "jangkar": jangkar}
    if gaya == "tabel":
        cells = (rich("No"), rich("Uraian"))
        made["tabel"] = Table(cells, (cells,), (1, 4), ("center", "left"), keep_next=jangkar)
    return made


def party(number: int, **other: Any) -> dict[str, Any]:
    return {
        "label": f"PIHAK {number}",
        "nama": rich(f"Lembaga {number} & Rekan"),
        "nomor": rich(f"{number}/X"),
        "ada_nomor": True,
        "logo": InlineImage(BLANK_PNG, 26, 26, f"Logo Lembaga {number}"),
        "ada_logo": True,
        **other,
    }


def signature(number: int, **other: Any) -> dict[str, Any]:
    return {
        "kosong": False,
        "label": f"PIHAK {number}",
        "lembaga": rich(f"Lembaga {number}"),
        "jabatan": rich("Direktur"),
        "nama": rich(f"Penanda Tangan {number}, M.Si."),
        "ada_nip": number == 1,
        "nip": "NIP 1" if number == 1 else "",
        "ada_tempat_tanggal": False,
        "tempat_tanggal": "",
        "meterai": False,
        "emeterai": False,
        **other,
    }


def context(parties: int = 2, **other: Any) -> dict[str, Any]:
    """A small document; `other` replaces its names."""
    pihak = [party(n) for n in range(1, parties + 1)]
    cells = [signature(n) for n in range(1, parties + 1)]
    cells += [signature(0, kosong=True)] * (parties % 2)
    last = block("ayat", "(2)", "Dibuat dalam rangkap dua.", jangkar=True)
    return {
        "draf": False,
        "rahmat": False,
        "judul_jenis": rich("NOTA KESEPAHAMAN"),
        "antara": "ANTARA",
        "penghubung": "DAN",
        "kata_tentang": "TENTANG",
        "tentang": rich("Kerja Sama"),
        "pihak": pihak,
        "logo": pihak,
        "pembuka": [block("paragraf", isi="Pada hari ini:")],
        "komparisi": [block("nomor", "1.", "Nama;"), block("paragraf", isi="secara bersama-sama:")],
        "premis": [block("huruf1", "a.", "bahwa;")],
        "sepakat": [block("paragraf", isi="sepakat:")],
        "pasal": [{"nomor": rich("Pasal 1"), "judul": rich("Penutup"), "blok": [last], "terakhir": True}],
        "ttd": [cells[n : n + 2] for n in range(0, len(cells), 2)],
        "paraf": False,
        "paraf_pihak": [],
        "lampiran": [],
        "asli": "",
        "kaki": "Nota — x",
        **other,
    }


def article(*blocks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"nomor": rich("Pasal 1"), "judul": rich("Judul"), "blok": list(blocks), "terakhir": True}]


def rendered(file: Path, parties: int = 2, **other: Any) -> list[Paragraf]:
    data = Template.open(file).render(context(parties, **other))
    assert [p for p in check(data) if p.refuses] == []
    return list(read(data))


def lines(paragraphs: list[Paragraf], style: str) -> list[str]:
    return [p.text for p in paragraphs if p.style == style]


def part(file: Path, member: str) -> etree._Element:
    return Package.read(file).tree(member)


# ---------------------------------------------------------------------- the files


def test_both_kinds_of_the_main_job_have_a_template() -> None:
    assert {"mou", "pks"} <= {f.parent.name for f in TEMPLATES}


@each_template
def test_a_template_is_sound(file: Path) -> None:
    assert check(file, template=True) == []


@each_template
def test_the_text_twin_says_what_the_template_says(file: Path) -> None:
    twin = file.with_suffix(".txt")
    assert twin.read_text(encoding="utf-8") == view(file), f"write {twin.relative_to(ROOT)} anew: ksdocs.docx.text.view"


@each_template
def test_a_template_asks_only_for_what_it_is_given(file: Path) -> None:
    assert set(Template.open(file).variables) <= set(context())


@each_template
def test_numbers_are_text_and_word_numbers_nothing(file: Path) -> None:
    assert all(p.numbering is None for p in read(file))
    assert "word/numbering.xml" not in Package.read(file)


@each_template
def test_every_paragraph_has_a_style_of_its_own_and_no_dress_of_its_own(file: Path) -> None:
    package = Package.read(file)
    for member in package.text_parts:
        tree = package.tree(member)
        for properties_ in tree.iter(f"{W}pPr"):
            assert [c.tag for c in properties_] == [f"{W}pStyle"]
        dressed = [c.tag for r in tree.iter(f"{W}rPr") for c in r if c.tag not in (f"{W}rStyle", f"{W}noProof")]
        assert dressed == []


@each_template
def test_the_language_is_indonesian_by_default_and_by_the_basic_style(file: Path) -> None:
    tree = part(file, "word/styles.xml")
    assert [lang.get(f"{W}val") for lang in tree.iter(f"{W}lang")] == ["id-ID", "id-ID"]
    assert properties(file)["core"]["language"] == "id-ID"


@each_template
def test_the_page_is_a4_and_word_is_in_its_present_mode(file: Path) -> None:
    size = part(file, "word/document.xml").find(f".//{W}pgSz")
    assert size is not None and (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    modes = {s.get(f"{W}name"): s.get(f"{W}val") for s in part(file, "word/settings.xml").iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"


@each_template
def test_headings_are_real_and_stay_with_what_follows(file: Path) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(file, "word/styles.xml").iter(f"{W}style")}
    for style_id, level in (("Heading1", "0"), ("Heading2", "1")):
        style = styles[style_id]
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        assert outline is not None and outline.get(f"{W}val") == level
        assert style.find(f"{W}pPr/{W}keepNext") is not None


# ---------------------------------------------------------------------- what they print


@each_template
@pytest.mark.parametrize("jangkar", [False, True], ids=["plain", "last"])
def test_every_kind_of_block_is_printed_in_its_style_with_its_number(file: Path, jangkar: bool) -> None:
    for gaya, style in GAYA.items():
        numbered = not gaya.startswith("paragraf")
        paragraphs = rendered(file, pasal=article(block(gaya, "(7)" if numbered else "", "Bunyi.", jangkar=jangkar)))
        expected = "(7)\tBunyi." if numbered else "Bunyi."
        assert lines(paragraphs, f"{style} Lekat" if jangkar else style) == [expected], gaya


@each_template
def test_the_last_block_of_any_kind_is_kept_with_the_signatures(file: Path) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(file, "word/styles.xml").iter(f"{W}style")}

    def kept(style_id: str | None) -> bool:
        while style_id is not None:
            style = styles[style_id]
            if style.find(f"{W}pPr/{W}keepNext") is not None:
                return True
            base = style.find(f"{W}basedOn")
            style_id = None if base is None else base.get(f"{W}val")
        return False

    for gaya in (*GAYA, "tabel"):
        data = Template.open(file).render(context(pasal=article(block(gaya, "a.", "Bunyi.", jangkar=True))))
        body = list(Package.read(data).tree("word/document.xml")[0])
        tables = [n for n, node in enumerate(body) if node.tag == f"{W}tbl"]
        anchor = body[tables[-1] - 1].find(f"{W}pPr/{W}pStyle")
        assert anchor is not None and kept(anchor.get(f"{W}val")), gaya
        signed = [s.get(f"{W}val") for s in body[tables[-1]].iter(f"{W}pStyle")]
        assert signed and all(kept(s) for s in signed)
        rows = list(body[tables[-1]].iter(f"{W}tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@each_template
def test_a_table_keeps_its_look_and_is_parted_from_the_next_one(file: Path) -> None:
    data = Template.open(file).render(context(pasal=article(block("tabel"), block("tabel"), block("paragraf"))))
    body = list(Package.read(data).tree("word/document.xml")[0])
    looks = [t.find(f"{W}tblPr/{W}tblStyle") for t in body if t.tag == f"{W}tbl"]
    assert [x.get(f"{W}val") for x in looks if x is not None].count("TabelNaskah") == 2
    assert all(not (a.tag == b.tag == f"{W}tbl") for a, b in pairwise(body))


@each_template
@pytest.mark.parametrize("parties", [2, 3, 4, 5, 9])
def test_every_party_stands_in_the_title_with_logo_and_number_and_signs(file: Path, parties: int) -> None:
    paragraphs = rendered(file, parties)
    names = [f"Lembaga {n} & Rekan" for n in range(1, parties + 1)]
    assert lines(paragraphs, "Judul Pihak") == names
    assert lines(paragraphs, "Subjudul Naskah") == ["ANTARA", *["DAN"] * (parties - 1), "TENTANG"]
    assert lines(paragraphs, "Nomor Naskah") == [f"NOMOR: {n}/X" for n in range(1, parties + 1)]
    assert [d for p in paragraphs for d in p.drawings] == [f"Logo Lembaga {n}" for n in range(1, parties + 1)]
    signed = [f"Penanda Tangan {n}, M.Si." for n in range(1, parties + 1)]
    assert lines(paragraphs, "Tanda Tangan Nama") == signed
    assert lines(paragraphs, "Tanda Tangan Label") == [f"PIHAK {n}" for n in range(1, parties + 1)]


@each_template
def test_a_party_without_logo_or_number_leaves_no_trace_of_either(file: Path) -> None:
    bare = party(2, ada_logo=False, logo="", ada_nomor=False, nomor="")
    paragraphs = rendered(file, pihak=[party(1), bare], logo=[bare, party(1)])
    assert lines(paragraphs, "Nomor Naskah") == ["NOMOR: 1/X"]
    assert lines(paragraphs, "Logo Kiri") == [""]
    assert [d for p in paragraphs for d in p.drawings] == ["Logo Lembaga 1"]
    none = rendered(file, pihak=[bare, bare], logo=[bare, bare])
    assert not [p for p in none if p.style.startswith("Logo")]


@each_template
def test_draf_stands_in_the_header_of_a_draft_and_nowhere_else(file: Path) -> None:
    def marks(paragraphs: list[Paragraf]) -> list[str]:
        return [w for p in paragraphs if "header" in p.part for w in (p.text, *p.drawings) if w]

    assert marks(rendered(file)) == []
    assert any(m == "DRAF" for m in marks(rendered(file, draf=True)))
    assert not [p for p in rendered(file, draf=True) if "header" not in p.part and "DRAF" in p.text]


@each_template
def test_the_invocation_is_printed_only_when_asked_for(file: Path) -> None:
    assert lines(rendered(file), "Rahmat") == []
    assert lines(rendered(file, rahmat=True), "Rahmat") == ["DENGAN RAHMAT TUHAN YANG MAHA ESA"]


@each_template
def test_the_slot_for_the_stamp_moves_nothing_else(file: Path) -> None:
    def texts(**stamp: bool) -> list[str]:
        paragraphs = rendered(file, ttd=[[signature(1), signature(2, **stamp)]])
        return [p.text for p in paragraphs if p.text and p.style != "Meterai"]

    assert texts(meterai=True) == texts() == texts(emeterai=True)
    assert lines(rendered(file, ttd=[[signature(1, meterai=True), signature(2)]]), "Meterai") == ["Meterai\nRp10.000"]


@each_template
def test_the_slot_of_a_signature_alone_in_its_row_is_no_wider_than_the_others(file: Path) -> None:
    alone = [signature(3, emeterai=True), signature(0, kosong=True)]
    paragraphs = rendered(file, 3, ttd=[[signature(1, meterai=True), signature(2)], alone])
    assert lines(paragraphs, "Meterai") == ["Meterai\nRp10.000"]
    assert lines(paragraphs, "Meterai Tunggal") == ["Meterai\nelektronik"]


@each_template
def test_gaps_to_fill_in_by_hand_are_not_stretched_over_the_line(file: Path) -> None:
    by_hand = Runs([Run("tanggal "), Gap(16), Run(", yang bertanda tangan:")])
    paragraphs = rendered(file, pembuka=[{"gaya": "paragraf", "nomor": "", "isi": by_hand, "jangkar": False}])
    assert lines(paragraphs, "Pembuka Isian Tangan") == [f"tanggal {'_' * 16}, yang bertanda tangan:"]
    assert lines(paragraphs, "Pembuka") == []


@each_template
def test_place_and_date_stand_above_each_signature_when_signed_apart(file: Path) -> None:
    apart = [signature(n, ada_tempat_tanggal=True, tempat_tanggal=rich("Batam, ______")) for n in (1, 2)]
    assert lines(rendered(file, ttd=[apart]), "Tanda Tangan Tempat") == ["Batam, ______"] * 2


@each_template
def test_each_attachment_begins_a_page_under_a_heading(file: Path) -> None:
    attached = {"nomor": rich("LAMPIRAN I"), "judul": rich("Rincian"), "blok": [block("tabel"), block("ayat", "(1)")]}
    paragraphs = rendered(file, lampiran=[attached])
    heading = next(p for p in paragraphs if p.text == "LAMPIRAN I")
    assert (heading.style, heading.outline) == ("Lampiran Nomor", 1)
    styles = {s.get(f"{W}styleId"): s for s in part(file, "word/styles.xml").iter(f"{W}style")}
    assert styles["LampiranNomor"].find(f"{W}pPr/{W}pageBreakBefore") is not None


@each_template
def test_the_footer_counts_pages_by_fields_and_has_paraf_boxes_on_request(file: Path) -> None:
    (foot,) = [p for p in rendered(file) if p.part.startswith("word/footer")]
    assert foot.text == "Nota — x\tHalaman 1 dari 1"
    assert [f.name for f in foot.fields] == ["PAGE", "NUMPAGES"]
    boxed = [p.text for p in rendered(file, 3, paraf=True) if p.style == "Paraf" and p.text]
    assert boxed == ["PIHAK 1", "PIHAK 2", "PIHAK 3"]


@each_template
def test_nothing_of_the_template_itself_is_left_on_the_page(file: Path) -> None:
    paragraphs = rendered(file, 3, draf=True, rahmat=True, paraf=True)
    assert not [p.text for p in paragraphs if p.style == "Perintah Templat" or re.search(r"[{}]|None|True", p.text)]


@pytest.mark.ooxml_sdk
@each_template
def test_word_s_own_validator_finds_nothing_in_a_template_or_in_what_it_prints(
    file: Path, ooxml_validator: str, tmp_path: Path
) -> None:
    filled = tmp_path / "filled.docx"
    blocks = [block(g, "1.") for g in (*GAYA, "tabel")]
    filled.write_bytes(Template.open(file).render(context(3, draf=True, paraf=True, pasal=article(*blocks))))
    for document in (file, filled):
        run = subprocess.run([ooxml_validator, str(document)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout
