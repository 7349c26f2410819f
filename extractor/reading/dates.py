"""Dates as data sets write them, as ISO dates of Vietnam."""

from __future__ import annotations

import datetime
import email.utils
import re
from typing import Any, Final

# Newspapers print the day in Vietnam: "2024-03-14T17:00:00Z" is the 15th there.
_ZONE: Final = datetime.timezone(datetime.timedelta(hours=7))
_YEARS: Final = range(1900, 2101)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_LONGEST: Final = 200


def iso_date(value: Any) -> str | None:
    """The ISO date of a value of a date column, None where it holds none.

    Understood: dates and times of Python, pandas and Arrow; ISO 8601; "14/3/2024" (the day first, never the month) and
    "2024/3/14" with anything around them; "Thu, 14 Mar 2024 08:00:00 GMT"; "14 tháng 3 năm 2024"; 20240314; Unix time
    in seconds, milli-, micro- or nanoseconds. A time with a zone is the day in Vietnam (UTC+7), as is Unix time; one
    without stands as it is. Years are 1900 to 2100.
    """
    found = _date(value)
    return found.isoformat() if found is not None and found.year in _YEARS else None


def is_missing(value: Any) -> bool:
    """Whether a value is none: None, NaN or NaT (the last two are not equal to themselves)."""
    return value is None or value != value  # noqa: PLR0124


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, dict) and len(value) == 1:  # {"$date": ...} of MongoDB's exports
        value = next(iter(value.values()))
    try:
        if isinstance(value, bool) or is_missing(value):
            return None
        if isinstance(value, datetime.datetime):
            return _day(value)
        if isinstance(value, datetime.date):
            return value
        if isinstance(value, int | float):
            return _of_number(value)
        return _of_text(value.strip()) if isinstance(value, str) and len(value) < _LONGEST else None
    except (ValueError, OverflowError, OSError):
        return None


def _day(value: datetime.datetime) -> datetime.date:
    return (value if value.tzinfo is None else value.astimezone(_ZONE)).date()


def _of_number(value: float) -> datetime.date | None:
    if 19000101 <= value <= 21001231 and value == int(value):
        return datetime.datetime.strptime(str(int(value)), "%Y%m%d").date()
    for unit in (1, 1e3, 1e6, 1e9):
        # from 1973 on: smaller numbers are years, counts or ids more often than times
        if 1e8 <= value / unit < 4.2e9:
            return datetime.datetime.fromtimestamp(value / unit, _ZONE).date()
    return None


def _of_text(text: str) -> datetime.date | None:
    if _NUMBER.fullmatch(text):
        return _of_number(float(text))
    try:
        return _day(datetime.datetime.fromisoformat(text))
    except ValueError:
        pass
    if match := _YEAR_FIRST.search(text):
        return datetime.date(*map(int, match.groups()))
    if match := _DAY_FIRST.search(text):
        return datetime.date(*map(int, reversed(match.groups())))
    try:
        return _day(email.utils.parsedate_to_datetime(text))
    except ValueError:
        return _in_words(text)


def _in_words(text: str) -> datetime.date | None:
    from extractor.article.dates import Dates
    from extractor.patterns import load_patterns
    from extractor.text.normalize import Text

    found = load_patterns().part(Dates).find(Text(text).fold)
    return datetime.date.fromisoformat(found[0]) if found else None
