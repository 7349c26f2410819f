"""Train the weights of the binding step from folders of labelled articles.

    python scripts/train_binding.py DIR [DIR ...]            # train on all, write extractor/binding/models/binding.npz
    python scripts/train_binding.py DIR ... --folds 3 --predictions OUT   # cross-validate: each article is predicted by
                                                             # weights that never saw it

``--unlabelled FILE`` (any file that `extractor.read` reads) gives vectors of words from articles without labels; a few
thousand articles improve what is chosen on unseen ones by one to two points.

A labelled article is NNN.txt with NNN.json in the form of ``corpus/``; the examples beside the rules of the pattern files
are learned too. Role, status, indicator, period and place come from one network over the numbers of an article
(`extractor.binding.network`), trained with PyTorch (``pip install -e '.[train]'``) from a fixed seed; groups and
subjects from a conditional logit (`extractor.binding.linear`). The confidence is calibrated on articles that the deciding weights did not see.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import binding_linear
import binding_network
import numpy as np
from scipy.optimize import minimize
from word_vectors import word_vectors

import extractor
from extractor.api import extract_article
from extractor.binding import bind as binding
from extractor.binding import network
from extractor.binding.bind import JOINT, Model, cases_of
from extractor.binding.linear import confidence, log_odds
from extractor.binding.network import FIELDS, MODEL, Case, Network
from extractor.binding.place import PlaceValue
from extractor.draft import Article, Draft
from extractor.evaluation.gold import find_occurrence
from extractor.evaluation.names import fold, names
from extractor.patterns import load_patterns
from extractor.rules.examples import parse
from extractor.steps import STEPS

FOLDS = 3
#: How often a feature must stand in the unlabelled articles to be kept for the vector of its word.
FREQUENT = 4
Label = dict[str, Any]
Labels = dict[tuple[int, int], Label]


@dataclass
class Lesson:
    """An article, the labels of its quantities (by normalised span), and for each case and field which candidates are right."""

    draft: Draft
    labels: Labels
    cases: list[Case]
    right: list[dict[str, list[bool]]]


def _right(name: str, value: Any, label: Label) -> bool:
    if name == "role":
        return bool(value == (label["role"], label.get("direction") if label["role"] != "level" else None))
    if name == "place":
        return _province(value.path if value else None) == _province(label.get("place"))
    return bool(value == (label.get(name) or ("other" if name == "indicator" else None)))


def _province(path: str | None) -> str:
    return load_patterns().part(names).province(path)


def _same_path(value: PlaceValue | None, label: Label) -> bool:
    return fold(value.path if value else "") == fold(label.get("place") or "")


def _prepared(article: Article) -> Draft:
    """The article up to the binding step."""
    draft = Draft(article, load_patterns())
    for name, step in STEPS.items():
        if name == "observations":
            break
        step(draft)
    return draft


def _labels(draft: Draft, path: Path) -> Labels:
    """Quantities of the draft (normalised span) and the labels that overlap them with the same value."""
    gold = json.loads(path.read_text(encoding="utf-8"))["observations"]
    spans = {draft.text.raw_span(q.start, q.end): q for q in draft.quantities}
    out = {}
    for label in gold:
        at = find_occurrence(draft.text.raw, label["text"], label.get("occurrence", 1))
        for (a, b), q in spans.items():
            if a < at + len(label["text"]) and b > at and abs(q.low - label["low"]) <= 1e-6 * max(1, abs(q.low)):
                out[(q.start, q.end)] = label
                break
    return out


def _lesson(draft: Draft, labels: Labels) -> Lesson:
    cases = cases_of(draft) if draft.quantities else []
    right = []
    for case in cases:
        label = labels.get((case.spot.q.start, case.spot.q.end))
        row: dict[str, list[bool]] = {}
        for name in FIELDS:
            values = [c.value for c in case.candidates[name]]
            if label is None or ("partial" in label and name not in label["partial"]):
                continue
            good = [_right(name, v, label) for v in values]
            if name == "place" and any(g and _same_path(v, label) for g, v in zip(good, values, strict=True)):
                good = [g and _same_path(v, label) for g, v in zip(good, values, strict=True)]
            if any(good):
                row[name] = good
        right.append(row)
    return Lesson(draft, labels, cases, right)


@cache
def lesson(path: Path) -> Lesson:
    """A labelled article, read once."""
    draft = _prepared(Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem))
    return _lesson(draft, _labels(draft, path))


@cache
def examples() -> list[Lesson]:
    """The examples beside the rules of indicators, groups and statuses, each labelled in the one field it is about."""
    out = []
    for table, field_name in (("indicator", "indicator"), ("status", "status"), ("group", "groups")):
        for rule in load_patterns().rules.get(table, ()):
            for example in rule.get("examples", ()):
                text, spans = parse(example)
                draft = _prepared(Article(text))
                value: Any = rule.get("value") if table == "status" else rule.get("id")
                label = ({"groups": [value], "partial": [value]} if table == "group"
                         else {field_name: value, "partial": [field_name]})
                out.append(_lesson(draft, {(q.start, q.end): label for q in draft.quantities
                                           if any(q.start < b and q.end > a for a, b in spans)}))
    return [one for one in out if one.cases]


def background(path: Path) -> binding_network.Background:
    """What the unlabelled articles of a file tell."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in binding_network.WORDED}
    tokens: list[list[str]] = []
    for article in extractor.read(path):
        draft = _prepared(article)
        tokens.append(list(draft.tokens.text))
        for case in cases_of(draft) if draft.quantities else ():
            counts["around"].update(set(case.around))
            counts["step"].update(set(case.step))
    features = {k: [x for x, n in c.items() if n >= FREQUENT] for k, c in counts.items()}
    return binding_network.Background(word_vectors(tokens), features)


