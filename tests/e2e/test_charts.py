"""Charts as others see them: the Open XML SDK, LibreOffice's pages in colour and in grey."""

from __future__ import annotations

import itertools
import re
import subprocess
import zlib
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from docx_specimens import docx, p
from ksdocs.convert import convert_pdfs
from ksdocs.convert.pandoc import to_reading_copy
from ksdocs.docx import Chart, Template
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.text import read

TAHUN = ("2024", "2025", "2026")
TINGKAT = ("Sangat kurang", "Kurang", "Cukup", "Baik", "Sangat baik")
BUTIR = [f"Pembekalan dan bimbingan mahasiswa magang oleh mitra industri & dunia kerja nomor {n}" for n in range(1, 21)]
CHARTS = {
    "batang": Chart("column", TAHUN, {"MoU": [3, 0, 1250]}, alt="MoU per tahun: 3, 0, lalu 1.250.", unit="naskah"),
    "beberapa": Chart(
        "column", TAHUN, [(f"Deret {n}", [n, None, n + 2]) for n in range(1, 8)], alt="Tujuh deret.", unit="%"
    ),
    "negatif": Chart("column", TAHUN, {"Selisih": [-1250, 5, -3]}, alt="Selisih: -1250, 5, lalu -3."),
    "datar": Chart("bar", BUTIR, {"Rata-rata": [Decimal(n) / 4 for n in range(1, 21)]}, alt="a", decimals=2, maximum=5),
    "satu": Chart("bar", ["Mutu <layanan>"], {"Rata-rata": [4.25]}, alt="a", decimals=2, maximum=5),
    "susun": Chart("stacked", TAHUN, [(name, [20, 20, 20]) for name in TINGKAT], alt="Lima tingkat."),
    "susun_datar": Chart("stacked", BUTIR[:3], [(name, [0, 8, n]) for n, name in enumerate(TINGKAT)], alt="a"),
    "lingkaran": Chart("pie", ["Industri", "Sekolah", "Kosong"], {"Mitra": [18, 9, 0]}, alt="Industri 18, sekolah 9."),
    "garis": Chart(
        "line", TAHUN, [("Target", [1250, 1400, 1600]), ("Realisasi", [1100, 1450, None])], alt="a", unit="orang"
    ),
}


@cache
def document(name: str) -> bytes:
    return Template.open(docx(p("{{ x }}"))).render({"x": CHARTS[name]})


@cache
def printed() -> dict[str, bytes]:
    made = convert_pdfs([document(name) for name in CHARTS])
    assert all(isinstance(pdf, bytes) for pdf in made), made
    return {name: pdf for name, pdf in zip(CHARTS, made, strict=True) if isinstance(pdf, bytes)}


def words(name: str) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=printed()[name], capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode("utf-8"))


each_chart = pytest.mark.parametrize("name", CHARTS)


@each_chart
def test_our_own_rules_find_nothing(name: str) -> None:
    assert [(q.code, str(q.at)) for q in check(document(name))] == []


@pytest.mark.ooxml_sdk
@each_chart
def test_the_open_xml_sdk_finds_nothing_in_document_and_workbook(
    name: str, ooxml_validator: str, tmp_path: Path
) -> None:
    package = Package.read(document(name))
    for file, data in (("a.docx", package.data), ("a.xlsx", package.bytes("word/embeddings/ks-1.xlsx"))):
        (tmp_path / file).write_bytes(data)
        done = subprocess.run([ooxml_validator, str(tmp_path / file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.libreoffice
@pytest.mark.poppler
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("batang", ["3", "0", "1.250", "2024", "2026", "naskah"]),
        ("beberapa", ["1%", "9%", "Deret 7"]),
        ("negatif", ["-1250", "-3"]),
        ("satu", ["4,25", "Mutu <layanan>", "5"]),
        ("susun", ["20", *TINGKAT]),
        ("lingkaran", ["Industri: 18", "Sekolah: 9"]),
        ("garis", ["1.250", "1.450", "Target", "Realisasi", "orang"]),
    ],
)
def test_libreoffice_prints_every_figure_as_indonesian_has_it(name: str, expected: list[str]) -> None:
    text = words(name)
    assert [word for word in expected if not re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text)] == []


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_twenty_long_names_are_all_printed_beside_their_bars() -> None:
    text = words("datar")
    assert [n for n in range(1, 21) if not re.search(rf"nomor {n}\b", text)] == []
    assert [v for v in ("0,25", "2,50", "5,00") if v not in text] == []


@pytest.mark.libreoffice
@pytest.mark.poppler
@each_chart
def test_a_printed_chart_is_drawn_and_is_no_bitmap(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(printed()[name])
    listed = subprocess.run(["pdfimages", "-list", str(file)], capture_output=True, text=True, check=True).stdout
    assert len(listed.splitlines()) == 2, listed  # its head alone


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_shades_stay_apart_in_a_grey_print(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(printed()["susun"])
    command = ["pdftoppm", "-gray", "-r", "60", "-singlefile", str(file), str(tmp_path / "a")]
    subprocess.run(command, check=True)
    picture = (tmp_path / "a.pgm").read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert head is not None
    pixels = picture[head.end() :]
    shades = sorted(level for level, count in Counter(pixels).most_common(6))
    assert len(shades) == 6  # five parts and the paper
    assert min(b - a for a, b in itertools.pairwise(shades)) >= 15, shades


@pytest.mark.libreoffice
def test_the_words_that_stand_for_a_chart_reach_the_pdf() -> None:
    (paragraph,) = read(document("lingkaran"))
    assert paragraph.drawings == ("Industri 18, sekolah 9.",)
    assert "Industri 18, sekolah 9.".encode("utf-16-be").hex().upper().encode() in _unpacked(printed()["lingkaran"])


@pytest.mark.parametrize("format", ["html", "md"])
def test_a_reading_copy_tells_a_chart_in_its_words(format: str) -> None:
    copy = to_reading_copy(document("batang"), format, language="id", title="a").decode("utf-8")
    assert "MoU per tahun: 3, 0, lalu 1.250." in copy


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_documents_with_and_without_charts_become_pdfs_together() -> None:
    plain = [docx(p(f"Polos {n}")) for n in range(3)]
    given = [plain[0], document("batang"), plain[1], document("satu"), plain[2]]
    made = convert_pdfs(given)
    texts = [
        subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8")
        for pdf in made
        if isinstance(pdf, bytes)
    ]
    wanted = ("Polos 0", "1.250", "Polos 1", "4,25", "Polos 2")
    assert [word in text for word, text in zip(wanted, texts, strict=True)] == [True] * 5


def _unpacked(pdf: bytes) -> bytes:
    out = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            out.append(zlib.decompressobj().decompress(stream[1]))
        except zlib.error:
            continue
    return b"".join(out)
