"""The names that the template of an MoU or a PKS may use: what `docx.naskah.template_context` gives, with meanings.

What is `wajib` here is what `verification` looks for after printing.
"""

from __future__ import annotations

from typing import Final

from ksdocs.docx.naskah import LAYOUT_WORDS
from ksdocs.nama import Nama, daftar, nama

_BLOCK: Final = (
    nama("gaya", "Jenis blok; templat memilih gaya paragraf menurutnya", "Kind of block", contoh="ayat"),
    nama("nomor", "Nomor blok", "Number of the block", contoh="(1)"),
    nama("isi", "Bunyi blok", "Words of the block", "kaya", contoh="PARA PIHAK sepakat …"),
    nama("id", "Tanda pengenal blok", "Id of the block", contoh="pasal.1.ayat.1"),
    nama("jangkar", "Benar bila blok harus sehalaman dengan lanjutannya", "True: keep with next", "ya_tidak"),
    nama("tabel", "Tabel, bila `gaya` adalah tabel", "Table, where `gaya` is tabel", "tabel"),
)


def _blocks(name: str, id_: str, en: str, *needed: str, path: str = "") -> Nama:
    """A list of blocks; of each, the names in `needed` must be printed. Only articles and attachments hold tables."""
    key = f"{path}{name}"
    isi = tuple(
        Nama(b.nama, b.arti, b.jenis, b.contoh, wajib=f"{key}.{b.nama}" if b.nama in needed else "")
        for b in _BLOCK
        if b.nama in needed or b.jenis != "tabel"
    )
    return daftar(name, id_, en, *isi)


def _party(*needed: str) -> tuple[Nama, ...]:
    def key(name: str) -> str:
        return f"pihak.{name}" if name in needed else ""

    return (
        nama("label", "Sebutan pihak", "What the party is called", contoh="PIHAK KESATU"),
        nama("nama", "Nama lembaga", "Name of the institution", "kaya", contoh="PT Samudra Elektronika",
             wajib=key("nama")),
        nama("nomor", "Nomor naskah milik pihak ini, atau garis isian", "Its own number, or a ruled gap", "kaya",
             contoh="012/MOU.PL29/III/2026", wajib=key("nomor")),
        nama("ada_nomor", "Benar bila pihak ini bernomor", "True where it has a number", "ya_tidak"),
        nama("logo", "Logo dalam kotak 26 × 26 mm", "Logo in a box of 26 × 26 mm", "gambar"),
        nama("ada_logo", "Benar bila ada logonya", "True where there is a logo", "ya_tidak"),
    )  # fmt: skip


_SIGNATURE: Final = (
    nama("kosong", "Benar untuk sel kosong di samping tanda tangan ganjil", "True for the empty cell beside an odd one",
         "ya_tidak"),
    nama("label", "Sebutan pihak", "What the party is called", contoh="PIHAK KESATU", wajib="ttd.label"),
    nama("lembaga", "Nama lembaga", "Name of the institution", "kaya", contoh="PT Samudra Elektronika",
         wajib="ttd.lembaga"),
    nama("jabatan", "Jabatan penanda tangan", "Office of the signatory", "kaya", contoh="Direktur Utama",
         wajib="ttd.jabatan"),
    nama("nama", "Nama penanda tangan dengan gelar", "Name of the signatory", "kaya", contoh="Dr. Contoh, M.T.",
         wajib="ttd.nama"),
    nama("ada_nip", "Benar bila ada NIP", "True where there is a NIP", "ya_tidak"),
    nama("nip", "NIP penanda tangan", "NIP of the signatory", contoh="NIP 198703152015041001", wajib="ttd.nip"),
    nama("ada_tempat_tanggal", "Benar bila ditandatangani terpisah", "True when signed apart", "ya_tidak"),
    nama("tempat_tanggal", "Tempat dan tanggal tanda tangan ini", "Place and day of this signature", "kaya",
         contoh="Batam, 17 Maret 2026", wajib="ttd.tempat_tanggal"),
    nama("meterai", "Benar: cetak kotak meterai", "True: print the slot for the stamp", "ya_tidak"),
    nama("emeterai", "Benar: cetak kotak meterai elektronik", "True: the slot for the electronic stamp", "ya_tidak"),
)  # fmt: skip

