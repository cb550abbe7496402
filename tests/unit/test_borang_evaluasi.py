"""The annual evaluation: what it prints is what is counted, what is missing is told, and nothing typed outranks it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import forms
import kantor
from ksdocs.borang.susun import Bagan, Lembar
from ksdocs.docx.text import read
from ksdocs.laporan.evaluasi import evaluate
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.office import Office
from ksdocs.verification_borang import verify_lembar

TODAY = date(2027, 1, 4)
SAMPLE = "evaluasi-2026"


def told(office: Office, **changes: Any) -> list[str]:
    found = forms.judged(kantor.evaluasi(**changes), office.register, TODAY)
    return [f"{p.severity.value} {p.code} {p.at.path}" for p in found]


def printed(office: Office, **changes: Any) -> forms.Printed:
    return forms.printed(kantor.evaluasi(**changes), office.register)


def words(made: forms.Printed) -> list[str]:
    return [p.text for p in read(made.data)]


def rows(made: forms.Printed, key: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = made.lembar.konteks["t"][key]["baris"]
    return found


def charts(lembar: Lembar) -> dict[str, Bagan]:
    return {name: value for name, value in lembar.konteks.items() if isinstance(value, Bagan)}


# --- what is printed is what is counted ---------------------------------------------------------------------


def test_every_figure_of_the_sample_is_the_one_that_the_report_counts() -> None:
    made = forms.printed(forms.record(SAMPLE))
    assert made.problems == ()
    found = evaluate(forms.register(), 2026, date(2026, 11, 20), "polibatam")
    cells = made.lembar.konteks["kunci"]
    assert cells["k1"]["angka"] == str(found.ukuran["naskah_berlaku"].isi)
    assert cells["k2"]["angka"] == str(found.ukuran["naskah_baru"].isi)
    assert cells["k6"]["angka"] == f"{found.ukuran['kegiatan_berbukti_persen'].isi}%".replace(".", ",")
    assert cells["k7"]["angka"] == str(found.ukuran["kepuasan_rerata"].isi).replace(".", ",")
    for key in ("jenis", "status", "tingkat", "kelas", "bidang", "bentuk", "unit", "kegiatan"):
        *groups, total = found.tabel[key].baris
        assert [list(row.values()) for row in rows(made, key)] == [[str(c.isi) for c in row] for row in groups]
        assert list(made.lembar.konteks["t"][key]["jumlah"].values()) == [str(cell.isi) for cell in total]
    for key in ("baru", "berakhir", "diperpanjang", "tanpa_kegiatan", "tanpa_bukti", "mou_tanpa_pks"):
        assert len(rows(made, key)) == len(found.tabel[key].baris) > 0
    told = made.lembar.konteks["lkps"]["kelompok"]
    assert sum(len(group["baris"]) for group in told) == len(found.tabel["lkps_1"].baris)


def test_what_ends_soon_and_is_carried_on_already_is_told_with_its_successor() -> None:
    made = forms.printed(forms.record(SAMPLE))
    sentence = (
        "22 naskah berakhir dalam 12 bulan, 13 di antaranya dalam 6 bulan. Sudah ada penerusnya:"
        " MoU 018/MOU.PL29/XII/2021 diteruskan MoU 017/MOU.PL29/X/2026."
    )
    assert sentence in words(made)


def test_tables_and_figures_are_numbered_in_the_order_of_the_page() -> None:
    texts = words(forms.printed(forms.record(SAMPLE)))
    for name in ("Tabel", "Gambar"):
        numbers = [int(m[1]) for text in texts if (m := re.match(rf"{name} (\d+)\. ", text))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 5


def test_a_chart_says_its_figures_in_words_and_shows_those_of_its_table() -> None:
    sheet = forms.printed(forms.record(SAMPLE)).lembar
    found = evaluate(forms.register(), 2026, date(2026, 11, 20), "polibatam")
    assert set(charts(sheet)) == {
        f"bagan_{n}" for n in ("status", "tingkat", "kelas", "kegiatan", "capaian", "kepuasan")
    }
    level = charts(sheet)["bagan_tingkat"]
    column = [row[2].isi for row in found.tabel["tingkat"].baris[:-1]]
    assert list(level.deret[0].nilai) == column
    assert all(f"{label} {value}" in level.teks for label, value in zip(level.kategori, column, strict=True))


def test_a_figure_that_is_not_the_counted_one_does_not_leave() -> None:
    made = forms.printed(forms.record(SAMPLE))
    context = dict(made.lembar.konteks)
    context["kunci"] = context["kunci"] | {"k1": {"angka": "999", "label": context["kunci"]["k1"]["label"]}}
    from ksdocs.docx.lembar import sheet_context

    data = forms.template("evaluasi").render(sheet_context(replace(made.lembar, konteks=context)))
    assert "KS501" in [p.code for p in verify_lembar(data, made.lembar)]


# --- little data, or none -----------------------------------------------------------------------------------


def test_an_empty_year_gives_a_clear_document(tmp_path: Path) -> None:
    made = printed(kantor.office(tmp_path))
    assert made.problems == ()
    assert charts(made.lembar) == {}
    texts = words(made)
    for sentence in (
        "Tidak ada naskah yang ditandatangani, berlaku, atau berakhir.",
        "Tidak ada naskah yang ditandatangani pada tahun 2026.",
        "Tidak ada kegiatan yang tercatat pada tahun 2026.",
        "Tidak ada program tahun 2026 yang dapat dibandingkan.",
        "Tidak ada jawaban survei tahun 2026 yang dapat direkap.",
        "Tidak ada himpunan indikator yang dilaporkan.",
        "Tidak ada kendala yang dicatat.",
    ):
        assert texts.count(sentence) == 1
    assert made.lembar.konteks["kunci"]["k7"]["angka"] == "–"
    assert not [t for t in texts if "None" in t or "{" in t]


def test_a_year_without_its_programme_is_told_and_printed(tmp_path: Path) -> None:
    office = kantor.office(tmp_path, arsip=[kantor.naskah("pks-a")])
    assert told(office) == ["peringatan KS843 tahun"]
    assert printed(office).problems == ()


def test_two_programmes_of_a_year_are_refused(tmp_path: Path) -> None:
    office = kantor.office(tmp_path, program=[kantor.program(), kantor.program(id="program-2026-lain")])
    assert "tolak KS843 tahun" in told(office)


# --- targets and what came of them --------------------------------------------------------------------------


def with_target(home: Path, **target: Any) -> Office:
    plan = kantor.program()
    plan["sasaran"] = [
        {"kode": "S1", "uraian": "Lama proses", "indikator": "Hari", "target": "8", "satuan": "hari"} | target
    ]
    plan["kegiatan"] = [dict(plan["kegiatan"][0], sasaran="S1")]
    plan["jumlah_anggaran"] = None
    return kantor.office(
        home, program=[{k: v for k, v in plan.items() if v is not None}], arsip=[kantor.naskah("pks-a")]
    )


def test_a_target_without_a_measure_shows_what_the_officer_wrote(tmp_path: Path) -> None:
    office = with_target(tmp_path)
    assert told(office) == ["peringatan KS846 realisasi"]
    written = [{"kode": "S1", "realisasi": "6", "keterangan": "Buku surat"}]
    assert told(office, realisasi=written) == []
    (row,) = rows(printed(office, realisasi=written), "sasaran")
    assert (row["realisasi"], row["capaian"], row["dasar"]) == ("6", "75%", "Buku surat")


def test_a_target_with_a_measure_is_counted_and_what_is_typed_for_it_refused(tmp_path: Path) -> None:
    office = with_target(tmp_path, ukuran="pks_berlaku")
    typed = [
        {"kode": "S1", "realisasi": "6", "keterangan": "Perkiraan"},
        {"kode": "S7", "realisasi": "1", "keterangan": "?"},
    ]
    assert told(office, realisasi=typed) == ["tolak KS846 realisasi.1.kode", "tolak KS846 realisasi.2.kode"]
    (row,) = rows(printed(office, realisasi=typed), "sasaran")
    assert (row["realisasi"], row["capaian"], row["dasar"]) == ("1", "12,5%", "Dihitung")


# --- decisions on agreements that end -----------------------------------------------------------------------


def ended(home: Path) -> Office:
    return kantor.office(
        home,
        program=[kantor.program()],
        arsip=[
            kantor.naskah("pks-habis", berakhir="2026-06-30"),
            kantor.naskah("pks-diakhiri", diakhiri="2026-05-04"),
            kantor.naskah("pks-lama", berakhir="2026-08-31"),
            kantor.naskah("pks-baru", tanggal="2026-08-03", mulai="2026-09-01", memperpanjang="pks-lama"),
        ],
    )


def test_a_decision_is_asked_for_what_expired_and_not_for_what_was_ended_or_extended(tmp_path: Path) -> None:
    office = ended(tmp_path)
    missing = [p for p in forms.judged(kantor.evaluasi(), office.register, TODAY) if p.code == "KS844"]
    assert [(p.params["naskah"], p.severity.value) for p in missing] == [("pks-habis", "peringatan")]
    made = printed(office)
    assert [row["keputusan"] for row in rows(made, "berakhir")] == ["–", "Belum diputuskan"]
    assert [row["penerus"] for row in rows(made, "diperpanjang")] == ["PKS pks-baru/2025"]


@pytest.mark.parametrize(
    ("idents", "decision", "expected"),
    [
        (["pks-habis"], "dihentikan", []),
        (["pks-habis", "pks-habis"], "dihentikan", ["tolak KS844 keputusan.2"]),
        (["pks-habis", "pks-lama"], "dihentikan", ["peringatan KS844 keputusan.2"]),
        (["pks-habis", "pks-lama"], "diperpanjang", []),
    ],
)
def test_a_decision_stands_once_and_contradicts_no_successor(
    tmp_path: Path, idents: list[str], decision: str, expected: list[str]
) -> None:
    made = [{"naskah": ident, "keputusan": decision, "alasan": "Telah dibahas"} for ident in idents]
    assert [line for line in told(ended(tmp_path), keputusan=made) if "KS844" in line] == expected


def test_a_decision_on_another_agreement_stands_in_a_table_of_its_own(tmp_path: Path) -> None:
    decision = {"naskah": "pks-baru", "keputusan": "dikembangkan", "alasan": "Ditambah bidang penelitian"}
    made = printed(ended(tmp_path), keputusan=[decision])
    assert made.problems == ()
    assert [row["alasan"] for row in rows(made, "keputusan")] == ["Ditambah bidang penelitian"]


# --- indicators ---------------------------------------------------------------------------------------------

SET: dict[str, Any] = {
    "id": "uji",
    "nama": "Indikator uji",
    "versi": "1",
    "sumber": "Rapat kerja",
    "indikator": [
        {"kode": "K1", "uraian": "Mitra nasional", "ukuran": "mitra_nasional", "target": "1", "satuan": "mitra"},
        {"kode": "K2", "uraian": "Naskah berakhir", "ukuran": "naskah_berakhir", "target": "0", "arah": "turun"},
        {"kode": "K3", "uraian": "Pedoman", "dokumen": "ya"},
    ],
}


def measured(home: Path, *sets: Mapping[str, Any]) -> Office:
    return kantor.office(home, program=[kantor.program()], arsip=[kantor.naskah("pks-a")], kpi=sets)


def test_an_indicator_is_computed_or_rests_on_named_documents(tmp_path: Path) -> None:
    paper = {"kode": "K3", "nama": "Pedoman Kerja Sama", "tanggal": "2026-02-02", "tautan": "https://arsip.example/p"}
    office = measured(tmp_path, SET | {"contoh": "ya"})
    assert told(office, kpi=[{"himpunan": "uji"}], dokumen=[paper]) == []
    made = printed(office, kpi=[{"himpunan": "uji"}], dokumen=[paper])
    assert made.problems == ()
    (shown,) = made.lembar.konteks["himpunan_kpi"]
    assert [(r["nilai"], r["dasar"]) for r in shown["baris"]] == [
        ("1 mitra", "Tercapai. Dihitung: Mitra nasional"),
        ("0", "Tercapai. Dihitung: Naskah berakhir"),
        ("Ada", "Pedoman Kerja Sama, 2 Februari 2026 (https://arsip.example/p)"),
    ]
    assert shown["sumber"].startswith("Contoh, bukan ketentuan resmi.")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kpi": [{"himpunan": "ujii"}]}, ["tolak KS841 kpi.1.himpunan"]),
        ({"kpi": [{"himpunan": "uji"}]}, ["peringatan KS847 dokumen"]),
        ({"kpi": [{"himpunan": "uji"}] * 2}, ["tolak KS841 kpi.2.himpunan", "peringatan KS847 dokumen"]),
        ({"dokumen": [{"kode": "K1", "nama": "Pedoman"}]}, ["tolak KS847 dokumen.1"]),
    ],
)
def test_a_set_is_known_and_named_once_and_documents_go_with_their_indicators(
    tmp_path: Path, changes: dict[str, Any], expected: list[str]
) -> None:
    assert told(measured(tmp_path, SET), **changes) == expected


@pytest.mark.parametrize(
    ("row", "near"),
    [
        ({"ukuran": "mitra_nasionl"}, "mitra_nasional"),
        ({}, ""),
        ({"ukuran": "mitra_nasional", "dokumen": "ya"}, ""),
        ({"dokumen": "ya", "target": "3"}, ""),
    ],
)
def test_a_faulty_set_is_told_at_its_line(tmp_path: Path, row: dict[str, Any], near: str) -> None:
    wrong = SET | {"indikator": [{"kode": "K1", "uraian": "Mitra", **row}]}
    found = [p for p in forms.judged(kantor.evaluasi(), measured(tmp_path, wrong).register, TODAY) if p.code == "KS840"]
    assert [(Path(str(p.at.file)).name, p.params["mungkin"]) for p in found] == [("kpi-1.json", near)]
    assert found[0].at.line is not None and found[0].at.line > 5


def test_a_set_that_cannot_be_read_or_has_the_id_of_another_is_told(tmp_path: Path) -> None:
    office = measured(tmp_path, SET, SET, {"id": "kosong", "indikator": []})
    codes = [p.code for p in forms.judged(kantor.evaluasi(), office.register, TODAY)]
    assert codes.count("KS840") == 1
    assert {"KS151", "KS164"} <= set(codes)


def test_every_measure_that_shipped_sets_name_is_computed() -> None:
    records = forms.register().rekaman("kpi").rekaman
    named = {row.ukuran for record in records for row in getattr(record.isi, "indikator") if row.ukuran}  # noqa: B009
    assert named and named <= set(UKURAN)
    assert [getattr(r.isi, "contoh") for r in records if "kementerian" in r.sumber.id] == [True]  # noqa: B009


# --- day, data, targets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-12-31", "tolak KS848 tanggal"),
        ("2027-01-05", "tolak KS848 tanggal"),
        ("2026-12-30", "info KS848 tanggal"),
        ("2026-12-31", ""),
    ],
)
def test_the_day_of_a_report_lies_in_its_year_or_after_and_not_ahead(tmp_path: Path, day: str, expected: str) -> None:
    office = kantor.office(tmp_path, program=[kantor.program()])
    assert [line for line in told(office, tanggal=day, pengesahan=SIGNED) if "KS848" in line] == [expected] * bool(
        expected
    )


SIGNED = [{"peran": "Disahkan oleh", "pejabat": "direktur"}]


def test_a_report_before_the_year_is_over_says_so(tmp_path: Path) -> None:
    made = printed(kantor.office(tmp_path), tanggal="2026-11-20", pengesahan=SIGNED)
    assert ": per 20 November 2026, sebelum tahun 2026 berakhir" in words(made)


def test_data_that_cannot_be_counted_keep_the_report_from_leaving(tmp_path: Path) -> None:
    stray = kantor.monitoring(kantor.kegiatan("pks-tidak-ada"))
    office = kantor.office(tmp_path, program=[kantor.program()], arsip=[kantor.naskah("pks-a")], monitoring=[stray])
    codes = [p.code for p in forms.judged(kantor.evaluasi(), office.register, TODAY)]
    assert codes[0] == "KS819"
    assert "KS852" in codes


def test_what_a_form_refuses_of_its_own_rows_keeps_the_report_from_leaving(tmp_path: Path) -> None:
    early = kantor.kegiatan("pks-a", mulai="2024-01-08", selesai="2024-01-09")
    office = kantor.office(
        tmp_path, program=[kantor.program()], arsip=[kantor.naskah("pks-a")], monitoring=[kantor.monitoring(early)]
    )
    found = forms.judged(kantor.evaluasi(), office.register, TODAY)
    assert found[0].code == "KS819"
    assert all(p.refuses and Path(str(p.at.file)).name == "monitoring-1.json" for p in found[1:])


def test_targets_have_codes_of_their_own_and_known_measures(tmp_path: Path) -> None:
    office = kantor.office(tmp_path, program=[kantor.program()])
    one = kantor.evaluasi()["target"][0]
    found = told(office, target=[one, one | {"ukuran": "mou_bru"}])
    assert found == ["tolak KS378 target.2.kode", "tolak KS842 target.2.ukuran"]


def test_what_is_due_before_the_report_is_told(tmp_path: Path) -> None:
    late = {"uraian": "Bukti terlambat", "tindak_lanjut": "Diingatkan", "pic": "Humas", "tenggat": "2026-12-01"}
    assert told(kantor.office(tmp_path, program=[kantor.program()]), kendala=[late]) == [
        "tolak KS375 kendala.1.tenggat"
    ]


def test_an_open_report_says_that_it_is_not_approved(tmp_path: Path) -> None:
    office = kantor.office(tmp_path)
    assert "Laporan ini disahkan pada 31 Desember 2026." in words(printed(office))
    assert "Laporan ini belum disahkan." in words(printed(office, pengesahan=SIGNED))


# --- any year -----------------------------------------------------------------------------------------------

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ROWS = st.fixed_dictionaries(
    {
        "jenis_naskah": st.sampled_from(["mou", "pks", "ia"]),
        "tanggal": DAYS.map(str),
        "length": st.integers(0, 1200),
        "pihak": st.sampled_from(kantor.PARTNERS).map(lambda partner: ["polibatam", partner]),
        "tingkat": st.sampled_from(["lokal", "nasional", "internasional"]),
        "tentang": st.sampled_from(["Magang", "Naskah berlaku", "mitra aktif", "1", "0 dari 2"]),
    }
)


@settings(max_examples=6, deadline=None)  # each prints a document
@given(st.lists(ROWS, max_size=6), st.integers(0, 3))
def test_whatever_a_year_holds_is_printed_and_proved(agreements: list[dict[str, Any]], done: int) -> None:
    listed = []
    for number, row in enumerate(agreements):
        signed = date.fromisoformat(row["tanggal"])
        ends = {"berakhir": str(signed + timedelta(row["length"]))} if row["length"] else {"berakhir": None}
        listed.append(kantor.naskah(f"n-{number}", **{k: v for k, v in row.items() if k != "length"} | ends))
    rows = [kantor.kegiatan(one["id"], judul=one["tentang"], mulai="2026-12-01", selesai=None) for one in listed[:done]]
    recap = [kantor.monitoring(*rows)] if rows else []
    with TemporaryDirectory() as home:
        office = kantor.office(Path(home), arsip=listed, program=[kantor.program()], monitoring=recap)
        made = forms.printed(kantor.evaluasi(), office.register)
    assert [p.message() for p in made.problems] == []
