"""`extractor.extract_many`: extractions in order, by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extractor import api
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading import Read
from extractor.records import Extraction
from extractor.running.chunks import chunks
from extractor.running.stream import outcomes
from extractor.running.work import Extract

OnError = Callable[[Article, ExtractorError], object]


def extract_many(articles: Iterable[Article | str], workers: int, on_error: OnError | None,
                 patterns: tuple[Path, ...] = ()) -> Iterator[Extraction]:
    """See `extractor.extract_many`."""
    if workers < 1:
        raise ExtractorError(f"workers: expected a number from 1, found {workers}")
    whole = (Article(article) if isinstance(article, str) else article for article in articles)
    return _alone(whole, on_error, patterns) if workers == 1 else _together(whole, workers, on_error, patterns)


def _alone(articles: Iterable[Article], on_error: OnError | None, patterns: tuple[Path, ...]) -> Iterator[Extraction]:
    """One article after the other, each read from the iterable when its turn comes."""
    for article in articles:
        try:
            extraction = api.extract_article(article, patterns)
        except Exception as error:
            if on_error is None:
                raise
            known = isinstance(error, ExtractorError)
            on_error(article, ExtractorError(str(error) if known else f"unexpected {type(error).__name__}: {error}"))
        else:
            yield extraction


def _together(articles: Iterable[Article], workers: int, on_error: OnError | None,
              patterns: tuple[Path, ...]) -> Iterator[Extraction]:
    reads = (Read(article.path or article.id or "", None, article, None) for article in articles)
    for chunk, outcome in outcomes(chunks(reads), Extract(patterns), workers):
        failed = {f.place: f.message for f in outcome.failures}
        good = iter(outcome.value)
        for place, article in enumerate(chunk.articles):
            if place not in failed:
                yield next(good)
            elif on_error is None:
                raise ExtractorError(failed[place])
            else:
                on_error(article, ExtractorError(failed[place]))
