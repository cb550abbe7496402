"""Assembly: which clauses are chosen, in which words, and what the checklist proves of them."""

from __future__ import annotations

from typing import Any

import pytest

import samples
from ksdocs.dokumen import ButirPeriksa, Dokumen, Pasal, plain
from ksdocs.pipeline import Report
from ksdocs.problems import Severity

APPROVED = {"alasan": "Disepakati dalam rapat.", "penyetuju": "Direktur", "tanggal": "2025-07-21"}
KAHAR = (
    "(1) Keadaan kahar adalah peristiwa di luar kekuasaan PIHAK yang mengalaminya, seperti bencana alam.\n"
    "(2) PIHAK yang mengalaminya memberitahukannya paling lambat 3 (tiga) hari."
)


def special(clause: str, text: str) -> dict[str, str]:
    return {"klausul": clause, "teks": text, **APPROVED}


def judged(ident: str = samples.PKS, /, **paths: Any) -> Report:
    return samples.judge(samples.changed(ident, **paths))


def made(ident: str = samples.PKS, /, **paths: Any) -> Dokumen:
    report = judged(ident, **paths)
    assert report.dokumen is not None, samples.shown(report.problems)
    return report.dokumen


def article(dokumen: Dokumen, clause: str) -> Pasal:
    return next(p for p in dokumen.pasal if p.id == clause)


def ids(dokumen: Dokumen) -> list[str]:
    return [p.id for p in dokumen.pasal]


def text(dokumen: Dokumen, clause: str) -> str:
    return "\n".join(plain(b.teks["id"]) for b in article(dokumen, clause).blok if b.tabel is None)


def line(report: Report, section: str) -> ButirPeriksa:
    assert report.checklist is not None
    return next(b for b in report.checklist.butir if b.substansi == section)


def refused(report: Report) -> list[tuple[str, str]]:
    return [(p.code, p.at.path) for p in report.problems if p.refuses]


# ---------------------------------------------------------------------- which clauses


def test_articles_stand_in_the_order_of_the_kind() -> None:
    order = samples.office().library("pks").jenis.urutan
    found = ids(made())
    assert found == [c for c in order if c in found]


def test_a_clause_that_nothing_demands_is_left_out_unless_it_is_picked() -> None:
    assert "hki" not in ids(made())
    assert "hki" in ids(made(klausul_pilihan=["hki"]))


def test_a_recommended_clause_is_there_unless_it_is_left_out_and_then_warned_of() -> None:
    assert "monev" in ids(made())
    report = judged(tanpa_klausul=["monev"])
    assert report.dokumen is not None
    assert "monev" not in ids(report.dokumen)
    warned = [p for p in report.problems if p.code == "KS340"]
    assert [(p.params["substansi"], p.severity) for p in warned] == [("monev", Severity.PERINGATAN)]
    assert line(report, "monev").status == "tidak_dimuat"


def test_an_answered_warning_of_the_assembly_is_only_information() -> None:
    answer = {"kode": "KS340", "alasan": "Diatur dalam rencana kegiatan.", "oleh": "Direktur"}
    report = judged(tanpa_klausul=["monev"], tanggapan=[answer])
    assert [p.severity for p in report.problems if p.code == "KS340"] == [Severity.INFO]
    assert report.checklist is not None
    assert report.checklist.tanggapan == (("KS340", "Diatur dalam rencana kegiatan.", "Direktur"),)


@pytest.mark.parametrize(
    ("paths", "at"),
    [
        ({"tanpa_klausul": ["pengakhirann"]}, "tanpa_klausul.1"),
        ({"klausul_pilihan": ["hki", "kahar"]}, "klausul_pilihan.2"),
        ({"varian": {"forum": "bani"}}, "varian.forum"),
        ({"klausul_khusus": [special("kahar", KAHAR)]}, "klausul_khusus.1.klausul"),
        ({"klausul_khusus": [special("judul", "JUDUL LAIN")]}, "klausul_khusus.1.klausul"),
        ({"klausul_pilihan": ["tanda_tangan"]}, "klausul_pilihan.1"),
    ],
)
def test_a_clause_that_nobody_knows_is_refused_where_it_is_named(paths: dict[str, Any], at: str) -> None:
    assert ("KS346", at) in refused(judged(**paths))


