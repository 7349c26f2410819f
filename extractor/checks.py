"""Arithmetic and consistency inside one article: precise rather than many, each a reason to look at the text again.

A check is confirmed on loose terms and fails on strict ones: numbers that agree to the last printed digit belong
together; numbers that disagree are only held against each other where nothing else could explain it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.indicators import RATES, SHARES
from extractor.records import Check, Extraction, Observation

_NEAR = 90  # characters between a count with its whole and the percentage that restates it
_WHOLE = 100
#: A sum that misses its total by less than this part of it was meant as one.
_MISSED = 0.02
#: Smaller totals are missed by chance.
_LEAST_TOTAL = 100
_LEAST_LAST = 10
_MOST_PARTS = 8
_STOPS = frozenset(";.:\n")
_CLAUSE_ENDS = _STOPS | {",", "("}
#: Indicators with one value at a place and time; disbursement has one for each fund and each project.
_ONE_VALUE = SHARES | RATES - {"disbursement_rate"}
#: Indicators that are a rate by their id; of others ("forest_cover") a percentage may be that of a plan.
_RATE = "_rate"
_YEAR = 4


def _digits(o: Observation) -> int:
    """Decimals printed in the figure of `o`."""
    figure = o.text.split("%")[0].strip().replace(".", ",")
    return len(figure.partition(",")[2].strip()) if "," in figure else 0


def _rounding(*numbers: Observation) -> float:
    """How far a calculation with `numbers` may be off because each is printed rounded."""
    return 0.501 * sum(10.0 ** -_digits(o) if o.kind == "percent" else 1.0 for o in numbers)


def _finest_step(numbers: Sequence[Observation]) -> float:
    """The last digit of the finest of `numbers` as printed; money is printed in thousands, millions, billions."""
    if numbers[0].kind == "percent":
        return 10.0 ** -max(map(_digits, numbers))
    return 10.0 ** min(_zeros(o.low) for o in numbers) if numbers[0].kind == "money" else 1.0


def _zeros(value: float) -> int:
    """Zeros at the end of a whole number: how far an amount of money may be rounded."""
    digits = f"{value:.0f}"
    return len(digits) - len(digits.rstrip("0"))


def _same(a: Observation, b: Observation) -> bool:
    return (a.indicator, a.place, a.kind, a.unit, a.groups) == (b.indicator, b.place, b.kind, b.unit, b.groups)


def _same_subject(a: Observation, b: Observation) -> bool:
    return a.subject is not None and b.subject is not None and a.subject.casefold() == b.subject.casefold()


def _exact(o: Observation) -> bool:
    return o.comparator == "eq" and o.high is None


def _number(value: float) -> str:
    return f"{value:.10g}"


def _sign(ok: bool) -> str:
    return "=" if ok else "≠"


def _years(start: Observation, end: Observation) -> int:
    """Years between the two ends of a change; 0 where it can't be said."""
    if start.period is None or end.period is None:
        return 0
    first, last = start.period[:_YEAR], end.period[-_YEAR:] if "/" in end.period else end.period[:_YEAR]
    return int(last) - int(first) if first.isdecimal() and last.isdecimal() else 0


def _is_change_of(change: Observation, start: Observation, end: Observation) -> bool:
    """Whether `change` may be the amount between the two levels: one sentence, one measure, one direction."""
    return (change.role == "change" and change.sentence == end.sentence and _same(change, end) and _exact(change)
            and change.per is None and change.direction == end.direction and change.status == end.status
            and change.period in (end.period, None) and start.kind == change.kind
            and (end.indicator != "other" or _same_subject(change, end)))


def _changes_beside(observations: Sequence[Observation], i: int) -> Iterator[Observation]:
    """The numbers beside the pair at `i` that may be its change: none that belongs to another pair or level."""
    sentence = observations[i].sentence
    if i >= 1 and not (i >= 2 and observations[i - 2].role in ("from", "to") and observations[i - 2].sentence == sentence):
        yield observations[i - 1]
    after = observations[i + 2:i + 4]
    if after and not (len(after) == 2 and after[1].role == "to" and after[1].sentence == sentence):
        yield after[0]


def differences(observations: Sequence[Observation]) -> Iterator[Check]:
    """From − to = change in one sentence; the change may be that of one of several years, or relative to the start."""
    for i, (start, end) in enumerate(itertools.pairwise(observations)):
        if ((start.role, end.role) != ("from", "to") or start.sentence != end.sentence or not _same(start, end)
                or not (_exact(start) and _exact(end))):
            continue
        low, high = sorted((start.low, end.low))
        for change in _changes_beside(observations, i):
            if not _is_change_of(change, start, end):
                continue
            margin, years, ids = _rounding(start, end, change), _years(start, end), [change.id, start.id, end.id]
            written = f"{_number(high)} − {_number(low)}"
            if years > 1 and abs((high - low) / years - change.low) <= margin:
                yield Check("difference", True, ids, f"({written}) / {years} = {_number(change.low)}")
            elif start.kind == "percent" and start.low and abs((high - low) / start.low * _WHOLE - change.low) <= margin:
                # a change of a percentage may be printed as a part of what it was
                yield Check("difference", True, ids, f"({written}) / {_number(start.low)} = {_number(change.low)}%")
            elif (ok := abs(high - low - change.low) <= margin) or years <= 1:
                yield Check("difference", ok, ids, f"{written} {_sign(ok)} {_number(change.low)}")


