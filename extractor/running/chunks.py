"""The stream of articles in chunks, the unit of work, and batches of chunks, the unit of what is made sure of.

Where they are cut depends on the articles alone, never on the number of workers or on the time, so that what is
written chunk by chunk has the same bytes in every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.draft import Article
from extractor.reading import Read

#: A chunk is closed by the article that fills it: by number or by characters of text.
CHUNK = (16, 100_000)
#: Likewise a batch, after which the output is made sure of; an interruption costs at most the work on one batch.
BATCH = (1_000, 4_000_000)


@dataclass(frozen=True)
class Chunk:
    """Some articles (or inputs that are none), one after the other; ``characters`` of their texts."""

    number: int
    reads: list[Read]
    characters: int
    ends_batch: bool

    @property
    def articles(self) -> list[Article]:
        """Those that could be read."""
        return [read.article for read in self.reads if read.article is not None]


def chunks(reads: Iterable[Read], size: tuple[int, int] | None = None) -> Iterator[Chunk]:
    """Cut a stream of reads into chunks of `size` (default: `CHUNK`); the last chunk of a batch says so."""
    size, batch = size or CHUNK, BATCH
    number = count = characters = 0
    held: list[Read] = []
    held_characters = 0
    for read in reads:
        held.append(read)
        held_characters += len(read.article.text) if read.article is not None else 0
        full = count + len(held) >= batch[0] or characters + held_characters >= batch[1]
        if full or len(held) >= size[0] or held_characters >= size[1]:
            yield Chunk(number, held, held_characters, full)
            count, characters = (0, 0) if full else (count + len(held), characters + held_characters)
            number, held, held_characters = number + 1, [], 0
    if held:
        yield Chunk(number, held, held_characters, True)
