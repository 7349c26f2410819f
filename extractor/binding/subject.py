"""The phrase that says what is measured: beside the number on the right ("80% hộ nghèo sử dụng nước sạch"), before it
("tỷ lệ hộ nghèo giảm 4%"), or carried from a number before ("… còn 24,71%"). The rules' guess comes first among the
candidates; weights (`binding.linear`) say whether another phrase beside the number is more likely.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.binding.linear import Candidate
from extractor.binding.phrases import Finder, Span
from extractor.binding.spot import Spot, near
from extractor.draft import Bound

# What is counted by its own noun: "4 huyện", "7 dự án"; people and households often by what is done for them.
_THINGS = frozenset({"admin", "economy", "event", "animals"})
_NOT_COUNTED = frozenset({"measure", "percent", "percentage_point", "dong", "million_dong", "billion_dong", "usd", "currency"})
_ABOVE = 2
_CLAUSE = 16
_CAP = 12


def _unit(finder: Finder) -> int:
    """The token of the unit noun, the head of what is counted: "hộ nghèo" of "5.349 hộ nghèo"."""
    q = finder.spot.q
    magnitudes = finder.spot.article.draft.patterns.rules_words("magnitude")
    return next((i for i in range(q.first, q.last) if finder.tokens.kind[i] == "word" and finder.text[i] not in magnitudes), q.last)


def _guess(finder: Finder, bound: Bound, before: Bound | None) -> tuple[Span | None, str]:
    """What the rules take for the subject."""
    spot, q = finder.spot, finder.spot.q
    counted = q.kind in ("households", "people", "other") and q.unit_id not in _NOT_COUNTED
    start = _unit(finder) if counted else q.last
    hit = bound.evidence.get("indicator")
    if hit is not None and bound.rules.get("indicator", "").startswith("indicator:right"):
        least = spot.view.token_at(hit[1])
        found = finder.right(start, least)
        if found is not None and found[1] >= hit[0]:
            return found, "right"
        return hit, "indicator"
    own = counted and (q.unit_id in _THINGS or q.unit_id is None) and start < finder.last
    if hit is not None and not own and bound.rules.get("indicator", "").startswith("indicator:left"):
        a, b = spot.view.token_at(hit[0]), spot.view.token_at(hit[1])
        return finder.widened(a, b), "left"
    follows = start < finder.last and finder.tokens.kind[start] == "word" and not finder.is_in("not_subject", start)
    if follows and (counted or q.kind in ("percent", "money")):
        found = finder.right(start, start)
        if found is not None:
            return found, "right"
    found = finder.left(q.first)
    if found is not None:
        return found, "left"
    if before is not None and before.subject is not None:
        return before.subject, "previous"
    return finder.right(start, start), "right"


def _proposed(finder: Finder, bound: Bound, before: Bound | None, above: Sequence[Span]) -> dict[Span, list[str]]:
    """Spans that may be the subject, each with the names of the rules that propose it; the rules' guess first."""
    out: dict[Span, list[str]] = {}

    def add(span: Span | None, rule: str) -> None:
        if span is not None:
            out.setdefault(span, []).append(rule)

    q, view = finder.spot.q, finder.spot.view
    add(*_guess(finder, bound, before))
    unit = _unit(finder)
    if unit < finder.last:
        add(finder.right(unit, unit), "right_unit")
    if q.last < finder.last and unit != q.last:
        add(finder.right(q.last, q.last), "right_number")
    if unit < q.last:
        add(finder.span(unit, q.last), "unit")
    add(finder.left(q.first), "left_phrase")
    add(finder.before(q.first, _CLAUSE), "clause")
    hits = [*view.hits.get("indicator", ()), *view.hits.get("indicator.weak", ())]
    left = sorted((h for h in hits if h.last <= q.first), key=lambda h: -h.last)[:2] if hits else ()
    right = sorted((h for h in hits if h.first >= q.first and h.last > q.first), key=lambda h: h.first)[:2] if hits else ()
    for n, hit in enumerate(left):
        add((hit.start, hit.end), f"phrase_left{n}")
        first = view.token_at(hit.start)
        if n == 0:
            add(finder.widened(first, view.token_at(hit.end)), "widened")
        if first > finder.first and finder.text[first - 1] == "(":
            add(finder.before(first - 1), "before_bracket")  # "tốc độ tăng giá tiêu dùng (CPI)"
    for n, hit in enumerate(right):
        add((hit.start, hit.end), f"phrase_right{n}")
        if n == 0:
            add(finder.right(view.token_at(hit.start), view.token_at(hit.end)), "from_phrase")
    add(bound.evidence.get("indicator"), "indicator")
    for n, span in enumerate(reversed(above[-_ABOVE:])):
        add(span, f"above{n}")
    return out


def _features(span: Span, rules: Sequence[str], finder: Finder, bound: Bound) -> list[str]:
    spot, q, view, text = finder.spot, finder.spot.q, finder.spot.view, finder.text
    out = ["h=" + "+".join(rules), f"k={q.kind}.{rules[0]}", f"ir={bound.rules['indicator']}.{rules[0]}"]
    if not (view.sentence.start <= span[0] and span[1] <= view.sentence.end):
        return [*out, "away", f"away.{q.kind}"]
    a, b = view.token_at(span[0]), view.token_at(span[1])
    side, distance = ("L", near(q.first - b)) if b <= q.first else ("R", near(a - q.last)) if a >= q.last else ("I", "0")
    evidence = bound.evidence.get("indicator")
    own = evidence is not None and span[0] <= evidence[0] and evidence[1] <= span[1]
    holds = own or any(span[0] <= h.start and h.end <= span[1] for h in view.hits.get("indicator", ()))
    return [*out, f"d={side}{distance}", f"len={min(b - a, _CAP)}.{side}.{q.kind}", "f=" + text[a], "l=" + text[b - 1],
            "p=" + spot.word(a - 1), "n=" + spot.word(b), f"holds={holds}.{own}.{side}"]


def candidates(spot: Spot, bound: Bound, before: Bound | None, above: Sequence[Span]) -> list[Candidate]:
    """The phrases that may be the subject, as spans in normalised offsets, what the rules take first; none where there is none.

    `before` is the number before this one in the sentence, already bound; `above` are the subjects of the numbers before.
    """
    finder = Finder(spot)
    return [Candidate(span, span, "subject:" + rules[0], _features(span, rules, finder, bound))
            for span, rules in _proposed(finder, bound, before, above).items()]
