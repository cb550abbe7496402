"""A record and the register → the record with everything it refers to (KS202–KS207, KS231, KS290)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ksdocs.models import Institusi, Mitra, Naskah, Pks
from ksdocs.models.dasar import Teks
from ksdocs.models.lembaga import KelasLembaga, Kontak, Lembaga, Pejabat, Profil
from ksdocs.models.lengkap import MouDasar, NaskahLengkap, PihakLengkap
from ksdocs.models.naskah import Pihak
from ksdocs.problems import Location, Problem, problem, suggest
from ksdocs.register import Register


@dataclass(frozen=True, slots=True)
class Temuan:
    """A record with what was found; what was not is a stand-in, and told in `problems`."""

    naskah: NaskahLengkap
    belum: frozenset[int]
    tanpa_profil: bool
    problems: tuple[Problem, ...]

    @property
    def utuh(self) -> bool:
        """True when nothing had to be stood in for."""
        return not self.belum and not self.tanpa_profil and not any(p.refuses for p in self.problems)


def resolve(isi: Naskah, register: Register) -> Temuan:
    """`isi` with parties, profile, basis, kinds of activity and points found."""
    problems: list[Problem] = []
    missing: set[int] = set()
    parties = tuple(_party(number, p, register, problems, missing) for number, p in enumerate(isi.pihak, 1))
    institution = next((p.lembaga for p in parties if isinstance(p.lembaga, Institusi)), None)
    if institution is None:
        problems.append(problem("KS205", Location(path="pihak")))
    problems.extend(
        unknown_kinds(((f"ruang_lingkup.{n}.bentuk", i.bentuk) for n, i in enumerate(isi.ruang_lingkup, 1)), register)
    )
    basis = _basis(isi, register, problems)
    points = [(number, entry.id, register.butir(entry.id)) for number, entry in enumerate(isi.butir, 1)]
    for number, ident, found in points:
        if found is None:
            near = suggest(ident, [b.id for b in register.butir_untuk(isi.id)])
            problems.append(problem("KS290", Location(path=f"butir.{number}.id"), butir=ident, mungkin=near))
    naskah = NaskahLengkap(
        isi=isi,
        pihak=parties,
        institusi=institution or _stand_in_institution(),
        mou=basis,
        bentuk=register.bentuk(),
        butir=tuple(found for _, _, found in points if found is not None),
    )
    return Temuan(naskah, frozenset(missing), institution is None, tuple(problems))


def _party(number: int, party: Pihak, register: Register, problems: list[Problem], missing: set[int]) -> PihakLengkap:
    path = f"pihak.{number}"
    found = register.lembaga(party.id)
    if found is None:
        missing.add(number)
        problems.append(unknown_lembaga(f"{path}.id", party.id, register))
        lembaga: Lembaga = _stand_in_partner(party.id)
    else:
        lembaga = found
    official = _official(path, party, found, problems)
    if official is None:
        missing.add(number)
    contact = _contact(path, party, found, problems)
    return PihakLengkap(number, party, lembaga, official or _stand_in_official(), contact, register.logo(party.id))


def _official(path: str, party: Pihak, lembaga: Lembaga | None, problems: list[Problem]) -> Pejabat | None:
    wanted = party.penanda_tangan
    if isinstance(wanted, Pejabat):
        return wanted
    if lembaga is None:
        return None
    if wanted is None:
        return lembaga.pejabat[0]
    found = next((p for p in lembaga.pejabat if p.id == wanted), None)
    if found is None:
        problems.append(unknown_official(f"{path}.penanda_tangan", wanted, lembaga))
    return found


def _contact(path: str, party: Pihak, lembaga: Lembaga | None, problems: list[Problem]) -> Kontak | None:
    wanted = party.kontak
    if isinstance(wanted, Kontak):
        return wanted
    if lembaga is None:
        return None
    if wanted is None:
        return lembaga.kontak[0] if lembaga.kontak else None
    found = next((k for k in lembaga.kontak if k.id == wanted), None)
    if found is None:
        problems.append(unknown_contact(f"{path}.kontak", wanted, lembaga))
    return found


def _basis(isi: Naskah, register: Register, problems: list[Problem]) -> MouDasar | None:
    if not isinstance(isi, Pks) or not isi.dasar.pada_mou:
        return None
    basis = isi.dasar
    if basis.mou is None:
        return MouDasar((basis.nomor or "",), basis.tanggal, basis.tentang)
    entry = register.naskah(basis.mou)
    if entry is None:
        problems.append(unknown_mou(basis.mou, register))
        return None
    subject = Teks(id=entry.tentang) if entry.tentang else None
    return MouDasar(entry.nomor, entry.tanggal, subject, entry)


# --- what is unknown ----------------------------------------------------------------------------------------


def unknown_lembaga(path: str, ident: str, register: Register) -> Problem:
    """KS202 with the nearest id."""
    near = suggest(ident, [k.id for k in register.semua_lembaga()])
    return problem("KS202", Location(path=path), id=ident, mungkin=near)


def unknown_official(path: str, ident: str, lembaga: Lembaga) -> Problem:
    """KS203 with the nearest id and all ids of this lembaga."""
    ids = [p.id for p in lembaga.pejabat]
    return problem(
        "KS203",
        Location(path=path),
        id=ident,
        lembaga=lembaga.nama,
        mungkin=suggest(ident, ids),
        pilihan=", ".join(ids),
    )


def unknown_contact(path: str, ident: str, lembaga: Lembaga) -> Problem:
    """KS204 with the nearest id and all ids of this lembaga."""
    ids = [k.id for k in lembaga.kontak]
    return problem(
        "KS204",
        Location(path=path),
        id=ident,
        lembaga=lembaga.nama,
        mungkin=suggest(ident, ids),
        pilihan=", ".join(ids),
    )


def unknown_kinds(items: Iterable[tuple[str, str | None]], register: Register) -> Iterator[Problem]:
    """KS207 for every (path, kind of activity) that the code list does not have."""
    known = register.bentuk()
    for path, ident in items:
        if ident is not None and ident not in known:
            yield problem("KS207", Location(path=path), bentuk=ident, mungkin=suggest(ident, known))


def unknown_mou(ident: str, register: Register) -> Problem:
    """KS231 with the nearest id."""
    return problem("KS231", Location(path="dasar.mou"), id=ident, mungkin=suggest(ident, register.semua_naskah()))


def raw_problems(tree: Mapping[str, Any], register: Register) -> list[Problem]:
    """What can still be said of a record whose fields are faulty: the ids that it names and nobody has."""
    problems: list[Problem] = []
    for number, party in enumerate(_list(tree.get("pihak")), 1):
        ident = party.get("id") if isinstance(party, Mapping) else None
        if not isinstance(ident, str):
            continue
        lembaga = register.lembaga(ident)
        if lembaga is None:
            problems.append(unknown_lembaga(f"pihak.{number}.id", ident, register))
            continue
        signer, contact = party.get("penanda_tangan"), party.get("kontak")
        if isinstance(signer, str) and signer not in {p.id for p in lembaga.pejabat}:
            problems.append(unknown_official(f"pihak.{number}.penanda_tangan", signer, lembaga))
        if isinstance(contact, str) and contact not in {k.id for k in lembaga.kontak}:
            problems.append(unknown_contact(f"pihak.{number}.kontak", contact, lembaga))
    kinds = (
        (f"ruang_lingkup.{n}.bentuk", i["bentuk"])
        for n, i in enumerate(_list(tree.get("ruang_lingkup")), 1)
        if isinstance(i, Mapping) and isinstance(i.get("bentuk"), str)
    )
    problems.extend(unknown_kinds(kinds, register))
    basis = tree.get("dasar")
    mou = basis.get("mou") if isinstance(basis, Mapping) else None
    if isinstance(mou, str) and register.naskah(mou) is None:
        problems.append(unknown_mou(mou, register))
    return problems


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


# --- stand-ins, so that the rest of a record can still be judged ----------------------------------------------

_UNKNOWN = Teks.model_construct(id="?")


def _stand_in_partner(ident: str) -> Lembaga:
    return Mitra.model_construct(
        id=ident, nama=_UNKNOWN, kelas=KelasLembaga.LAINNYA, kedudukan=_UNKNOWN, alamat=_UNKNOWN, pejabat=()
    )


def _stand_in_institution() -> Institusi:
    return Institusi.model_construct(
        id="?",
        nama=_UNKNOWN,
        kelas=KelasLembaga.LAINNYA,
        kedudukan=_UNKNOWN,
        alamat=_UNKNOWN,
        pejabat=(),
        profil=Profil.model_construct(),
    )


def _stand_in_official() -> Pejabat:
    return Pejabat.model_construct(id="?", nama="?", jabatan=_UNKNOWN)
