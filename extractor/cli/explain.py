"""``extractor FILE --explain``: every number in its sentence, with its fields, the words and rules behind them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from extractor.draft import Article
from extractor.errors import ExtractorError

_STDIN = "-"


def _articles(name: str) -> Iterator[Article | ExtractorError]:
    """The articles of one argument, or what is wrong with one of them."""
    from extractor.article.decode import decode, read_text, text_files

    try:
        if name == _STDIN:
            yield Article(decode(sys.stdin.buffer.read(), "standard input"))
            return
        files = list(text_files(Path(name)))
    except ExtractorError as error:
        yield error
        return
    for file in files:
        try:
            yield Article(read_text(file), id=file.stem, path=str(file))
        except ExtractorError as error:
            yield error


def run(options: argparse.Namespace) -> int:
    """Print the explanation of every article; a file that cannot be read is named and passed over."""
    from extractor.api import extract_article
    from extractor.cli.main import report

    if options.output is not None or options.indent is not None:
        raise ExtractorError("--explain: prints to standard output and takes neither -o nor --indent")
    good = bad = 0
    for article in (a for name in options.files for a in _articles(name)):
        if isinstance(article, ExtractorError):
            report(article)
            bad += 1
            continue
        print(("\n" if good else "") + extract_article(article).explain())
        good += 1
    return 0 if not bad else 1 if good else 2
