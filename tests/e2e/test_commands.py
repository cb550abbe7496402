"""tests/commands/*.md and docs/perintah.md: each holds commands and what they print, run as an officer would run them.

A block ```console holds `$ command` lines, each followed by its output, and by `[code]` when it ends with another
code than 0. `cat FILE` and `ls FOLDER` are understood too. A block ```yaml FILE is
written to that file first. In the output `{*}` stands for anything in a line, and a line `{...}` for any lines.
`make golden` writes the outputs anew, where they differ.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli_runs import ROOT, call

FILES = [*sorted((ROOT / "tests" / "commands").glob("*.md")), ROOT / "docs" / "perintah.md"]
_BLOCK = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


def run(command: str, cwd: Path) -> str:
    """What `command` prints, both streams in turn, and its exit code if it is not 0."""
    words = shlex.split(command)
    environ = {"COLUMNS": "80"}
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        name, _, value = words.pop(0).partition("=")
        environ[name] = value
    program, *rest = words
    if program == "cat":
        return (cwd / rest[0]).read_text(encoding="utf-8")
    if program == "ls":
        return "".join(f"{f.name}\n" for f in sorted((cwd / rest[0]).iterdir()))
    assert program == "ksdocs", command
    done = call(rest, **environ)
    assert done.code != 70, done.err  # a bug is never what a page says
    return done.out + done.err + (f"[{done.code}]\n" if done.code else "")


def matches(expected: str, printed: str) -> bool:
    """Whether `printed` is what was expected, placeholders filled with anything."""
    pattern = ""
    for line in expected.splitlines(keepends=True):
        if line.strip() == "{...}":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*".join(re.escape(part) for part in line.split("{*}"))
    return re.fullmatch(pattern, printed) is not None


def test_placeholders_stand_for_what_they_say() -> None:
    assert matches("a {*} c\n", "a b c\n")
    assert not matches("a {*} c\n", "a b\n c\n")
    assert matches("a\n{...}\nz\n", "a\nb\nc\nz\n") and matches("a\n{...}\nz\n", "a\nz\n")
    assert not matches("a.c\n", "abc\n")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_commands_print_what_their_page_says(
    file: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("data", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    page = file.read_text(encoding="utf-8")
    wrong: list[str] = []

    def play(block: re.Match[str]) -> str:
        kind, name, body = block[1], block[2], block[3]
        if kind != "console":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
            return block[0]
        return f"```console\n{_STEP.sub(step, body)}```"

    def step(found: re.Match[str]) -> str:
        printed = run(found[1], tmp_path)
        if matches(found[2], printed):
            return found[0]
        wrong.append(f"$ {found[1]}\n--- expected\n{found[2]}--- printed\n{printed}")
        return f"$ {found[1]}\n{printed}"

    anew = _BLOCK.sub(play, page)
    if request.config.getoption("--write-golden"):
        file.write_text(anew, encoding="utf-8", newline="\n")
    elif wrong:
        pytest.fail(f"{file.name}\n" + "\n".join(wrong))
