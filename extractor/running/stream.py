"""Chunks to outcomes, by as many processes as it is worth: a few articles are done in this one."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterable
from typing import Final, TypeVar

from extractor.running.chunks import Chunk
from extractor.running.pool import Pool
from extractor.running.work import Outcome, Work

T = TypeVar("T")

#: Fewer articles, and fewer characters, than this are done sooner than worker processes start.
FEW: Final = (160, 500_000)


def outcomes(chunks: Iterable[Chunk], work: Work[T], workers: int) -> Generator[tuple[Chunk, Outcome[T]], None, None]:
    """The outcome of each chunk, in their order, whatever the number of workers; with one, all is done in here."""
    rest = iter(chunks)
    if workers > 1:
        first: list[Chunk] = []
        for chunk in rest:
            first.append(chunk)
            if sum(len(c.reads) for c in first) > FEW[0] or sum(c.characters for c in first) > FEW[1]:
                with Pool(work, workers) as pool:
                    yield from pool.run(itertools.chain(first, rest))
                return
        rest = iter(first)
    for chunk in rest:
        yield chunk, work(chunk.articles)
