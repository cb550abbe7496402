"""What pydantic works out of a model before it can read one, kept for the next start.

Working out the core schema of a record, and importing what pydantic needs for that alone, takes longer than many
records do. The schema is pydantic's own (`__pydantic_core_schema__`), less what only serializers and JSON Schema ask
for, and `pydantic_core.SchemaValidator`, which pydantic itself hands it to, reads the same from it and tells the same
faults.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel
from pydantic_core import SchemaValidator

from ksdocs import simpanan

_M = TypeVar("_M", bound=BaseModel)

_NOT_FOR_READING: Final = ("metadata", "serialization")


def read_as(model: type[_M], value: Any, context: Any = None) -> _M:
    """What `model.model_validate` gives; pydantic's ValidationError where it gives none."""
    kept = _kept(model)
    if kept is None:
        return model.model_validate(value, context=context)
    read: _M = kept.validate_python(value, context=context)
    return read


@cache
def _kept(model: type[BaseModel]) -> SchemaValidator | None:
    """The validator of a model of ksdocs, if its schema was kept; else it is kept now."""
    name = f"{model.__module__}.{model.__qualname__}"
    if not name.startswith("ksdocs.") or getattr(sys.modules.get(model.__module__), model.__name__, None) is not model:
        return None  # made by a caller: nobody tells when it becomes another
    schema = simpanan.load("skema", name)
    if isinstance(schema, dict):
        return SchemaValidator(schema)
    model.model_rebuild()
    simpanan.save("skema", name, for_reading(model.__pydantic_core_schema__))
    return None


def for_reading(schema: Any) -> Any:
    """A core schema without what its validator does not ask for."""
    if isinstance(schema, dict):
        left_out = _NOT_FOR_READING if isinstance(schema.get("type"), str) else ()
        return {name: for_reading(value) for name, value in schema.items() if name not in left_out}
    if isinstance(schema, list):
        return [for_reading(value) for value in schema]
    return schema
