"""The command line: the only room that prints and ends the program.

Exit codes: 0 fine, 1 problems in the input, 2 usage, 3 something missing on this machine, 70 a bug, 130 stopped.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import os
import sys
import threading
from collections.abc import Sequence
from typing import Final

from ksdocs import simpanan
from ksdocs.cli.console import Console
from ksdocs.cli.kata import kata
from ksdocs.problems import KsdocsError

FINE, INPUT, USAGE, MISSING, BUG, STOPPED, PIPE_CLOSED = 0, 1, 2, 3, 70, 130, 141

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run with `arguments` (default: those of this process). Only a bug leaves a traceback."""
    if arguments is not None:
        return _run(list(arguments))
    # What starting makes stays until the end; looking through it for garbage, also at the end, takes a sixth of it.
    gc.set_threshold(_GARBAGE, 20, 20)
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    patterns = simpanan.know_patterns(command)
    code = _run(sys.argv[1:])
    simpanan.keep_patterns(command, patterns)
    _leave(code)
    return code


def _leave(code: int) -> None:
    """End the process without freeing one by one all that it holds, which takes a sixth of a short run.

    Only when nobody else is at work in it. What others want done at the end is done.
    """
    if threading.active_count() > 1:
        gc.freeze()
        return
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


_GARBAGE: Final = 150_000
"""Objects that may come into being before Python looks for garbage among them; 700 by itself."""


def _run(words: list[str]) -> int:
    from ksdocs.cli.clicks import scan_language

    console = Console()
    language = scan_language(words, os.environ)
    try:
        code = _call(words, console, language)
        console.out.flush()
    except KeyboardInterrupt:
        console.settle()
        console.complain(kata("tampil.berhenti", language))
        return STOPPED
    except OSError as error:
        if not _pipe_closed(error):
            return _confess(console, language)
        _hush()
        return PIPE_CLOSED
    except Exception:
        return _confess(console, language)
    return code


def _call(words: list[str], console: Console, language: str) -> int:
    import click

    from ksdocs.cli.clicks import PROGRAM, ShowText, tell_usage
    from ksdocs.cli.settings import Settings
    from ksdocs.cli.tree import build

    tree, settings = build(language), Settings(console, language)
    try:
        context = tree.make_context(PROGRAM, words, obj=settings, terminal_width=min(console.table_width, 100))
        with context:
            result = tree.invoke(context)
        return result if isinstance(result, int) else FINE
    except ShowText as shown:
        for line in shown.text.rstrip("\n").split("\n"):
            console.line(line)
        return FINE
    except click.UsageError as error:
        console.complain(tell_usage(error, language))
        return USAGE
    except KsdocsError as error:
        from ksdocs.cli.show import show_error

        show_error(settings, error)
        return error.exit_code
    finally:
        console.settle()


def _confess(console: Console, language: str) -> int:
    """A bug: one sentence for the person, the traceback for whoever mends it."""
    import traceback

    trace = traceback.format_exc()
    console.settle()
    console.complain(kata("tampil.bug", language))
    errors = console.for_errors()
    for line in trace.rstrip("\n").split("\n"):
        errors.line(line)
    return BUG


def _pipe_closed(error: OSError) -> bool:
    # Windows says EINVAL when the reader of a pipe has gone.
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and not error.filename)


def _hush() -> None:
    """Nothing is left for the interpreter to flush into a pipe that nobody reads."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
