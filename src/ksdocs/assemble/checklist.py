"""The proof that a document is complete: each demanded section, and what answers it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ksdocs.assemble.plan import Plan, plan_of
from ksdocs.clauses.library import Library
from ksdocs.dokumen import ButirPeriksa, Checklist, StatusPeriksa, Tuntutan
from ksdocs.memo import Memo
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import CaraTtd
from ksdocs.problems import Location, Problem, problem

if TYPE_CHECKING:
    from ksdocs.assemble import Bagian
    from ksdocs.assemble.finished import Jadi


def prove(
    naskah: NaskahLengkap,
    library: Library,
    asked: Mapping[str, Tuntutan],
    made: Mapping[str, Bagian],
    finished: Mapping[str, Jadi],
    *,
    open_items: Sequence[str] = (),
    told: frozenset[str] = frozenset(),
) -> tuple[Checklist, list[Problem]]:
    """(checklist, problems): KS330 a section is missing, KS332 a clause has lost the substance it claims, KS340
    something recommended is missing, KS344 a butir's clause is not in the document, KS347 an idle waiver."""
    plan = plan_of(library)
    places = {ident: f"Pasal {piece.pasal}" if piece.pasal else "" for ident, piece in made.items()}
    problems: list[Problem] = []
    satisfied: dict[str, list[tuple[str, str]]] = {}
    for part, built in _built_in(naskah, library):
        satisfied.setdefault(built, []).append((part, part))
    for ident, piece in made.items():
        for held in _held(ident, piece, finished.get(ident), naskah, plan, asked, problems):
            satisfied.setdefault(held, []).append((piece.label, places.get(ident) or ident))
    hollow = {p.params["substansi"] for p in problems}
    waivers = {w.substansi: w for w in naskah.isi.pengecualian}
    negotiated = [piece for piece in made.values() if piece.khusus is not None]
    items: list[ButirPeriksa] = []
    for section_id in plan.required:
        demand = asked.get(section_id)
        if demand is None:
            continue
        section = library.substansi[section_id]
        by = tuple(satisfied.get(section_id, ()))
        waiver = waivers.get(section_id) if section.dapat_dikecualikan else None
        status: StatusPeriksa
        if by:
            status = "terpenuhi"
        elif waiver is not None:
            status = "dikecualikan"
        elif demand == "anjuran":
            status = "tidak_dimuat"
        else:
            status = "kurang"
        title = section.judul.get("id", section_id)
        if status == "kurang" and section_id not in told and section_id not in hollow:
            problems.append(
                problem(
                    "KS330",
                    _left_out(section_id, naskah, library),
                    substansi=section_id,
                    judul=title,
                    dasar=section.basis,
                )
            )
        elif status == "tidak_dimuat" and section_id not in told:
            problems.append(problem("KS340", Location(), substansi=section_id, judul=title, dasar=section.basis))
        special = tuple(
            _deviation(piece, finished) for piece in negotiated if any(label == piece.label for label, _ in by)
        )
        record = (waiver.alasan, waiver.penyetuju, waiver.tanggal.isoformat()) if waiver and not by else None
        items.append(ButirPeriksa(section_id, section.judul, demand, section.basis, status, by, special, record))
    problems += _idle_waivers(naskah, library, asked, satisfied)
    problems += _carriers(naskah, places)
    accepted = tuple((t.kode, t.alasan, t.oleh) for t in naskah.isi.tanggapan)
    return Checklist(tuple(items), tuple(open_items), accepted), problems


def _deviation(piece: Bagian, finished: Mapping[str, Jadi]) -> tuple[str, str, str, str]:
    """(clause id, reason, approver, difference from the library's words) of a negotiated clause."""
    assert piece.khusus is not None
    words = finished[piece.id].kata if piece.id in finished else ""
    return piece.id, piece.khusus.alasan, piece.khusus.penyetuju, wording_diff(piece.asli, words)


def _built_in(naskah: NaskahLengkap, library: Library) -> Iterable[tuple[str, str]]:
    """(part, section) of what the program prints itself: title, numbers, signatures."""
    parts = {part for part in library.jenis.bagian if part not in naskah.isi.tanpa_klausul}
    for part, section in library.jenis.bagian_substansi.items():
        if part in parts:
            yield part, section
    if naskah.isi.penandatanganan.cara is CaraTtd.TERPISAH and "tanda_tangan" in parts:
        yield "tanda_tangan", "waktu_penandatanganan"


