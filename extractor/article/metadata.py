"""What an article prints about itself beside headline and date: dateline, masthead, authors."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from extractor.article.dates import Dates
from extractor.article.lines import Line, Page
from extractor.article.words import Words, folded, letters
from extractor.draft import Draft
from extractor.text.normalize import Text

_BRACKETED: Final = re.compile(r"\(([^()]{2,30})\)\s*[-–—:]?\s*(?=\S)")
_DASHED: Final = re.compile(r"([^–—:;!?]{2,60}?)(?:\s+-\s*|-\s+|\s*[–—]\s*)(?=[\"“(]?\w)")
_FEW: Final = 3  # paragraphs in which a dateline is looked for
_CODE: Final = range(3, 13)


class Dateline(NamedTuple):
    """What stands before the first words of a story: "(GLO) -", "NGHỆ AN -", "Hà Nội, ngày 5/6/2024 -"."""

    end: int
    publisher: str | None
    published: str | None
    bracketed: bool


def read_dateline(line: Line, words: Words, dates: Dates) -> Dateline | None:
    """The dateline at the beginning of `line`; ``end`` counts from the line's start and leaves out the dash."""
    text, fold = line.text, line.fold
    bracket = _BRACKETED.match(text)
    if bracket:
        inner = bracket[1].strip()
        paper = words.publisher(folded(inner))
        code = inner.isupper() or (" " not in inner and sum(c.isupper() for c in inner) > 2 and bracket[0].rstrip()[-1] != ")")
        if paper or (code and len(inner) <= _CODE.stop and not any(c.isdigit() for c in inner)):
            return Dateline(bracket.end(1) + 1, paper, None, True)
        return None
    dash = _DASHED.match(text)
    if dash is None or not text[0].isalnum():
        return None
    head, low = dash[1], fold[:dash.end(1)]
    paper = words.publisher(low)
    if paper:
        return Dateline(dash.end(1), paper, None, False)
    found = dates.find(low)
    bracket = _BRACKETED.search(head + " .")
    place = letters(low[:bracket.start()] if bracket else low.split(",")[0])
    if place in words.provinces or (head.isupper() and _follows_capital(text, dash.end())):
        if " " not in head and len(head) not in _CODE and place not in words.provinces:
            return None
        paper = words.publisher(folded(bracket[1])) if bracket else None
        return Dateline(dash.end(1), paper, found[0] if found else None, False)
    return None


def _follows_capital(text: str, at: int) -> bool:
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at < len(text) and text[at].isupper()


def set_meta(draft: Draft, page: Page) -> None:
    """Fills ``draft.meta`` with what has been read, and with what the caller knows, which wins."""
    meta, article, words = page.meta, draft.article, page.words
    dates = draft.patterns.part(Dates)
    stories = [line for line in page.lines if line.kind in ("lead", "body")][:_FEW]
    for line in stories:
        if dateline := read_dateline(line, words, dates):
            meta.dateline = (line.start, line.start + dateline.end)
            meta.published = meta.published or dateline.published
            if dateline.publisher:
                page.sources.append(dateline.publisher)
            break
    meta.authors = list(dict.fromkeys(printed(draft.text, a, b) for a, b in page.printed_authors)) or list(article.authors)
    meta.publisher = (words.address(folded(article.url)) if article.url else None) or next(filter(None, page.sources), None)
    meta.title = article.title or meta.title
    meta.published = article.published or meta.published


def printed(text: Text, start: int, end: int) -> str:
    """The words between two offsets as the article prints them, composed and with single blanks.

    Tone placement stays as printed ("Hoà"), composed and decomposed letters give the same string.
    """
    a, b = text.raw_span(start, end)
    raw = text.raw[a:b]
    if not raw.isascii():
        raw = unicodedata.normalize("NFC", raw)
        if not raw.isprintable():
            raw = "".join(c for c in raw if unicodedata.category(c) != "Cf")
    return " ".join(raw.split())
