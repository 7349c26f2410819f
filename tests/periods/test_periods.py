"""Expressions of time and their values, in an article of Thursday, 14 March 2024 unless it says otherwise."""

from __future__ import annotations

import pytest
from drafts import draft

TODAY = "2024-03-14"


def periods(text: str, published: str | None = TODAY) -> list[tuple[str, str | None]]:
    """The words of every expression of time, and its value."""
    made = draft(text, "periods", published)
    return [(made.text.norm[m.start:m.end], m.value) for m in made.periods]


def kinds(text: str) -> list[str]:
    return [m.kind for m in draft(text, "periods", TODAY).periods]


@pytest.mark.parametrize(("words", "value"), [
    # days
    ("ngày 3/5/2023", "2023-05-03"), ("3.5.2023", "2023-05-03"), ("3 - 5 - 2023", "2023-05-03"), ("2023-05-06", "2023-05-06"),
    ("ngày 5 tháng 6 năm 2023", "2023-06-05"), ("ngày 5 tháng 6, năm 2023", "2023-06-05"), ("ngày 5 tháng 6/2023", "2023-06-05"),
    ("từ ngày 3 đến ngày 5/6/2023", "2023-06-03/2023-06-05"), ("3-5/6/2023", "2023-06-03/2023-06-05"),
    ("ngày 29/2/2024", "2024-02-29"), ("ngày 31/12/2023", "2023-12-31"),
    # months
    ("tháng 6/2023", "2023-06"), ("6/2023", "2023-06"), ("tháng 6, năm 2023", "2023-06"), ("tháng tư năm 2023", "2023-04"),
    ("tháng mười một năm 2023", "2023-11"), ("tháng 1/2023", "2023-01"), ("tháng 12/2023", "2023-12"),
    ("từ tháng 1/2023 đến tháng 6/2023", "2023-01/2023-06"), ("tháng 12/2022 - tháng 1/2023", "2022-12/2023-01"),
    ("tháng 6 năm nay", "2024-06"), ("tháng 6 năm ngoái", "2023-06"), ("tháng 12 năm ngoái", "2023-12"), ("tháng 1 năm nay", "2024-01"),
    # quarters and halves
    ("quý I/2023", "2023-Q1"), ("quý iv năm 2023", "2023-Q4"), ("quý 2 của năm 2023", "2023-Q2"), ("quý III (2023", "2023-Q3"),
    ("quý II năm nay", "2024-Q2"), ("quý 3 năm ngoái", "2023-Q3"), ("quý I năm ngoái", "2023-Q1"),
    ("nửa đầu năm 2023", "2023-H1"), ("nửa cuối của năm 2023", "2023-H2"), ("nửa cuối năm ngoái", "2023-H2"), ("nửa đầu năm nay", "2024-H1"),
    ("nửa đầu năm", "2024-H1"), ("nửa cuối năm", "2024-H2"),
    # the first and the last months of a year
    ("6 tháng đầu năm 2023", "2023-H1"), ("ba tháng đầu năm 2023", "2023-Q1"), ("9 tháng năm 2023", "2023-M09"), ("11 tháng/2023", "2023-M11"),
    ("1 tháng đầu năm 2023", "2023-M01"), ("12 tháng năm 2023", "2023"), ("5 tháng đầu của năm 2023", "2023-M05"),
    ("6 tháng đầu năm", "2024-H1"), ("8 tháng đầu năm ngoái", "2023-M08"), ("3 tháng đầu năm nay", "2024-Q1"), ("2 tháng đầu năm", "2024-M02"),
    ("6 tháng cuối năm 2023", "2023-H2"), ("3 tháng cuối năm", "2024-Q4"), ("4 tháng cuối năm", "2024"), ("6 tháng cuối năm ngoái", "2023-H2"),
    ("1 tháng cuối năm", "2024"), ("11 tháng cuối năm 2023", "2023"),
    ("chín tháng 2023", "2023-M09"), ("10 tháng 2023", "2023-M10"),
    # from a day to another
    ("từ ngày 1/2/2022 đến hết ngày 31/12/2022", "2022-02-01/2022-12-31"), ("từ 25/4 đến 24/5/2018", "2018-04-25/2018-05-24"),
    ("từ 29/1 đến hết 3/2", "2024-01-29/2024-02-03"), ("1/12/2022 - 3/1/2023", "2022-12-01/2023-01-03"),
    # counted back
    ("5 năm trước", "2019"), ("mười năm về trước", "2014"), ("cách đây 3 năm", "2021"), ("năm năm trước", "2019"),
    # months that have gone by, as far as they are those of this year
    ("ba tháng qua", "2024-Q1"), ("2 tháng vừa qua", "2024-M02"), ("3 tháng qua", "2024-Q1"), ("4 tháng qua", None), ("18 tháng qua", None),
    # years
    ("năm 2023", "2023"), ("năm 1975", "1975"), ("năm 2069", "2069"),
    ("giai đoạn 2021-2025", "2021/2025"), ("từ năm 2016 đến năm 2020", "2016/2020"), ("2016 - 2020", "2016/2020"),
    ("từ năm 2021 đến nay", "2021/2024"), ("từ 2023 đến nay", "2023/2024"), ("từ năm 2024 đến nay", None), ("từ 2025 đến nay", None),
    ("năm học 2022-2023", "2022/2023"), ("năm học 2022-23", "2022/2023"),
    # what is told from the day of the article
    ("năm nay", "2024"), ("năm ngoái", "2023"), ("năm tới", "2025"), ("tháng này", "2024-03"), ("tháng trước", "2024-02"),
    ("tháng tới", "2024-04"), ("quý này", "2024-Q1"), ("quý trước", "2023-Q4"), ("hôm nay", "2024-03-14"), ("hôm qua", "2024-03-13"),
    ("hiện nay", "2024"), ("cùng kỳ năm trước", None),
])
def test_an_expression_of_time_has_a_value(words: str, value: str | None) -> None:
    assert periods(f"Số hộ nghèo {words}, theo rà soát.") == [(words, value)]


