"""What the formats need for reading and writing: files, the ids that may be chosen, offsets in UTF-16."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import ExtractorError
from extractor.patterns import Patterns


class Vocabulary(NamedTuple):
    """The ids that an annotator may choose from."""

    indicators: list[str]
    groups: list[str]


def vocabulary(patterns: Patterns) -> Vocabulary:
    """The indicators and groups of the pattern files, in their order."""
    def ids(table: str) -> list[str]:
        return list(dict.fromkeys(r.get("id") for r in patterns.rules[table]))
    return Vocabulary(ids("indicator"), ids("group"))


def write_file(path: Path, content: str) -> None:
    """Write a text file; an error is one clear line."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
    except (OSError, UnicodeEncodeError) as error:
        raise ExtractorError(f"{path}: cannot be written: {error}") from None


def read_file(path: Path) -> str:
    """The text of a UTF-8 file, line ends as they are."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read: {error}") from None


def load_json(path: Path) -> Any:
    """The JSON value in a file."""
    try:
        return json.loads(read_file(path))
    except json.JSONDecodeError as error:
        raise ExtractorError(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from None


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line number and value of each line of a file of JSON Lines."""
    for number, line in enumerate(read_file(path).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise ExtractorError(f"{path}:{number}: not valid JSON: {error.msg}") from None


def to_utf16(text: str, offset: int) -> int:
    """The offset of a character in the units that JavaScript counts."""
    return offset + sum(c > "\uffff" for c in text[:offset])


def utf16_offset(text: str, units: int) -> int | None:
    """The character at an offset in UTF-16 units; None where there is none or it is the half of one."""
    if not any(c > "\uffff" for c in text):
        return units if 0 <= units <= len(text) else None
    at = 0
    for offset, c in enumerate(text):
        if at >= units:
            return offset if at == units else None
        at += 1 + (c > "\uffff")
    return len(text) if at == units else None
