"""How a number bounds its value: the comparator word directly before it, or after it ("trở lên")."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.draft import Draft, Quantity
from extractor.quantities.words import quantity_words
from extractor.rules.lexicon import Hit


def set_comparator(draft: Draft, quantity: Quantity, hits: Sequence[Hit], after: int) -> None:
    """Set `quantity`'s comparator with its span and rule; `after` is the token behind the quantity and its "per"."""
    low, high = 0, len(hits)
    while low < high:
        middle = (low + high) // 2
        if hits[middle].first < quantity.first:
            low = middle + 1
        else:
            high = middle
    for hit in hits[low:low + 6]:
        if hit.entry.data.get("side") == "after" and after <= hit.first <= after + 1:
            if hit.first == after + 1 and draft.tokens.text[after] not in {"/", ")"}:
                continue
            _set(quantity, hit)
            return
    if low and hits[low - 1].entry.data.get("side") == "before" and _reaches(draft, hits[low - 1].last, quantity.first):
        _set(quantity, hits[low - 1])


def _reaches(draft: Draft, end: int, first: int) -> bool:
    """Only a filler word ("tối đa bằng 5%", "gần gấp 4 lần") may stand between comparator and number."""
    if end == first:
        return True
    return end == first - 1 and draft.tokens.text[end] in draft.patterns.part(quantity_words).sets["filler"]


def _set(quantity: Quantity, hit: Hit) -> None:
    quantity.comparator = hit.entry.data.get("value")
    quantity.comparator_span = (hit.start, hit.end)
    quantity.comparator_rule = hit.entry.id
    quantity.comparator_in_change = hit.entry.data.get("in_change")