@pytest.mark.parametrize(("published", "words", "value"), [
    # the nearest day or month, one that is past preferred; up to two months ahead are this year's
    ("2024-03-14", "tháng 3", "2024-03"), ("2024-03-14", "tháng 5", "2024-05"), ("2024-03-14", "tháng 6", "2023-06"),
    ("2024-03-14", "tháng 2", "2024-02"), ("2024-03-14", "tháng 12", "2023-12"),
    ("2024-11-20", "tháng 12", "2024-12"), ("2024-11-20", "tháng 1", "2025-01"), ("2024-11-20", "tháng 2", "2024-02"),
    ("2024-12-20", "tháng 2", "2025-02"), ("2024-12-20", "tháng 12", "2024-12"), ("2024-01-05", "tháng 12", "2023-12"),
    ("2024-03-14", "chiều 26/6", "2023-06-26"), ("2024-03-14", "ngày 26 tháng 6", "2023-06-26"), ("2024-03-14", "ngày 17.4", "2024-04-17"),
    ("2024-03-14", "ngày 1/1", "2024-01-01"), ("2024-03-14", "ngày 31/12", "2023-12-31"),
    ("2024-03-14", "quý I", "2024-Q1"), ("2024-03-14", "quý IV", "2023-Q4"), ("2024-11-20", "quý I", "2024-Q1"), ("2024-05-20", "quý II", "2024-Q2"),
    ("2024-01-20", "tháng trước", "2023-12"), ("2024-12-20", "tháng tới", "2025-01"), ("2024-12-20", "tháng này", "2024-12"),
    ("2024-12-20", "quý này", "2024-Q4"), ("2024-04-01", "quý này", "2024-Q2"), ("2024-04-01", "quý trước", "2024-Q1"),
    ("2024-01-01", "hôm qua", "2023-12-31"),
])
def test_what_lacks_its_year_takes_that_nearest_to_the_article(published: str, words: str, value: str) -> None:
    assert periods(f"Tính {words}, theo rà soát.", published) == [(words, value)]


@pytest.mark.parametrize("words", [
    "ngày 31/2/2023", "ngày 5/13/2023", "ngày 0/5/2023", "ngày 5 tháng 13", "(0/5)", "(5/0)", "(32/5)", "(5/13)", "tháng 13",
    "tháng 0", "13/2023", "0/2023", "năm 1929", "năm 2070", "2025-2021", "năm học 2023-2022", "năm học 2023-2023", "năm 2023%", "năm 2023.5",
    "tháng 5%", "mã 12023", "2023,5 ha", "13 tháng cuối năm", "12 tháng cuối năm", "5/6", "A2023", "quý 5"])
def test_what_is_no_time(words: str) -> None:
    assert periods(f"Ghi nhận: {words}.") == []


