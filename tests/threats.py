"""How hostile input arrives in the tests of threats: as files of a user, run to the end, judged by what is left."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import samples
from ksdocs import batch
from ksdocs.docx.text import read
from ksdocs.office import Office
from ksdocs.problems import KsdocsError, Problem, SourceError
from ksdocs.register import MemoryRegister, normal_nomor

Edit = Callable[[str], str]


@dataclass
class Left:
    """What a run left behind: its problems, the files in the output folder, and the words of each .docx."""

    problems: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def codes(self) -> set[str]:
        return {p.code for p in self.problems if p.refuses}

    def words(self, name: str = "") -> str:
        found = [d for n, d in self.files.items() if n.endswith(".docx") and name in n]
        return "\n".join(p.text for p in read(found[0]))


def templates(tmp_path: Path) -> Path:
    """The shipped templates, to be spoiled."""
    return Path(shutil.copytree(samples.TEMPLATES, tmp_path / "templates"))


def data(tmp_path: Path) -> Path:
    """The shipped data, to be spoiled."""
    ignore = shutil.ignore_patterns("contoh-salah", "pks", "mou")
    return Path(shutil.copytree(samples.DATA, tmp_path / "data", ignore=ignore))


def edit(file: Path, change: Edit) -> None:
    """Change a text file; a change that changes nothing is a mistake of the test."""
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, f"{file.name} no longer holds what this test changes"
    file.write_text(after, encoding="utf-8")


@cache
def _shipped() -> MemoryRegister:
    return samples.office().register


def register(without: str = samples.MOU) -> MemoryRegister:
    """The register of the shipped data as one's own, without the record of which a changed copy comes."""
    known = _shipped()
    fresh = MemoryRegister(
        dict(known.lembaga_), dict(known.logo_), {}, dict(known.bentuk_), dict(known.butir_), {}, dict(known.berkas_)
    )
    for entries in known.naskah_.values():
        for entry in entries:
            if entry.id != without:
                fresh.add_naskah(entry)
    return fresh


def office(*, templates: Path = samples.TEMPLATES, data: Path = samples.DATA) -> Office:
    """An office that does not know the record of which a changed copy comes."""
    if data == samples.DATA:
        return samples.office(templates=templates, register=register())
    found = samples.office(templates=templates, data=data)
    for entry in found.register.bernama(samples.MOU):
        found.register.naskah_.pop(entry.id, None)
        for number in map(normal_nomor, entry.nomor):
            found.register.nomor_.pop(number, None)
    return found


def run(
    tmp_path: Path,
    *records: Mapping[str, Any] | Path,
    templates: Path = samples.TEMPLATES,
    data: Path = samples.DATA,
    originals: bool = False,
) -> Left:
    """The records, as files, through reading, rules, assembly, rendering, verification and writing.

    Whatever goes wrong must be a problem; a refused record leaves no file.
    """
    given = [r if isinstance(r, Path) else written(tmp_path / "in", n, r) for n, r in enumerate(records)]
    out = tmp_path / "out"
    left = Left()
    try:
        working = office(templates=templates, data=data)
        for done in batch.run(list(batch.read_records(given)), working, samples.TODAY, out=out, originals=originals):
            left.problems += done.all_problems
            assert bool(done.files) is not done.refused, (done.files, done.all_problems)
    except KsdocsError as error:
        left.problems += error.problems
    if out.is_dir():
        left.files = {f.relative_to(out).as_posix(): f.read_bytes() for f in sorted(out.rglob("*")) if f.is_file()}
    check_words(left.problems)
    return left


def refused(tmp_path: Path, *records: Mapping[str, Any] | Path, **kwargs: Any) -> set[str]:
    """As `run`, for what must be refused as a whole: the codes, after a look at places, words and the folder."""
    left = run(tmp_path, *(records or (samples.record(),)), **kwargs)
    assert left.codes
    assert left.files == {}, "something was written"
    return left.codes


def check_words(problems: Sequence[Problem]) -> None:
    """Every refusal has a place and plain words in both languages."""
    for found in problems:
        if not found.refuses:
            continue
        assert str(found.at) or found.at.path, f"{found.code} has no place"
        for language in ("id", "en"):
            told = f"{found.message(language)} {found.hint(language)}"
            assert len(told) > 20
            assert not any(sign in told for sign in ("Traceback", "<class", "object at 0x", "site-packages")), told


def written(folder: Path, number: int, record: Mapping[str, Any]) -> Path:
    """A record as a JSON file."""
    folder.mkdir(exist_ok=True)
    file = folder / f"rekaman-{number:02}.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


def read_error(file: Path) -> set[str]:
    """The codes with which a file is refused on reading; every one with the file's name."""
    from ksdocs import load

    problems: tuple[Problem, ...] = ()
    try:
        load(file)
    except SourceError as error:
        problems = error.problems
    check_words(problems)
    assert [p for p in problems if p.at.file != str(file)] == []
    return {p.code for p in problems}


# ---------------------------------------------------------------------- clauses


def with_clause(tmp_path: Path, body: str, *, front: str = "") -> Path:
    """Templates in which an officer has rewritten the recitals of the MoU."""
    here = templates(tmp_path)
    file = here / "mou" / "klausul" / "premis.md"
    head = file.read_text(encoding="utf-8").split("+++")[1]
    file.write_text(f"+++{head}{front}+++\n{body}\n", encoding="utf-8")
    return here


# ---------------------------------------------------------------------- templates


def with_member(tmp_path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """Templates in which one member of the MoU's naskah.docx is another; `change` makes it of what was there."""
    here = templates(tmp_path)
    file = here / "mou" / "naskah.docx"
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    before = members.get(member, b"")
    members[member] = change(before)
    assert members[member] != before
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)
    return here


def in_body(xml: str) -> Callable[[bytes], bytes]:
    """A change that puts `xml` at the beginning of the document."""
    return lambda content: content.replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)


def paragraph(text: str) -> str:
    """A paragraph that says `text`."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'


def with_docx(tmp_path: Path, content: bytes) -> Path:
    """Templates whose naskah.docx for MoU holds these bytes."""
    here = templates(tmp_path)
    (here / "mou" / "naskah.docx").write_bytes(content)
    return here


# ---------------------------------------------------------------------- records and files


def changed(path: str, value: Any) -> dict[str, Any]:
    tree = samples.record()
    samples.put(tree, path, value)
    return tree


def draft(ident: str, **fields: Any) -> dict[str, Any]:
    """A draft under another id and without numbers, so that several can stand side by side."""
    tree = samples.record() | {"id": ident, "tahap": "draf", "tanggapan": []} | fields
    tree["penandatanganan"] = {"tanggal": "diisi_tangan", "tempat": "Batam"}
    for party in tree["pihak"]:
        party["nomor"] = "diisi_tangan"
    return tree


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_instead(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return make


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)
    return stream.getvalue()
