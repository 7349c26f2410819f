"""Features of a number's surroundings that all fields share, and of the way from one number to the next.

They are strings ("L0=target", "r1=hộ"); which of them matter, and for what, the weights say (`binding.network`).
"""

from __future__ import annotations

from itertools import pairwise

from extractor.binding import role, status
from extractor.binding.spot import Spot, near
from extractor.rules.lexicon import Hit

_LEFT, _RIGHT = 14, 10
_BEFORE = 12
_OPENING = 4
_BETWEEN = 3
_TOPICS = 3


def surroundings(spot: Spot) -> tuple[list[str], Hit | None, dict[str, Hit]]:
    """The features, the phrase that most likely decides the role, and the nearest cue of each status."""
    moves, decisive = role.context(spot)
    cues, nearest = status.context(spot)
    return [*moves, *("|" + f for f in cues), *_words(spot), *_article(spot)], decisive, nearest


def _words(spot: Spot) -> list[str]:
    """The words of the sentence around the number, and those at both ends of the sentence before."""
    q, view, word = spot.q, spot.view, spot.word
    text = spot.article.draft.tokens.text
    left = text[max(view.first, q.first - _LEFT):q.first]
    right = text[q.last:min(view.last, q.last + _RIGHT)]
    one = word(q.first - 1)
    out = [f"l1={one}", f"l2={word(q.first - 2)} {one}", f"r1={word(q.last)}", f"r2={word(q.last)} {word(q.last + 1)}",
           f"u={q.unit}", f"first={text[view.first]}", f"first2={' '.join(text[view.first:view.first + 2])}"]
    out += ["lw=" + w for w in left]
    out += ["lb=" + a + " " + b for a, b in pairwise(left)]
    out += ["rw=" + w for w in right]
    if view.sentence.index:
        above = spot.article.draft.sentences[view.sentence.index - 1]
        out += ["pw=" + w for w in text[max(above.first, above.last - _BEFORE):above.last]]
        out += ["pf=" + w for w in text[above.first:min(above.last, above.first + _OPENING)]]
    return out


def _article(spot: Spot) -> list[str]:
    """What the sentence names, and what the article is about."""
    article, view, draft = spot.article, spot.view, spot.article.draft
    out = ["ih=" + h.entry.id for h in view.hits.get("indicator", ())]
    out += ["title=" + t for t in sorted(article.title_topics)]
    out += ["about=" + t for t in article.main_topics[:_TOPICS]]
    out += ["pk=" + m.kind for m in view.periods]
    out += [f"own={min(len(view.periods), 2)}", f"dated={bool(article.year)}.{bool(draft.meta.published)}",
            f"times={min(len(draft.cache['main_periods']), 5)}", f"provinces={min(len(draft.document_provinces), 2)}",
            f"many={min(len(draft.quantities) // 4, 8)}", f"part={4 * spot.q.start // (len(draft.text.norm) + 1)}"]
    return out


def step(before: Spot | None, spot: Spot) -> list[str]:
    """Features of the way from the number `before` to this one: what stands between them."""
    if before is None:
        return ["first"]
    same = before.view is spot.view
    out = _within(before, spot) if same else _across(before, spot)
    out += [f"kinds={before.q.kind}.{spot.q.kind}", f"unit={before.q.unit_id == spot.q.unit_id}"]
    return out


def _within(before: Spot, spot: Spot) -> list[str]:
    """Both numbers stand in one sentence."""
    a, b, view, word = before.q, spot.q, spot.view, spot.word
    commas, semicolons, _ = spot.gap(a.last, b.first)
    out = ["S", f"S.{commas}.{semicolons}", f"S.d={near(b.first - a.last)}", f"S.in={view.depth(b.first) - view.depth(a.first)}"]
    out += [f"S.b={name}" for name in view.breaks(a.last, b.first)]
    out += [f"S.w={word(i)}" for i in range(a.last, min(b.first, a.last + _BETWEEN + 1))]
    out += [f"S.v={word(i)}" for i in range(max(a.last, b.first - _BETWEEN), b.first)]
    out += [f"S.st={h.entry.id}" for h in view.hits.get("status", ()) if a.last <= h.first < b.first]
    out += [f"S.time={any(a.end <= m.start < b.start for m in view.periods)}",
            f"S.place={any(a.end <= m.start < b.start for m in view.places)}",
            f"S.ind={any(a.last <= h.first < b.first for h in view.hits.get('indicator', ()))}"]
    return out


def _across(before: Spot, spot: Spot) -> list[str]:
    """The numbers stand in two sentences."""
    above, here, q, view = before.view.sentence, spot.view.sentence, spot.q, spot.view
    text = spot.article.draft.tokens.text
    steps = min(here.index - above.index, 4)
    times = spot.article.draft.cache["periods_of"]
    out = ["X", f"X.{min(here.paragraph - above.paragraph, 3)}.{steps}", f"X.sec={above.section}.{here.section}",
           f"X.w={text[here.first]}", f"X.w2={' '.join(text[here.first:here.first + 2])}",
           f"X.time={any(m.start < q.start for m in view.periods)}.{steps}",
           f"X.place={any(m.start < q.start for m in view.places)}.{steps}",
           f"X.mid={any(times.get(k) for k in range(above.index + 1, here.index))}",
           f"X.rest={any(m.start >= before.q.end for m in before.view.periods)}"]
    out += [f"X.b={h.entry.id}" for h in view.hits.get("break", ()) if h.first < q.first]
    cues = [h.entry.id for h in view.hits.get("status", ()) if h.first < q.first]
    out += [f"X.st={name}" for name in cues] or ["X.plain"]
    return out
