"""What was agreed and what is signed can be followed both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from ksdocs.laporan.jejak import JejakButir, trace
from ksdocs.models import Butir
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.models.rapat import RingkasanNotulen


def point(ident: str = "b", status: str = "disepakati", sumber: str | None = None) -> Butir:
    tree: dict[str, Any] = {"id": ident, "teks": f"Bunyi {ident}.", "status": status}
    return Butir.model_validate(tree | ({"sumber": sumber} if sumber else {}))


def agreement(ident: str, *points: str) -> RingkasanNaskah:
    return RingkasanNaskah(ident, "pks", "draf", "T", (), None, None, None, (), frozenset(), points)


def meeting(ident: str, day: int, **states: str) -> RingkasanNotulen:
    return RingkasanNotulen(ident, "Rapat", date(2026, 1, day), butir=states)


def followed(*args: Any) -> JejakButir:
    (found,) = trace(*args)
    return found


def test_what_was_agreed_and_is_carried_is_told_on_neither_side() -> None:
    found = followed([point()], [agreement("n", "b")], [meeting("r", 1, b="disepakati")])
    assert (found.sepakat, found.tanpa_naskah, found.tanpa_kesepakatan) == (True, False, False)
    assert (dict(found.dibahas), found.dimuat) == ({"r": "disepakati"}, ("n",))


def test_what_was_agreed_but_stands_in_no_agreement_is_told() -> None:
    assert followed([point()], [agreement("n")], [meeting("r", 1, b="disepakati")]).tanpa_naskah


@pytest.mark.parametrize(
    ("points", "minutes"),
    [
        ([], []),
        ([point()], []),
        ([point(status="terbuka", sumber="Surat")], []),
        ([point(status="terbuka")], [meeting("r", 1, b="disepakati")]),
        ([point()], [meeting("r", 1, b="terbuka")]),
        ([point()], [meeting("akhir", 9, b="batal"), meeting("awal", 1, b="disepakati")]),
    ],
    ids=["unknown", "no source", "open", "record open", "meeting open", "cancelled later"],
)
def test_what_an_agreement_carries_but_was_agreed_nowhere_is_told(points: Any, minutes: Any) -> None:
    assert followed(points, [agreement("n", "b")], minutes).tanpa_kesepakatan


def test_a_letter_agrees_too_and_is_told_apart() -> None:
    found = followed([point(sumber="Surat perusahaan")], [agreement("n", "b")], [])
    assert (found.di_luar_rapat, found.tanpa_kesepakatan) == (True, False)


def test_an_open_or_cancelled_point_needs_no_agreement() -> None:
    assert not any(j.tanpa_naskah for j in trace([point("a", "terbuka"), point("b", "batal")], [], []))


@given(
    st.lists(st.sampled_from("abc"), unique=True),
    st.lists(st.lists(st.sampled_from("abcd"))),
    st.lists(st.dictionaries(st.sampled_from("abce"), st.sampled_from(["terbuka", "disepakati", "batal"]))),
)
def test_no_point_that_anybody_names_is_lost(points: Any, carried: Any, discussed: Any) -> None:
    found = trace(
        [point(ident) for ident in points],
        [agreement(f"n{n}", *held) for n, held in enumerate(carried)],
        [RingkasanNotulen(f"r{n}", "Rapat", None, butir=states) for n, states in enumerate(discussed)],
    )
    assert [j.id for j in found] == sorted(
        {*points, *(i for held in carried for i in held), *(i for s in discussed for i in s)}
    )
    assert not any(j.tanpa_naskah and j.tanpa_kesepakatan for j in found)


def test_the_sample_data_can_be_followed() -> None:
    known = forms.register()
    agreements = [entry for ident in known.semua_naskah() for entry in known.bernama(ident)]
    found = {j.id: j for j in trace(known.semua_butir(), agreements, known.semua_notulen())}
    assert found["butir-apd"].sepakat and found["butir-apd"].dimuat == ("pks-magang-samudra-2025",)
    assert [i for i, j in found.items() if j.tanpa_kesepakatan] == ["butir-beasiswa"]
    assert [i for i, j in found.items() if j.di_luar_rapat and j.dimuat] == ["butir-publikasi"]
