"""An observation in words: "target, −4 points or more, 2024, Cao Bằng"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.indicators import is_rate
from extractor.patterns import Patterns
from extractor.records import Observation
from extractor.wording.labels import label, name_of

_MINUS, _PLUS, _DASH = "−", "+", "–"
_SCALES = ((1e9, "billion"), (1e6, "million"))
_PERIOD = re.compile(
    r"(?P<year>\d{4})-(?:Q(?P<quarter>\d)|H(?P<half>\d)|M(?P<months>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?)")


def number(value: float, language: str) -> str:
    """A number with the marks of the language; digits are not rounded below what a double holds.

    >>> number(5349, "vi"), number(24.71, "vi"), number(1234.5, "en")
    ('5.349', '24,71', '1,234.5')
    """
    whole, _, rest = f"{value:.10f}".rstrip("0").rstrip(".").partition(".")
    marks = str.maketrans({",": label("value", "thousands_mark", language)})
    return f"{int(whole):,}".translate(marks) + (label("value", "decimal_mark", language) + rest if rest else "")


def _scaled(value: float, kind: str, language: str) -> str:
    """Money in millions and billions, all else as it is."""
    if kind == "money":
        for scale, name in _SCALES:
            if value >= scale:
                return f"{number(value / scale, language)} {label('value', name, language)}"
    return number(value, language)


def _signed(o: Observation) -> bool:
    """Whether a sign shows the direction of a change; before "more than 5" a word does ("down more than 5")."""
    return o.role == "change" and o.direction is not None and o.comparator in ("eq", "ge")


def _amount(o: Observation, language: str) -> str:
    """The figure and its unit, with the sign of a change."""
    low = _scaled(o.low, o.kind, language)
    if o.of is not None:
        low = label("value", "of", language).replace("{}", low, 1).replace("{of}", _scaled(o.of, o.kind, language))
    figure = low if o.high is None else f"{low}{_DASH}{_scaled(o.high, o.kind, language)}"
    if _signed(o):
        figure = (_MINUS if o.direction == "down" else _PLUS) + figure
    if o.kind == "percent":
        if o.role == "change" and is_rate(o.indicator):
            return label("value", "point" if o.low == 1 and o.high is None else "points", language).replace("{}", figure)
        return figure + "%"
    return f"{figure} {label('unit', o.unit, language)}" if o.unit else figure


def per_in_words(per: str, language: str) -> str:
    """"person-year" in words; nouns without a label stay as they are.

    >>> per_in_words("person-year", "en"), per_in_words("10000-person", "en")
    ('person per year', '10,000 person')
    """
    parts = per.split("-")
    if len(parts) == 2 and parts[0].isdecimal():
        return f"{number(int(parts[0]), language)} {label('per', parts[1], language)}"
    joint = label("value", "per", language)
    words = label("per", parts[0], language)
    for part in parts[1:]:
        words = joint.replace("{}", words, 1).replace("{per}", label("per", part, language))
    return words


def value_in_words(o: Observation, language: str = "en") -> str:
    """What the number says: sign, figure, unit, comparator, what it is counted per, which end of a change it is."""
    words = _amount(o, language)
    if o.per is not None:
        words = label("value", "per", language).replace("{}", words, 1).replace("{per}", per_in_words(o.per, language))
    words = label("comparator", o.comparator, language).replace("{}", words)
    if o.role == "change" and o.direction is not None and not _signed(o):
        return label("value", f"change_{o.direction}", language).replace("{}", words)
    if o.role == "from":
        return label("value", "from", language).replace("{}", words)
    if o.role == "to" and o.direction is not None:
        return label("value", f"to_{o.direction}", language).replace("{}", words)
    return words


def period_in_words(period: str, language: str = "en") -> str:
    """A period in words.

    >>> period_in_words("2021/2025"), period_in_words("2024-M09"), period_in_words("2024-05-30")
    ('2021–2025', 'first 9 months of 2024', '30 May 2024')
    """
    if "/" in period:
        return _DASH.join(period_in_words(part, language) for part in period.split("/"))
    found = _PERIOD.fullmatch(period)
    if found is None:
        return period
    parts: Mapping[str, str | None] = found.groupdict()
    if parts["quarter"]:
        key, n = "quarter", int(parts["quarter"])
    elif parts["half"]:
        key, n = f"half_{parts['half']}", int(parts["half"])
    elif parts["months"]:
        key, n = "months", int(parts["months"])
    else:
        key, n = "day" if parts["day"] else "month", int(parts["month"] or 0)
    filled = {"{n}": str(n), "{year}": parts["year"] or "", "{day}": str(int(parts["day"] or 0)),
              "{name}": label("month", str(n), language)}
    words = label("period", key, language)
    for slot, word in filled.items():
        words = words.replace(slot, word)
    return words


def in_words(o: Observation, language: str = "en") -> str:
    """The observation in one line: status, value, period, place; what the article does not give is left out."""
    parts = [label("status", o.status, language), value_in_words(o, language),
             period_in_words(o.period, language) if o.period else None, o.place]
    return ", ".join(part for part in parts if part)


def field_in_words(o: Observation, field: str, language: str = "en", patterns: Patterns | None = None) -> str | None:
    """One field as people read it; None where the article does not give it."""
    value = getattr(o, field)
    if value is None or value == []:
        return None
    if field == "indicator":
        return name_of("indicator", value, language, patterns)
    if field == "groups":
        return ", ".join(name_of("group", group, language, patterns) for group in value)
    if field == "period":
        return period_in_words(value, language)
    if field == "per":
        return per_in_words(value, language)
    if field == "comparator":
        return label("comparator", value, language).replace("{}", "…")
    if field == "of":
        return number(value, language)
    return label(field, str(value), language)
