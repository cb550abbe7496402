"""A rendered file is not believed: whatever is damaged in it, or typed into a template, is found and named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from lxml import etree

import samples
from ksdocs.docx.package import Package
from ksdocs.dokumen import Dokumen
from ksdocs.problems import Problem
from ksdocs.verification import verify, verify_alone

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any
Change = Callable[[Element], None]

OTHERS = ("PT Karya Lama Contoh",)


@cache
def rendered(kind: str = "pks", stage: str = "ditandatangani") -> tuple[Dokumen, bytes]:
    tree = samples.record({"pks": samples.PKS, "mou": samples.MOU}[kind]) | {"tahap": stage, "butir": []}
    tree["id"] = f"{kind}-diperiksa"
    tree["pihak"][0]["nomor"], tree["pihak"][1]["nomor"] = "701/X/VIII/2025", "702/Y/VIII/2025"
    report = samples.printed(tree)
    assert report.dokumen is not None
    return report.dokumen, report.artifacts[0].data


def damaged(change: Change, *, kind: str = "pks", part: str = "", stage: str = "ditandatangani") -> bytes:
    """The rendered document after `change` had its way with the tree of `part` (the body when not given)."""
    package = Package.read(rendered(kind, stage)[1])
    member = part or package.document_part
    tree = copy.deepcopy(package.tree(member))
    change(tree)
    return bytes(package.replace({member: etree.tostring(tree, xml_declaration=True, encoding="UTF-8")}))


def told(data: bytes, *, kind: str = "pks", stage: str = "ditandatangani") -> tuple[Problem, ...]:
    return verify(data, rendered(kind, stage)[0], others=OTHERS)


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {p.code for p in problems}


def text_of(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def paragraphs(tree: Element, words: str) -> list[Element]:
    found = [p for p in tree.iter(f"{W}p") if words in text_of(p)]
    assert found, words
    return found


def drop(words: str) -> Change:
    def change(tree: Element) -> None:
        first = paragraphs(tree, words)[0]
        first.getparent().remove(first)

    return change


def reword(old: str, new: str) -> Change:
    def change(tree: Element) -> None:
        for node in tree.iter(f"{W}t"):
            if node.text and old in node.text:
                node.text = node.text.replace(old, new, 1)
                return
        raise AssertionError(old)

    return change


def heading(old: str, new: str) -> Change:
    """The number of an article, where it stands alone as a heading."""

    def change(tree: Element) -> None:
        (paragraph,) = [p for p in tree.iter(f"{W}p") if text_of(p) == old]
        next(paragraph.iter(f"{W}t")).text = new

    return change


def add(words: str, *, before: str = "") -> Change:
    """A paragraph of the officer's own, at the end of the body or before the paragraph that holds `before`."""

    def change(tree: Element) -> None:
        made = etree.SubElement(etree.Element(f"{W}body"), f"{W}p")
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = words
        if before:
            paragraphs(tree, before)[0].addprevious(made)
        elif tree.tag == f"{W}document":
            tree.find(f"{W}body").find(f"{W}sectPr").addprevious(made)
        else:
            tree.append(made)

    return change


def hide(words: str) -> Change:
    def change(tree: Element) -> None:
        for run in paragraphs(tree, words)[0].iter(f"{W}r"):
            dress = run.find(f"{W}rPr")
            if dress is None:
                dress = etree.Element(f"{W}rPr")
                run.insert(0, dress)
            etree.SubElement(dress, f"{W}vanish")

    return change


def swap(first: str, second: str) -> Change:
    def change(tree: Element) -> None:
        one, two = paragraphs(tree, first)[0], paragraphs(tree, second)[0]
        mark: Element = etree.Element("mark")
        one.addprevious(mark)
        two.addprevious(one)
        mark.addprevious(two)
        mark.getparent().remove(mark)

    return change


def test_an_untouched_document_is_proved() -> None:
    for kind in ("mou", "pks"):
        for stage in ("draf", "ditandatangani"):
            assert told(rendered(kind, stage)[1], kind=kind, stage=stage) == ()


# ---------------------------------------------------------------------- what is missing or changed


