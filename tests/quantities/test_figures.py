"""Figures as Vietnamese newspapers print them, and numbers in words."""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.quantities.figures import NumberWords, parse_figure, thousands_comma
from extractor.quantities.words import quantity_words


@pytest.mark.parametrize(("figure", "value"), [
    # digits alone
    ("7", 7), ("02", 2), ("1500", 1500),
    # a comma is decimal, whatever stands behind it
    ("28,94", 28.94), ("0,5", 0.5), ("1,250", 1.25), ("12,3456", 12.3456),
    # a full stop before exactly three digits separates thousands
    ("5.349", 5349), ("273.000", 273000), ("12.5", 12.5), ("3.1415", 3.1415),
    # unless what stands before it can't be the first group
    ("0.125", 0.125), ("1234.567", 1234.567),
    # several of the same mark separate thousands
    ("1.234.567", 1234567), ("1,234,567", 1234567), ("12.345.678.901", 12345678901),
    # both marks: the last is decimal
    ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1.234.567,89", 1234567.89), ("1,234,567.89", 1234567.89),
    # no notation at all: its beginning
    ("1.2.3", 1.2), ("1,2,3", 1.2), ("12.34.567", 12.34),
])
def test_a_figure_has_the_value_that_its_marks_give_it(figure: str, value: float) -> None:
    assert parse_figure(figure) == value


@pytest.mark.parametrize(("figure", "value"), [("7.488", 7.488), ("12.5", 12.5), ("1.234.567", 1234567), ("7,488", 7.488)])
def test_a_lone_full_stop_is_decimal_where_thousands_make_no_sense(figure: str, value: float) -> None:
    assert parse_figure(figure, decimal=True) == value


@pytest.mark.parametrize(("figure", "possible"), [
    ("1,500", True), ("12,345", True), ("1,50", False), ("1,5000", False), ("1500", False), ("0,500", False),
    ("1,500,000", False), ("1.5,500", False)])
def test_one_comma_before_three_digits_may_be_the_english_mark(figure: str, possible: bool) -> None:
    assert thousands_comma(figure) is possible


@pytest.fixture(scope="module")
def numbers() -> NumberWords:
    return load_patterns().part(quantity_words).numbers


@pytest.mark.parametrize(("words", "value"), [
    ("ba", 3), ("mười", 10), ("mười lăm", 15), ("một mươi", 10), ("hai mươi", 20), ("hai mươi mốt", 21), ("chín mươi chín", 99),
    ("một trăm", 100), ("một trăm lẻ ba", 103), ("hai trăm linh năm", 205), ("ba trăm hai mươi mốt", 321),
    ("năm nghìn", 5000), ("hai mươi lăm nghìn", 25000), ("một nghìn hai trăm", 1200), ("ba vạn", 30000),
    ("một triệu hai trăm nghìn", 1200000), ("hai nghìn tỷ", 2e12), ("một tỷ hai trăm triệu", 1.2e9),
    ("hai triệu rưỡi", 2500000), ("ba trăm rưỡi", 350), ("ba chục", 30), ("một trăm nghìn", 100000),
    ("hai trăm ba mươi nghìn bốn trăm", 230400),
])
def test_a_number_in_words_is_read_to_its_end(words: str, value: float, numbers: NumberWords) -> None:
    listed = load_patterns().words(words)
    assert numbers.parse(listed, 0, len(listed)) == (value, len(listed))


@pytest.mark.parametrize(("words", "value", "read"), [
    pytest.param("hai ba xã", 2, 1, id="two digits are two numbers"),
    pytest.param("không ba", 0, 1, id="nothing follows a nought"),
    pytest.param("mười mười", 10, 1, id="two tens are two numbers"),
    pytest.param("hai mươi mươi", 20, 2, id="tens follow one digit"),
    pytest.param("ba rưỡi", 3, 1, id="a half only of a magnitude"),
    pytest.param("hai triệu rưỡi ba", 2500000, 3, id="a half is the end"),
    pytest.param("ba trăm lẻ hộ", 300, 2, id="an odd word needs its digit"),
    pytest.param("ba trăm lẻ", 300, 2, id="an odd word at the end"),
    pytest.param("mười lăm hộ", 15, 2, id="a noun ends it"),
])
def test_a_number_in_words_ends_where_it_must(words: str, value: float, read: int, numbers: NumberWords) -> None:
    listed = load_patterns().words(words)
    assert numbers.parse(listed, 0, len(listed)) == (value, read)


@pytest.mark.parametrize("words", ["nghìn hộ", "lẻ ba", "rưỡi", "hộ"])
def test_no_number_begins_with(words: str, numbers: NumberWords) -> None:
    listed = load_patterns().words(words)
    assert numbers.parse(listed, 0, len(listed)) is None


def test_a_number_in_words_is_read_from_where_it_is_asked_and_not_beyond(numbers: NumberWords) -> None:
    words = ["có", "hai", "mươi", "ba", "xã"]
    assert numbers.parse(words, 1, len(words)) == (23, 4)
    assert numbers.parse(words, 1, 3) == (20, 3)
    assert numbers.parse(["ba", "trăm", "lẻ", "hai"], 0, 3) == (300, 2)
    assert numbers.parse(["lẻ", "ba"], 1, 2) == (3, 2)
