"""Which format a file has, told by its name, and who reads it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.reading.records import Records
    from extractor.reading.stream import Input

#: Formats and the endings of their files.
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (".txt",), "jsonl": (".jsonl", ".ndjson"), "csv": (".csv",), "tsv": (".tsv", ".tab"),
    "parquet": (".parquet", ".pq"), "html": (".html", ".htm", ".xhtml"), "warc": (".warc", ".wet")}
COMPRESSIONS: Final = (".gz", ".zst", ".bz2")
_OF_ENDING: Final = {ending: name for name, endings in FORMATS.items() for ending in endings}
# the modules of this package that read them
_MODULES: Final = {"text": "text", "jsonl": "jsonl", "csv": "tables", "tsv": "tables", "parquet": "parquet",
                   "html": "pages", "warc": "archives"}
# Endings that would be read as plain text and are none; a user who knows better says so by the option `format`.
_REFUSED: Final = {".json": "JSON Lines (.jsonl) are read, one object a line"}


class Kind(NamedTuple):
    """What a file's name says: its format and compression (None where it says neither), and the name without both."""

    format: str | None
    compression: str | None
    stem: str


def kind_of(name: str) -> Kind:
    """What the last part of a path says of the file."""
    path = PurePath(name)
    compression = path.suffix.lower() if path.suffix.lower() in COMPRESSIONS else None
    if compression:
        path = path.with_suffix("")
    return Kind(_OF_ENDING.get(path.suffix.lower()), compression, path.stem)


def check_format(name: str | None) -> None:
    """`ExtractorError` for a format that there is not."""
    if name is not None and name not in FORMATS:
        raise ExtractorError(f"format: expected one of {', '.join(FORMATS)}, found {name!r}")


def reader_of(file: Input) -> Callable[[Input], Records]:
    """The function that gives the records of a file: by its name, else by the option, else as one plain text."""
    kind = kind_of(file.source.name)
    ending = PurePath(file.source.name).suffix.lower()
    if kind.format is None and file.options.format is None and ending in _REFUSED:
        raise ExtractorError(f"{file.name}: not read as a text: {_REFUSED[ending]}; say so by the format where it is that")
    name = kind.format or file.options.format or "text"
    module = importlib.import_module(f"extractor.reading.{_MODULES[name]}")
    records: Callable[[Input], Records] = module.records
    return records
