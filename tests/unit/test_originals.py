"""The originals: one for each party, identical but for the slot of the stamp duty (domain rules of wet ink)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import samples
from ksdocs.docx.text import Paragraf, read
from ksdocs.models import Institusi
from ksdocs.office import Office
from ksdocs.pipeline import Report, render

MORE = ("koperasi-bahari", "smk-rekaraya")
STAMP = "Meterai"


def tree_of(parties: int) -> dict[str, Any]:
    tree = samples.record(samples.MOU)
    for number, ident in enumerate(MORE[: parties - 2], 3):
        tree["pihak"].append({"id": ident, "nomor": f"80{number}/X/III/2025"})
    tree["penandatanganan"].pop("rangkap", None)
    return tree


def originals(parties: int, **profil: str) -> Report:
    office = samples.office_for(samples.MOU)
    own = office.register.lembaga("polibatam")
    assert isinstance(own, Institusi)
    changed = own.model_copy(update={"profil": own.profil.model_copy(update=profil)})
    register = replace(office.register, lembaga_={**office.register.lembaga_, "polibatam": changed})
    source = samples.as_source(tree_of(parties))
    report = render(source, Office(office.workspace, register), samples.TODAY, originals=True)
    assert not report.refused, samples.shown(report.problems)
    return report


def body(data: bytes) -> list[Paragraf]:
    return [p for p in read(data) if p.part.endswith("document.xml")]


def stamped(data: bytes) -> list[str]:
    """Labels of the parties at whose signature the slot of the stamp stands."""
    columns: dict[tuple[int, int], str] = {}
    found = []
    for paragraph in body(data):
        if not paragraph.cells:
            continue
        cell = paragraph.cells[0]
        if paragraph.text.startswith("PIHAK KE") and paragraph.style == "Tanda Tangan Label":
            columns[cell.table, cell.column] = paragraph.text
        if paragraph.text.startswith(STAMP):
            found.append(columns[cell.table, cell.column])
    return found


def words(data: bytes) -> Iterator[str]:
    for paragraph in body(data):
        text = "" if paragraph.text.startswith(STAMP) else paragraph.text
        if text:
            yield text


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_every_party_has_an_original_and_the_office_the_document(parties: int) -> None:
    report = originals(parties)
    assert [a.original for a in report.artifacts] == list(range(parties + 1))
    assert [a.name for a in report.artifacts] == [
        f"{samples.MOU}.docx",
        *(f"{samples.MOU}.asli-{n}.docx" for n in range(1, parties + 1)),
    ]


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_all_originals_say_the_same_in_the_same_order(parties: int) -> None:
    first, *others = (list(words(a.data)) for a in originals(parties).artifacts)
    for other in others:
        assert other == first


def test_of_two_originals_each_bears_the_stamp_at_the_other_partys_signature() -> None:
    plain, first, second = originals(2).artifacts
    assert stamped(plain.data) == []
    assert stamped(first.data) == ["PIHAK KEDUA"]
    assert stamped(second.data) == ["PIHAK KESATU"]


@pytest.mark.parametrize("parties", [3, 4])
def test_with_more_parties_the_stamp_goes_round(parties: int) -> None:
    _, *kept = originals(parties, meterai="rotasi").artifacts
    found = [stamped(a.data) for a in kept]
    assert [len(f) for f in found] == [1] * parties
    assert len({f[0] for f in found}) == parties
    labels = ["PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT"][:parties]
    assert all(own not in f for own, f in zip(labels, found, strict=True)), "never at the keeper's own signature"


@pytest.mark.parametrize("parties", [3, 4])
def test_or_at_every_signature_where_the_office_wants_it(parties: int) -> None:
    _, *kept = originals(parties, meterai="semua").artifacts
    assert [len(stamped(a.data)) for a in kept] == [parties] * parties


def test_the_stamp_follows_its_party_to_whichever_side_it_signs() -> None:
    _, first, second = originals(2, urutan_ttd="kesatu_kanan").artifacts
    assert stamped(first.data) == ["PIHAK KEDUA"]
    assert stamped(second.data) == ["PIHAK KESATU"]


@pytest.mark.parametrize("mode", ["tte", "tte_emeterai"])
def test_what_is_signed_on_a_screen_has_no_originals(mode: str) -> None:
    tree = tree_of(2)
    tree["penandatanganan"]["mode"] = mode
    report = samples.printed(tree, originals=True)
    assert [a.original for a in report.artifacts] == [0]
    shown = [p.text for p in body(report.artifacts[0].data) if p.text.startswith(STAMP)]
    assert len(shown) == (1 if mode == "tte_emeterai" else 0)
