"""What the name of an output asks for: its format, and whether it is one file or a folder of tables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.errors import ExtractorError

#: The tables in the order in which they are written and described.
TABLES: Final = ("observations", "targets", "officials", "places", "provinces", "periods", "checks", "articles")
#: The endings of names, the longer ones first, and the format and packing that each asks for.
ENDINGS: Final[Mapping[str, tuple[str, bool]]] = {
    ".jsonl.gz": ("jsonl", True), ".ndjson.gz": ("jsonl", True), ".csv.gz": ("csv", True), ".jsonl": ("jsonl", False),
    ".ndjson": ("jsonl", False), ".json": ("json", False), ".csv": ("csv", False), ".parquet": ("parquet", False),
    ".duckdb": ("duckdb", False)}
FORMATS: Final = ("jsonl", "jsonl.gz", "json", "csv", "csv.gz", "parquet", "duckdb")
_OF_TABLES: Final = ("csv", "parquet")


@dataclass(frozen=True)
class Output:
    """Where to write and what.

    ``tables`` are those of a folder or a database, or the one of a single file; documents have none.
    """

    path: Path
    name: str  # as the user wrote it
    format: str  # jsonl, json, csv, parquet or duckdb
    packed: bool  # with gzip
    folder: bool
    tables: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """The ending of the files that are written."""
        return f".{self.format}{'.gz' if self.packed else ''}"

    @property
    def parts(self) -> dict[str, str]:
        """The files that grow while the articles are read, by the table that each holds ("" for documents).

        No reader takes a ".part" for an input, should they lie in a folder that is read.
        """
        return {table: f"{table or 'documents'}.part" for table in self.tables or ("",)}

    def finished(self) -> dict[str, Path]:
        """Where the finished files go, by table; a database is one file under ""."""
        if self.folder:
            return {table: self.path / f"{table}{self.ending}" for table in self.tables}
        return {"" if len(self.tables) != 1 else self.tables[0]: self.path}

    def beside(self, ending: str) -> Path:
        """The path beside the output that belongs to it."""
        return self.path.with_name(self.path.name + ending)


def output_for(name: str, format: str | None = None, table: str | None = None) -> Output:
    """What `name` asks for: a name that ends in a slash, or is a folder, holds one file for each table.

    ``format`` (one of `FORMATS`) is asked for whatever the ending says; ``table`` is the one that a single CSV or
    Parquet file holds. `ExtractorError` where this makes no sense.
    """
    path = Path(os.path.realpath(name))
    if not path.parent.is_dir():
        raise ExtractorError(f"{name}: cannot be written: there is no folder {path.parent}")
    folder = name.endswith(("/", os.sep)) or path.is_dir()
    kind, packed = _format(name.rstrip("/" + os.sep), format, folder)
    if folder and kind not in _OF_TABLES:
        raise ExtractorError(f"{name}: a folder holds tables, as {' or '.join(_OF_TABLES)}; {kind} is one file")
    if not folder and kind in _OF_TABLES:
        return Output(path, name, kind, packed, folder, (table or TABLES[0],))
    if table is not None:
        raise ExtractorError(f"--table {table}: only for a single CSV or Parquet file; {name} holds everything")
    return Output(path, name, kind, packed, folder, TABLES if folder or kind == "duckdb" else ())


def _format(name: str, format: str | None, folder: bool) -> tuple[str, bool]:
    if format is not None:
        return format.removesuffix(".gz"), format.endswith(".gz")
    for ending, found in ENDINGS.items():
        if name.casefold().endswith(ending):
            return found
    if folder:
        return "csv", False
    raise ExtractorError(f"{name}: its ending does not say what to write; expected one of {', '.join(ENDINGS)} or a "
                         "folder (ending in /), or say it with --output-format")
