"""For any record: the reader and the position-keeping reader agree, and a place is where its text starts."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomlkit
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ksdocs.problems import SourceError
from ksdocs.sources import Source, from_tree, items, places_json, places_toml, places_yaml, set_values
from ksdocs.sources.places import tree_of
from ksdocs.sources.places_csv import scan
from ksdocs.sources.text import unsafe_character

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=12
).filter(lambda t: t.strip(" \t\r\n\xa0") != "" and not unsafe_character(t))
KEYS = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True) | st.sampled_from(["a b", "é", "x-1", '"', "kunci.titik"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
RECORDS = st.dictionaries(KEYS, TREES, min_size=1, max_size=4).filter(lambda r: list(r) != ["rekaman"])


def leaves(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        yield path, tree
    for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree, 1) if isinstance(tree, list) else ():
        yield from leaves(inner, (*path, key))


def read_text(suffix: str, text: str) -> Source:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(text.encode())
        (source,) = items(path)
    assert isinstance(source, Source), source
    return source


def check_places(source: Source, text: str, tree: dict[str, Any], value_of: Any) -> None:
    """Every leaf: its span holds its text, and line and column are the start of that span."""
    lines = text.split("\n")
    for path, leaf in leaves(tree):
        span = source.span(path)
        assert span is not None
        raw = text[span[0] : span[1]]
        assert value_of(raw) == leaf
        at = source.locate(path)
        assert at.line is not None and at.column is not None
        assert "\n".join([lines[at.line - 1][at.column - 1 :], *lines[at.line :]]).startswith(raw)


@given(RECORDS, st.sampled_from([None, 1, 4]))
def test_json_places_are_where_the_values_start(tree: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    source = read_text(".json", text)
    assert source.tree == tree
    check_places(source, text, tree, json.loads)


@given(RECORDS, st.booleans() | st.none(), st.sampled_from([None, '"', "|"]))
def test_yaml_places_are_where_the_values_start(tree: dict[str, Any], flow: bool | None, style: str | None) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, default_style=style, sort_keys=False)
    source = read_text(".yaml", text)
    assert source.tree == tree
    assert places_yaml.compose(text, yaml.Loader) == places_yaml.compose(text)
    for path, _ in leaves(tree):
        span = source.span(path)
        at = source.locate(path)
        assert span is not None and at.line is not None and at.column is not None
        before = text[: span[0]]
        assert (before.count("\n") + 1, len(before) - before.rfind("\n")) == (at.line, at.column)
        assert text[span[0] : span[1]].strip() != ""


@given(RECORDS)
def test_toml_places_are_where_the_values_start(tree: dict[str, Any]) -> None:
    text = tomlkit.dumps(tree)
    source = read_text(".toml", text)
    assert source.tree == tree
    check_places(source, text, tree, lambda raw: tomlkit.parse(f"v = {raw}").unwrap()["v"])
    assert tree_of(places_toml.compose(text)) == tree


@given(RECORDS, st.sampled_from([".yaml", ".json", ".toml"]), TEXTS, st.data())
def test_any_value_can_be_replaced_and_any_field_added(
    tree: dict[str, Any], suffix: str, new: str, data: st.DataObject
) -> None:
    write: dict[str, Any] = {
        ".yaml": lambda t: yaml.safe_dump(t, allow_unicode=True),
        ".json": json.dumps,
        ".toml": tomlkit.dumps,
    }
    source = read_text(suffix, write[suffix](tree))
    paths = [".".join(map(str, p)) for p, _ in leaves(tree) if not any("." in str(s) for s in p)]
    values = {"tambahan": new}
    if paths:
        values[data.draw(st.sampled_from(paths))] = new
    assert set_values(source, values)


@given(RECORDS)
def test_plain_mappings_give_the_tree_that_they_are(tree: dict[str, Any]) -> None:
    assert from_tree(tree).tree == tree


@given(st.text(st.sampled_from('{}[]:,"\\ \n01ntaeE.-'), max_size=30) | st.text(max_size=20))
def test_both_json_readers_agree_on_any_text(text: str) -> None:
    root, troubles = places_json.compose(text)
    try:
        json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
        valid = True
    except ValueError:
        valid = False
    assert valid == (root is not None and not troubles)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _refuse(_: str) -> None:
    raise ValueError


@given(st.text(st.sampled_from("ab:-[]{},'\"|>&*!#? \n\t%@"), max_size=40))
def test_any_yaml_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    roots, troubles = places_yaml.compose(text)
    assert all(0 <= offset <= len(text) for _, offset, _ in troubles)
    assert places_yaml.compose(text)[0] == roots


@given(
    st.text(st.sampled_from("ab=[]{},\"'.# \n\t1-"), max_size=40),
    st.sampled_from([".yaml", ".json", ".jsonl", ".toml", ".csv"]),
)
def test_any_text_gives_records_or_problems_in_every_format(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(text.encode())
        found = list(items(path))
    assert found
    for item in found:
        if isinstance(item, Source):
            for leaf, _ in leaves(item.tree):
                assert item.locate(leaf).path == ".".join(map(str, leaf))
        else:
            assert isinstance(item, SourceError) and item.problems
            assert all(p.message("id") and p.message("en") for p in item.problems)


CELLS = st.text(st.sampled_from('ab;,"\t\n\r é'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from([";", ",", "\t"]))
def test_both_csv_readers_find_the_same_cells(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    text = out.getvalue()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    starts = scan(text, delimiter)
    assert [len(r) for r in starts] == [len(r) for r in rows]
    for row, cells in zip(starts, rows, strict=True):
        for start, cell in zip(row, cells, strict=True):
            assert text[start:].startswith(cell if text[start : start + 1] != '"' else '"')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
STEPS = st.lists(st.sampled_from(["0", "1", "2", "01", "a", "", "é"]) | st.text(max_size=3), max_size=4)


@given(st.dictionaries(st.text(max_size=3), JSON, min_size=1, max_size=4), STEPS, st.sampled_from([None, 1]))
def test_the_place_of_one_path_of_a_line_is_that_of_the_whole_tree(
    value: dict[str, Any], path: list[str], indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=indent is None, indent=indent)
    spot, found = places_json.compose(text)[0], 0
    for segment in path:
        child = spot.child(segment) if spot is not None else None
        if child is None:
            break
        spot, found = child, found + 1
    near, taken = places_json.nearest(text, tuple(path))
    assert spot is not None
    assert (near.start, near.end, near.kind, near.key, taken) == (spot.start, spot.end, spot.kind, spot.key, found)
