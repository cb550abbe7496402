"""The names that monitoring, survey and annual evaluation give to their templates; what they mean is told once."""

from __future__ import annotations

from typing import Final

from ksdocs.nama import Nama, daftar, nama

_MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "no": ("Nomor urut", "Number in the list"),
    "nama": ("Nama baris", "Name of the row"),
    "naskah": ("Jenis dan nomor naskah", "Kind and number of the agreement"),
    "nomor": ("Jenis dan nomor naskah", "Kind and number of the agreement"),
    "tentang": ("Judul naskah", "Title of the agreement"),
    "mitra": ("Nama mitra", "Name of the partner"),
    "telepon": ("Telepon mitra", "Telephone of the partner"),
    "masa": ("Masa berlaku", "Term"),
    "unit": ("Unit pelaksana", "Unit in charge"),
    "lingkup": ("Ruang lingkup", "Scope"),
    "tingkat": ("Tingkat", "Level"),
    "status": ("Status pada tanggal itu", "State on that day"),
    "judul": ("Judul kegiatan", "Title of the activity"),
    "manfaat": ("Manfaat", "Benefit"),
    "waktu": ("Waktu pelaksanaan", "Time of the activity"),
    "keadaan": ("Keadaan kegiatan", "State of the activity"),
    "pic": ("Penanggung jawab", "In charge"),
    "tindak_lanjut": ("Tindak lanjut", "Follow-up"),
    "bukti": ("Bukti", "Evidence"),
    "tanggal_monitoring": ("Tanggal dipantau", "Day of the monitoring"),
    "catatan": ("Catatan", "Remark"),
    "kegiatan": ("Kegiatan", "Activity"),
    "tautan": ("Tautan", "Link"),
    "batas": ("Batas waktunya", "Within how long"),
    "berakhir": ("Tanggal atau banyaknya yang berakhir", "Day of ending, or how many end"),
    "berakhir_baru": ("Tanggal berakhir yang baru", "New day of ending"),
    "penerus": ("Naskah penerus", "Succeeding agreement"),
    "baru": ("Banyaknya yang baru", "How many are new"),
    "berlaku": ("Banyaknya yang berlaku", "How many are in force"),
    "seluruh": ("Banyaknya seluruhnya", "How many there are"),
    "tanggal": ("Tanggal", "Date"),
    "mulai": ("Tanggal mulai", "Day of beginning"),
    "cara": ("Cara berakhir", "How it ended"),
    "keputusan": ("Keputusan", "Decision"),
    "alasan": ("Alasan", "Reason"),
    "dalam": ("Dalam berapa bulan", "Within how many months"),
    "rencana": ("Banyaknya yang direncanakan", "How many are planned"),
    "berjalan": ("Banyaknya yang berjalan", "How many go on"),
    "terlaksana": ("Banyaknya yang terlaksana", "How many took place"),
    "tertunda": ("Banyaknya yang tertunda", "How many are delayed"),
    "batal": ("Banyaknya yang batal", "How many were called off"),
    "jumlah": ("Jumlah", "Sum"),
    "kode": ("Kode", "Code"),
    "uraian": ("Uraian", "Words"),
    "indikator": ("Indikator", "Indicator"),
    "target": ("Target", "Target"),
    "realisasi": ("Realisasi", "Achieved"),
    "satuan": ("Satuan", "Unit of measure"),
    "capaian": ("Capaian", "Achievement"),
    "dasar": ("Dasar penghitungan", "What it rests on"),
    "nilai": ("Nilai", "Value"),
    "n": ("Banyaknya jawaban", "Number of answers"),
    "rerata": ("Rerata", "Mean"),
    "skala": ("Skala", "Scale"),
    "tenggat": ("Tenggat", "Due date"),
    "tahun": ("Tahun", "Year"),
    "kelas": ("Kelas mitra", "Class of the partner"),
    "komentar": ("Komentar", "Comment"),
    "diundang": ("Banyaknya yang diundang", "How many were invited"),
    "menjawab": ("Banyaknya yang menjawab", "How many answered"),
    "pernyataan": ("Pernyataan", "Statement"),
    "atas": ("Persentase dua titik teratas", "Share of the two highest points"),
    "keterangan": ("Keterangan tabel", "Caption of the table"),
    "kosong": ("Kalimat bila tabel kosong", "What is told of an empty table"),
    "sumber": ("Sumber", "Source"),
    "angka": ("Angka kunci", "Key figure"),
    "label": ("Arti angka itu", "What the figure is"),
    **{f"p{n}": (f"Banyaknya jawaban pada titik {n}", f"Answers at point {n}") for n in range(1, 6)},
}


