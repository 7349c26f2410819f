"""Read pattern files (TOML) into rules that know their file and line, and refuse what they must not hold.

A pattern file is a list of tables, ``[[indicator]]`` for instance, each with an ``id`` or a ``phrases`` list, and with
examples. A mistake is one `ExtractorError` that names file, line, field and what was expected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.errors import ExtractorError

_HEADER = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_KEY = re.compile(r"\s*([A-Za-z_][\w-]*)\s*=")
# strings and comments of a TOML file, whose words must not be taken for headers or keys
_WORDS = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*""", re.DOTALL)
_ID = re.compile(r"(?!other$)[a-z][a-z0-9_]*")
_TOML_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Field:
    """What one field of a rule must be.

    ``kind``: "str", "id" (a string to be written into documents), "strs" (list of strings), "number", "bool" or "map"
    (table of strings);
    ``choices``: the words allowed, if only some are; ``required``: whether a rule must have it.
    """

    kind: str
    required: bool = False
    choices: frozenset[str] | None = None


#: Fields of any rule: its examples, a remark, and whether it replaces rules of the same id in earlier folders.
COMMON: Mapping[str, Field] = {"examples": Field("strs"), "counterexamples": Field("strs"), "note": Field("str"),
                               "replace": Field("bool")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One table of a pattern file: its fields, and where it stands."""

    table: str
    fields: Mapping[str, Any] = field(hash=False)
    path: Path
    line: int
    lines: Mapping[str, int] = field(hash=False, repr=False)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of the field `name`, or `default` where the rule doesn't have it."""
        return self.fields.get(name, default)

    def line_of(self, name: str | None, item: str | None = None) -> int:
        """The line of the field `name`, or of the string `item` in its list; else the line of the table's header."""
        line = self.lines.get(name, self.line) if name else self.line
        if item is None:
            return line
        source = self.path.read_text(encoding="utf-8-sig").split("\n")
        for number in range(line, len(source) + 1):
            text = source[number - 1]
            if number > line and (number in self.lines.values() or _HEADER.match(text)):
                break
            if f'"{item}"' in text or f"'{item}'" in text:
                return number
        return line

    def error(self, name: str | None, expected: str, item: str | None = None) -> ExtractorError:
        """The error that says what is wrong with the field `name` of this rule, or with the string `item` in it."""
        what = f"field {name!r} of [[{self.table}]]" if name else f"[[{self.table}]]"
        return ExtractorError(f"{self.path}:{self.line_of(name, item)}: {what}: {expected}")


def _line_index(source: str) -> list[tuple[str, int, dict[str, int]]]:
    """For each ``[[table]]`` in order: its name, its line, and the line of each of its fields."""
    tables: list[tuple[str, int, dict[str, int]]] = []
    bare = _WORDS.sub(lambda m: '""' + "\n" * m[0].count("\n"), source)
    for number, line in enumerate(bare.split("\n"), 1):
        if header := _HEADER.match(line):
            tables.append((header[1], number, {}))
        elif tables and (key := _KEY.match(line)):
            tables[-1][2].setdefault(key[1], number)
    return tables


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) and x.strip() for x in value)


_CHECKS: Mapping[str, tuple[Any, str]] = {
    "str": (lambda v: isinstance(v, str), "a string"),
    "id": (lambda v: isinstance(v, str) and _ID.fullmatch(v), "an id of small letters, digits and _, not \"other\""),
    "strs": (_is_words, "a list of strings that are not empty"),
    "number": (lambda v: isinstance(v, (int, float)) and not isinstance(v, bool), "a number"),
    "bool": (lambda v: isinstance(v, bool), "true or false"),
    "map": (lambda v: isinstance(v, dict) and all(isinstance(x, str) for x in v.values()), "a table of strings"),
}


def _mistakes(rule: Rule, shape: Mapping[str, Field]) -> Iterator[ExtractorError]:
    """All that is wrong with the fields of a rule."""
    for name, value in rule.fields.items():
        spec = shape.get(name)
        if spec is None:
            yield rule.error(name, f"unknown field; known are {', '.join(sorted(shape))}")
            continue
        test, expected = _CHECKS[spec.kind]
        if not test(value) or (spec.required and value == []):
            yield rule.error(name, f"expected {expected}, found {value!r}")
        elif spec.choices is not None:
            for word in value if isinstance(value, list) else [value]:
                if word not in spec.choices:
                    yield rule.error(name, f"expected one of {', '.join(sorted(spec.choices))}, found {word!r}", word)
    for name, spec in shape.items():
        if spec.required and name not in rule.fields:
            yield rule.error(None, f"field {name!r} is missing; expected {_CHECKS[spec.kind][1]}")


def read_rules(path: Path, shapes: Mapping[str, Mapping[str, Field]],
               mistakes: list[ExtractorError] | None = None) -> list[Rule]:
    """All rules of the file at `path`, in order; `shapes` says which tables it may hold and what their fields are.

    The first mistake in a field is raised; where there is a list of `mistakes`, all are put into it instead, and the
    rules that have them are left out.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read as a UTF-8 pattern file: {error}") from None
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = _TOML_AT.search(str(error))
        line = at[1] if at and at[1] else str(source.count("\n") + 1)
        raise ExtractorError(f"{path}:{line}: not valid TOML: {_TOML_AT.sub('', str(error)).strip()}") from None
    index = _line_index(source)
    rules: list[Rule] = []
    for table, rows in data.items():
        places = [entry for entry in index if entry[0] == table]
        if table not in shapes or not isinstance(rows, list) or len(places) != len(rows):
            line = places[0][1] if places else _line_of(source, table)
            known = ", ".join(f"[[{t}]]" for t in sorted(shapes))
            raise ExtractorError(f"{path}:{line}: {table!r}: expected tables of the kinds {known}")
        for row, (_, line_number, lines) in zip(rows, places, strict=True):
            rule = Rule(table, row, path, line_number, lines)
            found = list(_mistakes(rule, {**shapes[table], **COMMON}))
            if found and mistakes is None:
                raise found[0]
            if mistakes is not None:
                mistakes += found
            if not found:
                rules.append(rule)
    rules.sort(key=lambda r: r.line)
    return rules


def _line_of(source: str, key: str) -> int:
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(rf"\s*\[*\s*{re.escape(key)}\b", line):
            return number
    return 1


def read_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a header line, each a dict; `columns` must all be there."""
    try:
        # not splitlines(): only line ends of files end a row, and Path.read_text has made those plain
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read as a UTF-8 table: {error}") from None
    head = lines[0].split("\t")
    missing = [c for c in columns if c not in head]
    if missing:
        raise ExtractorError(f"{path}:1: columns missing: {', '.join(missing)}")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(head):
            raise ExtractorError(f"{path}:{number}: {len(cells)} cells, expected {len(head)}")
        rows.append(dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True)))
    return rows


def by_table(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules of each table name, in order."""
    out: dict[str, list[Rule]] = {}
    for rule in rules:
        out.setdefault(rule.table, []).append(rule)
    return out
