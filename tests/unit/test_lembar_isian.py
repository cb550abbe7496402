"""Entry sheets: what is written reads back as the record, and only what an officer typed is ever a record."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import forms
import samples
from ksdocs.lembar_isian import entry_book, kinds_with_sheets, model_of
from ksdocs.lembar_isian.bukti import canonical
from ksdocs.lembar_isian.medan import Medan, fields_of
from ksdocs.models.fault import read_model
from ksdocs.office import Office
from ksdocs.pipeline import render
from ksdocs.problems import KsdocsError, SourceError
from ksdocs.sources import Source, from_tree, read_all
from ksdocs.sources.xlsx import read_book
from kunjungan import JENIS

FOLDERS = {"kpi": "acuan/kpi"}


@cache
def office() -> Office:
    return samples.office()


KINDS = kinds_with_sheets(samples.office())


@cache
def records(kind: str) -> tuple[Source, ...]:
    """The shipped records of a kind."""
    folder = samples.DATA / FOLDERS.get(kind, kind)
    return tuple(one for one in read_all([folder]) if isinstance(one, Source) and one.tree.get("jenis") == kind)


@cache
def book(kind: str, *, filled: bool = False, bilingual: bool = False) -> bytes:
    return entry_book(kind, office(), records(kind) if filled else (), bilingual=bilingual)


def read(data: bytes) -> list[Source | SourceError]:
    return [item for _, item in read_book(data, "isian.xlsx")]


def trees(data: bytes) -> list[dict[str, Any]]:
    return [item.tree for item in read(data) if isinstance(item, Source)]


def codes(data: bytes) -> list[tuple[str, str]]:
    """(code, sheet!cell) of what is wrong with a workbook."""
    found = [p for item in read(data) if isinstance(item, SourceError) for p in item.problems]
    return [(p.code, f"{p.at.sheet}!{p.at.cell}" if p.at.cell else "") for p in found]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(workbook: Any) -> bytes:
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def type_row(page: Any, row: int, **values: Any) -> None:
    """Types values under their heads; `__` stands for the point."""
    heads = {cell.value: cell.column for cell in page[1]}
    for name, value in values.items():
        page.cell(row, heads[name.replace("__", ".")], value)


def flat(fields: tuple[Medan, ...], pattern: tuple[str, ...] = ()) -> dict[tuple[str, ...], Medan]:
    """Pattern → field, at every depth."""
    found = {}
    for one in fields:
        here = (*pattern, one.nama)
        found[here] = one
        found |= flat(one.isi, (*here, "*") if one.daftar and not one.pisah else here)
        if one.daftar and not one.pisah:
            found[(*here, "*")] = replace(one, daftar=False)
    return found


# --- back and forth -----------------------------------------------------------------------------------------


def test_there_are_samples_of_every_kind() -> None:
    assert [kind for kind in KINDS if not records(kind)] == []


@pytest.mark.parametrize("bilingual", [False, True], ids=["", "bilingual"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_record_reads_back_as_it_was(kind: str, bilingual: bool) -> None:
    fields = flat(fields_of(model_of(kind, office()).model_json_schema()))
    back = trees(book(kind, filled=True, bilingual=bilingual))
    assert [canonical(tree, fields) for tree in back] == [canonical(one.tree, fields) for one in records(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_reads_the_same_record_from_the_sheet(kind: str) -> None:
    model = model_of(kind, office())
    back = [read_model(model, from_tree(tree))[0] for tree in trees(book(kind, filled=True))]
    assert back == [read_model(model, from_tree(one.tree))[0] for one in records(kind)]


def test_a_record_in_one_language_without_lists_in_cells_reads_back_to_the_letter() -> None:
    source = next(one for one in records("notulen") if one.tree.get("butir"))
    assert trees(entry_book("notulen", office(), [source])) == [source.tree]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in ("mou", "pks", *forms.KINDS)])
def test_a_document_made_from_the_sheet_is_the_document_of_the_record(kind: str) -> None:
    for source, tree in zip(records(kind), trees(book(kind, filled=True)), strict=True):
        ours = render(source, office(), samples.TODAY)
        theirs = render(replace(source, tree=tree), office(), samples.TODAY)
        assert [(p.code, p.at.path) for p in theirs.problems] == [(p.code, p.at.path) for p in ours.problems]
        assert not ours.refused and ours.artifacts
        assert [members(a.data) for a in theirs.artifacts] == [members(a.data) for a in ours.artifacts]


def members(document: bytes) -> dict[str, bytes]:
    """The parts of a document but the hashes of what it was made from."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/custom.xml"}


