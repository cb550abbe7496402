"""Other formats, made by the real programs; and what is said when those programs misbehave."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from docx_specimens import docx as specimen
from docx_specimens import field, p
from ksdocs.convert import FORMATS, check_input, convert, convert_pdfs, missing_tool
from ksdocs.convert.bulk import Made
from ksdocs.convert.libreoffice import find_soffice
from ksdocs.convert.pandoc import NOTICES, find_pandoc, to_reading_copy
from ksdocs.convert.pool import PdfPool
from ksdocs.problems import ConvertError, MissingToolError, Problem

TITLE = "Perjanjian Kerja Sama “Magang & Riset”"
READING_COPIES = ("html", "odt", "md")


def png() -> bytes:
    """A picture of one white dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")


def agreement(text: str = "Ruang lingkup meliputi magang.") -> bytes:
    """A .docx with a title, a language, headings, a table and a picture with alternative text."""
    document: Any = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.language = "id-ID"
    (language,) = document.styles.element.xpath("//w:docDefaults//w:lang")
    language.set(qn("w:val"), "id-ID")
    document.add_heading("Pasal 1", level=1)
    document.add_paragraph(text)
    document.add_paragraph("<script>alert(1)</script> & {{ bukan_tag }}")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "PIHAK KESATU", "Rp1.500.000,00"
    picture = document.add_picture(io.BytesIO(png()))
    picture._inline.docPr.set("descr", "Lambang contoh")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def program(folder: Path, body: str, name: str = "soffice") -> Path:
    """An executable that stands in for a converter that goes wrong."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


LAST_TWO = 'for f; do [ "$f" = --outdir ] && next=1 && continue; [ "$next" = 1 ] && out=$f && next=0; done; in=$f'
"""Shell: `$out` is the folder for PDFs, `$in` the last document."""


def to_pdf(document: bytes, soffice: Path, timeout_s: float = 60) -> Made:
    with PdfPool(soffice=soffice, timeout_s=timeout_s) as pool:
        (made,) = pool.submit([document], lambda _, made: made).result()
    return made


def only(made: Made) -> Problem:
    assert isinstance(made, list), made
    (fault,) = made
    for language in ("id", "en"):
        assert not re.search(r"\{\w+\}", fault.message(language) + fault.hint(language))
    return fault


def refused(caught: pytest.ExceptionInfo[Any]) -> list[str]:
    return [fault.code for fault in caught.value.problems]


def words_of(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


# ------------------------------------------------------------------ the real programs


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_a_pdf_is_archivable_accessible_and_carries_title_and_language() -> None:
    pdf = convert(agreement(), "pdf")
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Title: +(.*)$", info, re.MULTILINE)[1] == TITLE  # type: ignore[index]
    assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
    meta = subprocess.run(["pdfinfo", "-meta", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "<pdfaid:part>2</pdfaid:part>" in meta and "<pdfaid:conformance>B</pdfaid:conformance>" in meta
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert b"/Lang(id-ID)" in pdf
    assert "Ruang lingkup meliputi magang." in words_of(pdf)


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_many_documents_become_pdfs_in_their_order_and_a_faulty_one_stops_none() -> None:
    made = convert_pdfs([agreement("Naskah kesatu."), b"bukan docx", agreement("Naskah ketiga.")])
    first, fault, third = made
    assert isinstance(first, bytes) and "Naskah kesatu." in words_of(first)
    assert isinstance(third, bytes) and "Naskah ketiga." in words_of(third)
    assert isinstance(fault, list) and [f.code for f in fault] == ["KS402"]


def long_text(before: int, gap: int) -> bytes:
    """A .docx of 140 lines; a heading of two lines follows the first `before`, `gap` twips further down."""
    line = '<w:spacing w:before="0" w:after="0" w:line="400" w:lineRule="exact"/>'
    kept = "<w:keepNext/><w:keepLines/>"
    body = [p("Isi.", ppr=line) for _ in range(before - 1)]
    body.append(p("Isi.", ppr=line.replace('w:after="0"', f'w:after="{gap}"')))
    body += [p("Pasal 2", ppr=kept + line), p("JUDUL PASAL", ppr=kept + line)]
    body.append(p("Kata pasal ini panjang. " * 8, ppr="<w:widowControl/>" + line))
    body += [p("Isi.", ppr=line) for _ in range(137 - before)]
    sides = "".join(f' w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    margins = f'<w:pgMar{sides} w:header="720" w:footer="720" w:gutter="0"/>'
    return specimen("".join(body) + f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>')


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_no_heading_stays_at_the_foot_of_a_page_wherever_it_stands_in_a_long_document() -> None:
    """LibreOffice lays out by guessed page ends, after so many paragraphs, unless it is kept from it."""
    cases = [(before, gap) for before in (18, 19, 23, 24) for gap in range(2600, 4000, 200)]
    left = {}
    for case, pdf in zip(cases, convert_pdfs([long_text(*case) for case in cases]), strict=True):
        assert isinstance(pdf, bytes), pdf
        pages = [page.split() for page in words_of(pdf).split("\f")]
        if any(page[-2:] in (["Pasal", "2"], ["JUDUL", "PASAL"]) for page in pages):
            left[case] = [page[-2:] for page in pages]
    assert left == {}


@pytest.mark.libreoffice
def test_two_conversions_at_once_do_not_lock_each_other_out() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda n: convert(agreement(f"Naskah {n}."), "pdf"), range(2)))
    assert all(pdf.startswith(b"%PDF-") for pdf in made)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("format", READING_COPIES)
def test_a_reading_copy_says_first_that_it_is_not_the_document(format: str, language: str) -> None:
    text = readable(convert(agreement(), format, language=language, title=TITLE), format)
    assert text.lstrip().startswith(NOTICES[language])
    for words in ("Pasal 1", "Ruang lingkup meliputi magang.", "PIHAK KESATU", "Rp1.500.000,00", "alert(1)"):
        assert text.index(words) > 0
    assert "{{ bukan_tag }}" in text


def readable(copy: bytes, format: str) -> str:
    """The words of a copy in reading order, without the mark-up of its format."""
    if format == "odt":
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            copy = archive.read("content.xml")
    text = copy.decode("utf-8")
    if format == "md":
        return re.sub(r"\\(?=[^\w\s])", "", text)
    body = re.split(r"<body[^>]*>|<office:text[^>]*>", text)[1]
    plain = re.sub(r"<text:s */>", " ", body)
    return re.sub(r"<[^>]+>", "", plain).replace("&amp;", "&")


def test_a_web_page_names_its_language_and_title_and_loads_nothing() -> None:
    page = convert(agreement(), "html", language="id", title=TITLE).decode("utf-8")
    assert '<html xmlns="http://www.w3.org/1999/xhtml" lang="id"' in page
    assert "<title>Perjanjian Kerja Sama “Magang &amp; Riset”</title>" in page
    assert not re.search(r"<(img|script|iframe|object|embed|link)\b|url\(|@import", page)
    assert "&lt;script&gt;alert(1)" in page
    assert "Lambang contoh" in page


def test_an_open_document_names_its_language_and_title_and_holds_no_picture() -> None:
    with zipfile.ZipFile(io.BytesIO(convert(agreement(), "odt", language="id", title=TITLE))) as archive:
        properties = archive.read("meta.xml").decode("utf-8")
        assert "<dc:language>id</dc:language>" in properties
        assert "<dc:title>Perjanjian Kerja Sama “Magang &amp; Riset”</dc:title>" in properties
        assert 'fo:language="id"' in archive.read("styles.xml").decode("utf-8")
        assert not [name for name in archive.namelist() if name.startswith("Pictures/") and name != "Pictures/"]
        assert "http://" not in re.sub(r'xmlns:\w+="[^"]*"', "", archive.read("content.xml").decode("utf-8"))


@pytest.mark.parametrize("format", READING_COPIES)
def test_the_same_document_gives_the_same_copy(format: str) -> None:
    document = agreement()
    assert convert(document, format, title=TITLE) == convert(document, format, title=TITLE)


# ------------------------------------------------------------------ what goes in


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("document", [b"", b"bukan docx", agreement()[:2000]], ids=["empty", "text", "cut"])
def test_what_is_no_docx_never_reaches_a_converter(format: str, document: bytes) -> None:
    with pytest.raises(ConvertError) as caught:
        convert(document, format)
    assert [code[:3] for code in refused(caught)] == ["KS4"]


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "subDocument", "frame"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_loads_something_from_outside_never_reaches_a_converter(format: str, kind: str) -> None:
    document = specimen(p("isi"), links=(("rId90", kind, "http://example.invalid/x", "External"),))
    with pytest.raises(ConvertError) as caught:
        convert(document, format)
    assert refused(caught) == ["KS428"]


@pytest.mark.parametrize("instruction", ["DDEAUTO c:\\\\x", 'INCLUDETEXT "http://x/"', "INCLUDEPICTURE x"])
def test_a_file_with_a_field_that_fetches_never_reaches_a_converter(instruction: str) -> None:
    faults = check_input(specimen(f"<w:p>{field(instruction.replace(chr(34), '&quot;'), 'a')}</w:p>"))
    assert [fault.code for fault in faults] == ["KS430"]


def test_an_ordinary_link_may_point_outside() -> None:
    document = specimen(p("isi"), links=(("rId90", "hyperlink", "https://example.invalid/", "External"),))
    assert check_input(document) == []


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(ConvertError) as caught:
        convert(agreement(), "doc")
    assert refused(caught) == ["KS601"]
    assert caught.value.problems[0].params["pilihan"] == "pdf, html, odt, md"


# ------------------------------------------------------------------ programs that go wrong


def test_a_program_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    hanging = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/pid; wait")
    fault = only(to_pdf(agreement(), hanging, timeout_s=1))
    assert (fault.code, fault.params["detik"]) == ("KS611", "1")
    pid = int((tmp_path / "pid").read_text())
    assert ended(pid)


def test_a_program_that_ends_leaves_no_stray_behind(tmp_path: Path) -> None:
    stray = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/pid; exit 0")
    assert only(to_pdf(agreement(), stray)).code == "KS612"
    assert ended(int((tmp_path / "pid").read_text()))


def ended(pid: int) -> bool:
    """True once the process is gone, or is a zombie that waits for its new parent."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("code", [0, 1, 139])
