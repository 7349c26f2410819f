"""Extraction on Apache Spark: a real session on this machine, two Python workers."""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import extractor
import extractor.spark
from extractor.errors import ExtractorError

pyspark = pytest.importorskip("pyspark", reason="extra 'spark'")

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TABLES = ("observations", "targets", "officials", "provinces", "places", "periods", "checks", "articles")
IDS = [f"a{i:02}" for i in range(1, 9)]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (SparkSession.builder.master("local[2]").appName("extractor").config("spark.ui.enabled", "false")
               .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
               .config("spark.sql.shuffle.partitions", "2").getOrCreate())
    yield session
    session.stop()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {id: (CORPUS / f"{id}.txt").read_text("utf-8") for id in IDS}


@pytest.fixture(scope="module")
def found(spark: SparkSession, texts: dict[str, str]) -> Any:
    """All tables of the corpus' articles, with three rows among them that cannot be read."""
    rows: list[tuple[str, str | None, datetime.date | None]] = [
        (id, text, datetime.date(2024, 3, 14)) for id, text in texts.items()]
    rows[3:3] = [("none", None, None), ("blank", " ", None)]
    rows.append(("undated", "Giảm 5 hộ nghèo.", None))
    frame = spark.createDataFrame(rows, "ma string, noi_dung string, ngay_dang date").repartition(3)
    mapped = frame.mapInPandas(extractor.spark.mapper(TABLES, json=True), extractor.spark.schema(TABLES, json=True))
    return mapped.persist()


def test_each_row_gives_one_with_its_document_or_its_error(found: Any, texts: dict[str, str]) -> None:
    rows = {row.document: row for row in found.select("document", "json", "error").collect()}
    assert set(rows) == {*IDS, "none", "blank", "undated"}
    for id, text in texts.items():
        assert rows[id].error is None
        assert rows[id].json == extractor.extract(text, id=id, published="2024-03-14").to_json()
    assert rows["none"].error == "noi_dung: expected a text, found nothing"
    assert rows["blank"].error == "noi_dung: the text is empty"
    assert rows["none"].json is None
    assert rows["undated"].error is None


def test_the_example_of_the_page_on_scale_runs(spark: SparkSession, texts: dict[str, str], tmp_path: Path) -> None:
    page = (CORPUS.parent / "docs" / "scale.md").read_text("utf-8")
    block, = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    rows = [(id, text, "2024-03-14", "", "") for id, text in texts.items()]
    spark.createDataFrame(rows, "id string, text string, published string, url string, title string").write.parquet(
        str(tmp_path / "dump"))
    assert "4096" in block
    exec(block.replace("s3a://", f"{tmp_path}/").replace("4096", "2"), {"spark": spark})
    observations = spark.read.parquet(str(tmp_path / "observations"))
    assert {row.document for row in observations.select("document").distinct().collect()} == set(texts)


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_are_those_of_the_library(found: Any, texts: dict[str, str], table: str) -> None:
    from pyspark.sql.functions import explode

    got = (found.where("document != 'undated'").select("document", explode(table).alias("t")).select("document", "t.*")
           .toPandas())
    expected = extractor.to_dataframe(
        (extractor.extract(text, id=id, published="2024-03-14") for id, text in texts.items()), table)
    assert list(got.columns) == list(expected.columns)
    pd.testing.assert_frame_equal(plain(got), plain(expected), check_dtype=False)


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """The rows by article, all that is missing as None, without the types of Spark or pandas."""
    ordered = table.sort_values("document", kind="stable", ignore_index=True).astype(object)
    return ordered.where(ordered.notna(), None)


def test_columns_are_named_by_options(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("Giảm 5 hộ nghèo.", "không phải")], "body string, text string")
    mapped = frame.mapInPandas(extractor.spark.mapper(["observations"], text_column="body"),
                               extractor.spark.schema(["observations"]))
    [row] = mapped.collect()
    assert [o.text for o in row.observations] == ["5 hộ"]
    assert row.document == extractor.extract("Giảm 5 hộ nghèo.").document.sha256[:12]
    assert row.error is None


def test_without_a_column_of_texts_every_row_says_so(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1,), (2,)], "n int")
    rows = frame.mapInPandas(extractor.spark.mapper([]), extractor.spark.schema([])).collect()
    assert [row.error for row in rows] == ["no field that is known to hold the text among n; name it by text_column"] * 2


def test_mappers_that_are_none() -> None:
    with pytest.raises(ExtractorError, match="no table 'numbers'"):
        extractor.spark.mapper(["numbers"])
    with pytest.raises(ExtractorError, match="no table 'numbers'"):
        extractor.spark.schema(["numbers"])
    with pytest.raises(ExtractorError, match="encoding: only options that name a column"):
        extractor.spark.mapper(encoding="vni")
    with pytest.raises(ExtractorError, match="txt_column: no option of reading"):
        extractor.spark.mapper(txt_column="a")
