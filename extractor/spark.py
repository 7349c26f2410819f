"""Apache Spark: a function for ``DataFrame.mapInPandas``, and the schema of what it gives.

    articles = spark.read.parquet("articles/")                        # with a column of texts
    found = articles.mapInPandas(extractor.spark.mapper(), extractor.spark.schema())
    found.select("document", explode("observations").alias("o")).select("document", "o.*").write.parquet("observations/")
    found.select("document", "error").where("error is not null").write.json("errors/")

One row comes out for each that goes in: ``document``, the article's id (where it has none the start of its text's
hash); the tables asked for, each an array of structs with the columns of `extractor.to_dataframe`; and ``error`` where
the row could not be read, which costs no other row anything.
`docs/scale.md` says how to run it on a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import ExtractorError
from extractor.reading.columns import Columns
from extractor.reading.records import ReadOptions
from extractor.reading.sources import Source
from extractor.reading.stream import Input

if TYPE_CHECKING:
    import pandas as pd

    from extractor.records import Extraction

Mapper = Callable[[Iterator["pd.DataFrame"]], Iterator["pd.DataFrame"]]

_TYPES: Final = {"string": "string", "category": "string", "Int64": "bigint", "Float64": "double", "boolean": "boolean"}
_ROWS: Final = 500  # of a frame that is given to Spark at a time
_TABLES: Final = ("observations", "targets", "officials", "places")


def schema(tables: Sequence[str] = _TABLES, *, json: bool = False) -> str:
    """The schema of what `mapper` with the same arguments gives, in Spark's notation (DDL)."""
    from extractor.frames import TABLES

    _check(tables)
    structs = ("{} array<struct<{}>>".format(name, ", ".join(f"`{c.name}`: {_TYPES[c.dtype]}" for c in TABLES[name].columns))
               for name in tables)
    return ", ".join(["document string", *(["json string"] if json else []), *structs, "error string"])


def mapper(tables: Sequence[str] = _TABLES, *, json: bool = False, **columns: str) -> Mapper:
    """A function for ``DataFrame.mapInPandas`` that extracts each row's article.

    `tables`: names of `extractor.to_dataframe`; `json`: whether the whole document comes too, as JSON text. `columns`
    are the ``…_column`` options of `extractor.reading.ReadOptions` (``text_column="body"``); those left open are
    guessed by their usual names. Raises `ExtractorError` for tables and options that are none; a missing text column
    is the error of every row.
    """
    _check(tables)
    for name in columns:
        if not name.endswith("_column"):
            raise ExtractorError(f"{name}: only options that name a column are meant here")
    options = ReadOptions.of(columns)
    wanted = tuple(tables)

    def extract_frames(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        known = Columns(Input(Source("row"), options))
        for frame in frames:
            for start in range(0, len(frame), _ROWS):
                yield _extracted(frame.iloc[start:start + _ROWS], known, wanted, json)

    return extract_frames


def _check(tables: Sequence[str]) -> None:
    from extractor.frames import TABLES

    for name in tables:
        if name not in TABLES:
            raise ExtractorError(f"no table {name!r}; there are {', '.join(TABLES)}")


def _extracted(frame: pd.DataFrame, known: Columns, tables: Sequence[str], json: bool) -> pd.DataFrame:
    """A row for each row of `frame`."""
    import pandas as pd

    from extractor.api import extract_article
    from extractor.frames import KEY

    names = [str(name) for name in frame.columns]
    out: dict[str, list[Any]] = {name: [] for name in ("document", *(["json"] if json else []), *tables, "error")}
    for values in frame.itertuples(index=False, name=None):
        fields = dict(zip(names, values, strict=True))
        key, found, error = None, None, None
        try:
            key = known.id(fields)
            found = extract_article(known.article(fields, None))
            key = KEY.read(found.document)
        except ExtractorError as problem:
            error = str(problem).removeprefix("row: ")
        except Exception as problem:  # a fault in one article must not cost the job
            error = f"unexpected {type(problem).__name__}: {problem}"
        _append(out, key, found, error, tables, json)
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in out.items()})


def _append(out: dict[str, list[Any]], key: str | None, found: Extraction | None, error: str | None,
            tables: Sequence[str], json: bool) -> None:
    from extractor.frames import TABLES
    from extractor.writing.cells import clean

    def cell(value: Any) -> Any:
        return clean(value) if isinstance(value, str) else value

    out["document"].append(cell(key))
    out["error"].append(cell(error))
    if json:
        out["json"].append(cell(found.to_json()) if found is not None else None)
    for name in tables:
        rows, columns = TABLES[name]
        out[name].append(None if found is None else [{c.name: cell(c.read(row)) for c in columns} for row in rows(found)])
