"""Which files the inputs are: files, everything below folders, globs and standard input, in the order of the names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.errors import ExtractorError
from extractor.reading.formats import kind_of

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file (``path``), standard input (no path), or what is wrong with it.

    ``name`` is what reports call it: the path as text, whatever encoding the locale has read the arguments in.
    """

    name: str
    path: Path | None = None
    error: ExtractorError | None = None


def find_sources(inputs: Sequence[str]) -> Iterator[Source]:
    """The files of the inputs. A folder gives all files of a known format below it, in the order of their names.

    Hidden files and folders are left out, and links to folders are not followed: they may lead round in a circle.
    A named file is taken whatever its name. What is not there, or cannot be looked into, is a `Source` with an error.
    """
    for given in inputs:
        path = Path(given)
        if given == STDIN:
            yield Source(STDIN)
        elif path.is_dir():
            yield from _or_error(_below(path), path, "no file of a known format in this folder")
        elif path.exists() or path.is_symlink():
            yield Source(_name(path), path)
        elif glob.has_magic(given):
            yield from _or_error(_matching(given), path, "no file of this pattern")
        else:
            yield _wrong(path, "no such file or folder")


def _or_error(found: Iterator[Source], path: Path, message: str) -> Iterator[Source]:
    first = next(found, None)
    if first is None:
        yield _wrong(path, message)
        return
    yield first
    yield from found


def _below(folder: Path) -> Iterator[Source]:
    """All files below a folder by name; only one folder's names at a time are in memory."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if not e.name.startswith("."))
    except OSError as error:
        yield _wrong(folder, f"cannot be read: {error.strerror or error}")
        return
    for name, is_folder in found:
        path = folder / name
        if is_folder:
            yield from _below(path)
        elif kind_of(name).format is not None and (path.is_file() or path.is_symlink()):
            yield Source(_name(path), path)


def _matching(pattern: str) -> Iterator[Source]:
    matching = glob.iglob(pattern, recursive=True)  # noqa: PTH207 (a Path globs no absolute pattern)
    for path in sorted(map(Path, matching), key=lambda p: p.parts):
        if path.is_file():
            yield Source(_name(path), path)
        elif "**" not in pattern and path.is_dir():
            yield from _below(path)


def _wrong(path: Path, message: str) -> Source:
    return Source(_name(path), error=ExtractorError(f"{_name(path)}: {message}"))


def _name(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "surrogateescape")
