"""ksdocs: cooperation documents of Indonesian polytechnics, written and proven complete.

The same names as the commands::

    import ksdocs

    office = ksdocs.open_office()
    for record in ksdocs.load("data/mou"):
        report = ksdocs.render(record, office)
        if report.refused:
            for problem in report.problems:
                print(problem.at, problem.code, problem.message(), problem.hint())
        else:
            report.save("out")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ksdocs.api import check, load, render, report, schema, verify
    from ksdocs.batch import render_many
    from ksdocs.filling import Isian, fill
    from ksdocs.office import Office, open_office
    from ksdocs.pipeline import Artifact, Report
    from ksdocs.problems import KsdocsError, Location, Problem, Severity
    from ksdocs.register import MemoryRegister
    from ksdocs.sources import Source

_HOMES = {
    "Artifact": "pipeline",
    "Isian": "filling",
    "KsdocsError": "problems",
    "Location": "problems",
    "MemoryRegister": "register",
    "Office": "office",
    "Problem": "problems",
    "Report": "pipeline",
    "Severity": "problems",
    "Source": "sources",
    "check": "api",
    "fill": "filling",
    "load": "api",
    "open_office": "office",
    "render": "api",
    "render_many": "batch",
    "report": "api",
    "schema": "api",
    "verify": "api",
}

__all__ = [
    "Artifact",
    "Isian",
    "KsdocsError",
    "Location",
    "MemoryRegister",
    "Office",
    "Problem",
    "Report",
    "Severity",
    "Source",
    "check",
    "fill",
    "load",
    "open_office",
    "render",
    "render_many",
    "report",
    "schema",
    "verify",
]


def __getattr__(name: str) -> Any:
    # Names are fetched when they are used: `ksdocs --help` must not wait for pydantic, lxml or docxtpl.
    if name not in _HOMES:
        raise AttributeError(f"module 'ksdocs' has no attribute {name!r}")
    return getattr(import_module(f"ksdocs.{_HOMES[name]}"), name)
