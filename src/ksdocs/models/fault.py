"""pydantic's errors → problems with the reader's place, words and a near name."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Protocol, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ksdocs.models.dasar import Teks
from ksdocs.models.known import read_known
from ksdocs.problems import Location, Problem, suggest

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
    "int_type": "KS163",
    "int_parsing": "KS163",
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
    "bukan_teks": "KS169",
    "tuple_type": "KS170",
    "model_type": "KS171",
    "model_attributes_type": "KS171",
    "dict_type": "KS171",
    "terlalu_panjang": "KS172",
    "jam": "KS173",
    "tautan": "KS174",
    "persen": "KS175",
}

_BOUNDS = {
    "greater_than": "> ",
    "greater_than_equal": "≥ ",
    "less_than_equal": "≤ ",
    "too_short": "≥ ",
    "too_long": "≤ ",
}


class Located(Protocol):
    """A record that can tell its tree and the place of a record path."""

    @property
    def tree(self) -> Mapping[str, Any]: ...
    @property
    def id(self) -> str: ...
    def locate(self, path: str) -> Location: ...


_M = TypeVar("_M", bound=BaseModel)


def read_model(model: type[_M], source: Located, *, tanggal_dmy: bool = False) -> tuple[_M | None, list[Problem]]:
    """The record as a `model`, or None and every fault of its fields (KS150–KS199).

    `tanggal_dmy`: dates such as 03/04/2025 are read, as day-month-year; otherwise they are faults.
    """
    try:
        return read_known(model, source.tree, tanggal_dmy=tanggal_dmy), []
    except ValidationError as error:
        return None, model_problems(error, source, model)


def model_problems(error: ValidationError, source: Located, model: type[BaseModel]) -> list[Problem]:
    """Every fault of one validation as a problem at its place, in the order of the model's fields.

    Of a union (an id, or the whole entry) only the branch that the value looks like is told.
    """
    faults = [
        (fault, _as_written(_trace(model, fault["loc"]), source.tree))
        for fault in error.errors(include_url=False)
        if not _miscounted(fault)
    ]
    mapped = {
        trace.union for fault, trace in faults if trace.union and trace.ends_at_branch and _is_mapping(fault["input"])
    }
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for fault, trace in faults:
        if trace.union and trace.into_model != (trace.union in mapped):
            continue
        told = _tell(fault, trace, source)
        if (told.code, told.at.path or trace.path) not in seen:
            seen.add((told.code, told.at.path or trace.path))
            problems.append(told)
    return problems


def _miscounted(fault: Any) -> bool:
    # Items that failed are not counted: a list that is long enough is told by its items alone.
    least = fault.get("ctx", {}).get("min_length", 0)
    return bool(fault["type"] == "too_short" and isinstance(fault["input"], list) and len(fault["input"]) >= least)


def _as_written(trace: _Trace, tree: Mapping[str, Any]) -> _Trace:
    """The place without what a plain text stands for: `premis.1`, not `premis.1.id`."""
    here: Any = tree
    parts = trace.path.split(".") if trace.path else []
    for number, part in enumerate(parts):
        if isinstance(here, str):
            return replace(trace, path=".".join(parts[:number]), home=None)
        if isinstance(here, Mapping):
            here = here.get(part)
        else:
            here = here[int(part) - 1] if isinstance(here, list) and 0 < int(part) <= len(here) else None
    return trace


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _tell(fault: Any, trace: _Trace, source: Located) -> Problem:
    kind, context = str(fault["type"]), fault.get("ctx", {})
    code = _CODES.get(kind, "KS153")
    bound = next((context[k] for k in ("gt", "ge", "le", "min_length", "max_length", "batas") if k in context), "")
    params: dict[str, str] = {
        "isian": trace.path,
        "label": _label(trace),
        "nilai": str(context.get("nilai", _shown(fault["input"]))),
        "sebab": str(context.get("sebab", fault["msg"])),
        "karakter": str(context.get("karakter", "")),
        "batas": f"{_BOUNDS.get(kind, '')}{bound}",
        "panjang": str(context.get("panjang", "")),
        "mungkin": "",
        "pilihan": "",
    }
    if code == "KS152" and trace.home is not None:
        params["mungkin"] = _near_field(trace.path.rpartition(".")[2], trace.home)
        params["pilihan"] = ", ".join(trace.home.model_fields)
    elif code == "KS160":
        choices = [c.strip(" '") for c in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        params["pilihan"] = ", ".join(choices)
        params["mungkin"] = suggest(params["nilai"], choices)
    return Problem(code, source.locate(trace.path), params, record=source.id)


def _label(trace: _Trace) -> str:
    field = trace.home.model_fields.get(trace.path.rpartition(".")[2]) if trace.home else None
    return (field.title if field else None) or trace.path


def _near_field(name: str, home: type[BaseModel]) -> str:
    """The field that was meant: one of `home`, or one that stands a level deeper (`tempat`)."""
    for outer, field in home.model_fields.items():
        for inner in _models_in(field.annotation):
            if name in inner.model_fields and inner is not Teks:
                return f"{outer}.{name}" if get_origin(_plain(field.annotation)) is not tuple else f"{outer}.1.{name}"
    return suggest(name, home.model_fields)


@dataclass(frozen=True, slots=True)
class _Trace:
    """Where a fault stands: record path (items from 1), the model that holds the field, and the union passed."""

    path: str
    home: type[BaseModel] | None
    union: str
    into_model: bool
    ends_at_branch: bool


def _trace(model: type[BaseModel], loc: tuple[int | str, ...]) -> _Trace:
    """Follows `loc` through the annotations, so that pydantic's names of union branches are told from keys."""
    path: list[str] = []
    current: Any = model
    home: type[BaseModel] | None = model
    union, into_model, ends_at_branch = "", False, False
    for part in loc:
        current = _plain(current)
        members = _members(current)
        if members:
            union, ends_at_branch = ".".join(path), True
            chosen = [m for m in members if _is_model(m) and m.__name__ == part]
            into_model = bool(chosen)
            current = chosen[0] if chosen else Any
            continue
        ends_at_branch = False
        if isinstance(part, int):
            path.append(str(part + 1))
            current = (get_args(current) or (Any,))[0]
        elif _is_model(current):
            home = current
            path.append(part)
            field = current.model_fields.get(part)
            current = field.annotation if field else Any
        elif part != "[key]":
            path.append(part)
            current, home = (get_args(current) or (Any,))[-1], None
    return _Trace(".".join(path), home, union, into_model, ends_at_branch)


def _plain(annotation: Any) -> Any:
    """`annotation` without metadata and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            rest = [a for a in get_args(annotation) if a is not types.NoneType]
            if len(rest) != 1:
                return annotation
            annotation = rest[0]
        else:
            return annotation


def _members(annotation: Any) -> list[Any]:
    """The branches of a union that can hold a model; [] for everything else."""
    if get_origin(annotation) not in (Union, types.UnionType):
        return []
    return [_plain(a) for a in get_args(annotation) if a is not types.NoneType]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is_model(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _shown(value: object) -> str:
    if isinstance(value, Mapping | list):
        return ""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


__all__ = ["Located", "model_problems", "read_model"]
