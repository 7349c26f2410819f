"""What the command line reads: its inputs with their options, once or, to find near-duplicates, twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.dedup import Clusters
    from extractor.reading import Meter, Read, ReadOptions


class Inputs:
    """The articles of the inputs; with `dedup` each carries its cluster of near-duplicates, for which all are read first."""

    def __init__(self, names: Sequence[str], reading: ReadOptions, workers: int, dedup: bool = False,
                 ask_model: bool = False) -> None:
        if dedup and "-" in names:
            raise ExtractorError("--dedup: reads its inputs twice, which standard input cannot be")
        self.names, self.reading, self.dedup, self.ask_model = list(names), reading, dedup, ask_model
        self._workers = workers

    def reads(self, skip: int = 0, meter: Meter | None = None) -> Iterator[Read]:
        """The articles after the first so many."""
        for found in self._reads(skip, meter):
            if found.article is not None:
                found.article.ask_model = self.ask_model
            yield found

    def _reads(self, skip: int, meter: Meter | None) -> Iterator[Read]:
        from extractor.reading import read_articles

        if not self.dedup:
            return read_articles(self.names, self.reading, skip, meter, finish=False)
        from extractor.dedup import mark_duplicates

        clusters = self._clusters  # found before the meter is told of the second pass
        return mark_duplicates(read_articles(self.names, self.reading, skip, meter, finish=False), clusters, skip)

    def summary(self) -> str | None:
        """A line on near-duplicates; None where they were not looked for."""
        if not self.dedup or "_clusters" not in self.__dict__:
            return None
        counts = self._clusters.counts
        return (f"near-duplicates: {counts.copies:,} of {counts.articles:,} articles are copies of an earlier one, "
                f"in {counts.clusters:,} clusters")

    @cached_property
    def _clusters(self) -> Clusters:
        from extractor.dedup import find_duplicate_reads
        from extractor.reading import read_articles

        return find_duplicate_reads(read_articles(self.names, self.reading, finish=False), workers=self._workers)
