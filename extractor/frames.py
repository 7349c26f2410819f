"""Records as pandas tables: one row per record, one column per field, the same columns and types every time.

The columns follow `extractor.records`: words from a closed list are categories, other words strings, numbers are
nullable integers and floats, lists of words are joined by "; ", spans become two columns, a list of mentions becomes
its length and the place of the first, evidence and rules become JSON text. The first column, ``document``, is the
article's id (where it has none, its path; where it has neither, the start of its hash).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from extractor.errors import ExtractorError
from extractor.records import Check, Document, Extraction, Observation, Official, Period, Place, Province, Target
from extractor.schema import FieldInfo, record_fields

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Mapping[Any, str] = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}
_JOINT = "; "
# What a target says is in its observation: these fields of it stand beside the target's own.
_OF_TARGET = ("kind", "low", "high", "comparator", "unit", "per", "indicator", "subject", "groups", "place", "province",
              "period", "status", "role", "direction", "speaker")
_COUNTED = ("percentages", "household_counts", "other_quantities", "targets", "officials", "provinces", "places")


class Column(NamedTuple):
    """A column of a table: its name, its pandas dtype ("category" with `choices`), how a row fills it, its meaning."""

    name: str
    dtype: str
    read: Callable[[Any], Any]
    choices: tuple[str, ...] = ()
    doc: str = ""


def _columns_of(info: FieldInfo) -> list[Column]:
    """The columns that one field of a record becomes."""
    name, kind, doc = info.name, info.type, info.doc.text

    def field(row: Any) -> Any:
        return getattr(row, name)

    if info.doc.choices is not None:
        return [Column(name, "category", field, info.doc.choices, doc)]
    if kind in _DTYPES:
        return [Column(name, _DTYPES[kind], field, doc=doc)]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return [Column(f"{name}_start", "Int64", lambda row: field(row)[0], doc=f"{doc}: the start"),
                Column(f"{name}_end", "Int64", lambda row: field(row)[1], doc=f"{doc}: the end")]
    if origin is dict:
        return [Column(name, "string", lambda row: json.dumps(field(row), ensure_ascii=False),
                       doc=f"{doc} (a JSON object)")]
    if origin is list and arguments == (str,):
        return [Column(name, "string", lambda row: _JOINT.join(field(row)), doc=f'{doc} (joined by "{_JOINT}")')]
    if origin is list:
        return [Column(name, "Int64", lambda row: len(field(row)), doc=f"{doc}: how many"),
                Column("first_start", "Int64", lambda row: field(row)[0].start if field(row) else None,
                       doc="the start of the first mention"),
                Column("first_end", "Int64", lambda row: field(row)[0].end if field(row) else None,
                       doc="the end of the first mention")]
    return [Column(f"{name}_{inner.name}", inner.dtype, _through(name, inner.read), inner.choices,
                   f"{doc}: {inner.doc}") for part in record_fields(kind) for inner in _columns_of(part)]


def _through(name: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The reader of a field of the record that stands in the field `name`, or None where there is none."""
    def value(row: Any) -> Any:
        inner = getattr(row, name)
        return None if inner is None else read(inner)
    return value


def _columns(record: type, only: Iterable[str] | None = None, leave_out: Iterable[str] = ()) -> list[Column]:
    """The columns of a record class: of all its fields, of `only` some, or of all but some."""
    return [c for info in record_fields(record) if info.name not in leave_out and (only is None or info.name in only)
            for c in _columns_of(info)]


def _of_part(columns: Iterable[Column], part: int) -> list[Column]:
    """The same columns for rows that are tuples of records, of which part number `part` may be missing."""
    def reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda row: None if row[part] is None else read(row[part])
    return [c._replace(read=reader(c.read)) for c in columns]


def _count(name: str) -> Column:
    return Column(f"n_{name}", "Int64", lambda row: len(getattr(row[1], name)),
                  doc=f"how many {name.replace('_', ' ')} there are")


