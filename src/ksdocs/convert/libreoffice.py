"""PDF by LibreOffice: PDF/A-2b and PDF/UA, with the title and language that the .docx carries.

What LibreOffice says of itself is not believed: it ends with status 0 after failures, waits for ever, locks
its profile and turns noise into pages. So each converter has a profile and folders of its own, each call a time limit,
whatever it started is killed, and each PDF is looked at before it is handed over.

A document goes by way of its flat XML form. LibreOffice guesses where pages end before it lays them out, and where a
guess falls behind a heading, the heading may stay at the foot of the page whatever "keep with next" says. It guesses
after every twentieth or so paragraph of a .docx of more than a hundred, and after the twenty-fifth of a shorter one;
of a flat document that states its pages and paragraphs, after as many as they have on average. Told of very many
paragraphs on a page, it guesses none. One with charts goes by way of the packed form, since those of a flat one are
not drawn.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import threading
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from ksdocs.convert.inputs import CHARTS, chart_words
from ksdocs.convert.pdf import is_whole
from ksdocs.convert.process import Finished, Guard, remove_folder, run

NAME = "LibreOffice"

TIMEOUT_S = 120.0
"""Seconds for a document alone. In company LibreOffice has half of that for each, starting and stopping included."""

_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
        "PDFUACompliance": {"type": "boolean", "value": "true"},
    },
    separators=(",", ":"),
)
_FLAT = "fodt:OpenDocument Text Flat XML"
_PACKED = "odt:writer8"
"""For documents with charts: LibreOffice writes them into the flat form, and does not draw them when it reads it."""
_OBJECT = re.compile(r"(<draw:object\b[^>]*/>(?:(?!</?draw:frame\b).)*)</draw:frame>", re.DOTALL)
_FLAT_END = b"</office:document>"
_COUNTED = re.compile(rb"<meta:document-statistic\b[^>]*")
_COUNT = re.compile(rb' meta:(?:page|paragraph)-count="\d+"')
_NO_GUESS = rb'<meta:document-statistic meta:page-count="11" meta:paragraph-count="11000000"'
"""A million paragraphs on a page. Fewer than 11 pages are not divided by; the number printed is counted anew."""

# Nothing is fetched, updated or run on behalf of a document.
_SETTINGS = (
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>\n"
)


_PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:body><office:text><text:p>ksdocs</text:p></office:text></office:body></office:document>\n"
)
"""A page that LibreOffice is tried out with."""


def find_soffice(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path | None:
    """The program on the PATH of `environ` (default: this process's), or where it usually stands on `platform`."""
    environ = os.environ if environ is None else environ
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name, path=environ.get("PATH", "")):
            return Path(found)
    return next((place for place in _usual_places(environ, platform) if place.is_file()), None)


class Converter:
    """One LibreOffice at a time, over and over, with a folder and a profile of its own. For one thread.

    A profile is used until a call goes wrong; then the next call gets a fresh one, since it may be locked or torn.
    """

    def __init__(self, soffice: Path, work: Path, *, timeout_s: float, stop: threading.Event, watched: Guard) -> None:
        self.timeout_s = timeout_s
        self._soffice, self._work, self._stop, self._watched = soffice, work, stop, watched
        self._serial = 0
        self._profile: Path | None = None

    def flatten(self, files: Sequence[Path], *, alone: bool) -> Finished:
        """One call that makes the OpenDocument form of each .docx beside it, ready for `export`.

        All of them have charts, or none has (`apart`).
        """
        form, ending = (_PACKED, ".odt") if has_charts(files[0]) else (_FLAT, ".fodt")
        end = self._call(form, files, files[0].parent, ending, alone)
        for file in files:
            if (flat := flat_of(file)) is not None:
                _settle(flat, file)
        return end

    def export(self, files: Sequence[Path], target: Path, *, alone: bool) -> Finished:
        """One call that makes a PDF of each file in `target`."""
        return self._call(_FILTER, files, target, ".pdf", alone)

    def try_out(self, folder: Path) -> Finished | None:
        """None when LibreOffice makes a PDF of a page of our own, else how it ended."""
        page = folder / "coba.fodt"
        page.write_text(_PAGE, encoding="utf-8")
        self.renew()
        end = self.export([page], folder, alone=False)
        return None if pdf_of(page, folder) else end

    def renew(self) -> None:
        """The next call gets a fresh profile."""
        if self._profile is not None:
            remove_folder(self._profile)
            if os.name != "nt":
                _pipe_of(self._profile).unlink(missing_ok=True)
            self._profile = None

    def _call(self, form: str, files: Sequence[Path], target: Path, ending: str, alone: bool) -> Finished:
        profile = self._ready_profile()
        options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        start: list[str | Path] = [self._soffice, f"-env:UserInstallation={profile.as_uri()}", *options]
        made = [target / f"{file.stem}{ending}" for file in files]
        end = run(
            NAME,
            [*start, "--convert-to", form, "--outdir", target, *files],
            cwd=self._work,
            env=_environment(self._work),
            timeout_s=self.timeout_s if alone else self.timeout_s / 2,
            progress=lambda: sum(file.exists() for file in made),
            stop=self._stop,
            watched=self._watched,
        )
        if end.timed_out or end.code:
            self.renew()
        return end

    def _ready_profile(self) -> Path:
        if self._profile is None:
            self._serial += 1
            self._profile = self._work / f"profil-{self._serial}"
            user = self._profile / "user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
            if os.name != "nt":
                self._watched.sweep(_pipe_of(self._profile))
        return self._profile


