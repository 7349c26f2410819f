"""Targets beside what became of them: met, missed, or not to be said."""

from __future__ import annotations

import math
from typing import NamedTuple

from extractor.indicators import LESS_IS_BETTER, MORE_IS_BETTER
from extractor.panels.choice import interval, step
from extractor.records import Observation

RESULTS = ("met", "missed", "open", "unclear")
_UP, _DOWN = "up", "down"


class Outcome(NamedTuple):
    """What happened: a value with its bounds, as stated or as the difference of two levels."""

    low: float
    high: float | None
    comparator: str
    direction: str | None


def good_side(target: Observation) -> str | None:
    """Which way `target` wants the value to go: "up" (at least), "down" (at most), None where it cannot be said.

    A comparator says so itself. A change is wanted to be no smaller than announced, unless it is one that nobody wants
    to grow (inflation). A level that is the end of a change is wanted in its direction.
    """
    wanted = _DOWN if target.indicator in LESS_IS_BETTER else _UP if target.indicator in MORE_IS_BETTER else None
    bound = _UP if target.comparator in ("ge", "gt") else _DOWN if target.comparator in ("le", "lt") else None
    if bound is not None:
        # nobody wants at least so much poverty: such a comparator was misread
        return bound if target.role == "change" or wanted in (bound, None) else None
    if target.role == "change":
        return _UP if target.direction == wanted or wanted is None else _DOWN
    return target.direction or wanted


def goal(target: Observation) -> tuple[float, float] | None:
    """The values that fulfil `target`; None where it cannot be said which side of the figure is the good one."""
    side = good_side(target)
    top = target.low if target.high is None else target.high
    if side == _UP:
        return target.low, math.inf
    return (-math.inf, top) if side == _DOWN else None


def result(target: Observation, outcome: Outcome) -> str:
    """Whether `outcome`, of the same measure, fulfils `target`.

    "unclear" where the outcome is only bounded, or printed more coarsely than the goal, and the goal lies within what
    it may be; or where the target does not say which side is good.
    """
    if target.role == "change" and target.direction and outcome.direction and target.direction != outcome.direction:
        return "missed" if good_side(target) == _UP else "unclear"
    wanted = goal(target)
    if wanted is None:
        equal = outcome.comparator == "eq" and outcome.high is None and outcome.low == target.low
        return "met" if equal else "unclear"
    low, high = interval(outcome.low, outcome.high, outcome.comparator)
    limit = next(value for value in wanted if math.isfinite(value))
    if low == high and target.kind == "percent" and step(low, "percent") > step(limit, "percent"):
        low, high = low - step(low, "percent") / 2, high + step(low, "percent") / 2
    within, outside = _sides(low, high, wanted, strict=target.comparator in ("gt", "lt"))
    return "met" if within else "missed" if outside else "unclear"


def _sides(low: float, high: float, wanted: tuple[float, float], *, strict: bool) -> tuple[bool, bool]:
    """Whether all values from `low` to `high` fulfil the goal, and whether none does."""
    if math.isinf(wanted[1]):
        return (low > wanted[0], high <= wanted[0]) if strict else (low >= wanted[0], high < wanted[0])
    return (high < wanted[1], low >= wanted[1]) if strict else (high <= wanted[1], low > wanted[1])
