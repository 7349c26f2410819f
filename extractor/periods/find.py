"""Find the expressions of time of an article and give each its value, relative ones by the article's own date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.draft import Draft, PeriodMention
from extractor.periods.grammar import Grammar
from extractor.text.tokens import where

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = 12
_LONGEST = 60  # years that a text counts back
_ANY_YEAR = "2000"  # stands in where only day and month are to be checked
_FIGURES = frozenset({"number", "date", "code"})


@dataclass(slots=True)
class _Reader:
    """Reads the values of one article.

    `today` is the article's own date; where it prints none, `year` is the one that its text fixes otherwise (None where
    it fixes none), by which months and years of the moment are told but no days.
    """

    grammar: Grammar
    today: datetime.date | None
    year: int | None

    def number(self, text: str | None) -> int:
        if text is None:
            return 0
        return int(text) if text.isdigit() else self.grammar.month_numbers.get(" ".join(text.split()), 0)

    def relative_year(self, text: str | None) -> int | None:
        if self.year is None or text is None:
            return None
        return self.year + self.grammar.relative.get(" ".join(text.split()), 0)

    def _named_year(self, relative: str | None, year: str | None) -> str | None:
        """The year as printed, as "năm ngoái" tells it, or else the article's own."""
        found = self.relative_year(relative) if relative else self.year
        return year or (str(found) if found else None)

    def value(self, form: str, v: list[str | None]) -> tuple[str | None, str, bool]:
        """(value, kind, whether it is an expression of time at all) of a match of `form` with groups `v`."""
        return getattr(self, "_" + form)(v)  # type: ignore[no-any-return]

    # -- whole dates --------------------------------------------------------------------------------------------
    def _day(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return self._date(v[2], v[1], v[0])

    def _day_span(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        """From a day to another; a year that is printed once holds for both."""
        word, day, month, own, last_day, last_month, printed = v
        if not (word or own or printed) and int(day or 0) < int(month or 0) and int(last_day or 0) < int(last_month or 0):
            return None, "day", False  # "từ 1/3 đến 2/3" are fractions
        year = printed or own or str(self._nearest_year(int(last_month or 0)) or "") or None
        first, kind, good = self._date(own or year or _ANY_YEAR, month, day)
        second, _, also = self._date(year or _ANY_YEAR, last_month, last_day)
        good = good and also and (first or "") < (second or "")
        return (f"{first}/{second}" if year else None), kind, good

    _day_words = _day

    def _iso_day(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return self._date(v[0], v[1], v[2])

    def _day_range(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        first, kind, good = self._date(v[3], v[2], v[0])
        second, _, also = self._date(v[3], v[2], v[1])
        return f"{first}/{second}", kind, good and also

    def _date(self, year: str | None, month: str | None, day: str | None) -> tuple[str | None, str, bool]:
        try:
            date = datetime.date(int(year or 0), int(month or 0), int(day or 0))
        except ValueError:
            return None, "day", False
        return date.isoformat(), "day", True

    def _day_short(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        day, month = int(v[0] or 0), int(v[1] or 0)
        if not (1 <= day <= 31 and 1 <= month <= _MONTHS):
            return None, "day", False
        year = self._nearest_year(month)
        if year is None:
            return None, "day", True
        return self._date(str(year), v[1], v[0])

    _day_words_short = _day_short
    _day_dotted = _day_short

    def _nearest_year(self, month: int) -> int | None:
        """The year that puts a bare day or month nearest to the article's date, the past preferred."""
        if self.today is None:
            return self.year
        ahead = (month - self.today.month) % _MONTHS
        if ahead <= 2:
            return self.today.year + (self.today.month + ahead > _MONTHS)
        return self.today.year - (month > self.today.month)

    # -- months, quarters, halves -------------------------------------------------------------------------------
    def _month(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        month = self.number(v[0] or v[1])
        return f"{v[2]}-{month:02d}", "month", 1 <= month <= _MONTHS

    def _month_span(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        a, b = self.number(v[0]), self.number(v[2])
        return f"{v[1]}-{a:02d}/{v[3]}-{b:02d}", "span", 1 <= a <= _MONTHS and 1 <= b <= _MONTHS

    def _month_relative(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        month, year = self.number(v[0]), self.relative_year(v[1])
        return (f"{year}-{month:02d}" if year else None), "month", 1 <= month <= _MONTHS

    def _month_short(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        month = self.number(v[0])
        year = self._nearest_year(month) if 1 <= month <= _MONTHS else None
        return (f"{year}-{month:02d}" if year else None), "month", 1 <= month <= _MONTHS

    def _quarter(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        quarter = _QUARTERS.get(v[0] or "") or int(v[0] or 0)
        year = v[1] or (str(self._nearest_year(quarter * 3) or "") or None)
        return (f"{year}-Q{quarter}" if year else None), "quarter", True

    def _quarter_relative(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        quarter = _QUARTERS.get(v[0] or "") or int(v[0] or 0)
        year = self.relative_year(v[1])
        return (f"{year}-Q{quarter}" if year else None), "quarter", True

    def _first_months(self, months: int, year: object) -> tuple[str | None, str, bool]:
        if not 1 <= months < _MONTHS:
            return (str(year) if year and months == _MONTHS else None), "months", months == _MONTHS
        if months == 6:
            return (f"{year}-H1" if year else None), "half", True
        if months == 3:
            return (f"{year}-Q1" if year else None), "quarter", True
        return (f"{year}-M{months:02d}" if year else None), "months", True

    def _months(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return self._first_months(self.number(v[0]), v[1])

    def _months_relative(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return self._first_months(self.number(v[0]), self.relative_year(v[1]))

    def _months_first(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return self._first_months(self.number(v[0]), self.year)

    def _months_past(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        if self.today is None or self.number(v[0]) > self.today.month:
            return None, "duration", True
        return self._first_months(self.number(v[0]), self.year)

    def _months_last(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        year = self._named_year(v[1], v[2])
        months = self.number(v[0])
        if months == 6:
            return (f"{year}-H2" if year else None), "half", True
        if months == 3:
            return (f"{year}-Q4" if year else None), "quarter", True
        return year, "year", 1 <= months < _MONTHS

    def _months_bare(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return None, "duration", 1 <= self.number(v[0]) < _MONTHS

    def _years_past(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return None, "duration", 1 < self.number(v[0]) <= _LONGEST

    def _years_ago(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        years = self.number(v[0] or v[1])
        return (str(self.year - years) if self.year else None), "years_ago", 0 < years <= _LONGEST

    def _half(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        year = self._named_year(v[1], v[2])
        half = 2 if self.grammar.is_last(v[0] or "") else 1
        return (f"{year}-H{half}" if year else None), "half", True

    # -- years --------------------------------------------------------------------------------------------------
    def _span(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return f"{v[0]}/{v[1]}", "span", int(v[0] or 0) < int(v[1] or 0)

    def _since(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        if self.year is None or self.year <= int(v[0] or 0):
            return None, "span", True
        return f"{v[0]}/{self.year}", "span", True

    def _school_year(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        first, second = v[0] or "", v[1] or ""
        if len(second) == 2:
            second = first[:2] + second
        return f"{first}/{second}", "school_year", int(first) < int(second)

    def _year(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return v[0], "year", True

    def _bare_year(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        return v[0], "bare_year", True

    # -- relative -----------------------------------------------------------------------------------------------
    def _same_period(self, _: list[str | None]) -> tuple[str | None, str, bool]:
        return None, "same_period", True

    def _this_year(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        year = self.relative_year(v[0])
        return (str(year) if year else None), "relative_year", True

    def _this_month(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        if self.today is None:
            return None, "relative_month", True
        months = self.today.year * _MONTHS + self.today.month - 1 + self.grammar.relative.get(v[0] or "", 0)
        return f"{months // _MONTHS}-{months % _MONTHS + 1:02d}", "relative_month", True

    def _this_quarter(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        if self.today is None:
            return None, "relative_quarter", True
        quarters = self.today.year * 4 + (self.today.month - 1) // 3 + self.grammar.relative.get(v[0] or "", 0)
        return f"{quarters // 4}-Q{quarters % 4 + 1}", "relative_quarter", True

    def _this_day(self, v: list[str | None]) -> tuple[str | None, str, bool]:
        if self.today is None:
            return None, "relative_day", True
        day = self.today + datetime.timedelta(days=self.grammar.relative.get(v[0] or "", 0))
        return day.isoformat(), "relative_day", True

    def _now(self, _: list[str | None]) -> tuple[str | None, str, bool]:
        return (str(self.year) if self.year else None), "now", True


# Expressions of these kinds are told of what has been; the latest of them fixes the year of an undated article.
_DATED = ("day", "month", "quarter", "half", "months")
# Dates that lack their year; "now" and "this year" say nothing in an article that prints no date.
_BARE = frozenset({"day_short", "day_dotted", "day_words_short", "month_short", "months_first", "months_last", "half", "quarter"})


# Forms whose year is not printed; it may be that of the time named before.
_YEARLESS = _BARE | {"day_span", "month_relative", "months_relative", "quarter_relative", "this_year", "years_ago", "months_past"}
# Forms that print a year, which what follows may mean.
_NAMING = frozenset({"day", "day_words", "iso_day", "day_range", "month", "months", "quarter", "half", "year", "bare_year", "span", "since",
                     "day_span"})


def _readings(reader: _Reader, mentions: Sequence[PeriodMention],
              matches: Sequence[tuple[int, int, str, list[str | None]]], text: str) -> None:
    """What each expression may mean beside its value: read by the year named before it, or counted from January on."""
    named: str | None = None
    for mention, (start, _, form, values) in zip(mentions, matches, strict=True):
        others: list[tuple[str | None, str]] = []
        year = int(named) if named else None
        if form in _YEARLESS and year is not None:
            others.append((_Reader(reader.grammar, None, year).value(form, values)[0], "context"))
            if form == "this_year" and reader.year is None:
                others.append((_Reader(reader.grammar, None, year + 1).value(form, values)[0], "after_context"))
        if form in ("month", "month_short") and reader.grammar.leads_through(text, start):
            others += [(reader._first_months(int(month[5:7]), month[:4])[0], "through")
                       for month in (mention.value, *(value for value, _ in others)) if month is not None]
        for base, how in ((reader.year, "own"), (year, "context")):
            if base is None:
                continue
            if form == "months_bare":
                others.append((reader._first_months(reader.number(values[0]), base)[0], "months." + how))
            elif form == "years_past":
                others.append((f"{base - reader.number(values[0])}/{base}", "ago." + how))
                others.append((f"{base - reader.number(values[0]) + 1}/{base}", "within." + how))
        seen = {mention.value}
        found = []
        for value, how in others:
            if value is not None and value not in seen:
                seen.add(value)
                found.append((value, how))
        mention.others = tuple(found)
        if form in _NAMING and mention.value is not None:
            named = mention.value.rpartition("/")[2][:4]


def fixed_year(mentions: Sequence[PeriodMention]) -> int | None:
    """The year that an article without a date is told from: that of its latest full date or month, None without one.

    A bare year won't do: it may be that of a treaty or of a record.
    """
    return max((int(m.value[:4]) for m in mentions if m.value and m.kind in _DATED), default=None)


def find_periods(draft: Draft) -> None:
    """Fill ``draft.periods`` with every expression of time, in order, none overlapping."""
    grammar = draft.patterns.part(Grammar)
    published = draft.meta.published
    today = datetime.date.fromisoformat(published) if published else None
    reader = _Reader(grammar, today, today.year if today else None)
    matches: list[tuple[int, int, str, list[str | None]]] = []
    text = draft.text.fold
    match_at, goes_on = grammar.pattern.match, grammar.goes_on
    tokens = draft.tokens
    starts, words = tokens.start, [*tokens.text, ""]
    at = 0
    # An expression of time begins with a figure or with one of a few words, so only those tokens are tried.
    for i in sorted([*where(tokens.text, grammar.openings), *where(tokens.kind, _FIGURES)]):
        begin = starts[i]
        if begin < at or not goes_on(words[i], words[i + 1]):
            continue
        match = match_at(text, begin)
        if match is None:
            continue
        form = grammar.form(match)
        values = grammar.values(match, form)
        value, kind, good = reader.value(form, values)
        start, end = match.start(), match.end()
        if good and "\n" not in text[start:end]:
            draft.periods.append(PeriodMention(start, end, value, kind, form))
            matches.append((start, end, form, values))
            at = end
    if today is None and (year := fixed_year(draft.periods)) is not None:
        reader.year = year
        for mention, (_, _, form, values) in zip(draft.periods, matches, strict=True):
            if mention.value is None and form in _BARE:
                mention.value = reader.value(form, values)[0]
    _readings(reader, draft.periods, matches, text)
    draft.cache["year"] = reader.year
