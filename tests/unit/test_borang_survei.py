"""The form of a survey: the questionnaire to hand out, the recap once there are answers, and what keeps it waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import forms
from ksdocs.borang import compose
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.text import view
from ksdocs.problems import Location, problem
from ksdocs.register import Catatan, MemoryRegister
from ksdocs.sources import read_all
from ksdocs.verification_borang import verify_lembar
from surveys import answer, register, survey

FOUR = [{"sebutan": word} for word in ("Kurang", "Cukup", "Baik", "Sangat baik")]
ROWS = [
    answer(1, {"f1": 4, "f2": 3, "a1": 2}, komentar="Jadwal sebaiknya dibicarakan lebih awal."),
    answer(2, {"f1": 3, "a1": 4}),
    answer(3, {"f1": 4, "a1": 3}, "universitas-nusa", komentar="Teruskan."),
]
RECAP: dict[str, Any] = {
    "tanggal": "2026-11-06",
    "ulasan": "Kegiatan berjalan; naskah belum.",
    "tindak_lanjut": [{"uraian": "Menghubungi mitra yang diam.", "pic": "Humas", "tenggat": "2026-12-11"}],
}


def told(tree: dict[str, Any], known: MemoryRegister) -> list[tuple[str, str, str]]:
    return [(p.severity.value, p.code, p.at.path) for p in forms.judged(tree, known)]


def proved(tree: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """The text of the form, which its proof found to be whole."""
    found = forms.printed(tree, register(tree, rows))
    assert found.problems == ()
    return view(found.data)


def rows_of(text: str, word: str) -> list[str]:
    """The lines of a table's row whose cells hold `word`, without their styles."""
    lines = text.splitlines()
    return [line.split("] ", 1)[1] for line in lines if word in line and line.startswith("| ")]


def test_without_the_day_of_a_recap_the_questionnaire_is_printed_also_when_there_are_answers() -> None:
    text = proved(survey(), ROWS)
    assert "Kuesioner Tahun 2026" in text and "Rekapitulasi" not in text
    assert "Teruskan." not in text


def test_a_recap_without_answers_is_warned_of_and_only_the_questionnaire_printed() -> None:
    tree = survey(**RECAP)
    assert told(tree, register(tree, [answer(1, {})])) == [("peringatan", "KS839", "tanggal")]
    text = proved(tree, [answer(1, {})])
    assert "Kuesioner Tahun 2026" in text and "Rekapitulasi" not in text


def test_the_recap_and_its_questionnaire_read_as_they_did(golden: Callable[[str, str], None]) -> None:
    golden("survei_kecil/rekap.txt", proved(survey(**RECAP, skala=FOUR), ROWS) + "\n")


def test_the_questionnaire_reads_as_it_did(golden: Callable[[str, str], None]) -> None:
    golden("survei_kecil/kuesioner.txt", proved(survey(), []) + "\n")


def test_figures_of_a_small_sample_are_marked_wherever_they_stand_and_the_mark_is_told() -> None:
    text = proved(survey(**RECAP, sampel_kecil="2"), ROWS)
    assert rows_of(text, "3,67") == ["3,67"]  # three answered: no mark
    assert rows_of(text, "3,00") == ["3,00*", "3,00", "3,00"]  # f2, that one answered; andal and a1, that three did
    assert "* Sampel kecil: angka yang berasal dari kurang daripada 2 responden." in text
    assert "Sampel kecil" not in proved(survey(**RECAP, sampel_kecil="0"), ROWS)


def test_an_item_without_answers_has_a_dash_and_no_mark() -> None:
    text = proved(survey(**RECAP), [answer(1, {"a1": 4})])
    assert rows_of(text, "0,00") == []
    assert rows_of(text, "–*") == []
    assert len([line for line in text.splitlines() if line.endswith("] –")]) == 6  # mean and share of f1, f2, fisik


@pytest.mark.parametrize(("scale", "boxes"), [(None, 15), (FOUR, 12)])
def test_the_questionnaire_has_a_box_for_each_point_of_each_item(scale: Any, boxes: int) -> None:
    tree = survey() if scale is None else survey(skala=scale)
    assert proved(tree, []).count("☐") == boxes


def test_items_stand_with_their_dimension_in_whatever_order_they_were_written() -> None:
    tree = survey(**RECAP)
    tree["butir"] = [tree["butir"][n] for n in (0, 2, 1)]
    text = proved(tree, ROWS)
    places = [text.index(word) for word in ("Sarana memadai.", "Naskah rapi.", "Kegiatan berjalan menurut jadwal.")]
    assert places == sorted(places)


