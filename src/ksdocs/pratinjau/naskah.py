"""The gallery of an MoU and of a PKS: sound records, varied in what makes layouts break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ksdocs.pratinjau.bahan import INDUSTRI, INSTITUSI, KEEMPAT, KETIGA, KHUSUS, MOU_INDUK, PANJANG
from ksdocs.pratinjau.kasus import BUANG, Kasus, diubah, kasus

_AKHIR_TAHUN: Final = "2025-12-31"
_HAK: Final = {
    "hak": ["menerima laporan kegiatan dari PIHAK lain"],
    "kewajiban": ["menunjuk penanggung jawab kegiatan di lingkungannya"],
}

_DASAR: Final[dict[str, Any]] = {
    "tahap": "ditandatangani",
    "tingkat": "nasional",
    "bidang": ["pendidikan"],
    "relevansi": "Sesuai dengan visi dan misi institusi.",
    "penandatanganan": {"cara": "bersama", "mode": "basah", "tanggal": "2026-03-17", "tempat": "Batam"},
    "premis": [
        "PIHAK KESATU adalah perguruan tinggi vokasi",
        "PARA PIHAK memerlukan kerja sama yang saling menguntungkan",
    ],
    "dasar_hukum": ["Undang-Undang Nomor 12 Tahun 2012 tentang Pendidikan Tinggi"],
    "maksud": ["menjadi landasan bagi PARA PIHAK dalam melaksanakan kerja sama"],
    "tujuan": ["meningkatkan mutu pendidikan", "menyelaraskan pembelajaran dengan kebutuhan kerja"],
    "ruang_lingkup": [
        {"teks": "pelatihan karyawan dan dosen", "bentuk": "pelatihan"},
        {"teks": "penyelenggaraan seminar bersama", "bentuk": "seminar"},
    ],
    "pelaksanaan": ["PARA PIHAK menyusun rencana kerja setiap tahun"],
    "jangka_waktu": {"lama": "3 tahun", "perpanjangan": {"dapat": "ya", "paling_lambat": "3 bulan"}},
    "pengakhiran": {"pemberitahuan": "1 bulan"},
    "pembiayaan": {"skema": "masing_masing"},
    "forum": ["musyawarah"],
}


def _party(ident: str, number: int, *, rights: bool) -> dict[str, Any]:
    role = "Unit Umpama"
    made: dict[str, Any] = {"id": ident, "nomor": f"{number:02}{number}/UMPAMA/III/2026"}
    made |= {"unit": role, "penanggung_jawab": f"Kepala {role}"}
    return made | (_HAK if rights else {})


def _record(kind: str, *partners: str) -> dict[str, Any]:
    """A sound record of `kind` between the institution and `partners`."""
    rights = kind == "pks"
    made = {
        "jenis": kind,
        "id": f"{kind}-galeri",
        "tentang": "Pendidikan dan Pelatihan Vokasi" if kind == "mou" else "Pelatihan Karyawan",
        "pihak": [_party(one, number, rights=rights) for number, one in enumerate((INSTITUSI, *partners), 1)],
        **_DASAR,
    }
    return made | ({"dasar": {"mou": MOU_INDUK}} if rights else {})


def galeri_naskah(kind: str) -> Iterator[Kasus]:
    """The cases of `mou` or `pks`; the id of each record is told by that of its case."""
    two = _record(kind, INDUSTRI)
    yield kasus("biasa", "Dua pihak, isi yang lazim", "Two parties, the usual content", two)
    yield kasus("paling-sedikit", "Hanya isian yang wajib", "Required fields only", diubah(two, _least()))
    yield kasus("satu-butir", "Setiap daftar berisi satu butir", "One entry in every list", _short(two, 1))
    yield kasus("banyak-butir", "Setiap daftar berisi 25 butir", "25 entries in every list", _short(two, 25))
    yield kasus(
        "nama-panjang",
        "Nama, jabatan, alamat, dan judul terpanjang",
        "The longest names, titles and addresses",
        diubah(_record(kind, PANJANG), _long()),
    )
    yield kasus(
        "tanda-khusus",
        "Tanda & < > dan kutip dalam nama dan isi",
        "The characters & < > and quotes in names and content",
        diubah(_record(kind, KHUSUS), _special()),
    )
    yield kasus(
        "akhir-tahun",
        "31 Desember: tanggal dan akhir masa berlaku",
        "31 December: date and end of term",
        diubah(two, {"penandatanganan.tanggal": _AKHIR_TAHUN, "jangka_waktu.mulai": "2026-01-01", **_numbers(two)}),
    )
    yield kasus("tiga-pihak", "Tiga pihak", "Three parties", _record(kind, INDUSTRI, KETIGA))
    yield kasus("empat-pihak", "Empat pihak", "Four parties", _record(kind, INDUSTRI, KETIGA, KEEMPAT))
    yield kasus("draf", "Tahap draf: nomor dan tanggal belum ada", "Stage: draft without number and date", _draft(two))
    yield kasus("siap-ttd", "Tahap siap ditandatangani: diisi dengan tangan", "Stage: filled in by hand", _by_hand(two))
    yield kasus("terpisah", "Ditandatangani terpisah", "Signed apart", _apart(two))
    yield kasus(
        "tte",
        "Tanda tangan elektronik dengan meterai elektronik",
        "Electronic signatures and stamp duty",
        diubah(two, {"penandatanganan.mode": "tte_emeterai"}),
    )
    yield kasus("lampiran", "Pasal tambahan dan dua lampiran", "An added article and two attachments", _attached(two))
    if kind == "pks":
        yield from _money(two)
        yield from _activities(two)


def _least() -> dict[str, Any]:
    gone = ("dasar_hukum", "pelaksanaan", "pengakhiran", "pembiayaan", "forum")
    inner = {f"pihak.{n}.{name}": BUANG for n in (1, 2) for name in ("unit", "penanggung_jawab")}
    return {**dict.fromkeys(gone, BUANG), **inner, "jangka_waktu.perpanjangan": BUANG}


def _short(record: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Every list with `count` entries."""
    change: dict[str, Any] = {}
    for name in ("premis", "dasar_hukum", "maksud", "tujuan", "pelaksanaan"):
        text = str(record[name][0])
        change[name] = [text if n == 1 else f"{text} dalam kegiatan ke-{n}" for n in range(1, count + 1)]
    first = record["ruang_lingkup"][0]
    change["ruang_lingkup"] = [
        {**first, "teks": first["teks"] if n == 1 else f"{first['teks']} angkatan {n}"} for n in range(1, count + 1)
    ]
    return diubah(record, change)


