"""PDF by LibreOffice: PDF/A-2b and PDF/UA, with the title and language that the .docx carries.

What LibreOffice says of itself is not believed: it ends with status 0 after failures, waits for ever, locks
its profile and turns noise into pages. So each call gets a profile and folders of its own and a time limit,
whatever it started is killed, and each PDF is looked at before it is handed over.

A document goes by way of its flat XML form. For a .docx of more than a hundred paragraphs LibreOffice guesses where
pages end before it lays them out, and where a guess falls behind a heading, the heading stays at the foot of the
page whatever "keep with next" says. A flat document states how many paragraphs it has; told that there are few,
LibreOffice does not guess.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ksdocs.convert.process import Finished, run
from ksdocs.problems import MissingToolError, Problem, problem

NAME = "LibreOffice"
BATCH = 25
"""Documents per call: starting LibreOffice costs five times as much as one document."""

TIMEOUT_S = 120.0
"""Seconds for one call, before `_PER_DOCUMENT_S` for each document."""

_PER_DOCUMENT_S = 5.0
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
        "PDFUACompliance": {"type": "boolean", "value": "true"},
    },
    separators=(",", ":"),
)
_FLAT = "fodt:OpenDocument Text Flat XML"
_COUNTED = re.compile(rb'(<meta:document-statistic\b[^>]*?\bmeta:paragraph-count=")\d+(")')
_FEW = rb"\g<1>50\g<2>"
"""Fewer than the 101 paragraphs from which on pages are guessed; 0 and 1 would be taken for "not counted"."""

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


def find_soffice(environ: Mapping[str, str] | None = None) -> Path | None:
    """The program on the PATH of `environ` (default: this process's), or where it usually stands."""
    environ = os.environ if environ is None else environ
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name, path=environ.get("PATH", "")):
            return Path(found)
    return next((place for place in _usual_places(environ) if place.is_file()), None)


def to_pdf(
    documents: Sequence[bytes], *, soffice: Path | None = None, timeout_s: float = TIMEOUT_S
) -> list[bytes | Problem]:
    """For each .docx in `documents` its PDF, or what kept it from being made; one never stops the others.

    The inputs are believed to be sound .docx files (`ksdocs.convert.check_input`). A document that fails
    among others is tried once more alone, by a fresh LibreOffice.

    Raises:
        MissingToolError: KS010 when LibreOffice is not on this machine.
        ConvertError: KS614 when it cannot be started.
    """
    soffice = soffice or find_soffice()
    if soffice is None:
        raise MissingToolError([problem("KS010")])
    made: list[bytes | Problem] = []
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        results = _call(soffice, batch, timeout_s)
        if len(batch) > 1:
            results = [
                _call(soffice, [document], timeout_s)[0] if isinstance(result, Problem) else result
                for document, result in zip(batch, results, strict=True)
            ]
        made += results
    return made


def _call(soffice: Path, documents: Sequence[bytes], timeout_s: float) -> list[bytes | Problem]:
    """One start of LibreOffice over all `documents`."""
    limit = timeout_s + _PER_DOCUMENT_S * (len(documents) - 1)
    with tempfile.TemporaryDirectory(prefix="ksdocs-pdf-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        profile, source, target = work / "profile", work / "in", work / "out"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source.mkdir()
        target.mkdir()
        files = [source / f"{number:04}.docx" for number in range(1, len(documents) + 1)]
        for file, document in zip(files, documents, strict=True):
            file.write_bytes(document)
        options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        start: list[str | Path] = [soffice, f"-env:UserInstallation={profile.as_uri()}", *options]

        def convert(form: str, folder: Path, inputs: Sequence[Path]) -> Finished:
            command = [*start, "--convert-to", form, "--outdir", folder, *inputs]
            return run(NAME, command, cwd=work, env=_environment(work), timeout_s=limit)

        end = convert(_FLAT, source, files)
        if not end.timed_out:
            end = convert(_FILTER, target, [_flat(file) for file in files])
        return [_take(target / f"{file.stem}.pdf", end, limit) for file in files]


def _flat(file: Path) -> Path:
    """The flat form of `file`, made ready; `file` itself where there is none."""
    flat = file.with_suffix(".fodt")
    if not flat.is_file():
        return file
    flat.write_bytes(_COUNTED.sub(_FEW, flat.read_bytes(), count=1))
    return flat


def _take(file: Path, end: Finished, limit: float) -> bytes | Problem:
    """The PDF in `file`, which can only be of this call since its folder was empty, or what is wrong."""
    if not file.is_file():
        if end.timed_out:
            return problem("KS611", program=NAME, detik=f"{limit:g}")
        return problem("KS612", program=NAME, format="PDF", kode=end.code, keluaran=end.last_line)
    data = file.read_bytes()
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]:
        return data
    return problem("KS613", program=NAME, format="PDF")


def _environment(work: Path) -> dict[str, str]:
    """This process's environment, with a home and temporary folder that vanish afterwards."""
    environ = dict(os.environ)
    if os.name != "nt":
        environ |= {"HOME": str(work), "TMPDIR": str(work), "SAL_USE_VCLPLUGIN": "svp"}
        environ.pop("DISPLAY", None)
    return environ


def _usual_places(environ: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        folders = [environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)") if environ.get(name)]
        names = ("soffice.com", "soffice.exe")
        return [Path(folder) / "LibreOffice" / "program" / name for folder in folders for name in names]
    if sys.platform == "darwin":
        inside = "Applications/LibreOffice.app/Contents/MacOS/soffice"
        return [Path(folder) / inside for folder in ("/", environ.get("HOME") or "/")]
    return []
