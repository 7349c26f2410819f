"""Records in words, in Vietnamese and English."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import records
from extractor.errors import ExtractorError
from extractor.period_dates import period_bounds
from extractor.records import Extraction, Observation
from extractor.wording import (
    LANGUAGES,
    check_language,
    field_in_words,
    in_words,
    label,
    labels,
    name_of,
    number,
    period_in_words,
    value_in_words,
)


def observation(**fields: Any) -> Observation:
    return Observation(**{
        "id": "o1", "kind": "percent", "text": "4%", "start": 0, "end": 2, "low": 4.0, "high": None, "comparator": "eq",
        "unit": "%", "per": None, "of": None, "indicator": "poverty_rate", "subject": None, "groups": [], "place": None,
        "province": None, "province_code": None, "district": None, "period": None, "status": "actual", "role": "level",
        "direction": None, "speaker": None, "section": "body", "sentence": (0, 2), "evidence": {}, "rule": "", "rules": {},
        "confidence": 0.5, **fields})


FALL = {"role": "change", "direction": "down"}


def test_the_whole_observation_in_one_line() -> None:
    o = observation(**FALL, comparator="ge", status="target", period="2024", place="Cao Bằng")
    assert in_words(o, "en") == "target, −4 points or more, 2024, Cao Bằng"
    assert in_words(o, "vi") == "mục tiêu, −4 điểm % trở lên, 2024, Cao Bằng"
    assert in_words(observation()) == "actual, 4%"


@pytest.mark.parametrize(("fields", "english", "vietnamese"), [
    ({"low": 24.71}, "24.71%", "24,71%"),
    ({"low": 2.0, "high": 2.5}, "2–2.5%", "2–2,5%"),
    ({**FALL, "low": 1.0, "high": 1.5, "per": "year"}, "−1–1.5 points per year", "−1–1,5 điểm %/năm"),
    ({**FALL, "low": 1.0}, "−1 point", "−1 điểm %"),
    ({"role": "change", "direction": "up", "indicator": "exports"}, "+4%", "+4%"),
    ({**FALL, "comparator": "gt"}, "down more than 4 points", "giảm hơn 4 điểm %"),
    ({"role": "from", "direction": "down"}, "from 4%", "từ 4%"),
    ({"role": "to", "direction": "down"}, "down to 4%", "xuống 4%"),
    ({"role": "to", "direction": "up", "comparator": "approx"}, "up to about 4%", "lên khoảng 4%"),
    ({"kind": "households", "unit": "hộ", "low": 5349.0}, "5,349 households", "5.349 hộ"),
    ({"kind": "other", "unit": "xã", "low": 11.0, "of": 12.0}, "11 of 12 communes", "11/12 xã"),
    ({"kind": "money", "unit": "đồng", "low": 2446e9}, "2,446 billion đồng", "2.446 tỷ đồng"),
    ({"kind": "money", "unit": "đồng", "low": 1.5e6, "per": "person-month"},
     "1.5 million đồng per person per month", "1,5 triệu đồng/người/tháng"),
    ({"kind": "people", "unit": "nghệ nhân", "low": 3.0}, "3 nghệ nhân", "3 nghệ nhân"),
])
def test_values(fields: dict[str, Any], english: str, vietnamese: str) -> None:
    o = observation(**fields)
    assert (value_in_words(o, "en"), value_in_words(o, "vi")) == (english, vietnamese)


@pytest.mark.parametrize(("period", "english", "vietnamese", "first", "last"), [
    ("2023", "2023", "2023", "2023-01-01", "2023-12-31"),
    ("2021/2025", "2021–2025", "2021–2025", "2021-01-01", "2025-12-31"),
    ("2024-Q1", "Q1 2024", "quý 1/2024", "2024-01-01", "2024-03-31"),
    ("2024-H2", "second half of 2024", "6 tháng cuối năm 2024", "2024-07-01", "2024-12-31"),
    ("2024-M09", "first 9 months of 2024", "9 tháng đầu năm 2024", "2024-01-01", "2024-09-30"),
    ("2024-02", "February 2024", "tháng 2/2024", "2024-02-01", "2024-02-29"),
    ("2024-05-30", "30 May 2024", "30/5/2024", "2024-05-30", "2024-05-30"),
    ("2024-09-01/2024-10-15", "1 September 2024–15 October 2024", "1/9/2024–15/10/2024", "2024-09-01", "2024-10-15"),
])
def test_periods(period: str, english: str, vietnamese: str, first: str, last: str) -> None:
    assert (period_in_words(period, "en"), period_in_words(period, "vi")) == (english, vietnamese)
    bounds = period_bounds(period)
    assert bounds is not None
    assert [day.isoformat() for day in bounds] == [first, last]


@pytest.mark.parametrize("period", [None, "", "nay", "2024-13", "2024-02-30", "2024-M13", "2025/2021", "0000", "2024/"])
def test_what_is_no_period_has_no_days(period: str | None) -> None:
    assert period_bounds(period) is None


def test_every_word_that_a_record_may_hold_has_labels() -> None:
    for table, choices in {"kind": records.KINDS, "status": records.STATUSES, "role": records.ROLES,
                           "direction": records.DIRECTIONS, "comparator": records.COMPARATORS,
                           "section": records.SECTIONS, "level": records.LEVELS}.items():
        assert set(choices) <= set(labels()[table]), table
    for entries in labels().values():
        assert all(words[language].strip() for words in entries.values() for language in LANGUAGES)


def test_every_check_and_every_evidence_of_the_corpus_has_a_label(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for _, extraction in corpus.values():
        assert {c.kind for c in extraction.checks} <= set(labels()["check"])
        assert {field for o in extraction for field in o.evidence} <= set(labels()["field"])
        for o in extraction:
            assert all(in_words(o, language) for language in LANGUAGES)
            assert "{" not in in_words(o, "en") + in_words(o, "vi")


def test_indicators_and_groups_have_the_names_of_their_rules() -> None:
    assert name_of("indicator", "poverty_rate", "vi") == "Tỷ lệ hộ nghèo"
    assert name_of("group", "my_own_group", "en") == "my own group"
    assert field_in_words(observation(groups=["women", "rural"]), "groups") is not None
    assert field_in_words(observation(), "groups") is None


@pytest.mark.parametrize(("value", "english"), [(0.0, "0"), (1e12, "1,000,000,000,000"), (0.1 + 0.2, "0.3"), (-1234.5, "-1,234.5")])
def test_numbers(value: float, english: str) -> None:
    assert number(value, "en") == english


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(ExtractorError, match="language: expected one of vi, en, found 'fr'"):
        check_language("fr")
    assert label("status", "unheard_of", "en") == "unheard_of"
