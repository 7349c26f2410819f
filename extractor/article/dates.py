"""Lines that hold a printed date and nothing else: "Thứ Năm, 28/06/2018, 08:00", "VnExpress - 2025-11-04 11:44"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Final

from extractor.article.bylines import Bylines
from extractor.article.names import is_name
from extractor.article.words import Words, folded
from extractor.patterns import Patterns

_YEAR: Final = r"((?:19|20)\d{2})"
_ZONE: Final = r"(?:[(\[]\s*|(?<!\s)\s+)?(?:gmt|utc)\s*(?:[+-]?\s*\d{1,2}(?::?\d{2})?)?\s*[)\]]?"
_PIECES: Final = re.compile(r"(?:(?<!\s)\s+)?[|,;•·()\[\]\x00–—]+\s*|(?<!\s)\s+[-–/]\s*|(?:(?<!\s)\s+)?[-–/]\s+|^[-–]|[-–]$")
_SKIPPED: Final = " :.-–+*#=\"'"
_DIGIT: Final = re.compile(r"\d")
_COUNT: Final = re.compile(r"[\d.,]+")
_LONGEST: Final = 170
_SITE: Final = 4  # the most words of a site's name


@dataclass(slots=True)
class DateLine:
    """A line with a date and nothing else: the date (ISO), the authors' names in the line, the masthead."""

    value: str
    authors: list[tuple[int, int]] = field(default_factory=list)
    publisher: str | None = None


def iso(year: str, month: str, day: str) -> str | None:
    """The ISO form of a date, None where the calendar doesn't have it."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


class Dates:
    """Finds dates in folded text; build it with ``patterns.part(Dates)``."""

    def __init__(self, patterns: Patterns) -> None:
        self.words = patterns.part(Words)
        self.bylines = patterns.part(Bylines)

        def words(table: str, name: str) -> str:
            phrases = {folded(p) for r in patterns.rules.get(table, ()) if r.get("id") == name
                       for p in r.get("phrases") or r.get("words")}
            return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p))) or r"(?!)"

        self._months = {folded(p): str(int(r.get("value"))) for r in patterns.rules.get("time", ())
                        if r.get("id") == "month_number" for p in r.get("phrases")}
        self._date = re.compile(
            rf"(?<![\d/.-]){_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)"
            rf"|(?<![\d/.-])(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?{_YEAR}(?![\d%])"
            rf"|(?<![\d/.-])(\d{{1,2}})\s+(?:{words('time', 'month')})\s+(\d{{1,2}}|{words('time', 'month_number')})"
            rf"\s*[,/.-]?\s*(?:(?:{words('time', 'year')})\s+)?{_YEAR}(?!\d)")
        self._compact = re.compile(rf"(?<!\d){_YEAR}(\d{{2}})(\d{{2}})(?!\d)")
        hour, minute = words("section", "hour"), words("section", "minute")
        self._clock = re.compile(
            rf"(?<![\d/.-])t?\d{{1,2}}\s*(?:(?::|{hour})\s*\d{{2}}(?::\d{{2}})?(?:\.\d+)?\s*(?:(?:{minute})(?!\w))?|(?:{hour})(?!\w))"
            rf"(?:\s*[ap]m(?!\w))?(?:z|\s*\+\d{{2}}:?\d{{2}})?|{_ZONE}")

    def find(self, fold: str, start: int = 0) -> tuple[str, int, int] | None:
        """The first date with day, month and year in `fold`: its ISO form and its span."""
        for match in self._date.finditer(fold, start):
            y, m, d, d2, m2, y2, d3, m3, y3 = match.groups()
            value = iso(y, m, d) if y else iso(y2, m2, d2) if y2 else iso(y3, self._months.get(m3, m3), d3)
            if value:
                return value, match.start(), match.end()
        return None

    def read(self, text: str, fold: str) -> DateLine | None:
        """The date line that `text` is, None if it has no date or says anything else beside it."""
        if len(text) > _LONGEST or _DIGIT.search(text) is None:
            return None
        label = self.words.starts.at(fold, _first(fold))
        labelled = label is not None and label.id == "date_label"
        found = self.find(fold)
        if found is None:
            compact = self._compact.search(fold) if labelled else None
            value = iso(*compact.groups()) if compact else None
            if compact is None or value is None:
                return None
            found = value, *compact.span()
        rest = list(fold)
        spans = [found[1:], label[1:] if label and labelled else (0, 0)]
        second = self.find(fold, found[2])
        if second:
            spans.append(second[1:])
        for a, b in spans:
            rest[a:b] = "\0" * (b - a)
        timed = False
        for clock in self._clock.finditer("".join(rest)):
            timed = True
            rest[clock.start():clock.end()] = "\0" * (clock.end() - clock.start())
        out = DateLine(found[0])
        low = "".join(rest)
        at = 0
        for mark in [*_PIECES.finditer(low), None]:
            stop = mark.start() if mark else len(low)
            if not self._piece(text, low, at, stop, out) and not (timed and self._site(text, low, at, stop, out)):
                return None
            at = mark.end() if mark else stop
        return out

    def _piece(self, text: str, low: str, a: int, b: int, out: DateLine) -> bool:
        """A piece beside the date: a week day, "Lượt xem: 120", a masthead, a rubric, a name; False for anything else."""
        while a < b:
            while a < b and low[a] in _SKIPPED:
                a += 1
            while a < b and low[b - 1] in _SKIPPED:
                b -= 1
            if a >= b:
                return True
            count = _COUNT.match(low, a, b)
            noise = self.words.part("date_noise", low, a)
            if noise and noise.end <= b:
                a = noise.end
            elif count:
                a = count.end()
            else:
                break
        if a >= b:
            return True
        paper = self.words.publisher(low[a:b])
        if paper:
            out.publisher = out.publisher or paper
            return True
        if self.words.is_rubric(low[a:b]):
            return True
        if is_name(text[a:b]) and " " in text[a:b]:
            out.authors.append((a, b))
            return True
        byline = self.bylines.read(text[a:b], low[a:b])
        if byline is None or not (byline.marked or byline.sources):
            return False
        out.authors += [(a + x, a + y) for x, y in byline.authors]
        out.publisher = out.publisher or byline.publisher
        return True

    def _site(self, text: str, low: str, a: int, b: int, out: DateLine) -> bool:
        """A few words at the beginning, before a date with its hour: a site that the mastheads don't list."""
        name = text[a:b].strip(_SKIPPED)
        known = out.publisher or a > 0 or not name[:1].isupper() or len(name.split()) > _SITE or _first(low) != 0
        if not known:
            out.publisher = name
        return not known


def _first(fold: str) -> int:
    at = 0
    while at < len(fold) and fold[at] in " (*[-–":
        at += 1
    return at