@pytest.mark.parametrize(("words", "kind"), [
    ("ngày 3/5/2023", "day"), ("3-5/6/2023", "day"), ("ngày 5/6", "day"), ("tháng 6/2023", "month"), ("tháng 6", "month"), ("tháng 6 năm nay", "month"),
    ("tháng 1/2023 đến tháng 6/2023", "span"), ("quý I/2024", "quarter"), ("quý I năm nay", "quarter"), ("3 tháng đầu năm", "quarter"),
    ("3 tháng cuối năm", "quarter"), ("6 tháng đầu năm", "half"), ("6 tháng cuối năm", "half"), ("nửa đầu năm", "half"), ("9 tháng năm 2023", "months"),
    ("12 tháng năm 2023", "months"), ("4 tháng cuối năm", "year"), ("5 tháng qua", "duration"), ("2021-2025", "span"), ("từ năm 2021 đến nay", "span"),
    ("từ năm 2024 đến nay", "span"), ("năm học 2022-2023", "school_year"), ("năm 2023", "year"), ("2023", "bare_year"), ("cùng kỳ", "same_period"),
    ("năm nay", "relative_year"), ("tháng này", "relative_month"), ("quý này", "relative_quarter"), ("hôm nay", "relative_day"), ("hiện nay", "now")])
def test_an_expression_of_time_has_a_kind(words: str, kind: str) -> None:
    assert kinds(f"Tính {words}, theo rà soát.") == [kind]


@pytest.mark.parametrize(("text", "found"), [
    ("Năm\n2023, số hộ", [("2023", "2023")]),
    ("Tháng 6/2023, tháng 7/2023 và năm 2022", [("Tháng 6/2023", "2023-06"), ("tháng 7/2023", "2023-07"), ("năm 2022", "2022")]),
    ("Quý  I  năm  2023", [("Quý  I  năm  2023", "2023-Q1")]),
    ("Từ  năm  2021  đến  nay", [("Từ  năm  2021  đến  nay", "2021/2024")]),
    ("Trong nửa đầu năm 2023 và 6 tháng cuối năm.", [("nửa đầu năm 2023", "2023-H1"), ("6 tháng cuối năm", "2024-H2")]),
    ("Cùng kỳ năm 2022", [("Cùng kỳ", None), ("năm 2022", "2022")]),
    ("Giai đoạn 2016-2020, 2021-2025", [("Giai đoạn 2016-2020", "2016/2020"), ("2021-2025", "2021/2025")]),
])
def test_expressions_stand_one_after_the_other(text: str, found: list[tuple[str, str | None]]) -> None:
    assert periods(text) == found


# --- articles that print no date --------------------------------------------------------------------------------------

@pytest.mark.parametrize("words", [
    "năm nay", "tháng này", "quý này", "hôm nay", "hiện nay", "tháng 6", "ngày 5/6", "ngày 5 tháng 6", "quý I", "quý I năm nay", "nửa đầu năm",
    "6 tháng đầu năm", "6 tháng đầu năm nay", "3 tháng đầu năm", "9 tháng đầu năm", "6 tháng cuối năm", "3 tháng cuối năm", "4 tháng cuối năm",
    "tháng 6 năm nay", "từ năm 2021 đến nay", "3 tháng qua"])
def test_without_a_date_the_moment_has_no_value(words: str) -> None:
    assert periods(f"Tính {words}, theo rà soát.", None) == [(words, None)]


@pytest.mark.parametrize(("words", "kind"), [
    ("tháng này", "relative_month"), ("quý này", "relative_quarter"), ("hôm nay", "relative_day"), ("năm nay", "relative_year"), ("tháng 6", "month"),
    ("3 tháng qua", "duration"), ("ngày 5/6", "day"), ("quý I", "quarter")])
def test_it_has_its_kind_all_the_same(words: str, kind: str) -> None:
    assert [m.kind for m in draft(f"Tính {words}, theo rà soát.", "periods").periods] == [kind]


@pytest.mark.parametrize("words", ["ngày 32/5", "ngày 5/13", "ngày 0/5", "tháng 13"])
def test_what_is_no_day_is_none_there_either(words: str) -> None:
    assert periods(f"Tính {words}, theo rà soát.", None) == []


@pytest.mark.parametrize(("words", "value"), [
    ("tháng 6", "2023-06"), ("ngày 5/6", "2023-06-05"), ("ngày 5.6", "2023-06-05"), ("ngày 5 tháng 6", "2023-06-05"), ("quý I", "2023-Q1"),
    ("nửa đầu năm", "2023-H1"), ("6 tháng đầu năm", "2023-H1"), ("6 tháng cuối năm", "2023-H2"),
    # these say nothing in an article without a date
    ("năm nay", None), ("hiện nay", None), ("hôm nay", None), ("tháng này", None), ("tháng 6 năm nay", None)])
