"""Near-duplicates: syndicated copies of one article, told by the share of word sequences that they have in common.

Two passes: first every article is given to `Deduplicator.add` as its `signature` (which any process may make, in any
order), then `Deduplicator.clusters` says of each which cluster it is in and which article is the first of it.
`find_duplicates` does both for texts, `find_duplicate_reads` for the stream of `extractor.reading`.

What comes out depends on the articles alone: not on their order, nor on who made the signatures, nor on the machine.

>>> from extractor.dedup import find_duplicates
>>> text = "Năm 2023, toàn tỉnh giảm được 2.150 hộ nghèo, đạt 107% kế hoạch đề ra từ đầu năm."
>>> found = find_duplicates([("b", "2024-01-16", text + " Lò Mai"), ("a", "2024-01-15", text), ("c", None, "Tin khác.")])
>>> [cluster.first for cluster in found], found.counts
(['a', 'a', 'c'], Counts(articles=3, clusters=1, copies=1))
"""

from extractor.dedup.clusters import Cluster, Clusters, Counts
from extractor.dedup.find import Deduplicator, find_duplicate_reads, find_duplicates
from extractor.dedup.signature import signature

__all__ = ["Cluster", "Clusters", "Counts", "Deduplicator", "find_duplicate_reads", "find_duplicates", "signature"]
