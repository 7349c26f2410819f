"""Passages in quotation marks: where they begin and end, over several sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.view import View

_OPENING = frozenset("“«„‟")
_CLOSING = frozenset("”»")
_SHORTEST = 5  # tokens; fewer are a name or a figure of speech


@dataclass(slots=True)
class Quote:
    """A passage in quotation marks: tokens [first, last), the marks included."""

    first: int
    last: int


class Quotes:
    """All quoted passages of an article, in order."""

    def __init__(self, view: View) -> None:
        self._view = view
        found = quotes_of(view)
        self._from = {q.first: q for q in found}
        self._to = {q.last: q for q in found}

    def at(self, i: int) -> Quote | None:
        """The quotation that begins at token `i`, or at most three tokens later."""
        return next((self._from[k] for k in range(i, i + 4) if k in self._from), None)

    def before(self, i: int) -> Quote | None:
        """The quotation that ends just before token `i` (a comma or dash between) and that nobody has announced.

        "X cho biết: “…” Ông Y nói": the quotation is X's.
        """
        view = self._view
        for last in (i, i - 1, i - 2):
            quote = self._to.get(last)
            if quote is not None:
                announced = view.mark(quote.first - 1, ":")
                return None if announced or any(view.kind[k] != "mark" for k in range(last, i)) else quote
        return None


def quotes_of(view: View) -> list[Quote]:
    """All quoted passages of the article, in order.

    A paragraph that ends inside a quotation goes on in the next one if that begins with a quotation mark.
    """
    found: list[Quote] = []
    begun: int | None = None
    goes_on = False
    for i, text in enumerate(view.text):
        if view.kind[i] == "newline":
            if begun is not None:
                found.append(Quote(begun, i))
            goes_on, begun = begun is not None, None
            continue
        if text == '"':
            mark = view.form[i]
            if mark in _CLOSING or (begun is not None and mark not in _OPENING):
                if begun is not None:
                    found.append(Quote(begun, i + 1))
                begun = None
            elif begun is None:
                begun = i
                if goes_on and found and view.kind[i - 1] == "newline":
                    begun = found.pop().first
        goes_on = goes_on and view.kind[i] == "newline"
    return [q for q in found if q.last - q.first >= _SHORTEST]
