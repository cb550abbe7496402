"""A compiled template as it is kept on disk: everything but its own bytes and the functions that it was given.

Compiling proves a template and turns it into code; both follow from its bytes, its name, its functions and the
programs alone. So it is kept only where the functions are ksdocs' own, which `simpanan` tells apart with the rest of
the programs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ksdocs import simpanan
from ksdocs.docx.package import Package
from ksdocs.docx.sandbox import Environment, Extras

if TYPE_CHECKING:
    from ksdocs.docx.template import Template

_LEFT_OUT: Final = ("_extras", "_package")
_REMADE: Final = ("data", "_pieces")
"""Of a package: its bytes, and copies of them."""


def key(content_hash: str, name: str, extras: Extras, trusted: bool) -> str | None:
    """What a kept template is known by; None when it may not be kept."""
    if extras.globals or extras.methods or extras.undefined is not None or extras.finalize is not None:
        return None
    functions = [(n, _home(f)) for functions in (extras.filters, extras.tests) for n, f in sorted(functions.items())]
    if not all(home for _, home in functions):
        return None
    switches = (extras.fields, extras.breaks, extras.lenient, extras.objects, trusted)
    return repr((content_hash, name, functions, switches))


def _home(function: Any) -> str:
    """Where a function of ksdocs is defined; "" for any other, and for one that is made on the way."""
    module, name = str(getattr(function, "__module__", "")), str(getattr(function, "__qualname__", ""))
    known = module.startswith("ksdocs.") and getattr(sys.modules.get(module), name, None) is function
    return f"{module}.{name}" if known else ""


def load(kind: type[Template], key: str, data: bytes, extras: Extras) -> Template | None:
    """The template kept under `key`, of the bytes `data`."""
    package = Package.__new__(Package)
    found = simpanan.load("templat", key, {"package": package, "environment": Environment(extras)})
    if not (isinstance(found, tuple) and all(isinstance(state, dict) for state in found)):
        return None
    template = kind.__new__(kind)
    package.__dict__.update(found[0], data=data)
    template.__dict__.update(found[1], _package=package, _extras=extras)
    return template


def save(template: Template, key: str, environment: Environment) -> None:
    """Keep `template`, which was compiled in `environment`."""
    own: Mapping[str, Any] = template.__dict__
    package: Package = own["_package"]
    for part in (package.text_parts, package.styles, package.settings, package.numbering, package.custom_properties):
        assert part is None or part  # asked once, so that the answer is kept
    state = {name: value for name, value in own.items() if name not in _LEFT_OUT}
    files = {name: value for name, value in package.__dict__.items() if name not in _REMADE}
    simpanan.save("templat", key, (files, state), {"package": package, "environment": environment})
