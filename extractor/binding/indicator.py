"""Which indicator the number measures: one candidate for each indicator that the words nearby or the topic propose."""

from __future__ import annotations

from typing import Any

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.rules.lexicon import Hit

OTHER = "other"
_MAX_TOPICS = 2


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


def candidates(spot: Spot) -> list[Candidate]:
    """The indicators that may be meant, "other" last."""
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
    before = spot.previous_bound()
    earlier = spot.previous_sentence_bound()
    topics = sorted(article.topics, key=lambda k: (-article.topics[k], k))
    out: list[Candidate] = []
    carried: dict[str, str] = {}
    if before is not None and before.indicator != OTHER:
        carried[before.indicator] = "prev"
    if earlier is not None and earlier.indicator != OTHER:
        carried.setdefault(earlier.indicator, "earlier")
    for topic in topics[:_MAX_TOPICS]:
        carried.setdefault(topic, "topic")
    gap = spot.gap(before.quantity.last, q.first) if before is not None else (0, 0, 0)
    common = _topic_rank(topics)
    clear = {side: [k for k in order if best[k][1][0] == side and not best[k][3] and not best[k][1][2] and not best[k][1][3]]
             for side in "LR"}
    words = _words(spot)
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
            how = carried[key]
            if how == "prev" and before is not None:
                features += [f"prev.{gap[0]}.{gap[1]}", f"prev.{found is None}.{before.quantity.kind == q.kind}",
                             f"prev.role={before.role}", f"prev.u={before.quantity.unit_id == q.unit_id}.{found is None}"]
                if spot.view.depth(q.first) > spot.view.depth(before.quantity.first):
                    features.append(f"prev.bracket.{found is None}")
            elif how == "earlier" and earlier is not None:
                near_by = spot.view.sentence.index - earlier.sentence.index == 1
                features += [f"earlier.{near_by}.{found is None}", f"earlier.{earlier.quantity.kind == q.kind}.{found is None}",
                             f"earlier.{before is None}"]
            if found is None:
                features.append(f"from={how}")
        out.append(Candidate(key, span, rule, features, key, words))
    strong = [k for k in order if not best[k][3]]
    other = [f"other.{q.kind}", f"other.u={q.unit_id}", f"other.n={min(len(strong), 3)}", f"other.any={bool(order)}",
             f"other.L={bool(lefts)}.R={bool(rights)}", f"other.w={q.unit}", f"other.bracket={bool(spot.view.depth(q.first))}"]
    if strong:
        nearest = best[strong[0]]
        other.append(f"other.near={nearest[1][0]}{near(nearest[1][4])}.{nearest[1][3]}")
    if before is not None:
        other += [f"other.prev={before.indicator == OTHER}.{gap[0]}.{gap[1]}",
                  f"other.prev={before.indicator == OTHER}.{before.quantity.kind == q.kind}.{bool(strong)}"]
    elif earlier is not None:
        other.append(f"other.earlier={earlier.indicator == OTHER}.{bool(strong)}")
    total = sum(article.topics.values())
    share = article.topics[topics[0]] / total if topics else 0
    other.append(f"other.topic={int(share * 4)}.{min(total, 12) // 3}")
    out.append(Candidate(OTHER, None, "indicator:none", other, OTHER, words))
    return out


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


def _words(spot: Spot) -> list[str]:
    """The words beside the number: two before, three after, and the unit."""
    q = spot.q
    words = [f"l1={spot.word(q.first - 1)}", f"l2={spot.word(q.first - 2)} {spot.word(q.first - 1)}",
             f"r1={spot.word(q.last)}", f"r2={spot.word(q.last)} {spot.word(q.last + 1)}", f"u={q.unit}"]
    words += [f"lw={w}" for w in {spot.word(i) for i in range(max(spot.view.first, q.first - 6), q.first)} if len(w) > 1]
    words += [f"rw={w}" for w in {spot.word(i) for i in range(q.last, min(spot.view.last, q.last + 5))} if len(w) > 1]
    return words


def _topic_rank(topics: list[str]) -> dict[str, int]:
    return {k: i for i, k in enumerate(topics[:4])}
