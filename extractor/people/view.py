"""One article as this package reads it: tokens, and the hits of its word lists by the token they begin at."""

from __future__ import annotations

from extractor.draft import Draft
from extractor.people.words import Words, words
from extractor.rules.lexicon import Hit

_CACHED = "people.view"
_SENTENCE_END = frozenset({".", "!", "?", "…", "...", "./.", "/."})


class View:
    """Read-only; `first` token numbers everywhere, ends are one past the last token."""

    __slots__ = ("bodies", "bodies_end", "end", "form", "honorifics", "honorifics_end", "index", "kind", "known", "n", "norm", "places", "ranks",
                 "ranks_end", "says", "start", "text", "titles", "words")

    def __init__(self, draft: Draft) -> None:
        tokens = draft.tokens
        self.text, self.start, self.end, self.kind = tokens.text, tokens.start, tokens.end, tokens.kind
        self.form = tokens.form
        self.n = len(tokens)
        self.norm = draft.text.norm
        self.words: Words = draft.patterns.part(words)
        self.titles = _by_first(draft, "title")
        self.bodies = _by_first(draft, "organization")
        self._add_abroad(draft)
        self.honorifics = _by_first(draft, "honorific")
        self.ranks = _by_first(draft, "rank")
        self.says = _by_first(draft, "say")
        self.bodies_end = {h.last: h for h in self.bodies.values()}
        self.honorifics_end = {h.last: h for h in self.honorifics.values()}
        self.ranks_end = {h.last: h for h in self.ranks.values()}
        # where the places step has found a unit of the official lists: its first character, with and without class word, to its end
        self.places: dict[int, int] = {}
        for place in draft.places:
            if place.code is not None or place.level in ("province", "region", "country", "foreign"):
                self.places[place.start] = place.end
                self.places[place.outer_start] = place.end
        self.index: dict[str, list[int]] | None = None
        #: folded names that stand after an honorific or a rank somewhere in the article
        self.known: set[str] = set()

    def _add_abroad(self, draft: Draft) -> None:
        """Countries and cities abroad, which the places step knows, are bodies too ("Tổng thống Nga")."""
        taken = {k for h in self.bodies.values() for k in range(h.first, h.last)}
        for name in ("region", "place_abroad"):
            for hit in draft.hits.get(name, ()):
                if (name == "place_abroad" or hit.entry.data.get("level") == "foreign") and hit.first not in taken and (
                        self.form[hit.first][0].isupper()):
                    self.bodies[hit.first] = hit

    def body_kind(self, hit: Hit) -> str:
        """How the name of a body goes on (the kinds of ``patterns/people/organizations.toml``)."""
        return str(hit.entry.data.get("kind")) if hit.entry.list == "organization" else "country"

    def cap(self, i: int) -> bool:
        """Whether token `i` is a word that begins with a capital."""
        return i < self.n and self.kind[i] in ("word", "abbr") and self.form[i][0].isupper()

    def glued(self, i: int) -> bool:
        """Whether token `i` touches the token before it."""
        return i > 0 and self.start[i] == self.end[i - 1]

    def stops(self, i: int) -> bool:
        """Whether the line or sentence ends at token `i`."""
        return i >= self.n or i < 0 or self.kind[i] == "newline" or self.text[i] in _SENTENCE_END

    def mark(self, i: int, marks: str) -> bool:
        """Whether token `i` is one of the single characters `marks`."""
        return 0 <= i < self.n and self.text[i] in marks

    def address_before(self, i: int) -> Hit | None:
        """The honorific or rank that ends just before token `i`."""
        return self.honorifics_end.get(i) or self.ranks_end.get(i)

    def place_end(self, i: int) -> int:
        """The token after the place that begins at token `i`, or `i`."""
        stop = self.places.get(self.start[i]) if i < self.n else None
        if stop is None:
            return i
        while i < self.n and self.end[i] <= stop:
            i += 1
        return i

    def places_of(self, word: str) -> list[int]:
        """The tokens at which a word stands, in order."""
        if self.index is None:
            self.index = {}
            for i, text in enumerate(self.text):
                self.index.setdefault(text, []).append(i)
        return self.index.get(word, [])

    def fold(self, first: int, last: int) -> str:
        """Tokens [first, last) in folded form, for comparison."""
        return " ".join(self.text[first:last])

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of tokens [first, last)."""
        return self.start[first], self.end[last - 1]


def view_of(draft: Draft) -> View:
    """The view of the article, made once."""
    view = draft.cache.get(_CACHED)
    if not isinstance(view, View):
        view = draft.cache[_CACHED] = View(draft)
    return view


def _by_first(draft: Draft, name: str) -> dict[int, Hit]:
    return {h.first: h for h in draft.hits.get(name, ())}
