"""The tables of a panel as pandas data frames: the same columns and nullable types every time, also without rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import ExtractorError
from extractor.panels.cells import Cell, Pair, Panel
from extractor.panels.choice import CRITERIA, Choice
from extractor.panels.maps import BOTH, LEVELS
from extractor.panels.outcomes import RESULTS, Outcome
from extractor.panels.phrases import SIGNS, outcome_in_words, pair_in_words, target_in_words
from extractor.panels.sources import Key, Source
from extractor.period_dates import period_bounds
from extractor.places.units import NEW, OLD, PAST
from extractor.records import COMPARATORS, DIRECTIONS, KINDS, ROLES, STATUSES
from extractor.wording import label, name_of, number

if TYPE_CHECKING:
    import pandas as pd

    from extractor.panels.choice import Reading

MEASURES = ("level", "change")
AGREEMENTS = ("single", "same", "compatible", "several", "conflict")
CHOICES = ("only", *CRITERIA, "order", "sum_of_parts")
BASES = ("stated", "levels", "year_of_span")
_JOINT = "; "


class Column(NamedTuple):
    """A column: its name, its pandas dtype (a tuple: a category with these words), and how a row fills it."""

    name: str
    dtype: str | tuple[str, ...]
    read: Callable[[Any], Any]


def figure(low: float, high: float | None, comparator: str, language: str = "en") -> str:
    """A value with its bounds in signs.

    >>> figure(4.0, None, "ge"), figure(1.0, 1.5, "eq")
    ('≥ 4', '1–1.5')
    """
    words = number(low, language) if high is None else f"{number(low, language)}–{number(high, language)}"
    return SIGNS[comparator] + words


def values_in_words(choice: Choice, language: str = "en") -> str:
    """All values of a cell, each with the number of articles that state it: "24.71 ×3; 26.61 ×1"."""
    mixed = len({status for *_, status in choice.counts}) > 1

    def one(reading: Reading, count: int) -> str:
        status = f" ({label('status', reading[3], language)})" if mixed else ""
        return f"{figure(*reading[:3], language)}{status} ×{count}"
    return _JOINT.join(one(reading, count) for reading, count in choice.counts.items())


def agreement(cell: Cell) -> str | None:
    """How the statements of a cell stand to each other; "several" too for one of the values of a list."""
    if cell.value is None:
        return None
    return "several" if cell.key.item else cell.value.agreement


def _key_columns(of: Callable[[Any], Key], subject: Callable[[Any], str | None], language: str) -> list[Column]:
    def field(name: str, dtype: str | tuple[str, ...]) -> Column:
        return Column(name, dtype, lambda row: getattr(of(row), name))

    def day(row: Any, which: int) -> Any:
        bounds = period_bounds(of(row).period)
        return None if bounds is None else bounds[which]

    return [
        field("indicator", "string"),
        Column("indicator_name", "string", lambda row: name_of("indicator", of(row).indicator, language)),
        field("place", "string"), field("level", LEVELS), field("province", "string"), field("province_code", "string"),
        field("part", "string"), field("map", (OLD, NEW, BOTH, PAST)), field("period", "string"),
        Column("period_start", "datetime64[s]", partial(day, which=0)),
        Column("period_end", "datetime64[s]", partial(day, which=1)),
        Column("groups", "string", lambda row: _JOINT.join(of(row).groups) or None),
        field("measure", MEASURES), field("direction", DIRECTIONS), field("kind", KINDS), field("unit", "string"),
        field("per", "string"), Column("subject", "string", subject), field("item", "Int64"), field("comparable", "boolean")]


def _source_columns(of: Callable[[Any], Source | None], prefix: str = "") -> list[Column]:
    """Where a value is read: the observation, its article, its sentence."""
    def column(name: str, dtype: str, read: Callable[[Source], Any]) -> Column:
        def value(row: Any) -> Any:
            source = of(row)
            return None if source is None else read(source)
        return Column(prefix + name, dtype, value)

    return [
        column("text", "string", lambda s: s.observation.text),
        column("confidence", "Float64", lambda s: s.observation.confidence),
        column("document", "string", lambda s: s.article.name),
        column("title", "string", lambda s: s.article.extraction.document.title),
        column("published", "string", lambda s: s.article.extraction.document.published),
        column("url", "string", lambda s: s.article.extraction.document.url),
        column("path", "string", lambda s: s.article.extraction.document.path),
        column("observation", "string", lambda s: s.observation.id),
        column("start", "Int64", lambda s: s.observation.start),
        column("end", "Int64", lambda s: s.observation.end),
        column("sentence", "string", lambda s: s.sentence)]


def _value_columns(of: Callable[[Any], Source | None], prefix: str = "") -> list[Column]:
    def column(name: str, dtype: str | tuple[str, ...], read: Callable[[Source], Any]) -> Column:
        def value(row: Any) -> Any:
            source = of(row)
            return None if source is None else read(source)
        return Column(prefix + name, dtype, value)

    return [
        column("value" if not prefix else "low", "Float64", lambda s: s.observation.low),
        column("high", "Float64", lambda s: s.observation.high),
        column("comparator", COMPARATORS, lambda s: s.observation.comparator)]


def _spread(choice: Choice | None, take: Callable[[Iterable[float]], float]) -> float | None:
    if choice is None:
        return None
    return take(v for low, high, *_ in choice.counts for v in (low, high) if v is not None)


def _panel_columns(language: str) -> list[Column]:
    def value_of(row: tuple[Cell, Pair | None]) -> Source | None:
        return row[0].value.source if row[0].value else None

    def target_of(row: tuple[Cell, Pair | None]) -> Source | None:
        return row[0].target.source if row[0].target else None

    def chosen(name: str, dtype: str | tuple[str, ...], read: Callable[[Choice], Any]) -> Column:
        return Column(name, dtype, lambda row: read(row[0].value) if row[0].value else None)

    def status(row: tuple[Cell, Pair | None]) -> str | None:
        cell = row[0]
        first = cell.value or next((p.value for p in cell.parts), None)
        return first.source.observation.status if first else None

    value, high, comparator = _value_columns(value_of)
    return [
        *_key_columns(lambda row: row[0].key, lambda row: row[0].subject, language),
        Column("status", STATUSES, status),
        value._replace(read=lambda row: row[0].total if row[0].total is not None else value.read(row)),
        high, comparator._replace(read=lambda row: "eq" if row[0].total is not None else comparator.read(row)),
        Column("of", "Float64", lambda row: row[0].value.source.observation.of if row[0].value else None),
        Column("choice", CHOICES, lambda row: "sum_of_parts" if row[0].total is not None
               else row[0].value.criterion if row[0].value else None),
        Column("agreement", AGREEMENTS, lambda row: agreement(row[0])),
        chosen("n_articles", "Int64", lambda c: c.articles), chosen("n_supporting", "Int64", lambda c: c.supporting),
        chosen("n_values", "Int64", lambda c: len(c.counts)),
        Column("min", "Float64", lambda row: _spread(row[0].value, min)),
        Column("max", "Float64", lambda row: _spread(row[0].value, max)),
        chosen("values", "string", lambda c: values_in_words(c, language)),
        *_source_columns(value_of),
        *_value_columns(target_of, "target_"),
        Column("target_values", "string", lambda row: values_in_words(row[0].target, language) if row[0].target else None),
        *_source_columns(target_of, "target_"),
        Column("result", RESULTS, lambda row: row[1].result if row[1] else None),
        Column("basis", BASES, lambda row: row[1].basis if row[1] else None),
        Column("articles", "string", lambda row: _JOINT.join(dict.fromkeys(s.article.name for s in row[0].sources)))]


def _target_columns(language: str) -> list[Column]:
    def outcome(name: str, dtype: str | tuple[str, ...], read: Callable[[Outcome], Any]) -> Column:
        return Column(f"outcome_{name}", dtype, lambda pair: read(pair.outcome) if pair.outcome else None)

    def last(pair: Pair) -> Source | None:
        return pair.cells[-1].value.source if pair.cells and pair.cells[-1].value else None

    def outcome_words(pair: Pair) -> str | None:
        return None if pair.outcome is None else outcome_in_words(pair, pair.outcome, language)

    return [
        *_key_columns(lambda pair: pair.target.key, lambda pair: pair.target.subject, language),
        *_value_columns(lambda pair: pair.target.target.source, "target_"),
        Column("outcome_period", "string", lambda pair: pair.cells[-1].key.period if pair.cells else None),
        outcome("low", "Float64", lambda o: o.low), outcome("high", "Float64", lambda o: o.high),
        outcome("comparator", COMPARATORS, lambda o: o.comparator), outcome("direction", DIRECTIONS, lambda o: o.direction),
        Column("outcome_status", STATUSES, lambda pair: s.observation.status if (s := last(pair)) else None),
        Column("basis", BASES, lambda pair: pair.basis), Column("result", RESULTS, lambda pair: pair.result),
        Column("target_words", "string", lambda pair: target_in_words(pair.target, language)),
        Column("outcome_words", "string", outcome_words),
        Column("summary", "string", lambda pair: pair_in_words(pair, language)),
        *_source_columns(lambda pair: pair.target.target.source, "target_"), *_source_columns(last, "outcome_")]


def _statement_columns(language: str) -> list[Column]:
    """One statement per row, with the cell that it speaks about."""
    def is_chosen(row: tuple[Cell, Source]) -> bool:
        return any(c is not None and c.source is row[1] for c in (row[0].value, row[0].target))

    return [
        *_key_columns(lambda row: row[0].key, lambda row: row[0].key.subject and row[1].observation.subject, language),
        Column("status", STATUSES, lambda row: row[1].observation.status),
        Column("role", ROLES, lambda row: row[1].observation.role),
        *_value_columns(lambda row: row[1]), Column("chosen", "boolean", is_chosen),
        Column("cluster", "Int64", lambda row: row[1].article.cluster + 1),
        *_source_columns(lambda row: row[1])]


def _rows_of_panel(panel: Panel) -> Iterator[tuple[Cell, Pair | None]]:
    first: dict[Key, Pair] = {}
    for pair in panel.pairs:
        if pair.basis != "year_of_span":
            first.setdefault(pair.target.key, pair)
    for cell in panel.cells:
        yield cell, first.get(cell.key)


def _statements(panel: Panel) -> Iterator[tuple[Cell, Source]]:
    for cell in panel.cells:
        if cell.total is None:
            for source in cell.sources:
                yield cell, source


def _in_conflict(panel: Panel) -> Iterator[tuple[Cell, Source]]:
    """The statements of the cells whose values, or whose targets, cannot all be true."""
    for cell, source in _statements(panel):
        choice = cell.target if source.observation.status == "target" else cell.value
        if choice is not None and choice.agreement == "conflict":
            yield cell, source


class _Table(NamedTuple):
    rows: Callable[[Panel], Iterable[Any]]
    columns: Callable[[str], list[Column]]


TABLES: Mapping[str, _Table] = {
    "panel": _Table(_rows_of_panel, _panel_columns),
    "targets": _Table(lambda panel: panel.pairs, _target_columns),
    "conflicts": _Table(_in_conflict, _statement_columns),
    "sources": _Table(_statements, _statement_columns),
}


def to_frame(panel: Panel, table: str = "panel", language: str = "en") -> pd.DataFrame:
    """One of the tables "panel", "targets", "conflicts", "sources"."""
    import pandas as pd

    if table not in TABLES:
        raise ExtractorError(f"table: expected one of {', '.join(TABLES)}, found {table!r}")
    columns = TABLES[table].columns(language)
    rows = list(TABLES[table].rows(panel))
    return pd.DataFrame({c.name: pd.Series(
        [c.read(row) for row in rows],
        dtype=pd.CategoricalDtype(list(c.dtype)) if isinstance(c.dtype, tuple) else c.dtype) for c in columns})