def test_partners_that_did_not_answer_are_named_and_comments_tell_no_partner() -> None:
    text = proved(survey(**RECAP), ROWS)
    assert 'Diundang, belum menjawab: PT Karya "Presisi" & Mesin Contoh.' in text
    comments = text[text.index("Saran dan Komentar") : text.index("Ulasan")]
    assert "Perguruan tinggi" in comments and "Universitas" not in comments and "R003" not in comments


def test_a_survey_whose_figures_were_tampered_with_is_not_proved() -> None:
    tree = survey(**RECAP)
    sheet = compose(forms.read(tree), forms.jenis("survei"), register(tree, ROWS))
    false = compose(forms.read(tree), forms.jenis("survei"), register(tree, [answer(1, {"f1": 5, "f2": 3, "a1": 2})]))
    data = forms.template("survei").render(sheet_context(false))
    assert {p.code for p in verify_lembar(data, sheet)} == {"KS501", "KS505"}  # figures lost, figures added


def test_faults_of_answers_are_told_in_their_own_file_before_a_recap(tmp_path: Any) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_text(
        "jenis,id,survei,responden,mitra,nilai.f1\njawaban_survei,j1,survei-2026,R1,karya-mesin,7\n", encoding="utf-8"
    )
    tree = survey(**RECAP)
    known = register(tree, list(read_all([file])))  # type: ignore[arg-type]
    found = [p for p in forms.judged(tree, known) if p.code == "KS834"]
    assert [(p.at.file, p.at.line, p.at.column, p.record) for p in found] == [(str(file), 2, 46, "j1")]
    assert told(survey(), known) == []  # nothing is counted for a questionnaire


def test_no_recap_is_made_while_an_answer_cannot_be_read() -> None:
    tree = survey(**RECAP)
    known = register(tree, ROWS)
    held = known.rekaman("jawaban_survei").rekaman
    fault = problem("KS151", Location(file="jawaban.csv", line=9), isian="mitra", label="Mitra")
    spoilt = replace(known, pembaca=lambda kind: Catatan(held, (fault,)) if kind == "jawaban_survei" else Catatan())
    assert [code for _, code, _ in told(tree, spoilt)] == ["KS819", "KS151"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"selesai": "2026-10-01"}, ("tolak", "KS380", "selesai")),
        ({"tanggal": "2026-10-29"}, ("peringatan", "KS375", "tanggal")),
        ({"tanggal": "2026-10-30"}, None),
        ({"tanggal": "2026-11-23", "tindak_lanjut": None}, ("peringatan", "KS380", "tanggal")),
        (
            {"tindak_lanjut": [{"uraian": "A", "pic": "B", "tenggat": "2026-11-05"}]},
            ("tolak", "KS375", "tindak_lanjut.1.tenggat"),
        ),
        ({"butir": [{"kode": "f1", "dimensi": "fisik", "pernyataan": "A"}]}, ("tolak", "KS832", "dimensi.2.kode")),
    ],
)
def test_days_and_parts_of_a_survey_fit_together(
    changes: dict[str, Any], expected: tuple[str, str, str] | None
) -> None:
    tree = survey(**RECAP | changes)
    rows = [answer(1, {"f1": 4}, tanggal=None)]
    assert told(tree, register(tree, rows)) == ([] if expected is None else [expected])


def test_an_unknown_partner_among_the_invited_keeps_a_survey_from_being_composed() -> None:
    lines = [{"mitra": "tidak-ada", "jumlah": "1"}]
    assert forms.refused(survey(undangan=lines)) == [("KS202", "undangan.1.mitra")]


def test_charts_show_the_mean_on_the_whole_scale_and_the_answers_at_each_point() -> None:
    tree = survey(**RECAP, skala=FOUR, sampel_kecil="3")
    rows = [answer(1, {"f1": 4, "f2": 3, "a1": 2}), answer(2, {"a1": 4}), answer(3, {"a1": 4})]
    sheet = compose(forms.read(tree), forms.jenis("survei"), register(tree, rows))
    mean, spread = sheet.bagan
    assert (mean.kategori, mean.maksimum) == (("Bukti fisik*", "Keandalan"), Decimal(4))
    assert [one.nilai for one in mean.deret] == [(Decimal("3.50"), Decimal("3.33"))]
    assert [(one.nama, one.nilai) for one in spread.deret] == [
        ("Kurang", (0, 0)),
        ("Cukup", (0, 1)),
        ("Baik", (1, 0)),
        ("Sangat baik", (1, 2)),
    ]
    assert mean.teks.endswith("pada skala 1 sampai 4: Bukti fisik (sampel kecil) 3,50; Keandalan 3,33.")


def test_a_recap_of_comments_alone_has_no_chart() -> None:
    text = proved(survey(**RECAP), [answer(1, {}, komentar="Teruskan.")])
    assert "Gambar" not in text and "Teruskan." in text
