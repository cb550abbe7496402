"""Every rule finds what it is for, at its place, and leaves alone what only looks like it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from builders import GONE, a_mou, a_pks, codes, found, judged
from ksdocs.problems import Severity

INLINE = {
    "id": "wakil",
    "nama": "Wakil Baru",
    "jabatan": "Wakil Direktur",
    "kewenangan": [{"jenis": "surat_kuasa", "nomor": "9", "tanggal": "2024-05-05", "penerbit": "Direktur"}],
}
CONTACT = {"id": "baru", "jabatan": "Manajer"}
OFFER = {"bank": "B", "nomor": "1", "atas_nama": "x"}
FIXED = {"pembiayaan.skema": "biaya_tetap"}
TWO_PARTS = {
    "pembiayaan.skema": "termin",
    "pembiayaan.nilai_satuan": GONE,
    "pembiayaan.volume": GONE,
    "pembiayaan.satuan": GONE,
}
APART: dict[str, Any] = {
    "penandatanganan": {"cara": "terpisah"},
    "pihak.1.tanggal_ttd": "2025-03-10",
    "pihak.1.tempat_ttd": "Batam",
    "pihak.2.tanggal_ttd": "2025-03-17",
    "pihak.2.tempat_ttd": "Bintan",
}
READY = {"tahap": "siap_ttd"}
OPEN = {
    "tahap": "siap_ttd",
    "pihak.1.nomor": "diisi_tangan",
    "pihak.2.nomor": "tanpa_nomor",
    "penandatanganan.tanggal": "diisi_tangan",
    "penandatanganan.tempat": "diisi_tangan",
}


def instalments(*amounts: str, percents: tuple[str, ...] = ()) -> list[dict[str, str]]:
    rows = [{"jumlah": a, "syarat": "setelah laporan"} for a in amounts]
    for row, percent in zip(rows, percents, strict=False):
        row["persen"] = percent
    return rows


T, P, N = Severity.TOLAK, Severity.PERINGATAN, Severity.INFO

MOU_FAULTS: list[tuple[str, Severity, str, dict[str, Any]]] = [
    ("KS201", T, "jenis", {"jenis": "mouu"}),
    ("KS202", T, "pihak.2.id", {"pihak.2.id": "jayaa"}),
    ("KS203", T, "pihak.2.penanda_tangan", {"pihak.2.penanda_tangan": "dirut2"}),
    ("KS204", T, "pihak.2.kontak", {"pihak.2.kontak": "sdmm"}),
    ("KS205", T, "pihak", {"pihak.1": {"id": "lain", "nomor": "1/L/2025"}}),
    ("KS206", T, "pihak.2.id", {"pihak.2.id": "poltek"}),
    ("KS207", T, "ruang_lingkup.1.bentuk", {"ruang_lingkup.1.bentuk": "magng"}),
    ("KS208", T, "pihak.2.label", {"pihak.2.label": "PIHAK DUA"}),
    ("KS208", T, "pihak.1.label", {"pihak.1.label": "POLITEKNIK"}),
    ("KS208", T, "pihak.2.label", {"pihak.1.label": "MITRA", "pihak.2.label": "MITRA"}),
    ("KS209", T, "premis.1", {"premis": ["PIHAK PERTAMA adalah politeknik"]}),
    ("KS209", T, "premis.1", {"premis": ["Pihak  Pertama adalah politeknik"]}),
    ("KS209", T, "premis.1", {"premis": ["PIHAK SATU adalah politeknik"]}),
    ("KS209", T, "premis.1", {"premis": ["PIHAK KETIGA adalah politeknik"]}),
    ("KS209", T, "premis.1", {"premis": ["PIHAK II adalah politeknik"]}),
    ("KS210", T, "penandatanganan.hari", {"penandatanganan.hari": "Selasa"}),
    ("KS210", T, "penandatanganan.hari", {"penandatanganan.hari": "Seninn"}),
    ("KS211", T, "penandatanganan.tanggal_terbilang", {
        "penandatanganan.tanggal_terbilang": "tujuh belas bulan Maret tahun dua ribu dua puluh empat"
    }),
    ("KS212", T, "premis.1", {"premis": ["surat pada Senin, 18 Maret 2025"]}),
    ("KS212", T, "relevansi", {"relevansi": "rapat hari Selasa tanggal 17 Maret 2025"}),
    ("KS213", T, "premis.1", {"premis": ["paling lama 5 (enam) tahun"]}),
    ("KS214", T, "jangka_waktu.berakhir", {"jangka_waktu.berakhir": "2025-03-17"}),
    ("KS215", T, "jangka_waktu.berakhir", {"jangka_waktu.berakhir": "2030-03-18"}),
    ("KS216", P, "jangka_waktu.mulai", {"jangka_waktu.mulai": "2025-03-01"}),
    ("KS216", N, "jangka_waktu.mulai", {
        "jangka_waktu.mulai": "2025-03-01", "jangka_waktu.alasan_mulai": "kegiatan sudah berjalan"
    }),
    ("KS217", T, "penandatanganan.tanggal", {"penandatanganan.tanggal": "2025-06-03"}),
    ("KS217", T, "pihak.2.tanggal_ttd", {**APART, "pihak.2.tanggal_ttd": "2025-06-03"}),
    ("KS220", T, "pihak.1.nomor", {"pihak.1.nomor": GONE}),
    ("KS220", T, "pihak.2.nomor", {"pihak.2.nomor": "diisi_tangan"}),
    ("KS220", T, "penandatanganan.tanggal", {"penandatanganan.tanggal": "diisi_tangan"}),
    ("KS220", T, "penandatanganan.tempat", {"penandatanganan.tempat": "diisi_tangan"}),
    ("KS220", T, "pihak.2.tempat_ttd", {**APART, "pihak.2.tempat_ttd": GONE}),
    ("KS221", T, "pihak.2.nomor", {"pihak.2.nomor": "tanpa_nomor"}),
    ("KS222", T, "pihak.2.nomor", {**READY, "pihak.2.nomor": GONE}),
    ("KS222", T, "penandatanganan.tempat", {**READY, "penandatanganan.tempat": GONE}),
    ("KS223", T, "pihak.1.nomor", {**READY, "pihak.1.nomor": "tanpa_nomor"}),
    ("KS224", T, "penandatanganan.tempat", {**APART, "penandatanganan.tempat": "Batam"}),
    ("KS225", T, "pihak.1.tanggal_ttd", {"pihak.1.tanggal_ttd": "2025-03-17"}),
    ("KS226", P, "pihak.1.nomor", {"pihak.1.nomor": "12/MOU.PU/III/2025"}),
    ("KS227", P, "pihak.1.nomor", {"pihak.1.nomor": "012/MOU.PU/IV/2025"}),
    ("KS227", P, "pihak.2.nomor", {"pihak.2.nomor": "027/JRU/III/2024"}),
    ("KS229", P, "pihak.2.nomor", {"pihak.2.nomor": "012/mou.pu/III/2025"}),
    ("KS230", T, "pihak.1.nomor", {"pihak.1.nomor": "012/MOU.PU/III/2025; 013/MOU.PU/III/2025"}),
    ("KS230", T, "pihak.2.nomor", {"pihak.2.nomor": "1/A/2025 dan 2/B/2025"}),
    ("KS230", T, "pihak.2.nomor", {"pihak.2.nomor": "1/A/2025 2/B/2025"}),
    ("KS240", T, "pihak.1.penanda_tangan", {"pihak.1.penanda_tangan": {**INLINE, "kewenangan": []}}),
    ("KS242", P, "pihak.1.penanda_tangan", {"pihak.1.penanda_tangan": {**INLINE, "status": "plt"}}),
    ("KS243", P, "pihak.1.penanda_tangan", {"pihak.1.penanda_tangan": "kajur"}),
    ("KS246", P, "forum", {"forum": ["bani", "pengadilan_negeri"], "mengikat": "ya"}),
    ("KS247", P, "forum.2", {"forum": ["musyawarah", "pengadilan_negeri"]}),
    ("KS259", T, "pembiayaan.nilai", {"pembiayaan.nilai": "1.000.000"}),
    ("KS259", T, "pembiayaan.rekening", {"pembiayaan.rekening": OFFER}),
    ("KS256", T, "pembiayaan.beban.1.pihak", {"pembiayaan.beban": [{"pihak": "3", "hal": "konsumsi"}]}),
    ("KS265", T, "pihak.2.kontak.telepon", {"pihak.2.kontak": {**CONTACT, "telepon": "(0771) 222333"}}),
    ("KS265", T, "pihak.2.kontak.surel", {"pihak.2.kontak": {**CONTACT, "surel": "umum@lintas.example"}}),
    ("KS265", T, "pihak.2.kontak.surel", {"pihak.2.kontak": {**CONTACT, "surel": "lain@lintas.example"}}),
    ("KS266", T, "pihak.2.penanda_tangan.nama", {"pihak.2.penanda_tangan": {**INLINE, "nama": "BUDI Lainnya"}}),
    ("KS267", P, "premis.1", {"premis": ["kerja sama dengan PT. Lintas Laut Umpama"]}),
    ("KS267", P, "ruang_lingkup.2.teks", {"ruang_lingkup.2.teks": "pelatihan di LILAUT"}),
    ("KS268", T, "premis.1", {"premis": ["surat ke info@mail.lintas.example"]}),
    ("KS269", P, "disebut.1", {"disebut": ["tidak-ada"]}),
    ("KS270", P, "premis.1", {"premis": ["naskah bermaterai cukup"]}),
    ("KS271", P, "ruang_lingkup.1.teks", {"ruang_lingkup.1.teks": "penyelenggaraan magang;"}),
    ("KS272", P, "premis.1", {"premis": ["Bahwa PIHAK KESATU adalah politeknik"]}),
    ("KS275", T, "penandatanganan.rangkap", {"penandatanganan.mode": "tte", "penandatanganan.rangkap": "2"}),
    ("KS276", T, "penandatanganan.rangkap", {
        "penandatanganan.rangkap": "2", "pihak.3": {"id": "lain", "nomor": "1/LL/III/2025"}
    }),
    ("KS277", P, "tingkat", {"tingkat": "internasional"}),
    ("KS290", T, "butir.1.id", {"butir": [{"id": "butir-x", "klausul": "pelaksanaan"}]}),
    ("KS293", T, "pengecualian.1.penyetuju", {
        "pengecualian": [
            {"substansi": "monev", "alasan": "x", "penyetuju": "Staf", "tanggal": "2025-01-01"}
        ]
    }),
    ("KS294", N, "tanggapan.1.kode", {"tanggapan": [{"kode": "KS270", "alasan": "x", "oleh": "Direktur"}]}),
    ("KS294", N, "tanggapan.1.kode", {"tanggapan": [{"kode": "kode-x", "alasan": "x", "oleh": "Direktur"}]}),
]  # fmt: skip

PKS_FAULTS: list[tuple[str, Severity, str, dict[str, Any]]] = [
    ("KS231", T, "dasar.mou", {"dasar.mou": "mou-jayaa"}),
    ("KS233", T, "dasar.mou", {"penandatanganan.tanggal": "2025-03-16", "pihak.1.nomor": "041/MOA.PU/III/2025"}),
    ("KS233", T, "dasar.tanggal", {"dasar": {"nomor": "1/X/2026", "tanggal": "2025-05-20"}}),
    ("KS235", T, "pihak.2.id", {"pihak.2.id": "lain"}),
    ("KS236", T, "ruang_lingkup.1.bentuk", {"ruang_lingkup.1.bentuk": "seminar"}),
    ("KS237", P, "jangka_waktu.lama", {"jangka_waktu.lama": "6 tahun"}),
    ("KS237", P, "jangka_waktu.berakhir", {"jangka_waktu": {"lama": "6 tahun", "berakhir": "2031-05-18"}}),
    ("KS238", P, "dasar.nomor", {"dasar": {"nomor": "012/MOU.PU/III/2025", "tanggal": "2025-03-17"}}),
    ("KS245", T, "pihak.2.hak", {"pihak.2.hak": GONE}),
    ("KS245", T, "pihak.1.kewajiban", {"pihak.1.kewajiban": []}),
    ("KS250", T, "pembiayaan.nilai", {"pembiayaan.nilai": "41.000.000"}),
    ("KS251", T, "pembiayaan.termin", {"pembiayaan.termin": instalments("10.000.000", "20.000.000")}),
    ("KS252", T, "pembiayaan.termin", {
        "pembiayaan.termin": instalments("20.000.000", "20.000.000", percents=("50", "40"))
    }),
    ("KS252", T, "pembiayaan.termin.1.persen", {
        "pembiayaan.termin": instalments("10.000.000", "30.000.000", percents=("50",))
    }),
    ("KS253", T, "pembiayaan.nilai_terbilang", {"pembiayaan.nilai_terbilang": "empat puluh satu juta rupiah"}),
    ("KS252", T, "pembiayaan.termin", {
        "pembiayaan.termin": instalments("20.000.000", "20.000.000", percents=("33.33333333", "33.33333333"))
    }),
    ("KS253", T, "pembiayaan.nilai_terbilang", {"pembiayaan.nilai_terbilang": "banyak"}),
    ("KS254", T, "pembiayaan.pembayar", {"pembiayaan.pembayar": GONE}),
    ("KS255", T, "pembiayaan.penerima", {"pembiayaan.penerima": "2"}),
    ("KS256", T, "pembiayaan.penerima", {"pembiayaan.penerima": "3"}),
    ("KS256", T, "aset.1.pihak", {"aset": [{"pihak": "4", "nama": "Lab", "penggunaan": "pelatihan"}]}),
    ("KS258", T, "pembiayaan.volume", {"pembiayaan.volume": GONE}),
    ("KS258", T, "pembiayaan.nilai", {**FIXED, "pembiayaan.nilai": GONE}),
    ("KS258", T, "pembiayaan.termin", {**TWO_PARTS}),
    ("KS260", T, "pembiayaan.rekening", {"pembiayaan.rekening": GONE}),
    ("KS261", T, "pembiayaan.rekening.atas_nama", {"pembiayaan.rekening.atas_nama": "Rekayana Umpama"}),
    ("KS261", T, "pembiayaan.rekening.atas_nama", {"pembiayaan.rekening.atas_nama": "Bendahara a.n. Wati Lainnya"}),
    ("KS262", P, "pembiayaan.rekening.atas_nama", {"pembiayaan.rekening.atas_nama": "Koperasi Sejahtera"}),
    ("KS263", T, "pembiayaan.pajak", {"pembiayaan.pajak": GONE}),
    ("KS271", P, "pihak.1.hak.1", {"pihak.1.hak": ["menerima biaya."]}),
    ("KS278", P, "sertifikasi.berlaku_sampai", {
        "sertifikasi": {"skema": "S", "lembaga": "L", "nomor_akreditasi": "A-1", "berlaku_sampai": "2025-05-18"}
    }),
    ("KS296", P, "tanggapan.1.kode", {
        "pihak.2.hak": GONE, "tanggapan": [{"kode": "KS245", "alasan": "x", "oleh": "Direktur"}]
    }),
]  # fmt: skip

FAULTS = [(a_mou, *row) for row in MOU_FAULTS] + [(a_pks, *row) for row in PKS_FAULTS]


@pytest.mark.parametrize(
    ("build", "code", "severity", "path", "changes"), FAULTS, ids=[f"{r[1]}-{r[3]}-{n}" for n, r in enumerate(FAULTS)]
)
def test_a_fault_is_told_at_its_place(
    build: Any, code: str, severity: Severity, path: str, changes: Mapping[str, Any]
) -> None:
    told = found(judged(build(changes)), code)
    assert [(p.at.path, p.severity) for p in told] == [(path, severity)]
    for language in ("id", "en"):
        words = told[0].message(language) + told[0].hint(language)
        assert code == "KS226" or not set("{}") & set(words)


@pytest.mark.parametrize("build", [a_mou, a_pks])
def test_a_sound_record_has_no_problem(build: Any) -> None:
    result = judged(build())
    assert codes(result) == []
    assert result.naskah is not None and not result.refused


FINE: list[tuple[str, Any, dict[str, Any]]] = [
    ("words and weekday that agree", a_mou, {
        "penandatanganan.hari": "Senin",
        "penandatanganan.tanggal_terbilang": "tujuh belas bulan Maret tahun dua ribu dua puluh lima",
    }),
    ("both ways of counting the end", a_mou, {"jangka_waktu.berakhir": "2030-03-16"}),
    ("both ways of counting the end", a_mou, {"jangka_waktu.berakhir": "2030-03-17"}),
    ("the other scheme for all", a_mou, {
        "pihak.1.label": "PIHAK PERTAMA", "premis": ["PIHAK PERTAMA dan PIHAK KEDUA"]
    }),
    ("names of its own for all", a_mou, {
        "pihak.1.label": "POLTEK", "pihak.2.label": "MITRA", "premis": ["POLTEK dan MITRA"]
    }),
    ("an outsider in small letters", a_mou, {"premis": ["gugatan pihak ketiga"]}),
    ("an article and a count", a_mou, {"premis": ["Pasal 5 ayat (1), 5 (lima) tahun, 12.000 (dua belas ribu)"]}),
    ("an amount with its words", a_mou, {
        "premis": ["Rp1.500.000,00 (satu juta lima ratus ribu rupiah)", "Rp2.000,- (neto), 2,5% (dua koma lima persen)"]
    }),
    ("dates that agree", a_mou, {
        "premis": [
            "Senin, 17 Maret 2025",
            "Senin tanggal tujuh belas bulan Maret tahun dua ribu dua puluh lima (17-03-2025)",
        ]
    }),
    ("signed apart", a_mou, APART),
    ("what is open is declared", a_mou, OPEN),
    ("nothing is known yet in a draft", a_mou, {
        "tahap": "draf", "pihak.1.nomor": GONE, "pihak.2.nomor": GONE, "penandatanganan": GONE
    }),
    ("a number without month", a_mou, {"pihak.2.nomor": "JRU.27-2025"}),
    ("its own name and an outsider's", a_mou, {"premis": ["PT Jaya Raya Umpama dan Kementerian Perindustrian"]}),
    ("a partner named on purpose", a_mou, {"premis": ["bersama PT Lintas Laut Umpama"], "disebut": ["lain"]}),
    ("an address of a party", a_mou, {"premis": ["surat ke sdm@jaya.example dan x@gmail.com"]}),
    ("a contact of its own", a_mou, {"pihak.2.kontak": {**CONTACT, "surel": "baru@jaya.example", "telepon": "021"}}),
    ("a signatory nobody else has", a_mou, {"pihak.2.penanda_tangan": INLINE}),
    ("an abbreviation at the end", a_mou, {"ruang_lingkup.1.teks": "magang pada Jaya Raya Umpama Tbk."}),
    ("three originals", a_mou, {"penandatanganan.rangkap": "3"}),
    ("an MoU that binds", a_mou, {"mengikat": "ya", "forum": ["pengadilan_negeri"]}),
    ("signed with the MoU", a_pks, {"penandatanganan.tanggal": "2025-03-17", "pihak.1.nomor": "041/MOA.PU/III/2025",
                                    "pihak.2.nomor": "095/JRU/III/2025"}),
    ("another basis", a_pks, {"dasar": {"alasan": "permintaan PIHAK KEDUA"}}),
    ("a quoted MoU", a_pks, {"dasar": {"nomor": "77/X/2020", "tanggal": "2024-05-20"}}),
    ("instalments that make the total", a_pks, {
        **TWO_PARTS,
        "pembiayaan.termin": instalments("10.000.000", "30.000.000", percents=("25", "75")),
        "pembiayaan.nilai_terbilang": "empat puluh juta rupiah",
    }),
    ("an account under the short name", a_pks, {"pembiayaan.rekening.atas_nama": "RPL Polumpama"}),
    ("an accreditation on its last day", a_pks, {
        "sertifikasi": {"skema": "S", "lembaga": "L", "nomor_akreditasi": "A-1", "berlaku_sampai": "2025-05-19"}
    }),
]  # fmt: skip


@pytest.mark.parametrize(("what", "build", "changes"), FINE, ids=[f"{r[0]}-{n}" for n, r in enumerate(FINE)])
def test_what_is_right_is_left_alone(what: str, build: Any, changes: Mapping[str, Any]) -> None:
    assert codes(judged(build(changes))) == [], what


def test_a_signed_record_is_judged_by_its_day_and_an_open_one_by_today() -> None:
    late = date(2029, 1, 1)
    assert "KS241" not in codes(judged(a_mou(), today=late))
    told = found(judged(a_mou(OPEN), today=late), "KS241")
    assert [p.at.path for p in told] == ["pihak.1.penanda_tangan", "pihak.2.penanda_tangan"]


def test_authority_must_have_begun() -> None:
    early = a_mou({"penandatanganan.tanggal": "2024-01-08", "pihak.1.nomor": "012/MOU.PU/I/2024", "pihak.2.nomor": "1"})
    assert [p.at.path for p in found(judged(early), "KS244")] == ["pihak.1.penanda_tangan"]
