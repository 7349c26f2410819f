"""The calls of the library: `extract` one text, `extract_many`, `read` files, tables, `load` the spaCy pipeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.records import Extraction

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from extractor.notebook import Extractions


def extract(text: str, *, id: str | None = None, path: str | None = None, title: str | None = None,
            published: str | None = None, url: str | None = None, ask_model: bool = False) -> Extraction:
    """Everything that one article says in numbers, and who and where.

    `text` is the article as it stands. What a dump knows about it helps to read it: `title`, `published` (ISO date,
    "2024-03-14"), `url`; `id` and `path` are only carried along. With `ask_model` underthesea's
    entity model names officials whom the rules leave without a name (foreign ones mostly; about half are right).
    Raises `ExtractorError` for a date that is none.
    """
    return extract_article(Article(text, id, path, title, published, url, ask_model))


def extract_article(article: Article) -> Extraction:
    """`extract` for an `Article` record."""
    from extractor.finish import finish
    from extractor.patterns import load_patterns
    from extractor.steps import run

    return finish(run(Draft(checked(article), load_patterns())))


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


def extract_many(articles: Iterable[Article | str]) -> Iterator[Extraction]:
    """The extractions of many articles (or bare texts), in their order, one at a time."""
    for article in articles:
        yield extract_article(Article(article) if isinstance(article, str) else article)


def read(path: str | Path) -> Iterator[Article]:
    """The articles of a text file, or of all ``.txt`` files below a folder in the order of their names."""
    from extractor.article.decode import read_text, text_files

    for file in text_files(Path(path)):
        yield Article(read_text(file), id=file.stem, path=str(file))


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


def load() -> Language:
    """The pipeline as a spaCy `Language`: ``nlp(text)``, ``nlp.pipe(texts)``, ``doc.spans``, ``doc._.extraction``."""
    from extractor.pipeline import build

    return build()
