"""Records of forms on their way to a file: what the office has answered, and what is told of it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import forms
import ksdocs
import samples
from docx_specimens import zipped
from ksdocs.batch.order import Order, sheet_dependence
from ksdocs.borang import Lembar
from ksdocs.borang.bagan import Bagan, DeretBagan
from ksdocs.pipeline import check
from ksdocs.sources import from_tree

FORM = "penjajakan-rs-bahari-2026"


def record(*codes: str, **fields: Any) -> dict[str, Any]:
    """A sound report that is stricter than its score (KS373, a warning), with an answer to each of `codes`."""
    tree = forms.tree("penjajakan", FORM) | {
        "rekomendasi": "layak bersyarat",
        "syarat": [{"uraian": "Perjanjian kerahasiaan ditandatangani lebih dahulu."}],
    }
    tree["tanggapan"] = [{"kode": code, "alasan": "Menyangkut data pasien.", "oleh": "Kepala Humas"} for code in codes]
    return tree | fields


def told(tree: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(weight, code, path) of all that is told of a record."""
    report = check(from_tree(tree), samples.office(), samples.TODAY)
    return [(p.severity.value, p.code, p.at.path) for p in report.problems]


def test_an_answered_warning_of_a_form_is_information() -> None:
    assert told(record()) == [("peringatan", "KS373", "rekomendasi")]
    assert told(record("KS373")) == told(record("ks373")) == [("info", "KS373", "rekomendasi")]


@pytest.mark.parametrize("code", ["KS375", "KS214", "KS384", "KS999"])
def test_an_answer_that_nothing_asked_for_is_told(code: str) -> None:
    assert told(record("KS373", code))[1:] == [("info", "KS294", "tanggapan.2.kode")]


def test_a_refusal_of_a_form_cannot_be_answered() -> None:
    tree = record("KS373", "KS370", kriteria=[{"kode": "K1", "nama": "Satu", "bobot": "90"}],
                  penilaian=[{"kriteria": "K1", "skor": "5", "alasan": "Baik."}])  # fmt: skip
    assert ("tolak", "KS370", "kriteria") in told(tree)
    assert ("peringatan", "KS296", "tanggapan.2.kode") in told(tree)


def test_of_a_form_that_could_not_be_judged_no_answer_is_called_unused() -> None:
    assert [code for _, code, _ in told(record("KS373", mitra="tidak-ada"))] == ["KS202"]


# --- going on where a run has ended -----------------------------------------------------------------------------

