"""Role and direction: does the number stand at a level, at one end of a change, or is it the change itself?

The words that decide stand close by: "giảm 4%" (change), "giảm còn 4%" (to), "từ 28% xuống còn 24%" (from, to).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.rules.lexicon import Hit

CLASSES = (("level", None), ("from", "up"), ("from", "down"), ("to", "up"), ("to", "down"),
           ("change", "up"), ("change", "down"))
_CLOSE = 4
_PLAIN = "role:plain"
_UNDECIDED = [Candidate(pair, None, _PLAIN) for pair in CLASSES]  # shared by all numbers without such a phrase

_MOVES = frozenset({"verb", "to", "from", "difference", "times", "growth", "rate_of_change", "until", "upto"})
#: How often a number is a level in a sentence without any word of movement, on the labelled articles.
LEVEL_ALONE = 0.99


def moves(spot: Spot) -> bool:
    """Whether any word of the sentence speaks of a change; without one a number is a level."""
    view = spot.view
    if view.moves is None:
        view.moves = any(h.entry.data.get("kind") in _MOVES for h in view.hits.get("role", ()))
    return view.moves


def _cue(prefix: str, spot: Spot, hit: Hit) -> list[str]:
    """Features of a role phrase left of the number: which, how far, what stands between."""
    commas, semicolons, numbers = spot.gap(hit.last, spot.q.first)
    data = hit.entry.data
    kind, direction = data.get("kind"), data.get("direction") or ""
    where = f"{near(spot.distance(hit))}.{min(numbers, 1)}"
    out = [f"{prefix}={hit.entry.id}", f"{prefix}={hit.entry.id}@{where}", f"{prefix}k={kind}{direction}@{where}.{min(commas, 1)}"]
    if not numbers:
        out.append(f"{prefix}p={hit.entry.phrase}")
    if semicolons:
        out.append(f"{prefix};")
    return out


def context(spot: Spot) -> tuple[list[str], Hit | None]:
    """The features of the number's surroundings, and the phrase that most likely decides."""
    q = spot.q
    left = spot.left("role")
    features = [f"kind={q.kind}", f"unit={q.unit_id}", f"cmp={q.comparator}.{q.comparator_rule}"]
    decisive: Hit | None = None
    for n, hit in enumerate(left[:3]):
        features += _cue(f"L{n}", spot, hit)
        if decisive is None and hit.entry.data.get("kind") not in ("reach", "from", "compared"):
            decisive = hit
    if left:
        features.append("LL=" + "+".join(h.entry.id for h in left[:2]))
        if spot.distance(left[0]) <= 1:
            features.append("adj=" + "+".join(h.entry.id for h in left[:2]))
    verbs = [h for h in left if h.entry.data.get("kind") in ("verb", "to", "growth", "rate_of_change")]
    if verbs:
        verb = verbs[0]
        commas, semicolons, numbers = spot.gap(verb.last, q.first)
        features.append(f"verb={verb.entry.data.get('direction')}.{min(commas, 2)}.{min(numbers, 2)}.{min(semicolons, 1)}")
    right = spot.right("role")
    if right:
        hit = right[0]
        commas, _, numbers = spot.gap(q.last, hit.first)
        distance = spot.distance(hit)
        if not numbers:
            features += [f"R={hit.entry.id}@{near(distance)}", f"Rk={hit.entry.data.get('kind')}.{min(commas, 1)}"]
            # "từ A … xuống còn B": what leads to the next number
            if spot.next is not None and spot.next.first - hit.last <= _CLOSE:
                features.append(f"Rto={hit.entry.data.get('kind')}")
    for hit in spot.right("time")[:2]:
        if hit.entry.id in ("compared_with", "same_period") and spot.distance(hit) <= 2:
            features.append("then_compared")
    if spot.view.depth(q.first):
        features.append("bracket")
        if spot.word(q.first - 1) in "([":
            features.append("bracket_only")
    return features, decisive


def candidates(hit: Hit | None) -> Sequence[Candidate]:
    """One candidate for each combination of role and direction; `hit` is the phrase that most likely decides."""
    if hit is None:
        return _UNDECIDED
    span, rule = (hit.start, hit.end), f"role:{hit.entry.id}"
    return [Candidate(pair, span, rule) if pair[1] else Candidate(pair, None, _PLAIN) for pair in CLASSES]
