"""What the quantity step needs of the pattern files, compiled once."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.patterns import Patterns
from extractor.quantities.figures import NumberWords
from extractor.text.normalize import fold


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Number words, the marks between two ends of a range, and word sets by id."""

    numbers: NumberWords
    sets: dict[str, frozenset[str]]


def quantity_words(patterns: Patterns) -> QuantityWords:
    """Build the word sets from ``numbers.toml`` and ``not_quantities.toml``."""
    def values(table: str) -> dict[str, float]:
        return {fold(p): float(r.get("value")) for r in patterns.rules.get(table, ()) for p in r.get("phrases")}

    sets: dict[str, frozenset[str]] = {}
    for table, listed in (("number_word", "phrases"), ("words", "phrases"), ("word_set", "words")):
        for rule in patterns.rules.get(table, ()):
            name = rule.get("id")
            sets[name] = sets.get(name, frozenset()) | {fold(p) for p in rule.get(listed)}
    numbers = NumberWords(values("digit"), values("tens"), values("magnitude"), sets["odd"], sets["and_half"])
    return QuantityWords(numbers, sets)
