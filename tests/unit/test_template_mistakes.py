"""Every mistake that people make in Word is found in its very place, with a hint, and nothing else is told."""

from __future__ import annotations

import copy

import pytest

from ksdocs.bahasa import filters
from ksdocs.docx.lint import lint
from ksdocs.docx.package import Package
from ksdocs.docx.source import prepare
from samples import office
from word_edits import BODY
from word_mistakes import MISTAKES, Mistake, made

HERE = office()
BY_NAME = {one.name: one for one in MISTAKES}
SILENT = sorted(one.name for one in MISTAKES if not one.says)


def shipped(one: Mistake) -> bytes:
    return (HERE.workspace.find_kind(one.kind).folder / "naskah.docx").read_bytes()


def test_there_are_enough_mistakes_and_each_has_a_name_of_its_own() -> None:
    assert len(MISTAKES) == len(BY_NAME) >= 90


@pytest.mark.parametrize("name", BY_NAME)
def test_a_mistake_made_in_word_is_told_once_and_where_it_stands(name: str) -> None:
    one = BY_NAME[name]
    found = lint(made(one, shipped(one)), HERE.names(one.kind), filters=filters("id"))
    assert len(found) == bool(one.says), [(f.problem.code, f.problem.message()) for f in found]
    for told in found:
        at, words = told.problem.at, told.problem.at.paragraph or ""
        marked = words.partition("⟦")[2].partition("⟧")[0] if "⟦" in words else words
        place = (at.part or "", at.heading or "", at.table or "", marked)
        assert place == (one.part, one.heading, one.cell, one.words)
        assert told.problem.refuses is one.refused
        sentences = f"{told.problem.message()} {told.problem.hint()}"
        assert [word for word in one.says if word not in sentences] == []


@pytest.mark.parametrize("name", SILENT)
def test_of_what_the_check_is_silent_the_engine_reads_every_tag_as_before(name: str) -> None:
    one = BY_NAME[name]
    assert tags(made(one, shipped(one))) == tags(shipped(one))


def tags(data: bytes) -> list[str]:
    package = Package.read(data)
    source = prepare(BODY, copy.deepcopy(package.tree(BODY)), package.at(BODY))
    assert source is not None
    straight = str.maketrans('“”‘’"', "'''''")
    return ["".join(tag.text.split()).translate(straight) for tag in source.tags]
