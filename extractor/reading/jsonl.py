"""JSON Lines: an object a line, its fields an article."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.columns import Columns
from extractor.reading.records import Record, Records, failed
from extractor.reading.stream import Input, lines


def records(file: Input) -> Records:
    """One record for each line that is not blank; what is wrong with one says nothing of the next."""
    columns = Columns(file)
    count = 0
    with file.open() as stream:
        found, decode = lines(file, stream)
        for number, line in found:
            if line is None:
                yield failed(number, f"{file.name}: line {number}: {file.too_long()}")
            elif not line.isspace():
                yield Record(number, _Line(file, columns, number, line, decode))
            else:
                continue
            count += 1
    if not count:
        raise ExtractorError(f"{file.name}: an empty file")


class _Line:
    """A line that has not been parsed."""

    __slots__ = ("_columns", "_decode", "_file", "_line", "_number")

    def __init__(self, file: Input, columns: Columns, number: int, line: bytes, decode: Callable[[bytes], str]) -> None:
        self._file, self._columns, self._number, self._line, self._decode = file, columns, number, line, decode

    def __call__(self) -> Article:
        return self._columns.article(self._fields(), self._number)

    def _fields(self) -> dict[str, Any]:
        place = f"{self._file.name}: line {self._number}"
        try:
            value = json.loads(self._decode(self._line))
        except json.JSONDecodeError as error:
            raise ExtractorError(f"{place}: not JSON: {error.msg} (character {error.pos + 1})") from None
        except (ValueError, RecursionError) as error:
            raise ExtractorError(f"{place}: not JSON that can be read: {error}") from None
        except ExtractorError as error:
            raise ExtractorError(str(error).replace(self._file.name, place, 1)) from None
        if not isinstance(value, dict):
            raise ExtractorError(f"{place}: expected an object with the fields of an article, "
                                 f"found {'a list' if isinstance(value, list) else type(value).__name__}")
        return value
