"""Documents that were written before: read from JSON Lines, checked field by field against the records."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from extractor.article.decode import read_text
from extractor.errors import ExtractorError
from extractor.records import Extraction
from extractor.schema import record_fields

_NAMES = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}
_SHOWN = 40


def _fault(where: str, expected: str, value: Any) -> ExtractorError:
    shown = json.dumps(value, ensure_ascii=False)
    return ExtractorError(f"{where}: expected {expected}, found {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'}")


def _of_type(hint: Any, value: Any, where: str) -> Any:
    """`value` of JSON as the declared type `hint`; `ExtractorError` naming the field where it is something else."""
    if hint in _NAMES:
        kinds = (int, float) if hint is float else (hint,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and hint is not bool):
            raise _fault(where, _NAMES[hint], value)
        return float(value) if hint is float else value
    if is_dataclass(hint):
        return _record(hint, value, where)  # type: ignore[arg-type]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return None if value is None else _of_type(inner, value, where)
    if origin is dict:
        if not isinstance(value, dict):
            raise _fault(where, "an object", value)
        return {key: _of_type(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if not isinstance(value, list) or (origin is tuple and len(value) != len(arguments)):
        raise _fault(where, "a list" if origin is list else f"a list of {len(arguments)}", value)
    if origin is tuple:
        return tuple(_of_type(a, item, f"{where}[{i}]") for i, (a, item) in enumerate(zip(arguments, value, strict=True)))
    return [_of_type(arguments[0], item, f"{where}[{i}]") for i, item in enumerate(value)]


def _record(record: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _fault(where or "document", "an object", value)
    filled = {}
    for info in record_fields(record):
        path = f"{where}.{info.name}" if where else info.name
        if info.name not in value:
            raise ExtractorError(f"{path}: the field is missing")
        given = value[info.name]
        filled[info.name] = None if given is None and info.nullable else _of_type(info.type, given, path)
        if info.doc.choices is not None and filled[info.name] is not None and given not in info.doc.choices:
            raise _fault(path, f"one of {', '.join(info.doc.choices)}", given)
    return record(**filled)


def document_of(value: Any) -> Extraction:
    """The extraction that a parsed JSON document holds, with its text where ``document.text`` carries it.

    Fields that are not known are passed over. Raises `ExtractorError` naming the field that is wrong.
    """
    extraction: Extraction = _record(Extraction, value, "")
    text = value["document"].get("text")
    if text is not None:
        if not isinstance(text, str):
            raise _fault("document.text", "a string", text)
        extraction.keep_text(text)
    return extraction


def read_documents(path: Path) -> Iterator[Extraction | ExtractorError]:
    """The documents of a JSON Lines file (or of a file that is one JSON document), or what is wrong with a line."""
    content = read_text(path)
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, Mapping):
        yield _document(whole, str(path))
        return
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}: line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ExtractorError(f"{where}: no JSON: {error}")
            continue
        yield _document(value, where)


def _document(value: Any, where: str) -> Extraction | ExtractorError:
    try:
        return document_of(value)
    except ExtractorError as error:
        return ExtractorError(f"{where}: {error}")
