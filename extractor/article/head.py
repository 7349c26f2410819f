"""The top of an article: what stands above the headline, the headline or that there is none, by-line and date below."""

from __future__ import annotations

import re
from typing import Final

from extractor.article.bylines import Bylines
from extractor.article.dates import Dates
from extractor.article.lines import Line, Page, key
from extractor.article.metadata import printed, read_dateline
from extractor.article.words import letters
from extractor.draft import Draft
from extractor.text.normalize import Text

_ABOVE: Final = 8  # lines in which the headline is looked for
_BELOW: Final = 7  # lines under it that may hold its date and by-line
_HEADLINE: Final = 230
_SIGNATURE: Final = 95
_KICKER: Final = 24
_KICKED: Final = range(25, 150)
_BULLET: Final = re.compile(r"[-–—+•●■]\s|[IVX]+\.\s")
_ANNOUNCED: Final = 140  # the longest headline that ends with a colon
_SITE: Final = re.compile(r"(?<!\s)\s+[|–-]\s+([^|]{2,40})$")
_ELLIPSIS: Final = ("...", "…", "!..", "?..")


def read_head(draft: Draft, page: Page) -> int:
    """Marks the lines at the top and fills the title; says at which line the text under the head begins."""
    lines = page.lines
    given = key(Text(draft.article.title).fold) if draft.article.title else None
    at = _skip_above(draft, page, given)
    if at < len(lines):
        line = lines[at]
        label = line.first
        if label and label.id == "title_label":
            start = line.start + label.end
            while start < line.end and draft.text.norm[start] in " *\"":
                start += 1
            _set_title(draft, page, at, start)
        elif (given and line.key == given) or _is_headline(draft, page, at):
            start = line.start + (len(line.text) - len(line.text.lstrip("#* ")))
            _set_title(draft, page, at, start)
    if draft.article.title:
        page.meta.title = draft.article.title
    if page.title_at is None:
        return at
    return _read_below(draft, page, at + 1)


def _set_title(draft: Draft, page: Page, at: int, start: int) -> None:
    line = page.lines[at]
    end = start + len(draft.text.norm[start:line.end].rstrip("* #"))
    # "Headline | Masthead", as pages name themselves
    site = _SITE.search(line.text, start - line.start, end - line.start)
    if site and page.words.publisher(line.fold[site.start(1):site.end(1)]):
        end = line.start + site.start()
        page.sources.append(page.words.publisher(line.fold[site.start(1):site.end(1)]) or "")
    line.kind = "title"
    if start < end:
        page.title_at = at
        page.meta.title = printed(draft.text, start, end)


def _skip_above(draft: Draft, page: Page, given: str | None) -> int:
    """Marks rubrics, dates, by-lines and stray marks above the headline; the number of the first other line."""
    lines = page.lines
    dates = draft.patterns.part(Dates)
    if given:
        for i, line in enumerate(lines[:_ABOVE]):
            if line.key == given:
                for above in lines[:i]:
                    above.kind = "boilerplate"
                    _take_date(page, dates, above)
                return i
    at = 0
    while at < min(_ABOVE, len(lines) - 1):
        line = lines[at]
        if line.size > _HEADLINE:
            break
        found = line.first
        if _take_date(page, dates, line):
            line.kind = "byline"
        elif line.is_image() or line.is_address() or not letters(line.fold[:60]):
            line.kind = "boilerplate"
        elif found and found.id in ("rubric_label", "furniture"):
            line.kind = "boilerplate"
            if found.id == "furniture" and "://" in line.fold:
                page.sources.append(page.words.address(line.fold) or "")
        elif found and found.id in ("byline", "source_label") and _take_byline(draft, page, line):
            line.kind = "byline"
        elif line.size <= 60 and (page.words.is_rubric(line.fold) or _is_kicker(page, dates, at)) and (
                not _under_is_text(lines, at)):
            line.kind = "boilerplate"
        else:
            break
        at += 1
    return at


