"""Train the weights of the binding step from folders of labelled articles.

    python scripts/train_binding.py DIR [DIR ...]            # train on all, write extractor/binding/models/binding.json
    python scripts/train_binding.py DIR ... --folds 5 --predictions OUT   # cross-validate: each article is predicted by
                                                             # weights that never saw it

A labelled article is NNN.txt with NNN.json in the form of ``corpus/``. Each field is a conditional logit over the
candidates that the binding step proposes, with an L2 penalty; the solver is deterministic.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from extractor.api import extract_article
from extractor.binding import bind as binding
from extractor.binding.linear import MODEL, Candidate, choose
from extractor.binding.place import PlaceValue
from extractor.binding.spot import Spot
from extractor.draft import Article, Draft
import sys
sys.path.insert(0, "/work/shared/gold")
from check import find_nth
from extractor.patterns import load_patterns
from extractor.steps import STEPS

PENALTY = {"role": 1.0, "status": 3.0, "indicator": 3.0, "groups": 1.0, "period": 1.0, "place": 1.0}
FIELDS = tuple(PENALTY)
ROUNDS = 3
import os
ONLY = bool(os.environ.get("ONLY"))
for _k, _v in (x.split("=") for x in os.environ.get("PEN", "").split(",") if x):
    PENALTY[_k] = float(_v)


@dataclass
class Choices:
    """Decisions of one field: per decision its candidates' features and which candidates are right."""

    rows: list[list[list[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)


class Teacher:
    """A decider that answers from the labels and writes down what it was asked."""

    def __init__(self, gold: dict[tuple[int, int], dict[str, Any]], out: dict[str, Choices],
                 policy: dict[str, dict[str, float]] | None = None) -> None:
        self.gold = gold
        self.out = out
        self.policy = policy

    def __call__(self, name: str, candidates: Sequence[Candidate], spot: Spot) -> tuple[int, float]:
        label = self.gold.get((spot.q.start, spot.q.end))
        key = name.split(":")[0].replace("group", "groups")
        own = choose(candidates, self.policy[key])[0] if self.policy is not None else None
        if label is None:
            if own is not None:
                return own, 1.0
            default = {"status": 0, "role": 0}.get(name, len(candidates) - 1)
            return default, 1.0
        right = [_right(name, c.value, label) for c in candidates]
        if name == "place" and any(right) and any(_same_path(c.value, label) for c in candidates):
            right = [r and _same_path(c.value, label) for r, c in zip(right, candidates, strict=True)]
        if any(right):
            self.out[key].rows.append([c.features for c in candidates])
            self.out[key].right.append(right)
            return right.index(True) if own is None else own, 1.0
        if own is not None:
            return own, 1.0
        return len(candidates) - 1 if name not in ("status", "role") else 0, 1.0


def _right(name: str, value: Any, label: dict[str, Any]) -> bool:
    if name.startswith("group:"):
        return bool(value) == (name.split(":", 1)[1] in label.get("groups", ()))
    if name == "role":
        return bool(value == (label["role"], label.get("direction") if label["role"] != "level" else None))
    if name == "place":
        return _province(value.path if value else None) == _province(label.get("place"))
    return bool(value == (label.get(name) or ("other" if name == "indicator" else None)))


def _province(path: str | None) -> str:
    from score import province

    return province(path)


def _same_path(value: PlaceValue | None, label: dict[str, Any]) -> bool:
    from score import fold

    return fold(value.path if value else "") == fold(label.get("place") or "")


@lru_cache(maxsize=None)
def _prepared(path: Path) -> Draft:
    draft = Draft(Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem), load_patterns())
    for name, step in STEPS.items():
        if name == "observations":
            break
        step(draft)
    return draft


def _draft(path: Path) -> Draft:
    """The article up to the binding step, read once and bound afresh each time."""
    draft = _prepared(path)
    draft.bound, draft.cache = [], {"year": draft.cache.get("year")}
    return draft


def _labels(draft: Draft, path: Path) -> dict[tuple[int, int], dict[str, Any]]:
    """Quantities of the draft (normalised span) and the labels that overlap them with the same value."""
    gold = json.loads(path.read_text(encoding="utf-8"))["observations"]
    spans = {}
    for q in draft.quantities:
        spans[draft.text.raw_span(q.start, q.end)] = q
    out = {}
    for label in gold:
        at = find_nth(draft.text.raw, label["text"], label.get("occurrence", 1))
        for (a, b), q in spans.items():
            if a < at + len(label["text"]) and b > at and abs(q.low - label["low"]) <= 1e-6 * max(1, abs(q.low)):
                out[(q.start, q.end)] = label
                break
    return out


def collect(paths: Iterable[Path], policy: dict[str, dict[str, float]] | None = None) -> dict[str, Choices]:
    """All decisions of the labelled articles; earlier decisions of an article are the labels', or the policy's."""
    out = {name: Choices() for name in FIELDS}
    for path in paths:
        draft = _draft(path)
        if draft.quantities:
            binding.bind_article(draft, Teacher(_labels(draft, path), out, policy))
    return out


def fit(choices: Choices, penalty: float, minimum: int = 2) -> dict[str, float]:
    """Weights that make the right candidates likely; features seen fewer than `minimum` times are left out."""
    counts: dict[str, int] = {}
    for row in choices.rows:
        for feature in {f for c in row for f in c}:
            counts[feature] = counts.get(feature, 0) + 1
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= minimum))}
    indptr, indices, group, right = [0], [], [], []
    for n, (row, good) in enumerate(zip(choices.rows, choices.right, strict=True)):
        for features, ok in zip(row, good, strict=True):
            indices += sorted(index[f] for f in features if f in index)
            indptr.append(len(indices))
            group.append(n)
            right.append(ok)
    matrix = sparse.csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(group), len(index)))
    groups, good_rows = np.array(group), np.array(right)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        scores = scores - np.maximum.reduceat(scores, starts)[groups]
        weight = np.exp(scores)
        total = np.add.reduceat(weight, starts)
        good = np.add.reduceat(weight * good_rows, starts)
        p_all = weight / total[groups]
        p_good = weight * good_rows / good[groups]
        value = float(np.sum(np.log(total) - np.log(good)) + penalty * 0.5 * (w @ w))
        return value, matrix.T @ (p_all - p_good) + penalty * w

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {f: round(float(found.x[i]), 3) for f, i in index.items() if abs(found.x[i]) >= 0.02}


