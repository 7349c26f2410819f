"""CSV and TSV: a header, then a row for each article.

A row that is broken must not swallow the rows after it: a quotation mark that nobody closes makes everything up to the
next one a single field. So a record of several lines that does not come out well is given up, and reading goes on with
its second line, where that is a good row by itself.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.columns import Columns
from extractor.reading.records import Record, Records, failed
from extractor.reading.stream import Input, lines

_DELIMITERS: Final = ",;\t|"
_PROBE: Final = "\0probe\n"


def records(file: Input) -> Records:
    """One record for each row that is not blank; its number is that of its first line."""
    csv.field_size_limit(max(csv.field_size_limit(), file.options.max_bytes + 1))
    columns = Columns(file)
    with file.open() as stream:
        rows = _Rows(file, *lines(file, stream))
        header = rows.header()
        columns.check(header)
        while (row := rows.next(len(header))) is not None:
            number, cells = row
            if isinstance(cells, str):
                yield failed(number, f"{file.name}: line {number}: {cells}")
            elif cells:
                yield Record(number, _Row(columns, header, number, cells))


class _Row:
    """A row that has not been made an article."""

    __slots__ = ("_cells", "_columns", "_header", "_number")

    def __init__(self, columns: Columns, header: list[str], number: int, cells: list[str]) -> None:
        self._columns, self._header, self._number, self._cells = columns, header, number, cells

    def __call__(self) -> Article:
        # of two columns of one name the first counts
        return self._columns.article(dict(zip(reversed(self._header), reversed(self._cells), strict=True)), self._number)


class _TooLongError(Exception):
    """A record has more bytes than an article may have."""


class _Rows:
    """The rows of a table, each with the number of its first line."""

    def __init__(self, file: Input, found: Iterator[tuple[int, bytes | None]], decode: Callable[[bytes], str]) -> None:
        self._file = file
        self._lines = _Lines(found, decode, file.options.max_bytes)
        self._delimiter = "\t"
        self._reader: Iterator[list[str]] = iter(())

    def header(self) -> list[str]:
        """The names of the columns. By the first line it is also seen what stands between the columns."""
        try:
            self._lines.begin()
            first = next(self._lines, None)
        except _TooLongError:
            first = None
        if first is None:
            raise ExtractorError(f"{self._file.name}: " + ("an empty file" if not self._lines.taken else "no header"))
        if PurePath(self._file.source.name.lower()).suffixes[:1] != [".tsv"] and self._file.options.format != "tsv":
            self._delimiter = max(_DELIMITERS, key=first.count)
        self._lines.give_back(0)
        self._reader = csv.reader(self._lines, delimiter=self._delimiter)
        row = self.next(None)
        if row is None or isinstance(row[1], str):
            raise ExtractorError(f"{self._file.name}: no header: {row[1] if row else 'an empty file'}")
        return row[1]

    def next(self, width: int | None) -> tuple[int, list[str] | str] | None:
        """The next row of so many cells, or what is wrong with it; None at the end. A blank line is no cells."""
        self._lines.begin()
        problem, cells = "", []
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except _TooLongError:
            problem = self._file.too_long()
        except csv.Error as error:
            problem = str(error)
        number, taken = self._lines.first, self._lines.taken
        if cells and width is not None and len(cells) != width:
            problem = f"expected {width} columns as in the header, found {len(cells)}"
        if len(taken) > 1 and (problem or not self._is_strict(taken)):
            if width is not None and self._alone(taken[1]) == width:
                self._lines.give_back(1)
                return number, "a quotation mark that is not closed"
            if problem and cells == []:
                self._leave_quotes()
        return number, problem or self._lines.problem or cells

    def _is_strict(self, taken: list[str]) -> bool:
        """Whether the lines are one record without any mark out of place."""
        try:
            found = list(csv.reader([*taken, _PROBE], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return len(found) == 2

    def _alone(self, line: str) -> int | None:
        """How many cells a line has by itself; None where it is no record."""
        try:
            found = list(csv.reader([line, _PROBE], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        return len(found[0]) if len(found) == 2 else None

    def _leave_quotes(self) -> None:
        """Pass over the rest of a field in quotation marks that is too long, never holding more than an article."""
        while True:
            self._lines.begin(prefix='"')
            try:
                next(self._reader)
            except _TooLongError:
                continue
            except (StopIteration, csv.Error):
                pass
            return


class _Lines:
    """Decoded lines for a `csv.reader`; those of the record at hand can be given back."""

    def __init__(self, found: Iterator[tuple[int, bytes | None]], decode: Callable[[bytes], str], limit: int) -> None:
        self._found, self._decode, self._limit = found, decode, limit
        self._again: deque[tuple[int, str, str]] = deque()
        self._taken: list[tuple[int, str, str]] = []
        self._size = 0
        self._prefix = ""

    def begin(self, prefix: str = "") -> None:
        """A record begins."""
        self._taken, self._size, self._prefix = [], 0, prefix

    def give_back(self, start: int) -> None:
        """The lines of the record from `start` on come again."""
        self._again.extendleft(reversed(self._taken[start:]))

    @property
    def first(self) -> int:
        """The number of the first line of the record."""
        return self._taken[0][0] if self._taken else 0

    @property
    def taken(self) -> list[str]:
        """The lines of the record."""
        return [line for _, line, _ in self._taken]

    @property
    def problem(self) -> str:
        """Why lines of the record could not be decoded."""
        return next((problem for _, _, problem in self._taken if problem), "")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        number, line, problem = self._again.popleft() if self._again else self._read()
        self._taken.append((number, line, problem))
        self._size += len(line)
        if self._size > self._limit:
            raise _TooLongError
        prefix, self._prefix = self._prefix, ""
        return prefix + line

    def _read(self) -> tuple[int, str, str]:
        number, raw = next(self._found)
        if raw is None:
            self._taken.append((number, "", ""))
            raise _TooLongError
        try:
            return number, self._decode(raw), ""
        except ExtractorError as error:
            # its cells are cut all the same, so that the record ends where it should
            return number, raw.decode("latin-1"), str(error).partition(": ")[2]
