"""The parties: distinct, called by one scheme, each with its rights and duties (KS206, KS208, KS209, KS245)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ksdocs.bahasa import SKEMA_PIHAK, label_pihak, ordinal_pihak, romawi, terbilang
from ksdocs.memo import by_text
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at

_MOST = 9
_ORDINALS = {ordinal_pihak(n, scheme) for scheme in SKEMA_PIHAK for n in range(1, _MOST + 1)}
_WRONG_FORMS = {terbilang(n).upper() for n in range(1, _MOST + 1)} | {romawi(n) for n in range(1, _MOST + 1)}
_FORMS = "|".join(sorted(_ORDINALS | _WRONG_FORMS, key=lambda w: (-len(w), w)))
_LABEL = re.compile(rf"\bPIHAK\s+(?:{_FORMS}|KE-?\s?\d+|\d+)(?!\w)")
# "pihak ketiga" in small letters is an outsider; "pihak pertama" and "pihak kesatu" are always a party.
_FIRST = re.compile(r"\bpihak\s+(?:pertama|kesatu)\b", re.IGNORECASE)


def parties_are_distinct(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS206: nobody agrees with himself."""
    seen: dict[str, str] = {}
    for party in naskah.pihak:
        first = seen.setdefault(party.pihak.id, party.path)
        if first != party.path:
            yield problem("KS206", at(f"{party.path}.id"), id=party.pihak.id, lain=first)


def _scheme(naskah: NaskahLengkap) -> str:
    """The scheme of this record: what the first party is called, or what the profile says."""
    own = naskah.pihak[0].pihak.label
    for scheme in SKEMA_PIHAK:
        if own is not None and own.upper() == label_pihak(1, scheme):
            return scheme
    return naskah.profil.label_pihak


def labels_follow_one_scheme(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS208: KESATU, KEDUA or PERTAMA, KEDUA, or names of the record's own for all; never a mixture."""
    scheme = _scheme(naskah)
    given = [(p, p.pihak.label) for p in naskah.pihak]
    own_names = [p for p, label in given if label is not None and not label.upper().startswith("PIHAK")]
    if own_names and len(own_names) == len(given):
        seen: set[str] = set()
        for party, label in given:
            known, seen = str(label).upper() in seen, seen | {str(label).upper()}
            if known:
                yield problem("KS208", at(f"{party.path}.label"), label=label, benar=label_pihak(party.urut, scheme))
        return
    for party, label in given:
        right = label_pihak(party.urut, scheme)
        if label is not None and label != right:
            yield problem("KS208", at(f"{party.path}.label"), label=label, benar=right)


@by_text(4096)
def _labels_in(text: str) -> tuple[str, ...]:
    """What `text` calls the parties, with single blanks."""
    return tuple(" ".join(f.split()) for f in (*_LABEL.findall(text), *_FIRST.findall(text)))


def texts_use_the_labels(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS209: free texts call the parties as the document does."""
    if konteks.tanpa_profil:
        return
    scheme = _scheme(naskah)
    allowed = {(p.pihak.label or label_pihak(p.urut, scheme)).upper() for p in naskah.pihak}
    for piece in konteks.dicetak:
        if piece.bahasa != "id":
            continue
        for label in dict.fromkeys(f for f in _labels_in(piece.teks) if f.upper() not in allowed):
            yield problem("KS209", at(piece.path), label=label, pilihan=", ".join(sorted(allowed)))


def every_party_has_rights_and_duties(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS245: in a PKS every party has at least one right and one duty (domain.md §2; cannot be waived)."""
    if naskah.isi.jenis != "pks":
        return
    for party in naskah.pihak:
        for name in ("hak", "kewajiban"):
            if not getattr(party.pihak, name):
                yield problem("KS245", at(f"{party.path}.{name}"), pihak=party.label(naskah.profil), bagian=name)


RULES = (
    parties_are_distinct,
    labels_follow_one_scheme,
    texts_use_the_labels,
    every_party_has_rights_and_duties,
)
