"""The calls of the library: `extract` one text, `extract_many`, `read` files, tables, `load` the spaCy pipeline."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractor.collection import collection_put_off
from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.records import Extraction

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from extractor.notebook import Extractions
    from extractor.patterns import Folders
    from extractor.reading import Read


def extract(text: str, *, id: str | None = None, path: str | None = None, title: str | None = None,
            published: str | None = None, url: str | None = None, ask_model: bool = False,
            patterns: Folders = None) -> Extraction:
    """Everything that one article says in numbers, and who and where.

    `text` is the article as it stands. What a dump knows about it helps to read it: `title`, `published` (ISO date,
    "2024-03-14"), `url`; `id` and `path` are only carried along. With `ask_model` underthesea's
    entity model names officials whom the rules leave without a name (foreign ones mostly; about half are right).
    `patterns` are folders of pattern files of your own, which add to those of the toolkit (docs/own-indicators.md).
    Raises `ExtractorError` for a date that is none, and for a pattern file with a mistake.
    """
    return extract_article(Article(text, id, path, title, published, url, ask_model), patterns)


def extract_article(article: Article, patterns: Folders = None) -> Extraction:
    """`extract` for an `Article` record."""
    from extractor.finish import finish
    from extractor.patterns import load_patterns, user_folders
    from extractor.steps import run

    with collection_put_off():
        return finish(run(Draft(checked(article), load_patterns(*user_folders(patterns)))))


def checked(article: Article) -> Article:
    """`article` with its date in ISO form; `ExtractorError` for a text or a date that is none."""
    if not isinstance(article.text, str):
        raise ExtractorError(f"text: expected a string, found {type(article.text).__name__}")
    return article if article.published is None else replace(article, published=_iso(article.published))


def _iso(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        raise ExtractorError(f"published: expected an ISO date such as 2024-03-14, found {value!r}") from None


def extract_many(articles: Iterable[Article | str], workers: int = 1,
                 on_error: Callable[[Article, ExtractorError], object] | None = None, *,
                 patterns: Folders = None) -> Iterator[Extraction]:
    """The extractions of many articles (or bare texts), in their order, one at a time.

    With more than one of `workers` (processes; a script needs no ``if __name__ == "__main__"`` for them) some articles
    ahead are under way; what comes out is the same. An article that fails, or that a worker is lost over, is given to
    `on_error` with the error, and the others go on; without `on_error` its error is raised.
    `patterns` are folders of pattern files of your own, as for `extract`.
    """
    from extractor.patterns import user_folders
    from extractor.running.many import extract_many

    return extract_many(articles, workers, on_error, user_folders(patterns))


def read(path: str | Path | Sequence[str | Path], *, errors: Literal["raise", "skip"] = "raise",
         **options: Any) -> Iterator[Article]:
    """The articles of a file, of all files of a known format below a folder, of a glob, or of several of these.

    Formats: text, JSON Lines, CSV, Parquet, HTML, WARC, compressed or not. `options` are the fields of
    `extractor.reading.ReadOptions`: ``text_column="body"``, ``encoding="tcvn3"``, ``shard=(1, 8)`` and so on. The first
    thing that cannot be read raises `ExtractorError`; with ``errors="skip"`` it is passed over
    (`extractor.reading.read_articles` gives the articles and the errors).
    """
    from extractor.reading import ReadOptions, read_articles

    if errors not in ("raise", "skip"):
        raise ExtractorError(f"errors: expected 'raise' or 'skip', found {errors!r}")
    inputs = [str(path)] if isinstance(path, str | Path) else [str(p) for p in path]
    return _articles(read_articles(inputs, ReadOptions.of(options)), errors)


def _articles(reads: Iterator[Read], errors: str) -> Iterator[Article]:
    for found in reads:
        if found.article is not None:
            yield found.article
        elif found.error is not None and errors == "raise":
            raise found.error


def to_dataframe(extractions: Iterable[Extraction], table: str = "observations", *, dates: bool = False) -> pd.DataFrame:
    """One table over many extractions as a pandas data frame, with the article's id as first column.

    Tables: "observations", "targets", "officials", "provinces", "places", "periods", "checks", "articles".
    With `dates` the day of publication is a timestamp, and a period has its first and last day beside it.
    """
    from extractor import frames

    return frames.to_dataframe(extractions, table, dates=dates)


def show(extractions: Extraction | Iterable[Extraction], *, language: str = "en") -> Extractions:
    """Extractions as a list that a notebook shows: the marked text and a table of each; `language` is "en" or "vi"."""
    from extractor.notebook import show

    return show(extractions, language=language)


def panel(documents: Iterable[Extraction | Mapping[str, Any]], *, table: str = "panel", provinces: str = "then",
          min_confidence: float = 0.0, language: str = "en") -> pd.DataFrame:
    """What many articles say about places and periods, one row for place × period × indicator × group.

    `documents` are extractions, or documents of JSON as parsed; near-identical articles count once, and their order does
    not matter. `table`: "panel", "targets" (each goal with its outcome), "conflicts" or "sources" (every statement).
    `provinces` "now" brings provinces to today's 34, where former ones keep rows of their own; `min_confidence` leaves
    less certain numbers out; `language` ("en", "vi") is that of names. Raises `ExtractorError` for another word.
    """
    from extractor.panels import build_panel, to_frame
    from extractor.report import document_of
    from extractor.wording import check_language

    read = (d if isinstance(d, Extraction) else document_of(d) for d in documents)
    return to_frame(build_panel(read, min_confidence=min_confidence, provinces=provinces), table, check_language(language))


def load(patterns: Folders = None) -> Language:
    """The pipeline as a spaCy `Language`: ``nlp(text)``, ``nlp.pipe(texts)``, ``doc.spans``, ``doc._.extraction``.

    `patterns` are folders of pattern files of your own, as for `extract`.
    """
    from extractor.pipeline import build

    return build(patterns)
