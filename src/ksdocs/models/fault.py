"""pydantic's errors → problems with the reader's place, words and a near name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from ksdocs.problems import Location, Problem, problem, suggest

_CODES = {
    "missing": "KS151",
    "extra_forbidden": "KS152",
    "karakter_terlarang": "KS154",
    "kosong": "KS155",
    "ganti_baris": "KS156",
    "tanggal": "KS157",
    "uang": "KS158",
    "uang_di_luar_batas": "KS158",
    "durasi": "KS159",
    "literal_error": "KS160",
    "enum": "KS160",
    "id_tidak_baku": "KS161",
    "angka_pengenal": "KS162",
    "bilangan": "KS163",
    "greater_than": "KS163",
    "greater_than_equal": "KS163",
    "less_than_equal": "KS163",
    "decimal_parsing": "KS163",
    "decimal_type": "KS163",
    "too_short": "KS164",
    "too_long": "KS164",
    "dasar_ganda": "KS165",
    "dasar_mou_kurang": "KS166",
    "ya_tidak": "KS167",
    "string_pattern_mismatch": "KS168",
}


class Located(Protocol):
    """What can tell the place of a record path."""

    def locate(self, path: str) -> Location: ...


def dotted(loc: Iterable[str | int]) -> str:
    """`("pihak", 1, "nomor")` → `pihak.2.nomor`."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)


def _model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that holds the field at `loc`, as far as annotations tell."""
    current: Any = model
    for part in loc:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        if field is None:
            return None
        current = next(_models_in(field.annotation), None)
        if current is None:
            return None
    return current if isinstance(current, type) else None


def _models_in(annotation: Any) -> Iterable[Any]:
    def walk(a: Any) -> Iterable[Any]:
        if isinstance(a, type) and issubclass(a, BaseModel):
            yield a
        for inner in getattr(a, "__args__", ()):
            yield from walk(inner)

    return iter(list(walk(annotation)))


def model_problems(error: ValidationError, source: Located, model: type[BaseModel]) -> list[Problem]:
    """Every error of one validation as a problem, in the order of the record; branches of a union told once."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for fault in error.errors(include_url=False, include_input=True):
        loc = tuple(p for p in fault["loc"] if isinstance(p, int) or not _is_branch(p))
        path = dotted(loc)
        if path in seen:
            continue
        seen.add(path)
        kind, context = fault["type"], fault.get("ctx", {})
        code = _CODES.get(kind, "KS153")
        params: dict[str, object] = {"isian": path, "nilai": _shown(fault["input"])}
        params |= {k: v for k, v in context.items() if isinstance(v, str | int)}
        params.setdefault("sebab", fault["msg"])
        params.setdefault("karakter", "")
        if code == "KS152":
            home = _model_at(model, loc[:-1])
            params["mungkin"] = suggest(str(loc[-1]), home.model_fields if home else ())
        elif code == "KS160":
            params["pilihan"] = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        problems.append(problem(code, source.locate(path), **params))
    return problems


def _is_branch(part: str) -> bool:
    """True for the names that pydantic puts into a place for the branches of a union."""
    return part[:1].isupper() or "[" in part or part in {"str", "date", "constrained-str", "is-instance[str]"}


def _shown(value: object) -> str:
    if isinstance(value, Mapping | list):
        return ""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
