"""Collect the signatures of many articles, then find their clusters."""

from __future__ import annotations

import hashlib
import tempfile
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np

from extractor.dedup.clusters import Clusters, connect
from extractor.dedup.signature import SLOTS, signature
from extractor.errors import ExtractorError
from extractor.reading.records import Read

#: Share of sequences of five words in common from which two articles are copies: three in four sentences of each.
THRESHOLD: Final = 0.6
_LEAST: Final = 0.5  # below this, pairs would be missed that a band of four slots does not bring together
_BYTES: Final = 4 * SLOTS
_UNDATED: Final = "9999"


class Deduplicator:
    """Takes signatures, gives clusters.

    It holds 16 bytes per article in memory and 512 in a temporary file while it collects, and about 100 in memory while
    it finds the clusters.
    """

    def __init__(self, threshold: float = THRESHOLD) -> None:
        if not _LEAST <= threshold <= 1:
            raise ExtractorError(f"threshold of near-duplicates: expected {_LEAST} to 1, found {threshold}")
        self._threshold = threshold
        self._signatures = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as this object)
        self._names = tempfile.TemporaryFile()  # noqa: SIM115
        self._ends = array("Q")
        self._length = 0
        self._rows = array("q")  # for each that was added the number of its signature, -1 if it has none

    def add(self, id: str | None, published: str | None, found: bytes) -> int:
        """Add an article by its `signature`; its number, from 0.

        `id` and `published` (ISO date) decide which of a cluster is the first: the earliest, undated ones last, then
        by id. What is no article (an error of reading) can be added with an empty signature, to keep the numbers.
        """
        if found and len(found) != _BYTES:
            raise ExtractorError(f"signature: expected {_BYTES} bytes, found {len(found)}")
        self._rows.append(len(self._ends) if found else -1)
        if found:
            name = f"{published or _UNDATED}\0{'' if id is None else 'i' + id}".encode("utf-8", "surrogatepass")
            self._signatures.write(found)
            self._names.write(name)
            self._length += len(name)
            self._ends.append(self._length)
        return len(self._rows) - 1

    def clusters(self) -> Clusters:
        """The clusters of all that was added."""
        count = len(self._ends)
        rows = np.array(self._rows, dtype=np.int64)
        first = np.full(len(rows), -1, dtype=np.int64)
        size = np.zeros(len(rows), dtype=np.int64)
        if count:
            self._signatures.flush()
            signatures = np.memmap(self._signatures, dtype="<u4", mode="r", shape=(count, SLOTS))
            there = np.flatnonzero(rows >= 0)
            roots = connect(signatures, self._order(signatures), self._threshold)
            chosen = np.arange(count)
            counted = np.bincount(roots, minlength=count)
            by_root = np.argsort(roots, kind="stable")
            ends = np.cumsum(counted)
            for root in np.flatnonzero(counted > 1):
                members = by_root[ends[root] - counted[root]:ends[root]]
                best = min(members, key=lambda m: (self._name(int(m)), signatures[m].tobytes()))
                chosen[members] = best
            first[there] = there[chosen]
            size[there] = counted[roots]
        return Clusters(first, size, lambda number: self._describe(int(rows[number])))

    @staticmethod
    def _order(signatures: np.memmap[tuple[int, int], np.dtype[np.uint32]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        """A number of each signature that depends on it alone."""
        return np.fromiter((int.from_bytes(hashlib.blake2b(row.tobytes(), digest_size=8).digest(), "big")
                            for row in signatures), dtype=np.uint64, count=len(signatures))

    def _name(self, row: int) -> bytes:
        """Date and id of a signature."""
        start = self._ends[row - 1] if row else 0
        self._names.seek(start)
        return self._names.read(self._ends[row] - start)

    def _describe(self, row: int) -> tuple[str, str | None]:
        """The id of the cluster whose first article this is, and that article's id."""
        self._signatures.seek(row * _BYTES)
        digest = hashlib.blake2b(self._signatures.read(_BYTES), digest_size=8).hexdigest()
        id = self._name(row).partition(b"\0")[2].decode("utf-8", "surrogatepass")
        return digest, id[1:] if id else None


def find_duplicates(articles: Iterable[tuple[str | None, str | None, str]], threshold: float = THRESHOLD) -> Clusters:
    """The clusters of articles given as (id, date of publication, text)."""
    found = Deduplicator(threshold)
    for id, published, text in articles:
        found.add(id, published, signature(text))
    return found.clusters()


def find_duplicate_reads(reads: Iterable[Read], threshold: float = THRESHOLD) -> Clusters:
    """The clusters of a stream of `extractor.reading.read_articles`, by the number of the `Read` in it, from 0.

    A second pass over the same inputs can so look up each article's cluster as it comes; an error has none.
    """
    found = Deduplicator(threshold)
    for read in reads:
        article = read.article
        if article is None:
            found.add(None, None, b"")
        else:
            found.add(article.id, article.published, signature(article.text))
    return found.clusters()