def test_a_form_that_is_only_a_folder_has_its_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "forms" / "kunjungan"
    folder.mkdir(parents=True)
    (folder / "jenis.toml").write_text(JENIS, encoding="utf-8")
    own = samples.office(templates=tmp_path / "templates")
    tree = {
        "jenis": "kunjungan",
        "id": "kunjungan-1",
        "institusi": "polibatam",
        "tanggal": "2026-03-17",
        "mitra": "samudra-elektronika",
        "biaya": "1.500.000",
    }
    assert trees(entry_book("kunjungan", own, [from_tree(tree)])) == [tree]


# --- what cannot be written ---------------------------------------------------------------------------------


def refused(kind: str, *given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(KsdocsError) as caught:
        entry_book(kind, office(), [from_tree(tree) for tree in given])
    return [(p.code, p.at.path) for p in caught.value.problems]


BUTIR = {"jenis": "butir", "id": "b1", "teks": "Isi", "status": "terbuka"}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"catatan.kantor": "x"}, "catatan.kantor"),
        ({"2026": "x"}, "2026"),
        ({"teks": "‹isi›"}, "teks"),
        ({"teks": "x" * 40_000}, "teks"),
        ({"asing": {}}, "asing"),
    ],
)
def test_what_a_sheet_cannot_hold_is_told_at_its_place(change: dict[str, Any], path: str) -> None:
    assert refused("butir", {**BUTIR, **change}) == [("KS861", path)]


def test_records_that_side_sheets_could_not_tell_apart_are_refused() -> None:
    assert refused("butir", BUTIR, BUTIR) == [("KS863", "id")]
    assert refused("butir", {k: v for k, v in BUTIR.items() if k != "id"}) == [("KS863", "id")]


def test_what_the_model_does_not_know_is_carried_along() -> None:
    given = {**BUTIR, "asing": "7", "lain": {"dalam": ["a", ["b", "c"]]}}
    assert trees(entry_book("butir", office(), [from_tree(given)])) == [given]


def test_texts_that_look_like_numbers_dates_or_formulas_stay_texts() -> None:
    given = {**BUTIR, "teks": "=1+1", "sumber": "@SUM(A1)", "asing": "00123456789012345678", "hari": "2026-03-17"}
    data = entry_book("butir", office(), [from_tree(given)])
    assert trees(data) == [given]
    assert [c.data_type for c in opened(data)["rekaman"][3] if c.value in given.values()] == ["s"] * len(given)


def test_a_text_in_two_languages_has_two_columns_and_a_plain_one_beside_it_the_first() -> None:
    both = {**BUTIR, "teks": {"id": "Isi", "en": "Content"}}
    data = entry_book("butir", office(), [from_tree(both), from_tree({**BUTIR, "id": "b2"})])
    assert [tree["teks"] for tree in trees(data)] == [{"id": "Isi", "en": "Content"}, {"id": "Isi"}]
    assert "teks" not in {cell.value for cell in opened(data)["rekaman"][1]}


def test_a_span_of_time_stands_in_one_cell() -> None:
    tree = samples.record(samples.MOU)
    tree["jangka_waktu"]["lama"] = {"lama": "5", "satuan": "tahun"}
    assert trees(entry_book("mou", office(), [from_tree(tree)]))[0]["jangka_waktu"]["lama"] == "5 tahun"


