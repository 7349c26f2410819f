"""Extractions as bytes of an output format. This runs in the worker processes, so that the run only has to write them.

The bytes depend on the articles alone: neither on the worker nor on what it did before.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.draft import Article
from extractor.records import Extraction
from extractor.writing.cells import cells, clean, columns, number, rows
from extractor.writing.outputs import Output

Pairs = Sequence[tuple[Article, Extraction]]
#: Bytes by table ("" for documents).
Payload = dict[str, bytes]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_PACKING: Final = 6
_BOM: Final = "\ufeff"


@dataclass(frozen=True)
class Options:
    """What the user may choose about an output."""

    with_text: bool = False
    plain_csv: bool = False
    indent: int | None = None
    single: bool = False  # one article only: .json holds its document, not a list


@dataclass(frozen=True)
class Encoder:
    """Turns extractions into the bytes of `output`; picklable, so that each worker has one."""

    output: Output
    options: Options = Options()

    def __call__(self, pairs: Pairs) -> Payload:
        """The bytes that these articles add to each file."""
        return _ENCODERS[self.output.format](self, pairs)

    def head(self, table: str) -> bytes:
        """What the file of a table begins with, before the first article."""
        if self.output.format == "json" and not self.options.single:
            return b"[\n"
        if self.output.format == "csv":
            titles = [c.name for c in columns(table, self.options.with_text)]
            return self._pack(("" if self.options.plain_csv else _BOM) + _csv([titles]))
        return b""

    def between(self) -> bytes:
        """What stands between the bytes of two calls."""
        return b",\n" if self.output.format == "json" else b""

    def tail(self) -> bytes:
        """What each file ends with, after the last article."""
        if self.output.format != "json":
            return b""
        return b"\n" if self.options.single else b"\n]\n"

    def _documents(self, pairs: Pairs) -> list[str]:
        with_text, indent = self.options.with_text, self.options.indent
        return [document(e, a.text if with_text else None, indent) for a, e in pairs]

    def _jsonl(self, pairs: Pairs) -> Payload:
        return {"": self._pack("".join(d + "\n" for d in self._documents(pairs)))}

    def _json(self, pairs: Pairs) -> Payload:
        return {"": ",\n".join(self._documents(pairs)).encode()}

    def _csv(self, pairs: Pairs) -> Payload:
        return {table: self._pack(self._csv_rows(table, pairs)) for table in self.output.tables}

    def _csv_rows(self, table: str, pairs: Pairs) -> str:
        with_text = self.options.with_text
        shown = [_shower(c.dtype, self.options.plain_csv) for c in columns(table, with_text)]
        return _csv(rows([list(map(show, cell)) for show, cell in
                          zip(shown, cells(table, pairs, with_text), strict=True)]))

    def _arrow(self, pairs: Pairs) -> Payload:
        from extractor.writing.arrow import encode

        with_text = self.options.with_text
        return {table: encode(table, cells(table, pairs, with_text), with_text) for table in self.output.tables}

    def _pack(self, text: str) -> bytes:
        data = (text if _is_utf8(text) else clean(text) or "").encode()
        return gzip.compress(data, _PACKING, mtime=0) if self.output.packed and data else data


_ENCODERS: Final[Mapping[str, Callable[[Encoder, Pairs], Payload]]] = {
    "jsonl": Encoder._jsonl, "json": Encoder._json, "csv": Encoder._csv, "parquet": Encoder._arrow,
    "duckdb": Encoder._arrow}


def document(extraction: Extraction, text: str | None = None, indent: int | None = None) -> str:
    """The JSON document of an article, with its text under ``document.text`` if that is given."""
    if text is None:
        return extraction.to_json(indent)
    found = extraction.to_dict()
    found["document"]["text"] = text
    out = json.dumps(found, ensure_ascii=False, indent=indent)
    return out if _is_utf8(out) else json.dumps(found, ensure_ascii=True, indent=indent)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _csv(lines: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _shower(dtype: str, plain: bool) -> Callable[[Any], str | None]:
    """How a cell of a column of this type is written; None is an empty cell."""
    if dtype in ("Int64", "Float64"):
        return lambda value: None if value is None else number(value)
    if dtype == "boolean":
        return lambda value: None if value is None else "true" if value else "false"
    return _as_it_is if plain else no_formula


def _as_it_is(value: str | None) -> str | None:
    return value


def no_formula(value: str | None) -> str | None:
    """A text that a spreadsheet would calculate gets an apostrophe in front, which it takes for "this is a text"."""
    return "'" + value if value and value.startswith(_FORMULA) else value
