"""Which folder templates, clauses, institution profiles and data come from.

In this order: the folder given as an argument, the one in the environment (`KSDOCS_TEMPLATES`,
`KSDOCS_DATA`), `./templates` or `./data` of the working folder, and what ksdocs ships. The first folder that
has the kind wins whole: parts of two folders are never mixed within one kind. What won, and what was tried
before, is told in `Found`, so that `ksdocs doctor` can say why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ksdocs.problems import KsdocsError, LibraryError, Location, MissingToolError, problem

KIND_FILE = "jenis.toml"
"""A folder is a kind of document when it holds this file."""

ENVIRONMENT = {"templates": "KSDOCS_TEMPLATES", "data": "KSDOCS_DATA"}
"""What a folder is for → the environment variable that may name it."""

_ID = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:[_-][a-z0-9]+)*")
_PROJECT = re.compile(r'^\[project\]\nname = "ksdocs"$', re.MULTILINE)
_PART = re.compile(r"(?=.{1,120}\Z)[\w-]+(?:\.[\w-]+)*")


class Origin(StrEnum):
    """Who named a folder, the strongest first."""

    ARGUMENT = "argument"
    ENVIRONMENT = "environment"
    WORKSPACE = "workspace"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that is searched; `named_by` is what the user wrote: `--data`, `KSDOCS_DATA`, `./data`."""

    folder: Path
    origin: Origin
    named_by: str


