"""What reading gives, in a form that a test can show at one sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.reading import Read, ReadOptions, read_articles

Write = Callable[[str, str | bytes], str]


def told(inputs: str | Sequence[str], options: ReadOptions = ReadOptions(), skip: int = 0) -> list[str]:  # noqa: B008
    """What reading gives, each in short: the place, then the text or the error (without the place)."""
    names = [inputs] if isinstance(inputs, str) else inputs
    return [short(read) for read in read_articles(names, options, skip)]


def short(read: Read) -> str:
    assert (read.article is None) != (read.error is None)
    place = read.source if read.line is None else f"{read.source}:{read.line}"
    if read.article is not None:
        return f"{place} {read.article.text.strip()}"
    assert str(read.error).startswith(read.source), "a message names its source"
    assert "\n" not in str(read.error)
    rest = str(read.error).removeprefix(read.source).removeprefix(": ")
    return f"{place} ! {rest.removeprefix(f'line {read.line}: ')}"
