"""Page furniture: addresses, images, buttons, key words, comments, lists of links to other articles."""

from __future__ import annotations

import re
from typing import Final

from extractor.article.dates import Dates
from extractor.article.lines import CAPTION, Line, Page
from extractor.article.names import is_name
from extractor.article.words import letters
from extractor.draft import Draft

_LINK: Final = 170  # the longest link text
_SIGNATURE: Final = 95
_LAST: Final = 8  # lines at the end where a label needs no colon
_TELLING: Final = 3  # blanks in a phrase that is long enough to tell by itself
_PARAGRAPH_END: Final = frozenset(".”\"…")
_SIGNED_ABOVE: Final = 4  # lines above a list in which the by-line is looked for
_WORD: Final = re.compile(r"\w")
_ARROWS: Final = "»›➤►"


def mark_furniture(draft: Draft, page: Page, first: int) -> None:
    """Marks addresses, images, buttons, links to other articles, comments; metadata lines are read."""
    lines, words = page.lines, page.words
    dates = draft.patterns.part(Dates)
    last = max((i for i, line in enumerate(lines) if line.size > _LINK and line.text[-1] in _PARAGRAPH_END), default=-1)
    at = first
    while at < len(lines):
        line = lines[at]
        n = line.size
        if line.kind:
            at += 1
            continue
        if line.is_image() or line.is_address():
            line.kind = "boilerplate"
            if not line.is_image():
                page.sources.append(words.address(line.fold) or "")
        elif n <= 60 and (known := words.lines.get(letters(line.fold))) in ("page_end", "furniture_line"):
            if known == "furniture_line":
                line.kind = "boilerplate"
            else:
                at = _mark_list(page, at, last)
                continue
        elif n <= CAPTION:
            _mark_by_start(page, dates, line, at >= len(lines) - _LAST)
        at += 1


def _mark_by_start(page: Page, dates: Dates, line: Line, last: bool) -> None:
    """Marks a line whose first words tell what it is; `last`: it is one of the last lines."""
    found, words = line.first, page.words
    if line.text[0] in _ARROWS:
        line.kind = "boilerplate"
    elif found is None:
        invites = page.invites and line.text[-1] in ".!" and words.invitations.search(line.fold)
        if invites or (not line.text[0].isalpha() and not _WORD.search(line.fold)):
            line.kind = "boilerplate"
    elif found.id in ("furniture", "rubric_label"):
        # "Xem thêm: ..." is a link wherever it stands; words alone may begin a sentence
        after = line.text[found.end:found.end + 3].strip()[:1]
        labelled = not line.fold[found.end - 1].isalnum() or after in (":", ">")
        named = after.isupper() or after.isdigit() or line.fold.count(" ", 0, found.end) >= _TELLING
        if labelled or (last and named) or (not line.closed() and (last or named)):
            line.kind = "boilerplate"
            if "://" in line.fold:
                page.sources.append(words.address(line.fold) or "")
    elif found.id == "date_label" and (last or line.fold[0] == "#"):
        read = dates.read(line.text, line.fold)
        if read:
            line.kind = "boilerplate" if line.fold[0] == "#" else "byline"
            page.meta.published = page.meta.published or read.value


def _mark_list(page: Page, at: int, last: int) -> int:
    """Marks a heading such as "Tin liên quan" and the links under it; the number of the line after them.

    After the by-line, or where no paragraph follows (`last` is the last one), the list goes on to the end of the text.
    """
    lines = page.lines
    signed = any(_looks_signed(line) for line in lines[max(0, at - _SIGNED_ABOVE):at])
    lines[at].kind = "boilerplate"
    at += 1
    if signed or at > last:
        for line in lines[at:]:
            line.kind = line.kind or "boilerplate"
        return len(lines)
    while at < len(lines) and lines[at].size <= _LINK and lines[at].text[-1] not in ".;" and not _looks_signed(lines[at]):
        lines[at].kind = "boilerplate"
        at += 1
    return at


def _looks_signed(line: Line) -> bool:
    """Whether a line may be the by-line."""
    if line.kind == "byline":
        return True
    labelled = line.first is not None and line.first.id == "byline"
    return line.size <= _SIGNATURE and (labelled or (not line.closed() and is_name(line.text)))
