"""An article on its way through an annotation tool: its text, and labelled spans with fields.

Labels are the kinds of number (`NUMBERS`), "official" and the levels of places (`PLACES`). The fields of a span are
those of the annotation in corpus/, without what follows from its place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from extractor.records import COMPARATORS, DIRECTIONS, KINDS, ROLES, STATUSES, Extraction, Mention, Observation

NUMBERS: Final = KINDS
PLACES: Final = ("province", "district", "commune", "village")
LABELS: Final = (*NUMBERS, "official", *PLACES)

#: Fields of one word out of a few; the first word is meant where none is said.
CHOICES: Final = {"comparator": COMPARATORS, "status": STATUSES, "role": ROLES}
DIRECTION: Final = DIRECTIONS
#: Fields that are phrases of the text, which some formats point at.
PHRASES: Final = {"subject": NUMBERS, "title": ("official",), "organization": ("official",)}
VALUES: Final = ("low", "high", "of")
WORDS: Final = ("unit", "per", "place", "period", "province", "district")
DOCUMENT: Final = ("title", "published", "authors", "provinces")
FURNITURE: Final = "boilerplate"

Pair = tuple[int, int]


@dataclass(slots=True)
class Span:
    """A labelled part of the text; ``at``: where the phrases of its fields stand, as far as that is known."""

    start: int
    end: int
    label: str
    fields: dict[str, Any] = field(default_factory=dict)
    at: dict[str, Pair] = field(default_factory=dict)


@dataclass(slots=True)
class Task:
    """One article: id, text, what is known about the whole of it, spans in the order of the text."""

    id: str
    text: str
    document: dict[str, Any] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)


def task_of(text: str, extraction: Extraction) -> Task:
    """What an annotator gets to see of an extraction."""
    d = extraction.document
    people = {f.id: f.name for f in extraction.officials}
    spans = [_number(o, people) for o in extraction.observations]
    for f in extraction.officials:
        start, end = _named(text, f.name, f.mentions)
        span = Span(start, end, "official", _given({"title": f.title, "organization": f.organization}))
        span.at = {name: at for name, words in span.fields.items() if (at := nearest(text, words, start)) is not None}
        spans.append(span)
    for p in extraction.provinces:
        spans.append(Span(*_named(text, p.name, p.mentions), "province", _given({
            "province": p.name, "section": _furniture(p.section)})))
    for unit in extraction.places:
        spans.append(Span(*_named(text, unit.name, unit.mentions), unit.level, _given({
            "province": unit.province, "district": unit.district, "section": _furniture(unit.section)})))
    spans.sort(key=lambda s: (s.start, s.end, LABELS.index(s.label)))
    return Task(d.id or d.sha256[:12], text, {"title": d.title, "published": d.published, "authors": d.authors,
                                              "provinces": d.provinces}, spans)


def _number(o: Observation, people: dict[str, str]) -> Span:
    fields = _given({
        "low": _plain(o.low), "high": _plain(o.high), "comparator": o.comparator, "unit": o.unit, "per": o.per,
        "of": _plain(o.of), "indicator": o.indicator, "subject": o.subject, "groups": list(o.groups), "place": o.place,
        "period": o.period, "status": o.status, "role": o.role, "direction": o.direction,
        "speaker": people.get(o.speaker or ""), "section": _furniture(o.section)})
    return Span(o.start, o.end, o.kind, fields, {"subject": o.evidence["subject"]} if "subject" in o.evidence else {})


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [])}


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _furniture(section: str) -> str | None:
    return FURNITURE if section == FURNITURE else None


def _named(text: str, name: str, mentions: Iterable[Mention]) -> Pair:
    """Where the name stands in one of its mentions, or else anywhere in the text; else the first mention as it is."""
    mentions = list(mentions)
    for m in mentions:
        at = text.find(name, m.start, m.end)
        if at >= 0:
            return at, at + len(name)
    at = text.find(name)
    if at >= 0:
        return at, at + len(name)
    return mentions[0].start, mentions[0].end


def nearest(text: str, words: str, to: int) -> Pair | None:
    """Where `words` stand in the text, as near to the character `to` as they do."""
    before = text.rfind(words, 0, to + len(words))
    after = text.find(words, to)
    places = [at for at in (before, after) if at >= 0]
    if not places or not words:
        return None
    at = min(places, key=lambda a: abs(a - to))
    return at, at + len(words)
