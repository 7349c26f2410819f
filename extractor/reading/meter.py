"""How far the reading is, by the bytes of the files."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from typing import BinaryIO

from extractor.reading.sources import Source, find_sources


class Meter:
    """Give it to `read_articles`; ``share()`` is then the part of the inputs that has been read.

    It looks at the size of every file first: two seconds for a million files.
    """

    def __init__(self, inputs: Sequence[str]) -> None:
        sizes = [size(source) for source in find_sources(inputs)]
        self._total = sum(s for s in sizes if s is not None) if None not in sizes else None
        self._done = self._size = 0
        self._file: BinaryIO | None = None

    def share(self) -> float | None:
        """From 0 to 1; None where the inputs have no size (standard input, pipes)."""
        if self._total is None:
            return None
        at = self._file.tell() if self._file is not None and not self._file.closed else 0
        return min(1.0, (self._done + at) / self._total) if self._total else 1.0

    def begin(self, source: Source) -> None:
        """A file is begun."""
        self._size = size(source) or 0
        self._file = None

    def watch(self, file: BinaryIO) -> None:
        """The file that has been opened, before decompression: its position tells how far it is read."""
        self._file = file

    def end(self) -> None:
        """A file is done with."""
        self._done += self._size
        self._file = None


def size(source: Source) -> int | None:
    """The bytes of a source, 0 where it is not there, None where it has no size."""
    if source.error is not None:
        return 0
    if source.path is None:
        return None
    try:
        found = source.path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else None
