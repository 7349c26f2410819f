"""An indicator or a cue of a status that the weights have never seen (a user's own) is taken where it stands at the number.

The network knows the built-in indicators by name and would often prefer one of them, or
"other". So for an indicator without a vector of its own a rule decides: its own phrase takes in the number's unit or
follows it, or is the nearest phrase left of it in the clause. In the same way a status follows from a user's own cue where
that is the nearest one left of the number. Everything else is left to the weights.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot
from extractor.rules.lexicon import Hit

#: How often such a phrase names the indicator of the number, on the labelled articles with all indicators.
PHRASE_AT_NUMBER = 0.8
_FOLLOWS = 1  # tokens between a number and a phrase that stands at it


def settled(candidates: Sequence[Candidate], spot: Spot, learned: Container[str]) -> int | None:
    """The index of the candidate that is taken without asking the weights, None where they shall decide."""
    if all(c.value in learned for c in candidates[:-1]):
        return None
    q = spot.q
    hits = [h for h in spot.view.hits.get("indicator", ()) if q.kind in (h.entry.data.get("kinds") or (q.kind,))
            and not h.first <= q.first < h.last]
    after = next((h for h in hits if q.first < h.first <= q.last + _FOLLOWS and not any(spot.gap(q.last, h.first))), None)
    before = next((h for h in reversed(hits) if h.last <= q.first), None)
    if before is not None and any(spot.gap(before.last, q.first)):
        before = None
    at_number = _chosen(before, after, spot)
    if at_number is None or at_number.entry.id in learned:
        return None
    return next(i for i, c in enumerate(candidates) if c.value == at_number.entry.id)


def settled_status(candidates: Sequence[Candidate], spot: Spot, learned: Container[str]) -> int | None:
    """The index of the status that a cue of the user's own gives, None where the weights shall decide."""
    cue = next(iter(spot.left("status")), None)
    if cue is None or cue.entry.id in learned or any(spot.gap(cue.last, spot.q.first)[1:]):
        return None
    return next(i for i, c in enumerate(candidates) if c.value == cue.entry.data.get("value"))


def _chosen(before: Hit | None, after: Hit | None, spot: Spot) -> Hit | None:
    """Of a phrase before and one after the number the latter where it takes in the unit ("12 hộ nghèo").

    A unit with "/kg" says how it is counted more than what is counted, so there the phrase before it is meant.
    """
    if before is None or after is None:
        return before or after
    takes_unit = after.first < spot.q.last
    return after if takes_unit and spot.q.per is None else before
