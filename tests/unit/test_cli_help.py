"""Help, usage errors and words: complete and right in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from cli_runs import ROOT, ksdocs, program
from ksdocs.cli.clicks import scan_language
from ksdocs.cli.kata import LANGUAGES, all_words, kata
from ksdocs.cli.tree import build
from ksdocs.nama import SARINGAN
from ksdocs.templat.banding import Keadaan
from ksdocs.templat.perbarui import Tindakan

ENGLISH_OF_CLICK = re.compile(r"Usage:|Options:|Commands:|Show this message|Error:|Try '|No such|Missing|required\]")


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))


COMMANDS = [path for path, _ in walk(build("id"))]


@pytest.mark.parametrize("key", sorted(all_words()))
def test_every_word_is_there_in_both_languages_with_the_same_slots(key: str) -> None:
    slots = [set(re.findall(r"\{([a-z_]+)\}", all_words()[key][language])) for language in LANGUAGES]
    assert slots[0] == slots[1]
    assert all(all_words()[key][language].strip() for language in LANGUAGES)


def test_every_word_is_used_somewhere() -> None:
    sources = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "src" / "ksdocs" / "cli").glob("*.py"))
    composed = {"periksa.wajib", "periksa.wajib_bila", "jelas.info"}  # named by the value that is told
    composed |= {f"tampil.{k}_{c}" for k in ("acuan", "ringkas") for c in ("check", "render")}
    composed |= {f"nama.{jenis}" for jenis in SARINGAN}
    composed |= {f"langkah.{tindakan}" for tindakan in Tindakan} | {f"keadaan.{keadaan}" for keadaan in Keadaan}
    unused = []
    for key in all_words().keys() - composed:
        last = re.escape(key.rpartition(".")[2])
        if not re.search(rf"""["'.]{last}["'\]]""", sources):
            unused.append(key)
    assert unused == []


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_help_in_the_language_that_was_asked_for(path: tuple[str, ...], language: str) -> None:
    run = ksdocs(*path, "--help", "--pesan", language) if path else ksdocs("--help", "--pesan", language)
    assert run.code == 0
    assert kata("bantuan.usage", language) in run.out
    assert kata("opsi.hari_ini", language)[:30] in run.out
    if language == "id":
        assert not ENGLISH_OF_CLICK.search(run.out)


@pytest.mark.parametrize(
    ("path", "command"), list(walk(build("en"))), ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_every_option_says_what_it_is_for(path: tuple[str, ...], command: click.Command) -> None:
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_help_fits_the_console(width: int) -> None:
    for path in COMMANDS:
        lines = ksdocs(*path, "--help", width=width).out.splitlines()
        assert [line for line in lines if len(line) > width and len(line.split()) > 1 and "/" not in line] == []


def test_help_imports_no_heavy_library() -> None:
    heavy = ["docxtpl", "docx", "lxml", "pydantic", "jinja2", "yaml", "tomlkit", "python_calamine", "pypandoc"]
    script = (
        "import sys\nfrom ksdocs.cli import main\n"
        f"code = main(['--help'])\nprint(code, [m for m in {heavy!r} if m in sys.modules])\n"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "0 []"


@pytest.mark.parametrize(
    ("words", "language", "says"),
    [
        (["rendr"], "id", "tidak ada perintah `rendr`. Maksud Anda `render`?"),
        (["rendr"], "en", "there is no command `rendr`. Did you mean `render`?"),
        (["render", "--fromat", "pdf", "x"], "id", "tidak ada opsi `--fromat`. Maksud Anda `--format`?"),
        (["render", "x", "-o", "y", "--format", "pdg"], "id", "yang ada: docx, pdf, html, odt, md. Maksud Anda `pdf`?"),
        (["render", "x"], "id", "`--out` belum disebut."),
        (["render", "x", "-o", "--originals"], "id", "opsi `--out` memerlukan nilai."),
        (["render", "-o"], "en", "option `-o` needs a value."),
        (["render", "--originals=ya", "x"], "id", "opsi `--originals` tidak menerima nilai."),
        (["check"], "id", "BERKAS… belum disebut."),
        (["explain"], "en", "CODE is missing."),
        (["explain", "KS101", "KS102"], "id", "terlalu banyak argumen: KS102."),
        (["explain", "KS33O"], "id", "tidak ada kode `KS33O`"),
        (["check", "x", "--lang", "fr"], "id", "`fr` tidak dikenal; yang ada: id, en."),
        (["kinds", "--hari-ini", "31/12/2026"], "id", "`31/12/2026` bukan tanggal"),
        (["new", "mouu"], "id", "tidak ada jenis `mouu`; yang ada: "),
        (["schema", "pkss"], "en", "there is no kind `pkss`"),
        (["clause", "show", "pks", "pembayaran.termn"], "id", "Maksud Anda `pembayaran.termin`?"),
        (["clause", "lst"], "id", "tidak ada perintah `lst`. Maksud Anda `list`?"),
        (["verify"], "id", "DOCX… belum disebut."),
        (["verify", "a.docx", "--rekaman", "x"], "id", "--rekaman hanya dipakai bersama --record."),
        (["fill", "x.yaml"], "id", "tidak ada yang diisi"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_meant_so_is_told_in_plain_words(words: list[str], language: str, says: str) -> None:
    run = ksdocs(words[0], "--pesan", language, *words[1:])
    assert run.code == 2
    assert says in run.err
    assert run.out == ""


@pytest.mark.parametrize("where", ["before", "after"])
def test_options_of_every_command_stand_before_or_after_its_name(where: str) -> None:
    common = [
        "--data",
        str(ROOT / "data"),
        "--templates",
        str(ROOT / "templates"),
        "--hari-ini",
        "2026-11-22",
        "--pesan",
        "en",
    ]
    words = ["check", str(ROOT / "data" / "mou")]
    done = program(*common, *words) if where == "before" else program(*words, *common)
    assert done.returncode == 0
    assert "documents fit" in done.stdout


@pytest.mark.parametrize(
    ("words", "environ", "language"),
    [
        ([], {}, "id"),
        ([], {"KSDOCS_PESAN": "en"}, "en"),
        ([], {"KSDOCS_PESAN": "en_US"}, "en"),
        ([], {"KSDOCS_PESAN": "xx"}, "id"),
        (["--pesan", "id"], {"KSDOCS_PESAN": "en"}, "id"),
        (["check", "--pesan=en"], {}, "en"),
        (["--", "--pesan", "en"], {}, "id"),
    ],
)
def test_the_language_of_messages_is_found_before_anything_is_built(
    words: list[str], environ: dict[str, str], language: str
) -> None:
    assert scan_language(words, environ) == language


def test_the_version_is_told_everywhere() -> None:
    assert ksdocs("--version").out == ksdocs("check", "--version").out
    assert re.fullmatch(r"ksdocs \d+\.\d+\S*\n", ksdocs("--version").out)


def test_without_a_command_the_help_is_shown() -> None:
    done = program()
    assert done.returncode == 0 and "Perintah:" in done.stdout


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_page_of_commands_shows_the_help_of_every_command(path: tuple[str, ...]) -> None:
    page = (ROOT / "docs" / "perintah.md").read_text(encoding="utf-8")
    assert f"$ {' '.join(('ksdocs', *path, '--help'))}\n" in page


def written_commands() -> Iterator[tuple[str, str]]:
    """(page, command) for every command line that a page shows, in a block or between backquotes."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for match in re.finditer(
            r"(?:^(?:\$ )?|`)(ksdocs (?:[a-z]|--)[^`\n#]*)", page.read_text(encoding="utf-8"), re.MULTILINE
        ):
            yield page.name, match[1].strip()


def test_every_command_that_a_page_shows_can_be_called() -> None:
    tree, wrong = build("id"), []
    shown = list(written_commands())
    assert len(shown) > 20
    for page, line in shown:
        words = [w.strip("[].,;:…") for w in line.split()[1:]]
        command: click.Command = tree
        for word in words:
            if not isinstance(command, click.Group):
                break
            if word.startswith("-"):
                continue
            if word not in command.commands:
                wrong.append(f"{page}: {line}: {word}")
                break
            command = command.commands[word]
        known = {o for p in command.params for o in p.opts}
        wrong += [f"{page}: {line}: {w}" for w in words if w.startswith("--") and w.partition("=")[0] not in known]
    assert wrong == []
