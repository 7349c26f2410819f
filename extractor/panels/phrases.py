"""Cells and targets in words: "target 2024: ≥ 4 points; outcome: 4.23 points, met"."""

from __future__ import annotations

from extractor.indicators import SHARES
from extractor.panels.cells import Cell, Pair
from extractor.panels.outcomes import Outcome
from extractor.panels.sources import Key
from extractor.wording import label, name_of, number, per_in_words, period_in_words

#: Bounds in signs.
SIGNS = {"eq": "", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}
#: Whose changes are in points; a change of "GDP growth" is the growth itself.
_IN_POINTS = SHARES | {"disbursement_rate"}
_ABBREVIATION = 4
_SCALES = ((1e9, "billion"), (1e6, "million"))


def amount(key: Key, low: float, high: float | None, comparator: str, language: str, *, unit: str | None = None) -> str:
    """A value of the cell `key` with sign, unit and direction; `unit` is the noun as printed.

    Changes of rates are in points; money is in millions and billions.
    """
    if unit is not None and unit.isupper() and len(unit) > _ABBREVIATION:
        unit = unit.lower()  # from a headline in capitals
    scale, name = next(((s, n) for s, n in _SCALES if key.kind == "money" and low >= s), (1.0, ""))
    figure = "–".join(number(round(v / scale, 6), language) for v in (low, high) if v is not None)
    words = SIGNS[comparator] + figure
    if key.kind == "percent":
        points = key.measure == "change" and key.indicator in _IN_POINTS
        words = (label("value", "point" if low == 1 and high is None else "points", language).replace("{}", words)
                 if points else f"{words}%")
    else:
        parts = [words, label("value", name, language) if name else "", label("unit", unit, language) if unit else ""]
        words = " ".join(part for part in parts if part)
    if key.per:
        words = label("value", "per", language).replace("{}", words).replace("{per}", per_in_words(key.per, language))
    return words if key.direction is None else label("value", f"change_{key.direction}", language).replace("{}", words)


def value_in_words(cell: Cell, language: str) -> str | None:
    """The value of a cell; None where it has only a target."""
    if cell.total is not None:
        return amount(cell.key, cell.total, None, "eq", language, unit=cell.sources[0].observation.unit)
    if cell.value is None:
        return None
    o = cell.value.source.observation
    words = amount(cell.key, o.low, o.high, o.comparator, language, unit=o.unit)
    return words if o.of is None else label("value", "of", language).replace("{}", words).replace(
        "{of}", number(o.of, language))


def target_in_words(cell: Cell, language: str) -> str | None:
    """The target of a cell, None where it has none."""
    if cell.target is None:
        return None
    o = cell.target.source.observation
    return amount(cell.key, o.low, o.high, o.comparator, language, unit=o.unit)


def outcome_in_words(pair: Pair, outcome: Outcome, language: str) -> str:
    """What became of a target."""
    key = pair.target.key._replace(direction=outcome.direction, per=None if pair.basis == "year_of_span" else pair.target.key.per)
    unit = pair.cells[-1].value.source.observation.unit if pair.cells and pair.cells[-1].value else None
    return amount(key, outcome.low, outcome.high, outcome.comparator, language, unit=unit)


def pair_in_words(pair: Pair, language: str) -> str:
    """A target with its outcome in one line."""
    words = label("panel", "target_is", language)
    filled = {"{period}": period_in_words(pair.target.key.period, language),
              "{target}": target_in_words(pair.target, language) or ""}
    if pair.outcome is not None and pair.result is not None:
        year = pair.cells[-1].key.period
        words += label("panel", "outcome_is" if year == pair.target.key.period else "outcome_of_year", language)
        filled |= {"{outcome}": outcome_in_words(pair, pair.outcome, language),
                   "{year}": period_in_words(year, language), "{result}": label("result", pair.result, language)}
    for slot, word in filled.items():
        words = words.replace(slot, word)
    return words


def groups_in_words(key: Key, language: str) -> str:
    """The population of a cell, "" for everybody."""
    return ", ".join(name_of("group", group, language) for group in key.groups)
