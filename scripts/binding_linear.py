"""Fit the weights of `extractor.binding.linear`: groups and subjects; `scripts/train_binding.py` calls this.

A conditional logit: the chance of a candidate is the softmax over the candidates of the sum of its features' weights, with
an L2 penalty on the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from extractor.binding import bind as binding
from extractor.binding import network
from extractor.binding.linear import Candidate
from extractor.binding.network import FIELDS, Case, Choice
from extractor.binding.spot import Spot
from extractor.draft import Draft
from extractor.evaluation.metrics import token_f1

PENALTY = 1.0
LEAST = 3
_STEPS = 200
_SMALL = 0.02
_TINY = 1e-300

#: The features of each candidate of a choice, and which candidates are right.
Row = tuple[list[list[str]], list[bool]]


class Lesson(Protocol):
    """An article, its labels by the span of the number, its cases and which of their candidates are right."""

    draft: Draft
    labels: dict[tuple[int, int], dict[str, Any]]
    cases: list[Case]
    right: list[dict[str, list[bool]]]


class Teacher:
    """A decider that answers from the labels where it can and notes what it was asked about groups and subjects."""

    def __init__(self, one: Lesson) -> None:
        self.lesson = one
        self.groups: list[Row] = []
        self.subjects: list[Row] = []

    def choose(self, cases: Sequence[Case]) -> list[dict[str, Choice]]:
        """The labelled candidates; the last of a field that has none."""
        out = []
        for case, right in zip(cases, self.lesson.right, strict=True):
            default = {n: 0 if n in network.CLASSED else len(case.candidates[n]) - 1 for n in FIELDS}
            out.append({n: (right[n].index(True) if n in right else default[n], 1.0) for n in FIELDS})
        return out

    def group(self, name: str, candidates: Sequence[Candidate], spot: Spot) -> Choice:
        """Whether the label names the group."""
        label = self.lesson.labels.get((spot.q.start, spot.q.end))
        if label is None or ("partial" in label and name not in label["partial"]):
            return len(candidates) - 1, 1.0
        wanted = [bool(c.value) == (name in label.get("groups", ())) for c in candidates]
        self.groups.append(([c.features for c in candidates], wanted))
        return wanted.index(True), 1.0

    def subject(self, candidates: Sequence[Candidate], spot: Spot) -> Choice:
        """The phrase that is most like the labelled one; what the rules take where there is none."""
        label = self.lesson.labels.get((spot.q.start, spot.q.end))
        if label is None or not label.get("subject"):
            return 0, 1.0
        text = self.lesson.draft.text.norm
        like = [token_f1(label["subject"], text[c.value[0]:c.value[1]]) for c in candidates]
        if not any(like):
            return 0, 1.0
        best = [x > max(like) - 1e-9 for x in like]
        self.subjects.append(([c.features for c in candidates], best))
        return best.index(True), 1.0


def fit(lessons: Sequence[Lesson]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of groups and of subjects."""
    groups: list[Row] = []
    subjects: list[Row] = []
    for one in lessons:
        teacher = Teacher(one)
        one.draft.bound = []
        binding.bind_article(one.draft, teacher)
        groups += teacher.groups
        subjects += teacher.subjects
    return logit(groups), logit(subjects)


def logit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights of the features that at least `LEAST` candidates have."""
    counts = Counter(x for sets, _ in rows for features in sets for x in set(features))
    index = {x: i for i, x in enumerate(sorted(x for x, n in counts.items() if n >= LEAST))}
    sets = [[index[x] for x in dict.fromkeys(features) if x in index] for choice, _ in rows for features in choice]
    ends = np.cumsum([0, *map(len, sets)])
    x = csr_matrix((np.ones(ends[-1]), [i for s in sets for i in s], ends), shape=(len(sets), len(index)))
    sizes = np.array([len(choice) for choice, _ in rows])
    starts, owner = np.r_[0, np.cumsum(sizes)[:-1]], np.repeat(np.arange(len(rows)), sizes)
    right = np.array([r for _, wanted in rows for r in wanted], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        e = np.exp(z - np.maximum.reduceat(z, starts)[owner])
        every, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts) + _TINY
        value = float(np.sum(np.log(every) - np.log(good)) + PENALTY * 0.5 * (w @ w))
        return value, x.T @ (e / every[owner] - e * right / good[owner]) + PENALTY * w

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return {name: round(float(found[i]), 3) for name, i in index.items() if abs(found[i]) >= _SMALL}
