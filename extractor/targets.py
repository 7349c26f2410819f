"""Target phrases: for each number that is a goal, the words from the clause of its cue to the number."""

from __future__ import annotations

from extractor.draft import Bound, Draft
from extractor.records import Extraction, Target

_STOPS = ",;:.(\n"


def _clause_start(norm: str, at: int, low: int) -> int:
    """Where the clause that holds offset `at` begins, not before `low`."""
    while at > low and norm[at - 1] not in _STOPS:
        at -= 1
    return at


def _span(draft: Draft, bound: Bound, low: int) -> tuple[int, int]:
    """The target phrase of `bound` in normalised offsets; it begins at `low` or later."""
    norm, q = draft.text.norm, bound.quantity
    sentence = bound.sentence
    low = max(low, sentence.start)
    spans = [bound.evidence[k] for k in ("status", "role", "subject") if k in bound.evidence]
    starts = [a for a, b in spans if low <= a and b <= q.start]
    start = _clause_start(norm, min(starts, default=q.outer_start or q.start), low)
    end = max(q.end, q.outer_end)
    if q.comparator_span is not None:
        end = max(end, q.comparator_span[1])
    while start < q.start and not (norm[start].isalnum() or norm[start] in "\"“‘("):
        start += 1
    return start, end


def find_targets(draft: Draft, extraction: Extraction) -> list[Target]:
    """The targets of an article, in the order of the text; two of one sentence share a cue but no words."""
    by_start = {o.start: o for o in extraction.observations}
    out: list[Target] = []
    low = 0
    raw, norm = draft.text.raw, draft.text.norm
    for bound in draft.bound:
        if bound.status != "target":
            continue
        start, end = _span(draft, bound, low)
        low = end
        a, b = draft.text.raw_span(start, end)
        observation = by_start[draft.text.raw_span(bound.quantity.start, bound.quantity.end)[0]]
        cue, verb = bound.evidence.get("status"), bound.evidence.get("role")
        out.append(Target(
            f"t{len(out) + 1}", observation.id, raw[a:b], a, b,
            norm[cue[0]:cue[1]] if cue else None, norm[verb[0]:verb[1]] if verb else None))
    return out
