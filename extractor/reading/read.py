"""`read_articles`: the stream of all articles of all inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.errors import ExtractorError
from extractor.reading.formats import reader_of
from extractor.reading.meter import Meter
from extractor.reading.records import Read, ReadOptions, Record, Records, failed
from extractor.reading.sources import Source, find_sources
from extractor.reading.stream import Input
from extractor.reading.unread import finished

_DEFAULT: Final = ReadOptions()


def read_articles(inputs: Sequence[str], options: ReadOptions = _DEFAULT, skip: int = 0,
                  meter: Meter | None = None, finish: bool = True) -> Iterator[Read]:
    """All articles of the inputs, one at a time, in an order that depends on the names alone.

    `inputs`: files, folders (all files of a known format below them, hidden ones left out), globs and "-" for standard
    input, in the order given; below a folder and of a glob in the order of the names. `skip`: leave out the first so
    many (errors count too) without decoding them: an interrupted run goes on with the number of `Read`s that it has
    dealt with. `meter` is told how far the reading is. Without `finish` the texts of HTML pages are left to be looked for
    by `finished`, which whoever uses the articles has then to call, and which may raise `ExtractorError`.

    Raises nothing for what is wrong with an input: that is a `Read` with an error.
    """
    for source in find_sources(inputs):
        if meter is not None:
            meter.begin(source)
        for record in _records(source, options, meter):
            if options.shard is not None and not _belongs(source.name, record.line, options.shard):
                continue
            if skip > 0:
                skip -= 1
                continue
            yield _read(source.name, record, finish)
        if meter is not None:
            meter.end()


def _records(source: Source, options: ReadOptions, meter: Meter | None) -> Records:
    """The records of one input; what breaks it off is its last one, and costs none of those before."""
    if source.error is not None:
        yield failed(None, str(source.error))
        return
    file = Input(source, options, meter)
    count = 0
    try:
        for record in reader_of(file)(file):
            yield record
            count += 1
    except Exception as error:  # whatever a file does to its reader must not cost the other files
        message = str(error) if isinstance(error, ExtractorError) else _told(file.name, error)
        yield failed(None, f"{message} (after {count:,} records)" if count else message)


def _read(source: str, record: Record, finish: bool) -> Read:
    try:
        article = record.make()
        return Read(source, record.line, finished(article) if finish else article, None)
    except ExtractorError as error:
        return Read(source, record.line, None, error)
    except Exception as error:  # likewise the other articles of the file
        place = source if record.line is None else f"{source}: line {record.line}"
        return Read(source, record.line, None, ExtractorError(_told(place, error)))


def _told(place: str, error: Exception) -> str:
    """An error of a library in one line."""
    said = " ".join(str(error).split())
    if isinstance(error, OSError):
        return f"{place}: cannot be read: {error.strerror or said}"
    return f"{place}: cannot be read: {said or type(error).__name__} ({type(error).__name__})"


def _belongs(source: str, line: int | None, shard: tuple[int, int]) -> bool:
    """Whether a record is of the part; the same on every machine and for every order of the inputs."""
    key = f"{source}\0{'' if line is None else line}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest()) % shard[1] == shard[0] - 1