@pytest.mark.parametrize(
    ("change", "code", "section"),
    [
        (drop("Ruang lingkup Perjanjian ini meliputi"), "KS501", "ruang_lingkup"),
        (drop("selanjutnya disebut PIHAK KEDUA"), "KS501", "komparisi"),
        (drop("secara bersama-sama disebut"), "KS501", "komparisi"),
        (drop("Pada hari ini"), "KS501", "pembuka"),
        (drop("sepakat untuk saling mengikatkan"), "KS501", "sepakat"),
        (drop("bermeterai cukup"), "KS501", "penutup"),
        (heading("Pasal 1", "Pasal 11"), "KS502", "definisi"),
        (heading("Pasal 5", ""), "KS502", "pelaksanaan"),
        (reword("berkewajiban:", "berhak:"), "KS501", "hak_kewajiban"),
        (reword("2 x 24", "3 x 24"), "KS501", "perlindungan_mahasiswa"),
        (reword("(dua puluh)", "(dua belas)"), "KS501", "pengakuan_sks"),
        (hide("Ruang lingkup Perjanjian ini meliputi"), "KS501", "ruang_lingkup"),
        (swap("menyeleksi dan membekali", "menugaskan dosen pembimbing"), "KS501", "hak_kewajiban"),
        (drop("PERJANJIAN KERJA SAMA"), "KS507", "judul"),
        (reword("701/X/VIII/2025", "701/X/VIII/2026"), "KS507", "nomor"),
        (drop("702/Y/VIII/2025"), "KS507", "nomor"),
        (drop("NIP 198002022005019992"), "KS508", "tanda_tangan"),
        (reword("NIP 198002022005019992", "NIP 198002022005019993"), "KS508", "tanda_tangan"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_is_lost_or_changed_is_named(change: Change, code: str, section: str) -> None:
    found = told(damaged(change))
    assert code in codes(found), [(p.code, dict(p.params)) for p in found]
    assert section in {p.params.get("substansi") for p in found if p.code == code}
    assert all(p.refuses for p in found)


def test_a_changed_signature_is_named() -> None:
    def change(tree: Element) -> None:
        last = paragraphs(tree, "Citra Misalnya")[-1]
        next(last.iter(f"{W}t")).text = "Citra Lainnya"

    assert {(p.code, p.params["substansi"]) for p in told(damaged(change))} == {("KS508", "tanda_tangan")}


def test_articles_that_changed_places_are_named() -> None:
    def change(tree: Element) -> None:
        body = tree.find(f"{W}body")
        children = list(body)
        starts = [n for n, p in enumerate(children) if text_of(p) in ("Pasal 3", "Pasal 4", "Pasal 5")]
        third, fourth = children[starts[0] : starts[1]], children[starts[1] : starts[2]]
        for node in fourth:
            third[0].addprevious(node)

    assert codes(told(damaged(change))) & {"KS501", "KS502"}


def test_one_lost_paragraph_is_told_once_and_does_not_drown_in_its_consequences() -> None:
    found = told(damaged(drop("menugaskan dosen pembimbing")))
    assert [(p.code, p.params["substansi"]) for p in found] == [("KS501", "hak_kewajiban")]


def test_a_document_without_any_words_is_told_in_few_problems() -> None:
    def change(tree: Element) -> None:
        for node in tree.iter(f"{W}t"):
            node.text = ""

    found = told(damaged(change))
    assert {"KS501", "KS507", "KS508"} <= codes(found)
    assert len([p for p in found if p.code == "KS501"]) == 5


# ---------------------------------------------------------------------- what a template adds of its own


def test_an_officer_may_add_lines_of_his_own() -> None:
    for words in (
        "Naskah ini dicetak pada kertas bebas asam.",
        "PARA PIHAK",
        "Sebagaimana dimaksud dalam Pasal 1, naskah ini disimpan oleh bagian umum.",
        "Jakarta dan Batam",
    ):
        assert told(damaged(add(words, before="Pada hari ini"))) == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Pasal 99", "KS504"),
        ("PASAL IX", "KS504"),
        ("BAB III", "KS504"),
        ("Kerja sama ini berlaku sampai 31 Desember 2023.", "KS505"),
        ("Ditandatangani pada 17-03-2019.", "KS505"),
        ("Biayanya Rp5.000.000,00 setiap bulan.", "KS505"),
        ("Pajak sebesar 11%.", "KS505"),
        ("Nomor 012/MOU.PL29/III/2019", "KS505"),
        ("PIHAK PERTAMA menyimpan naskah ini.", "KS505"),
        ("PIHAK KETIGA menjadi saksi.", "KS505"),
        ("Sebagaimana diatur dalam Pasal 99 ayat (2).", "KS505"),
        ("Hubungi bagian kerja sama PT Karya Lama Contoh.", "KS509"),
        ("Hubungi pt karya lama contoh.", "KS509"),
        ("Yth. {{ nama }}", "KS503"),
        ("{% if draf %}", "KS503"),
    ],
)
def test_what_a_template_may_not_add_is_found(words: str, code: str) -> None:
    for before in ("Pada hari ini", ""):
        found = told(damaged(add(words, before=before)))
        assert codes(found) == {code}, [(p.code, dict(p.params)) for p in found]
        assert all(p.at.paragraph == words for p in found)


@pytest.mark.parametrize("where", ["header", "footer"])
def test_headers_and_footers_are_read_too(where: str) -> None:
    package = Package.read(rendered()[1])
    part = (package.headers if where == "header" else package.footers)[0]
    assert codes(told(damaged(add("PT Karya Lama Contoh"), part=part))) == {"KS509"}
    assert codes(told(damaged(add("Berlaku sampai 31 Desember 2023"), part=part))) == {"KS505"}


def test_a_value_that_looks_like_a_tag_is_no_leftover() -> None:
    tree = samples.changed(samples.PKS, pelaksanaan__1="Isi {{ kolom }} pada formulir {% daring %}")
    report = samples.printed(tree)
    assert report.dokumen is not None
    assert verify(report.artifacts[0].data, report.dokumen) == ()


def test_a_fact_of_the_document_may_be_said_again() -> None:
    assert told(damaged(add("Ditandatangani oleh PIHAK KESATU dan PIHAK KEDUA, Nomor 701/X/VIII/2025."))) == ()


# ---------------------------------------------------------------------- the mark of a draft


def test_a_draft_that_does_not_say_so_is_refused() -> None:
    package = Package.read(rendered(stage="draf")[1])

    def change(tree: Element) -> None:
        for paragraph in tree.iter(f"{W}p"):
            for child in list(paragraph):
                paragraph.remove(child)

    for part in package.headers:
        assert "KS506" in codes(told(damaged(change, part=part, stage="draf"), stage="draf"))


def test_what_is_no_draft_must_not_say_so() -> None:
    part = Package.read(rendered()[1]).headers[0]
    assert codes(told(damaged(add("DRAF"), part=part))) == {"KS506"}


def test_a_document_is_proved_against_its_own_record_only() -> None:
    other = rendered("mou")[0]
    assert {"KS501", "KS507"} <= codes(verify(rendered("pks")[1], other))


# ---------------------------------------------------------------------- broken files, and files alone


def test_a_broken_file_is_a_problem_and_not_an_exception() -> None:
    for data in (b"", b"PK\x03\x04", rendered()[1][:-40], b"%PDF-1.7"):
        for found in (told(data), verify_alone(data)):
            assert found
            assert all(p.refuses and p.code.startswith("KS4") for p in found)


def test_an_untouched_document_agrees_with_itself() -> None:
    for kind in ("mou", "pks"):
        assert verify_alone(rendered(kind)[1]) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (heading("Pasal 4", "Pasal 14"), "KS511"),
        (heading("Pasal 4", ""), "KS511"),
        (add("Ketentuan ini mengikuti Pasal 78."), "KS512"),
        (add("Diadakan pada Selasa, 4 Agustus 2025."), "KS513"),
        (add("Sebesar Rp2.000.000,00 (dua ribu rupiah)."), "KS513"),
        (add("{{ nama }}"), "KS503"),
    ],
)
def test_a_document_alone_is_held_against_itself(change: Change, code: str) -> None:
    assert code in codes(verify_alone(damaged(change)))


def test_the_article_of_a_law_is_no_reference_that_points_nowhere() -> None:
    words = "Sesuai dengan Pasal 78 Undang-Undang Nomor 12 Tahun 2012 dan Undang-Undang Nomor 3 Tahun 2014 Pasal 99."
    assert verify_alone(damaged(add(words))) == ()


def test_a_document_that_others_made_is_pointed_out() -> None:
    package = Package.read(rendered()[1])
    assert package.custom_properties is not None

    def change(tree: Element) -> None:
        for node in list(tree):
            tree.remove(node)

    found = verify_alone(damaged(change, part=package.custom_properties))
    assert [(p.code, p.refuses) for p in found] == [("KS514", False)]