def _long() -> dict[str, Any]:
    text = (
        "Penyelenggaraan Pendidikan, Pelatihan, Pemagangan, Penelitian Terapan, Pengabdian kepada Masyarakat, dan "
        "Pengembangan Sumber Daya Manusia Bidang Kemaritiman, Kepelabuhanan, dan Logistik di Wilayah Kepulauan Umpama"
    )
    return {
        "tentang": text,
        "maksud": [
            f"melaksanakan {text[0].lower()}{text[1:]} secara terencana, berkelanjutan, dan saling menguntungkan"
        ],
        "pihak.1.unit": "Pusat Pengembangan Pembelajaran, Penjaminan Mutu, dan Kerja Sama Dalam dan Luar Negeri",
        "pihak.1.penanggung_jawab": "Kepala Pusat Pengembangan Pembelajaran, Penjaminan Mutu, dan Kerja Sama",
    }


def _special() -> dict[str, Any]:
    return {
        "tentang": "Riset & Pengembangan <R&D> “Mutu” dan 'Keandalan'",
        "tujuan": ["menjaga suhu < 5 °C & tekanan > 2 bar", 'memakai istilah "mutu" secara sama'],
        "pihak.2.penanggung_jawab": "Manajer R&D <Umpama>",
    }


def _numbers(record: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers that go with December."""
    count = len(record["pihak"])
    return {f"pihak.{n}.nomor": f"{n:02}{n}/UMPAMA/XII/2025" for n in range(1, count + 1)} | (
        {"dasar": {"nomor": "001/MOU.U/I/2025", "tanggal": "2025-01-06", "tentang": "Pendidikan Vokasi"}}
        if "dasar" in record
        else {}
    )


def _draft(record: Mapping[str, Any]) -> dict[str, Any]:
    change = {"tahap": "draf", "penandatanganan.tanggal": BUANG, "penandatanganan.tempat": BUANG}
    return diubah(record, change | {f"pihak.{n}.nomor": BUANG for n in (1, 2)})


def _by_hand(record: Mapping[str, Any]) -> dict[str, Any]:
    hand = "diisi_tangan"
    change = {"tahap": "siap_ttd", "penandatanganan.tanggal": hand, "penandatanganan.tempat": hand}
    return diubah(record, change | {f"pihak.{n}.nomor": hand for n in (1, 2)})


def _apart(record: Mapping[str, Any]) -> dict[str, Any]:
    days = {1: ("2026-03-16", "Batam"), 2: ("2026-03-24", "Tanjungpinang")}
    change: dict[str, Any] = {"penandatanganan": {"cara": "terpisah", "mode": "basah"}}
    for number, (day, place) in days.items():
        change |= {f"pihak.{number}.tanggal_ttd": day, f"pihak.{number}.tempat_ttd": place}
    return diubah(record, change)


def _attached(record: Mapping[str, Any]) -> dict[str, Any]:
    rows: Sequence[str] = [f"{chr(96 + n)}. kegiatan ke-{n};" for n in range(1, 9)]
    return diubah(
        record,
        {
            "lampiran": [
                {"judul": "Jadwal Kegiatan", "teks": ["Jadwal ditetapkan setiap semester.", "\n".join(rows)]},
                {"judul": "Rincian Sarana", "teks": ["Sarana disediakan oleh PARA PIHAK."]},
            ],
            "klausul_tambahan": [
                {
                    "id": "tata-busana",
                    "judul": "Tata Busana",
                    "setelah": "pelaksanaan",
                    "teks": "(1) Peserta berpakaian sesuai dengan tata tertib.\n(2) Sepatu keselamatan disediakan "
                    "PIHAK KEDUA.",
                }
            ],
        },
    )


def _paid(**scheme: Any) -> dict[str, Any]:
    return {
        "pembayar": "2",
        "penerima": "1",
        "tenggat": "30 hari",
        "rekening": {"bank": "Bank Umpama", "nomor": "0001112223", "atas_nama": "Politeknik Negeri Umpama"},
        "pajak": "biaya tersebut sudah termasuk pajak",
        **scheme,
    }


def _money(record: Mapping[str, Any]) -> Iterator[Kasus]:
    units = {"satuan": "peserta", "nilai_satuan": "1.000.000", "volume": "40", "nilai": "40.000.000"}
    yield kasus(
        "biaya-satuan",
        "Biaya dihitung per satuan",
        "Cost by the unit",
        diubah(record, {"pembiayaan": _paid(skema="per_satuan", **units)}),
    )
    free = {"satuan": "peserta", "nilai_satuan": "0", "volume": "40", "nilai": "0"}
    yield kasus(
        "rp0", "Nilai Rp0", "An amount of Rp0", diubah(record, {"pembiayaan": _paid(skema="per_satuan", **free)})
    )
    parts = [
        {"jumlah": "75.000.000", "persen": "50", "syarat": "setelah naskah ini ditandatangani"},
        {"jumlah": "45.000.000", "persen": "30", "syarat": "setelah laporan antara diterima"},
        {"jumlah": "30.000.000", "persen": "20", "syarat": "setelah laporan akhir diterima"},
    ]
    yield kasus(
        "termin",
        "Biaya dibayar dalam tiga termin",
        "Paid in three instalments",
        diubah(record, {"pembiayaan": _paid(skema="termin", nilai="150.000.000", termin=parts)}),
    )


def _activities(record: Mapping[str, Any]) -> Iterator[Kasus]:
    yield kasus(
        "magang",
        "Magang, pengakuan SKS, aset, dan data pribadi",
        "Internship, credits, assets and personal data",
        diubah(
            record,
            {
                "ruang_lingkup": [{"teks": "magang mahasiswa", "bentuk": "magang"}],
                "data_pribadi": "ya",
                "perlindungan_mahasiswa": {
                    "jam_per_hari": "8",
                    "hari_per_minggu": "5",
                    "uang_saku": "sebesar Rp2.000.000,00 (dua juta rupiah) setiap bulan bagi setiap peserta",
                    "asuransi": "ditanggung oleh PIHAK KEDUA",
                    "pembimbing": "1 (satu) pembimbing lapangan membimbing paling banyak 5 (lima) peserta",
                },
                "pengakuan_sks": {
                    "sks": "20",
                    "program": "Program Studi Teknik Umpama",
                    "mekanisme": "penyetaraan capaian magang dengan mata kuliah",
                },
                "aset": [{"pihak": "1", "nama": "Laboratorium Otomasi", "penggunaan": "pelatihan peserta"}],
            },
        ),
    )
