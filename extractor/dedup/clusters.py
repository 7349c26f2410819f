"""Which articles belong together, and which of them is the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from extractor.dedup.signature import SLOTS

_BAND: Final = 4  # slots that must be equal for two articles to be compared at all
_SEED: Final = np.uint64(0x9E3779B97F4A7C15)

Signatures = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]


class Cluster(NamedTuple):
    """What is known of one article: the cluster's id, the id of the cluster's first article, how many it has.

    An article without copies is a cluster of one. The cluster's id is made of the first article's words, so that it
    stays the same when copies are added after it.
    """

    id: str
    first: str | None
    size: int


class Counts(NamedTuple):
    """For a summary: all articles, the clusters of more than one, and the articles in them that are not the first."""

    articles: int
    clusters: int
    copies: int


class Clusters:
    """The cluster of each article by its number, in the order in which they were added (None: no article)."""

    def __init__(self, first: Numbers, size: Numbers, describe: Callable[[int], tuple[str, str | None]]) -> None:
        self._first, self._size, self._describe = first, size, describe
        there = first >= 0
        firsts = first == np.arange(len(first))
        self.counts = Counts(int(there.sum()), int((firsts & (size > 1)).sum()), int((there & ~firsts).sum()))

    def __len__(self) -> int:
        """All that was added."""
        return len(self._first)

    def __getitem__(self, number: int) -> Cluster | None:
        """The cluster of the article that was added as this number, from 0."""
        if not 0 <= number < len(self._first):
            raise IndexError(number)
        if self._first[number] < 0:
            return None
        return Cluster(*self._describe(int(self._first[number])), int(self._size[number]))

    def __iter__(self) -> Iterator[Cluster | None]:
        """All of them, in their order."""
        return (self[i] for i in range(len(self)))


def connect(signatures: Signatures, order: npt.NDArray[np.uint64], threshold: float) -> Numbers:
    """For each article the number of one that stands for its cluster.

    `order` is a number of each signature by which those of a band are gone through, so that the order in which they
    were added does not count.
    """
    parents = np.arange(len(signatures))
    least = int(np.ceil(threshold * SLOTS))
    for start in range(0, SLOTS, _BAND):
        for members in _alike(signatures[:, start:start + _BAND], order):
            _compare(signatures, members, least, parents)
    return _roots(parents)


def _alike(band: Signatures, order: npt.NDArray[np.uint64]) -> Iterator[Numbers]:
    """The articles with equal slots in a band, two or more at a time."""
    key = np.zeros(len(band), np.uint64)
    for slot in range(_BAND):  # a chance collision only costs a comparison
        key = (key ^ band[:, slot].astype(np.uint64)) * _SEED
        key ^= key >> np.uint64(29)
    by_key = np.lexsort((order, key))
    bounds = np.flatnonzero(np.diff(key[by_key])) + 1
    starts = np.concatenate(([0], bounds))
    ends = np.concatenate((bounds, [len(key)]))
    for i in np.flatnonzero(ends - starts > 1):
        yield by_key[starts[i]:ends[i]]


def _compare(signatures: Signatures, members: Numbers, least: int, parents: Numbers) -> None:
    """Join those that have enough slots in common: each that is joined to none yet is compared with all after it."""
    rows = np.asarray(signatures[members])
    while len(members) > 1:
        close = (rows[1:] == rows[0]).sum(axis=1) >= least
        for other in members[1:][close]:
            _join(parents, int(members[0]), int(other))
        members, rows = members[1:][~close], rows[1:][~close]


def _join(parents: Numbers, a: int, b: int) -> None:
    a, b = _root(parents, a), _root(parents, b)
    parents[max(a, b)] = min(a, b)


def _root(parents: Numbers, node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = int(parents[node])
    return node


def _roots(parents: Numbers) -> Numbers:
    while True:
        further = parents[parents]
        if (further == parents).all():
            return further
        parents = further
