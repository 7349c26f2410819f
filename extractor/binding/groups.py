"""Which populations the number is restricted to: group phrases that stand with its subject."""

from __future__ import annotations

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.draft import Bound
from extractor.rules.lexicon import Hit


def proposals(spot: Spot, indicator: str, subject: tuple[int, int] | None,
              before: Bound | None) -> list[tuple[str, list[Candidate]]]:
    """For each group named in the sentence: its id and the two candidates "yes" and "no".

    `before` is the number before this one in the sentence, already bound.
    """
    best: dict[str, tuple[tuple[int, ...], Hit]] = {}
    q = spot.q
    for hit in spot.view.hits.get("group", ()):
        if indicator in hit.entry.data.get("implied_by", ()):
            continue
        if hit.last <= q.first:
            gap = spot.gap(hit.last, q.first)
            cost: tuple[int, ...] = (gap[1], gap[2], gap[0], q.first - hit.last)
        else:
            gap = spot.gap(q.last, hit.first)
            cost = (gap[1], gap[2] + (hit.first - q.last > 8), gap[0], max(0, hit.first - q.last))
        old = best.get(hit.entry.id)
        if old is None or cost < old[0]:
            best[hit.entry.id] = (cost, hit)
    out = []
    for key in sorted(best):
        cost, hit = best[key]
        side = "L" if hit.last <= q.first else "R"
        gap = spot.gap(hit.last, q.first) if side == "L" else spot.gap(q.last, hit.first)
        distance = spot.distance(hit)
        features = ["yes", f"g={key}", f"pos={side}{near(distance)}.{min(gap[2], 1)}.{min(gap[1], 1)}", f"c={side}{gap[0]}.{min(gap[2], 1)}",
                    f"k={q.kind}.{side}.{min(gap[2], 1)}", f"u={q.unit_id}.{side}{near(distance)}", f"ind={indicator == 'other'}.{side}",
                    f"gi={key}.{indicator}", f"in={hit.first < q.last}.{key}", f"ph={hit.entry.phrase}.{side}",
                    f"i={indicator}.{side}"]
        inside = subject is not None and subject[0] <= hit.start and hit.end <= subject[1]
        features += [f"sub={inside}.{side}", f"sub={inside}.{key}", f"sub={inside}.{min(gap[2], 1)}.{min(gap[1], 1)}"]
        if before is not None:
            features.append(f"prev={key in before.groups}.{before.indicator == indicator}.{side}{min(gap[2], 1)}")
        out.append((key, [Candidate(True, (hit.start, hit.end), f"group:{side}", features), Candidate(False, None, "group:none", [])]))
    if before is not None:
        for key in before.groups:
            if key not in best:
                gap = spot.gap(before.quantity.last, q.first)
                features = ["carry", f"carry.{before.indicator == indicator}.{gap[0]}.{gap[1]}", f"carry.{before.quantity.kind == q.kind}",
                            f"carry.role={before.role}"]
                out.append((key, [Candidate(True, before.evidence.get("groups"), "group:previous", features),
                                  Candidate(False, None, "group:none", [])]))
    return out
