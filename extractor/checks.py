"""Arithmetic and consistency inside one article: precise rather than many, each a reason to look at the text again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from extractor.records import Check, Extraction, Observation

_NEAR = 90  # characters between a count with its whole and the percentage that restates it
_WHOLE = 100
#: Rates that may go over 100 percent, or under 0, but have one value at a place and time.
_RATES = frozenset({"gdp_growth", "inflation", "population_growth", "disbursement_rate"})
#: Indicators that are shares of a whole and can't go over 100 percent.
SHARES = frozenset({
    "poverty_rate", "near_poverty_rate", "multidimensional_poverty_rate", "trained_labour_rate", "unemployment_rate",
    "labour_structure", "child_malnutrition", "literacy", "forest_cover", "urbanisation_rate", "ethnic_minority_share",
    "school_results", "clean_water", "electricity", "sanitation", "waste_collection", "culture_standard"})


def _digits(o: Observation) -> int:
    """Decimals printed in the figure of `o`."""
    figure = o.text.split("%")[0].strip().replace(".", ",")
    return len(figure.partition(",")[2].strip()) if "," in figure else 0


def _same(a: Observation, b: Observation) -> bool:
    return (a.indicator, a.place, a.kind, a.unit, tuple(a.groups)) == (b.indicator, b.place, b.kind, b.unit, tuple(b.groups))


def _number(value: float) -> str:
    return f"{value:.10g}"


def differences(observations: Sequence[Observation]) -> Iterator[Check]:
    """From − to = change, where the three stand in one sentence or the change in the one beside it."""
    for i, start in enumerate(observations[:-1]):
        end = observations[i + 1]
        if (start.role, end.role) != ("from", "to") or start.sentence != end.sentence or not _same(start, end):
            continue
        for change in observations[max(0, i - 2):i + 4]:
            if change.role != "change" or not _same(change, end) or change.high is not None or change.per != end.per:
                continue
            if end.indicator == "other" and (change.subject or "").casefold() != (end.subject or "").casefold():
                continue
            if change.direction != end.direction or change.status != end.status:
                continue
            if change.period not in (end.period, None) or change.comparator not in ("eq", "approx"):
                continue
            low, high = sorted((start.low, end.low))
            tolerance = 1.001 * 10 ** -min(_digits(start), _digits(end), _digits(change)) if start.kind == "percent" else 0.5
            ok = abs(high - low - change.low) <= tolerance * (10 if change.comparator == "approx" else 1)
            sign = "=" if ok else "≠"
            yield Check("difference", ok, [change.id, start.id, end.id],
                        f"{_number(high)} − {_number(low)} {sign} {_number(change.low)}")


def shares(observations: Sequence[Observation]) -> Iterator[Check]:
    """"82/97 xã (84,5%)": the percentage that restates a count of a whole."""
    for count, percent in itertools.pairwise(observations):
        if count.of is None or percent.kind != "percent" or count.sentence != percent.sentence or not count.of:
            continue
        if percent.start - count.end > _NEAR or percent.role != count.role or percent.high is not None:
            continue
        if percent.indicator != count.indicator:
            continue
        share = count.low / count.of * _WHOLE
        ok = abs(share - percent.low) <= 1.001 * 10 ** -_digits(percent)
        sign = "=" if ok else "≠"
        yield Check("share", ok, [count.id, percent.id],
                    f"{_number(count.low)} / {_number(count.of)} = {share:.2f}% {sign} {_number(percent.low)}%")


def conflicts(observations: Sequence[Observation]) -> Iterator[Check]:
    """The same indicator, place, group and period with two values that the article both reports as facts."""
    seen: dict[tuple[object, ...], Observation] = {}
    for o in observations:
        if (not (o.indicator in SHARES or o.indicator in _RATES) or o.kind != "percent" or o.status != "actual" or o.role not in ("level", "to") or o.period is None
                or o.place is None or o.comparator != "eq" or o.high is not None or o.section == "boilerplate" or o.subject is None):
            continue
        key = (o.indicator, o.place, tuple(o.groups), o.period, o.kind, o.unit, o.per, o.subject.casefold())
        first = seen.setdefault(key, o)
        if first.low != o.low and first.of == o.of:
            yield Check("conflict", False, [first.id, o.id], f"{first.text} ≠ {o.text}")


def limits(observations: Sequence[Observation]) -> Iterator[Check]:
    """A share over 100 percent; a fall that is larger than the level it starts from."""
    for o in observations:
        if o.kind == "percent" and o.indicator in SHARES and o.role != "change" and o.low > _WHOLE:
            yield Check("over_100", False, [o.id], f"{_number(o.low)}% > 100%")
    for a, b in itertools.pairwise(observations):
        pair = {a.role: a, b.role: b}
        change, level = pair.get("change"), pair.get("from")
        if change and level and _same(a, b) and a.sentence == b.sentence and change.direction == "down" and change.low > level.low:
            yield Check("change_over_level", False, [change.id, level.id], f"{_number(change.low)} > {_number(level.low)}")


def run_checks(extraction: Extraction) -> list[Check]:
    """All checks over the observations of one article, in a fixed order."""
    observations = [o for o in extraction.observations if o.section != "boilerplate"]
    return [*differences(observations), *shares(observations), *conflicts(observations), *limits(observations)]
