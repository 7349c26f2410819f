"""Measuring the extractor on annotated articles: read the annotation, compare, print.

>>> from extractor.evaluation import evaluate                                            # doctest: +SKIP
>>> evaluate(Path("corpus")).tallies["quantity"].f1                                      # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path

from extractor.evaluation.gold import read_gold
from extractor.evaluation.metrics import Scorer, Scores
from extractor.evaluation.names import names

__all__ = ["evaluate"]


def evaluate(folder: Path) -> Scores:
    """Extract every annotated article of `folder` (knowing nothing but its text) and compare with the annotation."""
    from extractor.api import extract
    from extractor.patterns import load_patterns

    patterns = load_patterns()
    scorer = Scorer(patterns.part(names))
    for article in read_gold(folder, patterns):
        scorer.add(article, extract(article.text, id=article.id))
    return scorer.scores
