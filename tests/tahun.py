"""A small data folder for annual figures, with every edge that a count can trip over, written as an office would."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from cli_runs import ROOT
from ksdocs.laporan.evaluasi import Evaluasi, evaluate
from ksdocs.office import Office, open_office

HARI: Final = date(2026, 11, 20)
KINI: Final = date(2026, 12, 10)
OWN: Final = "polibatam"

_INSTITUTION = """\
jenis: institusi
id: {id}
nama: {nama}
kelas: perguruan_tinggi
kedudukan: Batam
alamat: Jalan Umpama Nomor 1, Batam
pejabat:
  - {{id: direktur, nama: Rekayana Umpama, jabatan: Direktur}}
profil: {{tanggal_dmy: ya}}
"""
_PARTNERS = (
    ("jaya", "PT Jaya Umpama", "industri", "ID", "+62 778 100001"),
    ("nusa", "Universitas Nusa Umpama", "perguruan_tinggi", "ID", "0778100002"),
    ("kota", "Pemerintah Kota Umpama", "pemerintah", "ID", "(0778) 100003"),
    ("asing", "Sample Instruments Pte Ltd", "industri", "SG", "+65 100004"),
    ("diam", "=SUM(1+1) Umpama", "industri", "ID", "081234567890123"),
)
HEAD: Final = (
    "jenis", "id", "jenis_naskah", "tahap", "tentang", "tanggal", "mulai", "berakhir", "pihak", "tingkat", "bidang",
    "bentuk", "unit", "nilai", "mou", "memperpanjang", "diakhiri", "selesai",
)  # fmt: skip

ROWS: Final[tuple[dict[str, str], ...]] = (
    {"id": "mou-a", "tanggal": "2024-02-01", "berakhir": "2029-01-31", "pihak": "polibatam; jaya",
     "bidang": "pendidikan; penelitian"},
    # Its last day is that of the report.
    {"id": "pks-a", "tanggal": "2025-01-10", "berakhir": "2026-11-20", "pihak": "polibatam; jaya", "mou": "mou-a",
     "bentuk": "magang", "unit": "Jurusan Mesin"},
    # Signed and over in the same year.
    {"id": "pks-singkat", "tanggal": "2026-02-01", "berakhir": "2026-06-30", "pihak": "polibatam; nusa",
     "nilai": "10.000.000", "bentuk": "seminar"},
    # Carried on: the old one is neither in force nor ended, the new one is new and in force.
    {"id": "pks-lama", "tanggal": "2024-03-01", "berakhir": "2026-02-28", "pihak": "polibatam; kota",
     "bidang": "pengabdian"},
    {"id": "pks-penerus", "tanggal": "2026-02-15", "mulai": "2026-03-01", "berakhir": "2028-02-29",
     "pihak": "polibatam; kota", "memperpanjang": "pks-lama", "bidang": "pengabdian", "unit": "Jurusan Mesin"},
    {"id": "pks-putus", "tanggal": "2025-05-01", "berakhir": "2028-04-30", "pihak": "polibatam; jaya",
     "diakhiri": "2026-04-15"},
    {"id": "pks-tuntas", "tanggal": "2025-06-01", "berakhir": "2027-05-31", "pihak": "polibatam; jaya",
     "selesai": "2026-08-01"},
    # Without an end, and without a PKS.
    {"id": "mou-b", "tanggal": "2026-01-05", "pihak": "polibatam; nusa", "tingkat": "nasional"},
    # An MoU whose PKS rests on the one that it carries on.
    {"id": "mou-lama", "tanggal": "2020-01-02", "berakhir": "2025-12-31", "pihak": "polibatam; asing",
     "tingkat": "internasional"},
    {"id": "mou-penerus", "tanggal": "2026-01-02", "berakhir": "2030-12-31", "pihak": "polibatam; asing",
     "memperpanjang": "mou-lama", "tingkat": "internasional"},
    {"id": "ia-c", "tanggal": "2025-03-01", "berakhir": "2027-02-28", "pihak": "polibatam; asing", "mou": "mou-lama",
     "tingkat": "internasional", "bentuk": "magang; pertukaran_mahasiswa"},
    {"id": "pks-draf", "tahap": "draf", "pihak": "polibatam; diam"},
    {"id": "pks-proses", "tahap": "siap_ttd", "tanggal": "2026-11-18", "pihak": "polibatam; diam"},
    # Signed after the day of the report.
    {"id": "pks-nanti", "tanggal": "2026-12-01", "berakhir": "2029-11-30", "pihak": "polibatam; diam"},
    {"id": "pks-usang", "tanggal": "2022-07-01", "berakhir": "2025-06-30", "pihak": "polibatam; nusa"},
    # Signed, and not yet begun.
    {"id": "pks-belum", "tanggal": "2026-11-01", "mulai": "2027-01-01", "berakhir": "2028-12-31",
     "pihak": "polibatam; jaya"},
    # Several partners, fields and kinds of activity.
    {"id": "pks-tiga", "tanggal": "2026-05-04", "berakhir": "2027-05-20", "pihak": "polibatam; jaya; nusa",
     "bidang": "pendidikan; penelitian; pengabdian", "nilai": "Rp50.000.000,00",
     "bentuk": "pertukaran_mahasiswa; penelitian"},
    {"id": "adendum-a", "jenis_naskah": "adendum", "tanggal": "2026-06-01", "berakhir": "2029-01-31",
     "pihak": "polibatam; jaya"},
    # Of another institution.
    {"id": "pks-tetangga", "tanggal": "2026-03-03", "berakhir": "2028-03-02", "pihak": "tetangga; jaya",
     "bentuk": "magang"},
)  # fmt: skip

_MONITORING = """\
jenis: monitoring
id: monitoring-{nomor}
institusi: {institusi}
tahun: 2026
periode: Semester {nomor}
tanggal: {tanggal}
jabatan_penyusun: Kepala Humas
kegiatan:
"""
_ACTIVITY = """\
  - naskah: {naskah}
    judul: {judul}
    mulai: {mulai}
    selesai: {selesai}
    keadaan: {keadaan}
    peserta: {peserta}
    manfaat: Bertambah
    bukti: {bukti}
    pic: Ketua
    tanggal_monitoring: {tanggal}
