"""Near-duplicates in a stream of reads: one pass to find the clusters, a second one in which each article knows its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.dedup.clusters import Clusters
from extractor.dedup.find import THRESHOLD, Deduplicator
from extractor.dedup.signature import signature
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading import Read, finished
from extractor.running.chunks import chunks
from extractor.running.stream import outcomes
from extractor.running.work import Failure, Outcome


class Signed(NamedTuple):
    """What finding clusters needs of an article."""

    id: str | None
    published: str | None
    signature: bytes


@dataclass(frozen=True)
class Sign:
    """Work of worker processes that gives the signatures of articles."""

    def __call__(self, articles: Sequence[Article]) -> Outcome[list[Signed]]:
        """Sign the articles; a page without a text is a failure."""
        signed: list[Signed] = []
        failures: list[Failure] = []
        for place, unread in enumerate(articles):
            try:
                article = finished(unread)
            except Exception as error:  # the second pass says what is wrong with it
                failures.append(Failure(place, str(error)))
            else:
                signed.append(Signed(article.id, article.published, signature(article.text)))
        return Outcome(signed, len(signed), failures)


def find_duplicate_reads(reads: Iterable[Read], threshold: float = THRESHOLD, workers: int = 1) -> Clusters:
    """The clusters of a stream of `extractor.reading.read_articles`, by the number of the `Read` in it, from 0.

    An error has none. The result is the same for any number of `workers` (processes).
    """
    found = Deduplicator(threshold)
    for chunk, outcome in outcomes(chunks(reads), Sign(), workers):
        failed = {failure.place for failure in outcome.failures}
        signed = iter(outcome.value)
        place = 0
        for read in chunk.reads:
            known = Signed(None, None, b"")
            if read.article is not None:
                known = known if place in failed else next(signed)
                place += 1
            found.add(*known)
    return found.clusters()


def mark_duplicates(reads: Iterable[Read], clusters: Clusters, skipped: int = 0) -> Iterator[Read]:
    """The same stream once more, `skipped` reads left out at its beginning, each article with its cluster.

    `ExtractorError` where the stream has grown since.
    """
    for number, read in enumerate(reads, skipped):
        if number >= len(clusters):
            raise ExtractorError("near-duplicates: the inputs have changed while they were read")
        cluster = clusters[number]
        if read.article is None or cluster is None:
            yield read
        else:
            article = replace(read.article, cluster=cluster.id, cluster_first=cluster.first)
            yield replace(read, article=article)
