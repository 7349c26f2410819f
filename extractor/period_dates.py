"""The days that a period spans: "2024-Q1" is 1 January to 31 March 2024."""

from __future__ import annotations

import calendar
import datetime
import re

_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|M(\d\d)|(\d\d)(?:-(\d\d))?))?")
_QUARTER, _HALF, _YEAR = 3, 6, 12


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


def period_bounds(period: str | None) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of `period` in the notation of an observation; None for None and for other forms.

    >>> [day.isoformat() for day in period_bounds("2021/2025")]
    ['2021-01-01', '2025-12-31']
    >>> [day.isoformat() for day in period_bounds("2024-M09")]
    ['2024-01-01', '2024-09-30']
    """
    if period is None:
        return None
    if "/" in period:
        first, _, last = period.partition("/")
        start, end = period_bounds(first), period_bounds(last)
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    found = _FORM.fullmatch(period)
    if found is None:
        return None
    year, quarter, half, until, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if quarter:
            return _months(year, _QUARTER * (quarter - 1) + 1, _QUARTER * quarter)
        if half:
            return _months(year, _HALF * (half - 1) + 1, _HALF * half)
        if day:
            return (datetime.date(year, month, day),) * 2
        return _months(year, month or 1, month or until or _YEAR)
    except (ValueError, IndexError):  # no such month or day, or a year before 1
        return None