@dataclass(frozen=True, slots=True)
class Found:
    """A folder or file, the root that it came from, and every root that was looked into, the winner last."""

    folder: Path
    won_by: Root
    tried: tuple[Root, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The roots to search, strongest first, for templates and for data."""

    cwd: Path
    templates: tuple[Root, ...]
    data: tuple[Root, ...]

    @classmethod
    def discover(
        cls,
        cwd: Path,
        environ: Mapping[str, str],
        *,
        templates: Path | None = None,
        data: Path | None = None,
    ) -> Workspace:
        """The workspace seen from `cwd`; explicit folders come first, then `environ` (as `os.environ`).

        Raises:
            KsdocsError: KS001 when a folder named by an argument or the environment does not exist.
            MissingToolError: KS005 when the shipped folders are not in this installation.
        """
        problems = []
        found: dict[str, tuple[Root, ...]] = {}
        for use, explicit in (("templates", templates), ("data", data)):
            roots = tuple(_roots(use, cwd, environ, explicit))
            named = [r for r in roots if r.origin in (Origin.ARGUMENT, Origin.ENVIRONMENT)]
            problems += [
                problem("KS001", Location(file=str(r.folder)), folder=r.folder, asal=r.named_by)
                for r in named
                if not r.folder.is_dir()
            ]
            found[use] = _distinct(roots)
        if problems:
            raise KsdocsError(problems)
        return cls(cwd, found["templates"], found["data"])

    def find_kind(self, kind: str) -> Found:
        """The folder of a kind such as `pks` or `notulen`, from the first root that has it.

        Raises:
            LibraryError: KS002 when no root has it.
        """
        if _ID.fullmatch(kind):
            for position, root in enumerate(self.templates):
                for folder in _places(root.folder, kind):
                    if (folder / KIND_FILE).is_file():
                        return Found(folder, root, self.templates[: position + 1])
        known = list(self.kinds())
        raise LibraryError([problem("KS002", Location("jenis"), jenis=kind, pilihan=_choices(kind, known))])

    def kinds(self) -> dict[str, Found]:
        """Every kind that can be found, id → where it comes from, sorted by id."""
        ids = {_id_of(file.parent) for root in self.templates for file in _kind_files(root.folder)}
        return {kind: self.find_kind(kind) for kind in sorted(ids) if _ID.fullmatch(kind)}

    def find_shared(self, name: str) -> Found:
        """A file or folder that kinds share (`substansi.toml`, `klausul`), from the first root that has it.

        Raises:
            LibraryError: KS003 when no root has it.
        """
        found = _first(self.templates, name)
        if found is None:
            raise LibraryError([problem("KS003", nama=name)])
        return found

    def find_data(self, name: str) -> Found:
        """A file or folder of the data (`institusi/polibatam.toml`), from the first root that has it.

        Raises:
            LibraryError: KS004 when no root has it.
        """
        found = _first(self.data, name)
        if found is None:
            raise LibraryError([problem("KS004", nama=name, pilihan=_choices(*self._beside(name)))])
        return found

    def data_folder(self) -> Found:
        """The folder that records, partners and registers are read from: the first root that exists, whole.

        Raises:
            LibraryError: KS004 when there is none.
        """
        for position, root in enumerate(self.data):
            if root.folder.is_dir():
                return Found(root.folder, root, self.data[: position + 1])
        raise LibraryError([problem("KS004", nama="data", pilihan="-")])

    def _beside(self, name: str) -> tuple[str, list[str]]:
        """The stem asked for, and the stems there are in the same folder of any root."""
        wanted = Path(name)
        folders = [root.folder / wanted.parent for root in self.data if _inside(name)]
        stems = {f.stem for d in folders if d.is_dir() for f in d.iterdir() if f.suffix == wanted.suffix}
        return wanted.stem, sorted(stems)


def kinds_in(root: Path) -> dict[str, Path]:
    """Every kind that lies in the templates folder `root` itself, id → its folder, sorted by id."""
    found: dict[str, Path] = {}
    for kind in sorted({_id_of(file.parent) for file in _kind_files(root)}):
        if _ID.fullmatch(kind):
            found[kind] = next(folder for folder in _places(root, kind) if (folder / KIND_FILE).is_file())
    return found


def shipped(use: str) -> Path:
    """The folder `templates` or `data` that comes with ksdocs: in the wheel, or in the checkout it runs from.

    Raises:
        MissingToolError: KS005 when the installation lacks it.
    """
    package = Path(__file__).resolve().parent
    in_wheel = package / "_bawaan" / use
    if in_wheel.is_dir():
        return in_wheel
    for parent in package.parents:
        if _is_checkout(parent) and (parent / use).is_dir():
            return parent / use
    raise MissingToolError([problem("KS005", nama=use)])


def _roots(use: str, cwd: Path, environ: Mapping[str, str], explicit: Path | None) -> Iterator[Root]:
    if explicit is not None:
        yield Root(cwd / explicit, Origin.ARGUMENT, f"--{use}")
    variable = ENVIRONMENT[use]
    if environ.get(variable):
        yield Root(cwd / environ[variable], Origin.ENVIRONMENT, variable)
    yield Root(cwd / use, Origin.WORKSPACE, f"./{use}")
    yield Root(shipped(use), Origin.SHIPPED, "ksdocs")


def _distinct(roots: tuple[Root, ...]) -> tuple[Root, ...]:
    """Without folders that a stronger root already names, as when one works inside the checkout."""
    by_place: dict[Path, Root] = {}
    for root in roots:
        by_place.setdefault(root.folder.resolve(), root)
    return tuple(by_place.values())


def _first(roots: tuple[Root, ...], name: str) -> Found | None:
    if _inside(name):
        for position, root in enumerate(roots):
            if (root.folder / name).exists():
                return Found(root.folder / name, root, roots[: position + 1])
    return None


def _inside(name: str) -> bool:
    """True for a relative name that cannot lead out of its root; names may come from records."""
    return all(_PART.fullmatch(part) for part in name.split("/"))


def _places(root: Path, kind: str) -> Iterator[Path]:
    for name in dict.fromkeys((kind, kind.replace("_", "-"))):
        yield root / name
        yield root / "forms" / name


def _kind_files(root: Path) -> Iterator[Path]:
    yield from root.glob(f"*/{KIND_FILE}")
    yield from root.glob(f"forms/*/{KIND_FILE}")


def _id_of(folder: Path) -> str:
    return folder.name.replace("-", "_")


def _choices(wanted: str, known: list[str]) -> str:
    """The nearest of the known ids first; all when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, known, n=3, cutoff=0.6)
    return ", ".join(near or known) or "-"


def _is_checkout(folder: Path) -> bool:
    file = folder / "pyproject.toml"
    if not file.is_file():
        return False
    try:
        return _PROJECT.search(file.read_text(encoding="utf-8")) is not None
    except ValueError:
        return False
