"""The last step of a run: from the growing files to the finished ones, which then get their names in one move each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import ExtractorError
from extractor.frames import Column
from extractor.writing.arrow import arrow, batches, schema
from extractor.writing.cells import columns
from extractor.writing.encode import Encoder
from extractor.writing.outputs import Output

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 100_000  # of a row group
_BYTES: Final = 64 << 20
_DUCKDB: Final = {"Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN", "string": "VARCHAR", "date": "DATE"}


def check_libraries(output: Output) -> None:
    """`ExtractorError` where a library is missing that the output needs; said before anything is read."""
    if output.format in ("parquet", "duckdb"):
        arrow()
    if output.format == "duckdb":
        duckdb()


def build(folder: Path, encoder: Encoder, again: bool = True) -> dict[Path, Path]:
    """Make the finished files out of the growing ones in `folder`; where each is, and where it is to go.

    Without `again` they have been made before, and it is only said where they are.
    """
    output, with_text = encoder.output, encoder.options.with_text
    targets = output.finished()
    if output.format == "parquet":
        made = {folder / f"{table}.finished": target for table, target in targets.items()}
        for path, table in zip(made, targets, strict=True):
            if again:
                _parquet(path, folder / output.parts[table], schema(table, with_text))
    elif output.format == "duckdb":
        made = {folder / "database.finished": output.path}
        if again:
            _duckdb(folder / "database.finished", {t: folder / p for t, p in output.parts.items()}, with_text)
    else:
        made = {folder / output.parts[table]: target for table, target in targets.items()}
    if again:
        for path in made:
            sync(path)
    return made


def publish(made: dict[Path, Path]) -> None:
    """Give finished files their names; those that are not there any more have got them before."""
    for path, target in made.items():
        target.parent.mkdir(exist_ok=True)
        if path.exists():
            path.replace(target)
        sync(target.parent)


def sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folders by itself
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _parquet(path: Path, part: Path, schema: pa.Schema) -> None:
    """One Parquet file; its row groups depend on the rows alone."""
    pa = arrow()
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in _groups(batches(part, schema)):
            writer.write_table(table, row_group_size=len(table))


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    library = arrow()
    waiting: list[pa.RecordBatch] = []
    count = size = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        size += batch.nbytes
        if count >= _ROWS or size >= _BYTES:
            yield library.Table.from_batches(waiting).combine_chunks()
            waiting, count, size = [], 0, 0
    if waiting:
        yield library.Table.from_batches(waiting).combine_chunks()


def duckdb() -> Any:
    """The library duckdb, or the error that says how to get it."""
    try:
        import duckdb
    except ImportError:
        raise ExtractorError("a DuckDB database needs the library duckdb: pip install 'extractor[tables]'") from None
    return duckdb


def _duckdb(path: Path, parts: dict[str, Path], with_text: bool) -> None:
    """One database; words from a closed list are enumerations, every column carries its meaning as a comment."""
    pa, db = arrow(), duckdb()
    for old in (path, path.with_name(path.name + ".wal")):
        old.unlink(missing_ok=True)
    with db.connect(str(path)) as connection:
        for table, part in parts.items():
            found = columns(table, with_text)
            names = ", ".join(f'"{c.name}" {_duckdb_type(c)}' for c in found)
            connection.execute(f'CREATE TABLE "{table}" ({names})')
            for c in found:
                connection.execute(f'COMMENT ON COLUMN "{table}"."{c.name}" IS {_quoted(c.doc)}')
            reader = pa.RecordBatchReader.from_batches(schema(table, with_text), batches(part, schema(table, with_text)))
            connection.register("incoming", reader)
            connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')
            connection.unregister("incoming")
        connection.execute("CHECKPOINT")


def _duckdb_type(column: Column) -> str:
    if column.dtype == "category":
        return f"ENUM({', '.join(map(_quoted, column.choices))})"
    return _DUCKDB[column.dtype]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
