"""What one record has of its own: clauses, negotiated words, waivers, answers to warnings, attachments."""

from ksdocs.models.dasar import Baris, Id, Model, Tanggal, Teks, TeksBebas, isian


class KlausulTambahan(Model):
    """A clause of this record alone, in the numbering of legal drafting."""

    id: Id = isian("Id", "Nama pendek klausul.", en="Id", contoh="seragam_magang")
    judul: Teks = isian("Judul", "Judul pasal.", en="Title", contoh="Seragam")
    teks: Teks = isian("Teks", "Isi pasal; (1) ayat, a. huruf, 1) angka.", en="Text")
    setelah: Id | None = isian(
        "Setelah",
        "Id klausul yang mendahuluinya; kosong berarti sebelum penutup.",
        en="After",
        acuan="klausul",
        default=None,
    )


class KlausulKhusus(Model):
    """Negotiated words that replace a clause's own, in this record alone."""

    klausul: Id = isian(
        "Klausul", "Id klausul yang diganti.", en="Clause", contoh="penyelesaian_perselisihan", acuan="klausul"
    )
    teks: Teks = isian("Teks", "Kata yang disepakati.", en="Text")
    alasan: TeksBebas = isian("Alasan", "Mengapa diganti.", en="Reason")
    penyetuju: Baris = isian("Penyetuju", "Jabatan yang menyetujui.", en="Approver", contoh="Direktur")
    tanggal: Tanggal = isian("Tanggal", "Tanggal persetujuan.", en="Date")


class Pengecualian(Model):
    """A waiver of a required section, on record."""

    substansi: Id = isian(
        "Substansi", "Id substansi yang dikecualikan.", en="Section", contoh="sanksi", acuan="substansi"
    )
    alasan: TeksBebas = isian("Alasan", "Mengapa dikecualikan.", en="Reason")
    penyetuju: Baris = isian("Penyetuju", "Jabatan yang menyetujui.", en="Approver", contoh="Direktur")
    tanggal: Tanggal = isian("Tanggal", "Tanggal persetujuan.", en="Date")


class Tanggapan(Model):
    """A warning that somebody has looked at and lets stand, on record."""

    kode: Baris = isian("Kode", "Kode peringatan.", en="Code", contoh="KS214")
    alasan: TeksBebas = isian("Alasan", "Mengapa dibiarkan.", en="Reason")
    oleh: Baris = isian("Oleh", "Jabatan yang memutuskan.", en="By", contoh="Kepala Unit Kerja Sama")
    tanggal: Tanggal | None = isian("Tanggal", "Tanggal keputusan.", en="Date", default=None)


class PembawaButir(Model):
    """Which clause carries an agreed butir."""

    id: Id = isian(
        "Butir", "Id butir kesepakatan (data/butir).", en="Point", contoh="butir-kuota-magang", acuan="butir"
    )
    klausul: Id = isian("Klausul", "Id klausul yang memuatnya.", en="Clause", contoh="pelaksanaan", acuan="klausul")


class Lampiran(Model):
    """An attachment that is part of the agreement."""

    judul: Teks = isian("Judul", "Judul lampiran.", en="Title", contoh="Rincian Biaya")
    teks: tuple[Teks, ...] = isian("Isi", "Paragraf isi lampiran.", en="Content", default=())
