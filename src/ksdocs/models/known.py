"""Parts of a record that were read before: equal text becomes the very same frozen values, read once.

Records of one office repeat each other: scope, recitals, terms, finance. Whatever follows from such a part alone can
then be kept by its identity. A record with a fault is always read whole, so that its faults are told as ever.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ksdocs.memo import LONGEST, Memo
from ksdocs.models.naskah import Naskah, Pihak
from ksdocs.models.skema import read_as

_M = TypeVar("_M", bound=BaseModel)
_Key = tuple[type[BaseModel], str, bool, bytes]

_PARTIES: Final = "pihak"
"""Its items differ by their number from record to record; of them, the fields are shared."""

_KNOWN: Final[Memo[_Key, Any]] = Memo(1024)


def read_known(model: type[_M], tree: Mapping[str, Any], *, tanggal_dmy: bool) -> _M:
    """What `model.model_validate(tree)` gives; pydantic's ValidationError where it gives none."""
    context = {"tanggal_dmy": tanggal_dmy}
    if not issubclass(model, Naskah) or tree.__class__ is not dict:
        return read_as(model, tree, context)
    known, unknown = _recall(model, tree, tanggal_dmy)
    parties = _recall_parties(tree, tanggal_dmy)
    given = {**tree, **known}
    if parties:
        given[_PARTIES] = [{**p, **k} for p, (k, _) in zip(tree[_PARTIES], parties, strict=True)]
    try:
        read = read_as(model, given, context)
    except ValidationError:
        return read_as(model, tree, context)
    _share(read, known, unknown)
    for party, (inner, new) in zip(getattr(read, _PARTIES), parties, strict=False):
        _share(party, inner, new)
    return read


def _recall_parties(tree: Mapping[str, Any], dmy: bool) -> list[tuple[dict[str, Any], dict[str, _Key]]]:
    parties = tree.get(_PARTIES)
    if parties.__class__ is not list or not all(p.__class__ is dict for p in parties):
        return []
    return [_recall(Pihak, party, dmy) for party in parties]


def _recall(model: type[BaseModel], tree: Mapping[str, Any], dmy: bool) -> tuple[dict[str, Any], dict[str, _Key]]:
    """(field → what its text was read as before, field → key of what is new)."""
    known: dict[str, Any] = {}
    unknown: dict[str, _Key] = {}
    shared = _shared_fields(model)
    for name, value in tree.items():
        if value.__class__ is str or name not in shared:
            continue
        try:
            # Never read back; version 2 writes equal trees equally. It refuses texts that are more than text
            # (NumericText), which the models may read in another way.
            written = marshal.dumps(value, 2)
        except ValueError:
            continue
        if len(written) > LONGEST:
            continue
        key = (model, name, dmy, written)
        found = _KNOWN.get(key)
        if found is None:
            unknown[name] = key
        else:
            known[name] = found
    return known, unknown


def _share(read: BaseModel, known: Mapping[str, Any], unknown: Mapping[str, _Key]) -> None:
    """Put the very values that were known into `read` (pydantic copies tuples), and keep what is new."""
    for name, key in unknown.items():
        value = getattr(read, name)
        if value is not None:
            known = {**known, name: _KNOWN.put(key, value)}
    read.__dict__.update(known)


@cache
def _shared_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields whose values nobody can change: models and tuples, no mappings."""
    return frozenset(
        name for name, field in model.model_fields.items() if name != _PARTIES and not _holds_mapping(field.annotation)
    )


def _holds_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict or any(_holds_mapping(inner) for inner in get_args(annotation))
