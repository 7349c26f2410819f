"""Opening an input through its compression, and reading from it no more than the options admit."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from extractor.errors import ExtractorError
from extractor.reading.encodings import decode_as, keeps_lines
from extractor.reading.extras import needed
from extractor.reading.formats import kind_of
from extractor.reading.meter import Meter
from extractor.reading.records import ReadOptions
from extractor.reading.sources import STDIN, Source

_MAGIC: Final = ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst"), (b"BZh", ".bz2"))
_BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Input:
    """One file to be read, with the options."""

    source: Source
    options: ReadOptions
    meter: Meter | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.source.name if self.source.name != STDIN else "standard input"

    @property
    def path(self) -> str | None:
        """What documents give as its path."""
        return self.source.name if self.source.path is not None else None

    def id_of(self, line: int | None) -> str | None:
        """The id of an article that brings none: the file's name without endings, with the number of the record."""
        stem = kind_of(self.source.name).stem if self.source.path is not None else None
        return ":".join(str(part) for part in (stem, line) if part is not None) or None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes of the file, decompressed; `ExtractorError` where it cannot be opened."""
        try:
            raw = sys.stdin.buffer if self.source.path is None else self.source.path.open("rb")
        except OSError as error:
            raise ExtractorError(f"{self.name}: cannot be read: {error.strerror or error}") from None
        if self.meter is not None and self.source.path is not None:
            self.meter.watch(raw)
        try:
            yield _decompressed(raw, self._compression(raw))
        finally:
            if self.source.path is not None:
                raw.close()

    def _compression(self, raw: BinaryIO) -> str | None:
        if self.source.path is not None:
            return kind_of(self.source.name).compression
        head = raw.peek(4) if isinstance(raw, io.BufferedReader) else b""
        return next((compression for magic, compression in _MAGIC if head.startswith(magic)), None)

    def read(self, factor: int = 1) -> bytes:
        """All bytes of a file that is one article; it may have `factor` times as many as the options say."""
        limit = self.options.max_bytes * factor
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise ExtractorError(f"{self.name}: {self.too_long(factor)}")
        return data

    def too_long(self, factor: int = 1) -> str:
        """Why an article is refused that is longer than the options admit."""
        return too_long(self.options.max_bytes * factor, "one article" if factor == 1 else "a page")


def too_long(limit: int, what: str = "one article") -> str:
    """Why an article or a page is refused that has more bytes."""
    return f"longer than {what} may be ({limit:,} bytes)"


def _decompressed(raw: BinaryIO, compression: str | None) -> BinaryIO:
    if compression == ".gz":
        opened: gzip.GzipFile | bz2.BZ2File = gzip.GzipFile(fileobj=raw)
    elif compression == ".bz2":
        opened = bz2.BZ2File(raw)
    elif compression == ".zst":
        with needed("files", "backports.zstd", "reading .zst"):
            if sys.version_info >= (3, 14):
                from compression import zstd
            else:
                from backports import zstd
        opened = cast(gzip.GzipFile, zstd.ZstdFile(raw))  # the same methods
    else:
        return raw
    return cast(BinaryIO, io.BufferedReader(_Piecewise(opened), _BLOCK))


class _Piecewise(io.RawIOBase):
    """A compressed stream that gives all that can be decompressed before it says that the rest is broken."""

    def __init__(self, stream: gzip.GzipFile | bz2.BZ2File) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read1(len(buffer))
        buffer[:len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """A stream of text in an encoding whose lines cannot be cut as bytes, as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._held:
            self._held = self._text.read(_BLOCK).encode("utf-8", "surrogatepass")
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count


def lines(file: Input, stream: BinaryIO) -> tuple[Iterator[tuple[int, bytes | None]], Callable[[bytes], str]]:
    """The lines of a stream with their numbers from 1, and what decodes one. None stands for a line that is too long."""
    encoding = file.options.encoding
    head = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream, encoding = _utf8(stream, "utf-16"), None
    elif encoding is not None and not keeps_lines(encoding):
        stream, encoding = _utf8(stream, encoding), None
    return _lines(stream, file.options.max_bytes), lambda line: decode_as(line, file.name, encoding)


def _utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Recoded(stream, encoding), _BLOCK))


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_BLOCK)
            yield number, None
        else:
            yield number, line