def test_a_program_that_makes_nothing_is_not_believed_whatever_its_exit_code(tmp_path: Path, code: int) -> None:
    fault = only(to_pdf(agreement(), program(tmp_path, f"echo Oops; exit {code}")))
    assert (fault.code, fault.params["kode"], fault.params["keluaran"]) == ("KS612", str(code), "Oops")


@pytest.mark.parametrize("made", ["", "bukan pdf", "%PDF-1.7 terpotong"])
def test_an_output_that_is_no_whole_pdf_is_refused(tmp_path: Path, made: str) -> None:
    body = f'{LAST_TWO}; printf "%s" "{made}" > "$out/$(basename "$in" .docx).pdf"'
    assert only(to_pdf(agreement(), program(tmp_path, body))).code == "KS613"


def test_a_program_that_cannot_be_started_is_one_problem(tmp_path: Path) -> None:
    broken = program(tmp_path, "")
    broken.write_text("#!/tidak/ada\n")
    assert only(to_pdf(agreement(), broken)).code == "KS614"


def test_libreoffice_is_found_on_the_path_that_is_passed_in(tmp_path: Path) -> None:
    assert find_soffice({"PATH": str(program(tmp_path, "").parent)}) == tmp_path / "soffice"


@pytest.mark.parametrize(
    ("platform", "names", "place"),
    [
        ("win32", ("ProgramFiles", "ProgramFiles(x86)"), "LibreOffice/program/soffice.com"),
        ("win32", ("ProgramW6432",), "LibreOffice/program/soffice.com"),
        ("win32", ("LOCALAPPDATA",), "Programs/LibreOffice/program/soffice.exe"),
        ("darwin", ("HOME",), "Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ],
)
def test_libreoffice_is_found_where_it_is_usually_installed(
    tmp_path: Path, platform: str, names: tuple[str, ...], place: str
) -> None:
    environ = {name: str(tmp_path) for name in names} | {"PATH": str(tmp_path / "kosong")}
    assert find_soffice(environ, platform) is None
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(b"")
    assert find_soffice(environ, platform) == tmp_path / place


@pytest.mark.skipif("sys.platform == 'win32'")
def test_on_windows_the_program_that_waits_is_taken_before_the_one_that_returns_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "LibreOffice" / "program"
    folder.mkdir(parents=True)
    for name in ("soffice.exe", "soffice.com"):
        (folder / name).write_bytes(b"")
    found = find_soffice({"PATH": "", "ProgramFiles": str(tmp_path)}, "win32")
    assert found == folder / "soffice.com"


@pytest.mark.skipif("sys.platform != 'linux'")
def test_without_libreoffice_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError) as caught:
        convert(agreement(), "pdf")
    assert (refused(caught), caught.value.exit_code) == (["KS010"], 3)
    assert "libreoffice-writer-nogui" in caught.value.problems[0].hint("id")
    missing = missing_tool("pdf")
    assert missing is not None and missing.code == "KS010"


def test_pandoc_comes_with_the_dependencies() -> None:
    assert find_pandoc() is not None
    assert [missing_tool(format) for format in READING_COPIES] == [None, None, None]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("sleep 600", "KS611"),
        ("echo Oops; exit 1", "KS612"),
        ("exit 0", "KS612"),
        ("echo x > tree.json", "KS613"),
    ],
)
def test_a_pandoc_that_goes_wrong_is_one_problem(tmp_path: Path, body: str, code: str) -> None:
    fake = program(tmp_path, body, "pandoc")
    with pytest.raises(ConvertError) as caught:
        to_reading_copy(agreement(), "html", language="id", title="", pandoc=fake, timeout_s=1)
    assert refused(caught) == [code]


def test_a_converter_leaves_nothing_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    convert(agreement(), "md")
    assert list(tmp_path.iterdir()) == []