def test_the_latest_full_date_fixes_the_year_of_an_undated_article(words: str, value: str | None) -> None:
    text = f"Tính {words}, so với ngày 3/2/2022 và tháng 9/2023."
    assert periods(text, None)[0] == (words, value)
    assert draft(text, "periods").cache["year"] == 2023


@pytest.mark.parametrize("words", ["năm 2030", "giai đoạn 2021-2030", "năm học 2029-2030", "từ năm 2021 đến nay"])
def test_years_and_spans_fix_no_year(words: str) -> None:
    assert draft(f"Mục tiêu {words}; rà soát tháng 6.", "periods").cache["year"] is None
    assert draft(f"Mục tiêu {words}; rà soát tháng 6/2022.", "periods").cache["year"] == 2022


@pytest.mark.parametrize("words", ["quý I/2021", "nửa đầu năm 2021", "9 tháng năm 2021", "ngày 1/1/2021", "tháng 1/2021"])
def test_dates_months_quarters_and_halves_fix_it(words: str) -> None:
    assert draft(f"Theo rà soát {words}.", "periods").cache["year"] == 2021


def test_the_date_of_the_article_is_its_year() -> None:
    assert draft("Theo rà soát tháng 6/2021.", "periods", TODAY).cache["year"] == 2024


def readings(text: str, published: str | None = None) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The words of the expressions that may mean something beside their value, with what."""
    made = draft(text, "periods", published)
    return [(made.text.norm[m.start:m.end], m.others) for m in made.periods if m.others]


@pytest.mark.parametrize(("text", "words", "others"), [
    # what prints no year may mean the year named before it
    ("Năm 2019 tốt. Ngày 21/4 họp.", "Ngày 21/4", (("2019-04-21", "context"),)),
    ("Năm 2019, tháng 7 có 5 hộ.", "tháng 7", (("2019-07", "context"),)),
    ("Năm 2019 tốt. 9 tháng đầu năm khá.", "9 tháng đầu năm", (("2019-M09", "context"),)),
    ("Năm 2016 tốt. Năm nay khá.", "Năm nay", (("2016", "context"), ("2017", "after_context"))),
    ("Năm 2016 tốt. Năm trước kém.", "Năm trước", (("2015", "context"), ("2016", "after_context"))),
    ("Năm 2016 tốt, năm năm trước kém.", "năm năm trước", (("2011", "context"),)),
    # a month that something runs through to counts from January on
    ("Năm 2019, đến hết tháng 7 có 5 hộ.", "tháng 7", (("2019-07", "context"), ("2019-M07", "through"))),
    ("Từ đầu năm đến hết tháng 6/2019 có 5 hộ.", "tháng 6/2019", (("2019-H1", "through"),)),
    # months and years that are only counted
    ("Năm 2018 tốt. Chín tháng thu 5 tỷ.", "Chín tháng", (("2018-M09", "months.context"),)),
    ("Năm 2018 tốt, trong 10 năm làm được nhiều.", "10 năm", (("2008/2018", "ago.context"), ("2009/2018", "within.context"))),
])
def test_an_expression_may_mean_something_beside_its_value(text: str, words: str, others: tuple[tuple[str, str], ...]) -> None:
    assert readings(text) == [(words, others)]


def test_what_is_counted_is_read_by_the_articles_own_year_first() -> None:
    assert readings("Năm 2018 tốt. Hai tháng thu 5 tỷ.", TODAY) == [("Hai tháng", (("2024-M02", "months.own"), ("2018-M02", "months.context")))]


@pytest.mark.parametrize("text", ["Cát có môđun từ 1.6-1.8 có giá 350.000 đồng.", "Khoảng 1/3 - 2/3 dân số có thẻ.", "Đạt 1/2 - 2/3 kế hoạch."])
def test_decimals_and_fractions_are_no_days_of_a_span(text: str) -> None:
    assert periods(text) == []


@pytest.mark.parametrize("text", ["Trẻ dưới 6 tháng tuổi.", "Lĩnh 9 tháng tù.", "Vay 36 tháng."])
def test_months_of_an_age_a_sentence_or_a_loan_mean_no_time_of_the_year(text: str) -> None:
    assert readings("Năm 2018 tốt. " + text) == []
