"""Candidates of a field, and choosing between two by summed weights of named features."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

_LEAST = 1e-6
_ZEROS = repeat(0.0)


@dataclass(slots=True)
class Candidate:
    """A possible value of a field: the words it is read from, the rule that proposes it, its features.

    ``name`` tells values that have a vector of their own in the network (indicators).
    """

    value: Any
    span: tuple[int, int] | None
    rule: str
    features: list[str] = field(default_factory=list)
    name: str = ""


def choose(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> tuple[int, float]:
    """Index of the best candidate and its probability (softmax over the candidates); ties go to the earlier one."""
    if len(candidates) == 1:
        return 0, 1.0
    scores = [sum(map(weights.get, c.features, _ZEROS)) for c in candidates]
    top = max(scores)
    return scores.index(top), 1.0 / sum([math.exp(s - top) for s in scores])


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept finite."""
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def confidence(product: float, calibration: Mapping[str, float]) -> float:
    """The chance that all fields are right, from the product of their probabilities and a fitted slope and intercept."""
    return 1 / (1 + math.exp(-(calibration["slope"] * log_odds(product) + calibration["intercept"])))
