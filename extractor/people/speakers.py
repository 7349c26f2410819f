"""Who said it: which official the article quotes for a number.

Three ways of saying who speaks are read: a verb of speech ("Bà Tư cho biết …", "…, ông Năm nói."), "theo ông Năm"
(both in `statements`), and the answers of an interview (`interviews`). Each gives statements, spans of text with the
official they are ascribed to; a number belongs to the statement around it that begins last.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from extractor.draft import Draft
from extractor.people.interviews import answers
from extractor.people.quotes import Quotes
from extractor.people.statements import Statement, according_to, named_officials, spoken, told_above
from extractor.people.view import View, view_of


def set_speakers(draft: Draft) -> None:
    """Set ``speaker`` of each of ``draft.bound`` whose number a named official states.

    ``evidence["speaker"]`` is the span of the words that name the official, ``rules["speaker"]`` what was read.
    """
    if not draft.bound or not draft.officials:
        return
    view = view_of(draft)
    statements = find_statements(draft, view)
    starts = [view.start[s.first] for s in statements]
    ends = [view.end[s.last - 1] for s in statements]
    furthest = list(accumulate(ends, max))
    for bound in draft.bound:
        begin, end = bound.quantity.start, bound.quantity.end
        k = bisect_right(starts, begin) - 1
        while k >= 0 and furthest[k] >= end:
            if ends[k] >= end:
                bound.speaker = statements[k].official
                bound.evidence["speaker"] = statements[k].naming
                bound.rules["speaker"] = statements[k].rule
                break
            k -= 1


def find_statements(draft: Draft, view: View) -> list[Statement]:
    """All statements of the article, in the order of the text."""
    people = named_officials(draft, view)
    quotes = Quotes(view)
    found = [*told_above(draft, view, people), *spoken(view, people, quotes), *according_to(view, people, quotes),
             *answers(draft, view, people)]
    return sorted((s for s in found if s.last > s.first), key=lambda s: (s.first, -s.last))