def train(paths: Sequence[Path]) -> dict[str, dict[str, float]]:
    """Weights of all fields from the labelled articles `paths`."""
    choices = {name: Choices() for name in FIELDS} if ONLY else collect(paths)
    # A decision reads earlier ones of its article, which at run time are the model's own and sometimes wrong. So the
    # weights learn from such states too: each third of the articles is read with weights from the other two.
    for k in range(ROUNDS):
        rest = collect([p for i, p in enumerate(paths) if i % ROUNDS != k])
        policy = {name: fit(rest[name], PENALTY[name]) for name in FIELDS}
        for name, more in collect(paths[k::ROUNDS], policy).items():
            choices[name].rows += more.rows
            choices[name].right += more.right
    return {name: fit(choices[name], PENALTY[name]) for name in FIELDS}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predictions", type=Path)
    args = parser.parse_args()
    paths = sorted(p for folder in args.folders for p in folder.glob("*.json") if p.with_suffix(".txt").exists())
    if args.folds:
        for k in range(args.folds):
            weights = train([p for i, p in enumerate(paths) if i % args.folds != k])
            model = binding.Model.__new__(binding.Model)
            model.weights = weights
            load_patterns().set_part(binding.model, model)
            for path in paths[k::args.folds]:
                article = Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem)
                out = args.predictions / path.parent.name
                out.mkdir(parents=True, exist_ok=True)
                (out / path.name).write_text(extract_article(article).to_json(), encoding="utf-8")
        return
    weights = train(paths)
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print({name: len(w) for name, w in weights.items()}, "weights in", MODEL.name, MODEL.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
