"""What the reader of places finds before it is decided what is meant."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extractor.draft import Draft
from extractor.places.names import Names, names
from extractor.places.units import Unit
from extractor.places.words import CAPITALS, PlaceWords, place_words
from extractor.text.tokens import Tokens

#: Larger units before smaller ones.
ORDER = {"province": 0, "district": 1, "commune": 2, "village": 3}
SMALLER = frozenset({"district", "commune", "village"})

_GOES_ON = frozenset({",", "/", "&", "%"})
# Capitals in a row that are looked at; a longer row is no name whatever follows.
_LONGEST_RUN = 100
_BEFORE_FIGURE = frozenset({":", "-"})
_MARKS = 2  # tokens that may join two names of a list
_MARKS_AND_FIGURES = 4


@dataclass(slots=True)
class Found:
    """A name that may be a place's: tokens [first, last), the class word before it begins at token ``outer``.

    ``kinds``: what its class words say, empty for a bare name; ``levels``: what it may be by them;
    ``key``: folded name; ``units``: what it may be by the tables; ``how``: the rule that found it;
    ``group``: the number of the list of names it stands in; ``plural``: the class word announces several names;
    ``body``: "state" or "body" where it is part of the name of one; ``level``: empty while undecided;
    ``parent``: the larger unit that the text says it lies in; ``unit``, ``province``, ``district``: what it is.
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
    parent: Found | None = None
    unit: Unit | None = None
    province: str | None = None
    district: str | None = None

    @property
    def order(self) -> int:
        """0 for a province … 3 for a village; -1 while undecided."""
        return ORDER.get(self.level, -1)

    @property
    def canonical(self) -> str:
        """The name in the tables, as printed where no table has it."""
        return self.unit.name if self.unit else self.name


class Reading:
    """The tokens of one article with the questions that the rules ask about them."""

    __slots__ = ("_dates", "draft", "end", "kind", "measured", "n", "names", "norm", "start", "text", "words")

    def __init__(self, draft: Draft) -> None:
        tokens: Tokens = draft.tokens
        self.draft = draft
        self.text, self.start, self.end, self.kind = tokens.text, tokens.start, tokens.end, tokens.kind
        self.n = len(self.text)
        self.norm = draft.text.norm
        self.words: PlaceWords = draft.patterns.part(place_words)
        self.names: Names = draft.patterns.part(names)
        #: tokens of quantities: "Đồng Văn 1.480 hộ, Mèo Vạc 1.650 hộ" is a list of places all the same
        self.measured = {k for q in draft.quantities for k in range(q.first, q.last)}
        self._dates = sorted((p.start, p.end) for p in draft.periods)

    def cap(self, i: int) -> bool:
        """Whether token `i` is a word with a capital at its beginning."""
        return 0 <= i < self.n and self.norm[self.start[i]] in CAPITALS

    def all_caps(self, i: int) -> bool:
        """Whether token `i` is written in capitals throughout."""
        return 0 <= i < self.n and self.norm[self.start[i]:self.end[i]].isupper()

    def word(self, i: int) -> str:
        """The folded token `i`, "" outside the text."""
        return self.text[i] if 0 <= i < self.n else ""

    def printed(self, first: int, last: int) -> str:
        """Tokens [first, last) as they stand in the normalised text."""
        return self.norm[self.start[first]:self.end[last - 1]] if last > first else ""

    def key(self, first: int, last: int) -> str:
        """Tokens [first, last) as `Names` has them."""
        return " ".join(self.text[first:last])

    def run_begin(self, i: int) -> int:
        """The first token of the run of capitals that reaches token `i`, no mark between."""
        least = i - _LONGEST_RUN
        while i > least and self.cap(i - 1) and self.kind[i - 1] in ("word", "abbr"):
            i -= 1
        return i

    def run_end(self, i: int) -> int:
        """The end of the run of capitals that begins at token `i`, no mark between."""
        most = i + _LONGEST_RUN
        while i < most and self.cap(i) and self.kind[i] in ("word", "abbr"):
            i += 1
        return i

    def in_capitals(self, first: int, last: int) -> bool:
        """Whether tokens [first, last) stand in a line in capitals, where these tell nothing."""
        begin, end = self.run_begin(first), self.run_end(last)
        return end - begin > max(2, last - first) and all(self.all_caps(k) for k in range(begin, end))

    def begins(self, i: int) -> bool:
        """Whether a sentence, a quotation, a bracket or a list item begins at token `i`."""
        return i == 0 or (self.kind[i - 1] in ("newline", "mark") and self.text[i - 1] not in _GOES_ON)

    def small_number(self, i: int, digits: int) -> bool:
        """Whether token `i` is a whole number of at most `digits` digits that neither dates nor measures anything."""
        if not 0 <= i < self.n or self.kind[i] != "number" or i in self.measured:
            return False
        if not self.text[i].isdigit() or len(self.text[i]) > digits:
            return False
        at = bisect_right(self._dates, (self.start[i], self.n * 1000))
        return at == 0 or self._dates[at - 1][1] <= self.start[i]

    def match(self, first: int) -> int:
        """Where the longest name of the tables ends that begins at token `first` and is written with capitals."""
        limit = self.n
        while True:
            last = self.names.at(self.text, first, limit)
            if last == first or all(self.cap(k) or self.kind[k] != "word" for k in range(first, last)):
                return last
            limit = last - 1

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
                if not (word in self.words.join or (measured and self.kind[k] == "newline")
                        or (word in _BEFORE_FIGURE and k + 1 in self.measured)):
                    return False
        return depth == 0 and 0 < words <= (_MARKS_AND_FIGURES if measured else _MARKS)

    def lies_in(self, a: Found, b: Found) -> bool:
        """Whether the words between say that `a` lies in `b`: a comma, a bracket, "thuộc", or its class word alone."""
        gap = self.text[a.last:b.outer]
        if b.outer < a.last or len(gap) > _MARKS + 1:
            return False
        return all(word in self.words.of for word in gap) and bool(gap or b.kinds)


def by_place(f: Found) -> int:
    """For sorting names in order of the text."""
    return f.first