def _held(
    ident: str,
    piece: Bagian,
    done: Jadi | None,
    naskah: NaskahLengkap,
    plan: Plan,
    asked: Mapping[str, Tuntutan],
    problems: list[Problem],
) -> Iterable[str]:
    """Sections whose substance really stands in the text of `piece`."""
    held, lost = _substance(ident, piece, done, plan)
    for section_id in lost:
        if section_id in asked:
            title = plan.library.substansi[section_id].judul.get("id", section_id)
            at = _special_place(piece.id, naskah) if piece.khusus else Location(file=piece.file, line=1)
            problems.append(problem("KS332", at, klausul=piece.id, substansi=section_id, judul=title))
    return held


_Substance = tuple[tuple[str, ...], tuple[str, ...]]
_SUBSTANCE: Final[Memo[tuple[Hashable, ...], tuple[tuple[Any, ...], _Substance]]] = Memo(1024)


def _substance(ident: str, piece: Bagian, done: Jadi | None, plan: Plan) -> _Substance:
    """(sections found in the words of `piece`, sections that it claims and that are not there)."""
    added = piece.data and piece.khusus is None
    if done is None or not done.diingat:
        return _search(ident, piece.substansi, added, done.kata if done is not None else "", plan)
    key = (id(plan), ident, piece.substansi, added, id(done))
    found = _SUBSTANCE.get(key)
    if found is None:
        found = _SUBSTANCE.put(key, ((plan, done), _search(ident, piece.substansi, added, done.kata, plan)))
    return found[1]


def _search(ident: str, claimed: Sequence[str], added: bool, text: str, plan: Plan) -> _Substance:
    sections = plan.library.substansi
    if added:  # an added clause claims nothing; its substance counts all the same
        return tuple(s for s in plan.marked if sections[s].found_in(text)), ()
    held = tuple(s for s in claimed if text and sections[s].found_in(text))
    also = tuple(s for s in plan.also_in.get(ident, ()) if sections[s].found_in(text))
    return (*held, *also), tuple(s for s in claimed if s not in held)


def _left_out(section: str, naskah: NaskahLengkap, library: Library) -> Location:
    """The place where the record leaves out the clause of `section`, when it does."""
    for number, clause_id in enumerate(naskah.isi.tanpa_klausul, 1):
        if library.jenis.bagian_substansi.get(clause_id) == section or any(
            section in k.semua_substansi for k in library.variants(clause_id).values()
        ):
            return Location(path=f"tanpa_klausul.{number}")
    return Location()


def _special_place(clause_id: str, naskah: NaskahLengkap) -> Location:
    for number, special in enumerate(naskah.isi.klausul_khusus, 1):
        if special.klausul == clause_id:
            return Location(path=f"klausul_khusus.{number}.teks")
    return Location()


def _idle_waivers(
    naskah: NaskahLengkap, library: Library, asked: Mapping[str, Tuntutan], satisfied: Mapping[str, object]
) -> Iterable[Problem]:
    for number, waiver in enumerate(naskah.isi.pengecualian, 1):
        section = library.substansi.get(waiver.substansi)
        if section is None or not section.dapat_dikecualikan:
            continue  # told as unknown, or as not to be waived
        if waiver.substansi not in asked or waiver.substansi in satisfied:
            yield problem("KS347", Location(path=f"pengecualian.{number}"), substansi=waiver.substansi)


def _carriers(naskah: NaskahLengkap, places: Mapping[str, str]) -> Iterable[Problem]:
    for number, carried in enumerate(naskah.isi.butir, 1):
        if carried.klausul not in places:
            yield problem("KS344", Location(path=f"butir.{number}.klausul"), butir=carried.id, klausul=carried.klausul)


def wording_diff(library_words: str, words: str) -> str:
    """The difference between the library's words and the negotiated ones: `-` left out, `+` put in, by sentence."""

    def sentences(text: str) -> list[str]:
        return [s.strip() for s in re.split(r"(?<=[.;:])\s+|\n", text) if s.strip()]

    import difflib

    lines = difflib.ndiff(sentences(library_words), sentences(words))
    return "\n".join(line for line in lines if line[:2] in ("- ", "+ "))
