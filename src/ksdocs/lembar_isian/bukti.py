"""The proof of an entry sheet: it is read as any workbook is, and must give the very records that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ksdocs.lembar_isian.susun import in_words
from ksdocs.models import Model
from ksdocs.models.fault import read_model
from ksdocs.problems import Problem, SourceError, problem
from ksdocs.sources.xlsx import read_book

if TYPE_CHECKING:
    from ksdocs.lembar_isian.medan import Medan
    from ksdocs.lembar_isian.tabel import Jalur
    from ksdocs.sources import Source

_NAME = "lembar isian"
_MAX_TOLD = 20


def prove(book: bytes, sources: Sequence[Source], model: type[Model], fields: Mapping[Jalur, Medan]) -> list[Problem]:
    """KS861 for everything of `sources` that does not come back when `book` is read; empty when all of it does."""
    if not sources:
        return []
    items = list(read_book(book, _NAME))
    whole = [item for row, item in items if row is None and isinstance(item, SourceError)]
    if whole:
        return [_problem(sources[0], (), p) for one in whole for p in one.problems[:_MAX_TOLD]]
    found: list[Problem] = []
    for source, (_, item) in zip(sources, items, strict=True):
        if isinstance(item, SourceError):
            found += [_problem(source, tuple((p.at.path or "").split(".")), p) for p in item.problems]
        elif not _same(source, item, model, fields):
            found += _differences(source, item, fields)
    return found


def _problem(source: Source, path: Jalur, cause: Problem) -> Problem:
    place = ".".join(path).strip(".")
    at, reason = source.locate(place), cause.message("id")
    return problem("KS861", at, record=source.id, jalur=place or source.id, sebab=reason)


def _same(source: Source, read: Source, model: type[Model], fields: Mapping[Jalur, Medan]) -> bool:
    """Equal trees, or two ways of writing that the model reads as the same record."""
    if canonical(source.tree, fields) == canonical(read.tree, fields):
        return True
    ours, faults = read_model(model, source)
    theirs, others = read_model(model, read)
    return ours is not None and ours == theirs and [p.code for p in faults] == [p.code for p in others]


def canonical(value: Any, fields: Mapping[Jalur, Medan], pattern: Jalur = ()) -> Any:
    """`value` with one way of writing for what the model reads as the same: a text in Indonesian alone, a list that
    may stand in one cell, a span of time."""
    field = fields.get(pattern)
    if isinstance(value, Mapping):
        inner = {key: canonical(one, fields, (*pattern, key)) for key, one in value.items()}
        if field is not None and field.jenis == "durasi":
            return in_words(inner) or inner
        return inner["id"] if field is not None and field.jenis == "dwibahasa" and set(inner) == {"id"} else inner
    if field is not None and field.pisah and isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if isinstance(value, (list, tuple)):
        return [canonical(one, fields, (*pattern, "*")) for one in value]
    return str(value)


def _differences(source: Source, read: Source, fields: Mapping[Jalur, Medan]) -> Iterator[Problem]:
    ours, theirs = dict(_leaves(canonical(source.tree, fields))), dict(_leaves(canonical(read.tree, fields)))
    told = [path for path in {**ours, **theirs} if ours.get(path) != theirs.get(path)]
    for path in told[:_MAX_TOLD]:
        back = theirs.get(path)
        cause = "yang kosong tidak terbaca kembali" if back is None else f"terbaca kembali sebagai “{back[:40]}”"
        place = source.locate(".".join(path))
        yield problem("KS861", place, record=source.id, jalur=".".join(path), sebab=cause)


def _leaves(value: Any, path: Jalur = ()) -> Iterator[tuple[Jalur, str]]:
    if isinstance(value, str) or not value:
        yield path, str(value)
        return
    for key, one in value.items() if isinstance(value, dict) else enumerate(value, 1):
        yield from _leaves(one, (*path, str(key)))
