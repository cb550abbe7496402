"""What the records of a gallery name: invented institutions and agreements, and a picture. Nothing of the office's."""

from __future__ import annotations

from typing import Any, Final

from ksdocs.convert.png import png
from ksdocs.models import Butir, Institusi, Mitra
from ksdocs.models.rapat import summarize_notulen
from ksdocs.register import MemoryRegister, open_register, summarize
from ksdocs.sources import from_tree
from ksdocs.workspace import shipped

INSTITUSI: Final = "poltek-umpama"
INDUSTRI: Final = "industri-umpama"
PANJANG: Final = "nama-panjang"
KHUSUS: Final = "tanda-khusus"
KETIGA: Final = "dinas-umpama"
KEEMPAT: Final = "yayasan-umpama"
MOU_INDUK: Final = "mou-induk-galeri"
BUTIR: Final = "butir-umpama"
NOTULEN: Final = "notulen-umpama"
GAMBAR: Final = "gambar.png"
NAMA_PANJANG: Final = (
    "Perkumpulan Lembaga Pengembangan Pendidikan Vokasi, Pelatihan Kerja, dan Riset Terapan Bidang Kemaritiman, "
    "Kepelabuhanan, dan Logistik Kepulauan Umpama"
)


def _party(ident: str, nama: str, kelas: str, official: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "jenis": "mitra",
        "id": ident,
        "nama": nama,
        "kelas": kelas,
        "kedudukan": "Batam",
        "alamat": "Jalan Umpama Nomor 2, Batam",
        "pejabat": [
            {
                "id": "pimpinan",
                "nama": official,
                "jabatan": title,
                "kewenangan": [
                    {"jenis": "akta", "nomor": "17", "tanggal": "2023-06-12", "penerbit": "Notaris Umpamasari, S.H."}
                ],
            }
        ],
        "kontak": [{"id": "umum", "jabatan": "Bagian Umum", "surel": f"umum@{ident}.example"}],
        **more,
    }


_PARTIES: Final[tuple[dict[str, Any], ...]] = (
    {
        "jenis": "institusi",
        "id": INSTITUSI,
        "nama": "Politeknik Negeri Umpama",
        "singkatan": "Polumpama",
        "kelas": "perguruan_tinggi",
        "badan_publik": "ya",
        "kedudukan": "Batam",
        "alamat": "Jalan Umpama Nomor 1, Batam",
        "telepon": "(0778) 111000",
        "pejabat": [
            {
                "id": "direktur",
                "gelar_depan": "Dr.",
                "nama": "Rekayana Umpama",
                "gelar_belakang": "S.T., M.T.",
                "jabatan": "Direktur",
                "nip": "197501012001011001",
                "kewenangan": [
                    {
                        "jenis": "sk_pengangkatan",
                        "nomor": "1/SK/2024",
                        "tanggal": "2024-01-15",
                        "penerbit": "Menteri Umpama",
                        "berlaku_sampai": "2028-01-14",
                    }
                ],
            },
        ],
        "kontak": [
            {"id": "humas", "jabatan": "Kepala Humas", "telepon": "(0778) 111001", "surel": "humas@polumpama.example"}
        ],
        "profil": {
            "pengadilan": "Pengadilan Negeri Batam",
            "penyetuju": ["Direktur"],
            "kota_surat": "Batam",
        },
    },
    _party(INDUSTRI, "PT Karya Umpama", "industri", "Hendra Rekaputra", "Direktur Utama"),
    _party(
        PANJANG,
        NAMA_PANJANG,
        "organisasi_profesi",
        "Raden Mas Adiwijaya Kusumanegara Hadiningratputra Umpamasari",
        "Ketua Umum merangkap Koordinator Bidang Kerja Sama Dalam dan Luar Negeri",
        alamat="Gedung Umpama Lantai 27 Sayap Timur, Kawasan Pelabuhan Bebas Umpama Blok AB Nomor 1234-1236, Kelurahan "
        "Umpama Kota, Kecamatan Umpama Barat, Kota Batam, Provinsi Kepulauan Riau 29461",
    ),
    _party(KHUSUS, "PT A & B <Umpama> “Jaya” 'Raya' d/h \"Lama\"", "industri", "D'Artagnan O’Umpama", "Direktur R&D"),
    _party(KETIGA, "Dinas Pendidikan Kota Umpama", "pemerintah", "Sitira Umpama", "Kepala Dinas", badan_publik="ya"),
    _party(KEEMPAT, "Yayasan Bina Umpama", "yayasan", "Wirama Umpama", "Ketua Pengurus"),
)

_INDUK: Final[dict[str, Any]] = {
    "jenis": "mou",
    "id": MOU_INDUK,
    "tahap": "ditandatangani",
    "tentang": "Pendidikan, Penelitian, dan Pengabdian kepada Masyarakat",
    "tingkat": "nasional",
    "bidang": ["pendidikan"],
    "relevansi": "Sesuai dengan misi institusi.",
    "pihak": [
        {"id": one["id"], "nomor": f"{number:03}/MOU.U/I/2026"}
        for number, one in enumerate(_PARTIES, 1)
        if one["id"] in (INSTITUSI, INDUSTRI, PANJANG, KHUSUS, KETIGA, KEEMPAT)
    ],
    "penandatanganan": {"tanggal": "2026-01-05", "tempat": "Batam"},
    "premis": ["PIHAK KESATU adalah perguruan tinggi vokasi"],
    "ruang_lingkup": [{"teks": "kerja sama", "bentuk": bentuk} for bentuk in ("magang", "pelatihan", "seminar")],
    "jangka_waktu": {"lama": "5 tahun"},
}


_NOTULEN: Final[dict[str, Any]] = {
    "jenis": "notulen",
    "id": NOTULEN,
    "acara": "Pembahasan kerja sama",
    "tanggal": "2026-02-02",
    "jam_mulai": "09.00",
    "jam_selesai": "11.00",
    "tempat": "Ruang Rapat Umpama",
    "jenis_rapat": "pembahasan internal",
}


def register() -> MemoryRegister:
    """A register of invented names, with the code list that ships with ksdocs."""
    made = MemoryRegister()
    made.bentuk_ = dict(open_register(shipped("data")).bentuk())
    for tree in _PARTIES:
        model: type[Institusi] | type[Mitra] = Institusi if tree["jenis"] == "institusi" else Mitra
        made.lembaga_[tree["id"]] = model.model_validate(tree)
    point = {"id": BUTIR, "teks": "Kuota peserta 20 orang setiap angkatan.", "status": "disepakati"}
    made.butir_[BUTIR] = Butir.model_validate(point | {"tanggal": "2026-02-02", "sumber": "Rapat 2 Februari 2026"})
    minutes = summarize_notulen(_NOTULEN)
    assert minutes is not None
    made.notulen_[NOTULEN] = minutes
    for ident in (INSTITUSI, INDUSTRI):
        made.logo_[ident] = picture(200, 200)
    found = summarize(from_tree(_INDUK, f"{MOU_INDUK}.yaml"), made)
    assert found is not None
    made.add_naskah(found)
    return made


def picture(width: int = 320, height: int = 200) -> bytes:
    """A PNG of one colour with a frame; the same each time."""
    frame, inside = b"\x5b\x72\x8a", b"\xdc\xe4\xec"
    row = frame * 4 + inside * (width - 8) + frame * 4
    rows = [frame * width if number < 4 or number >= height - 4 else row for number in range(height)]
    return png(width, height, b"".join(rows), level=0)