def _under_is_text(lines: list[Line], at: int) -> bool:
    """Whether the next line can't be the headline, so that this one must be it."""
    return lines[at + 1].size > _HEADLINE


def _is_kicker(page: Page, dates: Dates, at: int) -> bool:
    """A few words over a line that looks like a headline and stands over a date or a paragraph."""
    lines = page.lines
    if at + 2 >= len(lines):
        return False
    line, head, under = lines[at:at + 3]
    if line.size > _KICKER or line.closed() or len(line.text.split()) > 4 or any(c.isdigit() for c in line.text):
        return False
    if head.size not in _KICKED or head.text[-1] in ".:;,…" or _BULLET.match(head.text):
        return False
    return dates.read(under.text, under.fold) is not None or (
        under.size >= 80 and under.text[-1] in ".…" and under.key != line.key)


def _is_headline(draft: Draft, page: Page, at: int) -> bool:
    """Whether the line is a headline and not the first words of a story without one."""
    lines = page.lines
    line = lines[at]
    text = line.text
    if len(text) > _HEADLINE or _BULLET.match(text):
        return False
    speaker = page.words.part("no_author", line.fold)
    if speaker and line.fold[speaker.end:speaker.end + 2].strip().startswith(":"):
        return False
    dateline = read_dateline(line, page.words, draft.patterns.part(Dates))
    if dateline and dateline.bracketed:
        return False
    if text.startswith("#") or (text.startswith("**") and text.endswith("**")):
        return True
    if len(lines) - at == 1:
        return at > 0 and not line.closed()
    last = text[-1]
    if last in ".:;," and not text.endswith(_ELLIPSIS) and not (last == ":" and len(text) <= _ANNOUNCED):
        if last == "." and len(text) <= 130 and at + 1 < len(lines):
            # a headline with a full stop is one only where its date or by-line follows
            under = lines[at + 1]
            return draft.patterns.part(Dates).read(under.text, under.fold) is not None
        return False
    return not (last == "…" and len(text) > 140)


def _take_date(page: Page, dates: Dates, line: Line) -> bool:
    """Reads a date line; what it prints goes into the page."""
    found = dates.read(line.text, line.fold)
    if found is None:
        return False
    page.meta.published = page.meta.published or found.value
    page.printed_authors += [(line.start + a, line.start + b) for a, b in found.authors]
    if found.publisher:
        page.sources.append(found.publisher)
    return True


def _take_byline(draft: Draft, page: Page, line: Line) -> bool:
    found = draft.patterns.part(Bylines).read(line.text, line.fold)
    if found is None:
        return False
    page.printed_authors += [(line.start + a, line.start + b) for a, b in found.authors]
    page.sources.append(found.publisher or "")
    return True


def _read_below(draft: Draft, page: Page, at: int) -> int:
    """Marks date, by-line, place, picture and repeated title under the headline; the number of the first other line."""
    lines, words = page.lines, page.words
    dates = draft.patterns.part(Dates)
    title = lines[at - 1].key
    stop = min(len(lines), at + _BELOW)
    while at < stop:
        line = lines[at]
        if line.key == title:
            line.kind = "title"
        elif line.size > _HEADLINE:
            break
        elif _take_date(page, dates, line):
            line.kind = "byline"
        elif line.is_image() or line.is_address() or not letters(line.fold[:60]):
            line.kind = "boilerplate"
        elif letters(line.fold) in words.provinces:
            line.kind = "byline"
        elif line.size <= 40 and words.is_rubric(line.fold):
            line.kind = "boilerplate"
        elif at + 1 < len(lines) and not line.closed() and line.size <= 80 and (
                words.lines.get(letters(line.fold)) is None) and _take_byline(draft, page, line):
            line.kind = "byline"
        else:
            break
        at += 1
    # the date may stand under the lead
    for line in lines[at + 1:at + 3]:
        if line.size <= _SIGNATURE and _take_date(page, dates, line):
            line.kind = "byline"
    return at