_WHAT: Final = {"mou": "NOTA KESEPAHAMAN", "pks": "PERJANJIAN KERJA SAMA"}


def names_of_naskah(kind: str) -> tuple[Nama, ...]:
    """Everything that the template of an agreement of `kind` is given."""
    title = _WHAT.get(kind, "")
    return (
        nama("draf", "Benar pada tahap draf: tulisan DRAF harus ada di setiap kepala atau setiap kaki halaman",
             "True in stage draf: DRAF must stand in every header or every footer", "ya_tidak", wajib="draf"),
        nama("rahmat", "Benar bila profil menghendaki kalimat rahmat", "True when the profile wants the invocation",
             "ya_tidak"),
        nama("judul_jenis", "Jenis naskah, dengan huruf besar", "Kind of document, in capitals", "kaya", contoh=title,
             wajib="judul_jenis", tetap=bool(title)),
        nama("antara", "Kata ANTARA", "The word ANTARA", contoh="ANTARA"),
        nama("penghubung", "DAN atau DENGAN, menurut profil", "DAN or DENGAN, by the profile", contoh="DAN"),
        nama("kata_tentang", "Kata TENTANG", "The word TENTANG", contoh="TENTANG"),
        nama("tentang", "Judul naskah", "Title of the document", "kaya", contoh="Penyelenggaraan Magang Industri",
             wajib="tentang"),
        daftar("pihak", "Para pihak menurut urutannya", "The parties in order", *_party("nama", "nomor")),
        daftar("logo", "Para pihak menurut urutan logonya dari kiri", "The parties in the order of their logos",
               *_party("nama", "nomor")),
        _blocks("pembuka", "Pembuka: hari, tanggal, tempat", "Opening: day, date, place", "isi"),
        _blocks("komparisi", "Komparisi: siapa bertindak untuk siapa", "Who acts for whom", "nomor", "isi"),
        _blocks("premis", "Premis: bahwa …", "Recitals", "nomor", "isi"),
        _blocks("sepakat", "Kalimat sepakat", "The sentence of agreement", "isi"),
        daftar(
            "pasal", "Pasal-pasal", "The articles",
            nama("nomor", "Nomor pasal", "Number of the article", "kaya", contoh="Pasal 1", wajib="pasal.nomor"),
            nama("judul", "Judul pasal", "Title of the article", "kaya", contoh="Maksud dan Tujuan",
                 wajib="pasal.judul"),
            nama("id", "Tanda pengenal pasal", "Id of the article", contoh="maksud_tujuan"),
            _blocks("blok", "Isi pasal", "Contents of the article", "nomor", "isi", "tabel", path="pasal."),
            nama("terakhir", "Benar untuk pasal terakhir", "True for the last article", "ya_tidak"),
        ),
        daftar("ttd", "Baris tanda tangan, dua sel sebaris", "Rows of signatures, two cells in each",
               daftar("", "Sel satu baris", "Cells of a row", *_SIGNATURE, banyak=2)),
        nama("paraf", "Benar bila profil menghendaki kotak paraf", "True when the profile wants boxes for initials",
             "ya_tidak"),
        daftar("paraf_pihak", "Pihak yang memaraf", "Parties that initial",
               nama("label", "Sebutan pihak", "What the party is called", contoh="PIHAK KESATU")),
        daftar(
            "lampiran", "Lampiran", "Attachments",
            nama("nomor", "Nomor lampiran", "Number of the attachment", "kaya", contoh="LAMPIRAN I",
                 wajib="lampiran.nomor"),
            nama("judul", "Judul lampiran", "Title of the attachment", "kaya", contoh="Rincian Kegiatan",
                 wajib="lampiran.judul"),
            _blocks("blok", "Isi lampiran", "Contents of the attachment", "nomor", "isi", "tabel", path="lampiran."),
        ),
        nama("asli", "Teks kaki halaman naskah asli; kosong", "Text for the footer of an original; empty"),
        nama("kaki", "Teks kaki halaman: jenis dan id rekaman", "Foot of the page: kind and id",
             contoh=f"{title or 'NASKAH'} — mou-majujaya-2026"),
        nama("kata", "Kata-kata tetap tata letak", "Fixed words of a layout", "kelompok",
             *(nama(key, f"Kata “{word}”", f"The words “{word}”", contoh=word) for key, word in LAYOUT_WORDS.items())),
    )  # fmt: skip
