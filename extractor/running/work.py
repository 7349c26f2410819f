"""What is done with a chunk of articles, in this process or in a worker: extract each, and pack what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading import finished
from extractor.records import Extraction
from extractor.writing.encode import Encoder, Payload

T_co = TypeVar("T_co", covariant=True)


class Failure(NamedTuple):
    """An article of a chunk, by its place there, that gave nothing, and why."""

    place: int
    message: str


@dataclass(frozen=True)
class Outcome(Generic[T_co]):
    """What a chunk gave: its good articles' extractions in the form that was asked for, and its failures."""

    value: T_co
    good: int
    failures: list[Failure]


class Work(Protocol[T_co]):
    """Work on a chunk; picklable, and the same value for the same articles wherever it is done."""

    def __call__(self, articles: Sequence[Article]) -> Outcome[T_co]:
        """Do it. One article's fault never costs the others."""


@dataclass(frozen=True)
class Encode:
    """Work that gives the bytes which the output needs."""

    encoder: Encoder
    patterns: tuple[Path, ...] = ()

    def __call__(self, articles: Sequence[Article]) -> Outcome[Payload]:
        """Extract the articles and encode what they hold."""
        pairs, failures = attempt(articles, self.patterns)
        return Outcome(self.encoder(pairs), len(pairs), failures)


@dataclass(frozen=True)
class Extract:
    """Work that gives the extractions themselves."""

    patterns: tuple[Path, ...] = ()

    def __call__(self, articles: Sequence[Article]) -> Outcome[list[Extraction]]:
        """Extract the articles."""
        pairs, failures = attempt(articles, self.patterns)
        return Outcome([extraction for _, extraction in pairs], len(pairs), failures)


def attempt(articles: Sequence[Article], patterns: tuple[Path, ...] = ()) -> tuple[list[tuple[Article, Extraction]], list[Failure]]:
    """The articles with their extractions, and those that failed."""
    from extractor import api

    pairs: list[tuple[Article, Extraction]] = []
    failures: list[Failure] = []
    for index, article in enumerate(articles):
        try:
            article = finished(article)
            pairs.append((article, api.extract_article(article, patterns)))
        except ExtractorError as error:
            failures.append(Failure(index, str(error)))
        except Exception as error:  # a fault of the toolkit in one article must not cost the others either
            failures.append(Failure(index, f"unexpected {type(error).__name__}: {error}"))
    return pairs, failures
