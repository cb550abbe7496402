"""The office that the races are run in, and the records that pass through it: one MoU of six pages, many times over.

The office is the shipped one with two changes: its register holds the parties alone, and its Word template prints
in 10.5 point type, so that the document has six pages. Every record differs in id, numbers, subject and the order
of its lists; each one takes the same work.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
TODAY = date(2026, 11, 22)
"""The day for which the sample data are written."""

_TYPE = (
    (r"(<w:docDefaults>.*?<w:sz w:val=\")\d+(\".*?</w:docDefaults>)", r"\g<1>21\2"),
    (r"(w:default=\"1\" w:styleId=\"Normal\">.*?w:line=\")\d+\"", r"\g<1>240\""),
)
"""What this office changes in the styles of its Word template: type of 10.5 points, lines set single."""

_SUBJECTS = (
    "Bidang Elektronika",
    "Bidang Otomasi Industri",
    "Bidang Teknologi Pengelasan",
    "Bidang Logistik dan Rantai Pasok",
    "Bidang Teknik Perkapalan",
    "Bidang Akuntansi Manajerial",
    "Bidang Rekayasa Perangkat Lunak",
)
_PROSE = "Penyelenggaraan Tridharma Perguruan Tinggi dan Pengembangan Sumber Daya Manusia "
_BASE: dict[str, Any] = {
    "jenis": "mou",
    "tahap": "ditandatangani",
    "tingkat": "nasional",
    "bidang": ["pendidikan", "penelitian", "pengabdian"],
    "relevansi": "Mendukung misi institusi untuk menyelenggarakan pendidikan vokasi yang selaras dengan industri.",
    "penandatanganan": {
        "cara": "bersama",
        "mode": "basah",
        "tanggal": "2025-03-17",
        "hari": "Senin",
        "tempat": "Batam",
        "rangkap": "2",
    },
    "premis": [
        "PIHAK KESATU adalah perguruan tinggi negeri yang menyelenggarakan pendidikan vokasi",
        "PIHAK KEDUA adalah perseroan terbatas yang memerlukan tenaga kerja yang kompeten",
        "kerja sama perguruan tinggi dan dunia industri meningkatkan mutu lulusan dan daya saing industri",
    ],
    "dasar_hukum": [
        "Undang-Undang Nomor 20 Tahun 2003 tentang Sistem Pendidikan Nasional",
        "Undang-Undang Nomor 12 Tahun 2012 tentang Pendidikan Tinggi",
        "Undang-Undang Nomor 3 Tahun 2014 tentang Perindustrian",
        "Peraturan Menteri Pendidikan dan Kebudayaan Nomor 14 Tahun 2014 tentang Kerja Sama Perguruan Tinggi",
    ],
    "maksud": ["menjadi landasan bagi PARA PIHAK dalam merencanakan dan melaksanakan kerja sama"],
    "tujuan": [
        "menyelaraskan kurikulum program studi dengan kompetensi yang diperlukan",
        "memberikan pengalaman kerja yang terbimbing kepada mahasiswa",
        "menghasilkan penelitian terapan yang dapat dimanfaatkan dalam proses produksi",
    ],
    "ruang_lingkup": [
        {"teks": "penyelenggaraan magang dan praktik kerja mahasiswa", "bentuk": "magang"},
        {"teks": "pengembangan dan peninjauan kurikulum bersama", "bentuk": "pengembangan_kurikulum"},
        {"teks": "pengiriman praktisi industri sebagai dosen tamu", "bentuk": "praktisi_mengajar"},
        {"teks": "penelitian terapan dan pengembangan prototipe", "bentuk": "penelitian_prototipe"},
        {"teks": "pelatihan karyawan sesuai dengan bidang keahlian PIHAK KESATU", "bentuk": "pelatihan"},
        {"teks": "seminar, kuliah umum, dan kegiatan ilmiah lain", "bentuk": "seminar"},
    ],
    "jangka_waktu": {"lama": "5 tahun", "perpanjangan": {"dapat": "ya", "paling_lambat": "3 bulan"}},
    "pengakhiran": {"pemberitahuan": "2 bulan"},
    "pembiayaan": {"skema": "masing_masing"},
    "mengikat": "tidak",
}
_PARTIES = (
    {
        "id": "polibatam",
        "penanda_tangan": "direktur",
        "kontak": "humas",
        "unit": "Kelompok Kerja Humas dan Kerja Sama",
        "penanggung_jawab": "Kepala Kelompok Kerja Humas dan Kerja Sama",
    },
    {
        "id": "samudra-elektronika",
        "penanda_tangan": "presdir",
        "kontak": "sdm",
        "unit": "Departemen Sumber Daya Manusia",
        "penanggung_jawab": "Manajer Sumber Daya Manusia",
    },
)
LISTS = ("premis", "dasar_hukum", "tujuan", "ruang_lingkup")
"""The lists of a record that are loops in the templates of the race."""


def record(number: int) -> dict[str, Any]:
    """Record `number` (from 1): the same length of text for each, other words in another order."""
    lists = {name: _turned(_BASE[name], number) for name in LISTS}
    subject = _PROSE + _SUBJECTS[number % len(_SUBJECTS)]
    numbers = (f"{number:06}/MOU.PL29/III/2025", f"{number:06}/SEC-LGL/III/2025")
    parties = [{**party, "nomor": n} for party, n in zip(_PARTIES, numbers, strict=True)]
    return {**_BASE, **lists, "id": f"mou-uji-{number:06}", "tentang": subject, "pihak": parties}


def write_records(file: Path, count: int, *, first: int = 1) -> Path:
    """`file` with `count` records as JSON Lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(lines(count, first=first))
    return file


def lines(count: int, *, first: int = 1) -> Iterator[str]:
    """The same, line by line."""
    for number in range(first, first + count):
        yield json.dumps(record(number), ensure_ascii=False) + "\n"


def build_office(folder: Path) -> Path:
    """`folder` with `templates/` and `data/` of the office, made anew; it is the working folder of every run."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "templates", folder / "templates")
    template = folder / "templates" / "mou" / "naskah.docx"
    _restyle(template)
    for name in ("acuan", "institusi/polibatam.toml", "institusi/logo/polibatam.png"):
        _copy(ROOT / "data" / name, folder / "data" / name)
    for name in ("mitra/samudra-elektronika.yaml", "mitra/logo/samudra-elektronika.png"):
        _copy(ROOT / "data" / name, folder / "data" / name)
    return folder


def logos() -> dict[str, bytes]:
    """Name in the contexts of the race → the picture."""
    names = {"logo_1": "institusi/logo/polibatam.png", "logo_2": "mitra/logo/samudra-elektronika.png"}
    return {name: (ROOT / "data" / file).read_bytes() for name, file in names.items()}


def surroundings() -> dict[str, str]:
    """The environment of every run: ksdocs from this checkout, no folder of another office, and modules compiled
    once, as installing them does."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("KSDOCS_") and k != "PYTHONDONTWRITEBYTECODE"}
    return own | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))), "NODE_ENV": "production"}


def _turned(items: list[Any], by: int) -> list[Any]:
    by %= len(items)
    return items[by:] + items[:by]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def _restyle(template: Path) -> None:
    with ZipFile(template) as package:
        members = {name: package.read(name) for name in package.namelist()}
    styles = members["word/styles.xml"].decode("utf-8")
    for pattern, instead in _TYPE:
        styles, times = re.subn(pattern, instead, styles, count=1, flags=re.DOTALL)
        assert times == 1, pattern
    members["word/styles.xml"] = styles.encode("utf-8")
    with ZipFile(template, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
