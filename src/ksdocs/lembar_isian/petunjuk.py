"""What the sheet `Petunjuk` tells whoever fills in an entry sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ksdocs.lembar_isian.susun import Susunan
from ksdocs.models import NASKAH
from ksdocs.sources.xlsx import MAIN

if TYPE_CHECKING:
    from ksdocs.office import Office
    from ksdocs.sources.isian_excel import LembarIsian

_NAMES: Final = {
    "mou": "Nota Kesepahaman",
    "pks": "Perjanjian Kerja Sama",
    "institusi": "institusi",
    "mitra": "mitra",
    "butir": "butir kesepakatan",
    "arsip": "arsip naskah",
    "jawaban_survei": "jawaban survei",
    "kpi": "himpunan indikator",
}

_FOLDERS: Final = {"kpi": "acuan/kpi"}
"""Kinds whose records do not lie in the folder of their own name."""


def guide(
    kind: str,
    office: Office,
    made: Susunan,
    sheets: Sequence[LembarIsian],
    groups: Mapping[str, int],
    count: int,
) -> list[tuple[str, str]]:
    """(style, text) lines, in Indonesian."""
    form = office.form(kind)
    title = form.judul["id"] if form is not None else _NAMES.get(kind, kind)
    return [
        ("judul", f"Lembar isian {title} ({kind})"),
        ("bab", "Cara mengisi"),
        *(("", f"{number}. {text}") for number, text in enumerate(_steps(len(sheets) > 1, count), 1)),
        ("bab", "Warna"),
        ("wajib", "Judul gelap: wajib diisi (pada kelompok atau daftar yang dipakai)."),
        ("boleh", "Judul terang: boleh kosong. Warna yang sama berarti kelompok yang sama."),
        *((f"kelompok {number}", name) for name, number in groups.items() if name),
        ("bab", "Aturan sel"),
        *(("", text) for text in _rules(kind, made)),
        ("bab", "Lembar di berkas ini"),
        ("", f"{MAIN}: satu baris satu rekaman."),
        *(("", f"{sheet.nama}: {_told(made, sheet.nama)}") for sheet in sheets[1:]),
        ("bab", "Sesudah diisi"),
        *(("", text) for text in _after(kind, kind in NASKAH or form is not None)),
    ]


def _steps(lists: bool, count: int) -> Iterator[str]:
    yield f"Satu baris pada lembar `{MAIN}` adalah satu rekaman. Beri setiap baris `id` sendiri."
    if lists:
        yield (
            "Setiap daftar mempunyai lembar sendiri: satu baris satu butir. Kolom `id` di sana menyebut rekaman yang "
            "memilikinya; kolom berketerangan “ke-” menyebut baris keberapa pada daftar yang memuatnya."
        )
    yield "Jangan mengubah baris pertama: itulah nama isiannya. Kolom dan lembar yang tidak dipakai boleh dikosongkan."
    yield (
        "Sel di antara ‹ dan › adalah keterangan atau contoh, dan barisnya tidak dibaca. Isilah baris kosong di "
        "bawahnya. Baris contoh yang hanya sebagian ditimpa akan ditolak, agar contohnya tidak ikut tercetak."
    )
    yield "Tempelkan nilai dengan Paste Special – Values, agar bentuk sel dan pilihannya tidak berubah."
    if count:
        yield f"Berkas ini berisi {count} rekaman yang sudah ada; ubah, atau tambahkan baris di bawahnya."


def _rules(kind: str, made: Susunan) -> Iterator[str]:
    yield "Tanggal ditulis 2026-03-17; uang dan bilangan angkanya saja. Nomor (NIP, rekening, surat) berupa teks."
    yield "Isian yang mempunyai pilihan diambil dari daftar pada selnya; beberapa pilihan dipisahkan titik koma."
    yield "Arti setiap id (mitra, pejabat, klausul, …) ada di lembar Daftar. Lembar Daftar dan Petunjuk tidak dibaca."
    if any(field.jenis == "dwibahasa" for field in made.medan.values()) and not made.bilingual:
        yield f"Untuk teks dua bahasa, buat lembarnya dengan `ksdocs sheet {kind} --bilingual -o BERKAS`."
    if kind == "jawaban_survei":
        yield "Lembar jawaban satu survei yang baris undangannya sudah siap: `ksdocs sheet ID-SURVEI -o BERKAS`."


def _after(kind: str, printed: bool) -> Iterator[str]:
    yield "Simpan sebagai .xlsx, lalu periksa: `ksdocs check BERKAS`. Setiap kesalahan disebut selnya."
    if printed:
        yield "Buat dokumen Word-nya: `ksdocs render BERKAS -o FOLDER`."
    yield f"Rekaman yang sudah benar disimpan di folder data/{_FOLDERS.get(kind, kind)}."


def _told(made: Susunan, title: str) -> str:
    field = made.tabel[title].medan
    return f"{field.label}. {field.arti}" if field.arti and field.arti != field.label else field.label
