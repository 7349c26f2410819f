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
from dataclasses import dataclass
from dataclasses import field as field_
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from extractor.api import extract_article
from extractor.binding import bind as binding
from extractor.binding.bind import JOINT
from extractor.binding.linear import MODEL, Candidate, Weights, choose, confidence, log_odds, named_weights
from extractor.binding.place import PlaceValue
from extractor.binding.spot import Spot
from extractor.draft import Article, Draft
from extractor.evaluation.gold import find_occurrence
from extractor.evaluation.names import fold, names
from extractor.patterns import load_patterns
from extractor.rules.examples import parse
from extractor.steps import STEPS

PENALTY = {"role": 1.0, "status": 3.0, "indicator": 3.0, "groups": 1.0, "period": 1.0, "place": 1.0}
FIELDS = tuple(PENALTY)

ROUNDS = 3
# A rule's own examples are few and must hold, so each counts several times.
EXAMPLE_WEIGHT = 3


@dataclass
class Choices:
    """Decisions of one field: per decision its candidates' features and which candidates are right."""

    rows: list[list[list[str]]] = field_(default_factory=list)
    right: list[list[bool]] = field_(default_factory=list)


class Teacher:
    """A decider that answers from the labels and writes down what it was asked."""

    def __init__(self, gold: dict[tuple[int, int], dict[str, Any]], out: dict[str, Choices],
                 policy: dict[str, Weights] | None = None) -> None:
        self.gold = gold
        self.out = out
        self.policy = policy

    def __call__(self, field: str, candidates: Sequence[Candidate], spot: Spot) -> tuple[int, float]:
        """The labelled candidate, or what the policy takes where there is one."""
        name = field
        label = self.gold.get((spot.q.start, spot.q.end))
        key = name.split(":")[0].replace("group", "groups")
        own = choose(candidates, self.policy[key])[0] if self.policy is not None else None
        asked = name.split(":")[1] if name.startswith("group:") else name
        if label is None or ("partial" in label and asked not in label["partial"]):
            if own is not None:
                return own, 1.0
            default = {"status": 0, "role": 0}.get(name, len(candidates) - 1)
            return default, 1.0
        right = [_right(name, c.value, label) for c in candidates]
        if name == "place" and any(right) and any(_same_path(c.value, label) for c in candidates):
            right = [r and _same_path(c.value, label) for r, c in zip(right, candidates, strict=True)]
        if any(right):
            self.out[key].rows.append([c.all_features() for c in candidates])
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
    return load_patterns().part(names).province(path)


def _same_path(value: PlaceValue | None, label: dict[str, Any]) -> bool:
    return fold(value.path if value else "") == fold(label.get("place") or "")


@cache
def _prepared(path: Path) -> Draft:
    draft = Draft(Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem), load_patterns())
    _prepare(draft)
    return draft


def _prepare(draft: Draft) -> None:
    for name, step in STEPS.items():
        if name == "observations":
            break
        step(draft)


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
        at = find_occurrence(draft.text.raw, label["text"], label.get("occurrence", 1))
        for (a, b), q in spans.items():
            if a < at + len(label["text"]) and b > at and abs(q.low - label["low"]) <= 1e-6 * max(1, abs(q.low)):
                out[(q.start, q.end)] = label
                break
    return out


@lru_cache(maxsize=1)
def _examples() -> list[tuple[Draft, dict[tuple[int, int], dict[str, Any]]]]:
    """The examples beside the rules of indicators, groups and statuses, each labelled in the one field it is about."""
    patterns = load_patterns()
    out = []
    for table, field_name in (("indicator", "indicator"), ("status", "status"), ("group", "groups")):
        for rule in patterns.rules.get(table, ()):
            for example in rule.get("examples", ()):
                text, spans = parse(example)
                draft = Draft(Article(text), patterns)
                _prepare(draft)
                value: Any = rule.get("value") if table == "status" else rule.get("id")
                label = ({"groups": [value], "partial": [value]} if table == "group"
                         else {field_name: value, "partial": [field_name]})
                out.append((draft, {(q.start, q.end): label for q in draft.quantities
                                    if any(q.start < b and q.end > a for a, b in spans)}))
    return out


