"""An office at work: its register, and the clause library and template of each kind, each opened once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from ksdocs.bahasa import filters
from ksdocs.clauses.library import Library
from ksdocs.clauses.loading import load_library
from ksdocs.models import MODELS, NASKAH
from ksdocs.models.fault import read_model
from ksdocs.problems import KsdocsError, LibraryError, Location, Problem, TemplateError, problem
from ksdocs.register import Catatan, MemoryRegister, Rekaman, open_register, reads_dmy
from ksdocs.sources import Source, read_all
from ksdocs.workspace import Workspace

if TYPE_CHECKING:
    from ksdocs.borang import JenisBorang
    from ksdocs.docx.template import Template
    from ksdocs.models.borang import Borang
    from ksdocs.nama import Nama


_FOLDERS: Final[Mapping[str, str]] = {"kpi": "acuan/kpi"}
"""Kind → folder of the data where its records are, when that is not called like the kind."""


class Office:
    """Everything that stays the same while many records pass through. Safe to share between threads.

    `register` is read from the data folder when it is first needed; give one to work without files, which `given`
    tells.
    """

    def __init__(self, workspace: Workspace, register: MemoryRegister | None = None) -> None:
        self.workspace = workspace
        self.given = register is not None
        self._given = register
        self._libraries: dict[str, Library] = {}
        self._templates: dict[str, Template] = {}
        self._forms: dict[str, JenisBorang | None] = {}
        self._models: dict[str, type[Borang]] = {}
        self._records: dict[str, Catatan] = {}
        self._lock = Lock()

    @property
    def register(self) -> MemoryRegister:
        with self._lock:
            if self._given is None:
                self._given = open_register(_near(self.workspace.data_folder().folder))
                self._given.pembaca = self.records
            return self._given

    def with_register(self, register: MemoryRegister) -> Office:
        """This office with another register; libraries and templates stay opened, and are shared."""
        other = Office(self.workspace, register)
        other.given = self.given
        other._libraries, other._templates, other._lock = self._libraries, self._templates, self._lock
        other._forms, other._models, other._records = self._forms, self._models, self._records
        return other

    def with_template(self, kind: str, template: Template) -> Office:
        """This office with another template for `kind`."""
        other = self.with_register(self.register)
        other._templates, other._lock = {**self._templates, kind: template}, Lock()
        return other

    def library(self, kind: str) -> Library:
        """The clause library of `kind`; LibraryError KS002, KS003, KS301 to KS319."""
        with self._lock:
            if kind not in self._libraries:
                found = self.workspace.find_kind(kind)
                shared = self.workspace.find_shared("klausul").folder
                sections = self.workspace.find_shared("substansi.toml").folder
                self._libraries[kind] = load_library(kind, _near(found.folder), _near(shared), _near(sections))
            return self._libraries[kind]

    def template(self, kind: str) -> Template:
        """The compiled template of `kind`; TemplateError KS4xx when it is missing or faulty."""
        from ksdocs.docx.template import Template

        with self._lock:
            if kind not in self._templates:
                file = _near(self.workspace.find_kind(kind).folder) / "naskah.docx"
                if not file.is_file():
                    raise TemplateError([problem("KS006", Location(file=str(file)), jenis=kind)])
                self._templates[kind] = Template.open(file, name=str(file), filters=filters("id"))
            return self._templates[kind]

    def form(self, kind: str) -> JenisBorang | None:
        """The form `kind`; None for an agreement, and for what is no kind at all. LibraryError KS302, KS316, KS361 to
        KS364."""
        if kind in NASKAH:
            return None
        from ksdocs.borang import is_borang, load_jenis

        with self._lock:
            if kind not in self._forms:
                try:
                    folder = _near(self.workspace.find_kind(kind).folder)
                except LibraryError:
                    return None
                self._forms[kind] = load_jenis(kind, folder) if is_borang(folder) else None
            return self._forms[kind]

    def form_model(self, kind: str) -> type[Borang]:
        """The model of the records of a form that `form` knows; made once."""
        from ksdocs.models.borang import build_model

        form = self.form(kind)
        assert form is not None
        with self._lock:
            if kind not in self._models:
                self._models[kind] = build_model(kind, form.isian)
            return self._models[kind]

    def names(self, kind: str) -> tuple[Nama, ...]:
        """Everything that a template of `kind` may use. LibraryError KS002 for no kind at all, and as `form`."""
        self.workspace.find_kind(kind)
        form = self.form(kind)
        if form is not None:
            from ksdocs.borang import names_of_form

            return names_of_form(form)
        from ksdocs.docx.nama import names_of_naskah

        return names_of_naskah(kind)

    def names_in(self, folder: Path) -> tuple[str, tuple[Nama, ...]] | None:
        """(kind, names) of the folder of a kind, wherever it lies; None where there is no jenis.toml. LibraryError as
        `form`."""
        import tomllib

        file = folder / "jenis.toml"
        if not file.is_file():
            return None
        from ksdocs.borang import is_borang, load_jenis, names_of_form
        from ksdocs.docx.nama import names_of_naskah

        kind = folder.name.replace("-", "_")
        with suppress(OSError, ValueError):  # whoever reads it tells what is wrong
            kind = str(tomllib.loads(file.read_text(encoding="utf-8-sig")).get("id", kind))
        if not is_borang(folder):
            return kind, names_of_naskah(kind)
        return kind, names_of_form(load_jenis(kind, folder))

    def records(self, kind: str) -> Catatan:
        """Every record of `kind` in its folder of the data, as it was when somebody first asked."""
        found = self._records.get(kind)
        if found is None:
            found = self._records[kind] = self._read_records(kind)
        return found

    def _read_records(self, kind: str) -> Catatan:
        model = MODELS.get(kind) or (self.form_model(kind) if self.form(kind) is not None else None)
        folder = _near(self.workspace.data_folder().folder) / _FOLDERS.get(kind, kind)
        if model is None or not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir()):
            return Catatan()  # an empty folder has no records yet
        read: list[Rekaman] = []
        faults: list[Problem] = []
        for item in read_all([folder]):
            if isinstance(item, KsdocsError):
                faults += item.problems
            elif item.tree.get("jenis") == kind:
                record, found = read_model(model, item, tanggal_dmy=reads_dmy(item.tree, self.register))
                faults += found
                read += [Rekaman(record, item)] if record is not None else []
            elif item.tree.get("jenis") not in (*MODELS, *self.workspace.kinds()):
                faults.append(self._unknown(item, kind))
        return Catatan(tuple(read), tuple(faults))

    def _unknown(self, source: Source, meant: str) -> Problem:
        """KS201: a record whose kind nobody knows would be missing from what is counted, unseen."""
        told = str(source.tree.get("jenis") or "")
        return problem("KS201", source.locate("jenis"), record=source.id, jenis=told, mungkin=meant, pilihan=meant)

    def other_names(self, parties: frozenset[str]) -> tuple[str, ...]:
        """Official names of every known lembaga that is no party and no parent of one."""
        known = self.register.semua_lembaga()
        family = parties | {lembaga.induk for lembaga in known if lembaga.id in parties and lembaga.induk}
        return tuple(lembaga.nama.id for lembaga in known if lembaga.id not in family)


def open_office(
    *,
    cwd: Path | None = None,
    templates: Path | None = None,
    data: Path | None = None,
    environ: Mapping[str, str] | None = None,
    register: MemoryRegister | None = None,
) -> Office:
    """The office seen from the working folder: `./templates` and `./data` if they are there, else what is shipped."""
    here = cwd if cwd is not None else Path.cwd()
    surroundings = environ if environ is not None else dict(os.environ)
    return Office(Workspace.discover(here, surroundings, templates=templates, data=data), register)


def _near(path: Path) -> Path:
    """`path` as the user would write it: relative where it lies below the working folder."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def known_kind(kind: str) -> bool:
    """True for a kind of record that becomes a document."""
    return kind in NASKAH


def fingerprint(tree: Any) -> str:
    """A hash of a record's tree that does not depend on the order of its keys."""

    def flat(value: Any) -> str:
        if value.__class__ is str:
            return repr(value)
        if value.__class__ is dict or isinstance(value, Mapping):
            return "{" + ",".join([f"{k!r}:{flat(value[k])}" for k in sorted(value)]) + "}"
        if isinstance(value, list):
            return "[" + ",".join([flat(inner) for inner in value]) + "]"
        return repr(str(value))

    return hashlib.sha256(flat(tree).encode("utf-8", "surrogatepass")).hexdigest()
