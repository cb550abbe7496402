"""YAML, JSON, JSON Lines and TOML: every scalar is the text that stands there, and every refusal has a place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml

from ksdocs.problems import SourceError
from ksdocs.sources import Source, items, read
from ksdocs.sources.places_yaml import compose

Told = list[tuple[str, int | None, int | None]]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def trees(path: Path) -> list[object]:
    return [i.tree for i in items(path) if isinstance(i, Source)]


def told(path: Path) -> Told:
    found = [p for i in items(path) if isinstance(i, SourceError) for p in i.problems]
    assert all(p.message("id") and p.hint("en") for p in found)
    return [(p.code, p.at.line, p.at.column) for p in found]


# YAML


def test_yaml_scalars_are_the_text_that_stands_there(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.yaml",
        "nip: 0123456\npukul: 12:30\nnegara: no\nya: True\nangka: 1_000.50\ntanggal: 2025-03-17\nteks: |\n  a\n  b\n",
    )
    assert trees(path) == [
        {
            "nip": "0123456",
            "pukul": "12:30",
            "negara": "no",
            "ya": "True",
            "angka": "1_000.50",
            "tanggal": "2025-03-17",
            "teks": "a\nb\n",
        }
    ]


def test_yaml_null_and_blank_values_are_absent_but_quoted_words_are_not(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a:\nb: ~\nc: null\nd: ''\ne: ' '\nf: 'null'\ng: {}\nh: []\n")
    assert trees(path) == [{"f": "null", "g": {}, "h": []}]


def test_yaml_duplicate_keys_tags_and_aliases_are_all_told_with_line_and_column(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a: 1\nb: &x [1]\nc: *x\nd: !!python/object:os.system x\na: 2\n? [k]\n: v\n")
    assert told(path) == [
        ("KS122", 2, 4),
        ("KS122", 3, 4),
        ("KS121", 4, 4),
        ("KS108", 5, 1),
        ("KS115", 6, 3),
    ]


def test_a_yaml_alias_bomb_is_refused_without_growing(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert {code for code, _, _ in told(write(tmp_path, "a.yaml", bomb))} == {"KS122"}


def test_a_yaml_tab_is_told_as_a_tab(tmp_path: Path) -> None:
    assert told(write(tmp_path, "a.yaml", "a:\n\tb: 1\n")) == [("KS123", 2, 1)]
    assert told(write(tmp_path, "b.yaml", "a:\n  - b: 1\n  \tc: 2\n")) == [("KS123", 3, 3)]


def test_a_yaml_syntax_error_has_its_place_and_the_documents_before_it_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a: 1\n---\nb: [1, 2\nc: 3\n")
    assert trees(path) == [{"a": "1"}]
    assert [code for code, _, _ in told(path)] == ["KS120"]


def test_a_faulty_yaml_record_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a: 1\n---\na: 1\na: 2\n---\n- b: 1\n- b: !x 2\n- b: 3\n")
    assert trees(path) == [{"a": "1"}, {"b": "1"}, {"b": "3"}]
    assert told(path) == [("KS108", 4, 1), ("KS121", 7, 6)]


def test_yaml_files_hold_one_record_several_documents_or_a_list(tmp_path: Path) -> None:
    for text in (
        "{a: 1}\n---\na: 2\n",
        "- a: 1\n- a: 2\n",
        "rekaman:\n- a: 1\n- a: 2\n",
        "---\n---\n- a: 1\n---\na: 2\n",
    ):
        path = write(tmp_path, "a.yaml", text)
        assert trees(path) == [{"a": "1"}, {"a": "2"}], text
        first, second = read(path)
        assert first.locate("a") != second.locate("a")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    for name, text in (("a.yaml", "a: x"), ("a.json", '{"a": "x"}'), ("a.toml", 'a = "x"'), ("a.jsonl", '{"a": "x"}')):
        path = write(tmp_path, name, b"\xef\xbb\xbf" + text.encode())
        (source,) = read(path)
        assert source.tree == {"a": "x"}
        document = source.document()
        assert (document is None) == (name == "a.jsonl")
        assert document is None or document.encode(document.text) == path.read_bytes()


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.toml", "a.jsonl"])
def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path, name: str) -> None:
    assert told(write(tmp_path, name, b"\n\n  x: caf\xe9\n")) == [("KS105", 3, 9)]
    assert told(write(tmp_path, name, '{"a": 1}'.encode("utf-16"))) == [("KS105", 1, 1)]


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", b"a: caf\xe9\n")
    assert [s.tree for s in read(path, encoding="cp1252")] == [{"a": "café"}]
    with pytest.raises(SourceError) as caught:
        list(read(path, encoding="tak-ada"))
    assert caught.value.problems[0].code == "KS117"


@pytest.mark.parametrize(
    ("name", "deep"),
    [
        ("a.yaml", "a: " + "[" * 100_000),
        ("a.yaml", "a: " + "{b: " * 40 + "1" + "}" * 40),
        ("a.json", '{"a":' * 100_000),
        ("a.json", '{"a":' * 40 + "1" + "}" * 40),
        ("a.jsonl", '{"a":' * 33 + "1" + "}" * 33),
        ("a.toml", "a = " + "[" * 5000 + "]" * 5000),
        ("a.toml", "a = " + "[" * 40 + "]" * 40),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, name: str, deep: str) -> None:
    assert [code for code, _, _ in told(write(tmp_path, name, deep))] == ["KS109"]


def test_a_yaml_file_may_not_be_too_large(tmp_path: Path) -> None:
    assert [c for c, _, _ in told(write(tmp_path, "a.yaml", b"# " + b"x" * (8 * 2**20)))] == ["KS104"]


def test_a_control_character_in_yaml_is_refused_where_it_stands(tmp_path: Path) -> None:
    assert told(write(tmp_path, "a.yaml", "a: 1\nb: x\x07y\n")) == [("KS110", 2, 5)]


@pytest.mark.parametrize("bad", ["\\u202e", "\\u200b", "\\u0007", "\\ufffe", "\\ud800", "\\u2028", "\\u0085"])
def test_characters_that_no_document_can_hold_are_refused_at_their_value(tmp_path: Path, bad: str) -> None:
    assert told(write(tmp_path, "a.json", '{"a": "x",\n "b": ["y", "z' + bad + '"]}')) == [("KS110", 2, 13)]
    assert told(write(tmp_path, "b.json", '{"' + bad + 'a": "x"}'))[0][0] == "KS110"


def test_right_to_left_text_emoji_and_combining_marks_arrive_unchanged(tmp_path: Path) -> None:
    text = "جامعة 👩‍🏫 e\u0301 \u200fx & <b> {{ y }}"
    (source,) = read(write(tmp_path, "a.yaml", f"a: '{text}'\n"))
    assert source.tree == {"a": text}


def test_both_yaml_parsers_give_the_same_spots_and_troubles() -> None:
    for text in (
        "a: 1 # x\nb:\n- c: |\n    x\n\n- >-\n  y\nd: {e: 'f''g', h: [\"i\"]}\nj:\n",
        "a: &x 1\nb: *x\nc: !t 2\na: 3\n",
    ):
        assert compose(text, yaml.Loader) == compose(text, getattr(yaml, "CLoader", yaml.Loader))


# JSON


def test_json_values_are_the_text_that_stands_there(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.json", '{"a": 0.10, "b": 12345678901234567890, "c": true, "d": false, "e": null, "f": 1E5}'
    )
    assert trees(path) == [{"a": "0.10", "b": "12345678901234567890", "c": "true", "d": "false", "f": "1E5"}]


def test_json_duplicate_keys_and_nan_are_all_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '{"a": 1,\n "a": 2, "b": NaN,\n "c": [{"d": 1, "d": -Infinity}]}')
    assert told(path) == [("KS108", 2, 2), ("KS112", 2, 15), ("KS112", 3, 22), ("KS108", 3, 17)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,}', 1, 8),
        ('{"a": 1\n "b": 2}', 2, 2),
        ("{'a': 1}", 1, 2),
        ('{"a": 01}', 1, 8),
        ('{"a": "x\n"}', 1, 9),
        ('{"a": 1} x', 1, 10),
        ('{"a"', 1, 5),
        ("[", 1, 2),
    ],
)
def test_a_json_syntax_error_has_its_place(tmp_path: Path, text: str, line: int, column: int) -> None:
    assert told(write(tmp_path, "a.json", text)) == [("KS124", line, column)]


def test_json_arrays_hold_records_and_say_which_item_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '[{"a": 1},\n 2,\n {"a": 3}]')
    assert trees(path) == [{"a": "1"}, {"a": "3"}]
    assert told(path) == [("KS107", 2, 2)]
    write(tmp_path, "a.json", '[{"a": 1},\n {"a": NaN, "b": 1, "b": 2},\n {"a": 3}]')
    assert trees(path) == [{"a": "1"}, {"a": "3"}]
    assert told(path) == [("KS112", 2, 8), ("KS108", 2, 21)]


def test_one_bad_line_of_json_lines_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", b'{"a": 1}\n\n{"a": }\n{"a": "\xe9"}\n{"a": 2, "a": 3}\n{"a": 4}')
    assert trees(path) == [{"a": "1"}, {"a": "4"}]
    assert told(path) == [("KS124", 3, 7), ("KS105", 4, 8), ("KS108", 5, 10)]
    *_, last = (i for i in items(path) if isinstance(i, Source))
    assert (last.locate("a").line, last.locate("a").column) == (6, 7)


def test_json_written_over_several_lines_is_told_once(tmp_path: Path) -> None:
    assert told(write(tmp_path, "a.jsonl", '{\n "a": 1\n}\n')) == [("KS125", 1, None)]


def test_json_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"a": 1}\n' * 3 + "rusak")
    stream = read(path)
    assert [next(stream).tree for _ in range(3)] == [{"a": "1"}] * 3
    with pytest.raises(SourceError):
        next(stream)


# TOML


def test_toml_values_are_text(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.toml",
        "a = 1_000.50\nb = 1_000\nc = 2025-03-17\nd = 07:30:00\ne = 2025-03-17T09:00:00\nf = true\ng = '0123'\n",
    )
    assert trees(path) == [
        {
            "a": "1000.50",
            "b": "1000",
            "c": "2025-03-17",
            "d": "07:30",
            "e": "2025-03-17T09:00",
            "f": "true",
            "g": "0123",
        }
    ]


def test_toml_files_hold_one_record_or_several(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", "[[rekaman]]\na = 1\n[rekaman.b]\nc = 2\n[[rekaman]]\na = 3\n")
    assert trees(path) == [{"a": "1", "b": {"c": "2"}}, {"a": "3"}]
    first, second = read(path)
    assert (first.locate("b.c").line, second.locate("a").line) == (4, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\na = 2\n", ("KS108", 2, 1)),
        ("[a]\nb = 1\n[a]\nc = 1\n", ("KS108", 3, 1)),
        ("a = \n", ("KS126", 1, 5)),
        ("a = 2025-02-30\n", ("KS126", 1, 5)),
        ('a = "x\n', ("KS126", 1, 7)),
        ("x = [1, nan]\n", ("KS112", 1, 9)),
        ("x = [1, '']\n", ("KS111", 1, 9)),
    ],
)
def test_toml_faults_have_their_place(tmp_path: Path, text: str, expected: tuple[str, int, int]) -> None:
    assert told(write(tmp_path, "a.toml", text)) == [expected]


# All of them


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.yaml", "a:\n- x\n-\n- y\n", 3),
        ("a.json", '{"a": [\n"x",\nnull,\n"y"]}', 3),
        ("a.toml", "a=[\n'x',\n' ']", 3),
    ],
)
def test_a_blank_item_is_refused_since_it_would_shift_the_others(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    assert [(c, at) for c, at, _ in told(write(tmp_path, name, text))] == [("KS111", line)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", ""),
        ("a.yaml", "# kosong\n---\n"),
        ("a.json", "[]"),
        ("a.jsonl", "\n\n"),
        ("a.toml", "# kosong\n"),
        ("a.csv", "\r\n"),
        ("a.csv", "id;jenis\r\n;\r\n"),
    ],
)
def test_a_file_without_records_says_so(tmp_path: Path, name: str, text: str) -> None:
    assert [c for c, _, _ in told(write(tmp_path, name, text))] == ["KS106"]


def test_places_fall_back_to_the_nearest_ancestor(tmp_path: Path) -> None:
    text = "jenis: pks\npihak:\n  - nama: A\n    wakil:\n      nip: 1\n  - nama: B\n"
    (source,) = read(write(tmp_path, "a.yaml", text))
    expected = {
        "pihak.1.wakil.nip": (5, 12),
        "pihak.1.wakil.jabatan": (4, 5),
        "pihak.2.nomor": (6, 5),
        "pihak.3.nomor": (2, 1),
        "pihak.0": (2, 1),
        "pihak.x": (2, 1),
        "tempat": (1, 1),
        "": (1, 1),
    }
    found = {path: source.locate(path) for path in expected}
    assert {p: (at.line, at.column) for p, at in found.items()} == expected
    assert all(at.path == p and at.file == source.name for p, at in found.items())
    assert source.locate(["pihak", 2, "nama"]) == source.locate("pihak.2.nama")


def test_a_source_travels_to_another_process(tmp_path: Path) -> None:
    write(tmp_path, "t.butir.csv", "id,teks\n1,x\n")
    for name, text in (
        ("a.yaml", "a: 1\nb: [x]"),
        ("a.json", '{"a": 1}'),
        ("a.toml", "a = 1"),
        ("t.csv", "id,a\n1,2\n"),
    ):
        (source,) = read(write(tmp_path, name, text))
        again = pickle.loads(pickle.dumps(source))
        assert again.tree == source.tree
        assert again.locate("a") == source.locate("a")
        assert again.locate("butir.1") == source.locate("butir.1")
