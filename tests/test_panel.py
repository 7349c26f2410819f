"""Panels: what many articles say about one place, time, indicator and group."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panel_documents import article, change, households, said, target

import extractor
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.panels import TABLES, build_panel
from extractor.panels.outcomes import Outcome, result
from extractor.records import Document, Extraction


def rows(*documents: Extraction, **options: Any) -> list[dict[str, Any]]:
    """The rows of a table as plain values, None for what is not known."""
    frame = extractor.panel(documents, **options)
    return [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in frame.to_dict("records")]


def only(*documents: Extraction, **options: Any) -> dict[str, Any]:
    row, = rows(*documents, **options)
    return row


# --- one row for one thing --------------------------------------------------------------------------------------------
def test_a_row_says_what_is_known_where_and_when_and_who_says_it() -> None:
    row = only(article("b1", said(24.71, groups=["women", "ethnic_minority"]), url="https://example.org/b1"), language="vi")
    expected = {"indicator": "poverty_rate", "indicator_name": "Tỷ lệ hộ nghèo", "place": "Cao Bằng", "level": "province",
                "province": "Cao Bằng", "province_code": "04", "part": None, "map": "both", "period": "2023",
                "groups": "ethnic_minority; women", "measure": "level", "status": "actual", "value": 24.71,
                "comparator": "eq", "choice": "only", "agreement": "single", "n_articles": 1, "document": "b1",
                "published": "2024-01-10", "url": "https://example.org/b1", "articles": "b1",
                "sentence": "Theo báo cáo b1, poverty_rate Cao Bằng là 24.71."}
    assert {k: row[k] for k in expected} == expected
    assert (str(row["period_start"].date()), str(row["period_end"].date())) == ("2023-01-01", "2023-12-31")


@pytest.mark.parametrize(("place", "level"), [
    ("Việt Nam", "country"), ("Tây Nguyên", "region"), ("Lào", "abroad"), ("Cao Bằng", "province"),
    ("xã Hồng Trị, huyện Bảo Lạc, Cao Bằng", "local")])
def test_the_level_of_a_place(place: str, level: str) -> None:
    assert only(article("a", said(5, place)))["level"] == level


def test_a_district_is_one() -> None:
    assert only(article("a", said(5, "huyện Bảo Lạc, Cao Bằng", district="Bảo Lạc")))["level"] == "district"


@pytest.mark.parametrize("fields", [
    {"period": "2022"}, {"place": "Lạng Sơn"}, {"groups": ["women"]}, {"role": "change", "direction": "down"},
    {"indicator": "near_poverty_rate"}, {"per": "year"}, {"status": "norm"}, {"kind": "other", "unit": "lần"}])
def test_other_things_have_other_rows(fields: dict[str, Any]) -> None:
    place = fields.pop("place", "Cao Bằng")
    assert len(rows(article("a", said(5)), article("b", said(6, place, **fields)))) == 2


@pytest.mark.parametrize(("fields", "reason"), [
    ({"place": None}, "no_place"), ({"period": None}, "no_period"), ({"indicator": "other"}, "other"),
    ({"section": "boilerplate"}, "boilerplate"), ({"confidence": 0.2}, "unsure"), ({"low": 105.3}, "over_100"),
    ({"period": "2025"}, "not_yet"), ({"status": "target", "comparator": "ge"}, "wrong_way")])
def test_what_cannot_be_placed_is_counted_not_guessed(fields: dict[str, Any], reason: str) -> None:
    number = {**said(5, fields.get("place", "Cao Bằng")), **fields}
    panel = build_panel([article("a", number)], min_confidence=0.3)
    assert (panel.cells, panel.left_out) == ([], {reason: 1})


def test_the_start_of_a_change_without_a_date_of_its_own_is_no_value() -> None:
    both = article("a", said(28.94, role="from", direction="down"), said(24.71, role="to", direction="down", same_sentence=True))
    panel = build_panel([both])
    assert panel.left_out == {"start_undated": 1}
    assert only(both)["value"] == 24.71


# --- several sources ---------------------------------------------------------------------------------------------------
def test_several_sources_are_one_row_with_their_spread() -> None:
    row = only(article("a", said(24.71)), article("b", said(24.71)), article("c", said(26.61)))
    expected = {"value": 24.71, "choice": "more_articles", "agreement": "conflict", "n_articles": 3, "n_supporting": 2,
                "n_values": 2, "min": 24.71, "max": 26.61, "values": "24.71 ×2; 26.61 ×1", "articles": "a; b; c"}
    assert {k: row[k] for k in expected} == expected


@pytest.mark.parametrize(("first", "second", "value", "criterion", "agreement"), [
    (said(25, status="estimate"), said(24, status="actual"), 24, "actual", "compatible"),
    (said(25, comparator="approx"), said(24.71), 24.71, "exact", "compatible"),
    (said(20, comparator="gt"), said(24.71), 24.71, "exact", "conflict"),
    (said(24, comparator="gt"), said(24.71), 24.71, "exact", "compatible"),
    (said(24, high=25), said(24.71), 24.71, "exact", "compatible"),
    (said(24.7), said(24.71), 24.71, "more_digits", "compatible"),
    (said(24.7, confidence=0.3), said(26.61, confidence=0.7), 26.61, "more_digits", "conflict"),
    (said(24.75, confidence=0.3), said(26.61, confidence=0.7), 26.61, "confidence", "conflict"),
    (said(24.75), said(26.61), 24.75, "order", "conflict"),
    (said(28.94, role="from"), said(24.71), 24.71, "end_of_change", "conflict")])
def test_the_choice_is_explained(first: dict[str, Any], second: dict[str, Any], value: float, criterion: str,
                                 agreement: str) -> None:
    row = only(article("a", first), article("b", second))
    assert (row["value"], row["choice"], row["agreement"]) == (value, criterion, agreement)


def test_the_newest_is_taken_when_as_many_say_the_one_as_the_other() -> None:
    row = only(article("a", said(24.75), published="2024-01-10"), article("b", said(26.61), published="2024-03-01"),
               article("c", said(22.22), published=None))
    assert (row["value"], row["choice"], row["n_values"]) == (26.61, "newest", 3)


def test_only_contradictions_are_listed_as_conflicts() -> None:
    listed = rows(article("a", said(24.71), said(10, "Lạng Sơn")), article("b", said(26.61), said(10.04, "Lạng Sơn")),
                  table="conflicts")
    assert [(r["place"], r["value"], r["document"], r["chosen"]) for r in listed] == [
        ("Cao Bằng", 24.71, "a", True), ("Cao Bằng", 26.61, "b", False)]


def test_targets_that_contradict_each_other_are_listed_too() -> None:
    assert len(rows(article("a", target(3)), article("b", target(5)), table="conflicts")) == 2


# --- what cannot be weighed against each other -------------------------------------------------------------------------
def test_parts_behind_the_whole_get_rows_of_their_own() -> None:
    found = rows(article("a", said(68, indicator="trained_labour_rate", subject="lao động qua đào tạo"),
                         said(27.6, indicator="trained_labour_rate", subject="có bằng cấp", same_sentence=True)))
    assert [(r["value"], r["subject"], r["agreement"]) for r in found] == [(68, None, "single"), (27.6, "có bằng cấp", "single")]


def test_no_value_of_a_list_is_the_value() -> None:
    found = rows(article("a", said(52.31), said(47.9, same_sentence=True), said(43.62, same_sentence=True)))
    assert [(r["value"], r["subject"], r["item"], r["agreement"]) for r in found] == [
        (v, "tỷ lệ hộ nghèo", i, "several") for i, v in enumerate((52.31, 47.9, 43.62), 1)]


def test_an_article_that_contradicts_itself_is_a_conflict() -> None:
    row = only(article("a", said(26.91), said(26.61)))
    assert (row["agreement"], row["min"], row["max"], row["n_articles"]) == ("conflict", 26.61, 26.91, 1)


def test_a_phrase_of_the_indicator_comes_before_what_the_context_gave() -> None:
    found = rows(article("a", said(6.21, indicator="gdp_growth", subject="GRDP"),
                         said(3.95, indicator="gdp_growth", subject="nông nghiệp", rule="indicator:left:weak")))
    assert [(r["value"], r["subject"]) for r in found] == [(6.21, None), (3.95, "nông nghiệp")]


def test_growth_is_a_value_whether_it_stands_or_rises() -> None:
    growth: dict[str, Any] = {"indicator": "gdp_growth", "subject": "GRDP"}
    row = only(article("a", said(6.8, role="change", direction="up", **growth)), article("b", said(6.8, **growth)),
               article("c", said(6.5, status="target", **growth)))
    assert (row["measure"], row["value"], row["n_articles"], row["result"]) == ("level", 6.8, 2, "met")


def test_indicators_with_many_numbers_are_told_apart_by_their_phrase() -> None:
    credit: dict[str, Any] = {"indicator": "policy_credit", "kind": "money", "unit": "đồng"}
    found = rows(article("a", said(2e9, subject="dư nợ", **credit)), article("b", said(3e9, subject="Dư  nợ", **credit)),
                 article("c", said(5e8, subject="cho vay mới", **credit)))
    assert [(r["subject"], r["value"], r["agreement"]) for r in found] == [
        ("cho vay mới", 5e8, "single"), ("dư nợ", 2e9, "several")]
    assert not any(r["comparable"] for r in found)
    assert all(r["comparable"] for r in rows(article("a", said(5), households(9, "Cao Bằng"), change(2))))


# --- near-identical articles -------------------------------------------------------------------------------------------
def test_a_copied_article_counts_once() -> None:
    numbers = [said(24.71, words="Cao Bằng còn 24.71% hộ nghèo."), said(9.5, "Lạng Sơn", words="Lạng Sơn: 9.5%"),
               said(7.3, "Bắc Kạn", words="Bắc Kạn – 7.3%.")]
    copy = [{**n, "words": n["words"].upper()} for n in numbers]
    panel = build_panel([article("a", *numbers), article("b", *copy), article("c", said(24.71))])
    assert panel.independent_articles == 2
    assert {c.key.place: c.value.articles for c in panel.cells if c.value} == {"Cao Bằng": 2, "Lạng Sơn": 1, "Bắc Kạn": 1}


def test_one_sentence_of_an_agency_is_one_source() -> None:
    words = "Tỷ lệ hộ nghèo Cao Bằng còn 24.71%."
    first, _ = rows(article("a", said(24.71, words=words)), article("b", said(24.71, words=words), said(5, "Lạng Sơn")))
    assert (first["n_articles"], first["values"]) == (1, "24.71 ×1")


def test_documents_without_their_text_are_compared_by_title_and_numbers() -> None:
    numbers = [said(1), said(2, "Lạng Sơn")]
    pair = [article(name, *numbers, title="Một tin", text=name, keep=False) for name in "ab"]
    assert build_panel(pair).independent_articles == 1
    other = article("c", *numbers, title="Tin khác", text="c", keep=False)
    assert build_panel([*pair, other]).independent_articles == 2
    assert only(article("d", said(4), keep=False))["sentence"] is None


@dataclass(slots=True)
class MarkedDocument(Document):
    duplicate_of: str | None = None
    cluster: str | None = None


def marked(extraction: Extraction, **marks: Any) -> Extraction:
    plain: dict[str, Any] = {f.name: getattr(extraction.document, f.name) for f in fields(Document)}
    return replace(extraction, document=MarkedDocument(**{**plain, **marks}))


def test_what_documents_say_of_their_duplicates_is_believed() -> None:
    a, b, c = (article(name, said(5)) for name in "abc")
    assert build_panel([a, marked(b, duplicate_of="a"), c]).independent_articles == 2
    assert build_panel([marked(a, cluster="1"), marked(b, cluster="2"), marked(c, cluster="1")]).independent_articles == 2


def test_the_same_document_twice_is_one_and_two_with_one_name_are_two() -> None:
    first = article("a", said(1))
    assert build_panel([first, first]).independent_articles == len(rows(first, first)) == 1
    names = {r["document"] for r in rows(first, article("a", said(2), text="khác", keep=False), table="sources")}
    assert len(names) == 2


# --- targets and outcomes ----------------------------------------------------------------------------------------------
def test_a_target_stands_beside_its_outcome() -> None:
    early = article("a", target(4, role="change", direction="down", comparator="ge", period="2024"))
    late = article("b", change(4.23, period="2024"), published="2025-01-10")
    row = only(early, late)
    assert (row["value"], row["target_low"], row["target_comparator"], row["result"], row["basis"]) == (
        4.23, 4, "ge", "met", "stated")
    pair = only(early, late, table="targets")
    assert pair["summary"] == "Target 2024: down ≥ 4 points; outcome: down 4.23 points (met)"
    assert (pair["target_document"], pair["outcome_document"]) == ("a", "b")
    assert only(early, late, table="targets", language="vi")["summary"] == (
        "Mục tiêu 2024: giảm ≥ 4 điểm %; kết quả: giảm 4,23 điểm % (đạt)")


def test_a_target_without_outcome_stays_and_a_value_of_another_year_is_none() -> None:
    pair = only(article("a", target(4, period="2025"), said(5, period="2023")), table="targets")
    assert (pair["result"], pair["outcome_low"], pair["summary"]) == (None, None, "Target 2025: 4%")


def test_the_outcome_may_be_the_difference_of_two_years() -> None:
    pair = only(article("a", target(3, role="change", direction="down")), article("b", said(28.94, period="2022"), said(24.71)),
                table="targets")
    assert (pair["outcome_low"], pair["outcome_direction"], pair["basis"], pair["result"]) == (4.23, "down", "levels", "met")


def test_a_goal_for_every_year_is_held_against_each_year() -> None:
    goal = target(1, high=1.5, role="change", direction="down", per="year", period="2021/2025")
    found = rows(article("a", goal), article("b", change(0.76, period="2022"), change(1.2, period="2023"), change(9, period="2026"),
                                             published="2027-02-01"),
                 table="targets")
    assert [(r["outcome_period"], r["outcome_low"], r["result"], r["basis"]) for r in found] == [
        ("2022", 0.76, "missed", "year_of_span"), ("2023", 1.2, "met", "year_of_span")]


def test_what_went_the_other_way_missed_its_target() -> None:
    pair = only(article("a", target(1, role="change", direction="down"), change(0.5, direction="up")), table="targets")
    assert (pair["outcome_direction"], pair["result"]) == ("up", "missed")


@pytest.mark.parametrize(("published", "value", "expected"), [
    ("2023-07-01", 3, "open"), ("2023-07-01", 8, "open"), ("2023-12-20", 3, "met"), ("2023-12-20", 8, "missed"), (None, 8, "missed")])
def test_before_the_period_is_over_nothing_is_met_or_missed(published: str | None, value: float, expected: str) -> None:
    assert only(article("a", target(5), said(value), published=published), table="targets")["result"] == expected


@pytest.mark.parametrize(("goal", "outcome", "expected"), [
    # a level that should fall, one that should rise
    (target(5), Outcome(4.9, None, "eq", None), "met"), (target(5), Outcome(5.1, None, "eq", None), "missed"),
    (target(90, indicator="health_insurance"), Outcome(91.0, None, "eq", None), "met"),
    (target(90, indicator="health_insurance"), Outcome(89.0, None, "eq", None), "missed"),
    # bounds
    (target(5, comparator="lt"), Outcome(5.0, None, "eq", None), "missed"),
    (target(5, comparator="le"), Outcome(5.0, None, "eq", None), "met"),
    (target(5), Outcome(5.0, None, "lt", None), "met"), (target(5), Outcome(4.0, None, "gt", None), "unclear"),
    (target(5), Outcome(5.1, None, "approx", None), "unclear"), (target(5), Outcome(3.0, None, "approx", None), "met"),
    # ranges and changes
    (target(4, high=5, role="change", direction="down"), Outcome(4.2, None, "eq", "down"), "met"),
    (target(4, role="change", direction="down"), Outcome(3.9, None, "eq", "down"), "missed"),
    # printed more coarsely than the goal
    (target(4.23, role="change", direction="down", comparator="ge"), Outcome(4.2, None, "eq", "down"), "unclear"),
    # which side is good is not known, or the comparator makes no sense
    (target(12, indicator="budget_spending"), Outcome(11.0, None, "eq", None), "unclear"),
    (target(4, comparator="gt"), Outcome(2.76, None, "eq", None), "unclear"),
    (target(2, indicator="budget_spending", role="to", direction="down"), Outcome(1.0, None, "eq", None), "met")])
def test_met_missed_or_not_to_be_said(goal: dict[str, Any], outcome: Outcome, expected: str) -> None:
    assert result(article("a", goal).observations[0], outcome) == expected


# --- provinces then and now --------------------------------------------------------------------------------------------
OLD = [article("hg", said(20, "Hà Giang")), article("tq", said(10, "Tuyên Quang"))]
NEW = article("new", said(12, "Tuyên Quang"), published="2026-01-05")


def test_provinces_of_one_name_on_two_maps_are_two() -> None:
    assert [(r["place"], r["map"], r["province_code"], r["value"]) for r in rows(*OLD, NEW)] == [
        ("Hà Giang", "63", "02", 20), ("Tuyên Quang", "34", "08", 12), ("Tuyên Quang", "63", "08", 10)]


def test_rates_of_former_provinces_stay_apart_on_the_map_of_today() -> None:
    assert [(r["province"], r["part"], r["map"], r["value"]) for r in rows(*OLD, NEW, provinces="now")] == [
        ("Tuyên Quang", None, "34", 12), ("Tuyên Quang", "Hà Giang", "34", 20), ("Tuyên Quang", "Tuyên Quang", "34", 10)]


def test_counts_are_added_where_every_part_is_known() -> None:
    documents = [article("a", households(1000, "Hà Giang")), article("b", households(700, "Tuyên Quang"))]
    total = next(r for r in rows(*documents, provinces="now") if r["part"] is None)
    assert (total["place"], total["value"], total["choice"], total["status"], total["articles"]) == (
        "Tuyên Quang", 1700, "sum_of_parts", "actual", "a; b")
    assert all(r["part"] for r in rows(documents[0], provinces="now"))
    assert all(r["choice"] != "sum_of_parts" for r in rows(*documents))


@pytest.mark.parametrize("second", [
    households(700, "Tuyên Quang", comparator="gt"), households(700, "Tuyên Quang", status="estimate"),
    households(700, "Tuyên Quang", period="2022"), households(700, "Tuyên Quang", groups=["women"])])
def test_what_is_not_alike_is_not_added(second: dict[str, Any]) -> None:
    documents = [article("a", households(1000, "Hà Giang")), article("b", second)]
    assert all(r["choice"] != "sum_of_parts" for r in rows(*documents, provinces="now"))


def test_a_total_that_an_article_states_is_left_as_it_is() -> None:
    documents = [article("a", households(1000, "Hà Giang")), article("b", households(700, "Tuyên Quang")),
                 article("c", households(1800, "Tuyên Quang"), published="2026-01-05")]
    assert [r["value"] for r in rows(*documents, provinces="now") if r["part"] is None] == [1800]


def test_a_province_that_is_gone_since_2008_has_its_successor() -> None:
    assert only(article("a", said(7, "Hà Tây", period="2005"), published="2006-02-01"))["map"] == "past"
    row = only(article("a", said(7, "Hà Tây", period="2005"), published="2006-02-01"), provinces="now")
    assert (row["province"], row["part"]) == ("Hà Nội", "Hà Tây")


# --- tables and files --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", TABLES)
def test_columns_and_types_are_the_same_with_rows_and_without(table: str) -> None:
    documents = [article("a", said(24.71), target(20)), article("b", said(26.61))]
    full, empty = extractor.panel(documents, table=table), extractor.panel([], table=table)
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    assert len(full) > 0
    assert "object" not in map(str, full.dtypes)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_documents_does_not_matter(chance: random.Random) -> None:
    words = "Tỷ lệ hộ nghèo Cao Bằng còn 24.71%."
    documents = [article("a", said(24.71, words=words)), article("b", said(24.71, words=words)), article("c", said(26.61)),
                 article("d", said(26.61), target(20)), article("e", said(52), said(47, same_sentence=True)), *OLD, NEW]
    shuffled = chance.sample(documents, len(documents))
    for table in TABLES:
        pd.testing.assert_frame_equal(extractor.panel(documents, table=table), extractor.panel(shuffled, table=table))


def test_documents_of_json_give_the_same_rows() -> None:
    document = article("a", said(24.71), keep=False)
    pd.testing.assert_frame_equal(extractor.panel([json.loads(document.to_json())]), extractor.panel([document]))


@pytest.mark.parametrize(("options", "words"), [
    ({"table": "cells"}, "table: expected one of panel"), ({"provinces": "later"}, "provinces: expected one of then, now"),
    ({"language": "fr"}, "language: expected one of")])
def test_wrong_words_are_named(options: dict[str, str], words: str) -> None:
    with pytest.raises(ExtractorError, match=words):
        extractor.panel([], **options)  # type: ignore[arg-type]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Two documents of JSON Lines, whose texts stand beside them; the toolkit is surer of the first."""
    lines = []
    for name, rate, confidence in (("x", "24,71", 0.9), ("y", "26,61", 0.5)):
        text = f"Theo báo cáo {name}, năm 2023 tỷ lệ hộ nghèo tỉnh Cao Bằng là {rate}% <b>.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        document = json.loads(extractor.extract(text, id=name, path=f"{name}.txt").to_json())
        document["percentages"][0]["confidence"] = confidence
        lines.append(json.dumps(document, ensure_ascii=False))
    (tmp_path / "out.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["panel.csv", "panel.parquet", "panel.html"])
def test_files_are_the_same_bytes_every_time(written: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before: dict[str, bytes] = {}
    lines = (written / "out.jsonl").read_text(encoding="utf-8").splitlines()
    for order in (lines, lines[::-1]):
        (written / "out.jsonl").write_text("\n".join(order) + "\n", encoding="utf-8")
        assert main(["panel", str(written / "out.jsonl"), "-o", str(written / name)]) == 0
        made = {path.name: path.read_bytes() for path in sorted(written.glob("panel*"))}
        assert before in ({}, made)
        before = made
    assert capsys.readouterr().err == ""
    assert len(before) == (1 if name.endswith("html") else len(TABLES))


def test_csv_and_parquet_hold_the_table(written: Path) -> None:
    for ending, read in ((".csv", pd.read_csv), (".parquet", pd.read_parquet)):
        assert main(["panel", str(written / "out.jsonl"), "-o", str(written / f"p{ending}")]) == 0
        found = read(written / f"p{ending}")
        assert (found["value"][0], found["agreement"][0], found["n_articles"][0]) == (24.71, "conflict", 2)
        assert found["sentence"][0] == "Theo báo cáo x, năm 2023 tỷ lệ hộ nghèo tỉnh Cao Bằng là 24,71% <b>."
        assert len(read(written / f"p-conflicts{ending}")) == 2


def test_the_page_holds_the_sentences_as_text_and_no_address(written: Path) -> None:
    assert main(["panel", str(written / "out.jsonl"), "-o", str(written / "p.html"), "--language", "en", "--title", "<i>"]) == 0
    page = (written / "p.html").read_text(encoding="utf-8")
    assert "24,71% &lt;b&gt;" in page
    assert "<title>&lt;i&gt;</title>" in page
    assert "http" not in page.replace("http-equiv", "").replace('startsWith("http', "")
    assert "24.71 ×1; 26.61 ×1" in page


def test_a_sentence_is_no_formula(tmp_path: Path) -> None:
    text = "=SUM(A1) tỷ lệ hộ nghèo 5"
    extraction = article("a", said(5, words=text), keep=False)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    extraction.document.path = "a.txt"
    (tmp_path / "o.jsonl").write_text(extraction.to_json(), encoding="utf-8")
    assert main(["panel", str(tmp_path / "o.jsonl"), "-o", str(tmp_path / "p.csv")]) == 0
    assert pd.read_csv(tmp_path / "p.csv")["sentence"][0] == "'" + text


def test_whole_numbers_are_written_whole(tmp_path: Path) -> None:
    (tmp_path / "o.jsonl").write_text(article("a", households(27846, "Cao Bằng"), keep=False).to_json(), encoding="utf-8")
    main(["panel", str(tmp_path / "o.jsonl"), "-o", str(tmp_path / "p.csv")])
    assert ",27846," in (tmp_path / "p.csv").read_text(encoding="utf-8-sig")


def test_bad_lines_cost_no_good_ones(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (written / "out.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"schema_version": 1}\n')
    assert main(["panel", str(written / "out.jsonl"), str(written / "none.jsonl"), "-o", str(written / "p.csv")]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert "line 3: schema_version: expected a string" in errors[0]
    assert "none.jsonl" in errors[1]
    assert len(pd.read_csv(written / "p.csv")) == 1


def test_missing_texts_are_told(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (written / "x.txt").unlink()
    assert main(["panel", str(written / "out.jsonl"), "-o", str(written / "p.csv")]) == 0
    assert "1 of 2 documents: their text is not where they say" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["folder", "dump.jsonl", "dump.jsonl.gz"])
def test_texts_are_found_where_they_are_said_to_be(written: Path, tmp_path_factory: pytest.TempPathFactory, form: str,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path_factory.mktemp("texts") / form
    files = sorted(written.glob("?.txt"))
    if form == "folder":
        place.mkdir()
        for file in files:
            file.rename(place / file.name)
    else:
        lines = "".join(json.dumps({"id": f.stem, "text": f.read_text(encoding="utf-8")}) + "\n" for f in files)
        place.write_bytes(gzip.compress(lines.encode()) if form.endswith("gz") else lines.encode())
        for file in files:
            file.unlink()
    assert main(["panel", str(written / "out.jsonl"), "-o", str(written / "p.csv"), "--texts", str(place)]) == 0
    assert capsys.readouterr().err == ""
    assert pd.read_csv(written / "p-sources.csv")["sentence"].notna().all()


@pytest.mark.parametrize(("content", "words"), [("{", "line 1"), (None, "dump.jsonl")])
def test_a_broken_dump_is_named(written: Path, content: str | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        (written / "dump.jsonl").write_text(content, encoding="utf-8")
    arguments = ["panel", str(written / "out.jsonl"), "-o", str(written / "p.csv"), "--texts", str(written / "dump.jsonl")]
    assert main(arguments) == 1
    assert len(pd.read_csv(written / "p.csv")) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), [
    (["-o", "p.xlsx"], "expected a name that ends in .csv, .parquet, .html"), (["-o", "no/p.csv"], "cannot be written"),
    (["-o", "out.csv"], "is read and cannot be written")])
def test_outputs_that_cannot_be_are_refused(written: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(written)
    (written / "out-targets.csv").write_bytes((written / "out.jsonl").read_bytes())
    assert main(["panel", "out-targets.csv", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("share", ["2", "-1", "x", "nan"])
def test_a_confidence_is_from_0_to_1(share: str) -> None:
    with pytest.raises(SystemExit):
        main(["panel", "a.jsonl", "-o", "p.csv", f"--min-confidence={share}"])


# --- the corpus --------------------------------------------------------------------------------------------------------
def test_the_corpus_makes_a_panel(corpus: dict[str, tuple[str, Extraction]]) -> None:
    documents = [extraction for _, extraction in corpus.values()]
    panel = extractor.panel(documents)
    key = ["place", "map", "period", "indicator", "groups", "measure", "direction", "kind", "unit", "per", "subject", "item"]
    facts = panel[panel["status"].isna() | (panel["status"] != "norm")]
    assert not facts.duplicated(key).any()
    assert panel["sentence"].notna().sum() == panel["value"].notna().sum()
    shown = panel[(panel["document"] == "a01") & (panel["indicator"] == "poverty_rate") & (panel["measure"] == "level")]
    assert {(r.place, r.period, r.value) for r in shown.itertuples()} >= {
        ("Cao Bằng", "2023", 21.45), ("huyện Bảo Lạc, Cao Bằng", "2023", 47.3)}
    sources = extractor.panel(documents, table="sources")
    for row in sources.head(300).to_dict("records"):
        assert corpus[row["document"]][0][row["start"]:row["end"]] == row["text"]


def test_values_lie_within_their_spread(corpus: dict[str, tuple[str, Extraction]]) -> None:
    panel = extractor.panel(extraction for _, extraction in corpus.values())
    stated = panel[panel["value"].notna()]
    assert ((stated["min"] <= stated["value"]) & (stated["value"] <= stated["max"])).all()
    assert (stated["n_supporting"] <= stated["n_articles"]).all()
    assert ((stated["choice"] == "only") == (stated["n_values"] == 1)).all()


def test_every_column_is_described() -> None:
    described = (Path(__file__).parent.parent / "docs" / "panel.md").read_text(encoding="utf-8")
    for name in extractor.panel([]).columns:
        assert f"`{name}`" in described or (name.startswith("target_") and f"`{name.removeprefix('target_')}`" in described), name
