"""Which sections a record must have, and which clause text, in which variant, serves each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ksdocs.assemble.plan import plan_of
from ksdocs.clauses.environment import ExpressionError
from ksdocs.clauses.library import Klausul, Library
from ksdocs.clauses.reads import ask
from ksdocs.dokumen import Tuntutan
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import LibraryError, Location, Problem, problem, suggest


def holds(expression: str, values: Mapping[str, Any], at: Location) -> bool:
    """Whether `expression` holds for a record; LibraryError KS310 when it cannot be asked."""
    try:
        return ask(expression, values)
    except ExpressionError as error:
        raise LibraryError([problem("KS310", at, sebab=error.reason)]) from None


def demands(library: Library, values: Mapping[str, Any]) -> dict[str, Tuntutan]:
    """Section → how it is demanded of this record; sections that are not expected are absent."""
    jenis = library.jenis
    home = Location(file=f"{jenis.id}/jenis.toml")
    asked: dict[str, Tuntutan] = {}
    for section, expression in jenis.anjuran_bila.items():
        if holds(expression, values, home):
            asked[section] = "anjuran"
    asked |= {section: "anjuran" for section in jenis.anjuran if section not in asked}
    for section, expression in jenis.wajib_bila.items():
        if holds(expression, values, home):
            asked[section] = "wajib_bila"
    asked |= dict.fromkeys(jenis.wajib, "wajib")
    return asked


def claims(clause: Klausul, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The sections that `clause` claims to satisfy for this record."""
    if not clause.substansi_bila:
        return clause.substansi
    at = Location(file=clause.file, line=1)
    extra = [section for section, expression in clause.substansi_bila.items() if holds(expression, values, at)]
    return (*clause.substansi, *extra)


def choose_variant(
    clause_id: str, library: Library, naskah: NaskahLengkap, values: Mapping[str, Any], language: str
) -> tuple[Klausul | None, list[Problem]]:
    """The text of `clause_id` for this record, or the problem that stands in the way (KS334, KS335, KS345, KS350)."""
    variants = plan_of(library).variants(clause_id, language)
    wanted = naskah.isi.varian.get(clause_id)
    at = Location(path=f"varian.{clause_id}") if wanted is not None else Location()
    if not variants:
        return None, [problem("KS345", at, klausul=clause_id, bahasa=language)]
    fitting = [name for name, k in variants.items() if k.bila and holds(k.bila, values, Location(file=k.file, line=1))]
    if wanted is not None:
        name = "" if wanted == "dasar" else wanted
        if name not in variants:
            return None, [
                problem(
                    "KS334",
                    at,
                    klausul=clause_id,
                    varian=wanted,
                    mungkin=suggest(wanted, variants),
                    pilihan=", ".join(v or "dasar" for v in variants),
                )
            ]
        contradicts = (variants[name].bila and name not in fitting) or (
            not variants[name].bila and fitting and not name
        )
        if contradicts:
            return None, [
                problem(
                    "KS350",
                    at,
                    klausul=clause_id,
                    varian=wanted,
                    sebab=variants[name].bila or variants[fitting[0]].bila,
                )
            ]
        return variants[name], []
    if len(fitting) > 1:
        return None, [problem("KS335", at, klausul=clause_id, varian=", ".join(sorted(fitting)))]
    if fitting:
        return variants[fitting[0]], []
    if "" in variants:
        return variants[""], []
    return None, [problem("KS334", at, klausul=clause_id, varian="dasar", mungkin="", pilihan=", ".join(variants))]


def missing_data(clause: Klausul, naskah: NaskahLengkap) -> list[str]:
    """Record paths that `clause` needs and the record leaves empty."""
    return [path for path in clause.perlu if _is_empty(_at(naskah.isi, path))]


def _at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = getattr(value, part, None)
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", (), {})


def wanted_clauses(
    library: Library, naskah: NaskahLengkap, asked: Mapping[str, Tuntutan], values: Mapping[str, Any]
) -> Iterable[str]:
    """Ids of the articles to be printed, in order: what a demanded section needs, and what the record picks."""
    left_out = set(naskah.isi.tanpa_klausul)
    picked = {*naskah.isi.klausul_pilihan, *naskah.isi.varian, *(k.klausul for k in naskah.isi.klausul_khusus)}
    plan = plan_of(library)
    for clause_id in library.jenis.urutan:
        if clause_id in left_out:
            continue
        more = [section for clause in plan.conditional[clause_id] for section in claims(clause, values)]
        if clause_id in picked or not asked.keys().isdisjoint(plan.serves[clause_id]) or asked.keys() & more:
            yield clause_id


def unknown_names(library: Library, naskah: NaskahLengkap) -> list[Problem]:
    """Clauses and sections that the record names and the library does not know (KS309, KS337, KS346)."""
    isi, problems = naskah.isi, []
    if not (isi.tanpa_klausul or isi.klausul_pilihan or isi.varian or isi.klausul_khusus or isi.pengecualian):
        return []
    clauses = {*library.jenis.urutan, *library.parts}
    # What the program draws itself can only be left out, so that leaving it out is told as what it is.
    drawn = {*clauses, *library.jenis.bagian_substansi}
    named = [(f"tanpa_klausul.{n}", name, drawn) for n, name in enumerate(isi.tanpa_klausul, 1)]
    named += [(f"klausul_pilihan.{n}", name, clauses) for n, name in enumerate(isi.klausul_pilihan, 1)]
    named += [(f"varian.{name}", name, clauses) for name in isi.varian]
    named += [(f"klausul_khusus.{n}.klausul", k.klausul, clauses) for n, k in enumerate(isi.klausul_khusus, 1)]
    for path, name, known in named:
        if name not in known:
            problems.append(problem("KS346", Location(path=path), klausul=name, mungkin=suggest(name, known)))
    problems += _contradictions(naskah)
    for number, waiver in enumerate(isi.pengecualian, 1):
        at = Location(path=f"pengecualian.{number}.substansi")
        section = library.substansi.get(waiver.substansi)
        if section is None:
            problems.append(
                problem(
                    "KS309",
                    at,
                    substansi=waiver.substansi,
                    mungkin=suggest(waiver.substansi, library.substansi),
                )
            )
        elif not section.dapat_dikecualikan:
            problems.append(
                problem("KS337", at, substansi=waiver.substansi, judul=section.judul.get("id", waiver.substansi))
            )
    return problems


def _contradictions(naskah: NaskahLengkap) -> Iterable[Problem]:
    """Clauses that the record leaves out and wants all the same (KS352), or words twice (KS353)."""
    isi = naskah.isi
    wanted = dict.fromkeys(isi.varian, "varian") | dict.fromkeys(isi.klausul_pilihan, "klausul_pilihan")
    wanted |= {k.klausul: "klausul_khusus" for k in isi.klausul_khusus}
    for number, name in enumerate(isi.tanpa_klausul, 1):
        if name in wanted:
            yield problem("KS352", Location(path=f"tanpa_klausul.{number}"), klausul=name, isian=wanted[name])
    seen: dict[str, int] = {}
    for number, special in enumerate(isi.klausul_khusus, 1):
        first = seen.setdefault(special.klausul, number)
        if first != number:
            at = Location(path=f"klausul_khusus.{number}.klausul")
            yield problem("KS353", at, klausul=special.klausul, lain=f"klausul_khusus.{first}")