def _fields(names: str, key: str = "") -> tuple[Nama, ...]:
    """Fields by their names, with blanks between; of those in `key.` the value must be printed."""
    made = []
    for word in names.split():
        id_, en = _MEANINGS[word]
        made.append(nama(word, id_, en, wajib=f"{key}.{word}" if key and word != "no" else ""))
    return tuple(made)


def _list(name: str, id_: str, en: str, fields: str, *more: Nama, key: str = "") -> Nama:
    return daftar(name, id_, en, *_fields(fields, key), *more)


def _chart(name: str, id_: str, en: str) -> Nama:
    return nama(name, id_, en, "bagan", wajib=name)


_CELLS: Final = daftar("sel", "Angka menurut urutan kolomnya", "Figures in the order of columns",
                       nama("", "Angka", "Figure", contoh="3"))  # fmt: skip
_AGREEMENT: Final = "no nomor tentang mitra telepon masa unit"


def _counts(name: str, id_: str, en: str) -> tuple[Nama, Nama]:
    total = daftar(f"jumlah_{name}", f"Jumlah: {id_}", f"Sums: {en}", nama("", "Jumlah", "Sum", contoh="5"))
    return _list(f"rekap_{name}", id_, en, "nama", _CELLS), total


MONITORING: Final = (
    nama("dari", "Awal periode", "Beginning of the period", contoh="1 Januari 2026"),
    nama("hingga", "Akhir periode", "End of the period", contoh="30 Juni 2026"),
    _list(
        "naskah", "Naskah yang dipantau, dengan kegiatannya", "Agreements with their activities",
        "no nomor tentang mitra telepon masa unit lingkup tingkat status",
        daftar(
            "kegiatan", "Kegiatan naskah itu", "Activities of the agreement",
            *_fields("no"),
            *_fields("judul manfaat keadaan pic tindak_lanjut bukti tanggal_monitoring", "kegiatan"),
            *_fields("waktu catatan"),
        ),
    ),
    _list("bukti", "Bukti kegiatan", "Evidence of activities", "no kegiatan tautan"),
    *_counts("status", "Naskah menurut status", "agreements by state"),
    *_counts("keadaan", "Kegiatan menurut keadaan", "activities by state"),
    _list("berakhir", "Naskah yang akan berakhir", "Agreements that will end",
          "no batas berakhir nomor tentang mitra telepon masa unit penerus"),
    _list("tanpa_kegiatan", "Naskah tanpa kegiatan", "Agreements without activities", _AGREEMENT),
    _list("tanpa_bukti", "Kegiatan tanpa bukti", "Activities without evidence", "no judul nomor waktu pic"),
    _list("tanpa_pks", "MoU tanpa PKS", "MoU without PKS", _AGREEMENT),
    nama("selebihnya", "Kalimat tentang naskah lainnya", "What is told of other agreements"),
    nama("kota", "Kedudukan institusi", "Seat of the institution", contoh="Batam"),
)  # fmt: skip

