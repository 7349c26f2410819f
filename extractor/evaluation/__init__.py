"""Measuring the extractor on annotated articles: read the annotation, compare, print.

>>> from extractor.evaluation import evaluate                                            # doctest: +SKIP
>>> evaluate(Path("corpus")).tallies["quantity"].f1                                      # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.evaluation.gold import read_gold
from extractor.evaluation.metrics import Scorer, Scores
from extractor.evaluation.names import names

if TYPE_CHECKING:
    from extractor.patterns import Folders

__all__ = ["evaluate"]


def evaluate(folder: Path, own_patterns: Folders = None) -> Scores:
    """Extract every annotated article of `folder` (knowing nothing but its text) and compare with the annotation.

    `own_patterns`: folders of pattern files of the user's own, whose indicators and groups the annotation may name.
    """
    from extractor.api import extract
    from extractor.patterns import load_patterns, user_folders

    patterns = load_patterns(*user_folders(own_patterns))
    scorer = Scorer(patterns.part(names))
    for article in read_gold(folder, patterns):
        scorer.add(article, extract(article.text, id=article.id, patterns=own_patterns))
    return scorer.scores
