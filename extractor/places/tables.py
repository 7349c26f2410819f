"""Rows of the large tables of units, read without a dict for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.errors import ExtractorError


def rows(path: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    """The cells of the named `columns` of each row of a tab-separated file with a header line.

    Blank lines and lines that begin with "#" are left out; missing cells at the end of a row are empty.
    """
    try:
        head, *lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read as a UTF-8 table: {error}") from None
    names = head.split("\t")
    missing = [c for c in columns if c not in names]
    if missing:
        raise ExtractorError(f"{path}:1: columns missing: {', '.join(missing)}")
    places = [names.index(c) for c in columns]
    width, filler = len(names), [""] * len(names)
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != width:
            if not line.strip() or line.startswith("#"):
                continue
            if len(cells) > width:
                raise ExtractorError(f"{path}:{number}: {len(cells)} cells, expected {width}")
            cells += filler[len(cells):]
        yield [cells[i] for i in places]