def test_the_nearest_name_is_suggested() -> None:
    (found,) = [p for p in judged(tanpa_klausul=["pengakhirann"]).problems if p.code == "KS346"]
    assert "pengakhiran" in found.hint()


# ---------------------------------------------------------------------- which words


@pytest.mark.parametrize(
    ("forum", "says", "never"),
    [
        (["musyawarah"], "musyawarah", "Pengadilan"),
        (["pengadilan_negeri"], "Kepaniteraan Pengadilan Negeri Batam", "BANI"),
        (["bani"], "BANI", "Kepaniteraan"),
        (["bani", "pengadilan_negeri"], "pelaksanaan putusan arbitrase", "melalui pengadilan."),
    ],
)
def test_the_variant_follows_from_the_data(forum: list[str], says: str, never: str) -> None:
    words = text(made(forum=forum), "penyelesaian_perselisihan")
    assert says in words
    assert never not in words


def test_the_clause_says_which_variant_it_was_made_from() -> None:
    assert article(made(forum=["bani"]), "penyelesaian_perselisihan").klausul.startswith(
        "penyelesaian_perselisihan.bani@"
    )


def test_a_variant_that_contradicts_the_data_is_refused() -> None:
    for varian in ("bani", "dasar"):
        report = judged(forum=["pengadilan_negeri"], varian={"penyelesaian_perselisihan": varian})
        assert ("KS350", "varian.penyelesaian_perselisihan") in refused(report)


def test_a_variant_that_does_not_exist_is_refused_with_those_that_do() -> None:
    report = judged(varian={"penyelesaian_perselisihan": "mediasi"})
    (found,) = [p for p in report.problems if p.code == "KS334"]
    assert "bani" in found.params["pilihan"]
    assert refused(report) == [("KS334", "varian.penyelesaian_perselisihan")]


def test_lists_end_as_sentences_do() -> None:
    blocks = article(made(pihak__1__hak=["satu", "dua", "tiga"]), "hak_kewajiban").blok
    assert [plain(b.teks["id"]) for b in blocks[1:4]] == ["satu;", "dua; dan", "tiga."]


# ---------------------------------------------------------------------- negotiated words and added articles


def test_negotiated_words_replace_the_clause_and_stand_in_the_checklist_with_their_difference() -> None:
    report = judged(klausul_khusus=[special("keadaan_kahar", KAHAR)])
    assert report.dokumen is not None
    found = article(report.dokumen, "keadaan_kahar")
    assert [b.nomor for b in found.blok] == ["(1)", "(2)"]
    assert "3 (tiga) hari" in text(report.dokumen, "keadaan_kahar")
    ((clause, reason, approver, difference),) = line(report, "keadaan_kahar").khusus
    assert (clause, reason, approver) == ("keadaan_kahar", "Disepakati dalam rapat.", "Direktur")
    changed = difference.splitlines()
    assert [w for w in changed if w.startswith("+ ") and "3 (tiga) hari" in w]
    assert [w for w in changed if w.startswith("- ") and "7 (tujuh)" in w]


def test_negotiated_words_for_a_clause_that_nothing_demands_are_printed_all_the_same() -> None:
    words = "Kekayaan intelektual hasil bersama menjadi milik bersama PARA PIHAK."
    assert text(made(klausul_khusus=[special("hki", words)]), "hki") == words


def test_negotiated_words_may_replace_a_part_of_the_opening() -> None:
    words = "PARA PIHAK sepakat mengikatkan diri dengan ketentuan sebagai berikut:"
    dokumen = made(klausul_khusus=[special("sepakat", words)])
    assert [plain(b.teks["id"]) for b in dokumen.sepakat] == [words]


def test_tags_in_negotiated_words_are_words() -> None:
    words = "(1) Evaluasi {{ tentang }} dilakukan {% if x %} setiap tahun, {{ ref('hki') }}."
    assert text(made(klausul_khusus=[special("monev", words)]), "monev") == words.removeprefix("(1) ")


