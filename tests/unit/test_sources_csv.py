"""CSV as Indonesian spreadsheets write it: separator and encoding by the file, lists in side files, places by cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksdocs.problems import Problem, SourceError
from ksdocs.sources import Source, items, read


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def trees(path: Path) -> list[object]:
    return [i.tree for i in items(path) if isinstance(i, Source)]


def problems(path: Path) -> list[Problem]:
    return [p for i in items(path) if isinstance(i, SourceError) for p in i.problems]


def told(path: Path) -> list[tuple[str, str, str | None]]:
    return [(p.code, Path(p.at.file or "").name, p.at.cell) for p in problems(path)]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_the_separator_is_decided_from_the_header(tmp_path: Path, separator: str, newline: str) -> None:
    lines = [separator.join(row) for row in (["id", "a", "b"], ["p1", '"1,5; \t""x"""', "y"])]
    assert trees(write(tmp_path, "a.csv", newline.join(lines))) == [{"id": "p1", "a": '1,5; \t"x"', "b": "y"}]


def test_decimal_commas_and_formulas_stay_the_text_that_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;jumlah;nama\np1;1.500.000,50;=cmd()\np2;+1;@x\n")
    assert trees(path) == [
        {"id": "p1", "jumlah": "1.500.000,50", "nama": "=cmd()"},
        {"id": "p2", "jumlah": "+1", "nama": "@x"},
    ]


