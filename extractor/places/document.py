"""What the article is about: the provinces of its title, of its beginning, or of the press that calls it "the province"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.draft import Draft, PlaceMention
from extractor.places.press import press_province

_BEGINNING = 520  # characters in which an article that is about a province names it
_SHARE = 0.6  # of all mentions, for a province that the title doesn't name
_DENSITY = 0.9  # mentions per 1,000 characters, likewise
_LOCAL = 0.7  # times per 1,000 characters that "the province" is said without a name
_AS_MUCH = 0.4  # of the mentions of the foremost province, for another one to be named beside it
_SKIPPED = frozenset({"boilerplate", "byline"})
_MOST = 8


@dataclass(slots=True)
class Evidence:
    """What the mentions say: how often each province, where first (characters from the top of the text), in the title."""

    draft: Draft
    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    local: int = 0
    local_title: bool = False
    length: int = 0

    @property
    def total(self) -> int:
        """All mentions of provinces and of units in them."""
        return sum(self.counts.values())

    @property
    def is_local(self) -> bool:
        """Whether the article speaks of "the province" as a paper of that province does."""
        return (self.local >= 2 and self.local * 1000 >= _LOCAL * self.length) or (self.local_title and self.local > 0)


def _evidence(draft: Draft, bodies: Sequence[PlaceMention], scopes: Sequence[int]) -> Evidence:
    e = Evidence(draft)
    top, e.length = _extent(draft)
    for m in sorted([*draft.places, *bodies], key=lambda m: m.start):
        if m.province is None or m.section in _SKIPPED:
            continue
        e.counts[m.province] += 1
        e.first.setdefault(m.province, m.start - top)
        if m.section == "title" and m.province not in e.title:
            e.title.append(m.province)
    for token in scopes:
        sentence = draft.sentence_at(draft.tokens.start[token])
        if sentence is not None and sentence.section not in _SKIPPED:
            e.local += 1
            e.local_title |= sentence.section == "title"
    return e


def _extent(draft: Draft) -> tuple[int, int]:
    """Where the text below the title begins, and how long the article is without furniture."""
    spans = [s for s in draft.sections if s.kind not in _SKIPPED]
    top = next((s.start for s in spans if s.kind != "title"), 0)
    return top, max(1, sum(s.end - s.start for s in spans))


def of_title(e: Evidence) -> list[str] | None:
    """Provinces that the title names and the text goes on about."""
    most = max(e.counts.values(), default=0)
    named = [p for p in e.title if e.counts[p] >= _AS_MUCH * most and (e.counts[p] > 1 or most == 1)]
    return named or None


def of_beginning(e: Evidence) -> list[str] | None:
    """The province that the first sentences name and that the text keeps to."""
    if not e.counts:
        return None
    province, n = e.counts.most_common(1)[0]
    if e.first[province] > _BEGINNING or n < _SHARE * e.total:
        return None
    return [province] if n >= _DENSITY * e.length / 1000 or e.is_local else None


def of_first_list(e: Evidence) -> list[str] | None:
    """Several provinces that the first sentences list and the text names again and again."""
    if len(e.counts) < 2:
        return None
    early = [p for p, at in e.first.items() if at <= _BEGINNING]
    most = max(e.counts.values())
    often = [p for p in early if e.counts[p] >= max(2 if len(early) > 2 else 3, _SHARE * most)]
    told = sum(e.counts[p] for p in often) >= _SHARE * e.total
    return sorted(often, key=e.first.__getitem__) if told and 2 <= len(often) <= _MOST else None


def of_press(e: Evidence) -> list[str] | None:
    """"The province" without a name is that of the paper or site."""
    if not e.is_local and not (e.local and e.total == 0):
        return None
    province = press_province(e.draft)
    if province is None or (e.counts and e.counts.most_common(1)[0][1] > max(2, 2 * e.counts[province])):
        return None
    return [province]


def of_local(e: Evidence) -> list[str] | None:
    """A local article names its province late: the provinces that it names most."""
    if not e.is_local or not e.counts:
        return None
    most = max(e.counts.values())
    often = [p for p, n in e.counts.items() if n > 1 and n >= _AS_MUCH * most]
    return sorted(often, key=e.first.__getitem__) if often and len(often) <= 2 else None


#: Asked in this order; the first that answers decides, no answer is an article of the whole country.
RULES: Sequence[Callable[[Evidence], list[str] | None]] = (of_title, of_beginning, of_first_list, of_press, of_local)


def document_provinces(draft: Draft, bodies: Sequence[PlaceMention], scopes: Sequence[int]) -> list[str]:
    """The provinces that the article is mainly about.

    `bodies`: places that stand only in the names of the state's bodies; `scopes`: tokens that say "the province" unnamed.
    """
    evidence = _evidence(draft, bodies, scopes)
    for rule in RULES:
        answer = rule(evidence)
        if answer is not None:
            return answer
    return []
