"""Records as pandas tables."""

from __future__ import annotations

import pandas as pd
import pytest

import extractor
from extractor.errors import ExtractorError
from extractor.frames import COLUMNS
from extractor.records import (
    KINDS,
    Check,
    Document,
    Extraction,
    Mention,
    Observation,
    Official,
    Period,
    Place,
    Province,
    Target,
    Unit,
)


def document(id: str | None = "d1", path: str | None = None) -> Document:
    return Document(id, path, "Tin", "2024-01-10", ["An", "Bình"], None, None, ["Cao Bằng"], 100, "f" * 64, [])


def observation(id: str, start: int, kind: str = "percent", high: float | None = None) -> Observation:
    return Observation(
        id=id, kind=kind, text="4%", start=start, end=start + 2, low=4.0, high=high, comparator="ge", unit="%", per=None,
        of=None, indicator="poverty_rate", subject="tỷ lệ hộ nghèo", groups=["rural", "women"], place="Cao Bằng",
        province="Cao Bằng", province_code="04", district=None, period="2024", status="target", role="change",
        direction="down", speaker=None, section="body", sentence=(0, 60), evidence={"period": (1, 5)},
        rule="indicator:left:phrase", rules={"status": "strive"}, confidence=0.9)


@pytest.fixture
def extraction() -> Extraction:
    mentions = [Mention("Cao Bằng", 20, 28), Mention("Cao Bằng", 70, 78)]
    return Extraction(
        "1.0", {"version": "0.1.0", "patterns": "sha256:0"}, document(),
        percentages=[observation("o2", 40), observation("o1", 10, high=5.0)],
        household_counts=[observation("o3", 80, "households")],
        targets=[Target("t1", "o2", "giảm 4%", 35, 42, "phấn đấu", "giảm"), Target("t2", "none", "x", 1, 2, None, None)],
        officials=[Official("f1", "Lê Văn Tám", "Ông", "Giám đốc", None, None, mentions)],
        provinces=[Province("Hà Giang", "02", "VN-03", Unit("Tuyên Quang", "08"), "body", mentions),
                   Province("Hà Tây", None, None, None, "body", [])],
        places=[Place("Bảo Lạc", "district", "043", "Cao Bằng", None, "body", mentions[:1])],
        periods=[Period("Năm 2024", 0, 8, "2024"), Period("nay", 90, 93, None)],
        checks=[Check("difference", True, ["o1", "o2"], "5 − 4 = 1")], warnings=["a", "b"])


TABLES = list(COLUMNS)


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_types_are_the_same_with_rows_and_without(table: str, extraction: Extraction) -> None:
    full, empty = extractor.to_dataframe([extraction], table), extractor.to_dataframe([], table)
    assert list(full.columns) == list(empty.columns) == [c.name for c in COLUMNS[table]]
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    assert len(full) > 0
    assert len(empty) == 0


@pytest.mark.parametrize("table", TABLES)
def test_the_first_column_is_the_document_and_names_are_unique(table: str) -> None:
    names = [c.name for c in COLUMNS[table]]
    assert names[0] == "document"
    assert len(set(names)) == len(names)


def test_observations_stand_in_the_order_of_the_text(extraction: Extraction) -> None:
    table = extraction.to_dataframe()
    assert list(table["id"]) == ["o1", "o2", "o3"]
    assert list(table["document"]) == ["d1"] * 3


@pytest.mark.parametrize(("column", "dtype", "first"), [
    ("kind", pd.CategoricalDtype(list(KINDS)), "percent"),
    ("start", pd.Int64Dtype(), 10),
    ("low", pd.Float64Dtype(), 4.0),
    ("high", pd.Float64Dtype(), 5.0),
    ("of", pd.Float64Dtype(), pd.NA),
    ("subject", pd.StringDtype(), "tỷ lệ hộ nghèo"),
    ("groups", pd.StringDtype(), "rural; women"),
    ("district", pd.StringDtype(), pd.NA),
    ("province_code", pd.StringDtype(), "04"),
    ("sentence_start", pd.Int64Dtype(), 0),
    ("sentence_end", pd.Int64Dtype(), 60),
    ("evidence", pd.StringDtype(), '{"period": [1, 5]}'),
    ("rules", pd.StringDtype(), '{"status": "strive"}'),
])
def test_types_and_values_of_observations(column: str, dtype: object, first: object, extraction: Extraction) -> None:
    table = extraction.to_dataframe("observations")
    assert table[column].dtype == dtype
    value = table[column].iloc[0]
    assert pd.isna(value) if first is pd.NA else value == first


def test_a_target_stands_beside_what_its_observation_says(extraction: Extraction) -> None:
    table = extraction.to_dataframe("targets").set_index("id")
    assert list(table.loc["t1", ["text", "low", "indicator", "status"]]) == ["giảm 4%", 4.0, "poverty_rate", "target"]
    assert table.loc["t2", ["low", "indicator", "status"]].isna().all()


def test_nested_records_become_columns(extraction: Extraction) -> None:
    table = extraction.to_dataframe("provinces").set_index("name")
    assert list(table.loc["Hà Giang", ["now_name", "now_code", "mentions", "first_start", "first_end"]]) == [
        "Tuyên Quang", "08", 2, 20, 28]
    assert table.loc["Hà Tây", ["now_name", "now_code", "first_start", "first_end"]].isna().all()
    assert table.loc["Hà Tây", "mentions"] == 0


def test_articles(extraction: Extraction) -> None:
    row = extraction.to_dataframe("articles").iloc[0]
    assert list(row[["document", "authors", "n_percentages", "n_household_counts", "n_targets", "warnings", "version"]]) == [
        "d1", "An; Bình", 2, 1, 2, "a; b", "0.1.0"]


@pytest.mark.parametrize(("id", "path", "name"), [
    ("d1", "x/d1.txt", "d1"), (None, "x/d1.txt", "x/d1.txt"), (None, None, "f" * 12)])
def test_every_row_can_be_traced_to_its_article(id: str | None, path: str | None, name: str) -> None:
    extraction = Extraction("1.0", {}, document(id, path), periods=[Period("nay", 0, 3, None)])
    assert list(extraction.to_dataframe("periods")["document"]) == [name]
    assert list(extraction.to_dataframe("articles")["document"]) == [name]


def test_several_articles_in_their_order(extraction: Extraction) -> None:
    other = Extraction("1.0", {}, document("d0"), periods=[Period("nay", 0, 3, None)])
    assert list(extractor.to_dataframe(iter([extraction, other]), "periods")["document"]) == ["d1", "d1", "d0"]


def test_a_table_that_is_not_there(extraction: Extraction) -> None:
    with pytest.raises(ExtractorError, match="no table 'people'; there are observations, targets"):
        extraction.to_dataframe("people")