def test_a_sep_line_is_an_instruction_and_no_row(tmp_path: Path) -> None:
    (source,) = read(write(tmp_path, "a.csv", 'sep=;\r\n"id";"a,b"\r\np1;x\r\n'))
    assert source.tree == {"id": "p1", "a,b": "x"}
    at = source.locate("id")
    assert (at.cell, at.line, at.column) == ("A2", 3, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    (source,) = read(write(tmp_path, "a.csv", "id;nama\np1;Café “Ñ”\n".encode(encoding)))
    assert source.tree == {"id": "p1", "nama": "Café “Ñ”"}
    assert source.locate("nama").column == 4


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    assert told(write(tmp_path, "a.csv", b"id;a\np1;\x81\n")) == [("KS105", "a.csv", None)]
    assert told(write(tmp_path, "b.csv", "id;a\np1;x\n".encode("utf-16-le"))) == [("KS105", "b.csv", None)]


def test_ragged_rows_are_refused_with_row_and_column_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;a;b\np1;x\np2;x;y;z\np3;x;y;;\n\np4;x;y\n")
    assert trees(path) == [{"id": "p3", "a": "x", "b": "y"}, {"id": "p4", "a": "x", "b": "y"}]
    assert told(path) == [("KS130", "a.csv", "B2"), ("KS130", "a.csv", "D3")]
    assert problems(path)[0].params == {"baris": "2", "ada": "2", "perlu": "3"}
    assert (problems(path)[1].at.line, problems(path)[1].at.column) == (3, 8)


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", '\nid;a\n"p1";"dua\nbaris"\n\np2;x\n')
    first, second = read(path)
    assert first.tree["a"] == "dua\nbaris"
    assert (first.locate("a").cell, first.locate("a").line) == ("B3", 3)
    assert (second.locate("a").cell, second.locate("a").line, second.locate("a").column) == ("B5", 6, 4)


def test_quotes_that_do_not_match_refuse_the_file(tmp_path: Path) -> None:
    assert told(write(tmp_path, "a.csv", 'id;a\np1;x\np2;"y\np3;z\n')) == [("KS140", "a.csv", "A3")]
    assert told(write(tmp_path, "b.csv", 'id;a\np1;"x"y\n')) == [("KS140", "b.csv", "A2")]


def test_header_faults_are_all_told_and_no_row_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;id;a..b;2.x;pihak.01;pihak.0;pihak.1;pihak.nama\n1;2;3;4;5;6;7;8\n")
    assert told(path) == [
        ("KS131", "a.csv", "B1"),
        ("KS133", "a.csv", "C1"),
        ("KS133", "a.csv", "D1"),
        ("KS133", "a.csv", "E1"),
        ("KS133", "a.csv", "F1"),
        ("KS134", "a.csv", "H1"),
    ]


def test_a_value_under_an_empty_header_is_refused_and_an_empty_column_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;;a\np1;;x\np2;y;x\n")
    assert trees(path) == [{"id": "p1", "a": "x"}]
    assert told(path) == [("KS132", "a.csv", "B3")]


def test_dotted_headers_nest_and_numbers_count_items_from_one(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", "id;pihak.2.id;pihak.1.id;tentang.en;bidang.1;bidang.2\np1;b;a;About;x;y\np2;;c;;z;\n"
    )
    assert trees(path) == [
        {"id": "p1", "pihak": [{"id": "a"}, {"id": "b"}], "tentang": {"en": "About"}, "bidang": ["x", "y"]},
        {"id": "p2", "pihak": [{"id": "c"}], "bidang": ["z"]},
    ]


def test_a_gap_in_the_numbers_is_refused_where_it_shows(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,pihak.1.id,pihak.2.id,pihak.3.id\np1,a,,c\n")
    assert told(path) == [("KS135", "a.csv", "D2")]
    assert problems(path)[0].params == {"jalur": "pihak.3", "hilang": "pihak.2"}
    assert problems(path)[0].record == "p1"


def test_one_field_filled_in_two_ways_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;tentang;tentang.en\np1;x;y\np2;x;\np3;;y\n")
    assert trees(path) == [{"id": "p2", "tentang": "x"}, {"id": "p3", "tentang": {"en": "y"}}]
    assert told(path) == [("KS134", "a.csv", "C2")]


def test_lists_stand_in_side_files(tmp_path: Path) -> None:
    write(tmp_path, "pks.pihak.csv", "id;pihak.id;nama\np1;a;Satu\np1;b;Dua\n")
    write(tmp_path, "pks.pihak.hak.csv", "pihak;id;teks;en\n2;p1;hak dua;right\n1;p1;hak satu;\n2;p1;lagi;more\n")
    write(tmp_path, "pks.pembiayaan.termin.csv", "id;jumlah\np1;1,5\n")
    write(tmp_path, "pks.butir.csv", "id;teks\np2;b\np1;a\n")
    write(tmp_path, "lain.butir.csv", "id;teks\nx;y\n")
    path = write(tmp_path, "pks.csv", "id;jenis;pembiayaan.skema\np1;pks;tetap\np2;pks;\n")
    assert trees(path) == [
        {
            "id": "p1",
            "jenis": "pks",
            "pembiayaan": {"skema": "tetap", "termin": [{"jumlah": "1,5"}]},
            "butir": ["a"],
            "pihak": [
                {"id": "a", "nama": "Satu", "hak": [{"teks": "hak satu"}]},
                {
                    "id": "b",
                    "nama": "Dua",
                    "hak": [{"teks": "hak dua", "en": "right"}, {"teks": "lagi", "en": "more"}],
                },
            ],
        },
        {"id": "p2", "jenis": "pks", "butir": ["b"]},
    ]
    first, _ = read(path)
    at = first.locate("pihak.2.hak.2.en")
    assert (Path(at.file or "").name, at.cell, at.line, at.column) == ("pks.pihak.hak.csv", "D4", 4, 11)
    assert first.locate("pihak.1.hak.1.en").cell == "D3"
    assert Path(first.locate("butir.1").file or "").name == "pks.butir.csv"


def test_side_rows_that_fit_no_record_or_item_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.butir.csv", "id;teks\np9;x\n;y\np1;z\np1;\n")
    write(tmp_path, "a.pihak.hak.csv", "id;pihak;teks\np2;3;x\np2;0;x\np2;;x\np2;dua;x\n")
    path = write(tmp_path, "a.csv", "id;pihak.1.id;pihak.2.id\np1;a;b\np2;a;b\np3;a;b\n")
    assert told(path) == [
        ("KS136", "a.butir.csv", "A2"),
        ("KS128", "a.butir.csv", "A3"),
        ("KS111", "a.butir.csv", "A5"),
        ("KS138", "a.pihak.hak.csv", "B2"),
        ("KS138", "a.pihak.hak.csv", "B3"),
        ("KS138", "a.pihak.hak.csv", "B4"),
        ("KS138", "a.pihak.hak.csv", "B5"),
    ]
    assert [s["id"] for s in trees(path) if isinstance(s, dict)] == ["p3"]


def test_side_files_need_ids_that_are_there_and_unique(tmp_path: Path) -> None:
    write(tmp_path, "a.butir.csv", "nama;teks\np1;x\n")
    path = write(tmp_path, "a.csv", "id;a\np1;x\n")
    assert told(path) == [("KS137", "a.butir.csv", "A1")]
    write(tmp_path, "a.butir.csv", "id;teks\np1;x\n")
    write(tmp_path, "a.csv", "nama;a\np1;x\n")
    assert told(path) == [("KS137", "a.csv", "A1")]
    write(tmp_path, "a.csv", "id;a\np1;x\np1;y\n")
    assert ("KS129", "a.csv", "A3") in told(path)


def test_a_list_in_columns_and_in_a_side_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.butir.csv", "id;teks\np1;x\n")
    path = write(tmp_path, "a.csv", "id;butir.1\np1;y\n")
    assert told(path) == [("KS134", "a.butir.csv", "A2")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["17/03/2025", "1/4/2025", "x"], ["17/03/2025", "1/4/2025", "x"]),
        (["17/03/2025", "1/4/2025", ""], ["2025-03-17", "2025-04-01", None]),
        (["17-03-2025", "01-04-2025"], ["2025-03-17", "2025-04-01"]),
        (["03/04/2025", "01/02/2025"], ["03/04/2025", "01/02/2025"]),
        (["17/03/2025", "03/17/2025"], ["17/03/2025", "03/17/2025"]),
        (["31/02/2025", "17/03/2025"], ["31/02/2025", "2025-03-17"]),
        (["17/03/2025", "2025-04-01"], ["17/03/2025", "2025-04-01"]),
        (["17/03-2025", "17/03/2025"], ["17/03-2025", "17/03/2025"]),
        (["17/03/25"], ["17/03/25"]),
    ],
)
def test_a_column_of_dates_proves_its_order_or_stays_as_it_is(
    tmp_path: Path, values: list[str], expected: list[str | None]
) -> None:
    path = write(tmp_path, "a.csv", "id;tanggal\n" + "".join(f"p{n};{v}\n" for n, v in enumerate(values)))
    assert [s.tree.get("tanggal") for s in read(path)] == expected


def test_dates_of_a_side_file_are_proven_by_its_own_column(tmp_path: Path) -> None:
    write(tmp_path, "a.termin.csv", "id;tanggal\np1;17/03/2025\np1;01/04/2025\n")
    path = write(tmp_path, "a.csv", "id;tanggal\np1;01/04/2025\n")
    (source,) = read(path)
    assert source.tree == {
        "id": "p1",
        "tanggal": "01/04/2025",
        "termin": [{"tanggal": "2025-03-17"}, {"tanggal": "2025-04-01"}],
    }


def test_a_control_character_is_refused_at_its_cell(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;a\np1;x\x07\np2;y\n")
    assert told(path) == [("KS110", "a.csv", "B2")]
    assert trees(path) == [{"id": "p2", "a": "y"}]


def test_a_missing_value_is_placed_at_its_empty_cell(tmp_path: Path) -> None:
    (source,) = read(write(tmp_path, "a.csv", "id;pihak.1.id;pihak.1.nomor\np1;a;\n"))
    assert source.locate("pihak.1.nomor").cell == "C2"
    assert source.locate("pihak.1.nama").cell == "B2"
    assert source.locate("tempat").cell == "A2"
    assert source.span("id") is None
    assert source.insertion_point("tempat") is None
