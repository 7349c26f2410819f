"""Fields as relations, for tools that point instead of typing: a number points at its subject and at who said it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from extractor.annotation.task import LABELS, NUMBERS, PHRASES, Pair, Span, Task, nearest
from extractor.errors import ExtractorError

SPEAKER: Final = "speaker"
#: Each relation with the labels that it goes out from and the label that it leads to.
RELATIONS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    **{name: (labels, name) for name, labels in PHRASES.items()}, SPEAKER: (NUMBERS, "official")}


class Entity(NamedTuple):
    """Something that is marked in the text; ``span`` is None for a phrase that is only pointed at."""

    label: str
    start: int
    end: int
    span: Span | None


class Relation(NamedTuple):
    """From entity number ``source`` to entity number ``target``."""

    name: str
    source: int
    target: int


def entities_of(task: Task) -> tuple[list[Entity], list[Relation]]:
    """All that is marked, the spans of the task first and in their order, and what points at what."""
    entities = [Entity(s.label, s.start, s.end, s) for s in task.spans]
    relations: list[Relation] = []
    phrases: dict[tuple[str, int, int], int] = {}
    speakers = {task.text[s.start:s.end]: i for i, s in reversed(list(enumerate(task.spans))) if s.label == "official"}
    for source, span in enumerate(task.spans):
        for name in PHRASES:
            at = _place(task, span, name)
            if at is not None:
                key = (name, *at)
                if key not in phrases:
                    phrases[key] = len(entities)
                    entities.append(Entity(name, *at, None))
                relations.append(Relation(name, source, phrases[key]))
        said = span.fields.get(SPEAKER)
        if said in speakers:
            relations.append(Relation(SPEAKER, source, speakers[said]))
    return entities, relations


def _place(task: Task, span: Span, name: str) -> Pair | None:
    words = span.fields.get(name)
    if not isinstance(words, str):
        return None
    at = span.at.get(name)
    return at if at is not None and task.text[slice(*at)] == words else nearest(task.text, words, span.start)


def follow(task: Task, marked: Mapping[str, Entity], relations: Iterable[tuple[str, str, str]]) -> None:
    """Fill the fields of the task's spans from (name, source id, target id); `marked` are all entities by id."""
    for name, source, target in relations:
        if name not in RELATIONS:
            raise ExtractorError(f"relation {name!r}: expected one of {', '.join(RELATIONS)}")
        if source not in marked or target not in marked:
            raise ExtractorError(f"relation {name!r} of {source} leads to or from what is not there")
        one, other = marked[source], marked[target]
        labels, leads_to = RELATIONS[name]
        if one.span is None or one.label not in labels or other.label != leads_to:
            raise ExtractorError(f"relation {name!r} from a {one.label} to a {other.label}: expected it from "
                                 f"{', '.join(labels)} to {leads_to}")
        one.span.fields[name] = task.text[other.start:other.end]
        one.span.at[name] = (other.start, other.end)


def entity(label: str, start: int, end: int, text: str) -> Entity:
    """An entity that a tool has written, checked."""
    if label not in LABELS and label not in PHRASES:
        raise ExtractorError(f"label {label!r}: expected one of {', '.join((*LABELS, *PHRASES))}")
    if not 0 <= start < end <= len(text):
        raise ExtractorError(f"{label} at characters {start} to {end}: not in the text of {len(text)} characters")
    return Entity(label, start, end, Span(start, end, label) if label in LABELS else None)


def sorted_spans(marked: Iterable[Entity]) -> list[Span]:
    """The spans among the entities, in the order of the text."""
    return sorted((e.span for e in marked if e.span is not None), key=lambda s: (s.start, s.end, LABELS.index(s.label)))
