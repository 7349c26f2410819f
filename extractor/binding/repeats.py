"""Numbers in titles, leads and captions that the body repeats take their time and place from the body."""

from __future__ import annotations

from extractor.draft import Bound

_ABOVE = frozenset({"title", "lead", "caption"})
_OTHER = "other"


def _key(b: Bound) -> tuple[object, ...]:
    """What two numbers must have in common to be the same."""
    q = b.quantity
    return q.kind, q.low, q.high, q.unit_id, b.role


def take_from_body(bound: list[Bound]) -> None:
    """Fill period and place of numbers above the body that say neither by themselves."""
    body: dict[tuple[object, ...], Bound] = {}
    for b in bound:
        if b.sentence.section == "body":
            body.setdefault(_key(b), b)
    for above in bound:
        if above.sentence.section not in _ABOVE:
            continue
        match = body.get(_key(above))
        if match is None:
            continue
        if not above.rules["period"].endswith((":L", ":R")) and match.period is not None:
            above.period, above.rules["period"] = match.period, "period:repeated"
            _move(above, match, "period")
        if not above.rules["place"].startswith("place:sentence") and match.place is not None:
            above.place, above.place_level, above.province = match.place, match.place_level, match.province
            above.district, above.rules["place"] = match.district, "place:repeated"
            _move(above, match, "place")
        if above.indicator == _OTHER and match.indicator != _OTHER:
            above.indicator, above.rules["indicator"] = match.indicator, "indicator:repeated"
            _move(above, match, "indicator")


def _move(above: Bound, match: Bound, field: str) -> None:
    if field in match.evidence:
        above.evidence[field] = match.evidence[field]
    else:
        above.evidence.pop(field, None)
