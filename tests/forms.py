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
from ksdocs.models.borang import Borang, build_model, plain_values
from ksdocs.models.fault import read_model
from ksdocs.problems import AssemblyError, Problem
from ksdocs.register import MemoryRegister
from ksdocs.rules import accept
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


def ids(kind: str) -> list[str]:
    """Ids of the samples of a kind, in the order of the files."""
    return [ident for ident, source in sources().items() if source.tree["jenis"] == kind]


def tree(kind: str, ident: str = "") -> dict[str, Any]:
    """As `record`; of the first sample of a kind without `ident`."""
    return record(ident or ids(kind)[0])


def folder(kind: str) -> Path:
    """Where a shipped form is described."""
    return FORMS / kind


@cache
def register() -> MemoryRegister:
    """The register of the shipped data; shared, so leave it as it is."""
    return samples.office().register


def attempt(tree: Mapping[str, Any]) -> tuple[Borang | None, list[Problem]]:
    """(the record, what its fields say wrong)."""
    return read_model(build_model(tree["jenis"], jenis(tree["jenis"]).isian), from_tree(tree))


def read(tree: Mapping[str, Any]) -> Borang:
    found, faults = attempt(tree)
    assert found is not None, [f"{f.at.path} {f.message()}" for f in faults]
    return found


def values(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values that checks and reports compute from."""
    return plain_values(read(tree))


def faults(tree: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(code, path) of what the fields of a record say wrong."""
    return [(f.code, f.at.path) for f in attempt(tree)[1]]


def judged(tree: Mapping[str, Any], known: MemoryRegister | None = None, today: date = samples.TODAY) -> list[Problem]:
    """What is wrong between the fields of a record and with what the register knows."""
    return judge(read(tree), jenis(tree["jenis"]), known or register(), today)


def told(tree: Mapping[str, Any], known: MemoryRegister | None = None) -> list[tuple[str, str, str]]:
    """(weight, code, path) of each; a warning that the record answers is information."""
    return [(p.severity.value, p.code, p.at.path) for p in accept(judged(tree, known), read(tree))]


def verdicts(tree: Mapping[str, Any]) -> list[str]:
    """`tolak KS370 kriteria` for each, in order."""
    return [" ".join(one) for one in told(tree)]


@dataclass(frozen=True)
class Printed:
    """A form that was printed, and what its proof found."""

    data: bytes
    lembar: Lembar
    problems: tuple[Problem, ...]


def pictures_of(source: Source) -> Pictures:
    return pictures_beside(Path(source.name).parent, samples.DATA)


def sheet(tree: Mapping[str, Any]) -> Lembar:
    """The filled sheet of a record that stands in the data folder of its kind."""
    kind = str(tree["jenis"])
    return compose(read(tree), jenis(kind), register(), pictures_beside(samples.DATA / kind, samples.DATA))


def filled(lembar: Lembar) -> bytes:
    """A sheet as a file."""
    return template(lembar.jenis.id).render(sheet_context(lembar))


def printed(tree: Mapping[str, Any], known: MemoryRegister | None = None, pictures: Pictures = no_pictures) -> Printed:
    made = compose(read(tree), jenis(tree["jenis"]), known or register(), pictures)
    data = filled(made)
    return Printed(data, made, verify_lembar(data, made))


def refused(
    tree: Mapping[str, Any], known: MemoryRegister | None = None, pictures: Pictures = no_pictures
) -> list[tuple[str, str]]:
    """(code, path) of what keeps a record from being composed."""
    try:
        compose(read(tree), jenis(tree["jenis"]), known or register(), pictures)
    except AssemblyError as error:
        return [(p.code, p.at.path) for p in error.problems]
    return []
