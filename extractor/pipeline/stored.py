"""An extraction among values that can be written with a Doc: a dict for those who write, the records for us."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from extractor.records import Extraction


class Stored(dict[str, Any]):
    """``extraction.to_dict()``, and the extraction itself in ``extraction``."""

    def __init__(self, extraction: Extraction) -> None:
        super().__init__(extraction.to_dict())
        self.extraction = extraction

    def __reduce__(self) -> tuple[type[Stored], tuple[Extraction]]:
        return Stored, (self.extraction,)


@cache
def _hints(record: type) -> Mapping[str, Any]:
    return get_type_hints(record)


def _value(hint: Any, value: Any) -> Any:
    """`value`, which came from JSON, as the declared type `hint` wants it."""
    if value is None:
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in arguments if a is not type(None)), value)
    if origin is list:
        return [_value(arguments[0], v) for v in value]
    if origin is tuple:
        return tuple(value)
    if origin is dict:
        return {k: _value(arguments[1], v) for k, v in value.items()}
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]
        return hint(**{f.name: _value(hints[f.name], value[f.name]) for f in fields(hint) if f.name in value})  # type: ignore[operator]
    return float(value) if hint is float else value


def extraction_of(data: Mapping[str, Any]) -> Extraction:
    """The extraction that ``Extraction.to_dict`` made `data` from, its inverse."""
    extraction: Extraction = _value(Extraction, data)
    return extraction
