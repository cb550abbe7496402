"""Clauses as an office writes them: examined whole, compared with other words, begun and raised to a new version.

Which files a kind has follows `workspace`; what stands in them `clauses/`. Nothing here renders a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ksdocs.clauses.files import read_library_file
from ksdocs.clauses.library import Jenis, Substansi, read_kind, read_sections, split_clause_name
from ksdocs.clauses.loading import load_library
from ksdocs.clauses.padanan import Kunci, check_together, worst
from ksdocs.clauses.periksa import Berkas, distinct, examine
from ksdocs.models import NASKAH
from ksdocs.problems import LibraryError, Problem
from ksdocs.workspace import Origin, Workspace, shipped


@dataclass(frozen=True, slots=True)
class Rak:
    """The clause files of one kind in one place, examined; `masalah` are those that could not be read."""

    kind: Jenis
    substansi: Mapping[str, Substansi]
    berkas: Mapping[Kunci, Berkas]
    masalah: tuple[Problem, ...]


def document_kinds(workspace: Workspace) -> list[str]:
    """The kinds that are written in clauses."""
    return [kind for kind in workspace.kinds() if kind in NASKAH]


def clause_files(workspace: Workspace, kind: str) -> dict[Kunci, Path]:
    """Key → file of every clause that `kind` may use: its own, and shared ones that it does not replace."""
    own = _by_key(workspace.find_kind(kind).folder / "klausul")
    shared = _by_key(workspace.find_shared("klausul").folder)
    replaced = {key[0] for key in own}
    return own | {key: file for key, file in shared.items() if key[0] not in replaced}


def _by_key(folder: Path) -> dict[Kunci, Path]:
    return {split_clause_name(file.name.removesuffix(".md")): file for file in sorted(folder.glob("*.md"))}


def open_shelf(workspace: Workspace, kind: str, more: Mapping[Kunci, Path] | None = None) -> Rak:
    """The clauses of `kind`, those of `more` in place of their like; LibraryError KS002, KS003, KS302, KS316."""
    problems: list[Problem] = []
    told = workspace.find_kind(kind).folder / "jenis.toml"
    sections_file = workspace.find_shared("substansi.toml").folder
    sections = read_sections(read_library_file("substansi.toml", sections_file, problems), str(sections_file), problems)
    described = read_kind(read_library_file("jenis.toml", told, problems), str(told), kind, problems)
    if described is None or problems:
        raise LibraryError(problems)
    own = workspace.find_kind(kind).folder / "klausul"
    wanted = {*described.bagian, *described.urutan}
    found: dict[Kunci, Berkas] = {}
    for key, file in (clause_files(workspace, kind) | dict(more or {})).items():
        if key[0] not in wanted and file.parent != own and key not in (more or {}):
            continue  # shared, and of other kinds
        text = read_library_file(file.name, file, problems)
        if not any(p.at.file == str(file) for p in problems):
            found[key] = examine(file.name.removesuffix(".md"), str(file), text, described, sections)
    return Rak(described, sections, found, tuple(problems))


def shipped_workspace() -> Workspace:
    """What ships with ksdocs, and nothing else; MissingToolError KS005."""
    return only(shipped("templates"))


def only(folder: Path) -> Workspace:
    """The templates of `folder`, and of no other."""
    seen = Workspace.discover(Path.cwd(), {}, templates=folder)
    return Workspace(seen.cwd, tuple(r for r in seen.templates if r.origin is Origin.ARGUMENT), seen.data)


def shelf_before(kind: str, against: Workspace | None = None) -> Mapping[Kunci, Berkas]:
    """The texts that those of `kind` are held against: as shipped, or as `against` has them; none when it has no such
    kind."""
    place = against if against is not None else shipped_workspace()
    try:
        return open_shelf(place, kind).berkas
    except LibraryError:
        return {}


def check_kind(workspace: Workspace, kind: str, against: Workspace | None = None) -> list[Problem]:
    """Everything that is wrong or unusual with the clauses of `kind`, each file whole."""
    shelf = open_shelf(workspace, kind)
    found = [*shelf.masalah, *(p for one in shelf.berkas.values() for p in one.masalah)]
    found += check_together(shelf.berkas, shelf.kind, shelf.substansi, shelf_before(kind, against))
    return distinct([*found, *_of_the_library(workspace, kind, found)])


_FOLLOWS = {"KS315": ("KS301", "KS302", "KS307", "KS309")}
"""What the library tells besides, when a description could not be understood."""


def _of_the_library(workspace: Workspace, kind: str, found: Sequence[Problem]) -> Iterator[Problem]:
    """What keeps the library from loading and was not found file by file."""
    try:
        load_library(
            kind,
            workspace.find_kind(kind).folder,
            workspace.find_shared("klausul").folder,
            workspace.find_shared("substansi.toml").folder,
        )
    except LibraryError as error:
        told = {p.at.file for p in found if p.refuses}
        codes = {p.code for p in found}
        for one in error.problems:
            if one.at.file not in told and not codes & set(_FOLLOWS.get(one.code, ())):
                yield one


@dataclass(frozen=True, slots=True)
class Diperiksa:
    """One file as it was checked: as a clause of which kinds, and what was found."""

    file: Path
    kinds: tuple[str, ...]
    masalah: tuple[Problem, ...]


def check_file(workspace: Workspace, file: Path, kind: str = "", against: Workspace | None = None) -> Diperiksa:
    """`file` as a clause of `kind`; without one, of the kinds that use it, else of the kind that it suits best."""
    key = split_clause_name(file.name.removesuffix(".md"))
    users = [kind] if kind else _users(workspace, file, key)
    known = bool(users)
    results = {one: _check_one(workspace, one, file, key, against) for one in users or document_kinds(workspace)}
    if known:
        told = {(p.code, p.at): p for found in reversed(results.values()) for p in found}
        return Diperiksa(file, tuple(results), tuple(distinct(told.values())))
    best = min(results, key=lambda one: (worst(results[one]), list(results).index(one)))
    return Diperiksa(file, (best,), tuple(results[best]))


def _users(workspace: Workspace, file: Path, key: Kunci) -> list[str]:
    """The kinds whose library has `file`, or in whose folder it lies."""
    kinds = document_kinds(workspace)
    resolved = file.resolve()
    users = []
    for kind in kinds:
        place = clause_files(workspace, kind).get(key)
        if place is not None and place.resolve() == resolved and key in open_shelf(workspace, kind).berkas:
            users.append(kind)
    above = resolved.parent.parent.name
    return users or ([above] if resolved.parent.name == "klausul" and above in kinds else [])


def _check_one(workspace: Workspace, kind: str, file: Path, key: Kunci, against: Workspace | None) -> list[Problem]:
    twin = (key[0], key[1], "en" if key[2] == "id" else "id")
    stem = ".".join(part for part in (*key[:2], "en" if twin[2] == "en" else "") if part)
    beside = file.with_name(f"{stem}.md")
    more = {key: file} | ({twin: beside} if beside.is_file() else {})
    shelf = open_shelf(workspace, kind, more)
    found: list[Problem] = [*shelf.masalah, *(p for one in shelf.berkas.values() for p in one.masalah)]
    found += check_together(shelf.berkas, shelf.kind, shelf.substansi, shelf_before(kind, against))
    return distinct(p for p in found if p.at.file == str(file))


def is_shipped(file: Path) -> bool:
    """True for what lies in the folder that ships with ksdocs."""
    return file.resolve().is_relative_to(shipped("templates").resolve())


def files_in(places: Iterable[Path]) -> list[Path]:
    """Every clause file named, or below a folder that is named."""
    found: list[Path] = []
    for place in places:
        found += sorted(place.rglob("*.md")) if place.is_dir() else [place]
    return list(dict.fromkeys(found))