def test_an_added_article_stands_where_it_is_put_or_before_the_closing() -> None:
    added = {"id": "seragam", "judul": "Seragam", "teks": "(1) Mahasiswa memakai seragam."}
    assert ids(made(klausul_tambahan=[added]))[-2:] == ["seragam", "penutup"]
    placed = ids(made(klausul_tambahan=[added | {"setelah": "ruang_lingkup"}]))
    assert placed[placed.index("ruang_lingkup") + 1] == "seragam"


def test_numbers_and_references_follow_an_added_article() -> None:
    plainly = article(made(), "jangka_waktu").nomor
    added = {"id": "seragam", "judul": "Seragam", "teks": "Mahasiswa memakai seragam.", "setelah": "maksud_tujuan"}
    dokumen = made(klausul_tambahan=[added])
    assert article(dokumen, "jangka_waktu").nomor == plainly + 1
    assert f"Pasal {plainly + 1}" in text(dokumen, "pengakhiran")


def test_an_added_article_may_serve_a_section_by_its_substance() -> None:
    added = {
        "id": "pantau",
        "judul": "Kunjungan",
        "teks": "Evaluasi dilakukan setiap semester.",
        "setelah": "pelaksanaan",
    }
    report = judged(tanpa_klausul=["monev"], klausul_tambahan=[added])
    item = line(report, "monev")
    assert item.status == "terpenuhi"
    assert item.oleh[0][0] == "pantau@rekaman"


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ({"id": "hki", "judul": "X", "teks": "x"}, ("KS349", "klausul_tambahan.1.id")),
        ({"id": "a", "judul": "X", "teks": "x", "setelah": "hki"}, ("KS346", "klausul_tambahan.1.setelah")),
        ({"id": "a", "judul": "X", "teks": "Lihat Pasal 41."}, ("KS351", "klausul_tambahan.1.teks")),
        ({"id": "a", "judul": "X", "teks": "Lihat Pasal 2 ayat (8)."}, ("KS354", "klausul_tambahan.1.teks")),
    ],
)
def test_an_added_article_that_cannot_stand_is_refused(added: dict[str, str], found: tuple[str, str]) -> None:
    assert refused(judged(klausul_tambahan=[added])) == [found]


# ---------------------------------------------------------------------- the checklist


def test_every_demanded_section_tells_its_rule_its_clause_and_its_place() -> None:
    report = judged()
    item = line(report, "jangka_waktu")
    assert (item.tuntutan, item.status) == ("wajib", "terpenuhi")
    assert report.dokumen is not None
    place = f"Pasal {article(report.dokumen, 'jangka_waktu').nomor}"
    assert item.oleh == ((article(report.dokumen, "jangka_waktu").klausul, place),)
    assert line(report, "rujukan_mou").tuntutan == "wajib_bila"
    assert line(report, "rujukan_mou").oleh[0][0].startswith("premis@")
    assert line(report, "judul").oleh == (("judul", "judul"),)


def test_an_unverified_source_is_told_as_accepted_practice() -> None:
    report = judged()
    assert line(report, "jangka_waktu").dasar == "praktik baku"
    assert "uu_27_2022" in line(report, "perlindungan_data_pribadi").dasar


def test_a_waiver_stands_in_the_checklist_with_its_reason() -> None:
    report = judged(tanpa_klausul=["sanksi"], pengecualian=[{"substansi": "sanksi", **APPROVED}])
    item = line(report, "sanksi")
    assert item.status == "dikecualikan"
    assert item.pengecualian == ("Disepakati dalam rapat.", "Direktur", "2025-07-21")
    assert report.checklist is not None
    assert report.checklist.lengkap


def test_a_waiver_of_what_is_there_is_idle() -> None:
    report = judged(pengecualian=[{"substansi": "sanksi", **APPROVED}])
    assert [p.at.path for p in report.problems if p.code == "KS347"] == ["pengecualian.1"]
    assert line(report, "sanksi").status == "terpenuhi"


def test_a_waiver_of_an_unknown_section_is_refused() -> None:
    report = judged(pengecualian=[{"substansi": "sanki", **APPROVED}])
    assert refused(report) == [("KS309", "pengecualian.1.substansi")]


def test_an_incomplete_document_still_shows_its_checklist() -> None:
    report = judged(tanpa_klausul=["pengakhiran"])
    assert report.dokumen is None
    assert line(report, "pengakhiran").status == "kurang"
    assert report.checklist is not None
    assert not report.checklist.lengkap