def has_charts(file: Path) -> bool:
    """Does the .docx hold a chart?"""
    return CHARTS in file.read_bytes()


def apart(files: Sequence[Path]) -> list[list[Path]]:
    """Those without charts and those with charts, each in their order; no group is empty."""
    groups: list[list[Path]] = [[], []]
    for file in files:
        groups[has_charts(file)].append(file)
    return [group for group in groups if group]


def _settle(flat: Path, source: Path) -> None:
    """`flat`, made of `source`, says what keeps pages from being guessed, and of its charts what they show."""
    if flat.suffix == ".fodt":
        flat.write_bytes(_unguessed(flat.read_bytes()))
        return
    with zipfile.ZipFile(flat) as held:
        members = [(info, held.read(info)) for info in held.infolist()]
    with zipfile.ZipFile(flat, "w") as made:
        for info, data in members:
            if info.filename == "meta.xml":
                data = _unguessed(data)
            elif info.filename == "content.xml":
                data = _with_words(data.decode("utf-8"), chart_words(source.read_bytes())).encode("utf-8")
            made.writestr(info, data)


def _unguessed(meta: bytes) -> bytes:
    found = _COUNTED.search(meta)
    if found is None:
        return meta
    told = _COUNT.sub(b"", found[0]).replace(b"<meta:document-statistic", _NO_GUESS, 1)
    return meta[: found.start()] + told + meta[found.end() :]


def _with_words(content: str, words: Sequence[str]) -> str:
    """`content` with the words that stand for its charts, which LibreOffice leaves behind in the .docx."""
    if len(_OBJECT.findall(content)) != len(words):
        return content  # objects of other kinds are among them: which is which cannot be told
    left = iter(words)

    def described(found: re.Match[str]) -> str:
        text = next(left)
        if not text or "<svg:desc>" in found[1]:
            return found[0]
        return f"{found[1]}<svg:desc>{escape(text)}</svg:desc></draw:frame>"

    return _OBJECT.sub(described, content)


def _packed_of(file: Path) -> Path | None:
    packed = file.with_suffix(".odt")
    try:
        with zipfile.ZipFile(packed) as held:
            return packed if held.testzip() is None else None
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


def flat_of(file: Path) -> Path | None:
    """The whole OpenDocument form beside `file`, if there is one."""
    flat = file.with_suffix(".fodt")
    if not flat.is_file():
        return _packed_of(file)
    try:
        with flat.open("rb") as opened:
            opened.seek(max(flat.stat().st_size - len(_FLAT_END) - 8, 0))
            return flat if opened.read().rstrip().endswith(_FLAT_END) else None
    except OSError:
        return None


def pdf_of(file: Path, target: Path) -> Path | None:
    """The whole PDF made of `file` in `target`, if there is one."""
    pdf = target / f"{file.stem}.pdf"
    try:
        return pdf if is_whole(pdf.read_bytes()) else None
    except OSError:
        return None


def _pipe_of(profile: Path) -> Path:
    """Where LibreOffice listens for a second start with the same profile; it stays when LibreOffice is killed."""
    name = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    user = os.getuid() if sys.platform != "win32" else 0
    return Path("/tmp", f"OSL_PIPE_{user}_SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in name))  # noqa: S108


def _environment(work: Path) -> dict[str, str]:
    """This process's environment, with a home and temporary folder that vanish afterwards."""
    environ = dict(os.environ)
    if os.name != "nt":
        environ |= {"HOME": str(work), "TMPDIR": str(work), "SAL_USE_VCLPLUGIN": "svp"}
        environ.pop("DISPLAY", None)
    return environ


def _usual_places(environ: Mapping[str, str], platform: str) -> list[Path]:
    if platform == "win32":
        # ProgramW6432 is where 64-bit programs stand when asked by a 32-bit Python. soffice.com is the one of the two
        # that waits for its end and prints.
        folders = [environ[name] for name in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)") if environ.get(name)]
        if environ.get("LOCALAPPDATA"):
            folders.append(str(Path(environ["LOCALAPPDATA"], "Programs")))
        names = ("soffice.com", "soffice.exe")
        return [Path(folder, "LibreOffice", "program", name) for folder in dict.fromkeys(folders) for name in names]
    if platform == "darwin":
        inside = "Applications/LibreOffice.app/Contents/MacOS/soffice"
        return [Path(folder) / inside for folder in ("/", environ.get("HOME") or "/")]
    return []
