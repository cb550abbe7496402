"""`doctor`: what is installed, which folders won and why, and what is wrong with templates and data."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ksdocs.cli import FINE, INPUT, MISSING
from ksdocs.cli.library import origin
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import show_problem, show_problems
from ksdocs.convert import missing_tool
from ksdocs.models import NASKAH
from ksdocs.office import Office
from ksdocs.problems import KsdocsError, Problem
from ksdocs.rules import check_register
from ksdocs.versi import VERSI
from ksdocs.workspace import Found

PACKAGES = (
    "click", "docxtpl", "python-docx", "lxml", "Jinja2", "pydantic", "PyYAML", "tomlkit", "python-calamine",
    "pypandoc_binary",
)  # fmt: skip

FONTS = (
    ("Bookman Old Style", ("bookos", "bookmanoldstyle"), "URW Bookman", ("urwbookman",), "fonts-urw-base35"),
    ("Times New Roman", ("times.ttf", "timesnewroman"), "Liberation Serif", ("liberationserif",), "fonts-liberation"),
    ("Arial", ("arial.ttf",), "Liberation Sans", ("liberationsans",), "fonts-liberation"),
    ("Calibri", ("calibri",), "Carlito", ("carlito",), "fonts-crosextra-carlito"),
    ("Cambria", ("cambria",), "Caladea", ("caladea",), "fonts-crosextra-caladea"),
)
"""Font, how its file is called, its substitute of the same width, how that is called, and the Debian package."""


def doctor(settings: Settings) -> int:
    """Everything that decides whether ksdocs works here; 1 for faulty data or templates, 3 for missing programs."""
    console = settings.console
    _versions(settings)
    office = settings.office()
    _title(settings, "folder")
    data = office.workspace.data_folder()
    _tell_folder(settings, settings.say("dokter.data"), data)
    for kind, found in office.workspace.kinds().items():
        _tell_folder(settings, kind, found)
    faults = _own_templates(settings, office)
    faults += [*_templates(settings, office), *_register(settings, office)]
    missing = _tools(settings)
    _fonts(settings)
    console.line()
    if not faults and not missing:
        console.say(settings.say("dokter.baik"), style="good")
    return INPUT if any(p.refuses for p in faults) else MISSING if missing else FINE


def _title(settings: Settings, key: str) -> None:
    settings.console.line()
    settings.console.line(settings.say(f"dokter.{key}"), "bold")


def _row(settings: Settings, mark: str, style: str, name: str, words: str) -> None:
    settings.console.words([(f"{mark} ", style), (f"{name:<18} ", ""), (words, "dim")], indent=2, hang=23)


def _versions(settings: Settings) -> None:
    settings.console.line(settings.say("dokter.versi"), "bold")
    _row(settings, " ", "", "ksdocs", version("ksdocs"))
    _row(settings, " ", "", "Python", f"{platform.python_version()} ({sys.platform}, {platform.machine()})")
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} {settings.say('dokter.tidak_ada')}")
    _row(settings, " ", "", "", ", ".join(found))


def _tell_folder(settings: Settings, name: str, found: Found) -> None:
    words = f"{shown_path(found.folder)} · {origin(settings, found.won_by)}"
    passed = ", ".join(r.named_by for r in found.tried[:-1])
    if passed:
        words += f" · {settings.say('dokter.dilewati', nama=passed)}"
    _row(settings, "✓", "good", name, words)


def _own_templates(settings: Settings, office: Office) -> list[Problem]:
    """Whether ksdocs has something newer than what the office copied."""
    from ksdocs.templat.banding import compare, updates
    from ksdocs.templat.berkas import own_folder, upstream
    from ksdocs.templat.kunci import load

    own = own_folder(office.workspace)
    if own is None:
        return []
    try:
        lock = load(own)
        newer = updates(compare(own, upstream(office.workspace), lock))
    except KsdocsError as error:
        _row(settings, "✗", "bad", "templates", "")
        show_problems(settings.console, error.problems, settings.language, indent=4)
        return list(error.problems)
    mark, style = ("!", "warn") if newer else ("✓", "good")
    words = settings.say("templat.dokter", banyak=len(newer)) if newer else settings.say("templat.dokter_sama")
    if theirs := lock.newer():
        mark, style, words = "!", "warn", settings.say("templat.ksdocs_lama", baru=theirs, versi=VERSI)
    _row(settings, mark, style, "templates", words)
    return []


def _templates(settings: Settings, office: Office) -> list[Problem]:
    """Whether each kind's clauses and template can be used; what is wrong with them is shown."""
    _title(settings, "templat")
    faults: list[Problem] = []
    for kind in office.workspace.kinds():
        if kind not in NASKAH:
            continue
        try:
            clauses = sum(len(office.library(kind).variants(c)) for c in office.library(kind).klausul)
            office.template(kind)
        except KsdocsError as error:
            _row(settings, "✗", "bad", kind, "")
            show_problems(settings.console, error.problems, settings.language, indent=4)
            faults.extend(error.problems)
            continue
        _row(settings, "✓", "good", kind, settings.say("dokter.klausul", klausul=clauses))
    return faults


def _register(settings: Settings, office: Office) -> list[Problem]:
    _title(settings, "acuan")
    register = office.register
    problems = check_register(register)
    known = list(register.semua_lembaga())
    institutions = [e for e in known if getattr(e, "profil", None) is not None]
    words = settings.say(
        "dokter.isi",
        institusi=len(institutions), mitra=len(known) - len(institutions), naskah=len(register.semua_naskah()),
        butir=len(register.butir_), bentuk=len(register.bentuk()),
    )  # fmt: skip
    settings.console.words([("✗ " if any(p.refuses for p in problems) else "✓ ", ""), (words, "dim")], indent=2, hang=4)
    show_problems(settings.console, problems, settings.language, indent=4)
    return [p for p in problems if p.refuses]


def _tools(settings: Settings) -> list[Problem]:
    from ksdocs.convert.libreoffice import find_soffice
    from ksdocs.convert.pandoc import find_pandoc

    _title(settings, "alat")
    missing: list[Problem] = []
    for name, format, find in (("LibreOffice", "pdf", find_soffice), ("pandoc", "html", find_pandoc)):
        lacking = missing_tool(format)
        if lacking is None:
            _row(settings, "✓", "good", name, str(find()))
            continue
        missing.append(lacking)
        _row(settings, "✗", "bad", name, settings.say("dokter.tidak_ada"))
        show_problem(settings.console, lacking, settings.language, indent=4)
    return missing


def _fonts(settings: Settings) -> None:
    _title(settings, "huruf")
    files = {f.name.lower().replace(" ", "").replace("-", "") for f in _font_files()}
    for font, names, substitute, others, package in FONTS:
        if _there(names, files):
            _row(settings, "✓", "good", font, settings.say("dokter.ada"))
        elif _there(others, files):
            _row(settings, "✓", "good", font, settings.say("dokter.huruf_pengganti", nama=substitute))
        else:
            _row(settings, "!", "warn", font, settings.say("dokter.huruf_pasang", paket=package))


def _there(names: tuple[str, ...], files: set[str]) -> bool:
    return any(f.startswith(n) for f in files for n in names)


def _font_files() -> Iterator[Path]:
    home = Path.home()
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts"]
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
        folders.append(home / "AppData/Local/Microsoft/Windows/Fonts")
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    for folder in folders:
        for place, _, names in os.walk(folder):
            yield from (Path(place) / name for name in names)