NOTULEN = "notulen-magang-samudra-2026-01-19"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with data and templates of its own."""
    shutil.copytree(samples.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("contoh-salah"))
    shutil.copytree(samples.TEMPLATES, tmp_path / "templates")
    return tmp_path


def again(here: Path, *files: str, today: date = samples.TODAY, **more: Any) -> list[str]:
    """Ids that a resumed run leaves as they are."""
    office = samples.office(data=here / "data", templates=here / "templates")
    paths = [here / "data" / file for file in files or (f"notulen/{NOTULEN}.yaml",)]
    done = list(ksdocs.render_many(*paths, out=here / "out", today=today, office=office, resume=True, **more))
    assert not any(one.refused for one in done)
    return [one.record for one in done if one.skipped]


def swap(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_form_that_is_done_and_unchanged_is_left_as_it_is(here: Path, workers: int) -> None:
    files = ("notulen", "daftar_hadir", "program", "penjajakan")
    assert again(here, *files, workers=workers) == []
    made = {file.name: file.stat().st_mtime_ns for file in (here / "out").glob("*.docx")}
    assert {f"{ident}.docx" for ident in again(here, *files, workers=workers)} == set(made)
    assert {file.name: file.stat().st_mtime_ns for file in (here / "out").glob("*.docx")} == made


def retouch(template: Path, old: str, new: str) -> None:
    """Words of a template, changed as in Word."""
    with zipfile.ZipFile(template) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    body = parts["word/document.xml"]
    assert old.encode() in body
    template.write_bytes(zipped(parts | {"word/document.xml": body.replace(old.encode(), new.encode())}))


def copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


CHANGES: dict[str, Callable[[Path], None]] = {
    "its record": lambda h: swap(h / f"data/notulen/{NOTULEN}.yaml", "Evaluasi magang", "Tinjauan magang"),
    "minutes before it": lambda h: swap(
        h / "data/notulen/notulen-magang-samudra-2025-07-14.yaml", "buku panduan", "buku pegangan"
    ),
    "its partner": lambda h: swap(h / "data/mitra/samudra-elektronika.yaml", "PT Samudra", "PT Samudera"),
    "its institution's logo": lambda h: copy(
        h / "data/institusi/logo/pipb.png", h / "data/institusi/logo/polibatam.png"
    ),
    "its description": lambda h: swap(h / "templates/forms/notulen/jenis.toml", 'versi = "V3"', 'versi = "V4"'),
    "its template": lambda h: retouch(h / "templates/forms/notulen/naskah.docx", "Pembahasan<", "Bahasan<"),
    "its file": lambda h: copy(h / "data/README.md", h / f"out/{NOTULEN}.docx"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_shows_on_a_form_makes_it_anew_when_it_changes(here: Path, change: str) -> None:
    again(here)
    assert again(here) == [NOTULEN]
    CHANGES[change](here)
    assert again(here) == []
    assert again(here) == [NOTULEN]


def test_what_does_not_show_leaves_a_form_as_it_is(here: Path) -> None:
    again(here)
    swap(here / "data/mitra/yayasan-cahaya.yaml", "Yayasan", "Badan")
    assert again(here, today=date(2026, 12, 24)) == [NOTULEN]


def test_a_picture_that_is_another_makes_its_form_anew(here: Path) -> None:
    file = "laporan_pelaksanaan/laporan-pelatihan-karya-mesin-2026-07.yaml"
    again(here, file)
    assert len(again(here, file)) == 1
    photos = here / "data/laporan_pelaksanaan/foto"
    (photos / "pelatihan-1.png").write_bytes((photos / "pelatihan-2.png").read_bytes())
    assert again(here, file) == []


def test_a_form_that_must_not_leave_any_more_is_refused_although_it_was_made(here: Path) -> None:
    again(here)
    swap(here / f"data/notulen/{NOTULEN}.yaml", "tanggal: 2026-01-19", "tanggal: 2025-01-20")
    office = samples.office(data=here / "data", templates=here / "templates")
    (done,) = ksdocs.render_many(
        here / f"data/notulen/{NOTULEN}.yaml", out=here / "out", today=samples.TODAY, office=office, resume=True
    )
    assert done.refused and not done.skipped


def test_an_mou_is_made_anew_when_the_exploration_it_rests_on_changes(here: Path) -> None:
    file = "mou/mou-rs-bahari-2026.toml"
    again(here, file)
    assert len(again(here, file)) == 1
    swap(here / f"data/penjajakan/{FORM}.yaml", "rekomendasi: layak\n", "rekomendasi: layak bersyarat\n")
    assert again(here, file) == []
    assert len(again(here, file)) == 1


def test_a_sheet_is_known_again_by_all_that_it_holds_and_by_nothing_else() -> None:
    """Charts too, and values of any kind: one that nobody knows how to compare makes its form anew each time."""
    order, source, office = Order(samples.TODAY), from_tree(record()), samples.office()
    sheet = forms.sheet(record())
    chart = Bagan("x", "Judul", "teks", "batang", ("a",), (DeretBagan("n", (1,)),), ukuran_mm=(80.5, 60.0))

    def known(lembar: Lembar) -> str:
        return sheet_dependence(source, lembar, office, order)["sidik"]

    drawn = replace(sheet, konteks={**sheet.konteks, "bagan": chart}, bagan=(chart,))
    other = replace(chart, deret=(DeretBagan("n", (2,)),))
    assert len({known(sheet), known(drawn), known(replace(drawn, bagan=(other,)))}) == 3
    assert known(drawn) == known(replace(drawn, konteks=dict(drawn.konteks))) != ""
    assert known(replace(sheet, konteks={**sheet.konteks, "x": object()})) == ""
