"""The documentation as tests see it: links, fenced blocks, and running what the blocks say.

What a block is for stands in its first line (the info string):

- `console`: lines that begin with `$ ` or `> ` are commands, the lines below each its output; a line `…` stands for any
  lines, `…` within a line for any words. `exit=1` says how the last command ends (`exit=0,3`: either).
- `python`: run; all blocks of a page share their names. A `text` block right below it is what it prints.
- any language with `file=NAME`: written to NAME. `<!-- edit NAME: "old" -> "new" -->` changes a file as the prose says,
  `<!-- copy NAME -->` copies a folder of the checkout into the working folder.
- everything else is only shown.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
"""The day of the sample data: what is in force must not depend on the day of the test."""

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
"""Every page that people read."""

_FENCE = re.compile(r"^(\s*)```+\s*(\S*)[ \t]*(.*?)\s*$")
_COPY = re.compile(r"^<!-- copy (\w+) -->$")
_EDIT = re.compile(r'^<!-- edit (\S+): ("(?:[^"\\]|\\.)*") -> ("(?:[^"\\]|\\.)*") -->$')


@dataclass(frozen=True)
class Block:
    """One fenced block; or an edit or copy, `text` being the file (`options` old and new) or the folder."""

    language: str
    options: dict[str, str]
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks and edits of a page, in order."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        if edit := _EDIT.match(lines[number]):
            yield Block("edit", {"old": json.loads(edit[2]), "new": json.loads(edit[3])}, edit[1], number + 1)
        if copy := _COPY.match(lines[number]):
            yield Block("copy", {}, copy[1], number + 1)
        fence = _FENCE.match(lines[number])
        if fence:
            end = number + 1
            while lines[end].strip() != "```":
                end += 1
            options = dict(part.partition("=")[::2] for part in fence[3].split())
            body = "".join(line.removeprefix(fence[1]) + "\n" for line in lines[number + 1 : end])
            yield Block(fence[2], options, body, number + 1)
            number = end
        number += 1


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^(\s*)```.*?^\1```\s*$", "", text, flags=re.MULTILINE | re.DOTALL)


def links(text: str) -> Iterator[str]:
    """Targets of links and pictures outside code."""
    plain = re.sub(r"`[^`\n]*`", "", prose(text))
    yield from re.findall(r"\]\(([^)\s]+)\)", plain)
    yield from re.findall(r'<img src="([^"]+)"', plain)


def anchors(text: str) -> set[str]:
    """What `#…` may name on a page: its headings, as GitHub spells them."""
    heads = re.findall(r"^#{1,6}\s+(.*?)\s*$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


Command = Callable[[list[str]], tuple[int, str]]
"""Words of a command → exit code and what it printed."""


def call_ksdocs(words: list[str]) -> tuple[int, str]:
    """`ksdocs …` in this process, on the day of the sample data."""
    from ksdocs.cli import main

    day = [] if "--hari-ini" in words else ["--hari-ini", TODAY]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([*day, *words[1:]])
    return code, out.getvalue()


def run_page(page: Path, run: Command = call_ksdocs) -> None:
    """Runs every block of `page` in the working folder; AssertionError where a page says otherwise."""
    names: dict[str, Any] = {"__name__": "__page__"}
    printed: str | None = None
    for block in blocks(page.read_text(encoding="utf-8")):
        at = f"{page.name}:{block.line}"
        if block.language == "edit":
            _edit(block, at)
        elif block.language == "copy":
            shutil.copytree(ROOT / block.text, block.text)
        elif "file" in block.options:
            file = Path(block.options["file"])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            _run_console(block, at, run)
        elif block.language == "text" and printed is not None:
            compare(block.text, printed, at)
        printed = _run_python(block, at, names) if block.language == "python" else None


def _edit(block: Block, at: str) -> None:
    file = Path(block.text)
    text = file.read_text(encoding="utf-8")
    assert text.count(block.options["old"]) == 1, f"{at}: {block.options['old']!r} stands not once in {file}"
    file.write_text(text.replace(block.options["old"], block.options["new"]), encoding="utf-8")


def _run_python(block: Block, at: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile("\n" * block.line + block.text, at, "exec"), names)
    return out.getvalue()


def _run_console(block: Block, at: str, run: Command) -> None:
    calls: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith(("$ ", "> ")):
            calls.append((line[2:], []))
        elif calls:
            calls[-1][1].append(line)
    for number, (command, expected) in enumerate(calls):
        words = shlex.split(command)
        wanted = block.options.get("exit", "0") if number == len(calls) - 1 else "0"
        if words[0] == "mkdir":
            Path(words[1]).mkdir(parents=True)
            continue
        code, output = run(words)
        assert str(code) in wanted.split(","), f"{at}: `{command}` ended with {code}, not {wanted}:\n{output}"
        if expected:
            compare("\n".join(expected), output, f"{at}: `{command}`")


def compare(expected: str, output: str, at: str) -> None:
    """`output` says what the page shows; `…` stands for any lines, or for any words of a line."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*") + r"[ \t]*\n"
        for line in expected.strip("\n").split("\n")
    )
    shown = output.strip("\n").replace("\\", "/") + "\n"
    assert re.fullmatch(pattern, shown), f"{at} shows\n{expected}\nbut it is\n{output}"
