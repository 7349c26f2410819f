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
from itertools import repeat
from pathlib import Path
from typing import Any

from extractor.errors import ExtractorError

MODEL = Path(__file__).resolve().parent / "models" / "binding.json"


_LEAST = 1e-6
_ZEROS = repeat(0.0)


@dataclass(slots=True)
class Candidate:
    """A possible value of a field: the words it is read from, the rule that proposes it, its features.

    ``shared`` are features of the number's surroundings that all candidates of a choice have; each counts for the
    candidate's ``name`` ("target|cue=strive"), so that they are made and looked up once for all of them.
    """

    value: Any
    span: tuple[int, int] | None
    rule: str
    features: list[str] = field(default_factory=list)
    name: str = ""
    shared: Sequence[str] = ()

    def all_features(self) -> list[str]:
        """Its own features and the shared ones under its name, as the weights are trained on them."""
        return [*self.features, *(f"{self.name}|{f}" for f in self.shared)]


class Weights:
    """The weights of one field: ``own`` by feature, ``shared`` by shared feature and then by candidate name."""

    def __init__(self, flat: Mapping[str, float], named: bool) -> None:
        self.own: dict[str, float] = {}
        self.shared: dict[str, dict[str, float]] = {}
        for key, weight in flat.items():
            name, bar, feature = key.partition("|")
            if named and bar:
                self.shared.setdefault(feature, {})[name] = weight
            else:
                self.own[key] = weight


#: Fields whose candidates have shared features.
NAMED = frozenset({"role", "status", "indicator"})


def choose(candidates: Sequence[Candidate], weights: Weights) -> tuple[int, float]:
    """Index of the best candidate and its probability (softmax over the candidates)."""
    get = weights.own.get
    scores = [sum(map(get, c.features, _ZEROS)) for c in candidates]
    if candidates[0].shared:
        total = {c.name: 0.0 for c in candidates}
        rows_get = weights.shared.get
        few = len(total)
        for feature in candidates[0].shared:
            row = rows_get(feature)
            if row is None:
                continue
            if len(row) <= few:
                for name, weight in row.items():
                    if name in total:
                        total[name] += weight
            else:
                for name in total:
                    if name in row:
                        total[name] += row[name]
        scores = [s + total[c.name] for s, c in zip(scores, candidates, strict=True)]
    top = max(scores)
    return scores.index(top), 1.0 / sum([math.exp(s - top) for s in scores])


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept finite."""
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def confidence(product: float, calibration: Mapping[str, float]) -> float:
    """The chance that all fields are right, from the product of their probabilities and a fitted slope and intercept."""
    return 1 / (1 + math.exp(-(calibration["slope"] * log_odds(product) + calibration["intercept"])))


@lru_cache(maxsize=1)
def load_weights() -> tuple[dict[str, Weights], dict[str, float]]:
    """The shipped weights by field, and the slope and intercept of the confidence."""
    try:
        data: dict[str, dict[str, float]] = json.loads(MODEL.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExtractorError(f"{MODEL.name}: the weights of the binding step cannot be read: {error}") from None
    return named_weights(data), data["confidence"]


def named_weights(data: Mapping[str, Mapping[str, float]]) -> dict[str, Weights]:
    """Weights by field, ready for `choose`."""
    return {name: Weights(flat, name in NAMED) for name, flat in data.items() if name != "confidence"}
