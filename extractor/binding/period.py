"""When the number holds: an expression of time of its sentence, one carried from before, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.binding.linear import Candidate
from extractor.binding.role import moves
from extractor.binding.spot import Spot, near
from extractor.draft import PeriodMention

_YEAR = 4
_SPAN = 9  # characters of a span of years
_OPENING = 12
_SEEN = 8


@dataclass(slots=True)
class _Found:
    """The best mention of a value in the sentence and where it stands."""

    mention: PeriodMention
    side: str
    commas: int
    semicolons: int
    numbers: int
    distance: int
    compared: bool

    @property
    def cost(self) -> tuple[int, int, int, int]:
        return (self.compared + self.semicolons, self.numbers + (self.side == "R"), self.commas, self.distance)


def _mentions(spot: Spot) -> list[_Found]:
    view, q = spot.view, spot.q
    bases = spot.article.draft.cache["bases"]
    out = []
    for m in (*view.periods, *view.durations):
        a, b = view.token_at(m.start), view.token_at(m.end)
        is_compared = m.kind == "same_period" or m.start in bases
        if b <= q.first:
            out.append(_Found(m, "L", *spot.gap(b, q.first), q.first - b, is_compared))
        elif a >= q.last:
            out.append(_Found(m, "R", *spot.gap(q.last, a), a - q.last, is_compared))
        else:
            # inside the quantity's own words ("1.200 tỷ đồng/năm 2023") it is as near as can be
            out.append(_Found(m, "R", 0, 0, 0, 0, is_compared))
    out.sort(key=lambda f: f.cost)
    return out


def before(value: str) -> str | None:
    """The value of the start of a change over `value`: the year before a year, the first year of a span.

    >>> before("2023"), before("2021/2025"), before("2024-Q1")
    ('2022', '2021', '2023-Q1')
    """
    head, slash, _ = value.partition("/")
    if slash:
        return head
    if not value[:_YEAR].isdigit():
        return None
    return f"{int(value[:_YEAR]) - 1}{value[_YEAR:]}"


def _of(found: _Found, spot: Spot, rank: int) -> list[str]:
    m, q = found.mention, spot.q
    tokens = spot.article.draft.tokens
    a = spot.view.token_at(m.start)
    inside = spot.view.depth(a) > spot.view.depth(q.first)
    return [
        f"pos={found.side}{near(found.distance)}", f"pos={found.side}.{found.numbers}.{found.semicolons}",
        f"c={found.side}{found.commas}.{found.numbers}", f"rank={min(rank, 3)}.{found.side}", f"form={m.rule}",
        f"form={m.rule}.{found.side}{near(found.distance)}", f"cmp={found.compared}", f"kind={m.kind}.{found.side}",
        f"w={tokens.text[a - 1] if a > spot.view.first else '^'}.{found.side}", f"open={a <= spot.view.first + 1}",
        f"in={inside}.{found.side}.{found.distance <= 1}"]


def _paragraph(spot: Spot) -> str:
    """Whether an earlier sentence of the paragraph, or the paragraph before, names a time."""
    recent = spot.article.draft.cache["recent_periods"].get(spot.view.sentence.index, ())
    if not recent:
        return "no"
    here, there = spot.view.sentence.paragraph, spot.article.draft.sentences[recent[0].sentence].paragraph
    return "same" if here == there else "next" if here - there == 1 else "far"


def candidates(spot: Spot, seen: list[PeriodMention]) -> list[Candidate]:
    """The periods that may be meant, None (not said) last; `seen` are times of sentences above, latest last."""
    article = spot.article
    found = _mentions(spot)
    by_value: dict[str, tuple[_Found, int, str]] = {}
    for rank, f in enumerate(found):
        if f.mention.value is not None:
            by_value.setdefault(f.mention.value, (f, rank, ""))
    named = bool(by_value)
    for rank, f in enumerate(found):
        for value, how in f.mention.others:
            by_value.setdefault(value, (f, rank, how))
    carried = _carried(spot, found, named, seen)

    out: list[Candidate] = []
    changing = moves(spot)  # only a change has a start
    values = [*by_value, *(v for v in carried if v not in by_value)]
    proposed = {*values}
    for value in values:
        how_carried, span = carried.get(value, ((), None))
        features = [f"len={len(value)}"]
        rule = "period:" + (how_carried or ["sentence"])[0].rstrip("0123456789")
        if value in by_value:
            f, rank, how = by_value[value]
            span, rule = (f.mention.start, f.mention.end), f"period:{f.mention.rule}:{f.side}"
            features += _of(f, spot, rank)
            features.append(f"here.cmp={f.compared}")
            if how:
                rule = f"period:{f.mention.rule}:{how}:{f.side}"
                features += [f"read={how}", f"read={how}.{f.mention.rule}", f"read={how}.{f.side}{near(f.distance)}"]
        else:
            features.append(f"absent.{named}")
        features += how_carried
        if article.year and value[:4].isdigit():
            features.append(f"ahead={max(-3, min(int(value[:4]) - article.year, 2))}")
        out.append(Candidate(value, span, rule, features))
        start = before(value) if changing else None
        if start is not None and start not in proposed:
            proposed.add(start)
            out.append(Candidate(start, span, rule + ":before", ["before", *(f"before.{f}" for f in features[1:7])]))
        end = value.partition("/")[2]
        if len(value) == _SPAN and end not in proposed:
            proposed.add(end)
            out.append(Candidate(end, span, rule + ":end", ["end", f"end.{changing}", *(f"end.{f}" for f in features[1:7])]))
    out += _joined(spot, by_value, proposed)
    none = ["none", f"none.now={_is_now(found)}.{named}", f"none.par={_paragraph(spot)}",
            f"none.year={bool(article.year)}.{bool(spot.article.draft.meta.published)}.{named}", f"none.here={min(len(by_value), 2)}",
            f"none.sec={spot.view.sentence.section}", f"none.any={len(found) > len(by_value)}", f"none.carried={bool(carried)}"]
    out.append(Candidate(None, None, "period:none", none))
    return out


def _is_now(found: Sequence[_Found]) -> bool:
    """Whether the sentence speaks of a present that no date tells."""
    return any(f.mention.kind == "now" and f.mention.value is None for f in found)


def _joined(spot: Spot, by_value: dict[str, tuple[_Found, int, str]], proposed: set[str]) -> list[Candidate]:
    """The span between the two years that the text named last ("năm 2009 là 50%, đến năm 2013 …, bình quân mỗi năm giảm …")."""
    years: list[tuple[str, PeriodMention, int]] = [(v, f.mention, 0) for v, (f, _, how) in by_value.items() if len(v) == _YEAR and not how]
    recent = spot.article.draft.cache["recent_periods"].get(spot.view.sentence.index, ())
    years += [(m.value, m, 1) for m in recent if m.value is not None and len(m.value) == _YEAR]
    distinct: dict[str, tuple[PeriodMention, int]] = {}
    for value, mention, above in years:
        distinct.setdefault(value, (mention, above))
    if len(distinct) < 2:
        return []
    (a, (one, up)), (b, (_, upper)) = list(distinct.items())[:2]
    value = "/".join(sorted((a, b)))
    if value in proposed:
        return []
    return [Candidate(value, (one.start, one.end), "period:joined", ["joined", f"joined.{up}.{upper}", f"joined.n={min(len(distinct), 4)}",
                                                                     f"joined.per={spot.q.per}"])]


def _carried(spot: Spot, found: Sequence[_Found], named: bool, seen: list[PeriodMention],
             ) -> dict[str, tuple[list[str], tuple[int, int] | None]]:
    """Times of other sentences that may hold here: for each value the features that tell how it comes here, and its words."""
    article, draft, sentence = spot.article, spot.article.draft, spot.view.sentence
    carried: dict[str, tuple[list[str], tuple[int, int] | None]] = {}

    def carry(value: str | None, how: list[str], mention: PeriodMention | None) -> None:
        if value is None:
            return
        span = (mention.start, mention.end) if mention is not None else None
        old = carried.get(value)
        if old is None:
            carried[value] = (list(how), span)
        else:
            carried[value] = ([*old[0], *how], old[1] or span)

    now = _is_now(found)
    lead = article.leads.get(sentence.index)
    for mention in draft.cache["periods_of"].get(lead, ()) if lead is not None else ():
        carry(mention.value, ["lead"], mention)
        for value, how in mention.others:
            carry(value, [f"lead.read={how}"], mention)
    for n, mention in enumerate(draft.cache["recent_periods"].get(sentence.index, ())[:3]):
        back = min(sentence.index - mention.sentence, 4)
        at = draft.sentences[mention.sentence]
        same = at.paragraph == sentence.paragraph
        opens = mention.start - at.start <= _OPENING
        carry(mention.value, [f"recent{n}", f"recent{n}.{mention.kind}", f"recent.{named}.{back}",
                              f"recent.{mention.rule}.{back}", f"recent{n}.open={opens}.{same}", f"recent{n}.now={now}.{same}",
                              f"recent{n}.{same}.{back}.{named}",
                              f"recent{n}.sec={at.section}.{sentence.section}"], mention)
        for value, how in mention.others if n < 2 else ():
            carry(value, [f"recent{n}.read={how}", f"recent.read={how}.{back}", f"recent{n}.read={how}.{same}.{named}"], mention)
    heading = draft.cache["heading_periods"].get(sentence.index)
    if heading is not None:
        carry(heading.value, ["heading", f"heading.{named}"], heading)
    for value, mention in draft.cache["main_periods"][:2]:
        carry(value, ["main", f"main.{sentence.section}"], mention)
    for mention in draft.cache["title_periods"]:
        carry(mention.value, ["titled"], mention)
    if article.year:
        carry(str(article.year), ["published", f"published.{sentence.section}",
                                   f"published.{bool(draft.meta.published)}.{named}"], None)
    for n, mention in enumerate(reversed(seen)):
        carry(mention.value, [f"seen{min(n, 5)}"], mention)
    return carried


def note(spot: Spot, seen: list[PeriodMention]) -> None:
    """Remember the times that the sentence names, latest last, for the numbers below."""
    for f in _mentions(spot):
        if f.mention.value is not None:
            seen[:] = [m for m in seen if m.value != f.mention.value]
            seen.append(f.mention)
    del seen[:-_SEEN]