"""
FIRST: Final = (
    ("pks-a", "Magang", "2026-02-02", "2026-06-30", "berjalan", "20", ""),
    ("pks-a", "Melintasi dua tahun", "2025-12-01", "2026-01-31", "terlaksana", "5", "https://contoh.example/1"),
    ("pks-a", "Tahun lalu saja", "2025-03-01", "2025-03-02", "terlaksana", "7", "https://contoh.example/2"),
    ("pks-singkat", "Seminar", "2026-03-10", "", "terlaksana", "100", ""),
    ("mou-a", "Kuliah umum", "2026-04-01", "2026-04-01", "batal", "", ""),
)
SECOND: Final = (
    # The same activity, told again when it was over.
    ("pks-a", "MAGANG", "2026-02-02", "2026-06-30", "terlaksana", "21", "https://contoh.example/3"),
    ("ia-c", "Pertukaran", "2026-09-01", "2026-12-20", "terlaksana", "3", "https://contoh.example/4"),
    ("pks-tiga", "Riset", "2026-10-01", "", "berjalan", "", ""),
    ("pks-tiga", "Rencana Desember", "2026-12-05", "", "rencana", "", ""),
    ("pks-tiga", "Sesudah hari laporan", "2026-12-01", "2026-12-02", "terlaksana", "9", "https://contoh.example/5"),
)
NEIGHBOURS: Final = (("pks-tetangga", "Milik tetangga", "2026-05-01", "2026-05-02", "terlaksana", "50", ""),)

_SURVEY = """\
jenis: survei
id: survei-2026
institusi: polibatam
tahun: 2026
mulai: 2026-10-05
selesai: 2026-10-30
pengantar: Terima kasih.
skala: [{sebutan: Kurang}, {sebutan: Cukup}, {sebutan: Baik}, {sebutan: Sangat baik}]
dimensi: [{kode: fisik, nama: Bukti fisik}, {kode: andal, nama: Keandalan}]
butir:
  - {kode: f1, dimensi: fisik, pernyataan: Sarana memadai.}
  - {kode: a1, dimensi: andal, pernyataan: Tepat waktu.}
