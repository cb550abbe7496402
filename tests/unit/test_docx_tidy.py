"""Templates made tidy: tags whole, marks of Word gone, and nothing of what is printed changed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lxml import etree

import forms
import samples
from cli_runs import call
from docx_specimens import W, docx, p, r
from ksdocs.bahasa import filters
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import view
from ksdocs.docx.tidy import tidy
from ksdocs.pipeline import render

PROOF = '<w:proofErr w:type="spellStart"/>'
LANG = '<w:lang w:val="en-US"/>'
LAYOUTS = sorted(samples.TEMPLATES.rglob("naskah.docx"))


def body(data: bytes) -> str:
    return Package.read(data).xml("word/document.xml").decode().partition("<w:body>")[2]


def pieces(*runs: str) -> bytes:
    return docx("<w:p>" + "".join(runs) + "</w:p>")


def text_runs(data: bytes) -> list[str]:
    return re.findall(r"<w:t[^>]*>([^<]*)</w:t>", body(data))


def test_a_tag_that_word_has_cut_is_one_run_again() -> None:
    cut = pieces(r("Nama: {"), PROOF, r("{ na", LANG), r("ma }", ""), PROOF, r("} selesai"))
    done = tidy(cut)
    assert text_runs(done.data) == ["Nama: {{ nama }} selesai"]
    assert (done.utuh, done.dibuang, done.masalah) == (1, 2, ())


def test_marks_of_editing_sessions_go() -> None:
    cut = docx('<w:p w:rsidR="00AA" w:rsidRDefault="00AB"><w:r w:rsidRPr="00AC"><w:t>{{ a }}</w:t></w:r></w:p>')
    assert "rsid" not in body(tidy(cut).data)


def test_the_bookmark_of_the_last_place_edited_does_not_cut_a_tag() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_GoBack"/>', '<w:bookmarkEnd w:id="1"/>'
    assert text_runs(tidy(pieces(r("{{ a"), *mark, r(" }}"))).data) == ["{{ a }}"]


def test_a_mark_of_an_old_page_end_does_not_cut_a_tag() -> None:
    run = "<w:r><w:t>{{ nama</w:t><w:lastRenderedPageBreak/><w:t>_mitra }}</w:t></w:r>"
    assert text_runs(tidy(pieces(run)).data) == ["{{ nama_mitra }}"]


def test_what_may_be_meant_stays_and_the_tag_that_it_cuts_is_told() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="pasal"/>', '<w:bookmarkEnd w:id="1"/>'
    done = tidy(pieces(r("{{ a"), *mark, r(" }}"), PROOF))
    assert [m.code for m in done.masalah] == ["KS888"]
    assert "{{ a }}" in done.masalah[0].message("id") and "pasal" in body(done.data)


def test_text_outside_of_tags_keeps_its_dress() -> None:
    done = tidy(pieces(r("Yth. "), PROOF, r("{{ a", "<w:b/>"), r(" }}", "<w:b/>"), r(" biasa")))
    assert text_runs(done.data) == ["Yth. ", "{{ a }}", " biasa"]
    assert body(done.data).count("<w:b/>") == 1


def test_an_open_brace_swallows_no_paragraph() -> None:
    done = tidy(pieces(PROOF, r("himpunan {"), r("a, b", "<w:b/>"), r("} dan {{ tidak"), r(" ditutup", "<w:i/>")))
    assert text_runs(done.data) == ["himpunan {", "a, b", "} dan {{ tidak", " ditutup"]


def test_what_is_tidy_stays_byte_for_byte() -> None:
    for layout in LAYOUTS:
        data = layout.read_bytes()
        assert tidy(data).data == data


# ---------------------------------------------------------------------- nothing that is printed changes


def look(data: bytes) -> list[tuple[str, list[tuple[bytes, str]]]]:
    """Of each paragraph of each part: what it looks like and says, however it is cut into runs."""
    out = []
    package = Package.read(data)
    for part in package.text_parts:
        for paragraph in package.tree(part).iter(f"{{{W}}}p"):
            said: list[tuple[bytes, str]] = []
            for run in paragraph.iter(f"{{{W}}}r"):
                dress = run.find(f"{{{W}}}rPr")
                worn = etree.tostring(dress, method="c14n", with_tail=False) if dress is not None else b""
                names = ((n, n.tag.rpartition("}")[2]) for n in run if n is not dress)
                text = "".join((n.text or "") if name == "t" else f"<{name}>" for n, name in names)
                if not text:
                    continue
                if said and said[-1][0] == worn:
                    text = said.pop()[1] + text
                said.append((worn, text))
            out.append((part, said))
    return out


def cut_up(data: bytes, seed: int) -> bytes:
    """`data` as Word may leave it: every run cut at places of chance, with marks of spelling and sessions between."""
    chance = random.Random(seed)
    package = Package.read(data)
    changes = {}
    for part in package.text_parts:
        xml = package.xml(part).decode()
        changes[part] = re.sub(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]+)</w:t></w:r>",
                               lambda m: _cut(m[1] or "", m[2], chance), xml).encode()  # fmt: skip
    return package.replace(changes)


def _cut(dress: str, text: str, chance: random.Random) -> str:
    """One run as several; entities stay whole."""
    signs = re.findall(r"&\w+;|.", text, re.DOTALL)
    places = sorted({chance.randrange(1, len(signs)) for _ in range(3)}) if len(signs) > 1 else []
    out = []
    for start, end in zip([0, *places], [*places, len(signs)], strict=True):
        session = f"{chance.randrange(1, 2**32):08X}"
        piece = "".join(signs[start:end])
        out.append(f'<w:r w:rsidR="{session}">{dress}<w:t xml:space="preserve">{piece}</w:t></w:r>')
    return f"{PROOF}".join(out)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.parent.name)
def test_a_shipped_layout_cut_up_by_word_becomes_what_it_was(layout: Path) -> None:
    data = layout.read_bytes()
    cut = cut_up(data, seed=len(data))
    done = tidy(cut)
    assert done.utuh > 0 and done.masalah == ()
    assert view(done.data) == view(cut) == view(data)
    for part in Package.read(data).text_parts:
        assert Package.read(done.data).xml(part).count(b"<w:t") <= Package.read(data).xml(part).count(b"<w:t")


@pytest.mark.parametrize("ident", [samples.MOU, samples.PKS])
def test_an_agreement_prints_the_same_before_and_after(ident: str, tmp_path: Path) -> None:
    printed = []
    for name, change in (("cut", lambda d: d), ("tidy", lambda d: tidy(d).data)):
        folder = tmp_path / name / ident.partition("-")[0]
        folder.mkdir(parents=True)
        whole = samples.TEMPLATES / folder.name
        for file in whole.rglob("*"):
            if file.is_file():
                target = folder / file.relative_to(whole)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(file.read_bytes())
        layout = folder / "naskah.docx"
        layout.write_bytes(change(cut_up(layout.read_bytes(), seed=7)))
        report = render(samples.source(ident), samples.office(templates=tmp_path / name), today=samples.TODAY)
        assert not report.refused
        printed.append(report.artifacts[0].data)
    assert look(printed[0]) == look(printed[1])


@pytest.mark.parametrize("kind", ["usulan", "notulen", "program"])
def test_a_form_prints_the_same_before_and_after(kind: str) -> None:
    sheet = forms.sheet(forms.tree(kind))
    cut = cut_up((forms.folder(kind) / "naskah.docx").read_bytes(), seed=3)
    context = sheet_context(sheet)
    before, after = (Template.open(data, filters=filters("id")).render(context) for data in (cut, tidy(cut).data))
    assert look(before) == look(after)


def test_a_tag_in_two_dresses_prints_the_same_before_and_after() -> None:
    cut = pieces(r("{{ a"), PROOF, r(" }} sesudahnya", "<w:b/>"), r(" biasa"))
    done = tidy(cut)
    before, after = (Template.open(data).render({"a": "isi"}) for data in (cut, done.data))
    assert look(before) == look(after)


# ---------------------------------------------------------------------- the command


def test_the_file_is_replaced_only_with_a_copy_of_it_beside(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    cut = pieces(r("{{ na"), PROOF, r("ma }}"))
    file.write_bytes(cut)
    (tmp_path / "naskah.cadangan.docx").write_bytes(b"milik petugas")
    run = call(["template", "tidy", str(file)])
    assert run.code == 0 and "1 tag disambung" in run.out
    assert (tmp_path / "naskah.cadangan.docx").read_bytes() == b"milik petugas"
    assert (tmp_path / "naskah.cadangan-2.docx").read_bytes() == cut
    assert text_runs(file.read_bytes()) == ["{{ nama }}"]
    again = call(["template", "tidy", str(file)])
    assert again.code == 0 and "sudah rapi" in again.out
    assert len(list(tmp_path.iterdir())) == 3


def test_with_o_the_file_itself_stays(tmp_path: Path) -> None:
    file, out = tmp_path / "naskah.docx", tmp_path / "rapi.docx"
    cut = pieces(r("{{ na"), PROOF, r("ma }}"))
    file.write_bytes(cut)
    assert call(["template", "tidy", str(file), "-o", str(out)]).code == 0
    assert file.read_bytes() == cut and text_runs(out.read_bytes()) == ["{{ nama }}"]
    run = call(["template", "tidy", str(file), "-o", str(out)])
    assert run.code == 1 and "KS021" in run.err


def test_what_is_no_word_file_is_one_clear_problem(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_text("bukan", encoding="utf-8")
    run = call(["template", "tidy", str(file)])
    assert run.code == 1 and "KS402" in run.err


# ---------------------------------------------------------------------- hyperlinks and the like


def test_tags_within_links_and_boxes_are_joined_too() -> None:
    link = f"<w:hyperlink>{r('{{ a')}{PROOF}{r(' }}')}</w:hyperlink>"
    assert text_runs(tidy(pieces(link)).data) == ["{{ a }}"]


def test_lines_and_tabs_within_runs_stay_where_they_are() -> None:
    run = "<w:r><w:t>{{ nama</w:t></w:r>" + PROOF + "<w:r><w:t>_mitra }}</w:t><w:tab/><w:t>x</w:t><w:br/></w:r>"
    cut = pieces(run, r("akhir"))
    assert view(tidy(cut).data) == view(cut)
    assert text_runs(tidy(cut).data)[0] == "{{ nama_mitra }}"


def test_blanks_that_word_does_not_show_are_not_brought_to_light() -> None:
    cut = pieces("<w:r><w:t>satu {{ a</w:t></w:r>", PROOF, "<w:r><w:t> }} dua </w:t></w:r>")
    assert view(tidy(cut).data) == view(cut)
    assert [m.code for m in tidy(cut).masalah] == ["KS888"]


def test_paragraphs_without_tags_are_left_alone() -> None:
    data = docx(p("biasa"))
    assert tidy(data).data == data
