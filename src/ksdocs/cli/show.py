"""Problems as people read them: place, code, what is wrong, and under it what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ksdocs.cli.console import Console, Segment
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.problems import KsdocsError, Location, Problem, Severity

_MARKS = {Severity.TOLAK: ("✗", "bad"), Severity.PERINGATAN: ("!", "warn"), Severity.INFO: ("i", "dim")}
_ORDER = tuple(_MARKS)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Refusals first, then warnings, then what is only told; each as they were found."""
    return sorted(problems, key=lambda p: _ORDER.index(p.severity))


def count(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(p.severity is severity for p in problems)


def place_of(at: Location, message: str = "") -> str:
    """`data/pks/magang.yaml:14:5`, and the field where neither the place nor the message names it."""
    place = str(at.with_(file=shown_path(at.file))) if at.file else str(at)
    return f"{place} ({at.path})".strip() if at.path and at.path not in message else place


def show_problem(console: Console, problem: Problem, language: str, *, indent: int = 0) -> None:
    """One problem: its place, code and message in the first lines, what to do next beneath."""
    mark, style = _MARKS[problem.severity]
    message = problem.message(language)
    place = place_of(problem.at, message)
    first: list[Segment] = [(f"{mark} ", style)]
    if place:
        first += [(place, "place"), (" ", "")]
    console.words([*first, (problem.code, style), (f" {message}", "")], indent=indent, hang=indent + 4)
    hint = problem.hint(language)
    if hint:
        console.words([(hint, "dim")], indent=indent + 6, hang=indent + 6)


def show_problems(console: Console, problems: Iterable[Problem], language: str, *, indent: int = 0) -> None:
    """All of `problems`, refusals before warnings."""
    for problem in in_order(problems):
        show_problem(console, problem, language, indent=indent)


def show_error(settings: Settings, error: KsdocsError) -> None:
    """What kept a command from running at all: on standard error, or as its JSON answer."""
    if settings.json_for:
        from ksdocs.cli.output import document

        settings.console.json(document(settings.json_for, settings.language, [], error.problems, {}))
        return
    settings.console.settle()
    show_problems(settings.console.for_errors(), error.problems, settings.language)


def show_group(settings: Settings, title: str, detail: Sequence[str], problems: Sequence[Problem], fine: bool) -> None:
    """The heading of one record, and its problems under it."""
    console = settings.console
    warned = any(p.severity is Severity.PERINGATAN for p in problems)
    mark, style = ("✗", "bad") if not fine else ("!", "warn") if warned else ("✓", "good")
    head: list[Segment] = [(f"{mark} ", style), (title, "bold")]
    head += [(f" · {word}", "dim") for word in detail if word]
    console.words(head, hang=2)
    show_problems(console, problems, settings.language, indent=2)