def train(paths: Sequence[Path], calibration: dict[str, float], out: Path,
          unlabelled: binding_network.Background | None) -> None:
    """Write a network trained on the labelled articles `paths` and the examples of the rules."""
    lessons = [lesson(p) for p in paths]
    arrays, vocabulary, indicators = binding_network.fit([one for one in lessons if one.cases], examples(), unlabelled)
    groups, subjects = binding_linear.fit([*lessons, *examples()])
    network.save(out, arrays, vocabulary, {"indicators": indicators, "groups": groups, "subjects": subjects,
                                               "statuses": sorted({str(r.get("id")) for r in load_patterns().rules["status"]}),
                                               "confidence": calibration})


def trained(paths: Sequence[Path], unlabelled: binding_network.Background | None = None) -> Network:
    """A network trained on `paths`, not calibrated."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "binding.npz"
        train(paths, {"slope": 1.0, "intercept": 0.0}, file, unlabelled)
        return network.read_network(file)


def judged(net: Network, paths: Sequence[Path]) -> list[tuple[float, bool]]:
    """For each labelled number the product of the probabilities of its fields, and whether all are right."""
    pairs = []
    for one in map(lesson, paths):
        if not one.cases:
            continue
        for case, choices in zip(one.cases, net.choose(one.cases), strict=True):
            label = one.labels.get((case.spot.q.start, case.spot.q.end))
            if label is not None:
                ok = all(_right(n, case.candidates[n][choices[n][0]].value, label) for n in JOINT)
                pairs.append((float(np.prod([choices[n][1] for n in JOINT])), ok))
    return pairs


def calibrate(pairs: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Slope and intercept that turn the product of the fields' probabilities into the chance that all are right."""
    x = np.array([log_odds(p) for p, _ in pairs])
    y = np.array([ok for _, ok in pairs], dtype=float)

    def loss(w: np.ndarray) -> float:
        z = w[0] * x + w[1]
        return float(np.sum(np.logaddexp(0, z) - y * z))

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return {"slope": round(float(slope), 4), "intercept": round(float(intercept), 4)}


def report(pairs: Sequence[tuple[float, bool]]) -> str:
    """Expected calibration error over ten bins of equal size, and how right the surer half is."""
    ordered = sorted(pairs)
    bins = np.array_split(np.array(ordered, dtype=float), 10)
    error = sum(len(b) * abs(b[:, 0].mean() - b[:, 1].mean()) for b in bins) / len(ordered)
    half = len(ordered) // 2
    low, high = (np.mean([ok for _, ok in part]) for part in (ordered[:half], ordered[half:]))
    return f"calibration error {error:.3f}; right: less sure half {low:.3f}, surer half {high:.3f}"


def predict(net: Network, paths: Sequence[Path], out: Path) -> None:
    """Write the document of each article, bound by `net`, below `out`."""
    load_patterns().set_part(binding.model, Model(net))
    for path in paths:
        article = Article(path.with_suffix(".txt").read_text(encoding="utf-8"), id=path.stem)
        folder = out / path.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / path.name).write_text(extract_article(article).to_json(), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--predictions", type=Path, help="only cross-validate, and write the documents below this folder")
    parser.add_argument("--unlabelled", type=Path, metavar="FILE", help="articles without labels, for the vectors of words")
    args = parser.parse_args()
    unlabelled = background(args.unlabelled) if args.unlabelled is not None else None
    paths = sorted(p for folder in args.folders for p in folder.glob("*.json") if p.with_suffix(".txt").exists())
    pairs: list[tuple[float, bool]] = []
    for k in range(args.folds):
        net = trained([p for i, p in enumerate(paths) if i % args.folds != k], unlabelled)
        pairs += judged(net, paths[k::args.folds])
        if args.predictions is not None:
            predict(net, paths[k::args.folds], args.predictions)
    calibration = calibrate(pairs)
    print(report([(confidence(p, calibration), ok) for p, ok in pairs]))
    if args.predictions is None:
        train(paths, calibration, MODEL, unlabelled)
        print(MODEL.name, MODEL.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
