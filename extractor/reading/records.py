"""What reading gives, and the options of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from extractor.draft import Article
from extractor.errors import ExtractorError

#: One article is refused when it takes more bytes than this in its file (after decompression). Longer than any book;
#: reading it takes about 400 MB of memory, most of them for its records.
MAX_BYTES: Final = 2_000_000
#: So much larger may a page be than its text: pictures and programs can stand in it.
PAGE_FACTOR: Final = 8


@dataclass(frozen=True, slots=True)
class Read:
    """One record of the inputs: an article, or the error that stands in its place (exactly one of the two is set).

    ``source``: the path as given ("-" for standard input; below a folder the folder's path and the rest). ``line``:
    which record of a file of many articles this is, counted from 1 (in JSON Lines and CSV the number of its first line in
    the file, in Parquet that of the row, in a web archive that of the archive's record); None where the file is
    one article, and for an error that is about the file as a whole. The error's message names source and line itself.
    """

    source: str
    line: int | None
    article: Article | None
    error: ExtractorError | None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are to be read; everything is optional.

    The ``…_column`` name fields of JSON Lines and columns of CSV and Parquet; those left open are guessed by the lists
    of ``columns.toml``. ``encoding``: "tcvn3", "vni", "viscii", "vps", or any encoding that Python knows ("cp1258");
    by default UTF-8 or UTF-16. ``shard=(i, n)``: only the records of part i of n (i from 1 to n); which part a record
    belongs to depends on its source and line alone. ``format``: one of `FORMATS`, for inputs whose name does not say it
    (standard input, which is else one text). ``max_bytes``: a longer article is an error (a page of HTML
    may have `PAGE_FACTOR` times as many, its text not).
    Raises `ExtractorError` for values that are none.
    """

    text_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    url_column: str | None = None
    encoding: str | None = None
    shard: tuple[int, int] | None = None
    format: str | None = None
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        from extractor.reading.encodings import check_encoding
        from extractor.reading.formats import check_format

        if self.shard is not None and not 1 <= self.shard[0] <= self.shard[1]:
            raise ExtractorError(f"shard: expected i/n with i from 1 to n, found {self.shard[0]}/{self.shard[1]}")
        if self.max_bytes < 1:
            raise ExtractorError(f"max_bytes: expected a number of bytes, found {self.max_bytes}")
        check_encoding(self.encoding)
        check_format(self.format)

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> ReadOptions:
        """The options by their names; `ExtractorError` for a name that is none."""
        known = {f.name for f in fields(cls)}
        for name in options:
            if name not in known:
                raise ExtractorError(f"{name}: no option of reading; there are {', '.join(sorted(known))}")
        return cls(**options)


def parse_shard(value: str) -> tuple[int, int]:
    """The shard that "3/10" names; `ExtractorError` for anything else."""
    part, slash, count = value.partition("/")
    if not slash or not (part.isdecimal() and count.isdecimal()) or not 1 <= int(part) <= int(count):
        raise ExtractorError(f"shard: expected i/n with i from 1 to n, such as 3/10, found {value!r}")
    return int(part), int(count)


@dataclass(frozen=True, slots=True)
class Record:
    """A record that has been found and not yet decoded, so that it costs little to leave it out.

    ``make`` gives its article, or raises the `ExtractorError` that stands in its place.
    """

    line: int | None
    make: Callable[[], Article]


#: A reader gives the records of one file, one after the other. An `ExtractorError` ends the file, not the run.
Records = Iterator[Record]


def failed(line: int | None, message: str) -> Record:
    """A record that is an error."""
    def fail() -> Article:
        raise ExtractorError(message)

    return Record(line, fail)
