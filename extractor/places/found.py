"""What the reader of places finds before it is decided what is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.draft import Draft
from extractor.places.units import Unit
from extractor.places.words import PlaceWords, place_words
from extractor.text.tokens import Tokens

#: Larger units before smaller ones.
ORDER = {"province": 0, "district": 1, "commune": 2, "village": 3}


@dataclass(slots=True)
class Found:
    """A name that may be a place's: tokens [first, last), the class word before it begins at token ``outer``.

    ``kinds``: what its class words say, empty for a bare name; ``levels``: what it may be by them;
    ``key``: folded name; ``units``: what it may be by the tables; ``how``: the rule that found it;
    ``group``: the number of the list of names it stands in; ``plural``: the class word announces several names;
    ``body``: "state" or "body" where it is part of the name of one; ``level``: empty while undecided.
    """

    first: int
    last: int
    outer: int
    key: str
    name: str
    how: str
    units: list[Unit] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()
    level: str = ""
    plural: bool = False
    group: int = -1
    body: str = ""
    support: bool = False
    sentence: int = -1
    parent: Found | None = None
    unit: Unit | None = None
    province: str | None = None
    district: str | None = None

    @property
    def order(self) -> int:
        """0 for a province … 3 for a village; -1 while undecided."""
        return ORDER.get(self.level, -1)


class Reading:
    """The tokens of one article with the questions that the rules ask about them."""

    __slots__ = ("draft", "kind", "measured", "n", "norm", "start", "text", "tokens", "words")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tokens: Tokens = draft.tokens
        self.text, self.start, self.kind = self.tokens.text, self.tokens.start, self.tokens.kind
        self.n = len(self.text)
        self.norm = draft.text.norm
        self.words: PlaceWords = draft.patterns.part(place_words)
        #: tokens of quantities: "Đồng Văn 1.480 hộ, Mèo Vạc 1.650 hộ" is a list of places all the same
        self.measured = {k for q in draft.quantities for k in range(q.first, q.last)}

    def cap(self, i: int) -> bool:
        """Whether token `i` is a word with a capital at its beginning."""
        return 0 <= i < self.n and self.norm[self.start[i]].isupper()

    def all_caps(self, i: int) -> bool:
        """Whether token `i` is written in capitals throughout."""
        return 0 <= i < self.n and self.norm[self.start[i]:self.tokens.end[i]].isupper()

    def printed(self, first: int, last: int) -> str:
        """Tokens [first, last) as they stand in the normalised text."""
        return self.norm[self.start[first]:self.tokens.end[last - 1]]

    def run_begin(self, i: int) -> int:
        """The first token of the run of capitals that reaches token `i`, no mark between."""
        while self.cap(i - 1) and self.kind[i - 1] in ("word", "abbr"):
            i -= 1
        return i

    def run_end(self, i: int) -> int:
        """The end of the run of capitals that begins at token `i`, no mark between."""
        while self.cap(i) and self.kind[i] in ("word", "abbr"):
            i += 1
        return i

    def begins(self, i: int) -> bool:
        """Whether a sentence, a quotation, a bracket or a list item begins at token `i`."""
        return i == 0 or (self.kind[i - 1] in ("newline", "mark") and self.text[i - 1] not in _GOES_ON)

    def gap(self, a: Found, b: Found, most: int = 3) -> list[str] | None:
        """The tokens between two names in order, None if there are more than `most`."""
        return self.text[a.last:b.outer] if 0 <= b.outer - a.last <= most else None


    def separates(self, first: int, last: int) -> bool:
        """Whether tokens [first, last) only join two names of a list; quantities and remarks in brackets are left out."""
        depth = words = 0
        measured = False
        for k in range(first, last):
            word = self.text[k]
            if word == "(":
                depth += 1
            elif word == ")":
                depth -= 1
                if depth < 0:
                    return False
            elif k in self.measured:
                measured = True
            elif depth == 0:
                words += 1
                if word not in self.words.join and not (measured and self.kind[k] == "newline") and not (
                        word in _BEFORE_FIGURE and k + 1 in self.measured):
                    return False
        return depth == 0 and 0 < words <= (4 if measured else 2)


_BEFORE_FIGURE = frozenset({":", "-"})
_GOES_ON = frozenset({",", "/", "&", "%"})