def shares(observations: Sequence[Observation], text: str) -> Iterator[Check]:
    """"82/97 xã (84,5%)": the percentage that restates a count of a whole."""
    for count, percent in itertools.pairwise(observations):
        if (not count.of or percent.kind != "percent" or count.kind == "percent" or count.sentence != percent.sentence
                or percent.start - count.end > _NEAR or percent.role != count.role or percent.high is not None
                or percent.indicator != count.indicator):
            continue
        share = count.low / count.of * _WHOLE
        ok = abs(share - percent.low) <= 2 * _rounding(percent)  # some papers cut digits off instead of rounding
        between = text[count.end:percent.start]
        beside = _STOPS.isdisjoint(between) and (_same_subject(count, percent) or between.rstrip().endswith("("))
        if ok or (beside and _exact(count) and _exact(percent)):
            yield Check("share", ok, [count.id, percent.id],
                        f"{_number(count.low)} / {_number(count.of)} = {share:.2f}% {_sign(ok)} {_number(percent.low)}%")


def sums(observations: Sequence[Observation]) -> Iterator[Check]:
    """A total and its parts, two or more, in one sentence; a sum that is only just missed fails."""
    for _, group in itertools.groupby(observations, key=lambda o: o.sentence):
        by_unit: dict[tuple[str, str | None, str | None, str], list[Observation]] = defaultdict(list)
        for o in group:
            if _exact(o) and o.of is None and o.role == "level":
                by_unit[o.kind, o.unit, o.per, o.status].append(o)
        for row in by_unit.values():
            yield from _sums_of(row)


def _sums_of(row: Sequence[Observation]) -> Iterator[Check]:
    """The first number that what follows it adds up to; else the last one that what stands before it adds up to.

    Small numbers add up by chance, and so do shares to 100 percent; a number that stands last may be no total at all.
    """
    for total, parts in ((row[0], row[1:]), (row[-1], row[:-1])):
        first = total is row[0]
        for n in range(2, min(len(parts), _MOST_PARTS) + 1):
            chosen = parts[:n] if first else parts[-n:]
            if (total.low <= max(o.low for o in chosen) or (total.kind == "percent" and total.low == _WHOLE)
                    or (not first and total.low < _LEAST_LAST)):
                continue
            added = sum(o.low for o in chosen)
            step = _finest_step([total, *chosen])
            ok = abs(added - total.low) <= 0.501 * step * (n if total.kind == "percent" else 1)
            missed = (first and n == len(parts) and total.low >= _LEAST_TOTAL and total.kind not in ("percent", "money")
                      and abs(added - total.low) <= _MISSED * total.low)
            if ok or missed:
                written = " + ".join(_number(o.low) for o in chosen)
                yield Check("sum", ok, [total.id, *(o.id for o in chosen)], f"{written} {_sign(ok)} {_number(total.low)}")
                return


def _shares_clause(before: Observation | None, o: Observation, text: str) -> bool:
    """Whether `before`, the number before `o`, stands in the same clause."""
    return before is not None and before.sentence == o.sentence and _CLAUSE_ENDS.isdisjoint(text[before.end:o.start])


def conflicts(observations: Sequence[Observation], text: str) -> Iterator[Check]:
    """The same indicator, place, group and period with two values that two sentences report as facts.

    A number that shares its clause with one before it ("31/64 trường đạt 100%") says something about that one.
    """
    seen: dict[tuple[object, ...], Observation] = {}
    for before, o in zip((None, *observations), observations, strict=False):
        if (_shares_clause(before, o, text) or o.kind != "percent" or o.indicator not in _ONE_VALUE or o.status != "actual" or o.role == "from" or not _exact(o)
                or o.period is None or o.place is None or o.subject is None or o.per is not None):
            continue
        key = (o.indicator, o.place, tuple(o.groups), o.period, o.role == "change" and o.direction, o.subject.casefold())
        first = seen.setdefault(key, o)
        if first.sentence != o.sentence and abs(first.low - o.low) > _rounding(first, o):
            yield Check("conflict", False, [first.id, o.id], f"{first.text} ≠ {o.text}")


def limits(observations: Sequence[Observation]) -> Iterator[Check]:
    """A share over 100 percent; a fall that is larger than the level it starts from."""
    for o in observations:
        if (o.kind == "percent" and o.indicator in SHARES and o.indicator.endswith(_RATE) and o.role != "change"
                and o.low > _WHOLE):
            yield Check("over_100", False, [o.id], f"{_number(o.low)}% > 100%")
    for a, b in itertools.pairwise(observations):
        pair = {a.role: a, b.role: b}
        change, level = pair.get("change"), pair.get("from")
        if (change and level and _same(a, b) and a.sentence == b.sentence and change.direction == "down"
                and change.low > level.low):
            yield Check("change_over_level", False, [change.id, level.id], f"{_number(change.low)} > {_number(level.low)}")


def run_checks(extraction: Extraction, text: str) -> list[Check]:
    """All checks over the observations of one article and its text, in a fixed order."""
    observations = [o for o in extraction.observations if o.section != "boilerplate"]
    return [*differences(observations), *shares(observations, text), *sums(observations), *conflicts(observations, text),
            *limits(observations)]