def collect(paths: Iterable[Path], policy: dict[str, Weights] | None = None) -> dict[str, Choices]:
    """All decisions of the labelled articles; earlier decisions of an article are the labels', or the policy's."""
    out = {name: Choices() for name in FIELDS}
    if policy is None:
        for draft, labels in _examples() * EXAMPLE_WEIGHT:
            draft.bound, draft.cache = [], {"year": draft.cache.get("year")}
            binding.bind_article(draft, Teacher(labels, out, policy))
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
    choices = collect(paths)
    # A decision reads earlier ones of its article, which at run time are the model's own and sometimes wrong. So the
    # weights learn from such states too: each third of the articles is read with weights from the other two.
    for k in range(ROUNDS):
        rest = collect([p for i, p in enumerate(paths) if i % ROUNDS != k])
        policy = named_weights({name: fit(rest[name], PENALTY[name]) for name in FIELDS})
        for name, more in collect(paths[k::ROUNDS], policy).items():
            choices[name].rows += more.rows
            choices[name].right += more.right
    return {name: fit(choices[name], PENALTY[name]) for name in FIELDS}


class Judge(Teacher):
    """A decider that follows its policy and notes for each labelled quantity how sure it was and whether it was right."""

    def __init__(self, gold: dict[tuple[int, int], dict[str, Any]], policy: dict[str, Weights]) -> None:
        super().__init__(gold, {name: Choices() for name in FIELDS}, policy)
        self.weights = policy
        self.seen: dict[tuple[int, int], list[tuple[float, bool]]] = {}

    def __call__(self, field: str, candidates: Sequence[Candidate], spot: Spot) -> tuple[int, float]:
        """What the policy takes."""
        name = field
        key = name.split(":")[0].replace("group", "groups")
        at, probability = choose(candidates, self.weights[key])
        label = self.gold.get((spot.q.start, spot.q.end))
        if label is not None and key in JOINT:
            self.seen.setdefault((spot.q.start, spot.q.end), []).append((probability, _right(name, candidates[at].value, label)))
        return at, probability


def calibrate(paths: Sequence[Path]) -> tuple[dict[str, float], list[tuple[float, bool]]]:
    """Slope and intercept that turn the product of the fields' probabilities into the chance that all are right.

    Fitted on articles that the deciding weights did not see. Also returns the (confidence, right) pairs.
    """
    pairs: list[tuple[float, bool]] = []
    for k in range(ROUNDS):
        rest = collect([p for i, p in enumerate(paths) if i % ROUNDS != k])
        policy = named_weights({n: fit(c, PENALTY[n]) for n, c in rest.items()})
        for path in paths[k::ROUNDS]:
            draft = _draft(path)
            if draft.quantities:
                judge = Judge(_labels(draft, path), policy)
                binding.bind_article(draft, judge)
                pairs += [(float(np.prod([p for p, _ in s])), all(ok for _, ok in s)) for s in judge.seen.values()]
    x = np.array([log_odds(p) for p, _ in pairs])
    y = np.array([ok for _, ok in pairs], dtype=float)

    def loss(w: np.ndarray) -> float:
        z = w[0] * x + w[1]
        return float(np.sum(np.logaddexp(0, z) - y * z))

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    found = {"slope": round(float(slope), 4), "intercept": round(float(intercept), 4)}
    return found, [(confidence(p, found), ok) for p, ok in pairs]


def report(pairs: Sequence[tuple[float, bool]]) -> str:
    """Expected calibration error over ten bins of equal size, and how right the surer half is."""
    ordered = sorted(pairs)
    bins = np.array_split(np.array(ordered, dtype=float), 10)
    error = sum(len(b) * abs(b[:, 0].mean() - b[:, 1].mean()) for b in bins) / len(ordered)
    half = len(ordered) // 2
    low, high = (np.mean([ok for _, ok in part]) for part in (ordered[:half], ordered[half:]))
    return f"calibration error {error:.3f}; right: less sure half {low:.3f}, surer half {high:.3f}"


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
            model.weights, model.calibration = named_weights(weights), {"slope": 1.0, "intercept": 0.0}
            model.learned = frozenset(r.get("id") for r in load_patterns().rules["indicator"])
            load_patterns().set_part(binding.model, model)
            for path in paths[k::args.folds]:
                article = Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem)
                out = args.predictions / path.parent.name
                out.mkdir(parents=True, exist_ok=True)
                (out / path.name).write_text(extract_article(article).to_json(), encoding="utf-8")
        return
    weights = train(paths)
    weights["confidence"], pairs = calibrate(paths)
    print(report(pairs))
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print({name: len(w) for name, w in weights.items()}, "weights in", MODEL.name, MODEL.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
