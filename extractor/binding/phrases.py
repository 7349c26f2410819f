"""Phrases beside a number: what may be its subject."""

from __future__ import annotations

from extractor.binding.spot import Spot
from extractor.patterns import Patterns
from extractor.text.normalize import fold

_MARKS = frozenset(",;:.()[]\"!?…-•*+/")
_LONGEST = 14
_REACH_LEFT = 18
_WIDEN = 7

Span = tuple[int, int]
Phrases = dict[str, frozenset[tuple[str, ...]]]


def _phrases(patterns: Patterns) -> Phrases:
    """Word sets of ``clauses.toml`` as tuples of folded tokens, by id."""
    out: dict[str, set[tuple[str, ...]]] = {}
    for rule in patterns.rules.get("word_set", ()):
        if rule.get("id") in ("subject_end", "subject_tail", "not_subject"):
            out.setdefault(rule.get("id"), set()).update(tuple(patterns.words(fold(p))) for p in rule.get("words"))
    return {k: frozenset(v) for k, v in out.items()}


class Finder:
    """Phrases of the sentence of a number, bounded by punctuation, times, other numbers and the verbs of ``clauses.toml``."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        draft = spot.article.draft
        self.tokens = draft.tokens
        self.text = draft.tokens.text
        self.first, self.last = spot.view.first, spot.view.last
        self.sets = draft.patterns.part(_phrases)
        self.inside: set[int] = set()
        for m in spot.view.periods:
            self.inside.update(range(spot.view.token_at(m.start), spot.view.token_at(m.end)))
        self.places: set[int] = set()
        for place in spot.view.places:
            self.places.update(range(spot.view.token_at(place.outer_start), spot.view.token_at(place.end)))
        for hit in spot.view.hits.get("scope", ()):
            if hit.last - hit.first > 1:
                self.places.update(range(hit.first, hit.last))
        self.numbers = {t for q in spot.view.quantities if q is not spot.q for t in range(q.first, q.last)}

    def is_in(self, name: str, i: int) -> bool:
        """Whether a word or pair of words of the set begins at token i."""
        words = self.sets[name]
        return (self.text[i],) in words or (i + 1 < self.last and (self.text[i], self.text[i + 1]) in words)

    def boundary(self, i: int) -> bool:
        """Whether token i ends a phrase: a mark, a time, another number."""
        return self.text[i] in _MARKS or i in self.inside or i in self.numbers

    def span(self, a: int, b: int) -> Span | None:
        """The characters of tokens [a, b) without boundaries at either end."""
        while b > a and self.boundary(b - 1):
            b -= 1
        while a < b and self.boundary(a):
            a += 1
        return (self.tokens.start[a], self.tokens.end[b - 1]) if b > a else None

    def right(self, start: int, least: int) -> Span | None:
        """The phrase from token `start` on, at least up to token `least`."""
        i = start
        while i < self.last and i - start < max(_LONGEST, least - start):
            if i >= least and i > start and (self.boundary(i) or self.is_in("subject_end", i)):
                break
            if i < least and i in self.numbers and i >= self.spot.q.last:
                break
            i += 1
        return self.span(start, i)

    def left(self, end: int) -> Span | None:
        """The phrase before token `end`, cues and verbs between it and the number skipped."""
        i = end
        while i > self.first and (self.is_in("subject_end", i - 1) or (i - 1 in self.inside)
                                  or (i >= 2 + self.first and (self.text[i - 2], self.text[i - 1]) in self.sets["subject_end"])
                                  or self.text[i - 1] in "(,"):
            i -= 1
            if end - i > 8:
                break
        b = i
        while i > self.first and b - i < _REACH_LEFT and not self.boundary(i - 1) and not self.is_in("subject_end", i - 1):
            i -= 1
        return self.span(i, b)

    def widened(self, a: int, b: int) -> Span | None:
        """An indicator's phrase left of the number with the words of its clause around it, up to the verb."""
        least = max(self.first, a - _WIDEN)
        while a > least and not self.boundary(a - 1) and not self.is_in("subject_end", a - 1) and a - 1 not in self.places:
            a -= 1
        end = self.spot.q.first
        while b < end and not self.boundary(b) and not self.is_in("subject_end", b) and b not in self.places:
            b += 1
        while b > a + 1 and (self.text[b - 1],) in self.sets["subject_tail"]:
            b -= 1
        return self.span(a, b)

    def before(self, end: int, longest: int = _REACH_LEFT) -> Span | None:
        """All words before token `end`, back to a boundary."""
        i = end
        while i > self.first and end - i < longest and not self.boundary(i - 1):
            i -= 1
        return self.span(i, end)
