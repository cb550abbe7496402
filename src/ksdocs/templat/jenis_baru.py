"""A kind of its own for an office: a folder that works at once, to be changed in Word and in a text editor."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ksdocs.borang import is_borang
from ksdocs.borang.khusus import Khusus, khusus
from ksdocs.models import MODELS
from ksdocs.outputs import plain_name
from ksdocs.problems import KsdocsError, Location, problem
from ksdocs.templat.berkas import BERSAMA, files, read
from ksdocs.templat.pasang import place
from ksdocs.workspace import Workspace

STARTS: Final = ("borang", "surat")
"""What a new kind may begin as, besides another form: a form, a letter."""
_HERE: Final = Path(__file__).parent / "awal"
_NAME: Final = re.compile(r"(?=.{1,40}\Z)[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_ID_LINE: Final = re.compile(r"^id\s*=.*$", re.MULTILINE)
_TITLE_LINE: Final = re.compile(r"^judul(?:\.(\w+))?\s*=.*$", re.MULTILINE)


def new_kind(workspace: Workspace, kind: str, like: str, into: Path) -> list[Path]:
    """The files of the new form `kind` below `into`, made like `like`: one of `STARTS`, or a form.

    Raises:
        KsdocsError: KS889 the name cannot be used or is taken; KS884 nothing of another name can be like `like`.
        OutputError: KS021, KS702 to KS706.
    """
    _check_name(workspace, kind)
    folder = _start(workspace, like)
    new = {}
    for name, file in files(kind, folder).items():
        data = read(file)
        if name == "jenis.toml":
            data = _named(data.decode("utf-8-sig"), kind).encode()
        elif name == "baru.yaml":
            data = _renamed_start(data.decode("utf-8-sig"), kind).encode()
        new[f"forms/{kind}/{name}"] = data
    return place(into, new)


def _check_name(workspace: Workspace, kind: str) -> None:
    if not _NAME.fullmatch(kind) or not plain_name(kind) or kind in _taken(workspace):
        raise KsdocsError([problem("KS889", Location("jenis"), nama=kind, usul=_proposal(kind, workspace))])


def _taken(workspace: Workspace) -> set[str]:
    return {*MODELS, *workspace.kinds(), *STARTS, BERSAMA}


def _proposal(kind: str, workspace: Workspace) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", kind.lower()).strip("_0123456789")[:32] or "surat_tugas"
    return plain if plain_name(plain) and plain not in _taken(workspace) else f"{plain}_kantor"


def _start(workspace: Workspace, like: str) -> Path:
    if like in STARTS:
        return _HERE / like
    found = workspace.kinds()
    may = [name for name, one in found.items() if is_borang(one.folder) and not _computes(name)]
    if like in may:
        return found[like].folder
    raise KsdocsError([problem("KS884", Location("jenis"), jenis=like, pilihan=", ".join([*STARTS, *may]))])


def _computes(kind: str) -> bool:
    """Does the program work out names for the template of `kind`, which a kind of another name would lack?"""
    plain: Callable[..., object] = Khusus().tambahan
    return khusus(kind).tambahan is not plain


def _named(text: str, kind: str) -> str:
    title = kind.replace("_", " ").title()
    if "«id»" in text:
        return text.replace("«id»", kind).replace("«judul»", title)
    text = _ID_LINE.sub(f'id = "{kind}"', text, count=1)
    lines = iter([f'judul.id = "{title}"'])
    return _TITLE_LINE.sub(lambda found: next(lines, "") if found[1] in (None, "id") else "", text)


def _renamed_start(text: str, kind: str) -> str:
    return re.sub(r"^jenis:.*$", f"jenis: {kind}", text, count=1, flags=re.MULTILINE)
