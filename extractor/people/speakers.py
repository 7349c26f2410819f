"""Who said it: which official the article quotes for a number.

Three ways of saying who speaks are read: a verb of speech ("Bà Tư cho biết …", "…, ông Năm nói."), "theo ông Năm"
(both in `statements`), and the answers of an interview (`interviews`). Each gives statements, spans of text with the
official they are ascribed to; a number belongs to the statement around it that begins last.
"""

from __future__ import annotations

from extractor.draft import Draft
from extractor.people.interviews import answers
from extractor.people.quotes import quotes_of
from extractor.people.statements import Statement, according_to, named_officials, spoken, told_above
from extractor.people.view import View


def set_speakers(draft: Draft) -> None:
    """Set ``speaker`` of each of ``draft.bound`` whose number a named official states.

    ``evidence["speaker"]`` is the span of the words that name the official, ``rules["speaker"]`` what was read.
    """
    if not draft.bound or not draft.officials:
        return
    view = View(draft)
    statements = find_statements(draft, view)
    for bound in draft.bound:
        a, b = bound.quantity.start, bound.quantity.end
        around = [s for s in statements if view.start[s.first] <= a and b <= view.end[s.last - 1]]
        if around:
            said = max(around, key=lambda s: (s.first, -s.last))
            bound.speaker = said.official
            bound.evidence["speaker"] = said.naming
            bound.rules["speaker"] = said.rule


def find_statements(draft: Draft, view: View) -> list[Statement]:
    """All statements of the article, in the order of the text."""
    people = named_officials(draft, view)
    quotes = quotes_of(view)
    found = [*told_above(draft, view, people), *spoken(view, people, quotes), *according_to(view, people, quotes),
             *answers(draft, view, people)]
    return sorted((s for s in found if s.last > s.first), key=lambda s: (s.first, s.last))
