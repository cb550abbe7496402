"""The shipped forms as tests use them: each sample record of a form, judged, printed and proved."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import samples
from ksdocs.bahasa import filters
from ksdocs.borang import JenisBorang, Lembar, compose, judge, load_jenis
from ksdocs.docx.lembar import sheet_context
from ksdocs.docx.template import Template
from ksdocs.models.borang import Borang, build_model
from ksdocs.models.fault import read_model
from ksdocs.problems import AssemblyError, Problem
from ksdocs.register import MemoryRegister
from ksdocs.sources import Source, from_tree, read_all
from ksdocs.sources.pictures import Pictures, no_pictures, pictures_beside
from ksdocs.verification_borang import verify_lembar

FORMS: Final = samples.TEMPLATES / "forms"
KINDS: Final = sorted(folder.name for folder in FORMS.iterdir())


@cache
def jenis(kind: str) -> JenisBorang:
    """The description of a shipped form."""
    return load_jenis(kind, FORMS / kind)


@cache
def template(kind: str) -> Template:
    return Template.open(FORMS / kind / "naskah.docx", filters=filters("id"))


@cache
def sources() -> dict[str, Source]:
    """Id → sample record, of every form that has samples."""
    found: dict[str, Source] = {}
    for folder in (samples.DATA / kind for kind in KINDS):
        if folder.is_dir():
            for item in read_all([folder]):
                assert isinstance(item, Source), item
                found[item.id] = item
    return found


def record(ident: str) -> dict[str, Any]:
    """A sample's tree, to be changed at will."""
    return copy.deepcopy(dict(sources()[ident].tree))


@cache
def register() -> MemoryRegister:
    """The register of the shipped data; shared, so leave it as it is."""
    return samples.office().register


def read(tree: Mapping[str, Any]) -> Borang:
    found, faults = read_model(build_model(tree["jenis"], jenis(tree["jenis"]).isian), from_tree(tree))
    assert found is not None, [f"{f.at.path} {f.message()}" for f in faults]
    return found


def faults(tree: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(code, path) of what the fields of a record say wrong."""
    _, told = read_model(build_model(tree["jenis"], jenis(tree["jenis"]).isian), from_tree(tree))
    return [(f.code, f.at.path) for f in told]


def judged(tree: Mapping[str, Any], known: MemoryRegister | None = None, today: date = samples.TODAY) -> list[Problem]:
    """What is wrong between the fields of a record and with what the register knows."""
    return judge(read(tree), jenis(tree["jenis"]), known or register(), today)


def told(tree: Mapping[str, Any], known: MemoryRegister | None = None) -> list[tuple[str, str, str]]:
    """(weight, code, path) of each."""
    return [(p.severity.value, p.code, p.at.path) for p in judged(tree, known)]


@dataclass(frozen=True)
class Printed:
    """A form that was printed, and what its proof found."""

    data: bytes
    lembar: Lembar
    problems: tuple[Problem, ...]


def pictures_of(source: Source) -> Pictures:
    return pictures_beside(Path(source.name).parent, samples.DATA)


def printed(tree: Mapping[str, Any], known: MemoryRegister | None = None, pictures: Pictures = no_pictures) -> Printed:
    sheet = compose(read(tree), jenis(tree["jenis"]), known or register(), pictures)
    data = template(tree["jenis"]).render(sheet_context(sheet))
    return Printed(data, sheet, verify_lembar(data, sheet))


def refused(
    tree: Mapping[str, Any], known: MemoryRegister | None = None, pictures: Pictures = no_pictures
) -> list[tuple[str, str]]:
    """(code, path) of what keeps a record from being composed."""
    try:
        compose(read(tree), jenis(tree["jenis"]), known or register(), pictures)
    except AssemblyError as error:
        return [(p.code, p.at.path) for p in error.problems]
    return []
