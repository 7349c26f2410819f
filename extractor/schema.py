"""The published JSON Schema of the documents that come out, made from the declarations of `extractor.records`.

>>> from extractor.schema import json_schema
>>> json_schema()["$defs"]["Observation"]["properties"]["direction"]["enum"]
['up', 'down', None]
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from extractor import records
from extractor.records import SCHEMA_VERSION, Doc, Extraction

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Strings that a document carries only where they are asked for, beside the fields of its records.
OPTIONAL: Mapping[type, Mapping[str, str]] = {
    records.Document: {"text": "the text that all offsets refer to; only with --with-text"}}
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


class FieldInfo(NamedTuple):
    """One field of a record: its name, its type without ``| None``, whether it may be null, and what it means."""

    name: str
    type: Any
    nullable: bool
    doc: Doc


def record_fields(record: type) -> list[FieldInfo]:
    """The fields of a record class that are written, in their order."""
    hints = get_type_hints(record, include_extras=True)
    return [_field(f.name, hints[f.name]) for f in fields(record) if not f.name.startswith("_")]


def _field(name: str, hint: Any) -> FieldInfo:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"the field {name!r} of a record says nothing about its meaning")
    inner, doc = get_args(hint)[:2]
    nullable = False
    if get_origin(inner) in (Union, types.UnionType):
        options = [a for a in get_args(inner) if a is not type(None)]
        if len(options) != 1:
            raise TypeError(f"the field {name!r} of a record is of more than one type")
        inner, nullable = options[0], True
    return FieldInfo(name, inner, nullable, doc)


def record_classes() -> list[type]:
    """All record classes: `Extraction` first, then each in the order in which a reader meets it."""
    found: list[type] = []
    waiting: list[type] = [Extraction]
    while waiting:
        record = waiting.pop(0)
        if record in found:
            continue
        found.append(record)
        waiting += [part for info in record_fields(record) for part in _parts(info.type) if _is_record(part)]
    return found


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for argument in get_args(hint):
        yield from _parts(argument)


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and hint.__module__ == records.__name__


def _schema_of(hint: Any) -> dict[str, Any]:
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if _is_record(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0])}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_schema_of(a) for a in arguments], "items": False,
                "minItems": len(arguments)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1])}
    raise TypeError(f"a record holds the type {hint!r}, which has no JSON form")


def _property(info: FieldInfo) -> dict[str, Any]:
    schema = _schema_of(info.type)
    if info.doc.choices is not None:
        schema["enum"] = list(info.doc.choices)
    if info.nullable:
        if "$ref" in schema:
            schema = {"anyOf": [schema, {"type": "null"}]}
        else:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"].append(None)
    return {**schema, "description": info.doc.text}


def _object(record: type) -> dict[str, Any]:
    infos = record_fields(record)
    more = {name: {"type": "string", "description": meaning} for name, meaning in OPTIONAL.get(record, {}).items()}
    return {
        "description": (record.__doc__ or "").strip(),
        "type": "object",
        "properties": {**{info.name: _property(info) for info in infos}, **more},
        "required": [info.name for info in infos],
        "additionalProperties": False,
    }


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one document, as plain JSON values."""
    return {
        "$schema": DIALECT,
        "title": f"extractor document {SCHEMA_VERSION}",
        **_object(Extraction),
        "$defs": {record.__name__: _object(record) for record in record_classes() if record is not Extraction},
    }
