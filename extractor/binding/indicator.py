"""Which indicator the number measures: one candidate for each indicator that the words nearby or the topic propose."""

from __future__ import annotations

from typing import Any

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.rules.lexicon import Hit

OTHER = "other"
_MAX_TOPICS = 2
_SEEN = 4


def _allowed(hit: Hit, kind: str) -> bool:
    kinds = hit.entry.data.get("kinds")
    return kinds is None or kind in kinds


def _position(spot: Spot, hit: Hit) -> tuple[str, int, int, int, int]:
    """(side, commas, semicolons, quantities, distance) of an indicator phrase relative to the number."""
    q = spot.q
    if hit.last <= q.first:
        return ("L", *spot.gap(hit.last, q.first), q.first - hit.last)
    # a phrase that takes in the unit itself ("hộ nghèo" of "5.349 hộ nghèo") is nearer than one that follows it
    return ("R", *spot.gap(q.last, hit.first), hit.first - q.last if hit.first >= q.last else -1)


def _cost(position: tuple[str, int, int, int, int]) -> tuple[int, int, int, int]:
    side, commas, semicolons, numbers, distance = position
    return (semicolons + (numbers if side == "R" else 0), numbers, commas, distance)


def candidates(spot: Spot, seen: list[str]) -> list[Candidate]:
    """The indicators that may be meant, "other" last; `seen` are those that sentences above have named."""
    q, article = spot.q, spot.article
    best: dict[str, tuple[tuple[int, int, int, int], tuple[str, int, int, int, int], Hit, bool]] = {}
    count: dict[str, int] = {}
    for name, weak in (("indicator", False), ("indicator.weak", True)):
        for hit in spot.view.hits.get(name, ()):
            if not _allowed(hit, q.kind) or hit.first <= q.first < hit.last:
                continue
            position = _position(spot, hit)
            cost = _cost(position)
            key = hit.entry.id
            count[key] = count.get(key, 0) + 1
            old = best.get(key)
            if old is None or (cost[0] + weak, *cost[1:]) < (old[0][0] + old[3], *old[0][1:]):
                best[key] = (cost, position, hit, weak)
    _drop_weak(best)
    order = sorted(best, key=lambda k: (best[k][0], best[k][3], k))
    lefts = [k for k in order if best[k][1][0] == "L"]
    rights = [k for k in order if best[k][1][0] == "R"]
    topics = article.main_topics
    out: list[Candidate] = []
    carried = dict.fromkeys(topics[:_MAX_TOPICS], "topic")
    for n, key in enumerate(reversed(seen)):
        carried.setdefault(key, f"seen{min(n, 3)}")
    common = _topic_rank(topics)
    clear = {side: [k for k in order if best[k][1][0] == side and not best[k][3] and not best[k][1][2] and not best[k][1][3]]
             for side in "LR"}
    keys = order + [k for k in carried if k not in best]
    for key in keys:
        features = [f"ind={key}", f"ind={key}.{q.kind}", f"top={common.get(key, 9)}",
                    f"title={key in article.title_topics}"]
        found = best.get(key)
        span: tuple[int, int] | None = None
        rule = f"indicator:{carried.get(key, '')}"
        if found is not None:
            _, (side, commas, semicolons, numbers, distance), hit, weak = found
            span = (hit.start, hit.end)
            w = "w" if weak else "s"
            rank = (lefts if side == "L" else rights).index(key)
            rule = f"indicator:{'left' if side == 'L' else 'right'}:{'weak' if weak else 'phrase'}"
            features += [
                f"pos={side}{_near(distance)}.{w}", f"pos={side}{_near(distance)}.{w}.{q.kind}", f"pos={side}.{numbers}.{semicolons}.{w}", f"c={side}{commas}.{w}",
                f"rank={side}{min(rank, 3)}.{w}", f"len={min(hit.last - hit.first, 5)}.{w}.{side}",
                f"best={order.index(key) if order.index(key) < 3 else 3}.{w}", f"n={min(count[key], 3)}",
                f"ind={key}.{side}{w}", f"ph={hit.entry.phrase}.{side}", f"sol={len(order) == 1}.{w}.{side}",
                f"comp={side}.{w}.{_rivals(clear, key)}", f"tc={min(article.topics.get(key, 0), 5)}.{w}",
                f"adj={side}.{w}.{_near(distance)}.{numbers}.{min(commas, 1)}.{semicolons}",
                f"u={q.unit_id}.{side}{_near(distance)}.{w}", f"top={common.get(key, 9)}.{w}", f"k={q.kind}.{side}.{w}.{numbers}"]
            breaks = spot.view.breaks(hit.last, q.first) if side == "L" else spot.view.breaks(q.last, hit.first)
            features += [f"brk={side}.{b}" for b in breaks[:2]]
        else:
            features += ["absent", f"absent.top={common.get(key, 9)}", f"absent.none={not order}"]
        if key in carried:
            features += [f"how={carried[key]}", f"how={carried[key]}.{found is None}"]
        out.append(Candidate(key, span, rule, features, key))
    strong = [k for k in order if not best[k][3]]
    other = [f"other.{q.kind}", f"other.u={q.unit_id}", f"other.n={min(len(strong), 3)}", f"other.any={bool(order)}",
             f"other.L={bool(lefts)}.R={bool(rights)}", f"other.w={q.unit}", f"other.bracket={bool(spot.view.depth(q.first))}"]
    if strong:
        nearest = best[strong[0]]
        other.append(f"other.near={nearest[1][0]}{near(nearest[1][4])}.{nearest[1][3]}")
    total = sum(article.topics.values())
    share = article.topics[topics[0]] / total if topics else 0
    other.append(f"other.topic={int(share * 4)}.{min(total, 12) // 3}")
    out.append(Candidate(OTHER, None, "indicator:none", other, OTHER))
    return out


def note(spot: Spot, seen: list[str]) -> None:
    """Remember the indicators that the sentence names by phrases of their own, latest last, for the numbers below."""
    for hit in spot.view.hits.get("indicator", ()):
        if hit.entry.id in seen:
            seen.remove(hit.entry.id)
        seen.append(hit.entry.id)
    del seen[:-_SEEN]


def _near(distance: int) -> str:
    return "in" if distance < 0 else near(distance)


def _drop_weak(best: dict[str, Any]) -> None:
    """A weak phrase ("hộ nghèo") that another indicator's own phrase follows in the clause only restricts it
    ("100% người thuộc hộ nghèo được hỗ trợ bảo hiểm y tế"), unless it stands right at the number.
    """
    for side in "LR":
        strong = [row for row in best.values() if row[1][0] == side and not row[3] and not row[1][2] and not row[1][3]]
        if not strong:
            continue
        for key, (_, position, _, weak) in list(best.items()):
            if weak and position[0] == side and (side == "R" or position[4] > 1):
                del best[key]


def _rivals(clear: dict[str, list[str]], key: str) -> str:
    """Which sides hold another indicator's own phrase in the same clause, without a number in between."""
    return "".join(side for side in "LR" if any(k != key for k in clear[side]))


def _topic_rank(topics: list[str]) -> dict[str, int]:
    return {k: i for i, k in enumerate(topics[:4])}
