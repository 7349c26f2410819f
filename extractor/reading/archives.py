"""Web archives (WARC): the pages that a crawler has fetched, and the texts of WET files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.encodings import decode_as
from extractor.reading.extras import needed
from extractor.reading.records import PAGE_FACTOR, Record, Records
from extractor.reading.stream import Input

_PAGES: Final = ("text/html", "application/xhtml+xml")
_OK: Final = 200
_END: Final = b"\r\n\r\n"  # of every record


def records(file: Input) -> Records:
    """One record for each HTML page that was fetched with success, and for each plain text of a "conversion" record.

    Pictures, styles, redirections, failures and the archive's own records are passed over: they are no articles.
    """
    with needed("files", "fastwarc", "reading .warc"):
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    with file.open() as stream, _no_panic(file.name):
        forward = _Forward(stream)
        # all records are gone through so that a record's number is its place in the archive
        for record in ArchiveIterator(forward, parse_http=True, auto_decode="all", stream_detect=False):
            number += 1
            if not record.record_type & wanted:
                continue
            kind = _content_type(record)
            failure = record.http_headers is not None and record.http_headers.status_code != _OK
            if failure or kind not in (*_PAGES, "text/plain") or (kind == "text/plain") != (
                    record.record_type == WarcRecordType.conversion):
                continue
            yield Record(number, _Page(file, number, kind, record))
        if not number:
            raise ExtractorError(f"{file.name}: an empty file")
        if forward.tail != _END:  # fastwarc takes what is left of a record for the whole
            raise ExtractorError(f"{file.name}: the last record breaks off")


class _Forward:
    """A stream as fastwarc needs it: it can be read and says where it is, though it may not be able to go there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        self.tail = (self.tail + data[-len(_END):])[-len(_END):]
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, *_: int) -> int:
        raise OSError("cannot go back")

    def close(self) -> None:
        """The stream is closed by who opened it."""


@contextmanager
def _no_panic(place: str) -> Iterator[None]:
    """A fault inside fastwarc, which is no `Exception`, as an error like any other."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ExtractorError(f"{place}: cannot be read: {' '.join(str(error).split())[:200]}") from None


def _content_type(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.headers
    return (headers.get("Content-Type") or "").partition(";")[0].strip().lower()


class _Page:
    """A record whose payload has not been read; it must be made an article before the archive is read on."""

    __slots__ = ("_file", "_kind", "_number", "_record")

    def __init__(self, file: Input, number: int, kind: str, record: Any) -> None:
        self._file, self._number, self._kind, self._record = file, number, kind, record

    def __call__(self) -> Article:
        from extractor.reading.pages import unread_page

        place = f"{self._file.name}: line {self._number}"
        with _no_panic(place):
            factor = 1 if self._kind == "text/plain" else PAGE_FACTOR
            limit = self._file.options.max_bytes * factor
            data: bytes = self._record.reader.read(limit + 1)
        if len(data) > limit:
            raise ExtractorError(f"{place}: {self._file.too_long(factor)}")
        url = self._record.headers.get("WARC-Target-URI")
        if self._kind != "text/plain":
            return unread_page(data, place, self._file, self._number, url, self._record.http_charset)
        text = decode_as(data, place, self._file.options.encoding)
        if not text.strip():
            raise ExtractorError(f"{place}: no text in this record")
        return Article(text, id=self._file.id_of(self._number), path=self._file.path, url=url)