def _targets(extraction: Extraction) -> Iterator[tuple[Target, Observation | None]]:
    by_id = {o.id: o for o in extraction.observations}
    for target in extraction.targets:
        yield target, by_id.get(target.observation)


def _article(extraction: Extraction) -> Iterator[tuple[Document, Extraction]]:
    yield extraction.document, extraction


class Table(NamedTuple):
    """A table: the rows that one extraction gives, and its columns without the key."""

    rows: Callable[[Extraction], Iterable[Any]]
    columns: list[Column]


TABLES: Mapping[str, Table] = {
    "observations": Table(lambda e: e.observations, _columns(Observation)),
    "targets": Table(_targets, [
        *_of_part(_columns(Target), 0), *_of_part(_columns(Observation, only=_OF_TARGET), 1)]),
    "officials": Table(lambda e: e.officials, _columns(Official)),
    "provinces": Table(lambda e: e.provinces, _columns(Province)),
    "places": Table(lambda e: e.places, _columns(Place)),
    "periods": Table(lambda e: e.periods, _columns(Period)),
    "checks": Table(lambda e: e.checks, _columns(Check)),
    "articles": Table(_article, [
        *_of_part(_columns(Document, leave_out=("id", "sections")), 0), *(_count(name) for name in _COUNTED),
        Column("warnings", "string", lambda row: _JOINT.join(row[1].warnings),
               doc=f'what the reader of the article\'s records should know (joined by "{_JOINT}")'),
        Column("version", "string", lambda row: row[1].extractor.get("version"), doc="the version of the code"),
        Column("patterns", "string", lambda row: row[1].extractor.get("patterns"),
               doc="the SHA-256 of the pattern files")]),
}
KEY = Column("document", "string", lambda document: document.id or document.path or document.sha256[:12],
             doc="the article: its id, where it has none its path, where it has neither the start of its hash")

COLUMNS: Mapping[str, list[Column]] = {name: [KEY, *table.columns] for name, table in TABLES.items()}


def to_dataframe(extractions: Iterable[Extraction], table: str = "observations", *, dates: bool = False) -> pd.DataFrame:
    """One table over any number of extractions, in their order; its columns are ``COLUMNS[table]``.

    With `dates` days become timestamps: ``published`` itself, and for a ``period`` (of a year, a quarter …) its first
    and last day in two columns after it, ``period_start`` and ``period_end`` (of the table "periods": ``value_…``).
    """
    import pandas as pd

    if table not in TABLES:
        raise ExtractorError(f"no table {table!r}; there are {', '.join(TABLES)}")
    rows, columns = TABLES[table]
    keys: list[Any] = []
    values: list[list[Any]] = [[] for _ in columns]
    for extraction in extractions:
        key = KEY.read(extraction.document)
        for row in rows(extraction):
            keys.append(key)
            for column, cells in zip(columns, values, strict=True):
                cells.append(column.read(row))
    data = {c.name: pd.Series(cells, dtype=pd.CategoricalDtype(list(c.choices)) if c.dtype == "category" else c.dtype)
            for c, cells in zip(COLUMNS[table], [keys, *values], strict=True)}
    made = pd.DataFrame(data)
    return _with_dates(made, "value" if table == "periods" else "period") if dates else made


def _with_dates(made: pd.DataFrame, period: str) -> pd.DataFrame:
    """`made` with days as timestamps; where a period is not known or no period, they are missing."""
    import pandas as pd

    from extractor.period_dates import period_bounds

    if "published" in made:
        made["published"] = pd.to_datetime(made["published"], format="%Y-%m-%d").astype("datetime64[s]")
    if period in made:
        bounds = [period_bounds(None if pd.isna(value) else str(value)) for value in made[period]]
        for n, name in enumerate(("start", "end")):
            days = pd.Series([None if b is None else b[n].isoformat() for b in bounds], dtype="string")
            made.insert(list(made.columns).index(period) + n + 1, f"{period}_{name}", pd.to_datetime(days).astype("datetime64[s]"))
    return made
