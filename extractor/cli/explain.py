"""``extractor FILE --explain``: every number in its sentence, with its fields, the words and rules behind them."""

from __future__ import annotations

import argparse

from extractor.cli.own_patterns import own_patterns
from extractor.errors import ExtractorError
from extractor.reading import ReadOptions


def run(options: argparse.Namespace, reading: ReadOptions) -> int:
    """Print the explanation of every article; what cannot be read is named and passed over."""
    from extractor.api import extract_article
    from extractor.cli.main import report
    from extractor.reading import read_articles

    if options.output is not None or options.indent is not None:
        raise ExtractorError("--explain: prints to standard output and takes neither -o nor --indent")
    good = bad = 0
    for found in read_articles(options.files, reading):
        if found.article is None:
            report(found.error or ExtractorError(f"{found.source}: cannot be read"))
            bad += 1
            continue
        found.article.ask_model = options.ask_model
        print(("\n" if good else "") + extract_article(found.article, own_patterns(options)).explain())
        good += 1
    return 0 if not bad else 1 if good else 2
