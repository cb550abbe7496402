"""A template sent through the whole pipeline with a gallery, beside the one that is in use; then made into pages."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ksdocs.bahasa import filters
from ksdocs.convert import convert_pdfs
from ksdocs.convert.pages import find_pdftoppm, page_pictures
from ksdocs.docx.package import load_file
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.office import Office
from ksdocs.pipeline import render
from ksdocs.pratinjau.galeri import HARI, Bahan, galeri
from ksdocs.pratinjau.kasus import Kasus
from ksdocs.problems import KsdocsError, LibraryError, Location, MissingToolError, Problem, problem
from ksdocs.workspace import Origin, Root, Workspace, shipped

LAYOUT = "naskah.docx"


@dataclass(slots=True)
class Cetakan:
    """What became of a case with one template: its file and pages, or why there is none."""

    docx: bytes = b""
    problems: tuple[Problem, ...] = ()
    pdf: bytes = b""
    halaman: tuple[bytes, ...] = ()

    @property
    def refused(self) -> bool:
        return any(p.refuses for p in self.problems)


@dataclass(slots=True)
class Pasangan:
    """A case with the new template, and with the one before where there is one."""

    kasus: Kasus
    sesudah: Cetakan
    sebelum: Cetakan | None = None

    @property
    def berubah(self) -> frozenset[int]:
        """Pages (from 0) that are not the same before and after, by their pictures."""
        if self.sebelum is None or not (self.sebelum.halaman and self.sesudah.halaman):
            return frozenset()
        old, new = self.sebelum.halaman, self.sesudah.halaman
        return frozenset(n for n in range(max(len(old), len(new))) if old[n : n + 1] != new[n : n + 1])

    @property
    def berbeda(self) -> bool:
        """Is anything that is seen not the same: pages where there are pictures, else words?"""
        if self.sebelum is None:
            return False
        if self.sebelum.halaman and self.sesudah.halaman:
            return bool(self.berubah)
        return _words(self.sebelum.docx) != _words(self.sesudah.docx)


@dataclass(slots=True)
class Pratinjau:
    """Everything that is shown of a template. `sebelum` names the template that it is held against, or is empty."""

    jenis: str
    templat: str
    sebelum: str = ""
    pasangan: list[Pasangan] = field(default_factory=list)
    masalah: list[Problem] = field(default_factory=list)
    """What kept pages from being made, and cases that the gallery has not."""

    @property
    def ditolak(self) -> int:
        return sum(one.sesudah.refused for one in self.pasangan)


@dataclass(frozen=True, slots=True)
class Templat:
    """Which template is meant: its file, its kind, the office that it would work in, and the file in use now."""

    berkas: Path
    jenis: str
    kantor: Office
    sebelum: Path | None


def find_template(office: Office, meant: Path, kind: str = "") -> Templat:
    """The template `meant`: a file, a folder of one, or a kind.

    Raises:
        LibraryError: KS002 no such kind, KS894 a file whose kind nobody knows.
    """
    if not meant.exists() and len(meant.parts) == 1 and not meant.suffix:
        kind = kind or str(meant)
        meant = office.workspace.find_kind(kind).folder
    file = meant / LAYOUT if meant.is_dir() else meant
    known = office.names_in(file.parent)
    own = known[0] if known is not None else ""
    kind = kind or own
    if not kind:
        choices = ", ".join(office.workspace.kinds())
        raise LibraryError([problem("KS894", Location(file=str(file)), pilihan=choices)])
    in_use = _kind_folder(office, kind)
    if own == kind and file.name == LAYOUT and (in_use is None or in_use.resolve() != file.parent.resolve()):
        office = _beside(office, file.parent, kind)
    office.workspace.find_kind(kind)
    return Templat(file, kind, office, _before(file, kind, in_use))


def _kind_folder(office: Office, kind: str) -> Path | None:
    try:
        return office.workspace.find_kind(kind).folder
    except LibraryError:
        return None


def _beside(office: Office, folder: Path, kind: str) -> Office:
    """The office in which the folder of a kind wins, though it lies elsewhere; the same one where it cannot."""
    root = Root(folder.resolve().parent, Origin.ARGUMENT, str(folder.parent))
    space: Workspace = replace(office.workspace, templates=(root, *office.workspace.templates))
    found = Office(space)
    place = _kind_folder(found, kind)
    return found if place is not None and place.resolve() == folder.resolve() else office


def _before(file: Path, kind: str, in_use: Path | None) -> Path | None:
    """The template that `file` would take the place of: the one in use, or else the shipped one."""
    places = [in_use] if in_use is not None else []
    places += [shipped("templates") / kind, shipped("templates") / "forms" / kind]
    for folder in places:
        other = folder / LAYOUT
        if other.is_file() and other.resolve() != file.resolve():
            return other
    return None


def preview(found: Templat, *, kept: dict[str, Cetakan] | None = None) -> Pratinjau:
    """The template with its gallery, verified like any document; a case that is refused does not stop the others.

    `kept` is what an earlier preview drew, by the content of its files: what is the same is not drawn again.

    Raises:
        TemplateError: KS4xx, the template cannot be compiled; LibraryError: the kind is faulty.
    """
    data = load_file(found.berkas, str(found.berkas))
    new = Template.open(data, name=str(found.berkas), filters=filters("id"))
    old = _opened(found.sebelum)
    if old is not None and old.content_hash == new.content_hash:
        old = None
    made = Pratinjau(found.jenis, str(found.berkas), str(found.sebelum) if old is not None else "")
    with tempfile.TemporaryDirectory(prefix="ksdocs-") as folder:
        place = Path(folder).resolve()
        cases = galeri(found.jenis, found.kantor, place)
        made.masalah += cases.tidak
        after = _printed(cases.bahan, found.jenis, new, place)
        before = _printed(cases.bahan, found.jenis, old, place) if old is not None else []
    for number, bahan in enumerate(cases.bahan):
        made.pasangan.append(Pasangan(bahan.kasus, after[number], before[number] if before else None))
    _draw(made, {} if kept is None else kept)
    return made


def _opened(file: Path | None) -> Template | None:
    """The template before; None when it cannot be read, which is not what was asked."""
    try:
        return Template.open(file, name=str(file), filters=filters("id")) if file is not None else None
    except KsdocsError:
        return None


def _printed(cases: Sequence[Bahan], kind: str, template: Template, folder: Path) -> list[Cetakan]:
    offices: dict[int, Office] = {}
    made = []
    for one in cases:
        office = offices.setdefault(id(one.kantor), one.kantor.with_template(kind, template))
        try:
            report = render(one.sumber, office, HARI)
        except KsdocsError as error:
            made.append(Cetakan(problems=tuple(_at_case(error.problems, one, folder))))
            continue
        told = tuple(_at_case(_of_template(report.problems), one, folder))
        made.append(Cetakan(report.artifacts[0].data if report.artifacts else b"", told))
    return made


def _of_template(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What a template can do something about: the records of a gallery have warnings of their own."""
    return (p for p in problems if p.refuses or p.code.startswith(("KS4", "KS5")))


