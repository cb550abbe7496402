"""The console: any width, any encoding, any text, without an error and without steering the terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksdocs.cli.console import Console, columns, wrap


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def console(encoding: str = "utf-8", **environ: str) -> tuple[Console, io.BytesIO]:
    raw = io.BytesIO()
    return Console(io.TextIOWrapper(raw, encoding=encoding, newline=""), Terminal(), environ), raw


def printed(made: Console, raw: io.BytesIO) -> str:
    made.out.flush()
    return raw.getvalue().decode(made.encoding)


@given(st.text())
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii", "cp437"])
def test_any_text_can_be_printed_on_any_console(encoding: str, text: str) -> None:
    made, raw = console(encoding, COLUMNS="60", FORCE_COLOR="1")
    made.words([(text, "bad"), (text, "")])
    made.table([[(text, ""), (text, "dim")]], [10, 20])
    made.json({"teks": text})
    printed(made, raw)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("ascii", 'OK X "A" - B...'), ("cp1252", "OK X “A” — B…"), ("utf-8", "✓ ✗ “A” — B…")],
)
def test_what_the_console_cannot_show_is_written_with_what_it_can(encoding: str, expected: str) -> None:
    made, raw = console(encoding)
    made.line("✓ ✗ “A” — B…")
    assert printed(made, raw) == expected + "\n"


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\r", "\x7f"])
def test_no_character_of_data_steers_the_terminal(char: str) -> None:
    made, raw = console()
    made.words([(f"nama{char}palsu", "")])
    out = printed(made, raw)
    assert char not in out
    assert f"\\u{ord(char):04x}" in out


@given(st.text(alphabet="ab 漢é", max_size=200), st.integers(20, 80))
def test_no_line_is_wider_than_the_console_unless_one_word_is(text: str, width: int) -> None:
    for line in wrap([(text, "")], width, 2, 4):
        words = "".join(piece for piece, _ in line)
        assert columns(words.rstrip()) <= width or len(words.split()) == 1


@given(st.text(alphabet="abc ", max_size=120))
def test_wrapping_loses_no_word(text: str) -> None:
    lines = wrap([(text, "")], 20, 0, 4)
    assert " ".join("".join(p for p, _ in line) for line in lines).split() == text.split()


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({}, False),
        ({"FORCE_COLOR": "0"}, False),
    ],
)
def test_colour_is_asked_for_or_left_out(environ: dict[str, str], coloured: bool) -> None:
    made, raw = console(**environ)
    made.line("ditolak", "bad")
    assert ("\x1b[31m" in printed(made, raw)) is coloured


def test_a_terminal_is_coloured_and_a_dumb_one_is_not() -> None:
    assert Console(Terminal(), Terminal(), {"TERM": "xterm"}).colour
    assert not Console(Terminal(), Terminal(), {"TERM": "dumb"}).colour


@pytest.mark.parametrize(("given_", "used"), [("10", 40), ("72", 72), ("400", 120)])
def test_the_width_stays_between_forty_and_a_hundred_and_twenty(given_: str, used: int) -> None:
    assert console(COLUMNS=given_)[0].width == used


def test_lines_that_go_to_a_file_are_left_whole() -> None:
    made, raw = console()
    made.say("kata " * 100)
    assert printed(made, raw).count("\n") == 1


def test_json_stays_json_where_the_console_is_not_utf_8() -> None:
    made, raw = console("ascii")
    made.json({"pesan": "“Selasa”", "aneh": "\udcff"})
    assert '"\\u201cSelasa\\u201d"' in printed(made, raw)


def test_progress_stands_on_a_terminal_and_leaves_nothing_behind() -> None:
    out, err = io.StringIO(), Terminal()
    made = Console(out, err, {"TERM": "xterm"})
    made.progress("1 dari 2")
    made.line("selesai")
    assert re.sub(r"\r\x1b\[K", "|", err.getvalue()) == "|1 dari 2|"
    assert out.getvalue() == "selesai\n"


def test_progress_is_silent_where_nobody_watches() -> None:
    err = io.StringIO()
    made = Console(io.StringIO(), err, {})
    made.progress("1 dari 2")
    assert err.getvalue() == ""


def test_a_word_wider_than_its_column_is_broken_where_names_break() -> None:
    made, raw = console()
    made.table([[("penyelesaian_perselisihan.pengadilan_negeri@1.0", ""), ("x", "")]], [20, 1])
    lines = printed(made, raw).splitlines()
    assert lines[0].split() == ["penyelesaian_", "x"]
    assert all(len(line) <= 23 for line in lines)
