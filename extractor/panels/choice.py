"""Which of several statements about one thing is taken as its value, and whether they contradict each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from extractor.panels.articles import joined
from extractor.panels.sources import Source

#: low, high, comparator and status as stated.
Reading = tuple[float, float | None, str, str]

#: "about 4%" is taken to lie within this part of the figure.
ABOUT = 0.05
#: A round figure in the place of a finer one may be off by this part of it.
_ROUNDED = 0.02
#: "more than 4%" and "less than 4%" are said of values within this part of the figure.
_BEYOND = 0.1


def step(value: float, kind: str) -> float:
    """The unit of the last digit of `value` that is not 0: how far it may be rounded. Percentages: 1 at most.

    >>> step(24.71, "percent"), step(1200000.0, "people"), step(30.0, "percent")
    (0.01, 100000.0, 1.0)
    """
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    found = 10.0 ** exponent if isinstance(exponent, int) and value else 1.0
    return min(found, 1.0) if kind == "percent" else found


def interval(low: float, high: float | None, comparator: str) -> tuple[float, float]:
    """The values that a statement allows.

    >>> interval(4.0, None, "ge"), interval(1.0, 1.5, "eq")
    ((4.0, inf), (1.0, 1.5))
    """
    top = low if high is None else high
    if comparator in ("ge", "gt"):
        return low, math.inf
    if comparator in ("le", "lt"):
        return -math.inf, top
    if comparator == "approx":
        return low - ABOUT * abs(low), top + ABOUT * abs(top)
    return low, top


def _meant(low: float, high: float | None, comparator: str) -> tuple[float, float]:
    """The values that a writer has in mind: "more than 830,000" is not said of three millions."""
    least, most = interval(low, high, comparator)
    if math.isinf(most):
        return least, least + _BEYOND * abs(least)
    return (most - _BEYOND * abs(most), most) if math.isinf(least) else (least, most)


def agree(a: Source, b: Source) -> bool:
    """Whether two statements may both be true: equal but for rounding, or one within the bounds of the other."""
    one, two = a.observation, b.observation
    (low1, high1), (low2, high2) = (_meant(o.low, o.high, o.comparator) for o in (one, two))
    if low1 <= high2 and low2 <= high1:
        return True
    gap = max(low1 - high2, low2 - high1)
    coarse = max(step(one.low, one.kind), step(two.low, two.kind))
    return gap <= min(0.501 * coarse, _ROUNDED * max(abs(one.low), abs(two.low)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the source, the criterion that decided, the articles behind it, and how the others stand to it.

    ``agreement`` is "single" (one statement), "same" (all say the same), "compatible" (rounded or bounded), "conflict"
    (two cannot both be true), "several" (they differ, but the indicator may have several values).
    """

    source: Source
    criterion: str
    articles: int
    supporting: int
    agreement: str
    counts: Mapping[Reading, int]


def independent(sources: Sequence[Source]) -> int:
    """How many independent articles `sources` come from: copies, and articles with the same sentence, count once."""
    sentences: dict[int, set[str]] = {}
    for s in sources:
        sentences.setdefault(s.article.cluster, set()).update({s.sentence_plain} - {""})
    return joined(sentences, {cluster: frozenset(said) for cluster, said in sentences.items()})


def _precision(source: Source) -> float:
    o = source.observation
    return -step(o.low, o.kind)


#: The criteria in the order in which they are asked; each takes the source with the largest value.
CRITERIA: Mapping[str, Callable[[Source, int], Any]] = {
    # the later end of a change is dated by its sentence, the start only by "before"
    "end_of_change": lambda s, _: s.observation.role != "from",
    "actual": lambda s, _: s.observation.status == "actual",
    "exact": lambda s, _: s.observation.comparator == "eq" and s.observation.high is None,
    "more_articles": lambda _, supporting: supporting,
    "newest": lambda s, _: s.published,
    "more_digits": lambda s, _: _precision(s),
    "confidence": lambda s, _: s.observation.confidence,
}


def choose(sources: Sequence[Source], single_valued: bool) -> Choice:
    """The value among `sources` (at least one, all of one cell): by the first of `CRITERIA` in which it is ahead.

    What is left equal is decided by the order of the articles' names.
    """
    ordered = sorted(sources, key=Source.order)
    by_reading: dict[Reading, list[Source]] = {}
    for s in ordered:
        by_reading.setdefault(s.reading, []).append(s)
    supporting = {reading: independent([t for t in ordered if agree(members[0], t)])
                  for reading, members in by_reading.items()}

    def rank(s: Source) -> tuple[Any, ...]:
        return tuple(measure(s, supporting[s.reading]) for measure in CRITERIA.values())

    best = max(ordered, key=rank)  # the first of equals
    rivals = [rank(s) for s in ordered if s.reading != best.reading]
    criterion = "only" if not rivals else _decided(rank(best), max(rivals))
    return Choice(best, criterion, independent(ordered), supporting[best.reading],
                  _agreement(by_reading, single_valued),
                  {reading: independent(members) for reading, members in sorted(by_reading.items(), key=_by_value)})


def _by_value(item: tuple[Reading, list[Source]]) -> tuple[float, float, str, str]:
    low, high, comparator, status = item[0]
    return (low, low if high is None else high, comparator, status)


def _decided(best: tuple[Any, ...], rival: tuple[Any, ...]) -> str:
    return next((name for name, a, b in zip(CRITERIA, best, rival, strict=True) if a != b), "order")


def _agreement(by_reading: Mapping[Any, Sequence[Source]], single_valued: bool) -> str:
    readings = [members[0] for members in by_reading.values()]
    if len(readings) == 1:
        return "single" if len(by_reading[readings[0].reading]) == 1 else "same"
    if all(agree(a, b) for a, b in combinations(readings, 2)):
        return "compatible"
    # a forecast that did not come true contradicts nobody
    stated = [s for s in readings if s.observation.status != "estimate"] or readings
    clash = any(not agree(a, b) for a, b in combinations(stated, 2))
    return "compatible" if not clash else "conflict" if single_valued else "several"
