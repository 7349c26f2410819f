"""The phrase that says what is measured: beside the number on the right ("80% hộ nghèo sử dụng nước sạch"), before it
("tỷ lệ hộ nghèo giảm 4%"), or carried from the number before ("… còn 24,71%").
"""

from __future__ import annotations

from extractor.binding.spot import Spot
from extractor.draft import Bound
from extractor.patterns import Patterns
from extractor.text.normalize import fold

_MARKS = frozenset(",;:.()[]\"!?…-•*+/")
_LONGEST = 14
_REACH_LEFT = 18
_WIDEN = 7
# What is counted by its own noun: "4 huyện", "7 dự án"; people and households often by what is done for them.
_THINGS = frozenset({"admin", "economy", "event", "animals"})
_NOT_COUNTED = frozenset({"measure", "percent", "percentage_point", "dong", "million_dong", "billion_dong", "usd", "currency"})

Phrases = dict[str, frozenset[tuple[str, ...]]]


def _phrases(patterns: Patterns) -> Phrases:
    """Word sets of ``clauses.toml`` as tuples of folded tokens, by id."""
    out: dict[str, set[tuple[str, ...]]] = {}
    for rule in patterns.rules.get("word_set", ()):
        if rule.get("id") in ("subject_end", "subject_tail", "not_subject"):
            out.setdefault(rule.get("id"), set()).update(tuple(patterns.words(fold(p))) for p in rule.get("words"))
    return {k: frozenset(v) for k, v in out.items()}


class _Finder:
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
        return self.text[i] in _MARKS or i in self.inside or i in self.numbers

    def span(self, a: int, b: int) -> tuple[int, int] | None:
        while b > a and self.boundary(b - 1):
            b -= 1
        while a < b and self.boundary(a):
            a += 1
        return (self.tokens.start[a], self.tokens.end[b - 1]) if b > a else None

    def right(self, start: int, least: int) -> tuple[int, int] | None:
        """The phrase from token `start` on, at least up to token `least`."""
        i = start
        while i < self.last and i - start < max(_LONGEST, least - start):
            if i >= least and i > start and (self.boundary(i) or self.is_in("subject_end", i)):
                break
            if i < least and i in self.numbers and i >= self.spot.q.last:
                break
            i += 1
        return self.span(start, i)

    def left(self, end: int) -> tuple[int, int] | None:
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

    def widened(self, a: int, b: int) -> tuple[int, int] | None:
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


def subject_span(spot: Spot, bound: Bound, before: Bound | None) -> tuple[tuple[int, int] | None, str]:
    """The span of the subject in normalised offsets, and the name of the rule that found it.

    `before` is the number before this one in the sentence, already bound.
    """
    q, finder = spot.q, _Finder(spot)
    counted = q.kind in ("households", "people", "other") and q.unit_id not in _NOT_COUNTED
    unit = q.last - 1
    if counted:
        # the unit noun is the head of the phrase: "hộ nghèo" of "5.349 hộ nghèo"
        unit = next((i for i in range(q.first, q.last) if finder.tokens.kind[i] == "word" and
                     finder.text[i] not in spot.article.draft.patterns.rules_words("magnitude")), q.last)
    start = min(unit, q.last) if counted else q.last
    hit = bound.evidence.get("indicator")
    if hit is not None and bound.rules.get("indicator", "").startswith("indicator:right"):
        least = spot.view.token_at(hit[1])
        found = finder.right(start, least)
        if found is not None and found[1] >= hit[0]:
            return found, "subject:right"
        return hit, "subject:indicator"
    own = counted and (q.unit_id in _THINGS or q.unit_id is None) and start < finder.last
    if hit is not None and not own and bound.rules.get("indicator", "").startswith("indicator:left"):
        a, b = spot.view.token_at(hit[0]), spot.view.token_at(hit[1])
        return finder.widened(a, b), "subject:left"
    follows = start < finder.last and finder.tokens.kind[start] == "word" and not finder.is_in("not_subject", start)
    if follows and (counted or q.kind in ("percent", "money")):
        found = finder.right(start, start)
        if found is not None:
            return found, "subject:right"
    found = finder.left(q.first)
    if found is not None:
        return found, "subject:left"
    if before is not None and before.subject is not None:
        return before.subject, "subject:previous"
    return finder.right(start, start), "subject:right"