def test_an_official_who_is_given_whole_keeps_every_field_and_list() -> None:
    tree = samples.record(samples.MOU)
    tree["pihak"][1]["penanda_tangan"] = {
        "id": "wakil", "nama": "Sari", "jabatan": "Wakil", "nip": "0012",
        "kewenangan": [{"jenis": "akta", "nomor": "1", "tanggal": "2024-01-15", "penerbit": "Notaris"}],
    }  # fmt: skip
    data = entry_book("mou", office(), [from_tree(tree)])
    assert trees(data)[0]["pihak"] == tree["pihak"]
    assert "pihak.penanda_tangan.kewenangan" in opened(data).sheetnames


# --- labels and examples ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_sheet_holds_no_record(kind: str) -> None:
    assert codes(book(kind)) == [("KS106", "")]


@pytest.mark.parametrize("kind", KINDS)
def test_equal_data_give_equal_bytes(kind: str) -> None:
    assert book(kind) == entry_book(kind, office())


def test_rows_typed_below_the_example_are_the_record() -> None:
    workbook = opened(book("notulen"))
    type_row(workbook["rekaman"], 4, jenis="notulen", id="rapat-1", institusi="polibatam", acara="Rapat")
    type_row(workbook["pembahasan"], 4, id="rapat-1", pokok="Satu", keputusan="Ya")
    type_row(workbook["pembahasan"], 5, id="rapat-1", pokok="Dua", keputusan="Tidak")
    type_row(workbook["pembahasan.tindakan"], 4, id="rapat-1", pembahasan=2, kode="T1")
    assert trees(saved(workbook)) == [
        {
            "jenis": "notulen",
            "id": "rapat-1",
            "institusi": "polibatam",
            "acara": "Rapat",
            "pembahasan": [
                {"pokok": "Satu", "keputusan": "Ya"},
                {"pokok": "Dua", "keputusan": "Tidak", "tindakan": [{"kode": "T1"}]},
            ],
        }
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_one_that_the_model_would_take(kind: str) -> None:
    workbook = opened(book(kind))
    for page in workbook:
        if page.title not in ("Petunjuk", "Daftar", "_pilihan"):
            for cell in page[3]:
                cell.value = str(cell.value)[1:-1].replace("…", "contoh")
    (item,) = read(saved(workbook))
    assert isinstance(item, Source)
    _, faults = read_model(model_of(kind, office()), item)
    too_few_items_or_two_ways_at_once = {"KS164", "KS165"}  # one row shows every column of a list once
    assert {p.code for p in faults} <= too_few_items_or_two_ways_at_once, [p.at.path for p in faults]


def test_an_example_that_is_typed_over_in_part_is_refused_at_the_cells_that_are_left() -> None:
    workbook = opened(book("butir"))
    type_row(workbook["rekaman"], 3, jenis="butir", id="b1", teks="Isi", status="terbuka")
    left = [cell.coordinate for cell in workbook["rekaman"][3] if str(cell.value).startswith("‹")]
    assert left and codes(saved(workbook)) == [("KS860", f"rekaman!{cell}") for cell in left]


def test_labels_may_be_removed_sorted_away_or_hidden() -> None:
    workbook = opened(book("butir"))
    page = workbook["rekaman"]
    type_row(page, 4, jenis="butir", id="b1", teks="Isi", status="terbuka")
    page.move_range("A2:Z2", rows=3)
    page.delete_cols(page.max_column)
    page.row_dimensions[3].hidden = True
    assert trees(saved(workbook)) == [BUTIR]
    page.delete_rows(2, 2)
    assert trees(saved(workbook)) == [BUTIR]


def test_a_table_that_was_saved_as_csv_leaves_its_labels_out_too(tmp_path: Path) -> None:
    file = tmp_path / "butir.csv"
    file.write_text("jenis;id;teks;status\n‹Jenis›;‹Id›;;‹Status›\nbutir;b1;Isi;terbuka\n", encoding="utf-8")
    assert [one.tree for one in read_all([file]) if isinstance(one, Source)] == [BUTIR]
    file.write_text("jenis;id;teks;status\nbutir;b1;‹Teks›;terbuka\n", encoding="utf-8")
    (found,) = read_all([file])
    assert isinstance(found, SourceError)
    assert [(p.code, p.at.line, p.record) for p in found.problems] == [("KS860", 2, "b1")]


def test_angle_quotes_within_a_text_are_text() -> None:
    given = {**BUTIR, "teks": "kata ‹asing› di tengah", "asing": "‹"}
    assert trees(entry_book("butir", office(), [from_tree(given)])) == [given]


# --- what the officer sees ----------------------------------------------------------------------------------


def rules(page: Any, head: str) -> list[Any]:
    """The rules of the first free cell of a column."""
    column = next(cell.column_letter for cell in page[1] if cell.value == head)
    return [one for one in page.data_validations.dataValidation if f"{column}10" in one.sqref]


def offered(workbook: Any, page: str, head: str) -> list[Any]:
    (rule,) = rules(workbook[page], head)
    sheet, cells = rule.formula1.lstrip("=").split("!")
    return [row[0].value for row in workbook[sheet][cells.replace("$", "")]]


def test_drop_downs_offer_what_the_office_knows() -> None:
    workbook = opened(book("pks"))
    register = office().register
    assert rules(workbook["rekaman"], "tahap")[0].errorStyle is None  # nothing else may be typed
    assert rules(workbook["pihak"], "pihak.id")[0].errorStyle == "warning"
    assert not rules(workbook["rekaman"], "bidang")[0].showErrorMessage  # several may be typed
    assert offered(workbook, "pihak", "pihak.id") == sorted(one.id for one in register.semua_lembaga())
    assert offered(workbook, "ruang_lingkup", "bentuk") == sorted(register.bentuk())
    assert offered(workbook, "butir", "butir.id") == sorted(one.id for one in register.semua_butir())
    assert offered(workbook, "rekaman", "varian.pembayaran") == ["per_satuan", "termin"]
    assert offered(workbook, "rekaman", "data_pribadi") == ["ya", "tidak"]
    assert "direktur" in offered(workbook, "pihak", "penanda_tangan")
    assert set(offered(workbook, "rekaman", "dasar.mou")) >= {samples.MOU}
    assert samples.PKS not in offered(workbook, "rekaman", "dasar.mou")
    assert workbook["_pilihan"].sheet_state == "hidden"


def test_side_sheets_offer_the_ids_of_the_records() -> None:
    workbook = opened(book("mou", filled=True))
    assert offered(workbook, "pihak.hak", "id")[: len(records("mou"))] == [one.id for one in records("mou")]


def test_cells_have_the_rule_and_the_format_of_their_field() -> None:
    page = opened(book("pks"))["rekaman"]
    kinds = {head: rules(page, head)[0].type for head in ("pembiayaan.nilai", "pembiayaan.volume", "dasar.tanggal")}
    assert kinds == {"pembiayaan.nilai": "decimal", "pembiayaan.volume": "whole", "dasar.tanggal": "date"}
    number = next(c.column_letter for c in page[1] if c.value == "pembiayaan.rekening.nomor")
    assert page.column_dimensions[number].number_format == "@"
    assert page.freeze_panes == "C3"


@pytest.mark.parametrize("kind", KINDS)
def test_every_head_has_a_note_and_every_required_one_says_so(kind: str) -> None:
    workbook = opened(book(kind))
    pages = [page for page in workbook if page.title not in ("Petunjuk", "Daftar", "_pilihan")]
    assert [f"{p.title}!{c.coordinate}" for p in pages for c in p[1] if not (c.comment and c.comment.text)] == []
    required = {c.value for c in workbook["rekaman"][1] if "wajib" in workbook["rekaman"].cell(2, c.column).value}
    assert {"jenis", "id"} <= required


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_never_holds_a_formula_and_a_message_fits_into_excel(kind: str) -> None:
    for page in opened(book(kind, filled=True)):
        assert [c.coordinate for row in page.iter_rows() for c in row if c.data_type == "f"] == []
        for rule in page.data_validations.dataValidation:
            assert len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32


def test_an_unknown_kind_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(KsdocsError) as caught:
        entry_book("notule", office())
    assert [(p.code, p.params["mungkin"]) for p in caught.value.problems] == [("KS864", "notulen")]


# --- forms of an office's own, with names that a table could take for something else ---------------------------


def declared(name: str, kind: str, *inner: str, depth: int = 1) -> str:
    """A field of a jenis.toml; `inner` are the fields of a list."""
    table = ".".join(["isian"] * depth)
    return "\n".join(
        [f"[[{table}]]", f'nama = "{name}"', f'jenis = "{kind}"', f'label.id = "{name.title()}"', *inner, ""]
    )


LONG = "daftar_dengan_nama_yang_sangat_panjang"
ODD_FORM = "\n".join(
    [
        'id = "ganjil"',
        'judul.id = "Borang Ganjil"',
        declared("petunjuk", "daftar", declared("uraian", "teks", depth=2)),
        declared("daftar", "daftar", declared("uraian", "teks", depth=2)),
        declared("rekaman", "daftar", declared("uraian", "teks", depth=2)),
        declared("teks", "daftar", declared("teks", "teks", depth=2)),
        declared("pihak", "daftar", declared("id", "baris", depth=2), declared("pihak", "lembaga", depth=2),
                 declared("hak", "daftar", declared("pihak", "baris", depth=3), declared("hak", "baris", depth=3),
                          declared("id", "baris", depth=3), depth=2)),
        declared(LONG, "daftar", declared("a", "cacah", depth=2),
                 declared("b", "daftar", declared("c", "desimal", depth=3), declared("d", "jam", depth=3), depth=2)),
        declared("jumlah", "persen"),
        declared("sampai", "bulan"),
    ]
)  # fmt: skip
ODD: dict[str, Any] = {
    "jenis": "ganjil",
    "id": "g1",
    "institusi": "polibatam",
    "petunjuk": [{"uraian": "satu"}, {"uraian": "dua"}],
    "daftar": [{"uraian": "satu"}],
    "rekaman": [{"uraian": "a"}, {"uraian": "b"}, {"uraian": "c"}],
    "teks": [{"teks": "satu"}, {"teks": "dua"}],
    "pihak": [
        {"id": "x", "pihak": "polibatam", "hak": [{"pihak": "1", "hak": "2", "id": "3"}, {"hak": "4"}]},
        {"pihak": "karya-mesin", "hak": [{"id": "5"}]},
    ],
    LONG: [{"a": "1", "b": [{"c": "3,75", "d": "09.30"}, {"c": "2.5"}]}, {"a": "2"}, {"a": "3", "b": [{"d": "10:00"}]}],
    "jumlah": "87,5%",
    "sampai": "Maret",
}


@pytest.fixture
def own(tmp_path: Path) -> Office:
    """An office with the odd form."""
    folder = tmp_path / "templates" / "forms" / "ganjil"
    folder.mkdir(parents=True)
    (folder / "jenis.toml").write_text(ODD_FORM, encoding="utf-8")
    return samples.office(templates=tmp_path / "templates")


def test_names_that_mean_something_to_a_table_are_kept_apart(own: Office) -> None:
    data = entry_book("ganjil", own, [from_tree(ODD), from_tree({**ODD, "id": "g2", "teks": [{"teks": "x"}]})])
    assert trees(data) == [ODD, {**ODD, "id": "g2", "teks": [{"teks": "x"}]}]
    assert {"pihak", "pihak.hak"} <= set(opened(data).sheetnames)


def test_a_record_typed_into_the_empty_sheet_of_such_a_form_is_read(own: Office) -> None:
    workbook = opened(entry_book("ganjil", own))
    page = workbook["rekaman"]
    type_row(page, 4, jenis="ganjil", id="g1", petunjuk__1__uraian="satu", jumlah=87.5)
    type_row(workbook["pihak"], 4, id="g1", pihak="polibatam")
    type_row(workbook["pihak.hak"], 4, id="g1", pihak=1, hak__pihak="1", hak="2")
    assert trees(saved(workbook)) == [
        {
            "jenis": "ganjil",
            "id": "g1",
            "petunjuk": [{"uraian": "satu"}],
            "jumlah": "87.5",
            "pihak": [{"pihak": "polibatam", "hak": [{"pihak": "1", "hak": "2"}]}],
        }
    ]
