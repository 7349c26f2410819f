"""One quantity in its sentence, with quick access to the phrases around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.binding.views import SentenceView
from extractor.draft import Draft, Quantity
from extractor.rules.lexicon import Hit

_FAR = 30


@dataclass(slots=True)
class Article:
    """What the binding steps know about the whole article, gathered once."""

    draft: Draft
    topics: dict[str, int] = field(default_factory=dict)
    title_topics: frozenset[str] = frozenset()
    title_status: frozenset[str] = frozenset()
    year: int | None = None
    norm_density: int = 0
    leads: dict[int, int] = field(default_factory=dict)
    cues: dict[int, tuple[str, bool, int, bool]] = field(default_factory=dict)
    main_topics: list[str] = field(default_factory=list)


class Spot:
    """A quantity of a sentence with quick access to the phrases left and right of it, nearest first."""

    __slots__ = ("_left", "article", "i", "next", "prev", "q", "view")

    def __init__(self, article: Article, view: SentenceView, i: int) -> None:
        self.article = article
        self.view = view
        self.i = i
        self.q: Quantity = view.quantities[i]
        self.prev: Quantity | None = view.quantities[i - 1] if i else None
        self.next: Quantity | None = view.quantities[i + 1] if i + 1 < len(view.quantities) else None
        self._left: dict[str, list[Hit]] = {}

    def left(self, name: str) -> list[Hit]:
        """Hits of the list `name` that end before the quantity, nearest first."""
        found = self._left.get(name)
        if found is None:
            first = self.q.first
            found = self._left[name] = [h for h in reversed(self.view.hits.get(name, ())) if h.last <= first]
        return found

    def right(self, name: str) -> list[Hit]:
        """Hits of the list `name` that begin at the quantity's unit or after it, nearest first."""
        first = self.q.first
        return [h for h in self.view.hits.get(name, ()) if h.first > first]

    def distance(self, hit: Hit) -> int:
        """Tokens between a phrase and the figure, 0 when they touch or overlap."""
        if hit.last <= self.q.first:
            return self.q.first - hit.last
        return max(0, hit.first - self.q.last)

    def gap(self, a: int, b: int) -> tuple[int, int, int]:
        """(commas, semicolons, quantities) between tokens a and b, each capped."""
        if b <= a:
            return 0, 0, 0
        commas, semicolons, quantities = self.view.between(a, b)
        return 3 if commas > 3 else commas, 2 if semicolons > 2 else semicolons, 3 if quantities > 3 else quantities

    def word(self, token: int) -> str:
        """The folded token, or a newline outside the sentence."""
        if self.view.first <= token < self.view.last:
            return self.article.draft.tokens.text[token]
        return "\n"


def near(distance: int) -> str:
    """A distance in tokens as one of a few classes."""
    if distance <= 0:
        return "0"
    if distance == 1:
        return "1"
    if distance <= 3:
        return "3"
    if distance <= 7:
        return "7"
    if distance <= 15:
        return "15"
    return "30" if distance <= _FAR else "far"
