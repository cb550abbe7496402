"""Filled-in forms as tests use them: the shipped kinds, their sample records, and what becomes of them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import samples
from ksdocs.bahasa import filters
from ksdocs.borang import JenisBorang, Lembar, compose, judge, load_jenis
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.template import Template
from ksdocs.models.borang import Borang, build_model, plain_values
from ksdocs.models.fault import read_model
from ksdocs.problems import Problem
from ksdocs.register import MemoryRegister
from ksdocs.sources import Source, from_tree, read_all
from ksdocs.sources.pictures import pictures_beside

FORMS = samples.TEMPLATES / "forms"


def folder(kind: str) -> Path:
    return FORMS / kind


@cache
def jenis(kind: str) -> JenisBorang:
    return load_jenis(kind, folder(kind))


@cache
def register() -> MemoryRegister:
    """What the shipped data know; no test enters anything into it."""
    return samples.office().register


@cache
def _records(kind: str) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for item in read_all([samples.DATA / kind]):
        assert isinstance(item, Source), item
        found[item.id] = item
    return found


def ids(kind: str) -> list[str]:
    """Ids of the sample records of a kind, in the order of the files."""
    return list(_records(kind))


def tree(kind: str, ident: str = "") -> dict[str, Any]:
    """A deep copy of a sample record's tree (of the first one without `ident`), to be changed at will."""
    held = _records(kind)
    return copy.deepcopy(dict(held[ident or next(iter(held))].tree))


def read(record: Mapping[str, Any]) -> tuple[Borang | None, list[Problem]]:
    kind = str(record["jenis"])
    return read_model(build_model(kind, jenis(kind).isian), from_tree(record))


def fit(record: Mapping[str, Any]) -> Borang:
    found, faults = read(record)
    assert found is not None, [str(f.message()) for f in faults]
    return found


def values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values that checks and reports compute from."""
    return plain_values(fit(record))


def judged(record: Mapping[str, Any]) -> list[str]:
    """`tolak KS370 kriteria` for each problem between the fields, in order."""
    found = judge(fit(record), jenis(str(record["jenis"])), register(), samples.TODAY)
    return [f"{p.severity.value} {p.code} {p.at.path}" for p in found]


def sheet(record: Mapping[str, Any]) -> Lembar:
    kind = str(record["jenis"])
    return compose(fit(record), jenis(kind), register(), pictures_beside(samples.DATA / kind, samples.DATA))


@cache
def template(kind: str) -> Template:
    return Template.open(folder(kind) / "naskah.docx", filters=filters("id"))


def printed(lembar: Lembar) -> bytes:
    return template(lembar.jenis.id).render(sheet_context(lembar))