undangan: [{mitra: jaya, jumlah: 3}, {mitra: nusa, jumlah: 2}, {mitra: diam, jumlah: 1}]
jabatan_penyusun: Kepala Humas
"""
_ANSWERS = """\
jenis;id;survei;responden;mitra;tanggal;nilai.f1;nilai.a1
jawaban_survei;j1;survei-2026;R1;jaya;2026-10-06;4;3
jawaban_survei;j2;survei-2026;R2;jaya;2026-10-07;3;
jawaban_survei;j3;survei-2026;R3;nusa;2026-10-08;2;4
"""
_PROGRAM = """\
jenis: program
id: program-2026
institusi: polibatam
tahun: 2026
tanggal: 2025-12-08
dasar: [{uraian: Pemetaan}]
tujuan: Jejaring
sasaran:
  - {kode: S1, uraian: Jejaring, indikator: PKS baru, target: 6, satuan: naskah}
  - {kode: S2, uraian: Bukti, indikator: Berbukti, target: 90, satuan: persen}
kegiatan: [{sasaran: S1, uraian: Rapat, luaran: notula, bulan_mulai: Maret, pic: Ketua}]
pengesahan: [{peran: Disahkan oleh, pejabat: direktur}]
"""


def write_folder(data: Path, rows: Iterable[Mapping[str, str]] = ROWS) -> Path:
    """The data folder at `data`, its list of agreements made of `rows`."""
    for name in ("institusi", "mitra", "acuan", "arsip", "monitoring", "survei", "jawaban_survei", "program"):
        (data / name).mkdir(parents=True)
    for ident, nama in ((OWN, "Politeknik Negeri Batam"), ("tetangga", "Politeknik Tetangga Umpama")):
        _put(data / "institusi" / f"{ident}.yaml", _INSTITUTION.format(id=ident, nama=nama))
    for ident, nama, kelas, negara, telepon in _PARTNERS:
        text = f"jenis: mitra\nid: {ident}\nnama: {nama!r}\nkelas: {kelas}\nnegara: {negara}\nkedudukan: Batam\n"
        text += f"alamat: Jalan Umpama, Batam\ntelepon: {telepon!r}\n"
        text += "pejabat: [{id: kepala, nama: Reka, jabatan: Kepala}]\n"
        _put(data / "mitra" / f"{ident}.yaml", text)
    _put(data / "acuan" / "bentuk-kegiatan.toml", (ROOT / "data/acuan/bentuk-kegiatan.toml").read_text("utf-8"))
    write_list(data / "arsip" / "arsip.csv", rows)
    _put(data / "monitoring" / "satu.yaml", _recap(1, OWN, "2026-07-10", FIRST))
    _put(data / "monitoring" / "dua.yaml", _recap(2, OWN, "2026-12-05", SECOND))
    _put(data / "monitoring" / "tiga.yaml", _recap(3, "tetangga", "2026-07-10", NEIGHBOURS))
    _put(data / "survei" / "survei.yaml", _SURVEY)
    _put(data / "jawaban_survei" / "jawaban.csv", _ANSWERS)
    _put(data / "program" / "program.yaml", _PROGRAM)
    return data


def write_list(file: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """The list of agreements; what a row leaves out is the usual."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEAD, delimiter=";")
        writer.writeheader()
        for row in rows:
            usual = {
                "jenis": "arsip", "jenis_naskah": row["id"].split("-")[0], "tahap": "ditandatangani",
                "tentang": f"Kerja sama {row['id']}", "tingkat": "lokal", "bidang": "pendidikan",
            }  # fmt: skip
            writer.writerow({**usual, **row})


def _recap(number: int, own: str, day: str, rows: Iterable[tuple[str, ...]]) -> str:
    names = ("naskah", "judul", "mulai", "selesai", "keadaan", "peserta", "bukti")
    told = (_ACTIVITY.format(tanggal=day, **dict(zip(names, row, strict=True))) for row in rows)
    return _MONITORING.format(nomor=number, institusi=own, tanggal=day) + "".join(told)


def _put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def office(data: Path) -> Office:
    return open_office(data=data, templates=ROOT / "templates")


def evaluated(data: Path, year: int = 2026, day: date = HARI, own: str = OWN) -> Evaluasi:
    return evaluate(office(data).register, year, day, own)


def ids(found: Evaluasi, table: str) -> set[str]:
    """The ids in the first column of a list of agreements."""
    return {str(row[0].isi) for row in found.tabel[table].baris}


def counts(found: Evaluasi, table: str, row: str) -> list[Any]:
    """The figures of a row of a table, by its label."""
    (cells,) = (cells for cells in found.tabel[table].baris if cells[0].isi == row)
    return [cell.isi for cell in cells[1:]]
