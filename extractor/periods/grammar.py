"""The expressions of time: one regular expression per form, composed from the words of ``patterns/periods.toml``.

Forms stand in the order in which they are tried at a place; the first that matches is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from extractor.patterns import Patterns
from extractor.text.normalize import fold

_YEAR = r"(?:19[3-9]\d|20[0-6]\d)"
_END = r"(?![\d%]|[.,]\d|[/-]\d)"
_REACH = 25  # characters before a month in which such words stand
_DASH = r"\s?[-/]\s?"
# What never stands at the beginning of an expression.
_INSIDE = frozenset({"first", "last", "to", "of", "past", "until_now", "compared_with", "ago", "age", "through"})


def _words(patterns: Patterns, name: str) -> str:
    """An alternation of all phrases of the ``[[time]]`` rules with the id `name`, longest first."""
    phrases = {fold(p) for r in patterns.rules.get("time", ()) if r.get("id") == name for p in r.get("phrases")}
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=lambda p: (-len(p), p))) + ")"


def _openings(patterns: Patterns) -> dict[str, frozenset[str] | None]:
    """The words that may begin an expression, each with what may follow it, None where that may be anything.

    Figures, which may begin one too, are not among them.
    """
    phrases = [(str(r.get("id")), fold(p).split()) for r in patterns.rules.get("time", ()) for p in r.get("phrases")]
    counted = {words[0] for name, words in phrases if name in ("month", "year")}
    found: dict[str, set[str] | None] = {}
    for name, (first, *rest) in phrases:
        follow = {rest[0]} if rest else counted if name == "month_number" else None
        known = found.setdefault(first, set())
        if name not in _INSIDE:
            found[first] = None if follow is None or known is None else known | follow
    return {first: None if follow is None else frozenset(follow) for first, follow in found.items()
            if follow != set() and not first[0].isdigit()}


class Grammar:
    """The compiled forms; `pattern` has one named group per form, with numbered values in groups of the form's own."""

    def __init__(self, patterns: Patterns) -> None:
        w = {name: _words(patterns, name) for name in (
            "year", "month", "day", "quarter", "half", "first", "last", "stage", "school_year", "from", "to", "of",
            "month_number", "this_year", "this_month", "this_quarter", "this_day", "now", "same_period", "date_word", "past", "until_now",
            "ago", "since_then", "age")}
        number = rf"(?:\d{{1,2}}|{w['month_number']})"
        number_year = rf"({number})\s+{w['year']}"
        joint = rf"(?:{_DASH}|,?\s*{w['year']}\s+|\s+{w['of']}\s+{w['year']}\s+|\s*\(?)"
        until = rf"(?:\s?-\s?|\s+{w['to']}\s+)"
        forms = [
            ("day_range", rf"(?:{w['day']}\s+)?(\d{{1,2}})(?:\s?-\s?|\s+{w['to']}\s+(?:{w['day']}\s+)?)(\d{{1,2}})/(\d{{1,2}})/({_YEAR}){_END}"),
            ("day_span", rf"(?:{w['from']}\s+)?({w['day']}\s+)?(\d{{1,2}})\s?/\s?(\d{{1,2}})(?:/({_YEAR}))?"
             rf"(?:\s?-\s?|\s+{w['to']}\s+)(?:{w['day']}\s+)?(\d{{1,2}})\s?/\s?(\d{{1,2}})(?:/({_YEAR}))?{_END}"),
            ("day", rf"(?:{w['day']}\s+)?(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?({_YEAR}){_END}"),
            ("iso_day", rf"({_YEAR})-(\d{{2}})-(\d{{2}})(?!\d)"),
            ("day_words", rf"(?:{w['day']}\s+)?(\d{{1,2}})\s+{w['month']}\s+(\d{{1,2}})(?:,?\s+{w['year']}\s+|\s?[/-]\s?)({_YEAR}){_END}"),
            ("day_words_short", rf"{w['day']}\s+(\d{{1,2}})\s+{w['month']}\s+(\d{{1,2}}){_END}"),
            ("since", rf"{w['from']}\s+(?:{w['year']}\s+)?({_YEAR})\s+{w['until_now']}(?!\w)"),
            ("span", rf"(?:{w['stage']}\s+|{w['from']}\s+)?(?:{w['year']}\s+)?({_YEAR}){until}(?:{w['year']}\s+)?({_YEAR}){_END}"),
            ("school_year", rf"{w['school_year']}\s+({_YEAR})\s?[-/]\s?({_YEAR}|\d{{2}}){_END}"),
            ("month_span", rf"(?:{w['from']}\s+)?{w['month']}\s+(\d{{1,2}})/({_YEAR}){until}{w['month']}\s+(\d{{1,2}})/({_YEAR}){_END}"),
            ("quarter_relative", rf"{w['quarter']}\s+(iii|ii|iv|i|[1-4])\s+({w['this_year']})(?!\w)"),
            ("quarter", rf"{w['quarter']}\s+(iii|ii|iv|i|[1-4])(?:{joint}({_YEAR}))?{_END}(?!\w)"),
            ("months", rf"({number})\s+{w['month']}\s*(?:{w['first']}\s+)?(?:{w['of']}\s+)?(?:{w['year']}\s*|/|-|\s)({_YEAR}){_END}"),
            ("months_last", rf"({number})\s+{w['month']}\s+{w['last']}\s+(?:{w['of']}\s+)?(?:({w['this_year']})|{w['year']}(?:\s+({_YEAR}))?)(?!\w)"),
            ("months_relative", rf"({number})\s+{w['month']}\s+(?:{w['first']}\s+)?({w['this_year']})(?!\w)"),
            ("months_past", rf"({number})\s+{w['month']}\s+{w['past']}(?!\w)"),
            ("months_first", rf"({number})\s+{w['month']}\s+{w['first']}(?:\s+{w['year']})?(?!\s*\w*\d)(?!\w)"),
            ("months_bare", rf"({number})\s+{w['month']}(?!\s*(?:[/\d]|{w['age']}))(?!\w)"),
            ("years_ago", rf"(?:{w['since_then']}\s+{number_year}|{number_year}\s+{w['ago']})(?!\w)"),
            ("years_past", rf"{number_year}(?:\s+{w['past']})?(?!\s*(?:\d{{4}}|/))(?!\w)"),
            ("half", rf"{w['half']}\s+({w['first']}|{w['last']})\s+(?:{w['of']}\s+)?(?:({w['this_year']})|{w['year']}(?:\s+({_YEAR}))?)(?!\w)"),
            ("month", rf"(?:{w['month']}\s+({number})(?:\s?[/-]\s?|,?\s+{w['year']}\s+)|(?<![\w/.,-])(\d{{1,2}})\s?[/-]\s?)({_YEAR}){_END}"),
            ("month_relative", rf"{w['month']}\s+({number})\s+({w['this_year']})(?!\w)"),
            ("day_dotted", rf"{w['date_word']}\s+(\d{{1,2}})\.(\d{{1,2}})(?![\d%]|[.,]\d|\s*%)"),
            ("day_short", rf"(?:{w['day']}\s+|(?<=\())(\d{{1,2}})\s?[/-]\s?(\d{{1,2}})(?!\s*\d|[%/,.]\d|\s*%)"),
            ("month_short", rf"{w['month']}\s+(\d{{1,2}})(?![\d%/]|[.,-]\d)"),
            ("year", rf"{w['year']}\s+({_YEAR}){_END}"),
            ("bare_year", rf"(?<![\d.,/\w-])({_YEAR})(?![\w%]|[.,/]\d)"),
            ("same_period", rf"({w['same_period']})(?!\w)"),
            ("this_year", rf"({w['this_year']})(?!\w)"),
            ("this_month", rf"({w['this_month']})(?!\w)"),
            ("this_quarter", rf"({w['this_quarter']})(?!\w)"),
            ("this_day", rf"({w['this_day']})(?!\w)"),
            ("now", rf"({w['now']})(?!\w)"),
        ]
        #: words that may begin an expression of time, each with what may follow it, None where that may be anything
        self.openings = _openings(patterns)
        self.names = [name for name, _ in forms]
        # A form's own groups are numbered from its named group on; lastgroup tells which form matched.
        self.pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{form})" for name, form in forms) + ")")
        self._own = {name: self.pattern.groupindex[name] for name in self.names}
        self._by_group = [name for name, _ in sorted(self._own.items(), key=lambda kv: kv[1])]
        self._starts = sorted(self._own.values())
        order = [*sorted(self._own.values()), self.pattern.groups + 1]
        self._next = {name: order[order.index(at) + 1] for name, at in self._own.items()}
        self.relative: Mapping[str, int] = {
            fold(p): int(r.get("value", 0)) for r in patterns.rules.get("time", ()) for p in r.get("phrases")
            if str(r.get("id")).startswith("this_")}
        self.month_numbers: Mapping[str, int] = {
            fold(p): int(r.get("value")) for r in patterns.rules.get("time", ()) if r.get("id") == "month_number"
            for p in r.get("phrases")}
        self._through = re.compile(r"(?<!\w)" + _words(patterns, "through") + r"\s*$")
        last = {fold(p) for r in patterns.rules.get("time", ()) if r.get("id") == "last" for p in r.get("phrases")}
        self.is_last = last.__contains__

    def goes_on(self, word: str, following: str) -> bool:
        """Whether an expression of time that begins with `word` may go on with the token `following`."""
        expected = self.openings.get(word)
        return expected is None or following in expected

    def leads_through(self, text: str, start: int) -> bool:
        """Whether the words before `start` say that a month is the last of several ("từ đầu năm đến hết" tháng 7)."""
        return self._through.search(text, max(0, start - _REACH), start) is not None

    def form(self, match: re.Match[str]) -> str:
        """Which form matched: the named group that encloses the last group matched."""
        at = match.lastindex or 0
        return self._by_group[bisect_right(self._starts, at) - 1]

    def values(self, match: re.Match[str], name: str) -> list[str | None]:
        """What the form's own groups hold, in order."""
        return [match[i] for i in range(self._own[name] + 1, self._next[name])]
