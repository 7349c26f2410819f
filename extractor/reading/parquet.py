"""Parquet: a row for each article, read in small batches and only the columns that are wanted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.columns import Columns
from extractor.reading.encodings import decode_as
from extractor.reading.extras import needed
from extractor.reading.records import Record, Records
from extractor.reading.stream import Input

_ROWS: Final = 64


def records(file: Input) -> Records:
    """One record for each row."""
    with needed("files", "pyarrow", "reading .parquet"):
        import pyarrow.parquet as pq
    columns = Columns(file)
    number = 0
    with file.open() as stream, _seekable(stream) as seekable:
        table = pq.ParquetFile(seekable, buffer_size=1 << 16)
        found = columns.check(table.schema_arrow.names)
        for batch in table.iter_batches(batch_size=_ROWS, columns=sorted(set(found.values())), use_threads=False):
            for row in range(batch.num_rows):
                number += 1
                yield Record(number, _Row(file, columns, found, batch, row, number))


class _Row:
    """A row that has not been made an article."""

    __slots__ = ("_batch", "_columns", "_file", "_found", "_number", "_row")

    def __init__(self, file: Input, columns: Columns, found: dict[str, str], batch: Any, row: int, number: int) -> None:
        self._file, self._columns, self._found = file, columns, found
        self._batch, self._row, self._number = batch, row, number

    def __call__(self) -> Article:
        fields = {name: self._batch.column(name)[self._row].as_py() for name in self._found.values()}
        name = self._found["text"]
        text, place = fields[name], f"{self._file.name}: line {self._number}"
        if isinstance(text, bytes):  # a column of bytes holds texts too, in tables written by old tools
            fields[name] = text = decode_as(text, place, self._file.options.encoding)
        if isinstance(text, str) and len(text.encode("utf-8", "surrogatepass")) > self._file.options.max_bytes:
            raise ExtractorError(f"{place}: {self._file.too_long()}")
        return self._columns.article(fields, self._number)


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy on disk of one that can only be read forward: Parquet is read from its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)
