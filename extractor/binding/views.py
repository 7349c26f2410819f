"""A sentence as the binding steps look at it: its quantities, hits of all lists, commas, breaks and brackets.

Everything is indexed by token, so that "how many commas stand between this phrase and that number" is one subtraction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, repeat

from extractor.draft import Draft, PeriodMention, PlaceMention, Quantity, Sentence
from extractor.rules.lexicon import Hit

LISTS = ("indicator", "indicator.weak", "group", "status", "role", "break", "scope", "time")
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
_NONE = repeat(0)


class SentenceView:
    """One sentence with at least one quantity."""

    __slots__ = ("_commas", "_depth", "_quantity_starts", "_strong", "draft", "durations", "first", "hits", "last", "moves", "periods",
                 "places", "quantities", "sentence")

    def __init__(self, draft: Draft, sentence: Sentence, quantities: list[Quantity]) -> None:
        self.draft = draft
        self.sentence = sentence
        self.first, self.last = sentence.first, sentence.last
        self.quantities = quantities
        self.hits: dict[str, list[Hit]] = {}
        self.periods: list[PeriodMention] = []
        self.durations: list[PeriodMention] = []
        self.places: list[PlaceMention] = []
        self.moves: bool | None = None  # whether any word speaks of a change, once `role.moves` has been asked
        self._quantity_starts = [q.first for q in quantities]
        words = draft.tokens.text[self.first:self.last]
        # prefix counts: entry i counts the marks before token first + i
        self._commas = list(accumulate(map(",".__eq__, words), initial=0))
        self._strong = list(accumulate(map(";".__eq__, words), initial=0))
        self._depth = list(accumulate(map(_BRACKETS.get, words, _NONE), initial=0))

    def between(self, a: int, b: int) -> tuple[int, int, int]:
        """Commas, semicolons and quantities that begin between tokens a and b (a ≤ b)."""
        i, k, starts = a - self.first, b - self.first, self._quantity_starts
        return (self._commas[k] - self._commas[i], self._strong[k] - self._strong[i],
                bisect_left(starts, b) - bisect_left(starts, a))

    def depth(self, token: int) -> int:
        """How many brackets are open before `token`."""
        return self._depth[token - self.first]

    def token_at(self, offset: int) -> int:
        """The first token of the sentence that begins at or after the character `offset`."""
        return min(bisect_left(self.draft.tokens.start, offset, self.first, self.last), self.last)

    def breaks(self, a: int, b: int) -> list[str]:
        """Ids of the break phrases that begin in tokens [a, b)."""
        return [h.entry.id for h in self.hits.get("break", ()) if a <= h.first < b]


def _bucket(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> int:
    """Index of the sentence that holds the character at `offset`, -1 where none does."""
    i = bisect_left(starts, offset + 1) - 1
    return i if i >= 0 and offset < sentences[i].end else -1


def sentence_views(draft: Draft) -> dict[int, SentenceView]:
    """Views of the sentences that hold quantities, by sentence index."""
    by_sentence: dict[int, list[Quantity]] = {}
    for q in draft.quantities:
        if q.sentence >= 0:
            by_sentence.setdefault(q.sentence, []).append(q)
    views = {i: SentenceView(draft, draft.sentences[i], qs) for i, qs in by_sentence.items()}
    starts = [s.start for s in draft.sentences]
    spans = [(view.sentence.start, view.sentence.end, view) for _, view in sorted(views.items())]
    for name in LISTS:
        at, n = 0, len(spans)
        for hit in draft.hits.get(name, ()):
            begin = hit.start
            while at < n and spans[at][1] <= begin:
                at += 1
            if at == n:
                break
            start, _, view = spans[at]
            if start <= begin and hit.last <= view.last:
                view.hits.setdefault(name, []).append(hit)
    _spread(views, draft.sentences, starts, (p for p in draft.periods if p.kind != "duration"), "periods")
    _spread(views, draft.sentences, starts, (p for p in draft.periods if p.kind == "duration"), "durations")
    _spread(views, draft.sentences, starts, draft.places, "places")
    return views


def _spread(views: dict[int, SentenceView], sentences: Sequence[Sentence], starts: Sequence[int],
            mentions: Iterable[PeriodMention] | Iterable[PlaceMention], name: str) -> None:
    for mention in mentions:
        index = _bucket(sentences, starts, mention.start)
        mention.sentence = index
        view = views.get(index)
        if view is not None:
            getattr(view, name).append(mention)
