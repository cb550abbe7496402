"""Sources on disk make a start quicker and can change nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docx_specimens import docx, p
from ksdocs.docx import cache, template
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.problems import TemplateError

BODY = docx(p("{%p for x in xs %}") + p("Yth. {{ x }} {{r x }}") + p("{%p endfor %}"), parts={"header1": p("tetap")})
CONTEXT = {"xs": ["A & B", "C"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KSDOCS_CACHE", str(tmp_path))
    template._cache.clear()
    return tmp_path / "templat"


def entry(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def fresh() -> bytes:
    """Compiled anew: a template with a function of the caller's own is not kept as a whole (test_simpanan)."""
    template._cache.clear()
    return Template.open(BODY, filters={"milik_sendiri": str}).render(CONTEXT)


def seal(body: bytes) -> bytes:
    return f"ksdocs 1 {hashlib.sha256(body).hexdigest()}\n".encode() + body


def test_a_template_leaves_one_entry_that_only_its_owner_can_write(folder: Path) -> None:
    fresh()
    assert entry(folder).stat().st_mode & 0o077 == 0 and folder.stat().st_mode & 0o022 == 0
    before = entry(folder).read_bytes()
    fresh()
    assert entry(folder).read_bytes() == before


def test_an_entry_gives_the_same_bytes_and_is_text(folder: Path) -> None:
    cold = fresh()
    known = cache.load(Package.read(BODY).content_hash, Package.read(BODY).text_parts)
    assert known is not None and known["word/header1.xml"] is None and known["word/document.xml"] is not None
    assert fresh() == cold
    json.loads(entry(folder).read_bytes().partition(b"\n")[2])


def test_a_warm_start_does_not_import_docxtpl(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(BODY)
    script = (
        "import sys; from pathlib import Path; from ksdocs.docx.template import Template;"
        f"Template.open(Path({str(tmp_path / 't.docx')!r})).render({CONTEXT!r});"
        "print('docxtpl' in sys.modules, 'docx' in sys.modules)"
    )

    def run() -> list[str]:
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
        return done.stdout.split()

    assert run() == ["True", "True"]
    assert run() == ["False", "False"]


def hostile(text: str, tags: list[object], dresses: list[object]) -> bytes:
    return json.dumps(
        {"word/document.xml": {"text": text, "tags": tags, "dresses": dresses}, "word/header1.xml": None}
    ).encode()


WHOLE = "<w:document>\n{{ xs }}</w:document>"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04\x95",
        seal(b""),
        seal(b"[]"),
        seal(b"{}"),
        seal(b'{"word/document.xml": 3}'),
        seal(b"[" * 100_000),
        seal(hostile(WHOLE, [], [])),
        seal(hostile(WHOLE, [["{{ xs }}"]], [])),
        seal(hostile(WHOLE, [["{{ ys }}", ""]], [])),
        seal(hostile(WHOLE, [["{{ xs }}", 3]], [])),
        seal(hostile("<w:p>\n\ufdd05\ufdd1{{ xs }}</w:p>", [["\ufdd05\ufdd1{{ xs }}", ""]], [])),
        seal(hostile(WHOLE, [["{{ xs }}", ""]], ["</w:rPr></w:r><w:p>"])),
        seal(hostile("<w:t>\n{{ xs.__class__ }}</w:t>", [["{{ xs.__class__ }}", ""]], [])),
        seal(hostile("<w:t>\n{% include 'x' %}</w:t>", [["{% include 'x' %}", ""]], [])),
        seal(hostile("<w:p>\n{% if xs %}</w:p>\n{% endif %}", [["{% if xs %}", ""], ["{% endif %}", ""]], [])),
        hostile(WHOLE, [["{{ xs }}", ""]], []),
    ],
)
def test_an_entry_that_is_damaged_or_hostile_is_passed_over_and_replaced(folder: Path, data: bytes) -> None:
    cold = fresh()
    whole = entry(folder).read_bytes()
    entry(folder).write_bytes(data)
    assert fresh() == cold
    assert entry(folder).read_bytes() == whole


def test_an_entry_cut_off_anywhere_is_passed_over(folder: Path) -> None:
    cold = fresh()
    whole = entry(folder).read_bytes()
    for length in range(0, len(whole), 97):
        entry(folder).write_bytes(whole[:length])
        assert fresh() == cold


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are a matter of POSIX")
def test_an_entry_that_others_could_have_written_is_passed_over(folder: Path) -> None:
    fresh()
    package = Package.read(BODY)
    entry(folder).chmod(0o666)
    assert cache.load(package.content_hash, package.text_parts) is None
    entry(folder).chmod(0o600)
    assert cache.load(package.content_hash, package.text_parts)
    folder.chmod(0o777)
    assert cache.load(package.content_hash, package.text_parts) is None


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "berkas").write_text("x")
    monkeypatch.setenv("KSDOCS_CACHE", str(tmp_path / "berkas"))
    assert [t.text for t in read(fresh())][1] == "Yth. C C"
    assert (tmp_path / "berkas").read_text() == "x"


def test_no_entry_is_made_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSDOCS_CACHE", "")
    assert cache.folder() is None
    fresh()


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KSDOCS_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "ksdocs" / "templat"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "ksdocs" / "templat"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache.folder() == tmp_path / "Library" / "Caches" / "ksdocs" / "templat"


def test_the_oldest_entries_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEPT", 3)
    for n in range(6):
        cache.save(f"{n}", {})
    assert len(list(folder.iterdir())) == 3


def test_a_faulty_template_leaves_no_entry(folder: Path) -> None:
    with pytest.raises(TemplateError):
        Template.open(docx(p("{{ a b }}")))
    assert not folder.exists()