_SPREAD: Final = "n rerata p1 p2 p3 p4 p5 atas"
SURVEI: Final = (
    nama("kota", "Kedudukan institusi", "Seat of the institution", contoh="Batam"),
    nama("lima_titik", "Benar bila skalanya lima titik", "True for a scale of five points", "ya_tidak"),
    nama("ada_rekap", "Benar bila jawaban sudah direkap", "True once answers are summed up", "ya_tidak"),
    _chart("bagan_rerata", "Bagan rerata menurut dimensi", "Chart of means by dimension"),
    _chart("bagan_sebaran", "Bagan sebaran jawaban menurut dimensi", "Chart of answers by dimension"),
    nama("respons", "Banyaknya yang menjawab dari yang diundang", "How many answered"),
    nama("tingkat_respons", "Tingkat respons", "Rate of response", contoh="80%"),
    nama("keseluruhan", "Hasil seluruh pernyataan", "Result of all statements", "kelompok", *_fields(_SPREAD)),
    _list("respons_kelas", "Respons menurut kelas mitra", "Responses by class of partner",
          "no nama diundang menjawab tingkat"),
    _list("respons_mitra", "Respons menurut mitra", "Responses by partner", "no nama diundang menjawab tingkat kelas"),
    _list("tanpa_jawaban", "Mitra yang belum menjawab", "Partners without an answer", "nama"),
    _list("hasil", "Hasil menurut dimensi", "Results by dimension", f"nama {_SPREAD}",
          _list("butir", "Pernyataan dimensi itu", "Statements of the dimension", f"kode pernyataan {_SPREAD}")),
    _list("komentar", "Komentar mitra", "Comments of partners", "no kelas komentar"),
    nama("catatan_sampel", "Catatan tentang sampel kecil", "Note on small samples"),
    _list("kuesioner", "Kuesioner menurut dimensi", "Questionnaire by dimension", "nama",
          _list("butir", "Pernyataan dimensi itu", "Statements of the dimension", "no kode pernyataan")),
)  # fmt: skip

_COUNTED: Final = "nama baru berlaku berakhir"
_STATES: Final = "nama rencana berjalan terlaksana tertunda batal jumlah"
_TABLES: Final[dict[str, tuple[str, str, str, str]]] = {
    "jenis": ("Naskah menurut jenis", "Agreements by kind", _COUNTED, _COUNTED),
    "status": ("Naskah menurut status", "Agreements by state", f"{_COUNTED} seluruh", f"{_COUNTED} seluruh"),
    "tingkat": ("Naskah menurut tingkat", "Agreements by level", _COUNTED, _COUNTED),
    "kelas": ("Naskah menurut kelas mitra", "Agreements by class of partner", _COUNTED, _COUNTED),
    "bidang": ("Naskah menurut bidang", "Agreements by field", _COUNTED, _COUNTED),
    "bentuk": ("Naskah menurut bentuk kegiatan", "Agreements by kind of activity", _COUNTED, _COUNTED),
    "unit": ("Naskah menurut unit", "Agreements by unit", _COUNTED, _COUNTED),
    "baru": ("Naskah baru", "New agreements", "no naskah mitra tentang tingkat tanggal berakhir", ""),
    "berakhir": ("Naskah yang berakhir", "Agreements that ended",
                 "no naskah mitra berakhir cara keputusan alasan", ""),
    "diperpanjang": ("Naskah yang diperpanjang", "Agreements that were extended",
                     "no naskah mitra berakhir berakhir_baru penerus", ""),
    "keputusan": ("Keputusan lain", "Other decisions", "no naskah mitra berakhir keputusan alasan", ""),
    "akan_berakhir": ("Naskah yang akan berakhir", "Agreements that will end",
                      "no naskah mitra tentang berakhir pic dalam", ""),
    "kegiatan": ("Kegiatan menurut keadaan", "Activities by state", _STATES, _STATES),
    "tanpa_kegiatan": ("Naskah tanpa kegiatan", "Agreements without activities",
                       "no naskah mitra tentang mulai berakhir pic", ""),
    "tanpa_bukti": ("Kegiatan tanpa bukti", "Activities without evidence", "no naskah mitra kegiatan mulai pic", ""),
    "mou_tanpa_pks": ("MoU tanpa PKS", "MoU without PKS", "no naskah mitra tentang tanggal berakhir pic", ""),
    "sasaran": ("Sasaran program dan capaiannya", "Targets of the programme",
                "kode uraian target realisasi satuan capaian dasar", ""),
    "kepuasan": ("Kepuasan menurut dimensi", "Satisfaction by dimension", "nama n rerata skala catatan", ""),
    "kendala": ("Kendala", "Obstacles", "no uraian tindak_lanjut pic tenggat", ""),
    "target": ("Target tahun berikutnya", "Targets of next year", "kode uraian indikator target satuan", ""),
}  # fmt: skip
_TYPED: Final = frozenset({"kendala", "target"})
"""Tables that print a list of the form itself."""


