"""Choosing between candidates by summed weights of named features.

The weights stand in ``models/binding.json`` and are made by ``scripts/train_binding.py`` from labelled articles. A
choice is the same on every machine: plain additions in a fixed order, ties go to the earlier candidate.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.errors import ExtractorError

MODEL = Path(__file__).resolve().parent / "models" / "binding.json"


_LEAST = 1e-6


@dataclass(slots=True)
class Candidate:
    """A possible value of a field: the words it is read from, the rule that proposes it, its features."""

    value: Any
    span: tuple[int, int] | None
    rule: str
    features: list[str] = field(default_factory=list)


def choose(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> tuple[int, float]:
    """Index of the best candidate and its probability (softmax over the candidates)."""
    get = weights.get
    scores = [sum([get(f, 0.0) for f in c.features]) for c in candidates]
    best = max(range(len(scores)), key=scores.__getitem__)
    top = scores[best]
    return best, 1.0 / sum(math.exp(s - top) for s in scores)


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept finite."""
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def confidence(product: float, calibration: Mapping[str, float]) -> float:
    """The chance that all fields are right, from the product of their probabilities and a fitted slope and intercept."""
    return 1 / (1 + math.exp(-(calibration["slope"] * log_odds(product) + calibration["intercept"])))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, dict[str, float]]:
    """The weights of all fields: field → feature → weight."""
    try:
        data: dict[str, dict[str, float]] = json.loads(MODEL.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExtractorError(f"{MODEL.name}: the weights of the binding step cannot be read: {error}") from None
    return data
