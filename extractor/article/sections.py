"""The parts of an article, line by line: title, lead, body, captions, by-line, boilerplate; and what it says of itself.

Lines are told apart in the order in which they are surest: the head (what stands above the headline, headline, date),
page furniture, the by-line at the end, captions. What is left is the story.
"""

from __future__ import annotations

from typing import Final

from extractor.article.captions import mark_captions
from extractor.article.furniture import mark_furniture
from extractor.article.head import read_head
from extractor.article.lines import Page, read_page
from extractor.article.metadata import set_meta
from extractor.article.signature import Signature
from extractor.draft import Draft, SectionSpan

_LEAD: Final = range(40, 950)
_ONLY: Final = 450  # the longest lead that stands alone under a headline


def set_sections(draft: Draft) -> None:
    """Fill ``draft.sections`` (sorted, apart, over all lines that aren't blank) and ``draft.meta``."""
    page = read_page(draft)
    first = read_head(draft, page)
    mark_furniture(draft, page, first)
    Signature(draft, page).mark(first)
    mark_captions(page, first)
    _mark_story(page, first)
    draft.sections = _spans(page)
    set_meta(draft, page)


def _mark_story(page: Page, first: int) -> None:
    """What is left is the lead (the first paragraph under the head, if others follow) and the body."""
    open_ = page.open_lines()
    for i in open_:
        page.lines[i].kind = "body"
    story = [i for i in open_ if i >= first]
    if not story:
        return
    size = page.lines[story[0]].size
    if size in _LEAD and (len(story) > 1 or (page.title_at is not None and size <= _ONLY)):
        page.lines[story[0]].kind = "lead"


def _spans(page: Page) -> list[SectionSpan]:
    """Neighbouring lines of one kind are one span; a by-line after the last sentence is a span of its own."""
    spans: list[SectionSpan] = []
    for line in page.lines:
        end = line.end if line.tail is None else line.start + len(line.text[:line.tail].rstrip())
        if spans and spans[-1].kind == line.kind:
            spans[-1].end = end
        else:
            spans.append(SectionSpan(line.kind, line.start, end))
        if line.tail is not None:
            spans.append(SectionSpan(line.tail_kind, line.start + line.tail, line.end))
    return spans