def _table(name: str) -> Nama:
    id_, en, columns, sums = _TABLES[name]
    key = name if name in _TYPED else ""
    total = nama("jumlah", "Baris jumlah, bila ada", "Row of sums, if any", "kelompok", *_fields(sums))
    rows = _list("baris", "Baris tabel", "Rows of the table", columns, key=key)
    return nama(name, id_, en, "kelompok", *_fields("keterangan"), rows, total, *_fields("kosong"))


_CHARTS: Final = ("status", "tingkat", "kelas", "kegiatan", "capaian", "kepuasan")
_KEY: Final = tuple(
    nama(f"k{n}", f"Angka kunci ke-{n}", f"Key figure {n}", "kelompok", *_fields("angka label")) for n in range(1, 9)
)
EVALUASI: Final = (
    nama("t", "Tabel-tabel laporan", "The tables of the report", "kelompok", *map(_table, _TABLES)),
    nama("gambar", "Judul bagan-bagan", "Captions of the charts", "kelompok",
         *(nama(name, "Judul bagan itu", "Caption of the chart") for name in _CHARTS)),
    *(_chart(f"bagan_{name}", f"Bagan {name}", f"Chart: {name}") for name in _CHARTS),
    nama("per_tanggal", "Keadaan per tanggal berapa", "As of which day"),
    nama("daftar_himpunan", "Himpunan KPI yang dilaporkan", "Sets of indicators reported on"),
    nama("judul_kunci", "Judul angka kunci", "Title of the key figures"),
    nama("kunci", "Angka-angka kunci", "The key figures", "kelompok", *_KEY),
    nama("kalimat_akan_berakhir", "Kalimat tentang yang akan berakhir", "What is told of those that will end"),
    nama("kalimat_program", "Kalimat tentang program", "What is told of the programme"),
    nama("kalimat_survei", "Kalimat tentang survei", "What is told of the survey"),
    _list("himpunan_kpi", "Himpunan KPI", "Sets of indicators", "keterangan sumber",
          _list("baris", "Indikatornya", "Its indicators", "kode uraian target nilai dasar")),
    nama("tanpa_kpi", "Kalimat bila tidak ada KPI", "What is told where there are no indicators"),
    nama("judul_target", "Judul target tahun berikutnya", "Title of next year's targets"),
    nama("lkps", "Tabel LKPS", "Table for the LKPS", "kelompok",
         _list("kelompok", "Kelompok mitra", "Groups of partners", "nama",
               _list("baris", "Barisnya", "Its rows", "no mitra tingkat judul manfaat waktu bukti tahun")),
         *_fields("keterangan kosong")),
    nama("tanggal_sah", "Tanggal laporan menjadi sah", "Day from which the report is valid"),
    daftar("pengesahan", "Pengesahan", "Approval",
           nama("penanda_tangan", "Nama lengkap", "Full name", wajib="pengesahan.nama"),
           nama("selaku", "Jabatannya", "Office held", wajib="pengesahan.jabatan"),
           nama("nip", "NIP-nya, bila ada", "The NIP, if any", wajib="pengesahan.nip")),
)  # fmt: skip
