"""The tables' columns and the cells of many extractions, column by column, before any format is given to them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from extractor.draft import Article
from extractor.frames import COLUMNS, KEY, TABLES, Column
from extractor.records import Extraction

#: What the article was read from; only with ``--with-text``, as last column of its table.
TEXT: Final = Column("text", "string", lambda text: text,
                     doc="the text that all offsets refer to (with --with-text only)")
_DAYS: Final = ("published",)
_WHOLE_BELOW: Final = 1e15  # larger floats don't hold every integer


def columns(table: str, with_text: bool = False) -> list[Column]:
    """The columns of a table as files hold it: those of `extractor.frames`, the day of publication as a date."""
    found = [c._replace(dtype="date") if table == "articles" and c.name in _DAYS else c for c in COLUMNS[table]]
    return [*found, TEXT] if with_text and table == "articles" else found


def cells(table: str, pairs: Iterable[tuple[Article, Extraction]], with_text: bool = False) -> list[list[Any]]:
    """The cells of a table, one list per column of `columns`: str, int, float, bool, or None."""
    rows, filled = TABLES[table]
    keys: list[Any] = []
    values: list[list[Any]] = [[] for _ in filled]
    texts: list[Any] = []
    for article, extraction in pairs:
        key = KEY.read(extraction.document)
        for row in rows(extraction):
            keys.append(key)
            for column, cell in zip(filled, values, strict=True):
                cell.append(column.read(row))
            texts.append(article.text)
    return [keys, *values, texts] if with_text and table == "articles" else [keys, *values]


def as_day(value: str | None) -> datetime.date | None:
    """An ISO date as a date."""
    return None if value is None else datetime.date.fromisoformat(value)


def clean(value: str | None) -> str | None:
    """`value` as UTF-8 can hold it: a lone half of a surrogate pair becomes the sign for what cannot be shown."""
    if value is None or value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number(value: float) -> str:
    """A number as text: whole ones without a decimal point."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < _WHOLE_BELOW:
        return str(int(value))
    return repr(value)


def rows(found: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """The same cells row by row."""
    return zip(*found, strict=True)
