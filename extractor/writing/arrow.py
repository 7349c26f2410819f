"""The tables as Arrow batches, typed, described column by column; pandas reads them with the types of `frames`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import ExtractorError
from extractor.frames import Column
from extractor.writing.cells import as_day, clean, columns

if TYPE_CHECKING:
    import pyarrow as pa

# The names that pandas keeps in a file to bring back its own types: kind of value, dtype.
_PANDAS: Final = {"Int64": ("int64", "Int64"), "Float64": ("float64", "Float64"), "boolean": ("bool", "boolean"),
                  "string": ("unicode", "string"), "category": ("categorical", "int8"), "date": ("date", "object")}
_PANDAS_VERSION: Final = "2.2.0"  # the form of these names, not the library that writes them


def arrow() -> Any:
    """The library pyarrow, or the error that says how to get it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExtractorError("Parquet and DuckDB need the library pyarrow: pip install 'extractor[tables]'") from None
    return pyarrow


def _type(column: Column) -> pa.DataType:
    pa = arrow()
    if column.dtype == "category":
        return pa.dictionary(pa.int8(), pa.string())
    return {"Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_(), "string": pa.string(),
            "date": pa.date32()}[column.dtype]


@cache
def plain_schema(table: str, with_text: bool = False) -> pa.Schema:
    """Names and types alone, for what is sent and kept in many small pieces."""
    return schema(table, with_text).remove_metadata()


@cache
def schema(table: str, with_text: bool = False) -> pa.Schema:
    """Names, types and meanings of a table's columns."""
    pa = arrow()
    found = columns(table, with_text)
    described = [{"name": c.name, "field_name": c.name, "pandas_type": _PANDAS[c.dtype][0],
                  "numpy_type": _PANDAS[c.dtype][1],
                  "metadata": {"num_categories": len(c.choices), "ordered": False} if c.choices else None}
                 for c in found]
    pandas = {"index_columns": [], "column_indexes": [], "columns": described, "pandas_version": _PANDAS_VERSION}
    return pa.schema([pa.field(c.name, _type(c), metadata={"description": c.doc}) for c in found],
                     metadata={"pandas": json.dumps(pandas)})


def _array(column: Column, cells: Sequence[Any]) -> pa.Array:
    pa = arrow()
    if column.dtype == "category":
        place = {choice: i for i, choice in enumerate(column.choices)}
        indices = pa.array([None if c is None else place[c] for c in cells], pa.int8())
        return pa.DictionaryArray.from_arrays(indices, pa.array(column.choices, pa.string()))
    if column.dtype == "string":
        cells = list(map(clean, cells))
    elif column.dtype == "date":
        cells = list(map(as_day, cells))
    return pa.array(cells, _type(column))


def encode(table: str, cells: Sequence[Sequence[Any]], with_text: bool = False) -> bytes:
    """The cells of a table as one Arrow stream; streams may stand one after the other in a file."""
    pa = arrow()
    found = plain_schema(table, with_text)
    arrays = [_array(c, v) for c, v in zip(columns(table, with_text), cells, strict=True)]
    if not len(arrays[0]):
        return b""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, found, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_batch(pa.RecordBatch.from_arrays(arrays, schema=found))
    return bytes(sink.getvalue())


def batches(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The batches of all streams in a file, with the names, types and meanings of `schema`."""
    pa = arrow()
    with pa.OSFile(str(path)) as file:
        size = file.size()
        while file.tell() < size:
            with pa.ipc.open_stream(file) as stream:
                for batch in stream:
                    yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)
