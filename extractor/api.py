"""The calls of the library: `extract` one text, `extract_many`, `read` files, tables, `load` the spaCy pipeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.records import Extraction

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from extractor.patterns import Folders


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


def extract_many(articles: Iterable[Article | str], patterns: Folders = None) -> Iterator[Extraction]:
    """The extractions of many articles (or bare texts), in their order, one at a time."""
    for article in articles:
        yield extract_article(Article(article) if isinstance(article, str) else article, patterns)


def read(path: str | Path) -> Iterator[Article]:
    """The articles of a text file, or of all ``.txt`` files below a folder in the order of their names."""
    from extractor.article.decode import read_text, text_files

    for file in text_files(Path(path)):
        yield Article(read_text(file), id=file.stem, path=str(file))


def to_dataframe(extractions: Iterable[Extraction], table: str = "observations") -> pd.DataFrame:
    """One table over many extractions as a pandas data frame, with the article's id as first column.

    Tables: "observations", "targets", "officials", "provinces", "places", "periods", "checks", "articles".
    """
    from extractor import frames

    return frames.to_dataframe(extractions, table)


def load(patterns: Folders = None) -> Language:
    """The pipeline as a spaCy `Language`: ``nlp(text)``, ``nlp.pipe(texts)``, ``doc.spans``, ``doc._.extraction``.

    `patterns` are folders of pattern files of your own, as for `extract`.
    """
    from extractor.pipeline import build

    return build(patterns)
