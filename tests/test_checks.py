"""Arithmetic and consistency inside one article: what is confirmed, what fails, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import extractor
from extractor.checks import run_checks
from extractor.records import Document, Extraction, Observation


def extraction(text: str, *rows: dict[str, Any]) -> Extraction:
    """Records for the numbers of `text`, in their order; sentences end at a full stop and a space."""
    out, at = [], 0
    for i, row in enumerate(rows, 1):
        start = text.index(row["text"], at)
        at = start + len(row["text"])
        begin = text.rfind(". ", 0, start) + 1
        end = text.find(". ", start)
        fields = {
            "kind": "percent", "high": None, "comparator": "eq", "unit": "%", "per": None, "of": None,
            "indicator": "poverty_rate", "subject": "tỷ lệ hộ nghèo", "groups": [], "place": "Hà Giang",
            "province": "Hà Giang", "province_code": "02", "district": None, "period": "2023", "status": "actual",
            "role": "level", "direction": None, "speaker": None, "section": "body", "evidence": {}, "rule": "",
            "rules": {}, "confidence": 0.5, **row}
        out.append(Observation(id=f"o{i}", start=start, end=at, sentence=(begin, len(text) if end < 0 else end), **fields))
    document = Document("d", None, None, None, [], None, None, [], len(text), "", [])
    return Extraction("1.0", {}, document, percentages=out)


def found(text: str, *rows: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(c.kind, c.ok, c.detail) for c in run_checks(extraction(text, *rows), text)]


FALL = [{"text": "28,94%", "low": 28.94, "role": "from", "direction": "down", "period": "2022"},
        {"text": "24,71%", "low": 24.71, "role": "to", "direction": "down"},
        {"text": "4,23%", "low": 4.23, "role": "change", "direction": "down"}]


@pytest.mark.parametrize(("text", "change", "check"), [
    ("Từ 28,94% xuống còn 24,71%, giảm 4,23%.", {}, ("difference", True, "28.94 − 24.71 = 4.23")),
    ("Từ 28,94% xuống còn 24,71%, giảm 4,32%.", {"text": "4,32%", "low": 4.32}, ("difference", False, "28.94 − 24.71 ≠ 4.32")),
    ("Từ 28,94% xuống còn 24,71%, giảm 4,2%.", {"text": "4,2%", "low": 4.2}, ("difference", True, "28.94 − 24.71 = 4.2")),
    ("Từ 28,94% xuống còn 24,71%, giảm 14,6%.", {"text": "14,6%", "low": 14.6},
     ("difference", True, "(28.94 − 24.71) / 28.94 = 14.6%")),
])
def test_a_change_is_the_difference_of_its_ends(text: str, change: dict[str, Any], check: tuple[str, bool, str]) -> None:
    assert found(text, FALL[0], FALL[1], FALL[2] | change) == [check]


def test_over_several_years_the_change_may_be_that_of_one_year() -> None:
    text = "Từ 28,94% xuống còn 24,71%, mỗi năm giảm 2,12%."
    yearly = FALL[2] | {"text": "2,12%", "low": 2.12}
    assert found(text, FALL[0] | {"period": "2021"}, FALL[1], yearly) == [("difference", True, "(28.94 − 24.71) / 2 = 2.12")]
    other = FALL[2] | {"text": "2,12%", "low": 3.0}
    assert found(text, FALL[0] | {"period": "2021"}, FALL[1], other) == []


@pytest.mark.parametrize("change", [
    {"comparator": "ge"}, {"high": 5.0}, {"status": "target"}, {"direction": "up"}, {"place": "Cao Bằng"},
    {"groups": ["women"]}, {"indicator": "near_poverty_rate"}, {"period": "2019"}, {"per": "year"}])
def test_a_change_of_something_else_is_left_alone(change: dict[str, Any]) -> None:
    assert found("Từ 28,94% xuống còn 24,71%, giảm 4,50%.", FALL[0], FALL[1],
                 FALL[2] | {"text": "4,50%", "low": 4.5} | change) == []


COUNT = {"text": "82/97 xã", "low": 82.0, "of": 97.0, "kind": "other", "unit": "xã", "subject": "xã đạt chuẩn"}
SHARE = {"text": "84,5%", "low": 84.5, "subject": "xã đạt chuẩn"}


@pytest.mark.parametrize(("text", "share", "checks"), [
    ("Có 82/97 xã (84,5%) đạt chuẩn.", {}, [("share", True, "82 / 97 = 84.54% = 84.5%")]),
    ("Có 82/97 xã (85,4%) đạt chuẩn.", {"text": "85,4%", "low": 85.4}, [("share", False, "82 / 97 = 84.54% ≠ 85.4%")]),
    ("Có 82/97 xã đạt chuẩn, bằng 85,4%.", {"text": "85,4%", "low": 85.4}, [("share", False, "82 / 97 = 84.54% ≠ 85.4%")]),
    ("Có 82/97 xã có điện; hộ có điện đạt 97,9%.", {"text": "97,9%", "low": 97.9}, []),
    ("Có 82/97 xã và 50,7% số dân.", {"text": "50,7%", "low": 50.7, "subject": "số dân"}, []),
])
def test_a_share_restates_a_count_of_a_whole(text: str, share: dict[str, Any], checks: list[tuple[str, bool, str]]) -> None:
    assert found(text, COUNT, SHARE | share) == checks


def counts(*values: int, **more: Any) -> list[dict[str, Any]]:
    return [{"text": f"{v} hộ", "low": float(v), "kind": "households", "unit": "hộ", "indicator": "other", **more} for v in values]


@pytest.mark.parametrize(("text", "values", "checks"), [
    ("Có 467 hộ, gồm 278 hộ và 189 hộ.", (467, 278, 189), [("sum", True, "278 + 189 = 467")]),
    ("Có 467 hộ, gồm 278 hộ và 188 hộ.", (467, 278, 188), [("sum", False, "278 + 188 ≠ 467")]),
    ("Có 467 hộ, gồm 278 hộ, 100 hộ và 89 hộ.", (467, 278, 100, 89), [("sum", True, "278 + 100 + 89 = 467")]),
    ("Có 278 hộ và 189 hộ, tổng cộng 467 hộ.", (278, 189, 467), [("sum", True, "278 + 189 = 467")]),
    ("Có 467 hộ, trong đó 100 hộ và 52 hộ.", (467, 100, 52), []),
    ("Xã này 63 hộ, xã kia 65 hộ, xã nọ 129 hộ.", (63, 65, 129), []),
    ("Có 2 hộ, lại có 1 hộ, có 3 hộ.", (2, 1, 3), []),
])
def test_a_total_and_its_parts(text: str, values: tuple[int, ...], checks: list[tuple[str, bool, str]]) -> None:
    assert found(text, *counts(*values)) == checks


def test_money_adds_up_to_the_digits_that_are_printed() -> None:
    rows = [{"text": f"{v} tỷ", "low": v * 1e9, "kind": "money", "unit": "đồng", "indicator": "other"} for v in (310, 100, 150)]
    assert found("Vốn 310 tỷ: 100 tỷ và 150 tỷ.", *rows) == []
    rows[2] |= {"text": "210 tỷ", "low": 210e9}
    assert found("Vốn 310 tỷ: 100 tỷ và 210 tỷ.", *rows)[0][:2] == ("sum", True)


LEVELS = [{"text": "12,3%", "low": 12.3}, {"text": "13,2%", "low": 13.2}]
TWO = "Tỷ lệ hộ nghèo còn 12,3%. Bài đã nêu: tỷ lệ hộ nghèo là 13,2%."


def test_two_sentences_with_two_values_for_one_thing() -> None:
    assert found(TWO, *LEVELS) == [("conflict", False, "12,3% ≠ 13,2%")]


@pytest.mark.parametrize("change", [
    {"place": "Cao Bằng"}, {"period": "2022"}, {"groups": ["rural"]}, {"status": "target"}, {"role": "from"},
    {"indicator": "disbursement_rate"}, {"comparator": "approx"}, {"subject": "tỷ lệ hộ nghèo cao nhất"},
    {"place": None}, {"period": None}, {"section": "boilerplate"}, {"low": 12.34, "text": "13,2%"}])
def test_what_may_well_have_two_values_is_no_conflict(change: dict[str, Any]) -> None:
    assert found(TWO, LEVELS[0], LEVELS[1] | change) == []


def test_two_values_in_one_sentence_are_of_two_things_that_the_records_cannot_tell_apart() -> None:
    assert found("Hai huyện cao nhất, lần lượt là 12,3% và 13,2%.", *LEVELS) == []


def test_a_number_beside_a_count_in_one_clause_is_about_what_is_counted() -> None:
    text = "Tỷ lệ hộ nghèo còn 12,3%. Có 31 xã còn tỷ lệ hộ nghèo trên mức 13,2%."
    count = {"text": "31 xã", "low": 31.0, "kind": "other", "unit": "xã"}
    assert found(text, LEVELS[0], count, LEVELS[1]) == []


@pytest.mark.parametrize(("row", "checks"), [
    ({"low": 105.3}, [("over_100", False, "105.3% > 100%")]),
    ({"low": 100.0}, []),
    ({"low": 105.3, "role": "change"}, []),
    ({"low": 105.3, "indicator": "disbursement_rate"}, []),
    ({"low": 105.3, "indicator": "forest_cover"}, []),
    ({"low": 105.3, "indicator": "other"}, []),
])
def test_a_rate_of_a_whole_is_100_percent_at_most(row: dict[str, Any], checks: list[tuple[str, bool, str]]) -> None:
    assert found("Tỷ lệ là 105,3%.", {"text": "105,3%", **row}) == checks


def test_a_fall_is_not_larger_than_what_it_starts_from() -> None:
    rows = [FALL[0] | {"text": "4,5%", "low": 4.5}, FALL[2] | {"text": "6,1%", "low": 6.1}]
    text = "Tỷ lệ hộ nghèo từ 4,5% đã giảm 6,1%."
    assert found(text, *rows) == [("change_over_level", False, "6.1 > 4.5")]
    assert found(text, rows[0], rows[1] | {"direction": "up"}) == []
    assert found(text, rows[0], rows[1] | {"low": 4.1}) == []


def test_from_text_to_check() -> None:
    text = "Năm 2023, tỷ lệ hộ nghèo của tỉnh Hà Giang giảm từ 42,08% xuống còn 37,08%, giảm {}%."
    right, wrong = (extractor.extract(text.format(n)).checks for n in ("5", "6"))
    assert [(c.kind, c.ok) for c in right] == [("difference", True)]
    assert [(c.kind, c.ok) for c in wrong] == [("difference", False)]
    assert replace(wrong[0], ok=True).detail == "42.08 − 37.08 ≠ 6"


def test_a_change_that_leads_to_a_level_of_its_own_is_left_alone() -> None:
    text = "Từ 28,94% xuống còn 24,71%, rồi giảm 6,00% còn 10,5%."
    rows = [FALL[2] | {"text": "6,00%", "low": 6.0}, FALL[1] | {"text": "10,5%", "low": 10.5}]
    assert found(text, *FALL[:2], *rows) == []
    assert found(text, *FALL[:2], rows[0]) == [("difference", False, "28.94 − 24.71 ≠ 6")]


def test_the_change_of_one_pair_is_not_held_against_the_next() -> None:
    text = "Vùng 1 từ 28,94% xuống còn 24,71% (giảm 4,23%); vùng 2 từ 19,00% xuống còn 16,00%."
    second = [FALL[0] | {"text": "19,00%", "low": 19.0}, FALL[1] | {"text": "16,00%", "low": 16.0}]
    assert found(text, *FALL, *second) == [("difference", True, "28.94 − 24.71 = 4.23")]


def test_hardly_a_check_fails_in_the_corpus_whose_numbers_agree(corpus: dict[str, tuple[str, Extraction]]) -> None:
    failed = [(name, c.kind, c.detail) for name, (_, x) in corpus.items() for c in x.checks if not c.ok]
    assert len(failed) <= 2, failed
    assert sum(len(x.checks) for _, x in corpus.values()) >= 10
