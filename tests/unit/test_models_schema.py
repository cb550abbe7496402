"""Every model describes itself well enough for a form to be drawn from its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import a_mou, a_pks
from ksdocs.models import MODELS, NASKAH
from ksdocs.models.dasar import Durasi, Teks

SCHEMAS = {kind: model.model_json_schema() for kind, model in MODELS.items()}


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(model.field, its schema) of every field at every depth."""
    for name, inner in [(schema["title"], schema), *schema.get("$defs", {}).items()]:
        for field, described in inner.get("properties", {}).items():
            yield f"{name}.{field}", described


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_field_has_a_title_a_meaning_and_an_english_label(kind: str) -> None:
    bare = [
        name
        for name, described in fields(SCHEMAS[kind])
        if not (described.get("title") and described.get("description") and described.get("x-label-en"))
    ]
    assert bare == []


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_schema_is_plain_json_and_knows_no_other_fields(kind: str) -> None:
    schema = SCHEMAS[kind]
    assert json.loads(json.dumps(schema)) == schema
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("kind", sorted(NASKAH))
def test_the_fields_of_an_agreement_are_grouped_and_in_the_order_of_the_model(kind: str) -> None:
    properties = SCHEMAS[kind]["properties"]
    assert list(properties) == list(NASKAH[kind].model_fields)
    groups = [described.get("x-kelompok", "") for described in properties.values()]
    assert "" not in groups
    assert {"Pokok", "Para pihak", "Isi", "Waktu", "Biaya", "Klausul", "Tata kelola"} <= set(groups)


@pytest.mark.parametrize("kind", sorted(NASKAH))
def test_every_required_field_that_is_no_group_has_an_example(kind: str) -> None:
    schema = SCHEMAS[kind]
    without = [
        name
        for name in schema["required"]
        if "$ref" not in schema["properties"][name]
        and schema["properties"][name].get("type") != "array"
        and name != "relevansi"
        and not schema["properties"][name].get("examples")
    ]
    assert without == []


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_examples_can_be_read_by_their_own_field(kind: str) -> None:
    for name, field in MODELS[kind].model_fields.items():
        adapter = TypeAdapter(field.rebuild_annotation())
        for example in field.examples or ():
            assert adapter.validate_python(example) is not None, name


@pytest.mark.parametrize(("kind", "record"), [("mou", a_mou()), ("pks", a_pks())])
def test_a_record_written_out_and_read_again_is_the_same(kind: str, record: dict[str, Any]) -> None:
    first = NASKAH[kind].model_validate(record)
    assert NASKAH[kind].model_validate(json.loads(first.model_dump_json(exclude_none=True))) == first


def test_a_text_is_plain_until_it_has_a_second_language() -> None:
    assert Teks.model_validate("a").model_dump_json() == '"a"'
    assert Teks.model_validate({"id": "a", "en": "b"}).model_dump_json() == '{"id":"a","en":"b"}'


@pytest.mark.parametrize("text", ["3 bulan", "3 (tiga) bulan", "3bulan", " 3  Bulan "])
def test_a_duration_is_read_from_words(text: str) -> None:
    assert str(Durasi.model_validate(text)) == "3 bulan"


def _nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_bounds_stand_in_the_words_of_json_schema(kind: str) -> None:
    for node in _nodes(MODELS[kind].model_json_schema()):
        assert not {"ge", "gt", "le", "lt"} & node.keys(), node
        assert not (node.get("type") == "array" and "minLength" in node), node
