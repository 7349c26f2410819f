"""A plain text file: one article."""

from __future__ import annotations

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.encodings import decode_as
from extractor.reading.records import Record, Records
from extractor.reading.stream import Input


def records(file: Input) -> Records:
    """The one article of the file, which is opened only when it is wanted."""
    def make() -> Article:
        data = file.read()
        if not data:
            raise ExtractorError(f"{file.name}: an empty file")
        text = decode_as(data, file.name, file.options.encoding)
        if not text.strip():
            raise ExtractorError(f"{file.name}: no text in this file, only blanks")
        return Article(text, id=file.id_of(None), path=file.path)

    yield Record(None, make)