def _at_case(problems: Iterable[Problem], one: Bahan, folder: Path) -> Iterator[Problem]:
    for found in problems:
        file = found.at.file or ""
        at = found.at.with_(file=None) if file.startswith(str(folder)) or file == one.sumber.name else found.at
        yield replace(found, at=at, record=one.sumber.id)


def _draw(made: Pratinjau, kept: dict[str, Cetakan]) -> None:
    """PDFs of everything at once, then pictures of their pages; what is missing for it is told once."""
    sides = [c for pair in made.pasangan for c in (pair.sesudah, pair.sebelum) if c is not None and c.docx]
    fresh = [one for one in sides if not _again(one, kept)]
    kept.clear()
    try:
        pdfs = convert_pdfs([c.docx for c in fresh]) if fresh else []
    except MissingToolError as error:
        made.masalah += error.problems
        if find_pdftoppm() is None:
            made.masalah.append(problem("KS892"))
        return
    drawn = []
    for one, pdf in zip(fresh, pdfs, strict=True):
        if isinstance(pdf, bytes):
            one.pdf = pdf
            drawn.append(one)
        else:
            one.problems += tuple(pdf)
    for one, pages in zip(drawn, page_pictures([c.pdf for c in drawn]), strict=True):
        if isinstance(pages, tuple):
            one.halaman = pages
        elif pages.code != "KS892":
            one.problems += (pages,)
        elif pages not in made.masalah:
            made.masalah.append(pages)
    kept.update({_key(one): one for one in sides if one.halaman})


def _again(one: Cetakan, kept: dict[str, Cetakan]) -> bool:
    """Takes over the pages of the same file, where they were drawn before."""
    known = kept.get(_key(one))
    if known is not None:
        one.pdf, one.halaman = known.pdf, known.halaman
    return known is not None


def _key(one: Cetakan) -> str:
    return hashlib.sha256(one.docx).hexdigest()


def _words(data: bytes) -> list[str]:
    return [one.text for one in read(data)] if data else []
