"""From documents to cells: place × period × indicator × group, each with its value, its target, and all who say so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.indicators import one_value
from extractor.panels.apart import set_apart
from extractor.panels.articles import Article, read_articles
from extractor.panels.choice import Choice, choose
from extractor.panels.maps import MAPS, ProvinceMap
from extractor.panels.outcomes import Outcome, result
from extractor.panels.sources import Key, Source, sources_of
from extractor.patterns import Patterns, load_patterns
from extractor.period_dates import period_bounds
from extractor.records import Extraction

#: What is printed in the last part of a period counts as its result.
_LAST_PART = 0.1


@dataclass(slots=True)
class Cell:
    """One row of the panel. ``value`` is None where only a target is known, ``target`` where none is."""

    key: Key
    value: Choice | None
    target: Choice | None
    sources: Sequence[Source]
    #: Set where no article states the value: the sum of the parts of a province, with their cells.
    total: float | None = None
    parts: Sequence[Cell] = ()

    @property
    def subject(self) -> str | None:
        """The phrase that tells the cell from others of its indicator, as the chosen article prints it."""
        chosen = self.value or self.target
        return chosen.source.observation.subject if self.key.subject is not None and chosen is not None else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A target and what became of it; ``basis`` says how the outcome is known (a key of the labels ``basis``)."""

    target: Cell
    outcome: Outcome | None
    basis: str | None
    cells: Sequence[Cell]
    result: str | None


@dataclass(slots=True)
class Panel:
    """All cells in their order, the targets with their outcomes, and what was left out, by reason."""

    cells: list[Cell]
    pairs: list[Pair]
    articles: list[Article]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def independent_articles(self) -> int:
        """How many articles there are when near-identical ones are counted once."""
        return len({a.cluster for a in self.articles})


def build_panel(extractions: Iterable[Extraction], *, min_confidence: float = 0.0, provinces: str = "then",
                folder: Path | None = None) -> Panel:
    """The panel of `extractions`, the same whatever their order; see `extractor.panel` for the arguments."""
    if provinces not in MAPS:
        raise ExtractorError(f"provinces: expected one of {', '.join(MAPS)}, found {provinces!r}")
    articles = read_articles(extractions, folder)
    places = load_patterns().part(_map_then if provinces == "then" else _map_now)
    left_out: Counter[str] = Counter()
    sources = [s for article in articles for s in sources_of(article, places, min_confidence, left_out)]
    cells = {key: _cell(key, said) for key, said in set_apart(sources).items()}
    if provinces == "now":
        from extractor.panels.sums import add_sums

        add_sums(cells, places)
    ordered = [cells[key] for key in sorted(cells, key=Key.order)]
    return Panel(ordered, list(pairs(cells)), articles, dict(sorted(left_out.items())))


def _map_then(patterns: Patterns) -> ProvinceMap:
    return ProvinceMap(patterns, "then")


def _map_now(patterns: Patterns) -> ProvinceMap:
    return ProvinceMap(patterns, "now")


def _cell(key: Key, sources: Sequence[Source]) -> Cell:
    single = one_value(key.indicator, key.kind)
    goals = [s for s in sources if s.observation.status == "target"]
    facts = [s for s in sources if s.observation.status != "target"]
    return Cell(key, choose(facts, single) if facts else None, choose(goals, single) if goals else None,
                sorted(sources, key=Source.order))


def pairs(cells: Mapping[Key, Cell]) -> Iterable[Pair]:
    """Every target of `cells` with the outcomes that it can be held against, one by one; without any, alone."""
    by_span = _years_of(cells)
    for key in sorted(cells, key=Key.order):
        cell = cells[key]
        if cell.target is None:
            continue
        found = [*_stated(cell), *_opposite(cell, cells), *_from_levels(cell, cells), *_each_year(cell, by_span)]
        yield from found or [Pair(cell, None, None, (), None)]


def _pair(target: Cell, outcome: Outcome, basis: str, cells: Sequence[Cell]) -> Pair:
    assert target.target is not None
    found = result(target.target.source.observation, outcome)
    # what is printed before the time is over is no outcome yet, or was given a wrong year
    if any(_is_early(cell) for cell in cells):
        found = "open"
    return Pair(target, outcome, basis, cells, found)


def _is_early(cell: Cell) -> bool:
    """Whether the value was printed well before its period was over; in December a year's results are out."""
    bounds = period_bounds(cell.key.period)
    published = cell.value.source.published if cell.value is not None else ""
    return bounds is not None and bool(published) and published < (bounds[1] - (bounds[1] - bounds[0]) * _LAST_PART).isoformat()


def _outcome(cell: Cell) -> Outcome | None:
    if cell.value is None or cell.key.rule:
        return None
    o = cell.value.source.observation
    return Outcome(o.low, o.high, o.comparator, o.direction if cell.key.measure == "change" else None)


def _stated(cell: Cell) -> Iterable[Pair]:
    outcome = _outcome(cell)
    if outcome is not None:
        yield _pair(cell, outcome, "stated", (cell,))


def _opposite(cell: Cell, cells: Mapping[Key, Cell]) -> Iterable[Pair]:
    """The value moved the other way."""
    if cell.value is not None or cell.key.direction is None:
        return
    other = cells.get(cell.key._replace(direction="up" if cell.key.direction == "down" else "down"))
    outcome = _outcome(other) if other is not None else None
    if other is not None and outcome is not None:
        yield _pair(cell, outcome, "stated", (other,))


def _from_levels(cell: Cell, cells: Mapping[Key, Cell]) -> Iterable[Pair]:
    """A change that no article states, as the difference of the levels of two years that follow each other."""
    key = cell.key
    if (cell.value is not None or key.measure != "change" or key.per is not None or not key.period.isdecimal()
            or not one_value(key.indicator, key.kind)):
        return
    level = key._replace(measure="level", direction=None)
    both = [cells.get(level._replace(period=year)) for year in (str(int(key.period) - 1), key.period)]
    exact = [c for c in both if c is not None and c.value is not None and c.value.source.observation.high is None
             and c.value.source.observation.comparator == "eq"]
    if len(exact) != len(both):
        return
    before, after = (c.value.source.observation.low for c in exact if c.value is not None)
    change = round(after - before, 6)
    yield _pair(cell, Outcome(abs(change), None, "eq", "down" if change < 0 else "up"), "levels", exact)


def _years_of(cells: Mapping[Key, Cell]) -> Mapping[Key, list[Cell]]:
    """Cells of single years by their key without the year."""
    found: dict[Key, list[Cell]] = defaultdict(list)
    for key in sorted(cells, key=Key.order):
        if key.period.isdecimal():
            found[key._replace(period="")].append(cells[key])
    return found


def _each_year(cell: Cell, by_span: Mapping[Key, list[Cell]]) -> Iterable[Pair]:
    """A goal for every year of a span ("1 to 1.5 points a year"), with each year of it that has a value."""
    key = cell.key
    first, _, last = key.period.partition("/")
    if key.per != "year" or key.measure != "change" or not (first.isdecimal() and (last or first).isdecimal()):
        return
    for year in by_span.get(key._replace(period="", per=None), ()):
        outcome = _outcome(year)
        if outcome is not None and int(first) <= int(year.key.period) <= int(last or first):
            yield _pair(cell, outcome, "year_of_span", (year,))
