"""What each table of the annual evaluation counts, in the words that its readers are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HITUNGAN: Final = (
    "Ditandatangani: dalam tahun laporan, sampai hari laporan. Berlaku: pada hari laporan; pada hari terakhirnya masih."
    " Berakhir: hari terakhirnya dalam tahun laporan, sampai hari laporan, dan tidak diperpanjang."
)

ARTI: Final[Mapping[str, str]] = {
    "jenis": f"MoU, PKS, IA, dan adendum. {_HITUNGAN}",
    "status": (
        f"Status pada hari laporan, dihitung dari tanggal-tanggal naskah. {_HITUNGAN} Seluruhnya: semua naskah yang"
        " sudah ada pada hari laporan, dari tahun mana pun."
    ),
    "tingkat": f"Tingkat kerja sama menurut naskahnya. {_HITUNGAN}",
    "kelas": (
        "Naskah dengan mitra dari beberapa kelas dihitung pada masing-masing, dan sekali pada jumlah; kelas tanpa"
        f" naskah tidak ditampilkan. {_HITUNGAN}"
    ),
    "bidang": f"Naskah yang melayani beberapa bidang dihitung pada masing-masing, dan sekali pada jumlah. {_HITUNGAN}",
    "bentuk": (
        "Naskah dengan beberapa bentuk kegiatan dihitung pada masing-masing, dan sekali pada jumlah; bentuk tanpa"
        f" naskah tidak ditampilkan. {_HITUNGAN}"
    ),
    "unit": f"Unit pelaksana milik institusi; unit tanpa naskah tidak ditampilkan. {_HITUNGAN}",
    "baru": (
        "Naskah yang ditandatangani dalam tahun laporan, sampai hari laporan; perpanjangan ikut. Berakhir: hari"
        " terakhirnya, lebih awal bila sudah diakhiri atau selesai."
    ),
    "berakhir": (
        "Naskah yang hari terakhirnya dalam tahun laporan, sampai hari laporan, beserta cara berakhirnya. Yang"
        " diperpanjang tidak ikut. Yang hari terakhirnya tepat hari laporan juga masih terhitung berlaku."
    ),
    "berakhir_6": (
        "Naskah berlaku yang hari terakhirnya paling lambat enam bulan sesudah hari laporan, dan penerusnya bila sudah"
        " ditandatangani."
    ),
    "berakhir_12": (
        "Naskah berlaku yang hari terakhirnya paling lambat dua belas bulan sesudah hari laporan, dan penerusnya bila"
        " sudah ditandatangani."
    ),
    "diperpanjang": "Naskah yang naskah penerusnya ditandatangani dalam tahun laporan, sampai hari laporan.",
    "tanpa_kegiatan": (
        "PKS dan IA yang berlaku tetapi tidak ada kegiatannya yang berjalan atau terlaksana dalam tahun laporan; di"
        " bawahnya MoU yang demikian, yang kegiatannya juga dilihat dari PKS dan IA yang bersandar padanya."
    ),
    "kegiatan": (
        "Kegiatan yang sedikitnya satu harinya dalam tahun laporan, menurut bentuk dan keadaannya pada hari laporan."
        " Yang mulai sesudah hari laporan hanya ikut bila masih rencana, tertunda, atau batal. Kegiatan yang dicatat"
        " beberapa rekaman dihitung sekali."
    ),
    "tanpa_bukti": "Kegiatan terlaksana yang tidak mempunyai tautan bukti.",
    "mou_tanpa_pks": (
        "MoU berlaku tanpa PKS atau IA bertanda tangan yang bersandar padanya atau pada MoU terdahulu yang"
        " diperpanjangnya."
    ),
    "kepuasan": (
        "Survei tahun laporan: banyaknya responden dan rerata semua nilai butir tiap dimensi. Yang tidak dijawab tidak"
        " dihitung; tanpa jawaban tidak ada rerata."
    ),
    "sasaran": (
        "Target program tahun laporan terhadap realisasinya: dihitung bila sasarannya menyebut ukuran, selebihnya"
        " menurut laporan evaluasi. Capaian adalah realisasi dibagi target."
    ),
    "lkps_1": (
        "Kegiatan berjalan dan terlaksana dalam tahun laporan, pada tiap bidang tridharma naskahnya; nomor dimulai lagi"
        " pada tiap bidang. Tahun berakhir: tahun hari terakhir naskahnya, lebih awal bila sudah diakhiri atau selesai."
    ),
    "portal": (
        "Kolom yang pernah terlihat pada portal pelaporan nasional; contoh, bukan format resmi. Satu baris tiap naskah"
        " bertanda tangan yang berlaku pada suatu hari tahun laporan, mitranya, dan kegiatannya yang berjalan atau"
        " terlaksana; yang tidak diketahui dari data dibiarkan kosong."
    ),
}
"""Id of a table → what stands in it. Nothing else defines it."""