def test_what_is_open_before_signing_is_listed() -> None:
    report = judged(samples.MOU, tahap="draf", pihak__2__nomor=None, penandatanganan={}, butir=[])
    assert report.checklist is not None
    assert set(report.checklist.terbuka) >= {"pihak.2.nomor", "penandatanganan.tanggal", "penandatanganan.tempat"}


def test_a_point_is_carried_by_a_clause_that_is_in_the_document() -> None:
    assert refused(judged()) == []
    point = "butir-pembimbing-lapangan"
    report = judged(butir=[{"id": point, "klausul": "hki"}, {"id": "butir-apd", "klausul": "hak_kewajiban"}])
    assert refused(report) == [("KS344", "butir.1.klausul")]


def test_a_recital_that_states_the_purpose_counts() -> None:
    purpose = "kerja sama ini bertujuan menyiapkan lulusan yang kompeten"
    report = judged(samples.MOU, premis__1=purpose, tanpa_klausul=["maksud_tujuan"], butir=[])
    assert ("KS330", "tanpa_klausul.1") not in refused(report)
    assert line(report, "maksud_tujuan").oleh[0][0].startswith("premis@")


# ---------------------------------------------------------------------- parties, signatures, attachments


def test_a_name_keeps_its_titles_and_a_signature_its_staff_number() -> None:
    first = made().tanda_tangan[0]
    assert first.nama == "Ir. Misalina Contoh, M.Eng., Ph.D."
    assert first.nip == "NIP 198002022005019992"
    assert first.label == "PIHAK KESATU"


def test_signed_apart_each_signature_has_its_place_and_date() -> None:
    tree = samples.record("mou-rs-bahari-2026")
    dokumen = samples.judge(tree).dokumen
    assert dokumen is not None
    assert [plain(s.tempat_tanggal) for s in dokumen.tanda_tangan] == [
        "Batam, 10 Februari 2026",
        "Batam, 12 Februari 2026",
    ]
    assert "hari ini" not in plain(dokumen.pembuka[0].teks["id"])
    assert "yang terakhir" in text(dokumen, "jangka_waktu")


def test_the_electronic_stamp_has_one_slot_and_paper_has_none_of_it() -> None:
    tree = samples.record("mou-konsorsium-proses-2026")
    dokumen = samples.judge(tree).dokumen
    assert dokumen is not None
    assert [s.meterai for s in dokumen.tanda_tangan] == [False, False, True]
    assert not any(s.meterai for s in made().tanda_tangan)


def test_attachments_are_numbered_in_roman_and_named_by_an_article() -> None:
    given = [{"judul": "Jadwal", "teks": ["a. satu;\nb. dua."]}, {"judul": "Rincian", "teks": ["Isi."]}]
    dokumen = made(lampiran=given)
    assert [(a.nomor, a.judul["id"]) for a in dokumen.lampiran] == [("I", "Jadwal"), ("II", "Rincian")]
    assert [b.nomor for b in dokumen.lampiran[0].blok] == ["a.", "b."]
    words = text(dokumen, "lampiran")
    assert "Lampiran I tentang Jadwal" in words
    assert "Lampiran II tentang Rincian" in words


def test_as_many_originals_as_parties_unless_the_record_says_more() -> None:
    assert "rangkap 2 (dua) asli" in text(made(), "penutup")
    assert "rangkap 4 (empat) asli" in text(made(penandatanganan__rangkap="4"), "penutup")
    assert "rangkap" not in text(made(penandatanganan__mode="tte"), "penutup")


def test_everything_wrong_is_told_at_once() -> None:
    report = judged(
        tanpa_klausul=["pengakhiran", "tidak_ada"],
        varian={"penyelesaian_perselisihan": "mediasi"},
        klausul_khusus=[special("keadaan_kahar", "Dihapus.")],
        butir=[{"id": "butir-apd", "klausul": "hki"}, {"id": "butir-pembimbing-lapangan", "klausul": "pelaksanaan"}],
    )
    assert {c for c, _ in refused(report)} == {"KS330", "KS332", "KS334", "KS344", "KS346"}
