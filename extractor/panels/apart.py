"""Statements with one key that cannot be about one thing, and so must not be weighed against each other.

An article says "68% of the workers are trained, of them 27.6% with a certificate", or "the three poorest districts have
52.31%, 47.9% and 43.62%": the indicator, place and time of all of them are the same to a reader of fields, but no value
of a list is *the* value. Such statements get cells of their own, told apart by their phrase or one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from extractor.indicators import one_value
from extractor.panels.choice import Reading, agree
from extractor.panels.sources import Key, Source, folded

#: How the names of rules end that read an indicator from its own phrase.
_OWN_PHRASE = ":phrase"


def set_apart(sources: Iterable[Source]) -> Mapping[Key, list[Source]]:
    """The sources by key, after those that are about something else have got keys of their own."""
    first = _by_key(sources)
    second = _by_key(s for group in first.values() for s in _named(group))
    return _by_key(s for group in second.values() for s in _numbered(group))


def _by_key(sources: Iterable[Source]) -> dict[Key, list[Source]]:
    found: dict[Key, list[Source]] = defaultdict(list)
    for source in sources:
        found[source.key].append(source)
    return found


def _by_article(sources: Iterable[Source]) -> Iterable[list[Source]]:
    """The sources of each article, goals apart from facts, in the order of the text."""
    found: dict[tuple[str, bool], list[Source]] = defaultdict(list)
    for s in sorted(sources, key=Source.order):
        found[s.article.name, s.observation.status == "target"].append(s)
    return found.values()


def clash(sources: Sequence[Source]) -> bool:
    """Whether two of `sources` cannot both be true."""
    return any(not agree(a, b) for a, b in combinations(sources, 2))


def _named(group: Sequence[Source]) -> Iterable[Source]:
    """Of an indicator with one value: what an article says of parts, under the phrase of each part."""
    key = group[0].key
    if not one_value(key.indicator, key.kind):
        return group
    out: list[Source] = []
    for said in _by_article(group):
        aside = _weaker(said) | _parts(said)
        out += [replace(s, key=key._replace(subject=folded(s.observation.subject or ""))) if i in aside else s
                for i, s in enumerate(said)]
    return out


def _weaker(said: Sequence[Source]) -> set[int]:
    """Statements without the indicator's own phrase that contradict one with it."""
    own = [s for s in said if s.observation.rule.endswith(_OWN_PHRASE)]
    return {i for i, s in enumerate(said) if not s.observation.rule.endswith(_OWN_PHRASE) and own
            and not any(agree(s, t) for t in own)}


def _parts(said: Sequence[Source]) -> set[int]:
    """Statements that contradict others of their sentence, or that contradict the first and have another phrase.

    Of a list (several values behind one phrase) none is the value. Otherwise the first one is it, and what follows
    speaks of a part. Two sentences with one phrase and two values are left together: the article contradicts itself.
    """
    phrases = [folded(s.observation.subject or "") for s in said]
    lists = defaultdict(list)
    for i, s in enumerate(said):
        lists[s.observation.sentence, phrases[i]].append(i)
    out = {i for members in lists.values() if clash([said[i] for i in members]) for i in members}
    first: int | None = None
    for i, s in enumerate(said):
        if i in out:
            continue
        if first is None:
            first = i
        elif phrases[i] != phrases[first] and not agree(s, said[first]):
            out.add(i)
    return out


def _numbered(group: Sequence[Source]) -> Iterable[Source]:
    """Where one article has several values under one phrase, each value is a cell of its own, numbered in their order."""
    key = group[0].key
    if (one_value(key.indicator, key.kind) and key.subject is None) or not any(clash(said) for said in _by_article(group)):
        return group
    numbers: dict[Reading, int] = {}
    ordered = sorted(group, key=Source.order)
    for s in ordered:
        numbers.setdefault(s.reading, len(numbers) + 1)
    return [replace(s, key=key._replace(item=numbers[s.reading])) for s in ordered]
